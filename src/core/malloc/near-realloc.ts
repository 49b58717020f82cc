/**
 * Resizing a chunk of the main arena in its place while its neighbours lie near, on the terms of near-chunks.ts.
 */
import { MINSIZE, SIZE_MASK, indexOfCode, unlinkCode } from './near-chunks.ts';
import type { NearFields } from './near-fields.ts';
import { PREV_INUSE, SIZE_BITS } from './params.ts';
import { HEAP_CODE } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';

/** Answers besides a size: intRealloc of realloc.ts decides; the chunk got its size from top; it has to move. */
export const UNDECIDED = 0;
export const FROM_TOP = -1;
export const MOVES = -2;

/**
 * Checks the chunk and its neighbour, and takes room above when it is needed.
 *
 * @param code - of the chunk's pointer
 * @param oldSize - its size, nb the size wanted, in bytes
 * @returns the bytes that it has now, at least `nb`, with its header and the neighbours' as they were
 */
export function growInPlaceNear(
  m: Ptmalloc,
  fields: NearFields,
  code: number,
  oldSize: number,
  nb: number,
): number {
  const { w } = m;
  const { i32, heapHigh } = w;
  const chunk = indexOfCode(w, code);
  const next = indexOfCode(w, code + oldSize);
  const systemMem = i32[fields.systemMem] as number;
  if (code < HEAP_CODE || chunk < 0 || next < 0 || i32[fields.systemMem + 1] !== 0) return UNDECIDED;
  const raw = i32[chunk + 2] as number;
  const nextRaw = i32[next + 2] as number;
  if (raw <= 16 || i32[chunk + 3] !== 0 || oldSize >= systemMem) return UNDECIDED;
  const nextSize = nextRaw & SIZE_MASK;
  if (nextRaw <= 16 || i32[next + 3] !== 0 || nextSize >= systemMem) return UNDECIDED;
  if (oldSize >= nb) return oldSize;
  const sum = oldSize + nextSize;
  const topLow = (w.heapLow + (code + oldSize - HEAP_CODE)) | 0;
  if (i32[fields.top] === topLow && i32[fields.top + 1] === heapHigh) {
    if (sum < nb + MINSIZE) return MOVES;
    const top = indexOfCode(w, code + nb);
    if (top < 0) return UNDECIDED;
    i32[chunk + 2] = nb | (raw & SIZE_BITS);
    i32[fields.top] = (w.heapLow + (code + nb - HEAP_CODE)) | 0;
    i32[top + 2] = (sum - nb) | PREV_INUSE;
    i32[top + 3] = 0;
    return FROM_TOP;
  }
  const after = indexOfCode(w, code + sum);
  if (after < 0) return UNDECIDED;
  if (((i32[after + 2] as number) & PREV_INUSE) !== 0 || sum < nb) return MOVES;
  return unlinkCode(w, code + oldSize) ? sum : UNDECIDED;
}

/** Answers besides a chunk: realloc.ts decides; there is no tail worth a chunk. */
export const UNDECIDED_TAIL = -1;
export const NO_TAIL = 0;

/** Gives a chunk that has `size` bytes the size `nb`. @returns code of the chunk that is cut off and has to be freed */
export function cutTailNear(m: Ptmalloc, code: number, size: number, nb: number): number {
  const { w } = m;
  const { i32 } = w;
  const chunk = indexOfCode(w, code);
  const after = indexOfCode(w, code + size);
  if (code < HEAP_CODE || chunk < 0 || after < 0 || i32[chunk + 3] !== 0) return UNDECIDED_TAIL;
  const flags = (i32[chunk + 2] as number) & SIZE_BITS;
  const rest = size - nb;
  if (rest < MINSIZE) {
    i32[chunk + 2] = size | flags;
    i32[after + 2] = (i32[after + 2] as number) | PREV_INUSE;
    return NO_TAIL;
  }
  const tail = indexOfCode(w, code + nb);
  if (tail < 0) return UNDECIDED_TAIL;
  i32[chunk + 2] = nb | flags;
  i32[tail + 2] = rest | PREV_INUSE;
  i32[tail + 3] = 0;
  i32[after + 2] = (i32[after + 2] as number) | PREV_INUSE;
  return code + nb;
}
