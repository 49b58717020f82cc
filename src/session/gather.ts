/**
 * Puts what lies in memory into pieces for a picture of some resolution: what is large stands by itself, what is small is put
 * together with its neighbours.
 */
import { firstBeyond } from '../base/bisect.ts';

/** Things in order of address, by ordinal. */
export interface Ranges {
  readonly count: number;
  startOf(ordinal: number): number;
  endOf(ordinal: number): number;
  /** The first from an ordinal on that always stands by itself; {@link count} when there is none. */
  nextKept(ordinal: number): number;
  /**
   * Behind the last of those from an ordinal on that start in the same aligned cell of `unit` bytes and are known to be smaller
   * than it; the ordinal itself where nothing is known.
   */
  smallEnd?(ordinal: number, unit: number): number;
}

/** Neighbours from ordinal `first` up to and without `end`. */
export interface Piece {
  readonly first: number;
  readonly end: number;
}

/**
 * The pieces of the things from ordinal `first` up to and without `end`. Things smaller than `unit` whose starts fall into one
 * aligned cell of that size are one piece, unless a larger one stands between them.
 *
 * @param unit - bytes, a power of two; 1 keeps everything apart
 * @param most - pieces that are wanted: where there are more, it stops after the first one too many
 */
export function gather(
  ranges: Ranges,
  first: number,
  end: number,
  unit: number,
  most = Infinity,
): readonly Piece[] {
  const pieces: { readonly first: number; end: number }[] = [];
  let last: { readonly first: number; end: number } | undefined;
  let cell = -1;
  let kept = ranges.nextKept(first);
  for (let at = first, next = at; at < end && pieces.length <= most; at = next) {
    const start = ranges.startOf(at);
    const known = at === kept ? at : Math.min(ranges.smallEnd?.(at, unit) ?? at, kept, end);
    const isAlone = known === at && (at === kept || ranges.endOf(at) - start >= unit);
    next = Math.max(at + 1, known);
    if (at === kept) kept = ranges.nextKept(at + 1);
    const own = isAlone ? -1 : Math.floor(start / unit);
    if (own !== -1 && own === cell && last !== undefined) last.end = next;
    else {
      last = { first: at, end: next };
      pieces.push(last);
    }
    cell = own;
  }
  return pieces;
}

/**
 * All of the things in about `most` pieces, at most twice as many besides those that are kept: each by itself where they are few.
 *
 * @param least - bytes, a power of two: nothing smaller is put together first
 */
export function overview(ranges: Ranges, most: number, least: number): readonly Piece[] {
  const { count } = ranges;
  if (count <= most) return gather(ranges, 0, count, 1);
  let kept = 0;
  for (let at = ranges.nextKept(0); at < count; at = ranges.nextKept(at + 1)) kept += 1;
  // Things that are far apart fall into cells of their own, however few bytes they have.
  for (let unit = least; ; unit *= 2) {
    const limit = unit >= 2 ** 52 ? Infinity : 2 * most + 2 * kept;
    const pieces = gather(ranges, 0, count, unit, limit);
    if (pieces.length <= limit) return pieces;
  }
}

/** Ordinals of the things that lie in a range of addresses, or reach into it and are as large as a unit. */
export function ordinalsIn(
  ranges: Ranges,
  { start, end }: { readonly start: number; readonly end: number },
  unit: number,
): Piece {
  let first = firstAtOrAfter(ranges, start);
  const below = first - 1;
  if (below >= 0 && ranges.endOf(below) > start && ranges.endOf(below) - ranges.startOf(below) >= unit)
    first = below;
  return { first, end: Math.max(first, firstAtOrAfter(ranges, end)) };
}

function firstAtOrAfter(ranges: Ranges, addr: number): number {
  return firstBeyond(0, ranges.count, (index) => ranges.startOf(index) < addr);
}
