/**
 * Machine words as malloc meets them, and the process memory read word by word.
 *
 * A word of simulated memory may hold anything: sizes and addresses, or whatever a program wrote over them. A `Word` is
 * exact in both cases: a number when it is below 2^53 (every size and address that is not corrupted), a bigint from
 * 2^53 on. The form is canonical, so `===` and the relational operators compare words exactly, also mixed ones; only
 * arithmetic needs the functions below, which wrap at the word size as unsigned arithmetic in C does.
 *
 * The hot path reads two 32-bit halves and makes a number of them; bigints appear on the cold path alone.
 */
import { TWO_TO_32 } from '../../base/address.ts';
import { MemoryFault } from '../mm/kernel.ts';
import type { Memory } from '../mm/kernel.ts';
import type { DataModel } from '../target/data-model.ts';

/** An unsigned machine word: a number below 2^53, a bigint from there on. */
export type Word = number | bigint;

/** High halves below this one give a number. */
const HIGH_LIMIT = 0x20_0000;

const WIDE_MASK = 0xffff_ffff_ffff_ffffn;

/** First address of the kernel's half: canonical, but never mapped for a process. */
const KERNEL_HALF = 0xffff_8000_0000_0000n;

/** The fault of an access above 2^53, an address that no number holds exactly. */
function wideFault(addr: bigint, access: 'read' | 'write'): MemoryFault {
  // The processor reports non-canonical addresses without telling them.
  if (addr < KERNEL_HALF) return new MemoryFault('SIGSEGV', 'SI_KERNEL', 0, access);
  return new MemoryFault('SIGSEGV', 'SEGV_MAPERR', Number(addr), access, addr);
}

/** The canonical form of an unsigned value below 2^64. */
export function toWord(value: bigint): Word {
  return value <= 0x1f_ffff_ffff_ffffn ? Number(value) : value;
}

/** The word with these two unsigned halves. */
export function wordOfHalves(low: number, high: number): Word {
  if (high < HIGH_LIMIT) return high * TWO_TO_32 + low;
  return (BigInt(high) << 32n) | BigInt(low);
}

/** Bits 0 to 31. */
export function lowHalfOf(word: Word): number {
  return typeof word === 'number' ? word >>> 0 : Number(word & 0xffff_ffffn);
}

/** Bits 32 to 63. */
export function highHalfOf(word: Word): number {
  if (typeof word === 'number') return word < TWO_TO_32 ? 0 : Math.floor(word / TWO_TO_32);
  return Number(word >> 32n);
}

/** The process's memory as words of one data model, with that model's unsigned arithmetic. */
export abstract class WordMemory {
  readonly memory: Memory;
  readonly safeLinking: boolean;
  /** Bytes of a word: SIZE_SZ. */
  abstract readonly wordBytes: 4 | 8;

  constructor(memory: Memory, safeLinking: boolean) {
    this.memory = memory;
    this.safeLinking = safeLinking;
  }

  /** The word at `base + offset`. */
  abstract read(base: Word, offset: number): Word;
  /** Stores a word at `base + offset`. */
  abstract write(base: Word, offset: number, value: Word): void;
  /** Whether the word at `base + offset` has these halves; on i386 the high half is not looked at. */
  abstract isPair(base: Word, offset: number, low: number, high: number): boolean;
  /** Stores these halves at `base + offset`; on i386 the low one. */
  abstract writePair(base: Word, offset: number, low: number, high: number): void;
  /** The list link at `pos`, revealed where links are mangled: `(pos >> 12) ^ stored`. */
  abstract readLink(pos: Word): Word;
  /** Stores a list link at `pos`, mangled where links are. */
  abstract writeLink(pos: Word, target: Word): void;
  /** a + b modulo the word size. */
  abstract add(a: Word, b: Word): Word;
  /** a - b modulo the word size. */
  abstract sub(a: Word, b: Word): Word;
  /** Whether the word is negative when read as signed. */
  abstract isNegative(a: Word): boolean;
  /** Whether a chunk of this size at `p` would wrap around the end of memory: `p > -size`, as C has it. */
  wraps(p: Word, size: Word): boolean {
    // Two numbers never reach 2^64; a size of 0 has no negative.
    if (this.wordBytes === 8 && typeof p === 'number' && typeof size === 'number' && size !== 0) return false;
    return p > this.sub(0, size);
  }

  /** The largest word: SIZE_MAX. */
  abstract readonly max: Word;

  /** An int (32 bits unsigned) at `base + offset`. */
  readInt(base: Word, offset: number): number {
    return this.memory.readU32(this.reach(base, offset, 'read'));
  }

  /** Stores an int. */
  writeInt(base: Word, offset: number, value: number): void {
    this.memory.writeU32(this.reach(base, offset, 'write'), value >>> 0);
  }

  /** Rounds down to a multiple of `alignment`, a power of two. */
  alignDown(a: Word, alignment: number): Word {
    if (typeof a === 'number') return a - (a % alignment);
    return toWord(a - (a % BigInt(alignment)));
  }

  /** Rounds up to a multiple of `alignment`, a power of two, wrapping as C does. */
  alignUp(a: Word, alignment: number): Word {
    return this.alignDown(this.add(a, alignment - 1), alignment);
  }

  /** `base + offset` as an address for `Memory`. @throws MemoryFault where no number can hold it */
  reach(base: Word, offset: number, access: 'read' | 'write'): number {
    const addr = this.add(base, offset);
    if (typeof addr === 'number') return addr;
    throw wideFault(addr, access);
  }
}

function wideSum(a: Word, b: Word): Word {
  return toWord((BigInt(a) + BigInt(b)) & WIDE_MASK);
}

function wideDifference(a: Word, b: Word): Word {
  return toWord((BigInt(a) - BigInt(b)) & WIDE_MASK);
}

/** Words of 8 bytes. */
class WordMemory64 extends WordMemory {
  readonly wordBytes = 8;
  readonly max = WIDE_MASK;

  override read(base: Word, offset: number): Word {
    if (typeof base !== 'number') return this.readFar(base, offset);
    const at = this.memory.translateRead(base + offset);
    if ((at & 7) !== 0) return this.readFar(base, offset);
    const u32 = this.memory.u32;
    const high = u32[(at >>> 2) + 1] as number;
    const low = u32[at >>> 2] as number;
    return high < HIGH_LIMIT ? high * TWO_TO_32 + low : wordOfHalves(low, high);
  }

  override write(base: Word, offset: number, value: Word): void {
    if (typeof base !== 'number' || typeof value !== 'number') {
      this.writeFar(base, offset, value);
      return;
    }
    const at = this.memory.translateWrite(base + offset);
    if ((at & 7) !== 0) {
      this.writeFar(base, offset, value);
      return;
    }
    const u32 = this.memory.u32;
    u32[at >>> 2] = value;
    u32[(at >>> 2) + 1] = value / TWO_TO_32;
  }

  override isPair(base: Word, offset: number, low: number, high: number): boolean {
    const addr = this.reach(base, offset, 'read');
    const memory = this.memory;
    const at = memory.translateRead(addr);
    if ((at & 7) !== 0) return memory.readU64(addr) === ((BigInt(high) << 32n) | BigInt(low));
    const u32 = memory.u32;
    return u32[at >>> 2] === low && u32[(at >>> 2) + 1] === high;
  }

  override writePair(base: Word, offset: number, low: number, high: number): void {
    this.memory.writeHalves(this.reach(base, offset, 'write'), low, high);
  }

  override readLink(pos: Word): Word {
    if (!this.safeLinking) return this.read(pos, 0);
    const addr = this.reach(pos, 0, 'read');
    const memory = this.memory;
    const at = memory.translateRead(addr);
    const mask = Math.floor(addr / 4096);
    const maskHigh = mask < TWO_TO_32 ? 0 : Math.floor(mask / TWO_TO_32);
    if ((at & 7) !== 0) {
      const stored = memory.readU64(addr);
      return toWord(stored ^ BigInt(mask));
    }
    const u32 = memory.u32;
    const low = ((u32[at >>> 2] as number) ^ (mask >>> 0)) >>> 0;
    const high = ((u32[(at >>> 2) + 1] as number) ^ maskHigh) >>> 0;
    if (high < HIGH_LIMIT) return high * TWO_TO_32 + low;
    return (BigInt(high) << 32n) | BigInt(low);
  }

  override writeLink(pos: Word, target: Word): void {
    if (!this.safeLinking) {
      this.write(pos, 0, target);
      return;
    }
    const addr = this.reach(pos, 0, 'write');
    const mask = Math.floor(addr / 4096);
    const maskHigh = mask < TWO_TO_32 ? 0 : Math.floor(mask / TWO_TO_32);
    this.memory.writeHalves(addr, (lowHalfOf(target) ^ mask) >>> 0, (highHalfOf(target) ^ maskHigh) >>> 0);
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

  private readFar(base: Word, offset: number): Word {
    return toWord(this.memory.readU64(this.reach(base, offset, 'read')));
  }

  private writeFar(base: Word, offset: number, value: Word): void {
    this.writePair(base, offset, lowHalfOf(value), highHalfOf(value));
  }
}

/** Words of 4 bytes: always numbers. */
class WordMemory32 extends WordMemory {
  readonly wordBytes = 4;
  readonly max = 0xffff_ffff;

  override read(base: Word, offset: number): Word {
    const memory = this.memory;
    const addr = this.wrap(Number(base) + offset);
    const at = memory.translateRead(addr);
    if ((at & 3) !== 0) return memory.readU32(addr);
    return memory.u32[at >>> 2] as number;
  }

  override write(base: Word, offset: number, value: Word): void {
    const memory = this.memory;
    const addr = this.wrap(Number(base) + offset);
    const at = memory.translateWrite(addr);
    if ((at & 3) !== 0) memory.writeU32(addr, Number(value));
    else memory.u32[at >>> 2] = Number(value);
  }

  override isPair(base: Word, offset: number, low: number): boolean {
    return this.read(base, offset) === low;
  }

  override writePair(base: Word, offset: number, low: number): void {
    this.write(base, offset, low);
  }

  override readLink(pos: Word): Word {
    const stored = this.read(pos, 0);
    return this.safeLinking ? (Number(stored) ^ (Number(pos) >>> 12)) >>> 0 : stored;
  }

  override writeLink(pos: Word, target: Word): void {
    this.write(pos, 0, this.safeLinking ? (Number(target) ^ (Number(pos) >>> 12)) >>> 0 : target);
  }

  override add(a: Word, b: Word): Word {
    return this.wrap(Number(a) + Number(b));
  }

  override sub(a: Word, b: Word): Word {
    return this.wrap(Number(a) - Number(b));
  }

  override isNegative(a: Word): boolean {
    return a >= 0x8000_0000;
  }

  private wrap(value: number): number {
    if (value >= TWO_TO_32) return value % TWO_TO_32;
    return value < 0 ? value + TWO_TO_32 : value;
  }
}

/** The words of a data model. */
export function wordMemory(model: DataModel, memory: Memory, safeLinking: boolean): WordMemory {
  return model.wordBytes === 8
    ? new WordMemory64(memory, safeLinking)
    : new WordMemory32(memory, safeLinking);
}
