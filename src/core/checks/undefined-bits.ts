/**
 * What operations make of bits that are not initialised: 1 for such a bit. As memcheck has it: exact for bitwise operations and
 * for shifts by constants, up from the lowest such bit for sums, everything where nothing better is known.
 *
 * Source: valgrind 3.19, memcheck/mc_translate.c: mkLeft, mkPCast, mkImproveAND, mkImproveOR.
 */
import type { ArithmeticOperator } from '../sema/typed-tree.ts';

/** The lowest `bits` bits. */
export const ones = (bits: number): bigint => (1n << BigInt(bits)) - 1n;

/** All bits from the lowest one that is set: what a carry may reach. */
export function upFrom(mask: bigint, bits: number): bigint {
  const lowest = mask & -mask;
  return lowest === 0n ? 0n : ones(bits) & ~(lowest - 1n);
}

/** Everything, if anything is set. */
export const allOf = (mask: bigint, bits: number): bigint => (mask === 0n ? 0n : ones(bits));

/** Bits of an integer that is converted to another width. */
export function converted(mask: bigint, from: number, to: number, isSigned: boolean): bigint {
  const kept = mask & ones(Math.min(from, to));
  const isTopUnknown = isSigned && to > from && (mask >> BigInt(from - 1)) % 2n !== 0n;
  return isTopUnknown ? kept | (ones(to) & ~ones(from)) : kept;
}

/**
 * Unknown bits of a sum or a difference with a known number: those that the least and the greatest value that the unknown bits
 * allow do not have in common.
 *
 * @source memcheck/mc_translate.c: expensiveAddSub
 */
export function ofSum(operator: '+' | '-', bits: UnknownBits, other: OtherOperand, width: number): bigint {
  const { mask, value } = bits;
  if (value === undefined || other.value === undefined) return upFrom(mask, width);
  const [least, most] = [value & ~mask, value | mask];
  const apply = (own: bigint): bigint => {
    const known = other.value ?? 0n;
    if (operator === '+') return own + known;
    return other.isLeft ? known - own : own - known;
  };
  return (mask | (apply(least) ^ apply(most))) & ones(width);
}

/** By a power of two the product is a shift. */
function multiplied(mask: bigint, factor: bigint, bits: number): bigint {
  if (factor === 0n) return 0n;
  return (factor & (factor - 1n)) === 0n
    ? (mask * factor) & ones(bits)
    : upFrom(mask * (factor & -factor), bits) & ones(bits);
}

/** The value of an operation, as far as it can be told from its operands' values; not reduced to a type. */
export function computed(operator: ArithmeticOperator, left: bigint, right: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<<':
      return right >= 0n && right < 128n ? left << right : undefined;
    case '>>':
      return right >= 0n && right < 128n ? left >> right : undefined;
    case '/':
    case '%':
      return undefined;
  }
}

/** Whether some bit that is known is set: then the value is not zero, whatever the others are. */
export const isSurelyTrue = ({ mask, value }: UnknownBits): boolean =>
  value !== undefined && (value & ~mask) !== 0n;

/** A value with bits that are not initialised. */
export interface UnknownBits {
  /** 1 for each such bit. */
  readonly mask: bigint;
  /** What the bits are now, from 0 up; undefined where that cannot be told. */
  readonly value: bigint | undefined;
}

/** The other operand of an operation. */
export interface OtherOperand {
  /** Its value, where it is known. */
  readonly value: bigint | undefined;
  readonly isLeft: boolean;
}

/** Bits of the result of an operation, of which one operand has unknown bits and the other one has none. */
export function combined(
  operator: ArithmeticOperator,
  mask: bigint,
  other: OtherOperand,
  {
    bits,
    isSigned,
    isFloating,
  }: { readonly bits: number; readonly isSigned: boolean; readonly isFloating: boolean },
): bigint {
  if (isFloating) return allOf(mask, bits);
  const { value, isLeft } = other;
  const known = value === undefined ? undefined : BigInt.asUintN(bits, value);
  switch (operator) {
    case '+':
    case '-':
      return upFrom(mask, bits);
    case '*':
      return known === undefined ? upFrom(mask, bits) : multiplied(mask, known, bits);
    case '&':
      return known === undefined ? mask : mask & known;
    case '|':
      return known === undefined ? mask : mask & ~known;
    case '^':
      return mask;
    case '<<':
    case '>>': {
      if (isLeft || known === undefined) return allOf(mask, bits);
      if (operator === '<<') return (mask << known) & ones(bits);
      const shifted = mask >> known;
      const isTopUnknown = isSigned && (mask >> BigInt(bits - 1)) % 2n !== 0n;
      return isTopUnknown ? shifted | (ones(bits) & ~ones(Math.max(0, bits - Number(known)))) : shifted;
    }
    case '/':
    case '%':
      return allOf(mask, bits);
  }
}
