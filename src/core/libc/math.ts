/**
 * <math.h>: exact operations (sqrt, floor, fmod …) are those of the host, the others are in `accurate-math.ts`, `fdlibm.ts`
 * and `gamma.ts`, which give the bits that glibc gives in almost all cases.
 *
 * Source: C17 7.12; glibc 2.36, math/w_*_template.c (errno).
 * Simplified: float functions are the double ones, rounded. Those of `long double` are in long-double.ts.
 */
import * as accurate from './accurate-math.ts';
import * as fdlibm from './fdlibm.ts';
import { tgamma } from './gamma.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { setErrno } from './libc-context.ts';
import { roundAway, roundEven, writeReal } from './math-exact.ts';
import { negativeNan, scale } from './float-rounding.ts';

const EDOM = 33;
const ERANGE = 34;

/**
 * Sets errno as the wrappers of glibc do: a NaN out of numbers is a domain error, an infinity out of finite numbers a
 * pole or overflow, a zero out of a function that has none there an underflow.
 */
function report(ctx: LibcContext, result: number, args: readonly number[]): number {
  if (Number.isNaN(result)) {
    if (args.some(Number.isNaN)) return result;
    setErrno(ctx, EDOM);
    return negativeNan;
  }
  if (!Number.isFinite(result) && args.every(Number.isFinite)) setErrno(ctx, ERANGE);
  return result;
}

const unary = (operation: (x: number) => number): LibcFunction => ({
  signature: 'dd',
  call: (ctx, [x = 0]) => report(ctx, operation(x), [x]),
});
const binary = (operation: (x: number, y: number) => number): LibcFunction => ({
  signature: 'ddd',
  call: (ctx, [x = 0, y = 0]) => report(ctx, operation(x, y), [x, y]),
});
const unaryFloat = (operation: (x: number) => number): LibcFunction => ({
  signature: 'ff',
  call: (ctx, [x = 0]) => report(ctx, Math.fround(operation(x)), [x]),
});
const binaryFloat = (operation: (x: number, y: number) => number): LibcFunction => ({
  signature: 'fff',
  call: (ctx, [x = 0, y = 0]) => report(ctx, Math.fround(operation(x, y)), [x, y]),
});

/** Functions that have no zeros of their own: a finite argument that gives zero is an underflow. */
const positive =
  (operation: (x: number) => number): LibcTableMaker =>
  (name) => [
    [name, underflowing(operation, same, 'dd')],
    [`${name}f`, underflowing(operation, Math.fround, 'ff')],
  ];

type LibcTableMaker = (name: string) => [string, LibcFunction][];

const underflowing = (
  operation: (x: number) => number,
  round: (x: number) => number,
  signature: string,
): LibcFunction => ({
  signature,
  call: (ctx, [x = 0]) => {
    const result = round(operation(x));
    if (result === 0 && Number.isFinite(x)) setErrno(ctx, ERANGE);
    return report(ctx, result, [x]);
  },
});

/** x^y: zero out of numbers that are not zero is an underflow. */
const power = (round: (x: number) => number, signature: string): LibcFunction => ({
  signature,
  call: (ctx, [x = 0, y = 0]) => {
    const result = round(accurate.pow(x, y));
    if (result === 0 && x !== 0 && Number.isFinite(x) && Number.isFinite(y)) setErrno(ctx, ERANGE);
    return report(ctx, result, [x, y]);
  },
});

/** acos and asin give a NaN without the sign. */
const inverse =
  (operation: (x: number) => number): LibcTableMaker =>
  (name) => {
    const make = (round: (x: number) => number, signature: string): LibcFunction => ({
      signature,
      call: (ctx, [x = 0]) => {
        const result = round(operation(x));
        report(ctx, result, [x]);
        return result;
      },
    });
    return [
      [name, make(same, 'dd')],
      [`${name}f`, make(Math.fround, 'ff')],
    ];
  };

/** sin and cos at once. */
const sincos = (kind: 'd' | 'f'): LibcFunction => ({
  signature: `v${kind}pp`,
  call: (ctx, [x = 0, sine = 0, cosine = 0]) => {
    writeReal(ctx, sine, report(ctx, accurate.sin(x), [x]), kind);
    writeReal(ctx, cosine, report(ctx, accurate.cos(x), [x]), kind);
    return 0;
  },
});

const unaries: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  cbrt: fdlibm.cbrt,
  sin: accurate.sin,
  cos: accurate.cos,
  tan: accurate.tan,
  atan: accurate.atan,
  sinh: fdlibm.sinh,
  cosh: fdlibm.cosh,
  tanh: fdlibm.tanh,
  asinh: fdlibm.asinh,
  acosh: fdlibm.acosh,
  atanh: fdlibm.atanh,
  erf: fdlibm.erf,
  expm1: fdlibm.expm1,
  log: accurate.log,
  log2: accurate.log2,
  log10: fdlibm.log10,
  log1p: fdlibm.log1p,
  fabs: Math.abs,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  round: roundAway,
  rint: roundEven,
  nearbyint: roundEven,
};

const binaries: Readonly<Record<string, (x: number, y: number) => number>> = {
  fmod: (x, y) => x % y,
  atan2: accurate.atan2,
  hypot: fdlibm.hypot,
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
  fdim: (x, y) => (x > y ? x - y : 0),
};

const doubles = Object.entries(unaries).flatMap(([name, operation]): [string, LibcFunction][] => [
  [name, unary(operation)],
  [`${name}f`, unaryFloat(operation)],
]);
const pairs = Object.entries(binaries).flatMap(([name, operation]): [string, LibcFunction][] => [
  [name, binary(operation)],
  [`${name}f`, binaryFloat(operation)],
]);
const same = (x: number): number => x;

/**
 * fmax and fmin, whose zeros are equal: which one comes back is that of the instruction (x86-64: the first, i386: the
 * second).
 */
const extreme =
  (isFirst: (x: number, y: number) => boolean): LibcFunction['call'] =>
  (ctx, [x = 0, y = 0]) => {
    if (Number.isNaN(x)) return y;
    if (Number.isNaN(y)) return x;
    return x === y ? (ctx.model.wordBytes === 8 ? x : y) : isFirst(x, y) ? x : y;
  };
const isLarger = (x: number, y: number): boolean => x > y;
const isSmaller = (x: number, y: number): boolean => x < y;

const extremes: LibcTable = {
  fmax: { signature: 'ddd', call: extreme(isLarger) },
  fmaxf: { signature: 'fff', call: extreme(isLarger) },
  fmin: { signature: 'ddd', call: extreme(isSmaller) },
  fminf: { signature: 'fff', call: extreme(isSmaller) },
};

/** x × 2^power with errno. */
const scaled = (ctx: LibcContext, x: number, power: number, round: (x: number) => number): number => {
  const result = round(scale(x, power));
  if (result === 0 && x !== 0) setErrno(ctx, ERANGE);
  return report(ctx, result, [x]);
};
const scaling = (round: (x: number) => number, signature: string): LibcFunction => ({
  signature,
  call: (ctx, [x = 0, power = 0]) => scaled(ctx, x, power, round),
});

/** lgamma and gamma: the sign of the gamma function goes to signgam. @source math/w_lgamma_compat.c */
const lgammaWithSigngam = (round: (x: number) => number, kind: 'd' | 'f'): LibcFunction => ({
  signature: kind + kind,
  call: (ctx, [x = 0]) => {
    const { value, sign } = fdlibm.lgammaSigned(x);
    ctx.memory.writeU32(ctx.variable('signgam'), sign >>> 0);
    return report(ctx, round(value), [x]);
  },
});

/** lgamma_r: the sign of the gamma function goes where the program says. */
const lgammaWithSign = (kind: 'd' | 'f'): LibcFunction => ({
  signature: `${kind}${kind}p`,
  call: (ctx, [x = 0, target = 0]) => {
    const { value, sign } = fdlibm.lgammaSigned(x);
    ctx.memory.writeU32(target, sign >>> 0);
    return report(ctx, kind === 'f' ? Math.fround(value) : value, [x]);
  },
});

/** <math.h> */
export const mathFunctions: LibcTable = {
  ...Object.fromEntries([...doubles, ...pairs]),
  ...extremes,
  ...Object.fromEntries([
    ...positive(accurate.exp)('exp'),
    ...positive(accurate.exp2)('exp2'),
    ...positive(fdlibm.exp10)('exp10'),
    ...positive(fdlibm.erfc)('erfc'),
    ...positive(tgamma)('tgamma'),
    ...inverse(accurate.acos)('acos'),
    ...inverse(accurate.asin)('asin'),
  ]),
  pow: power(same, 'ddd'),
  powf: power(Math.fround, 'fff'),
  sincos: sincos('d'),
  sincosf: sincos('f'),
  ...Object.fromEntries(
    ['lgamma', 'gamma'].flatMap((name) => [
      [name, lgammaWithSigngam(same, 'd')],
      [`${name}f`, lgammaWithSigngam(Math.fround, 'f')],
    ]),
  ),
  ...Object.fromEntries(
    ['', 'f'].map((suffix) => [`lgamma${suffix}_r`, lgammaWithSign(suffix === 'f' ? 'f' : 'd')]),
  ),
  ldexp: scaling(same, 'ddi'),
  ldexpf: scaling(Math.fround, 'ffi'),
};
