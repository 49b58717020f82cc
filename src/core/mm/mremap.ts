/**
 * mremap: grow, shrink and move a mapping without copying a byte.
 *
 * Source: Linux 6.18, mm/mremap.c: do_mremap, check_mremap_params, check_prep_vma, expand_vma, move_vma, mremap_to;
 * mm/vma.c: copy_vma, vma_merge_extend.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE, roundUp } from '../../base/address.ts';
import { EAGAIN, EFAULT, EINVAL, ENOMEM, EPERM, MAP_FIXED, MAP_SHARED } from './kernel.ts';
import { unmapRange } from './memory-syscalls.ts';
import type { MmStruct } from './mm-struct.ts';
import { makePte, PTE_HUGE, PTE_NOT_ANON, PTE_ZERO, pteHost, PTES_PER_TABLE } from './page-table.ts';
import { populate } from './populate.ts';
import type { Vma } from './vma.ts';
import { VM_ACCOUNT, VM_DONTEXPAND, VM_LOCKED, VM_MAYSHARE, VM_PFNMAP } from './vma.ts';

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
  if ((flags & MREMAP_FIXED) !== 0 && remap.newLength === remap.oldLength) return moveAll(mm, remap);
  const vma = mm.space.vmaLookup(oldAddr);
  if (vma === undefined) return -EFAULT;
  if (vma.isSealed) return -EPERM;
  const growing = remap.newLength > remap.oldLength;
  if (growing || impliesNewAddr) {
    const refused = checkVma(mm, remap, vma);
    if (refused < 0) return refused;
  }
  if (impliesNewAddr) return mremapTo(mm, remap);
  if (remap.newLength === remap.oldLength) return oldAddr;
  if (!growing) {
    const result = shrink(mm, remap);
    return result < 0 ? result : oldAddr;
  }
  return expand(mm, remap, vma);
}

/**
 * Moves whatever is mapped in the range to a fixed place: all mappings of it, with the holes between them.
 *
 * @source mm/mremap.c: remap_move (from 6.17 on; before, one mapping only)
 */
function moveAll(mm: MmStruct, remap: Remap): number {
  const start = remap.addr;
  const end = start + remap.oldLength;
  let target = remap.newAddr;
  let result = -EFAULT;
  let lastEnd: number | undefined;
  for (let vma = mm.space.findIntersection(start, end); vma !== undefined;) {
    const first = lastEnd === undefined;
    if (first && start < vma.start) return -EFAULT;
    const addr = Math.max(vma.start, start) as Address;
    const length = Math.min(end, vma.end) - addr;
    const hole = lastEnd === undefined ? 0 : vma.start - lastEnd;
    lastEnd = vma.end;
    const piece: Remap = {
      addr,
      oldLength: length,
      newLength: length,
      flags: remap.flags,
      newAddr: target + hole,
    };
    const refused = checkVma(mm, piece, vma);
    const moved = refused < 0 ? refused : mremapTo(mm, piece);
    if (moved < 0) return moved;
    if (first) result = moved;
    target = moved + length;
    vma = mm.space.findIntersection(lastEnd, end);
  }
  return result;
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
  if (vma.isSealed) return -EPERM;
  const shrinking = remap.newLength < remap.oldLength;
  const oldLength = shrinking ? remap.newLength : remap.oldLength;
  if (remap.oldLength === 0 && (vma.flags & VM_MAYSHARE) === 0) return -EINVAL;
  if ((remap.flags & MREMAP_DONTUNMAP) !== 0 && (vma.flags & (VM_DONTEXPAND | VM_PFNMAP)) !== 0)
    return -EINVAL;
  if (oldLength > vma.end - remap.addr) {
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
    const result = shrink(mm, remap);
    if (result < 0) return result;
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
  if ((vma.start !== remap.addr || vma.end !== remap.addr + remap.oldLength) && !vma.maySplit) return -EINVAL;
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
    if (source !== undefined && locked) space.forgetLock(source);
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

/**
 * Moves page table entries; no content is copied. Where the source has a table the target gets one, whether or not a
 * page is in it; where both are aligned to the span of a table, the table itself moves.
 *
 * @source mm/mremap.c: move_page_tables, move_normal_pmd, try_realign_addr
 */
function movePages(mm: MmStruct, from: number, to: number, length: number): void {
  const { pageTable } = mm;
  const firstVpn = from / PAGE_SIZE;
  const endVpn = firstVpn + length / PAGE_SIZE;
  const shift = to / PAGE_SIZE - firstVpn;
  pageTable.splitHuge(firstVpn);
  pageTable.splitHuge(endVpn);
  for (let vpn = firstVpn; vpn < endVpn;) {
    const next = Math.min(endVpn, nextTable(vpn), nextTable(vpn + shift) - shift);
    if (pageTable.hasTable(vpn)) {
      const isWhole =
        shift % PTES_PER_TABLE === 0 &&
        (vpn % PTES_PER_TABLE === 0 || mayRealign(mm, vpn, vpn + shift, endVpn)) &&
        next === nextTable(vpn);
      const tableMoves = isWhole && !pageTable.hasTable(vpn + shift);
      pageTable.allocateTable(vpn + shift);
      moveEntries(mm, vpn, next, shift);
      if (tableMoves) pageTable.removeEmptyTable(vpn);
    }
    vpn = next;
  }
  mm.tlb.invalidateRange(firstVpn, endVpn);
}

/** Number of the first page behind the table of `vpn`. */
function nextTable(vpn: number): number {
  return vpn - (vpn % PTES_PER_TABLE) + PTES_PER_TABLE;
}

/** Whether nothing is mapped between the start of the tables and the start of both mappings. */
function mayRealign(mm: MmStruct, fromVpn: number, toVpn: number, endVpn: number): boolean {
  if (endVpn < nextTable(fromVpn)) return false;
  return [fromVpn, toVpn].every((vpn) => {
    const start = vpn * PAGE_SIZE;
    if (mm.space.vmaLookup(start)?.start !== start) return false;
    return mm.space.findIntersection(start - (vpn % PTES_PER_TABLE) * PAGE_SIZE, start) === undefined;
  });
}

function moveEntries(mm: MmStruct, fromVpn: number, endVpn: number, shift: number): void {
  const { pageTable, physical } = mm;
  pageTable.forEachPresent(fromVpn, endVpn, (vpn, found) => {
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
}
