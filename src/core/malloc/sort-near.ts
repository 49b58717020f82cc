/**
 * The places of chunks in small and large bins, while all of them lie near, on the terms of near-chunks.ts.
 */
import { SIZE_MASK, setRing } from './near-chunks.ts';
import { NON_MAIN_ARENA, PREV_INUSE } from './params.ts';
import type { WordMemory } from './word-memory.ts';

/** Steps along a ring of sizes after which the general functions go on. */
const MOST_STEPS = 10_000;

/** Links the chunk, which is still in front of `before`, in at the front of a bin. @returns false when nothing has changed */
export function linkFirst(w: WordMemory, bin: number, chunk: number, low: number, before: number): boolean {
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
export function linkSorted(
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
