/**
 * Which arena a place belongs to, by its heap. Reads without any effect on the process.
 *
 * Source: malloc/arena.c: heap_for_ptr, heap_info.
 */
import { roundDown } from '../../base/address.ts';
import { Peek } from './inspect.ts';
import type { Ptmalloc } from './ptmalloc.ts';

/** More arenas than a process has. */
const mostArenas = 4096;

/**
 * The number of the arena whose heap an address lies in, counted from 2: the main one is the first and has no such heap.
 *
 * @returns undefined where no heap lies
 */
export function arenaOfHeap(m: Ptmalloc, addr: number): number | undefined {
  if (m.arenaCount < 2) return undefined;
  const peek = new Peek(m);
  const heap = roundDown(addr, m.params.HEAP_MAX_SIZE);
  // The heap's first word is its arena's address.
  const arena = Number(peek.word(heap));
  if (arena === 0) return undefined;
  const arenas: number[] = [];
  let at = Number(peek.word(m.mainArenaAddress, m.params.arena.next));
  while (at !== 0 && at !== m.mainArenaAddress && arenas.length < mostArenas) {
    arenas.push(at);
    at = Number(peek.word(at, m.params.arena.next));
  }
  // New arenas are put behind the main one: the one made first is the last.
  const index = arenas.indexOf(arena);
  return index < 0 ? undefined : arenas.length - index + 1;
}
