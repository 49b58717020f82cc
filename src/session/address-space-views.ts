/**
 * The address space as a whole, for the picture and the command line: named regions up to 2^64, the walk of the page tables to
 * any address, the memory that the tables take.
 */
import { PAGE_SIZE } from '../base/address.ts';
import { walkIndices, walkPageTable } from '../core/mm/page-walk.ts';
import type { PageWalk, PagingMode } from '../core/mm/page-walk.ts';
import { PTE_PRESENT } from '../core/mm/page-table.ts';
import type { Machine } from '../core/process/machine.ts';
import { formatMapsLine, vmaLine } from '../core/process/proc-maps.ts';
import { addressRegions, regionOf } from '../core/target/address-regions.ts';
import type { AddressRegion } from '../core/target/address-regions.ts';
import type { MachineProfile } from '../core/target/machine-profile.ts';
import { renderText } from '../core/text/all-texts.ts';
import { sayMm } from '../core/text/mm-texts.ts';
import type { Language } from '../core/text/text.ts';
import type { HexAddress, PageTablesView, PageWalkView, RegionView } from '../protocol/view-model.ts';
import { pageState } from './page-states.ts';

const hexOf = (addr: bigint): HexAddress => `0x${addr.toString(16)}`;

/** The regions of the space that the machine's processors and kernel give, from 0 up without gaps. */
export function regionViews(profile: MachineProfile, language: Language): readonly RegionView[] {
  return addressRegions(profile).map((region) => regionView(region, language));
}

function regionView({ name, start, end }: AddressRegion, language: Language): RegionView {
  const isUser = name === 'user' || name === 'user-guard';
  return {
    name,
    start: hexOf(start),
    end: hexOf(end),
    owner: isUser ? 'user' : name === 'non-canonical' ? 'nobody' : 'kernel',
    text: renderText(sayMm(`mm.region.${name}`), language),
  };
}

/** Page tables by level, and the memory that they take (VmPTE). */
export function pageTablesView(machine: Machine): PageTablesView {
  const { pageTable } = machine.memory;
  const [pte, pmd, pud] = pageTable.tablesByLevel;
  return { bytes: pageTable.tableCount * PAGE_SIZE, pte, pmd, pud };
}

/** The format of the tables: a 32-bit process under a 64-bit kernel has the kernel's. */
function pagingMode(profile: MachineProfile): PagingMode {
  if (profile.nativeKernel) return 'pae';
  return profile.pagingLevels === 5 ? '5-level' : '4-level';
}

/** The walk to an address that is not the process's: the kernel's tables are not simulated. */
function walkOutside(addr: bigint, mode: PagingMode): PageWalk {
  return {
    steps: walkIndices(addr, mode).map((step, at) => ({ ...step, hasTable: at === 0, isPresent: false })),
    offset: Number(addr % BigInt(PAGE_SIZE)),
    frame: undefined,
    isWritable: false,
    isZeroPage: false,
    isHuge: false,
  };
}

/**
 * The way of the processor to a page, table by table.
 *
 * @param addr - 0 <= addr < 2^64
 */
export function pageWalkView(machine: Machine, addr: bigint, language: Language): PageWalkView {
  const { memory } = machine;
  const { profile } = memory;
  const mode = pagingMode(profile);
  const isUser = addr < BigInt(profile.taskSize);
  const walk = isUser ? walkPageTable(memory.pageTable, Number(addr), mode) : walkOutside(addr, mode);
  const vma = isUser ? memory.addressSpace.vmaLookup(Number(addr)) : undefined;
  const pte = isUser ? memory.pageTable.get(Math.floor(Number(addr) / PAGE_SIZE)) : 0;
  const region = regionOf(profile, addr);
  return {
    address: hexOf(addr),
    mode,
    steps: walk.steps.map(({ level, bits, index, covers, hasTable, isPresent }) => ({
      level,
      highBit: bits.high,
      lowBit: bits.low,
      index,
      covers,
      hasTable,
      isPresent,
    })),
    offset: walk.offset,
    state: (pte & PTE_PRESENT) === 0 ? 'absent' : pageState(pte),
    frame: walk.frame === undefined ? undefined : hexOf(BigInt(walk.frame)),
    isWritable: walk.isWritable,
    isHuge: walk.isHuge,
    region: region === undefined ? undefined : regionView(region, language),
    mapping: vma === undefined ? undefined : formatMapsLine(vmaLine(memory, vma), profile),
  };
}
