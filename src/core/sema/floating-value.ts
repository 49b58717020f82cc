/**
 * Values of floating constants: doubles, and numbers of `long double` that no double is.
 *
 * Operations on constants are those of the type, rounded to nearest, as gcc folds them.
 *
 * Source: gcc/fold-const.cc (const_binop), gcc/real.cc (real_convert); complex products and quotients are rounded once from
 * the exact ones (const_binop by way of mpc_mul and mpc_div). Simplified: products and quotients of complex doubles are
 * computed in double, `__float128` is.
 */
import { add, compare, divide, multiply, roundedSum, subtract } from '../target/extended-arithmetic.ts';
import {
  TOWARD_ZERO,
  fromInteger,
  fromNumber,
  isDouble,
  isFinite,
  isNan,
  isZero,
  negated,
  newUnit,
  partsOf,
  roundedQuotient,
  toNumber,
  toSingleBits,
  wholeOf,
} from '../target/extended-float.ts';
import type { BinaryNumber, Extended } from '../target/extended-float.ts';
import { resolve } from './type-relations.ts';
import type { CType } from './type.ts';

/** A floating number. */
export interface FloatingValue {
  /** The number; where `extended` is set, the nearest double, but no zero and no infinity for what is none. */
  readonly value: number;
  /** Set for a `long double` that is no double. */
  readonly extended?: Extended;
}

/** A complex number. */
export interface ComplexValue {
  readonly real: number;
  readonly imaginary: number;
  /** Set where a part is no double: both parts. */
  readonly extended?: readonly [real: Extended, imaginary: Extended];
}

/** The number of a node or constant alone. */
export const floatingIn = ({ value, extended }: FloatingValue): FloatingValue =>
  extended === undefined ? { value } : { value, extended };

/** A number of the x87 unit. */
export function floatingOf(x: Extended): FloatingValue {
  if (isDouble(x)) return { value: toNumber(x) };
  const value = toNumber(x);
  if (Number.isNaN(value)) return { value, extended: x };
  const sign = Math.sign(value) || (Object.is(value, -0) ? -1 : 1);
  const size = Math.min(Math.max(Math.abs(value), Number.MIN_VALUE), Number.MAX_VALUE);
  return { value: sign * size, extended: x };
}

/** A number in the format of the x87 unit. */
export const extendedOf = ({ value, extended }: FloatingValue): Extended => extended ?? fromNumber(value);

/** The parts of a complex number. */
export function partsOfComplex({
  real,
  imaginary,
  extended,
}: ComplexValue): readonly [FloatingValue, FloatingValue] {
  if (extended === undefined) return [{ value: real }, { value: imaginary }];
  return [floatingOf(extended[0]), floatingOf(extended[1])];
}

/** The complex number of two parts. */
export function complexOf(real: FloatingValue, imaginary: FloatingValue): ComplexValue {
  const both = { real: real.value, imaginary: imaginary.value };
  if (real.extended === undefined && imaginary.extended === undefined) return both;
  return { ...both, extended: [extendedOf(real), extendedOf(imaginary)] };
}

/** Whether a type is `long double`. */
export function isLongDouble(type: CType): boolean {
  const resolved = resolve(type);
  return resolved.kind === 'float' && resolved.name === 'long double';
}

/** A number converted to a floating type. */
export function convertFloating(number: FloatingValue, to: CType): FloatingValue {
  const resolved = resolve(to);
  const isSingle = resolved.kind === 'float' && resolved.name === 'float';
  const { value, extended } = number;
  if (extended === undefined) return isSingle ? { value: Math.fround(value) } : number;
  if (isLongDouble(to)) return number;
  if (!isSingle) return { value: toNumber(extended) };
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, Number(toSingleBits(newUnit(), extended)));
  return { value: view.getFloat32(0) };
}

/** An integer converted to a floating type. */
export function floatingOfInteger(integer: bigint, to: CType): FloatingValue {
  return isLongDouble(to)
    ? floatingOf(fromInteger(newUnit(), integer))
    : convertFloating({ value: Number(integer) }, to);
}

/** A finite number without its fraction. */
export const truncated = ({ value, extended }: FloatingValue): bigint =>
  extended === undefined ? BigInt(Math.trunc(value)) : wholeOf(extended, TOWARD_ZERO).whole;

/** -x */
export const negatedFloating = ({ value, extended }: FloatingValue): FloatingValue =>
  extended === undefined ? { value: -value } : { value: -value, extended: negated(extended) };

/** |x| */
export const absoluteFloating = (number: FloatingValue): FloatingValue =>
  number.value < 0 || Object.is(number.value, -0) ? negatedFloating(number) : number;

/** An operation on two numbers of one type. @returns undefined for an operator that floating numbers do not have */
export function floatingArithmetic(
  operator: string,
  left: FloatingValue,
  right: FloatingValue,
  type: CType,
): FloatingValue | undefined {
  if (isLongDouble(type)) {
    const operation = extendedOperations.get(operator);
    return operation && floatingOf(operation(newUnit(), extendedOf(left), extendedOf(right)));
  }
  const value = doubleArithmetic(operator, left.value, right.value);
  return value === undefined ? undefined : convertFloating({ value }, type);
}

const extendedOperations = new Map([
  ['+', add],
  ['-', subtract],
  ['*', multiply],
  ['/', divide],
]);

function doubleArithmetic(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return undefined;
  }
}

/** The numbers to compare in place of two: of the same order, equal if they are. */
export function comparable(left: FloatingValue, right: FloatingValue): readonly [number, number] {
  if (left.extended === undefined && right.extended === undefined) return [left.value, right.value];
  const order = compare(extendedOf(left), extendedOf(right));
  return order === undefined ? [NaN, NaN] : [order, 0];
}

/** An operation on complex numbers whose parts have a type. */
export function complexArithmetic(
  operator: string,
  a: ComplexValue,
  b: ComplexValue,
  element: CType,
): ComplexValue | undefined {
  const [p, q] = partsOfComplex(a);
  const [r, s] = partsOfComplex(b);
  if (operator === '+' || operator === '-') {
    const real = floatingArithmetic(operator, p, r, element);
    const imaginary = floatingArithmetic(operator, q, s, element);
    return real && imaginary && complexOf(real, imaginary);
  }
  if (operator !== '*' && operator !== '/') return undefined;
  if (isLongDouble(element)) return extendedProduct(operator, [p, q, r, s].map(extendedOf));
  return doubleProduct(operator, a, b);
}

function doubleProduct(operator: '*' | '/', a: ComplexValue, b: ComplexValue): ComplexValue {
  if (operator === '*') {
    return {
      real: a.real * b.real - a.imaginary * b.imaginary,
      imaginary: a.real * b.imaginary + a.imaginary * b.real,
    };
  }
  const norm = b.real * b.real + b.imaginary * b.imaginary;
  return {
    real: (a.real * b.real + a.imaginary * b.imaginary) / norm,
    imaginary: (a.imaginary * b.real - a.real * b.imaginary) / norm,
  };
}

/** A product or quotient, its parts rounded once; undefined where a part is no number or there is no quotient. */
function extendedProduct(operator: '*' | '/', parts: readonly Extended[]): ComplexValue | undefined {
  const [a = 0n, b = 0n, c = 0n, d = 0n] = parts;
  if (!parts.every(isFinite)) return undefined;
  const unit = newUnit();
  if (operator === '*') {
    const real = roundedSum(unit, product(a, c), product(negated(b), d));
    return complexOf(floatingOf(real), floatingOf(roundedSum(unit, product(a, d), product(b, c))));
  }
  if (isZero(c) && isZero(d)) return undefined;
  const norm = exactTotal(product(c, c), product(d, d));
  const quotient = (numerator: BinaryNumber): FloatingValue => {
    if (numerator.size === 0n) return { value: 0 };
    const { isNegative, size, exponent } = numerator;
    return floatingOf(roundedQuotient(unit, isNegative, size, norm.size, exponent - norm.exponent));
  };
  return complexOf(
    quotient(exactTotal(product(a, c), product(b, d))),
    quotient(exactTotal(product(b, c), product(negated(a), d))),
  );
}

function product(x: Extended, y: Extended): BinaryNumber {
  const [left, right] = [partsOf(x), partsOf(y)];
  return {
    isNegative: left.isNegative !== right.isNegative,
    size: left.size * right.size,
    exponent: left.exponent + right.exponent,
  };
}

function exactTotal(a: BinaryNumber, b: BinaryNumber): BinaryNumber {
  const exponent = Math.min(a.exponent, b.exponent);
  const signedSize = (one: BinaryNumber): bigint =>
    (one.isNegative ? -one.size : one.size) << BigInt(one.exponent - exponent);
  const total = signedSize(a) + signedSize(b);
  return { isNegative: total < 0n, size: total < 0n ? -total : total, exponent };
}

/** Whether a number is a NaN. */
export const isNotNumber = ({ value, extended }: FloatingValue): boolean =>
  extended === undefined ? Number.isNaN(value) : isNan(extended);
