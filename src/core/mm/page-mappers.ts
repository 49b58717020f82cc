/**
 * Who maps a page: what smaps and pagemap tell shared pages from private ones by.
 *
 * Source: Linux 6.18, fs/proc/task_mmu.c: smaps_account, pte_to_pagemap_entry (the map count of the page).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { MmStruct } from './mm-struct.ts';
import { PTE_FILE, PTE_SHMEM } from './page-table.ts';
import type { Vma } from './vma.ts';

/**
 * Answers how many mappings hold a page of the file behind `vma`: of this process, and of others for libraries.
 *
 * @returns a function of the page's index in the file; 1 for anonymous memory
 */
export function mapperCounter(mm: MmStruct, vma: Vma): (pageIndex: number) => number {
  const { file } = vma;
  if (file === undefined) return () => 1;
  const others = file.name.includes('.so') || file.kind === 'special' ? mm.profile.libraryMappers - 1 : 0;
  // Open files of one inode share its page cache.
  const same = [...mm.family].flatMap((one) =>
    one.space.vmas.filter((other) => other.file?.pages === file.pages).map((other) => ({ one, other })),
  );
  if (same.length <= 1) return () => 1 + others;
  return (pageIndex) => {
    const holding = same.filter(({ one, other }) => {
      const vpn = other.start / PAGE_SIZE + pageIndex - other.pgoff;
      const inside = vpn >= other.start / PAGE_SIZE && vpn < other.end / PAGE_SIZE;
      return inside && (one.pageTable.get(vpn) & (PTE_FILE | PTE_SHMEM)) !== 0;
    });
    return Math.max(1, holding.length) + others;
  };
}
