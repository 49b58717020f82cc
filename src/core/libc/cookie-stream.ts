/**
 * Streams whose input and output are functions: fopencookie, and fmemopen, which is built on it.
 *
 * Source: glibc 2.36, libio/iofopncook.c, libio/fmemopen.c (behaviour).
 * Simplified: the functions' addresses are stored plain in the FILE, not scrambled with the process's pointer guard.
 */
import { EINVAL, ENOSPC } from '../target/errno.ts';
import type { LibcContext } from './libc-context.ts';
import { callFromLibc, readWord, setErrno, writeWord } from './libc-context.ts';
import { placesOf } from './libc-places.ts';
import { IO_ERR_SEEN, flagsOf, layoutOf, setFlags } from './stream-fields.ts';

/** Words behind the FILE: the cookie, then the four functions. */
const COOKIE = 0;
const READ_FUNCTION = 1;
const WRITE_FUNCTION = 2;
const SEEK_FUNCTION = 3;
const CLOSE_FUNCTION = 4;
/** Bytes of what follows the FILE. */
const cookieWords = 5;

const slotOf = (ctx: LibcContext, file: number, index: number): number =>
  file + layoutOf(ctx).bytes + index * ctx.model.wordBytes;

const slot = (ctx: LibcContext, file: number, index: number): number =>
  readWord(ctx, slotOf(ctx, file, index));

/** Bytes of the FILE of such a stream with its lock. */
export const cookieFileBytes = (ctx: LibcContext): number => {
  const { bytes, lockBytes } = layoutOf(ctx);
  return bytes + cookieWords * ctx.model.wordBytes + lockBytes;
};

/** Stores the cookie and its functions: read, write, seek, close; 0 for one that is missing. */
export function setCookie(
  ctx: LibcContext,
  file: number,
  cookie: number,
  functions: readonly number[],
): void {
  writeWord(ctx, slotOf(ctx, file, COOKIE), cookie);
  functions.forEach((target, i) => {
    writeWord(ctx, slotOf(ctx, file, READ_FUNCTION + i), target);
  });
}

const isOwn = (ctx: LibcContext, target: number, offset: number): boolean =>
  target === ctx.objects.base + offset;

/** Reads into the buffer. @returns bytes read, 0 at the end, negative for an error */
export function cookieRead(ctx: LibcContext, file: number, to: number, length: number): number {
  const target = slot(ctx, file, READ_FUNCTION);
  const cookie = slot(ctx, file, COOKIE);
  if (target === 0) return -1;
  if (isOwn(ctx, target, placesOf(ctx).fmemopenRead)) return memoryRead(ctx, cookie, to, length);
  return ctx.callProgram(target, [cookie, to, length]);
}

/** Writes bytes. @returns bytes written */
export function cookieWrite(ctx: LibcContext, file: number, bytes: Uint8Array, from: number): number {
  const target = slot(ctx, file, WRITE_FUNCTION);
  const cookie = slot(ctx, file, COOKIE);
  let count = 0;
  if (target !== 0) {
    count = isOwn(ctx, target, placesOf(ctx).fmemopenWrite)
      ? memoryWrite(ctx, cookie, bytes)
      : from !== 0
        ? ctx.callProgram(target, [cookie, from, bytes.length])
        : ctx.withStackBytes(bytes, (addr) => ctx.callProgram(target, [cookie, addr, bytes.length]));
  }
  if (count < bytes.length) setFlags(ctx, file, flagsOf(ctx, file) | IO_ERR_SEEN);
  return count;
}

/** Moves the position. @returns the new one, negative for an error */
export function cookieSeek(ctx: LibcContext, file: number, offset: number, whence: number): number {
  const target = slot(ctx, file, SEEK_FUNCTION);
  const cookie = slot(ctx, file, COOKIE);
  if (target === 0) return -1;
  if (isOwn(ctx, target, placesOf(ctx).fmemopenSeek)) return memorySeek(ctx, cookie, offset, whence);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, BigInt(offset), true);
  return ctx.withStackBytes(new Uint8Array(view.buffer), (addr) => {
    if ((ctx.callProgram(target, [cookie, addr, whence]) | 0) === -1) return -1;
    return Number(BigInt.asIntN(64, ctx.memory.readU64(addr)));
  });
}

/** Closes: the cookie's function does it. @returns 0, or what the function gives */
export function cookieClose(ctx: LibcContext, file: number): number {
  const target = slot(ctx, file, CLOSE_FUNCTION);
  const cookie = slot(ctx, file, COOKIE);
  if (target === 0) return 0;
  if (!isOwn(ctx, target, placesOf(ctx).fmemopenClose)) return ctx.callProgram(target, [cookie]) | 0;
  callFromLibc(ctx, 'fclose', () => {
    if (ctx.memory.readU32(cookie + ctx.model.wordBytes) !== 0) ctx.malloc.free(readWord(ctx, cookie));
    ctx.malloc.free(cookie);
  });
  return 0;
}

// ---- fmemopen ----

/** Offsets of the fields of fmemopen's cookie and its bytes; position is 64 bits wide in both data models. */
const cookieLayout = (ctx: LibcContext): Record<'append' | 'size' | 'position' | 'end' | 'bytes', number> =>
  ctx.model.wordBytes === 8
    ? { append: 12, size: 16, position: 24, end: 32, bytes: 40 }
    : { append: 8, size: 12, position: 16, end: 24, bytes: 28 };

const signedWord = (value: number): number => (value >= 2 ** 63 ? value - 2 ** 64 : value);

function memoryRead(ctx: LibcContext, cookie: number, to: number, length: number): number {
  const { position, end } = cookieLayout(ctx);
  const at = readWord(ctx, cookie + position);
  const count = Math.max(0, Math.min(length, readWord(ctx, cookie + end) - at));
  ctx.memory.copy(to, readWord(ctx, cookie) + at, count);
  writeWord(ctx, cookie + position, at + count);
  return count;
}

function memoryWrite(ctx: LibcContext, cookie: number, bytes: Uint8Array): number {
  const fields = cookieLayout(ctx);
  const buffer = readWord(ctx, cookie);
  const size = readWord(ctx, cookie + fields.size);
  const isAppending = ctx.memory.readU32(cookie + fields.append) !== 0;
  const position = readWord(ctx, cookie + fields.position);
  const end = readWord(ctx, cookie + fields.end);
  const at = isAppending ? end : position;
  const addsNul = bytes.length === 0 || bytes.at(-1) !== 0;
  let count = bytes.length;
  if (at + count > size) {
    if (position + (addsNul ? 1 : 0) >= size) {
      setErrno(ctx, ENOSPC);
      return 0;
    }
    count = size - at;
  }
  ctx.memory.writeBytes(buffer + at, bytes.subarray(0, count));
  const now = at + count;
  writeWord(ctx, cookie + fields.position, now);
  if (now > end) {
    writeWord(ctx, cookie + fields.end, now);
    if (now < size && addsNul) ctx.memory.writeU8(buffer + now, 0);
    else if (!isAppending && addsNul) ctx.memory.writeU8(buffer + size - 1, 0);
  }
  return count;
}

function memorySeek(ctx: LibcContext, cookie: number, offset: number, whence: number): number {
  const fields = cookieLayout(ctx);
  const base = [0, readWord(ctx, cookie + fields.position), readWord(ctx, cookie + fields.end)][whence];
  const next = base === undefined ? -1 : base + signedWord(offset);
  if (next < 0 || next > readWord(ctx, cookie + fields.size)) {
    setErrno(ctx, EINVAL);
    return -1;
  }
  writeWord(ctx, cookie + fields.position, next);
  return next;
}

/** Makes fmemopen's cookie. @returns its address, 0 without memory or for a buffer that wraps around */
export function makeMemoryCookie(ctx: LibcContext, buffer: number, size: number, mode: string): number {
  const fields = cookieLayout(ctx);
  return callFromLibc(ctx, 'fmemopen', () => {
    const cookie = ctx.malloc.calloc(fields.bytes, 1);
    if (cookie === 0) return 0;
    const isOwnBuffer = buffer === 0;
    ctx.memory.writeU32(cookie + ctx.model.wordBytes, isOwnBuffer ? 1 : 0);
    let place = buffer;
    let end = 0;
    if (isOwnBuffer) {
      place = ctx.malloc.malloc(size);
      if (place === 0) {
        ctx.malloc.free(cookie);
        return 0;
      }
      ctx.memory.writeU8(place, 0);
    } else {
      if (mode.startsWith('w+')) ctx.memory.writeU8(buffer, 0);
      if (mode.startsWith('a')) end = ctx.memory.readCString(buffer, size).length;
    }
    writeWord(ctx, cookie, place);
    writeWord(ctx, cookie + fields.size, size);
    if (mode.startsWith('r')) end = size;
    writeWord(ctx, cookie + fields.end, end);
    ctx.memory.writeU32(cookie + fields.append, mode.startsWith('a') ? 1 : 0);
    writeWord(ctx, cookie + fields.position, mode.startsWith('a') ? end : 0);
    return cookie;
  });
}

/** What fmemopen gives to fopencookie. */
export const memoryCookieFunctions = (ctx: LibcContext): readonly number[] =>
  [
    placesOf(ctx).fmemopenRead,
    placesOf(ctx).fmemopenWrite,
    placesOf(ctx).fmemopenSeek,
    placesOf(ctx).fmemopenClose,
  ].map((offset) => ctx.objects.base + offset);
