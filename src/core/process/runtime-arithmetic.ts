/**
 * Arithmetic that machine code leaves to libgcc: division of 128-bit integers, their conversion from and to floating
 * numbers, complex division, complex products that come out as not-a-number. Results go to the scratch area.
 *
 * Source: gcc 12, libgcc/libgcc2.c (__divti3, __floattidf, __fixdfti, __muldc3, __divdc3: the method of Baudin and Smith
 * with scaling, for float computed in double); gcc/tree-complex.c: expand_complex_div_wide for integers.
 * Simplified: long double is computed as double.
 */
import { complexOperations, wideOperations } from '../codegen/wide-arithmetic.ts';
import { SCRATCH } from '../target/tlb-layout.ts';

/** The imports of a module that compute in the host. */
export function runtimeArithmetic(linear: WebAssembly.Memory): Record<string, WebAssembly.ImportValue> {
  const leaveWords = (low: bigint, high: bigint): void => {
    const view = new DataView(linear.buffer);
    view.setBigInt64(SCRATCH, low, true);
    view.setBigInt64(SCRATCH + 8, high, true);
  };
  return {
    divide_wide: (operation: number, aLow: bigint, aHigh: bigint, bLow: bigint, bHigh: bigint) => {
      if (operation === wideOperations.divideComplex) {
        leaveWords(...divideComplexIntegers(aLow, aHigh, bLow, bHigh));
        return;
      }
      const result = divide128(operation, wide(aLow, aHigh), wide(bLow, bHigh));
      leaveWords(BigInt.asIntN(64, result), BigInt.asIntN(64, result >> 64n));
    },
    complex_operation: (operation: number, a: number, b: number, c: number, d: number) => {
      const [real, imaginary] = complexOperation(operation, a, b, c, d);
      const view = new DataView(linear.buffer);
      view.setFloat64(SCRATCH, real, true);
      view.setFloat64(SCRATCH + 8, imaginary, true);
    },
    wide_to_float: (flags: number, low: bigint, high: bigint) => {
      const value = wide(low, high);
      const exact = (flags & 1) !== 0 ? value : BigInt.asUintN(128, value);
      return (flags & 2) !== 0 ? toFloat(exact) : Number(exact);
    },
    float_to_wide: (_isSigned: number, value: number) => {
      const result = Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
      leaveWords(BigInt.asIntN(64, result), BigInt.asIntN(64, result >> 64n));
    },
  };
}

/** The 128-bit number of two halves, signed. */
function wide(low: bigint, high: bigint): bigint {
  return (high << 64n) | BigInt.asUintN(64, low);
}

function divide128(operation: number, a: bigint, b: bigint): bigint {
  switch (operation) {
    case wideOperations.divideSigned:
      return a / b;
    case wideOperations.remainderSigned:
      return a % b;
    case wideOperations.divideUnsigned:
      return BigInt.asUintN(128, a) / BigInt.asUintN(128, b);
    default:
      return BigInt.asUintN(128, a) % BigInt.asUintN(128, b);
  }
}

/** Rounds to float once: bits that a double cannot hold only say that there was something. */
function toFloat(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  const surplus = BigInt(Math.max(0, magnitude.toString(2).length - 52));
  const kept = magnitude >> surplus;
  const sticky = kept << surplus === magnitude ? 0n : 1n;
  const rounded = Math.fround(Number((kept | sticky) << surplus));
  return value < 0n ? -rounded : rounded;
}

function divideComplexIntegers(a: bigint, b: bigint, c: bigint, d: bigint): readonly [bigint, bigint] {
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  if (size(c) < size(d)) {
    const ratio = c / d;
    const divisor = c * ratio + d;
    return [(a * ratio + b) / divisor, (b * ratio - a) / divisor];
  }
  const ratio = d / c;
  const divisor = d * ratio + c;
  return [(b * ratio + a) / divisor, (b - a * ratio) / divisor];
}

type Complex = readonly [number, number];

function complexOperation(operation: number, a: number, b: number, c: number, d: number): Complex {
  switch (operation) {
    case complexOperations.multiplyFloat:
      return recoverProduct(a, b, c, d, Math.fround);
    case complexOperations.multiply:
      return recoverProduct(a, b, c, d, (value) => value);
    case complexOperations.divideFloat: {
      const divisor = c * c + d * d;
      return recoverQuotient([(a * c + b * d) / divisor, (b * c - a * d) / divisor], a, b, c, d);
    }
    default:
      return recoverQuotient(divideScaled(a, b, c, d), a, b, c, d);
  }
}

/** 1 with the sign of `value` when `isOne`, else 0 with it. */
function signed(isOne: boolean, value: number): number {
  const isNegative = value < 0 || Object.is(value, -0);
  return isNegative ? (isOne ? -1 : -0) : isOne ? 1 : 0;
}

const isInfinite = (value: number): boolean => value === Infinity || value === -Infinity;
const zeroOfNaN = (value: number): number => (Number.isNaN(value) ? signed(false, value) : value);

/** A product whose parts are both not-a-number, with the infinities that went lost (C17 G.5.1). */
function recoverProduct(
  first: number,
  second: number,
  third: number,
  fourth: number,
  round: (value: number) => number,
): Complex {
  let [a, b, c, d] = [first, second, third, fourth];
  const products = [a * c, b * d, a * d, b * c].map(round);
  let isRecovered = false;
  if (isInfinite(a) || isInfinite(b)) {
    [a, b] = [signed(isInfinite(a), a), signed(isInfinite(b), b)];
    [c, d] = [zeroOfNaN(c), zeroOfNaN(d)];
    isRecovered = true;
  }
  if (isInfinite(c) || isInfinite(d)) {
    [c, d] = [signed(isInfinite(c), c), signed(isInfinite(d), d)];
    [a, b] = [zeroOfNaN(a), zeroOfNaN(b)];
    isRecovered = true;
  }
  if (!isRecovered && products.some(isInfinite)) {
    [a, b, c, d] = [zeroOfNaN(a), zeroOfNaN(b), zeroOfNaN(c), zeroOfNaN(d)];
    isRecovered = true;
  }
  if (!isRecovered) return [NaN, NaN];
  return [Infinity * (a * c - b * d), Infinity * (a * d + b * c)];
}

const halfOfMost = Number.MAX_VALUE / 2;
const leastNormal = 2 ** -1022;
const epsilon = Number.EPSILON;
const scaleUp = 1 / epsilon;
const smallProduct = halfOfMost * epsilon;

function divideScaled(first: number, second: number, third: number, fourth: number): Complex {
  let [a, b, c, d] = [first, second, third, fourth];
  const scale = (factor: number): void => {
    [a, b, c, d] = [a * factor, b * factor, c * factor, d * factor];
  };
  const isSwapped = Math.abs(c) < Math.abs(d);
  const larger = (): number => Math.abs(isSwapped ? d : c);
  if (larger() >= halfOfMost) scale(0.5);
  if (larger() < epsilon) scale(scaleUp);
  else {
    const isTiny = (one: number, other: number): boolean =>
      Math.abs(one) < leastNormal && Math.abs(other) < smallProduct && larger() < smallProduct;
    if (isTiny(a, b) || isTiny(b, a)) scale(scaleUp);
  }
  if (isSwapped) {
    const ratio = c / d;
    const divisor = c * ratio + d;
    if (Math.abs(ratio) > leastNormal) return [(a * ratio + b) / divisor, (b * ratio - a) / divisor];
    return [(c * (a / d) + b) / divisor, (c * (b / d) - a) / divisor];
  }
  const ratio = d / c;
  const divisor = d * ratio + c;
  if (Math.abs(ratio) > leastNormal) return [(b * ratio + a) / divisor, (b - a * ratio) / divisor];
  return [(a + d * (b / c)) / divisor, (b - d * (a / c)) / divisor];
}

/** A quotient whose parts are both not-a-number: division by zero, infinities (C17 G.5.1). */
function recoverQuotient(
  quotient: Complex,
  first: number,
  second: number,
  third: number,
  fourth: number,
): Complex {
  const [x, y] = quotient;
  if (!Number.isNaN(x) || !Number.isNaN(y)) return quotient;
  let [a, b, c, d] = [first, second, third, fourth];
  if (c === 0 && d === 0 && (!Number.isNaN(a) || !Number.isNaN(b))) {
    const infinity = signed(true, c) * Infinity;
    return [infinity * a, infinity * b];
  }
  if ((isInfinite(a) || isInfinite(b)) && Number.isFinite(c) && Number.isFinite(d)) {
    [a, b] = [signed(isInfinite(a), a), signed(isInfinite(b), b)];
    return [Infinity * (a * c + b * d), Infinity * (b * c - a * d)];
  }
  if ((isInfinite(c) || isInfinite(d)) && Number.isFinite(a) && Number.isFinite(b)) {
    [c, d] = [signed(isInfinite(c), c), signed(isInfinite(d), d)];
    return [0 * (a * c + b * d), 0 * (b * c - a * d)];
  }
  return quotient;
}
