/**
 * The common case of malloc and free: a chunk from the tcache, and a chunk that goes into it, by host index.
 *
 * Both do what the functions of tcache.ts, malloc.ts and free.ts do when the tcache structure and the chunk are near
 * (pointer.ts) and all checks pass. Otherwise they say no before they have changed anything, and those functions decide.
 *
 * Covers 64-bit words and counters of two bytes that count chunks (2.30 to 2.41).
 */
import { PREV_INUSE } from './params.ts';
import { HEAP_CODE } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';

const SMALL_BINS = 64;

/** Requests up to here are far from any limit. */
const MOST_BYTES = 0x1000_0000;

/** Words of 32 bits from the structure's start to its list heads. */
const ENTRY_WORDS = 32;
const STRUCTURE_BYTES = 640;

/** Whether the thread's tcache structure is one that the functions below know: in one page of the heap. */
export function isTcacheNear(m: Ptmalloc): boolean {
  const { tcache } = m.release;
  if (!m.usesNear || tcache.counterBytes !== 2 || tcache.counts !== 'used') return false;
  if (!m.w.isNear(m.tcache) || m.w.lowBits(m.tcache, 15) !== 0) return false;
  return m.w.lowBits(m.tcache, 4095) + STRUCTURE_BYTES <= 4096;
}

/** Finds the structure and mp_ again after pages may have moved; false when they are not near. */
function locate(m: Ptmalloc): boolean {
  const { w } = m;
  const bins = w.near(m.mp, m.tcacheBinsOffset, 7);
  const count = w.near(m.mp, m.tcacheCountOffset, 7);
  const structure = w.near(m.tcache, 0, 7);
  if (bins < 0 || count < 0 || structure < 0) return false;
  m.nearBins = bins;
  m.nearCount = count;
  m.nearTcache = structure;
  m.nearGeneration = w.generation;
  return true;
}

/** Answers besides a block: malloc.ts or free.ts has to decide; the tcache has no block, or no room, for the size. */
export const UNDECIDED = 0;
export const NOT_CACHED = -1;
/** The block is in the tcache now. */
export const CACHED = 1;

/** A block from the tcache, as the code of its pointer; else UNDECIDED or NOT_CACHED. */
export function takeFromTcacheNear(m: Ptmalloc, bytes: number): number {
  if (!m.tcacheIsNear || bytes > MOST_BYTES) return UNDECIDED;
  const { w } = m;
  if (w.generation !== m.nearGeneration && !locate(m)) return UNDECIDED;
  const { i32 } = w;
  const idx = bytes < 25 ? 0 : ((bytes + 23) >>> 4) - 2;
  const bins = m.nearBins;
  const binLimit = i32[bins] as number;
  if (binLimit < 0 || i32[bins + 1] !== 0) return UNDECIDED;
  if (idx >= binLimit) return NOT_CACHED;
  if (idx >= SMALL_BINS) return UNDECIDED;
  const counter = m.nearTcache + (idx >>> 1);
  const shift = (idx & 1) << 4;
  const counts = i32[counter] as number;
  if (((counts >>> shift) & 0xffff) === 0) return NOT_CACHED;
  const entry = m.nearTcache + ENTRY_WORDS + 2 * idx;
  const low = i32[entry] as number;
  const inHeap = (low - w.heapLow) | 0;
  if (i32[entry + 1] !== w.heapHigh || inHeap < 0 || inHeap >= w.heapBytes) return UNDECIDED;
  const mem = HEAP_CODE + inHeap;
  const block = w.chunkIndex(mem as unknown as Pointer);
  if (block < 0) return UNDECIDED;
  let nextLow = i32[block] as number;
  let nextHigh = i32[block + 1] as number;
  if (w.safeLinking) {
    nextLow ^= (low >>> 12) | (w.heapHigh << 20);
    nextHigh ^= w.heapHigh >>> 12;
  }
  i32[entry] = nextLow;
  i32[entry + 1] = nextHigh;
  i32[counter] = counts - (1 << shift);
  if (m.marksCached) {
    i32[block + 2] = 0;
    i32[block + 3] = 0;
  }
  return mem;
}

/**
 * Puts a block of the main arena's heap into the tcache.
 *
 * @returns CACHED, UNDECIDED or NOT_CACHED; with the last, `m.takenSize` is the size of its chunk
 */
export function putIntoTcacheNear(m: Ptmalloc, mem: Pointer): number {
  const { w } = m;
  const code = mem as unknown as number;
  if (!m.tcacheIsNear || typeof code !== 'number' || code < HEAP_CODE) return UNDECIDED;
  if (w.generation !== m.nearGeneration && !locate(m)) return UNDECIDED;
  // The header has to lie in the same page.
  const block = w.chunkIndex(mem);
  if (block < 0 || (code & 4095) === 0) return UNDECIDED;
  const { i32 } = w;
  const raw = i32[block - 2] as number;
  if (i32[block - 1] !== 0 || (raw & 14) !== 0 || raw < 32) return UNDECIDED;
  const idx = (raw >>> 4) - 2;
  const bins = m.nearBins;
  const binLimit = i32[bins] as number;
  if (binLimit < 0 || i32[bins + 1] !== 0) return UNDECIDED;
  m.takenSize = raw & ~PREV_INUSE;
  if (idx >= binLimit) return NOT_CACHED;
  if (idx >= SMALL_BINS) return UNDECIDED;
  if (m.marksCached && i32[block + 2] === m.tcacheKeyLow && i32[block + 3] === m.tcacheKeyHigh)
    return UNDECIDED;
  const counter = m.nearTcache + (idx >>> 1);
  const shift = (idx & 1) << 4;
  const counts = i32[counter] as number;
  const most = i32[m.nearCount] as number;
  if (most < 0 || i32[m.nearCount + 1] !== 0) return UNDECIDED;
  if (((counts >>> shift) & 0xffff) >= most) return NOT_CACHED;
  const entry = m.nearTcache + ENTRY_WORDS + 2 * idx;
  const low = (w.heapLow + (code - HEAP_CODE)) | 0;
  let nextLow = i32[entry] as number;
  let nextHigh = i32[entry + 1] as number;
  if (w.safeLinking) {
    nextLow ^= (low >>> 12) | (w.heapHigh << 20);
    nextHigh ^= w.heapHigh >>> 12;
  }
  i32[block] = nextLow;
  i32[block + 1] = nextHigh;
  if (m.marksCached) {
    i32[block + 2] = m.tcacheKeyLow;
    i32[block + 3] = m.tcacheKeyHigh;
  }
  i32[entry] = low;
  i32[entry + 1] = w.heapHigh;
  i32[counter] = counts + (1 << shift);
  return CACHED;
}
