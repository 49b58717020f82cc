/**
 * Names of the flags of system calls about memory, as strace spells them.
 *
 * Source: Linux, asm-generic/mman-common.h, linux/mman.h, and mman.h on x86.
 */
const protections: readonly (readonly [number, string])[] = [
  [1, 'PROT_READ'],
  [2, 'PROT_WRITE'],
  [4, 'PROT_EXEC'],
];

const mapFlags: readonly (readonly [number, string])[] = [
  [0x10, 'MAP_FIXED'],
  [0x20, 'MAP_ANONYMOUS'],
  [0x40, 'MAP_32BIT'],
  [0x100, 'MAP_GROWSDOWN'],
  [0x2000, 'MAP_LOCKED'],
  [0x4000, 'MAP_NORESERVE'],
  [0x8000, 'MAP_POPULATE'],
  [0x10000, 'MAP_NONBLOCK'],
  [0x20000, 'MAP_STACK'],
  [0x40000, 'MAP_HUGETLB'],
  [0x80000, 'MAP_SYNC'],
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

/** The low four bits of the flags of mmap are a number. */
const MAP_TYPE = 0x0f;
const mapTypes: ReadonlyMap<number, string> = new Map([
  [1, 'MAP_SHARED'],
  [2, 'MAP_PRIVATE'],
  [3, 'MAP_SHARED_VALIDATE'],
  [8, 'MAP_DROPPABLE'],
]);

/** `MAP_PRIVATE|MAP_ANONYMOUS` */
export function flagNames(value: number): string {
  const type = mapTypes.get(value & MAP_TYPE);
  if (type === undefined) return names(value, mapFlags, '0');
  const rest = value & ~MAP_TYPE;
  return rest === 0 ? type : `${type}|${names(rest, mapFlags, '')}`;
}

const advice: ReadonlyMap<number, string> = new Map([
  [0, 'MADV_NORMAL'],
  [1, 'MADV_RANDOM'],
  [2, 'MADV_SEQUENTIAL'],
  [3, 'MADV_WILLNEED'],
  [4, 'MADV_DONTNEED'],
  [8, 'MADV_FREE'],
  [9, 'MADV_REMOVE'],
  [10, 'MADV_DONTFORK'],
  [11, 'MADV_DOFORK'],
  [12, 'MADV_MERGEABLE'],
  [13, 'MADV_UNMERGEABLE'],
  [14, 'MADV_HUGEPAGE'],
  [15, 'MADV_NOHUGEPAGE'],
  [16, 'MADV_DONTDUMP'],
  [17, 'MADV_DODUMP'],
  [18, 'MADV_WIPEONFORK'],
  [19, 'MADV_KEEPONFORK'],
  [20, 'MADV_COLD'],
  [21, 'MADV_PAGEOUT'],
  [22, 'MADV_POPULATE_READ'],
  [23, 'MADV_POPULATE_WRITE'],
  [24, 'MADV_DONTNEED_LOCKED'],
  [25, 'MADV_COLLAPSE'],
]);

const flagsOf =
  (...table: readonly (readonly [number, string])[]) =>
  (value: number): string =>
    names(value, table, '0');

/** How arguments that are no plain numbers are spelled: by call and place. */
export const argumentSpellings: Readonly<
  Record<string, Readonly<Record<number, (value: number) => string>> | undefined>
> = {
  mmap: { 2: protectionNames, 3: flagNames },
  mmap2: { 2: protectionNames, 3: flagNames },
  mprotect: { 2: protectionNames },
  mremap: { 3: flagsOf([1, 'MREMAP_MAYMOVE'], [2, 'MREMAP_FIXED'], [4, 'MREMAP_DONTUNMAP']) },
  madvise: { 2: (value) => advice.get(value) ?? String(value) },
  msync: { 2: flagsOf([1, 'MS_ASYNC'], [2, 'MS_INVALIDATE'], [4, 'MS_SYNC']) },
  mlock2: { 2: flagsOf([1, 'MLOCK_ONFAULT']) },
  mlockall: { 0: flagsOf([1, 'MCL_CURRENT'], [2, 'MCL_FUTURE'], [4, 'MCL_ONFAULT']) },
};
