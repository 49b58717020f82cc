/**
 * open_memstream: a stream into a block that grows.
 *
 * Source: glibc 2.36, libio/memstream.c, libio/strops.c (behaviour).
 * Simplified: a seek beyond the block is not modelled.
 */
import { EINVAL } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext } from './libc-context.ts';
import { callFromLibc, readWord, setErrno, writeWord } from './libc-context.ts';
import { placesOf } from './libc-places.ts';
import {
  BUF_BASE,
  BUF_END,
  READ_END,
  READ_PTR,
  WRITE_BASE,
  WRITE_END,
  WRITE_PTR,
  field,
  layoutOf,
  setField,
  setFlags,
  setMode,
  setOffset,
  setReadArea,
  IO_MAGIC,
} from './stream-fields.ts';

/** Bytes of the block at first. */
const firstBytes = 8192;

/** Offset of the places that are told the block and its length: behind the FILE and two words of the string stream. */
const targetsOf = (ctx: LibcContext, file: number): number =>
  file + layoutOf(ctx).bytes + 2 * ctx.model.wordBytes;

/** Makes the stream; 0 without memory. */
export function openMemoryStream(ctx: LibcContext, blockTarget: number, sizeTarget: number): number {
  const layout = layoutOf(ctx);
  const { wordBytes } = ctx.model;
  const ownBytes = layout.bytes + 4 * wordBytes;
  return callFromLibc(ctx, 'open_memstream', () => {
    const file = ctx.malloc.malloc(ownBytes + layout.lockBytes + layout.wideDataBytes);
    if (file === 0) return 0;
    ctx.memory.fill(file, 0, ownBytes + layout.lockBytes + layout.wideDataBytes);
    const block = ctx.malloc.calloc(1, firstBytes);
    if (block === 0) {
      ctx.malloc.free(file);
      return 0;
    }
    setFlags(ctx, file, IO_MAGIC);
    writeWord(ctx, file + layout.lock, file + ownBytes);
    writeWord(ctx, file + layout.wideData, file + ownBytes + layout.lockBytes);
    writeWord(ctx, file + layout.vtable, ctx.objects.base + placesOf(ctx).memoryJumps);
    setOffset(ctx, file, 0);
    setMode(ctx, file, -1);
    setField(ctx, file, BUF_BASE, block);
    setField(ctx, file, BUF_END, block + firstBytes);
    setReadArea(ctx, file, block, block, block);
    setField(ctx, file, WRITE_BASE, block);
    setField(ctx, file, WRITE_PTR, block);
    setField(ctx, file, WRITE_END, block + firstBytes);
    writeWord(ctx, targetsOf(ctx, file), blockTarget);
    writeWord(ctx, targetsOf(ctx, file) + wordBytes, sizeTarget);
    return file;
  });
}

/** Makes room for one more byte. @returns false without memory */
function makeRoom(ctx: LibcContext, file: number): boolean {
  const base = field(ctx, file, BUF_BASE);
  const end = field(ctx, file, BUF_END);
  const pointer = field(ctx, file, WRITE_PTR);
  if (pointer < end) return true;
  const size = 2 * (end - base) + 100;
  return callFromLibc(ctx, 'open_memstream', () => {
    const block = ctx.malloc.malloc(size);
    if (block === 0) return false;
    ctx.memory.copy(block, base, end - base);
    ctx.malloc.free(base);
    ctx.memory.fill(block + (end - base), 0, size - (end - base));
    const moved = (index: number): number => field(ctx, file, index) - base + block;
    const [readPointer, readEnd, writePointer] = [moved(READ_PTR), moved(READ_END), moved(WRITE_PTR)];
    setField(ctx, file, BUF_BASE, block);
    setField(ctx, file, BUF_END, block + size);
    setReadArea(ctx, file, block, readPointer, readEnd);
    setField(ctx, file, WRITE_BASE, block);
    setField(ctx, file, WRITE_PTR, writePointer);
    setField(ctx, file, WRITE_END, block + size);
    return true;
  });
}

/** One byte. @returns false without memory */
export function memoryPut(ctx: LibcContext, file: number, byte: number): boolean {
  if (!makeRoom(ctx, file)) return false;
  const at = field(ctx, file, WRITE_PTR);
  ctx.memory.writeU8(at, byte);
  setField(ctx, file, WRITE_PTR, at + 1);
  if (at + 1 > field(ctx, file, READ_END)) setField(ctx, file, READ_END, at + 1);
  return true;
}

/** Bytes. @returns how many went in */
export function memoryWrite(ctx: LibcContext, file: number, bytes: Uint8Array): number {
  let done = 0;
  while (done < bytes.length) {
    const at = field(ctx, file, WRITE_PTR);
    const count = Math.min(field(ctx, file, WRITE_END) - at, bytes.length - done);
    if (count > 0) {
      ctx.memory.writeBytes(at, bytes.subarray(done, done + count));
      setField(ctx, file, WRITE_PTR, at + count);
      done += count;
    } else {
      if (!memoryPut(ctx, file, bytes[done] ?? 0)) break;
      done += 1;
    }
  }
  const end = field(ctx, file, WRITE_PTR);
  if (end > field(ctx, file, READ_END)) setField(ctx, file, READ_END, end);
  return done;
}

/** fflush: ends the text with a NUL and tells where it is and how long. */
export function memorySync(ctx: LibcContext, file: number): number {
  if (!makeRoom(ctx, file)) return -1;
  const pointer = field(ctx, file, WRITE_PTR);
  ctx.memory.writeU8(pointer, 0);
  tell(ctx, file, field(ctx, file, WRITE_BASE), pointer - field(ctx, file, WRITE_BASE));
  return 0;
}

function tell(ctx: LibcContext, file: number, block: number, length: number): void {
  const targets = targetsOf(ctx, file);
  writeWord(ctx, readWord(ctx, targets), block);
  writeWord(ctx, readWord(ctx, targets + ctx.model.wordBytes), length);
}

/** fclose: the block is cut to the text and its NUL and becomes the caller's. */
export function memoryFinish(ctx: LibcContext, file: number): void {
  const base = field(ctx, file, WRITE_BASE);
  const length = field(ctx, file, WRITE_PTR) - base;
  callFromLibc(ctx, 'fclose', () => {
    const block = ctx.malloc.realloc(base, length + 1);
    if (block !== 0) ctx.memory.writeU8(block + length, 0);
    tell(ctx, file, block, length);
    ctx.malloc.free(file);
  });
}

/** fseek and ftell. @returns the new position, -1 for one before the start */
export function memorySeek(ctx: LibcContext, file: number, offset: number, whence: number): number {
  const base = field(ctx, file, WRITE_BASE);
  const position = field(ctx, file, WRITE_PTR) - base;
  const end = Math.max(position, field(ctx, file, READ_END) - base);
  if (position > field(ctx, file, READ_END) - base) setField(ctx, file, READ_END, base + position);
  const next = offset + ([0, position, end][whence] ?? 0);
  if (next < 0) {
    setErrno(ctx, EINVAL);
    return -1;
  }
  if (base + next > field(ctx, file, BUF_END))
    throw new NotModelled('fseek beyond the block of open_memstream');
  setField(ctx, file, WRITE_PTR, base + next);
  return next;
}
