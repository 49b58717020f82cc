/**
 * CRC-32 as zlib and gzip compute it, eight bytes a step.
 *
 * Source: IEEE 802.3, polynomial 0x04C11DB7, reflected. Table k advances a byte by k further zero bytes.
 */

const tables = makeTables();

function makeTables(): Uint32Array {
  const all = new Uint32Array(8 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) !== 0 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
    all[byte] = crc;
  }
  for (let i = 256; i < all.length; i += 1) {
    const before = all[i - 256] ?? 0;
    all[i] = (all[before & 255] ?? 0) ^ (before >>> 8);
  }
  return all;
}

/** Continues a checksum over more bytes; the first one starts with 0. */
export function crc32(crc: number, bytes: Uint8Array): number {
  const t = tables;
  let value = ~crc;
  let i = 0;
  if (bytes.byteOffset % 4 === 0) {
    // Little-endian words, as every host of this program has them.
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
    for (let k = 0; k + 1 < words.length; k += 2) {
      const a = (words[k] as number) ^ value;
      const b = words[k + 1] as number;
      value =
        (t[1792 + (a & 255)] as number) ^
        (t[1536 + ((a >>> 8) & 255)] as number) ^
        (t[1280 + ((a >>> 16) & 255)] as number) ^
        (t[1024 + (a >>> 24)] as number) ^
        (t[768 + (b & 255)] as number) ^
        (t[512 + ((b >>> 8) & 255)] as number) ^
        (t[256 + ((b >>> 16) & 255)] as number) ^
        (t[b >>> 24] as number);
    }
    i = (bytes.length >>> 3) * 8;
  }
  for (; i < bytes.length; i += 1)
    value = (t[(value ^ (bytes[i] as number)) & 255] as number) ^ (value >>> 8);
  return ~value >>> 0;
}
