/**
 * Growable columns of numbers over typed arrays.
 */

/** The typed arrays that a column can be made of. */
type NumberArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A column that only grows at its end. Reading beyond the end gives 0. */
export class Column<T extends NumberArray> {
  #data: T;
  #length = 0;
  readonly #make: (length: number) => T;

  constructor(make: (length: number) => T, capacity = 256) {
    this.#make = make;
    this.#data = make(capacity);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const grown = this.#make(this.#data.length * 2);
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data[this.#length++] = value;
  }

  get(index: number): number {
    return index < this.#length ? (this.#data[index] ?? 0) : 0;
  }

  set(index: number, value: number): void {
    if (index < this.#length) this.#data[index] = value;
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
