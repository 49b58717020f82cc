/**
 * Operations on `long double` that the host does: those that are rare, and all of programs that can see the floating-point
 * environment (codegen/extended-operations.ts).
 *
 * Source: Intel SDM volume 1, chapter 8; gcc/config/i386/i386-expand.cc (conversions to unsigned integers of 64 bits);
 * libgcc/libgcc2.c (__fixxfti, __fixunsxfti, __floattixf, __mulxc3, __divxc3).
 */
import { extendedOperations } from '../codegen/extended-operations.ts';
import type { ExtendedOperation } from '../codegen/extended-operations.ts';
import type { FloatEnvironment } from '../libc/float-environment.ts';
import * as arithmetic from '../target/extended-arithmetic.ts';
import {
  INEXACT,
  TOWARD_ZERO,
  extendedMost,
  extendedZero,
  fromBytes,
  fromDoubleBits,
  fromInteger,
  fromNumber,
  fromSingleBits,
  isFinite,
  isNan,
  isNegative,
  magnitudeOf,
  newUnit,
  toBytes,
  toDoubleBits,
  toInteger,
  toSingleBits,
  wholeOf,
  withSign,
} from '../target/extended-float.ts';
import type { Extended, FloatUnit } from '../target/extended-float.ts';
import { EXTENDED_AREA } from '../target/tlb-layout.ts';
import { recoverProduct, robustQuotient } from './complex-arithmetic.ts';
import type { Complex, Reals } from './complex-arithmetic.ts';

/** The operands and results of an operation, 16 bytes each. */
class Slots {
  readonly #linear: WebAssembly.Memory;

  constructor(linear: WebAssembly.Memory) {
    this.#linear = linear;
  }

  number(index: number): Extended {
    return fromBytes(new Uint8Array(this.#linear.buffer, EXTENDED_AREA + 16 * index, 10));
  }

  word(index: number, bits: 32 | 64 = 64): bigint {
    const at = EXTENDED_AREA + 16 * index;
    const view = new DataView(this.#linear.buffer);
    return bits === 64 ? view.getBigUint64(at, true) : BigInt(view.getUint32(at, true));
  }

  leaveNumber(value: Extended, index = 0): void {
    const bytes = new Uint8Array(this.#linear.buffer, EXTENDED_AREA + 16 * index, 16);
    bytes.fill(0);
    bytes.set(toBytes(value));
  }

  /** Leaves the low 128 bits of an integer. */
  leaveWord(value: bigint): void {
    const view = new DataView(this.#linear.buffer);
    view.setBigUint64(EXTENDED_AREA, BigInt.asUintN(64, value), true);
    view.setBigUint64(EXTENDED_AREA + 8, BigInt.asUintN(64, value >> 64n), true);
  }
}

type Operation = (unit: FloatUnit, slots: Slots) => void;

const binary =
  (operation: (unit: FloatUnit, a: Extended, b: Extended) => Extended): Operation =>
  (unit, slots) => {
    slots.leaveNumber(operation(unit, slots.number(0), slots.number(1)));
  };

const comparison =
  (operation: (unit: FloatUnit, a: Extended, b: Extended) => number | undefined): Operation =>
  (unit, slots) => {
    const order = operation(unit, slots.number(0), slots.number(1));
    slots.leaveWord(order === undefined ? 3n : order < 0 ? 2n : BigInt(order));
  };

const fromIntegers =
  (read: (slots: Slots) => bigint): Operation =>
  (unit, slots) => {
    slots.leaveNumber(fromInteger(unit, read(slots)));
  };

const toIntegers =
  (operation: (unit: FloatUnit, x: Extended) => bigint): Operation =>
  (unit, slots) => {
    slots.leaveWord(operation(unit, slots.number(0)));
  };

const complex =
  (
    operation: (reals: Reals<Extended>, a: Complex<Extended>, b: Complex<Extended>) => Complex<Extended>,
  ): Operation =>
  (unit, slots) => {
    const [a, b, c, d] = [0, 1, 2, 3].map((index) => slots.number(index));
    const [real, imaginary] = operation(extendedReals(unit), [a ?? 0n, b ?? 0n], [c ?? 0n, d ?? 0n]);
    slots.leaveNumber(real);
    slots.leaveNumber(imaginary, 1);
  };

const pair = (slots: Slots): bigint => (slots.word(1) << 64n) | slots.word(0);

const operations: Readonly<Record<ExtendedOperation, Operation>> = {
  add: binary(arithmetic.add),
  subtract: binary(arithmetic.subtract),
  multiply: binary(arithmetic.multiply),
  divide: binary(arithmetic.divide),
  compare: comparison(arithmetic.compareSignalling),
  compareQuietly: comparison(arithmetic.compareQuiet),
  fromDouble: (unit, slots) => {
    slots.leaveNumber(fromDoubleBits(unit, slots.word(0)));
  },
  fromSingle: (unit, slots) => {
    slots.leaveNumber(fromSingleBits(unit, slots.word(0, 32)));
  },
  fromSigned: fromIntegers((slots) => BigInt.asIntN(64, slots.word(0))),
  fromUnsigned: fromIntegers((slots) => slots.word(0)),
  fromSignedPair: fromIntegers((slots) => BigInt.asIntN(128, pair(slots))),
  fromUnsignedPair: fromIntegers(pair),
  toDouble: toIntegers(toDoubleBits),
  toSingle: toIntegers(toSingleBits),
  toShort: toIntegers((unit, x) => cut(unit, x, 16)),
  toInt: toIntegers((unit, x) => cut(unit, x, 32)),
  toLong: toIntegers((unit, x) => cut(unit, x, 64)),
  toUnsignedLong: toIntegers(cutUnsigned),
  toSignedPair: toIntegers((unit, x) => (isNegative(x) && !isNan(x) ? -cutPair(unit, x) : cutPair(unit, x))),
  toUnsignedPair: toIntegers((unit, x) =>
    arithmetic.compareSignalling(unit, x, extendedZero) === -1 ? 0n : cutPair(unit, x),
  ),
  squareRoot: (unit, slots) => {
    slots.leaveNumber(arithmetic.squareRoot(unit, slots.number(0)));
  },
  multiplyComplex: complex(recoverProduct),
  divideComplex: complex(robustQuotient),
};

/** Cuts a number to an integer. */
function cut(unit: FloatUnit, x: Extended, bits: 16 | 32 | 64): bigint {
  const towardZero = newUnit(TOWARD_ZERO);
  const result = toInteger(towardZero, x, bits);
  unit.flags |= towardZero.flags;
  return result;
}

/** What does not fit a signed integer is converted after 2^63 is taken off. */
function cutUnsigned(unit: FloatUnit, x: Extended): bigint {
  const limit = fromNumber(2 ** 63);
  const order = arithmetic.compareSignalling(unit, x, limit);
  if (order === undefined || order < 0) return cut(unit, x, 64);
  return cut(unit, arithmetic.subtract(unit, x, limit), 64) ^ (1n << 63n);
}

/** The size of a number in two words, each as {@link cutUnsigned} makes it: of what does not fit nothing is left. */
function cutPair(unit: FloatUnit, x: Extended): bigint {
  if (isNan(x)) return (1n << 127n) | (1n << 63n);
  if (!isFinite(x)) return 0n;
  const { whole, isExact } = wholeOf(magnitudeOf(x), TOWARD_ZERO);
  if (!isExact) unit.flags |= INEXACT;
  return whole < 1n << 128n ? whole : 0n;
}

const extendedReals = (unit: FloatUnit): Reals<Extended> => ({
  zero: extendedZero,
  one: fromNumber(1),
  infinity: fromNumber(Infinity),
  halfOfMost: arithmetic.divide(unit, extendedMost, fromNumber(2)),
  leastNormal: arithmetic.scaleByPower(newUnit(), fromNumber(1), -16382),
  epsilon: fromNumber(2 ** -63),
  scaleUp: fromNumber(2 ** 63),
  half: fromNumber(0.5),
  add: (a, b) => arithmetic.add(unit, a, b),
  subtract: (a, b) => arithmetic.subtract(unit, a, b),
  multiply: (a, b) => arithmetic.multiply(unit, a, b),
  divide: (a, b) => arithmetic.divide(unit, a, b),
  absolute: magnitudeOf,
  withSign,
  isLess: (a, b) => arithmetic.compare(a, b) === -1,
  isNan,
  isFinite,
});

const byNumber: readonly Operation[] = Object.keys(extendedOperations).map(
  (name) => operations[name as ExtendedOperation],
);

/** The import of a module for them. */
export function extendedArithmetic(
  linear: WebAssembly.Memory,
  environment: FloatEnvironment,
): Record<string, WebAssembly.ImportValue> {
  const slots = new Slots(linear);
  return {
    extended_operation: (operation: number) => {
      const unit = newUnit(environment.direction);
      byNumber[operation]?.(unit, slots);
      environment.raise(unit.flags);
    },
  };
}
