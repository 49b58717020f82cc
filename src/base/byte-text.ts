/** Bytes as texts, so that they can be searched and serve as keys. */

/** As many characters as an argument list surely holds. */
const BLOCK = 4096;

/** A character for each byte: equal for equal bytes. */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += BLOCK)
    text += String.fromCharCode(...bytes.subarray(at, at + BLOCK));
  return text;
}
