/**
 * What is known of every byte that the program may touch, besides its value: whether it may be touched at all, and
 * whether anything was ever stored there. Pages of which nothing was said may be touched and are initialised: the mm
 * refuses what may not be.
 *
 * The states lie in a linear memory of their own, so that access-filter.ts, frame-marks.ts and block-marks.ts can look at
 * them in WebAssembly:
 *
 *   PENDING    u32, not zero while bits that are not initialised are on their way to a store
 *   GONE_COUNT u32, frames that ended so far; GONE_FRAMES the last of them (gone-frames.ts)
 *   TABLE      TABLE_ENTRIES entries of 16 bytes, direct-mapped by the low bits of the page number:
 *              i64 page number plus 1, or 0 for none; i32 place of the page's states; i32 place of its blocks, or 0
 *   ZERO_PAGE  states of pages of which nothing was said
 *   then       what was reserved; states of pages, a byte each, and the blocks that begin in them (heap-blocks.ts)
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';

/** States of a byte. */
export const DEFINED = 0;
/** Some of its bits are initialised: see {@link ShadowMemory.unknownBits}. */
export const PARTIAL = 1;
export const UNDEFINED = 2;
/** Of malloc's own, or in no block. */
export const NO_ACCESS = 3;
/** In a stack frame that is gone. */
export const DEAD = 4;

/** Saved rbp and return address of a function. */
export const LINK = 5;

export type ByteState =
  typeof DEFINED | typeof PARTIAL | typeof UNDEFINED | typeof NO_ACCESS | typeof DEAD | typeof LINK;

/** Whether bytes of a state, the worst of some, may be touched but are not all initialised. */
export const isUnknown = (state: ByteState): boolean => state === PARTIAL || state === UNDEFINED;

export const PENDING = 0;
export const GONE_COUNT = 8;
export const GONE_FRAMES = 64;
export const TABLE = 0x10000;
export const TABLE_ENTRIES = 4096;
export const ZERO_PAGE = TABLE + 16 * TABLE_ENTRIES;
const FIRST_PAGE = ZERO_PAGE + PAGE_SIZE;

/** Bytes of what is known of the blocks that begin in a page: a record for each 16 bytes of it. */
export const BLOCK_RECORD_BYTES = 32;
const PAGE_BLOCKS_BYTES = (PAGE_SIZE / 16) * BLOCK_RECORD_BYTES;

/** Bytes of a page of a linear memory. */
const WASM_PAGE = 65536;
/** Linear pages at first, and at most: states of nearly 4 GiB. */
const firstPages = 16;
const mostPages = 65535;

/** States of bytes by address. */
export class ShadowMemory {
  readonly linear = new WebAssembly.Memory({ initial: firstPages, maximum: mostPages });
  #u8 = new Uint8Array(this.linear.buffer);
  #i32 = new Int32Array(this.linear.buffer);
  #f64 = new Float64Array(this.linear.buffer);
  /** Places of the states of pages, by page number. */
  readonly #places = new Map<number, number>();
  /** Places of the blocks that begin in pages, by page number. */
  readonly #blocks = new Map<number, number>();
  /** Unknown bits of the bytes whose state is {@link PARTIAL}; what it has of others is out of date. */
  readonly #partial = new Map<number, number>();
  #firstPage = FIRST_PAGE;
  #end = FIRST_PAGE;
  /** The page that was looked at last: accesses come in runs. */
  #lastPage = -1;
  #last = ZERO_PAGE;

  /** The linear memory in words of 4 and 8 bytes, until something is added to it. */
  get i32(): Int32Array {
    return this.#i32;
  }

  get f64(): Float64Array {
    return this.#f64;
  }

  /**
   * Sets room aside that {@link clear} leaves alone. Only before anything is said of any byte.
   *
   * @param bytes - a multiple of 8
   * @returns its place, with zeros
   */
  reserve(bytes: number): number {
    invariant(this.#end === this.#firstPage, 'room is reserved first');
    const place = this.#allot(bytes);
    this.#firstPage = this.#end;
    return place;
  }

  /** Says of all bytes that nothing is known. */
  clear(): void {
    this.#u8.fill(0, 0, FIRST_PAGE);
    this.#u8.fill(0, this.#firstPage, this.#end);
    this.#places.clear();
    this.#blocks.clear();
    this.#partial.clear();
    this.#end = this.#firstPage;
    this.#lastPage = -1;
  }

  /** Says that bits that are not initialised are on their way to a store, or no longer. */
  setPending(isPending: boolean): void {
    this.#i32[PENDING >>> 2] = isPending ? 1 : 0;
  }

  /** Room at the end. */
  #allot(bytes: number): number {
    const place = this.#end;
    this.#end += bytes;
    if (this.#end > this.#u8.length) {
      const pages = this.#u8.length / WASM_PAGE;
      const needed = Math.ceil((this.#end - this.#u8.length) / WASM_PAGE);
      this.linear.grow(Math.max(needed, Math.min(pages, mostPages - pages)));
      this.#u8 = new Uint8Array(this.linear.buffer);
      this.#i32 = new Int32Array(this.linear.buffer);
      this.#f64 = new Float64Array(this.linear.buffer);
    }
    return place;
  }

  /** Place of the states of a page. */
  #place(page: number): number {
    if (page === this.#lastPage) return this.#last;
    this.#note(page, this.#places.get(page) ?? ZERO_PAGE);
    return this.#last;
  }

  /** Place of the states of a page, its own ones. */
  #ownPlace(page: number): number {
    const known = this.#place(page);
    if (known !== ZERO_PAGE) return known;
    const made = this.#allot(PAGE_SIZE);
    this.#places.set(page, made);
    this.#note(page, made);
    return made;
  }

  /** Remembers where the states of a page are, here and in the table. */
  #note(page: number, place: number): void {
    this.#lastPage = page;
    this.#last = place;
    const entry = (TABLE + 16 * (page % TABLE_ENTRIES)) >>> 2;
    this.#i32[entry] = (page + 1) | 0;
    this.#i32[entry + 1] = Math.floor((page + 1) / 2 ** 32);
    this.#i32[entry + 2] = place;
    this.#i32[entry + 3] = this.#blocks.get(page) ?? 0;
  }

  /** Place of the records of the blocks that begin in a page; undefined where none ever did. */
  blocksOf(page: number): number | undefined {
    return this.#blocks.get(page);
  }

  /** Place of the records of the blocks that begin in a page, made where there is none. */
  ownBlocksOf(page: number): number {
    const known = this.#blocks.get(page);
    if (known !== undefined) return known;
    const made = this.#allot(PAGE_BLOCKS_BYTES);
    this.#blocks.set(page, made);
    this.#note(page, this.#ownPlace(page));
    return made;
  }

  /** Pages in which blocks begin, with the places of their records. */
  get blockPages(): Iterable<readonly [page: number, place: number]> {
    return this.#blocks;
  }

  stateAt(addr: number): ByteState {
    const page = Math.floor(addr / PAGE_SIZE);
    return (this.#u8[this.#place(page) + addr - page * PAGE_SIZE] ?? DEFINED) as ByteState;
  }

  /** The greatest state in a range: {@link DEFINED} when there is nothing to say about it. */
  worst(addr: number, bytes: number): ByteState {
    let worst: number = DEFINED;
    for (let done = 0; done < bytes;) {
      const page = Math.floor((addr + done) / PAGE_SIZE);
      const offset = addr + done - page * PAGE_SIZE;
      const count = Math.min(PAGE_SIZE - offset, bytes - done);
      const place = this.#place(page);
      if (place !== ZERO_PAGE) {
        const states = this.#u8;
        for (let i = place + offset; i < place + offset + count; i++) {
          const state = states[i] ?? 0;
          if (state > worst) worst = state;
        }
      }
      done += count;
    }
    return worst as ByteState;
  }

  /** Address of the first byte of a range that is in one of the states from `least` on. */
  first(addr: number, bytes: number, least: ByteState): number | undefined {
    for (let i = 0; i < bytes; i++) if (this.stateAt(addr + i) >= least) return addr + i;
    return undefined;
  }

  /** Sets the state of a range. */
  set(addr: number, bytes: number, state: ByteState): void {
    for (let done = 0; done < bytes;) {
      const page = Math.floor((addr + done) / PAGE_SIZE);
      const offset = addr + done - page * PAGE_SIZE;
      const count = Math.min(PAGE_SIZE - offset, bytes - done);
      const place = state === DEFINED ? this.#place(page) : this.#ownPlace(page);
      if (place !== ZERO_PAGE) this.#fill(place + offset, count, state);
      done += count;
    }
  }

  #fill(start: number, count: number, state: ByteState): void {
    // The call costs more than a few bytes.
    if (count > 32) this.#u8.fill(state, start, start + count);
    else for (let i = start; i < start + count; i++) this.#u8[i] = state;
  }

  /** What was initialised is so from now on; what may not be touched stays so. */
  define(addr: number, bytes: number): void {
    for (let i = 0; i < bytes; i++) {
      const page = Math.floor((addr + i) / PAGE_SIZE);
      const at = this.#place(page) + addr + i - page * PAGE_SIZE;
      if (isUnknown(this.#u8[at] as ByteState)) this.#u8[at] = DEFINED;
    }
  }

  /** The unknown bits of a range, a byte each; what may not be touched counts as known. */
  copyOf(addr: number, bytes: number): Uint8Array {
    return Uint8Array.from({ length: bytes }, (_, i) => this.#unknownAt(addr + i));
  }

  #unknownAt(addr: number): number {
    const state = this.stateAt(addr);
    if (state === PARTIAL) return this.#partial.get(addr) ?? 0xff;
    return state === UNDEFINED ? 0xff : 0;
  }

  /** Gives a range unknown bits; what may not be touched stays as it is. */
  paste(addr: number, unknown: Uint8Array): void {
    unknown.forEach((bits, i) => {
      if (this.stateAt(addr + i) >= NO_ACCESS) return;
      this.set(addr + i, 1, bits === 0 ? DEFINED : bits === 0xff ? UNDEFINED : PARTIAL);
      if (bits !== 0 && bits !== 0xff) this.#partial.set(addr + i, bits);
    });
  }

  /** The unknown bits of the value of some bytes. */
  unknownBits(addr: number, bytes: number): bigint {
    return this.copyOf(addr, bytes).reduceRight((sum, bits) => (sum << 8n) | BigInt(bits), 0n);
  }

  /** Gives the value of some bytes these unknown bits. */
  setUnknown(addr: number, bytes: number, mask: bigint): void {
    this.paste(
      addr,
      Uint8Array.from({ length: bytes }, (_, i) => Number((mask >> BigInt(8 * i)) & 0xffn)),
    );
  }
}
