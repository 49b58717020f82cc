/**
 * Merging and placing a freed chunk of the main arena while its neighbours lie near, on the terms of near-chunks.ts.
 */
import { MINSIZE, SIZE_MASK, indexOfCode, unlinkCode } from './near-chunks.ts';
import type { NearFields } from './near-fields.ts';
import { NONCONTIGUOUS_BIT, PREV_INUSE } from './params.ts';
import { HEAP_CODE } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';

/**
 * What `mergeAndFree` of free.ts does up to the neighbour above: the checks, and merging with a free chunk below.
 *
 * @returns code of the chunk's new start; 0 when that function has to decide
 */
export function mergeBelowNear(m: Ptmalloc, fields: NearFields, code: number, size: number): number {
  const { w } = m;
  const { i32, heapHigh } = w;
  const chunk = indexOfCode(w, code);
  const next = indexOfCode(w, code + size);
  const topLow = i32[fields.top] as number;
  const top = i32[fields.top + 1] === heapHigh ? w.chunkIndexOf(topLow, heapHigh) : -1;
  if (code < HEAP_CODE || chunk < 0 || next < 0 || top < 0 || chunk === top) return 0;
  if (m.perturbByte !== 0 || ((i32[fields.flags] as number) & NONCONTIGUOUS_BIT) !== 0) return 0;
  const topEnd = HEAP_CODE + ((topLow - w.heapLow) | 0) + ((i32[top + 2] as number) & SIZE_MASK);
  if (i32[top + 3] !== 0 || code + size >= topEnd) return 0;
  const nextRaw = i32[next + 2] as number;
  if (i32[next + 3] !== 0 || nextRaw <= 16 || (nextRaw & PREV_INUSE) === 0) return 0;
  if (i32[fields.systemMem + 1] !== 0 || (nextRaw & SIZE_MASK) >= (i32[fields.systemMem] as number)) return 0;
  if (((i32[chunk + 2] as number) & PREV_INUSE) !== 0) return code;
  const below = i32[chunk] as number;
  const start = code - below;
  if (i32[chunk + 1] !== 0 || below < MINSIZE || start < HEAP_CODE) return 0;
  const lower = indexOfCode(w, start);
  if (lower < 0 || ((i32[lower + 2] as number) & SIZE_MASK) !== below || i32[lower + 3] !== 0) return 0;
  return unlinkCode(w, start) ? start : 0;
}

/**
 * What `insertFreeChunk` of free.ts does, up to the list: merges with top or with a free chunk above.
 *
 * @param code - where the free chunk starts
 * @param end - code of its end
 * @returns its new size; the negative size of top when it became that; 0 when that function has to decide
 */
export function mergeAboveNear(m: Ptmalloc, fields: NearFields, code: number, end: number): number {
  const { w } = m;
  const { i32, heapHigh } = w;
  const chunk = indexOfCode(w, code);
  const next = indexOfCode(w, end);
  if (chunk < 0 || next < 0 || code < HEAP_CODE || i32[next + 3] !== 0) return 0;
  const nextSize = (i32[next + 2] as number) & SIZE_MASK;
  if (nextSize <= 0) return 0;
  const size = end - code;
  if (i32[fields.top] === ((w.heapLow + (end - HEAP_CODE)) | 0) && i32[fields.top + 1] === heapHigh) {
    i32[chunk + 2] = (size + nextSize) | PREV_INUSE;
    i32[chunk + 3] = 0;
    i32[fields.top] = (w.heapLow + (code - HEAP_CODE)) | 0;
    return -(size + nextSize);
  }
  const after = indexOfCode(w, end + nextSize);
  if (after < 0) return 0;
  if (((i32[after + 2] as number) & PREV_INUSE) === 0) return unlinkCode(w, end) ? size + nextSize : 0;
  i32[next + 2] = (i32[next + 2] as number) & ~PREV_INUSE;
  return size;
}
