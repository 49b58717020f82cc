/**
 * What malloc and calloc do: initialise, look into the thread's cache, search an arena, try another one.
 *
 * Source: malloc/malloc.c (ptmalloc_init, __libc_malloc, __libc_calloc, tcache_malloc).
 */
import { ENOMEM } from '../mm/kernel.ts';
import { say } from '../text/malloc-texts.ts';
import { arenaGet, arenaGetRetry, arenaOfCall } from './arena.ts';
import { arenaForChunk, chunksize, flagsOf, mem2chunk, rawSize } from './chunk.ts';
import { heapForPtr, heapMprotectSize } from './heap.ts';
import { checkedRequest2size, createTcache, intMalloc, request2size } from './int-malloc.ts';
import { IS_MMAPPED, NON_MAIN_ARENA } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import {
  tcacheCount,
  tcacheGet,
  tcacheGetLarge,
  tcacheHolds,
  tcacheIndex,
  tcacheLargeIndex,
} from './tcache.ts';
import { NOT_CACHED, takeFromTcacheNear } from './tcache-near.ts';
import { applyTunables } from './tunables.ts';
import { canonical, figure } from './word.ts';
import type { Word } from './word.ts';

/** What the entry points assert about their result, in the words of 2.36. */
const ARENA_ASSERTIONS = {
  __libc_malloc:
    '!victim || chunk_is_mmapped (mem2chunk (victim)) || &main_arena == arena_for_chunk (mem2chunk (victim))',
  __libc_calloc: '!mem || chunk_is_mmapped (mem2chunk (mem)) || av == arena_for_chunk (mem2chunk (mem))',
  __libc_realloc:
    '!newp || chunk_is_mmapped (mem2chunk (newp)) || ar_ptr == arena_for_chunk (mem2chunk (newp))',
  _mid_memalign: '!p || chunk_is_mmapped (mem2chunk (p)) || &main_arena == arena_for_chunk (mem2chunk (p))',
} as const;

type AssertingFunction = keyof typeof ARENA_ASSERTIONS;

/** Sets the main arena up and applies the tunables, once. @source ptmalloc_init */
export function initialize(m: Ptmalloc): void {
  if (m.initialized) return;
  m.initialized = true;
  if (m.release.tcache.key === 'random') m.onDrawKey();
  m.initState(m.mainArena);
  m.threadArena = m.mainArena;
  applyTunables(m, m.tunables);
}

/** malloc, the short way where the tcache is near and nobody asks why. */
export function mallocBlock(m: Ptmalloc, bytes: number | bigint): Pointer {
  m.hasStartHook = false;
  if (typeof bytes !== 'number' || m.why !== undefined) return mallocWord(m, canonical(bytes));
  const cached = takeFromTcacheNear(m, bytes);
  if (cached > 0) return cached as unknown as Pointer;
  return cached === NOT_CACHED
    ? allocateFromArena(m, bytes, '__libc_malloc')
    : mallocWord(m, canonical(bytes));
}

/** malloc, by the general way. */
export function mallocWord(m: Ptmalloc, bytes: Word): Pointer {
  m.hasStartHook = false;
  if (!m.initialized) initialize(m);
  const { tcache } = m.release;
  const nb = tcache.sizeMayWrap ? request2size(m, bytes) : chunkSizeFor(m, bytes);
  if (nb === 0) return NULL;
  const cached = takeFromCache(m, nb);
  return cached === NULL ? allocateFromArena(m, bytes, '__libc_malloc') : cached;
}

/** The chunk size for a request; 0 (and errno) beyond the limit. */
function chunkSizeFor(m: Ptmalloc, bytes: Word): Word {
  const nb = checkedRequest2size(m, bytes);
  if (nb === 0) {
    m.errno = ENOMEM;
    m.why?.push(say('malloc.requestTooLarge', { bytes: figure(bytes) }));
  } else m.why?.push(say('malloc.request', { bytes: figure(bytes), size: figure(nb) }));
  return nb;
}

/** Takes a chunk from the tcache, as the release does. */
function takeFromCache(m: Ptmalloc, nb: Word): Pointer {
  switch (m.release.tcache.createdBy) {
    case 'nothing':
      return NULL;
    case 'any-entry':
      return takeFromTcache(m, nb);
    case 'small-request':
    case 'small-free':
      return takeFromRangedTcache(m, nb);
  }
}

/** Takes a chunk from the tcache, which is made first when there is none. 2.27 to 2.41. */
function takeFromTcache(m: Ptmalloc, nb: Word): Pointer {
  const idx = tcacheIndex(m, nb);
  if (m.tcache === NULL) createTcacheIfMissing(m);
  if (idx >= m.mpWord(m.params.par.tcacheBins)) {
    m.why?.push(say('malloc.tcacheTooLarge', { size: figure(nb) }));
    return NULL;
  }
  if (m.tcache === NULL) return NULL;
  return takeHead(m, idx, nb);
}

function takeHead(m: Ptmalloc, idx: number, nb: Word): Pointer {
  if (!tcacheHolds(m, idx)) {
    m.why?.push(say('malloc.tcacheEmpty', { bin: idx, size: figure(nb) }));
    return NULL;
  }
  m.why?.push(say('malloc.tcacheHit', { bin: idx, size: figure(nb), count: tcacheCount(m, idx) }));
  return tcacheGet(m, idx);
}

/** The same from 2.42 on, where bins of size ranges exist too. */
function takeFromRangedTcache(m: Ptmalloc, nb: Word): Pointer {
  if (nb >= m.mpWord(m.params.par.tcacheMaxBytes)) {
    m.why?.push(say('malloc.tcacheTooLarge', { size: figure(nb) }));
    return NULL;
  }
  if (m.tcache === NULL) {
    if (m.release.tcache.createdBy === 'small-request') createTcacheIfMissing(m);
    return NULL;
  }
  const idx = tcacheIndex(m, nb);
  if (idx < m.params.tcache.smallBins) return takeHead(m, idx, nb);
  const large = tcacheLargeIndex(m, nb);
  const mem = tcacheGetLarge(m, nb, large);
  if (m.why === undefined) return mem;
  const told = { bin: large, size: figure(nb) };
  // The count includes the chunk that was taken.
  if (mem === NULL) m.why.push(say('malloc.tcacheEmpty', told));
  else m.why.push(say('malloc.tcacheHit', { ...told, count: tcacheCount(m, large) + 1 }));
  return mem;
}

/** Makes the thread's cache where the release has one and nothing stands against it. */
export function createTcacheIfMissing(m: Ptmalloc): void {
  if (m.tcache !== NULL || m.release.tcache.createdBy === 'nothing') return;
  if (m.tcacheDisabled) return;
  const { bytes } = m.params.tcache;
  const arena = arenaGet(m, bytes);
  createTcache(m, arena, bytes, () => otherArena(m, arena, bytes));
}

function allocateFromArena(m: Ptmalloc, bytes: Word, func: AssertingFunction): Pointer {
  const arena = arenaOfCall(m, bytes);
  let mem = intMalloc(m, arena, bytes);
  if (mem === NULL && arena !== NULL)
    mem = retryElsewhere(m, arena, bytes, (other) => intMalloc(m, other, bytes));
  if (mem !== NULL) assertArena(m, mem, func);
  return mem;
}

/** Whether a request that an arena could not serve is tried in another one. */
function retriesElsewhere(m: Ptmalloc): boolean {
  return m.multiThreaded || m.release.retriesAlone;
}

/** Another arena for the tcache structure; up to 2.41 also in a process of one thread. @source tcache_init */
function otherArena(m: Ptmalloc, failed: Pointer, bytes: Word): Pointer {
  const retries = m.release.tcache.createdBy === 'any-entry' || retriesElsewhere(m);
  return retries && failed !== NULL ? arenaGetRetry(m, failed, bytes) : NULL;
}

/** Tries another arena, where the release does. */
export function retryElsewhere(
  m: Ptmalloc,
  failed: Pointer,
  bytes: Word,
  search: (arena: Pointer) => Pointer,
): Pointer {
  if (!retriesElsewhere(m)) return NULL;
  return search(arenaGetRetry(m, failed, bytes));
}

/** What glibc asserts about every block from the main arena; an A flag out of nowhere ends here. */
export function assertArena(m: Ptmalloc, mem: Pointer, func: AssertingFunction): void {
  const p = mem2chunk(m, mem);
  if (m.multiThreaded || m.threadArena !== m.mainArena) return;
  // The flags are in the low half of the size word.
  if ((m.w.readInt(p, m.SIZE_SZ) & (IS_MMAPPED | NON_MAIN_ARENA)) !== NON_MAIN_ARENA) return;
  if (arenaForChunk(m, p) !== m.mainArena) m.assertionFailed(func, undefined, ARENA_ASSERTIONS[func]);
}

/** count × bytes; `undefined` (and ENOMEM) when it overflows. */
export function productOf(
  m: Ptmalloc,
  count: Word,
  bytes: Word,
  limitedToPtrdiff: boolean,
): Word | undefined {
  const product = toProduct(count, bytes);
  const limit = limitedToPtrdiff ? (BigInt(m.w.max) - 1n) / 2n : m.w.max;
  if (product <= limit) return product;
  m.errno = ENOMEM;
  m.why?.push(say('malloc.productOverflow', { count: figure(count), bytes: figure(bytes) }));
  return undefined;
}

/** calloc. */
export function callocBytes(m: Ptmalloc, count: Word, elementBytes: Word): Pointer {
  const bytes = productOf(m, count, elementBytes, m.release.callocLimit === 'ptrdiff-max');
  if (bytes === undefined) return NULL;
  if (m.hasStartHook) return callocByHook(m, bytes);
  initialize(m);
  const { tcache } = m.release;
  if (tcache.servesCalloc) {
    const nb = chunkSizeFor(m, bytes);
    if (nb === 0) return NULL;
    const cached = takeFromCache(m, nb);
    if (cached !== NULL) {
      const usable = m.w.sub(cachedSize(m, cached, nb), m.SIZE_SZ);
      m.why?.push(say('malloc.callocClears', { bytes: figure(usable) }));
      m.w.fill(cached, 0, usable);
      return cached;
    }
  } else {
    if (m.why !== undefined) chunkSizeFor(m, bytes);
    m.errno = 0;
    createTcacheIfMissing(m);
    m.why?.push(say('malloc.tcacheSkipped'));
  }
  return callocFromArena(m, bytes);
}

/** calloc as the first call of all: malloc, and every byte that was asked for is cleared. @source malloc_hook_ini */
function callocByHook(m: Ptmalloc, bytes: Word): Pointer {
  const mem = mallocWord(m, bytes);
  if (mem === NULL) return NULL;
  m.why?.push(say('malloc.callocByHook', { bytes: figure(bytes) }));
  m.w.fill(mem, 0, bytes);
  return mem;
}

function callocFromArena(m: Ptmalloc, bytes: Word): Pointer {
  const { w } = m;
  const arena = arenaOfCall(m, bytes);
  const oldTop = arena === NULL ? NULL : m.top(arena);
  const oldTopSize = arena === NULL ? 0 : usedOfTop(m, arena, oldTop);
  const mem = allocateFromArena(m, bytes, '__libc_calloc');
  if (mem === NULL) return NULL;
  const p = mem2chunk(m, mem);
  if ((flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0) {
    m.why?.push(say('malloc.callocMapping'));
    if (m.perturbByte !== 0) m.w.fill(mem, 0, bytes);
    return mem;
  }
  let size = chunksize(m, p);
  if (m.perturbByte === 0 && p === oldTop && size > oldTopSize) {
    // What the break adds is zero; what was top before may have been used.
    size = oldTopSize;
    m.why?.push(say('malloc.callocFresh', { bytes: figure(w.sub(size, m.SIZE_SZ)) }));
  } else m.why?.push(say('malloc.callocClears', { bytes: figure(w.sub(size, m.SIZE_SZ)) }));
  m.w.fill(mem, 0, w.sub(size, m.SIZE_SZ));
  return mem;
}

/** Bytes of top that may have been used; in a secondary arena all that is open. */
function usedOfTop(m: Ptmalloc, arena: Pointer, top: Pointer): Word {
  const size = chunksize(m, top);
  if (arena === m.mainArena) return size;
  const heap = heapForPtr(m, top);
  const opened = m.w.distance(m.w.plus(heap, heapMprotectSize(m, heap)), top);
  return opened > size ? opened : size;
}

function toProduct(a: Word, b: Word): Word {
  if (typeof a === 'number' && typeof b === 'number' && a * b <= Number.MAX_SAFE_INTEGER) return a * b;
  const product = BigInt(a) * BigInt(b);
  return product <= Number.MAX_SAFE_INTEGER ? Number(product) : product;
}

/** Size of a chunk that came from the cache: the bin's own size, or its header's in a bin of a range. */
function cachedSize(m: Ptmalloc, mem: Pointer, nb: Word): Word {
  return tcacheIndex(m, nb) < m.params.tcache.smallBins ? nb : chunksize(m, mem2chunk(m, mem));
}
