/**
 * States of pages by their page table entry, as the picture tells them apart.
 */
import { PTE_FILE, PTE_SHMEM, PTE_SPECIAL, PTE_ZERO } from '../core/mm/page-table.ts';
import type { PageState } from '../protocol/view-model.ts';

/** The state of a page that is present. */
export function pageState(pte: number): PageState {
  if ((pte & PTE_ZERO) !== 0) return 'zero';
  if ((pte & PTE_SHMEM) !== 0) return 'shared';
  return (pte & (PTE_FILE | PTE_SPECIAL)) !== 0 ? 'file' : 'anonymous';
}
