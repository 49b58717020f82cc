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

/** The addresses of the arenas but the main one, in the order in which they were made. */
export function furtherArenas(m: Ptmalloc): readonly number[] {
  if (m.arenaCount < 2) return [];
  const peek = new Peek(m);
  const next = (arena: number): number => Number(peek.word(arena, m.params.arena.next));
  const arenas: number[] = [];
  for (let at = next(m.mainArenaAddress); at !== 0 && at !== m.mainArenaAddress; at = next(at)) {
    if (arenas.length >= mostArenas || arenas.includes(at)) break;
    arenas.push(at);
  }
  // New arenas are put behind the main one: the one made first is the last.
  return arenas.reverse();
}

/**
 * The number of the arena whose heap an address lies in, counted from 2: the main one is the first and has no such heap.
 *
 * @returns undefined where no heap lies
 */
export function arenaOfHeap(m: Ptmalloc, addr: number): number | undefined {
  const arenas = furtherArenas(m);
  if (arenas.length === 0) return undefined;
  // The heap's first word is its arena's address.
  const arena = Number(new Peek(m).word(roundDown(addr, m.params.HEAP_MAX_SIZE)));
  const index = arenas.indexOf(arena);
  return index < 0 ? undefined : index + 2;
}
