/**
 * /proc/PID/maps, byte for byte.
 *
 * Source: Linux 6.18, fs/proc/task_mmu.c: show_map_vma, show_vma_header_prefix, get_vma_name;
 * include/linux/mm.h: vma_is_initial_heap, vma_is_initial_stack; arch/x86/entry/vsyscall.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import type { Vma } from '../mm/vma.ts';
import { VM_EXEC, VM_MAYSHARE, VM_READ, VM_WRITE } from '../mm/vma.ts';
import type { MachineProfile } from '../target/machine-profile.ts';

/** Column where names begin, counted from 0: 25 + 6 words of the kernel, and a blank. */
const NAME_COLUMN = 73;
const NAME_COLUMN_32 = 49;

/** One line of maps as data. */
export interface MapsLine {
  readonly start: number;
  readonly end: number;
  /** For example `rw-p`. */
  readonly permissions: string;
  /** Bytes into the file, 0 for anonymous memory. */
  readonly offset: number;
  readonly device: string;
  readonly inode: number;
  /** Path, `[heap]`, `[stack]`, …; empty for plain anonymous memory. */
  readonly name: string;
}

/** The text of /proc/PID/maps. */
export function formatMaps(process: { readonly memory: ProcessMemory }): string {
  return mapsLines(process.memory)
    .map((line) => `${formatMapsLine(line, process.memory.profile)}\n`)
    .join('');
}

/** The lines of maps as data, the vsyscall page included. */
export function mapsLines(memory: ProcessMemory): readonly MapsLine[] {
  const lines = memory.addressSpace.vmas.map((vma) => vmaLine(memory, vma));
  const vsyscall = vsyscallLine(memory.profile);
  return vsyscall === undefined ? lines : [...lines, vsyscall];
}

/** The line of one VMA. */
export function vmaLine(memory: ProcessMemory, vma: Vma): MapsLine {
  const file = vma.file?.kind === 'special' ? undefined : vma.file;
  return {
    start: vma.start,
    end: vma.end,
    permissions: permissions(vma.flags),
    offset: file === undefined ? 0 : vma.pgoff * PAGE_SIZE,
    device: file?.device ?? '00:00',
    inode: file?.inode ?? 0,
    name: vmaName(memory, vma),
  };
}

/** A line without its newline. @source fs/proc/task_mmu.c: show_vma_header_prefix */
export function formatMapsLine(line: MapsLine, profile: Pick<MachineProfile, 'nativeKernel'>): string {
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  // The vsyscall page lies above what a number holds exactly; its line is known.
  const range =
    line.start === VSYSCALL ? 'ffffffffff600000-ffffffffff601000' : `${hex(line.start)}-${hex(line.end)}`;
  const head = `${range} ${line.permissions} ${hex(line.offset)} ${line.device} ${line.inode} `;
  const column = profile.nativeKernel ? NAME_COLUMN_32 : NAME_COLUMN;
  return line.name === '' ? head : `${head.padEnd(column)}${line.name.replaceAll('\n', '\\012')}`;
}

/** What maps calls a VMA: path, `[heap]`, `[stack]`, `[vdso]`, or nothing. */
export function vmaName(memory: ProcessMemory, vma: Vma): string {
  if (vma.file !== undefined) return vma.file.name;
  const { mm } = memory;
  if (vma.start < mm.brk && vma.end > mm.startBrk) return '[heap]';
  return vma.start <= mm.startStack && vma.end > mm.startStack ? '[stack]' : '';
}

const VSYSCALL = 0xffffffffff600000;

function vsyscallLine(profile: MachineProfile): MapsLine | undefined {
  if (profile.vsyscall === 'none') return undefined;
  return {
    start: VSYSCALL,
    end: VSYSCALL + PAGE_SIZE,
    permissions: profile.vsyscall === 'execute-only' ? '--xp' : 'r-xp',
    offset: 0,
    device: '00:00',
    inode: 0,
    name: '[vsyscall]',
  };
}

function permissions(flags: number): string {
  const letter = (flag: number, text: string): string => ((flags & flag) !== 0 ? text : '-');
  return (
    letter(VM_READ, 'r') +
    letter(VM_WRITE, 'w') +
    letter(VM_EXEC, 'x') +
    ((flags & VM_MAYSHARE) !== 0 ? 's' : 'p')
  );
}
