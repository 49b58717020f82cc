/**
 * mlock, munlock, mlockall, munlockall: memory that stays in memory.
 *
 * Nothing is ever swapped out here; what remains is their effect on faults (locked pages come at once), on VMAs (locked
 * ones do not merge with others) and on the limit of locked memory.
 *
 * Source: Linux 6.18, mm/mlock.c: do_mlock, apply_vma_lock_flags, mlock_fixup, apply_mlockall_flags.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import { EAGAIN, EFAULT, EINVAL, ENOMEM, EPERM } from './kernel.ts';
import type { MmStruct } from './mm-struct.ts';
import { populate, populateOrFail } from './populate.ts';
import type { Vma } from './vma.ts';
import { VM_DROPPABLE, VM_LOCKED, VM_LOCKED_MASK, VM_LOCKONFAULT, VM_SPECIAL } from './vma.ts';

/** Flag of mlock2: lock pages when they are touched. */
const MLOCK_ONFAULT = 1;

const MCL_CURRENT = 1;
const MCL_FUTURE = 2;
const MCL_ONFAULT = 4;

/** Locks the pages of [addr, addr + length) and faults them in. */
export function mlock(mm: MmStruct, addr: number, length: number, flags: number): number {
  if ((flags & ~MLOCK_ONFAULT) !== 0) return -EINVAL;
  if (!mm.profile.privileged && mm.limits.memlock === 0) return -EPERM;
  const start = roundDown(addr, PAGE_SIZE);
  const bytes = roundUp(length + (addr - start), PAGE_SIZE);
  const end = start + bytes;
  if (!mm.profile.privileged && mm.space.lockedPages + bytes / PAGE_SIZE > memlockPages(mm)) {
    const already = lockedPagesIn(mm, start, end);
    if (mm.space.lockedPages + bytes / PAGE_SIZE - already > memlockPages(mm)) return -ENOMEM;
  }
  const lockFlags = VM_LOCKED | (flags === MLOCK_ONFAULT ? VM_LOCKONFAULT : 0);
  const result = applyLockFlags(mm, start, end, lockFlags);
  if (result < 0) return result;
  const populated = populateOrFail(mm, start, end);
  if (populated === 0) return 0;
  return populated === -EFAULT ? -ENOMEM : -EAGAIN;
}

/** Undoes mlock for [addr, addr + length). */
export function munlock(mm: MmStruct, addr: number, length: number): number {
  const start = roundDown(addr, PAGE_SIZE);
  return applyLockFlags(mm, start, start + roundUp(length + (addr - start), PAGE_SIZE), 0);
}

/** Locks all mappings, those to come, or both. */
export function mlockall(mm: MmStruct, flags: number): number {
  if (flags === 0 || (flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)) !== 0 || flags === MCL_ONFAULT)
    return -EINVAL;
  if (!mm.profile.privileged) {
    if (mm.limits.memlock === 0) return -EPERM;
    if ((flags & MCL_CURRENT) !== 0 && mm.space.totalPages > memlockPages(mm)) return -ENOMEM;
  }
  const lockFlags = VM_LOCKED | ((flags & MCL_ONFAULT) !== 0 ? VM_LOCKONFAULT : 0);
  mm.defaultFlags = (flags & MCL_FUTURE) !== 0 ? lockFlags : 0;
  if ((flags & MCL_CURRENT) === 0) return 0;
  lockAll(mm, lockFlags);
  populate(mm, 0, mm.profile.taskSize);
  return 0;
}

/** Unlocks everything. */
export function munlockall(mm: MmStruct): number {
  mm.defaultFlags = 0;
  lockAll(mm, 0);
  return 0;
}

function memlockPages(mm: MmStruct): number {
  return Math.floor(mm.limits.memlock / PAGE_SIZE);
}

function lockedPagesIn(mm: MmStruct, start: number, end: number): number {
  let pages = 0;
  for (let vma = mm.space.findIntersection(start, end); vma !== undefined;) {
    if ((vma.flags & VM_LOCKED) !== 0)
      pages += (Math.min(vma.end, end) - Math.max(vma.start, start)) / PAGE_SIZE;
    vma = mm.space.findIntersection(vma.end, end);
  }
  return pages;
}

/** Changes mapping by mapping from low to high and stops at a hole; what precedes it is changed. */
function applyLockFlags(mm: MmStruct, start: number, end: number, lockFlags: number): number {
  if (end >= 2 ** 64) return -EINVAL;
  for (let at = start; at < end;) {
    const vma = mm.space.vmaLookup(at);
    if (vma === undefined) return -ENOMEM;
    const stop = Math.min(vma.end, end);
    const result = fixup(mm, vma, at as Address, stop as Address, lockFlags);
    if (result < 0) return result;
    at = stop;
  }
  return 0;
}

function fixup(mm: MmStruct, vma: Vma, start: Address, end: Address, lockFlags: number): number {
  const flags = (vma.flags & ~VM_LOCKED_MASK) | lockFlags;
  if (flags === vma.flags || (vma.flags & (VM_SPECIAL | VM_DROPPABLE)) !== 0) return 0;
  const refused = mm.space.modifyError(vma, start, end, flags, mm.profile.maxMapCount);
  if (refused !== 0) return refused;
  mm.space.modifyFlags(vma, start, end, flags);
  return 0;
}

function lockAll(mm: MmStruct, lockFlags: number): void {
  for (let vma = mm.space.findVma(0); vma !== undefined;) {
    const { end } = vma;
    fixup(mm, vma, vma.start, end, lockFlags);
    vma = mm.space.findVma(end);
  }
}
