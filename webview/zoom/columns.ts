/**
 * The columns of the picture: ruler, regions, mappings, what is in them, fields, arrows, bytes. A column gets room as its boxes become
 * tall enough to be seen, so that zooming in opens it smoothly.
 */

/** Left edge and width in pixels; a width of 0 is a column that is not shown. */
export interface Column {
  readonly x: number;
  readonly width: number;
}

export interface Columns {
  readonly ruler: Column;
  /** By `Box.column`: regions, mappings, parts, fields. */
  readonly boxes: readonly [Column, Column, Column, Column];
  /** Room for the arrows of pointers and links, which begin and end at the right edges of boxes. */
  readonly arrows: Column;
  readonly bytes: Column;
  /** Whether there is room for the bar of the scale. */
  readonly hasScaleBar: boolean;
}

/** Pixels that the tallest visible box of each column takes, one line of bytes, and one byte. */
export interface Heights {
  readonly parts: number;
  readonly fields: number;
  /** Of members, which lie in the column of what they are members of. */
  readonly members: number;
  readonly bytes: number;
  readonly byte: number;
}

/** Pixels that the bar of the scale takes beside the bytes, with its text: a few bytes. */
const scaleBarWidth = 54;
/** Below this width the ruler is short, and the bar of the scale has no room beside the bytes. */
const narrow = 420;
const regionWidth = 20;
/** A line of bytes lower than this is not written. */
export const leastLineHeight = 9;

/** Lays the columns out in a width. */
export function columnsOf(width: number, heights: Heights): Columns {
  const rulerWidth = width < narrow ? 78 : 112;
  const arrowWidth = width < narrow ? 14 : 36;
  const bytes = ramp(heights.bytes, 8, 15);
  // The scale bar stands at the right edge: over boxes, but beside the bytes.
  const barWidth = width < narrow ? 0 : scaleBarWidth * ramp(heights.bytes, 5, leastLineHeight);
  const room = Math.max(0, width - rulerWidth - regionWidth - arrowWidth - barWidth);
  const parts = ramp(heights.parts, 28, 80);
  // Fields are looked at when what they are in is.
  const fields = ramp(heights.fields, 10, 26) * (0.15 + 0.85 * parts);
  // What is looked into needs less room itself.
  const weights = [
    1 - 0.72 * Math.max(parts, bytes * 0.8),
    Math.max(parts, 0.25) * (1.1 - 0.5 * fields),
    fields * (1 - 0.25 * bytes) * (1 + 0.6 * openness(heights.members)),
    bytes * 1.6,
  ];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const widths = weights.map((weight) => (weight / total) * room);
  spread(widths, dumpWidth(heights.byte));
  let x = rulerWidth + regionWidth;
  const [parted = 0, opened = 0, worded = 0, dumped = 0] = widths;
  const place = (width: number): Column => {
    const column = { x, width };
    x += width;
    return column;
  };
  const [mappings, inside, words] = [place(parted), place(opened), place(worded)];
  const [arrows, dump] = [place(arrowWidth), place(dumped)];
  return {
    ruler: { x: 0, width: rulerWidth },
    boxes: [{ x: rulerWidth, width: regionWidth }, mappings, inside, words],
    arrows,
    bytes: dump,
    hasScaleBar: width >= narrow || heights.bytes < leastLineHeight,
  };
}

/** Gives what the last column cannot use to those that hold names, most of it to the fields where there are any. */
function spread(widths: number[], most: number): void {
  const [, parts = 0, fields = 0, dump = 0] = widths;
  const surplus = dump - most;
  if (surplus <= 0) return;
  const share = fields / Math.max(1, parts + fields);
  widths[1] = parts + surplus * (1 - share);
  widths[2] = fields + surplus * share;
  widths[3] = most;
}

/** Most pixels between two bytes of a line. */
export const mostBytePitch = 27;

/** What a line of bytes with its characters can use at most; without jumps where the count of bytes in a line changes. */
function dumpWidth(pixelsPerByte: number): number {
  const count = Math.min(mostPerLine, Math.max(1, mostLineHeight / Math.max(pixelsPerByte, 1e-9)));
  return 30 + count * (mostBytePitch + 8);
}

/** How far what members lie in opens to show them, by the height of the tallest one: 0 to 1. */
export const openness = (height: number): number => ramp(height, 8, 16);

/** 0 below `from`, 1 above `to`, smooth between. */
function ramp(value: number, from: number, to: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

const mostPerLine = 16;
const mostLineHeight = 44;

/** Bytes in a line of the dump: a power of two that has room, and no more than make a line of 44 pixels. */
export function bytesPerLine(pixelsPerByte: number, width: number): number {
  const most = width < 170 ? 4 : width < 330 ? 8 : mostPerLine;
  let count = most;
  while (count > 1 && count * pixelsPerByte > mostLineHeight) count /= 2;
  return count;
}
