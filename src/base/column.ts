/**
 * Growable columns of numbers over typed arrays.
 *
 * A column grows by chunks of one size and never copies a full one: ten million rows take their own bytes and no more.
 */

/** The typed arrays that a column can be made of. */
type NumberArray = Uint8Array | Uint16Array | Int32Array | Float64Array;

/** log2 of the rows of a chunk. */
const CHUNK_SHIFT = 16;
const CHUNK_ROWS = 1 << CHUNK_SHIFT;
const ROW_MASK = CHUNK_ROWS - 1;

/** Rows that the first chunk begins with: most runs are short. */
const firstRows = 256;

/** Rows up to which copying one by one is taken. */
const shortRun = 16;

/** A column that only grows at its end. Reading beyond the end gives 0. */
export class Column<T extends NumberArray> {
  readonly #chunks: T[];
  /** The last chunk; only the first one is ever shorter than {@link CHUNK_ROWS}. */
  #open: T;
  #length = 0;
  readonly #make: (length: number) => T;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#open = make(firstRows);
    this.#chunks = [this.#open];
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes that the column takes. */
  get byteLength(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  }

  push(value: number): void {
    const row = this.#length & ROW_MASK;
    if (row === 0 ? this.#length > 0 : row === this.#open.length) this.#grow(row);
    this.#open[row] = value;
    this.#length += 1;
  }

  /** Appends the first `count` values of an array. */
  append(values: T, count: number): void {
    for (let done = 0; done < count;) {
      const part = this.#room(count - done);
      const row = this.#length & ROW_MASK;
      // Copying a few by hand is cheaper than a view of them.
      if (part < shortRun) for (let i = 0; i < part; i++) this.#open[row + i] = values[done + i] ?? 0;
      else this.#open.set(values.subarray(done, done + part), row);
      this.#length += part;
      done += part;
    }
  }

  /** How many of `count` rows the last chunk takes, at least one. */
  #room(count: number): number {
    let row = this.#length & ROW_MASK;
    if (row === 0 ? this.#length > 0 : row === this.#open.length) {
      this.#grow(row);
      row = this.#length & ROW_MASK;
    }
    return Math.min(count, this.#open.length - row);
  }

  /** Makes room for the row `row` of the last chunk; 0 asks for a chunk behind it. */
  #grow(row: number): void {
    if (row === 0) {
      this.#open = this.#make(CHUNK_ROWS);
      this.#chunks.push(this.#open);
      return;
    }
    const grown = this.#make(Math.min(2 * row, CHUNK_ROWS));
    grown.set(this.#open);
    this.#open = grown;
    this.#chunks[0] = grown;
  }

  get(index: number): number {
    if (index >= this.#length) return 0;
    return this.#chunks[index >>> CHUNK_SHIFT]?.[index & ROW_MASK] ?? 0;
  }

  set(index: number, value: number): void {
    const chunk = index < this.#length ? this.#chunks[index >>> CHUNK_SHIFT] : undefined;
    if (chunk !== undefined) chunk[index & ROW_MASK] = value;
  }
}

/** A column of numbers 0 to 255. */
export const byteColumn = (): Column<Uint8Array> => new Column((n) => new Uint8Array(n));
/** A column of numbers 0 to 65535. */
export const shortColumn = (): Column<Uint16Array> => new Column((n) => new Uint16Array(n));
/** A column of signed 32-bit numbers. */
export const indexColumn = (): Column<Int32Array> => new Column((n) => new Int32Array(n));
/** A column of doubles. */
export const numberColumn = (): Column<Float64Array> => new Column((n) => new Float64Array(n));
