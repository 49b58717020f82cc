/**
 * The constants of malloc for one release and one data model, with the offsets of its structures.
 *
 * Source: malloc/malloc.c (struct malloc_chunk, malloc_state, malloc_par, tcache_perthread_struct), malloc/malloc-internal.h,
 * sysdeps/generic/malloc-machine.h (DEFAULT_TOP_PAD), sysdeps/i386/malloc-alignment.h. Offsets were compared with the
 * debug symbols of the builds that `GlibcRelease.build` names.
 */
import type { DataModel } from '../target/data-model.ts';
import type { GlibcRelease } from '../target/glibc-release.ts';

/** Flag of a size word: the chunk below is in use. */
export const PREV_INUSE = 1;
/** Flag of a size word: the chunk is a mapping of its own. */
export const IS_MMAPPED = 2;
/** Flag of a size word: the chunk belongs to another arena than the main one. */
export const NON_MAIN_ARENA = 4;
/** All flags of a size word. */
export const SIZE_BITS = 7;

/** Flag of an arena: its memory is not contiguous. */
export const NONCONTIGUOUS_BIT = 2;

/** Flag of an arena before 2.27: no fast bin holds a chunk. */
export const NO_FASTCHUNKS_BIT = 1;

/** Number of bins, bin 0 and the unused last one included. */
export const NBINS = 128;
/** Words of the bin map. */
export const BINMAPSIZE = 4;
/** Chunks binned in one pass over the unsorted list. */
export const MAX_UNSORTED_ITERATIONS = 10_000;
/** Freed sizes from which fast bins are consolidated and top is trimmed. */
export const FASTBIN_CONSOLIDATION_THRESHOLD = 65_536;
/** Least length of the mapping that stands in for a refused break. */
export const MMAP_AS_MORECORE_SIZE = 1_048_576;

export const DEFAULT_TOP_PAD = 131_072;
export const DEFAULT_TRIM_THRESHOLD = 131_072;
export const DEFAULT_MMAP_THRESHOLD = 131_072;
export const DEFAULT_MMAP_MAX = 65_536;

/** Byte offsets in malloc_state. */
export interface ArenaLayout {
  readonly flags: number;
  /** Only where there are fast bins. */
  readonly haveFastchunks: number;
  readonly fastbins: number;
  readonly fastbinCount: number;
  readonly top: number;
  readonly lastRemainder: number;
  readonly bins: number;
  readonly binmap: number;
  readonly next: number;
  readonly nextFree: number;
  readonly attachedThreads: number;
  readonly systemMem: number;
  readonly maxSystemMem: number;
  readonly bytes: number;
}

/** Byte offsets in malloc_par. */
export interface ParLayout {
  readonly trimThreshold: number;
  readonly topPad: number;
  readonly mmapThreshold: number;
  readonly arenaTest: number;
  readonly arenaMax: number;
  readonly nMmaps: number;
  readonly nMmapsMax: number;
  readonly maxNMmaps: number;
  readonly noDynThreshold: number;
  readonly mmappedMem: number;
  readonly maxMmappedMem: number;
  readonly sbrkBase: number;
  readonly tcacheBins: number;
  readonly tcacheMaxBytes: number;
  readonly tcacheCount: number;
  readonly tcacheUnsortedLimit: number;
}

/** Byte offsets in tcache_perthread_struct. */
export interface TcacheLayout {
  readonly bins: number;
  readonly smallBins: number;
  readonly counterBytes: 1 | 2;
  readonly entries: number;
  readonly bytes: number;
}

/** What malloc.c has as macros. */
export interface MallocParams {
  readonly SIZE_SZ: 4 | 8;
  readonly MALLOC_ALIGNMENT: number;
  readonly CHUNK_HDR_SZ: number;
  readonly MINSIZE: number;
  readonly MIN_LARGE_SIZE: number;
  /** `smallbin_index(size) = (size >> shift) + correction`. */
  readonly smallbinShift: number;
  readonly smallbinCorrection: number;
  /** Last quotient by 64, and what is added to it, of the finest large bins. */
  readonly largebinFine: { readonly last: number; readonly base: number };
  /** Fast bin index: `size >> shift` less 2. */
  readonly fastbinShift: number;
  readonly DEFAULT_MXFAST: number;
  readonly MAX_FAST_SIZE: number;
  readonly DEFAULT_MMAP_THRESHOLD_MAX: number;
  readonly HEAP_MAX_SIZE: number;
  /** Largest request that passes the first check when it is a plain number. */
  readonly maxRequest: number;
  /** Largest request the small tcache bins can be opened for: MAX_TCACHE_SMALL_SIZE. */
  readonly maxTcacheRequest: number;
  readonly arena: ArenaLayout;
  readonly par: ParLayout;
  readonly tcache: TcacheLayout;
}

/** The constants for a release on a data model. */
export function mallocParams(release: GlibcRelease, model: DataModel): MallocParams {
  const SIZE_SZ = model.wordBytes;
  const wide = SIZE_SZ === 8;
  const MALLOC_ALIGNMENT = wide ? 16 : release.alignment386;
  const CHUNK_HDR_SZ = 2 * SIZE_SZ;
  const MINSIZE = 4 * SIZE_SZ;
  const DEFAULT_MMAP_THRESHOLD_MAX = wide ? 4 * 1024 * 1024 * SIZE_SZ : 512 * 1024;
  return {
    SIZE_SZ,
    MALLOC_ALIGNMENT,
    CHUNK_HDR_SZ,
    MINSIZE,
    MIN_LARGE_SIZE: wide ? 1024 : MALLOC_ALIGNMENT === 16 ? 1008 : 512,
    smallbinShift: MALLOC_ALIGNMENT === 16 ? 4 : 3,
    smallbinCorrection: MALLOC_ALIGNMENT > CHUNK_HDR_SZ ? 1 : 0,
    largebinFine: finestLargeBins(wide, MALLOC_ALIGNMENT),
    fastbinShift: wide ? 4 : 3,
    DEFAULT_MXFAST: (64 * SIZE_SZ) / 4,
    MAX_FAST_SIZE: (80 * SIZE_SZ) / 4,
    DEFAULT_MMAP_THRESHOLD_MAX,
    HEAP_MAX_SIZE: 2 * DEFAULT_MMAP_THRESHOLD_MAX,
    maxRequest: requestMaximum(release, SIZE_SZ),
    maxTcacheRequest: (release.tcache.smallBins - 1) * MALLOC_ALIGNMENT + MINSIZE - SIZE_SZ,
    arena: arenaLayout(release, SIZE_SZ),
    par: parLayout(release, SIZE_SZ),
    tcache: tcacheLayout(release, SIZE_SZ),
  };
}

/** Where the bins of 64 bytes each end. @source malloc/malloc.c: largebin_index_64, largebin_index_32_big, largebin_index_32 */
function finestLargeBins(wide: boolean, alignment: number): MallocParams['largebinFine'] {
  if (wide) return { last: 48, base: 48 };
  return alignment === 16 ? { last: 45, base: 49 } : { last: 38, base: 56 };
}

/** The largest number that is a legal request; on 64 bits every number is. */
function requestMaximum(release: GlibcRelease, SIZE_SZ: 4 | 8): number {
  if (SIZE_SZ === 8) return Number.MAX_SAFE_INTEGER;
  return release.requestLimit === 'ptrdiff-max' ? 0x7fff_ffff : 0x1_0000_0000 - 2 * 16 - 16;
}

function arenaLayout(release: GlibcRelease, SIZE_SZ: 4 | 8): ArenaLayout {
  const narrow = SIZE_SZ === 4;
  const counts = release.arenaHasFastbins;
  const fastbinCount = counts ? (narrow && release.alignment386 === 16 ? 11 : 10) : 0;
  const fastbins = counts && release.fastchunksIn === 'field' ? (narrow ? 12 : 16) : 8;
  const top = fastbins + fastbinCount * SIZE_SZ;
  const bins = top + 2 * SIZE_SZ;
  const binmap = bins + (2 * NBINS - 2) * SIZE_SZ;
  const next = binmap + BINMAPSIZE * 4;
  return {
    flags: 4,
    haveFastchunks: 8,
    fastbins,
    fastbinCount,
    top,
    lastRemainder: top + SIZE_SZ,
    bins,
    binmap,
    next,
    nextFree: next + SIZE_SZ,
    attachedThreads: next + 2 * SIZE_SZ,
    systemMem: next + 3 * SIZE_SZ,
    maxSystemMem: next + 4 * SIZE_SZ,
    bytes: next + 5 * SIZE_SZ,
  };
}

function parLayout(release: GlibcRelease, SIZE_SZ: 4 | 8): ParLayout {
  const words = 5 + release.mpHugePageWords;
  const nMmaps = words * SIZE_SZ + (release.mpHugePageWords === 0 ? 0 : 4);
  const afterInts = nMmaps + 16;
  const mmappedMem = afterInts + (afterInts % SIZE_SZ === 0 ? 0 : SIZE_SZ - (afterInts % SIZE_SZ));
  const sbrkBase = mmappedMem + (release.mpTotalMem ? 3 : 2) * SIZE_SZ;
  return {
    trimThreshold: 0,
    topPad: SIZE_SZ,
    mmapThreshold: 2 * SIZE_SZ,
    arenaTest: 3 * SIZE_SZ,
    arenaMax: 4 * SIZE_SZ,
    nMmaps,
    nMmapsMax: nMmaps + 4,
    maxNMmaps: nMmaps + 8,
    noDynThreshold: nMmaps + 12,
    mmappedMem,
    maxMmappedMem: mmappedMem + SIZE_SZ,
    sbrkBase,
    tcacheBins: sbrkBase + SIZE_SZ,
    tcacheMaxBytes: sbrkBase + 2 * SIZE_SZ,
    tcacheCount: sbrkBase + 3 * SIZE_SZ,
    tcacheUnsortedLimit: sbrkBase + 4 * SIZE_SZ,
  };
}

function tcacheLayout(release: GlibcRelease, SIZE_SZ: 4 | 8): TcacheLayout {
  const { smallBins, largeBins, counterBytes } = release.tcache;
  const bins = smallBins + largeBins;
  const entries = bins * counterBytes;
  return { bins, smallBins, counterBytes, entries, bytes: entries + bins * SIZE_SZ };
}
