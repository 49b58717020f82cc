/**
 * Which rows of a long list are in view. Rows have known heights, so that a list of a million rows costs one array of
 * offsets and the few dozen rows that are drawn.
 */

/** Offsets of the upper edges of the rows; one more at the end, the height of the list. */
export type RowOffsets = Float64Array;

export interface RowWindow {
  /** Index of the first row drawn. */
  readonly first: number;
  /** Index after the last row drawn. */
  readonly end: number;
  /** Room above the first row drawn, in pixels. */
  readonly above: number;
  /** Room below the last row drawn, in pixels. */
  readonly below: number;
}

/** The offsets of rows with these heights. */
export function offsetsOf<Row>(rows: readonly Row[], heightOf: (row: Row) => number): RowOffsets {
  const offsets = new Float64Array(rows.length + 1);
  let y = 0;
  rows.forEach((row, index) => {
    offsets[index] = y;
    y += heightOf(row);
  });
  offsets[rows.length] = y;
  return offsets;
}

/** Index of the row at height `y`, clamped to the list; 0 when the list is empty. */
export function rowAt(offsets: RowOffsets, y: number): number {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The rows to draw.
 *
 * @param overscan - pixels beyond the viewport, on either side, that are drawn too
 */
export function windowOf(
  offsets: RowOffsets,
  scrollTop: number,
  height: number,
  overscan: number,
): RowWindow {
  const count = offsets.length - 1;
  if (count <= 0) return { first: 0, end: 0, above: 0, below: 0 };
  const first = rowAt(offsets, scrollTop - overscan);
  const end = rowAt(offsets, scrollTop + height + overscan) + 1;
  const total = offsets[count] ?? 0;
  return { first, end, above: offsets[first] ?? 0, below: total - (offsets[end] ?? total) };
}

/**
 * The scroll position that brings a row into view with a margin, or the present one when the row is in view already.
 */
export function scrollTopFor(
  offsets: RowOffsets,
  index: number,
  scrollTop: number,
  height: number,
  margin: number,
): number {
  const top = offsets[index] ?? 0;
  const bottom = offsets[index + 1] ?? top;
  const total = offsets[offsets.length - 1] ?? 0;
  const room = Math.max(0, Math.min(margin, (height - (bottom - top)) / 2));
  if (top >= scrollTop && bottom <= scrollTop + height) return scrollTop;
  const wanted = top < scrollTop ? top - room : bottom + room - height;
  return Math.max(0, Math.min(wanted, Math.max(0, total - height)));
}
