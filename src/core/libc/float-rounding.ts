/**
 * Operations on floating numbers with the exceptions that they raise and in any direction of rounding, as the SSE unit does
 * them.
 *
 * An operation is done to nearest by the host; what it lost is found by an error-free transform (D. E. Knuth, T. J. Dekker)
 * and, where that may itself round, with integers. From the sign of what was lost follow the exception "inexact" and the
 * neighbour that another direction of rounding takes.
 *
 * Source: IEEE 754-2008, 4.3 and 7; Intel SDM volume 1, 4.9.1 (tininess is detected after rounding; underflow is raised for
 * results that are tiny and inexact).
 */

/** The exceptions, as the status register has them. Source: Intel SDM volume 1, 10.2.3. */
export const FE_INVALID = 0x01;
export const FE_DIVBYZERO = 0x04;
export const FE_OVERFLOW = 0x08;
export const FE_UNDERFLOW = 0x10;
export const FE_INEXACT = 0x20;
export const FE_ALL_EXCEPT = 0x3d;

/** The directions of rounding, as the x87 control word has them. */
export const FE_TONEAREST = 0;
export const FE_DOWNWARD = 0x400;
export const FE_UPWARD = 0x800;
export const FE_TOWARDZERO = 0xc00;

/** A number in a format, and the exceptions that rounding to it raises. */
export interface RoundedNumber {
  readonly value: number;
  readonly flags: number;
}

/** A binary format: its precision, the exponents of its largest number, smallest normal one and smallest one. */
export interface FloatFormat {
  readonly digits: number;
  readonly largest: number;
  readonly smallestNormal: number;
  readonly smallest: number;
}

/** binary64 */
export const doubleFormat: FloatFormat = {
  digits: 53,
  largest: 1023,
  smallestNormal: -1022,
  smallest: -1074,
};
/** binary32 */
export const singleFormat: FloatFormat = { digits: 24, largest: 127, smallestNormal: -126, smallest: -149 };

/** A number that is not zero, exactly: ±size × 2^exponent, and whether there is a little more of it. */
export interface ExactNumber {
  readonly isNegative: boolean;
  readonly size: bigint;
  readonly exponent: number;
  readonly isMore: boolean;
}

/** A NaN with the sign bit, as x86 makes it for invalid operations. */
export const negativeNan = new DataView(Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf8, 0xff).buffer).getFloat64(
  0,
  true,
);

const bits = new DataView(new ArrayBuffer(8));

/** Whether a number has the sign bit and is not a NaN. */
export const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);

/** A finite number as an integer times a power of two. */
export function partsOf(x: number): { readonly significand: bigint; readonly exponent: number } {
  bits.setFloat64(0, Math.abs(x));
  const raw = bits.getBigUint64(0);
  const exponent = Number(raw >> 52n);
  const fraction = raw & ((1n << 52n) - 1n);
  const size = exponent === 0 ? fraction : fraction | (1n << 52n);
  return { significand: isNegative(x) ? -size : size, exponent: Math.max(exponent, 1) - 1075 };
}

/** The exponent of a number other than 0, infinities and NaN. */
export function exponentOf(x: number): number {
  bits.setFloat64(0, Math.abs(x));
  const raw = bits.getUint16(0) >> 4;
  return raw === 0 ? exponentOf(x * 2 ** 52) - 52 : raw - 1023;
}

/** Whether a direction of rounding takes the number that is further from zero. */
function roundsAway(direction: number, isNegativeNumber: boolean): boolean {
  return direction === (isNegativeNumber ? FE_DOWNWARD : FE_UPWARD);
}

interface Kept {
  readonly kept: bigint;
  readonly isExact: boolean;
}

/** Leaves out the last `drop` binary digits. */
function keep({ isNegative: negative, size, isMore }: ExactNumber, drop: number, direction: number): Kept {
  if (drop <= 0) return { kept: size << BigInt(-drop), isExact: !isMore };
  const count = BigInt(drop);
  const kept = size >> count;
  const rest = size - (kept << count);
  if (rest === 0n && !isMore) return { kept, isExact: true };
  const half = 1n << (count - 1n);
  const isUp =
    direction === FE_TONEAREST
      ? rest > half || (rest === half && (isMore || (kept & 1n) === 1n))
      : roundsAway(direction, negative);
  return { kept: isUp ? kept + 1n : kept, isExact: false };
}

const lengthOf = (size: bigint): number => size.toString(2).length;

/**
 * Rounds an exact number once.
 *
 * @param number - with `isMore`, of at least two binary digits more than the format
 */
export function roundExact(number: ExactNumber, format: FloatFormat, direction: number): RoundedNumber {
  const sign = number.isNegative ? -1 : 1;
  const length = lengthOf(number.size);
  const normalPlace = length + number.exponent - format.digits;
  const normal = keep(number, normalPlace - number.exponent, direction);
  const exponent = normalPlace + lengthOf(normal.kept) - 1;
  if (exponent > format.largest) {
    const most = (2 - 2 ** (1 - format.digits)) * 2 ** format.largest;
    const isInfinite = direction === FE_TONEAREST || roundsAway(direction, number.isNegative);
    return { value: sign * (isInfinite ? Infinity : most), flags: FE_OVERFLOW | FE_INEXACT };
  }
  const place = Math.max(normalPlace, format.smallest);
  const { kept, isExact } = place === normalPlace ? normal : keep(number, place - number.exponent, direction);
  const isTiny = exponent < format.smallestNormal;
  const flags = isExact ? 0 : FE_INEXACT | (isTiny ? FE_UNDERFLOW : 0);
  return { value: sign * scale(Number(kept), place), flags };
}

/** A signed integer times a power of two, as an exact number. */
export const exactNumber = (value: bigint, exponent: number, isMore = false): ExactNumber => ({
  isNegative: value < 0n,
  size: value < 0n ? -value : value,
  exponent,
  isMore,
});

/** The neighbour of a number that is not zero, away from zero (`1`) or towards it (`-1`). */
function neighbour(x: number, format: FloatFormat, step: 1 | -1): number {
  if (format === singleFormat) {
    bits.setFloat32(0, x);
    bits.setUint32(0, bits.getUint32(0) + step);
    return bits.getFloat32(0);
  }
  bits.setFloat64(0, x);
  bits.setBigUint64(0, bits.getBigUint64(0) + BigInt(step));
  return bits.getFloat64(0);
}

/** A result to nearest in the middle of the range, given the sign of what it lacks. */
function direct(near: number, lost: number, format: FloatFormat, direction: number): RoundedNumber {
  if (lost === 0) return { value: near, flags: 0 };
  const isShort = lost > 0 === near > 0;
  let value = near;
  if (direction !== FE_TONEAREST) {
    const wantsAway = roundsAway(direction, near < 0);
    if (isShort && wantsAway) value = neighbour(near, format, 1);
    else if (!isShort && !wantsAway) value = neighbour(near, format, -1);
  }
  return { value, flags: FE_INEXACT };
}

/** Between these the transforms are exact, and no result comes near the ends of its format. */
const isModerate = (x: number, format: FloatFormat): boolean => {
  const size = Math.abs(x);
  return format === singleFormat ? size > 2 ** -100 && size < 2 ** 100 : size > 2 ** -400 && size < 2 ** 400;
};

const toFormat = (x: number, format: FloatFormat): number => (format === singleFormat ? Math.fround(x) : x);

/** What x + y lacks. */
function sumError(x: number, y: number, sum: number): number {
  const part = sum - x;
  return x - (sum - part) + (y - part);
}

const SPLITTER = 2 ** 27 + 1;

/** What x·y lacks. */
function productError(x: number, y: number, product: number): number {
  const [a, b] = [SPLITTER * x, SPLITTER * y];
  const [xHigh, yHigh] = [a - (a - x), b - (b - y)];
  const [xLow, yLow] = [x - xHigh, y - yHigh];
  return xHigh * yHigh - product + xHigh * yLow + xLow * yHigh + xLow * yLow;
}

/** Results that are not finite, or have operands that are not: to nearest in every direction. */
function special(value: number, operands: readonly number[]): RoundedNumber {
  const given = operands.find(Number.isNaN);
  if (given !== undefined) return { value: given, flags: 0 };
  return Number.isNaN(value) ? { value: negativeNan, flags: FE_INVALID } : { value, flags: 0 };
}

/** A double result with what it lacks, in the format. */
function inFormat(wide: number, lost: number, format: FloatFormat, direction: number): RoundedNumber {
  const near = toFormat(wide, format);
  return direct(near, near === wide ? lost : wide - near, format, direction);
}

/** x + y of operands of the format; a difference is the sum with the opposite number. */
export function addRounded(x: number, y: number, format: FloatFormat, direction: number): RoundedNumber {
  const sum = x + y;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return special(sum, [x, y]);
  if (isModerate(x, format) && isModerate(y, format) && isModerate(sum, format))
    return inFormat(sum, sumError(x, y, sum), format, direction);
  const [a, b] = [partsOf(x), partsOf(y)];
  const exponent = Math.min(a.exponent, b.exponent);
  const exact =
    (a.significand << BigInt(a.exponent - exponent)) + (b.significand << BigInt(b.exponent - exponent));
  if (exact !== 0n) return roundExact(exactNumber(exact, exponent), format, direction);
  // What cancels is +0, downward -0; zeros of one sign keep it.
  const bothNegative = isNegative(x) && isNegative(y);
  const differ = isNegative(x) !== isNegative(y);
  return { value: bothNegative || (differ && direction === FE_DOWNWARD) ? -0 : 0, flags: 0 };
}

/** x × y of operands of the format */
export function multiplyRounded(x: number, y: number, format: FloatFormat, direction: number): RoundedNumber {
  const product = x * y;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return special(product, [x, y]);
  if (x === 0 || y === 0) return { value: product, flags: 0 };
  if (isModerate(x, format) && isModerate(y, format) && isModerate(product, format))
    return inFormat(product, productError(x, y, product), format, direction);
  const [a, b] = [partsOf(x), partsOf(y)];
  const exact = exactNumber(a.significand * b.significand, a.exponent + b.exponent);
  return roundExact(exact, format, direction);
}

/** x / y of operands of the format */
export function divideRounded(x: number, y: number, format: FloatFormat, direction: number): RoundedNumber {
  const quotient = x / y;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return special(quotient, [x, y]);
  const isOrdinary = isModerate(x, format) && isModerate(y, format) && isModerate(quotient, format);
  if (!isOrdinary) return divideExactly(x, y, format, direction);
  const product = quotient * y;
  const rest = x - product - productError(quotient, y, product);
  return inFormat(quotient, y < 0 ? -rest : rest, format, direction);
}

/** x / y of operands that may have more digits than the format. */
export function divideExactly(x: number, y: number, format: FloatFormat, direction: number): RoundedNumber {
  const quotient = x / y;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return special(quotient, [x, y]);
  if (y === 0) return x === 0 ? special(quotient, []) : { value: quotient, flags: FE_DIVBYZERO };
  if (x === 0) return { value: quotient, flags: 0 };
  const [a, b] = [partsOf(x), partsOf(y)];
  const shift = 130n;
  const numerator = (a.significand < 0n ? -a.significand : a.significand) << shift;
  const denominator = b.significand < 0n ? -b.significand : b.significand;
  const size = numerator / denominator;
  return roundExact(
    {
      isNegative: x < 0 !== y < 0,
      size,
      exponent: a.exponent - b.exponent - Number(shift),
      isMore: size * denominator !== numerator,
    },
    format,
    direction,
  );
}

function integerRoot(value: bigint): bigint {
  let root = 1n << BigInt((lengthOf(value) + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** The square root. */
export function squareRootRounded(x: number, format: FloatFormat, direction: number): RoundedNumber {
  if (x < 0) return { value: negativeNan, flags: FE_INVALID };
  if (x === 0 || !Number.isFinite(x)) return special(Math.sqrt(x), [x]);
  const { significand, exponent } = partsOf(x);
  const shift = 140 + (exponent & 1);
  const radicand = significand << BigInt(shift);
  const size = integerRoot(radicand);
  const root = {
    isNegative: false,
    size,
    exponent: (exponent - shift) / 2,
    isMore: size * size !== radicand,
  };
  return roundExact(root, format, direction);
}

/** x·y + z */
export function fusedRounded(
  x: number,
  y: number,
  z: number,
  format: FloatFormat,
  direction: number,
): RoundedNumber {
  if (![x, y, z].every(Number.isFinite)) {
    // An infinity times zero is invalid, whatever is added to it.
    const product = x * y;
    const isInvalid = Number.isNaN(product) && !Number.isNaN(x) && !Number.isNaN(y);
    if (isInvalid) return { value: Number.isNaN(z) ? z : negativeNan, flags: FE_INVALID };
    return special(Number.isFinite(z) ? product : Number.isFinite(product) ? z : product + z, [x, y, z]);
  }
  const [a, b, c] = [partsOf(x), partsOf(y), partsOf(z)];
  const product = a.significand * b.significand;
  if (product === 0n) return addRounded(x * y, z, format, direction);
  const power = a.exponent + b.exponent;
  const exponent = Math.min(power, c.exponent);
  const exact = (product << BigInt(power - exponent)) + (c.significand << BigInt(c.exponent - exponent));
  if (exact !== 0n) return roundExact(exactNumber(exact, exponent), format, direction);
  return { value: direction === FE_DOWNWARD ? -0 : 0, flags: 0 };
}

/** A double as a float. */
export function narrowRounded(x: number, direction: number): RoundedNumber {
  if (x === 0 || !Number.isFinite(x)) return special(Math.fround(x), [x]);
  const { significand, exponent } = partsOf(x);
  return roundExact(exactNumber(significand, exponent), singleFormat, direction);
}

/** An integer as a floating number. */
export function integerRounded(value: bigint, format: FloatFormat, direction: number): RoundedNumber {
  return value === 0n ? { value: 0, flags: 0 } : roundExact(exactNumber(value, 0), format, direction);
}

/** The whole number next to a number in a direction; zero keeps the sign. */
export function wholeInDirection(x: number, direction: number): number {
  const whole = wholeOf(x, direction);
  return whole === 0 && isNegative(x) ? -0 : whole;
}

function wholeOf(x: number, direction: number): number {
  switch (direction) {
    case FE_DOWNWARD:
      return Math.floor(x);
    case FE_UPWARD:
      return Math.ceil(x);
    case FE_TOWARDZERO:
      return Math.trunc(x);
    default: {
      if (!Number.isFinite(x)) return x;
      const floor = Math.floor(x);
      const rest = x - floor;
      return rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
    }
  }
}

/** value × 2^power, rounded once: in steps that do not leave the range too early. */
export function scale(value: number, power: number): number {
  let result = value;
  let left = Math.max(-5000, Math.min(5000, power));
  for (; left > 1023; left -= 1023) result *= 2 ** 1023;
  // All steps but the last stay in the range of normal numbers, so only the last one rounds.
  for (; left < -900 && Math.abs(result) > 2 ** -100; left += 900) result *= 2 ** -900;
  return left < -1074 ? result * 2 ** -1022 * 2 ** Math.max(left + 1022, -1022) : result * 2 ** left;
}
