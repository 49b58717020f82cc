/**
 * Numbers as the unevaluated sum of two doubles: about 106 bits of precision.
 *
 * Source: T. J. Dekker, "A floating-point technique for extending the available precision" (1971); D. E. Knuth, TAOCP 4.2.2.
 */

/** `hi + lo`, with |lo| at most half a unit in the last place of `hi`. */
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}

/** Splits a double into halves of 26 bits: 2^27 + 1. */
const SPLITTER = 134217729;

/** The exact sum, for |a| >= |b| or a = 0. */
export function quickTwoSum(a: number, b: number): DoubleDouble {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** The exact sum. */
export function twoSum(a: number, b: number): DoubleDouble {
  const hi = a + b;
  const part = hi - a;
  return { hi, lo: a - (hi - part) + (b - part) };
}

/** The exact product, where neither splitting overflows nor the error underflows: 2^-480 < |a|, |b| < 2^480 is enough. */
export function twoProduct(a: number, b: number): DoubleDouble {
  const hi = a * b;
  const wideA = SPLITTER * a;
  const highA = wideA - (wideA - a);
  const lowA = a - highA;
  const wideB = SPLITTER * b;
  const highB = wideB - (wideB - b);
  const lowB = b - highB;
  return { hi, lo: lowA * lowB - (hi - highA * highB - lowA * highB - highA * lowB) };
}

/** The sum. */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = twoSum(a.hi, b.hi);
  const low = twoSum(a.lo, b.lo);
  const sum = quickTwoSum(high.hi, high.lo + low.hi);
  return quickTwoSum(sum.hi, sum.lo + low.lo);
}

/** The sum with a double. */
export function addNumber(a: DoubleDouble, b: number): DoubleDouble {
  const high = twoSum(a.hi, b);
  return quickTwoSum(high.hi, high.lo + a.lo);
}

/** The product. */
export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const product = twoProduct(a.hi, b.hi);
  return quickTwoSum(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi));
}

/** The product with a double. */
export function multiplyNumber(a: DoubleDouble, b: number): DoubleDouble {
  const product = twoProduct(a.hi, b);
  return quickTwoSum(product.hi, product.lo + a.lo * b);
}

/** The quotient. */
export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a.hi / b.hi;
  const rest = subtract(a, multiplyNumber(b, first));
  const second = rest.hi / b.hi;
  const left = subtract(rest, multiplyNumber(b, second));
  return addNumber(quickTwoSum(first, second), left.hi / b.hi);
}

/** The square root; of zero, zero. */
export function squareRoot(a: DoubleDouble): DoubleDouble {
  if (a.hi === 0) return a;
  const root = Math.sqrt(a.hi);
  const rest = subtract(a, twoProduct(root, root));
  return quickTwoSum(root, rest.hi / (2 * root));
}

/** The opposite number. */
export const negate = ({ hi, lo }: DoubleDouble): DoubleDouble => ({ hi: -hi, lo: -lo });

/** The difference. */
export const subtract = (a: DoubleDouble, b: DoubleDouble): DoubleDouble => add(a, negate(b));

/** A number as it is. */
export const exactly = (hi: number): DoubleDouble => ({ hi, lo: 0 });

/** Times a power of two that leaves the range of normal numbers to neither side. */
export const scaled = ({ hi, lo }: DoubleDouble, by: number): DoubleDouble => ({ hi: hi * by, lo: lo * by });

/** The double-double nearest to value / 2^bits. */
export function ofFixed(value: bigint, bits: number): DoubleDouble {
  const hi = nearestDouble(value, bits);
  return { hi, lo: nearestDouble(value - toFixed(hi, bits), bits) };
}

/** A double as a multiple of 2^-bits; it must be one. */
export function toFixed(value: number, bits: number): bigint {
  let whole = value;
  let left = bits;
  for (; left > 0 && !Number.isInteger(whole); left--) whole *= 2;
  return BigInt(whole) << BigInt(left);
}

/** value / 2^bits to the nearest double. BigInt to Number rounds half to even. */
const nearestDouble = (value: bigint, bits: number): number => Number(value) * 2 ** -bits;
