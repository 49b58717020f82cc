/**
 * The mappings of one process.
 *
 * Invariant: sorted by start, pairwise disjoint, page-aligned, start < end.
 * Invariant: the page totals equal the sums over the mappings.
 *
 * Areas merge by the kernel's rules when they are made or changed; neighbours that only later become alike (because
 * both were written, for example) stay apart, as they do in Linux.
 *
 * Source: Linux 6.18, mm/vma.c: vma_merge_new_range, vma_merge_existing_range, __split_vma, expand_downwards;
 * mm/mmap.c: vm_stat_account.
 */
import type { Address } from '../../base/address.ts';
import { offsetBy, PAGE_SIZE } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import { EINVAL, ENOMEM } from './kernel.ts';
import type { AnonVma, MappedFile, MergeCandidate } from './vma.ts';
import type { Hole } from './vma-tree.ts';
import { VmaTree } from './vma-tree.ts';
import {
  AnonVma as NewAnonVma,
  anonVmasCompatible,
  canVmaMergeAfter,
  canVmaMergeBefore,
  Vma,
  VM_ACCESS_FLAGS,
  VM_EXEC,
  VM_ACCOUNT,
  VM_GROWSDOWN,
  VM_LOCKED,
  VM_LOCKED_MASK,
  VM_SHARED,
  VM_WRITE,
} from './vma.ts';

/** Is told of changes that others must follow. */
export interface AddressSpaceListener {
  /** The last mapping of `file` is gone. */
  fileUnmapped(file: MappedFile): void;
  /** A border between two VMAs now lies at `addr`: a huge page cannot lie across it. */
  borderMoved(addr: Address): void;
}

/** The sorted list of VMAs and the page totals that limits are checked against. */
export class AddressSpace {
  readonly #tree = new VmaTree();
  readonly #listener: AddressSpaceListener;
  #cached: Vma | undefined;
  #listed: readonly Vma[] = [];
  #listedAt = -1;
  #lockedForgotten = 0;

  /** Pages of all VMAs (VmSize). */
  totalPages = 0;
  /** Pages of private writable VMAs other than the stack (VmData). */
  dataPages = 0;
  /** Pages of VMAs that grow down (VmStk). */
  stackPages = 0;
  /** Pages of executable, not writable VMAs (VmExe + VmLib). */
  execPages = 0;
  /** Pages of locked VMAs (VmLck). */
  lockedPages = 0;
  /** Pages of VMAs whose memory is promised (part of Committed_AS). */
  accountedPages = 0;
  /** Goes up with every change; readers use it to notice that they are out of date. */
  generation = 0;

  constructor(listener: AddressSpaceListener) {
    this.#listener = listener;
  }

  /** All VMAs from low to high: a list that is made anew after a change. */
  get vmas(): readonly Vma[] {
    if (this.#listedAt !== this.generation) {
      this.#listed = this.#tree.toArray();
      this.#listedAt = this.generation;
    }
    return this.#listed;
  }

  /** Number of VMAs (map_count). */
  get mapCount(): number {
    return this.#tree.size;
  }

  /** The first VMA that ends above `addr`: the one that holds it, or the next one. @source mm/mmap.c: find_vma */
  findVma(addr: number): Vma | undefined {
    const cached = this.#cached;
    if (cached !== undefined && addr >= cached.start && addr < cached.end) return cached;
    const vma = this.#tree.firstEndingAbove(addr);
    if (vma !== undefined && vma.start <= addr) this.#cached = vma;
    return vma;
  }

  /** The VMA that holds `addr`. @source mm/mmap.c: vma_lookup */
  vmaLookup(addr: number): Vma | undefined {
    const vma = this.findVma(addr);
    return vma !== undefined && vma.start <= addr ? vma : undefined;
  }

  /** The lowest VMA that shares an address with [start, end). */
  findIntersection(start: number, end: number): Vma | undefined {
    const vma = this.findVma(start);
    return vma !== undefined && vma.start < end ? vma : undefined;
  }

  /** The last VMA that ends at or below `addr`. */
  previousVma(addr: number): Vma | undefined {
    return this.#tree.lastEndingUpTo(addr);
  }

  /** The highest hole of at least `length` bytes within [low, high), cut to it. */
  highestHole(low: number, high: number, length: number): Hole | undefined {
    return this.#tree.highestHole(low, high, length);
  }

  /** The lowest hole of at least `length` bytes within [low, high), cut to it. */
  lowestHole(low: number, high: number, length: number): Hole | undefined {
    return this.#tree.lowestHole(low, high, length);
  }

  /**
   * Adds [start, end), which must be free, as a part of its neighbours where they allow it, else as a VMA of its own.
   *
   * @param anonVma - that of the source when a mapping is moved
   * @returns the VMA that now holds the range
   * @source mm/vma.c: vma_merge_new_range, __mmap_new_vma
   */
  addRange(
    start: Address,
    end: Address,
    flags: number,
    pgoff: number,
    file: MappedFile | undefined,
    anonVma?: AnonVma,
  ): Vma {
    const merged = this.mergeNewRange({ start, end, flags, pgoff, file, anonVma });
    if (merged !== undefined) return merged;
    return this.addSeparate({ start, end, flags, pgoff, file, anonVma });
  }

  /**
   * Makes a new range a part of the VMA below, of the VMA above, or joins all three.
   *
   * @returns `undefined` when neither neighbour takes it
   */
  mergeNewRange(candidate: MergeCandidate): Vma | undefined {
    const prev = this.#tree.lastEndingUpTo(candidate.start);
    const next = this.#tree.firstEndingAbove(candidate.start);
    invariant(next === undefined || next.start >= candidate.end, 'a new range lies in a hole');
    const left = prev !== undefined && canVmaMergeAfter(prev, candidate);
    let right = next !== undefined && canVmaMergeBefore(next, candidate);
    if (left && right && !anonVmasCompatible(prev.anonVma, next?.anonVma)) right = false;
    const pages = (candidate.end - candidate.start) / PAGE_SIZE;
    if (left) {
      prev.anonVma ??= candidate.anonVma;
      if (right && next !== undefined) {
        prev.anonVma ??= next.anonVma;
        this.#remove(next);
        this.#resize(prev, prev.start, next.end);
      } else {
        this.#resize(prev, prev.start, candidate.end);
      }
      this.#account(candidate.flags, pages);
      return prev;
    }
    if (right && next !== undefined) {
      next.anonVma ??= candidate.anonVma;
      next.pgoff = candidate.pgoff;
      this.#resize(next, candidate.start, next.end);
      this.#account(candidate.flags, pages);
      return next;
    }
    return undefined;
  }

  /** Adds a VMA of its own whatever its neighbours are. */
  addSeparate(range: MergeCandidate): Vma {
    const vma = new Vma(range.start, range.end, range.flags, range.pgoff, range.file);
    vma.anonVma = range.anonVma;
    this.#insert(vma);
    this.#account(range.flags, vma.pageCount);
    return vma;
  }

  /** Lets the VMA that ends at `start` take [start, end) without a look at what follows; brk grows so. */
  expandUp(prev: Vma, end: Address): void {
    this.#account(prev.flags, (end - prev.end) / PAGE_SIZE);
    this.#resize(prev, prev.start, end);
  }

  /** Moves the start of a growing stack down. */
  expandDown(vma: Vma, start: Address): void {
    const pages = (vma.start - start) / PAGE_SIZE;
    this.#account(vma.flags, pages);
    vma.pgoff -= pages;
    this.#resize(vma, start, vma.end);
  }

  /**
   * Gives [start, end), a part of `vma`, other flags: merges with neighbours that have them, else splits.
   *
   * @returns the VMA that now holds the range
   * @source mm/vma.c: vma_modify_flags, vma_merge_existing_range
   */
  modifyFlags(vma: Vma, start: Address, end: Address, flags: number): Vma {
    const prev = this.#tree.lastEndingUpTo(start);
    const next = this.#tree.firstEndingAbove(vma.end);
    const wholeLeft = start === vma.start;
    const wholeRight = end === vma.end;
    const pages = (end - start) / PAGE_SIZE;
    const pgoff = vma.pgoff + (start - vma.start) / PAGE_SIZE;
    const candidate = { start, end, flags, pgoff, file: vma.file, anonVma: vma.anonVma };
    const left = wholeLeft && prev !== undefined && canVmaMergeAfter(prev, candidate);
    let right = wholeRight && next !== undefined && canVmaMergeBefore(next, candidate);
    if (left && right && !anonVmasCompatible(prev.anonVma, next?.anonVma)) right = false;

    if (left || right) {
      if (!wholeLeft) this.#listener.borderMoved(start);
      if (!wholeRight) this.#listener.borderMoved(end);
      this.#account(vma.flags, -pages);
      this.#account(flags, pages);
    }
    if (left) {
      prev.anonVma ??= vma.anonVma;
      if (right && next !== undefined) {
        prev.anonVma ??= next.anonVma;
        this.#remove(vma);
        this.#remove(next);
        this.#resize(prev, prev.start, next.end);
      } else if (wholeRight) {
        this.#remove(vma);
        this.#resize(prev, prev.start, end);
      } else {
        vma.pgoff += pages;
        this.#resize(vma, end, vma.end);
        this.#resize(prev, prev.start, end);
      }
      return prev;
    }
    if (right && next !== undefined) {
      next.anonVma ??= vma.anonVma;
      next.pgoff = pgoff;
      if (wholeLeft) this.#remove(vma);
      else this.#resize(vma, vma.start, start);
      this.#resize(next, start, next.end);
      return next;
    }
    let middle = vma;
    if (!wholeLeft) middle = this.split(middle, start);
    if (!wholeRight) this.split(middle, end);
    this.#account(middle.flags, -pages);
    middle.flags = flags;
    this.#account(flags, pages);
    return middle;
  }

  /**
   * Takes the lock off a VMA whose pages mremap has moved away. The kernel does not take its pages off VmLck.
   *
   * @source mm/mremap.c: dontunmap_complete
   */
  forgetLock(vma: Vma): void {
    if ((vma.flags & VM_LOCKED) !== 0) this.#lockedForgotten += vma.pageCount;
    vma.flags &= ~VM_LOCKED_MASK;
    this.#touch();
  }

  /**
   * What stops {@link modifyFlags}: nothing when it may merge or each split finds a slot.
   *
   * @returns 0, or minus errno
   * @source mm/vma.c: split_vma
   */
  modifyError(vma: Vma, start: Address, end: Address, flags: number, maxMapCount: number): number {
    const splits = (start > vma.start ? 1 : 0) + (end < vma.end ? 1 : 0);
    if (splits === 0) return 0;
    if (!vma.maySplit) return -EINVAL;
    if (this.mapCount + splits <= maxMapCount) return 0;
    const pgoff = vma.pgoff + (start - vma.start) / PAGE_SIZE;
    const candidate = { start, end, flags, pgoff, file: vma.file, anonVma: vma.anonVma };
    const prev = this.#tree.lastEndingUpTo(start);
    const next = this.#tree.firstEndingAbove(vma.end);
    if (start === vma.start && prev !== undefined && canVmaMergeAfter(prev, candidate)) return 0;
    if (end === vma.end && next !== undefined && canVmaMergeBefore(next, candidate)) return 0;
    return -ENOMEM;
  }

  /** Cuts a VMA in two at `addr`, inside it; returns the upper part. @source mm/vma.c: __split_vma */
  split(vma: Vma, addr: Address): Vma {
    invariant(vma.start < addr && addr < vma.end, 'a split lies inside its VMA');
    const upper = new Vma(addr, vma.end, vma.flags, vma.pgoff + (addr - vma.start) / PAGE_SIZE, vma.file);
    upper.anonVma = vma.anonVma;
    this.#listener.borderMoved(addr);
    this.#resize(vma, vma.start, addr);
    this.#insert(upper);
    return upper;
  }

  /**
   * Takes [start, end) out, splitting the VMAs at its ends.
   *
   * @returns the removed VMAs, cut to the range
   */
  removeRange(start: Address, end: Address): readonly Vma[] {
    const first = this.findIntersection(start, end);
    if (first === undefined) return [];
    if (first.start < start) this.split(first, start);
    const last = this.vmaLookup(end - PAGE_SIZE);
    if (last !== undefined && last.end > end) this.split(last, end);
    const removed: Vma[] = [];
    for (let vma = this.findIntersection(start, end); vma !== undefined;) {
      this.#account(vma.flags, -vma.pageCount);
      this.#remove(vma);
      removed.push(vma);
      vma = this.findIntersection(vma.end, end);
    }
    this.#release(removed);
    return removed;
  }

  /**
   * Puts VMAs in the place of others, to show another moment of a process that does not run on: nothing is accounted,
   * no file hears of it.
   *
   * @param outdated - the starts of those that go
   */
  show(outdated: readonly Address[], shown: readonly Vma[]): void {
    for (const start of outdated) {
      const vma = this.vmaLookup(start);
      invariant(vma?.start === start, 'a VMA that is replaced is there');
      this.#tree.remove(vma);
      this.#touch();
    }
    for (const vma of shown) this.#tree.insert(vma);
    this.#touch();
  }

  /** Gives `vma` an anon_vma before its first write fault: that of a compatible neighbour, else a new one. */
  anonVmaPrepare(vma: Vma): void {
    if (vma.anonVma !== undefined) return;
    const next = this.#tree.firstEndingAbove(vma.end);
    const prev = this.#tree.lastEndingUpTo(vma.start);
    const isReusable = (other: Vma | undefined): boolean =>
      other?.anonVma !== undefined && !other.anonVma.isForked;
    if (next !== undefined && isReusable(next) && anonVmaCompatible(vma, next)) vma.anonVma = next.anonVma;
    else if (prev !== undefined && isReusable(prev) && anonVmaCompatible(prev, vma))
      vma.anonVma = prev.anonVma;
    else vma.anonVma = new NewAnonVma();
  }

  /** Throws a BugError when an invariant is broken. */
  checkInvariants(): void {
    let before = 0;
    let total = 0;
    let data = 0;
    let stack = 0;
    let exec = 0;
    let locked = 0;
    let accounted = 0;
    invariant(this.#tree.isConsistent(), 'the tree of VMAs knows its holes');
    for (const vma of this.#tree.toArray()) {
      invariant(vma.start < vma.end, 'a VMA is not empty');
      invariant(vma.start % PAGE_SIZE === 0 && vma.end % PAGE_SIZE === 0, 'a VMA is page-aligned');
      invariant(vma.start >= before, 'VMAs are sorted and disjoint');
      invariant(vma.pgoff >= 0, 'a page offset is not negative');
      before = vma.end;
      total += vma.pageCount;
      if ((vma.flags & VM_LOCKED) !== 0) locked += vma.pageCount;
      if ((vma.flags & VM_ACCOUNT) !== 0) accounted += vma.pageCount;
      if (isDataMapping(vma.flags)) data += vma.pageCount;
      if ((vma.flags & VM_GROWSDOWN) !== 0) stack += vma.pageCount;
      if (isExecMapping(vma.flags)) exec += vma.pageCount;
    }
    invariant(total === this.totalPages, 'VmSize is the sum of the VMAs');
    invariant(data === this.dataPages, 'VmData is the sum of the private writable VMAs');
    invariant(stack === this.stackPages, 'VmStk is the sum of the growing VMAs');
    invariant(locked + this.#lockedForgotten === this.lockedPages, 'VmLck is the sum of the locked VMAs');
    invariant(accounted === this.accountedPages, 'what is promised is the sum of the accounted VMAs');
    invariant(exec === this.execPages, 'VmExe + VmLib is the sum of the executable VMAs');
  }

  #account(flags: number, pages: number): void {
    this.totalPages += pages;
    if ((flags & VM_LOCKED) !== 0) this.lockedPages += pages;
    if ((flags & VM_ACCOUNT) !== 0) this.accountedPages += pages;
    if (isExecMapping(flags)) this.execPages += pages;
    else if ((flags & VM_GROWSDOWN) !== 0) this.stackPages += pages;
    else if (isDataMapping(flags)) this.dataPages += pages;
    this.#touch();
  }

  #touch(): void {
    this.generation += 1;
    this.#cached = undefined;
  }

  #insert(vma: Vma): void {
    this.#tree.insert(vma);
    if (vma.file !== undefined) vma.file.mapCount += 1;
    this.#touch();
  }

  /** Takes a VMA out of the tree; whoever merged it away keeps its file mapped. */
  #remove(vma: Vma): void {
    this.#tree.remove(vma);
    if (vma.file !== undefined) vma.file.mapCount -= 1;
    this.#touch();
  }

  /** Moves the borders of a VMA, into free space only. */
  #resize(vma: Vma, start: Address, end: Address): void {
    vma.start = start;
    vma.end = end;
    this.#tree.refresh(vma);
    this.#touch();
  }

  #release(removed: readonly Vma[]): void {
    for (const { file } of removed) if (file?.mapCount === 0) this.#listener.fileUnmapped(file);
  }
}

/** Start of a VMA as searches see it: a stack keeps a gap free below. @source include/linux/mm.h: vm_start_gap */
export function vmStartGap(vma: Vma, guardGapBytes: number): Address {
  if ((vma.flags & VM_GROWSDOWN) === 0) return vma.start;
  return offsetBy(vma.start, -Math.min(vma.start, guardGapBytes));
}

/** Counted in VmData. @source mm/internal.h: is_data_mapping */
export function isDataMapping(flags: number): boolean {
  return (flags & (VM_WRITE | VM_SHARED | VM_GROWSDOWN)) === VM_WRITE;
}

/** Counted in VmExe and VmLib. @source mm/internal.h: is_exec_mapping */
export function isExecMapping(flags: number): boolean {
  return (flags & (VM_EXEC | VM_WRITE | VM_GROWSDOWN)) === VM_EXEC;
}

/** Whether two neighbours may share an anon_vma. @source mm/vma.c: anon_vma_compatible */
function anonVmaCompatible(lower: Vma, upper: Vma): boolean {
  return (
    lower.end === upper.start &&
    lower.file === upper.file &&
    ((lower.flags ^ upper.flags) & ~VM_ACCESS_FLAGS) === 0 &&
    upper.pgoff === lower.pgoff + lower.pageCount
  );
}
