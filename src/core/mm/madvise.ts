/**
 * madvise: what a program tells about the use of its memory, and what the kernel makes of it.
 *
 * Source: Linux 6.18, mm/madvise.c. Simplified: there is no swap, no file page leaves the page cache, and nobody merges equal
 * pages (KSM); guard markers are not modelled.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { EACCES, EFAULT, EINVAL, ENOMEM, EPERM } from './kernel.ts';
import type { MmStruct } from './mm-struct.ts';
import { mapperCounter } from './page-mappers.ts';
import { populatePage } from './page-fault.ts';
import {
  PTE_DIRTY,
  PTE_FILE,
  PTE_LAZYFREE,
  PTE_NOT_ANON,
  PTE_OLD,
  PTE_SHMEM,
  PTE_SPECIAL,
  PTE_ZERO,
} from './page-table.ts';
import { PMD_SIZE } from './unmapped-area.ts';
import type { Vma } from './vma.ts';
import {
  VM_DONTCOPY,
  VM_DONTDUMP,
  VM_DROPPABLE,
  VM_HUGEPAGE,
  VM_IO,
  VM_LOCKED,
  VM_MAYSHARE,
  VM_MAYWRITE,
  VM_MERGEABLE,
  VM_NOHUGEPAGE,
  VM_PFNMAP,
  VM_RAND_READ,
  VM_READ,
  VM_SEQ_READ,
  VM_SHARED,
  VM_SPECIAL,
  VM_WIPEONFORK,
  VM_WRITE,
} from './vma.ts';

const MADV_NORMAL = 0;
const MADV_RANDOM = 1;
const MADV_SEQUENTIAL = 2;
const MADV_WILLNEED = 3;
const MADV_DONTNEED = 4;
const MADV_FREE = 8;
const MADV_REMOVE = 9;
const MADV_DONTFORK = 10;
const MADV_DOFORK = 11;
const MADV_MERGEABLE = 12;
const MADV_UNMERGEABLE = 13;
const MADV_HUGEPAGE = 14;
const MADV_NOHUGEPAGE = 15;
const MADV_DONTDUMP = 16;
const MADV_DODUMP = 17;
const MADV_WIPEONFORK = 18;
const MADV_KEEPONFORK = 19;
const MADV_COLD = 20;
const MADV_PAGEOUT = 21;
const MADV_POPULATE_READ = 22;
const MADV_POPULATE_WRITE = 23;
const MADV_DONTNEED_LOCKED = 24;
const MADV_COLLAPSE = 25;
const MADV_HWPOISON = 100;
const MADV_SOFT_OFFLINE = 101;
const MADV_GUARD_INSTALL = 102;
const MADV_GUARD_REMOVE = 103;

/** Advice that changes the flags of a VMA: what it clears and what it sets. */
const FLAG_ADVICE: ReadonlyMap<number, readonly [clear: number, set: number]> = new Map([
  [MADV_NORMAL, [VM_RAND_READ | VM_SEQ_READ, 0]],
  [MADV_RANDOM, [VM_SEQ_READ, VM_RAND_READ]],
  [MADV_SEQUENTIAL, [VM_RAND_READ, VM_SEQ_READ]],
  [MADV_MERGEABLE, [0, VM_MERGEABLE]],
  [MADV_UNMERGEABLE, [VM_MERGEABLE, 0]],
  [MADV_DONTFORK, [0, VM_DONTCOPY]],
  [MADV_DOFORK, [VM_DONTCOPY, 0]],
  [MADV_WIPEONFORK, [0, VM_WIPEONFORK]],
  [MADV_KEEPONFORK, [VM_WIPEONFORK, 0]],
  [MADV_DONTDUMP, [0, VM_DONTDUMP]],
  [MADV_DODUMP, [VM_DONTDUMP, 0]],
  [MADV_HUGEPAGE, [VM_NOHUGEPAGE, VM_HUGEPAGE]],
  [MADV_NOHUGEPAGE, [VM_HUGEPAGE, VM_NOHUGEPAGE]],
]);

const PAGE_ADVICE: ReadonlySet<number> = new Set([
  MADV_WILLNEED,
  MADV_DONTNEED,
  MADV_FREE,
  MADV_REMOVE,
  MADV_COLD,
  MADV_PAGEOUT,
  MADV_POPULATE_READ,
  MADV_POPULATE_WRITE,
  MADV_DONTNEED_LOCKED,
  MADV_COLLAPSE,
]);

/** Advice that throws content away: not for what is sealed. @source mm/madvise.c: is_discard */
const DISCARDS: ReadonlySet<number> = new Set([
  MADV_FREE,
  MADV_DONTNEED,
  MADV_DONTNEED_LOCKED,
  MADV_REMOVE,
  MADV_DONTFORK,
  MADV_WIPEONFORK,
]);

/**
 * Takes advice about [addr, addr + length). Holes are passed over and reported at the end.
 *
 * @throws NotModelled for advice that Linux knows and this mm does not
 * @source mm/madvise.c: do_madvise, madvise_walk_vmas
 */
export function madvise(mm: MmStruct, addr: number, length: number, advice: number): number {
  if (!FLAG_ADVICE.has(advice) && !PAGE_ADVICE.has(advice)) {
    if (advice === MADV_HWPOISON || advice === MADV_SOFT_OFFLINE) return -EPERM;
    if (advice === MADV_GUARD_INSTALL || advice === MADV_GUARD_REMOVE)
      throw new NotModelled('madvise with guard markers (MADV_GUARD_INSTALL, MADV_GUARD_REMOVE)');
    return -EINVAL;
  }
  if (addr % PAGE_SIZE !== 0) return -EINVAL;
  const bytes = roundUp(length, PAGE_SIZE);
  const end = addr + bytes;
  if (end >= 2 ** 64) return -EINVAL;
  if (bytes === 0) return 0;
  let missing = false;
  let at = addr;
  while (at < end) {
    const vma = mm.space.findVma(at);
    if (vma === undefined) return -ENOMEM;
    if (vma.start > at) {
      missing = true;
      if (advice === MADV_POPULATE_READ || advice === MADV_POPULATE_WRITE) return -ENOMEM;
      at = vma.start;
      continue;
    }
    const stop = Math.min(vma.end, end) as Address;
    const result = adviseVma(mm, vma, at as Address, stop, advice);
    if (result < 0) return result;
    at = stop;
  }
  return missing ? -ENOMEM : 0;
}

function adviseVma(mm: MmStruct, vma: Vma, start: Address, end: Address, advice: number): number {
  if (vma.isSealed && DISCARDS.has(advice) && vma.isAnonymous && (vma.flags & VM_WRITE) === 0) return -EPERM;
  const flagChange = FLAG_ADVICE.get(advice);
  if (flagChange !== undefined) {
    if (advice === MADV_MERGEABLE && (vma.flags & (VM_MAYSHARE | VM_SPECIAL | VM_DROPPABLE)) !== 0) return 0;
    if (advice === MADV_WIPEONFORK && (vma.file !== undefined || vma.isShared)) return -EINVAL;
    if (advice === MADV_DOFORK && (vma.flags & VM_IO) !== 0) return -EINVAL;
    if (advice === MADV_DODUMP && (vma.flags & (VM_SPECIAL | VM_DROPPABLE)) !== 0) return -EINVAL;
    if (advice === MADV_KEEPONFORK && (vma.flags & VM_DROPPABLE) !== 0) return -EINVAL;
    const flags = (vma.flags & ~flagChange[0]) | flagChange[1];
    if (flags === vma.flags) return 0;
    const refused = mm.space.modifyError(vma, start, end, flags, mm.profile.maxMapCount);
    if (refused !== 0) return refused;
    mm.space.modifyFlags(vma, start, end, flags);
    return 0;
  }
  switch (advice) {
    case MADV_DONTNEED:
    case MADV_DONTNEED_LOCKED:
      if ((vma.flags & (advice === MADV_DONTNEED ? VM_PFNMAP | VM_LOCKED : VM_PFNMAP)) !== 0) return -EINVAL;
      mm.zapPages(start, end);
      mm.pageTable.reclaimEmptyTables(start / PAGE_SIZE, end / PAGE_SIZE);
      return 0;
    case MADV_FREE:
      return freeLazily(mm, vma, start, end);
    case MADV_POPULATE_READ:
    case MADV_POPULATE_WRITE:
      return populateForAdvice(mm, vma, start, end, advice === MADV_POPULATE_WRITE);
    case MADV_COLD:
      return cool(mm, vma, start, end);
    case MADV_PAGEOUT:
      return pageOut(mm, vma, start, end);
    case MADV_REMOVE:
      return removeFromFile(mm, vma, start, end);
    case MADV_COLLAPSE:
      return refuseToCollapse(vma, start, end);
    default:
      // MADV_WILLNEED reads ahead: every page of a file is in the page cache, and nothing is swapped out.
      return 0;
  }
}

/** Pages that nobody else maps count as not accessed from now on. @source mm/madvise.c: madvise_cold_or_pageout_pte_range */
function cool(mm: MmStruct, vma: Vma, start: number, end: number): number {
  if ((vma.flags & (VM_PFNMAP | VM_LOCKED)) !== 0) return -EINVAL;
  const startVpn = start / PAGE_SIZE;
  const endVpn = end / PAGE_SIZE;
  const mappers = mapperCounter(mm, vma);
  mm.pageTable.forEachPresent(startVpn, endVpn, (vpn, pte) => {
    if ((pte & (PTE_ZERO | PTE_SPECIAL)) !== 0) return;
    const pageIndex = vma.pgoff + vpn - vma.start / PAGE_SIZE;
    const isAnonymous = (pte & PTE_NOT_ANON) === 0;
    if (isAnonymous || mappers(pageIndex) === 1) mm.pageTable.set(vpn, (pte | PTE_OLD) >>> 0);
  });
  mm.tlb.invalidateRange(startVpn, endVpn);
  return 0;
}

/**
 * Takes pages out of memory as far as that goes without swap: written anonymous memory stays, what was given back with MADV_FREE
 * goes, and pages of shared memory leave the page table (those that nobody wrote leave their file too).
 *
 * @throws NotModelled for pages of a file on disk, whose next access would wait for it
 * @source mm/madvise.c: madvise_cold_or_pageout_pte_range; mm/vmscan.c: shrink_folio_list
 */
function pageOut(mm: MmStruct, vma: Vma, start: number, end: number): number {
  const refused = cool(mm, vma, start, end);
  if (refused < 0) return refused;
  const mappers = mapperCounter(mm, vma);
  const leaving: number[] = [];
  mm.pageTable.forEachPresent(start / PAGE_SIZE, end / PAGE_SIZE, (vpn, pte) => {
    if ((pte & PTE_FILE) !== 0) throw new NotModelled('madvise(MADV_PAGEOUT) of a file on disk');
    const isShared = (pte & PTE_SHMEM) !== 0 && mappers(vma.pgoff + vpn - vma.start / PAGE_SIZE) === 1;
    if (isShared || ((pte & PTE_NOT_ANON) === 0 && (pte & PTE_LAZYFREE) !== 0)) leaving.push(vpn);
  });
  for (const vpn of leaving) {
    mm.zapPages(vpn * PAGE_SIZE, (vpn + 1) * PAGE_SIZE);
    const pageIndex = vma.pgoff + vpn - vma.start / PAGE_SIZE;
    if (vma.file?.dirtyPages.has(pageIndex) === false) mm.removeFilePages(vma.file, pageIndex, pageIndex + 1);
  }
  return 0;
}

/**
 * Where no huge page could lie there is none to be made; making one is not modelled.
 *
 * @source mm/khugepaged.c: madvise_collapse
 */
function refuseToCollapse(vma: Vma, start: Address, end: Address): number {
  const holdsBlock = roundUp(vma.start, PMD_SIZE) + PMD_SIZE <= vma.end;
  if (vma.anonVma === undefined || !vma.isAnonymous || !holdsBlock) return -EINVAL;
  if ((vma.flags & VM_NOHUGEPAGE) !== 0) return -EINVAL;
  const [first, last] = [roundUp(start, PMD_SIZE), roundDown(end, PMD_SIZE)];
  if (first < last) throw new NotModelled('madvise(MADV_COLLAPSE)');
  return first === last ? 0 : -EINVAL;
}

/** Pages stay until memory gets scarce, which it never does here; a write keeps them. @source mm/madvise.c */
function freeLazily(mm: MmStruct, vma: Vma, start: number, end: number): number {
  if (!vma.isAnonymous || (vma.flags & VM_LOCKED) !== 0) return -EINVAL;
  mm.pageTable.splitHuge(start / PAGE_SIZE);
  mm.pageTable.splitHuge(end / PAGE_SIZE);
  const startVpn = start / PAGE_SIZE;
  const endVpn = end / PAGE_SIZE;
  mm.pageTable.forEachPresent(startVpn, endVpn, (vpn, pte) => {
    if ((pte & PTE_NOT_ANON) === 0)
      mm.pageTable.set(vpn, ((pte | PTE_LAZYFREE | PTE_OLD) & ~PTE_DIRTY) >>> 0);
  });
  mm.tlb.invalidateRange(startVpn, endVpn);
  return 0;
}

/** Takes the pages out of the file behind a shared mapping: it reads as zeros there. @source mm/madvise.c: madvise_remove */
function removeFromFile(mm: MmStruct, vma: Vma, start: Address, end: Address): number {
  const { file } = vma;
  if ((vma.flags & VM_LOCKED) !== 0 || file === undefined) return -EINVAL;
  if ((vma.flags & (VM_SHARED | VM_MAYWRITE)) !== (VM_SHARED | VM_MAYWRITE)) return -EACCES;
  if (file.kind !== 'shmem') throw new NotModelled('madvise(MADV_REMOVE) of a file on disk');
  const first = vma.pgoff + (start - vma.start) / PAGE_SIZE;
  mm.removeFilePages(file, first, first + (end - start) / PAGE_SIZE);
  return 0;
}

function populateForAdvice(mm: MmStruct, vma: Vma, start: number, end: number, write: boolean): number {
  if ((vma.flags & VM_PFNMAP) !== 0) return -EINVAL;
  if ((vma.flags & (write ? VM_WRITE : VM_READ)) === 0) return -EINVAL;
  for (let vpn = start / PAGE_SIZE; vpn < end / PAGE_SIZE; vpn++) {
    if (!populatePage(mm, vma, vpn, write)) return -EFAULT;
  }
  return 0;
}
