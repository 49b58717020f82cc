/** `long double` as text: the fewest digits that name the number. */
import { exponentDigits } from '../core/target/float-format.ts';
import { partsOf, magnitudeOf } from '../core/target/extended-float.ts';
import type { Extended } from '../core/target/extended-float.ts';
import { extendedOfDigits } from '../core/target/float-text.ts';

/** Digits that tell all numbers of the format from each other. */
const MOST_DIGITS = 21;
/** Powers of ten from which on, and below which, numbers are written with an exponent, as JavaScript writes doubles. */
const LARGE_POWER = 21;
const SMALL_POWER = -7;

/** A finite number other than zero, without its sign. */
export function shortestExtended(x: Extended): string {
  const { size, exponent } = partsOf(x);
  let text = '';
  for (let digits = 1; digits <= MOST_DIGITS; digits += 1) {
    text = exponentDigits({ size, exponent }, digits - 1, false);
    if (extendedOfDigits(text) === magnitudeOf(x)) break;
  }
  const [mantissa = '', powerText = ''] = text.split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  const power = Number(powerText);
  if (power >= LARGE_POWER || power < SMALL_POWER) {
    const rest = digits.slice(1);
    return `${digits.slice(0, 1)}${rest === '' ? '' : `.${rest}`}e${power < 0 ? '-' : '+'}${String(Math.abs(power))}`;
  }
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0');
  const fraction = digits.slice(power + 1);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
