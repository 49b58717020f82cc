/**
 * The chunks of the main heap in columns: a million of them are walked in some ten milliseconds, where objects take seconds.
 *
 * The walk and its ends are those of inspect.ts, which has the same facts as objects.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { Range } from '../../base/range.ts';
import { flagsOf, withoutFlags } from './chunk.ts';
import { StillPeek, firstChunk, freeLists, inspectArena, tcacheAddress } from './inspect.ts';
import type { ArenaInfo, ChunkInfo, ChunkState } from './inspect.ts';
import { IS_MMAPPED, NON_MAIN_ARENA, PREV_INUSE } from './params.ts';
import type { Ptmalloc } from './ptmalloc.ts';

/** The states by their codes. */
export const chunkStates: readonly ChunkState[] = [
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

const [IN_USE, TCACHE_STRUCT, TOP, FENCEPOST, LOST] = (
  ['in-use', 'tcache-struct', 'top', 'fencepost', 'lost'] as const
).map((state) => chunkStates.indexOf(state)) as [number, number, number, number, number];

/** Lists and walks are followed as far as this; more chunks do not fit into a simulated memory. */
const mostChunks = 2 ** 27;

/** Pages of a heap that are counted one by one: 16 GiB. */
const mostPages = 2 ** 22;

/** Members of a list that are followed in any case: corrupted sizes may hide chunks that are on lists. */
const leastListed = 4096;

const stateOfBin = (bin: number): FreeList['state'] =>
  bin === 1 ? 'unsorted' : bin < 64 ? 'small' : 'large';

/** A list of free chunks. */
export interface FreeList {
  readonly state: 'tcache' | 'fastbin' | 'unsorted' | 'small' | 'large';
  readonly bin: number;
  /** In list order: addresses of chunks, of blocks in the tcache. */
  readonly members: readonly number[];
  /** What the counter of a tcache bin says; else the number of members. */
  readonly count: number;
}

/** The heap of the main arena at a moment, by ordinal: 0 is the lowest chunk, the last one is top. */
export class HeapIndex {
  readonly #m: Ptmalloc;
  readonly #peek: StillPeek;
  #starts = new Float64Array(1024);
  #states = new Uint8Array(1024);
  #bins = new Uint8Array(1024);
  #count = 0;
  /** See {@link #countByPage}. */
  #below: Int32Array | undefined;
  /** The arena without its chunks and lists. */
  readonly arena: ArenaInfo;
  /** The lists that hold something, or whose counter says so, in the order of {@link freeLists}. */
  readonly lists: readonly FreeList[];
  /** Whether the walk reached top. */
  readonly isComplete: boolean;

  /** Each free chunk is on one list, at a place where the walk finds a chunk: lists may be followed in parts. */
  #isPlain = true;

  /**
   * Walks the heap.
   *
   * @param before - the same heap at another moment: it must not be used any more, what is the same is taken from it
   * @param changed - ranges of addresses whose content differs
   */
  constructor(m: Ptmalloc, before?: HeapIndex, changed: readonly Range[] = []) {
    this.#m = m;
    this.#peek = new StillPeek(m);
    this.arena = inspectArena(m, 0);
    const lists =
      before?.arena.ready === true && this.arena.ready && this.#isAsBefore(before, changed)
        ? this.#renewed(before, changed)
        : undefined;
    if (lists !== undefined) {
      this.isComplete = true;
      this.lists = lists;
      return;
    }
    this.isComplete = this.arena.ready && this.#walk();
    if (this.arena.ready) this.#below = this.#countByPage();
    this.lists = this.arena.ready ? this.#markFree() : [];
  }

  /** Whether the chunks lie as before: no header has changed. */
  #isAsBefore(before: HeapIndex, changed: readonly Range[]): boolean {
    const { top, heapStart } = this.arena;
    if (!before.isComplete || !before.#isPlain) return false;
    if (top !== before.arena.top || heapStart !== before.arena.heapStart) return false;
    if (this.arena.tcacheStruct !== before.arena.tcacheStruct) return false;
    const { SIZE_SZ } = this.#m;
    return changed.every(({ start, end }) => {
      const last = before.at(end - 1 - SIZE_SZ);
      // The header of the last chunk that has its size word below the end of the range.
      return last < 0 || before.startOf(last) + 2 * SIZE_SZ <= start;
    });
  }

  /** Takes the chunks as they were, and follows only the lists that have changed. @returns undefined where that is not enough */
  #renewed(before: HeapIndex, changed: readonly Range[]): readonly FreeList[] | undefined {
    this.#starts = before.#starts;
    this.#states = before.#states;
    this.#bins = before.#bins;
    this.#below = before.#below;
    this.#count = before.#count;
    const lists = this.#renewLists(before, changed);
    if (this.#isPlain) return lists;
    this.#starts = new Float64Array(1024);
    this.#states = new Uint8Array(1024);
    this.#bins = new Uint8Array(1024);
    this.#count = 0;
    this.#isPlain = true;
    return undefined;
  }

  #renewLists(before: HeapIndex, changed: readonly Range[]): readonly FreeList[] {
    const touched = new Set<string>();
    for (const { start, end } of changed) {
      const first = Math.max(0, before.at(start - 1 - 2 * this.#m.SIZE_SZ));
      const last = before.at(end - 1);
      for (let at = first; at <= last; at++) touched.add(`${before.stateOf(at)} ${String(this.#bins[at])}`);
    }
    const old = new Map(before.lists.map((list) => [`${list.state} ${String(list.bin)}`, list]));
    const lists: FreeList[] = [];
    const renewed: FreeList[] = [];
    freeLists(
      this.#m,
      this.#peek,
      Math.max(this.#count, leastListed),
      (state, bin, members, count) => {
        const key = `${state} ${String(bin)}`;
        const known = old.get(key);
        const list = { state, bin, members, count };
        lists.push(list);
        if (known?.members === members) old.delete(key);
        else renewed.push(list);
      },
      (family, bin, first) => {
        const state = family === 'bin' ? stateOfBin(bin) : family;
        const key = `${state} ${String(bin)}`;
        const members = old.get(key)?.members;
        return members?.[0] === first && !touched.has(key) ? members : undefined;
      },
    );
    for (const list of old.values()) this.#mark(list, true);
    for (const list of renewed) this.#mark(list, false);
    return lists;
  }

  get count(): number {
    return this.#count;
  }

  /** From the lowest chunk to behind the header of the highest one. */
  get range(): Range {
    return { start: this.startOf(0), end: this.startOf(this.#count - 1) + this.#m.MINSIZE };
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

  /** Its size by its header. */
  sizeOf(ordinal: number): number {
    return this.endOf(ordinal) - this.startOf(ordinal);
  }

  stateOf(ordinal: number): ChunkState {
    return chunkStates[this.#states[ordinal] ?? 0] ?? 'in-use';
  }

  /** Ordinal of the last chunk that starts at or below an address; -1 when there is none. */
  at(addr: number): number {
    return this.#search(addr, 0, this.#count);
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

  /** Codes of the states of the chunks, indices of {@link chunkStates}: valid up to {@link count}. */
  get stateCodes(): Uint8Array {
    return this.#states;
  }

  /** Where the chunks start, likewise. */
  get starts(): Float64Array {
    return this.#starts;
  }

  #push(addr: number, code: number): void {
    if (this.#count === this.#starts.length) {
      this.#starts = grown(this.#starts, new Float64Array(2 * this.#count));
      this.#states = grown(this.#states, new Uint8Array(2 * this.#count));
      this.#bins = grown(this.#bins, new Uint8Array(2 * this.#count));
    }
    this.#starts[this.#count] = addr;
    this.#states[this.#count] = code;
    this.#count += 1;
  }

  /** As walkChunks of inspect.ts; free chunks are marked later. */
  #walk(): boolean {
    const m = this.#m;
    const peek = this.#peek;
    const { top, heapStart } = this.arena;
    const most = Number(peek.word(m.mainArenaAddress, m.params.arena.maxSystemMem));
    const tcache = tcacheAddress(m);
    const { SIZE_SZ, CHUNK_HDR_SZ, MINSIZE } = m;
    let p = firstChunk(m, heapStart);
    let fenceposts = 0;
    let raw = peek.word(p, SIZE_SZ);
    while (this.#count < mostChunks && p !== top) {
      const size = Number(withoutFlags(raw));
      const next = peek.at(p + size + SIZE_SZ);
      const isFencepost = size < MINSIZE;
      const isUsed = (flagsOf(next) & PREV_INUSE) !== 0;
      if (p + CHUNK_HDR_SZ === tcache) this.#push(p, TCACHE_STRUCT);
      else if (isFencepost) this.#push(p, FENCEPOST);
      else this.#push(p, isUsed ? IN_USE : LOST);
      fenceposts = isFencepost ? fenceposts + 1 : 0;
      if (fenceposts === 2 || size < CHUNK_HDR_SZ || size > most) break;
      p += size;
      raw = next;
    }
    const reached = p === top;
    this.#push(top, TOP);
    return reached;
  }

  #markFree(): readonly FreeList[] {
    const lists: FreeList[] = [];
    // A list with more members than there are chunks runs in a circle, as after a double free.
    freeLists(this.#m, this.#peek, Math.max(this.#count, leastListed), (state, bin, members, count) => {
      const list = { state, bin, members, count };
      lists.push(list);
      this.#mark(list, false);
    });
    return lists;
  }

  /** Notes the list that chunks are on, or takes it back. */
  #mark({ state, bin, members }: FreeList, isGone: boolean): void {
    const listed = chunkStates.indexOf(state);
    const unlisted = state === 'tcache' || state === 'fastbin' ? IN_USE : LOST;
    const header = state === 'tcache' ? this.#m.CHUNK_HDR_SZ : 0;
    const base = Math.floor(this.startOf(0) / PAGE_SIZE);
    for (const at of members) {
      const start = at - header;
      const page = Math.floor(start / PAGE_SIZE) - base;
      const near = this.#search(start, this.#below?.[page] ?? 0, this.#below?.[page + 1] ?? this.#count);
      // Top is no member of a list, whatever a corrupted link says.
      if (near < 0 || near === this.#count - 1 || this.#starts[near] !== start) {
        this.#isPlain = false;
        continue;
      }
      if (!isGone && this.#states[near] !== unlisted) this.#isPlain = false;
      this.#states[near] = isGone ? unlisted : listed;
      this.#bins[near] = isGone ? 0 : bin;
    }
  }

  /**
   * For each page from that of the lowest chunk on, how many chunks start below it.
   *
   * @returns undefined for a heap of pages in which next to nothing starts
   */
  #countByPage(): Int32Array | undefined {
    const base = Math.floor(this.startOf(0) / PAGE_SIZE);
    const pages = Math.floor(this.startOf(this.#count - 1) / PAGE_SIZE) - base + 1;
    if (!(pages <= mostPages)) return undefined;
    const below = new Int32Array(pages + 1);
    let page = 0;
    for (let ordinal = 0; ordinal < this.#count; ordinal++) {
      const own = Math.floor((this.#starts[ordinal] ?? 0) / PAGE_SIZE) - base;
      if (own > page) below.fill(ordinal, page + 1, own + 1);
      page = Math.max(own, page);
    }
    below.fill(this.#count, page + 1);
    return below;
  }

  /** Ordinal of the last chunk of [low, high) that starts at or below an address; the one below them when none does. */
  #search(addr: number, low: number, high: number): number {
    let from = low;
    let to = high;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#starts[middle] ?? 0) <= addr) from = middle + 1;
      else to = middle;
    }
    return from - 1;
  }
}

function grown<Column extends Float64Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
