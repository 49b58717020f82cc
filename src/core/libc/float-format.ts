/**
 * Decimal and hexadecimal text of doubles, correctly rounded from the exact value, for any precision.
 *
 * Source: C17 7.21.6.1 (%f %e %g %a); rounding as glibc does it, in the direction that is set.
 */

/** An exact finite non-negative double: mantissa × 2^exponent. */
function decompose(value: number): { readonly mantissa: bigint; readonly exponent: number } {
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
function scaled(value: number, scale: number, rounding: DigitRounding): bigint {
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
  value: number,
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
  value: number,
  precision: number,
  rounding: DigitRounding,
): { readonly digits: string; readonly exponent: number } {
  if (value === 0) return { digits: '0'.repeat(precision + 1), exponent: 0 };
  let exponent = Math.floor(Math.log10(value));
  if (!Number.isFinite(exponent)) exponent = -324;
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

/** Digits of %e for a finite value >= 0. */
export function exponentDigits(
  value: number,
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
  value: number,
  precision: number,
  keepZeros: boolean,
  rounding: DigitRounding = 'nearest',
): string {
  const significant = precision === 0 ? 1 : precision;
  const { exponent } = significantDigits(value, significant - 1, rounding);
  if (exponent < -4 || exponent >= significant) {
    const text = exponentDigits(value, significant - 1, keepZeros, rounding);
    const carried = exponent === significant && value < 10 ** exponent;
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

/** Digits of %a for a finite value >= 0, without the leading `0x`; `precision` undefined for as many as needed. */
export function hexadecimalDigits(
  value: number,
  precision: number | undefined,
  keepPoint: boolean,
  rounding: DigitRounding = 'nearest',
): string {
  let { mantissa } = decompose(value);
  const { exponent } = decompose(value);
  let power = exponent + 52;
  if (mantissa === 0n) power = 0;
  if (precision !== undefined && precision < 13 && mantissa !== 0n) {
    const drop = BigInt(4 * (13 - precision));
    mantissa = divideRounded(mantissa, 1n << drop, rounding) << drop;
  }
  const lead = (mantissa >> 52n).toString(16);
  let fraction = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, '0');
  fraction =
    precision === undefined
      ? fraction.replace(/0+$/, '')
      : fraction.padEnd(precision, '0').slice(0, precision);
  return `${lead}${fraction.length > 0 || keepPoint ? '.' : ''}${fraction}p${power < 0 ? '-' : '+'}${String(Math.abs(power))}`;
}
