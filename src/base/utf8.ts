/**
 * UTF-8, for the layers that have no TextEncoder.
 *
 * Source: RFC 3629.
 */

/** First of the low surrogates that stand, alone, for the bytes 0x80 to 0xff of a source that is not UTF-8. */
const RAW_BYTE = 0xdc80;

/** The bytes of one code point, 0 <= code < 2^21; of the mark of a raw byte that byte. */
export function utf8OfCodePoint(code: number): number[] {
  if (code >= RAW_BYTE && code < RAW_BYTE + 0x80) return [code - RAW_BYTE + 0x80];
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
}

/** The bytes of a text. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) bytes.push(...utf8OfCodePoint(character.codePointAt(0) ?? 0));
  return Uint8Array.from(bytes);
}

/** The text of bytes; what is not UTF-8 becomes U+FFFD, one for each byte. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decode(bytes, () => '\ufffd');
}

/** The text of a C source: bytes that are not UTF-8 become marks that {@link encodeUtf8} turns into the same bytes. */
export function decodeSource(bytes: Uint8Array): string {
  return decode(bytes, (byte) => String.fromCharCode(RAW_BYTE + byte - 0x80));
}

function decode(bytes: Uint8Array, ofRawByte: (byte: number) => string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    const length =
      first < 0x80 ? 1 : first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    let code = length === 1 ? first : first & (0x7f >> length);
    let isValid = length > 0 && at + length <= bytes.length && first < 0xf5;
    for (let i = 1; isValid && i < length; i++) {
      const next = bytes[at + i] ?? 0;
      isValid = (next & 0xc0) === 0x80;
      code = (code << 6) | (next & 63);
    }
    const least = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
    isValid = isValid && code >= least && code < 0x110000 && !(code >= 0xd800 && code < 0xe000);
    parts.push(isValid ? String.fromCodePoint(code) : ofRawByte(first));
    at += isValid ? length : 1;
  }
  return parts.join('');
}
