/**
 * Functions of <math.h> whose results are exact: parts, neighbours, remainders, classes; and <fenv.h> in the default modes.
 *
 * Source: C17 7.12, 7.6, annex F; IEEE 754.
 * Simplified: `long double` is a double here; the floating-point exceptions are not recorded: what raises, clears or saves
 * them is there, what would tell them (fetestexcept, fegetexceptflag) is not.
 */
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { encodeExtended } from './extended-float.ts';
import { f, setErrno } from './libc-context.ts';
import { negativeNan, scale } from './number-text.ts';

const EDOM = 33;
const ERANGE = 34;
const INT_MAX = 0x7fff_ffff;
const FP_ILOGB0 = -0x8000_0000;

const bits = new DataView(new ArrayBuffer(8));

const toBits = (x: number): bigint => {
  bits.setFloat64(0, x);
  return bits.getBigUint64(0);
};
const fromBits = (value: bigint): number => {
  bits.setBigUint64(0, value);
  return bits.getFloat64(0);
};
const toSingleBits = (x: number): number => {
  bits.setFloat32(0, x);
  return bits.getUint32(0);
};
const fromSingleBits = (value: number): number => {
  bits.setUint32(0, value);
  return bits.getFloat32(0);
};

const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);

/** The exponent of a number other than 0, infinities and NaN. */
function exponentOf(x: number): number {
  const raw = Number((toBits(x) >> 52n) & 0x7ffn);
  if (raw !== 0) return raw - 1023;
  return exponentOf(x * 2 ** 52) - 52;
}

/** The next number towards another one. */
function nextAfter(ctx: LibcContext, x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (x === y) return y;
  if (x === 0) {
    setErrno(ctx, ERANGE);
    return isNegative(y) ? -(2 ** -1074) : 2 ** -1074;
  }
  const grows = x < y === x > 0;
  const result = fromBits(toBits(x) + (grows ? 1n : -1n));
  if (!Number.isFinite(result) || Math.abs(result) < 2 ** -1022) setErrno(ctx, ERANGE);
  return result;
}

function nextAfterSingle(ctx: LibcContext, x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (x === y) return y;
  if (x === 0) {
    setErrno(ctx, ERANGE);
    return isNegative(y) ? -(2 ** -149) : 2 ** -149;
  }
  const grows = x < y === x > 0;
  const result = fromSingleBits(toSingleBits(x) + (grows ? 1 : -1));
  if (!Number.isFinite(result) || Math.abs(result) < 2 ** -126) setErrno(ctx, ERANGE);
  return result;
}

/** x - n·y for the integer n nearest to x/y, and the low bits of n. */
function remainder(x: number, y: number): { readonly value: number; readonly quotient: number } {
  if (Number.isNaN(x) || Number.isNaN(y) || !Number.isFinite(x) || y === 0)
    return { value: NaN, quotient: 0 };
  if (!Number.isFinite(y)) return { value: x, quotient: 0 };
  const size = Math.abs(y);
  // Of a divisor so large the number is less than eight times as much.
  let rest = size <= Number.MAX_VALUE / 8 ? Math.abs(x) % (8 * size) : Math.abs(x);
  let quotient = 0;
  for (const times of [4, 2, 1]) {
    if (times * size <= rest && Number.isFinite(times * size)) {
      rest -= times * size;
      quotient += times;
    }
  }
  const half = size / 2;
  const isMore = half === 0 || size < 2 ** -1021 ? rest + rest > size : rest > half;
  const isTie = half === 0 || size < 2 ** -1021 ? rest + rest === size : rest === half;
  if (isMore || (isTie && quotient % 2 === 1)) {
    rest -= size;
    quotient += 1;
  }
  const sign = isNegative(x) !== isNegative(y) ? -1 : 1;
  return { value: isNegative(x) ? -rest : rest, quotient: sign * (quotient % 8) };
}

const reportRemainder = (ctx: LibcContext, x: number, y: number): number => {
  const { value } = remainder(x, y);
  if (!Number.isNaN(value) || Number.isNaN(x) || Number.isNaN(y)) return value;
  setErrno(ctx, EDOM);
  return negativeNan;
};

/** A finite number as an integer times a power of two. */
function parts(x: number): { readonly significand: bigint; readonly exponent: number } {
  const raw = toBits(x);
  const exponent = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & ((1n << 52n) - 1n);
  const significand = exponent === 0 ? fraction : fraction | (1n << 52n);
  return { significand: isNegative(x) ? -significand : significand, exponent: Math.max(exponent, 1) - 1075 };
}

/** Digits of a format, and the power of two of its smallest number. */
interface Format {
  readonly digits: number;
  readonly smallest: number;
}

const doubleFormat: Format = { digits: 53, smallest: -1074 };
const singleFormat: Format = { digits: 24, smallest: -149 };

/** The number of a format nearest to an integer times a power of two, halves to even. */
function nearest(value: bigint, exponent: number, { digits, smallest }: Format): number {
  const size = value < 0n ? -value : value;
  const length = size.toString(2).length;
  // Below the normal range there are fewer digits.
  const lowest = Math.max(length + exponent - digits, smallest);
  const drop = lowest - exponent;
  let kept = size;
  if (drop > 0) {
    kept = size >> BigInt(drop);
    const rest = size - (kept << BigInt(drop));
    const half = 1n << BigInt(drop - 1);
    if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  }
  const result = scale(Number(kept), drop > 0 ? lowest : exponent);
  return value < 0n ? -result : result;
}

/** x·y + z with one rounding. */
function fusedMultiplyAdd(ctx: LibcContext, x: number, y: number, z: number, format: Format): number {
  if (![x, y, z].every(Number.isFinite) || x === 0 || y === 0) {
    const plain = x * y + z;
    if (Number.isNaN(plain) && ![x, y, z].some(Number.isNaN)) setErrno(ctx, EDOM);
    return plain;
  }
  const [a, b, c] = [parts(x), parts(y), parts(z)];
  const product = a.significand * b.significand;
  const exponent = Math.min(a.exponent + b.exponent, c.exponent);
  const sum =
    (product << BigInt(a.exponent + b.exponent - exponent)) +
    (c.significand << BigInt(c.exponent - exponent));
  // An exact zero has the sign that an addition gives it.
  if (sum === 0n) return z === 0 ? x * y + z : 0;
  const rounded = nearest(sum, exponent, format);
  const result = format === singleFormat ? Math.fround(rounded) : rounded;
  if (!Number.isFinite(result) || result === 0) setErrno(ctx, ERANGE);
  return result;
}

function exponentInt(ctx: LibcContext, x: number): number {
  if (Number.isFinite(x) && x !== 0) return exponentOf(x);
  setErrno(ctx, EDOM);
  return x === 0 || Number.isNaN(x) ? FP_ILOGB0 : INT_MAX;
}

/** The exponent as a number; glibc sets no errno. */
function logb(x: number): number {
  if (x === 0) return -Infinity;
  return Number.isFinite(x) ? exponentOf(x) : x * x;
}

/** Half to even. */
export function roundEven(x: number): number {
  const rounded = Math.round(x);
  const result = Math.abs(x - Math.trunc(x)) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
  return result === 0 && isNegative(x) ? -0 : result;
}

/** FP_NAN, FP_INFINITE, FP_ZERO, FP_SUBNORMAL, FP_NORMAL. */
const classOf = (x: number, smallest: number): number =>
  Number.isNaN(x) ? 0 : !Number.isFinite(x) ? 1 : x === 0 ? 2 : Math.abs(x) < smallest ? 3 : 4;

/** The same function for double, float and long double. */
function family(
  name: string,
  signature: string,
  make: (round: (x: number) => number) => LibcFunction['call'],
): [string, LibcFunction][] {
  return [
    [
      name,
      f(
        signature,
        make((x) => x),
      ),
    ],
    [`${name}f`, f(signature.replaceAll('d', 'f'), make(Math.fround))],
    [
      `${name}l`,
      f(
        signature,
        make((x) => x),
      ),
    ],
  ];
}

/** Stores a double or a float. */
export function writeReal(ctx: LibcContext, target: number, x: number, kind: 'd' | 'f'): void {
  const view = new DataView(new ArrayBuffer(8));
  if (kind === 'f') view.setFloat32(0, x, true);
  else view.setFloat64(0, x, true);
  ctx.memory.writeBytes(target, new Uint8Array(view.buffer, 0, kind === 'f' ? 4 : 8));
}

function splitWhole(ctx: LibcContext, x: number, target: number, kind: 'd' | 'f'): number {
  writeReal(ctx, target, Math.trunc(x), kind);
  return fractionOf(x);
}

/** What modf leaves: with the sign of the number. */
function fractionOf(x: number): number {
  const rest = Number.isFinite(x) ? x % 1 : Number.isNaN(x) ? x : 0;
  return rest === 0 && isNegative(x) ? -0 : rest;
}

function splitPower(ctx: LibcContext, x: number, target: number): number {
  if (x === 0 || !Number.isFinite(x)) {
    ctx.memory.writeU32(target, 0);
    return x;
  }
  const power = exponentOf(x) + 1;
  ctx.memory.writeU32(target, power >>> 0);
  return scale(x, -power);
}

/** The exceptions that the program has raised, and the mode of rounding. */
const FE_ALL_EXCEPT = 0x3d;
const FE_TONEAREST = 0;

/** `fenv_t`: the words of fnstenv, then (x86-64) mxcsr. All exceptions are masked, rounding is to nearest. */
const DEFAULT_ENVIRONMENT = [0xffff_037f, 0xffff_0000, 0xffff_ffff, 0, 0, 0, 0xffff_0000, 0x1f80] as const;
/** The control word's bits for precision and rounding, where those of the default are. */
const CONTROL_MASK = 0xf3f;

function saveEnvironment(ctx: LibcContext, target: number): number {
  const words = ctx.model.wordBytes === 8 ? DEFAULT_ENVIRONMENT : DEFAULT_ENVIRONMENT.slice(0, -1);
  words.forEach((word, i) => {
    ctx.memory.writeU32(target + 4 * i, word);
  });
  return 0;
}

function restoreEnvironment(ctx: LibcContext, source: number): number {
  // FE_DFL_ENV and FE_NOMASK_ENV are no addresses.
  const noMask = 2 ** (ctx.model.wordBytes * 8) - 2;
  if (source === noMask) throw new NotModelled('floating-point exceptions that are signals');
  if (source > noMask) return 0;
  if ((ctx.memory.readU32(source) & CONTROL_MASK) !== (DEFAULT_ENVIRONMENT[0] & CONTROL_MASK))
    throw new NotModelled('another direction of rounding');
  return 0;
}

const singleNeighbours: LibcTable = {
  nextafterf: f('fff', (ctx, [x = 0, y = 0]) => nextAfterSingle(ctx, x, y)),
  nexttowardf: f('ffd', (ctx, [x = 0, y = 0]) => nextAfterSingle(ctx, x, y)),
  nextupf: f('ff', (ctx, [x = 0]) => nextAfterSingle(ctx, x, Infinity)),
  nextdownf: f('ff', (ctx, [x = 0]) => nextAfterSingle(ctx, x, -Infinity)),
};

/** Exact functions of <math.h>, and <fenv.h> */
export const exactMathFunctions: LibcTable = {
  ...Object.fromEntries([
    ...family(
      'logb',
      'dd',
      () =>
        (_ctx, [x = 0]) =>
          logb(x),
    ),
    ...family(
      'ilogb',
      'id',
      () =>
        (ctx, [x = 0]) =>
          exponentInt(ctx, x),
    ),
    ...family(
      'significand',
      'dd',
      () =>
        (_ctx, [x = 0]) =>
          x === 0 || !Number.isFinite(x) ? x : scale(x, -exponentOf(x)),
    ),
    ...family(
      'remainder',
      'ddd',
      () =>
        (ctx, [x = 0, y = 0]) =>
          reportRemainder(ctx, x, y),
    ),
    ...family(
      'drem',
      'ddd',
      () =>
        (ctx, [x = 0, y = 0]) =>
          reportRemainder(ctx, x, y),
    ),
    ...family('remquo', 'dddp', () => (ctx, [x = 0, y = 0, target = 0]) => {
      const { value, quotient } = remainder(x, y);
      ctx.memory.writeU32(target, quotient >>> 0);
      return value;
    }),
    ...family(
      'roundeven',
      'dd',
      () =>
        (_ctx, [x = 0]) =>
          roundEven(x),
    ),
    ...family('nan', 'dp', () => () => NaN),
    ...family(
      'finite',
      'id',
      () =>
        (_ctx, [x = 0]) =>
          Number.isFinite(x) ? 1 : 0,
    ),
    ...family(
      'isnan',
      'id',
      () =>
        (_ctx, [x = 0]) =>
          Number.isNaN(x) ? 1 : 0,
    ),
    ...family(
      'isinf',
      'id',
      () =>
        (_ctx, [x = 0]) =>
          Number.isFinite(x) || Number.isNaN(x) ? 0 : x > 0 ? 1 : -1,
    ),
    ...family(
      'lrint',
      'ld',
      () =>
        (ctx, [x = 0]) =>
          integral(ctx, roundEven(x), false),
    ),
    ...family(
      'lround',
      'ld',
      () =>
        (ctx, [x = 0]) =>
          integral(ctx, roundAway(x), false),
    ),
    ...family(
      'llrint',
      'qd',
      () =>
        (ctx, [x = 0]) =>
          integral(ctx, roundEven(x), true),
    ),
    ...family(
      'llround',
      'qd',
      () =>
        (ctx, [x = 0]) =>
          integral(ctx, roundAway(x), true),
    ),
    ...family(
      'scalbn',
      'ddi',
      (round) =>
        (ctx, [x = 0, power = 0]) =>
          scaled(ctx, x, power, round),
    ),
    ...family(
      'scalbln',
      'ddl',
      (round) =>
        (ctx, [x = 0, power = 0]) =>
          scaled(ctx, x, power, round),
    ),
    ...family(
      'frexp',
      'ddp',
      () =>
        (ctx, [x = 0, target = 0]) =>
          splitPower(ctx, x, target),
    ),
  ]),
  nextafter: f('ddd', (ctx, [x = 0, y = 0]) => nextAfter(ctx, x, y)),
  nexttoward: f('ddd', (ctx, [x = 0, y = 0]) => nextAfter(ctx, x, y)),
  nextup: f('dd', (ctx, [x = 0]) => nextAfter(ctx, x, Infinity)),
  nextdown: f('dd', (ctx, [x = 0]) => nextAfter(ctx, x, -Infinity)),
  ...singleNeighbours,
  // Where long double is a double, its remainders and sums are, too.
  fmal: f('dddd', (ctx, [x = 0, y = 0, z = 0]) => fusedMultiplyAdd(ctx, x, y, z, doubleFormat)),
  modfl: f('ddp', (ctx, [x = 0, target = 0]) => {
    ctx.memory.writeBytes(target, encodeExtended(Math.trunc(x)));
    return fractionOf(x);
  }),
  fma: f('dddd', (ctx, [x = 0, y = 0, z = 0]) => fusedMultiplyAdd(ctx, x, y, z, doubleFormat)),
  fmaf: f('ffff', (ctx, [x = 0, y = 0, z = 0]) => fusedMultiplyAdd(ctx, x, y, z, singleFormat)),
  modf: f('ddp', (ctx, [x = 0, target = 0]) => splitWhole(ctx, x, target, 'd')),
  modff: f('ffp', (ctx, [x = 0, target = 0]) => splitWhole(ctx, x, target, 'f')),
  __fpclassify: f('id', (_ctx, [x = 0]) => classOf(x, 2 ** -1022)),
  __fpclassifyf: f('if', (_ctx, [x = 0]) => classOf(x, 2 ** -126)),
  __fpclassifyl: f('id', (_ctx, [x = 0]) => classOf(x, 2 ** -1022)),
  __signbit: f('id', (_ctx, [x = 0]) => (isNegative(x) ? 1 : 0)),
  __signbitf: f('if', (_ctx, [x = 0]) => (isNegative(x) ? 1 : 0)),
  __signbitl: f('id', (_ctx, [x = 0]) => (isNegative(x) ? 1 : 0)),
  fegetround: f('i', () => FE_TONEAREST),
  fesetround: f('ii', (_ctx, [mode = 0]) => {
    if (mode === FE_TONEAREST) return 0;
    if ((mode & ~0xc00) !== 0) return 1;
    throw new NotModelled('another direction of rounding');
  }),
  feclearexcept: f('ii', () => 0),
  feraiseexcept: f('ii', () => 0),
  fesetexceptflag: f('ipi', () => 0),
  fegetenv: f('ip', (ctx, [target = 0]) => saveEnvironment(ctx, target)),
  feholdexcept: f('ip', (ctx, [target = 0]) => saveEnvironment(ctx, target)),
  fesetenv: f('ip', (ctx, [source = 0]) => restoreEnvironment(ctx, source)),
  feupdateenv: f('ip', (ctx, [source = 0]) => restoreEnvironment(ctx, source)),
  fegetexcept: f('i', () => 0),
  fedisableexcept: f('ii', () => 0),
  feenableexcept: f('ii', (_ctx, [mask = 0]) => {
    if ((mask & FE_ALL_EXCEPT) === 0) return 0;
    throw new NotModelled('floating-point exceptions that are signals');
  }),
};

/** Half away from zero. */
export const roundAway = (x: number): number => Math.sign(x) * Math.round(Math.abs(x));

/** The integer; what does not fit becomes the smallest one, as the processor gives it. */
function integral(ctx: LibcContext, rounded: number, isLong: boolean): bigint {
  const size = isLong || ctx.model.wordBytes === 8 ? 64 : 32;
  const limit = 2 ** (size - 1);
  return rounded >= -limit && rounded < limit ? BigInt(rounded) : -(1n << BigInt(size - 1));
}

function scaled(ctx: LibcContext, x: number, power: number, round: (x: number) => number): number {
  const result = round(scale(x, power));
  if (Number.isFinite(x) && x !== 0 && (result === 0 || !Number.isFinite(result))) setErrno(ctx, ERANGE);
  return result;
}
