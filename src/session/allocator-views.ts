/**
 * The inside of malloc, for the picture: lists as they are linked in memory, thresholds beside what they were at first,
 * and each byte of the heap by what it serves for, with how much of it is resident.
 */
import { PAGE_SIZE } from '../base/address.ts';
import type { Range } from '../base/range.ts';
import { sizesOfBin, sizesOfFastbin, sizesOfTcacheBin } from '../core/malloc/bin-sizes.ts';
import type { ChunkList, FreeList } from '../core/malloc/chunk-list.ts';
import type { HeapIndex } from '../core/malloc/heap-index.ts';
import { Peek, describeChunk } from '../core/malloc/inspect.ts';
import type { ArenaInfo, ChunkInfo } from '../core/malloc/inspect.ts';
import {
  DEFAULT_MMAP_MAX,
  DEFAULT_MMAP_THRESHOLD,
  DEFAULT_TOP_PAD,
  DEFAULT_TRIM_THRESHOLD,
} from '../core/malloc/params.ts';
import type { ParLayout } from '../core/malloc/params.ts';
import type { Ptmalloc } from '../core/malloc/ptmalloc.ts';
import type { ThreadArena } from '../core/malloc/thread-arenas.ts';
import type { Word } from '../core/malloc/word.ts';
import type { Machine } from '../core/process/machine.ts';
import { renderText } from '../core/text/all-texts.ts';
import { saySession } from '../core/text/session-texts.ts';
import type { Language } from '../core/text/text.ts';
import type {
  AllocatorField,
  AllocatorView,
  BinEntryView,
  BinFamily,
  BinView,
  HeapUse,
  HeapUseView,
  LinkView,
} from '../protocol/allocator-view.ts';
import type { HexAddress } from '../protocol/view-model.ts';
import { hex } from './event-views.ts';
import type { BlockHistory } from './live-blocks.ts';
import { pageState } from './page-states.ts';

/** Entries of one list that are carried. */
const mostEntries = 256;

/** What malloc's structures hold at the moment, with the calls so far to know what the program asked for. */
export function allocatorView(
  machine: Machine,
  heap: HeapIndex,
  arenas: readonly ThreadArena[],
  history: BlockHistory,
  language: Language,
): AllocatorView {
  const m = machine.malloc.state;
  const uses = new HeapUses(machine, history);
  const { startBrk, brk } = machine.memory.mm;
  uses.add(heap, { start: startBrk, end: brk });
  const mainResident = uses.residentBytes;
  // Besides chunks, there is heap_info, and malloc_state in the first heap.
  for (const { heaps } of arenas) for (const one of heaps) uses.add(one, one.used, one.startOf(0));
  const arenaResidentBytes = uses.residentBytes - mainResident;
  uses.addMapped();
  return {
    bins: [
      ...binViews(m, heap.lists, 1),
      ...arenas.flatMap(({ number, lists }) => binViews(m, lists, number)),
    ],
    fields: fields(m, heap.arena, language),
    arenas: arenas.map((arena) => ({ arena: arena.number, fields: arenaFields(arena, language) })),
    arenaResidentBytes,
    uses: uses.views(),
    residentBytes: machine.memory.mm.rss * PAGE_SIZE,
    pin: pinOf(heap),
  };
}

/** The chunk right below top, which top cannot grow over; a heap of top alone has none. */
function pinOf(heap: HeapIndex): HexAddress | undefined {
  return heap.isComplete && heap.count > 1 ? hex(heap.startOf(heap.count - 2)) : undefined;
}

// ---- bins ----

function binViews(m: Ptmalloc, lists: readonly FreeList[], arena: number): BinView[] {
  const limit = Number(new Peek(m).word(m.mpAddress, m.params.par.tcacheCount));
  return lists.map((list) => {
    const view = listView(m, list, arena);
    switch (list.state) {
      case 'tcache':
        return { ...view, sizes: sizesOfTcacheBin(m, list.bin), counter: { value: list.count, limit } };
      case 'fastbin':
        return { ...view, sizes: sizesOfFastbin(m, list.bin) };
      case 'unsorted':
        return view;
      case 'small':
      case 'large':
        return { ...view, sizes: sizesOfBin(m, list.bin) };
    }
  });
}

function listView(m: Ptmalloc, { state, bin, thread, members }: FreeList, arena: number): BinView {
  return {
    family: state,
    arena: thread === undefined ? arena : undefined,
    thread: thread === undefined ? undefined : thread + 1,
    index: bin,
    sizes: undefined,
    counter: undefined,
    entries: members.slice(0, mostEntries).map((at) => entryView(m, state, at)),
    length: members.length,
  };
}

/**
 * A chunk with its links.
 *
 * @param at - address of the chunk; of the block in the tcache
 */
function entryView(m: Ptmalloc, family: BinFamily, at: number): BinEntryView {
  const peek = new Peek(m);
  const chunk = family === 'tcache' ? at - m.CHUNK_HDR_SZ : at;
  const mem = chunk + m.CHUNK_HDR_SZ;
  const isSingle = family === 'tcache' || family === 'fastbin';
  return {
    chunk: hex(chunk),
    sizeBytes: Number(peek.chunksize(chunk)),
    next: linkView(peek, mem, isSingle),
    back: isSingle ? undefined : linkView(peek, mem + m.SIZE_SZ, false),
  };
}

function linkView(peek: Peek, at: number, isMangled: boolean): LinkView {
  const stored = peek.word(at);
  return { at: hex(at), stored: hexWord(stored), decoded: hexWord(isMangled ? peek.link(at) : stored) };
}

const hexWord = (word: Word): HexAddress => `0x${word.toString(16)}`;

// ---- fields ----

function fields(m: Ptmalloc, arena: ArenaInfo, language: Language): AllocatorField[] {
  const { par, arena: state } = m.params;
  const peek = new Peek(m);
  const made: AllocatorField[] = [];
  const add = (
    name: keyof typeof fieldTexts,
    kind: AllocatorField['kind'],
    value: Word,
    initial: number,
  ): void => {
    const text = renderText(saySession(fieldTexts[name]), language);
    made.push({ name, kind, value: Number(value), initial, text });
  };
  const parWord = (field: keyof ParLayout): Word => peek.word(m.mpAddress, par[field]);
  const { release } = m;
  if (arena.ready) {
    add('top', 'address', arena.top, 0);
    add('last_remainder', 'address', arena.lastRemainder, 0);
  }
  add('system_mem', 'bytes', arena.systemMem, 0);
  add('max_system_mem', 'bytes', peek.word(m.mainArenaAddress, state.maxSystemMem), 0);
  add('mmap_threshold', 'bytes', parWord('mmapThreshold'), DEFAULT_MMAP_THRESHOLD);
  add('trim_threshold', 'bytes', parWord('trimThreshold'), DEFAULT_TRIM_THRESHOLD);
  add('top_pad', 'bytes', parWord('topPad'), DEFAULT_TOP_PAD);
  add('n_mmaps', 'count', peek.int(m.mpAddress, par.nMmaps), 0);
  add('n_mmaps_max', 'count', peek.int(m.mpAddress, par.nMmapsMax), DEFAULT_MMAP_MAX);
  add('mmapped_mem', 'bytes', parWord('mmappedMem'), 0);
  if (release.tcache.createdBy !== 'nothing') {
    add('tcache_count', 'count', parWord('tcacheCount'), release.tcache.defaultCount);
  }
  if (release.arenaHasFastbins) add('global_max_fast', 'bytes', m.globalMaxFast, m.params.DEFAULT_MXFAST);
  return made;
}

/** The fields of malloc_state of a further arena. */
function arenaFields(arena: ThreadArena, language: Language): AllocatorField[] {
  const field = (
    name: keyof typeof fieldTexts,
    kind: AllocatorField['kind'],
    value: number,
  ): AllocatorField => ({
    name,
    kind,
    value,
    initial: 0,
    text: renderText(saySession(fieldTexts[name]), language),
  });
  return [
    field('top', 'address', arena.top),
    field('last_remainder', 'address', arena.lastRemainder),
    field('system_mem', 'bytes', arena.systemMem),
    field('max_system_mem', 'bytes', arena.maxSystemMem),
  ];
}

const fieldTexts = {
  top: 'session.field.top',
  last_remainder: 'session.field.lastRemainder',
  system_mem: 'session.field.systemMem',
  max_system_mem: 'session.field.maxSystemMem',
  mmap_threshold: 'session.field.mmapThreshold',
  trim_threshold: 'session.field.trimThreshold',
  top_pad: 'session.field.topPad',
  n_mmaps: 'session.field.nMmaps',
  n_mmaps_max: 'session.field.nMmapsMax',
  mmapped_mem: 'session.field.mmappedMem',
  tcache_count: 'session.field.tcacheCount',
  global_max_fast: 'session.field.globalMaxFast',
} as const;

// ---- uses ----

const useOrder: readonly HeapUse[] = [
  'requested',
  'slack',
  'header',
  'internal',
  'tcache',
  'fastbin',
  'bins',
  'top',
  'foreign',
  'mmapped',
];

/** Uses of free and internal chunks as a whole. */
const useOfState: Readonly<Record<Exclude<ChunkInfo['state'], 'in-use'>, HeapUse>> = {
  'tcache-struct': 'internal',
  tcache: 'tcache',
  fastbin: 'fastbin',
  unsorted: 'bins',
  small: 'bins',
  large: 'bins',
  top: 'top',
  fencepost: 'internal',
  lost: 'foreign',
};

/** Bytes of heaps and of mapped blocks, each counted once. */
class HeapUses {
  readonly #machine: Machine;
  readonly #history: BlockHistory;
  readonly #sums = new Map(useOrder.map((use) => [use, { bytes: 0, residentBytes: 0 }]));

  constructor(machine: Machine, history: BlockHistory) {
    this.#machine = machine;
    this.#history = history;
  }

  /** Resident bytes that were counted so far. */
  get residentBytes(): number {
    return [...this.#sums.values()].reduce((sum, { residentBytes }) => sum + residentBytes, 0);
  }

  views(): HeapUseView[] {
    return [...this.#sums].filter(([, { bytes }]) => bytes > 0).map(([use, sum]) => ({ use, ...sum }));
  }

  /**
   * Counts every byte of a heap.
   *
   * @param range - what belongs to the heap
   * @param ownEnd - where what malloc keeps at the start of it ends
   */
  add(heap: ChunkList, range: Range, ownEnd = range.start): void {
    const m = this.#machine.malloc.state;
    const resident = new ResidentBytes(this.#machine, range.start, range.end);
    let at = range.start;
    /** Bytes from where the last ones ended up to `end`. */
    const upTo = (end: number, use: HeapUse): void => {
      const to = Math.min(end, range.end);
      const sum = this.#sums.get(use);
      if (to <= at || sum === undefined) return;
      sum.bytes += to - at;
      sum.residentBytes += resident.between(at, to);
      at = to;
    };
    upTo(ownEnd, 'internal');
    const requested = this.#history.live.requests();
    for (let ordinal = 0; ordinal < heap.count; ordinal++) {
      const addr = heap.startOf(ordinal);
      const size = heap.endOf(ordinal) - addr;
      const state = heap.stateOf(ordinal);
      const mem = addr + m.CHUNK_HDR_SZ;
      // The word below a chunk's size serves the chunk below it; what lies before that is not malloc's.
      upTo(addr, 'foreign');
      upTo(mem, 'header');
      const end = addr + size + (state === 'top' ? 0 : m.SIZE_SZ);
      if (state !== 'in-use') {
        upTo(end, useOfState[state]);
        continue;
      }
      const bytes = requested(mem);
      if (bytes === undefined) {
        upTo(end, 'internal');
        continue;
      }
      upTo(mem + Math.min(bytes, Math.max(0, size - m.SIZE_SZ)), 'requested');
      upTo(end, 'slack');
    }
    upTo(range.end, 'foreign');
  }

  /** Counts blocks with mappings of their own, header and page rounding included. */
  addMapped(): void {
    const sum = this.#sums.get('mmapped');
    if (sum === undefined) return;
    const { startBrk, brk } = this.#machine.memory.mm;
    for (const { mem } of this.#history.live.outside(startBrk, brk)) {
      const chunk = describeChunk(this.#machine.malloc.state, mem);
      if (!chunk.mmapped) continue;
      const start = chunk.addr - Number(chunk.prevSize);
      const end = chunk.addr + chunk.size;
      sum.bytes += end - start;
      sum.residentBytes += new ResidentBytes(this.#machine, start, end).between(start, end);
    }
  }
}

/** How many bytes of a range have a page frame; pages on the shared zero page count as none, as in RSS. */
class ResidentBytes {
  readonly #firstPage: number;
  /** Resident pages before each page of the range. */
  readonly #before: Uint32Array;

  constructor(machine: Machine, start: number, end: number) {
    this.#firstPage = Math.floor(start / PAGE_SIZE);
    const pages = Math.ceil(end / PAGE_SIZE) - this.#firstPage;
    const isResident = new Uint8Array(pages);
    machine.memory.pageTable.forEachPresent(this.#firstPage, this.#firstPage + pages, (vpn, pte) => {
      if (pageState(pte) !== 'zero') isResident[vpn - this.#firstPage] = 1;
    });
    this.#before = new Uint32Array(pages + 1);
    for (let page = 0; page < pages; page++)
      this.#before[page + 1] = (this.#before[page] ?? 0) + (isResident[page] ?? 0);
  }

  between(start: number, end: number): number {
    return this.#below(end) - this.#below(start);
  }

  #below(addr: number): number {
    const page = Math.floor(addr / PAGE_SIZE) - this.#firstPage;
    const full = this.#before[page] ?? 0;
    const isIn = (this.#before[page + 1] ?? full) > full;
    return full * PAGE_SIZE + (isIn ? addr % PAGE_SIZE : 0);
  }
}
