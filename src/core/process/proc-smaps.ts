/**
 * /proc/PID/smaps, byte for byte in its form.
 *
 * Source: Linux 6.18, fs/proc/task_mmu.c: smaps_pte_entry, smaps_account, __show_smap, show_smap_vma_flags.
 * Simplified: one process maps each page, so that Pss is Rss; pages of files count as shared and clean where the libraries
 * are concerned (other processes map them too), as private and clean for the program's own file; no page is ever old,
 * so that Referenced is Rss; no swap, no KSM, no protection keys (their line is absent).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { PTE_DIRTY, PTE_FILE, PTE_LAZYFREE, PTE_SHMEM, PTE_SPECIAL, PTE_ZERO } from '../mm/page-table.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { PMD_SIZE } from '../mm/unmapped-area.ts';
import type { Vma } from '../mm/vma.ts';
import {
  VM_ACCOUNT,
  VM_DONTCOPY,
  VM_DONTDUMP,
  VM_DONTEXPAND,
  VM_EXEC,
  VM_GROWSDOWN,
  VM_HUGEPAGE,
  VM_IO,
  VM_MAYEXEC,
  VM_MAYREAD,
  VM_MAYSHARE,
  VM_MAYWRITE,
  VM_MIXEDMAP,
  VM_NOHUGEPAGE,
  VM_NORESERVE,
  VM_PFNMAP,
  VM_RAND_READ,
  VM_READ,
  VM_SEQ_READ,
  VM_SHARED,
  VM_WIPEONFORK,
  VM_WRITE,
} from '../mm/vma.ts';
import type { MapsLine } from './proc-maps.ts';
import { formatMapsLine, mapsLines, vmaLine } from './proc-maps.ts';

/** What smaps counts of one mapping, in kB, by label. */
export type SmapsCounts = Readonly<Record<SmapsLabel, number>>;

const labels = [
  'Size',
  'KernelPageSize',
  'MMUPageSize',
  'Rss',
  'Pss',
  'Pss_Dirty',
  'Shared_Clean',
  'Shared_Dirty',
  'Private_Clean',
  'Private_Dirty',
  'Referenced',
  'Anonymous',
  'KSM',
  'LazyFree',
  'AnonHugePages',
  'ShmemPmdMapped',
  'FilePmdMapped',
  'Shared_Hugetlb',
  'Private_Hugetlb',
  'Swap',
  'SwapPss',
  'Locked',
] as const;

type SmapsLabel = (typeof labels)[number];

/** The two-letter codes in their order. Those that nothing here can have (locked, sealed, …) are left out. */
const flagCodes: readonly (readonly [flag: number, code: string])[] = [
  [VM_READ, 'rd'],
  [VM_WRITE, 'wr'],
  [VM_EXEC, 'ex'],
  [VM_SHARED, 'sh'],
  [VM_MAYREAD, 'mr'],
  [VM_MAYWRITE, 'mw'],
  [VM_MAYEXEC, 'me'],
  [VM_MAYSHARE, 'ms'],
  [VM_GROWSDOWN, 'gd'],
  [VM_PFNMAP, 'pf'],
  [VM_IO, 'io'],
  [VM_SEQ_READ, 'sr'],
  [VM_RAND_READ, 'rr'],
  [VM_DONTCOPY, 'dc'],
  [VM_DONTEXPAND, 'de'],
  [VM_ACCOUNT, 'ac'],
  [VM_NORESERVE, 'nr'],
  [VM_WIPEONFORK, 'wf'],
  [VM_DONTDUMP, 'dd'],
  [VM_MIXEDMAP, 'mm'],
  [VM_HUGEPAGE, 'hg'],
  [VM_NOHUGEPAGE, 'nh'],
];

/** The text of /proc/PID/smaps. */
export function formatSmaps(process: { readonly memory: ProcessMemory }): string {
  const { memory } = process;
  let text = '';
  for (const vma of memory.addressSpace.vmas) {
    text += entry(vmaLine(memory, vma), smapsCounts(memory, vma), vmFlags(vma), hugeEligible(memory, vma));
  }
  const vsyscall = mapsLines(memory)[memory.addressSpace.mapCount];
  return vsyscall === undefined ? text : text + entry(vsyscall, vsyscallCounts(), 'ex ', false);
}

function entry(line: MapsLine, counts: SmapsCounts, flags: string, eligible: boolean): string {
  const rows = labels.map((label) => {
    const head = `${label}:`.padEnd(16);
    return `${head}${String(counts[label]).padStart(24 - head.length)} kB\n`;
  });
  const last = `THPeligible:    ${(eligible ? '1' : '0').padStart(8)}\nVmFlags: ${flags}\n`;
  return `${formatMapsLine(line)}\n${rows.join('')}${last}`;
}

/** The codes of a mapping's flags, each followed by a blank. */
export function vmFlags(vma: Vma): string {
  return flagCodes.map(([flag, code]) => ((vma.flags & flag) !== 0 ? `${code} ` : '')).join('');
}

/** The counts of a mapping. @source fs/proc/task_mmu.c: smap_gather_stats */
export function smapsCounts(memory: ProcessMemory, vma: Vma): SmapsCounts {
  const shared = vma.file?.name.includes('.so') === true;
  let anonymous = 0;
  let lazyFree = 0;
  let privateDirty = 0;
  let privateClean = 0;
  let sharedClean = 0;
  memory.pageTable.forEachPresent(vma.start / PAGE_SIZE, vma.end / PAGE_SIZE, (_, pte) => {
    if ((pte & (PTE_ZERO | PTE_SPECIAL)) !== 0) return;
    if ((pte & PTE_FILE) !== 0) {
      if ((pte & PTE_DIRTY) !== 0) privateDirty += 1;
      else if (shared) sharedClean += 1;
      else privateClean += 1;
    } else if ((pte & PTE_SHMEM) !== 0) {
      // A page of shared memory is dirty from its birth: it has no other place to be.
      privateDirty += 1;
    } else {
      anonymous += 1;
      if ((pte & PTE_LAZYFREE) !== 0) {
        lazyFree += 1;
        privateClean += 1;
      } else {
        privateDirty += 1;
      }
    }
  });
  const kilobytes = (pages: number): number => (pages * PAGE_SIZE) / 1024;
  const rss = privateDirty + privateClean + sharedClean;
  return {
    ...vsyscallCounts(),
    Size: kilobytes(vma.pageCount),
    Rss: kilobytes(rss),
    Pss: kilobytes(rss),
    Pss_Dirty: kilobytes(privateDirty),
    Shared_Clean: kilobytes(sharedClean),
    Private_Clean: kilobytes(privateClean),
    Private_Dirty: kilobytes(privateDirty),
    Referenced: kilobytes(rss),
    Anonymous: kilobytes(anonymous),
    LazyFree: kilobytes(lazyFree),
  };
}

/** A page that nothing counts. */
function vsyscallCounts(): SmapsCounts {
  const counts = Object.fromEntries(labels.map((label) => [label, 0])) as Record<SmapsLabel, number>;
  counts.Size = 4;
  counts.KernelPageSize = 4;
  counts.MMUPageSize = 4;
  return counts;
}

/** Whether a huge page could lie in the mapping. @source mm/huge_memory.c: __thp_vma_allowable_orders */
function hugeEligible(memory: ProcessMemory, vma: Vma): boolean {
  const { hugePages } = memory.profile;
  if (vma.file !== undefined || hugePages === 'never' || (vma.flags & VM_NOHUGEPAGE) !== 0) return false;
  if (hugePages === 'madvise' && (vma.flags & VM_HUGEPAGE) === 0) return false;
  if ((vma.flags & VM_GROWSDOWN) !== 0) return false;
  return Math.ceil(vma.start / PMD_SIZE) * PMD_SIZE + PMD_SIZE <= vma.end;
}
