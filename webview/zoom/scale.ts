/**
 * Scales of the map: where an address stands on the axis.
 *
 * A scale is a list of pieces, each linear, that covers the whole address space without gaps. The *linear* scale has one
 * piece. The *folded* scale gives each mapping room by the logarithm of its size and folds the empty space between them to a
 * sliver, so that 132 KiB of heap can be seen beside 128 TiB of nothing.
 *
 * Units on the axis are abstract: the whole space is 1 long. Distances are computed from address differences and never from
 * two positions, so that one byte of 2^64 is still exact.
 */
import { lastOf } from '../../src/base/bisect.ts';
import type { AddressRange } from '../layout/hex.ts';

/** How an address space is put on the axis. */
export type ScaleKind = 'folded' | 'linear';

/** A linear piece of a scale. */
export interface Piece extends AddressRange {
  /** Position of its start on the axis, 0 to 1. */
  readonly at: number;
  /** Length on the axis. */
  readonly length: number;
}

/** How much room a range gets: by its size, a fold that has room for a label, a sliver that only shows that it is there. */
export type Room = 'full' | 'fold' | 'sliver';

/** What is there: mappings, gaps, and named areas such as those of the kernel. */
export interface ScaledRange extends AddressRange {
  readonly room: Room;
}

/** Room of a mapping of one page, of each doubling above it, and of a fold of a page; a fold of terabytes gets more, for its label. */
const pageWeight = 3;
const doublingWeight = 0.55;
const foldWeight = 1.3;
const sliverWeight = 0.5;

/** A position in an address space: pieces in ascending order of address, the first from 0 on. */
export class Scale {
  readonly kind: ScaleKind;
  readonly pieces: readonly Piece[];

  private constructor(kind: ScaleKind, pieces: readonly Piece[]) {
    this.kind = kind;
    this.pieces = pieces;
  }

  /** Every byte gets the same room. */
  static linear(end: bigint): Scale {
    return new Scale('linear', [{ start: 0n, end, at: 0, length: 1 }]);
  }

  /**
   * @param end - end of the address space, 2^32 or 2^64
   * @param ranges - what is there, disjoint, in ascending order
   */
  static folded(end: bigint, ranges: readonly ScaledRange[]): Scale {
    const parts: { readonly start: bigint; readonly end: bigint; readonly weight: number }[] = [];
    let from = 0n;
    for (const range of ranges) {
      if (range.start > from) parts.push({ start: from, end: range.start, weight: foldWeight });
      parts.push({
        start: range.start,
        end: range.end,
        weight: weights[range.room](range),
      });
      from = range.end;
    }
    if (from < end) parts.push({ start: from, end, weight: foldWeight });
    const total = parts.reduce((sum, { weight }) => sum + weight, 0);
    let at = 0;
    const pieces = parts.map(({ weight, ...range }) => {
      const piece = { ...range, at, length: weight / total };
      at += piece.length;
      return piece;
    });
    return new Scale('folded', pieces);
  }

  get end(): bigint {
    return this.pieces.at(-1)?.end ?? 0n;
  }

  /** The piece that holds an address; the last one for the end of the space. */
  pieceOf(address: bigint): Piece {
    return lastOf(this.pieces, ({ start }) => start <= address) ?? { start: 0n, end: 1n, at: 0, length: 1 };
  }

  /** Length on the axis from one address up to another; negative downwards. */
  distance(from: bigint, to: bigint): number {
    if (from > to) return -this.distance(to, from);
    const first = this.pieceOf(from);
    const last = this.pieceOf(to);
    if (first === last) return lengthIn(first, to - from);
    return (
      lengthIn(first, first.end - from) +
      (last.at - first.at - first.length) +
      lengthIn(last, to - last.start)
    );
  }

  /** The address, with its fraction of a byte, at a distance on the axis from an address; stays in the space. */
  addressAt(from: bigint, distance: number): { readonly address: bigint; readonly fraction: number } {
    let index = this.pieces.indexOf(this.pieceOf(from));
    let address = from;
    let left = distance;
    for (;;) {
      const piece = this.pieces[index];
      if (piece === undefined) return { address: left < 0 ? 0n : this.end - 1n, fraction: 0 };
      const room = left < 0 ? lengthIn(piece, address - piece.start) : lengthIn(piece, piece.end - address);
      if (Math.abs(left) < room || (left < 0 && index === 0 && Math.abs(left) <= room)) {
        const bytes = (left / piece.length) * Number(piece.end - piece.start);
        const whole = Math.floor(bytes);
        return { address: address + BigInt(whole), fraction: bytes - whole };
      }
      left = left < 0 ? left + room : left - room;
      if (left < 0 || (left === 0 && distance < 0)) {
        address = piece.start;
        index -= 1;
      } else {
        address = piece.end;
        index += 1;
      }
    }
  }
}

/** Length of some bytes inside of a piece. */
function lengthIn(piece: Piece, bytes: bigint): number {
  return (Number(bytes) / Number(piece.end - piece.start)) * piece.length;
}

const weights: Readonly<Record<Room, (range: AddressRange) => number>> = {
  full: weightOf,
  fold: foldWeightOf,
  sliver: () => sliverWeight,
};

function foldWeightOf({ start, end }: AddressRange): number {
  const pages = Number(end - start) / 4096;
  return foldWeight + 1.8 * Math.min(1, Math.log2(Math.max(1, pages)) / 30);
}

function weightOf({ start, end }: AddressRange): number {
  const pages = Number(end - start) / 4096;
  return pageWeight + doublingWeight * Math.log2(Math.max(1, pages));
}
