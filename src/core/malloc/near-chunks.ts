/**
 * The list operations on chunks that lie near (pointer.ts), by host index: what malloc and free do most of the time.
 *
 * Each function does what the functions of bins.ts do when all words it needs are near and every check passes.
 * Otherwise it says no before it has changed anything, and those functions decide. So they can be left out, and the
 * tests compare both ways. Nothing here faults or aborts.
 *
 * Indices within a chunk of 8-byte words, in units of 4 bytes: prev_size 0, size 2, fd 4, bk 6, fd_nextsize 8,
 * bk_nextsize 10. A pointer is compared and copied as its two halves. Chunks are told by the code of their pointer.
 */
import type { NearFields } from './near-fields.ts';
import { PREV_INUSE } from './params.ts';
import { HEAP_CODE } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import type { WordMemory } from './word-memory.ts';

// Literals, which a bundler puts in their places.
export const SIZE_MASK = -8;
export const MINSIZE = 32;
export const MIN_LARGE_SIZE = 1024;

/** The code of a pointer to the near heap; 0 for others. */
export function codeInHeap(p: Pointer): number {
  const code = p as unknown as number;
  return typeof code === 'number' && code >= HEAP_CODE ? code : 0;
}

/** Index of the chunk with this code; -1 when it has to be reached the long way. */
export function indexOfCode(w: WordMemory, code: number): number {
  return w.chunkIndex(code as unknown as Pointer);
}

/** unlink_chunk. @returns false when bins.ts has to decide */
export function unlinkNear(m: Ptmalloc, p: Pointer): boolean {
  const code = codeInHeap(p);
  return code !== 0 && unlinkCode(m.w, code);
}

/** unlink_chunk of the chunk with this code. @returns false when bins.ts has to decide */
export function unlinkCode(w: WordMemory, code: number): boolean {
  const { i32, heapHigh } = w;
  const chunk = indexOfCode(w, code);
  if (chunk < 0) return false;
  const raw = i32[chunk + 2] as number;
  if (raw < MINSIZE || i32[chunk + 3] !== 0) return false;
  const low = (w.heapLow + (code - HEAP_CODE)) | 0;
  const size = raw & SIZE_MASK;
  const next = indexOfCode(w, code + size);
  if (next < 0 || i32[next] !== size || i32[next + 1] !== 0) return false;
  const fdLow = i32[chunk + 4] as number;
  const fdHigh = i32[chunk + 5] as number;
  const fd = w.chunkIndexOf(fdLow, fdHigh);
  const bk = w.chunkIndexOf(i32[chunk + 6] as number, i32[chunk + 7] as number);
  if (fd < 0 || bk < 0) return false;
  if (i32[fd + 6] !== low || i32[fd + 7] !== heapHigh || i32[bk + 4] !== low || i32[bk + 5] !== heapHigh)
    return false;
  const inRing = raw >= MIN_LARGE_SIZE && ((i32[chunk + 8] as number) | (i32[chunk + 9] as number)) !== 0;
  if (inRing && !cutOutOfRing(w, chunk, low, fd)) return false;
  i32[fd + 6] = i32[chunk + 6] as number;
  i32[fd + 7] = i32[chunk + 7] as number;
  i32[bk + 4] = fdLow;
  i32[bk + 5] = fdHigh;
  return true;
}

/** Takes a chunk out of the ring of sizes, where its successor `fd` of the same size takes its place. */
function cutOutOfRing(w: WordMemory, chunk: number, low: number, fd: number): boolean {
  const { i32, heapHigh } = w;
  const larger = w.chunkIndexOf(i32[chunk + 8] as number, i32[chunk + 9] as number);
  const smaller = w.chunkIndexOf(i32[chunk + 10] as number, i32[chunk + 11] as number);
  if (larger < 0 || smaller < 0) return false;
  if (i32[larger + 10] !== low || i32[larger + 11] !== heapHigh) return false;
  if (i32[smaller + 8] !== low || i32[smaller + 9] !== heapHigh) return false;
  if (((i32[fd + 8] as number) | (i32[fd + 9] as number)) !== 0) {
    i32[larger + 10] = i32[chunk + 10] as number;
    i32[larger + 11] = i32[chunk + 11] as number;
    i32[smaller + 8] = i32[chunk + 8] as number;
    i32[smaller + 9] = i32[chunk + 9] as number;
    return true;
  }
  // An only chunk would leave a ring of its successor alone.
  if (larger === chunk) return false;
  setRing(
    i32,
    fd,
    i32[chunk + 8] as number,
    i32[chunk + 9] as number,
    i32[chunk + 10] as number,
    i32[chunk + 11] as number,
  );
  const fdLow = i32[chunk + 4] as number;
  const fdHigh = i32[chunk + 5] as number;
  i32[larger + 10] = fdLow;
  i32[larger + 11] = fdHigh;
  i32[smaller + 8] = fdLow;
  i32[smaller + 9] = fdHigh;
  return true;
}

/** Writes both links of the ring of sizes. */
export function setRing(
  i32: Int32Array,
  chunk: number,
  fdLow: number,
  fdHigh: number,
  bkLow: number,
  bkHigh: number,
): void {
  i32[chunk + 8] = fdLow;
  i32[chunk + 9] = fdHigh;
  i32[chunk + 10] = bkLow;
  i32[chunk + 11] = bkHigh;
}

/**
 * Makes a free chunk, with header and foot, at the front of the unsorted list.
 *
 * @param code - where it starts
 * @param size - in bytes, without flags
 * @returns false when bins.ts has to decide
 */
export function putUnsortedNear(w: WordMemory, fields: NearFields, code: number, size: number): boolean {
  const { i32, heapHigh, arenaHigh } = w;
  const list = fields.bins[1] as number;
  const chunk = indexOfCode(w, code);
  const foot = indexOfCode(w, code + size);
  if (code < HEAP_CODE || list < 0 || chunk < 0 || foot < 0) return false;
  const firstLow = i32[list] as number;
  const firstHigh = i32[list + 1] as number;
  const first = w.chunkIndexOf(firstLow, firstHigh);
  if (first < 0) return false;
  const binLow = (fields.binLow + 16) | 0;
  if (i32[first + 6] !== binLow || i32[first + 7] !== arenaHigh) return false;
  const low = (w.heapLow + (code - HEAP_CODE)) | 0;
  i32[chunk + 4] = firstLow;
  i32[chunk + 5] = firstHigh;
  i32[chunk + 6] = binLow;
  i32[chunk + 7] = arenaHigh;
  if (size >= MIN_LARGE_SIZE) setRing(i32, chunk, 0, 0, 0, 0);
  i32[list] = low;
  i32[list + 1] = heapHigh;
  i32[first + 6] = low;
  i32[first + 7] = heapHigh;
  i32[chunk + 2] = size | PREV_INUSE;
  i32[chunk + 3] = 0;
  i32[foot] = size;
  i32[foot + 1] = 0;
  return true;
}
