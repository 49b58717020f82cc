/**
 * Multibyte characters: conversion between bytes and wchar_t, with the state that a partial character leaves.
 *
 * In the "C" locale a byte below 0x80 is a character and all others are errors; in C.UTF-8 characters are UTF-8.
 * A `mbstate_t` holds the count of bytes seen and their value, as glibc's does.
 *
 * Source: C17 7.22.7, 7.29.6; glibc 2.36, wcsmbs/, iconv/gconv_simple.c (behaviour).
 */
import { utf8OfCodePoint } from '../../base/utf8.ts';
import { EILSEQ, EINVAL } from '../target/errno.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { f, readWord, setErrno, writeWord } from './libc-context.ts';
import { isUtf8 } from './locale.ts';
import { scratchPlaces } from './scratch.ts';

/** (size_t) -1 and -2. */
const failed = -1;
const incomplete = -2;

/** Offset in libc's scratch area of the states of functions that have their own. */
const OWN_STATE = scratchPlaces.conversionStates;
const stateBytes = 8;
const ownStates = ['mbrtowc', 'mbrlen', 'mbsrtowcs', 'wcsrtombs', 'mbtowc', 'c16'] as const;

const stateOf = (ctx: LibcContext, given: number, own: (typeof ownStates)[number]): number =>
  given === 0 ? ctx.objects.scratch + OWN_STATE + ownStates.indexOf(own) * stateBytes : given;

const badSequence = (ctx: LibcContext): number => {
  setErrno(ctx, EILSEQ);
  return failed;
};

/** Bytes of a character. @returns undefined for one that the locale does not have */
export function encodeCharacter(ctx: LibcContext, code: number): readonly number[] | undefined {
  if (!isUtf8(ctx)) return code >= 0 && code < 0x80 ? [code] : undefined;
  if (code < 0 || code > 0x7fff_ffff || (code >= 0xd800 && code < 0xe000) || code > 0x10_ffff)
    return undefined;
  return utf8OfCodePoint(code);
}

/** Length of the character that a first byte begins; 0 for one that begins none. */
const lengthFrom = (byte: number): number =>
  byte < 0x80
    ? 1
    : byte >= 0xc2 && byte < 0xe0
      ? 2
      : byte >= 0xe0 && byte < 0xf0
        ? 3
        : byte >= 0xf0 && byte < 0xf5
          ? 4
          : 0;

/** One character out of bytes, those of the state first. */
interface Decoded {
  /** Bytes that were taken, without those of the state; -1 for an error, -2 for too few. */
  readonly taken: number;
  readonly code: number;
}

/** Decodes a character from at most `limit` bytes, going on from a state. */
export function decodeCharacter(
  ctx: LibcContext,
  byteAt: (index: number) => number,
  limit: number,
  state: number,
): Decoded {
  if (limit === 0) return { taken: incomplete, code: 0 };
  if (!isUtf8(ctx)) {
    const byte = byteAt(0);
    return byte < 0x80 ? { taken: 1, code: byte } : { taken: failed, code: 0 };
  }
  const count = state === 0 ? 0 : ctx.memory.readU32(state) & 7;
  const bytes: number[] = [];
  for (let i = 0; i < count; i++) bytes.push(ctx.memory.readU8(state + 4 + i));
  let used = 0;
  if (bytes.length === 0) bytes.push(byteAt(used++));
  const length = lengthFrom(bytes[0] ?? 0);
  if (length === 0) return { taken: failed, code: 0 };
  while (bytes.length < length) {
    if (used >= limit) {
      if (state !== 0) {
        ctx.memory.writeU32(state, bytes.length);
        bytes.forEach((byte, i) => {
          ctx.memory.writeU8(state + 4 + i, byte);
        });
      }
      return { taken: incomplete, code: 0 };
    }
    const byte = byteAt(used++);
    if ((byte & 0xc0) !== 0x80) return { taken: failed, code: 0 };
    bytes.push(byte);
  }
  if (state !== 0) ctx.memory.writeU64(state, 0n);
  const [first = 0, ...rest] = bytes;
  const code = rest.reduce(
    (sum, byte) => (sum << 6) | (byte & 63),
    length === 1 ? first : first & (0x7f >> length),
  );
  const least = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
  const isValid = code >= least && code < 0x11_0000 && !(code >= 0xd800 && code < 0xe000);
  return isValid ? { taken: used, code } : { taken: failed, code: 0 };
}

function mbrtowc(ctx: LibcContext, target: number, from: number, limit: number, state: number): number {
  if (from === 0) {
    const pending = ctx.memory.readU32(state);
    ctx.memory.writeU64(state, 0n);
    return pending === 0 ? 0 : badSequence(ctx);
  }
  const { taken, code } = decodeCharacter(ctx, (i) => ctx.memory.readU8(from + i), limit, state);
  if (taken === failed) return badSequence(ctx);
  if (taken === incomplete) return incomplete;
  if (target !== 0) ctx.memory.writeU32(target, code);
  return code === 0 ? 0 : taken;
}

function wcrtomb(ctx: LibcContext, target: number, code: number, state: number): number {
  if (state !== 0) ctx.memory.writeU64(state, 0n);
  if (target === 0) return 1;
  const bytes = encodeCharacter(ctx, code);
  if (bytes === undefined) return badSequence(ctx);
  ctx.memory.writeBytes(target, Uint8Array.from(bytes));
  return bytes.length;
}

/** mbsrtowcs and its relatives: `source` is the place of the pointer. */
function toWide(
  ctx: LibcContext,
  target: number,
  source: number,
  bytes: number,
  limit: number,
  state: number,
): number {
  let at = readWord(ctx, source);
  const end = at + bytes;
  let count = 0;
  while (target === 0 || count < limit) {
    if (at >= end) break;
    const { taken, code } = decodeCharacter(ctx, (i) => ctx.memory.readU8(at + i), end - at, state);
    if (taken === failed) {
      if (target !== 0) writeWord(ctx, source, at);
      return badSequence(ctx);
    }
    if (taken === incomplete) {
      at = end;
      break;
    }
    if (target !== 0) ctx.memory.writeU32(target + 4 * count, code);
    at += taken;
    if (code === 0) {
      if (target !== 0) writeWord(ctx, source, 0);
      return count;
    }
    count += 1;
  }
  if (target !== 0) writeWord(ctx, source, at);
  return count;
}

/** wcsrtombs and its relatives. */
function toBytes(ctx: LibcContext, target: number, source: number, most: number, limit: number): number {
  let at = readWord(ctx, source);
  let count = 0;
  for (let i = 0; i < most; i++) {
    const code = ctx.memory.readU32(at) | 0;
    const bytes = encodeCharacter(ctx, code);
    if (bytes === undefined) {
      if (target !== 0) writeWord(ctx, source, at);
      return badSequence(ctx);
    }
    if (target !== 0) {
      if (count + bytes.length > limit) break;
      ctx.memory.writeBytes(target + count, Uint8Array.from(bytes));
    }
    if (code === 0) {
      if (target !== 0) writeWord(ctx, source, 0);
      return count;
    }
    count += bytes.length;
    at += 4;
  }
  if (target !== 0) writeWord(ctx, source, at);
  return count;
}

/** Runs a function that takes the place of a pointer on a pointer of its own. */
function withPointer(ctx: LibcContext, pointer: number, use: (at: number) => number): number {
  return ctx.withStackBytes(new Uint8Array(8), (at) => {
    writeWord(ctx, at, pointer);
    return use(at);
  });
}

const all = Number.MAX_SAFE_INTEGER;

/** Reads a wide string as text of characters; `limit` of them at most. */
export function wideText(ctx: LibcContext, at: number, limit = all): number[] {
  const codes: number[] = [];
  for (let i = 0; i < limit; i++) {
    const code = ctx.memory.readU32(at + 4 * i);
    if (code === 0) break;
    codes.push(code);
  }
  return codes;
}

/** Columns of a character, -1 for one that cannot be printed. */
const columnsOf = (c: number): number =>
  c === 0 ? 0 : c < 0x20 || (c >= 0x7f && c < 0xa0) ? -1 : widthOf(c);

/** Multibyte functions of <stdlib.h>, <wchar.h>, <uchar.h> */
export const multibyteFunctions: LibcTable = {
  mblen: f('ipz', (ctx, [from = 0, limit = 0]) => {
    if (from === 0) return 0;
    const { taken, code } = decodeCharacter(ctx, (i) => ctx.memory.readU8(from + i), limit, 0);
    if (taken < 0) return limit === 0 ? -1 : badSequence(ctx);
    return code === 0 ? 0 : taken;
  }),
  mbtowc: f('ippz', (ctx, [target = 0, from = 0, limit = 0]) => {
    if (from === 0) return 0;
    const { taken, code } = decodeCharacter(ctx, (i) => ctx.memory.readU8(from + i), limit, 0);
    if (taken < 0) return limit === 0 ? -1 : badSequence(ctx);
    if (target !== 0) ctx.memory.writeU32(target, code);
    return code === 0 ? 0 : taken;
  }),
  wctomb: f('ipi', (ctx, [target = 0, code = 0]) => (target === 0 ? 0 : wcrtomb(ctx, target, code, 0))),
  mbstowcs: f('zppz', (ctx, [target = 0, from = 0, limit = 0]) =>
    withPointer(ctx, from, (source) => toWide(ctx, target, source, all, limit, 0)),
  ),
  wcstombs: f('zppz', (ctx, [target = 0, from = 0, limit = 0]) =>
    withPointer(ctx, from, (source) => toBytes(ctx, target, source, all, limit)),
  ),
  btowc: f('ui', (ctx, [c = 0]) => (c >= 0 && c < 0x80 ? c : -1)),
  wctob: f('iu', (_ctx, [c = 0]) => (c < 0x80 ? c : -1)),
  mbsinit: f('ip', (ctx, [state = 0]) => (state === 0 || ctx.memory.readU32(state) === 0 ? 1 : 0)),
  mbrtowc: f('zppzp', (ctx, [target = 0, from = 0, limit = 0, state = 0]) =>
    mbrtowc(ctx, target, from, limit, stateOf(ctx, state, 'mbrtowc')),
  ),
  mbrtoc32: f('zppzp', (ctx, [target = 0, from = 0, limit = 0, state = 0]) =>
    mbrtowc(ctx, target, from, limit, stateOf(ctx, state, 'c16')),
  ),
  mbrlen: f('zpzp', (ctx, [from = 0, limit = 0, state = 0]) =>
    mbrtowc(ctx, 0, from, limit, stateOf(ctx, state, 'mbrlen')),
  ),
  wcrtomb: f('zpip', (ctx, [target = 0, code = 0, state = 0]) => wcrtomb(ctx, target, code, state)),
  c32rtomb: f('zpip', (ctx, [target = 0, code = 0, state = 0]) => wcrtomb(ctx, target, code, state)),
  mbsrtowcs: f('zppzp', (ctx, [target = 0, source = 0, limit = 0, state = 0]) =>
    toWide(ctx, target, source, all, limit, stateOf(ctx, state, 'mbsrtowcs')),
  ),
  mbsnrtowcs: f('zppzzp', (ctx, [target = 0, source = 0, bytes = 0, limit = 0, state = 0]) =>
    toWide(ctx, target, source, bytes, limit, stateOf(ctx, state, 'mbsrtowcs')),
  ),
  wcsrtombs: f('zppzp', (ctx, [target = 0, source = 0, limit = 0]) =>
    toBytes(ctx, target, source, all, limit),
  ),
  wcsnrtombs: f('zppzzp', (ctx, [target = 0, source = 0, most = 0, limit = 0]) =>
    toBytes(ctx, target, source, most, limit),
  ),
  wcwidth: f('ii', (_ctx, [c = 0]) => columnsOf(c)),
  wcswidth: f('ipz', (ctx, [text = 0, most = 0]) => {
    const widths = wideText(ctx, text, most).map(columnsOf);
    return widths.includes(-1) ? -1 : widths.reduce((sum, width) => sum + width, 0);
  }),
  mbrtoc16: {
    signature: 'zppzp',
    call: (ctx, [target = 0, from = 0, limit = 0, given = 0]) => {
      const state = stateOf(ctx, given, 'c16');
      const kept = ctx.memory.readU32(state);
      if (kept >= 0x8000_0000) {
        // The second half of a pair.
        ctx.memory.writeU16(target, kept & 0xffff);
        ctx.memory.writeU64(state, 0n);
        return -3;
      }
      const { taken, code } = decodeCharacter(ctx, (i) => ctx.memory.readU8(from + i), limit, state);
      if (taken === failed) return badSequence(ctx);
      if (taken === incomplete) return incomplete;
      if (code < 0x10000) ctx.memory.writeU16(target, code);
      else {
        ctx.memory.writeU16(target, 0xd800 + ((code - 0x10000) >> 10));
        ctx.memory.writeU32(state, 0x8000_0000 + 0xdc00 + ((code - 0x10000) & 0x3ff));
      }
      return code === 0 ? 0 : taken;
    },
  },
  c16rtomb: f('zpup', (ctx, [target = 0, unit = 0, given = 0]) => {
    const state = stateOf(ctx, given, 'c16');
    const high = ctx.memory.readU32(state);
    if (target === 0) return wcrtomb(ctx, 0, 0, state);
    if (unit >= 0xd800 && unit < 0xdc00 && high === 0) {
      ctx.memory.writeU32(state, unit);
      return 0;
    }
    if (high !== 0) {
      if (unit < 0xdc00 || unit >= 0xe000) {
        setErrno(ctx, EINVAL);
        return badSequence(ctx);
      }
      return wcrtomb(ctx, target, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00), state);
    }
    return wcrtomb(ctx, target, unit, state);
  }),
};

/** Columns of a character on a terminal: two for those of East Asia. */
const widthOf = (c: number): number =>
  (c >= 0x1100 && c < 0x1160) ||
  (c >= 0x2e80 && c < 0xa4d0) ||
  (c >= 0xac00 && c < 0xd7a4) ||
  (c >= 0xf900 && c < 0xfb00) ||
  (c >= 0xfe30 && c < 0xfe70) ||
  (c >= 0xff00 && c < 0xff61) ||
  (c >= 0x1f300 && c < 0x1f650) ||
  (c >= 0x20000 && c < 0x3fffe)
    ? 2
    : 1;
