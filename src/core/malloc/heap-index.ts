/**
 * The chunks of the main heap in columns: a million of them are walked in some ten milliseconds, where objects take seconds.
 *
 * The walk and its ends are those of inspect.ts, which has the same facts as objects.
 */
import { flagsOf, withoutFlags } from './chunk.ts';
import { StillPeek, firstChunk, freeLists, inspectArena, tcacheAddress } from './inspect.ts';
import type { ArenaInfo, ChunkInfo, ChunkState } from './inspect.ts';
import { IS_MMAPPED, NON_MAIN_ARENA, PREV_INUSE } from './params.ts';
import type { Ptmalloc } from './ptmalloc.ts';

const states: readonly ChunkState[] = [
  'in-use',
  'tcache-struct',
  'tcache',
  'fastbin',
  'unsorted',
  'small',
  'large',
  'top',
  'fencepost',
  'lost',
];

/** Lists and walks are followed as far as this; more chunks do not fit into a simulated memory. */
const mostChunks = 2 ** 27;

/** Members of a list that are followed in any case: corrupted sizes may hide chunks that are on lists. */
const leastListed = 4096;

/** The heap of the main arena at a moment, by ordinal: 0 is the lowest chunk, the last one is top. */
export class HeapIndex {
  readonly #m: Ptmalloc;
  readonly #peek: StillPeek;
  #starts = new Float64Array(1024);
  #states = new Uint8Array(1024);
  #bins = new Uint8Array(1024);
  #count = 0;
  /** The arena without its chunks and lists. */
  readonly arena: ArenaInfo;
  /** Blocks of the tcache in list order, by bin. */
  readonly tcache: ReadonlyMap<number, readonly number[]>;
  /** Whether the walk reached top. */
  readonly isComplete: boolean;

  constructor(m: Ptmalloc) {
    this.#m = m;
    this.#peek = new StillPeek(m);
    this.arena = inspectArena(m, 0);
    this.isComplete = this.arena.ready && this.#walk();
    this.tcache = this.arena.ready ? this.#markFree() : new Map();
  }

  get count(): number {
    return this.#count;
  }

  /** Address of a chunk. */
  startOf(ordinal: number): number {
    return this.#starts[ordinal] ?? 0;
  }

  /** Where a chunk ends, by its header. */
  endOf(ordinal: number): number {
    const next = this.#starts[ordinal + 1];
    // The last but one ends where its header says, when the walk did not reach top.
    if (ordinal < this.#count - 2 && next !== undefined) return next;
    return this.startOf(ordinal) + Number(this.#peek.chunksize(this.startOf(ordinal)));
  }

  stateOf(ordinal: number): ChunkState {
    return states[this.#states[ordinal] ?? 0] ?? 'in-use';
  }

  /** Ordinal of the last chunk that starts at or below an address; -1 when there is none. */
  at(addr: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= addr) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** A chunk with all that its header says. */
  chunk(ordinal: number): ChunkInfo {
    const m = this.#m;
    const addr = this.startOf(ordinal);
    const raw = this.#peek.word(addr, m.SIZE_SZ);
    const flags = flagsOf(raw);
    const size = Number(withoutFlags(raw));
    const state = this.stateOf(ordinal);
    const isListed =
      state === 'tcache' ||
      state === 'fastbin' ||
      state === 'unsorted' ||
      state === 'small' ||
      state === 'large';
    return {
      addr,
      mem: addr + m.CHUNK_HDR_SZ,
      prevSize: this.#peek.word(addr),
      size,
      prevInuse: (flags & PREV_INUSE) !== 0,
      mmapped: (flags & IS_MMAPPED) !== 0,
      nonMainArena: (flags & NON_MAIN_ARENA) !== 0,
      state,
      bin: isListed ? this.#bins[ordinal] : undefined,
      usable: Math.max(0, size - m.SIZE_SZ),
    };
  }

  #push(addr: number, state: ChunkState): void {
    if (this.#count === this.#starts.length) {
      this.#starts = grown(this.#starts, new Float64Array(2 * this.#count));
      this.#states = grown(this.#states, new Uint8Array(2 * this.#count));
      this.#bins = grown(this.#bins, new Uint8Array(2 * this.#count));
    }
    this.#starts[this.#count] = addr;
    this.#states[this.#count] = states.indexOf(state);
    this.#count += 1;
  }

  /** As walkChunks of inspect.ts; free chunks are marked later. */
  #walk(): boolean {
    const m = this.#m;
    const peek = this.#peek;
    const { top, heapStart } = this.arena;
    const most = Number(peek.word(m.mainArenaAddress, m.params.arena.maxSystemMem));
    const tcache = tcacheAddress(m);
    let p = firstChunk(m, heapStart);
    let fenceposts = 0;
    let raw = peek.word(p, m.SIZE_SZ);
    while (this.#count < mostChunks && p !== top) {
      const size = Number(withoutFlags(raw));
      const next = peek.word(p + size, m.SIZE_SZ);
      const isFencepost = size < m.MINSIZE;
      const isUsed = (flagsOf(next) & PREV_INUSE) !== 0;
      const state =
        p + m.CHUNK_HDR_SZ === tcache
          ? 'tcache-struct'
          : isFencepost
            ? 'fencepost'
            : isUsed
              ? 'in-use'
              : 'lost';
      this.#push(p, state);
      fenceposts = isFencepost ? fenceposts + 1 : 0;
      if (fenceposts === 2 || size < m.CHUNK_HDR_SZ || size > most) break;
      p += size;
      raw = next;
    }
    const reached = p === top;
    this.#push(top, 'top');
    return reached;
  }

  #markFree(): ReadonlyMap<number, readonly number[]> {
    const tcache = new Map<number, readonly number[]>();
    // A list with more members than there are chunks runs in a circle, as after a double free.
    freeLists(this.#m, this.#peek, Math.max(this.#count, leastListed), (state, bin, list) => {
      if (state === 'tcache') tcache.set(bin, list);
      const code = states.indexOf(state);
      const header = state === 'tcache' ? this.#m.CHUNK_HDR_SZ : 0;
      let last = 0;
      for (const at of list) {
        const start = at - header;
        // Lists often follow the order of addresses.
        const near = this.#starts[last + 1] === start ? last + 1 : this.at(start);
        // Top is no member of a list, whatever a corrupted link says.
        if (near < 0 || near === this.#count - 1 || this.#starts[near] !== start) continue;
        last = near;
        this.#states[near] = code;
        this.#bins[near] = bin;
      }
    });
    return tcache;
  }
}

function grown<Column extends Float64Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
