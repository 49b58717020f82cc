/**
 * <complex.h>: complex numbers are passed and returned as the two numbers that they are in memory.
 *
 * Source: C17 7.3; glibc 2.36, math/s_c*_template.c (behaviour).
 * Simplified: zeros of cpow whose sign is that of a NaN argument are positive; the inverse functions lack glibc's special
 * cases near the branch points, so their last digits may differ; those of `long double` but conj, cproj, creal,
 * cimag, cabs and carg are computed in double.
 */
import { complexLimits, product } from './complex-limits.ts';
import type { Complex } from './complex-limits.ts';
import { asin, atan2, cos, exp, log, sin } from './accurate-math.ts';
import { fromBytes, fromNumber, toBytes, toNumber } from '../target/extended-float.ts';
import { cosh, hypot, log1p, sinh } from './fdlibm.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { f } from './libc-context.ts';

/** The suffix of a function's name says what its numbers are. */
type Kind = '' | 'f' | 'l';

const EPSILON = 2 ** -52;
const LEAST_NORMAL = 2 ** -1022;
/** The greatest whole number whose exponential is a double. */
const EXP_LIMIT = 709;

const complex = (re: number, im: number): Complex => ({ re, im });
const withSign = (size: number, x: number): number =>
  x < 0 || Object.is(x, -0) ? -Math.abs(size) : Math.abs(size);
const timesI = ({ re, im }: Complex): Complex => complex(-im, re);
const overI = ({ re, im }: Complex): Complex => complex(im, -re);

/** sin and cos, as glibc takes them of what is nearly zero. */
function sincos(x: number): { readonly s: number; readonly c: number } {
  return Math.abs(x) > LEAST_NORMAL ? { s: sin(x), c: cos(x) } : { s: x, c: 1 };
}

/** e^re in two factors, where it may be too large for one. */
function expFactors(re: number): readonly [number, number] {
  return re > EXP_LIMIT ? [exp(EXP_LIMIT), exp(re - EXP_LIMIT)] : [1, exp(re)];
}

function cexp({ re, im }: Complex): Complex {
  const { s, c } = sincos(im);
  const [first, second] = expFactors(re);
  return complex(second * (c * first), second * (s * first));
}

/** log |z|, by log1p near the circle of one. */
function logOfSize(re: number, im: number): number {
  const a = Math.max(Math.abs(re), Math.abs(im));
  const b = Math.min(Math.abs(re), Math.abs(im));
  if (a === 1) return log1p(b * b) / 2;
  if (a > 1 && a < 2 && b < 1) {
    const rest = (a - 1) * (a + 1);
    return log1p(b >= EPSILON ? rest + b * b : rest) / 2;
  }
  if (a < 1 && a >= 0.5 && (b < EPSILON / 2 || a * a + b * b >= 0.5)) {
    const rest = (a - 1) * (a + 1);
    return log1p(b < EPSILON / 2 ? rest : rest + b * b) / 2;
  }
  return log(hypot(a, b));
}

const clog = ({ re, im }: Complex): Complex => complex(logOfSize(re, im), atan2(im, re));

function csqrt({ re, im }: Complex): Complex {
  if (im === 0) {
    return re < 0 ? complex(0, withSign(Math.sqrt(-re), im)) : complex(Math.abs(Math.sqrt(re)), im);
  }
  if (re === 0) {
    const size = Math.abs(im);
    const root = size >= 2 * LEAST_NORMAL ? Math.sqrt(0.5 * size) : 0.5 * Math.sqrt(2 * size);
    return complex(root, withSign(root, im));
  }
  const size = hypot(re, im);
  if (re > 0) {
    const root = Math.sqrt(0.5 * (size + re));
    return complex(root, 0.5 * (im / root));
  }
  const root = Math.sqrt(0.5 * (size - re));
  return complex(Math.abs(0.5 * (im / root)), withSign(root, im));
}

/** cosh and sinh of what is too large for them: ±e^|x|/2 in two factors. */
function hyperbolic(x: number): { readonly large: number; readonly cosh: number; readonly sinh: number } {
  if (Math.abs(x) <= EXP_LIMIT) return { large: 1, cosh: cosh(x), sinh: sinh(x) };
  const rest = exp(Math.abs(x) - EXP_LIMIT) / 2;
  return { large: exp(EXP_LIMIT), cosh: rest, sinh: withSign(rest, x) };
}

function csinh({ re, im }: Complex): Complex {
  const { s, c } = sincos(im);
  const h = hyperbolic(re);
  return complex(h.sinh * c * h.large, h.cosh * s * h.large);
}

function ccosh({ re, im }: Complex): Complex {
  const { s, c } = sincos(im);
  const h = hyperbolic(re);
  return complex(h.cosh * c * h.large, h.sinh * s * h.large);
}

function ctanh({ re, im }: Complex): Complex {
  const { s, c } = sincos(im);
  if (Math.abs(re) > EXP_LIMIT / 2) {
    return complex(withSign(1, re), (4 * (s * c)) / exp(2 * Math.abs(re)));
  }
  const [sh, ch] = Math.abs(re) > LEAST_NORMAL ? [sinh(re), cosh(re)] : [re, 1];
  const size = Math.abs(sh) > Math.abs(c) * EPSILON ? sh * sh + c * c : c * c;
  return complex((sh * ch) / size, (s * c) / size);
}

/** log(z + sqrt(z² + 1)) */
function casinh({ re, im }: Complex): Complex {
  if (re === 0 && im === 0) return complex(re, im);
  const [x, y] = [Math.abs(re), Math.abs(im)];
  let result: Complex;
  if (x === 0 && y <= 1) result = complex(0, asin(y));
  else if (x >= 1 / EPSILON || y >= 1 / EPSILON) {
    const large = clog(complex(x, y));
    result = complex(large.re + Math.LN2, large.im);
  } else {
    const root = csqrt(complex((x - y) * (x + y) + 1, 2 * x * y));
    result = clog(complex(root.re + x, root.im + y));
  }
  return complex(withSign(result.re, re), withSign(result.im, im));
}

const casin = (z: Complex): Complex => overI(casinh(timesI(z)));

function cacos(z: Complex): Complex {
  const angle = casin(z);
  return complex(Math.PI / 2 - angle.re, -angle.im);
}

/** ±i·cacos(z), with the real part that is not negative. */
function cacosh(z: Complex): Complex {
  const { re, im } = cacos(z);
  return z.im < 0 || Object.is(z.im, -0) ? complex(Math.abs(im), -re) : complex(Math.abs(im), re);
}

function catanh({ re, im }: Complex): Complex {
  if (re === 0 && im === 0) return complex(re, im);
  if (Math.abs(re) >= 16 / EPSILON || Math.abs(im) >= 16 / EPSILON) {
    const size = hypot(re / 2, im / 2);
    return complex(Math.abs(im) <= 1 ? 1 / re : re / size / size / 4, withSign(Math.PI / 2, im));
  }
  const square = Math.abs(im) >= EPSILON * EPSILON ? im * im : 0;
  const bottom = (1 - re) * (1 - re) + square;
  const quotient = ((1 + re) * (1 + re) + square) / bottom;
  const real = quotient < 0.5 ? 0.25 * log(quotient) : 0.25 * log1p((4 * re) / bottom);
  const [a, b] = [Math.max(Math.abs(re), Math.abs(im)), Math.min(Math.abs(re), Math.abs(im))];
  const rest = b < EPSILON / 2 ? (1 - a) * (1 + a) : (1 - a) * (1 + a) - b * b;
  return complex(real, 0.5 * atan2(2 * im, rest === 0 ? 0 : rest));
}

/** e^(y·log x), with whatever comes between. */
function cpow(x: Complex, y: Complex): Complex {
  const logarithm = anywhere('clog', clog)(x);
  const power = product(y, logarithm);
  const result = anywhere('cexp', cexp)(power);
  const isSigned = Number.isNaN(power.im) && isMadeByOperation(y, logarithm);
  return isSigned && result.im === 0 ? complex(result.re, -0) : result;
}

/**
 * Whether the imaginary part of a product, which is a NaN, was made by an operation: then it has the sign bit, which a zero
 * may get from it. The processor hands on the first operand that is one.
 */
function isMadeByOperation(x: Complex, y: Complex): boolean {
  const factors = [
    [x.re, y.im],
    [x.im, y.re],
  ] as const;
  const first = factors.find(([a, b]) => Number.isNaN(a * b));
  return !first?.some(Number.isNaN);
}

function clog10(z: Complex): Complex {
  const { re, im } = clog(z);
  return complex(re * Math.LOG10E, im * Math.LOG10E);
}

/* ---- the functions ---- */

const partBytes = (ctx: LibcContext, kind: Kind): number =>
  kind === 'f' ? 4 : kind === '' ? 8 : ctx.model.wordBytes === 8 ? 16 : 12;

function readComplex(ctx: LibcContext, source: number | bigint | undefined, kind: Kind): Complex {
  const each = partBytes(ctx, kind);
  const bytes = ctx.recordArgument(source ?? 0, 2 * each);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const part = (at: number): number =>
    kind === 'f'
      ? view.getFloat32(at, true)
      : kind === ''
        ? view.getFloat64(at, true)
        : toNumber(fromBytes(bytes.subarray(at, at + 10)));
  return complex(part(0), part(each));
}

function bytesOfComplex(ctx: LibcContext, { re, im }: Complex, kind: Kind): Uint8Array {
  const each = partBytes(ctx, kind);
  const bytes = new Uint8Array(2 * each);
  const view = new DataView(bytes.buffer);
  [re, im].forEach((part, i) => {
    if (kind === 'f') view.setFloat32(i * each, part, true);
    else if (kind === '') view.setFloat64(i * each, part, true);
    else bytes.set(toBytes(fromNumber(part)), i * each);
  });
  return bytes;
}

const isFinite = ({ re, im }: Complex): boolean => Number.isFinite(re) && Number.isFinite(im);

/** A function of finite numbers, and of the others. */
const anywhere =
  (name: string, operation: (z: Complex) => Complex) =>
  (z: Complex): Complex =>
    (isFinite(z) ? operation : (complexLimits[name] ?? operation))(z);

const kinds: readonly Kind[] = ['', 'f', 'l'];
/** Functions whose form for `long double` is in long-double-complex.ts. */
const areExact: ReadonlySet<string> = new Set(['conj', 'cproj', 'creal', 'cimag', 'cabs', 'carg']);
const kindsOf = (name: string): readonly Kind[] => (areExact.has(name) ? ['', 'f'] : kinds);

/** A function from complex numbers to a complex one, for the three kinds of numbers. */
const ofComplex = (
  name: string,
  count: 1 | 2,
  operation: (x: Complex, y: Complex) => Complex,
): [string, LibcFunction][] =>
  kindsOf(name).map((kind) => [
    name + kind,
    f(`vp${'p'.repeat(count)}`, (ctx, _args, _variadic, raw) => {
      const [x = complex(0, 0), y = complex(0, 0)] = raw.slice(1).map((one) => readComplex(ctx, one, kind));
      ctx.storeRecord(raw[0] ?? 0, bytesOfComplex(ctx, operation(x, y), kind));
      return 0;
    }),
  ]);

/** A function from a complex number to a real one. */
const toReal = (name: string, operation: (z: Complex) => number): [string, LibcFunction][] =>
  kindsOf(name).map((kind) => [
    name + kind,
    f(kind === 'f' ? 'fp' : 'dp', (ctx, _args, _variadic, raw) => {
      const result = operation(readComplex(ctx, raw[0], kind));
      return kind === 'f' ? Math.fround(result) : result;
    }),
  ]);

const unaries: Readonly<Record<string, (z: Complex) => Complex>> = {
  cexp,
  clog,
  clog10,
  csqrt,
  csinh,
  ccosh,
  ctanh,
  casinh,
  cacosh,
  catanh,
  casin,
  cacos,
  csin: (z) => overI(csinh(timesI(z))),
  ccos: (z) => ccosh(timesI(z)),
  ctan: (z) => overI(ctanh(timesI(z))),
  catan: (z) => overI(catanh(timesI(z))),
};

/** <complex.h> */
export const complexFunctions: LibcTable = Object.fromEntries([
  ...Object.entries(unaries).flatMap(([name, operation]) => ofComplex(name, 1, anywhere(name, operation))),
  ...ofComplex('cpow', 2, cpow),
  ...ofComplex('conj', 1, ({ re, im }) => complex(re, -im)),
  ...ofComplex('cproj', 1, (z) =>
    Math.abs(z.re) === Infinity || Math.abs(z.im) === Infinity ? complex(Infinity, withSign(0, z.im)) : z,
  ),
  ...toReal('cabs', ({ re, im }) => hypot(re, im)),
  ...toReal('carg', ({ re, im }) => atan2(im, re)),
  ...toReal('creal', ({ re }) => re),
  ...toReal('cimag', ({ im }) => im),
]);
