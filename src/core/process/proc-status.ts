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

/** What status says of a process besides its memory. */
export interface ProcessFacts {
  readonly name: string;
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
}

/** The whole text of /proc/PID/status. @source fs/proc/array.c: proc_pid_status */
export function formatWholeStatus(process: { readonly memory: ProcessMemory }, facts: ProcessFacts): string {
  const { name, pid, parent, uid } = facts;
  const id = String(uid);
  const mask = '0'.repeat(16);
  const before = [
    `Name:\t${name.slice(0, 15)}`,
    'Umask:\t0022',
    'State:\tR (running)',
    `Tgid:\t${String(pid)}`,
    'Ngid:\t0',
    `Pid:\t${String(pid)}`,
    `PPid:\t${String(parent)}`,
    'TracerPid:\t0',
    `Uid:\t${[id, id, id, id].join('\t')}`,
    `Gid:\t${[id, id, id, id].join('\t')}`,
    'FDSize:\t256',
    'Groups:\t ',
    `NStgid:\t${String(pid)}`,
    `NSpid:\t${String(pid)}`,
    `NSpgid:\t${String(pid)}`,
    `NSsid:\t${String(parent)}`,
    'Kthread:\t0',
  ];
  const after = [
    'CoreDumping:\t0',
    'THP_enabled:\t1',
    'untag_mask:\t0xffffffffffffffff',
    'Threads:\t1',
    'SigQ:\t0/96364',
    ...['SigPnd', 'ShdPnd', 'SigBlk', 'SigIgn', 'SigCgt', 'CapInh', 'CapPrm', 'CapEff'].map(
      (label) => `${label}:\t${mask}`,
    ),
    'CapBnd:\t000001ffffffffff',
    `CapAmb:\t${mask}`,
    'NoNewPrivs:\t0',
    'Seccomp:\t0',
    'Seccomp_filters:\t0',
    'Cpus_allowed:\t1',
    'Cpus_allowed_list:\t0',
    'Mems_allowed:\t1',
    'Mems_allowed_list:\t0',
    'voluntary_ctxt_switches:\t0',
    'nonvoluntary_ctxt_switches:\t0',
  ];
  return `${before.join('\n')}\n${formatStatus(process)}${after.join('\n')}\n`;
}

/** The text of /proc/PID/statm: seven numbers of pages. @source fs/proc/array.c: proc_pid_statm */
export function formatStatm(process: { readonly memory: ProcessMemory }): string {
  const { mm, counters, addressSpace } = process.memory;
  const text = (roundUp(mm.endCode, PAGE_SIZE) - roundDown(mm.startCode, PAGE_SIZE)) / PAGE_SIZE;
  const shared = counters.rssFile + counters.rssShmem;
  const data = addressSpace.dataPages + addressSpace.stackPages;
  return `${[addressSpace.totalPages, mm.rss, shared, text, 0, data, 0].join(' ')}\n`;
}
