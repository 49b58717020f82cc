/**
 * Page faults: what the kernel does when an access finds no usable entry in the page table.
 *
 * Source: Linux 6.18, arch/x86/mm/fault.c: do_user_addr_fault, access_error; mm/memory.c: handle_pte_fault,
 * do_anonymous_page, do_read_fault, do_fault_around, do_cow_fault, do_shared_fault, do_wp_page; mm/vma.c:
 * expand_downwards.
 * Simplified: every file page is in the page cache (no major faults) in folios of one page; no swap.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE, TWO_TO_32 } from '../../base/address.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { FaultCause, PageFaultEvent } from '../trace/trace-event.ts';
import { MemoryFault, OutOfMemoryKill } from './kernel.ts';
import type { MmStruct } from './mm-struct.ts';
import { LARGEST_STACK_BACKING, vpnAddress } from './mm-struct.ts';
import {
  makePte,
  PTE_DIRTY,
  PTE_FILE,
  PTE_HUGE,
  PTE_LAZYFREE,
  PTE_NOT_ANON,
  PTE_OLD,
  PTE_PRESENT,
  PTE_SHARED_ANON,
  PTE_SHMEM,
  PTE_SPECIAL,
  PTE_WRITE,
  PTE_ZERO,
  pteHost,
  PTES_PER_TABLE,
} from './page-table.ts';
import { PMD_SIZE } from './unmapped-area.ts';
import type { MappedFile, Vma } from './vma.ts';
import {
  VM_ACCESS_FLAGS,
  VM_EXEC,
  VM_GROWSDOWN,
  VM_HUGEPAGE,
  VM_NOHUGEPAGE,
  VM_SHARED,
  VM_WRITE,
  vmaIsAccessible,
} from './vma.ts';
import { faultWhy } from './why.ts';

/** What the program wanted to do. */
export type Access = 'read' | 'write' | 'execute';

/** Pages that one read fault on a file maps at most. @source mm/memory.c: fault_around_pages */
const FAULT_AROUND_PAGES = 16;

/**
 * Makes the page at `addr` ready for an access, counting the fault.
 *
 * @param addr - any number below 2^64
 * @returns the page table entry that allows the access
 * @throws MemoryFault where a real process gets a signal
 */
export function handlePageFault(mm: MmStruct, addr: number, access: Access): number {
  if (addr >= mm.profile.taskSize) throw outsideUserSpace(mm, addr, access);
  const vma = mm.space.findVma(addr);
  let grew = false;
  if (vma === undefined || addr < vma.start) {
    if (vma === undefined || (vma.flags & VM_GROWSDOWN) === 0 || !expandStack(mm, vma, addr)) {
      throw new MemoryFault('SIGSEGV', 'SEGV_MAPERR', addr, access);
    }
    grew = true;
  }
  if (!accessAllowed(vma, access)) throw new MemoryFault('SIGSEGV', 'SEGV_ACCERR', addr, access);
  const vpn = Math.floor(addr / PAGE_SIZE);
  const pte = mm.pageTable.get(vpn);
  if ((pte & PTE_PRESENT) !== 0) {
    if (access !== 'write') return markAccessed(mm, vpn, pte);
    if ((pte & PTE_WRITE) !== 0) return markWritten(mm, vpn, pte);
  }
  const filled = fillPage(mm, vma, addr, pte, access);
  mm.counters.minflt += 1;
  checkOutOfMemory(mm);
  report(mm, vma, addr, access, grew ? 'stack-growth' : filled.cause);
  return filled.pte;
}

/**
 * Makes a page present as a fault would, for MAP_POPULATE and MADV_POPULATE; forbidden pages are left alone.
 *
 * @returns whether the access would have been allowed
 */
export function populatePage(mm: MmStruct, vma: Vma, vpn: number, write: boolean): boolean {
  if (!accessAllowed(vma, write ? 'write' : 'read')) return false;
  const pte = mm.pageTable.get(vpn);
  if ((pte & PTE_PRESENT) !== 0 && (!write || (pte & PTE_WRITE) !== 0)) {
    touchPage(mm, vma, vpn, write);
    return true;
  }
  const { file } = vma;
  const pageIndex = vpn - vma.start / PAGE_SIZE + vma.pgoff;
  if (file !== undefined && pageIndex >= file.pageCount) {
    beforeBusError(mm, vma, file, vpn, write ? 'write' : 'read');
    return false;
  }
  const filled = fillPage(mm, vma, vpnAddress(vpn), pte, write ? 'write' : 'read');
  mm.counters.minflt += 1;
  report(mm, vma, vpnAddress(vpn), write ? 'write' : 'read', filled.cause);
  return true;
}

/** A page that is there already counts as accessed, and as written when it was asked for so. @source mm/gup.c: follow_page_pte */
function touchPage(mm: MmStruct, vma: Vma, vpn: number, write: boolean): void {
  const pte = mm.pageTable.get(vpn);
  if (!write) {
    markAccessed(mm, vpn, pte);
    return;
  }
  markWritten(mm, vpn, pte);
  if ((pte & PTE_DIRTY) === 0) vma.file?.dirtyPages.add(vma.pgoff + vpn - vma.start / PAGE_SIZE);
}

/**
 * Extends a growing stack down to the page of `addr`.
 *
 * @returns false when a limit or the guard gap forbids it
 * @source mm/vma.c: expand_downwards, acct_stack_growth
 */
function expandStack(mm: MmStruct, vma: Vma, addr: number): boolean {
  const start = (addr - (addr % PAGE_SIZE)) as Address;
  if (start < mm.profile.mmapMinAddr) return false;
  const below = mm.space.previousVma(vma.start);
  if (below !== undefined && (below.flags & VM_GROWSDOWN) === 0 && vmaIsAccessible(below)) {
    if (start - below.end < mm.profile.stackGuardPages * PAGE_SIZE) return false;
  }
  const pages = (vma.start - start) / PAGE_SIZE;
  if (!mm.mayExpand(vma.flags, pages)) return false;
  if (vma.end - start > mm.limits.stack) return false;
  if (!mm.mayLock(vma.flags, pages)) return false;
  if (!mm.enoughMemory(pages)) return false;
  if (vma === mm.stackVma() && !mm.physical.hasStackBacking(start / PAGE_SIZE)) {
    throw new NotModelled(`a stack of more than ${String(LARGEST_STACK_BACKING / 2 ** 20)} MiB`);
  }
  mm.space.anonVmaPrepare(vma);
  mm.space.expandDown(vma, start);
  return true;
}

/** Kills the process when it has more than the machine. @source mm/oom_kill.c */
function checkOutOfMemory(mm: MmStruct): void {
  const { rssAnon, rssShmem } = mm.counters;
  const { ramBytes, swapBytes } = mm.profile;
  if ((rssAnon + rssShmem + mm.pageTable.tableCount) * PAGE_SIZE > ramBytes + swapBytes) {
    throw new OutOfMemoryKill(`out of memory with ${String(rssAnon + rssShmem)} pages`);
  }
}

function accessAllowed(vma: Vma, access: Access): boolean {
  switch (access) {
    case 'read':
      return (vma.flags & VM_ACCESS_FLAGS) !== 0;
    case 'write':
      return (vma.flags & VM_WRITE) !== 0;
    case 'execute':
      return (vma.flags & VM_EXEC) !== 0;
  }
}

/** A fault of an address that no user mapping can hold. */
function outsideUserSpace(mm: MmStruct, addr: number, access: Access): MemoryFault {
  if (mm.profile.target === 'i386') {
    return new MemoryFault('SIGSEGV', 'SEGV_MAPERR', addr % TWO_TO_32, access);
  }
  // Between the halves nothing is canonical: the processor itself refuses.
  const half = mm.profile.pagingLevels === 5 ? 2 ** 56 : 2 ** 47;
  if (addr >= half && addr < 2 ** 64 - half) return new MemoryFault('SIGSEGV', 'SI_KERNEL', 0, access);
  return new MemoryFault('SIGSEGV', 'SEGV_MAPERR', addr, access);
}

/** The processor sets the accessed bit, no fault. */
export function markAccessed(mm: MmStruct, vpn: number, pte: number): number {
  if ((pte & PTE_OLD) === 0) return pte;
  const accessed = (pte & ~PTE_OLD) >>> 0;
  mm.pageTable.set(vpn, accessed);
  return accessed;
}

/** The first store through a writable entry: the processor sets the dirty bit, no fault. */
export function markWritten(mm: MmStruct, vpn: number, pte: number): number {
  const written = ((pte | PTE_DIRTY) & ~(PTE_LAZYFREE | PTE_OLD)) >>> 0;
  if (written !== pte) mm.pageTable.set(vpn, written);
  return written;
}

interface Filled {
  readonly pte: number;
  readonly cause: FaultCause;
}

/** Finds the case and makes the entry. @source mm/memory.c: handle_pte_fault */
function fillPage(mm: MmStruct, vma: Vma, addr: number, pte: number, access: Access): Filled {
  const vpn = Math.floor(addr / PAGE_SIZE);
  if ((pte & PTE_PRESENT) !== 0) return writeProtected(mm, vma, vpn, pte);
  if (vma.file === undefined) return anonymousPage(mm, vma, vpn, access);
  const pageIndex = vma.pgoff + (vpn - vma.start / PAGE_SIZE);
  if (vma.file.kind !== 'special' && pageIndex >= vma.file.pageCount) {
    beforeBusError(mm, vma, vma.file, vpn, access);
    throw new MemoryFault('SIGBUS', 'BUS_ADRERR', addr, access);
  }
  if (access !== 'write') return readFile(mm, vma, vma.file, vpn, pageIndex);
  if ((vma.flags & VM_SHARED) !== 0) return writeShared(mm, vma.file, vpn, pageIndex);
  mm.space.anonVmaPrepare(vma);
  return privateCopy(mm, vpn, mm.pageCacheFrame(vma.file, pageIndex), 0);
}

/** What the kernel has done when it finds that a page is not in the file: the pages around are mapped, a copy is prepared. */
function beforeBusError(mm: MmStruct, vma: Vma, file: MappedFile, vpn: number, access: Access): void {
  if (access !== 'write') mapAround(mm, vma, file, vpn, vma.pgoff + (vpn - vma.start / PAGE_SIZE));
  else if ((vma.flags & VM_SHARED) === 0) mm.space.anonVmaPrepare(vma);
}

/** Private anonymous memory. @source mm/memory.c: do_anonymous_page, mm/huge_memory.c: do_huge_pmd_anonymous_page */
function anonymousPage(mm: MmStruct, vma: Vma, vpn: number, access: Access): Filled {
  if (access !== 'write') {
    if (wantsHugePage(mm, vma, vpn)) return hugeZeroPage(mm, vpn);
    const pte = makePte(readOnlyFrame(mm, vpn), PTE_PRESENT | PTE_ZERO);
    mm.pageTable.set(vpn, pte);
    return { pte, cause: 'zero-page' };
  }
  mm.space.anonVmaPrepare(vma);
  if (wantsHugePage(mm, vma, vpn)) return hugePage(mm, vpn);
  const pte = makePte(newAnonymousFrame(mm, vpn), PTE_PRESENT | PTE_WRITE | PTE_DIRTY);
  mm.pageTable.set(vpn, pte);
  mm.counters.rssAnon += 1;
  return { pte, cause: 'demand-zero' };
}

/** Frame of zeros for a page that was only read; a page of the stack keeps its own. */
function readOnlyFrame(mm: MmStruct, vpn: number): number {
  return mm.physical.hasStackBacking(vpn) ? mm.physical.stackFrame(vpn) : mm.physical.zeroFrame;
}

function newAnonymousFrame(mm: MmStruct, vpn: number): number {
  return mm.physical.hasStackBacking(vpn) ? mm.physical.stackFrame(vpn) : mm.physical.allocate();
}

/**
 * Whether a fault maps 2 MiB at once: the aligned block lies in the VMA and has no page table yet.
 *
 * @source mm/memory.c: __handle_mm_fault; mm/huge_memory.c: __thp_vma_allowable_orders
 */
function wantsHugePage(mm: MmStruct, vma: Vma, vpn: number): boolean {
  if (!allowsHugePages(mm, vma)) return false;
  const start = (vpn - (vpn % PTES_PER_TABLE)) * PAGE_SIZE;
  return start >= vma.start && start + PMD_SIZE <= vma.end && !mm.pageTable.hasTable(vpn);
}

/** Whether the setting and the advice given for a VMA allow transparent huge pages. */
export function allowsHugePages(mm: MmStruct, vma: Vma): boolean {
  const { hugePages } = mm.profile;
  if (hugePages === 'never' || vma.file !== undefined || (vma.flags & VM_NOHUGEPAGE) !== 0) return false;
  return hugePages === 'always' || (vma.flags & VM_HUGEPAGE) !== 0;
}

/** A huge page of zeros for the block. @source mm/huge_memory.c: do_huge_pmd_anonymous_page */
function hugePage(mm: MmStruct, vpn: number): Filled {
  const first = vpn - (vpn % PTES_PER_TABLE);
  const flags = PTE_PRESENT | PTE_WRITE | PTE_DIRTY | PTE_HUGE;
  for (let page = first; page < first + PTES_PER_TABLE; page++) {
    mm.pageTable.set(page, makePte(newAnonymousFrame(mm, page), flags));
    mm.tlb.invalidatePage(page);
  }
  mm.counters.rssAnon += PTES_PER_TABLE;
  return { pte: mm.pageTable.get(vpn), cause: 'huge-page' };
}

/** The huge page of zeros, mapped read-only. */
function hugeZeroPage(mm: MmStruct, vpn: number): Filled {
  const first = vpn - (vpn % PTES_PER_TABLE);
  for (let page = first; page < first + PTES_PER_TABLE; page++) {
    mm.pageTable.set(page, makePte(readOnlyFrame(mm, page), PTE_PRESENT | PTE_ZERO | PTE_HUGE));
  }
  return { pte: mm.pageTable.get(vpn), cause: 'zero-page' };
}

/** A write to a page that is mapped read-only. @source mm/memory.c: do_wp_page */
function writeProtected(mm: MmStruct, vma: Vma, vpn: number, pte: number): Filled {
  const isAnonymous = (pte & PTE_NOT_ANON) === 0;
  if (isAnonymous && mm.isShared(pteHost(pte))) return unshare(mm, vpn, pte);
  if ((vma.flags & VM_SHARED) !== 0 || isAnonymous) {
    if (isAnonymous) mm.shares.delete(pteHost(pte));
    const writable = ((pte | PTE_WRITE | PTE_DIRTY) & ~PTE_SHARED_ANON) >>> 0;
    mm.pageTable.set(vpn, writable);
    if ((vma.flags & VM_SHARED) !== 0) vma.file?.dirtyPages.add(vma.pgoff + vpn - vma.start / PAGE_SIZE);
    return { pte: writable, cause: (pte & PTE_NOT_ANON) === 0 ? 'copy-on-write' : 'file' };
  }
  mm.space.anonVmaPrepare(vma);
  // The huge page of zeros is replaced whole. @source mm/huge_memory.c: do_huge_zero_wp_pmd
  if ((pte & (PTE_ZERO | PTE_HUGE)) === (PTE_ZERO | PTE_HUGE)) return hugePage(mm, vpn);
  if ((pte & PTE_ZERO) === 0) return privateCopy(mm, vpn, pteHost(pte), pte);
  const fresh = makePte(newAnonymousFrame(mm, vpn), PTE_PRESENT | PTE_WRITE | PTE_DIRTY);
  mm.pageTable.set(vpn, fresh);
  mm.counters.rssAnon += 1;
  mm.tlb.invalidatePage(vpn);
  return { pte: fresh, cause: 'copy-on-write' };
}

/** Copies a page that a relative has mapped too. @source mm/memory.c: wp_page_copy */
function unshare(mm: MmStruct, vpn: number, pte: number): Filled {
  const before = pteHost(pte);
  // A page of the stack has a frame of its own already, with a copy in it.
  const frame = mm.physical.isStackFrame(before) ? before : newAnonymousFrame(mm, vpn);
  if (frame !== before) {
    mm.physical.copyFrame(frame, before);
    mm.dropAnonymousFrame(before);
  } else {
    const share = mm.shares.get(before);
    if (share !== undefined) share.mappers -= 1;
    mm.shares.delete(before);
  }
  const fresh = makePte(frame, PTE_PRESENT | PTE_WRITE | PTE_DIRTY);
  mm.pageTable.set(vpn, fresh);
  mm.tlb.invalidatePage(vpn);
  return { pte: fresh, cause: 'copy-on-write' };
}

/** Gives the page a frame of its own with the content of `source`. `before` is the entry it had, 0 for none. */
function privateCopy(mm: MmStruct, vpn: number, source: number, before: number): Filled {
  const frame = newAnonymousFrame(mm, vpn);
  if (source !== mm.physical.zeroFrame) mm.physical.copyFrame(frame, source);
  const pte = makePte(frame, PTE_PRESENT | PTE_WRITE | PTE_DIRTY);
  mm.pageTable.set(vpn, pte);
  if ((before & PTE_FILE) !== 0) mm.counters.rssFile -= 1;
  if ((before & PTE_SHMEM) !== 0) mm.counters.rssShmem -= 1;
  mm.counters.rssAnon += 1;
  mm.tlb.invalidatePage(vpn);
  return { pte, cause: 'copy-on-write' };
}

/**
 * A read of a file's page: maps the cached pages around it too.
 *
 * @source mm/memory.c: do_read_fault
 */
function readFile(mm: MmStruct, vma: Vma, file: MappedFile, vpn: number, pageIndex: number): Filled {
  if (file.kind === 'special') {
    mapFilePage(mm, vma, file, vpn, pageIndex);
    return { pte: mm.pageTable.get(vpn), cause: 'file' };
  }
  mapAround(mm, vma, file, vpn, pageIndex);
  if ((mm.pageTable.get(vpn) & PTE_PRESENT) === 0) mapFilePage(mm, vma, file, vpn, pageIndex);
  return { pte: mm.pageTable.get(vpn), cause: file.kind === 'shmem' ? 'demand-zero' : 'file' };
}

/** Maps the cached pages of the window around a page. @source mm/memory.c: do_fault_around */
function mapAround(mm: MmStruct, vma: Vma, file: MappedFile, vpn: number, pageIndex: number): void {
  const inTable = vpn % PTES_PER_TABLE;
  const tableStart = vpn - inTable;
  const from = Math.max(
    inTable - (inTable % FAULT_AROUND_PAGES),
    inTable - Math.min(vpn - vma.start / PAGE_SIZE, inTable),
  );
  const to = Math.min(from + FAULT_AROUND_PAGES, PTES_PER_TABLE, vma.end / PAGE_SIZE - tableStart);
  // The last page of a file is not a reason to make a page table. @source mm/filemap.c: filemap_map_pages (6.18)
  const first = pageIndex + (tableStart + from - vpn);
  if (file.kind === 'regular' && first >= file.pageCount - 1 && !mm.pageTable.hasTable(vpn)) return;
  for (let index = from; index < to; index++) {
    const page = tableStart + index;
    const neighbour = pageIndex + (page - vpn);
    if (neighbour >= file.pageCount || (mm.pageTable.get(page) & PTE_PRESENT) !== 0) continue;
    if (file.kind === 'shmem' && !file.pages.has(neighbour)) continue;
    mapFilePage(mm, vma, file, page, neighbour);
  }
}

/** Maps a page of the page cache. Shared memory is writable at once; files on disk want to know of the first write. */
function mapFilePage(mm: MmStruct, vma: Vma, file: MappedFile, vpn: number, pageIndex: number): void {
  const frame = mm.pageCacheFrame(file, pageIndex);
  if (file.kind === 'special') {
    const counted = file.name === '[vdso]';
    mm.pageTable.set(vpn, makePte(frame, PTE_PRESENT | (counted ? PTE_FILE : PTE_SPECIAL)));
    if (counted) mm.counters.rssFile += 1;
  } else if (file.kind === 'shmem') {
    const writable = (vma.flags & (VM_SHARED | VM_WRITE)) === (VM_SHARED | VM_WRITE) ? PTE_WRITE : 0;
    mm.pageTable.set(vpn, makePte(frame, PTE_PRESENT | PTE_SHMEM | writable));
    mm.counters.rssShmem += 1;
  } else {
    mm.pageTable.set(vpn, makePte(frame, PTE_PRESENT | PTE_FILE));
    mm.counters.rssFile += 1;
  }
}

/** A write to memory that is shared. @source mm/memory.c: do_shared_fault */
function writeShared(mm: MmStruct, file: MappedFile, vpn: number, pageIndex: number): Filled {
  const kind = file.kind === 'shmem' ? PTE_SHMEM : PTE_FILE;
  const pte = makePte(mm.pageCacheFrame(file, pageIndex), PTE_PRESENT | PTE_WRITE | PTE_DIRTY | kind);
  mm.pageTable.set(vpn, pte);
  if (kind === PTE_SHMEM) mm.counters.rssShmem += 1;
  else mm.counters.rssFile += 1;
  file.dirtyPages.add(pageIndex);
  return { pte, cause: kind === PTE_SHMEM ? 'demand-zero' : 'file' };
}

function report(mm: MmStruct, vma: Vma, addr: number, access: Access, cause: FaultCause): void {
  const event: PageFaultEvent = {
    kind: 'page-fault',
    addr: addr as Address,
    access,
    severity: 'minor',
    cause,
    why: mm.tracer.wantsWhy ? faultWhy(mm, vma, addr, access, cause) : undefined,
  };
  mm.tracer.emit(event);
}
