/**
 * Functions on `long double` that TS 18661-1 and C2x add to <math.h>: arithmetic that is rounded once to a narrower type,
 * conversions to integers of a width, scaling by a floating number.
 *
 * Source: ISO/IEC TS 18661-1:2014; glibc 2.36, math/math-narrow.h, math/s_fromfp_main.c, math/e_scalb_template.c (behaviour).
 */
import { EDOM, ERANGE } from '../target/errno.ts';
import {
  add,
  compare,
  divide,
  multiply,
  multiplyAdd,
  scaleByPower,
  squareRoot,
  subtract,
} from '../target/extended-arithmetic.ts';
import {
  DIVIDE_BY_ZERO,
  DOWNWARD,
  INEXACT,
  INVALID,
  TOWARD_ZERO,
  TO_NEAREST,
  UPWARD,
  exponentOf,
  isFinite,
  isInfinite,
  isNan,
  isNegative,
  isZero,
  magnitudeOf,
  nanResult,
  newUnit,
  invalid,
  toDoubleBits,
  toSingleBits,
  wholeOf,
} from '../target/extended-float.ts';
import type { Extended, FloatUnit } from '../target/extended-float.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { f, setErrno } from './libc-context.ts';
import { numberAt, roundedAway } from './long-double.ts';

// ---- narrower results ----

const view = new DataView(new ArrayBuffer(8));

/** The number rounded to a narrower type. */
function narrowed(unit: FloatUnit, x: Extended, isSingle: boolean): number {
  if (isSingle) {
    view.setUint32(0, Number(toSingleBits(unit, x)));
    return view.getFloat32(0);
  }
  view.setBigUint64(0, toDoubleBits(unit, x));
  return view.getFloat64(0);
}

type Operation = (unit: FloatUnit, x: Extended, y: Extended, z: Extended) => Extended;

const operations: readonly (readonly [name: string, count: number, operation: Operation])[] = [
  ['add', 2, add],
  ['sub', 2, subtract],
  ['mul', 2, multiply],
  ['div', 2, divide],
  ['sqrt', 1, squareRoot],
  ['fma', 3, multiplyAdd],
];

/** Rounds once: toward zero first, where the last digit tells that there was more. */
const narrowing = (name: string, count: number, operation: Operation, isSingle: boolean): LibcFunction =>
  f((isSingle ? 'f' : 'd') + 'e'.repeat(count), (ctx, _args, _variadic, raw) => {
    const operands = [0, 1, 2].slice(0, count).map((index) => numberAt(raw, index));
    const [x = 0n, y = 0n, z = 0n] = operands;
    const first = newUnit(TOWARD_ZERO);
    const cut = operation(first, x, y, z);
    // The sign of a zero is that of the direction that is set.
    const directed = newUnit(ctx.floats.direction);
    const isInexact = (first.flags & INEXACT) !== 0 && isFinite(cut);
    const exact = isInexact ? cut | 1n : operation(directed, x, y, z);
    const unit = newUnit(ctx.floats.direction);
    unit.flags = first.flags & (INVALID | DIVIDE_BY_ZERO);
    const result = narrowed(unit, exact, isSingle);
    ctx.floats.raise(unit.flags);
    // The fused operation sets no errno.
    if (name !== 'fma') report(ctx, result, operands, (unit.flags & INEXACT) !== 0);
    return result;
  });

function report(ctx: LibcContext, result: number, operands: readonly Extended[], isInexact: boolean): void {
  if (Number.isNaN(result)) {
    if (!operands.some(isNan)) setErrno(ctx, EDOM);
  } else if (operands.every(isFinite) && (!Number.isFinite(result) || (result === 0 && isInexact)))
    setErrno(ctx, ERANGE);
}

// ---- integers ----

/** FP_INT_UPWARD … FP_INT_TONEAREST: how fromfp rounds; undefined for half away from zero. */
const directions: readonly (number | undefined)[] = [UPWARD, DOWNWARD, TOWARD_ZERO, undefined, TO_NEAREST];

const fromfp = (isSigned: boolean, tellsInexact: boolean): LibcFunction =>
  f(`${isSigned ? 'q' : 'x'}eiu`, (ctx, [, rounding = 0, width = 0], _variadic, raw) => {
    const x = numberAt(raw, 0);
    const bits = BigInt(Math.min(width, 64));
    const refuse = (limit: bigint): bigint => {
      setErrno(ctx, EDOM);
      ctx.floats.raise(INVALID);
      return limit;
    };
    if (bits === 0n) return refuse(0n);
    const least = isSigned ? -(1n << (bits - 1n)) : 0n;
    const most = isSigned ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
    if (!isFinite(x) || (!isZero(x) && exponentOf(x) > 70)) return refuse(isNegative(x) ? least : most);
    const direction = rounding < directions.length ? directions[rounding] : TO_NEAREST;
    const { whole } = wholeOf(direction === undefined ? roundedAway(x) : x, direction ?? TOWARD_ZERO);
    if (whole < least || whole > most) return refuse(whole < least ? least : most);
    if (tellsInexact && !wholeOf(x, TOWARD_ZERO).isExact) ctx.floats.raise(INEXACT);
    return whole;
  });

/** The exponent as a long. */
const llogb: LibcFunction = f('le', (ctx, _args, _variadic, raw) => {
  const x = numberAt(raw, 0);
  if (isFinite(x) && !isZero(x)) return exponentOf(x);
  setErrno(ctx, EDOM);
  ctx.floats.raise(INVALID);
  const top = 1n << (ctx.model.wordBytes === 8 ? 63n : 31n);
  return isInfinite(x) ? top - 1n : -top;
});

/** x × 2^y, where y is a floating number: a whole one, or the result is no number. */
const scalb: LibcFunction = f('eee', (ctx, _args, _variadic, raw) => {
  const [x, y] = [numberAt(raw, 0), numberAt(raw, 1)];
  const unit = newUnit(ctx.floats.direction);
  const result = scaledBy(unit, x, y);
  ctx.floats.raise(unit.flags);
  if (isNan(result)) {
    if (!isNan(x) && !isNan(y)) setErrno(ctx, EDOM);
  } else if (isFinite(x) && isFinite(y) && !isZero(x) && (isZero(result) || !isFinite(result)))
    setErrno(ctx, ERANGE);
  return result;
});

/** The NaN of the table in sysdeps/x86_64/fpu/e_scalbl.S. */
const tableNan: Extended = 0x7fff_f800_0000_0000_0000n;

function scaledBy(unit: FloatUnit, x: Extended, y: Extended): Extended {
  if (isNan(x) && isInfinite(y) && isNegative(y)) return tableNan;
  const nan = nanResult(unit, x, y);
  if (nan !== undefined) return nan;
  if (isInfinite(y)) return isNegative(y) ? divide(unit, x, magnitudeOf(y)) : multiply(unit, x, y);
  const isHuge = !isZero(y) && exponentOf(y) > 30;
  const { whole, isExact } = isHuge
    ? { whole: isNegative(y) ? -100_000n : 100_000n, isExact: true }
    : wholeOf(y, TOWARD_ZERO);
  if (!isExact) {
    return invalid(unit);
  }
  return scaleByPower(unit, x, Number(whole));
}

/** The one of larger or smaller size; of equal sizes fmax or fmin of both, the second of equal numbers. */
const byMagnitude = (wanted: 1 | -1): LibcFunction =>
  f('eee', (_ctx, _args, _variadic, raw) => {
    const [x, y] = [numberAt(raw, 0), numberAt(raw, 1)];
    if (isNan(x)) return y;
    if (isNan(y)) return x;
    const order = compare(magnitudeOf(x), magnitudeOf(y));
    if (order !== 0) return order === wanted ? x : y;
    return compare(x, y) === wanted ? x : y;
  });

/** What TS 18661-1 and C2x add for `long double`. */
export const longDoubleExtensionFunctions: LibcTable = {
  ...Object.fromEntries(
    operations.flatMap(([name, count, operation]) => [
      [`f${name}l`, narrowing(name, count, operation, true)],
      [`d${name}l`, narrowing(name, count, operation, false)],
    ]),
  ),
  fromfpl: fromfp(true, false),
  ufromfpl: fromfp(false, false),
  fromfpxl: fromfp(true, true),
  ufromfpxl: fromfp(false, true),
  llogbl: llogb,
  scalbl: scalb,
  fmaxmagl: byMagnitude(1),
  fminmagl: byMagnitude(-1),
};
