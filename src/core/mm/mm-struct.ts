/**
 * What the kernel keeps about the memory of one process: mm_struct.
 *
 * The files beside this one hold the functions over it: page faults, system calls, accesses.
 *
 * Source: Linux, include/linux/mm_types.h: mm_struct; mm/memory.c: zap_pte_range; mm/util.c: __vm_enough_memory.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE } from '../../base/address.ts';
import type { MachineProfile, ResourceLimits } from '../target/machine-profile.ts';
import { stackTopOf } from '../target/machine-profile.ts';
import { FIRST_FRAME } from '../target/tlb-layout.ts';
import type { Tracer } from '../trace/trace-event.ts';
import { NullTracer } from '../trace/trace-event.ts';
import { AddressSpace, isDataMapping } from './address-space.ts';
import type { LinearMemory } from './linear-memory.ts';
import { PageTable, PTE_DIRTY, PTE_FILE, PTE_SHMEM, PTE_SPECIAL, PTE_ZERO, pteHost } from './page-table.ts';
import { PhysicalMemory } from './physical-memory.ts';
import { TranslationCache } from './translation-cache.ts';
import { AreaFinder } from './unmapped-area.ts';
import type { MappedFile, Vma } from './vma.ts';
import { VM_LOCKED } from './vma.ts';

/** Most bytes of stack that get contiguous backing; a stack cannot grow beyond it here. */
export const LARGEST_STACK_BACKING = 64 * 1024 * 1024;

/** How many processes map the frame of an anonymous page. Copies of stack pages, which have fixed frames, count as one page. */
export interface FrameShare {
  mappers: number;
}

/** Numbers that the kernel counts for a process; pages unless said otherwise. */
export interface MemoryCounters {
  /** Faults repaired without reading a file. */
  minflt: number;
  /** Faults that waited for a disk. */
  majflt: number;
  /** Resident pages: anonymous, of files, of shared anonymous memory. */
  rssAnon: number;
  rssFile: number;
  rssShmem: number;
  /** Most pages ever resident and mapped, as far as seen before a decrease. */
  hiwaterRss: number;
  hiwaterVm: number;
}

/** The memory of a process as the kernel sees it. */
export class MmStruct {
  readonly profile: MachineProfile;
  readonly limits: ResourceLimits;
  #tracer: Tracer;
  readonly linear: LinearMemory;
  readonly space: AddressSpace;
  readonly areas: AreaFinder;
  readonly pageTable = new PageTable();
  readonly physical: PhysicalMemory;
  readonly tlb: TranslationCache;
  readonly counters: MemoryCounters = {
    minflt: 0,
    majflt: 0,
    rssAnon: 0,
    rssFile: 0,
    rssShmem: 0,
    hiwaterRss: 0,
    hiwaterVm: 0,
  };
  /** The brk area is [startBrk, brk); any byte address. */
  startBrk = 0;
  brk = 0;
  /** Code and data of the program file, for VmExe and RLIMIT_DATA. */
  startCode = 0;
  endCode = 0;
  startData = 0;
  endData = 0;
  /** Initial stack pointer: names the VMA that maps calls [stack]. */
  startStack = 0;
  /** VM_ flags that every new mapping gets: locked ones after mlockall(MCL_FUTURE). */
  defaultFlags = 0;
  /** Pages promised to shared anonymous memory. */
  sharedCommittedPages = 0;
  /** Names of the kernel's mappings come from their file; of files from their path. */
  #nextInode = 1025;
  #growListeners: (() => void)[] = [];

  /** Frames of anonymous pages that relatives have mapped too, or had when this process was made: by host address. */
  readonly shares = new Map<number, FrameShare>();
  /** The processes that may share frames with this one, itself included. */
  readonly family: Set<MmStruct>;

  /**
   * Makes an empty address space.
   *
   * @param parent - of a child that fork makes
   * @param physical - frames to use instead of taking the linear memory: see {@link scratchOf}
   */
  constructor(
    linear: LinearMemory,
    profile: MachineProfile,
    tracer: Tracer,
    parent?: MmStruct,
    physical?: PhysicalMemory,
  ) {
    this.linear = linear;
    this.profile = profile;
    this.#tracer = tracer;
    this.limits = {
      stack: profile.stackLimit,
      addressSpace: profile.addressSpaceLimit,
      data: profile.dataLimit,
      memlock: profile.memlockLimit,
    };
    const stackBytes = Math.min(profile.stackLimit - (profile.stackLimit % PAGE_SIZE), LARGEST_STACK_BACKING);
    const onGrow = (): void => {
      for (const listener of this.#growListeners) listener();
    };
    physical?.onGrow(onGrow);
    this.physical =
      physical ??
      parent?.physical.fork(onGrow) ??
      PhysicalMemory.create(
        linear,
        stackTopOf(profile),
        profile.stackLimit === Infinity ? LARGEST_STACK_BACKING : stackBytes,
        onGrow,
      );
    this.family = parent?.family ?? new Set();
    this.family.add(this);
    this.tlb = new TranslationCache(linear.buffer);
    this.onGrow(() => this.tlb.rebind(linear.buffer));
    this.space = new AddressSpace({
      fileUnmapped: (file) => this.#dropSharedMemory(file),
      borderMoved: (addr) => this.pageTable.splitHuge(addr / PAGE_SIZE),
    });
    this.areas = new AreaFinder(this.space, profile);
  }

  /** Who is told of faults. */
  get tracer(): Tracer {
    return this.#tracer;
  }

  /** Runs `work` with nobody listening: what happens before main is no event of the program. */
  withoutTracing<Result>(work: () => Result): Result {
    const listening = this.#tracer;
    this.#tracer = new NullTracer();
    try {
      return work();
    } finally {
      this.#tracer = listening;
    }
  }

  /** Calls `listener` whenever the buffer of the linear memory was replaced. */
  onGrow(listener: () => void): void {
    this.#growListeners.push(listener);
  }

  /** Inode numbers of the hidden files behind shared anonymous memory. */
  nextInode(): number {
    this.#nextInode += 1;
    return this.#nextInode - 1;
  }

  /** Resident pages (VmRSS). */
  get rss(): number {
    return this.counters.rssAnon + this.counters.rssFile + this.counters.rssShmem;
  }

  /** Notes the high-water marks; the kernel does so before a decrease and when it is asked. */
  updateHiwater(): void {
    const { counters } = this;
    counters.hiwaterRss = Math.max(counters.hiwaterRss, this.rss);
    counters.hiwaterVm = Math.max(counters.hiwaterVm, this.space.totalPages);
  }

  /** Whether RLIMIT_AS and RLIMIT_DATA allow that many pages more. @source mm/mmap.c: may_expand_vm */
  mayExpand(flags: number, pages: number): boolean {
    if (this.space.totalPages + pages > Math.floor(this.limits.addressSpace / PAGE_SIZE)) return false;
    return !isDataMapping(flags) || this.space.dataPages + pages <= Math.floor(this.limits.data / PAGE_SIZE);
  }

  /** Pages that are promised: of accounted mappings, and of the hidden files of shared anonymous memory. */
  get committedPages(): number {
    return this.space.accountedPages + this.sharedCommittedPages;
  }

  /** Whether RLIMIT_MEMLOCK allows that many locked pages more. @source mm/mlock.c: mlock_future_ok */
  mayLock(flags: number, pages: number): boolean {
    if ((flags & VM_LOCKED) === 0 || this.profile.privileged) return true;
    return this.space.lockedPages + pages <= Math.floor(this.limits.memlock / PAGE_SIZE);
  }

  /**
   * Whether memory of that many pages may be promised.
   *
   * @source mm/util.c: __vm_enough_memory
   */
  enoughMemory(pages: number): boolean {
    const { profile } = this;
    switch (profile.overcommit) {
      case 'always':
        return true;
      case 'heuristic':
        return pages <= Math.floor((profile.ramBytes + profile.swapBytes) / PAGE_SIZE);
      case 'strict': {
        const userReserve = Math.min(
          Math.floor(this.space.totalPages / 32),
          Math.floor(USER_RESERVE_BYTES / PAGE_SIZE),
        );
        return this.committedPages + pages < commitLimitPages(profile) - ADMIN_RESERVE_PAGES - userReserve;
      }
    }
  }

  /** Unmaps the pages of [start, end) from the page table; their frames go back. @source mm/memory.c: zap_pte_range */
  zapPages(start: number, end: number): void {
    this.#zap(start, end, () => true);
  }

  #zap(start: number, end: number, wanted: (pte: number) => boolean): void {
    this.updateHiwater();
    const startVpn = start / PAGE_SIZE;
    const endVpn = end / PAGE_SIZE;
    const { counters, pageTable } = this;
    pageTable.splitHuge(startVpn);
    pageTable.splitHuge(endVpn);
    pageTable.forEachPresent(startVpn, endVpn, (vpn, pte) => {
      if (!wanted(pte)) return;
      pageTable.set(vpn, 0);
      if ((pte & PTE_ZERO) !== 0) {
        // In the stack's backing the page of zeros is the page's own frame: never written, nothing to give back.
      } else if ((pte & PTE_FILE) !== 0) counters.rssFile -= 1;
      else if ((pte & PTE_SHMEM) !== 0) {
        counters.rssShmem -= 1;
        if ((pte & PTE_DIRTY) !== 0) this.#keepDirty(vpn);
      } else if ((pte & PTE_SPECIAL) === 0) {
        counters.rssAnon -= 1;
        this.dropAnonymousFrame(pteHost(pte));
      }
    });
    this.tlb.invalidateRange(startVpn, endVpn);
  }

  /** Gives up the frame of an anonymous page: it goes back when no relative has it mapped. */
  dropAnonymousFrame(host: number): void {
    const share = this.shares.get(host);
    if (share !== undefined) {
      this.shares.delete(host);
      share.mappers -= 1;
      if (share.mappers > 0 && !this.physical.isStackFrame(host)) return;
    }
    this.physical.release(host);
  }

  /** Whether a relative has the frame of an anonymous page mapped too. */
  isShared(host: number): boolean {
    return (this.shares.get(host)?.mappers ?? 1) > 1;
  }

  /** The dirty mark of an entry goes over to its page. @source mm/memory.c: zap_present_folio_ptes */
  #keepDirty(vpn: number): void {
    const vma = this.space.vmaLookup(vpn * PAGE_SIZE);
    vma?.file?.dirtyPages.add(vma.pgoff + vpn - vma.start / PAGE_SIZE);
  }

  /** Frees the page tables that a removed range leaves without any VMA. */
  freeTables(start: number, end: number): void {
    const floor = this.space.previousVma(start)?.end ?? 0;
    const ceiling = this.space.findVma(end)?.start ?? Infinity;
    this.pageTable.freeTables(start / PAGE_SIZE, end / PAGE_SIZE, floor / PAGE_SIZE, ceiling / PAGE_SIZE);
  }

  /** Frame of a file's page in the page cache, read in now if need be. */
  pageCacheFrame(file: MappedFile, pageIndex: number): number {
    const cached = file.pages.get(pageIndex);
    if (cached !== undefined) return cached;
    const content = file.content(pageIndex);
    if (content === undefined && file.kind !== 'shmem' && !file.writable) return this.physical.zeroFrame;
    const frame = this.physical.allocate();
    if (content !== undefined) this.physical.fillFrame(frame, content);
    file.pages.set(pageIndex, frame);
    return frame;
  }

  /**
   * Takes the pages from `first` on out of every mapping of a file that became shorter, private copies too.
   *
   * @source mm/memory.c: unmap_mapping_pages
   */
  unmapFilePages(file: MappedFile, first: number): void {
    for (const vma of this.space.vmas) {
      if (vma.file !== file) continue;
      const from = Math.max(first, vma.pgoff);
      if (from < vma.pgoff + vma.pageCount)
        this.zapPages(vma.start + (from - vma.pgoff) * PAGE_SIZE, vma.end);
    }
  }

  /** Takes pages out of a file of shared memory, and out of every mapping of it. */
  removeFilePages(file: MappedFile, first: number, end: number): void {
    for (const vma of this.space.vmas) {
      if (vma.file !== file) continue;
      const from = Math.max(first, vma.pgoff);
      const to = Math.min(end, vma.pgoff + vma.pageCount);
      if (from >= to) continue;
      const start = vma.start + (from - vma.pgoff) * PAGE_SIZE;
      this.#zap(start, start + (to - from) * PAGE_SIZE, (pte) => (pte & (PTE_SHMEM | PTE_FILE)) !== 0);
    }
    for (const [index, frame] of [...file.pages]) {
      if (index < first || index >= end) continue;
      file.pages.delete(index);
      file.dirtyPages.delete(index);
      this.physical.release(frame);
    }
  }

  /** The VMA of the growing stack of the main thread. */
  stackVma(): Vma | undefined {
    return this.space.vmaLookup(this.startStack);
  }

  #dropSharedMemory(file: MappedFile): void {
    if (file.kind !== 'shmem') return;
    if (file.heldOpen) return;
    for (const frame of file.pages.values()) this.physical.release(frame);
    file.pages.clear();
    file.dirtyPages.clear();
    this.sharedCommittedPages -= file.committedPages;
    file.committedPages = 0;
  }
}

/** Memory kept for administrators and for the process itself when commitment is strict. @source mm/util.c, mm/mmap.c */
const ADMIN_RESERVE_PAGES = 0x800000 / PAGE_SIZE;
const USER_RESERVE_BYTES = 0x8000000;

/** CommitLimit: half of the memory, and the swap. @source mm/util.c: vm_commit_limit */
export function commitLimitPages(profile: MachineProfile): number {
  return Math.floor(Math.floor(profile.ramBytes / PAGE_SIZE) / 2) + Math.floor(profile.swapBytes / PAGE_SIZE);
}

/** Host addresses below this one are no frames. */
export const LOWEST_FRAME: number = FIRST_FRAME;

/** Address of the page with number `vpn`. */
export function vpnAddress(vpn: number): Address {
  return (vpn * PAGE_SIZE) as Address;
}
