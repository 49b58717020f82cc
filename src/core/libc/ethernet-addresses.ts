/**
 * <netinet/ether.h>: Ethernet addresses as text. The files of addresses are not modelled.
 *
 * Source: glibc 2.36, inet/ether_ntoa_r.c, inet/ether_aton_r.c.
 */
import { asciiBytes } from './ascii.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { f } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';

const addressBytes = 6;

const digitOf = (code: number): number | undefined => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? undefined : digit;
};

/** One or two digits for each byte, colons between them; what follows behind white space is ignored. */
function addressOf(text: Uint8Array): Uint8Array | undefined {
  const bytes = new Uint8Array(addressBytes);
  const at = (index: number): number => text[index] ?? 0;
  let i = 0;
  for (let byte = 0; byte < addressBytes; byte++) {
    const isLast = byte === addressBytes - 1;
    const ends = (code: number): boolean =>
      isLast ? code === 0 || code === 0x20 || (code >= 9 && code <= 13) : code === 0x3a;
    const first = digitOf(at(i++));
    if (first === undefined) return undefined;
    let value = first;
    if (!ends(at(i))) {
      const second = digitOf(at(i++));
      if (second === undefined || (!isLast && !ends(at(i)))) return undefined;
      value = 16 * value + second;
    }
    bytes[byte] = value;
    i += 1;
  }
  return bytes;
}

function write(ctx: LibcContext, from: number, target: number): number {
  const text = [...ctx.memory.readBytes(from, addressBytes)].map((byte) => byte.toString(16)).join(':');
  ctx.memory.writeBytes(target, asciiBytes(`${text}\0`));
  return target;
}

function read(ctx: LibcContext, text: number, target: number): number {
  const bytes = addressOf(ctx.memory.readCString(text));
  if (bytes === undefined) return 0;
  ctx.memory.writeBytes(target, bytes);
  return target;
}

/** <netinet/ether.h> */
export const ethernetAddressFunctions: LibcTable = {
  ether_ntoa: f('pp', (ctx, [from = 0]) =>
    write(ctx, from, ctx.objects.scratch + scratchPlaces.ethernetText),
  ),
  ether_ntoa_r: f('ppp', (ctx, [from = 0, target = 0]) => write(ctx, from, target)),
  ether_aton: f('pp', (ctx, [text = 0]) =>
    read(ctx, text, ctx.objects.scratch + scratchPlaces.ethernetAddress),
  ),
  ether_aton_r: f('ppp', (ctx, [text = 0, target = 0]) => read(ctx, text, target)),
};
