/**
 * brk, mmap, munmap, mprotect: the system calls that change mappings. mremap, madvise and mlock have files of their own.
 *
 * Results are non-negative, or minus errno. Reporting to the tracer is the caller's.
 *
 * Source: Linux 6.18, mm/mmap.c: brk, do_mmap; mm/vma.c: do_vmi_align_munmap, mmap_region, do_brk_flags;
 * mm/mprotect.c: do_mprotect_pkey, mprotect_fixup.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { vmStartGap } from './address-space.ts';
import {
  EACCES,
  EAGAIN,
  EBADF,
  EEXIST,
  EINVAL,
  ENOMEM,
  EOPNOTSUPP,
  EOVERFLOW,
  EPERM,
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_FIXED_NOREPLACE,
  MAP_GROWSDOWN,
  MAP_HUGETLB,
  MAP_LOCKED,
  MAP_NONBLOCK,
  MAP_NORESERVE,
  MAP_POPULATE,
  MAP_PRIVATE,
  MAP_SHARED,
  MAP_STACK,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
} from './kernel.ts';
import type { MmStruct } from './mm-struct.ts';
import { populate } from './populate.ts';
import { PTE_DIRTY, PTE_NOT_ANON, PTE_SHMEM, PTE_WRITE } from './page-table.ts';
import { canVmaMergeAfter, MappedFile } from './vma.ts';
import type { Vma } from './vma.ts';
import {
  VM_ACCESS_FLAGS,
  VM_ACCOUNT,
  VM_EXEC,
  VM_GROWSDOWN,
  VM_LOCKED,
  VM_MAY_ALL,
  VM_MAYSHARE,
  VM_MAYWRITE,
  VM_NOHUGEPAGE,
  VM_NORESERVE,
  VM_READ,
  VM_SHARED,
  VM_WRITE,
} from './vma.ts';

const MAP_TYPE = 0x0f;
const MAP_DROPPABLE = 0x08;
/** Flags that MAP_SHARED_VALIDATE accepts. @source include/linux/mman.h: LEGACY_MAP_MASK */
const KNOWN_BEFORE_VALIDATE = 0x407f9f3;

/** Flags of brk memory. @source mm/vma.c: do_brk_flags */
const BASE_BRK_FLAGS = VM_READ | VM_WRITE | VM_MAY_ALL | VM_ACCOUNT;

/**
 * Moves the program break.
 *
 * @param addr - new break, any byte address
 * @returns the new break, or the old one when it could not move
 */
export function brk(mm: MmStruct, addr: number): number {
  const { startBrk, brk: before, space } = mm;
  if (addr < startBrk || addr > mm.profile.taskSize) return before;
  if (addr - startBrk + (mm.endData - mm.startData) > mm.limits.data) return before;
  const newEnd = roundUp(addr, PAGE_SIZE) as Address;
  const oldEnd = roundUp(before, PAGE_SIZE) as Address;
  if (newEnd === oldEnd) {
    mm.brk = addr;
    return addr;
  }
  if (addr < before) {
    if (space.findIntersection(newEnd, oldEnd) === undefined) return before;
    if (unmapRange(mm, newEnd, oldEnd) < 0) return before;
    mm.brk = addr;
    return addr;
  }
  if (newEnd > mm.profile.taskSize) return before;
  const guard = mm.profile.stackGuardPages * PAGE_SIZE;
  const next = space.findVma(oldEnd);
  if (next !== undefined && newEnd + PAGE_SIZE > vmStartGap(next, guard)) return before;
  const pages = (newEnd - oldEnd) / PAGE_SIZE;
  const brkFlags = BASE_BRK_FLAGS | mm.defaultFlags;
  if (!mm.mayLock(brkFlags, pages)) return before;
  if (!mm.mayExpand(brkFlags, pages)) return before;
  if (space.mapCount > mm.profile.maxMapCount) return before;
  if (!mm.enoughMemory(pages)) return before;

  const prev = space.previousVma(oldEnd);
  const candidate = {
    start: oldEnd,
    end: newEnd,
    flags: brkFlags,
    pgoff: oldEnd / PAGE_SIZE,
    file: undefined,
    anonVma: undefined,
  };
  if (prev !== undefined && prev.start >= startBrk && canVmaMergeAfter(prev, candidate)) {
    space.expandUp(prev, newEnd);
  } else {
    space.addSeparate(candidate);
  }
  mm.brk = addr;
  if ((brkFlags & VM_LOCKED) !== 0) populate(mm, oldEnd, newEnd);
  return addr;
}

/**
 * Maps memory.
 *
 * @param file - the open file of `fd`; `undefined` when it has none (EBADF unless the mapping is anonymous)
 */
export function mmap(
  mm: MmStruct,
  addr: number,
  length: number,
  prot: number,
  flags: number,
  file: MappedFile | undefined,
  offset: number,
): number {
  if (offset % PAGE_SIZE !== 0) return -EINVAL;
  const anonymous = (flags & MAP_ANONYMOUS) !== 0;
  if (!anonymous && file === undefined) return -EBADF;
  if ((flags & MAP_HUGETLB) !== 0) throw new NotModelled('mmap with MAP_HUGETLB');
  if (length === 0) return -EINVAL;
  const fixed = (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) !== 0;
  const bytes = roundUp(length, PAGE_SIZE);
  if (bytes >= 2 ** 64) return -ENOMEM;
  if (offset + bytes >= 2 ** 64) return -EOVERFLOW;
  if (mm.space.mapCount > mm.profile.maxMapCount) return -ENOMEM;
  const hint = fixed ? addr : roundHintToMin(mm, addr);
  const mapped = anonymous ? undefined : file;
  const found = mm.areas.find({
    addr: hint,
    length: bytes,
    flags,
    file: mapped,
    offset: anonymous ? 0 : offset,
  });
  if (found < 0) return found;
  const start = found as Address;
  const end = (found + bytes) as Address;
  if ((flags & MAP_FIXED_NOREPLACE) !== 0 && mm.space.findIntersection(start, end) !== undefined)
    return -EEXIST;

  let vmFlags = protFlags(prot) | VM_MAY_ALL | mm.defaultFlags;
  if ((flags & MAP_GROWSDOWN) !== 0) vmFlags |= VM_GROWSDOWN;
  if ((flags & MAP_STACK) !== 0) vmFlags |= VM_NOHUGEPAGE;
  if ((flags & MAP_LOCKED) !== 0) {
    if (!mm.profile.privileged && mm.limits.memlock === 0) return -EPERM;
    vmFlags |= VM_LOCKED;
  }
  if (!mm.mayLock(vmFlags, bytes / PAGE_SIZE)) return -EAGAIN;
  const type = flags & MAP_TYPE;
  if (anonymous && type === MAP_DROPPABLE) throw new NotModelled('mmap with MAP_DROPPABLE');
  const shared = type === MAP_SHARED || (!anonymous && type === 3);
  if (!shared && type !== MAP_PRIVATE) return -EINVAL;
  if (shared) {
    if (type !== MAP_SHARED && (flags & ~KNOWN_BEFORE_VALIDATE) !== 0) return -EOPNOTSUPP;
    if (anonymous && (vmFlags & VM_GROWSDOWN) !== 0) return -EINVAL;
    if (mapped !== undefined && !mapped.writable) {
      if ((prot & PROT_WRITE) !== 0) return -EACCES;
      vmFlags &= ~VM_MAYWRITE;
    } else {
      vmFlags |= VM_SHARED;
    }
    vmFlags |= VM_MAYSHARE;
  }
  if (!anonymous && (vmFlags & VM_GROWSDOWN) !== 0) return -EINVAL;
  if ((flags & MAP_NORESERVE) !== 0 && mm.profile.overcommit !== 'strict') vmFlags |= VM_NORESERVE;
  const result = mapRegion(mm, start, end, vmFlags, mapped, anonymous ? undefined : offset / PAGE_SIZE);
  if (result < 0) return result;
  const populates = (flags & (MAP_POPULATE | MAP_NONBLOCK)) === MAP_POPULATE;
  if (populates || (vmFlags & VM_LOCKED) !== 0) populate(mm, start, end);
  return result;
}

/**
 * Puts a mapping at [start, end), replacing what is there.
 *
 * @param filePgoff - page offset in the file; `undefined` for anonymous memory
 * @source mm/vma.c: mmap_region
 */
export function mapRegion(
  mm: MmStruct,
  start: Address,
  end: Address,
  vmFlags: number,
  file: MappedFile | undefined,
  filePgoff: number | undefined,
): number {
  const { space } = mm;
  const pages = (end - start) / PAGE_SIZE;
  const first = space.findIntersection(start, end);
  if (first !== undefined) {
    if (first.start < start && first.end > end && space.mapCount >= mm.profile.maxMapCount) return -ENOMEM;
    let replaced = 0;
    for (let vma = space.findIntersection(start, end); vma !== undefined;) {
      replaced += (Math.min(vma.end, end) - Math.max(vma.start, start)) / PAGE_SIZE;
      vma = space.findIntersection(vma.end, end);
    }
    if (!mm.mayExpand(vmFlags, pages - replaced)) return -ENOMEM;
  } else if (!mm.mayExpand(vmFlags, pages)) {
    return -ENOMEM;
  }
  let flags = vmFlags;
  if ((flags & (VM_NORESERVE | VM_SHARED | VM_WRITE)) === VM_WRITE) {
    if (!mm.enoughMemory(pages)) return -ENOMEM;
    flags |= VM_ACCOUNT;
  }
  if (first !== undefined) {
    const result = unmapRange(mm, start, end);
    if (result < 0) return result;
  }
  let backing = file;
  let pgoff = filePgoff ?? start / PAGE_SIZE;
  if (file === undefined && (flags & VM_SHARED) !== 0) {
    if ((flags & VM_NORESERVE) === 0 && !mm.enoughMemory(pages)) return -ENOMEM;
    backing = sharedMemoryFile(mm, end - start);
    if ((flags & VM_NORESERVE) === 0) {
      backing.committedPages = pages;
      mm.sharedCommittedPages += pages;
    }
    pgoff = 0;
  }
  space.addRange(start, end, flags, pgoff, backing);
  return start;
}

/** The hidden file behind a shared anonymous mapping. @source mm/shmem.c: shmem_zero_setup */
function sharedMemoryFile(mm: MmStruct, size: number): MappedFile {
  return new MappedFile({
    kind: 'shmem',
    name: '/dev/zero (deleted)',
    device: '00:01',
    inode: mm.nextInode(),
    size,
    writable: true,
  });
}

/** Unmaps [addr, addr + length). */
export function munmap(mm: MmStruct, addr: number, length: number): number {
  const { taskSize } = mm.profile;
  if (addr % PAGE_SIZE !== 0 || addr > taskSize || length > taskSize - addr) return -EINVAL;
  const bytes = roundUp(length, PAGE_SIZE);
  if (bytes === 0) return -EINVAL;
  return unmapRange(mm, addr as Address, (addr + bytes) as Address);
}

/**
 * Removes the mappings of [start, end) with their pages.
 *
 * @returns 0, or -ENOMEM when a split would exceed the number of mappings
 * @source mm/vma.c: do_vmi_align_munmap
 */
export function unmapRange(mm: MmStruct, start: Address, end: Address): number {
  const { space } = mm;
  const first = space.findIntersection(start, end);
  if (first === undefined) return 0;
  if (first.start < start && first.end > end && space.mapCount >= mm.profile.maxMapCount) return -ENOMEM;
  const last = space.vmaLookup(end - PAGE_SIZE);
  if (first.start < start && !first.maySplit) return -EINVAL;
  if (last !== undefined && last.end > end && !last.maySplit) {
    // The lower end is cut before the upper one is looked at, and stays cut.
    if (first.start < start) space.split(first, start);
    return -EINVAL;
  }
  mm.updateHiwater();
  // Pages go before mappings: the frames of shared memory belong to the file, which goes with its last mapping.
  mm.zapPages(start, end);
  const removed = space.removeRange(start, end);
  const low = removed[0];
  const high = removed[removed.length - 1];
  if (low !== undefined && high !== undefined) mm.freeTables(low.start, high.end);
  return 0;
}

/** Changes the protection of [addr, addr + length). */
export function mprotect(mm: MmStruct, addr: number, length: number, prot: number): number {
  if (addr % PAGE_SIZE !== 0) return -EINVAL;
  if (length === 0) return 0;
  const bytes = roundUp(length, PAGE_SIZE);
  const end = addr + bytes;
  if (end >= 2 ** 64) return -ENOMEM;
  if ((prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC)) !== 0) return -EINVAL;
  const { space } = mm;
  let at = addr;
  while (at < end) {
    const vma = space.vmaLookup(at);
    if (vma === undefined) return -ENOMEM;
    const stop = Math.min(vma.end, end) as Address;
    const flags = (vma.flags & ~VM_ACCESS_FLAGS) | protFlags(prot);
    if ((flags & VM_WRITE) !== 0 && (flags & VM_MAYWRITE) === 0) return -EACCES;
    const changed = mprotectFixup(mm, vma, at as Address, stop, flags);
    if (typeof changed === 'number') return changed;
    at = changed.end;
  }
  return 0;
}

/** Changes one VMA or a part of it. @source mm/mprotect.c: mprotect_fixup */
function mprotectFixup(mm: MmStruct, vma: Vma, start: Address, end: Address, wanted: number): Vma | number {
  const before = vma.flags;
  if (wanted === before) return vma;
  const pages = (end - start) / PAGE_SIZE;
  let flags = wanted;
  if ((flags & VM_WRITE) !== 0) {
    if (!mm.mayExpand(flags, pages) && mm.mayExpand(before, pages)) return -ENOMEM;
    if ((before & (VM_ACCOUNT | VM_WRITE | VM_SHARED | VM_NORESERVE)) === 0) {
      if (!mm.enoughMemory(pages)) return -ENOMEM;
      flags |= VM_ACCOUNT;
    }
  } else if ((before & VM_ACCOUNT) !== 0 && vma.isAnonymous && vma.anonVma === undefined) {
    flags &= ~VM_ACCOUNT;
  }
  const refused = mm.space.modifyError(vma, start, end, flags, mm.profile.maxMapCount);
  if (refused !== 0) return refused;
  const changed = mm.space.modifyFlags(vma, start, end, flags);
  changePageProtection(mm, start, end, flags);
  // Locked memory is to be resident: what may now be written gets its own frames at once.
  if ((before & (VM_WRITE | VM_SHARED | VM_LOCKED)) === VM_LOCKED && (flags & VM_WRITE) !== 0) {
    populate(mm, start, end);
  }
  return changed;
}

/**
 * Brings the page table in line with a new protection: pages that are already ours stay writable without a fault.
 *
 * @source mm/mprotect.c: change_pte_range, can_change_pte_writable
 */
function changePageProtection(mm: MmStruct, start: number, end: number, flags: number): void {
  const startVpn = start / PAGE_SIZE;
  const endVpn = end / PAGE_SIZE;
  const writable = (flags & VM_WRITE) !== 0;
  const shared = (flags & VM_SHARED) !== 0;
  mm.pageTable.forEachPresent(startVpn, endVpn, (vpn, pte) => {
    let next = pte & ~PTE_WRITE;
    if (writable) {
      const ours = shared ? (pte & PTE_SHMEM) !== 0 || (pte & PTE_DIRTY) !== 0 : (pte & PTE_NOT_ANON) === 0;
      if (ours) next |= PTE_WRITE;
    }
    if (next >>> 0 !== pte) mm.pageTable.set(vpn, next >>> 0);
  });
  mm.tlb.invalidateRange(startVpn, endVpn);
}

/** Cuts a hint to a page and lifts it to the lowest allowed address. @source mm/mmap.c: round_hint_to_min */
function roundHintToMin(mm: MmStruct, hint: number): number {
  const addr = roundDown(hint, PAGE_SIZE);
  return addr !== 0 && addr < mm.profile.mmapMinAddr ? roundUp(mm.profile.mmapMinAddr, PAGE_SIZE) : addr;
}

/** VM_ flags of PROT_ bits. */
export function protFlags(prot: number): number {
  return (
    ((prot & PROT_READ) !== 0 ? VM_READ : 0) |
    ((prot & PROT_WRITE) !== 0 ? VM_WRITE : 0) |
    ((prot & PROT_EXEC) !== 0 ? VM_EXEC : 0)
  );
}
