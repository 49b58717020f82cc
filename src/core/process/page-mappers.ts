/**
 * Who maps a page: what smaps and pagemap tell shared pages from private ones by.
 *
 * Source: Linux 6.18, fs/proc/task_mmu.c: smaps_account, pte_to_pagemap_entry (the map count of the page).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { PTE_FILE, PTE_SHMEM } from '../mm/page-table.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import type { Vma } from '../mm/vma.ts';

/**
 * Answers how many mappings hold a page of the file behind `vma`: of this process, and of others for libraries.
 *
 * @returns a function of the page's index in the file; 1 for anonymous memory
 */
export function mapperCounter(memory: ProcessMemory, vma: Vma): (pageIndex: number) => number {
  const { file } = vma;
  if (file === undefined) return () => 1;
  const others = file.name.includes('.so') || file.kind === 'special' ? memory.profile.libraryMappers - 1 : 0;
  if (file.mapCount <= 1) return () => 1 + others;
  const same = memory.addressSpace.vmas.filter((one) => one.file === file);
  return (pageIndex) => {
    const holding = same.filter((one) => {
      const vpn = one.start / PAGE_SIZE + pageIndex - one.pgoff;
      const inside = vpn >= one.start / PAGE_SIZE && vpn < one.end / PAGE_SIZE;
      return inside && (memory.pageTable.get(vpn) & (PTE_FILE | PTE_SHMEM)) !== 0;
    });
    return Math.max(1, holding.length) + others;
  };
}
