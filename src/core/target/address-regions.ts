/**
 * The whole virtual address space as named regions: the user half, the hole between the halves, the kernel's parts.
 *
 * For the picture: what a process can never map has names and sizes too.
 *
 * Source: Linux, Documentation/arch/x86/x86_64/mm.rst; arch/x86/include/asm/page_64_types.h, pgtable_64_types.h,
 * pgtable_32_areas.h. Bases without KASLR.
 */
import type { MachineProfile } from './machine-profile.ts';

/** What a region is for. */
export type RegionName =
  | 'user'
  | 'user-guard'
  | 'non-canonical'
  | 'kernel-guard'
  | 'ldt-remap'
  | 'direct-map'
  | 'vmalloc'
  | 'vmemmap'
  | 'kasan'
  | 'cpu-entry-area'
  | 'espfix'
  | 'efi'
  | 'kernel-image'
  | 'modules'
  | 'fixmap'
  | 'vsyscall'
  | 'low-memory'
  | 'unused';

/** A range of addresses with a meaning; half-open, `end` may be 2^64. */
export interface AddressRegion {
  readonly name: RegionName;
  readonly start: bigint;
  readonly end: bigint;
}

type Row = readonly [name: RegionName, start: bigint, end: bigint];

const upperEnd: readonly Row[] = [
  ['cpu-entry-area', 0xfffffe0000000000n, 0xfffffe8000000000n],
  ['unused', 0xfffffe8000000000n, 0xffffff0000000000n],
  ['espfix', 0xffffff0000000000n, 0xffffff8000000000n],
  ['unused', 0xffffff8000000000n, 0xffffffef00000000n],
  ['efi', 0xffffffef00000000n, 0xffffffff00000000n],
  ['unused', 0xffffffff00000000n, 0xffffffff80000000n],
  ['kernel-image', 0xffffffff80000000n, 0xffffffffa0000000n],
  ['modules', 0xffffffffa0000000n, 0xffffffffff000000n],
  ['fixmap', 0xffffffffff000000n, 0xffffffffff600000n],
  ['vsyscall', 0xffffffffff600000n, 0xffffffffff601000n],
  ['unused', 0xffffffffff601000n, 0x10000000000000000n],
];

const fourLevelKernel: readonly Row[] = [
  ['kernel-guard', 0xffff800000000000n, 0xffff880000000000n],
  ['ldt-remap', 0xffff880000000000n, 0xffff888000000000n],
  ['direct-map', 0xffff888000000000n, 0xffffc88000000000n],
  ['unused', 0xffffc88000000000n, 0xffffc90000000000n],
  ['vmalloc', 0xffffc90000000000n, 0xffffe90000000000n],
  ['unused', 0xffffe90000000000n, 0xffffea0000000000n],
  ['vmemmap', 0xffffea0000000000n, 0xffffeb0000000000n],
  ['unused', 0xffffeb0000000000n, 0xffffec0000000000n],
  ['kasan', 0xffffec0000000000n, 0xfffffc0000000000n],
  ['unused', 0xfffffc0000000000n, 0xfffffe0000000000n],
];

const fiveLevelKernel: readonly Row[] = [
  ['kernel-guard', 0xff00000000000000n, 0xff10000000000000n],
  ['ldt-remap', 0xff10000000000000n, 0xff11000000000000n],
  ['direct-map', 0xff11000000000000n, 0xff91000000000000n],
  ['unused', 0xff91000000000000n, 0xffa0000000000000n],
  ['vmalloc', 0xffa0000000000000n, 0xffd2000000000000n],
  ['unused', 0xffd2000000000000n, 0xffd4000000000000n],
  ['vmemmap', 0xffd4000000000000n, 0xffd6000000000000n],
  ['unused', 0xffd6000000000000n, 0xffdf000000000000n],
  ['kasan', 0xffdf000000000000n, 0xfffffc0000000000n],
  ['unused', 0xfffffc0000000000n, 0xfffffe0000000000n],
];

/**
 * The regions of the space that a machine's kernel and processors give, from 0 up without gaps.
 *
 * A 32-bit process under a 64-bit kernel is shown in its own 4 GiB: the kernel's half lies beyond what it can name.
 */
export function addressRegions(profile: MachineProfile): readonly AddressRegion[] {
  const task = BigInt(profile.taskSize);
  const rows: Row[] = [['user', 0n, task]];
  if (profile.target === 'i386') {
    const end = 0x100000000n;
    if (profile.nativeKernel) {
      rows.push(['low-memory', task, task + 0x38000000n]);
      rows.push(['unused', task + 0x38000000n, task + 0x38800000n]);
      rows.push(['vmalloc', task + 0x38800000n, 0xffc00000n], ['fixmap', 0xffc00000n, 0xfffff000n]);
      rows.push(['unused', 0xfffff000n, end]);
    } else {
      rows.push(['user-guard', task, end]);
    }
  } else if (profile.pagingLevels === 5) {
    const top = 1n << 56n;
    rows.push(
      ['user-guard', task, 1n << 47n],
      ['user', 1n << 47n, top - 0x1000n],
      ['user-guard', top - 0x1000n, top],
    );
    rows.push(['non-canonical', top, 0xff00000000000000n], ...fiveLevelKernel, ...upperEnd);
  } else {
    rows.push(['user-guard', task, 1n << 47n], ['non-canonical', 1n << 47n, 0xffff800000000000n]);
    rows.push(...fourLevelKernel, ...upperEnd);
  }
  return rows.map(([name, start, end]) => ({ name, start, end }));
}

/** The region that holds an address. */
export function regionOf(profile: MachineProfile, addr: bigint): AddressRegion | undefined {
  return addressRegions(profile).find(({ start, end }) => addr >= start && addr < end);
}
