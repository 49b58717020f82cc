/** Half-open ranges of numbers: addresses, offsets, indices. */

/** A range that contains `start` and does not contain `end`; start <= end. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Whether `value` lies in the range. */
export function contains(range: Range, value: number): boolean {
  return value >= range.start && value < range.end;
}

/** Whether two ranges share at least one value. */
export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether `inner` lies wholly in `outer`. */
export function covers(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The common part, or `undefined` when there is none. */
export function intersection(a: Range, b: Range): Range | undefined {
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.end, b.end);
  return start < end ? { start, end } : undefined;
}
