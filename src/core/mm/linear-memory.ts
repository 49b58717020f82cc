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

/**
 * Linear memory that no module uses: for replays and tests.
 *
 * It is a WebAssembly memory all the same: that is the one kind of buffer that grows in place, without a copy of what it
 * holds, and whose views are as fast as any other. (A resizable ArrayBuffer grows in place too, but reads and writes
 * through it took 1.3 to 1.9 times as long when measured.)
 */
export class PlainLinearMemory implements LinearMemory {
  readonly #memory: WebAssembly.Memory;

  constructor(initialPages: number, maximumPages: number) {
    this.#memory = new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages });
  }

  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  grow(pages: number): number {
    return this.#memory.grow(pages);
  }
}
