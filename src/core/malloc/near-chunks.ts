/**
 * The list operations on chunks that lie near (pointer.ts), by host index: what malloc and free do most of the time.
 *
 * Each function does what the functions of bins.ts, free.ts and int-malloc.ts do when all words it needs are near and
 * every check passes. Otherwise it says no before it has changed anything, and those functions decide. So they can be
 * left out, and the tests compare both ways. Nothing here faults or aborts.
 *
 * Indices within a chunk of 8-byte words, in units of 4 bytes: prev_size 0, size 2, fd 4, bk 6, fd_nextsize 8,
 * bk_nextsize 10. A pointer is compared and copied as its two halves.
 */
import { PREV_INUSE } from './params.ts';
import { HEAP_CODE } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import type { Word } from './word.ts';
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

/** unlink_chunk. @returns false when bins.ts has to decide */
export function unlinkNear(m: Ptmalloc, p: Pointer): boolean {
  const { w } = m;
  const { i32, heapHigh } = w;
  const code = codeInHeap(p);
  const chunk = w.chunkIndex(p);
  if (code === 0 || chunk < 0) return false;
  const raw = i32[chunk + 2] as number;
  if (raw < MINSIZE || i32[chunk + 3] !== 0) return false;
  const low = (w.heapLow + (code - HEAP_CODE)) | 0;
  const size = raw & SIZE_MASK;
  const next = w.chunkIndex((code + size) as unknown as Pointer);
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
 * Makes a free chunk of p, with header and foot, at the front of the unsorted list.
 *
 * @returns false when bins.ts or free.ts has to decide
 */
export function putUnsortedNear(m: Ptmalloc, unsorted: Pointer, p: Pointer, size: Word): boolean {
  const { w } = m;
  const { i32, heapHigh } = w;
  const code = codeInHeap(p);
  if (code === 0 || typeof size !== 'number') return false;
  const header = w.chunkIndex(unsorted);
  const chunk = w.chunkIndex(p);
  const foot = w.chunkIndex((code + size) as unknown as Pointer);
  if (header < 0 || chunk < 0 || foot < 0) return false;
  const firstLow = i32[header + 4] as number;
  const firstHigh = i32[header + 5] as number;
  const first = w.chunkIndexOf(firstLow, firstHigh);
  if (first < 0) return false;
  const binLow = w.lowOfNear(unsorted as unknown as number);
  if (i32[first + 6] !== binLow || i32[first + 7] !== w.arenaHigh) return false;
  const low = (w.heapLow + (code - HEAP_CODE)) | 0;
  i32[chunk + 4] = firstLow;
  i32[chunk + 5] = firstHigh;
  i32[chunk + 6] = binLow;
  i32[chunk + 7] = w.arenaHigh;
  if (size >= MIN_LARGE_SIZE) setRing(i32, chunk, 0, 0, 0, 0);
  i32[header + 4] = low;
  i32[header + 5] = heapHigh;
  i32[first + 6] = low;
  i32[first + 7] = heapHigh;
  i32[chunk + 2] = size | PREV_INUSE;
  i32[chunk + 3] = 0;
  i32[foot] = size;
  i32[foot + 1] = 0;
  return true;
}

/** Takes the last chunk off a list. @returns false when int-malloc.ts has to decide */
export function dropLastNear(m: Ptmalloc, bin: Pointer, victim: Pointer): boolean {
  const { w } = m;
  const { i32 } = w;
  const chunk = w.chunkIndex(victim);
  const header = w.chunkIndex(bin);
  if (chunk < 0 || header < 0) return false;
  const backLow = i32[chunk + 6] as number;
  const backHigh = i32[chunk + 7] as number;
  const before = w.chunkIndexOf(backLow, backHigh);
  if (before < 0) return false;
  i32[header + 6] = backLow;
  i32[header + 7] = backHigh;
  i32[before + 4] = w.lowOfNear(bin as unknown as number);
  i32[before + 5] = w.arenaHigh;
  return true;
}

/** Links a chunk in between two neighbours of a list. @returns false when int-malloc.ts has to decide */
export function linkNear(m: Ptmalloc, victim: Pointer, bck: Pointer, fwd: Pointer): boolean {
  const { w } = m;
  const { i32, heapHigh, arenaHigh } = w;
  const code = codeInHeap(victim);
  const chunk = w.chunkIndex(victim);
  const back = w.chunkIndex(bck);
  const front = w.chunkIndex(fwd);
  if (code === 0 || chunk < 0 || back < 0 || front < 0) return false;
  const low = (w.heapLow + (code - HEAP_CODE)) | 0;
  const backCode = bck as unknown as number;
  const frontCode = fwd as unknown as number;
  i32[chunk + 6] = w.lowOfNear(backCode);
  i32[chunk + 7] = backCode >= HEAP_CODE ? heapHigh : arenaHigh;
  i32[chunk + 4] = w.lowOfNear(frontCode);
  i32[chunk + 5] = frontCode >= HEAP_CODE ? heapHigh : arenaHigh;
  i32[front + 6] = low;
  i32[front + 7] = heapHigh;
  i32[back + 4] = low;
  i32[back + 5] = heapHigh;
  return true;
}
