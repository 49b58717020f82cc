/**
 * The x87 80-bit extended format, as `long double` is stored: 64 bits of significand with explicit integer bit, 15 bits
 * of exponent, sign.
 *
 * Source: Intel SDM volume 1, 4.2.2. Simplified: values are rounded to double when read.
 */

/** The value of ten bytes, rounded to double. */
export function decodeExtended(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 10);
  const significand = view.getBigUint64(0, true);
  const head = view.getUint16(8, true);
  const sign = (head & 0x8000) === 0 ? 1 : -1;
  const exponent = head & 0x7fff;
  if (exponent === 0x7fff)
    return significand << 1n === 1n << 64n || (significand & ((1n << 63n) - 1n)) === 0n
      ? sign * Infinity
      : NaN;
  if (significand === 0n) return sign * 0;
  // Two steps of at most 2^±1000, since 2^-16445 itself is not a double.
  let power = exponent - 16383 - 63;
  let value = Number(significand);
  while (power > 1000) {
    value *= 2 ** 1000;
    power -= 1000;
  }
  while (power < -1000) {
    value *= 2 ** -1000;
    power += 1000;
  }
  return sign * value * 2 ** power;
}

/** Ten bytes with the value of a double; exact. */
export function encodeExtended(value: number): Uint8Array {
  const bytes = new Uint8Array(10);
  const view = new DataView(bytes.buffer);
  const raw = new DataView(new ArrayBuffer(8));
  raw.setFloat64(0, value);
  const bits = raw.getBigUint64(0);
  const sign = Number(bits >> 63n) << 15;
  const exponent = Number((bits >> 52n) & 0x7ffn);
  let fraction = bits & ((1n << 52n) - 1n);
  if (exponent === 0x7ff) {
    view.setBigUint64(0, (1n << 63n) | (fraction << 11n), true);
    view.setUint16(8, sign | 0x7fff, true);
  } else if (exponent === 0 && fraction === 0n) {
    view.setUint16(8, sign, true);
  } else {
    let power = exponent - 1023;
    if (exponent === 0) {
      power = -1022;
      while ((fraction & (1n << 52n)) === 0n) {
        fraction <<= 1n;
        power -= 1;
      }
    } else {
      fraction |= 1n << 52n;
    }
    view.setBigUint64(0, fraction << 11n, true);
    view.setUint16(8, sign | (power + 16383), true);
  }
  return bytes;
}
