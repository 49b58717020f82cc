/**
 * Wide strings and the classes of wide characters: <wchar.h> and <wctype.h> without streams.
 *
 * Source: C17 7.29.4, 7.30; glibc 2.36, wcsmbs/ (behaviour).
 * Simplified: beyond ASCII the classes are Unicode's as the host knows them, in C.UTF-8 only.
 */
import { doubleFormat, singleFormat } from './float-rounding.ts';
import { readExtendedText, readFloatText } from './stdlib.ts';
import { parseInteger } from './number-text.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { callFromLibc, f, readWord, setErrno, writeWord } from './libc-context.ts';
import { isUtf8 } from './locale.ts';
import { wideText } from './multibyte.ts';

const ERANGE = 34;
const EINVAL = 22;
const all = Number.MAX_SAFE_INTEGER;

const charAt = (ctx: LibcContext, at: number, i: number): number => ctx.memory.readU32(at + 4 * i);

function lengthOf(ctx: LibcContext, at: number, limit = all): number {
  let length = 0;
  while (length < limit && charAt(ctx, at, length) !== 0) length += 1;
  return length;
}

const copy = (ctx: LibcContext, to: number, from: number, count: number): void => {
  ctx.memory.copy(to, from, 4 * count);
};

/** wchar_t is signed. */
const order = (a: number, b: number): number => ((a | 0) < (b | 0) ? -1 : (a | 0) > (b | 0) ? 1 : 0);

function compare(
  ctx: LibcContext,
  a: number,
  b: number,
  limit: number,
  map: (c: number) => number = (c) => c,
): number {
  for (let i = 0; i < limit; i++) {
    const [x, y] = [map(charAt(ctx, a, i)), map(charAt(ctx, b, i))];
    if (x !== y) return order(x, y);
    if (x === 0) return 0;
  }
  return 0;
}

function find(ctx: LibcContext, at: number, wanted: number): number {
  for (let i = 0; ; i++) {
    const c = charAt(ctx, at, i);
    if (c === wanted) return at + 4 * i;
    if (c === 0) return 0;
  }
}

function findLast(ctx: LibcContext, at: number, wanted: number): number {
  for (let i = lengthOf(ctx, at); i >= 0; i--) if (charAt(ctx, at, i) === wanted) return at + 4 * i;
  return 0;
}

function span(ctx: LibcContext, at: number, set: number, wanted: boolean): number {
  const members = new Set(wideText(ctx, set));
  let length = 0;
  for (let c = charAt(ctx, at, 0); c !== 0 && members.has(c) === wanted; c = charAt(ctx, at, length))
    length += 1;
  return length;
}

function findText(ctx: LibcContext, at: number, needle: number): number {
  const wanted = wideText(ctx, needle);
  const text = wideText(ctx, at);
  for (let i = 0; i + wanted.length <= text.length; i++)
    if (wanted.every((c, j) => text[i + j] === c)) return at + 4 * i;
  return 0;
}

/** wcstok; the place where the next search begins is kept at `save`. */
function token(ctx: LibcContext, text: number, delimiters: number, save: number): number {
  let at = text === 0 ? readWord(ctx, save) : text;
  if (at === 0) return 0;
  at += 4 * span(ctx, at, delimiters, true);
  if (charAt(ctx, at, 0) === 0) {
    writeWord(ctx, save, 0);
    return 0;
  }
  const end = at + 4 * span(ctx, at, delimiters, false);
  if (charAt(ctx, end, 0) === 0) writeWord(ctx, save, 0);
  else {
    ctx.memory.writeU32(end, 0);
    writeWord(ctx, save, end + 4);
  }
  return at;
}

/** A character of a number; others than ASCII end it. */
const digitAt = (ctx: LibcContext, at: number, i: number): number => {
  const c = charAt(ctx, at, i);
  return c < 0x80 ? c : 0;
};

function toInteger(
  ctx: LibcContext,
  text: number,
  end: number,
  base: number,
  min: bigint,
  max: bigint,
): bigint {
  if (base < 0 || base === 1 || base > 36) {
    setErrno(ctx, EINVAL);
    return 0n;
  }
  const parsed = parseInteger((index) => digitAt(ctx, text, index), base);
  if (end !== 0) writeWord(ctx, end, text + 4 * parsed.length);
  const { magnitude, isNegative } = parsed;
  if (min === 0n && magnitude <= max) return isNegative ? (max + 1n - magnitude) & max : magnitude;
  const value = isNegative ? -magnitude : magnitude;
  if (min !== 0n && value >= min && value <= max) return value;
  setErrno(ctx, ERANGE);
  return min !== 0n && value < min ? min : max;
}

const max64 = (1n << 63n) - 1n;
const unsignedMax64 = (1n << 64n) - 1n;
const wordBits = (ctx: LibcContext): bigint => BigInt(8 * ctx.model.wordBytes);

const signedWord: LibcFunction['call'] = (ctx, [text = 0, end = 0, base = 0]) => {
  const max = (1n << (wordBits(ctx) - 1n)) - 1n;
  return toInteger(ctx, text, end, base, -max - 1n, max);
};
const unsignedWord: LibcFunction['call'] = (ctx, [text = 0, end = 0, base = 0]) =>
  toInteger(ctx, text, end, base, 0n, (1n << wordBits(ctx)) - 1n);

/** Reads the start of a text as a number. */
function numberIn<T>(
  ctx: LibcContext,
  text: number,
  end: number,
  read: (source: string) => { readonly value: T; readonly length: number },
): T {
  let source = '';
  for (let i = 0, c = digitAt(ctx, text, 0); c !== 0 && i < 4096; c = digitAt(ctx, text, ++i))
    source += String.fromCharCode(c);
  const { value, length } = read(source);
  if (end !== 0) writeWord(ctx, end, text + 4 * length);
  return value;
}

const toFloating = (ctx: LibcContext, text: number, end: number, isSingle: boolean): number =>
  numberIn(ctx, text, end, (source) => readFloatText(ctx, source, isSingle ? singleFormat : doubleFormat));

// ---- classes ----

const asciiClasses: Readonly<Record<string, (c: number) => boolean>> = {
  alnum: (c) => (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a),
  alpha: (c) => (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a),
  blank: (c) => c === 0x20 || c === 9,
  cntrl: (c) => c < 0x20 || c === 0x7f,
  digit: (c) => c >= 0x30 && c <= 0x39,
  graph: (c) => c > 0x20 && c < 0x7f,
  lower: (c) => c >= 0x61 && c <= 0x7a,
  print: (c) => c >= 0x20 && c < 0x7f,
  punct: (c) => c > 0x20 && c < 0x7f && !/[0-9A-Za-z]/.test(String.fromCharCode(c)),
  space: (c) => c === 0x20 || (c >= 9 && c <= 13),
  upper: (c) => c >= 0x41 && c <= 0x5a,
  xdigit: (c) => /^[0-9a-fA-F]$/.test(String.fromCharCode(c)),
};

const unicodeClasses: Readonly<Record<string, RegExp>> = {
  alnum: /[\p{Alphabetic}\p{Nd}]/u,
  alpha: /[\p{Alphabetic}\p{Nd}]/u,
  blank: /(?!\u00a0|\u2007|\u202f)\p{Zs}/u,
  cntrl: /[\p{Cc}\p{Zl}\p{Zp}]/u,
  digit: /(?!)/u,
  graph: /[^\p{Cc}\p{Cn}\p{Cs}\p{Zs}\p{Zl}\p{Zp}]/u,
  lower: /\p{Lowercase}/u,
  print: /[^\p{Cc}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u,
  punct: /[^\p{Alphabetic}\p{Nd}\p{Cc}\p{Cn}\p{Cs}\p{Zs}\p{Zl}\p{Zp}]/u,
  space: /(?!\u00a0|\u2007|\u202f)[\p{Zs}\p{Zl}\p{Zp}]/u,
  upper: /\p{Uppercase}/u,
  xdigit: /(?!)/u,
};

/** Names of the classes in the order of the numbers that wctype gives, from 1. */
const classNames = Object.keys(asciiClasses);

function isInClass(ctx: LibcContext, name: string, c: number): boolean {
  if (c < 0x80) return asciiClasses[name]?.(c) ?? false;
  if (!isUtf8(ctx) || c > 0x10_ffff) return false;
  return unicodeClasses[name]?.test(String.fromCodePoint(c)) ?? false;
}

/** A case mapping that gives one character. */
function mapCase(ctx: LibcContext, c: number, map: (text: string) => string): number {
  if (c >= 0x80 && !isUtf8(ctx)) return c;
  if (c > 0x10_ffff || (c >= 0xd800 && c < 0xe000)) return c;
  const mapped = map(String.fromCodePoint(c));
  const code = mapped.codePointAt(0) ?? c;
  return mapped.length === String.fromCodePoint(code).length ? code : c;
}

const toLower = (ctx: LibcContext, c: number): number => mapCase(ctx, c, (text) => text.toLowerCase());
const toUpper = (ctx: LibcContext, c: number): number => mapCase(ctx, c, (text) => text.toUpperCase());

const classFunctions: LibcTable = Object.fromEntries(
  classNames.map((name) => [`isw${name}`, f('iu', (ctx, [c = 0]) => (isInClass(ctx, name, c) ? 1 : 0))]),
);

const textAt = (ctx: LibcContext, at: number): string => String.fromCharCode(...ctx.memory.readCString(at));

function append(ctx: LibcContext, to: number, from: number, limit: number): number {
  const count = lengthOf(ctx, from, limit);
  const at = to + 4 * lengthOf(ctx, to);
  copy(ctx, at, from, count);
  ctx.memory.writeU32(at + 4 * count, 0);
  return to;
}

function copyPadded(ctx: LibcContext, to: number, from: number, size: number): number {
  const count = lengthOf(ctx, from, size);
  copy(ctx, to, from, count);
  if (count < size) ctx.memory.fill(to + 4 * count, 0, 4 * (size - count));
  return count;
}

const integerSigned64: LibcFunction['call'] = (ctx, [text = 0, end = 0, base = 0]) =>
  toInteger(ctx, text, end, base, -max64 - 1n, max64);
const integerUnsigned64: LibcFunction['call'] = (ctx, [text = 0, end = 0, base = 0]) =>
  toInteger(ctx, text, end, base, 0n, unsignedMax64);

/** <wchar.h> without streams, <wctype.h> */
export const wideStringFunctions: LibcTable = {
  ...classFunctions,
  wcslen: f('zp', (ctx, [at = 0]) => lengthOf(ctx, at)),
  wcsnlen: f('zpz', (ctx, [at = 0, limit = 0]) => lengthOf(ctx, at, limit)),
  wcscpy: f('ppp', (ctx, [to = 0, from = 0]) => {
    copy(ctx, to, from, lengthOf(ctx, from) + 1);
    return to;
  }),
  wcpcpy: f('ppp', (ctx, [to = 0, from = 0]) => {
    const length = lengthOf(ctx, from);
    copy(ctx, to, from, length + 1);
    return to + 4 * length;
  }),
  wcsncpy: f('pppz', (ctx, [to = 0, from = 0, n = 0]) => {
    copyPadded(ctx, to, from, n);
    return to;
  }),
  wcpncpy: f('pppz', (ctx, [to = 0, from = 0, n = 0]) => to + 4 * copyPadded(ctx, to, from, n)),
  wcscat: f('ppp', (ctx, [to = 0, from = 0]) => append(ctx, to, from, all)),
  wcsncat: f('pppz', (ctx, [to = 0, from = 0, n = 0]) => append(ctx, to, from, n)),
  wcscmp: f('ipp', (ctx, [a = 0, b = 0]) => compare(ctx, a, b, all)),
  wcscoll: f('ipp', (ctx, [a = 0, b = 0]) => compare(ctx, a, b, all)),
  wcsncmp: f('ippz', (ctx, [a = 0, b = 0, n = 0]) => compare(ctx, a, b, n)),
  wcscasecmp: f('ipp', (ctx, [a = 0, b = 0]) => compare(ctx, a, b, all, (c) => toLower(ctx, c))),
  wcsncasecmp: f('ippz', (ctx, [a = 0, b = 0, n = 0]) => compare(ctx, a, b, n, (c) => toLower(ctx, c))),
  wcsxfrm: f('zppz', (ctx, [to = 0, from = 0, n = 0]) => {
    const length = lengthOf(ctx, from);
    if (n > 0) copy(ctx, to, from, Math.min(n, length + 1));
    return length;
  }),
  wcschr: f('ppi', (ctx, [at = 0, c = 0]) => find(ctx, at, c >>> 0)),
  wcschrnul: f('ppi', (ctx, [at = 0, c = 0]) => find(ctx, at, c >>> 0) || at + 4 * lengthOf(ctx, at)),
  wcsrchr: f('ppi', (ctx, [at = 0, c = 0]) => findLast(ctx, at, c >>> 0)),
  wcsspn: f('zpp', (ctx, [at = 0, set = 0]) => span(ctx, at, set, true)),
  wcscspn: f('zpp', (ctx, [at = 0, set = 0]) => span(ctx, at, set, false)),
  wcspbrk: f('ppp', (ctx, [at = 0, set = 0]) => {
    const place = at + 4 * span(ctx, at, set, false);
    return charAt(ctx, place, 0) === 0 ? 0 : place;
  }),
  wcsstr: f('ppp', (ctx, [at = 0, needle = 0]) => findText(ctx, at, needle)),
  wcswcs: f('ppp', (ctx, [at = 0, needle = 0]) => findText(ctx, at, needle)),
  wcstok: f('pppp', (ctx, [text = 0, set = 0, save = 0]) => token(ctx, text, set, save)),
  wcsdup: f('pp', (ctx, [from = 0]) => {
    const bytes = 4 * (lengthOf(ctx, from) + 1);
    const block = callFromLibc(ctx, 'wcsdup', () => ctx.malloc.malloc(bytes));
    if (block !== 0) ctx.memory.copy(block, from, bytes);
    return block;
  }),
  wmemchr: f('ppiz', (ctx, [at = 0, c = 0, n = 0]) => {
    for (let i = 0; i < n; i++) if (charAt(ctx, at, i) === c >>> 0) return at + 4 * i;
    return 0;
  }),
  wmemcmp: f('ippz', (ctx, [a = 0, b = 0, n = 0]) => {
    for (let i = 0; i < n; i++) {
      const difference = order(charAt(ctx, a, i), charAt(ctx, b, i));
      if (difference !== 0) return difference;
    }
    return 0;
  }),
  wmemcpy: f('pppz', (ctx, [to = 0, from = 0, n = 0]) => {
    copy(ctx, to, from, n);
    return to;
  }),
  wmempcpy: f('pppz', (ctx, [to = 0, from = 0, n = 0]) => {
    copy(ctx, to, from, n);
    return to + 4 * n;
  }),
  wmemmove: f('pppz', (ctx, [to = 0, from = 0, n = 0]) => {
    copy(ctx, to, from, n);
    return to;
  }),
  wmemset: f('ppiz', (ctx, [to = 0, c = 0, n = 0]) => {
    for (let i = 0; i < n; i++) ctx.memory.writeU32(to + 4 * i, c >>> 0);
    return to;
  }),
  wcstol: f('lppi', signedWord),
  wcstoul: f('zppi', unsignedWord),
  wcstoll: f('qppi', integerSigned64),
  wcstoq: f('qppi', integerSigned64),
  wcstoimax: f('qppi', integerSigned64),
  wcstoull: f('xppi', integerUnsigned64),
  wcstouq: f('xppi', integerUnsigned64),
  wcstoumax: f('xppi', integerUnsigned64),
  wcstod: f('dpp', (ctx, [text = 0, end = 0]) => toFloating(ctx, text, end, false)),
  wcstold: f('epp', (ctx, [text = 0, end = 0]) =>
    numberIn(ctx, text, end, (source) => readExtendedText(ctx, source)),
  ),
  wcstof: f('fpp', (ctx, [text = 0, end = 0]) => toFloating(ctx, text, end, true)),
  towlower: f('uu', (ctx, [c = 0]) => toLower(ctx, c)),
  towupper: f('uu', (ctx, [c = 0]) => toUpper(ctx, c)),
  wctype: f('zp', (ctx, [name = 0]) => classNames.indexOf(textAt(ctx, name)) + 1),
  iswctype: f('iuz', (ctx, [c = 0, number = 0]) => {
    const name = classNames[number - 1];
    return name !== undefined && isInClass(ctx, name, c) ? 1 : 0;
  }),
  wctrans: f('pp', (ctx, [name = 0]) => ['tolower', 'toupper'].indexOf(textAt(ctx, name)) + 1),
  towctrans: f('uup', (ctx, [c = 0, number = 0]) =>
    number === 1 ? toLower(ctx, c) : number === 2 ? toUpper(ctx, c) : c,
  ),
};
