/**
 * Functions of <math.h> that TS 18661-1 and C2x add: maxima and minima, total order, parts of NaNs, conversions to integers
 * of a width, arithmetic that is rounded to a narrower type.
 *
 * Source: ISO/IEC TS 18661-1:2014; glibc 2.36, math/s_fmaximum_template.c, s_fmaxmag_template.c, s_fromfp_main.c,
 * sysdeps/ieee754/dbl-64/s_totalorder.c, s_getpayload.c, s_setpayload_main.c (behaviour).
 * Those of `long double` are in long-double-extensions.ts.
 */
import { EDOM, ERANGE } from '../target/errno.ts';
import type { FloatFormat, RoundedNumber } from './float-rounding.ts';
import {
  FE_DOWNWARD,
  FE_INEXACT,
  FE_INVALID,
  FE_TONEAREST,
  FE_TOWARDZERO,
  FE_UPWARD,
  divideExactly,
  doubleFormat,
  exponentOf,
  fusedRounded,
  isNegative,
  singleFormat,
  squareRootRounded,
  wholeInDirection,
} from './float-rounding.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { f, setErrno } from './libc-context.ts';
import { roundAway } from './math-exact.ts';

// ---- maxima and minima ----

type Choice = (x: number, y: number) => number;

/** The larger one; +0 is larger than -0. */
const larger: Choice = (x, y) => (x > y || (x === y && !isNegative(x)) ? x : y);
const smaller: Choice = (x, y) => (x < y || (x === y && isNegative(x)) ? x : y);
const byMagnitude =
  (choose: Choice, isMaximum: boolean): Choice =>
  (x, y) => {
    const [a, b] = [Math.abs(x), Math.abs(y)];
    if (a === b) return choose(x, y);
    return a > b === isMaximum ? x : y;
  };
/** A NaN is the result. */
const withNan =
  (choose: Choice): Choice =>
  (x, y) =>
    Number.isNaN(x) ? x : Number.isNaN(y) ? y : choose(x, y);
/** A NaN counts as missing. */
const withoutNan =
  (choose: Choice): Choice =>
  (x, y) =>
    Number.isNaN(x) ? y : Number.isNaN(y) ? x : choose(x, y);

const choices: Readonly<Record<string, Choice>> = {
  fmaximum: withNan(larger),
  fminimum: withNan(smaller),
  fmaximum_mag: withNan(byMagnitude(larger, true)),
  fminimum_mag: withNan(byMagnitude(smaller, false)),
  fmaximum_num: withoutNan(larger),
  fminimum_num: withoutNan(smaller),
  fmaximum_mag_num: withoutNan(byMagnitude(larger, true)),
  fminimum_mag_num: withoutNan(byMagnitude(smaller, false)),
  // Of zeros these give the second.
  fmaxmag: withoutNan(byMagnitude((x, y) => (x > y ? x : y), true)),
  fminmag: withoutNan(byMagnitude((x, y) => (x < y ? x : y), false)),
};

/** The same function for double and float. */
const forAll = (
  name: string,
  signature: string,
  call: (format: FloatFormat) => LibcFunction['call'],
): [string, LibcFunction][] => [
  [name, f(signature, call(doubleFormat))],
  [`${name}f`, f(signature.replaceAll('d', 'f'), call(singleFormat))],
];

const chosen = Object.entries(choices).flatMap(([name, choose]) =>
  forAll(
    name,
    'ddd',
    () =>
      (_ctx, [x = 0, y = 0]) =>
        choose(x, y),
  ),
);

// ---- bits ----

/** Reads the bits of a number in memory, as an integer of its sign and its size. */
function bitsAt(ctx: LibcContext, at: number, format: FloatFormat): { isNegative: boolean; size: bigint } {
  const width = format === singleFormat ? 32n : 64n;
  const raw = width === 32n ? BigInt(ctx.memory.readU32(at)) : ctx.memory.readU64(at);
  return { isNegative: raw >> (width - 1n) === 1n, size: BigInt.asUintN(Number(width) - 1, raw) };
}

/** totalorder: -NaN, numbers, +NaN; of NaNs by their bits. */
const order =
  (format: FloatFormat, isMagnitude: boolean): LibcFunction['call'] =>
  (ctx, [x = 0, y = 0]) => {
    const value = (at: number): bigint => {
      const { isNegative: negative, size } = bitsAt(ctx, at, format);
      return negative && !isMagnitude ? -size - 1n : size;
    };
    return value(x) <= value(y) ? 1 : 0;
  };

const fractionBits = (format: FloatFormat): number => format.digits - 1;
const infinityBits = (format: FloatFormat): bigint =>
  format === singleFormat ? 0x7f80_0000n : 0x7ff0_0000_0000_0000n;

const payload =
  (format: FloatFormat): LibcFunction['call'] =>
  (ctx, [at = 0]) => {
    const { size } = bitsAt(ctx, at, format);
    if (size <= infinityBits(format)) return -1;
    return Number(BigInt.asUintN(fractionBits(format) - 1, size));
  };

/** setpayload and setpayloadsig: 0, or 1 and a zero for what is no payload. */
const makeNan =
  (format: FloatFormat, isSignalling: boolean): LibcFunction['call'] =>
  (ctx, [at = 0, wanted = 0]) => {
    const isValid =
      Number.isInteger(wanted) &&
      wanted < 2 ** (fractionBits(format) - 1) &&
      !isNegative(wanted) &&
      !(isSignalling && wanted === 0);
    const quiet = isSignalling ? 0n : 1n << BigInt(fractionBits(format) - 1);
    const bits = isValid ? infinityBits(format) | quiet | BigInt(wanted) : 0n;
    if (format === singleFormat) ctx.memory.writeU32(at, Number(bits));
    else ctx.memory.writeU64(at, bits);
    return isValid ? 0 : 1;
  };

const aboutBits = [doubleFormat, singleFormat].flatMap((format): [string, LibcFunction][] => {
  const [suffix, letter] = format === singleFormat ? ['f', 'f'] : ['', 'd'];
  return [
    [`totalorder${suffix}`, f('ipp', order(format, false))],
    [`totalordermag${suffix}`, f('ipp', order(format, true))],
    [`getpayload${suffix}`, f(`${letter}p`, payload(format))],
    [`setpayload${suffix}`, f(`ip${letter}`, makeNan(format, false))],
    [`setpayloadsig${suffix}`, f(`ip${letter}`, makeNan(format, true))],
  ];
});

// ---- integers ----

/** FP_INT_UPWARD … FP_INT_TONEAREST: how fromfp rounds. */
const wholeBy: readonly ((x: number) => number)[] = [
  (x) => wholeInDirection(x, FE_UPWARD),
  (x) => wholeInDirection(x, FE_DOWNWARD),
  (x) => wholeInDirection(x, FE_TOWARDZERO),
  roundAway,
  (x) => wholeInDirection(x, FE_TONEAREST),
];

/** An integer of so many bits; what does not fit is a domain error and becomes the limit that is nearest. */
function toWidth(
  ctx: LibcContext,
  x: number,
  rounding: number,
  width: number,
  kind: { readonly isSigned: boolean; readonly tellsInexact: boolean },
): bigint {
  const bits = BigInt(Math.min(width, 64));
  const refuse = (limit: bigint): bigint => {
    setErrno(ctx, EDOM);
    ctx.floats.raise(FE_INVALID);
    return limit;
  };
  if (bits === 0n) return refuse(0n);
  const [least, most] = kind.isSigned
    ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]
    : [0n, (1n << bits) - 1n];
  if (!Number.isFinite(x)) return refuse(isNegative(x) ? least : most);
  const whole = (wholeBy[rounding] ?? wholeBy[4] ?? roundAway)(x);
  const value = BigInt(whole);
  if (value < least || value > most) return refuse(value < least ? least : most);
  if (kind.tellsInexact && whole !== x) ctx.floats.raise(FE_INEXACT);
  return value;
}

const widths = (['fromfp', 'ufromfp', 'fromfpx', 'ufromfpx'] as const).flatMap((name) => {
  const isSigned = name.startsWith('f');
  const kind = { isSigned, tellsInexact: name.endsWith('x') };
  return forAll(
    name,
    `${isSigned ? 'q' : 'x'}diu`,
    () =>
      (ctx, [x = 0, rounding = 0, width = 0]) =>
        toWidth(ctx, x, rounding, width, kind),
  );
});

const FP_LLOGB0 = (ctx: LibcContext): number => (ctx.model.wordBytes === 8 ? -(2 ** 63) : -(2 ** 31));

function exponentLong(ctx: LibcContext, x: number): number | bigint {
  if (Number.isFinite(x) && x !== 0) return exponentOf(x);
  setErrno(ctx, EDOM);
  ctx.floats.raise(FE_INVALID);
  if (x === 0 || Number.isNaN(x)) return BigInt(FP_LLOGB0(ctx));
  return ctx.model.wordBytes === 8 ? (1n << 63n) - 1n : 0x7fff_ffff;
}

// ---- narrower results ----

/** Rounds once to the narrower type; errno as the wrappers of glibc set it. */
function narrow(ctx: LibcContext, args: readonly number[], { value, flags }: RoundedNumber): number {
  ctx.floats.raise(flags);
  if (Number.isNaN(value)) {
    if (!args.some(Number.isNaN)) setErrno(ctx, EDOM);
  } else if (args.every(Number.isFinite)) {
    const isZero = value === 0 && (flags & FE_INEXACT) !== 0;
    if (!Number.isFinite(value) || isZero) setErrno(ctx, ERANGE);
  }
  return value;
}

type Operation = (args: readonly number[], format: FloatFormat, direction: number) => RoundedNumber;

/** x × y with one rounding to any format; a zero keeps its sign. */
const productOf: Operation = ([x = 0, y = 0], format, direction) =>
  fusedRounded(x, y, isNegative(x * y) ? -0 : 0, format, direction);

/** The operations, by their names and the number of operands. */
const narrowed: readonly (readonly [name: string, count: number, operation: Operation])[] = [
  ['add', 2, ([x = 0, y = 0], format, direction) => fusedRounded(x, 1, y, format, direction)],
  ['sub', 2, ([x = 0, y = 0], format, direction) => fusedRounded(x, 1, -y, format, direction)],
  ['mul', 2, productOf],
  ['div', 2, ([x = 0, y = 0], format, direction) => divideExactly(x, y, format, direction)],
  ['sqrt', 1, ([x = 0], format, direction) => squareRootRounded(x, format, direction)],
  ['fma', 3, ([x = 0, y = 0, z = 0], format, direction) => fusedRounded(x, y, z, format, direction)],
];

const narrowing = narrowed.flatMap(([name, count, operation]): [string, LibcFunction][] => {
  const to = (letter: 'f' | 'd', format: FloatFormat): LibcFunction =>
    f(letter + 'd'.repeat(count), (ctx, args) => {
      const rounded = operation(args, format, ctx.floats.direction);
      // The fused operation sets no errno.
      return name === 'fma' ? ctx.floats.take(rounded) : narrow(ctx, args, rounded);
    });
  return [[`f${name}`, to('f', singleFormat)]];
});

/** x × 2^y, where y is a floating number: a whole one, or the result is no number. */
const scaleByNumber =
  (format: FloatFormat): LibcFunction['call'] =>
  (ctx, [x = 0, y = 0]) => {
    if (Number.isNaN(x) || Number.isNaN(y)) return x * y;
    if (!Number.isFinite(y)) return scaleByInfinity(ctx, x, y);
    if (!Number.isInteger(y)) {
      setErrno(ctx, EDOM);
      ctx.floats.raise(FE_INVALID);
      return NaN;
    }
    if (x === 0 || !Number.isFinite(x)) return x;
    const power = Math.max(-5000, Math.min(5000, y));
    let result = x;
    for (let left = power; left !== 0;) {
      const step = Math.max(-1000, Math.min(1000, left));
      result *= 2 ** step;
      left -= step;
    }
    const rounded = format === singleFormat ? Math.fround(result) : result;
    if (!Number.isFinite(rounded) || rounded === 0) setErrno(ctx, ERANGE);
    return rounded;
  };

function scaleByInfinity(ctx: LibcContext, x: number, y: number): number {
  const result = y > 0 ? x * y : x / -y;
  if (Number.isNaN(result)) setErrno(ctx, EDOM);
  return result;
}

/** What TS 18661-1 and C2x add to <math.h>. */
export const mathExtensionFunctions: LibcTable = Object.fromEntries([
  ...chosen,
  ...aboutBits,
  ...widths,
  ...forAll(
    'llogb',
    'ld',
    () =>
      (ctx, [x = 0]) =>
        exponentLong(ctx, x),
  ),
  ...narrowing,
  ...forAll('scalb', 'ddd', scaleByNumber),
]);
