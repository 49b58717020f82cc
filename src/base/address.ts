/**
 * Virtual addresses and the arithmetic on them.
 *
 * User addresses are below 2^47 and thus exact in a double. Bit operators would cut an address at
 * 32 bits without a word, so addresses are made and combined only here.
 */

declare const addressBrand: unique symbol;

/** A virtual address in bytes, 0 <= address < 2^53. */
export type Address = number & { readonly [addressBrand]: true };

/** Bytes of one page (x86: 4 KiB). */
export const PAGE_SIZE = 4096;

/** Bytes of 2^32, the weight of the high half of a 64-bit word. */
export const TWO_TO_32 = 0x1_0000_0000;

/** The null address. */
export const NULL_ADDRESS = 0 as Address;

/**
 * Makes an address of a number that is known to be one.
 *
 * @throws RangeError when the number is negative, fractional or 2^53 and above
 */
export function toAddress(value: number): Address {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not an address: ${String(value)}`);
  return value as Address;
}

/** The address `bytes` above (or, negative, below) `addr`. */
export function offsetBy(addr: Address, bytes: number): Address {
  return (addr + bytes) as Address;
}

/** Rounds down to a multiple of `alignment`, any positive integer. */
export function alignDown(addr: Address, alignment: number): Address {
  return (addr - (addr % alignment)) as Address;
}

/** Rounds up to a multiple of `alignment`, any positive integer. */
export function alignUp(addr: Address, alignment: number): Address {
  const rest = addr % alignment;
  return (rest === 0 ? addr : addr + alignment - rest) as Address;
}

/** Rounds a size or an offset up to a multiple of `alignment`. */
export function roundUp(bytes: number, alignment: number): number {
  const rest = bytes % alignment;
  return rest === 0 ? bytes : bytes + alignment - rest;
}

/** Rounds a size or an offset down to a multiple of `alignment`. */
export function roundDown(bytes: number, alignment: number): number {
  return bytes - (bytes % alignment);
}

/** Start of the page that holds `addr`. */
export function pageOf(addr: Address): Address {
  return alignDown(addr, PAGE_SIZE);
}

/** Number of the page that holds `addr`: address / 4096. */
export function pageNumberOf(addr: Address): number {
  return Math.floor(addr / PAGE_SIZE);
}

/** First address of the page with this number. */
export function pageAddress(pageNumber: number): Address {
  return (pageNumber * PAGE_SIZE) as Address;
}

/** Low 32 bits as an unsigned number. */
export function lowHalf(value: number): number {
  return value % TWO_TO_32;
}

/** Bits 32 and up as an unsigned number. */
export function highHalf(value: number): number {
  return Math.floor(value / TWO_TO_32);
}

/** The text `0x…` in lower case without leading zeros. */
export function hexAddress(addr: number): string {
  return `0x${addr.toString(16)}`;
}
