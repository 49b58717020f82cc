/**
 * What differs between glibc releases for malloc, as named behaviours.
 *
 * One object a release; the engine asks for a behaviour, never for a version number. Releases that share their
 * allocator share their objects' fields. Each field says what the releases do; the release in which a behaviour flips
 * is visible from the table below.
 *
 * Source: glibc release tags 2.23 to 2.44, malloc/malloc.c and malloc/arena.c; NEWS of each release. Where a
 * distribution's build differs from the tag (a back-port), the entry is that of the build named in `build`.
 */
import type { TargetName } from './data-model.ts';

/** Releases with an entry of their own. */
export type GlibcName =
  | '2.23'
  | '2.26'
  | '2.27'
  | '2.28'
  | '2.29'
  | '2.30'
  | '2.31'
  | '2.32'
  | '2.33'
  | '2.34'
  | '2.35'
  | '2.36'
  | '2.37'
  | '2.38'
  | '2.39'
  | '2.40'
  | '2.41'
  | '2.42'
  | '2.43'
  | '2.44';

/** The thread cache of a release. */
export interface TcacheBehaviour {
  /** Whether a request is rounded up without a look at its limit before the cache is asked, so that it may wrap. */
  readonly sizeMayWrap: boolean;
  /** Bytes of a bin's counter; counters of one byte are signed. */
  readonly counterBytes: 1 | 2;
  /** What a counter counts: chunks in the bin, or slots that are still free. */
  readonly counts: 'used' | 'free-slots';
  /** Bins of one chunk size each. */
  readonly smallBins: number;
  /** Bins of a range of sizes each, used when the tunable tcache_max asks for it. */
  readonly largeBins: number;
  /** Chunks a bin takes unless the tunable tcache_count says otherwise. */
  readonly defaultCount: number;
  /** How malloc asks whether a bin is empty. */
  readonly emptyTest: 'head' | 'count';
  /**
   * What makes the structure: malloc, calloc, free and realloc whenever it is missing; a malloc that could use it; or
   * the first free that could use it. Before 2.26 there is none.
   */
  readonly createdBy: 'nothing' | 'any-entry' | 'small-request' | 'small-free';
  /** The word that marks a cached chunk: none, the structure's address, or a random word drawn at start. */
  readonly key: 'none' | 'structure' | 'random';
  /** Which bins a free whose key matches is looked for in. */
  readonly doubleFreeScan: 'own-bin' | 'all-bins';
  /** Whether that scan stops with an abort after more than tcache_count chunks. */
  readonly countsScan: boolean;
  /** Whether calloc takes chunks from the cache. */
  readonly servesCalloc: boolean;
  /** Whether memalign and its kin look for an aligned chunk in the cache. */
  readonly servesMemalign: boolean;
  /** Whether frees inside the allocator (tail of realloc, old top) may end in the cache. */
  readonly takesInternalFrees: boolean;
  /** Whether exact fits met in the unsorted scan are cached. */
  readonly stashesUnsorted: boolean;
  /** Creation inside malloc's own search: never, on hits of a small bin, or also on exact fits of the unsorted scan. */
  readonly createdInSearch: 'never' | 'small-bin' | 'small-bin-and-unsorted';
  /** Whether the creation inside the search pads the structure's chunk size as if it were a request. */
  readonly searchPadsTwice: boolean;
  /** Whether the limit of cached sizes is kept in request bytes by mistake, which loses the largest small bin. */
  readonly limitInRequestBytes: boolean;
  /** How a large bin is asked: any chunk that is big enough, or only the exact size. */
  readonly largeFit: 'at-least' | 'exact';
}

/** malloc as one glibc release has it. */
export interface GlibcRelease {
  readonly name: GlibcName;
  /** Builds that the addresses below are taken from. */
  readonly build: string;

  // Where things are.
  /** Fields of malloc_state: with fast bins, or without (they went away with their flag). */
  readonly arenaHasFastbins: boolean;
  /** Where it stands that fast bins hold chunks: in a field, or (turned around) in bit 0 of the flags. */
  readonly fastchunksIn: 'field' | 'flags';
  /** Alignment of blocks on i386. */
  readonly alignment386: 8 | 16;
  /** Whether mp_ still has the field max_total_mem. */
  readonly mpTotalMem: boolean;
  /** Pointer-sized words of mp_ between arena_max and the hugepage flags; none before hugepages came. */
  readonly mpHugePageWords: 0 | 2 | 3;
  /** Address of mp_ less that of main_arena, in the named builds. */
  readonly mpFromArena: Readonly<Record<TargetName, number>>;
  /** Bytes of heap_info in words: header of a secondary heap. */
  readonly heapInfoWords: { readonly x86_64: number; readonly i386: number };

  /** Whether malloc is initialised before main, not by its first call. */
  readonly initializedAtStart: boolean;
  /** Whether the first malloc, calloc or realloc goes through a start-up hook, where calloc is malloc and memset. */
  readonly startHooks: boolean;

  /**
   * Where tunables come from and what their numbers are: the old environment names alone; also GLIBC_TUNABLES, with the
   * number at a value's start; or only values that are a number as a whole, which is cut to its type before its bounds
   * are looked at.
   */
  readonly tunables: 'environment' | 'leading-numbers' | 'whole-numbers';
  /** Whether the tunable mmap_max takes negative numbers, which switch mappings off. */
  readonly mmapMaxMayBeNegative: boolean;
  /** Whether there is the tunable mxfast. */
  readonly mxfastTunable: boolean;

  // Requests.
  /** Which requests fail at once. */
  readonly requestLimit: 'near-size-max' | 'wraps-near-size-max' | 'ptrdiff-max';
  /** What makes calloc's product fail. */
  readonly callocLimit: 'size-max' | 'ptrdiff-max';
  /** Request limits of M_MXFAST that switch fast bins off, and what the limit becomes then (words of SIZE_SZ). */
  readonly fastOff: { readonly upTo: 'zero' | 'padding'; readonly limit: 'alignment' | 'header' };

  // Lists.
  readonly tcache: TcacheBehaviour;
  /** Whether links of singly linked lists are mangled, and their alignment checked. */
  readonly safeLinking: boolean;
  /** Whether free puts small merged chunks straight into their small bin. */
  readonly freesIntoSmallBins: boolean;

  // free.
  /** Whether free leaves errno alone. */
  readonly freeKeepsErrno: boolean;
  /** Order of free: mmapped chunks first, or the cache first and sizes that are no multiple of the alignment allowed. */
  readonly freeOrder: 'mmapped-first' | 'cache-first';

  // System memory.
  /** Layout of an mmapped chunk: header only, or a trailing word as well (usable size grows by one word). */
  readonly mmappedTail: boolean;
  /** Length of the mapping that replaces a refused break. */
  readonly mmapFallback: 'plain' | 'arguments-swapped' | 'without-old-top';
  /** Whether M_MMAP_THRESHOLD refuses values above half a heap. */
  readonly mmapThresholdLimited: boolean;
  /** Whether a failed request is tried in another arena even in a process of one thread. */
  readonly retriesAlone: boolean;
  /** What limits the number of arenas: cores times 8 (or 2) above arena_test, or cores and arena_test from it on. */
  readonly arenaLimit: 'cores-times' | 'cores-or-test';
  /** MAP_NORESERVE on the reservations of secondary heaps. */
  readonly heapsNoReserve: boolean;

  // realloc and memalign.
  /** When realloc gives the block back untouched at once. */
  readonly reallocReuse: 'never' | 'padding-or-page' | 'padding';
  /** Whether the arena of a chunk is looked up before the chunk itself is checked. */
  readonly reallocFindsArenaFirst: boolean;
  /** Whether a failed mremap compares usable bytes, or the chunk size, with the request. */
  readonly reallocRereadsSize: boolean;
  /** What happens to the lead and tail of memalign: freed as any chunk, merged back, or cut with a minimal lead. */
  readonly memalignTrim: 'free' | 'merge' | 'merge-minimal-lead';
  /** Whether aligned_alloc refuses alignments that are no power of two. */
  readonly alignedAllocStrict: boolean;
  /** How memalign refuses sums of size and alignment that wrap. */
  readonly memalignLimit: 'sum-wraps' | 'none' | 'alignment-above-ptrdiff-max';
  /** Whether the alignment is raised to MINSIZE first. */
  readonly memalignMinimum: boolean;

  // Checks that came and went.
  readonly checks: {
    /** Size against the foot when a chunk leaves a bin. */
    readonly unlinkFoot: boolean;
    /** Size class of fast chunks when they are merged. */
    readonly consolidateSize: boolean;
    /** Sizes and links of unsorted chunks, size of top, size against prev_size when merging. */
    readonly unsorted: boolean;
    /** Links again before an unsorted chunk leaves its list. */
    readonly unsortedUnlink: boolean;
    /** Links of the neighbours when a large bin is entered; also at its small end. */
    readonly largeBin: 'none' | 'links' | 'links-and-end';
    /** That an mmapped pointer's offset in its page is a power of two. */
    readonly mmappedOffset: boolean;
    /** What mremap_chunk does about a wrong header. */
    readonly mremap: 'assertion' | 'abort';
    /** Size class of fast chunks while they move to the cache. */
    readonly fastStash: boolean;
  };

  // Words.
  /** What an abort prints: its text, or a banner with program and address, before a backtrace and the memory map. */
  readonly abortText: 'plain' | 'banner';
  /** How a failed assertion is worded. */
  readonly assertion: 'program-file-line' | 'function' | 'file-line-function';
  /** Line of malloc.c named by sysmalloc's assertion about top. */
  readonly sysmallocLine: number;
  /** Line of mremap_chunk's assertion, where there is one and its line is known. */
  readonly mremapLine: number | undefined;
}

const tcache2026: TcacheBehaviour = {
  sizeMayWrap: false,
  counterBytes: 1,
  counts: 'used',
  smallBins: 64,
  largeBins: 0,
  defaultCount: 7,
  emptyTest: 'head',
  createdBy: 'any-entry',
  key: 'none',
  doubleFreeScan: 'own-bin',
  countsScan: false,
  servesCalloc: false,
  servesMemalign: false,
  takesInternalFrees: true,
  stashesUnsorted: true,
  createdInSearch: 'never',
  searchPadsTwice: false,
  limitInRequestBytes: false,
  largeFit: 'exact',
};

/** No thread cache at all. */
const noTcache: TcacheBehaviour = {
  ...tcache2026,
  smallBins: 0,
  defaultCount: 0,
  createdBy: 'nothing',
  takesInternalFrees: false,
  stashesUnsorted: false,
};

const glibc227: GlibcRelease = {
  name: '2.27',
  build: 'release tag',
  arenaHasFastbins: true,
  fastchunksIn: 'field',
  alignment386: 16,
  mpTotalMem: false,
  mpHugePageWords: 0,
  mpFromArena: { x86_64: -2496, i386: -1568 },
  heapInfoWords: { x86_64: 4, i386: 4 },
  initializedAtStart: false,
  startHooks: true,
  tunables: 'leading-numbers',
  mmapMaxMayBeNegative: true,
  mxfastTunable: false,
  requestLimit: 'wraps-near-size-max',
  callocLimit: 'size-max',
  fastOff: { upTo: 'zero', limit: 'alignment' },
  tcache: tcache2026,
  safeLinking: false,
  freesIntoSmallBins: false,
  freeKeepsErrno: false,
  freeOrder: 'mmapped-first',
  mmappedTail: false,
  mmapFallback: 'plain',
  mmapThresholdLimited: true,
  retriesAlone: false,
  arenaLimit: 'cores-times',
  heapsNoReserve: true,
  reallocReuse: 'never',
  reallocFindsArenaFirst: true,
  reallocRereadsSize: false,
  memalignTrim: 'free',
  alignedAllocStrict: false,
  memalignLimit: 'sum-wraps',
  memalignMinimum: true,
  checks: {
    unlinkFoot: true,
    consolidateSize: true,
    unsorted: false,
    unsortedUnlink: false,
    largeBin: 'none',
    mmappedOffset: false,
    mremap: 'assertion',
    fastStash: false,
  },
  abortText: 'plain',
  assertion: 'program-file-line',
  sysmallocLine: 2398,
  mremapLine: 2868,
};

const glibc226: GlibcRelease = {
  ...glibc227,
  name: '2.26',
  fastchunksIn: 'flags',
  requestLimit: 'near-size-max',
  tcache: { ...tcache2026, sizeMayWrap: true },
  retriesAlone: true,
  checks: { ...glibc227.checks, consolidateSize: false },
  abortText: 'banner',
  sysmallocLine: 2412,
  mremapLine: undefined,
};

const glibc223: GlibcRelease = {
  ...glibc226,
  name: '2.23',
  alignment386: 8,
  mpTotalMem: true,
  tunables: 'environment',
  tcache: noTcache,
  checks: { ...glibc226.checks, unlinkFoot: false },
  sysmallocLine: 2392,
};

const glibc228: GlibcRelease = {
  ...glibc227,
  name: '2.28',
  build: 'release tag',
  checks: { ...glibc227.checks, unsortedUnlink: true },
  sysmallocLine: 2382,
  mremapLine: undefined,
};

const glibc229: GlibcRelease = {
  ...glibc228,
  name: '2.29',
  build: 'release tag',
  tcache: { ...tcache2026, key: 'structure' },
  checks: { ...glibc228.checks, unsorted: true, mmappedOffset: true, mremap: 'abort' },
  sysmallocLine: 2389,
};

const glibc230: GlibcRelease = {
  ...glibc229,
  name: '2.30',
  build: 'release tag',
  mpFromArena: { x86_64: -2304, i386: -1568 },
  requestLimit: 'ptrdiff-max',
  callocLimit: 'ptrdiff-max',
  tcache: { ...glibc229.tcache, counterBytes: 2, emptyTest: 'count' },
  memalignLimit: 'none',
  checks: { ...glibc229.checks, largeBin: 'links' },
  sysmallocLine: 2379,
};

const glibc231: GlibcRelease = {
  ...glibc230,
  name: '2.31',
  build: 'Debian GLIBC 2.31-13+deb11u11',
  mxfastTunable: true,
  fastOff: { upTo: 'zero', limit: 'header' },
};

const glibc232: GlibcRelease = {
  ...glibc231,
  name: '2.32',
  build: 'release tag',
  fastOff: { upTo: 'padding', limit: 'header' },
  safeLinking: true,
  sysmallocLine: 2394,
};

const glibc233: GlibcRelease = {
  ...glibc232,
  name: '2.33',
  build: 'release tag',
  tcache: { ...glibc232.tcache, countsScan: true },
  freeKeepsErrno: true,
  sysmallocLine: 2539,
};

const glibc234: GlibcRelease = {
  ...glibc233,
  name: '2.34',
  build: 'release tag',
  startHooks: false,
  mmapMaxMayBeNegative: false,
  tcache: { ...glibc233.tcache, key: 'random' },
  sysmallocLine: 2516,
};

const glibc235: GlibcRelease = {
  ...glibc234,
  name: '2.35',
  build: 'release tag',
  mpHugePageWords: 2,
  mpFromArena: { x86_64: -2336, i386: -1536 },
  heapInfoWords: { x86_64: 6, i386: 6 },
  mmapFallback: 'arguments-swapped',
  mmapThresholdLimited: false,
  sysmallocLine: 2617,
};

const glibc236: GlibcRelease = {
  ...glibc235,
  name: '2.36',
  build: 'Debian GLIBC 2.36-9+deb12u14',
  memalignLimit: 'alignment-above-ptrdiff-max',
  assertion: 'function',
};

const glibc237: GlibcRelease = {
  ...glibc236,
  name: '2.37',
  build: 'release branch',
  heapsNoReserve: false,
  reallocReuse: 'padding-or-page',
  reallocRereadsSize: true,
  assertion: 'file-line-function',
  sysmallocLine: 2593,
};

const glibc238: GlibcRelease = {
  ...glibc237,
  name: '2.38',
  build: 'release branch',
  tcache: { ...glibc237.tcache, servesMemalign: true },
  mmapFallback: 'plain',
  memalignTrim: 'merge',
  alignedAllocStrict: true,
  checks: { ...glibc237.checks, unsortedUnlink: false },
  sysmallocLine: 2589,
};

const glibc239: GlibcRelease = {
  ...glibc238,
  name: '2.39',
  tunables: 'whole-numbers',
  build: 'release tag',
  mpFromArena: { x86_64: -2368, i386: -1536 },
  memalignLimit: 'none',
  sysmallocLine: 2599,
};

const glibc240: GlibcRelease = { ...glibc239, name: '2.40', build: 'release tag' };

const glibc241: GlibcRelease = {
  ...glibc240,
  name: '2.41',
  build: 'Debian GLIBC 2.41-12+deb13u4',
  tcache: { ...glibc240.tcache, servesCalloc: true },
  freesIntoSmallBins: true,
  memalignLimit: 'alignment-above-ptrdiff-max',
  sysmallocLine: 2601,
};

const glibc242: GlibcRelease = {
  ...glibc241,
  name: '2.42',
  build: 'release tag',
  initializedAtStart: true,
  callocLimit: 'size-max',
  tcache: {
    ...glibc241.tcache,
    counts: 'free-slots',
    largeBins: 12,
    emptyTest: 'head',
    createdBy: 'small-request',
    doubleFreeScan: 'all-bins',
    takesInternalFrees: false,
    limitInRequestBytes: true,
    largeFit: 'at-least',
  },
  freeOrder: 'cache-first',
  memalignLimit: 'none',
  checks: { ...glibc241.checks, largeBin: 'links-and-end', fastStash: true },
  sysmallocLine: 2607,
};

const glibc243: GlibcRelease = {
  ...glibc242,
  name: '2.43',
  build: 'Debian GLIBC 2.43-7',
  arenaHasFastbins: false,
  mpHugePageWords: 3,
  tcache: {
    ...glibc242.tcache,
    defaultCount: 16,
    createdBy: 'small-free',
    createdInSearch: 'small-bin-and-unsorted',
    searchPadsTwice: true,
    limitInRequestBytes: false,
    largeFit: 'exact',
  },
  mmappedTail: true,
  mmapFallback: 'without-old-top',
  reallocReuse: 'padding',
  reallocFindsArenaFirst: false,
  memalignTrim: 'merge-minimal-lead',
  memalignLimit: 'alignment-above-ptrdiff-max',
  sysmallocLine: 2371,
};

const glibc244: GlibcRelease = {
  ...glibc243,
  name: '2.44',
  arenaLimit: 'cores-or-test',
  build: 'Debian GLIBC 2.44-3',
  tcache: {
    ...glibc243.tcache,
    stashesUnsorted: false,
    createdInSearch: 'small-bin',
    searchPadsTwice: false,
  },
  memalignMinimum: false,
  sysmallocLine: 2199,
};

/** Every release, oldest first. */
export const glibcReleases: readonly GlibcRelease[] = [
  glibc223,
  glibc226,
  glibc227,
  glibc228,
  glibc229,
  glibc230,
  glibc231,
  glibc232,
  glibc233,
  glibc234,
  glibc235,
  glibc236,
  glibc237,
  glibc238,
  glibc239,
  glibc240,
  glibc241,
  glibc242,
  glibc243,
  glibc244,
];

/** The release that programs run on unless asked otherwise. */
export const defaultGlibcRelease: GlibcRelease = glibc236;

/** The release of this name, or `undefined`. */
export function glibcReleaseOf(name: string): GlibcRelease | undefined {
  return glibcReleases.find((release) => release.name === name);
}
