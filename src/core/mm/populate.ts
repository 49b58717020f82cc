/**
 * Faulting pages in before the program touches them: MAP_POPULATE, locked memory, MADV_POPULATE.
 *
 * Source: Linux 6.18, mm/gup.c: __mm_populate, populate_vma_page_range, faultin_page_range.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { EFAULT } from './kernel.ts';
import type { MmStruct } from './mm-struct.ts';
import { populatePage } from './page-fault.ts';
import type { Vma } from './vma.ts';
import { VM_IO, VM_LOCKONFAULT, VM_PFNMAP, VM_SHARED, VM_WRITE, vmaIsAccessible } from './vma.ts';

/** Makes the pages of [start, end) present as far as that is possible; failures are passed over. */
export function populate(mm: MmStruct, start: number, end: number): void {
  if (start >= end) return;
  for (
    let vma = mm.space.findVma(start);
    vma !== undefined && vma.start < end;
    vma = mm.space.findVma(vma.end)
  ) {
    populateVma(mm, vma, Math.max(start, vma.start), Math.min(end, vma.end));
  }
}

/**
 * Makes the pages of [start, end) present.
 *
 * @returns 0, or -EFAULT at the first page that cannot be
 */
export function populateOrFail(mm: MmStruct, start: number, end: number): number {
  if (start >= end) return 0;
  for (
    let vma = mm.space.findVma(start);
    vma !== undefined && vma.start < end;
    vma = mm.space.findVma(vma.end)
  ) {
    const result = populateVma(mm, vma, Math.max(start, vma.start), Math.min(end, vma.end));
    if (result < 0) return result;
  }
  return 0;
}

/** Writes to private writable memory, so that later stores need no fault; reads everything else. */
function populateVma(mm: MmStruct, vma: Vma, start: number, end: number): number {
  if ((vma.flags & (VM_IO | VM_PFNMAP | VM_LOCKONFAULT)) !== 0) return 0;
  if (!vmaIsAccessible(vma)) return -EFAULT;
  const write = (vma.flags & (VM_WRITE | VM_SHARED)) === VM_WRITE;
  for (let vpn = start / PAGE_SIZE; vpn < end / PAGE_SIZE; vpn++) {
    if (!populatePage(mm, vma, vpn, write)) return -EFAULT;
  }
  return 0;
}
