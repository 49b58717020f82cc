/**
 * Decimal and hexadecimal text of floating numbers, correctly rounded from the exact value, for any precision.
 *
 * Source: C17 7.21.6.1 (%f %e %g %a); rounding as glibc does it, in the direction that is set.
 */

/** A finite number >= 0 of any format, exactly: size × 2^exponent. */
export interface ExactSize {
  readonly size: bigint;
  readonly exponent: number;
}

/** A finite number >= 0: a double, or one of another format. */
type Magnitude = number | ExactSize;

const isZero = (value: Magnitude): boolean => (typeof value === 'number' ? value === 0 : value.size === 0n);

/** The parts of a number. */
function decompose(value: Magnitude): { readonly mantissa: bigint; readonly exponent: number } {
  if (typeof value !== 'number') return { mantissa: value.size, exponent: value.exponent };
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** How digits that are left out round those that stay: to nearest with halves to even, up in size, not at all. */
export type DigitRounding = 'nearest' | 'away' | 'zero';

/** numerator / denominator, rounded. */
function divideRounded(numerator: bigint, denominator: bigint, rounding: DigitRounding): bigint {
  const quotient = numerator / denominator;
  if (rounding !== 'nearest')
    return rounding === 'away' && quotient * denominator !== numerator ? quotient + 1n : quotient;
  const twice = 2n * (numerator % denominator);
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** value × 10^scale, rounded to an integer. */
function scaled(value: Magnitude, scale: number, rounding: DigitRounding): bigint {
  const { mantissa, exponent } = decompose(value);
  let numerator = mantissa;
  let denominator = 1n;
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  if (scale >= 0) numerator *= 10n ** BigInt(scale);
  else denominator *= 10n ** BigInt(-scale);
  return divideRounded(numerator, denominator, rounding);
}

/** Digits of %f for a finite value >= 0. */
export function fixedDigits(
  value: Magnitude,
  precision: number,
  keepPoint: boolean,
  rounding: DigitRounding = 'nearest',
): string {
  const digits = scaled(value, precision, rounding)
    .toString()
    .padStart(precision + 1, '0');
  const whole = digits.slice(0, digits.length - precision);
  return precision > 0 ? `${whole}.${digits.slice(-precision)}` : keepPoint ? `${whole}.` : whole;
}

/** The `precision + 1` significant digits of a finite value >= 0 and the decimal exponent of the first one. */
function significantDigits(
  value: Magnitude,
  precision: number,
  rounding: DigitRounding,
): { readonly digits: string; readonly exponent: number } {
  if (isZero(value)) return { digits: '0'.repeat(precision + 1), exponent: 0 };
  let exponent = estimatedPower(value);
  for (;;) {
    const digits = scaled(value, precision - exponent, rounding).toString();
    if (digits.length === precision + 1) {
      // Something a little below a power of ten has one more digit to give: 9.9999999999999995e-08, not 1e-07.
      const finer = /^10*$/.test(digits) ? scaled(value, precision - exponent + 1, rounding).toString() : '';
      return finer.length === precision + 1
        ? { digits: finer, exponent: exponent - 1 }
        : { digits, exponent };
    }
    // The estimate was one off, or rounding carried into a new digit.
    exponent += digits.length > precision + 1 ? 1 : -1;
  }
}

/** The power of ten of the first digit, or one off. */
function estimatedPower(value: Magnitude): number {
  if (typeof value === 'number') {
    const power = Math.floor(Math.log10(value));
    return Number.isFinite(power) ? power : -324;
  }
  const digits = value.size.toString(2).length;
  return Math.floor((value.exponent + digits - 1) * Math.LOG10E * Math.LN2);
}

/** Whether a number is less than 10^power, power >= 0. */
function isBelowPower(value: Magnitude, power: number): boolean {
  const { mantissa, exponent } = decompose(value);
  const limit = 10n ** BigInt(power);
  return exponent >= 0 ? mantissa << BigInt(exponent) < limit : mantissa < limit << BigInt(-exponent);
}

/** Digits of %e for a finite value >= 0. */
export function exponentDigits(
  value: Magnitude,
  precision: number,
  keepPoint: boolean,
  rounding: DigitRounding = 'nearest',
): string {
  const { digits, exponent } = significantDigits(value, precision, rounding);
  const head = digits.slice(0, 1);
  const tail = digits.slice(1);
  const size = Math.abs(exponent).toString().padStart(2, '0');
  return `${head}${tail.length > 0 || keepPoint ? '.' : ''}${tail}e${exponent < 0 ? '-' : '+'}${size}`;
}

/**
 * Digits of %g for a finite value >= 0; `keepZeros` is the flag `#`.
 *
 * glibc chooses between the two styles before it rounds. A value whose rounding carries it out of the fixed style
 * (999999.9 with six digits) is then written with an exponent and, under `#`, without the zeros: `1.e+06`.
 * Source: glibc 2.36, stdio-common/printf_fp.c (behaviour, measured).
 */
export function generalDigits(
  value: Magnitude,
  precision: number,
  keepZeros: boolean,
  rounding: DigitRounding = 'nearest',
): string {
  const significant = precision === 0 ? 1 : precision;
  const { exponent } = significantDigits(value, significant - 1, rounding);
  if (exponent < -4 || exponent >= significant) {
    const text = exponentDigits(value, significant - 1, keepZeros, rounding);
    const carried = exponent === significant && isBelowPower(value, exponent);
    if (keepZeros && !carried) return text;
    const at = text.indexOf('e');
    const stripped = stripZeros(text.slice(0, at));
    return (keepZeros ? `${stripped}.` : stripped) + text.slice(at);
  }
  const text = fixedDigits(value, significant - 1 - exponent, keepZeros, rounding);
  return keepZeros ? text : stripZeros(text);
}

function stripZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/**
 * Digits of %a for a finite double >= 0, without the leading `0x`; `precision` undefined for as many as needed.
 *
 * @param value - a double, whose first digit is its leading bit, or a number of the x87 unit, of which it is four bits
 */
export function hexadecimalDigits(
  value: Magnitude,
  precision: number | undefined,
  keepPoint: boolean,
  rounding: DigitRounding = 'nearest',
): string {
  const most = typeof value === 'number' ? 13 : 15;
  const { mantissa: given, exponent } = decompose(value);
  const fractionBits = BigInt(4 * most);
  let mantissa = given;
  let power = given === 0n ? 0 : exponent + 4 * most;
  if (precision !== undefined && precision < most && mantissa !== 0n) {
    const drop = BigInt(4 * (most - precision));
    mantissa = divideRounded(mantissa, 1n << drop, rounding) << drop;
  }
  // A carry out of the four leading bits begins with 1 again.
  if (typeof value !== 'number' && mantissa >> fractionBits > 15n) {
    mantissa >>= 4n;
    power += 4;
  }
  const lead = (mantissa >> fractionBits).toString(16);
  let fraction = (mantissa & ((1n << fractionBits) - 1n)).toString(16).padStart(most, '0');
  fraction =
    precision === undefined
      ? fraction.replace(/0+$/, '')
      : fraction.padEnd(precision, '0').slice(0, precision);
  return `${lead}${fraction.length > 0 || keepPoint ? '.' : ''}${fraction}p${power < 0 ? '-' : '+'}${String(Math.abs(power))}`;
}
