/**
 * Arithmetic that machine code leaves to libgcc: division of 128-bit integers, their conversion from and to floating
 * numbers, complex division, complex products that come out as not-a-number. Results go to the scratch area.
 *
 * Source: gcc 12, libgcc/libgcc2.c (__divti3, __floattidf, __fixdfti; quotients of complex floats are computed in double);
 * gcc/tree-complex.c: expand_complex_div_wide for integers.
 */
import { complexOperations, wideOperations } from '../codegen/wide-arithmetic.ts';
import { SCRATCH } from '../target/tlb-layout.ts';
import {
  doubleReals,
  plainQuotient,
  recoverProduct,
  robustQuotient,
  singleReals,
} from './complex-arithmetic.ts';
import type { Complex } from './complex-arithmetic.ts';

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

function complexOperation(operation: number, a: number, b: number, c: number, d: number): Complex<number> {
  switch (operation) {
    case complexOperations.multiplyFloat:
      return recoverProduct(singleReals, [a, b], [c, d]);
    case complexOperations.multiply:
      return recoverProduct(doubleReals, [a, b], [c, d]);
    case complexOperations.divideFloat:
      return plainQuotient(doubleReals, [a, b], [c, d]);
    default:
      return robustQuotient(doubleReals, [a, b], [c, d]);
  }
}
