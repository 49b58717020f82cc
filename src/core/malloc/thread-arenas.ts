/**
 * The arenas of threads as data: their heaps with the chunks in them, their lists, and the caches of the threads. All is read by
 * peeking, from heap_info and malloc_state on, so that looking at it changes nothing.
 *
 * An arena's heaps are linked from the one that holds top down to the first one, which holds malloc_state too. Every heap but
 * that of top ends in two fenceposts.
 *
 * Source: malloc/arena.c: heap_info, _int_new_arena; malloc/malloc.c: sysmalloc (the fenceposts of an old top).
 */
import type { Range } from '../../base/range.ts';
import { roundDown, roundUp } from '../../base/address.ts';
import { chunkInfo, isListed, lastAtOrBelow, listOf } from './chunk-list.ts';
import type { ChunkList, FreeList } from './chunk-list.ts';
import { HeapCells, tallyOf } from './heap-cells.ts';
import type { Tally } from './heap-cells.ts';
import { furtherArenas } from './heap-places.ts';
import { chunkStates, codeOf, walkFrom } from './heap-walk.ts';
import { heapInfoBytes } from './heap.ts';
import { StillPeek, arenaBins, membersOf, tcacheBins } from './inspect.ts';
import type { ChunkInfo, ChunkState } from './inspect.ts';
import type { Ptmalloc } from './ptmalloc.ts';

/** Members of a list that are followed: corrupted links may run in a circle. */
const mostListed = 2 ** 20;

/** Heaps of one arena that are followed. */
const mostHeaps = 4096;

const TOP = codeOf('top');

/** What is free: the lists of the arenas, and the marks of the chunks on them. */
interface FreeMarks {
  readonly lists: readonly FreeList[];
  /** By address of the chunk. */
  readonly marks: ReadonlyMap<number, { readonly code: number; readonly bin: number }>;
}

/** The lists of the caches of all threads. */
export function tcacheLists(m: Ptmalloc): readonly FreeList[] {
  const peek = new StillPeek(m);
  const lists: FreeList[] = [];
  for (const { thread, address } of m.tcaches)
    tcacheBins(
      m,
      peek,
      address,
      (_, __, links) => membersOf(links, mostListed),
      (state, bin, members, count) => lists.push(listOf(state, bin, members, count, thread)),
    );
  return lists;
}

/** An arena that is not the main one. */
export interface ThreadArena {
  /** From 2, in the order in which they were made: the main arena is the first. */
  readonly number: number;
  /** Its malloc_state. */
  readonly state: Range;
  readonly top: number;
  readonly topSize: number;
  readonly lastRemainder: number;
  readonly systemMem: number;
  readonly maxSystemMem: number;
  /** Threads that have it as theirs, from 0. */
  readonly threads: readonly number[];
  /** By age: the first one holds malloc_state, the last one top. */
  readonly heaps: readonly ArenaHeap[];
  /** Its own lists; caches are their threads'. */
  readonly lists: readonly FreeList[];
}

/** The arenas but the main one, as they are now. */
export function threadArenas(m: Ptmalloc): readonly ThreadArena[] {
  const addresses = furtherArenas(m);
  if (addresses.length === 0) return [];
  const caches = tcacheLists(m);
  return addresses.map((address, index) => threadArena(m, address, index + 2, caches));
}

function threadArena(m: Ptmalloc, address: number, number: number, caches: readonly FreeList[]): ThreadArena {
  const peek = new StillPeek(m);
  const { arena } = m.params;
  const word = (offset: number): number => Number(peek.word(address, offset));
  const own: FreeList[] = [];
  arenaBins(
    m,
    peek,
    address,
    (_, __, links) => membersOf(links, mostListed),
    (state, bin, members, count) => own.push(listOf(state, bin, members, count)),
  );
  const top = word(arena.top);
  const free = marksOf(m, [...caches, ...own]);
  return {
    number,
    state: { start: address, end: address + arena.bytes },
    top,
    topSize: Number(peek.chunksize(top)),
    lastRemainder: word(arena.lastRemainder),
    systemMem: word(arena.systemMem),
    maxSystemMem: word(arena.maxSystemMem),
    threads: m.threadArenas.filter((one) => one.address === address).map(({ thread }) => thread),
    heaps: heapStarts(m, peek, top).map((start) => new ArenaHeap(m, start, { address, top }, free)),
    lists: own,
  };
}

/** The heaps of an arena, the first one first. */
function heapStarts(m: Ptmalloc, peek: StillPeek, top: number): readonly number[] {
  const starts: number[] = [];
  let heap = roundDown(top, m.params.HEAP_MAX_SIZE);
  while (heap !== 0 && starts.length < mostHeaps && !starts.includes(heap)) {
    starts.push(heap);
    heap = Number(peek.word(heap, m.SIZE_SZ));
  }
  return starts.reverse();
}

function marksOf(m: Ptmalloc, lists: readonly FreeList[]): FreeMarks {
  const marks = new Map<number, { readonly code: number; readonly bin: number }>();
  for (const { state, bin, members } of lists) {
    const header = state === 'tcache' ? m.CHUNK_HDR_SZ : 0;
    for (const member of members) marks.set(member - header, { code: codeOf(state), bin });
  }
  return { lists, marks };
}

/** A heap of a thread's arena. */
export class ArenaHeap implements ChunkList {
  readonly isMain = false;
  readonly #m: Ptmalloc;
  readonly #peek: StillPeek;
  readonly #cells: HeapCells | undefined;
  readonly starts: Float64Array;
  readonly stateCodes: Uint8Array;
  readonly #bins: Uint8Array;
  readonly lists: readonly FreeList[];
  readonly isComplete: boolean;
  /** heap_info. */
  readonly info: Range;
  /** The heap before this one of the same arena; 0 of the first one. */
  readonly previous: number;
  /** From heap_info to behind what is in use: heap_info.size. */
  readonly used: Range;
  /** Behind what has been opened by mprotect: heap_info.mprotect_size. */
  readonly openedEnd: number;
  /** Behind what is reserved: HEAP_MAX_SIZE. */
  readonly reservedEnd: number;

  /** Walks a heap from its first chunk to top, or to the fenceposts. */
  constructor(
    m: Ptmalloc,
    start: number,
    arena: { readonly address: number; readonly top: number },
    { lists, marks }: FreeMarks,
  ) {
    this.#m = m;
    this.#peek = new StillPeek(m);
    this.lists = lists;
    const word = (index: number): number => Number(this.#peek.word(start, index * m.SIZE_SZ));
    const maximum = m.params.HEAP_MAX_SIZE;
    this.info = { start, end: start + heapInfoBytes(m) };
    this.previous = word(1);
    this.used = { start, end: start + Math.min(word(2), maximum) };
    this.reservedEnd = start + maximum;
    this.openedEnd = start + Math.min(word(3), maximum);
    const starts: number[] = [];
    const codes: number[] = [];
    const heap = { m, peek: this.#peek, top: arena.top, most: this.used.end - start };
    const end = walkFrom(heap, this.#firstChunk(arena.address), (addr, code) => {
      if (addr >= this.used.end) return false;
      starts.push(addr);
      codes.push(code);
      return true;
    });
    const holdsTop = arena.top >= start && arena.top < start + maximum;
    if (holdsTop) {
      starts.push(arena.top);
      codes.push(TOP);
    }
    this.isComplete = holdsTop ? end === 'top' : end === 'fenceposts';
    this.starts = Float64Array.from(starts);
    this.stateCodes = Uint8Array.from(codes);
    this.#bins = new Uint8Array(starts.length);
    starts.forEach((addr, ordinal) => {
      const mark = addr === arena.top ? undefined : marks.get(addr);
      if (mark === undefined) return;
      this.stateCodes[ordinal] = mark.code;
      this.#bins[ordinal] = mark.bin;
    });
    this.#cells = this.count === 0 ? undefined : HeapCells.of(this);
    this.#cells?.settle();
  }

  /** Where the chunks begin. @source malloc/arena.c: _int_new_arena; malloc/malloc.c: sysmalloc, top of a further heap */
  #firstChunk(arena: number): number {
    const { end } = this.info;
    if (arena !== end) return end;
    const { CHUNK_HDR_SZ, params } = this.#m;
    return roundUp(arena + params.arena.bytes + CHUNK_HDR_SZ, params.MALLOC_ALIGNMENT) - CHUNK_HDR_SZ;
  }

  get count(): number {
    return this.starts.length;
  }

  get range(): Range {
    return { start: this.startOf(0), end: this.startOf(this.count - 1) + this.#m.MINSIZE };
  }

  startOf(ordinal: number): number {
    return this.starts[ordinal] ?? 0;
  }

  endOf(ordinal: number): number {
    const next = this.starts[ordinal + 1];
    if (ordinal < this.count - 2 && next !== undefined) return next;
    const start = this.startOf(ordinal);
    return start + Number(this.#peek.chunksize(start));
  }

  stateOf(ordinal: number): ChunkState {
    return chunkStates[this.stateCodes[ordinal] ?? 0] ?? 'in-use';
  }

  at(addr: number): number {
    return lastAtOrBelow(this.starts, 0, this.count, addr);
  }

  chunk(ordinal: number): ChunkInfo {
    const state = this.stateOf(ordinal);
    const bin = isListed(state) ? this.#bins[ordinal] : undefined;
    return chunkInfo(this.#m, this.#peek, this.startOf(ordinal), { state, bin });
  }

  tally(first: number, end: number): Tally {
    return tallyOf(this, this.#cells, first, end);
  }

  smallEnd(ordinal: number, unit: number): number {
    return this.#cells?.smallEnd(ordinal, unit) ?? ordinal;
  }
}
