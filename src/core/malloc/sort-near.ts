/**
 * Sorting the unsorted list while its chunks lie near, on the terms of near-chunks.ts.
 */
import { binIndex } from './bins.ts';
import { MINSIZE, MIN_LARGE_SIZE, SIZE_MASK, setRing } from './near-chunks.ts';
import { NON_MAIN_ARENA, PREV_INUSE } from './params.ts';
import { HEAP_CODE } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import type { Word } from './word.ts';
import type { WordMemory } from './word-memory.ts';

/** Steps along a ring of sizes after which the general functions go on. */
const MOST_STEPS = 10_000;

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
  let low = i32[header + 6] as number;
  let chunk = i32[header + 7] === heapHigh ? w.chunkIndexOf(low, heapHigh) : -1;
  if (chunk === header) return 0;
  let sorted = 0;
  for (; sorted < most && chunk >= 0; sorted += 1) {
    const raw = i32[chunk + 2] as number;
    const size = raw & SIZE_MASK;
    if (raw < MINSIZE || i32[chunk + 3] !== 0 || size > systemMem || size === nb) break;
    const code = HEAP_CODE + ((low - w.heapLow) | 0);
    if (code === (lastRemainder as unknown as number)) break;
    const next = w.chunkIndex((code + size) as unknown as Pointer);
    const beforeLow = i32[chunk + 6] as number;
    const beforeHigh = i32[chunk + 7] as number;
    const before = w.chunkIndexOf(beforeLow, beforeHigh);
    if (next < 0 || before < 0) break;
    const nextRaw = i32[next + 2] as number;
    if (nextRaw < 16 || i32[next + 3] !== 0 || nextRaw > systemMem || (nextRaw & PREV_INUSE) !== 0) break;
    if (i32[next] !== size || i32[next + 1] !== 0) break;
    if (i32[before + 4] !== low || i32[before + 5] !== heapHigh) break;
    if (i32[chunk + 4] !== headerLow || i32[chunk + 5] !== arenaHigh) break;

    const idx = binIndex(m, size);
    const bin = w.chunkIndex(m.binAt(av, idx));
    const word = w.near(av, m.params.arena.binmap + (idx >>> 5) * 4, 3);
    if (bin < 0 || word < 0) break;
    const placed =
      size < MIN_LARGE_SIZE
        ? linkFirst(w, bin, chunk, low, before)
        : linkSorted(w, bin, chunk, low, before, header);
    if (!placed) break;
    i32[word] = (i32[word] as number) | (1 << (idx & 31));
    i32[header + 6] = beforeLow;
    i32[header + 7] = beforeHigh;
    i32[before + 4] = headerLow;
    i32[before + 5] = arenaHigh;
    // The list is empty, or its end not near.
    chunk = before === header || beforeHigh !== heapHigh ? -1 : before;
    low = beforeLow;
  }
  return sorted;
}

/** Links the chunk, which is still in front of `before`, in at the front of a bin. @returns false when nothing has changed */
function linkFirst(w: WordMemory, bin: number, chunk: number, low: number, before: number): boolean {
  const { i32 } = w;
  const front = w.chunkIndexOf(i32[bin + 4] as number, i32[bin + 5] as number);
  if (
    front < 0 ||
    bin === before ||
    w.chunkIndexOf(i32[front + 6] as number, i32[front + 7] as number) !== bin
  )
    return false;
  linkBetween(w, bin, chunk, low, front);
  return true;
}

/** Links a chunk in between two neighbours, which lead to each other. */
function linkBetween(w: WordMemory, back: number, chunk: number, low: number, front: number): void {
  const { i32, heapHigh } = w;
  i32[chunk + 4] = i32[back + 4] as number;
  i32[chunk + 5] = i32[back + 5] as number;
  i32[chunk + 6] = i32[front + 6] as number;
  i32[chunk + 7] = i32[front + 7] as number;
  i32[front + 6] = low;
  i32[front + 7] = heapHigh;
  i32[back + 4] = low;
  i32[back + 5] = heapHigh;
}

/**
 * Links the chunk, which is still between `before` and `header`, into a large bin, which is sorted, and into the ring of
 * sizes.
 *
 * @returns false when nothing has changed
 */
function linkSorted(
  w: WordMemory,
  bin: number,
  chunk: number,
  low: number,
  before: number,
  header: number,
): boolean {
  const { i32, heapHigh } = w;
  // What the sizes of others are compared with.
  const raw = ((i32[chunk + 2] as number) & SIZE_MASK) | PREV_INUSE;
  let nextLow = i32[bin + 4] as number;
  let nextHigh = i32[bin + 5] as number;
  let at = w.chunkIndexOf(nextLow, nextHigh);
  const last = w.chunkIndexOf(i32[bin + 6] as number, i32[bin + 7] as number);
  if (at < 0 || last < 0) return false;
  if (at === bin) {
    if (last !== bin || bin === before) return false;
    setRing(i32, chunk, low, heapHigh, low, heapHigh);
    linkBetween(w, bin, chunk, low, bin);
    return true;
  }
  const smallest = mainArenaSize(i32, last);
  if (smallest < 0) return false;
  const isSmallest = raw < smallest;
  for (let steps = 0; !isSmallest && raw < mainArenaSize(i32, at); steps += 1) {
    nextLow = i32[at + 8] as number;
    nextHigh = i32[at + 9] as number;
    at = w.chunkIndexOf(nextLow, nextHigh);
    if (at < 0 || steps === MOST_STEPS) return false;
  }
  const found = mainArenaSize(i32, at);
  if (found < 0) return false;
  // Second in its run: the ring of sizes stays as it is.
  const isSecond = !isSmallest && found === raw;
  let front = isSmallest ? bin : at;
  if (isSecond) front = w.chunkIndexOf(i32[at + 4] as number, i32[at + 5] as number);
  if (front < 0 || front === header) return false;
  const back = isSmallest ? last : w.chunkIndexOf(i32[front + 6] as number, i32[front + 7] as number);
  if (back < 0 || back === before) return false;
  if (w.chunkIndexOf(i32[back + 4] as number, i32[back + 5] as number) !== front) return false;
  if (!isSecond) {
    const larger = w.chunkIndexOf(i32[at + 10] as number, i32[at + 11] as number);
    if (larger < 0 || i32[larger + 8] !== nextLow || i32[larger + 9] !== nextHigh) return false;
    setRing(i32, chunk, nextLow, nextHigh, i32[at + 10] as number, i32[at + 11] as number);
    i32[larger + 8] = low;
    i32[larger + 9] = heapHigh;
    i32[at + 10] = low;
    i32[at + 11] = heapHigh;
  }
  linkBetween(w, back, chunk, low, front);
  return true;
}

/** Size with flags of a chunk that says it is one of the main arena; -1 for others. */
function mainArenaSize(i32: Int32Array, chunk: number): number {
  const raw = i32[chunk + 2] as number;
  return i32[chunk + 3] === 0 && (raw & NON_MAIN_ARENA) === 0 ? raw : -1;
}
