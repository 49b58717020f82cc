/**
 * Functions of <math.h> on `long double` whose results are exact or rounded once: parts, neighbours, remainders, classes, roots,
 * sums; bit for bit those of glibc, with their exceptions and errno.
 *
 * Source: C17 7.12, annex F; glibc 2.36, sysdeps/x86_64/fpu and sysdeps/ieee754/ldbl-96 (behaviour), math/w_*_template.c (errno).
 */
import { EDOM, ERANGE } from '../target/errno.ts';
import {
  compare,
  integerRoot,
  modulo,
  multiplyAdd,
  remainder,
  scaleByPower,
  squareRoot,
  subtract,
} from '../target/extended-arithmetic.ts';
import {
  DIVIDE_BY_ZERO,
  DOWNWARD,
  INEXACT,
  INVALID,
  OVERFLOW,
  TOWARD_ZERO,
  UNDERFLOW,
  UPWARD,
  bitLength,
  classOf,
  exponentOf,
  extendedInfinity,
  extendedZero,
  fromInteger,
  fromNumber,
  isFinite,
  isInfinite,
  isNan,
  isNegative,
  isZero,
  magnitudeOf,
  nanResult,
  negated,
  newUnit,
  partsOf,
  quietNan,
  rounded,
  settled,
  toBytes,
  toInteger,
  toIntegral,
  toNumber,
  withSign,
} from '../target/extended-float.ts';
import type { Extended, FloatUnit } from '../target/extended-float.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { f, setErrno } from './libc-context.ts';

const INT_MAX = 0x7fff_ffff;
const FP_ILOGB0 = -0x8000_0000;
const smallestNormal: Extended = (1n << 64n) | (1n << 63n);
const negativeInfinity = negated(extendedInfinity);

/** A `long double` argument. */
export const numberAt = (raw: readonly (number | bigint)[], index: number): Extended => {
  const value = raw[index];
  return typeof value === 'bigint' ? value : fromNumber(value ?? 0);
};

type Work = (
  unit: FloatUnit,
  x: Extended,
  y: Extended,
  ctx: LibcContext,
  args: readonly number[],
) => number | bigint;

/** The entry of a function whose first arguments are of `long double`; what it raises is raised. */
const entry = (signature: string, work: Work): LibcFunction =>
  f(signature, (ctx, args, _variadic, raw) => {
    const unit = newUnit(ctx.floats.direction);
    const result = work(unit, numberAt(raw, 0), numberAt(raw, 1), ctx, args);
    ctx.floats.raise(unit.flags);
    return result;
  });

/** Sets errno for a NaN made of numbers, for an infinity made of finite numbers. */
export function reported(ctx: LibcContext, result: Extended, args: readonly Extended[]): Extended {
  if (isNan(result)) {
    if (!args.some(isNan)) setErrno(ctx, EDOM);
  } else if (!isFinite(result) && args.every(isFinite)) setErrno(ctx, ERANGE);
  return result;
}

/** Half away from zero. */
export function roundedAway(x: Extended): Extended {
  if (!isFinite(x)) return settled(newUnit(), x);
  const { size, exponent } = partsOf(x);
  if (exponent >= 0) return x;
  const drop = BigInt(Math.min(-exponent, 200));
  const whole = (size + (1n << (drop - 1n))) >> drop;
  return withSign(fromInteger(newUnit(), whole), x);
}

/** An integral number; no exception but for signalling NaNs. Without a direction, in the one that is set. */
const integral =
  (direction?: number): Work =>
  (unit, x) => {
    const quiet = newUnit(direction ?? unit.direction);
    const result = toIntegral(quiet, x);
    unit.flags |= quiet.flags & INVALID;
    return result;
  };

/** The next number towards another one. */
function neighbour(unit: FloatUnit, x: Extended, y: Extended, ctx: LibcContext): Extended {
  const nan = nanResult(unit, x, y);
  if (nan !== undefined) return nan;
  const order = compare(x, y);
  if (order === 0) return y;
  if (isZero(x)) {
    unit.flags |= UNDERFLOW | INEXACT;
    return withSign(1n, y);
  }
  const grows = (order === -1) !== isNegative(x);
  const result = stepped(x, grows);
  if (isInfinite(result) && !isInfinite(x)) {
    setErrno(ctx, ERANGE);
    unit.flags |= OVERFLOW | INEXACT;
  } else if (compare(magnitudeOf(result), smallestNormal) === -1) {
    setErrno(ctx, ERANGE);
    unit.flags |= UNDERFLOW | INEXACT;
  }
  return result;
}

/** The next number towards an infinity, without errno and exceptions. */
function quietNeighbour(unit: FloatUnit, x: Extended, infinity: Extended): Extended {
  if (isNan(x)) return settled(unit, x);
  if (x === infinity) return x;
  return isZero(x) ? withSign(1n, infinity) : stepped(x, isNegative(infinity) === isNegative(x));
}

/** The number next to one in size; the integer bit follows the exponent. */
function stepped(x: Extended, grows: boolean): Extended {
  const sign = x & (1n << 79n);
  const size = magnitudeOf(x);
  const top = 1n << 63n;
  const exponent = size >> 64n;
  // Without the integer bit sizes follow each other.
  const packed = ((exponent << 63n) | (size & (top - 1n))) + (grows ? 1n : -1n);
  const newExponent = packed >> 63n;
  return sign | (newExponent << 64n) | (newExponent === 0n ? 0n : top) | (packed & (top - 1n));
}

/** The exponent of a number, of infinity and NaN what logb says. */
const logb: Work = (unit, x) => {
  if (isNan(x)) return settled(unit, x);
  if (isInfinite(x)) return extendedInfinity;
  if (isZero(x)) {
    unit.flags |= DIVIDE_BY_ZERO;
    return negativeInfinity;
  }
  return fromInteger(newUnit(), BigInt(exponentOf(x)));
};

const ilogb: Work = (unit, x, _y, ctx) => {
  if (isFinite(x) && !isZero(x)) return exponentOf(x);
  setErrno(ctx, EDOM);
  unit.flags |= INVALID;
  return isInfinite(x) ? INT_MAX : FP_ILOGB0;
};

/** x × 2^power with errno. */
function scaled(unit: FloatUnit, x: Extended, power: number, ctx: LibcContext): Extended {
  const result = scaleByPower(unit, x, power);
  if (isFinite(x) && !isZero(x) && (isZero(result) || !isFinite(result))) setErrno(ctx, ERANGE);
  return result;
}

const scaling: Work = (unit, x, _y, ctx, args) => scaled(unit, x, args[1] ?? 0, ctx);

/** The integer of a conversion; what does not fit becomes the smallest one. */
const toLong =
  (bits: (ctx: LibcContext) => 32 | 64, round: (unit: FloatUnit, x: Extended) => Extended): Work =>
  (unit, x, _y, ctx) =>
    toInteger(unit, round(unit, x), bits(ctx));

const longBits = (ctx: LibcContext): 32 | 64 => (ctx.model.wordBytes === 8 ? 64 : 32);
const asSet = (_unit: FloatUnit, x: Extended): Extended => x;
const away = (_unit: FloatUnit, x: Extended): Extended => roundedAway(x);

const remainderWithErrno: Work = (unit, x, y, ctx) => reported(ctx, remainder(unit, x, y).value, [x, y]);

/** fmax and fmin; of equal numbers the instruction gives the one that `tie` says. */
const extreme =
  (wanted: 1 | -1, tie: 'first' | 'second'): Work =>
  (_unit, x, y) => {
    if (isNan(x)) return y;
    if (isNan(y)) return x;
    const order = compare(x, y);
    if (order === 0) return tie === 'first' ? x : y;
    return order === wanted ? x : y;
  };

/** fmaximum and its relatives: +0 is larger than -0; `_num` takes a NaN for missing, `_mag` compares sizes first. */
function choice(name: string): Work {
  const isMaximum = name.includes('max');
  const ordered = (x: Extended, y: Extended): Extended => {
    const order = compare(x, y) ?? 0;
    const isFirst = order === 0 ? isNegative(x) !== isMaximum : order > 0 === isMaximum;
    return isFirst ? x : y;
  };
  return (unit, x, y) => {
    if (isNan(x) || isNan(y)) {
      if (name.includes('_num') && isNan(x) !== isNan(y)) return isNan(x) ? y : x;
      return nanResult(unit, x, y) ?? quietNan;
    }
    const [a, b] = [magnitudeOf(x), magnitudeOf(y)];
    if (!name.includes('_mag') || compare(a, b) === 0) return ordered(x, y);
    return (compare(a, b) === 1) === isMaximum ? x : y;
  };
}

const choices = ['', '_mag', '_num', '_mag_num'].flatMap((variant) =>
  ['fmaximum', 'fminimum'].map((name) => name + variant),
);

/** The length of a hypotenuse, rounded once. */
export function hypot(unit: FloatUnit, x: Extended, y: Extended): Extended {
  if (isInfinite(x) || isInfinite(y)) return extendedInfinity;
  const nan = nanResult(unit, x, y);
  if (nan !== undefined) return nan;
  const [a, b] = [partsOf(x), partsOf(y)];
  if (a.size === 0n) return magnitudeOf(y);
  if (b.size === 0n) return magnitudeOf(x);
  const [large, small] = exponentOf(x) >= exponentOf(y) ? [a, b] : [b, a];
  // Far below, the smaller one only says that there is more.
  const gap = Math.min(large.exponent - small.exponent, 200);
  const isFar = large.exponent - small.exponent > 200;
  const shift = BigInt(Math.max(gap, 0));
  const lower = gap < 0 ? large.exponent : large.exponent - gap;
  const other = isFar ? 1n : small.size << BigInt(Math.max(-gap, 0));
  const square = (large.size << shift) ** 2n + other ** 2n;
  const extra = Math.max(0, 140 - bitLength(square));
  const even = extra + (extra & 1);
  const wide = square << BigInt(even);
  const root = integerRoot(wide);
  const sticky = root * root === wide ? 0n : 1n;
  return rounded(unit, { isNegative: false, size: (root << 1n) | sticky, exponent: lower - even / 2 - 1 });
}

/** The cube root, rounded once. */
function cubeRoot(unit: FloatUnit, x: Extended): Extended {
  if (!isFinite(x) || isZero(x)) return settled(unit, x);
  const { size, exponent } = partsOf(x);
  let shift = 210 - bitLength(size);
  shift += (((exponent - shift) % 3) + 3) % 3;
  const wide = size << BigInt(shift);
  let root = 1n << BigInt(Math.ceil(bitLength(wide) / 3));
  for (;;) {
    const next = (2n * root + wide / (root * root)) / 3n;
    if (next >= root) break;
    root = next;
  }
  const sticky = root ** 3n === wide ? 0n : 1n;
  return rounded(unit, {
    isNegative: isNegative(x),
    size: (root << 1n) | sticky,
    exponent: (exponent - shift) / 3 - 1,
  });
}

/** fma, which sets no errno. */
const fused: LibcFunction = f('eeee', (ctx, _args, _variadic, raw) => {
  const unit = newUnit(ctx.floats.direction);
  const result = multiplyAdd(unit, numberAt(raw, 0), numberAt(raw, 1), numberAt(raw, 2));
  ctx.floats.raise(unit.flags);
  return result;
});

/** Double or float next to a number in the direction of a `long double`. */
export function directionTo(x: number, raw: readonly (number | bigint)[]): number {
  const y = numberAt(raw, 1);
  const order = compare(fromNumber(x), y);
  return order === undefined ? NaN : order === 0 ? toNumber(y) : order < 0 ? Infinity : -Infinity;
}

const classes = { nan: 0, unsupported: 0, infinite: 1, zero: 2, finite: 4 } as const;

function fpclassify(x: Extended): number {
  const kind = classes[classOf(x)];
  return kind === 4 && compare(magnitudeOf(x), smallestNormal) === -1 ? 3 : kind;
}

const writeNumber = (ctx: LibcContext, target: number, x: Extended): void => {
  ctx.memory.writeBytes(target, toBytes(x));
};

/** Functions on `long double`. */
export const longDoubleFunctions: LibcTable = {
  fabsl: entry('ee', (_unit, x) => magnitudeOf(x)),
  copysignl: entry('eee', (_unit, x, y) => withSign(x, y)),
  floorl: entry('ee', integral(DOWNWARD)),
  ceill: entry('ee', integral(UPWARD)),
  truncl: entry('ee', integral(TOWARD_ZERO)),
  roundl: entry('ee', (_unit, x) => roundedAway(x)),
  roundevenl: entry('ee', integral(0)),
  rintl: entry('ee', toIntegral),
  nearbyintl: entry('ee', integral()),
  lrintl: entry('le', toLong(longBits, asSet)),
  llrintl: entry(
    'qe',
    toLong(() => 64, asSet),
  ),
  lroundl: entry('le', toLong(longBits, away)),
  llroundl: entry(
    'qe',
    toLong(() => 64, away),
  ),
  sqrtl: entry('ee', (unit, x, _y, ctx) => reported(ctx, squareRoot(unit, x), [x])),
  cbrtl: entry('ee', cubeRoot),
  hypotl: entry('eee', (unit, x, y, ctx) => reported(ctx, hypot(unit, x, y), [x, y])),
  fmodl: entry('eee', (unit, x, y, ctx) => reported(ctx, modulo(unit, x, y), [x, y])),
  remainderl: entry('eee', remainderWithErrno),
  dreml: entry('eee', remainderWithErrno),
  remquol: entry('eeep', (unit, x, y, ctx, args) => {
    const { value, quotient } = remainder(unit, x, y);
    ctx.memory.writeU32(args[2] ?? 0, quotient >>> 0);
    return value;
  }),
  fmaxl: entry('eee', extreme(1, 'first')),
  fminl: entry('eee', extreme(-1, 'second')),
  fdiml: entry('eee', (unit, x, y, ctx) =>
    isNan(x) || isNan(y)
      ? (nanResult(unit, x, y) ?? quietNan)
      : (compare(x, y) ?? 0) <= 0
        ? extendedZero
        : reported(ctx, subtract(unit, x, y), [x, y]),
  ),
  fmal: fused,
  frexpl: entry('eep', (unit, x, _y, ctx, args) => {
    const isPlain = isFinite(x) && !isZero(x);
    const power = isPlain ? exponentOf(x) + 1 : 0;
    ctx.memory.writeU32(args[1] ?? 0, power >>> 0);
    return isPlain ? scaleByPower(newUnit(), x, -power) : settled(unit, x);
  }),
  modfl: entry('eep', (unit, x, _y, ctx, args) => {
    const whole = toIntegral(newUnit(TOWARD_ZERO), x);
    writeNumber(ctx, args[1] ?? 0, isNan(x) ? settled(unit, x) : whole);
    if (isNan(x)) return settled(unit, x);
    return withSign(isInfinite(x) ? extendedZero : subtract(newUnit(), x, whole), x);
  }),
  ldexpl: entry('eei', scaling),
  scalbnl: entry('eei', scaling),
  scalblnl: entry('eel', scaling),
  logbl: entry('ee', logb),
  ilogbl: entry('ie', ilogb),
  significandl: entry('ee', (unit, x) =>
    isFinite(x) && !isZero(x) ? scaleByPower(newUnit(), x, -exponentOf(x)) : settled(unit, x),
  ),
  nextafterl: entry('eee', neighbour),
  nexttowardl: entry('eee', neighbour),
  nextupl: entry('ee', (unit, x) => quietNeighbour(unit, x, extendedInfinity)),
  nextdownl: entry('ee', (unit, x) => quietNeighbour(unit, x, negativeInfinity)),
  nanl: f('ep', () => quietNan),
  isnanl: entry('ie', (_unit, x) => (isNan(x) ? 1 : 0)),
  isinfl: entry('ie', (_unit, x) => (isInfinite(x) ? (isNegative(x) ? -1 : 1) : 0)),
  finitel: entry('ie', (_unit, x) => (isFinite(x) ? 1 : 0)),
  __fpclassifyl: entry('ie', (_unit, x) => fpclassify(x)),
  __signbitl: entry('ie', (_unit, x) => (isNegative(x) ? 0x200 : 0)),
  ...Object.fromEntries(choices.map((name) => [`${name}l`, entry('eee', choice(name))])),
};
