/**
 * Where mmap puts a mapping.
 *
 * Top-down: the highest hole that is large enough, below the mmap base; the mapping goes to the hole's upper end. The legacy
 * layout is bottom-up: the lowest hole above a third of the address space.
 * Lengths that are whole multiples of 2 MiB are placed at multiples of 2 MiB in 64-bit processes.
 *
 * Source: Linux 6.18, mm/mmap.c: __get_unmapped_area; mm/vma.c: unmapped_area, unmapped_area_topdown;
 * mm/huge_memory.c: __thp_get_unmapped_area; arch/x86/kernel/sys_x86_64.c; arch/x86/mm/mmap.c: mmap_base.
 */
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { MachineProfile } from '../target/machine-profile.ts';
import type { AddressSpace } from './address-space.ts';
import { vmStartGap } from './address-space.ts';
import { EINVAL, ENOMEM, EPERM, MAP_32BIT, MAP_FIXED, MAP_FIXED_NOREPLACE, MAP_SHARED } from './kernel.ts';
import type { MappedFile } from './vma.ts';

/** Bytes that one entry of a middle page table covers. */
export const PMD_SIZE = 0x200000;

/**
 * The address below which mappings are placed.
 *
 * @source arch/x86/mm/mmap.c: mmap_base
 */
export function mmapBase(profile: MachineProfile): number {
  const { enabled, mmapPages } = profile.random;
  const stackRandomPages = !enabled ? 0 : profile.target === 'x86_64' ? 0x3fffff : 0x7ff;
  const pad = (profile.stackGuardPages + stackRandomPages) * PAGE_SIZE;
  const gap = profile.stackLimit + pad;
  const clamped = Math.min(Math.max(gap, 0x8000000), Math.floor(profile.taskSize / 6) * 5);
  return roundUp(profile.taskSize - clamped - mmapPages * PAGE_SIZE, PAGE_SIZE);
}

/** Where the legacy layout begins, and the second search of the usual one. @source arch/x86/mm/mmap.c: mmap_legacy_base */
export function legacyBase(profile: MachineProfile): number {
  const third = roundUp(Math.floor(profile.taskSize / 3), PAGE_SIZE);
  return third + profile.random.mmapPages * PAGE_SIZE;
}

/** What a placement is asked for. */
export interface AreaRequest {
  /** Hint, or the address itself with MAP_FIXED; 0: none. */
  readonly addr: number;
  /** Bytes, a positive multiple of the page size. */
  readonly length: number;
  readonly flags: number;
  readonly file: MappedFile | undefined;
  /** Bytes into the file. */
  readonly offset: number;
}

/** Finds addresses for new mappings. */
export class AreaFinder {
  readonly #space: AddressSpace;
  readonly #profile: MachineProfile;
  readonly #base: number;

  constructor(space: AddressSpace, profile: MachineProfile) {
    this.#space = space;
    this.#profile = profile;
    this.#base = profile.layout === 'legacy' ? legacyBase(profile) : mmapBase(profile);
  }

  /** The address below which mappings are placed; in the legacy layout: above which. */
  get base(): number {
    return this.#base;
  }

  /**
   * Chooses the address of a mapping.
   *
   * @returns a page-aligned address, or minus errno
   * @throws NotModelled for a wish above 2^47 where the kernel has five levels of page tables
   * @source mm/mmap.c: __get_unmapped_area
   */
  find(request: AreaRequest): number {
    const { length } = request;
    const wishedEnd = request.addr === 0 ? 0 : request.addr + length;
    if (this.#profile.pagingLevels === 5 && wishedEnd > this.#profile.taskSize && wishedEnd < 2 ** 56)
      throw new NotModelled('a mapping above 2^47');
    if (length > this.#profile.taskSize) return -ENOMEM;
    const addr = this.#choose(request);
    if (addr < 0) return addr;
    if (addr > this.#profile.taskSize - length) return -ENOMEM;
    if (addr % PAGE_SIZE !== 0) return -EINVAL;
    if (addr < this.#profile.mmapMinAddr) return -EPERM;
    return addr;
  }

  #choose(request: AreaRequest): number {
    const { addr, length, flags, file, offset } = request;
    if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) !== 0) return addr;
    const sharedAnonymous = file === undefined ? (flags & MAP_SHARED) !== 0 : file.kind === 'shmem';
    if (!sharedAnonymous && this.#profile.target === 'x86_64') {
      if (file === undefined ? addr === 0 && this.#alignsAnonymous(length) : this.#profile.alignsLargeFiles) {
        const aligned = this.#aligned(addr, length, flags, file === undefined ? 0 : offset);
        if (aligned !== 0) return aligned;
      }
    }
    return this.#plain(addr, length, flags);
  }

  #alignsAnonymous(length: number): boolean {
    switch (this.#profile.hugeAlignment) {
      case 'none':
        return false;
      case 'from-2m':
        return length >= PMD_SIZE;
      case 'multiples-of-2m':
        return length % PMD_SIZE === 0;
    }
  }

  /** A place aligned for huge pages. @source mm/huge_memory.c: __thp_get_unmapped_area. Answers 0 when the plain search is to be used. */
  #aligned(addr: number, length: number, flags: number, offset: number): number {
    if (offset + length - roundUp(offset, PMD_SIZE) < PMD_SIZE) return 0;
    const found = this.#plain(addr, length + PMD_SIZE, flags);
    if (found < 0) return 0;
    if (found === addr) return addr;
    const rest = (((offset - found) % PMD_SIZE) + PMD_SIZE) % PMD_SIZE;
    return rest === 0 && this.#profile.layout === 'top-down' ? found + PMD_SIZE : found + rest;
  }

  /** A place by hint or search. @source arch/x86/kernel/sys_x86_64.c: arch_get_unmapped_area_topdown */
  #plain(hint: number, length: number, flags: number): number {
    const { taskSize } = this.#profile;
    if (length > taskSize) return -ENOMEM;
    if (this.#profile.target === 'x86_64' && (flags & MAP_32BIT) !== 0) {
      return this.#hinted(hint, length) ?? this.#bottomUp(length, 0x40000000, 0x80000000);
    }
    const wished = this.#hinted(hint, length);
    if (wished !== undefined) return wished;
    if (this.#profile.layout === 'legacy') return this.#bottomUp(length, this.#base, taskSize);
    const found = this.#topDown(length);
    return found < 0 ? this.#bottomUp(length, legacyBase(this.#profile), taskSize) : found;
  }

  #hinted(hint: number, length: number): number | undefined {
    const addr = roundDown(hint, PAGE_SIZE);
    if (addr === 0 || addr + length > this.#profile.taskSize) return undefined;
    const vma = this.#space.findVma(addr);
    return vma === undefined || addr + length <= vmStartGap(vma, this.#guardBytes()) ? addr : undefined;
  }

  #guardBytes(): number {
    return this.#profile.stackGuardPages * PAGE_SIZE;
  }

  /** The upper end of the highest hole that fits. @source mm/vma.c: unmapped_area_topdown */
  #topDown(length: number): number {
    for (let top = this.#base; ;) {
      const hole = this.#space.highestHole(this.#profile.mmapMinAddr, top, length);
      if (hole === undefined) return -ENOMEM;
      const guarded = this.#guardedEnd(hole.end);
      if (guarded >= hole.end) return hole.end - length;
      top = guarded;
    }
  }

  /** The lower end of the lowest hole that fits. @source mm/vma.c: unmapped_area */
  #bottomUp(length: number, low: number, high: number): number {
    for (let bottom = Math.max(low, this.#profile.mmapMinAddr); ;) {
      const hole = this.#space.lowestHole(bottom, high, length);
      if (hole === undefined) return -ENOMEM;
      if (hole.start + length <= this.#guardedEnd(hole.end)) return hole.start;
      const above = this.#space.findVma(hole.end);
      if (above === undefined) return -ENOMEM;
      bottom = above.end;
    }
  }

  /** Where a hole that reaches up to `end` ends for a search: lower when a growing stack lies above. */
  #guardedEnd(end: number): number {
    const above = this.#space.findVma(end);
    return above === undefined ? end : vmStartGap(above, this.#guardBytes());
  }
}
