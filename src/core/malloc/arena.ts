/**
 * Arenas: which one serves a thread, and the making of further ones.
 *
 * The main arena grows by the break. Every other has its malloc_state at the start of its first heap. A thread keeps the
 * arena it got first. Calls are carried out one after the other here, so that no arena is ever found locked.
 *
 * Source: malloc/arena.c (arena_get, arena_get2, _int_new_arena, reused_arena, get_free_list, arena_get_retry,
 * __malloc_arena_thread_freeres).
 */
import { roundUp } from '../../base/address.ts';
import { say } from '../text/malloc-texts.ts';
import { setHead } from './chunk.ts';
import { heapInfoBytes, heapSize, newHeap, setHeapArena } from './heap.ts';
import { PREV_INUSE } from './params.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import type { Word } from './word.ts';

/** The calling thread's arena, which is chosen now when it has none. @returns 0 when there is no memory for one */
export function arenaGet(m: Ptmalloc, bytes: Word): Word {
  return m.threadArena === 0 ? arenaGet2(m, bytes) : m.threadArena;
}

/** Another arena after this one failed; the main one has its turn first. @source arena_get_retry */
export function arenaGetRetry(m: Ptmalloc, failed: Word, bytes: Word): Word {
  m.why?.push(say('malloc.retry'));
  return failed === m.mainArena ? arenaGet2(m, bytes) : m.mainArena;
}

/** Gives the thread an arena: one that nobody uses, a new one, or one that others use. @source arena_get2 */
function arenaGet2(m: Ptmalloc, bytes: Word): Word {
  const unused = takeFromFreeList(m);
  if (unused !== 0) return unused;
  const limit = arenaLimit(m);
  // Without a limit the subtraction wraps: any number passes.
  if (limit === 0 || m.arenaCount < limit) {
    m.arenaCount += 1;
    const arena = newArena(m, bytes);
    if (arena === 0) m.arenaCount -= 1;
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
function newArena(m: Ptmalloc, bytes: Word): Word {
  const { w, params } = m;
  const header = heapInfoBytes(m);
  const own = header + params.arena.bytes + params.MALLOC_ALIGNMENT;
  // A request that no heap could hold still gets an arena: the chunk itself may become a mapping.
  let heap = newHeap(m, w.add(bytes, own));
  if (heap === 0) heap = newHeap(m, own);
  if (heap === 0) return 0;
  const arena = heap + header;
  setHeapArena(m, heap, arena);
  m.initState(arena);
  w.write(arena, params.arena.attachedThreads, 1);
  const size = Number(heapSize(m, heap));
  m.setSystemMem(arena, size);
  m.setMaxSystemMem(arena, size);
  // The first chunk starts where its user address is aligned.
  const mem = roundUp(arena + params.arena.bytes + m.CHUNK_HDR_SZ, params.MALLOC_ALIGNMENT);
  const top = mem - m.CHUNK_HDR_SZ;
  m.setTop(arena, top);
  setHead(m, top, heap + size - top + PREV_INUSE);
  w.write(arena, params.arena.next, w.read(m.mainArena, params.arena.next));
  w.write(m.mainArena, params.arena.next, arena);
  attach(m, arena);
  m.why?.push(say('malloc.newArena', { arena, count: m.arenaCount }));
  return arena;
}

/** An arena that others use, in turn. @source reused_arena */
function reusedArena(m: Ptmalloc): Word {
  const { w, params } = m;
  const arena = m.nextArena === 0 ? m.mainArena : m.nextArena;
  removeFromFreeList(m, arena);
  w.write(arena, params.arena.attachedThreads, w.add(w.read(arena, params.arena.attachedThreads), 1));
  attach(m, arena);
  m.nextArena = w.read(arena, params.arena.next);
  m.why?.push(say('malloc.reusedArena', { arena: Number(arena) }));
  return arena;
}

/** An arena whose threads have all ended. @source get_free_list */
function takeFromFreeList(m: Ptmalloc): Word {
  const { w, params } = m;
  const arena = m.freeArenas;
  if (arena === 0) return 0;
  m.freeArenas = w.read(arena, params.arena.nextFree);
  w.write(arena, params.arena.attachedThreads, 1);
  attach(m, arena);
  m.why?.push(say('malloc.freeArena', { arena: Number(arena) }));
  return arena;
}

function removeFromFreeList(m: Ptmalloc, arena: Word): void {
  const { w, params } = m;
  if (m.freeArenas === arena) m.freeArenas = w.read(arena, params.arena.nextFree);
  for (let at = m.freeArenas; at !== 0; at = w.read(at, params.arena.nextFree)) {
    if (w.read(at, params.arena.nextFree) !== arena) continue;
    w.write(at, params.arena.nextFree, w.read(arena, params.arena.nextFree));
    return;
  }
}

/** Makes an arena the thread's; the one before loses it. */
function attach(m: Ptmalloc, arena: Word): void {
  const before = m.threadArena;
  m.threadArena = arena;
  if (before !== 0) addAttached(m, before, -1);
}

function addAttached(m: Ptmalloc, arena: Word, difference: 1 | -1): Word {
  const { attachedThreads } = m.params.arena;
  const count = m.w.add(m.w.read(arena, attachedThreads), 0);
  const changed = difference === 1 ? m.w.add(count, 1) : m.w.sub(count, 1);
  m.w.write(arena, attachedThreads, changed);
  return changed;
}

/** The calling thread ends: an arena that nobody uses any more waits for the next thread. */
export function releaseArena(m: Ptmalloc): void {
  const arena = m.threadArena;
  m.threadArena = 0;
  if (arena === 0 || addAttached(m, arena, -1) !== 0) return;
  m.w.write(arena, m.params.arena.nextFree, m.freeArenas);
  m.freeArenas = arena;
}
