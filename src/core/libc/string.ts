/**
 * <string.h>, <strings.h> and <ctype.h> over the simulated memory.
 *
 * Source: C17 7.24, 7.4; POSIX strings.h. The "C" locale.
 */
import { TWO_TO_32 } from '../../base/address.ts';
import { EINVAL, ERANGE } from '../target/errno.ts';
import { errorTexts, strerrorText } from './errno-text.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { callFromLibc, f, readWord, writeWord } from './libc-context.ts';
import { asciiBytes } from './ascii.ts';
import { scratchPlaces } from './scratch.ts';
import { signalDescription, strsignalText } from './signal-texts.ts';

const lengthOf = (ctx: LibcContext, text: number): number => ctx.memory.readCString(text).length;

/**
 * How the first unequal bytes differ: x86-64's code gives the difference itself, that of i386 its sign, and the difference
 * where memcmp compares one byte.
 * Simplified: on i386 strings that differ behind their first 16 bytes or so give the difference too.
 */
function compareBytes(
  ctx: LibcContext,
  a: number,
  b: number,
  limit: number,
  stopAtNul: boolean,
  fold: boolean,
): number {
  for (let i = 0; i < limit; i++) {
    let x = ctx.memory.readU8(a + i);
    let y = ctx.memory.readU8(b + i);
    if (fold) {
      x = toLower(x);
      y = toLower(y);
    }
    if (x !== y) return ctx.model.wordBytes === 8 || limit === 1 ? x - y : Math.sign(x - y);
    if (stopAtNul && x === 0) return 0;
  }
  return 0;
}

const toLower = (c: number): number => (c >= 0x41 && c <= 0x5a ? c + 32 : c);
const toUpper = (c: number): number => (c >= 0x61 && c <= 0x7a ? c - 32 : c);

function copyString(ctx: LibcContext, to: number, from: number): number {
  const bytes = ctx.memory.readCString(from);
  ctx.memory.writeBytes(to, bytes);
  ctx.memory.writeU8(to + bytes.length, 0);
  return bytes.length;
}

function copyPadded(ctx: LibcContext, to: number, from: number, size: number): number {
  const bytes = ctx.memory.readCString(from, size);
  ctx.memory.writeBytes(to, bytes);
  if (bytes.length < size) ctx.memory.fill(to + bytes.length, 0, size - bytes.length);
  return bytes.length;
}

function findByte(ctx: LibcContext, text: number, byte: number): number {
  for (let at = text; ; at++) {
    const c = ctx.memory.readU8(at);
    if (c === byte) return at;
    if (c === 0) return 0;
  }
}

function findLastByte(ctx: LibcContext, text: number, byte: number): number {
  let found = 0;
  for (let at = text; ; at++) {
    const c = ctx.memory.readU8(at);
    if (c === byte) found = at;
    if (c === 0) return found;
  }
}

function findBytes(ctx: LibcContext, haystack: number, needle: Uint8Array, limit: number): number {
  for (let at = 0; at + needle.length <= limit; at++) {
    let i = 0;
    while (i < needle.length && ctx.memory.readU8(haystack + at + i) === needle[i]) i++;
    if (i === needle.length) return haystack + at;
  }
  return 0;
}

/** strcasestr */
function findFolded(ctx: LibcContext, text: number, needle: number): number {
  const wanted = ctx.memory.readCString(needle).map(toLower);
  const bytes = ctx.memory.readCString(text).map(toLower);
  for (let at = 0; at + wanted.length <= bytes.length; at++) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return text + at;
  }
  return 0;
}

/** Length of the prefix whose bytes are (`wanted`) or are not in the set. */
function span(ctx: LibcContext, text: number, set: number, wanted: boolean): number {
  const members = new Set(ctx.memory.readCString(set));
  let length = 0;
  for (const byte of ctx.memory.readCString(text)) {
    if (members.has(byte) !== wanted) break;
    length++;
  }
  return length;
}

/** strtok_r; the place where the next search begins is kept at `save`. */
function token(ctx: LibcContext, text: number, delimiters: number, save: number): number {
  let at = text === 0 ? readWord(ctx, save) : text;
  if (at === 0) return 0;
  at += span(ctx, at, delimiters, true);
  if (ctx.memory.readU8(at) === 0) {
    writeWord(ctx, save, at);
    return 0;
  }
  const end = at + span(ctx, at, delimiters, false);
  if (ctx.memory.readU8(end) === 0) {
    writeWord(ctx, save, end);
  } else {
    ctx.memory.writeU8(end, 0);
    writeWord(ctx, save, end + 1);
  }
  return at;
}

/** Allocates a copy, as strdup does. */
function duplicate(ctx: LibcContext, name: string, bytes: Uint8Array): number {
  const mem = callFromLibc(ctx, name, () => ctx.malloc.malloc(bytes.length + 1));
  if (mem === 0) return 0;
  ctx.memory.writeBytes(mem, bytes);
  ctx.memory.writeU8(mem + bytes.length, 0);
  return mem;
}

/** Where the texts lie, one after the other. */
function textPlaces(texts: Iterable<readonly [number, string]>, start: number): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  let at = start;
  for (const [number, text] of texts) {
    places.set(number, at);
    at += text.length + 1;
  }
  return places;
}

const errorTextPlaces = textPlaces(errorTexts, scratchPlaces.errorTexts);
const signalTextPlaces = textPlaces(
  Array.from({ length: 31 }, (_, i) => [i + 1, signalDescription(i + 1) ?? ''] as const),
  scratchPlaces.signalTexts,
);

/** A text of libc's: at its own place, or in a block that the next such text replaces. */
function ownText(
  ctx: LibcContext,
  text: string,
  place: number | undefined,
  last: number,
  name: string,
): number {
  const bytes = asciiBytes(`${text}\0`);
  if (place !== undefined) {
    ctx.memory.writeBytes(ctx.objects.scratch + place, bytes);
    return ctx.objects.scratch + place;
  }
  const pointer = ctx.objects.scratch + last;
  return callFromLibc(ctx, name, () => {
    const before = readWord(ctx, pointer);
    if (before !== 0) ctx.malloc.free(before);
    // The text is formatted into a block of its own length by way of a larger one.
    const large = ctx.malloc.malloc(100);
    const block = ctx.malloc.malloc(bytes.length);
    ctx.malloc.free(large);
    writeWord(ctx, pointer, block);
    if (block !== 0) ctx.memory.writeBytes(block, bytes);
    return block;
  });
}

const errorText = (ctx: LibcContext, errno: number): number =>
  ownText(ctx, strerrorText(errno), errorTextPlaces.get(errno), scratchPlaces.unknownErrorText, 'strerror');

const signalText = (ctx: LibcContext, signal: number): number =>
  ownText(
    ctx,
    strsignalText(signal),
    signalTextPlaces.get(signal),
    scratchPlaces.unknownSignalText,
    'strsignal',
  );

/** GNU's strerror_r: a known text from its place, another one into the buffer. */
function errorTextInto(ctx: LibcContext, errno: number, buffer: number, size: number): number {
  if (errorTextPlaces.has(errno)) return errorText(ctx, errno);
  writeCut(ctx, strerrorText(errno), buffer, size);
  return buffer;
}

/** Writes a text cut to the buffer. @returns whether it fits */
function writeCut(ctx: LibcContext, text: string, buffer: number, size: number): boolean {
  const bytes = asciiBytes(text);
  if (size > 0) {
    ctx.memory.writeBytes(buffer, bytes.subarray(0, size - 1));
    ctx.memory.writeU8(buffer + Math.min(bytes.length, size - 1), 0);
  }
  return bytes.length < size;
}

/**
 * What strverscmp does at the first difference, by what came before (nothing of note, an integer, a fraction, leading
 * zeros) and by the two bytes (no digit, a digit, zero): compare the bytes, compare the lengths of the digits, or the answer.
 */
const versionRules: readonly (readonly (1 | -1 | 'bytes' | 'lengths')[])[] = [
  ['bytes', 'bytes', 'bytes', 'bytes', 'lengths', 'bytes', 'bytes', 'bytes', 'bytes'],
  ['bytes', -1, -1, 1, 'lengths', 'lengths', 1, 'lengths', 'lengths'],
  ['bytes', 'bytes', 'bytes', 'bytes', 'bytes', 'bytes', 'bytes', 'bytes', 'bytes'],
  ['bytes', 1, 1, -1, 'bytes', 'bytes', -1, 'bytes', 'bytes'],
];

/** The state after a byte: for each state, after no digit, a digit, a zero. */
const versionStates: readonly (readonly number[])[] = [
  [0, 1, 3],
  [0, 1, 1],
  [0, 2, 2],
  [0, 2, 3],
];

/** strverscmp: numbers in names compare as numbers. @source string/strverscmp.c */
export function compareVersions(ctx: LibcContext, a: number, b: number): number {
  const x = ctx.memory.readCString(a);
  const y = ctx.memory.readCString(b);
  const at = (text: Uint8Array, i: number): number => text[i] ?? 0;
  const kindOf = (byte: number): number => (byte === 0x30 ? 2 : isDigit(byte) ? 1 : 0);
  let state = 0;
  let i = 0;
  while (at(x, i) === at(y, i)) {
    if (at(x, i) === 0) return 0;
    state = versionStates[state]?.[kindOf(at(x, i))] ?? 0;
    i += 1;
  }
  const difference = at(x, i) - at(y, i);
  const rule = versionRules[state]?.[3 * kindOf(at(x, i)) + kindOf(at(y, i))] ?? 'bytes';
  if (rule === 'bytes') return difference;
  if (rule !== 'lengths') return rule;
  for (let j = i + 1; ; j++) {
    if (!isDigit(at(x, j))) return isDigit(at(y, j)) ? -1 : difference;
    if (!isDigit(at(y, j))) return 1;
  }
}

/** strcmp, which strcoll is in the "C" locale. */
export const compareText = (ctx: LibcContext, a: number, b: number): number =>
  compareBytes(ctx, a, b, TWO_TO_32, true, false);

/** basename of <string.h>: behind the last slash; nothing is changed. */
const lastName = (ctx: LibcContext, path: number): number => {
  const slash = findLastByte(ctx, path, 0x2f);
  return slash === 0 ? path : slash + 1;
};

/** <string.h> and <strings.h> */
export const stringFunctions: LibcTable = {
  memset: f('ppiz', (ctx, [to = 0, value = 0, length = 0]) => {
    ctx.memory.fill(to, value & 255, length);
    return to;
  }),
  memcpy: f('pppz', (ctx, [to = 0, from = 0, length = 0]) => {
    ctx.memory.copy(to, from, length);
    return to;
  }),
  mempcpy: f('pppz', (ctx, [to = 0, from = 0, length = 0]) => {
    ctx.memory.copy(to, from, length);
    return to + length;
  }),
  memmove: f('pppz', (ctx, [to = 0, from = 0, length = 0]) => {
    ctx.memory.copy(to, from, length);
    return to;
  }),
  memcmp: f('ippz', (ctx, [a = 0, b = 0, n = 0]) => compareBytes(ctx, a, b, n, false, false)),
  memchr: f('ppiz', (ctx, [text = 0, byte = 0, n = 0]) => {
    for (let i = 0; i < n; i++) if (ctx.memory.readU8(text + i) === (byte & 255)) return text + i;
    return 0;
  }),
  memrchr: f('ppiz', (ctx, [text = 0, byte = 0, n = 0]) => {
    for (let i = n - 1; i >= 0; i--) if (ctx.memory.readU8(text + i) === (byte & 255)) return text + i;
    return 0;
  }),
  rawmemchr: f('ppi', (ctx, [text = 0, byte = 0]) => {
    let at = text;
    while (ctx.memory.readU8(at) !== (byte & 255)) at += 1;
    return at;
  }),
  memccpy: f('pppiz', (ctx, [to = 0, from = 0, byte = 0, n = 0]) => {
    for (let i = 0; i < n; i++) {
      const value = ctx.memory.readU8(from + i);
      ctx.memory.writeU8(to + i, value);
      if (value === (byte & 255)) return to + i + 1;
    }
    return 0;
  }),
  bcmp: f('ippz', (ctx, [a = 0, b = 0, n = 0]) => compareBytes(ctx, a, b, n, false, false)),
  bcopy: f('vppz', (ctx, [from = 0, to = 0, length = 0]) => {
    ctx.memory.copy(to, from, length);
    return 0;
  }),
  bzero: f('vpz', (ctx, [to = 0, length = 0]) => {
    ctx.memory.fill(to, 0, length);
    return 0;
  }),
  strlen: f('zp', (ctx, [text = 0]) => lengthOf(ctx, text)),
  strnlen: f('zpz', (ctx, [text = 0, n = 0]) => ctx.memory.readCString(text, n).length),
  strcpy: f('ppp', (ctx, [to = 0, from = 0]) => {
    copyString(ctx, to, from);
    return to;
  }),
  stpcpy: f('ppp', (ctx, [to = 0, from = 0]) => to + copyString(ctx, to, from)),
  strncpy: f('pppz', (ctx, [to = 0, from = 0, n = 0]) => {
    copyPadded(ctx, to, from, n);
    return to;
  }),
  stpncpy: f('pppz', (ctx, [to = 0, from = 0, n = 0]) => to + copyPadded(ctx, to, from, n)),
  strxfrm: f('zppz', (ctx, [to = 0, from = 0, n = 0]) => {
    const bytes = ctx.memory.readCString(from);
    const part = bytes.subarray(0, Math.max(0, n));
    ctx.memory.writeBytes(to, part);
    if (part.length < n) ctx.memory.writeU8(to + part.length, 0);
    return bytes.length;
  }),
  strcat: f('ppp', (ctx, [to = 0, from = 0]) => {
    copyString(ctx, to + lengthOf(ctx, to), from);
    return to;
  }),
  strncat: f('pppz', (ctx, [to = 0, from = 0, n = 0]) => {
    const bytes = ctx.memory.readCString(from, n);
    const at = to + lengthOf(ctx, to);
    ctx.memory.writeBytes(at, bytes);
    ctx.memory.writeU8(at + bytes.length, 0);
    return to;
  }),
  strcmp: f('ipp', (ctx, [a = 0, b = 0]) => compareText(ctx, a, b)),
  strncmp: f('ippz', (ctx, [a = 0, b = 0, n = 0]) => compareBytes(ctx, a, b, n, true, false)),
  strcoll: f('ipp', (ctx, [a = 0, b = 0]) => compareText(ctx, a, b)),
  strcasecmp: f('ipp', (ctx, [a = 0, b = 0]) => compareBytes(ctx, a, b, TWO_TO_32, true, true)),
  strncasecmp: f('ippz', (ctx, [a = 0, b = 0, n = 0]) => compareBytes(ctx, a, b, n, true, true)),
  strchr: f('ppi', (ctx, [text = 0, c = 0]) => findByte(ctx, text, c & 255)),
  index: f('ppi', (ctx, [text = 0, c = 0]) => findByte(ctx, text, c & 255)),
  strchrnul: f('ppi', (ctx, [text = 0, c = 0]) => findByte(ctx, text, c & 255) || text + lengthOf(ctx, text)),
  strrchr: f('ppi', (ctx, [text = 0, c = 0]) => findLastByte(ctx, text, c & 255)),
  rindex: f('ppi', (ctx, [text = 0, c = 0]) => findLastByte(ctx, text, c & 255)),
  strstr: f('ppp', (ctx, [text = 0, needle = 0]) =>
    findBytes(ctx, text, ctx.memory.readCString(needle), lengthOf(ctx, text)),
  ),
  strcasestr: f('ppp', (ctx, [text = 0, needle = 0]) => findFolded(ctx, text, needle)),
  strsep: f('ppp', (ctx, [pointer = 0, set = 0]) => {
    const text = readWord(ctx, pointer);
    if (text === 0) return 0;
    const end = text + span(ctx, text, set, false);
    if (ctx.memory.readU8(end) === 0) writeWord(ctx, pointer, 0);
    else {
      ctx.memory.writeU8(end, 0);
      writeWord(ctx, pointer, end + 1);
    }
    return text;
  }),
  memmem: f('ppzpz', (ctx, [text = 0, n = 0, needle = 0, m = 0]) =>
    findBytes(ctx, text, ctx.memory.readBytes(needle, m), n),
  ),
  strspn: f('zpp', (ctx, [text = 0, set = 0]) => span(ctx, text, set, true)),
  strcspn: f('zpp', (ctx, [text = 0, set = 0]) => span(ctx, text, set, false)),
  strpbrk: f('ppp', (ctx, [text = 0, set = 0]) => {
    const at = text + span(ctx, text, set, false);
    return ctx.memory.readU8(at) === 0 ? 0 : at;
  }),
  strtok: f('ppp', (ctx, [text = 0, set = 0]) =>
    token(ctx, text, set, ctx.objects.scratch + scratchPlaces.strtok),
  ),
  strtok_r: f('pppp', (ctx, [text = 0, set = 0, save = 0]) => token(ctx, text, set, save)),
  __strtok_r: f('pppp', (ctx, [text = 0, set = 0, save = 0]) => token(ctx, text, set, save)),
  ffs: f('ii', (_ctx, [value = 0]) => lowestBit(BigInt(value))),
  ffsl: f('il', (_ctx, _args, _va, [raw = 0]) => lowestBit(BigInt(raw))),
  ffsll: f('iq', (_ctx, _args, _va, [raw = 0]) => lowestBit(BigInt(raw))),
  strdup: f('pp', (ctx, [text = 0]) => duplicate(ctx, 'strdup', ctx.memory.readCString(text))),
  strndup: f('ppz', (ctx, [text = 0, n = 0]) => duplicate(ctx, 'strndup', ctx.memory.readCString(text, n))),
  strerror: f('pi', (ctx, [errno = 0]) => errorText(ctx, errno)),
  strerror_l: f('pip', (ctx, [errno = 0]) => errorText(ctx, errno)),
  strerror_r: f('pipz', (ctx, [errno = 0, buffer = 0, size = 0]) => errorTextInto(ctx, errno, buffer, size)),
  __xpg_strerror_r: f('iipz', (ctx, [errno = 0, buffer = 0, size = 0]) => {
    const fits = writeCut(ctx, strerrorText(errno), buffer, size);
    return !errorTextPlaces.has(errno) ? EINVAL : fits ? 0 : ERANGE;
  }),
  strsignal: f('pi', (ctx, [signal = 0]) => signalText(ctx, signal)),
  sigdescr_np: f('pi', (ctx, [signal = 0]) => (signalTextPlaces.has(signal) ? signalText(ctx, signal) : 0)),
  strerrordesc_np: f('pi', (ctx, [errno = 0]) => (errorTextPlaces.has(errno) ? errorText(ctx, errno) : 0)),
  strverscmp: f('ipp', (ctx, [a = 0, b = 0]) => compareVersions(ctx, a, b)),
  basename: f('pp', (ctx, [path = 0]) => lastName(ctx, path)),
  memfrob: f('ppz', (ctx, [at = 0, n = 0]) => {
    ctx.memory.writeBytes(
      at,
      ctx.memory.readBytes(at, n).map((byte) => byte ^ 42),
    );
    return at;
  }),
  explicit_bzero: f('vpz', (ctx, [to = 0, length = 0]) => {
    ctx.memory.fill(to, 0, length);
    return 0;
  }),
  swab: f('vppl', (ctx, [from = 0, to = 0, length = 0]) => {
    for (let i = 0; i + 1 < length; i += 2) {
      const pair = ctx.memory.readU16(from + i);
      ctx.memory.writeU16(to + i, ((pair & 255) << 8) | (pair >> 8));
    }
    return 0;
  }),
  __xpg_basename: f('pp', (ctx, [path = 0]) => baseName(ctx, path)),
  dirname: f('pp', (ctx, [path = 0]) => directoryName(ctx, path)),
};

const slashByte = 0x2f;

/** A text of one character that basename and dirname give. */
function shortName(ctx: LibcContext, text: '.' | '/'): number {
  const at = ctx.objects.scratch + scratchPlaces.basename + (text === '.' ? 0 : 2);
  ctx.memory.writeBytes(at, asciiBytes(`${text}\0`));
  return at;
}

/** basename of <libgen.h>: slashes at the end are cut off the path itself. */
function baseName(ctx: LibcContext, path: number): number {
  const bytes = path === 0 ? new Uint8Array() : ctx.memory.readCString(path);
  if (bytes.length === 0) return shortName(ctx, '.');
  let end = bytes.length;
  while (end > 1 && bytes[end - 1] === slashByte) end -= 1;
  if (end < bytes.length && !(end === 1 && bytes[0] === slashByte)) ctx.memory.writeU8(path + end, 0);
  if (end === 1 && bytes[0] === slashByte) return path + bytes.length - 1;
  return path + bytes.subarray(0, end).lastIndexOf(slashByte) + 1;
}

/** dirname of <libgen.h>: the path is cut. */
function directoryName(ctx: LibcContext, path: number): number {
  const bytes = path === 0 ? new Uint8Array() : ctx.memory.readCString(path);
  let end = bytes.length;
  while (end > 1 && bytes[end - 1] === slashByte) end -= 1;
  let slash = bytes.subarray(0, end).lastIndexOf(slashByte);
  if (slash < 0 || (end === 1 && bytes[0] !== slashByte)) return shortName(ctx, '.');
  while (slash > 0 && bytes[slash - 1] === slashByte) slash -= 1;
  if (slash === 0) slash = 1;
  ctx.memory.writeU8(path + slash, 0);
  return path;
}

/** Position of the lowest bit that is set, from 1; 0 for zero. */
function lowestBit(value: bigint): number {
  if (value === 0n) return 0;
  let position = 1;
  for (let rest = value; (rest & 1n) === 0n; rest >>= 1n) position += 1;
  return position;
}

const isUpper = (c: number): boolean => c >= 0x41 && c <= 0x5a;
const isLower = (c: number): boolean => c >= 0x61 && c <= 0x7a;
const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
const isSpace = (c: number): boolean => c === 0x20 || (c >= 9 && c <= 13);
const isGraph = (c: number): boolean => c > 0x20 && c < 0x7f;

/** Bits of the table behind the macros of <ctype.h>, little-endian. Source: glibc 2.36, ctype/ctype.h (_ISbit). */
function ctypeBits(c: number): number {
  const alpha = isUpper(c) || isLower(c);
  const isHex = isDigit(c) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);
  return (
    (isUpper(c) ? 0x100 : 0) |
    (isLower(c) ? 0x200 : 0) |
    (alpha ? 0x400 : 0) |
    (isDigit(c) ? 0x800 : 0) |
    (isHex ? 0x1000 : 0) |
    (isSpace(c) ? 0x2000 : 0) |
    (isGraph(c) || c === 0x20 ? 0x4000 : 0) |
    (isGraph(c) ? 0x8000 : 0) |
    (c === 0x20 || c === 9 ? 0x1 : 0) |
    (c < 0x20 || c === 0x7f ? 0x2 : 0) |
    (isGraph(c) && !alpha && !isDigit(c) ? 0x4 : 0) |
    (alpha || isDigit(c) ? 0x8 : 0)
  );
}

const classify = (test: (c: number) => boolean, bit: number): LibcFunction =>
  f('ii', (_ctx, [c = 0]) => (test(c) ? bit : 0));

/** Places of the classification tables in libc's scratch area: a pointer, then 384 entries each. */
const CTYPE_B = scratchPlaces.ctypeBits;
const CTYPE_LOWER = scratchPlaces.ctypeLower;
const CTYPE_UPPER = scratchPlaces.ctypeUpper;

function tableOf(ctx: LibcContext, at: number, width: 2 | 4, entry: (c: number) => number): number {
  const pointer = ctx.objects.scratch + at;
  const table = pointer + 16;
  if (readWord(ctx, pointer) === 0) {
    // Index 128 is character 0: EOF and negative characters have entries too.
    for (let c = -128; c < 256; c++) {
      const target = table + (c + 128) * width;
      if (width === 2) ctx.memory.writeU16(target, entry(c) & 0xffff);
      else ctx.memory.writeU32(target, entry(c) >>> 0);
    }
    writeWord(ctx, pointer, table + 128 * width);
  }
  return pointer;
}

/** <ctype.h> */
export const ctypeFunctions: LibcTable = {
  isupper: classify(isUpper, 0x100),
  islower: classify(isLower, 0x200),
  isalpha: classify((c) => isUpper(c) || isLower(c), 0x400),
  isdigit: classify(isDigit, 0x800),
  isxdigit: classify((c) => (ctypeBits(c) & 0x1000) !== 0, 0x1000),
  isspace: classify(isSpace, 0x2000),
  isprint: classify((c) => isGraph(c) || c === 0x20, 0x4000),
  isgraph: classify(isGraph, 0x8000),
  isblank: classify((c) => c === 0x20 || c === 9, 1),
  iscntrl: classify((c) => (c >= 0 && c < 0x20) || c === 0x7f, 2),
  ispunct: classify((c) => (ctypeBits(c) & 4) !== 0, 4),
  isalnum: classify((c) => isUpper(c) || isLower(c) || isDigit(c), 8),
  tolower: f('ii', (_ctx, [c = 0]) => toLower(c)),
  toupper: f('ii', (_ctx, [c = 0]) => toUpper(c)),
  isascii: f('ii', (_ctx, [c = 0]) => (c >= 0 && c < 0x80 ? 1 : 0)),
  toascii: f('ii', (_ctx, [c = 0]) => c & 0x7f),
  _tolower: f('ii', (_ctx, [c = 0]) => toLower(c)),
  _toupper: f('ii', (_ctx, [c = 0]) => toUpper(c)),
  __ctype_b_loc: f('p', (ctx) => tableOf(ctx, CTYPE_B, 2, (c) => (c < 0 ? 0 : ctypeBits(c)))),
  __ctype_tolower_loc: f('p', (ctx) => tableOf(ctx, CTYPE_LOWER, 4, toLower)),
  __ctype_toupper_loc: f('p', (ctx) => tableOf(ctx, CTYPE_UPPER, 4, toUpper)),
};
