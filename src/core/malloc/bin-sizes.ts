/**
 * Chunk sizes that belong in a bin, told from the functions that choose the bin.
 */
import { binIndex } from './bins.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { tcacheIndex, tcacheLargeIndex } from './tcache.ts';

/** Sizes from `low` up to and including `high`, in bytes; no `high` where there is no end. */
export interface BinSizes {
  readonly low: number;
  readonly high: number | undefined;
}

/** Sizes above this one count as endless: the address space has no larger chunk. */
const ENDLESS = 2 ** 48;

/** Sizes of small and large bin `bin`, from 2 up. */
export function sizesOfBin(m: Ptmalloc, bin: number): BinSizes {
  return sizesWhere(m, (size) => binIndex(m, size), bin);
}

/** Sizes of tcache bin `bin`. */
export function sizesOfTcacheBin(m: Ptmalloc, bin: number): BinSizes {
  if (bin < m.params.tcache.smallBins) return sizesWhere(m, (size) => tcacheIndex(m, size), bin);
  const found = sizesWhere(m, (size) => tcacheLargeIndex(m, size), bin);
  // The first of the large bins begins where the small ones end.
  const small = sizesWhere(m, (size) => tcacheIndex(m, size), m.params.tcache.smallBins - 1);
  return { ...found, low: Math.max(found.low, (small.high ?? 0) + m.params.MALLOC_ALIGNMENT) };
}

/** Sizes of fast bin `bin`: one. @source malloc/malloc.c: fastbin_index */
export function sizesOfFastbin(m: Ptmalloc, bin: number): BinSizes {
  const size = (bin + 2) * 2 ** m.params.fastbinShift;
  return { low: size, high: size };
}

/** The sizes with an index, which never falls as sizes grow. */
function sizesWhere(m: Ptmalloc, indexOf: (size: number) => number, wanted: number): BinSizes {
  const step = m.params.MALLOC_ALIGNMENT;
  const firstAtLeast = (index: number): number => {
    let low = m.MINSIZE / step;
    let high = ENDLESS / step;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (indexOf(middle * step) >= index) high = middle;
      else low = middle + 1;
    }
    return low * step;
  };
  const next = firstAtLeast(wanted + 1);
  return { low: firstAtLeast(wanted), high: next >= ENDLESS ? undefined : next - step };
}
