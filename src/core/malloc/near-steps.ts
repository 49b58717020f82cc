/**
 * The steps of malloc and free that are taken most often, for chunks that lie near: merging a freed chunk with its
 * neighbours, and sorting the unsorted list. On the terms of near-chunks.ts.
 */
import { binIndex, markBin } from './bins.ts';
import {
  MINSIZE,
  MIN_LARGE_SIZE,
  SIZE_MASK,
  acceptsFront,
  codeInHeap,
  cutOut,
  mayUnlink,
  putUnsortedNear,
} from './near-chunks.ts';
import { NON_MAIN_ARENA, PREV_INUSE } from './params.ts';
import { HEAP_CODE } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import type { Word } from './word.ts';
import type { WordMemory } from './word-memory.ts';

/** Steps along a ring of sizes after which the general functions go on. */
const MOST_STEPS = 10_000;

/**
 * Merges a chunk that is freed with its free neighbours and puts the result into the unsorted list or top.
 *
 * @returns the size of the result; 0 when free.ts has to decide
 * @source _int_free_merge_chunk, _int_free_create_chunk
 */
export function mergeAndFreeNear(m: Ptmalloc, av: Pointer, p: Pointer, size: Word): number {
  const { w } = m;
  const { i32 } = w;
  const code = codeInHeap(p);
  if (code === 0 || typeof size !== 'number' || m.perturbByte !== 0 || m.why !== undefined) return 0;
  const end = code + size;
  const chunk = w.chunkIndex(p);
  const next = w.chunkIndex(end as unknown as Pointer);
  const top = codeInHeap(m.top(av));
  if (chunk < 0 || next < 0 || code === top || end > top) return 0;
  const nextRaw = i32[next + 2] as number;
  const above = nextRaw & SIZE_MASK;
  if ((nextRaw & PREV_INUSE) === 0 || nextRaw <= 16 || i32[next + 3] !== 0 || above >= m.systemMem(av))
    return 0;

  let start = code;
  let first = chunk;
  const merges = ((i32[chunk + 2] as number) & PREV_INUSE) === 0;
  if (merges) {
    const below = i32[chunk] as number;
    start = code - below;
    first = w.chunkIndex(start as unknown as Pointer);
    if (below < MINSIZE || i32[chunk + 1] !== 0 || start < HEAP_CODE || first < 0) return 0;
    if (((i32[first + 2] as number) & SIZE_MASK) !== below || !mayUnlink(w, start, first)) return 0;
  }
  if (end === top) {
    if (merges) cutOut(w, first);
    i32[first + 2] = (end - start + above) | PREV_INUSE;
    i32[first + 3] = 0;
    m.setTop(av, start as unknown as Pointer);
    return end - start + above;
  }
  const after = w.chunkIndex((end + above) as unknown as Pointer);
  const unsorted = m.binAt(av, 1);
  if (after < 0) return 0;
  const glues = ((i32[after + 2] as number) & PREV_INUSE) === 0;
  if (!acceptsFront(w, unsorted, merges ? first : -1, glues ? next : -1)) return 0;
  if (glues && !mayUnlink(w, end, next)) return 0;
  if (merges) cutOut(w, first);
  if (glues) cutOut(w, next);
  else i32[next + 2] = nextRaw & ~PREV_INUSE;
  const total = end - start + (glues ? above : 0);
  putUnsortedNear(m, unsorted, start as unknown as Pointer, total);
  return total;
}

/**
 * Sorts the unsorted list from its end, up to a chunk of the size wanted or one that int-malloc.ts has to look at.
 *
 * @param most - chunks that may be sorted
 * @returns the chunks that went to their bins
 * @source _int_malloc
 */
export function sortUnsortedNear(m: Ptmalloc, av: Pointer, nb: Word, most: number): number {
  const { w } = m;
  const { i32, heapHigh, arenaHigh } = w;
  const unsorted = m.binAt(av, 1);
  const header = w.chunkIndex(unsorted);
  const systemMem = m.systemMem(av);
  const lastRemainder = m.lastRemainder(av);
  if (header < 0 || m.why !== undefined) return 0;
  const headerLow = w.lowOfNear(unsorted as unknown as number);
  let sorted = 0;
  for (; sorted < most; sorted += 1) {
    const low = i32[header + 6] as number;
    const chunk = w.chunkIndexOf(low, i32[header + 7] as number);
    // The list is empty, or its end not near.
    if (chunk < 0 || chunk === header || i32[header + 7] !== heapHigh) break;
    const raw = i32[chunk + 2] as number;
    const size = raw & SIZE_MASK;
    if (raw < MINSIZE || i32[chunk + 3] !== 0 || size > systemMem || size === nb) break;
    const code = HEAP_CODE + ((low - w.heapLow) | 0);
    if (code === (lastRemainder as unknown as number)) break;
    const next = w.chunkIndex((code + size) as unknown as Pointer);
    const before = w.chunkIndexOf(i32[chunk + 6] as number, i32[chunk + 7] as number);
    if (next < 0 || before < 0) break;
    const nextRaw = i32[next + 2] as number;
    if (nextRaw < 16 || i32[next + 3] !== 0 || nextRaw > systemMem || (nextRaw & PREV_INUSE) !== 0) break;
    if (i32[next] !== size || i32[next + 1] !== 0) break;
    if (i32[before + 4] !== low || i32[before + 5] !== heapHigh) break;
    if (i32[chunk + 4] !== headerLow || i32[chunk + 5] !== arenaHigh) break;

    const idx = binIndex(m, size);
    const bin = w.chunkIndex(m.binAt(av, idx));
    if (bin < 0) break;
    const behind =
      size < MIN_LARGE_SIZE
        ? w.chunkIndexOf(i32[bin + 4] as number, i32[bin + 5] as number)
        : placeInRing(w, bin, chunk, low, size | PREV_INUSE);
    if (behind < 0 || !leadsBack(w, behind)) break;
    i32[header + 6] = i32[chunk + 6] as number;
    i32[header + 7] = i32[chunk + 7] as number;
    i32[before + 4] = headerLow;
    i32[before + 5] = arenaHigh;
    markBin(m, av, idx);
    linkBefore(w, behind, chunk, low);
  }
  return sorted;
}

/** Whether the chunk (or bin) that the bk of this one leads to is near and its fd leads back. */
function leadsBack(w: WordMemory, chunk: number): boolean {
  const { i32 } = w;
  const back = w.chunkIndexOf(i32[chunk + 6] as number, i32[chunk + 7] as number);
  return back >= 0 && w.chunkIndexOf(i32[back + 4] as number, i32[back + 5] as number) === chunk;
}

/** Links a chunk in front of another one (or of the bin), which leads back. */
function linkBefore(w: WordMemory, behind: number, chunk: number, low: number): void {
  const { i32, heapHigh } = w;
  const back = w.chunkIndexOf(i32[behind + 6] as number, i32[behind + 7] as number);
  i32[chunk + 4] = i32[back + 4] as number;
  i32[chunk + 5] = i32[back + 5] as number;
  i32[chunk + 6] = i32[behind + 6] as number;
  i32[chunk + 7] = i32[behind + 7] as number;
  i32[behind + 6] = low;
  i32[behind + 7] = heapHigh;
  i32[back + 4] = low;
  i32[back + 5] = heapHigh;
}

/**
 * Finds a chunk's place in its sorted large bin and enters it in the ring of sizes.
 *
 * @param raw - its size with PREV_INUSE, which is what the sizes of others are compared with
 * @returns the chunk (or bin) in front of which it goes, which leads back; -1 when nothing has changed
 */
function placeInRing(w: WordMemory, bin: number, chunk: number, low: number, raw: number): number {
  const { i32 } = w;
  let nextLow = i32[bin + 4] as number;
  let nextHigh = i32[bin + 5] as number;
  const largest = w.chunkIndexOf(nextLow, nextHigh);
  if (largest < 0 || !leadsBack(w, bin)) return -1;
  if (largest === bin) {
    setRing(w, chunk, low, w.heapHigh, low, w.heapHigh);
    return bin;
  }
  const last = w.chunkIndexOf(i32[bin + 6] as number, i32[bin + 7] as number);
  let at = largest;
  const isSmallest = raw < mainArenaSize(i32, last);
  if (mainArenaSize(i32, last) < 0) return -1;
  for (let steps = 0; !isSmallest && raw < mainArenaSize(i32, at); steps += 1) {
    nextLow = i32[at + 8] as number;
    nextHigh = i32[at + 9] as number;
    at = w.chunkIndexOf(nextLow, nextHigh);
    if (at < 0 || steps === MOST_STEPS) return -1;
  }
  const found = mainArenaSize(i32, at);
  if (found < 0) return -1;
  // Second in its run: the ring of sizes stays as it is.
  if (!isSmallest && found === raw) return w.chunkIndexOf(i32[at + 4] as number, i32[at + 5] as number);
  if (!isSmallest && !leadsBack(w, at)) return -1;
  const larger = w.chunkIndexOf(i32[at + 10] as number, i32[at + 11] as number);
  if (larger < 0 || i32[larger + 8] !== nextLow || i32[larger + 9] !== nextHigh) return -1;
  setRing(w, chunk, nextLow, nextHigh, i32[at + 10] as number, i32[at + 11] as number);
  i32[larger + 8] = low;
  i32[larger + 9] = w.heapHigh;
  i32[at + 10] = low;
  i32[at + 11] = w.heapHigh;
  return isSmallest ? bin : at;
}

/** Size with flags of a chunk that says it is one of the main arena; -1 for others. */
function mainArenaSize(i32: Int32Array, chunk: number): number {
  const raw = i32[chunk + 2] as number;
  return i32[chunk + 3] === 0 && (raw & NON_MAIN_ARENA) === 0 ? raw : -1;
}

/** Writes both links of the ring of sizes. */
function setRing(
  w: WordMemory,
  chunk: number,
  fdLow: number,
  fdHigh: number,
  bkLow: number,
  bkHigh: number,
): void {
  const { i32 } = w;
  i32[chunk + 8] = fdLow;
  i32[chunk + 9] = fdHigh;
  i32[chunk + 10] = bkLow;
  i32[chunk + 11] = bkHigh;
}
