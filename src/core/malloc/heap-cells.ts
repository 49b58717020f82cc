/**
 * Sums over the chunks of a heap by cells of equal size: what a picture shows of a million chunks is made of some thousand sums.
 */
import type { Range } from '../../base/range.ts';
import { chunkStates, firstFrom } from './heap-walk.ts';
import type { ChunkColumns } from './heap-walk.ts';

/** Bytes of a cell; cells begin at multiples of it. */
const CELL_BYTES = 2 ** 14;

/** Larger heaps have no sums: 2 GiB. */
const mostCells = 2 ** 17;

const CODES = chunkStates.length;

/** Columns with ends: where the next chunk begins, but for the last ones of a heap. */
interface SizedColumns extends ChunkColumns {
  endOf(ordinal: number): number;
}

/** Numbers and bytes of chunks by the code of their state. */
export interface Tally {
  readonly counts: Float64Array;
  readonly bytes: Float64Array;
}

const emptyTally = (): Tally => ({
  counts: new Float64Array(CODES),
  bytes: new Float64Array(CODES),
});

/** Adds the chunks from ordinal `first` up to and without `end`. */
function addChunks(
  columns: SizedColumns,
  first: number,
  end: number,
  { counts, bytes }: Tally,
  at = 0,
): number {
  const { starts, stateCodes, count } = columns;
  let largest = 0;
  for (let ordinal = first; ordinal < end; ordinal++) {
    const code = at + (stateCodes[ordinal] ?? 0);
    // What ends where its neighbour starts needs no look at its header.
    const next = ordinal < count - 2 ? (starts[ordinal + 1] ?? 0) : columns.endOf(ordinal);
    const size = next - (starts[ordinal] ?? 0);
    counts[code] = (counts[code] ?? 0) + 1;
    bytes[code] = (bytes[code] ?? 0) + size;
    if (size > largest) largest = size;
  }
  return largest;
}

/** The cells from that of the lowest chunk to that of the highest one. A chunk belongs to the cell that it starts in. */
export class HeapCells {
  readonly #columns: SizedColumns;
  readonly #base: number;
  /** By cell: ordinal of the first chunk that starts in it or above; one more entry for all. */
  readonly #firsts: Int32Array;
  /** By cell and code. */
  readonly #tally: Tally;
  /** By cell: bytes of its largest chunk. */
  readonly #largest: Float64Array;
  /** Cells whose sums are of another moment. */
  readonly #outdated = new Set<number>();

  private constructor(columns: SizedColumns, base: number, count: number) {
    this.#columns = columns;
    this.#base = base;
    this.#firsts = new Int32Array(count + 1);
    this.#tally = { counts: new Float64Array(CODES * count), bytes: new Float64Array(CODES * count) };
    this.#largest = new Float64Array(count);
  }

  /**
   * Finds which chunks lie in which cell; their sums are those of `before`, but for the ranges of addresses that are given.
   *
   * @returns undefined for a heap that is too large
   */
  static of(
    columns: SizedColumns,
    before?: HeapCells,
    changed: readonly Range[] = [],
  ): HeapCells | undefined {
    const { starts, count } = columns;
    const base = Math.floor((starts[0] ?? 0) / CELL_BYTES);
    const size = Math.floor((starts[count - 1] ?? 0) / CELL_BYTES) - base + 1;
    if (!(size > 0 && size <= mostCells)) return undefined;
    const cells = new HeapCells(columns, base, size);
    if (before === undefined || before.#base !== base) {
      for (let cell = 0; cell < size; cell++) cells.#outdated.add(cell);
      cells.#find();
    } else cells.#take(before, changed);
    return cells;
  }

  get #count(): number {
    return this.#largest.length;
  }

  #find(): void {
    const { starts, count } = this.#columns;
    let cell = 0;
    for (let ordinal = 0; ordinal < count; ordinal++) {
      const own = Math.floor((starts[ordinal] ?? 0) / CELL_BYTES) - this.#base;
      if (own > cell) this.#firsts.fill(ordinal, cell + 1, own + 1);
      cell = Math.max(own, cell);
    }
    this.#firsts.fill(count, cell + 1);
  }

  #take(before: HeapCells, changed: readonly Range[]): void {
    const common = Math.min(this.#count, before.#count);
    this.#tally.counts.set(before.#tally.counts.subarray(0, CODES * common));
    this.#tally.bytes.set(before.#tally.bytes.subarray(0, CODES * common));
    this.#largest.set(before.#largest.subarray(0, common));
    for (const cell of before.#outdated) this.#outdate(cell);
    for (let cell = before.#count; cell < this.#count; cell++) this.#outdated.add(cell);
    for (const { start, end } of changed) {
      const last = Math.min(this.#count - 1, Math.floor((end - 1) / CELL_BYTES) - this.#base);
      for (let cell = Math.floor(start / CELL_BYTES) - this.#base; cell <= last; cell++) this.#outdate(cell);
    }
    // Top ends where its header says, and what was the highest chunk is no longer.
    this.#outdate(before.#count - 1);
    this.#outdate(this.#count - 1);
    let first = 0;
    for (let cell = 0; cell < this.#count; cell++) {
      this.#firsts[cell] = first;
      first = this.#outdated.has(cell)
        ? firstFrom(this.#columns, (this.#base + cell + 1) * CELL_BYTES)
        : first + before.#firstOf(cell + 1) - before.#firstOf(cell);
    }
    this.#firsts[this.#count] = this.#columns.count;
  }

  #outdate(cell: number): void {
    if (cell >= 0 && cell < this.#count) this.#outdated.add(cell);
  }

  #firstOf(cell: number): number {
    return this.#firsts[cell] ?? this.#columns.count;
  }

  /** Ordinals among which a chunk that starts at an address is. */
  near(addr: number): { readonly first: number; readonly end: number } {
    const cell = Math.floor(addr / CELL_BYTES) - this.#base;
    if (cell < 0 || cell >= this.#count) return { first: 0, end: 0 };
    return { first: this.#firstOf(cell), end: this.#firstOf(cell + 1) };
  }

  /** The state of a chunk has changed. */
  touch(addr: number): void {
    this.#outdate(Math.floor(addr / CELL_BYTES) - this.#base);
  }

  /** Makes the sums again that are of another moment. */
  settle(): void {
    const { counts, bytes } = this.#tally;
    for (const cell of this.#outdated) {
      counts.fill(0, CODES * cell, CODES * (cell + 1));
      bytes.fill(0, CODES * cell, CODES * (cell + 1));
      this.#largest[cell] = addChunks(
        this.#columns,
        this.#firstOf(cell),
        this.#firstOf(cell + 1),
        this.#tally,
        CODES * cell,
      );
    }
    this.#outdated.clear();
  }

  /**
   * Behind the last of the chunks from `ordinal` on that start in the same aligned range of `unit` bytes and that are known to be
   * smaller than that; `ordinal` itself where nothing is known without a look at it.
   */
  smallEnd(ordinal: number, unit: number): number {
    if (unit % CELL_BYTES !== 0) return ordinal;
    const first = Math.floor((this.#columns.starts[ordinal] ?? 0) / CELL_BYTES);
    const limit = Math.min(
      (Math.floor((first * CELL_BYTES) / unit) + 1) * (unit / CELL_BYTES) - this.#base,
      this.#count,
    );
    let end = ordinal;
    for (let cell = first - this.#base; cell < limit && (this.#largest[cell] ?? 0) < unit; cell++)
      end = this.#firstOf(cell + 1);
    return end;
  }

  /** Adds the chunks from ordinal `first` up to and without `end`. */
  add(first: number, end: number, tally: Tally): void {
    const cellOf = (ordinal: number): number =>
      Math.floor((this.#columns.starts[ordinal] ?? 0) / CELL_BYTES) - this.#base;
    const whole = this.#firstOf(cellOf(first)) === first ? cellOf(first) : cellOf(first) + 1;
    const behind = end >= this.#columns.count ? this.#count : cellOf(end);
    if (whole >= behind) {
      addChunks(this.#columns, first, end, tally);
      return;
    }
    addChunks(this.#columns, first, this.#firstOf(whole), tally);
    for (let at = whole * CODES, code = 0; at < behind * CODES; at++, code = (code + 1) % CODES) {
      tally.counts[code] = (tally.counts[code] ?? 0) + (this.#tally.counts[at] ?? 0);
      tally.bytes[code] = (tally.bytes[code] ?? 0) + (this.#tally.bytes[at] ?? 0);
    }
    addChunks(this.#columns, this.#firstOf(behind), end, tally);
  }
}

/** The chunks from ordinal `first` up to and without `end`, by the code of their state. */
export function tallyOf(
  columns: SizedColumns,
  cells: HeapCells | undefined,
  first: number,
  end: number,
): Tally {
  const tally = emptyTally();
  if (cells === undefined) addChunks(columns, first, end, tally);
  else cells.add(first, end, tally);
  return tally;
}
