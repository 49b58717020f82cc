/**
 * CONTRACT. The physical memory of the simulated machine: one growable buffer.
 *
 * For a run it is the WebAssembly memory that the generated code uses too; for replays and tests it is a plain one.
 */

/** Bytes of a WebAssembly page. */
export const WASM_PAGE = 65536;

/** A buffer that can grow; growing replaces `buffer`. The shape of WebAssembly.Memory. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer;
  /**
   * Grows by `pages` pages of 64 KiB; new bytes are zero.
   *
   * @throws RangeError when the limit is reached
   */
  grow(pages: number): number;
}

/** Linear memory without WebAssembly. */
export class PlainLinearMemory implements LinearMemory {
  #buffer: ArrayBuffer;
  readonly #maximumPages: number;

  constructor(initialPages: number, maximumPages: number) {
    this.#buffer = new ArrayBuffer(initialPages * WASM_PAGE);
    this.#maximumPages = maximumPages;
  }

  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  grow(pages: number): number {
    const before = this.#buffer.byteLength / WASM_PAGE;
    if (before + pages > this.#maximumPages) throw new RangeError('linear memory is at its maximum');
    const grown = new ArrayBuffer((before + pages) * WASM_PAGE);
    new Uint8Array(grown).set(new Uint8Array(this.#buffer));
    this.#buffer = grown;
    return before;
  }
}
