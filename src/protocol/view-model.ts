/**
 * CONTRACT. What the faces show: plain JSON shapes, no behaviour.
 *
 * Addresses cross as `0x…` text without leading zeros, sizes and counts as numbers, sentences rendered in the language
 * that the face asked for. The session's `to-view-model.ts` is the one place that makes these.
 */

/** An address as text: `0x` and lower-case hexadecimal digits. */
export type HexAddress = `0x${string}`;

/** What a mapping is for, as people know it. */
export type MappingKind =
  'text' | 'rodata' | 'data' | 'bss' | 'heap' | 'mmap' | 'stack' | 'library' | 'loader' | 'tls' | 'kernel';

/** State of a run of pages, by page-table entry; `mixed` where pages in several states are told together. */
export type PageState = 'absent' | 'zero' | 'anonymous' | 'file' | 'shared' | 'mixed';

/** Consecutive pages in one state. */
export interface PageRun {
  readonly state: PageState;
  readonly pages: number;
}

/** One line of /proc/PID/maps. */
export interface MappingView {
  readonly start: HexAddress;
  readonly end: HexAddress;
  readonly sizeBytes: number;
  /** As in maps: `rw-p`. */
  readonly permissions: string;
  readonly offset: HexAddress;
  /** As in maps: `[heap]`, a path, or empty. */
  readonly name: string;
  readonly kind: MappingKind;
  /** What it is, in one sentence. */
  readonly description: string;
  readonly residentPages: number;
  readonly zeroPages: number;
  /** Pages from low to high addresses. */
  readonly pages: readonly PageRun[];
  /** Sections of the program inside it, from low to high. */
  readonly sections: readonly SectionView[];
}

/** A part of the whole address space: what a process can map, what it never can. */
export interface RegionView {
  /** For example `user`, `non-canonical`, `direct-map`. */
  readonly name: string;
  readonly start: HexAddress;
  /** May be 2^64, of 17 digits. */
  readonly end: HexAddress;
  readonly owner: 'user' | 'kernel' | 'nobody';
  /** What it is, in one sentence. */
  readonly text: string;
}

/** Page tables of a process below the top one: tables by level, and the bytes that all of them take (VmPTE). */
export interface PageTablesView {
  readonly bytes: number;
  readonly pte: number;
  readonly pmd: number;
  readonly pud: number;
}

/** The way of the processor to a page. */
export interface PageWalkView {
  readonly address: HexAddress;
  readonly mode: '4-level' | '5-level' | '2-level' | 'pae';
  /** From the top table down. */
  readonly steps: readonly {
    readonly level: string;
    /** Bits of the address that choose the entry. */
    readonly highBit: number;
    readonly lowBit: number;
    readonly index: number;
    /** Bytes that one entry covers. */
    readonly covers: number;
    readonly hasTable: boolean;
    readonly isPresent: boolean;
  }[];
  readonly offset: number;
  readonly state: PageState;
  /** Number of the page frame in the simulated memory. */
  readonly frame: HexAddress | undefined;
  readonly isWritable: boolean;
  /** Whether the walk ends a level early, at an entry for 2 MiB. */
  readonly isHuge: boolean;
  readonly region: RegionView | undefined;
  /** Line of maps. */
  readonly mapping: string | undefined;
}

export interface SectionView {
  readonly name: string;
  readonly start: HexAddress;
  readonly sizeBytes: number;
  /** In order of address; of very many the largest ones. */
  readonly objects: readonly ObjectView[];
  /** How many there are. */
  readonly objectCount: number;
}

/** A named object of static storage duration. */
export interface ObjectView {
  readonly name: string;
  readonly start: HexAddress;
  readonly sizeBytes: number;
  readonly type: string;
  /** As C writes it; undefined where it is not told. */
  readonly value?: string | undefined;
  readonly place: PlaceView | undefined;
}

export type ChunkState =
  | 'in-use'
  | 'tcache'
  | 'fastbin'
  | 'unsorted'
  | 'small'
  | 'large'
  | 'top'
  /** In use by malloc itself: the tcache structure. */
  | 'internal'
  | 'mmapped'
  | 'corrupted';

/** A malloc chunk, header included. */
export interface ChunkView {
  readonly start: HexAddress;
  /** Address that the program got: start + 2 words. */
  readonly mem: HexAddress;
  readonly sizeBytes: number;
  /** What the program asked for, where it is known (in use). */
  readonly requestedBytes: number | undefined;
  readonly usableBytes: number;
  /** Raw header words. */
  readonly prevSizeWord: HexAddress;
  readonly sizeWord: HexAddress;
  /** Set flag bits: A (non-main arena), M (mmapped), P (previous in use). */
  readonly flags: string;
  readonly state: ChunkState;
  /** For example `tcache bin 0 (32 bytes), 1st of 2`. */
  readonly stateText: string;
  /** Where the program allocated it. */
  readonly place: PlaceView | undefined;
  /** Index of the event that allocated it (in use) or freed it (free). */
  readonly event: number | undefined;
  /** The words that malloc keeps in it while it is on a list, by address; absent of any other. */
  readonly links?: readonly ChunkLinkView[] | undefined;
}

/** A word inside of a free chunk that belongs to its list. */
export interface ChunkLinkView {
  readonly name: 'next' | 'key' | 'fd' | 'bk' | 'fd_nextsize' | 'bk_nextsize';
  readonly start: HexAddress;
  readonly stored: HexAddress;
  /** The address that is meant: another one than what is stored where links are safe-linked. Of a key: the word itself. */
  readonly meant: HexAddress;
}

/** Chunks beside each other that are too small, or too many, to be told one by one. */
export interface ChunkBandView {
  readonly start: HexAddress;
  /** Where the last of them ends. */
  readonly end: HexAddress;
  readonly count: number;
  /** How many of them are in each state, and their bytes; the state with most bytes first. */
  readonly states: readonly { readonly state: ChunkState; readonly count: number; readonly bytes: number }[];
}

/** Mappings near each other that are too small, or too many, to be told one by one. Between them may be gaps. */
export interface MappingBandView {
  readonly start: HexAddress;
  readonly end: HexAddress;
  readonly count: number;
  /** Bytes that they map; what is missing to the size of the range is not mapped. */
  readonly mappedBytes: number;
  readonly residentPages: number;
}

/** What lies in a range of addresses: what is large enough by itself, the rest in bands. Each list ascends. */
export interface MapDetail {
  readonly mappings: readonly MappingView[];
  readonly mappingBands: readonly MappingBandView[];
  /** Chunks of the heap, and blocks with mappings of their own. */
  readonly chunks: readonly ChunkView[];
  readonly chunkBands: readonly ChunkBandView[];
}

/** A part of an object of a struct, union or array type, or of a block whose type is known. */
export interface MemberView {
  readonly kind:
    | 'member'
    /** A member of a union: it has its bytes in common with the others. */
    | 'alternative'
    /** Bit-fields that have bytes in common. */
    | 'bit-fields'
    | 'element'
    | 'padding';
  /** `next`, `[3]`, `low, high`; empty for padding. */
  readonly name: string;
  /** Empty for padding and for several bit-fields. */
  readonly type: string;
  readonly start: HexAddress;
  readonly sizeBytes: number;
  /** As C writes it; empty for padding. */
  readonly value: string;
  /** What it consists of itself, as far as it was asked for. */
  readonly parts: readonly MemberView[];
}

/** A variable, an object or a block from malloc whose type has parts or is known. */
export interface TypedObjectView {
  readonly kind: 'variable' | 'object' | 'block';
  /** Of a block: an expression that points to it, as `first->next`. */
  readonly name: string;
  readonly type: string;
  readonly start: HexAddress;
  readonly sizeBytes: number;
  readonly value: string;
  readonly parts: readonly MemberView[];
}

/** What the objects in a range consist of. */
export interface MembersView {
  /** By address. */
  readonly objects: readonly TypedObjectView[];
  /** There were more parts than one answer carries. */
  readonly isCut: boolean;
}

/** Addresses that the map marks. */
export interface MarkView {
  readonly start: HexAddress;
  readonly end: HexAddress;
  /** `here`: the editor's cursor is on what lies there. The others: since the other moment of a comparison. */
  readonly kind: 'here' | 'added' | 'removed' | 'changed';
  /** What it is: a name, a line of a comparison. */
  readonly text: string;
}

/** A place in a source file; line and column from 1. */
export interface PlaceView {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type EventKind = 'malloc' | 'syscall' | 'page-fault' | 'output' | 'wait' | 'signal' | 'process';

/** One event of the run, ready for a list. */
export interface EventView {
  readonly index: number;
  readonly kind: EventKind;
  /** `malloc`, `brk`, `page fault` … */
  readonly name: string;
  /** `malloc(1) = 0x5555555592a0` */
  readonly text: string;
  /** One sentence: what it did and why. */
  readonly detail: string;
  /** First event that happened inside this call; equal to `index` when there is none. */
  readonly since: number;
  /** Index of the call it happened in, if any. */
  readonly parent: number | undefined;
  /** Innermost place in the user's own code. */
  readonly place: PlaceView | undefined;
  /** Address that it is about. */
  readonly address: HexAddress | undefined;
  /** The thread that it happened in, counted from 1; absent where only the main thread has run. */
  readonly thread?: number | undefined;
  /** Of a call that allocates, in lists of events: the event that frees its block; `never` when none does. */
  readonly freedBy?: number | 'never' | undefined;
  /** Of a call that frees, in lists of events: the event that allocated the block. */
  readonly allocatedBy?: number | undefined;
}

/** A step of the program about to be done: the finest moments that there are. */
export interface StepView {
  /** From 1. */
  readonly number: number;
  /** A function is entered, is about to be left, or something in it is done. */
  readonly role: 'entry' | 'statement' | 'exit';
  readonly place: PlaceView | undefined;
}

export interface VariableView {
  readonly name: string;
  readonly type: string;
  readonly start: HexAddress;
  readonly sizeBytes: number;
  readonly value: string;
  readonly isParameter: boolean;
}

/** A part of a stack frame that is no variable in scope. */
export interface FramePartView {
  readonly kind:
    | 'return-address'
    | 'saved-base'
    | 'saved-register'
    /** The stack protector's guard (canary). */
    | 'guard'
    /** Where a variadic function saves its register arguments. */
    | 'register-save-area'
    /** Pointer to the memory for a result that is a record. */
    | 'hidden-result'
    /** Memory for the result of a call. */
    | 'temporary'
    /** Slot of a variable of a block that control is not in. */
    | 'out-of-scope'
    | 'padding';
  /** Of a variable out of scope; else empty. */
  readonly name: string;
  readonly start: HexAddress;
  readonly sizeBytes: number;
}

/** A stack frame, innermost first in lists. */
export interface FrameView {
  readonly functionName: string;
  readonly place: PlaceView | undefined;
  /** rbp */
  readonly base: HexAddress;
  /** Lowest address of the frame. */
  readonly low: HexAddress;
  readonly returnAddress: HexAddress;
  /** What the return address lies in, as `main, list.c:12`; undefined where it is not the program's. */
  readonly returnsTo: string | undefined;
  readonly variables: readonly VariableView[];
  /** What else is in the frame, from low to high addresses; without padding where the layout is not known exactly. */
  readonly parts: readonly FramePartView[];
  /** Bytes of the variables that nobody stored to, where that is known. */
  readonly unstored: readonly { readonly start: HexAddress; readonly end: HexAddress }[];
}

/** A thread that does not run at this moment. */
export interface ThreadView {
  /** Counts the threads of a process from 1, the main one. */
  readonly number: number;
  /** Innermost first, as those of the running thread; none where it has not begun. */
  readonly frames: readonly FrameView[];
  readonly frameCount: number;
}

export interface CountersView {
  readonly virtualBytes: number;
  readonly residentBytes: number;
  /** Memory that the page tables take. */
  readonly pageTableBytes: number;
  readonly heapBytes: number;
  /** Bytes asked for by the program and not freed. */
  readonly liveBytes: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  readonly systemCalls: number;
  readonly mallocCalls: number;
}

export interface ProgramView {
  readonly name: string;
  readonly target: string;
  readonly glibc: string;
  readonly kernel: string;
  /** Seed of address randomisation; undefined where it is off. */
  readonly randomSeed: number | undefined;
  /** The source has changed since this run was made. */
  readonly isStale: boolean;
}

/** How the run ended, and in words. */
export interface OutcomeView {
  readonly kind: 'exit' | 'signal' | 'abort' | 'limit' | 'unsupported';
  readonly text: string;
  /** Of a bad access: the mapping that forbids it, the gap that it fell into; otherwise empty. */
  readonly why: string;
}

/** All of one moment. Its parts are what deltas replace. */
export interface Snapshot {
  readonly program: ProgramView;
  readonly outcome: OutcomeView;
  /** Index of the current event, and how many there are. */
  readonly position: { readonly index: number; readonly count: number };
  /** The step that is about to be done, where the moment is one; else it is the one right after the event. */
  readonly step?: StepView | undefined;
  readonly event: EventView | undefined;
  /** Events right before and after for orientation: the current one in the middle. */
  readonly mappings: readonly MappingView[];
  /** What stands for the mappings that are not in `mappings`; `mapDetail` has them. */
  readonly mappingBands: readonly MappingBandView[];
  /** How many mappings there are. */
  readonly mappingCount: number;
  /** The whole address space, from 0 up without gaps. */
  readonly regions: readonly RegionView[];
  readonly heap: HeapView | undefined;
  /** The arenas but the main one, in the order in which they were made. */
  readonly arenas: readonly ArenaView[];
  /** Blocks with mappings of their own: those of the mappings in `mappings`. */
  readonly mmapped: readonly ChunkView[];
  /** Stack frames of the thread that runs, the innermost first; of very many the innermost ones and the outermost one. */
  readonly frames: readonly FrameView[];
  /** How many stack frames there are. */
  readonly frameCount: number;
  /** The thread that runs: 1 is the main one. */
  readonly thread: number;
  /** How many threads have not ended. */
  readonly threadCount: number;
  /** The others, in the order in which they were made; of very many the first ones. */
  readonly otherThreads: readonly ThreadView[];
  readonly counters: CountersView;
  /** Standard output so far; the last part of it when it is long. */
  readonly output: string;
  /** Address ranges that the current event changed, to be marked. */
  readonly changed: readonly { readonly start: HexAddress; readonly end: HexAddress }[];
}

/** How the counters of a run went: a column each, one value a sample. */
export interface HistoryView {
  /** Indices of the events right after which the samples were taken, ascending. */
  readonly events: readonly number[];
  readonly virtualBytes: readonly number[];
  readonly residentBytes: readonly number[];
  readonly heapBytes: readonly number[];
  readonly liveBytes: readonly number[];
  readonly minorFaults: readonly number[];
  readonly systemCalls: readonly number[];
  /** Events of a kind by place: the run in as many equal parts as there are counts. */
  readonly marks: readonly { readonly kind: EventKind; readonly counts: readonly number[] }[];
}

/** A heap: of the main arena the one that brk grows. */
export interface HeapView {
  readonly start: HexAddress;
  readonly end: HexAddress;
  /** In order of address. */
  readonly chunks: readonly ChunkView[];
  /** What stands for the chunks that are not in `chunks`, in order of address; `mapDetail` has them. */
  readonly bands: readonly ChunkBandView[];
  /** How many chunks there are. */
  readonly chunkCount: number;
  /** The walk over the chunks did not reach top: a size word between them is broken. */
  readonly isCut: boolean;
  readonly tcacheCount: number;
}

/** A heap of a thread's arena: `start` is where its heap_info lies, `end` where what is in use ends. */
export interface ArenaHeapView extends HeapView {
  /** Bytes of heap_info, at the start. */
  readonly infoBytes: number;
  /** Behind what has been opened for reading and writing. */
  readonly openedEnd: HexAddress;
  /** Behind what is reserved. */
  readonly reservedEnd: HexAddress;
}

/** An arena that is not the main one. */
export interface ArenaView {
  /** From 2: the main arena is the first. */
  readonly number: number;
  /** Address of its malloc_state, which lies behind the heap_info of its first heap. */
  readonly state: HexAddress;
  readonly stateBytes: number;
  readonly top: HexAddress;
  readonly lastRemainder: HexAddress;
  readonly systemMem: number;
  /** The threads whose arena it is, by number. */
  readonly threads: readonly number[];
  /** By age; the last one holds top. */
  readonly heaps: readonly ArenaHeapView[];
}
