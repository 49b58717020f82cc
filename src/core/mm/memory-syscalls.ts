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
import { PTE_DIRTY, PTE_NOT_ANON, PTE_SHARED_ANON, PTE_SHMEM, PTE_WRITE } from './page-table.ts';
import { canVmaMergeAfter, MappedFile } from './vma.ts';
import type { Vma } from './vma.ts';
import {
  VM_ACCESS_FLAGS,
  VM_ACCOUNT,
  VM_DONTDUMP,
  VM_DROPPABLE,
  VM_EXEC,
  VM_GROWSDOWN,
  VM_LOCKED,
  VM_LOCKED_MASK,
  VM_MAY_ALL,
  VM_MAYSHARE,
  VM_MAYWRITE,
  VM_NOHUGEPAGE,
  VM_NORESERVE,
  VM_READ,
  VM_SHARED,
  VM_SYNC,
  VM_WIPEONFORK,
  VM_WRITE,
} from './vma.ts';

const MAP_TYPE = 0x0f;
const MAP_DROPPABLE = 0x08;
const MAP_SYNC = 0x80000;
/** Flags that MAP_SHARED_VALIDATE accepts. @source include/linux/mman.h: LEGACY_MAP_MASK */
const LEGACY_MAP_MASK = 0x7c07f9f3;

/** Size of the pages asked for with MAP_HUGETLB, as a power of two; 0 asks for the usual ones. @source uapi/asm-generic/hugetlb_encode.h */
const MAP_HUGE_SHIFT = 26;
const MAP_HUGE_MASK = 0x3f;

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
  if ((flags & MAP_HUGETLB) !== 0) return mmapHugePages(mm, addr, length, flags);
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
  const droppable = anonymous && type === MAP_DROPPABLE;
  if (droppable) {
    if ((flags & (MAP_LOCKED | MAP_GROWSDOWN)) !== 0) return -EINVAL;
    vmFlags |= VM_DROPPABLE | VM_NORESERVE | VM_WIPEONFORK | VM_DONTDUMP;
  }
  const shared = type === MAP_SHARED || (!anonymous && type === 3);
  if (!shared && type !== MAP_PRIVATE && !droppable) return -EINVAL;
  if (shared) {
    if (type !== MAP_SHARED && (flags & ~LEGACY_MAP_MASK) !== 0) return -EOPNOTSUPP;
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
  if ((flags & MAP_SYNC) !== 0) vmFlags |= VM_SYNC;
  if ((flags & MAP_NORESERVE) !== 0 && mm.profile.overcommit !== 'strict') vmFlags |= VM_NORESERVE;
  // What may be dropped cannot stay locked; it is populated all the same.
  const keptFlags = droppable ? vmFlags & ~VM_LOCKED_MASK : vmFlags;
  const result = mapRegion(mm, start, end, keptFlags, mapped, anonymous ? undefined : offset / PAGE_SIZE);
  if (result < 0) return result;
  const populates = (flags & (MAP_POPULATE | MAP_NONBLOCK)) === MAP_POPULATE;
  if (populates || (vmFlags & VM_LOCKED) !== 0) populate(mm, start, end);
  return result;
}

/**
 * Asks for memory from the pool of huge pages, which is empty: whatever would be mapped is refused.
 *
 * @throws NotModelled with MAP_NORESERVE, which is granted and fails when it is touched
 * @source mm/mmap.c: ksys_mmap_pgoff; fs/hugetlbfs/inode.c: hugetlb_file_setup, hugetlb_get_unmapped_area
 */
function mmapHugePages(mm: MmStruct, addr: number, length: number, flags: number): number {
  const log = (flags >>> MAP_HUGE_SHIFT) & MAP_HUGE_MASK;
  const size = log === 0 ? 2 ** 21 : 2 ** log;
  if ((flags & MAP_ANONYMOUS) === 0 || (log !== 0 && log !== 21 && log !== 30)) return -EINVAL;
  if (length === 0) return -EINVAL;
  const bytes = roundUp(length, size);
  if (bytes > mm.profile.taskSize) return -ENOMEM;
  if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) !== 0) {
    if (addr + bytes > mm.profile.taskSize) return -ENOMEM;
    if (addr % size !== 0) return -EINVAL;
    const isTaken = mm.space.findIntersection(addr, addr + bytes) !== undefined;
    if ((flags & MAP_FIXED_NOREPLACE) !== 0 && isTaken) return -EEXIST;
  }
  const type = flags & MAP_TYPE;
  if ((type !== MAP_SHARED && type !== MAP_PRIVATE) || (flags & MAP_GROWSDOWN) !== 0) return -EINVAL;
  if ((flags & MAP_NORESERVE) !== 0) throw new NotModelled('mmap with MAP_HUGETLB and MAP_NORESERVE');
  return -ENOMEM;
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
  // What is there is cut out first; a limit that forbids the new mapping leaves the cuts.
  const replaced = gatherUnmap(mm, start, end);
  if (typeof replaced === 'number') return replaced;
  if (!mm.mayExpand(vmFlags, pages - replaced.pages)) return -ENOMEM;
  let flags = vmFlags;
  if ((flags & (VM_NORESERVE | VM_SHARED | VM_WRITE)) === VM_WRITE) {
    const charged = pages - replaced.accountedPages;
    if (charged > 0 && !mm.enoughMemory(charged)) return -ENOMEM;
    flags |= VM_ACCOUNT;
  }
  if (replaced.pages > 0) unmapGathered(mm, start, end);
  // Of files on disk only those in persistent memory can be kept in step; what was there is gone by now.
  if ((flags & VM_SYNC) !== 0 && file?.kind === 'regular') return -EOPNOTSUPP;
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
  const gathered = gatherUnmap(mm, start, end);
  if (typeof gathered === 'number') return gathered;
  if (gathered.pages > 0) unmapGathered(mm, start, end);
  return 0;
}

/** What lies in a range that is to be unmapped. */
interface GatheredRange {
  readonly pages: number;
  readonly accountedPages: number;
}

/**
 * Cuts the mappings at the ends of a range that is to be unmapped.
 *
 * @returns what is in it; or minus errno, when the cut at the lower end stays
 * @source mm/vma.c: vms_gather_munmap_vmas
 */
function gatherUnmap(mm: MmStruct, start: Address, end: Address): GatheredRange | number {
  const { space } = mm;
  const first = space.findIntersection(start, end);
  if (first === undefined) return { pages: 0, accountedPages: 0 };
  if (first.start < start) {
    if (first.end > end && space.mapCount >= mm.profile.maxMapCount) return -ENOMEM;
    if (first.isSealed) return -EPERM;
    if (!first.maySplit) return -EINVAL;
    space.split(first, start);
  }
  let pages = 0;
  let accountedPages = 0;
  for (let vma = space.findIntersection(start, end); vma !== undefined;) {
    if (vma.isSealed) return -EPERM;
    if (vma.end > end) {
      if (!vma.maySplit) return -EINVAL;
      space.split(vma, end);
    }
    pages += vma.pageCount;
    if ((vma.flags & VM_ACCOUNT) !== 0) accountedPages += vma.pageCount;
    vma = space.findIntersection(vma.end, end);
  }
  return { pages, accountedPages };
}

/** Takes the mappings of a range away that begin and end with it. */
function unmapGathered(mm: MmStruct, start: Address, end: Address): void {
  mm.updateHiwater();
  // Pages go before mappings: the frames of shared memory belong to the file, which goes with its last mapping.
  mm.zapPages(start, end);
  const removed = mm.space.removeRange(start, end);
  const low = removed[0];
  const high = removed[removed.length - 1];
  if (low !== undefined && high !== undefined) mm.freeTables(low.start, high.end);
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
    // Each protection has its VM_MAY bit four places higher.
    if ((flags & ~(flags >> 4) & VM_ACCESS_FLAGS) !== 0) return -EACCES;
    const changed = mprotectFixup(mm, vma, at as Address, stop, flags);
    if (typeof changed === 'number') return changed;
    at = changed.end;
  }
  return 0;
}

/** Changes one VMA or a part of it. @source mm/mprotect.c: mprotect_fixup */
function mprotectFixup(mm: MmStruct, vma: Vma, start: Address, end: Address, wanted: number): Vma | number {
  const before = vma.flags;
  if (vma.isSealed) return -EPERM;
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
      const ours = shared
        ? (pte & PTE_SHMEM) !== 0 || (pte & PTE_DIRTY) !== 0
        : (pte & (PTE_NOT_ANON | PTE_SHARED_ANON)) === 0;
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
