/** Bytes in aligned lines, as gdb's `x` shows them: eight or sixteen a line. */
import type { HexAddress } from '../../src/protocol/view-model.ts';
import type { AddressRange } from './hex.ts';
import { holds, parseHex } from './hex.ts';

/** One byte; `value` is undefined where no page frame holds it. */
export interface DumpCell {
  readonly value: number | undefined;
  /** The byte belongs to the range that was asked for, not to the padding of the line. */
  readonly isInside: boolean;
  readonly isChanged: boolean;
}

export interface DumpLine {
  readonly start: bigint;
  readonly cells: readonly DumpCell[];
  /** No byte of the line has a page frame. */
  readonly isEmpty: boolean;
}

/**
 * The lines of a range.
 *
 * @param pieces - the bytes there are, in any order; what they do not cover has no page frame
 * @param changed - ranges to be marked
 * @param bytesPerLine - a power of two
 */
export function layOutDump(
  range: AddressRange,
  pieces: readonly { readonly start: HexAddress; readonly bytes: ArrayBuffer }[],
  changed: readonly AddressRange[],
  bytesPerLine: number,
): readonly DumpLine[] {
  const perLine = BigInt(bytesPerLine);
  const known = pieces.map((piece) => ({ start: parseHex(piece.start), bytes: new Uint8Array(piece.bytes) }));
  const byteAt = (addr: bigint): number | undefined => {
    const piece = known.find(({ start, bytes }) => addr >= start && addr < start + BigInt(bytes.length));
    return piece?.bytes[Number(addr - piece.start)];
  };
  const lines: DumpLine[] = [];
  for (let start = range.start - (range.start % perLine); start < range.end; start += perLine) {
    const cells: DumpCell[] = [];
    for (let addr = start; addr < start + perLine; addr++) {
      const isInside = holds(range, addr);
      cells.push({
        value: isInside ? byteAt(addr) : undefined,
        isInside,
        isChanged: isInside && changed.some((part) => holds(part, addr)),
      });
    }
    lines.push({ start, cells, isEmpty: cells.every((cell) => cell.value === undefined) });
  }
  return lines;
}
