/**
 * Functions of <math.h> whose results are exact: parts, neighbours, remainders, classes.
 *
 * Source: C17 7.12, annex F; IEEE 754.
 * Those of `long double` are in long-double.ts.
 */
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import {
  FE_TONEAREST,
  doubleFormat,
  exponentOf,
  fusedRounded,
  isNegative,
  singleFormat,
  negativeNan,
  scale,
} from './float-rounding.ts';
import type { FloatFormat } from './float-rounding.ts';
import { f, setErrno } from './libc-context.ts';
import { directionTo } from './long-double.ts';

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

/** The number next to zero; nexttoward sets no errno there. */
function smallestTo(y: number, smallest: number): number {
  if (Number.isNaN(y) || y === 0) return y;
  return y < 0 ? -smallest : smallest;
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

/** x·y + z with one rounding, in the direction that the program has chosen. */
function fusedMultiplyAdd(ctx: LibcContext, x: number, y: number, z: number, format: FloatFormat): number {
  const result = ctx.floats.take(fusedRounded(x, y, z, format, ctx.floats.direction));
  const operands = [x, y, z];
  if (Number.isNaN(result)) {
    if (!operands.some(Number.isNaN)) setErrno(ctx, EDOM);
  } else if (operands.every(Number.isFinite)) {
    const isLost = result === 0 && x !== 0 && y !== 0 && !Object.is(x * y, -z);
    if (!Number.isFinite(result) || (isLost && !isExactZero(x, y, z))) setErrno(ctx, ERANGE);
  }
  return result;
}

/** Whether a sum is zero for no other reason than that its terms cancel each other. */
const isExactZero = (x: number, y: number, z: number): boolean =>
  z !== 0 && fusedRounded(x, y, z, doubleFormat, FE_TONEAREST).flags === 0;

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

/** The same function for double and float. */
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

const singleNeighbours: LibcTable = {
  nextafterf: f('fff', (ctx, [x = 0, y = 0]) => nextAfterSingle(ctx, x, y)),
  nexttowardf: f('ffe', (ctx, [x = 0], _variadic, raw) =>
    x === 0 ? smallestTo(directionTo(x, raw), 2 ** -149) : nextAfterSingle(ctx, x, directionTo(x, raw)),
  ),
  nextupf: f('ff', (ctx, [x = 0]) => nextAfterSingle(ctx, x, Infinity)),
  nextdownf: f('ff', (ctx, [x = 0]) => nextAfterSingle(ctx, x, -Infinity)),
};

/** Exact functions of <math.h> */
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
  nexttoward: f('dde', (ctx, [x = 0], _variadic, raw) =>
    x === 0 ? smallestTo(directionTo(x, raw), 2 ** -1074) : nextAfter(ctx, x, directionTo(x, raw)),
  ),
  nextup: f('dd', (ctx, [x = 0]) => nextAfter(ctx, x, Infinity)),
  nextdown: f('dd', (ctx, [x = 0]) => nextAfter(ctx, x, -Infinity)),
  ...singleNeighbours,
  fma: f('dddd', (ctx, [x = 0, y = 0, z = 0]) => fusedMultiplyAdd(ctx, x, y, z, doubleFormat)),
  fmaf: f('ffff', (ctx, [x = 0, y = 0, z = 0]) => fusedMultiplyAdd(ctx, x, y, z, singleFormat)),
  modf: f('ddp', (ctx, [x = 0, target = 0]) => splitWhole(ctx, x, target, 'd')),
  modff: f('ffp', (ctx, [x = 0, target = 0]) => splitWhole(ctx, x, target, 'f')),
  __fpclassify: f('id', (_ctx, [x = 0]) => classOf(x, 2 ** -1022)),
  __fpclassifyf: f('if', (_ctx, [x = 0]) => classOf(x, 2 ** -126)),
  __signbit: f('id', (_ctx, [x = 0]) => (isNegative(x) ? 1 : 0)),
  __signbitf: f('if', (_ctx, [x = 0]) => (isNegative(x) ? 1 : 0)),
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
