/**
 * Names of the flags of mmap and mprotect, as strace spells them.
 *
 * Source: Linux, asm-generic/mman-common.h and mman.h on x86.
 */
const protections: readonly (readonly [number, string])[] = [
  [1, 'PROT_READ'],
  [2, 'PROT_WRITE'],
  [4, 'PROT_EXEC'],
];

const mapFlags: readonly (readonly [number, string])[] = [
  [0x01, 'MAP_SHARED'],
  [0x02, 'MAP_PRIVATE'],
  [0x10, 'MAP_FIXED'],
  [0x20, 'MAP_ANONYMOUS'],
  [0x40, 'MAP_32BIT'],
  [0x100, 'MAP_GROWSDOWN'],
  [0x4000, 'MAP_NORESERVE'],
  [0x8000, 'MAP_POPULATE'],
  [0x20000, 'MAP_STACK'],
  [0x100000, 'MAP_FIXED_NOREPLACE'],
];

function names(value: number, table: readonly (readonly [number, string])[], none: string): string {
  const found = table.filter(([bit]) => (value & bit) !== 0).map(([, name]) => name);
  const rest = table.reduce((left, [bit]) => left & ~bit, value);
  if (rest !== 0) found.push(`0x${rest.toString(16)}`);
  return found.length === 0 ? none : found.join('|');
}

/** `PROT_READ|PROT_WRITE` */
export const protectionNames = (value: number): string => names(value, protections, 'PROT_NONE');

/** `MAP_PRIVATE|MAP_ANONYMOUS` */
export const flagNames = (value: number): string => names(value, mapFlags, '0');
