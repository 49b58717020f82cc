/**
 * /proc/PID/smaps, byte for byte in its form.
 *
 * Source: Linux 6.18, fs/proc/task_mmu.c: smaps_pte_entry, smaps_account, __show_smap, show_smap_vma_flags.
 * Simplified: how many other processes map the libraries is a number of the profile; no page gets old but by
 * MADV_FREE; no swap, no KSM, no protection keys (their line is absent).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import {
  PTE_DIRTY,
  PTE_FILE,
  PTE_HUGE,
  PTE_LAZYFREE,
  PTE_OLD,
  PTE_SHMEM,
  PTE_SPECIAL,
  PTE_ZERO,
  pteHost,
} from '../mm/page-table.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { PMD_SIZE } from '../mm/unmapped-area.ts';
import type { Vma } from '../mm/vma.ts';
import {
  VM_ACCOUNT,
  VM_DONTCOPY,
  VM_DONTDUMP,
  VM_DONTEXPAND,
  VM_DROPPABLE,
  VM_EXEC,
  VM_GROWSDOWN,
  VM_HUGEPAGE,
  VM_IO,
  VM_LOCKED,
  VM_LOCKONFAULT,
  VM_MAYEXEC,
  VM_MAYREAD,
  VM_MAYSHARE,
  VM_MAYWRITE,
  VM_MERGEABLE,
  VM_MIXEDMAP,
  VM_NOHUGEPAGE,
  VM_NORESERVE,
  VM_PFNMAP,
  VM_RAND_READ,
  VM_READ,
  VM_SEALED,
  VM_SEQ_READ,
  VM_SHARED,
  VM_SYNC,
  VM_WIPEONFORK,
  VM_WRITE,
} from '../mm/vma.ts';
import { mapperCounter } from '../mm/page-mappers.ts';
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

/** The two-letter codes in their order. Those that nothing here can have are left out. */
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
  [VM_LOCKED, 'lo'],
  [VM_IO, 'io'],
  [VM_SEQ_READ, 'sr'],
  [VM_RAND_READ, 'rr'],
  [VM_DONTCOPY, 'dc'],
  [VM_DONTEXPAND, 'de'],
  [VM_LOCKONFAULT, 'lf'],
  [VM_ACCOUNT, 'ac'],
  [VM_NORESERVE, 'nr'],
  [VM_SYNC, 'sf'],
  [VM_WIPEONFORK, 'wf'],
  [VM_DONTDUMP, 'dd'],
  [VM_MIXEDMAP, 'mm'],
  [VM_HUGEPAGE, 'hg'],
  [VM_NOHUGEPAGE, 'nh'],
  [VM_MERGEABLE, 'mg'],
  [VM_DROPPABLE, 'dp'],
  [VM_SEALED, 'sl'],
];

/** The text of /proc/PID/smaps. */
export function formatSmaps(process: { readonly memory: ProcessMemory }): string {
  const { memory } = process;
  let text = '';
  for (const vma of memory.addressSpace.vmas) {
    const head = formatMapsLine(vmaLine(memory, vma), memory.profile);
    text += entry(head, smapsCounts(memory, vma), vmFlags(vma), hugeEligible(memory, vma));
  }
  const vsyscall = mapsLines(memory)[memory.addressSpace.mapCount];
  if (vsyscall === undefined) return text;
  return text + entry(formatMapsLine(vsyscall, memory.profile), vsyscallCounts(), 'ex ', false);
}

function entry(head: string, counts: SmapsCounts, flags: string, eligible: boolean): string {
  const rows = labels.map((label) => row(label, counts[label]));
  const last = `THPeligible:    ${(eligible ? '1' : '0').padStart(8)}\nVmFlags: ${flags}\n`;
  return `${head}\n${rows.join('')}${last}`;
}

/** The codes of a mapping's flags, each followed by a blank. */
export function vmFlags(vma: Vma): string {
  return flagCodes.map(([flag, code]) => ((vma.flags & flag) !== 0 ? `${code} ` : '')).join('');
}

/** The counts of a mapping. @source fs/proc/task_mmu.c: smap_gather_stats, smaps_account */
export function smapsCounts(memory: ProcessMemory, vma: Vma): SmapsCounts {
  const pages = gather(memory, vma);
  return {
    ...vsyscallCounts(),
    Size: kilobytes(vma.pageCount),
    Rss: kilobytes(pages.rss),
    Pss: pssKilobytes(pages.pss),
    Pss_Dirty: pssKilobytes(pages.pssDirty),
    Shared_Clean: kilobytes(pages.sharedClean),
    Shared_Dirty: kilobytes(pages.sharedDirty),
    Private_Clean: kilobytes(pages.privateClean),
    Private_Dirty: kilobytes(pages.privateDirty),
    Referenced: kilobytes(pages.referenced),
    Anonymous: kilobytes(pages.anonymous),
    LazyFree: kilobytes(pages.lazyFree),
    AnonHugePages: kilobytes(pages.huge),
    Locked: (vma.flags & VM_LOCKED) !== 0 ? pssKilobytes(pages.pss) : 0,
  };
}

/** Kilobytes of whole pages. */
function kilobytes(pages: number): number {
  return (pages * PAGE_SIZE) / 1024;
}

/** Kilobytes of a sum of {@link proportion}s. */
function pssKilobytes(sum: number): number {
  return Math.floor(sum / PSS_UNIT / 1024);
}

/** Parts of a byte that proportional sizes are counted in. @source fs/proc/task_mmu.c: PSS_SHIFT */
const PSS_UNIT = 4096;

/** The part of a page that one of `count` mappings has; what does not divide is lost. */
function proportion(count: number): number {
  return Math.floor((PAGE_SIZE * PSS_UNIT) / count);
}

/** Pages of a mapping by kind; the proportional sizes (pss…) in parts of a byte. */
interface GatheredPages {
  rss: number;
  pss: number;
  pssDirty: number;
  pssAnon: number;
  pssFile: number;
  pssShmem: number;
  sharedClean: number;
  sharedDirty: number;
  privateClean: number;
  privateDirty: number;
  referenced: number;
  anonymous: number;
  lazyFree: number;
  huge: number;
}

function noPages(): GatheredPages {
  return {
    rss: 0,
    pss: 0,
    pssDirty: 0,
    pssAnon: 0,
    pssFile: 0,
    pssShmem: 0,
    sharedClean: 0,
    sharedDirty: 0,
    privateClean: 0,
    privateDirty: 0,
    referenced: 0,
    anonymous: 0,
    lazyFree: 0,
    huge: 0,
  };
}

function gather(memory: ProcessMemory, vma: Vma): GatheredPages {
  const pages = noPages();
  const mappers = mapperCounter(memory.mm, vma);
  memory.pageTable.forEachPresent(vma.start / PAGE_SIZE, vma.end / PAGE_SIZE, (vpn, pte) => {
    if ((pte & (PTE_ZERO | PTE_SPECIAL)) !== 0) return;
    const isAnonymous = (pte & (PTE_FILE | PTE_SHMEM)) === 0;
    const pageIndex = vma.pgoff + vpn - vma.start / PAGE_SIZE;
    const count = isAnonymous ? (memory.mm.shares.get(pteHost(pte))?.mappers ?? 1) : mappers(pageIndex);
    const isDirty = isAnonymous
      ? (pte & PTE_LAZYFREE) === 0
      : (pte & PTE_DIRTY) !== 0 || vma.file?.dirtyPages.has(pageIndex) === true;
    pages.rss += 1;
    if ((pte & PTE_OLD) === 0) pages.referenced += 1;
    pages.pss += proportion(count);
    if (isDirty) pages.pssDirty += proportion(count);
    if (isAnonymous) {
      pages.anonymous += 1;
      pages.pssAnon += proportion(count);
      if ((pte & PTE_LAZYFREE) !== 0) pages.lazyFree += 1;
      if ((pte & PTE_HUGE) !== 0) pages.huge += 1;
    } else if ((pte & PTE_SHMEM) !== 0) pages.pssShmem += proportion(count);
    else pages.pssFile += proportion(count);
    if (count > 1) pages[isDirty ? 'sharedDirty' : 'sharedClean'] += 1;
    else pages[isDirty ? 'privateDirty' : 'privateClean'] += 1;
  });
  return pages;
}

/** The text of /proc/PID/smaps_rollup: the sums over all mappings. @source fs/proc/task_mmu.c: show_smaps_rollup */
export function formatSmapsRollup(process: { readonly memory: ProcessMemory }): string {
  const { memory } = process;
  const { vmas } = memory.addressSpace;
  const sum = noPages();
  let locked = 0;
  for (const vma of vmas) {
    const pages = gather(memory, vma);
    for (const key of Object.keys(sum) as (keyof GatheredPages)[]) sum[key] += pages[key];
    if ((vma.flags & VM_LOCKED) !== 0) locked += pages.pss;
  }
  const first = vmas[0]?.start ?? 0;
  const last = vmas[vmas.length - 1]?.end ?? 0;
  const head = formatMapsLine(
    {
      start: first,
      end: last,
      permissions: '---p',
      offset: 0,
      device: '00:00',
      inode: 0,
      name: '[rollup]',
    },
    memory.profile,
  );
  const rows: readonly (readonly [string, number])[] = [
    ['Rss', kilobytes(sum.rss)],
    ['Pss', pssKilobytes(sum.pss)],
    ['Pss_Dirty', pssKilobytes(sum.pssDirty)],
    ['Pss_Anon', pssKilobytes(sum.pssAnon)],
    ['Pss_File', pssKilobytes(sum.pssFile)],
    ['Pss_Shmem', pssKilobytes(sum.pssShmem)],
    ['Shared_Clean', kilobytes(sum.sharedClean)],
    ['Shared_Dirty', kilobytes(sum.sharedDirty)],
    ['Private_Clean', kilobytes(sum.privateClean)],
    ['Private_Dirty', kilobytes(sum.privateDirty)],
    ['Referenced', kilobytes(sum.referenced)],
    ['Anonymous', kilobytes(sum.anonymous)],
    ['KSM', 0],
    ['LazyFree', kilobytes(sum.lazyFree)],
    ['AnonHugePages', kilobytes(sum.huge)],
    ['ShmemPmdMapped', 0],
    ['FilePmdMapped', 0],
    ['Shared_Hugetlb', 0],
    ['Private_Hugetlb', 0],
    ['Swap', 0],
    ['SwapPss', 0],
    ['Locked', pssKilobytes(locked)],
  ];
  return `${head}\n${rows.map(([label, size]) => row(label, size)).join('')}`;
}

/** A label padded to 16 characters, a number that ends in column 24, the unit. */
function row(label: string, kilobytes: number): string {
  const head = `${label}:`.padEnd(16);
  return `${head}${String(kilobytes).padStart(24 - head.length)} kB\n`;
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
