/**
 * Numbers of the x87 unit: 64 bits of significand with explicit integer bit, 15 bits of exponent, sign. `long double` is one.
 *
 * A number is its 80 bits as an integer. Operations take a {@link FloatUnit}, which has the direction of rounding and collects
 * the exceptions, as the control and status words do. Encodings that the unit does not take (pseudo-infinities, pseudo-NaNs,
 * unnormals) are invalid operands; pseudo-denormals count as what they say.
 *
 * Source: Intel SDM volume 1, 4.2.2, 4.8 (formats, NaNs), 8.2.2 (unsupported encodings), 8.5 (exceptions: tininess is detected
 * after rounding). Not kept: the exception "denormal operand", which <fenv.h> has no name for.
 */

/** The 80 bits of a number. */
export type Extended = bigint;

/** The exceptions, as the status word has them. Source: Intel SDM volume 1, 8.1.3. */
export const INVALID = 0x01;
export const DIVIDE_BY_ZERO = 0x04;
export const OVERFLOW = 0x08;
export const UNDERFLOW = 0x10;
export const INEXACT = 0x20;

/** The directions of rounding, as the control word has them. Source: Intel SDM volume 1, 8.1.5. */
export const TO_NEAREST = 0;
export const DOWNWARD = 0x400;
export const UPWARD = 0x800;
export const TOWARD_ZERO = 0xc00;

/** What operations read and write besides their operands. */
export interface FloatUnit {
  readonly direction: number;
  flags: number;
}

/** A unit as a process starts with it, and as a compiler computes constants. */
export const newUnit = (direction = TO_NEAREST): FloatUnit => ({ direction, flags: 0 });

const ONE = 1n << 63n;
const MOST = (1n << 64n) - 1n;
const SIGN = 1n << 79n;
const MAGNITUDE = SIGN - 1n;
const QUIET = 1n << 62n;
const TOP_EXPONENT = 0x7fff;

/** Of the value 2^0 × 1. */
export const EXPONENT_BIAS = 16383;
/** Exponents of the largest number, of the smallest normal one, of the unit of subnormal ones. */
export const LARGEST_EXPONENT = 16383;
export const SMALLEST_NORMAL_EXPONENT = -16382;
export const SMALLEST_EXPONENT = -16445;

/** 0 */
export const extendedZero: Extended = 0n;
/** 1 */
export const extendedOne: Extended = (0x3fffn << 64n) | ONE;
/** Infinity. */
export const extendedInfinity: Extended = (0x7fffn << 64n) | ONE;
/** The largest finite number. */
export const extendedMost: Extended = (0x7ffen << 64n) | MOST;
/** The NaN of an empty payload that signals nothing; {@link signallingNan} does. */
export const quietNan: Extended = (0x7fffn << 64n) | ONE | QUIET;
/** The NaN that signals and that a compiler makes. */
export const signallingNan: Extended = (0x7fffn << 64n) | ONE | (QUIET >> 1n);
/** What an invalid operation gives; its sign bit is set. */
export const indefinite: Extended = (0xffffn << 64n) | ONE | QUIET;

/** What a number is. */
export type ExtendedClass = 'zero' | 'finite' | 'infinite' | 'nan' | 'unsupported';

/** ±size × 2^exponent. */
export interface BinaryNumber {
  readonly isNegative: boolean;
  readonly size: bigint;
  readonly exponent: number;
}

const exponentBits = (x: Extended): number => Number((x >> 64n) & 0x7fffn);
const significandBits = (x: Extended): bigint => x & MOST;

/** Whether the sign bit is set, of a NaN too. */
export const isNegative = (x: Extended): boolean => (x & SIGN) !== 0n;
/** The number with the other sign, of a NaN too. */
export const negated = (x: Extended): Extended => x ^ SIGN;
/** The number without its sign. */
export const magnitudeOf = (x: Extended): Extended => x & MAGNITUDE;
/** The first with the sign of the second. */
export const withSign = (x: Extended, of: Extended): Extended => (x & MAGNITUDE) | (of & SIGN);
const signed = (magnitude: Extended, negative: boolean): Extended =>
  negative ? magnitude | SIGN : magnitude;

/** What a number is. */
export function classOf(x: Extended): ExtendedClass {
  const exponent = exponentBits(x);
  const significand = significandBits(x);
  if (exponent === 0) return significand === 0n ? 'zero' : 'finite';
  if ((significand & ONE) === 0n) return 'unsupported';
  if (exponent !== TOP_EXPONENT) return 'finite';
  return significand === ONE ? 'infinite' : 'nan';
}

/** Whether a number is a NaN, or an encoding that counts as one. */
export const isNan = (x: Extended): boolean => {
  const kind = classOf(x);
  return kind === 'nan' || kind === 'unsupported';
};
/** Whether a number is an infinity. */
export const isInfinite = (x: Extended): boolean => magnitudeOf(x) === extendedInfinity;
/** Whether a number is zero, of any sign. */
export const isZero = (x: Extended): boolean => magnitudeOf(x) === 0n;
/** Whether a number is no infinity and no NaN. */
export const isFinite = (x: Extended): boolean => {
  const kind = classOf(x);
  return kind === 'zero' || kind === 'finite';
};
const isSignalling = (x: Extended): boolean => classOf(x) === 'nan' && (x & QUIET) === 0n;

/** A finite number as an integer times a power of two. */
export function partsOf(x: Extended): BinaryNumber {
  const exponent = Math.max(exponentBits(x), 1) - EXPONENT_BIAS - 63;
  return { isNegative: isNegative(x), size: significandBits(x), exponent };
}

/** The exponent of the leading digit of a finite number other than zero. */
export function exponentOf(x: Extended): number {
  const { size, exponent } = partsOf(x);
  return exponent + bitLength(size) - 1;
}

/** Binary digits of an integer >= 0. */
export function bitLength(size: bigint): number {
  if (size === 0n) return 0;
  const digits = size.toString(16);
  return digits.length * 4 - (Math.clz32(Number.parseInt(digits.charAt(0), 16)) - 28);
}

// ---- rounding ----

/** A binary format with an implicit or explicit integer bit. */
export interface BinaryFormat {
  readonly digits: number;
  readonly largest: number;
  readonly smallestNormal: number;
}

/** The x87 unit's own format. */
export const extendedFormat: BinaryFormat = {
  digits: 64,
  largest: LARGEST_EXPONENT,
  smallestNormal: SMALLEST_NORMAL_EXPONENT,
};
const doubleFormat: BinaryFormat = { digits: 53, largest: 1023, smallestNormal: -1022 };
const singleFormat: BinaryFormat = { digits: 24, largest: 127, smallestNormal: -126 };

function isRoundedUp(unit: FloatUnit, negative: boolean, kept: bigint, rest: bigint, half: bigint): boolean {
  if (unit.direction === TO_NEAREST) return rest > half || (rest === half && (kept & 1n) === 1n);
  return unit.direction === (negative ? DOWNWARD : UPWARD);
}

/** Leaves out the last binary digits of a size, which says below its unit whether there is more. */
function dropDigits(
  unit: FloatUnit,
  negative: boolean,
  size: bigint,
  drop: number,
): { readonly kept: bigint; readonly isExact: boolean } {
  if (drop <= 0) return { kept: size << BigInt(-drop), isExact: true };
  const count = BigInt(drop);
  const kept = size >> count;
  const rest = size - (kept << count);
  if (rest === 0n) return { kept, isExact: true };
  const isUp = isRoundedUp(unit, negative, kept, rest, 1n << (count - 1n));
  return { kept: isUp ? kept + 1n : kept, isExact: false };
}

/** A rounded number: `kept` × 2^`unitExponent`, or one that is too large. */
interface Rounded {
  readonly kept: bigint;
  readonly unitExponent: number;
  readonly isOverflow: boolean;
}

/** Rounds a number that is not zero to a format; raises what that raises. */
function roundTo(
  unit: FloatUnit,
  { isNegative: negative, size, exponent }: BinaryNumber,
  format: BinaryFormat,
): Rounded {
  const length = bitLength(size);
  const top = exponent + length - 1;
  const unitExponent = Math.max(top, format.smallestNormal) - (format.digits - 1);
  const { kept: first, isExact } = dropDigits(unit, negative, size, unitExponent - exponent);
  let kept = first;
  let finalUnit = unitExponent;
  if (kept >> BigInt(format.digits) !== 0n) {
    kept >>= 1n;
    finalUnit += 1;
  }
  if (finalUnit + format.digits - 1 > format.largest) {
    unit.flags |= OVERFLOW | INEXACT;
    return { kept, unitExponent: finalUnit, isOverflow: true };
  }
  if (!isExact) {
    unit.flags |= INEXACT;
    if (top < format.smallestNormal && isTinyRounded(unit, negative, size, top, format))
      unit.flags |= UNDERFLOW;
  }
  return { kept, unitExponent: finalUnit, isOverflow: false };
}

/** Whether a number below the normal ones stays below them when it is rounded with as large an exponent as it needs. */
function isTinyRounded(
  unit: FloatUnit,
  negative: boolean,
  size: bigint,
  top: number,
  format: BinaryFormat,
): boolean {
  if (top < format.smallestNormal - 1) return true;
  const { kept } = dropDigits(unit, negative, size, bitLength(size) - format.digits);
  return kept >> BigInt(format.digits) === 0n;
}

/** Whether an overflow gives infinity rather than the largest number. */
const overflowsToInfinity = (unit: FloatUnit, negative: boolean): boolean =>
  unit.direction === TO_NEAREST || unit.direction === (negative ? DOWNWARD : UPWARD);

/**
 * Rounds ±size × 2^exponent.
 *
 * A number that is not known to its last digit is given with at least two more digits than the format has, the last of which
 * is 1 where more follows.
 */
export function rounded(unit: FloatUnit, number: BinaryNumber): Extended {
  const { isNegative: negative } = number;
  if (number.size === 0n) return signed(0n, negative);
  const { kept, unitExponent, isOverflow } = roundTo(unit, number, extendedFormat);
  if (isOverflow)
    return signed(overflowsToInfinity(unit, negative) ? extendedInfinity : extendedMost, negative);
  const biased = (kept & ONE) === 0n ? 0 : unitExponent + 63 + EXPONENT_BIAS;
  return signed((BigInt(biased) << 64n) | kept, negative);
}

/** Rounds numerator / denominator × 2^exponent; both positive. */
export function roundedQuotient(
  unit: FloatUnit,
  isNegativeQuotient: boolean,
  numerator: bigint,
  denominator: bigint,
  exponent: number,
): Extended {
  const shift = Math.max(0, 67 + bitLength(denominator) - bitLength(numerator));
  const scaled = numerator << BigInt(shift);
  const quotient = scaled / denominator;
  const sticky = quotient * denominator === scaled ? 0n : 1n;
  return rounded(unit, {
    isNegative: isNegativeQuotient,
    size: (quotient << 1n) | sticky,
    exponent: exponent - shift - 1,
  });
}

// ---- conversions ----

const view = new DataView(new ArrayBuffer(8));

/** The bits of a double as a number; a signalling NaN becomes quiet, with an exception. */
export function fromDoubleBits(unit: FloatUnit, bits: bigint): Extended {
  return widened(unit, bits, 52n, 11n);
}

/** The same for the bits of a float. */
export function fromSingleBits(unit: FloatUnit, bits: bigint): Extended {
  return widened(unit, bits, 23n, 8n);
}

function widened(unit: FloatUnit, bits: bigint, fractionBits: bigint, widthOfExponent: bigint): Extended {
  const top = (1n << widthOfExponent) - 1n;
  const negative = bits >> (fractionBits + widthOfExponent) === 1n;
  const exponent = (bits >> fractionBits) & top;
  const fraction = bits & ((1n << fractionBits) - 1n);
  if (exponent === top) {
    if (fraction === 0n) return signed(extendedInfinity, negative);
    const nan = extendedInfinity | (fraction << (63n - fractionBits));
    return signed(quieted(unit, nan), negative);
  }
  const bias = Number(top >> 1n);
  const size = exponent === 0n ? fraction : fraction | (1n << fractionBits);
  const power = Math.max(Number(exponent), 1) - bias - Number(fractionBits);
  return rounded(unit, { isNegative: negative, size, exponent: power });
}

/** A double of the host; exact. */
export function fromNumber(value: number): Extended {
  view.setFloat64(0, value);
  return fromDoubleBits(newUnit(), view.getBigUint64(0));
}

/** The nearest double, its exceptions forgotten. */
export function toNumber(x: Extended): number {
  view.setBigUint64(0, toDoubleBits(newUnit(), x));
  return view.getFloat64(0);
}

/** Whether a double has the same value; NaNs count as the same when a double can hold their bits. */
export function isDouble(x: Extended): boolean {
  return fromNumber(toNumber(x)) === x;
}

/** The bits of the double that a number is stored as. */
export function toDoubleBits(unit: FloatUnit, x: Extended): bigint {
  return narrowed(unit, x, doubleFormat, 52n, 11n);
}

/** The bits of the float that a number is stored as. */
export function toSingleBits(unit: FloatUnit, x: Extended): bigint {
  return narrowed(unit, x, singleFormat, 23n, 8n);
}

function narrowed(
  unit: FloatUnit,
  x: Extended,
  format: BinaryFormat,
  fractionBits: bigint,
  widthOfExponent: bigint,
): bigint {
  const negative = isNegative(x);
  const sign = negative ? 1n << (fractionBits + widthOfExponent) : 0n;
  const infinity = ((1n << widthOfExponent) - 1n) << fractionBits;
  switch (classOf(x)) {
    case 'zero':
      return sign;
    case 'infinite':
      return sign | infinity;
    case 'unsupported':
      unit.flags |= INVALID;
      return (1n << (fractionBits + widthOfExponent)) | infinity | (1n << (fractionBits - 1n));
    case 'nan':
      return sign | infinity | ((significandBits(quieted(unit, x)) & (ONE - 1n)) >> (63n - fractionBits));
    case 'finite': {
      const { kept, unitExponent, isOverflow } = roundTo(unit, partsOf(x), format);
      if (isOverflow) return sign | (overflowsToInfinity(unit, negative) ? infinity : infinity - 1n);
      const isNormal = kept >> fractionBits !== 0n;
      const biased = isNormal ? BigInt(unitExponent + Number(fractionBits) + format.largest) : 0n;
      return sign | (biased << fractionBits) | (kept & ((1n << fractionBits) - 1n));
    }
  }
}

/** An integer of any size, rounded. */
export function fromInteger(unit: FloatUnit, value: bigint): Extended {
  const isNegativeValue = value < 0n;
  return rounded(unit, { isNegative: isNegativeValue, size: isNegativeValue ? -value : value, exponent: 0 });
}

/** The integer that a finite number rounds to in a direction, and whether it was one. */
export function wholeOf(
  x: Extended,
  direction: number,
): { readonly whole: bigint; readonly isExact: boolean } {
  const { isNegative: negative, size, exponent } = partsOf(x);
  // Far below the unit only whether there is anything counts.
  const isTiny = exponent < -130;
  const { kept, isExact } = dropDigits(
    newUnit(direction),
    negative,
    isTiny ? BigInt(size === 0n ? 0 : 1) : size,
    isTiny ? 130 : -exponent,
  );
  return { whole: negative ? -kept : kept, isExact };
}

/**
 * A number as a signed integer of so many bits, rounded in the unit's direction; what does not fit gives the smallest one.
 *
 * @source Intel SDM volume 2, FIST
 */
export function toInteger(unit: FloatUnit, x: Extended, bits: 16 | 32 | 64): bigint {
  const least = -(1n << BigInt(bits - 1));
  if (isFinite(x)) {
    const isHuge = !isZero(x) && exponentOf(x) > bits;
    const { whole, isExact } = isHuge ? { whole: least - 1n, isExact: true } : wholeOf(x, unit.direction);
    if (whole >= least && whole < -least) {
      if (!isExact) unit.flags |= INEXACT;
      return whole;
    }
  }
  unit.flags |= INVALID;
  return least;
}

/** The number rounded to an integral one in the unit's direction, with its sign. @source Intel SDM volume 2, FRNDINT */
export function toIntegral(unit: FloatUnit, x: Extended): Extended {
  if (!isFinite(x)) return settled(unit, x);
  if (isZero(x) || partsOf(x).exponent >= 0) return x;
  const { whole, isExact } = wholeOf(x, unit.direction);
  if (isExact) return x;
  unit.flags |= INEXACT;
  return withSign(fromInteger(newUnit(), whole), x);
}

// ---- NaNs ----

/** A NaN that signals nothing any more. */
export function quieted(unit: FloatUnit, nan: Extended): Extended {
  if ((nan & QUIET) === 0n) unit.flags |= INVALID;
  return nan | QUIET;
}

/** What an operation makes of an operand that is no finite number: itself, quiet, or the indefinite NaN. */
export function settled(unit: FloatUnit, x: Extended): Extended {
  const kind = classOf(x);
  if (kind === 'unsupported') return invalid(unit);
  return kind === 'nan' ? quieted(unit, x) : x;
}

/** The result of an invalid operation. */
export function invalid(unit: FloatUnit): Extended {
  unit.flags |= INVALID;
  return indefinite;
}

/**
 * The result of an operation of which an operand is a NaN: of two the quiet one before a signalling one, else the one with the
 * larger significand, else the positive one.
 *
 * @returns undefined when no operand is a NaN or unsupported
 * @source Intel SDM volume 1, table 4-7
 */
export function nanResult(unit: FloatUnit, a: Extended, b: Extended): Extended | undefined {
  const [kindOfA, kindOfB] = [classOf(a), classOf(b)];
  if (kindOfA === 'unsupported' || kindOfB === 'unsupported') return invalid(unit);
  if (kindOfA !== 'nan') return kindOfB === 'nan' ? quieted(unit, b) : undefined;
  if (kindOfB !== 'nan') return quieted(unit, a);
  const [signalsA, signalsB] = [isSignalling(a), isSignalling(b)];
  if (signalsA || signalsB) unit.flags |= INVALID;
  if (signalsA !== signalsB) return signalsA ? b : a;
  const [sizeOfA, sizeOfB] = [significandBits(a), significandBits(b)];
  if (sizeOfA !== sizeOfB) return (sizeOfA > sizeOfB ? a : b) | QUIET;
  return (isNegative(a) ? b : a) | QUIET;
}

// ---- bytes ----

/** The number in ten bytes. */
export function fromBytes(bytes: Uint8Array): Extended {
  const data = new DataView(bytes.buffer, bytes.byteOffset, 10);
  return (BigInt(data.getUint16(8, true)) << 64n) | data.getBigUint64(0, true);
}

/** The ten bytes of a number. */
export function toBytes(x: Extended): Uint8Array {
  const data = new DataView(new ArrayBuffer(10));
  data.setBigUint64(0, significandBits(x), true);
  data.setUint16(8, Number(x >> 64n), true);
  return new Uint8Array(data.buffer);
}
