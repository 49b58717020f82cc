/**
 * <arpa/inet.h>: byte order, and addresses as text. Sockets are not modelled.
 *
 * Source: POSIX; glibc 2.36, inet/htonl.c, resolv/inet_addr.c, resolv/inet_pton.c, resolv/inet_ntop.c, inet/inet_ntoa.c
 * (behaviour).
 */
import { asciiBytes } from './ascii.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { f, setErrno } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';

const AF_INET = 2;
const AF_INET6 = 10;
const ENOSPC = 28;
const EAFNOSUPPORT = 97;
const INADDR_NONE = 0xffff_ffff;

const swap16 = (value: number): number => ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
const swap32 = (value: number): number =>
  ((value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;

const textOf = (ctx: LibcContext, at: number): string => String.fromCharCode(...ctx.memory.readCString(at));

/** inet_aton: one to four numbers, each decimal, octal or hexadecimal; the last one fills the bytes that are left. */
function addressOf(text: string): number | undefined {
  const match = /^([^.\s]+)(?:\.([^.\s]+))?(?:\.([^.\s]+))?(?:\.([^.\s]+))?(?:\s.*)?$/s.exec(text);
  if (match === null) return undefined;
  const given: readonly (string | undefined)[] = match.slice(1);
  const parts = given.filter((part) => part !== undefined).map(partOf);
  let value = 0;
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1;
    const bytes = isLast ? 4 - i : 1;
    if (part === undefined || part >= 2 ** (8 * bytes)) return undefined;
    value += part * 2 ** (isLast ? 0 : 8 * (3 - i));
  }
  return value;
}

function partOf(text: string): number | undefined {
  if (/^0x[\da-f]+$/i.test(text)) return Number(text);
  if (/^0[0-7]*$/.test(text)) return Number.parseInt(text, 8);
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

const dotted = (bytes: Uint8Array): string => bytes.join('.');

/** Four decimal bytes without leading zeros, as inet_pton reads them. */
function bytesOfDotted(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return Uint8Array.from(parts, Number);
}

/** Eight groups of hexadecimal digits, with one `::` for zeros and an address of four bytes at the end. */
function bytesOfGroups(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2 || (halves.length === 1 && text === '')) return undefined;
  const groupsOf = (half: string): number[] | undefined => {
    if (half === '') return [];
    const groups: number[] = [];
    const parts = half.split(':');
    for (const [i, part] of parts.entries()) {
      const last = part.includes('.') && i === parts.length - 1 ? bytesOfDotted(part) : undefined;
      if (last !== undefined) {
        groups.push(((last[0] ?? 0) << 8) | (last[1] ?? 0), ((last[2] ?? 0) << 8) | (last[3] ?? 0));
      } else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
      else return undefined;
    }
    return groups;
  };
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')];
  if (head === undefined || tail === undefined || ((halves[0] ?? '').includes('.') && halves.length === 2))
    return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** The text of an address of 16 bytes: the first longest run of zero groups is left out. */
function groupText(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  let [start, length] = [-1, 1];
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - i > length) [start, length] = [i, end - i];
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  const isMapped =
    start === 0 &&
    (length === 6 || (length === 5 && groups[5] === 0xffff) || (length === 7 && groups[7] !== 1));
  if (isMapped) return `::${length === 5 ? 'ffff:' : ''}${dotted(bytes.subarray(12))}`;
  return start < 0 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}

/** The address in the order of the network as the word that the processor reads. */
const asStored = (value: number): number => swap32(value);

function addressToText(
  ctx: LibcContext,
  family: number,
  source: number,
  target: number,
  size: number,
): number {
  if (family !== AF_INET && family !== AF_INET6) {
    setErrno(ctx, EAFNOSUPPORT);
    return 0;
  }
  const text =
    family === AF_INET
      ? dotted(ctx.memory.readBytes(source, 4))
      : groupText(ctx.memory.readBytes(source, 16));
  if (text.length + 1 > size) {
    setErrno(ctx, ENOSPC);
    return 0;
  }
  ctx.memory.writeBytes(target, asciiBytes(`${text}\0`));
  return target;
}

function textToAddress(ctx: LibcContext, family: number, source: number, target: number): number {
  if (family !== AF_INET && family !== AF_INET6) {
    setErrno(ctx, EAFNOSUPPORT);
    return -1;
  }
  const text = textOf(ctx, source);
  const bytes = family === AF_INET ? bytesOfDotted(text) : bytesOfGroups(text);
  if (bytes === undefined) return 0;
  ctx.memory.writeBytes(target, bytes);
  return 1;
}

const long = f('uu', (_ctx, [value = 0]) => swap32(value));
const short = f('uu', (_ctx, [value = 0]) => swap16(value));

/** Bits of the host in an address, by the old classes of networks. */
const hostBits = (address: number): number => (address < 0x8000_0000 ? 24 : address < 0xc000_0000 ? 16 : 8);

/** The address that a record of four bytes holds. */
const addressIn = (ctx: LibcContext, record: number | bigint | undefined): number => {
  const bytes = ctx.recordArgument(record ?? 0, 4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
};

/** inet_makeaddr */
function joinAddress(network: number, host: number): number {
  const bits = network < 128 ? 24 : network < 65_536 ? 16 : network < 16_777_216 ? 8 : 0;
  if (bits === 0) return (network | host) >>> 0;
  return ((network << bits) | (host & (2 ** bits - 1))) >>> 0;
}

/** <arpa/inet.h> */
export const networkAddressFunctions: LibcTable = {
  htonl: long,
  ntohl: long,
  htons: short,
  ntohs: short,
  inet_aton: f('ipp', (ctx, [text = 0, target = 0]) => {
    const value = addressOf(textOf(ctx, text));
    if (value === undefined) return 0;
    if (target !== 0) ctx.memory.writeU32(target, asStored(value));
    return 1;
  }),
  inet_addr: f('up', (ctx, [text = 0]) => {
    const value = addressOf(textOf(ctx, text));
    return value === undefined ? INADDR_NONE : asStored(value);
  }),
  // The structure of four bytes comes by reference.
  inet_ntoa: f('pp', (ctx, _args, _va, [address = 0]) => {
    const at = ctx.objects.scratch + scratchPlaces.addressText;
    ctx.memory.writeBytes(at, asciiBytes(`${dotted(ctx.recordArgument(address, 4))}\0`));
    return at;
  }),
  inet_lnaof: f('up', (ctx, _args, _va, [record]) => {
    const address = addressIn(ctx, record);
    return address % 2 ** hostBits(address);
  }),
  inet_netof: f('up', (ctx, _args, _va, [record]) => {
    const address = addressIn(ctx, record);
    return address >>> hostBits(address);
  }),
  inet_makeaddr: f('vpuu', (ctx, [, network = 0, host = 0], _va, [target = 0]) => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, joinAddress(network, host));
    ctx.storeRecord(target, bytes);
    return 0;
  }),
  inet_pton: f('iipp', (ctx, [family = 0, text = 0, target = 0]) => textToAddress(ctx, family, text, target)),
  inet_ntop: f('pippu', (ctx, [family = 0, source = 0, target = 0, size = 0]) =>
    addressToText(ctx, family, source, target, size),
  ),
};
