/**
 * How the processor finds a page: the indices of an address into the tables of each level, and what is there.
 *
 * Source: Linux, arch/x86/include/asm/pgtable_64_types.h (9 bits a level), pgtable-2level_types.h (10 bits),
 * pgtable-3level_types.h (PAE: 2, 9, 9 bits); Documentation/arch/x86/x86_64/5level-paging.rst.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { PageTable } from './page-table.ts';
import { PTE_HUGE, PTE_PRESENT, PTE_WRITE, PTE_ZERO, pteHost } from './page-table.ts';

/** The formats of page tables. A 32-bit process under a 64-bit kernel has that of the kernel. */
export type PagingMode = '4-level' | '5-level' | '2-level' | 'pae';

export type PagingLevel = 'PGD' | 'P4D' | 'PUD' | 'PMD' | 'PTE';

/** One step of a walk. */
export interface WalkStep {
  readonly level: PagingLevel;
  /** Bits of the address that choose the entry. */
  readonly bits: { readonly high: number; readonly low: number };
  readonly index: number;
  /** Bytes that one entry of this level covers. */
  readonly covers: number;
}

/** What a walk through the tables of a process found. */
export interface PageWalk {
  readonly steps: readonly (WalkStep & {
    /** Whether there is a table of this level for the address; the top one always is. */
    readonly hasTable: boolean;
    /** Whether its entry leads on. */
    readonly isPresent: boolean;
  })[];
  /** Bytes into the page. */
  readonly offset: number;
  /** Number of the page frame in the simulated physical memory; `undefined` when no page is mapped. */
  readonly frame: number | undefined;
  readonly isWritable: boolean;
  readonly isZeroPage: boolean;
  /** Whether the walk ends a level early, at an entry that maps 2 MiB. */
  readonly isHuge: boolean;
}

const levels: Readonly<Record<PagingMode, readonly (readonly [PagingLevel, high: number, low: number])[]>> = {
  '5-level': [
    ['PGD', 56, 48],
    ['P4D', 47, 39],
    ['PUD', 38, 30],
    ['PMD', 29, 21],
    ['PTE', 20, 12],
  ],
  '4-level': [
    ['PGD', 47, 39],
    ['PUD', 38, 30],
    ['PMD', 29, 21],
    ['PTE', 20, 12],
  ],
  pae: [
    ['PGD', 31, 30],
    ['PMD', 29, 21],
    ['PTE', 20, 12],
  ],
  '2-level': [
    ['PGD', 31, 22],
    ['PTE', 21, 12],
  ],
};

/**
 * The indices of an address, from the top table down.
 *
 * @param addr - any address of the mode, the kernel half included
 */
export function walkIndices(addr: bigint, mode: PagingMode): readonly WalkStep[] {
  return levels[mode].map(([level, high, low]) => ({
    level,
    bits: { high, low },
    index: Number(BigInt.asUintN(high - low + 1, addr >> BigInt(low))),
    covers: 2 ** low,
  }));
}

/** Walks the page tables of a process. Looks, and changes nothing. */
export function walkPageTable(pageTable: PageTable, addr: number, mode: PagingMode): PageWalk {
  const vpn = Math.floor(addr / PAGE_SIZE);
  const pte = pageTable.get(vpn);
  const isPresent = (pte & PTE_PRESENT) !== 0;
  const isHuge = (pte & PTE_HUGE) !== 0;
  const indices = walkIndices(BigInt(addr), mode).slice(0, isHuge && mode !== '2-level' ? -1 : undefined);
  const steps = indices.map((step, at) => {
    // Tables are counted as the four levels of a 64-bit kernel; a mode with other levels has the same lower ones.
    const fromBelow = levels[mode].length - at;
    const hasTable = at === 0 || pageTable.depth(vpn) >= 5 - Math.min(fromBelow, 4);
    const last = at === indices.length - 1;
    const leadsOn = last ? isPresent : pageTable.depth(vpn) >= 6 - Math.min(fromBelow, 5);
    return { ...step, hasTable, isPresent: leadsOn };
  });
  return {
    steps,
    offset: addr % PAGE_SIZE,
    frame: isPresent ? pteHost(pte) / PAGE_SIZE : undefined,
    isWritable: (pte & PTE_WRITE) !== 0,
    isZeroPage: (pte & PTE_ZERO) !== 0,
    isHuge,
  };
}
