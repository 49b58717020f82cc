/**
 * A free list at another moment, when most of its links are as they were: only changed links are followed.
 */
import type { ListLinks } from './inspect.ts';

/** Members that are looked at at most to find the places of some of them: some milliseconds. */
const mostLooks = 2 ** 23;

/** A list, and how it differs from what it was. */
export interface RenewedList {
  readonly members: readonly number[];
  /** Members that it had, and members that it has got. */
  readonly gone: readonly number[];
  readonly added: readonly number[];
}

/**
 * Follows a list.
 *
 * @param old - its members at another moment, each of them once
 * @param touched - members whose links may have changed
 * @returns undefined where it is to be followed as a whole
 */
export function renewedList(
  old: readonly number[],
  touched: ReadonlySet<number>,
  { first, stop, next }: ListLinks,
): RenewedList | undefined {
  if (touched.size === 0 && old.length > 0 && old[0] === first) return { members: old, gone: [], added: [] };
  let looks = 0;
  const placeOf = (member: number): number => {
    const place = old.indexOf(member);
    looks += place < 0 ? old.length : place;
    return place;
  };
  const breaks: number[] = [];
  for (const member of touched) {
    const place = placeOf(member);
    if (place >= 0) breaks.push(place);
    if (looks > mostLooks) return undefined;
  }
  breaks.sort((a, b) => a - b);
  const kept: [first: number, end: number][] = [];
  const added: number[] = [];
  const pieces: (readonly number[])[] = [];
  for (let at = first; at !== stop && at !== 0;) {
    const place = placeOf(Number(at));
    if (looks > mostLooks) return undefined;
    if (place < 0) {
      added.push(Number(at));
      pieces.push([Number(at)]);
      // A circle of members that are new.
      if (added.length > 2 ** 16) return undefined;
      at = next(at);
      continue;
    }
    const last = breaks.find((one) => one >= place);
    const end = last === undefined ? old.length : last + 1;
    if (kept.some((one) => one[0] < end && place < one[1])) return undefined;
    kept.push([place, end]);
    pieces.push(old.slice(place, end));
    if (last === undefined) break;
    at = next(old[last] ?? 0);
  }
  return { members: ([] as number[]).concat(...pieces), gone: withoutRanges(old, kept), added };
}

function withoutRanges(
  list: readonly number[],
  ranges: readonly (readonly [first: number, end: number])[],
): readonly number[] {
  const left: (readonly number[])[] = [];
  let from = 0;
  for (const [first, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    left.push(list.slice(from, first));
    from = end;
  }
  left.push(list.slice(from));
  return ([] as number[]).concat(...left);
}
