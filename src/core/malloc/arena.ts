/**
 * Arenas: which one serves a thread, and the making of further ones.
 *
 * The main arena grows by the break. Every other has its malloc_state at the start of its first heap. A thread keeps the
 * arena it got first. Calls are carried out one after the other here, so that no arena is ever found locked.
 *
 * Source: malloc/arena.c (arena_get, arena_get2, _int_new_arena, reused_arena, get_free_list, arena_get_retry,
 * __malloc_arena_thread_freeres).
 */
import { say } from '../text/malloc-texts.ts';
import { setHead, withFlags } from './chunk.ts';
import { heapInfoBytes, heapSize, newHeap, setHeapArena } from './heap.ts';
import { PREV_INUSE } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import type { Word } from './word.ts';

/** The calling thread's arena, which is chosen now when it has none. @returns 0 when there is no memory for one */
export function arenaGet(m: Ptmalloc, bytes: Word): Pointer {
  return m.threadArena === NULL ? arenaGet2(m, bytes) : m.threadArena;
}

/**
 * The arena that malloc, calloc and memalign search first: in a process of one thread the main one, whatever arena the
 * thread got when its cache was made.
 *
 * @source SINGLE_THREAD_P in __libc_malloc, __libc_calloc, _mid_memalign
 */
export function arenaOfCall(m: Ptmalloc, bytes: Word): Pointer {
  return m.multiThreaded || m.release.retriesAlone ? arenaGet(m, bytes) : m.mainArena;
}

/** Another arena after this one failed; the main one has its turn first. @source arena_get_retry */
export function arenaGetRetry(m: Ptmalloc, failed: Pointer, bytes: Word): Pointer {
  m.why?.push(say('malloc.retry'));
  return failed === m.mainArena ? arenaGet2(m, bytes) : m.mainArena;
}

/** Gives the thread an arena: one that nobody uses, a new one, or one that others use. @source arena_get2 */
function arenaGet2(m: Ptmalloc, bytes: Word): Pointer {
  const unused = takeFromFreeList(m);
  if (unused !== NULL) return unused;
  const limit = arenaLimit(m);
  // Without a limit the subtraction wraps: any number passes.
  if (limit === 0 || m.arenaCount < limit) {
    m.arenaCount += 1;
    const arena = newArena(m, bytes);
    if (arena === NULL) m.arenaCount -= 1;
    return arena;
  }
  return reusedArena(m);
}

/** Arenas that there may be; 0 while that is not decided. */
function arenaLimit(m: Ptmalloc): number {
  const { par } = m.params;
  const test = Number(m.mpWord(par.arenaTest));
  const maximum = Number(m.mpWord(par.arenaMax));
  if (m.arenaLimit !== 0) return m.arenaLimit;
  if (maximum !== 0) m.arenaLimit = maximum;
  else if (m.release.arenaLimit === 'cores-or-test') {
    if (m.arenaCount >= test) m.arenaLimit = Math.max(m.cores, test);
  } else if (m.arenaCount > test) m.arenaLimit = m.cores * (m.SIZE_SZ === 8 ? 8 : 2);
  return m.arenaLimit;
}

/** Makes an arena in a heap of its own, with room for `bytes`. @source _int_new_arena */
function newArena(m: Ptmalloc, bytes: Word): Pointer {
  const { w, params } = m;
  const header = heapInfoBytes(m);
  const own = header + params.arena.bytes + params.MALLOC_ALIGNMENT;
  // A request that no heap could hold still gets an arena: the chunk itself may become a mapping.
  let heap = newHeap(m, w.add(bytes, own));
  if (heap === NULL) heap = newHeap(m, own);
  if (heap === NULL) return NULL;
  const arena = w.plus(heap, header);
  setHeapArena(m, heap, arena);
  m.initState(arena);
  w.write(arena, params.arena.attachedThreads, 1);
  const size = Number(heapSize(m, heap));
  m.setSystemMem(arena, size);
  m.setMaxSystemMem(arena, size);
  // The first chunk starts where its user address is aligned.
  const mem = w.pointerUp(w.plus(arena, params.arena.bytes + m.CHUNK_HDR_SZ), params.MALLOC_ALIGNMENT);
  const top = w.minus(mem, m.CHUNK_HDR_SZ);
  m.setTop(arena, top);
  setHead(m, top, withFlags(w.distance(w.plus(heap, size), top), PREV_INUSE));
  w.writePointer(arena, params.arena.next, w.readPointer(m.mainArena, params.arena.next));
  w.writePointer(m.mainArena, params.arena.next, arena);
  attach(m, arena);
  m.why?.push(say('malloc.newArena', { arena: w.addressNumber(arena), count: m.arenaCount }));
  return arena;
}

/** An arena that others use, in turn. @source reused_arena */
function reusedArena(m: Ptmalloc): Pointer {
  const { w, params } = m;
  const arena = m.nextArena === NULL ? m.mainArena : m.nextArena;
  removeFromFreeList(m, arena);
  w.write(arena, params.arena.attachedThreads, w.add(w.read(arena, params.arena.attachedThreads), 1));
  attach(m, arena);
  m.nextArena = w.readPointer(arena, params.arena.next);
  m.why?.push(say('malloc.reusedArena', { arena: w.addressNumber(arena) }));
  return arena;
}

/** An arena whose threads have all ended. @source get_free_list */
function takeFromFreeList(m: Ptmalloc): Pointer {
  const { w, params } = m;
  const arena = m.freeArenas;
  if (arena === NULL) return NULL;
  m.freeArenas = w.readPointer(arena, params.arena.nextFree);
  w.write(arena, params.arena.attachedThreads, 1);
  attach(m, arena);
  m.why?.push(say('malloc.freeArena', { arena: w.addressNumber(arena) }));
  return arena;
}

function removeFromFreeList(m: Ptmalloc, arena: Pointer): void {
  const { w, params } = m;
  if (m.freeArenas === arena) m.freeArenas = w.readPointer(arena, params.arena.nextFree);
  for (let at = m.freeArenas; at !== NULL; at = w.readPointer(at, params.arena.nextFree)) {
    if (w.readPointer(at, params.arena.nextFree) !== arena) continue;
    w.writePointer(at, params.arena.nextFree, w.readPointer(arena, params.arena.nextFree));
    return;
  }
}

/** Makes an arena the thread's; the one before loses it. */
function attach(m: Ptmalloc, arena: Pointer): void {
  const before = m.threadArena;
  m.threadArena = arena;
  if (before !== NULL) addAttached(m, before, -1);
}

function addAttached(m: Ptmalloc, arena: Pointer, difference: 1 | -1): Word {
  const { attachedThreads } = m.params.arena;
  const count = m.w.add(m.w.read(arena, attachedThreads), 0);
  const changed = difference === 1 ? m.w.add(count, 1) : m.w.sub(count, 1);
  m.w.write(arena, attachedThreads, changed);
  return changed;
}

/** In the child of fork: no thread but the calling one is left, so the arenas of others wait for new threads. @source __malloc_fork_unlock_child */
export function releaseOtherArenas(m: Ptmalloc): void {
  const { w, params } = m;
  m.freeArenas = NULL;
  let arena = m.mainArena;
  do {
    if (arena !== m.threadArena) {
      w.write(arena, params.arena.attachedThreads, 0);
      w.writePointer(arena, params.arena.nextFree, m.freeArenas);
      m.freeArenas = arena;
    }
    arena = w.readPointer(arena, params.arena.next);
  } while (arena !== m.mainArena);
}

/** The calling thread ends: an arena that nobody uses any more waits for the next thread. */
export function releaseArena(m: Ptmalloc): void {
  const arena = m.threadArena;
  m.threadArena = NULL;
  if (arena === NULL || addAttached(m, arena, -1) !== 0) return;
  m.w.writePointer(arena, m.params.arena.nextFree, m.freeArenas);
  m.freeArenas = arena;
}
