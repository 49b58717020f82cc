/**
 * The recordings of the experiments: their shape, and what the recorder did to a process.
 */
import assert from 'node:assert/strict';
import { PAGE_SIZE } from '../../../src/base/address.ts';
import type { LoadSegment, ProgramImage } from '../../../src/core/image/program-image.ts';
import type { ProcessMemory } from '../../../src/core/mm/process-memory.ts';
import { mapsLines } from '../../../src/core/process/proc-maps.ts';
import { pagemapEntry } from '../../../src/core/process/proc-pagemap.ts';
import { memoryStatus } from '../../../src/core/process/proc-status.ts';
import { programBase } from '../../../src/core/target/machine-profile.ts';
import type { MachineProfile } from '../../../src/core/target/machine-profile.ts';

export interface ElfSegment {
  readonly type: string;
  readonly offset: string;
  readonly vaddr: string;
  readonly filesz: string;
  readonly memsz: string;
  readonly flags: string;
}

/** Something that happened: a mark, a system call, a fork, a thread, a signal, an end. */
export interface Event {
  readonly ev: string;
  readonly who?: string;
  readonly name?: string;
  readonly call?: readonly [string, ...(string | number)[]];
  readonly minflt?: number;
  readonly kb?: Readonly<Record<string, number>>;
  readonly maps?: readonly (readonly [string, string, string, string, string, ...number[]])[];
}

export interface Experiment {
  readonly program: string;
  readonly word: 4 | 8;
  readonly stack_limit: number;
  readonly stdout_is: 'file' | 'terminal';
  readonly status: string;
  readonly stdout: string;
  readonly events: readonly Event[];
  readonly elf: { readonly file_bytes: number; readonly segments: readonly ElfSegment[] };
}

/** The program of a recording, without its code: what the loader needs of it. */
export function imageOf(experiment: Experiment): ProgramImage {
  const { segments, file_bytes: fileSize } = experiment.elf;
  const relro = segments.find((segment) => segment.type === 'GNU_RELRO')!;
  const letters: Readonly<Record<string, LoadSegment['protection']>> = { R: 'r--', RE: 'r-x', RW: 'rw-' };
  return {
    target: experiment.word === 8 ? 'x86_64' : 'i386',
    link: 'pie',
    segments: segments
      .filter((segment) => segment.type === 'LOAD')
      .map((segment) => ({
        vaddr: Number(segment.vaddr),
        fileOffset: Number(segment.offset),
        bytes: new Uint8Array(Number(segment.filesz)),
        memSize: Number(segment.memsz),
        protection: letters[segment.flags]!,
      })),
    relro: { start: Number(relro.vaddr), end: Number(relro.vaddr) + Number(relro.memsz) },
    isStackExecutable: false,
    tls: undefined,
    sections: [],
    symbols: [],
    // __dso_handle, behind the end of RELRO: its page is written by relocation.
    relativeRelocations: [Number(relro.vaddr) + Number(relro.memsz) + 8],
    symbolRelocations: [],
    copyRelocations: [],
    imports: [],
    gotEntries: [],
    neededLibraries: [],
    programHeaders: 11,
    entry: 0x1000,
    fileSize,
  };
}

/** End of the last segment with these flags, in memory or of what the file has of it. */
export function segmentEnd(
  { elf }: Experiment,
  profile: MachineProfile,
  flags: string,
  inFile: boolean,
): number {
  const segment = elf.segments.filter((one) => one.type === 'LOAD' && one.flags === flags).at(-1)!;
  return programBase(profile) + Number(segment.vaddr) + Number(inFile ? segment.filesz : segment.memsz);
}

/**
 * Compares a process with a mark: maps, totals, resident pages, and page faults since the mark before.
 *
 * @param faults - `undefined` at the first mark, which has no number
 */
export function assertMark(memory: ProcessMemory, event: Event, faults: number | undefined): void {
  assert.deepEqual(
    linesWithPages(memory),
    event.maps!.filter((row) => row[4] !== '[vsyscall]'),
    event.name,
  );
  assert.deepEqual(totals(memory), pickTotals(event), event.name);
  assert.equal(faults, event.minflt, event.name);
}

/** The totals of status that the recordings have. */
export function totals(memory: ProcessMemory): Readonly<Record<string, number>> {
  const { VmSize, VmData, VmStk, VmExe, VmLib } = memoryStatus(memory);
  return { VmSize, VmData, VmStk, VmExe, VmLib };
}

/** The same of a mark, in the same order. */
export function pickTotals(event: Event): Readonly<Record<string, number | undefined>> {
  const { VmSize, VmData, VmStk, VmExe, VmLib } = event.kb!;
  return { VmSize, VmData, VmStk, VmExe, VmLib };
}

/** Lines of maps as the recordings have them, without that of the vsyscall page. */
export function shortLines(memory: ProcessMemory): unknown[][] {
  return mapsLines(memory)
    .filter((line) => line.name !== '[vsyscall]')
    .map((line) => {
      const name = line.name.endsWith('libc.so.6')
        ? 'libc.so.6'
        : line.name.includes('/ld-linux')
          ? 'ld.so'
          : line.name;
      return [
        `0x${line.start.toString(16)}`,
        `0x${line.end.toString(16)}`,
        line.permissions,
        `0x${line.offset.toString(16)}`,
        name,
      ];
    });
}

/**
 * The same with what the recordings say of writable and of nameless mappings: pages that are present, and those of them that
 * this process alone maps (the page of zeros is nobody's).
 */
export function linesWithPages(memory: ProcessMemory): unknown[][] {
  const lines = mapsLines(memory);
  return shortLines(memory).map((short, index) => {
    const line = lines[index];
    if (line === undefined || (line.name !== '' && line.permissions[1] !== 'w')) return short;
    let present = 0;
    let own = 0;
    memory.pageTable.forEachPresent(line.start / PAGE_SIZE, line.end / PAGE_SIZE, (vpn) => {
      present += 1;
      if ((pagemapEntry(memory, vpn * PAGE_SIZE) & EXCLUSIVE) !== 0n) own += 1;
    });
    return [...short, present, own];
  });
}

/** Of an entry of pagemap: nobody else maps the page. */
const EXCLUSIVE = 1n << 56n;

const MADV_POPULATE_READ = 22;
const MADV_POPULATE_WRITE = 23;

/** At the first mark the recorder made the pages of the libraries and of the code resident. */
export function settleRecorded(memory: ProcessMemory): void {
  const lines = mapsLines(memory);
  lines.forEach((line, index) => {
    const isLibrary = (name: string): boolean => name !== '' && !name.startsWith('[') && name !== 'program';
    const below = lines[index - 1]?.name ?? '';
    const isCode = line.name === 'program' && line.permissions[2] === 'x';
    if (!isLibrary(line.name) && !isCode && !(line.name === '' && isLibrary(below))) return;
    if (!line.permissions.startsWith('r')) return;
    const advice = line.permissions[1] === 'w' ? MADV_POPULATE_WRITE : MADV_POPULATE_READ;
    memory.mm.withoutTracing(() => memory.madvise(line.start, line.end - line.start, advice));
  });
}
