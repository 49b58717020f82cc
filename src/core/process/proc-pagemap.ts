/**
 * /proc/PID/pagemap: eight bytes for each page of the address space.
 *
 * Source: Linux 6.18, fs/proc/task_mmu.c: pte_to_pagemap_entry, pagemap_read; Documentation/admin-guide/mm/pagemap.rst.
 * As for a process without privileges, frame numbers read as zero. Nobody clears the soft-dirty marks here, so that
 * with them every page of a mapping has one.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { PTE_FILE, PTE_PRESENT, PTE_SHMEM, PTE_SPECIAL, PTE_ZERO, pteHost } from '../mm/page-table.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import type { Vma } from '../mm/vma.ts';
import { mapperCounter } from '../mm/page-mappers.ts';

const SOFT_DIRTY = 1n << 55n;
const EXCLUSIVE = 1n << 56n;
const FILE_OR_SHARED = 1n << 61n;
const PRESENT = 1n << 63n;

/** The entry of the page at `addr`. @param mappers - how many map a page of the mapping's file, if that is known */
export function pagemapEntry(
  memory: ProcessMemory,
  addr: number,
  mappers?: (pageIndex: number) => number,
): bigint {
  const vma = memory.addressSpace.vmaLookup(addr);
  if (vma === undefined) return 0n;
  let entry = memory.profile.softDirty ? SOFT_DIRTY : 0n;
  const pte = memory.pageTable.get(Math.floor(addr / PAGE_SIZE));
  if ((pte & PTE_PRESENT) === 0) return entry;
  entry |= PRESENT;
  // The page of zeros and the kernel's own pages are no pages of anybody.
  if ((pte & (PTE_ZERO | PTE_SPECIAL)) !== 0) return entry;
  const ofFile = (pte & (PTE_FILE | PTE_SHMEM)) !== 0;
  if (ofFile) entry |= FILE_OR_SHARED;
  const pageIndex = vma.pgoff + Math.floor((addr - vma.start) / PAGE_SIZE);
  const isExclusive = !ofFile
    ? !memory.mm.isShared(pteHost(pte))
    : (mappers ?? mapperCounter(memory.mm, vma))(pageIndex) === 1;
  return isExclusive ? entry | EXCLUSIVE : entry;
}

/**
 * Bytes of the file.
 *
 * @param offset - multiple of 8; the entry of page n begins at 8 n
 * @returns what a read gives: nothing behind the end of the user half
 */
export function readPagemap(memory: ProcessMemory, offset: number, length: number): Uint8Array {
  const end = Math.ceil(memory.profile.taskSize / PAGE_SIZE) * 8;
  const count = Math.max(0, Math.floor((Math.min(offset + length, end) - offset) / 8));
  const bytes = new Uint8Array(count * 8);
  const view = new DataView(bytes.buffer);
  let vma: Vma | undefined;
  let mappers: ((pageIndex: number) => number) | undefined;
  for (let index = 0; index < count; index++) {
    const addr = (offset / 8 + index) * PAGE_SIZE;
    if (vma === undefined || addr >= vma.end) {
      vma = memory.addressSpace.findVma(addr);
      mappers = vma === undefined ? undefined : mapperCounter(memory.mm, vma);
    }
    view.setBigUint64(index * 8, pagemapEntry(memory, addr, mappers), true);
  }
  return bytes;
}
