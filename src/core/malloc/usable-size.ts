/**
 * How many bytes of a block the program may use.
 *
 * Source: malloc/malloc.c (musable, memsize).
 */
import { chunksize, flagsOf, inuseBitAtOffset, mem2chunk, rawSize } from './chunk.ts';
import { IS_MMAPPED } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import type { Word } from './word.ts';

/** malloc_usable_size: 0 for NULL and for a chunk that is not marked in use. */
export function usableSize(m: Ptmalloc, mem: Pointer): Word {
  if (mem === NULL) return 0;
  const p = mem2chunk(m, mem);
  const size = chunksize(m, p);
  if ((flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0)
    return m.w.sub(size, m.release.mmappedTail ? m.SIZE_SZ : m.CHUNK_HDR_SZ);
  return inuseBitAtOffset(m, p, size) ? m.w.sub(size, m.SIZE_SZ) : 0;
}
