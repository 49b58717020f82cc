/**
 * The chunks of the main heap in columns: a million of them are walked in some ten milliseconds, where objects take seconds; at
 * another moment of the same heap only what has changed is walked and followed.
 */
import type { Range } from '../../base/range.ts';
import { chunkInfo, lastAtOrBelow, listOf } from './chunk-list.ts';
import type { ChunkList, FreeList } from './chunk-list.ts';
import { HeapCells, tallyOf } from './heap-cells.ts';
import type { Tally } from './heap-cells.ts';
import { chunkStates, codeOf, firstFrom, rewalk, walkHeap } from './heap-walk.ts';
import type { HeapEdit } from './heap-walk.ts';
import {
  StillPeek,
  arenaBins,
  firstChunk,
  freeLists,
  inspectArena,
  membersOf,
  tcacheBins,
} from './inspect.ts';
import type { ArenaInfo, ChunkInfo, ChunkState, FindMembers, ListListener } from './inspect.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { renewedList } from './renewed-list.ts';

/** Members of a list that are followed in any case: corrupted sizes may hide chunks that are on lists. */
const leastListed = 4096;

/** Where chunks are split and merged at more places than this, the whole heap is walked: each moves what is behind it. */
const mostMoves = 16;

const IN_USE = codeOf('in-use');
const FENCEPOST = codeOf('fencepost');
const LOST = codeOf('lost');
const [FIRST_LISTED, LAST_LISTED] = [codeOf('tcache'), codeOf('large')];

/** The heap of the main arena at a moment, by ordinal: 0 is the lowest chunk, the last one is top. */
export class HeapIndex implements ChunkList {
  readonly isMain = true;
  readonly #m: Ptmalloc;
  readonly #peek: StillPeek;
  #starts = new Float64Array(1024);
  #states = new Uint8Array(1024);
  #bins = new Uint8Array(1024);
  #count = 0;
  #cells: HeapCells | undefined;
  /** The arena without its chunks and lists. */
  readonly arena: ArenaInfo;
  /** The lists that hold something, or whose counter says so, in the order of {@link freeLists}. */
  readonly lists: readonly FreeList[];
  /** Whether the walk reached top. */
  readonly isComplete: boolean;

  /** There is no fencepost, and each free chunk is on one list, at a place where the walk finds a chunk. */
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
    const lists = before === undefined ? undefined : this.#renewed(before, changed);
    this.isComplete = lists !== undefined || this.#walk();
    this.lists = lists ?? this.#markFree();
    this.#cells?.settle();
  }

  /** Walks and follows what is not as before. @returns the lists; undefined where all is to be walked and followed */
  #renewed(before: HeapIndex, changed: readonly Range[]): readonly FreeList[] | undefined {
    const { ready, heapStart, tcacheStruct } = this.arena;
    const { arena } = before;
    if (!ready || !arena.ready || !before.isComplete || !before.#isPlain || this.#m.multiThreaded)
      return undefined;
    if (heapStart !== arena.heapStart || tcacheStruct !== arena.tcacheStruct) return undefined;
    const edits = rewalk({ m: this.#m, peek: this.#peek, arena: this.arena }, before, changed);
    if (edits === undefined || edits.filter(movesOthers).length > mostMoves) return undefined;
    const touched = before.#touched(changed);
    const lifted = before.#listedIn(edits);
    const places = edits.map((edit) => before.#placeOf(edit));
    this.#starts = before.#starts;
    this.#states = before.#states;
    this.#bins = before.#bins;
    this.#count = before.#count;
    this.#edit(edits);
    this.#cells = HeapCells.of(this, before.#cells, places);
    const lists = this.#renewLists(before.lists, touched, lifted);
    return this.#isPlain ? lists : undefined;
  }

  /** Members of lists whose links may have changed, by list. */
  #touched(changed: readonly Range[]): ReadonlyMap<string, ReadonlySet<number>> {
    const touched = new Map<string, Set<number>>();
    const { SIZE_SZ } = this.#m;
    for (const { start, end } of changed) {
      const last = firstFrom(this, end - 2 * SIZE_SZ);
      for (let at = firstFrom(this, start - 3 * SIZE_SZ + 1); at < last; at++) {
        const code = this.#states[at] ?? 0;
        if (!isListed(code)) continue;
        const key = keyOf(code, this.#bins[at] ?? 0);
        touched.set(key, (touched.get(key) ?? new Set()).add(this.startOf(at) + this.#headerOf(code)));
      }
    }
    return touched;
  }

  /** The chunks on lists that edits replace, by address of the chunk. */
  #listedIn(edits: readonly HeapEdit[]): Map<number, Listing> {
    const listed = new Map<number, Listing>();
    for (const { first, end } of edits) {
      for (let at = first; at < end; at++) {
        const code = this.#states[at] ?? 0;
        if (isListed(code)) listed.set(this.startOf(at), { code, bin: this.#bins[at] ?? 0 });
      }
    }
    return listed;
  }

  /** Where the chunks of an edit lie, before and after it. */
  #placeOf({ first, end, starts }: HeapEdit): Range {
    const behind = end < this.#count ? this.startOf(end) : this.startOf(this.#count - 1) + 1;
    return { start: this.startOf(first), end: Math.max(behind, (starts.at(-1) ?? 0) + 1) };
  }

  #edit(edits: readonly HeapEdit[]): void {
    // From the highest one down, so that ordinals below stay what they were.
    for (const edit of [...edits].reverse()) {
      const { first, end, starts, codes } = edit;
      const behind = first + starts.length;
      const count = this.#count + behind - end;
      while (count > this.#starts.length) this.#grow();
      if (behind !== end) {
        this.#starts.copyWithin(behind, end, this.#count);
        this.#states.copyWithin(behind, end, this.#count);
        this.#bins.copyWithin(behind, end, this.#count);
      }
      this.#count = count;
      this.#starts.set(starts, first);
      this.#states.set(codes, first);
      this.#bins.fill(0, first, behind);
    }
  }

  #renewLists(
    before: readonly FreeList[],
    touched: ReadonlyMap<string, ReadonlySet<number>>,
    lifted: Map<number, Listing>,
  ): readonly FreeList[] {
    const old = new Map(before.map((list) => [keyOf(codeOf(list.state), list.bin), list]));
    const left: [Listing, readonly number[]][] = [];
    const joined: [Listing, readonly number[]][] = [];
    const lists: FreeList[] = [];
    freeLists(
      this.#m,
      this.#peek,
      (state, bin, links) => {
        const listing = { code: codeOf(state), bin };
        const key = keyOf(listing.code, bin);
        const known = old.get(key)?.members ?? [];
        old.delete(key);
        const renewed = renewedList(known, touched.get(key) ?? new Set(), links);
        const members = renewed?.members ?? membersOf(links, this.#mostListed);
        left.push([listing, renewed?.gone ?? known]);
        joined.push([listing, renewed?.added ?? members]);
        return members;
      },
      (state, bin, members, count) => lists.push(listOf(state, bin, members, count)),
    );
    for (const { state, bin, members } of old.values()) left.push([{ code: codeOf(state), bin }, members]);
    for (const [listing, members] of left) {
      const header = this.#headerOf(listing.code);
      // What an edit has replaced is marked no more.
      for (const member of members)
        if (!lifted.delete(member - header)) this.#unmark(listing, member - header);
    }
    for (const [start, listing] of lifted) this.#mark(listing, start);
    for (const [listing, members] of joined) {
      const header = this.#headerOf(listing.code);
      for (const member of members) this.#mark(listing, member - header);
    }
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
    return lastAtOrBelow(this.#starts, 0, this.#count, addr);
  }

  /** A chunk with all that its header says. */
  chunk(ordinal: number): ChunkInfo {
    const header = { state: this.stateOf(ordinal), bin: this.#bins[ordinal] };
    return chunkInfo(this.#m, this.#peek, this.startOf(ordinal), header);
  }

  /** The chunks from ordinal `first` up to and without `end`, by the code of their state. */
  tally(first: number, end: number): Tally {
    return tallyOf(this, this.#cells, first, end);
  }

  /** See {@link HeapCells.smallEnd}. */
  smallEnd(ordinal: number, unit: number): number {
    return this.#cells?.smallEnd(ordinal, unit) ?? ordinal;
  }

  /** Codes of the states of the chunks, indices of {@link chunkStates}: valid up to {@link count}. */
  get stateCodes(): Uint8Array {
    return this.#states;
  }

  /** Where the chunks start, likewise. */
  get starts(): Float64Array {
    return this.#starts;
  }

  #grow(): void {
    const length = 2 * this.#starts.length;
    this.#starts = grown(this.#starts, new Float64Array(length));
    this.#states = grown(this.#states, new Uint8Array(length));
    this.#bins = grown(this.#bins, new Uint8Array(length));
  }

  /** As walkChunks of inspect.ts; free chunks are marked later. */
  #walk(): boolean {
    this.#starts = new Float64Array(1024);
    this.#states = new Uint8Array(1024);
    this.#bins = new Uint8Array(1024);
    this.#count = 0;
    this.#isPlain = true;
    this.#cells = undefined;
    if (!this.arena.ready) return false;
    const heap = { m: this.#m, peek: this.#peek, arena: this.arena };
    return walkHeap(heap, firstChunk(this.#m, this.arena.heapStart), (addr, code) => {
      if (this.#count === this.#starts.length) this.#grow();
      this.#starts[this.#count] = addr;
      this.#states[this.#count] = code;
      this.#count += 1;
      if (code === FENCEPOST) this.#isPlain = false;
      return true;
    });
  }

  /** A list with more members than there are chunks runs in a circle, as after a double free. */
  get #mostListed(): number {
    return Math.max(this.#count, leastListed);
  }

  #markFree(): readonly FreeList[] {
    if (!this.arena.ready) return [];
    this.#cells = HeapCells.of(this);
    const lists: FreeList[] = [];
    const m = this.#m;
    const find: FindMembers = (_, __, links) => membersOf(links, this.#mostListed);
    const hear = (thread: number): ListListener => {
      return (state, bin, members, count) => {
        lists.push(listOf(state, bin, members, count, thread));
        const listing = { code: codeOf(state), bin };
        const header = this.#headerOf(listing.code);
        for (const member of members) this.#mark(listing, member - header);
      };
    };
    for (const { thread, address } of m.tcaches) tcacheBins(m, this.#peek, address, find, hear(thread));
    arenaBins(m, this.#peek, m.mainArenaAddress, find, hear(0));
    return lists;
  }

  /** Bytes from a chunk to what its list has of it. */
  #headerOf(code: number): number {
    return code === FIRST_LISTED ? this.#m.CHUNK_HDR_SZ : 0;
  }

  /** Notes the list that a chunk is on. */
  #mark({ code, bin }: Listing, start: number): void {
    const ordinal = this.#ordinalOf(start);
    // Top is no member of a list, whatever a corrupted link says.
    if (ordinal < 0 || ordinal === this.#count - 1) {
      this.#isPlain = false;
      return;
    }
    if (this.#states[ordinal] !== unlisted(code)) this.#isPlain = false;
    this.#states[ordinal] = code;
    this.#bins[ordinal] = bin;
    this.#cells?.touch(start);
  }

  #unmark({ code, bin }: Listing, start: number): void {
    const ordinal = this.#ordinalOf(start);
    if (ordinal < 0 || this.#states[ordinal] !== code || this.#bins[ordinal] !== bin) {
      this.#isPlain = false;
      return;
    }
    this.#states[ordinal] = unlisted(code);
    this.#bins[ordinal] = 0;
    this.#cells?.touch(start);
  }

  /** The chunk that starts at an address; -1 when there is none. */
  #ordinalOf(start: number): number {
    const { first, end } = this.#cells?.near(start) ?? { first: 0, end: this.#count };
    const ordinal = lastAtOrBelow(this.#starts, first, end, start);
    return ordinal >= first && this.#starts[ordinal] === start ? ordinal : -1;
  }
}

/** The list that a chunk is on: the code of its state, and the number of the bin. */
interface Listing {
  readonly code: number;
  readonly bin: number;
}

const keyOf = (code: number, bin: number): string => `${String(code)} ${String(bin)}`;

const isListed = (code: number): boolean => code >= FIRST_LISTED && code <= LAST_LISTED;

/** What the walk alone says of a chunk that is on a list. */
const unlisted = (code: number): number =>
  code === FIRST_LISTED || code === FIRST_LISTED + 1 ? IN_USE : LOST;

const movesOthers = ({ first, end, starts }: HeapEdit): boolean => starts.length !== end - first;

function grown<Column extends Float64Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
