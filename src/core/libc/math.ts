/**
 * <math.h> with the functions of the host, which agree with glibc's to the last place for exact operations (sqrt,
 * floor, fmod …) and to about one unit in the last place for the transcendental ones.
 *
 * Source: C17 7.12.
 */
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { setErrno } from './libc-context.ts';
import { negativeNan, scale } from './number-text.ts';

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

/** exp and its relatives: a finite argument that gives zero is an underflow. */
const exponential = (operation: (x: number) => number, round: (x: number) => number): LibcFunction => ({
  signature: round === Math.fround ? 'ff' : 'dd',
  call: (ctx, [x = 0]) => {
    const result = round(operation(x));
    if (result === 0 && Number.isFinite(x)) setErrno(ctx, ERANGE);
    return report(ctx, result, [x]);
  },
});

/** acos and asin give a NaN without the sign. */
const inverse = (operation: (x: number) => number): LibcFunction => ({
  signature: 'dd',
  call: (ctx, [x = 0]) => {
    report(ctx, operation(x), [x]);
    return operation(x);
  },
});

/** Half to even, as the default rounding mode does. */
function roundToEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x - Math.trunc(x)) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Half away from zero. */
const roundAway = (x: number): number => Math.sign(x) * Math.round(Math.abs(x));

const unaries: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  fabs: Math.abs,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  round: roundAway,
  rint: roundToEven,
  nearbyint: roundToEven,
};

const binaries: Readonly<Record<string, (x: number, y: number) => number>> = {
  pow: (x, y) => (x === 1 || (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) ? 1 : x ** y),
  fmod: (x, y) => x % y,
  atan2: Math.atan2,
  hypot: Math.hypot,
  fmax: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y)),
  fmin: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y)),
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
  fdim: (x, y) => (x > y ? x - y : 0),
};

const doubles = Object.entries(unaries).flatMap(([name, operation]): [string, LibcFunction][] => [
  [name, unary(operation)],
  [`${name}l`, unary(operation)],
  [`${name}f`, unaryFloat(operation)],
]);
const pairs = Object.entries(binaries).flatMap(([name, operation]): [string, LibcFunction][] => [
  [name, binary(operation)],
  [`${name}l`, binary(operation)],
  [`${name}f`, binaryFloat(operation)],
]);
const same = (x: number): number => x;

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

/** The integer nearest to a value; what does not fit becomes the smallest one, as the processor gives it. */
const integral = (round: (x: number) => number, result: 'l' | 'q'): LibcFunction => ({
  signature: `${result}d`,
  call: (ctx, [x = 0]) => {
    const bits = result === 'q' || ctx.model.wordBytes === 8 ? 64 : 32;
    const rounded = round(x);
    const limit = 2 ** (bits - 1);
    return rounded >= -limit && rounded < limit ? BigInt(rounded) : -(1n << BigInt(bits - 1));
  },
});

function splitExponent(x: number): { readonly fraction: number; readonly power: number } {
  if (x === 0 || !Number.isFinite(x)) return { fraction: x, power: 0 };
  let power = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let fraction = x * 2 ** -power;
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2;
    power--;
  }
  while (Math.abs(fraction) >= 1) {
    fraction /= 2;
    power++;
  }
  return { fraction, power };
}

/** <math.h> */
export const mathFunctions: LibcTable = {
  ...Object.fromEntries([...doubles, ...pairs]),
  acos: inverse(Math.acos),
  asin: inverse(Math.asin),
  exp: exponential(Math.exp, same),
  expf: exponential(Math.exp, Math.fround),
  exp2: exponential((x) => 2 ** x, same),
  exp2f: exponential((x) => 2 ** x, Math.fround),
  lround: integral(roundAway, 'l'),
  lrint: integral(roundToEven, 'l'),
  llround: integral(roundAway, 'q'),
  llrint: integral(roundToEven, 'q'),
  ldexp: scaling(same, 'ddi'),
  ldexpf: scaling(Math.fround, 'ffi'),
  ldexpl: scaling(same, 'ddi'),
  scalbn: scaling(same, 'ddi'),
  scalbnf: scaling(Math.fround, 'ffi'),
  scalbln: scaling(same, 'ddl'),
  frexp: {
    signature: 'ddp',
    call: (ctx, [x = 0, target = 0]) => {
      const { fraction, power } = splitExponent(x);
      ctx.memory.writeU32(target, power >>> 0);
      return fraction;
    },
  },
  modf: {
    signature: 'ddp',
    call: (ctx, [x = 0, target = 0]) => {
      const bits = new DataView(new ArrayBuffer(8));
      bits.setFloat64(0, Math.trunc(x), true);
      ctx.memory.writeBytes(target, new Uint8Array(bits.buffer));
      const rest = Number.isFinite(x) ? x % 1 : Number.isNaN(x) ? x : 0;
      return rest === 0 && (x < 0 || Object.is(x, -0)) ? -0 : rest;
    },
  },
};
