/**
 * Numbers in text: what strtol, strtod and scanf make of characters.
 *
 * Source: C17 7.22.1; glibc 2.36, stdlib/strtol_l.c, stdlib/strtod_l.c (behaviour). The "C" locale.
 */
import { extendedInfinity, negated, newUnit, quietNan } from '../target/extended-float.ts';
import type { Extended } from '../target/extended-float.ts';
import { extendedOfDigits, numberOfDigits } from '../target/float-text.ts';
import { FE_TONEAREST, doubleFormat, negativeNan, roundExact } from './float-rounding.ts';

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

/** What a text begins with. */
interface Spelling {
  readonly isNegative: boolean;
  /** Digits in lower case, or a word. */
  readonly body: string;
  readonly length: number;
}

/** Finds a floating number: decimal, hexadecimal, infinity, nan. */
function spellingOf(text: string): Spelling | undefined {
  const match = floatPattern.exec(text);
  if (match === null) return undefined;
  return { isNegative: match[1] === '-', body: (match[2] ?? '').toLowerCase(), length: match[0].length };
}

/**
 * Reads a floating number.
 *
 * @param format - that the number is rounded to
 * @param direction - of rounding, as <fenv.h> has it
 */
export function parseFloatText(text: string, format = doubleFormat, direction = FE_TONEAREST): FloatText {
  const spelling = spellingOf(text);
  if (spelling === undefined) return { value: 0, length: 0, flags: 0 };
  const { body, isNegative, length } = spelling;
  if (body.startsWith('inf')) return { value: isNegative ? -Infinity : Infinity, length, flags: 0 };
  if (body.startsWith('nan')) return { value: isNegative ? negativeNan : NaN, length, flags: 0 };
  const exact = numberOfDigits(body);
  if (exact === undefined) return { value: isNegative ? -0 : 0, length, flags: 0 };
  return { ...roundExact({ ...exact, isNegative }, format, direction), length };
}

/** The same for `long double`. */
export interface ExtendedText {
  readonly value: Extended;
  readonly length: number;
  readonly flags: number;
}

/** Reads a number as `long double`. */
export function parseExtendedText(text: string, direction = FE_TONEAREST): ExtendedText {
  const spelling = spellingOf(text);
  if (spelling === undefined) return { value: 0n, length: 0, flags: 0 };
  const { body, isNegative, length } = spelling;
  const word = body.startsWith('inf') ? extendedInfinity : body.startsWith('nan') ? quietNan : undefined;
  if (word !== undefined) return { value: isNegative ? negated(word) : word, length, flags: 0 };
  const unit = newUnit(direction);
  return { value: extendedOfDigits(body, isNegative, unit), length, flags: unit.flags };
}
