/**
 * Arithmetic of the x87 unit on its own format, with the exceptions that it raises, in any direction of rounding.
 *
 * Each operation is done exactly with integers and rounded once.
 *
 * Source: Intel SDM volume 1, 8.3.5 to 8.3.7, 8.5; volume 2, FADD to FSQRT, FCOMI, FPREM.
 */
import {
  DIVIDE_BY_ZERO,
  DOWNWARD,
  INVALID,
  bitLength,
  classOf,
  extendedInfinity,
  fromInteger,
  invalid,
  isFinite,
  isInfinite,
  isNan,
  isNegative,
  isZero,
  nanResult,
  negated,
  newUnit,
  partsOf,
  rounded,
  roundedQuotient,
  settled,
  withSign,
} from './extended-float.ts';
import type { BinaryNumber, Extended, FloatUnit } from './extended-float.ts';

/** Digits behind the larger of two summands, beyond which the smaller one only says that there is more. */
const FAR = 140;

/** a + b */
export function add(unit: FloatUnit, a: Extended, b: Extended): Extended {
  const nan = nanResult(unit, a, b);
  if (nan !== undefined) return nan;
  if (isInfinite(a)) return isInfinite(b) && a !== b ? invalid(unit) : a;
  if (isInfinite(b)) return b;
  if (isZero(a) && isZero(b)) return a === b ? a : signedZero(unit);
  return roundedSum(unit, partsOf(a), partsOf(b));
}

/** a - b */
export const subtract = (unit: FloatUnit, a: Extended, b: Extended): Extended =>
  // The sign of a NaN stays.
  isNan(b) ? add(unit, a, b) : add(unit, a, negated(b));

/** Zero as the difference of equal numbers. */
const signedZero = (unit: FloatUnit): Extended => (unit.direction === DOWNWARD ? negated(0n) : 0n);

/** The sum of two numbers, rounded once. */
export function roundedSum(unit: FloatUnit, a: BinaryNumber, b: BinaryNumber): Extended {
  const sum = exactSum(a, b);
  return sum.size === 0n ? signedZero(unit) : rounded(unit, sum);
}

/** The sum of two numbers; of numbers far apart one that rounds as the sum does. */
function exactSum(a: BinaryNumber, b: BinaryNumber): BinaryNumber {
  if (a.size === 0n) return b;
  if (b.size === 0n) return a;
  const [high, low] = a.exponent + bitLength(a.size) >= b.exponent + bitLength(b.size) ? [a, b] : [b, a];
  const isFar = high.exponent - FAR > low.exponent + bitLength(low.size);
  const exponent = isFar ? high.exponent - FAR : Math.min(high.exponent, low.exponent);
  const large = high.size << BigInt(high.exponent - exponent);
  const small = isFar ? 1n : low.size << BigInt(low.exponent - exponent);
  const sum = (high.isNegative ? -large : large) + (low.isNegative ? -small : small);
  return { isNegative: sum < 0n, size: sum < 0n ? -sum : sum, exponent };
}

/** a × b */
export function multiply(unit: FloatUnit, a: Extended, b: Extended): Extended {
  const nan = nanResult(unit, a, b);
  if (nan !== undefined) return nan;
  if (isInfinite(a) || isInfinite(b)) {
    if (isZero(a) || isZero(b)) return invalid(unit);
    return withSign(extendedInfinity, a ^ b);
  }
  return rounded(unit, exactProduct(partsOf(a), partsOf(b)));
}

const exactProduct = (a: BinaryNumber, b: BinaryNumber): BinaryNumber => ({
  isNegative: a.isNegative !== b.isNegative,
  size: a.size * b.size,
  exponent: a.exponent + b.exponent,
});

/** a / b */
export function divide(unit: FloatUnit, a: Extended, b: Extended): Extended {
  const nan = nanResult(unit, a, b);
  if (nan !== undefined) return nan;
  if (isInfinite(a)) return isInfinite(b) ? invalid(unit) : withSign(a, a ^ b);
  if (isInfinite(b)) return withSign(0n, a ^ b);
  if (isZero(b)) {
    if (isZero(a)) return invalid(unit);
    unit.flags |= DIVIDE_BY_ZERO;
    return withSign(extendedInfinity, a ^ b);
  }
  if (isZero(a)) return withSign(0n, a ^ b);
  const [left, right] = [partsOf(a), partsOf(b)];
  const isNegativeQuotient = left.isNegative !== right.isNegative;
  return roundedQuotient(unit, isNegativeQuotient, left.size, right.size, left.exponent - right.exponent);
}

/** The square root. */
export function squareRoot(unit: FloatUnit, x: Extended): Extended {
  if (isNan(x)) return settled(unit, x);
  if (isZero(x)) return x;
  if (isNegative(x)) return invalid(unit);
  if (isInfinite(x)) return x;
  const { size, exponent } = partsOf(x);
  // An even exponent, and a root of more than 66 digits.
  const shift = 136 - bitLength(size) + ((136 - bitLength(size) + exponent) & 1);
  const scaled = size << BigInt(shift);
  const root = integerRoot(scaled);
  const sticky = root * root === scaled ? 0n : 1n;
  return rounded(unit, {
    isNegative: false,
    size: (root << 1n) | sticky,
    exponent: (exponent - shift) / 2 - 1,
  });
}

/** The square root of an integer, rounded down. */
export function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt((bitLength(value) + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** a × b + c, rounded once. @source C17 7.12.13.1 */
export function multiplyAdd(unit: FloatUnit, a: Extended, b: Extended, c: Extended): Extended {
  const nan = nanResult(unit, a, b);
  if (nan !== undefined) return nanResult(unit, nan, c) ?? nan;
  const isInfiniteProduct = isInfinite(a) || isInfinite(b);
  if (isInfiniteProduct && (isZero(a) || isZero(b))) return isNan(c) ? settled(unit, c) : invalid(unit);
  if (isNan(c)) return settled(unit, c);
  const sign = a ^ b;
  if (isInfiniteProduct) return add(unit, withSign(extendedInfinity, sign), c);
  if (isInfinite(c)) return c;
  const product = exactProduct(partsOf(a), partsOf(b));
  if (product.size === 0n && isZero(c)) return add(unit, withSign(0n, sign), c);
  return roundedSum(unit, product, partsOf(c));
}

/** How two numbers compare: the sign of the difference, undefined when one is a NaN. */
export function compare(a: Extended, b: Extended): -1 | 0 | 1 | undefined {
  if (isNan(a) || isNan(b)) return undefined;
  const [left, right] = [orderOf(a), orderOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** An integer that is ordered as the numbers are. */
function orderOf(x: Extended): bigint {
  const kind = classOf(x);
  if (kind === 'zero') return 0n;
  const exponent = (x >> 64n) & 0x7fffn;
  // A pseudo-denormal has the exponent of the smallest normal numbers.
  const size = ((exponent === 0n ? 1n : exponent) << 64n) | (x & ((1n << 64n) - 1n));
  return isNegative(x) ? -size : size;
}

/** The comparison of FCOMI, of which every NaN is an invalid operand. */
export function compareSignalling(unit: FloatUnit, a: Extended, b: Extended): -1 | 0 | 1 | undefined {
  const order = compare(a, b);
  if (order === undefined) unit.flags |= INVALID;
  return order;
}

/** The comparison of FUCOMI, of which quiet NaNs are none. */
export function compareQuiet(unit: FloatUnit, a: Extended, b: Extended): -1 | 0 | 1 | undefined {
  const order = compare(a, b);
  if (order === undefined) nanResult(unit, a, b);
  return order;
}

/** base^exponent modulo a number. */
function powerOfTwoModulo(exponent: number, modulus: bigint): bigint {
  let result = 1n % modulus;
  for (const digit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (digit === '1') result = (result * 2n) % modulus;
  }
  return result;
}

/** The remainder of a division of numbers with a whole quotient, and the last three binary digits of that. */
interface Division {
  readonly remainder: BinaryNumber;
  readonly quotient: number;
}

/** |a| divided by |b|, both finite, b not zero: the quotient is rounded down. */
function divideWhole(a: Extended, b: Extended): Division {
  const [left, right] = [partsOf(a), partsOf(b)];
  const difference = left.exponent - right.exponent;
  if (difference < 0) {
    const divisor = right.size << BigInt(Math.min(-difference, 200));
    if (-difference > 128 || left.size < divisor)
      return { remainder: { ...left, isNegative: false }, quotient: 0 };
    return {
      remainder: { isNegative: false, size: left.size % divisor, exponent: left.exponent },
      quotient: Number((left.size / divisor) & 7n),
    };
  }
  const modulus = right.size << 3n;
  const rest = (left.size * powerOfTwoModulo(difference, modulus)) % modulus;
  return {
    remainder: { isNegative: false, size: rest % right.size, exponent: right.exponent },
    quotient: Number(rest / right.size),
  };
}

/** The operands of a remainder that have no quotient: a NaN, an infinity divided, a division by zero. */
function remainderOfSpecial(unit: FloatUnit, a: Extended, b: Extended): Extended | undefined {
  const nan = nanResult(unit, a, b);
  if (nan !== undefined) return nan;
  if (isInfinite(a) || isZero(b)) return invalid(unit);
  return isInfinite(b) || isZero(a) ? a : undefined;
}

/** a - b × n with n = a / b rounded toward zero; exact. @source Intel SDM volume 2, FPREM; C17 7.12.10.1 */
export function modulo(unit: FloatUnit, a: Extended, b: Extended): Extended {
  const special = remainderOfSpecial(unit, a, b);
  if (special !== undefined) return special;
  return withSign(rounded(newUnit(), divideWhole(a, b).remainder), a);
}

/**
 * a - b × n with n = a / b rounded to nearest; exact. `quotient` has the sign of a / b and the last three digits of n.
 *
 * @source Intel SDM volume 2, FPREM1; C17 7.12.10.3
 */
export function remainder(
  unit: FloatUnit,
  a: Extended,
  b: Extended,
): { readonly value: Extended; readonly quotient: number } {
  const special = remainderOfSpecial(unit, a, b);
  if (special !== undefined) return { value: special, quotient: 0 };
  const { remainder: rest, quotient } = divideWhole(a, b);
  const divisor = { ...partsOf(b), isNegative: true };
  // Twice the rest against the divisor.
  const excess = exactSum({ ...rest, size: rest.size << 1n }, divisor);
  const isUp = !excess.isNegative && (excess.size > 0n || (quotient & 1) === 1);
  const nearest = isUp ? exactSum(rest, divisor) : rest;
  const sign = isNegative(a);
  const value =
    nearest.size === 0n
      ? withSign(0n, a)
      : rounded(newUnit(), { ...nearest, isNegative: nearest.isNegative !== sign });
  const digits = (quotient + (isUp ? 1 : 0)) & 7;
  return { value, quotient: isNegative(a ^ b) ? -digits : digits };
}

/** x × 2^power, rounded once. @source Intel SDM volume 2, FSCALE; C17 7.12.6.13 */
export function scaleByPower(unit: FloatUnit, x: Extended, power: number): Extended {
  if (!isFinite(x) || isZero(x)) return settled(unit, x);
  const parts = partsOf(x);
  const by = Math.max(-70000, Math.min(70000, power));
  return rounded(unit, { ...parts, exponent: parts.exponent + by });
}

/** A small integer. */
export const fromSmall = (value: number): Extended => fromInteger(newUnit(), BigInt(value));
