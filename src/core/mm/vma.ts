/**
 * One virtual memory area: a line of /proc/PID/maps.
 *
 * Source: Linux, include/linux/mm.h (VM_ flags keep their kernel values), mm/vma.c: is_mergeable_vma,
 * is_mergeable_anon_vma, can_vma_merge_before, can_vma_merge_after.
 * Simplified: one memory policy, no userfault contexts; of the parents of an anon_vma only that there are any.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE } from '../../base/address.ts';

export const VM_READ = 0x1;
export const VM_WRITE = 0x2;
export const VM_EXEC = 0x4;
export const VM_SHARED = 0x8;
export const VM_MAYREAD = 0x10;
export const VM_MAYWRITE = 0x20;
export const VM_MAYEXEC = 0x40;
export const VM_MAYSHARE = 0x80;
export const VM_GROWSDOWN = 0x100;
/** The kernel's bits 42 and 40; here those of userfaultfd, which is not modelled. */
export const VM_SEALED = 0x200;
export const VM_DROPPABLE = 0x1000;
export const VM_PFNMAP = 0x400;
export const VM_LOCKED = 0x2000;
export const VM_IO = 0x4000;
export const VM_SEQ_READ = 0x8000;
export const VM_RAND_READ = 0x10000;
export const VM_DONTCOPY = 0x20000;
export const VM_DONTEXPAND = 0x40000;
export const VM_LOCKONFAULT = 0x80000;
export const VM_ACCOUNT = 0x100000;
export const VM_NORESERVE = 0x200000;
export const VM_SYNC = 0x800000;
export const VM_WIPEONFORK = 0x2000000;
export const VM_DONTDUMP = 0x4000000;
export const VM_MIXEDMAP = 0x10000000;
export const VM_HUGEPAGE = 0x20000000;
export const VM_NOHUGEPAGE = 0x40000000;
/** 0x80000000, as bit operators see it. */
export const VM_MERGEABLE = 0x80000000 | 0;

/** The three protections. */
export const VM_ACCESS_FLAGS = VM_READ | VM_WRITE | VM_EXEC;
/** Locked in memory, at once or when touched. */
export const VM_LOCKED_MASK = VM_LOCKED | VM_LOCKONFAULT;
/** What an ordinary mapping may be made by mprotect. */
export const VM_MAY_ALL = VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;
/** Mappings with one of these never merge. */
export const VM_SPECIAL = VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP;

/**
 * The reverse-mapping object that a VMA gets at its first write fault. Only its identity counts here: two areas
 * that were written separately have two and therefore stay two lines.
 */
export class AnonVma {
  /** Whether it has a parent's too: memory that was written before a fork merges with nothing new in the child. */
  readonly isForked: boolean;

  constructor(isForked = false) {
    this.isForked = isForked;
  }
}

/** What a mapped file is: of a file system, of shared anonymous memory, or made by the kernel (vdso). */
export type FileKind = 'regular' | 'shmem' | 'special';

/** What tells one open file from another, and how maps prints it. */
export interface MappedFileOptions {
  readonly kind: FileKind;
  /** Path or bracketed name, as in the last column of maps. */
  readonly name: string;
  /** `major:minor` in hex, two digits at least. */
  readonly device: string;
  readonly inode: number;
  /** Bytes; an access beyond the last page is SIGBUS. */
  readonly size: number;
  /** Whether the object was opened for writing too. */
  readonly writable: boolean;
  /** Bytes of a page (4096, or fewer at the end), `undefined` when its content is not modelled: it reads as zeros. */
  readonly content?: (pageIndex: number) => Uint8Array | undefined;
  /** The page cache and its dirty marks, when several open files of one inode share them. */
  readonly pages?: Map<number, number>;
  readonly dirtyPages?: Set<number>;
}

/** An open file object that mappings refer to, with its pages in the page cache. */
export class MappedFile {
  readonly kind: FileKind;
  readonly name: string;
  readonly device: string;
  readonly inode: number;
  /** Changes with ftruncate and writes of a file that is open. */
  size: number;
  readonly writable: boolean;
  readonly content: (pageIndex: number) => Uint8Array | undefined;
  /** Page cache: page index in the file -> host address of the frame. */
  readonly pages: Map<number, number>;
  /** Pages that are dirty themselves, whatever the entries that map them say: a write fault in shared memory marks them. */
  readonly dirtyPages: Set<number>;
  /** Number of VMAs that map it. */
  mapCount = 0;
  /** Whether a descriptor still refers to it, so that its pages outlive the mappings. */
  heldOpen = false;
  /** Pages of memory that are promised to it (shared anonymous memory). */
  committedPages = 0;

  constructor(options: MappedFileOptions) {
    this.kind = options.kind;
    this.name = options.name;
    this.device = options.device;
    this.inode = options.inode;
    this.size = options.size;
    this.writable = options.writable;
    this.pages = options.pages ?? new Map<number, number>();
    this.dirtyPages = options.dirtyPages ?? new Set<number>();
    this.content = options.content ?? ((): undefined => undefined);
  }

  /** Pages of the file, the last one perhaps in part. */
  get pageCount(): number {
    return Math.ceil(this.size / PAGE_SIZE);
  }
}

/** A mapping. Only {@link AddressSpace} changes it. */
export class Vma {
  start: Address;
  end: Address;
  /** VM_ flags. */
  flags: number;
  /** Page offset of `start`: in the file, or, for private anonymous memory, the page number it was made at. */
  pgoff: number;
  readonly file: MappedFile | undefined;
  /** Reverse-mapping object, from the first write fault on. */
  anonVma: AnonVma | undefined;

  constructor(start: Address, end: Address, flags: number, pgoff: number, file: MappedFile | undefined) {
    this.start = start;
    this.end = end;
    this.flags = flags;
    this.pgoff = pgoff;
    this.file = file;
    this.anonVma = undefined;
  }

  /** Whether it is anonymous in the kernel's sense: shared anonymous memory is not. */
  get isAnonymous(): boolean {
    return this.file === undefined;
  }

  get isShared(): boolean {
    return (this.flags & VM_SHARED) !== 0;
  }

  get pageCount(): number {
    return (this.end - this.start) / PAGE_SIZE;
  }

  /** Whether mseal forbids to unmap it, to move it, and to change its protection. */
  get isSealed(): boolean {
    return (this.flags & VM_SEALED) !== 0;
  }

  /** Whether it may be cut in two: the kernel's own mappings may not. @source mm/mmap.c: special_mapping_split */
  get maySplit(): boolean {
    return this.file?.kind !== 'special';
  }
}

/** Whether any access at all is allowed. */
export function vmaIsAccessible(vma: Vma): boolean {
  return (vma.flags & VM_ACCESS_FLAGS) !== 0;
}

/** What a range would be if it were a VMA: the question that merging answers. */
export interface MergeCandidate {
  readonly start: Address;
  readonly end: Address;
  readonly flags: number;
  readonly pgoff: number;
  readonly file: MappedFile | undefined;
  readonly anonVma: AnonVma | undefined;
}

/** Whether two anon_vmas allow one VMA: one of them is missing, and the other has no parent, or they are the same. */
export function anonVmasCompatible(a: AnonVma | undefined, b: AnonVma | undefined): boolean {
  if (a === b) return true;
  if (a !== undefined && b !== undefined) return false;
  return (a ?? b)?.isForked !== true;
}

/** Whether `candidate` can become a part of `prev`, which ends where it starts. */
export function canVmaMergeAfter(prev: Vma, candidate: MergeCandidate): boolean {
  return (
    prev.end === candidate.start &&
    prev.flags === candidate.flags &&
    prev.file === candidate.file &&
    (candidate.flags & VM_SPECIAL) === 0 &&
    prev.pgoff + prev.pageCount === candidate.pgoff &&
    anonVmasCompatible(prev.anonVma, candidate.anonVma)
  );
}

/** Whether `candidate` can become a part of `next`, which starts where it ends. */
export function canVmaMergeBefore(next: Vma, candidate: MergeCandidate): boolean {
  return (
    next.start === candidate.end &&
    next.flags === candidate.flags &&
    next.file === candidate.file &&
    (candidate.flags & VM_SPECIAL) === 0 &&
    candidate.pgoff + (candidate.end - candidate.start) / PAGE_SIZE === next.pgoff &&
    anonVmasCompatible(next.anonVma, candidate.anonVma)
  );
}
