/**
 * Addresses as the view-model writes them. They become `bigint`, because the kernel's mappings ([vsyscall]) lie above
 * 2^53 and the few thousand numbers of a picture are cold.
 */
import type { HexAddress } from '../../src/protocol/view-model.ts';

/** The address that the text stands for. */
export function parseHex(text: HexAddress): bigint {
  return BigInt(text);
}

/** The text `0x…`. */
export function toHex(addr: bigint): HexAddress {
  return `0x${addr.toString(16)}`;
}

/** Hexadecimal digits without `0x`, as /proc/PID/maps prints them. */
export function digits(addr: bigint): string {
  return addr.toString(16);
}

/** A half-open range of addresses. */
export interface AddressRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** The range of `sizeBytes` bytes from `start` on. */
export function rangeOf(start: HexAddress, sizeBytes: number): AddressRange {
  const from = parseHex(start);
  return { start: from, end: from + BigInt(sizeBytes) };
}

/** Whether the ranges share an address. */
export function rangesMeet(a: AddressRange, b: AddressRange): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether the address lies in the range. */
export function holds(range: AddressRange, addr: bigint): boolean {
  return addr >= range.start && addr < range.end;
}

/**
 * The range as one text. The end of a kernel address is cut to its last digits: the full text is 33 characters long.
 */
export function rangeText(range: AddressRange): string {
  const start = digits(range.start);
  const end = digits(range.end);
  return start.length > 12 ? `${start}–…${end.slice(-4)}` : `${start}–${end}`;
}
