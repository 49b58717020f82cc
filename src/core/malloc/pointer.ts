/**
 * Pointers as the allocator holds them.
 *
 * Addresses have 47 bits, more than the small integers that JavaScript engines compute with best, yet nearly every
 * pointer that malloc follows leads to one of two places: the heap of the program break, or libc's data around
 * main_arena. So a pointer is held as a code:
 *
 *   0                                  NULL
 *   [ARENA_CODE, ARENA_CODE + 64 KiB)  libc's data
 *   [HEAP_CODE, CODE_END)              the heap, from its first page on
 *   a number from CODE_END on          that address
 *   a bigint                           an address below CODE_END, or from 2^53 on
 *
 * The code is one-to-one, so `===` compares pointers. The type is opaque: arithmetic, order and access go through
 * `PointerSpace` and `WordMemory`, which are exact for every address. A code says nothing about what lies there.
 */
import { PAGE_SIZE, TWO_TO_32 } from '../../base/address.ts';
import type { Memory } from '../mm/kernel.ts';
import { alignWordDown, highHalfOf, lowHalfOf } from './word.ts';
import type { Word } from './word.ts';

declare const pointerBrand: unique symbol;

/** A pointer of the simulated process, which may hold any address. */
export interface Pointer {
  readonly [pointerBrand]: true;
}

/** What a pointer is at run time. */
type Code = number | bigint;

export const NULL = 0 as unknown as Pointer;

// Literals, which a bundler puts in their places.
export const HEAP_CODE = 0x2000_0000;
const HEAP_CODE_BYTES = 0x1000_0000;
const CODE_END = 0x3000_0000;
/** Below the heap's codes, with a gap, so that no offset leads from one place into the other. */
export const ARENA_CODE = 0x1ffe_0000;
export const ARENA_CODE_BYTES = 0x1_0000;
const ARENA_CODE_END = 0x1fff_0000;
/** HEAP_CODE less ARENA_CODE. */
const HEAP_OFFSET = 0x2_0000;
/** Bytes and pages from ARENA_CODE to CODE_END. */
const CODES = 0x1002_0000;
const PAGES = 0x1_0020;
/** In place of where a page lies: not known to be written. */
const UNKNOWN = -0x8000_0000;
/** Offset in its page up to which a chunk's six words lie in that page. */
const LAST_IN_PAGE = 4048;

/** Where the near places start. It decides what is fast, nothing else. */
export interface NearPlaces {
  /** The initial break. */
  readonly heap: number;
  /** The lower of main_arena and mp_. */
  readonly arena: number;
}

/** Pointer arithmetic, and the way from pointers in the two near places to host memory. */
export abstract class PointerSpace {
  readonly memory: Memory;
  /** Physical memory as signed words; `sync` renews it. */
  i32: Int32Array;
  /** Halves of the first addresses of the near places, signed; bytes of heap that have codes. */
  readonly heapLow: number;
  readonly heapHigh: number;
  readonly heapBytes: number;
  readonly arenaLow: number;
  readonly arenaHigh: number;
  readonly #heapBase: number;
  readonly #arenaBase: number;
  readonly #heapEnd: number;
  #u32: Uint32Array;
  /**
   * For each near page that is known to be written: what has to be added to the number of a word, counted from ARENA_CODE,
   * for its index in `i32`. Pages that follow each other in host memory have the same number.
   */
  readonly #hosts = new Int32Array(PAGES).fill(UNKNOWN);
  /** Changes whenever what is known about pages is dropped. */
  generation = 0;
  /** Epoch of the translations in `hosts`, and the number of pages up to the last one that is known. */
  #epoch = -1;
  #known = 0;

  constructor(memory: Memory, near: NearPlaces) {
    this.memory = memory;
    this.#u32 = memory.u32;
    this.i32 = new Int32Array(memory.u32.buffer);
    this.#heapBase = near.heap - (near.heap % PAGE_SIZE);
    this.heapLow = this.#heapBase | 0;
    this.heapHigh = highHalfOf(this.#heapBase) | 0;
    // Within the codes the high half stays the same.
    this.heapBytes = Math.min(HEAP_CODE_BYTES, TWO_TO_32 - lowHalfOf(this.#heapBase));
    this.#heapEnd = HEAP_CODE + this.heapBytes;
    this.#arenaBase = near.arena - (near.arena % PAGE_SIZE);
    this.arenaLow = this.#arenaBase | 0;
    this.arenaHigh = highHalfOf(this.#arenaBase) | 0;
  }

  // ---- codes ----

  /** The pointer with this address. */
  pointerAt(addr: Word): Pointer {
    return this.#encode(addr) as unknown as Pointer;
  }

  #encode(addr: Word): Code {
    if (typeof addr !== 'number') return addr;
    const inHeap = addr - this.#heapBase;
    if (inHeap >= 0 && inHeap < this.heapBytes) return HEAP_CODE + inHeap;
    const inArena = addr - this.#arenaBase;
    if (inArena >= 0 && inArena < ARENA_CODE_BYTES) return ARENA_CODE + inArena;
    return addr >= CODE_END || addr === 0 ? addr : BigInt(addr);
  }

  /** The address of a pointer. */
  addressOf(p: Pointer): Word {
    const code = p as unknown as Code;
    if (typeof code !== 'number') return code < CODE_END ? Number(code) : code;
    if (code >= CODE_END || code === 0) return code;
    return code >= HEAP_CODE ? this.#heapBase + (code - HEAP_CODE) : this.#arenaBase + (code - ARENA_CODE);
  }

  /** The address as a number; beyond 2^53 the nearest. */
  addressNumber(p: Pointer): number {
    return Number(this.addressOf(p));
  }

  // ---- arithmetic ----

  /** a + b modulo the word size. */
  abstract add(a: Word, b: Word): Word;
  /** a - b modulo the word size. */
  abstract sub(a: Word, b: Word): Word;

  /** p + n modulo the word size. */
  plus(p: Pointer, n: Word): Pointer {
    const code = p as unknown as Code;
    if (typeof code === 'number' && typeof n === 'number') {
      const sum = code + n;
      if (code >= HEAP_CODE && sum < this.#heapEnd) return sum as unknown as Pointer;
      if (code >= ARENA_CODE && sum < ARENA_CODE_END) return sum as unknown as Pointer;
    }
    return this.pointerAt(this.add(this.addressOf(p), n));
  }

  /** p - n modulo the word size. */
  minus(p: Pointer, n: Word): Pointer {
    const code = p as unknown as Code;
    if (typeof code === 'number' && typeof n === 'number') {
      const difference = code - n;
      if (difference >= HEAP_CODE && code < this.#heapEnd) return difference as unknown as Pointer;
    }
    return this.pointerAt(this.sub(this.addressOf(p), n));
  }

  /** a - b modulo the word size, in bytes. */
  distance(a: Pointer, b: Pointer): Word {
    const end = a as unknown as Code;
    const start = b as unknown as Code;
    if (typeof end === 'number' && typeof start === 'number')
      if (start >= HEAP_CODE && start <= end && end < this.#heapEnd) return end - start;
    return this.sub(this.addressOf(a), this.addressOf(b));
  }

  /** Whether a < b as unsigned addresses. */
  below(a: Pointer, b: Pointer): boolean {
    const left = a as unknown as Code;
    const right = b as unknown as Code;
    if (typeof left === 'number' && typeof right === 'number')
      if (left >= HEAP_CODE && right >= HEAP_CODE && left < this.#heapEnd && right < this.#heapEnd)
        return left < right;
    return this.addressOf(a) < this.addressOf(b);
  }

  /** Whether a chunk of this size at `p` would wrap around the end of memory: `p > -size`, as C has it. */
  wraps(p: Pointer, size: Word): boolean {
    const code = p as unknown as Code;
    // A number never reaches 2^32 from the near places; a size of 0 has no negative.
    if (typeof code === 'number' && code < this.#heapEnd && typeof size === 'number')
      if (size < HEAP_CODE_BYTES && size !== 0) return this.#wrapsNear(code, size);
    return this.addressOf(p) > this.sub(0, size);
  }

  #wrapsNear(code: number, size: number): boolean {
    return this.heapHigh === 0 && this.addressOf(code as unknown as Pointer) > this.sub(0, size);
  }

  /** Whether p + n is beyond the last address. */
  overflows(p: Pointer, n: Word): boolean {
    return this.add(this.addressOf(p), n) < n;
  }

  /** The low bits of the address that `mask`, below PAGE_SIZE, has. */
  lowBits(p: Pointer, mask: number): number {
    const code = p as unknown as Code;
    return typeof code === 'number' ? code & mask : Number(code & BigInt(mask));
  }

  /** Rounds down to a multiple of `alignment`, a power of two. */
  pointerDown(p: Pointer, alignment: number): Pointer {
    return this.pointerAt(alignWordDown(this.addressOf(p), alignment));
  }

  /** Rounds up to a multiple of `alignment`, a power of two, wrapping as C does. */
  pointerUp(p: Pointer, alignment: number): Pointer {
    return this.pointerAt(alignWordDown(this.add(this.addressOf(p), alignment - 1), alignment));
  }

  // ---- host memory ----

  /** To be called before each call of the allocator and after each system call: translations may have changed. */
  refresh(): void {
    const { translationEpoch } = this.memory;
    if (translationEpoch !== this.#epoch) {
      this.#epoch = translationEpoch;
      this.#hosts.fill(UNKNOWN, 0, this.#known);
      this.#known = 0;
      this.generation += 1;
    }
    this.sync();
  }

  /** To be called after each access that may have allotted a frame. */
  protected sync(): void {
    const { u32 } = this.memory;
    if (u32 === this.#u32) return;
    this.#u32 = u32;
    this.i32 = new Int32Array(u32.buffer);
  }

  /**
   * Index into `i32` of the word at `p + offset`, when it lies near, is aligned, and its page has been written already.
   *
   * @param mask - alignment of the access less 1
   * @returns -1 when the access has to go the long way
   */
  near(p: Pointer, offset: number, mask: 3 | 7): number {
    const code = p as unknown as Code;
    if (typeof code !== 'number') return -1;
    const at = code + offset - ARENA_CODE;
    if (at < 0 || at >= CODES || (at & mask) !== 0) return -1;
    const host = this.#hosts[at >>> 12] as number;
    return host === UNKNOWN ? this.#learn(at) : host + (at >>> 2);
  }

  /** Words, up to `words`, that follow each other in host memory from the near place `p + offset` on. */
  protected run(p: Pointer, offset: number, words: number): number {
    const at = (p as unknown as number) + offset - ARENA_CODE;
    let count = (PAGE_SIZE - (at & 4095)) >>> 2;
    for (let page = at >>> 12; count < words; page += 1, count += PAGE_SIZE / 4)
      if (this.#hosts[page + 1] !== this.#hosts[page]) break;
    return count < words ? count : words;
  }

  /**
   * Index into `i32` of a chunk's first word, when the chunk is near, aligned, and the words of its header that a free
   * chunk may have (six of 8 bytes) follow each other in host memory, in pages that have been written already.
   *
   * @returns -1 otherwise
   */
  chunkIndex(p: Pointer): number {
    const at = (p as unknown as number) - ARENA_CODE;
    if (!(at >= 0 && at < CODES) || (at & 15) !== 0) return -1;
    const host = this.#hosts[at >>> 12] as number;
    return host === UNKNOWN || (at & 4095) > LAST_IN_PAGE ? this.#indexAtEdge(at) : host + (at >>> 2);
  }

  /** The same for the chunk, or the header of a bin, whose address has these signed halves. */
  chunkIndexOf(low: number, high: number): number {
    let at = (low - this.heapLow) | 0;
    if (high === this.heapHigh && at >= 0 && at < this.heapBytes) {
      if ((at & 15) !== 0) return -1;
      at += HEAP_OFFSET;
    } else {
      at = (low - this.arenaLow) | 0;
      if (high !== this.arenaHigh || at < 0 || at >= ARENA_CODE_BYTES || (at & 7) !== 0) return -1;
    }
    const host = this.#hosts[at >>> 12] as number;
    return host === UNKNOWN || (at & 4095) > LAST_IN_PAGE ? this.#indexAtEdge(at) : host + (at >>> 2);
  }

  /** The index of a chunk whose page is not known, or whose header goes on in the next one. */
  #indexAtEdge(at: number): number {
    const index = this.#learn(at);
    if (index < 0 || (at & 4095) <= LAST_IN_PAGE) return index;
    const next = at - (at & 4095) + PAGE_SIZE;
    const page = next >>> 12;
    if (this.#learn(next) < 0 || this.#hosts[page] !== this.#hosts[page - 1]) return -1;
    return index;
  }

  /** Looks up where a near page lies. @returns -1 when an access might fault, or the code leads nowhere */
  #learn(at: number): number {
    const page = at >>> 12;
    const known = this.#hosts[page];
    if (known !== undefined && known !== UNKNOWN) return known + (at >>> 2);
    const inHeap = at - HEAP_CODE + ARENA_CODE;
    if (inHeap >= this.heapBytes || (inHeap < 0 && at >= ARENA_CODE_BYTES)) return -1;
    const addr = inHeap >= 0 ? this.#heapBase + inHeap : this.#arenaBase + at;
    const host = this.memory.knownWritable(addr);
    if (host < 0) return -1;
    this.#hosts[page] = (host >>> 2) - (at >>> 2);
    if (page >= this.#known) this.#known = page + 1;
    return host >>> 2;
  }
}
