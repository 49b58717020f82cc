/**
 * The steps of malloc's search in the main arena while everything a step looks at lies near, on the terms of
 * near-chunks.ts: each does what the function of the same name in int-malloc.ts does, or says UNDECIDED and leaves what
 * it has not done to that function.
 *
 * Blocks are told by the code of their pointer, sizes are those of chunks, in bytes.
 */
import { binIndex, largebinIndex } from './bins.ts';
import {
  MINSIZE,
  MIN_LARGE_SIZE,
  SIZE_MASK,
  indexOfCode,
  putUnsortedNear,
  setRing,
  unlinkCode,
} from './near-chunks.ts';
import type { NearFields } from './near-fields.ts';
import { BINMAPSIZE, MAX_UNSORTED_ITERATIONS, PREV_INUSE } from './params.ts';
import { HEAP_CODE, NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { linkFirst, linkSorted } from './sort-near.ts';
import { isOverUnsortedLimit, stashIndex, tcacheHasRoom, tcachePut } from './tcache.ts';

/** Answers besides a block: the step found none; the general function has to go on. */
export const NONE = 0;
export const UNDECIDED = -1;

const HEADER_BYTES = 16;

/** Takes the oldest chunk of a small bin; others of it stay where they are. */
export function takeFromSmallbinNear(m: Ptmalloc, fields: NearFields, nb: number): number {
  const { w } = m;
  const { i32, heapHigh, heapLow } = w;
  const idx = nb >>> 4;
  const list = fields.bins[idx] as number;
  if (list < 0) return UNDECIDED;
  const headerLow = (fields.binLow + 16 * idx) | 0;
  const low = i32[list + 2] as number;
  const high = i32[list + 3] as number;
  if (low === headerLow && high === w.arenaHigh) return NONE;
  if (high !== heapHigh) return UNDECIDED;
  const code = HEAP_CODE + ((low - heapLow) | 0);
  const victim = w.chunkIndexOf(low, high);
  if (victim < 0) return UNDECIDED;
  const next = indexOfCode(w, code + nb);
  const beforeLow = i32[victim + 6] as number;
  const beforeHigh = i32[victim + 7] as number;
  const before = w.chunkIndexOf(beforeLow, beforeHigh);
  if (next < 0 || before < 0 || i32[before + 4] !== low || i32[before + 5] !== high) return UNDECIDED;
  i32[next + 2] = (i32[next + 2] as number) | PREV_INUSE;
  i32[list + 2] = beforeLow;
  i32[list + 3] = beforeHigh;
  i32[before + 4] = headerLow;
  i32[before + 5] = w.arenaHigh;
  return code + HEADER_BYTES;
}

/**
 * Goes through the unsorted list from its end: a chunk of the wanted size is used or cached, others go to their bins.
 * `m.binned`, `m.unsortedProcessed` and `m.stashedExact` tell how far it came.
 */
export function scanUnsortedNear(m: Ptmalloc, fields: NearFields, nb: number): number {
  const { w } = m;
  const { heapHigh, heapLow, arenaHigh } = w;
  let { i32 } = w;
  const list = fields.bins[1] as number;
  const systemMem = i32[fields.systemMem] as number;
  if (list < 0 || systemMem < 0 || i32[fields.systemMem + 1] !== 0) return UNDECIDED;
  const headerLow = (fields.binLow + 16) | 0;
  let low = i32[list + 2] as number;
  let high = i32[list + 3] as number;
  while (low !== headerLow || high !== arenaHigh) {
    if (m.binned >= MAX_UNSORTED_ITERATIONS) return NONE;
    if (high !== heapHigh) return UNDECIDED;
    const chunk = w.chunkIndexOf(low, high);
    if (chunk < 0) return UNDECIDED;
    const raw = i32[chunk + 2] as number;
    const size = raw & SIZE_MASK;
    if (raw < MINSIZE || i32[chunk + 3] !== 0 || size > systemMem) return UNDECIDED;
    const code = HEAP_CODE + ((low - heapLow) | 0);
    const next = indexOfCode(w, code + size);
    const beforeLow = i32[chunk + 6] as number;
    const beforeHigh = i32[chunk + 7] as number;
    const before = w.chunkIndexOf(beforeLow, beforeHigh);
    if (next < 0 || before < 0) return UNDECIDED;
    const nextRaw = i32[next + 2] as number;
    if (nextRaw < 16 || i32[next + 3] !== 0 || nextRaw > systemMem || (nextRaw & PREV_INUSE) !== 0)
      return UNDECIDED;
    if (i32[next] !== size || i32[next + 1] !== 0) return UNDECIDED;
    if (i32[before + 4] !== low || i32[before + 5] !== heapHigh) return UNDECIDED;
    if (i32[chunk + 4] !== headerLow || i32[chunk + 5] !== arenaHigh) return UNDECIDED;

    if (size === nb) {
      if (m.tcache === NULL && m.release.tcache.createdInSearch !== 'never') return UNDECIDED;
      i32[list + 2] = beforeLow;
      i32[list + 3] = beforeHigh;
      i32[before + 4] = headerLow;
      i32[before + 5] = arenaHigh;
      i32[next + 2] = nextRaw | PREV_INUSE;
      const mem = code + HEADER_BYTES;
      const cacheIdx = m.release.tcache.stashesUnsorted ? stashIndex(m, nb) : -1;
      if (cacheIdx < 0 || !tcacheHasRoom(m, cacheIdx)) return mem;
      tcachePut(m, mem as unknown as Pointer, cacheIdx);
      m.stashedExact = true;
      // The cache may lie far, and its page may have been allotted just now.
      ({ i32 } = w);
    } else if (
      nb < MIN_LARGE_SIZE &&
      beforeLow === headerLow &&
      beforeHigh === arenaHigh &&
      size > nb + MINSIZE &&
      i32[fields.lastRemainder] === low &&
      i32[fields.lastRemainder + 1] === heapHigh
    ) {
      return splitLastRemainderNear(m, fields, code, size, nb);
    } else {
      const idx = binIndex(m, size);
      const bin = (fields.bins[idx] as number) - 4;
      if (bin < 0) return UNDECIDED;
      const placed =
        size < MIN_LARGE_SIZE
          ? linkFirst(w, bin, chunk, low, before)
          : linkSorted(w, bin, chunk, low, before, list - 4);
      if (!placed) return UNDECIDED;
      const word = fields.binmap[idx >>> 5] as number;
      i32[word] = (i32[word] as number) | (1 << (idx & 31));
      i32[list + 2] = beforeLow;
      i32[list + 3] = beforeHigh;
      i32[before + 4] = headerLow;
      i32[before + 5] = arenaHigh;
      m.binned += 1;
      m.unsortedProcessed += 1;
      if (m.stashedExact && isOverUnsortedLimit(m)) return NONE;
    }
    low = beforeLow;
    high = beforeHigh;
  }
  return NONE;
}

/** Cuts the chunk that small requests in a row are cut from, alone on the unsorted list. */
function splitLastRemainderNear(
  m: Ptmalloc,
  fields: NearFields,
  code: number,
  size: number,
  nb: number,
): number {
  const { w } = m;
  const { i32, heapHigh, arenaHigh } = w;
  const victim = indexOfCode(w, code);
  const remainder = indexOfCode(w, code + nb);
  const foot = indexOfCode(w, code + size);
  if (remainder < 0) return UNDECIDED;
  const list = fields.bins[1] as number;
  const headerLow = (fields.binLow + 16) | 0;
  const low = (w.heapLow + (code + nb - HEAP_CODE)) | 0;
  const rest = size - nb;
  i32[list] = low;
  i32[list + 1] = heapHigh;
  i32[list + 2] = low;
  i32[list + 3] = heapHigh;
  i32[fields.lastRemainder] = low;
  i32[fields.lastRemainder + 1] = heapHigh;
  i32[remainder + 4] = headerLow;
  i32[remainder + 5] = arenaHigh;
  i32[remainder + 6] = headerLow;
  i32[remainder + 7] = arenaHigh;
  if (rest >= MIN_LARGE_SIZE) setRing(i32, remainder, 0, 0, 0, 0);
  i32[victim + 2] = nb | PREV_INUSE;
  i32[victim + 3] = 0;
  i32[remainder + 2] = rest | PREV_INUSE;
  i32[remainder + 3] = 0;
  i32[foot] = rest;
  i32[foot + 1] = 0;
  return code + HEADER_BYTES;
}

/**
 * Takes the best fit out of the request's own large bin.
 *
 * @returns code of the chunk, which is in `m.takenSize` bytes long
 */
export function takeFromLargebinNear(m: Ptmalloc, fields: NearFields, nb: number): number {
  const { w } = m;
  const { i32, heapHigh, heapLow } = w;
  const idx = largebinIndex(m, nb);
  const list = fields.bins[idx] as number;
  if (list < 0) return UNDECIDED;
  const firstLow = i32[list] as number;
  if (i32[list + 1] === w.arenaHigh && firstLow === ((fields.binLow + 16 * idx) | 0)) return NONE;
  const first = i32[list + 1] === heapHigh ? w.chunkIndexOf(firstLow, heapHigh) : -1;
  if (first < 0 || i32[first + 3] !== 0 || (i32[first + 2] as number) < 0) return UNDECIDED;
  if ((i32[first + 2] as number) < nb) return NONE;
  let low = firstLow;
  let at = first;
  let size = 0;
  for (let steps = 0; size < nb; steps += 1) {
    low = i32[at + 10] as number;
    at = i32[at + 11] === heapHigh ? w.chunkIndexOf(low, heapHigh) : -1;
    if (at < 0 || i32[at + 3] !== 0 || steps > MOST_STEPS) return UNDECIDED;
    size = (i32[at + 2] as number) & SIZE_MASK;
  }
  // The second of a run is taken, which leaves the ring of sizes alone.
  if (low !== i32[list + 2] || heapHigh !== i32[list + 3]) {
    const secondLow = i32[at + 4] as number;
    const second = i32[at + 5] === heapHigh ? w.chunkIndexOf(secondLow, heapHigh) : -1;
    if (second < 0) return UNDECIDED;
    if (i32[second + 2] === i32[at + 2] && i32[second + 3] === 0) low = secondLow;
  }
  const code = HEAP_CODE + ((low - heapLow) | 0);
  if (!unlinkCode(w, code)) return UNDECIDED;
  m.takenSize = size;
  return code;
}

/** Steps along a ring of sizes after which the general functions go on. */
const MOST_STEPS = 10_000;

/**
 * Takes the smallest chunk out of the next bin that the bin map knows to hold chunks.
 *
 * @returns code of the chunk, which is in `m.takenSize` bytes long
 */
export function takeFromBiggerBinNear(m: Ptmalloc, fields: NearFields, nb: number): number {
  const { w } = m;
  const { i32, heapHigh, heapLow, arenaHigh } = w;
  let idx = binIndex(m, nb) + 1;
  for (;;) {
    let block = idx >>> 5;
    if (block >= BINMAPSIZE) return NONE;
    let bits = (i32[fields.binmap[block] as number] as number) & (-1 << (idx & 31));
    while (bits === 0) {
      block += 1;
      if (block >= BINMAPSIZE) return NONE;
      bits = i32[fields.binmap[block] as number] as number;
    }
    const bit = bits & -bits;
    idx = 32 * block + (31 - Math.clz32(bit));
    const list = fields.bins[idx] as number;
    if (list < 0) return UNDECIDED;
    const low = i32[list + 2] as number;
    const high = i32[list + 3] as number;
    if (low === ((fields.binLow + 16 * idx) | 0) && high === arenaHigh) {
      const word = fields.binmap[block] as number;
      i32[word] = (i32[word] as number) & ~bit;
      idx += 1;
      continue;
    }
    const victim = high === heapHigh ? w.chunkIndexOf(low, high) : -1;
    if (victim < 0 || i32[victim + 3] !== 0) return UNDECIDED;
    const size = (i32[victim + 2] as number) & SIZE_MASK;
    const code = HEAP_CODE + ((low - heapLow) | 0);
    if (size < nb || !unlinkCode(w, code)) return UNDECIDED;
    m.takenSize = size;
    return code;
  }
}

/** Uses a chunk that left its bin: whole when little would remain, else its low part. */
export function splitOrUseNear(
  m: Ptmalloc,
  fields: NearFields,
  code: number,
  size: number,
  nb: number,
  keepsRemainder: boolean,
): number {
  const { w } = m;
  const { i32 } = w;
  if (code < HEAP_CODE) return UNDECIDED;
  const rest = size - nb;
  if (rest < MINSIZE) {
    const next = indexOfCode(w, code + size);
    if (next < 0) return UNDECIDED;
    i32[next + 2] = (i32[next + 2] as number) | PREV_INUSE;
    return code + HEADER_BYTES;
  }
  const victim = indexOfCode(w, code);
  if (victim < 0 || !putUnsortedNear(w, fields, code + nb, rest)) return UNDECIDED;
  if (keepsRemainder) {
    i32[fields.lastRemainder] = (w.heapLow + (code + nb - HEAP_CODE)) | 0;
    i32[fields.lastRemainder + 1] = w.heapHigh;
  }
  i32[victim + 2] = nb | PREV_INUSE;
  i32[victim + 3] = 0;
  return code + HEADER_BYTES;
}

/** Takes a chunk from the low end of top when it is big enough. */
export function cutFromTopNear(m: Ptmalloc, fields: NearFields, nb: number): number {
  const { w } = m;
  const { i32, heapHigh } = w;
  const low = i32[fields.top] as number;
  const top = i32[fields.top + 1] === heapHigh ? w.chunkIndexOf(low, heapHigh) : -1;
  if (top < 0 || i32[top + 3] !== 0 || i32[fields.systemMem + 1] !== 0) return UNDECIDED;
  const size = (i32[top + 2] as number) & SIZE_MASK;
  if (size < 0 || size > (i32[fields.systemMem] as number)) return UNDECIDED;
  if (size < nb + MINSIZE) return UNDECIDED;
  const code = HEAP_CODE + ((low - w.heapLow) | 0);
  const remainder = indexOfCode(w, code + nb);
  if (remainder < 0) return UNDECIDED;
  i32[fields.top] = (low + nb) | 0;
  i32[fields.top + 1] = heapHigh;
  i32[top + 2] = nb | PREV_INUSE;
  i32[top + 3] = 0;
  i32[remainder + 2] = (size - nb) | PREV_INUSE;
  i32[remainder + 3] = 0;
  return code + HEADER_BYTES;
}
