/**
 * CRC-32 as zlib and gzip compute it.
 *
 * Source: IEEE 802.3, polynomial 0x04C11DB7, reflected.
 */

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) !== 0 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** Continues a checksum over more bytes; the first one starts with 0. */
export function crc32(crc: number, bytes: Uint8Array): number {
  let value = ~crc;
  for (let i = 0; i < bytes.length; i += 1)
    value = (table[(value ^ (bytes[i] ?? 0)) & 255] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
}
