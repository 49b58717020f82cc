/**
 * The page tables: virtual page number -> page table entry.
 *
 * An entry is an unsigned 32-bit number: bits 31..12 the host address of the page frame, the low bits what the kernel
 * knows of the page. Leaf tables of 512 entries are kept by their number; the levels above exist only as counts, since
 * nothing but VmPTE depends on them.
 *
 * Invariant: a leaf exists if and only if its number is in the set of its upper tables' children.
 *
 * Source: Linux, arch/x86/include/asm/pgtable_64_types.h (4 levels, 9 bits each; a 32-bit process under a 64-bit
 * kernel has the same format), mm/memory.c: free_pgtables.
 */
import { invariant } from '../../base/assert.ts';

/** The page is mapped; it may still be forbidden by its VMA (PROT_NONE). */
export const PTE_PRESENT = 0x1;
/** Stores need no fault. */
export const PTE_WRITE = 0x2;
/** Written since it was mapped. */
export const PTE_DIRTY = 0x4;
/** The shared page of zeros: not counted as resident. */
export const PTE_ZERO = 0x8;
/** A page of the page cache. */
export const PTE_FILE = 0x10;
/** A page of shared anonymous memory. */
export const PTE_SHMEM = 0x20;
/** Given back with MADV_FREE and not written since. */
export const PTE_LAZYFREE = 0x40;
/** Not accessed since the kernel was told that it is cold: the accessed bit, turned round. */
export const PTE_OLD = 0x200;
/** Anonymous, and perhaps not ours alone: shared by fork, until a write fault makes it ours. */
export const PTE_SHARED_ANON = 0x400;
/** A page of the kernel's own (vvar): mapped, but counted nowhere. */
export const PTE_SPECIAL = 0x80;
/** One of the 512 pages that one entry of the level above maps together: a transparent huge page. */
export const PTE_HUGE = 0x100;

/** Neither anonymous nor counted as such. */
export const PTE_NOT_ANON = PTE_ZERO | PTE_FILE | PTE_SHMEM | PTE_SPECIAL;

/** Entries of one table. */
export const PTES_PER_TABLE = 512;
const INDEX_MASK = PTES_PER_TABLE - 1;
const TABLES_PER_PAGE = 1 / PTES_PER_TABLE;

/** Host address of the frame of an entry. */
export function pteHost(pte: number): number {
  return (pte & ~0xfff) >>> 0;
}

/** An entry for the frame at `host`. */
export function makePte(host: number, flags: number): number {
  return (host | flags) >>> 0;
}

interface LeafTable {
  readonly ptes: Uint32Array;
  presentCount: number;
}

/** Takes a change back, or makes it again after that. */
export interface Change {
  readonly undo: () => void;
  readonly redo: () => void;
}

/** The page tables of one process. */
export class PageTable {
  /** Hears of each change that was made; of that of an entry with its page. */
  journal: ((change: Change, vpn?: number) => void) | undefined;
  readonly #leaves = new Map<number, LeafTable>();
  /** Tables of the second level (1 GiB each): number -> leaves below it. */
  readonly #middle = new Map<number, number>();
  /** Tables of the third level (512 GiB each): number -> middle tables below it. */
  readonly #upper = new Map<number, number>();
  #lastNumber = -1;
  #last: LeafTable | undefined;

  /** Pages of page tables without the top one (VmPTE counts them at 4 KiB). */
  get tableCount(): number {
    return this.#leaves.size + this.#middle.size + this.#upper.size;
  }

  /** The entry of a page, 0 when there is none. */
  get(vpn: number): number {
    const leaf = this.#leaf(Math.floor(vpn * TABLES_PER_PAGE));
    return leaf?.ptes[vpn & INDEX_MASK] ?? 0;
  }

  /** Sets the entry of a page, making tables as needed. */
  set(vpn: number, pte: number): void {
    const number = Math.floor(vpn * TABLES_PER_PAGE);
    const leaf = this.#leaf(number) ?? this.#makeLeaf(number);
    const index = vpn & INDEX_MASK;
    const before = leaf.ptes[index] ?? 0;
    putEntry(leaf, index, pte);
    this.journal?.(
      {
        undo: () => {
          putEntry(leaf, index, before);
        },
        redo: () => {
          putEntry(leaf, index, pte);
        },
      },
      vpn,
    );
  }

  /** Pages of tables by level, the top one left out: PTE, PMD, PUD. */
  get tablesByLevel(): readonly [pte: number, pmd: number, pud: number] {
    return [this.#leaves.size, this.#middle.size, this.#upper.size];
  }

  /** Whether there is a table of the lowest level for a page: then no huge page can be put in its place. */
  hasTable(vpn: number): boolean {
    return this.#leaf(Math.floor(vpn * TABLES_PER_PAGE)) !== undefined;
  }

  /** Number of levels that exist for a page, from the top: 1 (the top table alone) to 4. */
  depth(vpn: number): 1 | 2 | 3 | 4 {
    const leaf = Math.floor(vpn * TABLES_PER_PAGE);
    if (this.#leaves.has(leaf)) return 4;
    const middle = Math.floor(leaf / PTES_PER_TABLE);
    if (this.#middle.has(middle)) return 3;
    return this.#upper.has(Math.floor(middle / PTES_PER_TABLE)) ? 2 : 1;
  }

  /**
   * Lets the pages around `vpn` be single ones again when a huge page maps them and begins elsewhere.
   *
   * @source mm/huge_memory.c: vma_adjust_trans_huge, __split_huge_pmd
   */
  splitHuge(vpn: number): void {
    const index = vpn & INDEX_MASK;
    if (index === 0) return;
    const leaf = this.#leaf(Math.floor(vpn * TABLES_PER_PAGE));
    if (leaf === undefined || ((leaf.ptes[index] ?? 0) & PTE_HUGE) === 0) return;
    for (let i = 0; i < PTES_PER_TABLE; i++)
      this.set(vpn - index + i, ((leaf.ptes[i] ?? 0) & ~PTE_HUGE) >>> 0);
  }

  /** Makes the leaf table of a page; mremap does so for pages that it then finds empty. */
  allocateTable(vpn: number): void {
    const number = Math.floor(vpn * TABLES_PER_PAGE);
    if (this.#leaf(number) === undefined) this.#makeLeaf(number);
  }

  /** Calls `visit` for every present page of [startVpn, endVpn), from low to high. It may clear or change that page. */
  forEachPresent(startVpn: number, endVpn: number, visit: (vpn: number, pte: number) => void): void {
    if (startVpn >= endVpn || this.#leaves.size === 0) return;
    const first = Math.floor(startVpn / PTES_PER_TABLE);
    const last = Math.floor((endVpn - 1) / PTES_PER_TABLE);
    if (last - first < this.#leaves.size) {
      for (let number = first; number <= last; number++) this.#visitLeaf(number, startVpn, endVpn, visit);
      return;
    }
    const numbers = [...this.#leaves.keys()].filter((number) => number >= first && number <= last);
    numbers.sort((a, b) => a - b);
    for (const number of numbers) this.#visitLeaf(number, startVpn, endVpn, visit);
  }

  /**
   * Frees the tables of an unmapped range whose whole span has no VMA.
   *
   * @param floorVpn - first page that nothing maps any more, at or below the range
   * @param ceilingVpn - first page above the range that something maps
   */
  freeTables(startVpn: number, endVpn: number, floorVpn: number, ceilingVpn: number): void {
    for (const number of this.#tablesIn(this.#leaves, PTES_PER_TABLE, startVpn, endVpn)) {
      if (number * PTES_PER_TABLE >= floorVpn && (number + 1) * PTES_PER_TABLE <= ceilingVpn)
        this.#freeLeaf(number);
    }
    const middlePages = PTES_PER_TABLE * 512;
    for (const number of this.#tablesIn(this.#middle, middlePages, startVpn, endVpn)) {
      if (number * middlePages < floorVpn || (number + 1) * middlePages > ceilingVpn) continue;
      invariant(this.#middle.get(number) === 0, 'a freed table has no tables below it');
      this.#put(this.#middle, number, undefined);
      const parent = Math.floor(number / 512);
      this.#put(this.#upper, parent, (this.#upper.get(parent) ?? 0) - 1);
    }
    const upperPages = middlePages * 512;
    for (const number of this.#tablesIn(this.#upper, upperPages, startVpn, endVpn)) {
      if (number * upperPages < floorVpn || (number + 1) * upperPages > ceilingVpn) continue;
      invariant(this.#upper.get(number) === 0, 'a freed table has no tables below it');
      this.#put(this.#upper, number, undefined);
    }
  }

  /** Frees the leaf tables inside [startVpn, endVpn) that are wholly covered and empty (MADV_DONTNEED does, from 6.14). */
  reclaimEmptyTables(startVpn: number, endVpn: number): void {
    for (const number of this.#tablesIn(this.#leaves, PTES_PER_TABLE, startVpn, endVpn)) {
      const covered = number * PTES_PER_TABLE >= startVpn && (number + 1) * PTES_PER_TABLE <= endVpn;
      if (covered && this.#leaves.get(number)?.presentCount === 0) this.#freeLeaf(number);
    }
  }

  /** Frees the leaf table of a page whose entries have all moved away. */
  removeEmptyTable(vpn: number): void {
    this.#freeLeaf(Math.floor(vpn * TABLES_PER_PAGE));
  }

  #leaf(number: number): LeafTable | undefined {
    if (number === this.#lastNumber) return this.#last;
    const leaf = this.#leaves.get(number);
    if (leaf !== undefined) {
      this.#lastNumber = number;
      this.#last = leaf;
    }
    return leaf;
  }

  #makeLeaf(number: number): LeafTable {
    const leaf = { ptes: new Uint32Array(PTES_PER_TABLE), presentCount: 0 };
    this.#put(this.#leaves, number, leaf);
    const middle = Math.floor(number / 512);
    const children = this.#middle.get(middle);
    this.#put(this.#middle, middle, (children ?? 0) + 1);
    if (children === undefined) {
      const upper = Math.floor(middle / 512);
      this.#put(this.#upper, upper, (this.#upper.get(upper) ?? 0) + 1);
    }
    return leaf;
  }

  #freeLeaf(number: number): void {
    invariant(this.#leaves.get(number)?.presentCount === 0, 'a freed table maps no page');
    this.#put(this.#leaves, number, undefined);
    const middle = Math.floor(number / 512);
    this.#put(this.#middle, middle, (this.#middle.get(middle) ?? 0) - 1);
  }

  /** Keeps, replaces or (undefined) drops what is known of a table. */
  #put<Table>(tables: Map<number, Table>, number: number, after: Table | undefined): void {
    const before = tables.get(number);
    const put = (table: Table | undefined): void => {
      if (table === undefined) tables.delete(number);
      else tables.set(number, table);
      this.#lastNumber = -1;
      this.#last = undefined;
    };
    put(after);
    this.journal?.({
      undo: () => {
        put(before);
      },
      redo: () => {
        put(after);
      },
    });
  }

  #tablesIn(
    tables: ReadonlyMap<number, unknown>,
    pagesEach: number,
    startVpn: number,
    endVpn: number,
  ): readonly number[] {
    const first = Math.floor(startVpn / pagesEach);
    const last = Math.floor((endVpn - 1) / pagesEach);
    const found: number[] = [];
    if (last - first < tables.size) {
      for (let number = first; number <= last; number++) if (tables.has(number)) found.push(number);
    } else {
      for (const number of tables.keys()) if (number >= first && number <= last) found.push(number);
    }
    return found;
  }

  #visitLeaf(
    number: number,
    startVpn: number,
    endVpn: number,
    visit: (vpn: number, pte: number) => void,
  ): void {
    const leaf = this.#leaves.get(number);
    if (leaf === undefined || leaf.presentCount === 0) return;
    const base = number * PTES_PER_TABLE;
    const from = Math.max(startVpn - base, 0);
    const to = Math.min(endVpn - base, PTES_PER_TABLE);
    for (let index = from; index < to; index++) {
      const pte = leaf.ptes[index] ?? 0;
      if (pte !== 0) visit(base + index, pte);
    }
  }
}

function putEntry(leaf: LeafTable, index: number, pte: number): void {
  leaf.presentCount += (pte & PTE_PRESENT) - ((leaf.ptes[index] ?? 0) & PTE_PRESENT);
  leaf.ptes[index] = pte;
}
