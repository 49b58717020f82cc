/**
 * The process's memory read and written word by word, with the unsigned arithmetic of its data model.
 *
 * An access to a near place (pointer.ts) whose page has been written before is two steps in a typed array. Every other
 * access goes through `Memory`, which faults pages in, counts, and raises signals.
 */
import { PAGE_SIZE, TWO_TO_32 } from '../../base/address.ts';
import { MemoryFault } from '../mm/kernel.ts';
import type { Memory } from '../mm/kernel.ts';
import type { DataModel } from '../target/data-model.ts';
import { ARENA_CODE, ARENA_CODE_BYTES, HEAP_CODE, NULL, PointerSpace } from './pointer.ts';
import type { NearPlaces, Pointer } from './pointer.ts';
import {
  alignWordDown,
  highHalfOf,
  lowHalfOf,
  toWord,
  wideDifference,
  wideSum,
  wordOfHalves,
} from './word.ts';
import type { Word } from './word.ts';

/** Words up to which a loop takes less time than a call of the engine's own functions. */
const SHORT_BLOCK = 16;

/** First address of the kernel's half: canonical, but never mapped for a process. */
const KERNEL_HALF = 0xffff_8000_0000_0000n;

/** The fault of an access above 2^53, an address that no number holds exactly. */
function wideFault(addr: bigint, access: 'read' | 'write'): MemoryFault {
  // The processor reports non-canonical addresses without telling them.
  if (addr < KERNEL_HALF) return new MemoryFault('SIGSEGV', 'SI_KERNEL', 0, access);
  return new MemoryFault('SIGSEGV', 'SEGV_MAPERR', Number(addr), access, addr);
}

/** Memory of one data model. */
export abstract class WordMemory extends PointerSpace {
  readonly safeLinking: boolean;
  /** Bytes of a word: SIZE_SZ. */
  abstract readonly wordBytes: 4 | 8;
  /** The largest word: SIZE_MAX. */
  abstract readonly max: Word;

  constructor(memory: Memory, near: NearPlaces, safeLinking: boolean) {
    super(memory, near);
    this.safeLinking = safeLinking;
  }

  /** The word at `p + offset`. */
  abstract read(p: Pointer, offset: number): Word;
  /** Stores a word at `p + offset`. */
  abstract write(p: Pointer, offset: number, value: Word): void;
  /** The pointer at `p + offset`. */
  abstract readPointer(p: Pointer, offset: number): Pointer;
  /** Stores a pointer at `p + offset`. */
  abstract writePointer(p: Pointer, offset: number, target: Pointer): void;
  /** The list link at `pos`, revealed where links are mangled: `(pos >> 12) ^ stored`. */
  abstract readLink(pos: Pointer): Pointer;
  /** Stores a list link at `pos`, mangled where links are. */
  abstract writeLink(pos: Pointer, target: Pointer): void;
  /** Whether the word at `p + offset` has these halves; on i386 the high half is not looked at. */
  abstract isPair(p: Pointer, offset: number, low: number, high: number): boolean;
  /** Stores these halves at `p + offset`; on i386 the low one. */
  abstract writePair(p: Pointer, offset: number, low: number, high: number): void;
  /** Whether the word is negative when read as signed. */
  abstract isNegative(a: Word): boolean;

  /** An int (32 bits unsigned) at `p + offset`. */
  readInt(p: Pointer, offset: number): number {
    const at = this.near(p, offset, 3);
    if (at >= 0) return (this.i32[at] as number) >>> 0;
    const value = this.memory.readU32(this.reach(p, offset, 'read'));
    this.sync();
    return value;
  }

  /** Stores an int. */
  writeInt(p: Pointer, offset: number, value: number): void {
    const at = this.near(p, offset, 3);
    if (at >= 0) {
      this.i32[at] = value;
      return;
    }
    this.memory.writeU32(this.reach(p, offset, 'write'), value >>> 0);
    this.sync();
  }

  /** The unsigned short at `p + offset`, an even number. */
  readShort(p: Pointer, offset: number): number {
    const at = this.near(p, offset & ~3, 3);
    if (at >= 0) return ((this.i32[at] as number) >>> ((offset & 2) << 3)) & 0xffff;
    const value = this.memory.readU16(this.reach(p, offset, 'read'));
    this.sync();
    return value;
  }

  /** Stores a short. */
  writeShort(p: Pointer, offset: number, value: number): void {
    const at = this.near(p, offset & ~3, 3);
    if (at >= 0) {
      const shift = (offset & 2) << 3;
      this.i32[at] = ((this.i32[at] as number) & ~(0xffff << shift)) | ((value & 0xffff) << shift);
      return;
    }
    this.memory.writeU16(this.reach(p, offset, 'write'), value & 0xffff);
    this.sync();
  }

  /** The byte at `p + offset`. */
  readByte(p: Pointer, offset: number): number {
    const value = this.memory.readU8(this.reach(p, offset, 'read'));
    this.sync();
    return value;
  }

  /** Stores a byte. */
  writeByte(p: Pointer, offset: number, value: number): void {
    this.memory.writeU8(this.reach(p, offset, 'write'), value & 0xff);
    this.sync();
  }

  /** memset */
  fill(p: Pointer, value: number, bytes: Word): void {
    const at = this.#nearBlock(p, bytes);
    if (at >= 0) {
      const word = Math.imul(value & 0xff, 0x0101_0101);
      const { i32 } = this;
      const end = at + Number(bytes) / 4;
      if (end - at > SHORT_BLOCK) i32.fill(word, at, end);
      else for (let k = at; k < end; k += 1) i32[k] = word;
      return;
    }
    this.memory.fill(this.reach(p, 0, 'write'), value, Number(bytes));
    this.sync();
  }

  /** memcpy */
  copy(to: Pointer, from: Pointer, bytes: Word): void {
    const done = this.#copyNear(to, from, bytes);
    if (done === bytes) return;
    const left = Number(bytes) - done;
    this.memory.copy(this.reach(to, done, 'write'), this.reach(from, done, 'read'), left);
    this.sync();
  }

  /** Copies whole words upwards while source and target lie in near pages that have been written. @returns bytes copied */
  #copyNear(to: Pointer, from: Pointer, bytes: Word): number {
    const start = from as unknown as number | bigint;
    const target = to as unknown as number | bigint;
    if (typeof bytes !== 'number' || typeof start !== 'number' || typeof target !== 'number') return 0;
    if (target >= start && target < start + bytes) return 0;
    const { i32 } = this;
    const words = bytes >>> 2;
    let done = 0;
    while (done < words) {
      const source = this.near(from, 4 * done, 3);
      const sink = this.near(to, 4 * done, 3);
      if (source < 0 || sink < 0) break;
      const left = words - done;
      const count = this.run(to, 4 * done, this.run(from, 4 * done, left));
      if (count <= SHORT_BLOCK) for (let k = 0; k < count; k += 1) i32[sink + k] = i32[source + k] as number;
      else i32.copyWithin(sink, source, source + count);
      done += count;
    }
    return 4 * done;
  }

  /** Index into `i32` of a block of whole words that lies near, in one page; -1 for others. */
  #nearBlock(p: Pointer, bytes: Word): number {
    if (typeof bytes !== 'number' || bytes > PAGE_SIZE || (bytes & 3) !== 0) return -1;
    if (this.lowBits(p, PAGE_SIZE - 1) + bytes > PAGE_SIZE) return -1;
    return this.near(p, 0, 3);
  }

  /** Rounds down to a multiple of `alignment`, a power of two. */
  alignDown(a: Word, alignment: number): Word {
    return alignWordDown(a, alignment);
  }

  /** Rounds up to a multiple of `alignment`, a power of two, wrapping as C does. */
  alignUp(a: Word, alignment: number): Word {
    return alignWordDown(this.add(a, alignment - 1), alignment);
  }

  /** The address `p + offset` for `Memory`. @throws MemoryFault where no number can hold it */
  reach(p: Pointer, offset: number, access: 'read' | 'write'): number {
    const addr = this.add(this.addressOf(p), offset);
    if (typeof addr === 'number') return addr;
    throw wideFault(addr, access);
  }

  /** The pointer with the address of these signed halves. */
  pointerOfHalves(low: number, high: number): Pointer {
    if (high === this.heapHigh) {
      const inHeap = (low - this.heapLow) | 0;
      if (inHeap >= 0 && inHeap < this.heapBytes) return (HEAP_CODE + inHeap) as unknown as Pointer;
    }
    if (high === this.arenaHigh) {
      const inArena = (low - this.arenaLow) | 0;
      if (inArena >= 0 && inArena < ARENA_CODE_BYTES) return (ARENA_CODE + inArena) as unknown as Pointer;
    }
    if ((low | high) === 0) return NULL;
    return this.pointerAt(wordOfHalves(low >>> 0, high >>> 0));
  }

  /** Low half of a near pointer's address, signed. */
  lowOfNear(code: number): number {
    return code >= HEAP_CODE
      ? (this.heapLow + (code - HEAP_CODE)) | 0
      : (this.arenaLow + (code - ARENA_CODE)) | 0;
  }

  /** Whether the pointer is a code of the near heap or libc's data. */
  isNear(p: Pointer): boolean {
    const code = p as unknown as number | bigint;
    return typeof code === 'number' && code >= ARENA_CODE && code < HEAP_CODE + this.heapBytes;
  }
}

/** Words of 8 bytes. */
class WordMemory64 extends WordMemory {
  readonly wordBytes = 8;
  readonly max = 0xffff_ffff_ffff_ffffn;

  override read(p: Pointer, offset: number): Word {
    const at = this.near(p, offset, 7);
    if (at < 0) return this.#readFar(p, offset);
    const { i32 } = this;
    const low = i32[at] as number;
    const high = i32[at + 1] as number;
    return high === 0 && low >= 0 ? low : wordOfHalves(low >>> 0, high >>> 0);
  }

  override write(p: Pointer, offset: number, value: Word): void {
    const at = this.near(p, offset, 7);
    if (at < 0 || typeof value !== 'number' || value >= 0x8000_0000) {
      this.writePair(p, offset, lowHalfOf(value), highHalfOf(value));
      return;
    }
    this.i32[at] = value;
    this.i32[at + 1] = 0;
  }

  override readPointer(p: Pointer, offset: number): Pointer {
    const at = this.near(p, offset, 7);
    if (at < 0) return this.pointerAt(this.#readFar(p, offset));
    return this.pointerOfHalves(this.i32[at] as number, this.i32[at + 1] as number);
  }

  override writePointer(p: Pointer, offset: number, target: Pointer): void {
    const at = this.near(p, offset, 7);
    if (at < 0 || !this.isNear(target)) {
      const addr = this.addressOf(target);
      this.writePair(p, offset, lowHalfOf(addr), highHalfOf(addr));
      return;
    }
    const code = target as unknown as number;
    this.i32[at] = this.lowOfNear(code);
    this.i32[at + 1] = code >= HEAP_CODE ? this.heapHigh : this.arenaHigh;
  }

  override readLink(pos: Pointer): Pointer {
    if (!this.safeLinking) return this.readPointer(pos, 0);
    const at = this.near(pos, 0, 7);
    if (at < 0) return this.#readLinkFar(pos);
    const code = pos as unknown as number;
    const high = code >= HEAP_CODE ? this.heapHigh : this.arenaHigh;
    const mask = (this.lowOfNear(code) >>> 12) | (high << 20);
    return this.pointerOfHalves(
      (this.i32[at] as number) ^ mask,
      (this.i32[at + 1] as number) ^ (high >>> 12),
    );
  }

  override writeLink(pos: Pointer, target: Pointer): void {
    if (!this.safeLinking) {
      this.writePointer(pos, 0, target);
      return;
    }
    const position = this.addressOf(pos);
    const mask = typeof position === 'number' ? Math.floor(position / 4096) : position >> 12n;
    const addr = this.addressOf(target);
    this.writePair(pos, 0, lowHalfOf(addr) ^ lowHalfOf(mask), highHalfOf(addr) ^ highHalfOf(mask));
  }

  override isPair(p: Pointer, offset: number, low: number, high: number): boolean {
    const at = this.near(p, offset, 7);
    if (at >= 0) return this.i32[at] === (low | 0) && this.i32[at + 1] === (high | 0);
    return this.#readFar(p, offset) === wordOfHalves(low >>> 0, high >>> 0);
  }

  override writePair(p: Pointer, offset: number, low: number, high: number): void {
    const at = this.near(p, offset, 7);
    if (at >= 0) {
      this.i32[at] = low;
      this.i32[at + 1] = high;
      return;
    }
    this.memory.writeHalves(this.reach(p, offset, 'write'), low >>> 0, high >>> 0);
    this.sync();
  }

  override add(a: Word, b: Word): Word {
    if (typeof a === 'number' && typeof b === 'number') {
      const sum = a + b;
      if (sum >= 0 && sum <= Number.MAX_SAFE_INTEGER) return sum;
    }
    return wideSum(a, b);
  }

  override sub(a: Word, b: Word): Word {
    if (typeof a === 'number' && typeof b === 'number' && a >= b) return a - b;
    return wideDifference(a, b);
  }

  override isNegative(a: Word): boolean {
    return typeof a !== 'number' && a >= 0x8000_0000_0000_0000n;
  }

  #readFar(p: Pointer, offset: number): Word {
    const { memory } = this;
    const addr = this.reach(p, offset, 'read');
    const at = memory.translateRead(addr);
    const word =
      (at & 7) === 0
        ? wordOfHalves(memory.u32[at >>> 2] as number, memory.u32[(at >>> 2) + 1] as number)
        : toWord(memory.readU64(addr));
    this.sync();
    return word;
  }

  #readLinkFar(pos: Pointer): Pointer {
    const stored = this.#readFar(pos, 0);
    return this.pointerAt(toWord(BigInt(stored) ^ (BigInt(this.addressOf(pos)) >> 12n)));
  }
}

/** Words of 4 bytes: always numbers. */
class WordMemory32 extends WordMemory {
  readonly wordBytes = 4;
  readonly max = 0xffff_ffff;

  override read(p: Pointer, offset: number): Word {
    const at = this.near(p, offset, 3);
    if (at >= 0) return (this.i32[at] as number) >>> 0;
    const value = this.memory.readU32(this.reach(p, offset, 'read'));
    this.sync();
    return value;
  }

  override write(p: Pointer, offset: number, value: Word): void {
    this.writeInt(p, offset, Number(value));
  }

  override readPointer(p: Pointer, offset: number): Pointer {
    const at = this.near(p, offset, 3);
    if (at < 0) return this.pointerAt(this.read(p, offset));
    return this.pointerOfHalves(this.i32[at] as number, 0);
  }

  override writePointer(p: Pointer, offset: number, target: Pointer): void {
    this.writeInt(p, offset, this.#word(target));
  }

  override readLink(pos: Pointer): Pointer {
    const mask = this.safeLinking ? this.#word(pos) >>> 12 : 0;
    return this.pointerOfHalves(this.readInt(pos, 0) ^ mask, 0);
  }

  override writeLink(pos: Pointer, target: Pointer): void {
    const mask = this.safeLinking ? this.#word(pos) >>> 12 : 0;
    this.writeInt(pos, 0, this.#word(target) ^ mask);
  }

  override isPair(p: Pointer, offset: number, low: number): boolean {
    return this.readInt(p, offset) === low >>> 0;
  }

  override writePair(p: Pointer, offset: number, low: number): void {
    this.writeInt(p, offset, low);
  }

  override add(a: Word, b: Word): Word {
    return wrap(Number(a) + Number(b));
  }

  override sub(a: Word, b: Word): Word {
    return wrap(Number(a) - Number(b));
  }

  override isNegative(a: Word): boolean {
    return a >= 0x8000_0000;
  }

  #word(p: Pointer): number {
    return this.isNear(p) ? this.lowOfNear(p as unknown as number) : this.addressNumber(p);
  }
}

function wrap(value: number): number {
  if (value >= TWO_TO_32) return value % TWO_TO_32;
  return value < 0 ? value + TWO_TO_32 : value;
}

/** The words of a data model. */
export function wordMemory(
  model: DataModel,
  memory: Memory,
  near: NearPlaces,
  safeLinking: boolean,
): WordMemory {
  return model.wordBytes === 8
    ? new WordMemory64(memory, near, safeLinking)
    : new WordMemory32(memory, near, safeLinking);
}
