/**
 * The memory lines of /proc/PID/status.
 *
 * Source: Linux 6.18, fs/proc/task_mmu.c: task_mem.
 */
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';

/** The Vm and Rss lines as data, in kB, in the order of the file. */
export interface MemoryStatus {
  readonly VmPeak: number;
  readonly VmSize: number;
  readonly VmLck: number;
  readonly VmPin: number;
  readonly VmHWM: number;
  readonly VmRSS: number;
  readonly RssAnon: number;
  readonly RssFile: number;
  readonly RssShmem: number;
  readonly VmData: number;
  readonly VmStk: number;
  readonly VmExe: number;
  readonly VmLib: number;
  readonly VmPTE: number;
  readonly VmSwap: number;
  readonly HugetlbPages: number;
}

/** What status says of a process's memory. */
export function memoryStatus(memory: ProcessMemory): MemoryStatus {
  const { mm, counters, addressSpace, pageTable } = memory;
  const kilobytes = (pages: number): number => (pages * PAGE_SIZE) / 1024;
  const exe = (roundUp(mm.endCode, PAGE_SIZE) - roundDown(mm.startCode, PAGE_SIZE)) / 1024;
  return {
    VmPeak: kilobytes(Math.max(counters.hiwaterVm, addressSpace.totalPages)),
    VmSize: kilobytes(addressSpace.totalPages),
    VmLck: kilobytes(addressSpace.lockedPages),
    VmPin: 0,
    VmHWM: kilobytes(Math.max(counters.hiwaterRss, mm.rss)),
    VmRSS: kilobytes(mm.rss),
    RssAnon: kilobytes(counters.rssAnon),
    RssFile: kilobytes(counters.rssFile),
    RssShmem: kilobytes(counters.rssShmem),
    VmData: kilobytes(addressSpace.dataPages),
    VmStk: kilobytes(addressSpace.stackPages),
    VmExe: exe,
    VmLib: kilobytes(addressSpace.execPages) - exe,
    VmPTE: kilobytes(pageTable.tableCount),
    VmSwap: 0,
    HugetlbPages: 0,
  };
}

/** The memory lines of /proc/PID/status. */
export function formatStatus(process: { readonly memory: ProcessMemory }): string {
  return Object.entries(memoryStatus(process.memory))
    .map(([label, value]) => `${label}:\t${String(value).padStart(8)} kB\n`)
    .join('');
}
