/**
 * CONTRACT. The inside of malloc at a moment: its bins in list order, its thresholds, and what the resident memory is made of.
 */
import type { HexAddress } from './view-model.ts';

/** The families of free lists. */
export type BinFamily = 'tcache' | 'fastbin' | 'unsorted' | 'small' | 'large';

/** A link of a list as it stands in memory. */
export interface LinkView {
  /** Address of the word. */
  readonly at: HexAddress;
  readonly stored: HexAddress;
  /** What it means: equal to `stored` where the release does not mangle links (safe-linking: `stored ^ (at >> 12)`). */
  readonly decoded: HexAddress;
}

/** A chunk on a list. */
export interface BinEntryView {
  readonly chunk: HexAddress;
  readonly sizeBytes: number;
  /** To the next one: `next` of the tcache, `fd` of all others. */
  readonly next: LinkView;
  /** `bk` of doubly linked lists. */
  readonly back: LinkView | undefined;
}

/** A free list that holds something. */
export interface BinView {
  readonly family: BinFamily;
  /** The arena that it belongs to, from 1 for the main one; undefined of a tcache. */
  readonly arena: number | undefined;
  /** The thread whose tcache it belongs to, from 1; else undefined. */
  readonly thread: number | undefined;
  /** Number within its family, as malloc counts. */
  readonly index: number;
  /** Chunk sizes that belong in it; undefined for the unsorted list. `high` is undefined where there is no end. */
  readonly sizes: { readonly low: number; readonly high: number | undefined } | undefined;
  /** What the tcache's counter says, and how many it takes at most. */
  readonly counter: { readonly value: number; readonly limit: number } | undefined;
  /** In list order, the one that malloc takes first at the front for the tcache and fast bins. */
  readonly entries: readonly BinEntryView[];
  /** Chunks on the list, of which `entries` may be the first ones only. */
  readonly length: number;
}

/** A field of malloc_state or malloc_par. */
export interface AllocatorField {
  /** As in malloc.c: `mmap_threshold`. */
  readonly name: string;
  readonly kind: 'bytes' | 'address' | 'count';
  readonly value: number;
  /** What it was before the first call of malloc. */
  readonly initial: number;
  /** What it is for, in one sentence. */
  readonly text: string;
}

/** What a byte of the heap serves for. */
export type HeapUse =
  | 'requested'
  | 'slack'
  | 'header'
  | 'internal'
  | 'tcache'
  | 'fastbin'
  | 'bins'
  | 'top'
  | 'foreign'
  | 'mmapped';

/** A use of the heap, or a part of the process outside of it. */
export type ResidenceUse = HeapUse | 'program' | 'libraries' | 'stack' | 'mappings' | 'kernel';

/** Bytes by use. */
export interface HeapUseView {
  readonly use: HeapUse;
  readonly bytes: number;
  /** How many of them lie in pages with a page frame. */
  readonly residentBytes: number;
}

/** Fields of a further arena's malloc_state. */
export interface ArenaFieldsView {
  /** From 2. */
  readonly arena: number;
  readonly fields: readonly AllocatorField[];
}

/** The allocator at the current event. */
export interface AllocatorView {
  /** Of all threads and arenas. */
  readonly bins: readonly BinView[];
  /** Of the main arena, and those that all have in common. */
  readonly fields: readonly AllocatorField[];
  readonly arenas: readonly ArenaFieldsView[];
  /** Resident bytes of the heaps of further arenas. */
  readonly arenaResidentBytes: number;
  /** All bytes of the heaps and of the blocks with mappings of their own. */
  readonly uses: readonly HeapUseView[];
  /** Resident bytes of the whole process, and those outside of the heap and the mapped blocks. */
  readonly residentBytes: number;
  /** The chunk right below top: while it counts as in use, the heap cannot shrink below it. */
  readonly pin: HexAddress | undefined;
}

/** What malloc_trim(0) would do at the current event, told by trying it. */
export interface TrimForecast {
  /** Return value: 1 when memory went back. */
  readonly result: number;
  readonly residentBefore: number;
  readonly residentAfter: number;
  readonly heapBefore: number;
  readonly heapAfter: number;
}
