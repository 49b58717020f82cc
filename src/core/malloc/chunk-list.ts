/**
 * Chunks that lie one behind the other, as pictures ask for them: a heap of the main arena, or of a thread's.
 */
import { firstBeyond } from '../../base/bisect.ts';
import type { Range } from '../../base/range.ts';
import { flagsOf, withoutFlags } from './chunk.ts';
import type { Tally } from './heap-cells.ts';
import type { ChunkInfo, ChunkState, Peek } from './inspect.ts';
import { IS_MMAPPED, NON_MAIN_ARENA, PREV_INUSE } from './params.ts';
import type { Ptmalloc } from './ptmalloc.ts';

/** A list of free chunks. */
export interface FreeList {
  readonly state: 'tcache' | 'fastbin' | 'unsorted' | 'small' | 'large';
  readonly bin: number;
  /** The thread whose tcache it is in, from 0; undefined of the lists of an arena. */
  readonly thread: number | undefined;
  /** In list order: addresses of chunks, of blocks in the tcache. */
  readonly members: readonly number[];
  /** What the counter of a tcache bin says; else the number of members. */
  readonly count: number;
}

/** Chunks by ordinal, in order of address. */
export interface ChunkList {
  /** Whether the heap is the main arena's: top then ends at the break. */
  readonly isMain: boolean;
  readonly count: number;
  /** From the lowest chunk to behind the header of the highest one. */
  readonly range: Range;
  /** The lists that its free chunks may be on. */
  readonly lists: readonly FreeList[];
  /** Whether the walk from the first chunk came to the last one. */
  readonly isComplete: boolean;
  startOf(ordinal: number): number;
  endOf(ordinal: number): number;
  stateOf(ordinal: number): ChunkState;
  /** Ordinal of the last chunk that starts at or below an address; -1 when there is none. */
  at(addr: number): number;
  /** A chunk with all that its header says. */
  chunk(ordinal: number): ChunkInfo;
  /** The chunks from ordinal `first` up to and without `end`, by the code of their state. */
  tally(first: number, end: number): Tally;
  /** See HeapCells.smallEnd. */
  smallEnd(ordinal: number, unit: number): number;
}

/** A list as it was found; only caches are a thread's. */
export function listOf(
  state: FreeList['state'],
  bin: number,
  members: readonly number[],
  count: number,
  thread = 0,
): FreeList {
  return { state, bin, thread: state === 'tcache' ? thread : undefined, members, count };
}

/** A chunk with what its header says. */
export function chunkInfo(
  m: Ptmalloc,
  peek: Peek,
  addr: number,
  { state, bin }: { readonly state: ChunkState; readonly bin: number | undefined },
): ChunkInfo {
  const raw = peek.word(addr, m.SIZE_SZ);
  const flags = flagsOf(raw);
  const size = Number(withoutFlags(raw));
  return {
    addr,
    mem: addr + m.CHUNK_HDR_SZ,
    prevSize: peek.word(addr),
    size,
    prevInuse: (flags & PREV_INUSE) !== 0,
    mmapped: (flags & IS_MMAPPED) !== 0,
    nonMainArena: (flags & NON_MAIN_ARENA) !== 0,
    state,
    bin: isListed(state) ? bin : undefined,
    usable: Math.max(0, size - m.SIZE_SZ),
  };
}

/** Whether chunks of a state are on a list. */
export const isListed = (state: ChunkState): boolean =>
  state === 'tcache' || state === 'fastbin' || state === 'unsorted' || state === 'small' || state === 'large';

/** Index of the last of the values of [low, high), which ascend, that is at most `addr`; the one below them when none is. */
export const lastAtOrBelow = (starts: ArrayLike<number>, low: number, high: number, addr: number): number =>
  firstBeyond(low, high, (index) => (starts[index] ?? 0) <= addr) - 1;
