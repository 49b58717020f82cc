/**
 * Floating constants as spelled, exactly: what C's grammar, strtod and scanf have in common.
 *
 * Source: C17 6.4.4.2, 7.22.1.3.
 */
import { newUnit, rounded } from './extended-float.ts';
import type { Extended, FloatUnit } from './extended-float.ts';

/** A number that is not zero and has no sign: size × 2^exponent, and whether there is a little more of it. */
export interface Magnitude {
  readonly size: bigint;
  readonly exponent: number;
  readonly isMore: boolean;
}

/**
 * The number that digits say: decimal with a power of ten after `e`, or hexadecimal after `0x` with a power of two after `p`.
 *
 * @param text - in lower case
 * @returns undefined for zero
 */
export function numberOfDigits(text: string): Magnitude | undefined {
  return text.startsWith('0x') ? hexadecimalNumber(text.slice(2)) : decimalNumber(text);
}

/** The same as a number of the x87 unit, rounded once. */
export function extendedOfDigits(text: string, isNegative = false, unit: FloatUnit = newUnit()): Extended {
  const exact = numberOfDigits(text);
  if (exact === undefined) return rounded(unit, { isNegative, size: 0n, exponent: 0 });
  const { size, exponent, isMore } = exact;
  return rounded(unit, { isNegative, size: (size << 1n) | (isMore ? 1n : 0n), exponent: exponent - 1 });
}

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
