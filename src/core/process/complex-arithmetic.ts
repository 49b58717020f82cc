/**
 * Complex products and quotients as libgcc computes them, for any format of real numbers.
 *
 * Source: C17 annex G.5.1; gcc 12, libgcc/libgcc2.c: __muldc3, __mulxc3, __divdc3, __divxc3 (the method of Baudin and Smith with
 * scaling), __divsc3.
 */

/** A real and an imaginary part. */
export type Complex<T> = readonly [real: T, imaginary: T];

/** The operations and limits of a format. */
export interface Reals<T> {
  readonly zero: T;
  readonly one: T;
  readonly infinity: T;
  readonly half: T;
  /** Half of the largest number, the smallest normal one, the distance of 1 from the next number and its reciprocal. */
  readonly halfOfMost: T;
  readonly leastNormal: T;
  readonly epsilon: T;
  readonly scaleUp: T;
  readonly add: (a: T, b: T) => T;
  readonly subtract: (a: T, b: T) => T;
  readonly multiply: (a: T, b: T) => T;
  readonly divide: (a: T, b: T) => T;
  readonly absolute: (a: T) => T;
  readonly withSign: (a: T, of: T) => T;
  readonly isLess: (a: T, b: T) => boolean;
  readonly isNan: (a: T) => boolean;
  readonly isFinite: (a: T) => boolean;
}

/** a × b + c × d */
const sumOfProducts = <T>(f: Reals<T>, a: T, b: T, c: T, d: T): T =>
  f.add(f.multiply(a, b), f.multiply(c, d));
/** a × b - c × d */
const differenceOfProducts = <T>(f: Reals<T>, a: T, b: T, c: T, d: T): T =>
  f.subtract(f.multiply(a, b), f.multiply(c, d));
const isInfinite = <T>(f: Reals<T>, x: T): boolean => !f.isFinite(x) && !f.isNan(x);
/** One for an infinity, else zero, with the sign of the number. */
const boxed = <T>(f: Reals<T>, x: T): T => f.withSign(isInfinite(f, x) ? f.one : f.zero, x);
const zeroOfNan = <T>(f: Reals<T>, x: T): T => (f.isNan(x) ? f.withSign(f.zero, x) : x);

/** A product whose parts are both not-a-number, with the infinities that went lost. */
export function recoverProduct<T>(f: Reals<T>, first: Complex<T>, second: Complex<T>): Complex<T> {
  let [a, b] = first;
  let [c, d] = second;
  const products = [f.multiply(a, c), f.multiply(b, d), f.multiply(a, d), f.multiply(b, c)];
  let isRecovered = false;
  if (isInfinite(f, a) || isInfinite(f, b)) {
    [a, b, c, d] = [boxed(f, a), boxed(f, b), zeroOfNan(f, c), zeroOfNan(f, d)];
    isRecovered = true;
  }
  if (isInfinite(f, c) || isInfinite(f, d)) {
    [c, d, a, b] = [boxed(f, c), boxed(f, d), zeroOfNan(f, a), zeroOfNan(f, b)];
    isRecovered = true;
  }
  if (!isRecovered && products.some((one) => isInfinite(f, one))) {
    [a, b, c, d] = [zeroOfNan(f, a), zeroOfNan(f, b), zeroOfNan(f, c), zeroOfNan(f, d)];
    isRecovered = true;
  }
  if (!isRecovered) {
    return [
      differenceOfProducts(f, first[0], second[0], first[1], second[1]),
      sumOfProducts(f, first[0], second[1], first[1], second[0]),
    ];
  }
  return [
    f.multiply(f.infinity, differenceOfProducts(f, a, c, b, d)),
    f.multiply(f.infinity, sumOfProducts(f, a, d, b, c)),
  ];
}

/** A quotient, with the infinities and zeros that its computation loses. */
export function robustQuotient<T>(f: Reals<T>, dividend: Complex<T>, divisor: Complex<T>): Complex<T> {
  return recoverQuotient(f, scaledQuotient(f, dividend, divisor), dividend, divisor);
}

/** A quotient by the plain formula, for a format in which that cannot overflow. */
export function plainQuotient<T>(f: Reals<T>, dividend: Complex<T>, divisor: Complex<T>): Complex<T> {
  const [a, b] = dividend;
  const [c, d] = divisor;
  const norm = sumOfProducts(f, c, c, d, d);
  const quotient: Complex<T> = [
    f.divide(sumOfProducts(f, a, c, b, d), norm),
    f.divide(differenceOfProducts(f, b, c, a, d), norm),
  ];
  return recoverQuotient(f, quotient, dividend, divisor);
}

function scaledQuotient<T>(f: Reals<T>, dividend: Complex<T>, divisor: Complex<T>): Complex<T> {
  let [a, b] = dividend;
  let [c, d] = divisor;
  const scale = (factor: T): void => {
    [a, b, c, d] = [
      f.multiply(a, factor),
      f.multiply(b, factor),
      f.multiply(c, factor),
      f.multiply(d, factor),
    ];
  };
  const isSwapped = f.isLess(f.absolute(c), f.absolute(d));
  const larger = (): T => f.absolute(isSwapped ? d : c);
  const isAtLeast = (x: T, limit: T): boolean => !f.isNan(x) && !f.isLess(x, limit);
  if (isAtLeast(larger(), f.halfOfMost)) scale(f.half);
  if (f.isLess(larger(), f.epsilon)) scale(f.scaleUp);
  else {
    const smallProduct = f.multiply(f.halfOfMost, f.epsilon);
    const isTiny = (one: T, other: T): boolean =>
      f.isLess(f.absolute(one), f.leastNormal) &&
      f.isLess(f.absolute(other), smallProduct) &&
      f.isLess(larger(), smallProduct);
    if (isTiny(a, b) || isTiny(b, a)) scale(f.scaleUp);
  }
  // With the parts of both numbers in each other's place the formulas are the same but for signs.
  const [large, small] = isSwapped ? [d, c] : [c, d];
  const [p, q] = isSwapped ? [b, a] : [a, b];
  const ratio = f.divide(small, large);
  const norm = f.add(f.multiply(small, ratio), large);
  const isOrdinary = f.isLess(f.leastNormal, f.absolute(ratio));
  const share = (x: T): T => (isOrdinary ? f.multiply(x, ratio) : f.multiply(small, f.divide(x, large)));
  const real = f.divide(isSwapped ? f.add(share(q), p) : f.add(p, share(q)), norm);
  const imaginary = f.divide(isSwapped ? f.subtract(share(p), q) : f.subtract(q, share(p)), norm);
  return [real, imaginary];
}

/** A quotient whose parts are both not-a-number: division by zero, infinities. */
function recoverQuotient<T>(
  f: Reals<T>,
  quotient: Complex<T>,
  dividend: Complex<T>,
  divisor: Complex<T>,
): Complex<T> {
  if (!f.isNan(quotient[0]) || !f.isNan(quotient[1])) return quotient;
  const [a, b] = dividend;
  const [c, d] = divisor;
  const isZero = (x: T): boolean => !f.isNan(x) && !f.isLess(f.zero, f.absolute(x));
  if (isZero(c) && isZero(d) && (!f.isNan(a) || !f.isNan(b))) {
    const infinity = f.withSign(f.infinity, c);
    return [f.multiply(infinity, a), f.multiply(infinity, b)];
  }
  const products = (factor: T, x: T, y: T, z: T, w: T): Complex<T> => [
    f.multiply(factor, sumOfProducts(f, x, z, y, w)),
    f.multiply(factor, differenceOfProducts(f, y, z, x, w)),
  ];
  if ((isInfinite(f, a) || isInfinite(f, b)) && f.isFinite(c) && f.isFinite(d))
    return products(f.infinity, boxed(f, a), boxed(f, b), c, d);
  if ((isInfinite(f, c) || isInfinite(f, d)) && f.isFinite(a) && f.isFinite(b))
    return products(f.zero, a, b, boxed(f, c), boxed(f, d));
  return quotient;
}

/** The numbers of the host. */
export const doubleReals: Reals<number> = {
  zero: 0,
  one: 1,
  infinity: Infinity,
  half: 0.5,
  halfOfMost: Number.MAX_VALUE / 2,
  leastNormal: 2 ** -1022,
  epsilon: Number.EPSILON,
  scaleUp: 1 / Number.EPSILON,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  absolute: Math.abs,
  withSign: (a, of) => (of < 0 || Object.is(of, -0) ? -Math.abs(a) : Math.abs(a)),
  isLess: (a, b) => a < b,
  isNan: Number.isNaN,
  isFinite: Number.isFinite,
};

/** Numbers of `float`, whose products are rounded. */
export const singleReals: Reals<number> = { ...doubleReals, multiply: (a, b) => Math.fround(a * b) };
