/**
 * Numbers in text: what strtol, strtod and scanf make of characters.
 *
 * Source: C17 7.22.1; glibc 2.36, stdlib/strtol_l.c, stdlib/strtod_l.c (behaviour). The "C" locale.
 */

/** An integer of any size at the start of a text. */
export interface IntegerText {
  readonly magnitude: bigint;
  readonly isNegative: boolean;
  /** Characters read; 0 when there is no number. */
  readonly length: number;
}

const isSpace = (c: number): boolean => c === 0x20 || (c >= 9 && c <= 13);

/** Value of a digit or letter, 99 for other characters. */
function digitValue(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const lower = c | 32;
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x57 : 99;
}

/**
 * Reads an integer: white space, sign, prefix of the base, digits.
 *
 * @param at - the character at an index; 0 at the end
 * @param base - 0 or 2 to 36
 */
export function parseInteger(at: (index: number) => number, base: number): IntegerText {
  let i = 0;
  while (isSpace(at(i))) i += 1;
  const isNegative = at(i) === 0x2d;
  if (isNegative || at(i) === 0x2b) i += 1;
  let radix = base;
  if (at(i) === 0x30) {
    const isHexadecimal = (base === 0 || base === 16) && (at(i + 1) | 32) === 0x78;
    if (isHexadecimal && digitValue(at(i + 2)) < 16) {
      i += 2;
      radix = 16;
    } else if (base === 0) radix = 8;
  }
  if (radix === 0) radix = 10;
  const first = i;
  let magnitude = 0n;
  for (let digit = digitValue(at(i)); digit < radix; digit = digitValue(at(i))) {
    magnitude = magnitude * BigInt(radix) + BigInt(digit);
    i += 1;
  }
  return { magnitude, isNegative, length: i === first ? 0 : i };
}

/** A floating constant at the start of a text. */
export interface FloatText {
  readonly value: number;
  /** Characters read; 0 when there is no number. */
  readonly length: number;
  /** Too large, or so small that digits were lost: errno becomes ERANGE. */
  readonly isOutOfRange: boolean;
}

const floatPattern =
  /^[\t-\r ]*([+-]?)(0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p[+-]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan(?:\(\w*\))?)/i;

/** A NaN with the sign bit, as x86 makes it for invalid operations. */
export const negativeNan = new DataView(Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf8, 0xff).buffer).getFloat64(
  0,
  true,
);

/** Smallest normal double. */
const smallestNormal = 2 ** -1022;

/** Reads a floating number: decimal, hexadecimal, infinity, nan; rounded to nearest. */
export function parseFloatText(text: string): FloatText {
  const match = floatPattern.exec(text);
  if (match === null) return { value: 0, length: 0, isOutOfRange: false };
  const body = (match[2] ?? '').toLowerCase();
  const sign = match[1] === '-' ? -1 : 1;
  const length = match[0].length;
  if (body.startsWith('inf')) return { value: sign * Infinity, length, isOutOfRange: false };
  if (body.startsWith('nan')) return { value: sign < 0 ? negativeNan : NaN, length, isOutOfRange: false };
  const { value, isExact } = body.startsWith('0x') ? hexadecimalValue(body.slice(2)) : decimalValue(body);
  // A subnormal result is a range error only when digits were lost.
  const isLost = value < smallestNormal && !isExact;
  return { value: sign * value, length, isOutOfRange: value === Infinity || isLost };
}

interface Rounded {
  readonly value: number;
  readonly isExact: boolean;
}

function decimalValue(text: string): Rounded {
  const value = Number(text);
  if (value >= smallestNormal) return { value, isExact: true };
  const isZero = !/[1-9]/.test(text.split('e')[0] ?? '');
  // No decimal fraction that one would write down is a subnormal double exactly.
  return { value, isExact: isZero };
}

/** Digits of a fraction in base 16, an exponent of 2: rounded half to even. */
function hexadecimalValue(text: string): Rounded {
  const [digits = '', powerText = '0'] = text.split('p');
  const [whole = '', fraction = ''] = digits.split('.');
  const mantissa = BigInt(`0x0${whole}${fraction}`);
  if (mantissa === 0n) return { value: 0, isExact: true };
  const power = Math.max(-1e6, Math.min(1e6, Number(powerText))) - 4 * fraction.length;
  const bits = mantissa.toString(2).length;
  // The last binary place that a double of this size has.
  const last = Math.max(power + bits - 53, -1074);
  const drop = last - power;
  if (drop <= 0) return { value: scale(Number(mantissa), power), isExact: true };
  const unit = 1n << BigInt(Math.min(drop, bits + 2));
  const rest = mantissa % unit;
  const kept = mantissa / unit;
  const isUp = 2n * rest > unit || (2n * rest === unit && (kept & 1n) === 1n);
  return { value: scale(Number(isUp ? kept + 1n : kept), last), isExact: rest === 0n };
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
