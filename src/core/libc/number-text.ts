/**
 * Numbers in text: what strtol, strtod and scanf make of characters.
 *
 * Source: C17 7.22.1; glibc 2.36, stdlib/strtol_l.c, stdlib/strtod_l.c (behaviour). The "C" locale.
 */
import { FE_TONEAREST, doubleFormat, negativeNan, roundExact } from './float-rounding.ts';
import type { ExactNumber } from './float-rounding.ts';

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
  /** The exceptions that rounding it raises; overflow and underflow make errno ERANGE. */
  readonly flags: number;
}

const floatPattern =
  /^[\t-\r ]*([+-]?)(0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p[+-]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan(?:\(\w*\))?)/i;

/**
 * Reads a floating number: decimal, hexadecimal, infinity, nan.
 *
 * @param format - that the number is rounded to
 * @param direction - of rounding, as <fenv.h> has it
 */
export function parseFloatText(text: string, format = doubleFormat, direction = FE_TONEAREST): FloatText {
  const match = floatPattern.exec(text);
  if (match === null) return { value: 0, length: 0, flags: 0 };
  const body = (match[2] ?? '').toLowerCase();
  const isNegative = match[1] === '-';
  const length = match[0].length;
  if (body.startsWith('inf')) return { value: isNegative ? -Infinity : Infinity, length, flags: 0 };
  if (body.startsWith('nan')) return { value: isNegative ? negativeNan : NaN, length, flags: 0 };
  const exact = body.startsWith('0x') ? hexadecimalNumber(body.slice(2)) : decimalNumber(body);
  if (exact === undefined) return { value: isNegative ? -0 : 0, length, flags: 0 };
  return { ...roundExact({ ...exact, isNegative }, format, direction), length };
}

type Magnitude = Omit<ExactNumber, 'isNegative'>;

/** Beyond these powers of ten nothing is a number of any format. */
const mostPower = 6000;
/** Digits that a quotient needs for one rounding to any format. */
const quotientDigits = 70;

/** Decimal digits and an exponent; undefined for zero. */
function decimalNumber(text: string): Magnitude | undefined {
  const [digits = '', powerText = '0'] = text.split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const given = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '');
  if (given === '') return undefined;
  const trailing = /0*$/.exec(whole + fraction)?.[0].length ?? 0;
  const power = Number(powerText) - fraction.length + trailing;
  const top = power + given.length;
  if (top > mostPower) return { size: 1n, exponent: 5 * mostPower, isMore: false };
  if (top < -mostPower) return { size: 1n << BigInt(quotientDigits), exponent: -5 * mostPower, isMore: true };
  const size = BigInt(given);
  if (power >= 0) return { size: size * 10n ** BigInt(power), exponent: 0, isMore: false };
  const divisor = 10n ** BigInt(-power);
  const shift = Math.max(0, divisor.toString(2).length - size.toString(2).length) + quotientDigits;
  const quotient = (size << BigInt(shift)) / divisor;
  return { size: quotient, exponent: -shift, isMore: quotient * divisor !== size << BigInt(shift) };
}

/** Digits of a fraction in base 16, an exponent of 2; undefined for zero. */
function hexadecimalNumber(text: string): Magnitude | undefined {
  const [digits = '', powerText = '0'] = text.split('p');
  const [whole = '', fraction = ''] = digits.split('.');
  const size = BigInt(`0x0${whole}${fraction}`);
  if (size === 0n) return undefined;
  const exponent = Math.max(-1e5, Math.min(1e5, Number(powerText))) - 4 * fraction.length;
  return { size, exponent, isMore: false };
}
