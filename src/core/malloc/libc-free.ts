/**
 * What free does before _int_free: mappings, and the thread's cache where it comes first.
 *
 * Source: malloc/malloc.c (__libc_free).
 */
import { say } from '../text/malloc-texts.ts';
import { arenaForChunk, chunksize, flagsOf, mem2chunk, rawSize } from './chunk.ts';
import { freeUncached, intFree, intFreeChunk, munmapChunk, raiseMmapThreshold } from './free.ts';
import { createTcacheIfMissing } from './libc-malloc.ts';
import { IS_MMAPPED } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import {
  hasTcacheKey,
  scanForDoubleFree,
  tcacheCount,
  tcacheHasRoom,
  tcacheIndex,
  tcacheLargeIndex,
  tcachePut,
  tcachePutLarge,
} from './tcache.ts';
import { NOT_CACHED, UNDECIDED, putIntoTcacheNear } from './tcache-near.ts';
import { figure } from './word.ts';
import type { Word } from './word.ts';

/** free, the short way. */
export function freeBlock(m: Ptmalloc, mem: Pointer): void {
  if (m.why !== undefined) {
    freeGeneral(m, mem);
    return;
  }
  const answer = putIntoTcacheNear(m, mem);
  if (answer === UNDECIDED) freeGeneral(m, mem);
  else if (answer === NOT_CACHED) {
    freeUncached(m, m.mainArena, mem2chunk(m, mem), m.takenSize, false);
    if (m.release.freeKeepsErrno) m.errno = 0;
  }
}

/** free, by the general way. */
export function freeGeneral(m: Ptmalloc, mem: Pointer): void {
  if (mem === NULL) {
    m.why?.push(say('malloc.freeNull'));
    return;
  }
  if (m.release.freeOrder === 'cache-first') freeCacheFirst(m, mem);
  else freeMmappedFirst(m, mem);
  if (m.release.freeKeepsErrno) m.errno = 0;
}

function freeMmappedFirst(m: Ptmalloc, mem: Pointer): void {
  const p = mem2chunk(m, mem);
  if ((flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0) {
    raiseMmapThreshold(m, p);
    munmapChunk(m, p);
    return;
  }
  if (m.tcache === NULL) createTcacheIfMissing(m);
  intFree(m, arenaForChunk(m, p), p, false);
}

/** free from 2.42 on. */
function freeCacheFirst(m: Ptmalloc, mem: Pointer): void {
  const p = mem2chunk(m, mem);
  const size = chunksize(m, p);
  if (m.misalignedChunk(p)) m.abort('free(): invalid pointer');
  if (cacheTakes(m, mem, p, size)) return;
  if (m.w.overflows(p, m.w.sub(size, m.MINSIZE))) m.abort('free(): invalid size');
  intFreeChunk(m, arenaForChunk(m, p), p, size, false);
}

function cacheTakes(m: Ptmalloc, mem: Pointer, p: Pointer, size: Word): boolean {
  const lazy = m.release.tcache.createdBy === 'small-free';
  if (size >= m.mpWord(m.params.par.tcacheMaxBytes)) {
    m.why?.push(say('malloc.tcacheTooLarge', { size: figure(size) }));
    return false;
  }
  if (m.tcache === NULL && !lazy) return false;
  if (hasTcacheKey(m, mem)) {
    if (m.tcache !== NULL)
      for (let idx = 0; idx < m.params.tcache.bins; idx += 1) scanForDoubleFree(m, mem, idx);
    // The key was there by chance: it is wiped and the call starts again.
    m.w.write(mem, m.SIZE_SZ, 0);
    freeCacheFirst(m, mem);
    return true;
  }
  if (m.tcache === NULL) {
    if (m.tcacheDisabled) return false;
    createTcacheIfMissing(m);
    freeCacheFirst(m, mem);
    return true;
  }
  const idx = tcacheIndex(m, size);
  if (idx < m.params.tcache.smallBins) {
    if (!tcacheHasRoom(m, idx)) {
      m.why?.push(say('malloc.tcacheFull', { bin: idx, size: figure(size), count: tcacheCount(m, idx) }));
      return false;
    }
    m.why?.push(say('malloc.tcachePut', { bin: idx, size: figure(size), count: tcacheCount(m, idx) + 1 }));
    tcachePut(m, mem, idx);
    return true;
  }
  if (size < m.MINSIZE || (flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0) return false;
  const large = tcacheLargeIndex(m, size);
  const told = { bin: large, size: figure(size) };
  if (!tcacheHasRoom(m, large)) {
    m.why?.push(say('malloc.tcacheFull', { ...told, count: tcacheCount(m, large) }));
    return false;
  }
  m.why?.push(say('malloc.tcachePut', { ...told, count: tcacheCount(m, large) + 1 }));
  tcachePutLarge(m, mem, size, large);
  return true;
}
