/**
 * The gamma function, by the steps of glibc: exp of lgamma near one, a product from there up to 6.5, and Stirling's
 * approximation with its parts in double-double beyond; reflection for negative arguments.
 *
 * Source: glibc 2.36, sysdeps/ieee754/dbl-64/e_gamma_r.c (behaviour); C17 7.12.8.4.
 */
import { cos, exp, exp2, log, pow, sin } from './accurate-math.ts';
import { twoProduct } from './double-double.ts';
import type { DoubleDouble } from './double-double.ts';
import { expm1, lgammaPositive } from './fdlibm.ts';
import { scale } from './float-rounding.ts';

/** B(2k) / (2k·(2k−1)) for k = 1 … 6. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360] as const;

/** x·(x+1)·…·(x+count−1) for x + e, and its relative error. */
function productOfSteps(
  x: number,
  e: number,
  count: number,
): { readonly value: number; readonly error: number } {
  let value = x;
  let error = e / x;
  for (let i = 1; i < count; i++) {
    error += e / (x + i);
    const product = twoProduct(value, x + i);
    value = product.hi;
    error += product.lo / value;
  }
  return { value, error };
}

interface Scaled {
  readonly value: DoubleDouble;
  readonly power: number;
}

const plain = (hi: number): Scaled => ({ value: { hi, lo: 0 }, power: 0 });

/** The product of two sums of doubles, its low part summed in double. */
function productOf(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const { hi, lo } = twoProduct(a.hi, b.hi);
  return { hi, lo: lo + a.hi * b.lo + a.lo * b.hi };
}

/** The quotient of two sums of doubles. */
function quotientOf(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const hi = a.hi / b.hi;
  const back = twoProduct(hi, b.hi);
  return { hi, lo: (a.hi - back.hi - back.lo + a.lo - hi * b.lo) / b.hi };
}

/** Γ of x > 0 as a number times a power of two. */
function gammaPositive(x: number): Scaled {
  if (x < 0.5) return plain(exp(lgammaPositive(x + 1)) / x);
  if (x <= 1.5) return plain(exp(lgammaPositive(x)));
  if (x < 6.5) {
    const count = Math.ceil(x - 1.5);
    const { value, error } = productOfSteps(x - count, 0, count);
    return plain(exp(lgammaPositive(x - count)) * value * (1 + error));
  }
  let [shifted, error, product, productError] = [x, 0, 1, 0];
  if (x < 12) {
    const count = Math.ceil(12 - x);
    shifted = x + count;
    error = x - (shifted - count);
    ({ value: product, error: productError } = productOfSteps(shifted - count, error, count));
  }
  return stirlingGamma(shifted, error, product, productError);
}

/** Γ(x + e) / (product · (1 + its error)) for x >= 12. */
function stirlingGamma(x: number, e: number, product: number, productError: number): Scaled {
  const whole = Math.floor(x + 0.5);
  let exponent = Math.floor(Math.log2(x)) + 1;
  let mantissa = x / 2 ** exponent;
  if (mantissa < Math.SQRT1_2) {
    exponent -= 1;
    mantissa *= 2;
  }
  const powers = twoProduct(pow(mantissa, x), exp2(exponent * (x - whole)));
  const decay = twoProduct(exp(-x), Math.sqrt((2 * Math.PI) / x));
  const { hi, lo } = quotientOf(productOf(powers, decay), { hi: product, lo: product * productError });
  const square = x * x;
  let sum = 0;
  for (let i = stirling.length - 1; i >= 0; i--) sum = sum / square + (stirling[i] ?? 0);
  const adjustment = e * log(x) + sum / x;
  const low = lo + hi * expm1(adjustment);
  return { value: { hi: hi + low, lo: 0 }, power: exponent * whole };
}

/** Γ(x): NaN for negative integers and −∞, an infinity for zeros. */
export function tgamma(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x === 0) return 1 / x;
  if (x === Infinity) return x;
  if (x < 0 && Math.floor(x) === x) return NaN;
  if (x >= 172) return Infinity;
  if (x > 0) {
    const { value, power } = gammaPositive(x);
    return scale(value.hi, power);
  }
  if (x >= -(2 ** -54)) return 1 / x;
  const whole = Math.trunc(x);
  const sign = whole % 2 === 0 ? -1 : 1;
  if (x <= -184) return sign * 0;
  const distance = whole - x > 0.5 ? 1 - (whole - x) : whole - x;
  const sine = distance <= 0.25 ? sin(Math.PI * distance) : cos(Math.PI * (0.5 - distance));
  const { value, power } = gammaPositive(-x);
  const size = quotientOf(
    { hi: Math.PI, lo: 1.2246467991473532e-16 },
    productOf(twoProduct(-x, sine), value),
  );
  return sign * scale(size.hi + size.lo, -power);
}
