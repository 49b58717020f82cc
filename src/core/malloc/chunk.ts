/**
 * Chunks: the header in front of every block, and the arithmetic from one chunk to the next.
 *
 *   chunk + 0        prev_size: size of the chunk below while that one is free, else the end of its user data
 *   chunk + SIZE_SZ  size, with the flags PREV_INUSE, IS_MMAPPED, NON_MAIN_ARENA in its low bits
 *   chunk + 2 words  fd, then bk, fd_nextsize, bk_nextsize while the chunk is free; user data otherwise
 *
 * Source: malloc/malloc.c (struct malloc_chunk and the macros after it).
 */
import type { Ptmalloc } from './ptmalloc.ts';
import { NON_MAIN_ARENA, PREV_INUSE, SIZE_BITS } from './params.ts';
import type { Pointer } from './pointer.ts';
import type { Word } from './word.ts';

/** The size word with its flags. @source chunksize_nomask */
export function rawSize(m: Ptmalloc, p: Pointer): Word {
  return m.w.read(p, m.SIZE_SZ);
}

/** The size without flags. */
export function chunksize(m: Ptmalloc, p: Pointer): Word {
  return withoutFlags(m.w.read(p, m.SIZE_SZ));
}

/** A size word without its flags. */
export function withoutFlags(size: Word): Word {
  return typeof size === 'number' ? size - (size & SIZE_BITS) : size & ~7n;
}

/** The flags of a size word. */
export function flagsOf(size: Word): number {
  return typeof size === 'number' ? size & SIZE_BITS : Number(size & 7n);
}

/** A size word with more flags. */
export function withFlags(size: Word, flags: number): Word {
  if (typeof size !== 'number') return size | BigInt(flags);
  return size + (flags & ~size);
}

/** The size of the chunk below, meaningful while that chunk is free. */
export function prevSize(m: Ptmalloc, p: Pointer): Word {
  return m.w.read(p, 0);
}

/** Writes the size of the chunk below. */
export function setPrevSize(m: Ptmalloc, p: Pointer, size: Word): void {
  m.w.write(p, 0, size);
}

/** Whether the chunk below is in use. */
export function prevInuse(m: Ptmalloc, p: Pointer): boolean {
  return (flagsOf(rawSize(m, p)) & PREV_INUSE) !== 0;
}

/** Whether the chunk at p + offset says that its neighbour below is in use. @source inuse_bit_at_offset */
export function inuseBitAtOffset(m: Ptmalloc, p: Pointer, offset: Word): boolean {
  return prevInuse(m, m.w.plus(p, offset));
}

/** Marks the chunk below p + offset as in use. */
export function setInuseBitAtOffset(m: Ptmalloc, p: Pointer, offset: Word): void {
  const next = m.w.plus(p, offset);
  m.w.write(next, m.SIZE_SZ, withFlags(rawSize(m, next), PREV_INUSE));
}

/** Clears PREV_INUSE of a chunk. */
export function clearInuseBit(m: Ptmalloc, p: Pointer): void {
  const size = rawSize(m, p);
  if ((flagsOf(size) & PREV_INUSE) === 0) m.w.write(p, m.SIZE_SZ, size);
  else m.w.write(p, m.SIZE_SZ, m.w.sub(size, PREV_INUSE));
}

/** Writes the size word, flags included. */
export function setHead(m: Ptmalloc, p: Pointer, head: Word): void {
  m.w.write(p, m.SIZE_SZ, head);
}

/** Writes a size and keeps the flags that are there. */
export function setHeadSize(m: Ptmalloc, p: Pointer, size: Word): void {
  m.w.write(p, m.SIZE_SZ, withFlags(size, flagsOf(rawSize(m, p))));
}

/** Writes a free chunk's size behind it. */
export function setFoot(m: Ptmalloc, p: Pointer, size: Word): void {
  m.w.write(m.w.plus(p, size), 0, size);
}

/** Marks a chunk as one of a secondary arena. */
export function setNonMainArena(m: Ptmalloc, p: Pointer): void {
  m.w.write(p, m.SIZE_SZ, withFlags(rawSize(m, p), NON_MAIN_ARENA));
}

/** The flag that chunks of this arena carry. */
export function arenaFlag(m: Ptmalloc, av: Pointer): number {
  return av === m.mainArena ? 0 : NON_MAIN_ARENA;
}

/** fd: the next chunk of a list. */
export function forward(m: Ptmalloc, p: Pointer): Pointer {
  return m.w.readPointer(p, 2 * m.SIZE_SZ);
}

/** bk: the previous chunk of a list. */
export function back(m: Ptmalloc, p: Pointer): Pointer {
  return m.w.readPointer(p, 3 * m.SIZE_SZ);
}

/** Writes fd. */
export function setForward(m: Ptmalloc, p: Pointer, chunk: Pointer): void {
  m.w.writePointer(p, 2 * m.SIZE_SZ, chunk);
}

/** Writes bk. */
export function setBack(m: Ptmalloc, p: Pointer, chunk: Pointer): void {
  m.w.writePointer(p, 3 * m.SIZE_SZ, chunk);
}

/** fd_nextsize: the next smaller size of a large bin. */
export function forwardNextsize(m: Ptmalloc, p: Pointer): Pointer {
  return m.w.readPointer(p, 4 * m.SIZE_SZ);
}

/** bk_nextsize: the next larger size of a large bin. */
export function backNextsize(m: Ptmalloc, p: Pointer): Pointer {
  return m.w.readPointer(p, 5 * m.SIZE_SZ);
}

/** Writes fd_nextsize. */
export function setForwardNextsize(m: Ptmalloc, p: Pointer, chunk: Pointer): void {
  m.w.writePointer(p, 4 * m.SIZE_SZ, chunk);
}

/** Writes bk_nextsize. */
export function setBackNextsize(m: Ptmalloc, p: Pointer, chunk: Pointer): void {
  m.w.writePointer(p, 5 * m.SIZE_SZ, chunk);
}

/** The user address of a chunk. */
export function chunk2mem(m: Ptmalloc, p: Pointer): Pointer {
  return m.w.plus(p, m.CHUNK_HDR_SZ);
}

/** The chunk of a user address. */
export function mem2chunk(m: Ptmalloc, mem: Pointer): Pointer {
  return m.w.minus(mem, m.CHUNK_HDR_SZ);
}

/** The arena that a chunk says it belongs to. @source malloc/arena.c: arena_for_chunk, heap_for_ptr */
export function arenaForChunk(m: Ptmalloc, p: Pointer): Pointer {
  if ((flagsOf(rawSize(m, p)) & NON_MAIN_ARENA) === 0) return m.mainArena;
  return m.w.readPointer(m.w.pointerDown(p, m.params.HEAP_MAX_SIZE), 0);
}
