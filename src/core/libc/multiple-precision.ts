/**
 * Elementary functions to some 300 binary digits, so that rounding to `long double` is right.
 *
 * A number is an integer times a power of two, cut to {@link DIGITS} digits after each operation. Logarithms and arcs come from
 * the host's double and one correction by a short series; sines, cosines and powers from Taylor series of reduced arguments.
 *
 * Source: Handbook of Mathematical Functions (Abramowitz, Stegun), 4.1, 4.2, 4.4, 6.1.41, 7.1.6, 7.1.14; J. Machin's formula.
 */
import { integerRoot } from '../target/extended-arithmetic.ts';
import { bitLength } from '../target/extended-float.ts';

/** Binary digits that are kept. */
export const DIGITS = 360;

/** digits × 2^exponent */
export interface Big {
  readonly digits: bigint;
  readonly exponent: number;
}

const sizeOf = (digits: bigint): bigint => (digits < 0n ? -digits : digits);

function cut(digits: bigint, exponent: number): Big {
  const surplus = bitLength(sizeOf(digits)) - DIGITS;
  if (surplus <= 0) return { digits, exponent };
  return { digits: digits >> BigInt(surplus), exponent: exponent + surplus };
}

/** The number of an integer. */
export const big = (integer: number | bigint): Big => cut(BigInt(integer), 0);
/** 0 */
export const ZERO = big(0);
/** 1 */
export const ONE = big(1);

/** A double of the host. */
export function bigOfDouble(value: number): Big {
  if (value === 0) return ZERO;
  let exponent = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2 ** 32;
    exponent -= 32;
  }
  return big(BigInt(scaled)).exponent === 0
    ? { digits: BigInt(scaled), exponent }
    : cut(BigInt(scaled), exponent);
}

/** The exponent of the leading digit; of zero, one below all. */
export const magnitude = ({ digits, exponent }: Big): number =>
  digits === 0n ? -Infinity : bitLength(sizeOf(digits)) + exponent - 1;

/** The nearest double, more or less. */
export function doubleOf({ digits, exponent }: Big): number {
  const surplus = Math.max(0, bitLength(sizeOf(digits)) - 60);
  const power = exponent + surplus;
  const head = Number(digits >> BigInt(surplus));
  const half = Math.trunc(power / 2);
  return head * 2 ** half * 2 ** (power - half);
}

/** Whether a number is below zero. */
export const isNegative = ({ digits }: Big): boolean => digits < 0n;
/** -a */
export const negate = ({ digits, exponent }: Big): Big => ({ digits: -digits, exponent });
/** |a| */
export const absolute = (a: Big): Big => (isNegative(a) ? negate(a) : a);
/** a × 2^power */
export const shifted = ({ digits, exponent }: Big, power: number): Big => ({
  digits,
  exponent: exponent + power,
});

/** a + b */
export function plus(a: Big, b: Big): Big {
  if (a.digits === 0n) return b;
  if (b.digits === 0n) return a;
  const [high, low] = magnitude(a) >= magnitude(b) ? [a, b] : [b, a];
  const gap = magnitude(high) - magnitude(low);
  // So far below it only shows in which direction the sum differs.
  if (gap > 2 * DIGITS) {
    return { digits: (high.digits << 200n) + (low.digits < 0n ? -1n : 1n), exponent: high.exponent - 200 };
  }
  const exponent = Math.min(a.exponent, b.exponent);
  const sum = (a.digits << BigInt(a.exponent - exponent)) + (b.digits << BigInt(b.exponent - exponent));
  return cut(sum, exponent);
}

/** a - b */
export const minus = (a: Big, b: Big): Big => plus(a, negate(b));
/** a × b */
export const times = (a: Big, b: Big): Big => cut(a.digits * b.digits, a.exponent + b.exponent);

/** a / b */
export function over(a: Big, b: Big): Big {
  const shift = Math.max(0, DIGITS + 4 + bitLength(sizeOf(b.digits)) - bitLength(sizeOf(a.digits)));
  return cut((a.digits << BigInt(shift)) / b.digits, a.exponent - shift - b.exponent);
}

/** The square root of a number >= 0. */
export function root(a: Big): Big {
  let shift = Math.max(0, 2 * DIGITS - bitLength(a.digits));
  shift += Math.abs(a.exponent - shift) % 2;
  return cut(integerRoot(a.digits << BigInt(shift)), (a.exponent - shift) / 2);
}

/** The number as an integer of units of 2^-digits. */
const fixed = ({ digits, exponent }: Big, unit: number): bigint =>
  exponent + unit >= 0 ? digits << BigInt(exponent + unit) : digits >> BigInt(-exponent - unit);

// ---- constants ----

const knownPi = new Map<number, bigint>();

/** pi × 2^unit, rounded down. */
function fixedPi(unit: number): bigint {
  const rounded = Math.ceil((unit + 32) / 512) * 512;
  let value = knownPi.get(rounded);
  if (value === undefined) {
    const scale = BigInt(rounded + 32);
    const arc = (divisor: bigint): bigint => {
      let power = (1n << scale) / divisor;
      let sum = power;
      for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
        power /= divisor * divisor;
        sum += (sign * power) / n;
      }
      return sum;
    };
    value = (16n * arc(5n) - 4n * arc(239n)) >> 32n;
    knownPi.set(rounded, value);
  }
  return value >> BigInt(rounded - unit);
}

/** pi */
export const pi = (): Big => cut(fixedPi(DIGITS + 20), -DIGITS - 20);

let knownLogarithm: Big | undefined;

/** The logarithm of two: atanh(1/3) twice. */
export function logarithmOfTwo(): Big {
  if (knownLogarithm === undefined) {
    const unit = BigInt(DIGITS + 40);
    let power = (2n << unit) / 3n;
    let sum = 0n;
    for (let n = 1n; power !== 0n; n += 2n, power /= 9n) sum += power / n;
    knownLogarithm = cut(sum, -DIGITS - 40);
  }
  return knownLogarithm;
}

// ---- exponentials and logarithms ----

/** e^x; x of a size that leaves an exponent. */
export function exponential(x: Big): Big {
  const count = Math.round(doubleOf(x) / Math.LN2);
  const rest = minus(x, times(big(count), logarithmOfTwo()));
  // The argument is halved eight times, the result squared as often.
  const unit = DIGITS + 40;
  const reduced = fixed(rest, unit - 8);
  let term = 1n << BigInt(unit);
  let sum = term;
  for (let n = 1n; ; n += 1n) {
    term = ((term * reduced) / n) >> BigInt(unit);
    if (term === 0n || term === -1n) break;
    sum += term;
  }
  for (let i = 0; i < 8; i += 1) sum = (sum * sum) >> BigInt(unit);
  return cut(sum, count - unit);
}

/** The natural logarithm of a positive number. */
export function logarithm(x: Big): Big {
  // x = m × 2^count with 0.7 < m < 1.5: no two large numbers are subtracted.
  let count = magnitude(x);
  if (doubleOf(shifted(x, -count)) > 1.4) count += 1;
  const m = shifted(x, -count);
  const first = bigOfDouble(Math.log(doubleOf(m)));
  const rest = minus(times(m, exponential(negate(first))), ONE);
  let power = rest;
  let sum = rest;
  for (let n = 2; magnitude(power) > -DIGITS - 80 && n < 40; n += 1) {
    power = negate(times(power, rest));
    sum = plus(sum, over(power, big(n)));
  }
  return plus(plus(times(big(count), logarithmOfTwo()), first), sum);
}

// ---- angles ----

/** Sine and cosine of an angle in units of 2^-unit, at most 1. */
function fixedSineCosine(angle: bigint, unit: number): readonly [sine: bigint, cosine: bigint] {
  const shift = BigInt(unit);
  const square = (angle * angle) >> shift;
  const series = (start: bigint, first: bigint): bigint => {
    let term = start;
    let sum = start;
    for (let n = first; term !== 0n; n += 2n) {
      term = -((term * square) >> shift) / (n * (n + 1n));
      sum += term;
    }
    return sum;
  };
  return [series(angle, 2n), series(1n << shift, 1n)];
}

/** Sine and cosine. */
export function sineCosine(x: Big): readonly [sine: Big, cosine: Big] {
  const unit = DIGITS + 160;
  const precise = unit + Math.max(0, magnitude(x)) + 8;
  const halfPi = fixedPi(precise) >> 1n;
  const angle = fixed(x, precise);
  const doubled = 2n * angle + halfPi;
  const quadrant = doubled >= 0n ? doubled / (2n * halfPi) : -((-doubled + 2n * halfPi - 1n) / (2n * halfPi));
  const rest = (angle - quadrant * halfPi) >> BigInt(precise - unit);
  const [s, c] = fixedSineCosine(rest, unit);
  const [sine, cosine] = [cut(s, -unit), cut(c, -unit)];
  switch (Number(((quadrant % 4n) + 4n) % 4n)) {
    case 0:
      return [sine, cosine];
    case 1:
      return [cosine, negate(sine)];
    case 2:
      return [negate(sine), negate(cosine)];
    default:
      return [negate(cosine), sine];
  }
}

/** The arc tangent of a number >= 0. */
export function arcTangent(x: Big): Big {
  if (x.digits === 0n) return x;
  if (magnitude(x) > 0) return minus(shifted(pi(), -1), arcTangent(over(ONE, x)));
  if (magnitude(x) < -DIGITS) return x;
  const first = bigOfDouble(magnitude(x) < -900 ? 0 : Math.atan(doubleOf(x)));
  const [sine, cosine] = sineCosine(first);
  const rest = over(minus(times(x, cosine), sine), plus(cosine, times(x, sine)));
  const square = negate(times(rest, rest));
  let power = rest;
  let sum = rest;
  for (let n = 3; magnitude(power) > magnitude(x) - DIGITS && n < 200; n += 2) {
    power = times(power, square);
    sum = plus(sum, over(power, big(n)));
  }
  return plus(first, sum);
}

// ---- error and gamma functions ----

/** The error function of a number from 0 to 12. */
export function errorFunction(x: Big): Big {
  const square = times(x, x);
  let term = x;
  let sum = x;
  for (let n = 1; magnitude(term) > magnitude(sum) - DIGITS; n += 1) {
    term = over(times(term, shifted(square, 1)), big(2 * n + 1));
    sum = plus(sum, term);
  }
  return over(times(shifted(sum, 1), exponential(negate(square))), root(pi()));
}

/** The complementary error function of a number from 8 on, by its continued fraction. */
export function complementaryError(x: Big): Big {
  let fraction = x;
  for (let n = 600; n > 0; n -= 1) fraction = plus(x, over(shifted(big(n), -1), fraction));
  return over(exponential(negate(times(x, x))), times(fraction, root(pi())));
}

const bernoulli: Big[] = [];

/** The Bernoulli number B(2k), k > 0, from the values of the zeta function's recurrence over binomials. */
function bernoulliNumber(k: number): Big {
  for (let n = bernoulli.length + 1; n <= k; n += 1) {
    // sum of C(2n+1, j) B(j) = 0 for j from 0 to 2n.
    let sum = plus(ONE, over(big(-(2 * n + 1)), big(2)));
    let binomial = 1n;
    for (let j = 1; j <= 2 * n; j += 1) {
      binomial = (binomial * BigInt(2 * n + 2 - j)) / BigInt(j);
      const known = j % 2 === 0 ? bernoulli[j / 2 - 1] : undefined;
      if (known !== undefined) sum = plus(sum, times(big(binomial), known));
    }
    bernoulli.push(over(negate(sum), big(2 * n + 1)));
  }
  return bernoulli[k - 1] ?? ZERO;
}

/** Beyond this Stirling's series gives all digits. */
const STIRLING_FROM = 64;

/** The logarithm of the gamma function of a positive number. */
export function logarithmOfGamma(x: Big): Big {
  let z = x;
  let product = ONE;
  while (magnitude(z) < Math.log2(STIRLING_FROM)) {
    product = times(product, z);
    z = plus(z, ONE);
  }
  const logarithmOfZ = logarithm(z);
  let sum = minus(times(minus(z, shifted(ONE, -1)), logarithmOfZ), z);
  sum = plus(sum, shifted(logarithm(shifted(pi(), 1)), -1));
  const square = times(z, z);
  let power = z;
  for (let k = 1; k < 70; k += 1) {
    const term = over(bernoulliNumber(k), times(big(2 * k * (2 * k - 1)), power));
    if (magnitude(term) < magnitude(sum) - DIGITS) break;
    sum = plus(sum, term);
    power = times(power, square);
  }
  return product === ONE ? sum : minus(sum, logarithm(product));
}
