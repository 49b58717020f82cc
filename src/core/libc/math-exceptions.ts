/**
 * Floating-point exceptions of <math.h>, and its functions in other directions of rounding.
 *
 * A function of the machine's libm raises what its own operations raise. For functions that are one operation (sqrt, rint,
 * scalbn …) that is found out exactly. The others raise "inexact" whenever they compute at all; where they do not, for
 * arguments whose results are known, is said here function by function. In another direction of rounding most of them
 * lose or win in their last digits; those that glibc computes to nearest in any case are told, the others refused.
 *
 * Source: glibc 2.36, math/ and sysdeps/ieee754/dbl-64 (SET_RESTORE_ROUND, math_force_eval, which arguments are special);
 * held to the machine's libm by test/oracle/libc/fenv-live.test.ts.
 */
import { NotModelled } from '../trace/not-modelled.ts';
import {
  FE_DIVBYZERO,
  FE_INEXACT,
  FE_INVALID,
  FE_OVERFLOW,
  FE_TONEAREST,
  FE_UNDERFLOW,
  addRounded,
  divideRounded,
  doubleFormat,
  exactNumber,
  exponentOf,
  multiplyRounded,
  partsOf,
  roundExact,
  singleFormat,
  squareRootRounded,
  wholeInDirection,
} from './float-rounding.ts';
import type { FloatFormat, RoundedNumber } from './float-rounding.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';

/** Functions that round once: how they do it in a direction. */
type Operation = (args: readonly number[], format: FloatFormat, direction: number) => RoundedNumber;

const scaling: Operation = ([x = 0, power = 0], format, direction) => {
  if (x === 0 || !Number.isFinite(x)) return { value: x, flags: 0 };
  const { significand, exponent } = partsOf(x);
  const by = Math.max(-5000, Math.min(5000, power));
  return roundExact(exactNumber(significand, exponent + by), format, direction);
};

const operations: Readonly<Record<string, Operation>> = {
  sqrt: ([x = 0], format, direction) => squareRootRounded(x, format, direction),
  fdim: ([x = 0, y = 0], format, direction) =>
    x <= y ? { value: 0, flags: 0 } : addRounded(x, -y, format, direction),
  ldexp: scaling,
  scalbn: scaling,
  scalbln: scaling,
  rint: ([x = 0], _format, direction) => {
    const value = wholeInDirection(x, direction);
    return { value, flags: value === x || Number.isNaN(x) ? 0 : FE_INEXACT };
  },
  nearbyint: ([x = 0], _format, direction) => ({ value: wholeInDirection(x, direction), flags: 0 }),
};

/** Functions that raise nothing, whatever they get. */
const silent: ReadonlySet<string> = new Set(
  (
    'fabs copysign fmax fmin floor ceil trunc round roundeven frexp modf nan isnan isinf finite __fpclassify __signbit ' +
    'significand fma'
  ).split(' '),
);

/** Functions that glibc computes to nearest in any direction. */
const alwaysNearest: ReadonlySet<string> = new Set(
  'sin cos sincos tan asin acos atan atan2 tgamma fmod remainder drem remquo logb ilogb'.split(' '),
);

/** Where a function has a pole: its exception there is a division by zero. */
const poles: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  log: (x) => x === 0,
  log2: (x) => x === 0,
  log10: (x) => x === 0,
  log1p: (x) => x === -1,
  logb: (x) => x === 0,
  atanh: (x) => Math.abs(x) === 1,
  tgamma: (x) => x === 0,
  lgamma: (x) => x <= 0 && Number.isInteger(x),
  gamma: (x) => x <= 0 && Number.isInteger(x),
  pow: (x, y) => x === 0 && y < 0,
};

/** Whether a function of these numbers raises nothing, where arguments and result are finite. */
type IsSilent = (
  args: { readonly x: number; readonly y: number },
  result: number,
  format: FloatFormat,
) => boolean;

const atZero: IsSilent = ({ x }) => x === 0;
const atOne: IsSilent = ({ x }) => x === 1;

/** Functions that give numbers below a limit back as they are, but for the subnormal ones. */
const below =
  (limit: number, singleLimit = 0): IsSilent =>
  ({ x }, _result, format) =>
    x === 0 ||
    (Math.abs(x) < (format === singleFormat ? singleLimit : limit) &&
      Math.abs(x) >= 2 ** format.smallestNormal);

const isNear = (x: number, limit: number): boolean => Math.abs(x) < limit;

/** Beyond this atan is ±pi/2. Source: glibc 2.36, sysdeps/ieee754/dbl-64/uatan.tbl (E). */
const ATAN_LARGE = 5_804_955_807_940_608;
/** Exponents of both arguments of atan2 that differ by so much leave one of them out. Source: atnat2.h (ep, em). */
const ATAN2_EXPONENTS = 57;

const biasedExponent = (x: number): number => Math.max(-1023, exponentOf(x));

function isSilentAtan2(y: number, x: number): boolean {
  if (x === 0 || y === 0) return true;
  const difference = biasedExponent(y) - biasedExponent(x);
  if (difference >= ATAN2_EXPONENTS) return true;
  if (difference > -ATAN2_EXPONENTS) return false;
  const { value, flags } = divideRounded(y, x, doubleFormat, FE_TONEAREST);
  return x < 0 || (flags === 0 && Math.abs(value) >= 2 ** doubleFormat.smallestNormal);
}

/** Whether the squares and the root of their sum are exact. */
function isPythagorean(x: number, y: number, length: number): boolean {
  if (x === 0 || y === 0) return true;
  const square = (z: number): RoundedNumber => multiplyRounded(z, z, doubleFormat, FE_TONEAREST);
  const [a, b, c] = [square(x), square(y), square(length)];
  const sum = addRounded(a.value, b.value, doubleFormat, FE_TONEAREST);
  return (a.flags | b.flags | c.flags | sum.flags) === 0 && sum.value === c.value;
}

const exactly: Readonly<Record<string, IsSilent>> = {
  fmod: () => true,
  remainder: () => true,
  drem: () => true,
  remquo: () => true,
  logb: () => true,
  exp: atZero,
  exp2: ({ x }, _result, format) => Number.isInteger(x) && x >= (format === singleFormat ? -149 : -1022),
  exp10: ({ x }, _result, format) => x === 0 || (format === doubleFormat && isNear(x, 2 ** -56)),
  expm1: atZero,
  log: atOne,
  log2: ({ x }, result, format) =>
    x === 1 || (format === singleFormat && Number.isInteger(result) && 2 ** result === x),
  log10: atOne,
  log1p: atZero,
  sin: below(2 ** -26, 2 ** -12),
  cos: ({ x }, _result, format) => isNear(x, format === singleFormat ? 2 ** -12 : 2 ** -27),
  tan: below(1.259e-8),
  asin: (args, result, format) =>
    below(2 ** -26)(args, result, format) || (format === doubleFormat && Math.abs(args.x) === 1),
  acos: ({ x }, _result, format) => x === 1 || (format === doubleFormat && (x === -1 || isNear(x, 2 ** -55))),
  atan: (args, result, format) =>
    below(1.29e-8)(args, result, format) || (format === doubleFormat && Math.abs(args.x) >= ATAN_LARGE),
  atan2: ({ x: y, y: x }) => isSilentAtan2(y, x),
  sinh: atZero,
  cosh: ({ x }) => isNear(x, 2 ** -55),
  tanh: atZero,
  asinh: atZero,
  acosh: atOne,
  atanh: atZero,
  cbrt: atZero,
  hypot: ({ x, y }, result) => isPythagorean(x, y, result),
  erf: atZero,
  erfc: atZero,
  lgamma: ({ x }) => x === 1 || x === 2,
  gamma: ({ x }) => x === 1 || x === 2,
  tgamma: ({ x }, _result, format) => x === 1 || (format === singleFormat && x === 2),
  pow: ({ x, y }) => x === 0 || y === 0 || x === 1 || x === -1,
};

/** A name without the letter of its type, and the format of its numbers. */
function split(name: string): { readonly base: string; readonly format: FloatFormat } {
  const isKnown = (base: string): boolean =>
    silent.has(base) ||
    base.startsWith('next') ||
    base in exactly ||
    base in operations ||
    alwaysNearest.has(base) ||
    base in integers;
  const last = name.at(-1);
  const base = name.slice(0, -1);
  if (!isKnown(name) && (last === 'f' || last === 'l') && isKnown(base))
    return { base, format: last === 'f' ? singleFormat : doubleFormat };
  return { base: name, format: doubleFormat };
}

/** Functions with an integer for a result, and the direction in which they round; undefined for that of the program. */
const integers: Readonly<Record<string, 'to nearest' | 'as set' | 'exponent'>> = {
  lrint: 'as set',
  llrint: 'as set',
  lround: 'to nearest',
  llround: 'to nearest',
  ilogb: 'exponent',
};

/** What a function of numbers raises. */
function exceptionsOf(base: string, args: readonly number[], result: number, format: FloatFormat): number {
  if (args.some(Number.isNaN)) return 0;
  const [x = 0, y = 0] = args;
  if (base === 'nextafter' || base === 'nexttoward') return neighbourFlags(x, y, result, format);
  if (Number.isNaN(result)) return FE_INVALID;
  // The float version adds the two parts of pi/2.
  if (base === 'atan' && format === singleFormat && !Number.isFinite(x)) return FE_INEXACT;
  if (!args.every(Number.isFinite)) return 0;
  if (!Number.isFinite(result)) return poles[base]?.(x, y) === true ? FE_DIVBYZERO : FE_OVERFLOW | FE_INEXACT;
  if (exactly[base]?.({ x, y }, result, format) === true) return 0;
  const isTiny = Math.abs(result) < 2 ** format.smallestNormal;
  return FE_INEXACT | (isTiny ? FE_UNDERFLOW : 0);
}

/** A neighbour that is infinite or subnormal counts as an overflow or underflow. */
function neighbourFlags(x: number, y: number, result: number, format: FloatFormat): number {
  if (x === y || !Number.isFinite(x)) return 0;
  if (!Number.isFinite(result)) return FE_OVERFLOW | FE_INEXACT;
  return Math.abs(result) < 2 ** format.smallestNormal ? FE_UNDERFLOW | FE_INEXACT : 0;
}

const integerFlags = (ctx: LibcContext, kind: (typeof integers)[string], name: string, x: number): number => {
  if (kind === 'exponent') return x === 0 || !Number.isFinite(x) ? FE_INVALID : 0;
  const whole = kind === 'as set' ? wholeInDirection(x, ctx.floats.direction) : Math.trunc(x);
  const limit = name.startsWith('ll') || ctx.model.wordBytes === 8 ? 2 ** 63 : 2 ** 31;
  if (!(whole >= -limit && whole < limit)) return FE_INVALID;
  return kind === 'as set' && whole !== x ? FE_INEXACT : 0;
};

/** Does a function's work and raises what it raises. */
function watched(name: string, { signature, call }: LibcFunction): LibcFunction {
  const { base, format } = split(name);
  if (silent.has(base)) return { signature, call };
  const operation = operations[base];
  const kind = integers[base];
  return {
    signature,
    call: (ctx, args, variadic, raw) => {
      const { floats } = ctx;
      const result = call(ctx, args, variadic, raw);
      if (!floats.isWatched || typeof result === 'object') return result;
      if (operation !== undefined) return floats.take(operation(args, format, floats.direction));
      if (kind !== undefined) {
        floats.raise(integerFlags(ctx, kind, name, args[0] ?? 0));
        return kind === 'as set' ? wholeResult(ctx, args[0] ?? 0, result) : result;
      }
      const numbers = args.slice(0, /^[df]*/.exec(signature.slice(1))?.[0].length);
      const flags = exceptionsOf(base, numbers, Number(result), format);
      const isDirected = floats.direction !== FE_TONEAREST && !alwaysNearest.has(base);
      if (isDirected && flags !== 0 && (flags & (FE_INVALID | FE_DIVBYZERO)) === 0)
        throw new NotModelled(`${name} in another direction of rounding`);
      floats.raise(flags);
      return result;
    },
  };
}

/** lrint in the direction that is set; what does not fit stays what it is. */
function wholeResult(ctx: LibcContext, x: number, nearest: number | bigint): number | bigint {
  const whole = wholeInDirection(x, ctx.floats.direction);
  return Number.isFinite(whole) && Math.abs(whole) < 2 ** 63 && Math.abs(Number(nearest) - whole) <= 1
    ? BigInt(whole)
    : nearest;
}

/** The same functions, which raise exceptions in programs that can see them. */
export const withExceptions = (table: LibcTable): LibcTable =>
  Object.fromEntries(Object.entries(table).map(([name, entry]) => [name, watched(name, entry)]));
