/**
 * Functions of <complex.h> where a part of the number is infinite or no number.
 *
 * Source: C17 annex G.6; glibc 2.36, math/s_cexp_template.c and its relatives (what is left open there).
 */
import { atan2, cos, sin } from './accurate-math.ts';

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

const of = (re: number, im: number): Complex => ({ re, im });
const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);
const like = (size: number, x: number): number => (isNegative(x) ? -size : size);
const isInfinite = (x: number): boolean => x === Infinity || x === -Infinity;
const isFinite = Number.isFinite;
const isNaN = Number.isNaN;

const PI = Math.PI;
const HALF_PI = Math.PI / 2;
const QUARTER_PI = Math.PI / 4;

/** Infinities in the direction of an angle. */
const towards = (angle: number): Complex => of(like(Infinity, cos(angle)), like(Infinity, sin(angle)));

function cexp({ re, im }: Complex): Complex {
  if (isNaN(re)) return of(NaN, im === 0 ? im : NaN);
  if (!isInfinite(re)) return of(NaN, NaN);
  if (!isFinite(im)) return isNegative(re) ? of(0, like(0, im)) : of(Infinity, NaN);
  const size = isNegative(re) ? 0 : Infinity;
  return im === 0 ? of(size, im) : of(like(size, cos(im)), like(size, sin(im)));
}

/** `unit`: of the angle. */
function logarithm({ re, im }: Complex, unit: number): Complex {
  const size = isInfinite(re) || isInfinite(im) ? Infinity : NaN;
  return of(size, isNaN(re) || isNaN(im) ? NaN : unit * atan2(im, re));
}

function csqrt({ re, im }: Complex): Complex {
  if (isInfinite(im)) return of(Infinity, im);
  if (!isInfinite(re)) return of(NaN, NaN);
  if (isNegative(re)) return of(isNaN(im) ? NaN : 0, like(Infinity, im));
  return of(re, isNaN(im) ? NaN : like(0, im));
}

function csinh({ re, im }: Complex): Complex {
  if (isNaN(re)) return of(NaN, im === 0 ? im : NaN);
  if (!isInfinite(re)) return of(re === 0 ? re : NaN, NaN);
  if (!isFinite(im)) return of(Infinity, NaN);
  if (im === 0) return of(re, im);
  const { re: cosine, im: sine } = towards(im);
  return of(isNegative(re) ? -cosine : cosine, sine);
}

function ccosh({ re, im }: Complex): Complex {
  if (isNaN(re)) return of(NaN, im === 0 ? im : NaN);
  if (!isInfinite(re)) return of(NaN, re === 0 ? 0 : NaN);
  if (!isFinite(im)) return of(Infinity, NaN);
  if (im === 0) return of(Infinity, im * like(1, re));
  const { re: cosine, im: sine } = towards(im);
  return of(cosine, sine * like(1, re));
}

function ctanh({ re, im }: Complex): Complex {
  if (isInfinite(re)) {
    const turned = isFinite(im) && Math.abs(im) > 1 ? sin(im) * cos(im) : im;
    return of(like(1, re), like(0, turned));
  }
  if (im === 0) return of(re, im);
  return of(re === 0 ? re : NaN, NaN);
}

function csin({ re, im }: Complex): Complex {
  if (isNaN(im)) return of(re === 0 ? re : NaN, NaN);
  if (!isInfinite(im)) return of(NaN, im === 0 ? im : NaN);
  if (!isFinite(re)) return of(NaN, Infinity);
  if (re === 0) return of(re, im);
  const { re: cosine, im: sine } = towards(Math.abs(re));
  return of(isNegative(re) ? -sine : sine, isNegative(im) ? -cosine : cosine);
}

function ctan({ re, im }: Complex): Complex {
  if (isInfinite(im)) {
    const turned = isFinite(re) && Math.abs(re) > 1 ? sin(re) * cos(re) : re;
    return of(like(0, turned), like(1, im));
  }
  if (re === 0) return of(re, im);
  return of(NaN, im === 0 ? im : NaN);
}

function casinh({ re, im }: Complex): Complex {
  if (isInfinite(im)) {
    const angle = like(isInfinite(re) ? QUARTER_PI : HALF_PI, im);
    return of(like(Infinity, re), isNaN(re) ? NaN : angle);
  }
  if (isFinite(re)) return of(NaN, NaN);
  const isReal = isInfinite(re) ? !isNaN(im) : im === 0;
  return of(re, isReal ? like(0, im) : NaN);
}

function casin({ re, im }: Complex): Complex {
  if (isNaN(re) || isNaN(im)) {
    if (re === 0) return of(re, im);
    return of(NaN, isInfinite(re) || isInfinite(im) ? like(Infinity, im) : NaN);
  }
  const turned = casinh(of(-im, re));
  return of(turned.im, -turned.re);
}

function cacos(z: Complex): Complex {
  const { re, im } = casin(z);
  const angle = HALF_PI - re;
  return of(angle === 0 ? 0 : angle, -im);
}

function cacosh({ re, im }: Complex): Complex {
  if (isInfinite(im)) {
    if (isNaN(re)) return of(Infinity, NaN);
    const angle = !isInfinite(re) ? HALF_PI : re < 0 ? PI - QUARTER_PI : QUARTER_PI;
    return of(Infinity, like(angle, im));
  }
  if (isInfinite(re)) return of(Infinity, isNaN(im) ? NaN : like(isNegative(re) ? PI : 0, im));
  return of(NaN, re === 0 ? HALF_PI : NaN);
}

function catanh({ re, im }: Complex): Complex {
  if (isInfinite(im)) return of(like(0, re), like(HALF_PI, im));
  if (isInfinite(re) || re === 0) return of(like(0, re), isNaN(im) ? NaN : like(HALF_PI, im));
  return of(NaN, NaN);
}

function catan({ re, im }: Complex): Complex {
  if (isInfinite(re)) return of(like(HALF_PI, re), like(0, im));
  if (isInfinite(im) || im === 0) return of(isNaN(re) ? NaN : like(HALF_PI, re), like(0, im));
  return of(NaN, NaN);
}

/** 1 with the sign of `x` where it is infinite, else 0 with it. */
const boxed = (x: number): number => like(isInfinite(x) ? 1 : 0, x);
const zeroOfNaN = (x: number): number => (isNaN(x) ? like(0, x) : x);

/**
 * The product of two numbers, with the infinities that a plain one loses.
 *
 * @source libgcc/libgcc2.c: __muldc3
 */
export function product(x: Complex, y: Complex): Complex {
  const plain = of(x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re);
  if (!isNaN(plain.re) || !isNaN(plain.im)) return plain;
  let [a, b, c, d] = [x.re, x.im, y.re, y.im];
  let isLost = false;
  if (isInfinite(a) || isInfinite(b)) {
    [a, b, c, d] = [boxed(a), boxed(b), zeroOfNaN(c), zeroOfNaN(d)];
    isLost = true;
  }
  if (isInfinite(c) || isInfinite(d)) {
    [a, b, c, d] = [zeroOfNaN(a), zeroOfNaN(b), boxed(c), boxed(d)];
    isLost = true;
  }
  if (!isLost && [a * c, b * d, a * d, b * c].some(isInfinite)) {
    [a, b, c, d] = [zeroOfNaN(a), zeroOfNaN(b), zeroOfNaN(c), zeroOfNaN(d)];
    isLost = true;
  }
  if (!isLost) return plain;
  return of(Infinity * (a * c - b * d), Infinity * (a * d + b * c));
}

/** The functions by name, for numbers with a part that is not finite. */
export const complexLimits: Readonly<Record<string, (z: Complex) => Complex>> = {
  cexp,
  clog: (z) => logarithm(z, 1),
  clog10: (z) => logarithm(z, Math.LOG10E),
  csqrt,
  csinh,
  ccosh,
  ctanh,
  csin,
  ccos: ({ re, im }) => ccosh(of(-im, re)),
  ctan,
  casinh,
  casin,
  cacos,
  cacosh,
  catanh,
  catan,
};
