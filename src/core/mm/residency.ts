/**
 * mincore and msync: what is in memory, and what is on disk.
 *
 * Source: Linux 6.18, mm/mincore.c: mincore; mm/msync.c.
 * Simplified: files on disk are written back at once and for nothing, so that msync only checks its arguments.
 */
import { PAGE_SIZE, roundUp } from '../../base/address.ts';
import { EBUSY, EINVAL, ENOMEM } from './kernel.ts';
import type { MmStruct } from './mm-struct.ts';
import { PTE_PRESENT } from './page-table.ts';
import { VM_LOCKED } from './vma.ts';

const MS_ASYNC = 1;
const MS_INVALIDATE = 2;
const MS_SYNC = 4;

/**
 * Which pages of [addr, addr + length) are in memory. A page of a file counts when it is in the page cache, mapped or not.
 *
 * @returns one byte a page, bit 0 set when it is; or minus errno
 */
export function mincore(mm: MmStruct, addr: number, length: number): Uint8Array | number {
  if (addr % PAGE_SIZE !== 0) return -EINVAL;
  if (addr + length > mm.profile.taskSize) return -ENOMEM;
  const pages = roundUp(length, PAGE_SIZE) / PAGE_SIZE;
  const answer = new Uint8Array(pages);
  let vma = mm.space.vmaLookup(addr);
  for (let index = 0; index < pages; index++) {
    const at = addr + index * PAGE_SIZE;
    if (vma === undefined || at >= vma.end) vma = mm.space.vmaLookup(at);
    if (vma === undefined) return -ENOMEM;
    const present = (mm.pageTable.get(at / PAGE_SIZE) & PTE_PRESENT) !== 0;
    answer[index] = present || isCached(vma, vma.pgoff + (at - vma.start) / PAGE_SIZE) ? 1 : 0;
  }
  return answer;
}

/** Whether a page that is not mapped is in the page cache. Of the kernel's own mappings mincore always says so. */
function isCached(vma: NonNullable<ReturnType<MmStruct['space']['vmaLookup']>>, pageIndex: number): boolean {
  switch (vma.file?.kind) {
    case undefined:
      return false;
    case 'special':
      return true;
    case 'regular':
      return pageIndex < vma.file.pageCount;
    case 'shmem':
      return vma.file.pages.has(pageIndex);
  }
}

/** Writes changed pages of files back. @returns 0, or minus errno */
export function msync(mm: MmStruct, addr: number, length: number, flags: number): number {
  if ((flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) !== 0) return -EINVAL;
  if (addr % PAGE_SIZE !== 0) return -EINVAL;
  if ((flags & MS_ASYNC) !== 0 && (flags & MS_SYNC) !== 0) return -EINVAL;
  const end = addr + roundUp(length, PAGE_SIZE);
  if (end >= 2 ** 64) return -ENOMEM;
  let missing = false;
  for (let at = addr; at < end;) {
    const vma = mm.space.findVma(at);
    if (vma === undefined) return -ENOMEM;
    if (at < vma.start) {
      missing = true;
      if (vma.start >= end) break;
    }
    if ((flags & MS_INVALIDATE) !== 0 && (vma.flags & VM_LOCKED) !== 0) return -EBUSY;
    at = vma.end;
  }
  return missing ? -ENOMEM : 0;
}
