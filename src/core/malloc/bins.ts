/**
 * Bins: the doubly linked lists of free chunks, their numbering, and the bin map.
 *
 * Small bins hold one size each; large bins hold a range, sorted from large to small, with a second ring through the
 * first chunk of each size. Bin 1 is the unsorted list.
 *
 * Source: malloc/malloc.c (bin_at and after, unlink_chunk).
 */
import {
  back,
  backNextsize,
  chunk2mem,
  chunksize,
  forward,
  forwardNextsize,
  prevSize,
  rawSize,
  setBack,
  setBackNextsize,
  setFoot,
  setForward,
  setForwardNextsize,
  setHead,
} from './chunk.ts';
import { unlinkNear } from './near-chunks.ts';
import { PREV_INUSE } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { withFlags } from './chunk.ts';
import { lowHalfOf } from './word.ts';
import type { Word } from './word.ts';

/** Whether chunks of this size have a bin of exactly their size. */
export function inSmallbinRange(m: Ptmalloc, size: Word): boolean {
  return size < m.MIN_LARGE_SIZE;
}

/** Number of the small bin for a size, which the program may have corrupted: C computes it in 32 bits. */
export function smallbinIndex(m: Ptmalloc, size: Word): number {
  return (lowHalfOf(size) >>> m.params.smallbinShift) + m.params.smallbinCorrection;
}

/** Number of the large bin for a size. @source largebin_index_64, largebin_index_32_big */
export function largebinIndex(m: Ptmalloc, size: Word): number {
  const bytes = Number(size);
  const { last, base } = m.params.largebinFine;
  const by64 = Math.floor(bytes / 64);
  if (by64 <= last) return base + by64;
  const by512 = Math.floor(bytes / 512);
  if (by512 <= 20) return 91 + by512;
  const by4096 = Math.floor(bytes / 4096);
  if (by4096 <= 10) return 110 + by4096;
  const by32768 = Math.floor(bytes / 32768);
  if (by32768 <= 4) return 119 + by32768;
  const by262144 = Math.floor(bytes / 262144);
  if (by262144 <= 2) return 124 + by262144;
  return 126;
}

/** Number of the bin for a size, small or large. */
export function binIndex(m: Ptmalloc, size: Word): number {
  return inSmallbinRange(m, size) ? smallbinIndex(m, size) : largebinIndex(m, size);
}

/** Number of the fast bin for a size; below 2 units it wraps to a number no bin has. */
export function fastbinIndex(m: Ptmalloc, size: Word): number {
  return ((lowHalfOf(size) >>> m.params.fastbinShift) - 2) >>> 0;
}

/** Says that a bin may hold chunks. */
export function markBin(m: Ptmalloc, av: Pointer, idx: number): void {
  const offset = m.params.arena.binmap + (idx >>> 5) * 4;
  m.w.writeInt(av, offset, m.w.readInt(av, offset) | (1 << (idx & 31)));
}

/** Takes a chunk out of its bin, whichever it is, after checking its size and its links. */
export function unlinkChunk(m: Ptmalloc, p: Pointer): void {
  if (m.usesNear && unlinkNear(m, p)) return;
  const size = chunksize(m, p);
  if (m.release.checks.unlinkFoot && size !== prevSize(m, m.w.plus(p, size)))
    m.abort('corrupted size vs. prev_size', p);
  const fd = forward(m, p);
  const bk = back(m, p);
  if (back(m, fd) !== p || forward(m, bk) !== p) m.abort('corrupted double-linked list', p);
  setBack(m, fd, bk);
  setForward(m, bk, fd);
  if (rawSize(m, p) < m.MIN_LARGE_SIZE) return;
  const larger = forwardNextsize(m, p);
  if (larger === NULL) return;
  const smaller = backNextsize(m, p);
  if (backNextsize(m, larger) !== p || forwardNextsize(m, smaller) !== p)
    m.abort('corrupted double-linked list (not small)', p);
  if (forwardNextsize(m, fd) !== NULL) {
    setBackNextsize(m, larger, smaller);
    setForwardNextsize(m, smaller, larger);
    return;
  }
  // The next chunk of the same size takes the place in the ring of sizes.
  if (larger === p) {
    setBackNextsize(m, fd, fd);
    setForwardNextsize(m, fd, fd);
    return;
  }
  setForwardNextsize(m, fd, larger);
  setBackNextsize(m, fd, smaller);
  setBackNextsize(m, larger, fd);
  setForwardNextsize(m, smaller, fd);
}

/**
 * Puts what is left of a split chunk at the front of the unsorted list, with header and foot.
 *
 * @param complaint - the abort text when the list's first chunk does not point back
 * @param victim - the chunk that was split
 */
export function insertRemainder(
  m: Ptmalloc,
  av: Pointer,
  remainder: Pointer,
  remainderSize: Word,
  complaint: string,
  victim: Pointer,
): void {
  const unsorted = m.binAt(av, 1);
  const first = forward(m, unsorted);
  if (back(m, first) !== unsorted) m.abort(complaint, chunk2mem(m, victim));
  setBack(m, remainder, unsorted);
  setForward(m, remainder, first);
  setForward(m, unsorted, remainder);
  setBack(m, first, remainder);
  clearNextsize(m, remainder, remainderSize);
}

/** A large chunk that is not in a large bin has no place in a ring of sizes. */
export function clearNextsize(m: Ptmalloc, p: Pointer, size: Word): void {
  if (inSmallbinRange(m, size)) return;
  setForwardNextsize(m, p, NULL);
  setBackNextsize(m, p, NULL);
}

/** Writes header and foot of a free chunk. */
export function setFreeChunk(m: Ptmalloc, p: Pointer, size: Word): void {
  setHead(m, p, withFlags(size, PREV_INUSE));
  setFoot(m, p, size);
}
