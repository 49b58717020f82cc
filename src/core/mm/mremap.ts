/**
 * mremap: grow, shrink and move a mapping without copying a byte.
 *
 * Source: Linux 6.18, mm/mremap.c: do_mremap, check_mremap_params, check_prep_vma, expand_vma, move_vma, mremap_to;
 * mm/vma.c: copy_vma, vma_merge_extend.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE, roundUp } from '../../base/address.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { EAGAIN, EFAULT, EINVAL, ENOMEM, MAP_FIXED, MAP_SHARED } from './kernel.ts';
import { unmapRange } from './memory-syscalls.ts';
import type { MmStruct } from './mm-struct.ts';
import { makePte, PTE_HUGE, PTE_NOT_ANON, PTE_ZERO, pteHost, PTES_PER_TABLE } from './page-table.ts';
import { populate } from './populate.ts';
import type { Vma } from './vma.ts';
import { VM_ACCOUNT, VM_DONTEXPAND, VM_LOCKED, VM_LOCKED_MASK, VM_MAYSHARE, VM_PFNMAP } from './vma.ts';

export const MREMAP_MAYMOVE = 1;
export const MREMAP_FIXED = 2;
export const MREMAP_DONTUNMAP = 4;

/** What a call asks, with lengths rounded up to pages. */
interface Remap {
  readonly addr: Address;
  oldLength: number;
  readonly newLength: number;
  readonly flags: number;
  readonly newAddr: number;
}

/**
 * Changes the size or the place of a mapping.
 *
 * @returns the new address, or minus errno
 */
export function mremap(
  mm: MmStruct,
  oldAddr: number,
  oldLength: number,
  newLength: number,
  flags: number,
  newAddr: number,
): number {
  const remap: Remap = {
    addr: oldAddr as Address,
    oldLength: roundUp(oldLength, PAGE_SIZE),
    newLength: roundUp(newLength, PAGE_SIZE),
    flags,
    newAddr,
  };
  const impliesNewAddr = (flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)) !== 0;
  const invalid = checkParams(mm, remap, impliesNewAddr);
  if (invalid < 0) return invalid;
  const vma = mm.space.vmaLookup(oldAddr);
  if (vma === undefined) return -EFAULT;
  const growing = remap.newLength > remap.oldLength;
  if (growing || impliesNewAddr) {
    const refused = checkVma(mm, remap, vma);
    if (refused < 0) return refused;
  }
  if (impliesNewAddr) return mremapTo(mm, remap);
  if (remap.newLength === remap.oldLength) return oldAddr;
  if (!growing) return shrink(mm, remap) < 0 ? -ENOMEM : oldAddr;
  return expand(mm, remap, vma);
}

/** What is wrong whatever is mapped. @source mm/mremap.c: check_mremap_params */
function checkParams(mm: MmStruct, remap: Remap, impliesNewAddr: boolean): number {
  const { addr, oldLength, newLength, flags, newAddr } = remap;
  const { taskSize } = mm.profile;
  if ((flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)) !== 0) return -EINVAL;
  if (addr % PAGE_SIZE !== 0) return -EINVAL;
  if (newLength === 0) return -EINVAL;
  if (newLength > taskSize) return -EINVAL;
  if (!impliesNewAddr) return 0;
  if (newAddr > taskSize - newLength) return -EINVAL;
  if (newAddr % PAGE_SIZE !== 0) return -EINVAL;
  if ((flags & MREMAP_MAYMOVE) === 0) return -EINVAL;
  if ((flags & MREMAP_DONTUNMAP) !== 0 && oldLength !== newLength) return -EINVAL;
  if (addr + oldLength > newAddr && newAddr + newLength > addr) return -EINVAL;
  if (mm.space.mapCount + 2 >= mm.profile.maxMapCount - 3) return -ENOMEM;
  return 0;
}

/** What the mapping does not allow. @source mm/mremap.c: check_prep_vma */
function checkVma(mm: MmStruct, remap: Remap, vma: Vma): number {
  const shrinking = remap.newLength < remap.oldLength;
  const oldLength = shrinking ? remap.newLength : remap.oldLength;
  if (remap.oldLength === 0 && (vma.flags & VM_MAYSHARE) === 0) return -EINVAL;
  if ((remap.flags & MREMAP_DONTUNMAP) !== 0 && (vma.flags & (VM_DONTEXPAND | VM_PFNMAP)) !== 0)
    return -EINVAL;
  if (oldLength > vma.end - remap.addr) {
    const moveOnly = (remap.flags & MREMAP_FIXED) !== 0 && remap.newLength === remap.oldLength;
    if (moveOnly) throw new NotModelled('mremap of several mappings at once');
    return -EFAULT;
  }
  if (remap.newLength === oldLength) return 0;
  if ((vma.flags & (VM_DONTEXPAND | VM_PFNMAP)) !== 0) return -EFAULT;
  if (!mm.mayLock(vma.flags, (remap.newLength - oldLength) / PAGE_SIZE)) return -EAGAIN;
  if (!mm.mayExpand(vma.flags, (remap.newLength - oldLength) / PAGE_SIZE)) return -ENOMEM;
  return 0;
}

function shrink(mm: MmStruct, remap: Remap): number {
  const { addr, oldLength, newLength } = remap;
  return unmapRange(mm, (addr + newLength) as Address, (addr + oldLength) as Address);
}

/** Grows in place, else moves. @source mm/mremap.c: expand_vma */
function expand(mm: MmStruct, remap: Remap, vma: Vma): number {
  const delta = remap.newLength - remap.oldLength;
  const end = (vma.end + delta) as Address;
  const atEnd = remap.oldLength === vma.end - remap.addr;
  if (atEnd && end <= mm.profile.taskSize && mm.space.findIntersection(vma.end, end) === undefined) {
    if ((vma.flags & VM_ACCOUNT) !== 0 && !mm.enoughMemory(delta / PAGE_SIZE)) return -ENOMEM;
    const grown = mm.space.mergeNewRange({
      start: vma.end,
      end,
      flags: vma.flags,
      pgoff: vma.pgoff + vma.pageCount,
      file: vma.file,
      anonVma: vma.anonVma,
    });
    if (grown === undefined) return -ENOMEM;
    if ((grown.flags & VM_LOCKED) !== 0) populate(mm, end - delta, end);
    return remap.addr;
  }
  if ((remap.flags & MREMAP_MAYMOVE) === 0) return -ENOMEM;
  const place = findPlace(mm, remap, vma, 0);
  return place < 0 ? place : move(mm, remap, vma, place as Address);
}

/** Moves to an address of the caller. @source mm/mremap.c: mremap_to */
function mremapTo(mm: MmStruct, remap: Remap): number {
  if ((remap.flags & MREMAP_FIXED) !== 0) {
    const result = unmapRange(mm, remap.newAddr as Address, (remap.newAddr + remap.newLength) as Address);
    if (result < 0) return result;
  }
  if (remap.newLength < remap.oldLength) {
    if (shrink(mm, remap) < 0) return -ENOMEM;
    remap.oldLength = remap.newLength;
  }
  const vma = mm.space.vmaLookup(remap.addr);
  if (vma === undefined) return -EFAULT;
  if ((remap.flags & MREMAP_DONTUNMAP) !== 0 && !mm.mayExpand(vma.flags, remap.oldLength / PAGE_SIZE))
    return -ENOMEM;
  const fixed = (remap.flags & MREMAP_FIXED) !== 0 ? MAP_FIXED : 0;
  const place = findPlace(mm, remap, vma, fixed);
  return place < 0 ? place : move(mm, remap, vma, place as Address);
}

function findPlace(mm: MmStruct, remap: Remap, vma: Vma, fixed: number): number {
  const offset = (vma.pgoff + (remap.addr - vma.start) / PAGE_SIZE) * PAGE_SIZE;
  const flags = fixed | ((vma.flags & VM_MAYSHARE) !== 0 ? MAP_SHARED : 0);
  const impliesNewAddr = (remap.flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)) !== 0;
  const addr = impliesNewAddr ? remap.newAddr : 0;
  return mm.areas.find({ addr, length: remap.newLength, flags, file: vma.file, offset });
}

/** Moves the page table entries to a new mapping and unmaps the old one. @source mm/mremap.c: move_vma */
function move(mm: MmStruct, remap: Remap, vma: Vma, newAddr: Address): number {
  const { space } = mm;
  if (space.mapCount >= mm.profile.maxMapCount - 3) return -ENOMEM;
  const keepsSource = (remap.flags & MREMAP_DONTUNMAP) !== 0;
  if ((vma.flags & VM_ACCOUNT) !== 0) {
    const charged = keepsSource ? remap.newLength : remap.newLength - remap.oldLength;
    if (!mm.enoughMemory(Math.max(charged, 0) / PAGE_SIZE)) return -ENOMEM;
  }
  // An anonymous mapping that was never written takes the page offset of its new place, which lets it merge there.
  const untouched = vma.isAnonymous && vma.anonVma === undefined;
  const pgoff = untouched ? newAddr / PAGE_SIZE : vma.pgoff + (remap.addr - vma.start) / PAGE_SIZE;
  const newEnd = (newAddr + remap.newLength) as Address;
  space.addRange(newAddr, newEnd, vma.flags, pgoff, vma.file, vma.anonVma);
  movePages(mm, remap.addr, newAddr, remap.oldLength);
  const locked = (vma.flags & VM_LOCKED) !== 0;
  if (keepsSource) {
    const source = space.vmaLookup(remap.addr);
    if (source !== undefined && locked) {
      space.setFlags(source, source.flags & ~VM_LOCKED_MASK);
    }
    // The source's pages are all gone; as a VMA of its own it starts anew.
    if (
      source?.isAnonymous === true &&
      source.start === remap.addr &&
      source.end - remap.addr === remap.oldLength
    ) {
      source.anonVma = undefined;
    }
    return newAddr;
  }
  if (remap.oldLength > 0) unmapRange(mm, remap.addr, (remap.addr + remap.oldLength) as Address);
  if (locked && remap.newLength > remap.oldLength) populate(mm, newAddr + remap.oldLength, newEnd);
  return newAddr;
}

/** Moves page table entries; no content is copied. @source mm/mremap.c: move_page_tables */
function movePages(mm: MmStruct, from: number, to: number, length: number): void {
  const { pageTable, physical } = mm;
  const fromVpn = from / PAGE_SIZE;
  const shift = to / PAGE_SIZE - fromVpn;
  pageTable.splitHuge(fromVpn);
  pageTable.splitHuge(fromVpn + length / PAGE_SIZE);
  pageTable.forEachPresent(fromVpn, fromVpn + length / PAGE_SIZE, (vpn, found) => {
    let pte = found;
    // A huge page stays one when its new place is aligned too.
    if (shift % PTES_PER_TABLE !== 0 && (pte & PTE_HUGE) !== 0) {
      pageTable.splitHuge(vpn + 1);
      pte = pageTable.get(vpn);
    }
    pageTable.set(vpn, 0);
    const target = vpn + shift;
    if ((pte & PTE_ZERO) !== 0) {
      const frame = physical.hasStackBacking(target) ? physical.stackFrame(target) : physical.zeroFrame;
      pageTable.set(target, makePte(frame, pte & 0xfff));
    } else if (
      (pte & PTE_NOT_ANON) === 0 &&
      (physical.hasStackBacking(vpn) || physical.hasStackBacking(target))
    ) {
      // Pages of the stack have fixed frames: here, and only here, the simulation copies.
      const frame = physical.hasStackBacking(target) ? physical.stackFrame(target) : physical.allocate();
      physical.copyFrame(frame, pteHost(pte));
      physical.release(pteHost(pte));
      pageTable.set(target, makePte(frame, pte & 0xfff));
    } else {
      pageTable.set(target, pte);
    }
  });
  mm.tlb.invalidateRange(fromVpn, fromVpn + length / PAGE_SIZE);
}
