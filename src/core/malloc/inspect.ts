/**
 * The heap as data, for pictures and recordings: read by peeking, so that looking at it changes nothing.
 *
 * Everything is found as a debugger finds it, by following headers and links from malloc_state and the tcache
 * structure. Corrupted lists are cut after a limit.
 */
import { PAGE_SIZE, TWO_TO_32 } from '../../base/address.ts';
import { flagsOf, withoutFlags } from './chunk.ts';
import { IS_MMAPPED, NBINS, NON_MAIN_ARENA, PREV_INUSE } from './params.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { toWord } from './word.ts';
import type { Word } from './word.ts';

/** What a chunk is at the moment. */
export type ChunkState =
  | 'in-use'
  | 'tcache-struct'
  | 'tcache'
  | 'fastbin'
  | 'unsorted'
  | 'small'
  | 'large'
  | 'top'
  | 'fencepost'
  /** Free by its neighbour's flag, but on no list: only after corruption. */
  | 'lost';

/** A chunk of the heap as its header describes it. */
export interface ChunkInfo {
  /** Address of the chunk; the user address is two words above. */
  readonly addr: number;
  readonly mem: number;
  /** The word at the chunk's start: the size below while that chunk is free, else user data of it. */
  readonly prevSize: Word;
  readonly size: number;
  readonly prevInuse: boolean;
  readonly mmapped: boolean;
  readonly nonMainArena: boolean;
  readonly state: ChunkState;
  /** Number of the bin it is in (tcache bins, fast bins and bins count by themselves), `undefined` outside of bins. */
  readonly bin: number | undefined;
  /** Bytes the program may use. */
  readonly usable: number;
}

/** A bin with its chunks in list order from the head; addresses of chunks, of blocks in the tcache. */
export interface BinInfo {
  readonly bin: number;
  readonly chunks: readonly number[];
}

/** A tcache bin; `count` is what its counter says. */
export interface TcacheBinInfo extends BinInfo {
  readonly count: number;
}

/** The main arena and its heap. */
export interface ArenaInfo {
  readonly mainArena: number;
  /** Whether top is real; all else is empty before that. */
  readonly ready: boolean;
  /** Start of the heap, and its end as system_mem has it. */
  readonly heapStart: number;
  readonly heapEnd: number;
  readonly top: number;
  readonly topSize: number;
  readonly lastRemainder: number;
  readonly systemMem: number;
  readonly tcacheStruct: number;
  /** In address order from the first chunk to top; top stands last also when the walk ended before it. */
  readonly chunks: readonly ChunkInfo[];
  /** Whether the walk reached top. */
  readonly complete: boolean;
  readonly tcache: readonly TcacheBinInfo[];
  readonly fastbins: readonly BinInfo[];
  readonly unsorted: BinInfo;
  readonly smallBins: readonly BinInfo[];
  readonly largeBins: readonly BinInfo[];
  readonly mmapThreshold: number;
  readonly trimThreshold: number;
}

/** Words of the process, read without any effect: 0 where there is no page. */
export class Peek {
  readonly #m: Ptmalloc;

  constructor(m: Ptmalloc) {
    this.#m = m;
  }

  /** The word at `base + offset`. */
  word(base: Word, offset = 0): Word {
    return this.#read(base, offset, this.#m.SIZE_SZ);
  }

  /** The int at `base + offset`. */
  int(base: Word, offset = 0): number {
    return Number(this.#read(base, offset, 4));
  }

  /** The list link at `pos`, revealed. */
  link(pos: Word): Word {
    const stored = this.word(pos);
    if (!this.#m.release.safeLinking) return stored;
    return toWord(BigInt(stored) ^ (BigInt(pos) >> 12n));
  }

  /** An unsigned integer of a few bytes. */
  uint(addr: Word, bytes: number): number {
    return Number(this.#read(addr, 0, bytes));
  }

  /** Size of the chunk at `p`. */
  chunksize(p: Word): Word {
    return withoutFlags(this.word(p, this.#m.SIZE_SZ));
  }

  #read(base: Word, offset: number, length: number): Word {
    const addr = this.#m.w.add(base, offset);
    return typeof addr === 'number' ? this.wordAt(addr, length) : 0;
  }

  /** The unsigned little-endian number of `length` bytes. */
  protected wordAt(addr: number, length: number): Word {
    const bytes = this.#m.memory.peek(addr, length);
    if (bytes !== undefined) return fromBytes(bytes);
    if (Math.floor(addr / PAGE_SIZE) === Math.floor((addr + length - 1) / PAGE_SIZE)) return 0;
    const single = Array.from({ length }, (_, i) => this.#m.memory.peek(addr + i, 1)?.[0] ?? 0);
    return fromBytes(single);
  }
}

/** Pages whose places {@link StillPeek} keeps at once, a power of two. */
const KEPT_PAGES = 32_768;

/** Words of a process that stands still while this is used: each page is looked up once, and nothing is copied. */
export class StillPeek extends Peek {
  readonly #memory: Ptmalloc['memory'];
  readonly #words: Uint32Array;
  readonly #wordBytes: number;
  readonly #isSafeLinking: boolean;
  /** By the low bits of a page's number: the page, and the index of its first word; -1 without a frame. */
  readonly #pages = new Float64Array(KEPT_PAGES).fill(-1);
  readonly #hosts = new Int32Array(KEPT_PAGES);

  constructor(m: Ptmalloc) {
    super(m);
    this.#memory = m.memory;
    this.#words = m.memory.u32;
    this.#wordBytes = m.SIZE_SZ;
    this.#isSafeLinking = m.release.safeLinking;
  }

  /** The word at an address. */
  at(addr: number): Word {
    return addr < 2 ** 48 ? this.wordAt(addr, this.#wordBytes) : this.word(addr);
  }

  override link(pos: Word): Word {
    if (typeof pos !== 'number') return super.link(pos);
    const stored = this.at(pos);
    if (!this.#isSafeLinking) return stored;
    if (typeof stored !== 'number') return super.link(pos);
    const key = Math.floor(pos / PAGE_SIZE);
    return fromHalves((stored ^ key) >>> 0, (stored / TWO_TO_32) ^ (key / TWO_TO_32));
  }

  protected override wordAt(addr: number, length: number): Word {
    const page = Math.floor(addr / PAGE_SIZE);
    const offset = addr - page * PAGE_SIZE;
    if (offset + length > PAGE_SIZE || (length !== 8 && length !== 4) || (offset & 3) !== 0)
      return super.wordAt(addr, length);
    const slot = page & (KEPT_PAGES - 1);
    if (this.#pages[slot] !== page) this.#lookUp(page, slot);
    const host = this.#hosts[slot] ?? -1;
    if (host < 0) return 0;
    const index = host + (offset >>> 2);
    const low = this.#words[index] ?? 0;
    return length === 4 ? low : fromHalves(low, this.#words[index + 1] ?? 0);
  }

  #lookUp(page: number, slot: number): void {
    const host = this.#memory.peekHost(page * PAGE_SIZE);
    this.#pages[slot] = page;
    this.#hosts[slot] = host < 0 ? -1 : host / 4;
  }
}

function fromBytes(bytes: ArrayLike<number>): Word {
  let low = 0;
  let high = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const value = bytes[i] ?? 0;
    if (i < 4) low += value * 2 ** (8 * i);
    else high += value * 2 ** (8 * (i - 4));
  }
  return fromHalves(low, high);
}

function fromHalves(low: number, high: number): Word {
  if (high < 0x20_0000) return high * 0x1_0000_0000 + low;
  return (BigInt(high) << 32n) | BigInt(low);
}

/** How far lists and walks are followed. */
const DEFAULT_LIMIT = 1_000_000;

/** The main arena as data. */
export function inspectArena(m: Ptmalloc, limit = DEFAULT_LIMIT): ArenaInfo {
  const peek = new StillPeek(m);
  const { arena, par } = m.params;
  const top = peek.word(m.mainArenaAddress, arena.top);
  const ready = typeof top === 'number' && top !== 0 && !isInArena(m, top);
  const marks: Marks = new Map();
  const tcache: TcacheBinInfo[] = [];
  const fastbins: BinInfo[] = [];
  const bins: BinInfo[] = [];
  if (ready)
    freeLists(
      m,
      peek,
      (_, __, links) => membersOf(links, limit),
      (state, bin, chunks, count) => {
        const header = state === 'tcache' ? m.CHUNK_HDR_SZ : 0;
        for (const at of chunks) marks.set(at - header, { state, bin });
        if (state === 'tcache') tcache.push({ bin, count, chunks });
        else (state === 'fastbin' ? fastbins : bins).push({ bin, chunks });
      },
    );
  const heapStart = Number(peek.word(m.mpAddress, par.sbrkBase));
  const walk = ready ? walkChunks(m, peek, heapStart, top, limit, marks) : { chunks: [], complete: true };
  const topSize = ready ? Number(peek.chunksize(top)) : 0;
  return {
    mainArena: m.mainArenaAddress,
    ready,
    heapStart,
    heapEnd: ready ? top + topSize : heapStart,
    top: ready ? top : 0,
    topSize,
    lastRemainder: Number(peek.word(m.mainArenaAddress, arena.lastRemainder)),
    systemMem: Number(peek.word(m.mainArenaAddress, arena.systemMem)),
    tcacheStruct: Number(tcacheAddress(m)),
    chunks: walk.chunks,
    complete: walk.complete,
    tcache,
    fastbins,
    unsorted: bins.find(({ bin }) => bin === 1) ?? { bin: 1, chunks: [] },
    smallBins: bins.filter(({ bin }) => bin > 1 && bin < 64),
    largeBins: bins.filter(({ bin }) => bin >= 64),
    mmapThreshold: Number(peek.word(m.mpAddress, par.mmapThreshold)),
    trimThreshold: Number(peek.word(m.mpAddress, par.trimThreshold)),
  };
}

/** The main thread's tcache structure; 0 before there is one. */
export function tcacheAddress(m: Ptmalloc): Word {
  return m.w.addressOf(m.tcache);
}

/** Address of a bin of the main arena, as a chunk whose fd and bk are the bin's. */
export function binAddress(m: Ptmalloc, idx: number): number {
  return m.w.addressNumber(m.binAt(m.mainArena, idx));
}

/** Address of the head of a fast bin of the main arena. */
export function fastbinAddress(m: Ptmalloc, idx: number): number {
  return m.w.addressNumber(m.fastbinAt(m.mainArena, idx));
}

/** Whether an address lies in malloc_state itself, as the initial top does. */
export function isInArena(m: Ptmalloc, addr: Word): boolean {
  return addr >= m.mainArenaAddress && addr < m.mainArenaAddress + PAGE_SIZE;
}

type Marks = Map<number, { state: ChunkState; bin: number }>;

/** A list of at most `limit` words: from `first`, by `next`, until `stop` or 0. */
export function followList(first: Word, stop: Word, limit: number, next: (at: Word) => Word): Word[] {
  const list: Word[] = [];
  for (let at = first; at !== stop && at !== 0 && list.length < limit; at = next(at)) list.push(at);
  return list;
}

/** Hears of a free list that holds something: chunks, of the tcache blocks, in list order. */
export type ListListener = (
  state: 'tcache' | 'fastbin' | 'unsorted' | 'small' | 'large',
  bin: number,
  list: readonly number[],
  /** What the counter of a tcache bin says. */
  count: number,
) => void;

/** How a list goes on: from its first member by `next`, until `stop` or 0. */
export interface ListLinks {
  readonly first: Word;
  readonly stop: Word;
  readonly next: (at: Word) => Word;
}

/** Finds the members of a list. */
export type FindMembers = (
  state: Parameters<ListListener>[0],
  bin: number,
  links: ListLinks,
) => readonly number[];

/** The members of a list, at most `limit`. */
export function membersOf({ first, stop, next }: ListLinks, limit: number): readonly number[] {
  return followList(first, stop, limit, next).map(Number);
}

/** Follows all free lists of the main arena and the calling thread's tcache. */
export function freeLists(m: Ptmalloc, peek: Peek, find: FindMembers, hear: ListListener): void {
  tcacheBins(m, peek, Number(tcacheAddress(m)), find, hear);
  arenaBins(m, peek, m.mainArenaAddress, find, hear);
}

/** Follows the fast bins and the bins of an arena. */
export function arenaBins(
  m: Ptmalloc,
  peek: Peek,
  arena: number,
  find: FindMembers,
  hear: ListListener,
): void {
  fastBins(m, peek, arena, find, hear);
  doublyLinkedBins(m, peek, arena, find, hear);
}

/** Follows the lists of a tcache_perthread_struct; there are none at address 0. */
export function tcacheBins(
  m: Ptmalloc,
  peek: Peek,
  structure: number,
  find: FindMembers,
  hear: ListListener,
): void {
  if (structure === 0) return;
  const { tcache, par } = m.params;
  const all = Number(peek.word(m.mpAddress, par.tcacheCount));
  const next = (mem: Word): Word => peek.link(mem);
  for (let bin = 0; bin < tcache.bins; bin += 1) {
    const counter = peek.uint(m.w.add(structure, bin * tcache.counterBytes), tcache.counterBytes);
    const count = m.release.tcache.counts === 'used' ? counter : all - counter;
    const first = peek.word(structure, tcache.entries + bin * m.SIZE_SZ);
    if (first === 0 && count === 0) continue;
    hear('tcache', bin, find('tcache', bin, { first, stop: 0, next }), count);
  }
}

function fastBins(m: Ptmalloc, peek: Peek, arena: number, find: FindMembers, hear: ListListener): void {
  const next = (p: Word): Word => peek.link(m.w.add(p, m.CHUNK_HDR_SZ));
  for (let bin = 0; bin < m.params.arena.fastbinCount; bin += 1) {
    const first = peek.word(arena + fastbinAddress(m, bin) - m.mainArenaAddress);
    if (first === 0) continue;
    const chunks = find('fastbin', bin, { first, stop: 0, next });
    hear('fastbin', bin, chunks, chunks.length);
  }
}

function doublyLinkedBins(
  m: Ptmalloc,
  peek: Peek,
  arena: number,
  find: FindMembers,
  hear: ListListener,
): void {
  const next = (p: Word): Word => peek.word(p, 2 * m.SIZE_SZ);
  for (let bin = 1; bin < NBINS; bin += 1) {
    const stop = arena + binAddress(m, bin) - m.mainArenaAddress;
    const first = next(stop);
    if (first === stop || first === 0) continue;
    const state = bin === 1 ? 'unsorted' : bin < 64 ? 'small' : 'large';
    const chunks = find(state, bin, { first, stop, next });
    hear(state, bin, chunks, chunks.length);
  }
}

/** The first chunk of the heap: where the first user address is aligned. */
export function firstChunk(m: Ptmalloc, heapStart: number): number {
  const mem = heapStart + m.CHUNK_HDR_SZ + m.params.MALLOC_ALIGNMENT - 1;
  return mem - (mem % m.params.MALLOC_ALIGNMENT) - m.CHUNK_HDR_SZ;
}

function walkChunks(
  m: Ptmalloc,
  peek: Peek,
  heapStart: number,
  top: number,
  limit: number,
  marks: Marks,
): { chunks: ChunkInfo[]; complete: boolean } {
  const chunks: ChunkInfo[] = [];
  let p = firstChunk(m, heapStart);
  let fenceposts = 0;
  while (chunks.length < limit) {
    const info = chunkAt(m, peek, p, top, marks);
    chunks.push(info);
    if (p === top) return { chunks, complete: true };
    // Two fenceposts end a piece of the heap; what follows is somebody else's memory.
    fenceposts = info.state === 'fencepost' ? fenceposts + 1 : 0;
    if (fenceposts === 2) break;
    if (
      info.size < m.CHUNK_HDR_SZ ||
      info.size > Number(peek.word(m.mainArenaAddress, m.params.arena.maxSystemMem))
    )
      break;
    p += info.size;
  }
  chunks.push(chunkAt(m, peek, top, top, marks));
  return { chunks, complete: false };
}

function chunkAt(m: Ptmalloc, peek: Peek, p: number, top: number, marks: Marks): ChunkInfo {
  const raw = peek.word(p, m.SIZE_SZ);
  const size = Number(withoutFlags(raw));
  const flags = flagsOf(raw);
  const mark = marks.get(p);
  const mem = p + m.CHUNK_HDR_SZ;
  let state: ChunkState;
  if (p === top) state = 'top';
  else if (mark !== undefined) ({ state } = mark);
  else if (m.tcaches.some(({ address }) => address === mem)) state = 'tcache-struct';
  else if (size < m.MINSIZE) state = 'fencepost';
  else state = (flagsOf(peek.word(p + size, m.SIZE_SZ)) & PREV_INUSE) !== 0 ? 'in-use' : 'lost';
  return {
    addr: p,
    mem,
    prevSize: peek.word(p),
    size,
    prevInuse: (flags & PREV_INUSE) !== 0,
    mmapped: (flags & IS_MMAPPED) !== 0,
    nonMainArena: (flags & NON_MAIN_ARENA) !== 0,
    state,
    bin: mark?.bin,
    usable: Math.max(0, size - m.SIZE_SZ),
  };
}

/** The chunk of a block by its header alone, in the heap or a mapping of its own. */
export function describeChunk(m: Ptmalloc, mem: number): ChunkInfo {
  const peek = new Peek(m);
  const p = mem - m.CHUNK_HDR_SZ;
  const info = chunkAt(m, peek, p, Number(peek.word(m.mainArenaAddress, m.params.arena.top)), new Map());
  if (!info.mmapped) return info;
  return {
    ...info,
    state: 'in-use',
    usable: info.size - (m.release.mmappedTail ? m.SIZE_SZ : m.CHUNK_HDR_SZ),
  };
}
