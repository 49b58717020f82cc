/**
 * Wide-oriented streams: characters as wchar_t outside, in the locale's encoding in the buffer.
 *
 * A stream becomes wide-oriented at its first wide operation and takes a buffer for wide characters then, besides that
 * for bytes: four times as large.
 *
 * Source: C17 7.29.2, 7.29.3; glibc 2.36, libio/wfileops.c, wgenops.c, wfiledoalloc.c (behaviour).
 * Simplified: wide characters are converted one by one on their way to the bytes; the wide buffer stays empty.
 */
import { encodeUtf8 } from '../../base/utf8.ts';
import { EILSEQ } from '../target/errno.ts';
import {
  EOF,
  doallocbuf,
  newline,
  readByte,
  standardStream,
  streamWrite,
  unreadByte,
} from './file-stream.ts';
import type { LibcContext, LibcFunction, LibcTable, VariadicArguments } from './libc-context.ts';
import { callFromLibc, f, setErrno } from './libc-context.ts';
import { decodeCharacter, encodeCharacter, wideText } from './multibyte.ts';
import { formatPrintf } from './printf.ts';
import { scan } from './scanf.ts';
import {
  BUF_BASE,
  BUF_END,
  IO_ERR_SEEN,
  IO_USER_BUF,
  WIDE_BUF_BASE,
  WIDE_BUF_END,
  classOf,
  field,
  flagsOf,
  modeOf,
  setFlags,
  setMode,
  setWideField,
  wideField,
} from './stream-fields.ts';
import { ProgramVariadic } from './variadic.ts';

/** WEOF as an int. */
const WEOF = -1;

/** Makes a stream wide at its first use. @returns false for a byte-oriented one */
function orientWide(ctx: LibcContext, file: number): boolean {
  const mode = modeOf(ctx, file);
  if (mode === 0) setMode(ctx, file, 1);
  return mode >= 0;
}

/** Both buffers, at the first transfer. */
function allocateBuffers(ctx: LibcContext, file: number): void {
  if (classOf(ctx, file) !== 'file' || wideField(ctx, file, WIDE_BUF_BASE) !== 0) return;
  if (field(ctx, file, BUF_BASE) === 0) doallocbuf(ctx, file);
  const bytes = field(ctx, file, BUF_END) - field(ctx, file, BUF_BASE);
  // Of a buffer that is the program's own the wide one has the size, in characters.
  const count = (flagsOf(ctx, file) & IO_USER_BUF) === 0 ? bytes : Math.max(1, bytes);
  const buffer = callFromLibc(ctx, 'stdio', () => ctx.malloc.malloc(4 * count));
  setWideField(ctx, file, WIDE_BUF_BASE, buffer);
  setWideField(ctx, file, WIDE_BUF_END, buffer + 4 * count);
}

/** Runs a byte operation on a wide stream: the checks of orientation are for others. */
function asBytes<Result>(ctx: LibcContext, file: number, work: () => Result): Result {
  setMode(ctx, file, -1);
  try {
    return work();
  } finally {
    setMode(ctx, file, 1);
  }
}

function failEncoding(ctx: LibcContext, file: number): number {
  setErrno(ctx, EILSEQ);
  setFlags(ctx, file, flagsOf(ctx, file) | IO_ERR_SEEN);
  return WEOF;
}

/** Writes characters. @returns false for one that the locale does not have, or when writing fails */
function putCharacters(ctx: LibcContext, file: number, codes: readonly number[]): boolean {
  if (!orientWide(ctx, file)) return false;
  allocateBuffers(ctx, file);
  const bytes: number[] = [];
  let isGood = true;
  for (const code of codes) {
    const encoded = encodeCharacter(ctx, code);
    if (encoded === undefined) {
      failEncoding(ctx, file);
      isGood = false;
      break;
    }
    bytes.push(...encoded);
  }
  const written = asBytes(ctx, file, () => streamWrite(ctx, file, Uint8Array.from(bytes)));
  return isGood && written === bytes.length;
}

function putCharacter(ctx: LibcContext, code: number, file: number): number {
  return putCharacters(ctx, file, [code >>> 0]) ? code : WEOF;
}

function getCharacter(ctx: LibcContext, file: number): number {
  if (!orientWide(ctx, file)) return WEOF;
  allocateBuffers(ctx, file);
  return asBytes(ctx, file, () => {
    const bytes: number[] = [];
    const byteAt = (i: number): number => {
      while (bytes.length <= i) {
        const byte = readByte(ctx, file);
        if (byte === EOF) return EOF;
        bytes.push(byte);
      }
      return bytes[i] ?? EOF;
    };
    if (byteAt(0) === EOF) return WEOF;
    const { taken, code } = decodeCharacter(ctx, byteAt, 6, 0);
    if (taken > 0) return code;
    failEncoding(ctx, file);
    return WEOF;
  });
}

/** ungetwc: the character's bytes go back, the last first. */
function unreadCharacter(ctx: LibcContext, code: number, file: number): number {
  if (code === WEOF || !orientWide(ctx, file)) return WEOF;
  const bytes = encodeCharacter(ctx, code >>> 0);
  if (bytes === undefined) return failEncoding(ctx, file);
  return asBytes(ctx, file, () => {
    for (const byte of [...bytes].reverse()) if (unreadByte(ctx, file, byte) === EOF) return WEOF;
    return code;
  });
}

function getLine(ctx: LibcContext, target: number, size: number, file: number): number {
  if (size <= 0) return 0;
  let count = 0;
  while (count < size - 1) {
    const code = getCharacter(ctx, file);
    if (code === WEOF) break;
    ctx.memory.writeU32(target + 4 * count, code);
    count += 1;
    if (code === newline) break;
  }
  if (count === 0 && size > 1) return 0;
  ctx.memory.writeU32(target + 4 * count, 0);
  return target;
}

/** Bytes that stand for a wide format: UTF-8 whatever the locale. */
const formatBytes = (ctx: LibcContext, at: number): Uint8Array =>
  encodeUtf8(String.fromCodePoint(...wideText(ctx, at)));

/** The characters of a format, and -1 in place of the count for a failure. */
function formatted(
  ctx: LibcContext,
  format: number,
  args: VariadicArguments,
): { readonly codes: readonly number[]; readonly count: number } {
  const pieces: number[] = [];
  const count = formatPrintf(
    ctx,
    formatBytes(ctx, format),
    args,
    {
      write: (bytes) => {
        for (const byte of bytes) pieces.push(byte);
      },
    },
    true,
  );
  const codes: number[] = [];
  for (let at = 0; at < pieces.length;) {
    const first = pieces[at] ?? 0;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const bytes = pieces.slice(at, at + length);
    codes.push(
      bytes
        .slice(1)
        .reduce((sum, byte) => (sum << 6) | (byte & 63), length === 1 ? first : first & (0x7f >> length)),
    );
    at += length;
  }
  return { codes, count };
}

function printTo(ctx: LibcContext, file: number, format: number, args: VariadicArguments): number {
  if (!orientWide(ctx, file)) return -1;
  const { codes, count } = formatted(ctx, format, args);
  return putCharacters(ctx, file, codes) && count >= 0 ? codes.length : -1;
}

/** swprintf: -1 when the text with its NUL does not fit. */
function printInto(
  ctx: LibcContext,
  target: number,
  size: number,
  format: number,
  args: VariadicArguments,
): number {
  if (size === 0) return -1;
  const { codes, count } = formatted(ctx, format, args);
  const kept = codes.slice(0, size - 1);
  kept.forEach((code, i) => {
    ctx.memory.writeU32(target + 4 * i, code);
  });
  ctx.memory.writeU32(target + 4 * kept.length, 0);
  return kept.length < codes.length || count < 0 ? -1 : codes.length;
}

/** Scans the bytes of characters: the encoding is UTF-8 inside. */
function scanCharacters(
  ctx: LibcContext,
  format: number,
  args: VariadicArguments,
  next: () => number,
  putBack: (code: number) => void,
): number {
  return scan(ctx, formatBytes(ctx, format), args, { next, putBack });
}

const scanFile = (ctx: LibcContext, file: number, format: number, args: VariadicArguments): number =>
  scanCharacters(
    ctx,
    format,
    args,
    () => getCharacter(ctx, file),
    (code) => {
      unreadCharacter(ctx, code, file);
    },
  );

function scanText(ctx: LibcContext, text: number, format: number, args: VariadicArguments): number {
  const codes = wideText(ctx, text);
  let at = 0;
  return scanCharacters(
    ctx,
    format,
    args,
    () => codes[at++] ?? EOF,
    () => {
      at -= 1;
    },
  );
}

const list = (ctx: LibcContext, addr: number): VariadicArguments =>
  new ProgramVariadic(ctx.memory, ctx.model, addr);

const putwc = f('uip', (ctx, [code = 0, file = 0]) => putCharacter(ctx, code, file));
const putwchar = f('ui', (ctx, [code = 0]) => putCharacter(ctx, code, standardStream(ctx, 'stdout')));
const getwc = f('up', (ctx, [file = 0]) => getCharacter(ctx, file));
const getwchar = f('u', (ctx) => getCharacter(ctx, standardStream(ctx, 'stdin')));
const fputws = f('ipp', (ctx, [text = 0, file = 0]) =>
  putCharacters(ctx, file, wideText(ctx, text)) ? 1 : -1,
);
const fgetws = f('ppip', (ctx, [target = 0, size = 0, file = 0]) => getLine(ctx, target, size, file));

const scanning = (call: LibcFunction['call'], signature: string): LibcFunction => f(signature, call);
const wscanf = scanning(
  (ctx, [format = 0], va) => scanFile(ctx, standardStream(ctx, 'stdin'), format, va),
  'ip.',
);
const fwscanf = scanning((ctx, [file = 0, format = 0], va) => scanFile(ctx, file, format, va), 'ipp.');
const swscanf = scanning((ctx, [text = 0, format = 0], va) => scanText(ctx, text, format, va), 'ipp.');
const vwscanf = scanning(
  (ctx, [format = 0, va = 0]) => scanFile(ctx, standardStream(ctx, 'stdin'), format, list(ctx, va)),
  'ipp',
);
const vfwscanf = scanning(
  (ctx, [file = 0, format = 0, va = 0]) => scanFile(ctx, file, format, list(ctx, va)),
  'ippp',
);
const vswscanf = scanning(
  (ctx, [text = 0, format = 0, va = 0]) => scanText(ctx, text, format, list(ctx, va)),
  'ippp',
);

/** Streams of <wchar.h>; the headers of C99 call the scanf family by its second names. */
export const wideStdioFunctions: LibcTable = {
  fwide: f('ipi', (ctx, [file = 0, wanted = 0]) => {
    if (wanted !== 0 && modeOf(ctx, file) === 0) setMode(ctx, file, wanted < 0 ? -1 : 1);
    return modeOf(ctx, file);
  }),
  fputwc: putwc,
  putwc,
  fputwc_unlocked: putwc,
  putwc_unlocked: putwc,
  putwchar,
  putwchar_unlocked: putwchar,
  fgetwc: getwc,
  getwc,
  fgetwc_unlocked: getwc,
  getwc_unlocked: getwc,
  getwchar,
  getwchar_unlocked: getwchar,
  ungetwc: f('uip', (ctx, [code = 0, file = 0]) => unreadCharacter(ctx, code, file)),
  fputws,
  fputws_unlocked: fputws,
  fgetws,
  fgetws_unlocked: fgetws,
  wprintf: f('ip.', (ctx, [format = 0], va) => printTo(ctx, standardStream(ctx, 'stdout'), format, va)),
  fwprintf: f('ipp.', (ctx, [file = 0, format = 0], va) => printTo(ctx, file, format, va)),
  swprintf: f('ipzp.', (ctx, [target = 0, size = 0, format = 0], va) =>
    printInto(ctx, target, size, format, va),
  ),
  vwprintf: f('ipp', (ctx, [format = 0, va = 0]) =>
    printTo(ctx, standardStream(ctx, 'stdout'), format, list(ctx, va)),
  ),
  vfwprintf: f('ippp', (ctx, [file = 0, format = 0, va = 0]) => printTo(ctx, file, format, list(ctx, va))),
  vswprintf: f('ipzpp', (ctx, [target = 0, size = 0, format = 0, va = 0]) =>
    printInto(ctx, target, size, format, list(ctx, va)),
  ),
  wscanf,
  fwscanf,
  swscanf,
  vwscanf,
  vfwscanf,
  vswscanf,
  __isoc99_wscanf: wscanf,
  __isoc99_fwscanf: fwscanf,
  __isoc99_swscanf: swscanf,
  __isoc99_vwscanf: vwscanf,
  __isoc99_vfwscanf: vfwscanf,
  __isoc99_vswscanf: vswscanf,
};
