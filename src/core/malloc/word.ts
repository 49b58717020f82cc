/**
 * Machine words as malloc meets them: sizes, counts, and whatever a program wrote over them.
 *
 * A `Word` is exact in every case: a number when it is below 2^53 (every size that is not corrupted), a bigint from 2^53
 * on. The form is canonical, so `===` and the relational operators compare words exactly, also mixed ones; only
 * arithmetic needs functions (word-memory.ts), which wrap at the word size as unsigned arithmetic in C does.
 */
import { TWO_TO_32 } from '../../base/address.ts';

/** An unsigned machine word: a number below 2^53, a bigint from there on. */
export type Word = number | bigint;

/** High halves below this one give a number. */
const HIGH_LIMIT = 0x20_0000;

const WIDE_MASK = 0xffff_ffff_ffff_ffffn;

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

/** a + b modulo 2^64. */
export function wideSum(a: Word, b: Word): Word {
  return toWord((BigInt(a) + BigInt(b)) & WIDE_MASK);
}

/** a - b modulo 2^64. */
export function wideDifference(a: Word, b: Word): Word {
  return toWord((BigInt(a) - BigInt(b)) & WIDE_MASK);
}

/** Rounds down to a multiple of `alignment`, a power of two below 2^31. */
export function alignWordDown(a: Word, alignment: number): Word {
  if (typeof a === 'number') return a - (a & (alignment - 1));
  return toWord(a - (a % BigInt(alignment)));
}

/** A size or address as a canonical word. */
export function canonical(value: number | bigint): Word {
  if (typeof value === 'bigint') return toWord(value);
  return value <= Number.MAX_SAFE_INTEGER ? value : BigInt(value);
}

/** A word as an argument of a sentence: exact, also where no number is. */
export function figure(word: Word): number | string {
  return typeof word === 'number' ? word : word.toString();
}
