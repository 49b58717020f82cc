/**
 * The experiments: small C programs whose address space was recorded at marked points.
 *
 * The program's own system calls are made again in their order; the lines of maps and the totals at each mark must be those of
 * the recording. Where the accesses between two marks are known they are made too, and the page faults counted.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { LoadSegment, ProgramImage } from '../../../src/core/image/program-image.ts';
import { PlainLinearMemory } from '../../../src/core/mm/linear-memory.ts';
import { ProcessMemory } from '../../../src/core/mm/process-memory.ts';
import { loadProgram } from '../../../src/core/process/loader.ts';
import { mapsLines } from '../../../src/core/process/proc-maps.ts';
import { machineProfile } from '../../../src/core/target/machine-profile.ts';
import { NullTracer } from '../../../src/core/trace/trace-event.ts';

interface ElfSegment {
  readonly type: string;
  readonly offset: string;
  readonly vaddr: string;
  readonly filesz: string;
  readonly memsz: string;
  readonly flags: string;
}
interface Event {
  readonly ev: string;
  readonly who?: string;
  readonly name?: string;
  readonly call?: readonly [string, ...(string | number)[]];
  readonly minflt?: number;
  readonly kb?: Readonly<Record<string, number>>;
  readonly maps?: readonly (readonly [string, string, string, string, string, ...number[]])[];
}
interface Experiment {
  readonly program: string;
  readonly word: 4 | 8;
  readonly stack_limit: number;
  readonly events: readonly Event[];
  readonly elf: { readonly file_bytes: number; readonly segments: readonly ElfSegment[] };
}

const folder = new URL('../experiments/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

function read(name: string): Experiment {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Experiment;
}

function imageOf(experiment: Experiment): ProgramImage {
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
    tls: undefined,
    sections: [],
    symbols: [],
    // __dso_handle, behind the end of RELRO: its page is written by relocation.
    relativeRelocations: [Number(relro.vaddr) + Number(relro.memsz) + 8],
    symbolRelocations: [],
    copyRelocations: [],
    imports: [],
    neededLibraries: [],
    programHeaders: 11,
    entry: 0x1000,
    fileSize,
  };
}

/** A recorded program at main. The recorder's processes had no library cache. */
function start(experiment: Experiment): ProcessMemory {
  const image = imageOf(experiment);
  const profile = { ...machineProfile(image.target), ldCacheBytes: 0, stackLimit: experiment.stack_limit };
  const memory = new ProcessMemory({
    linear: new PlainLinearMemory(32, 32768),
    profile,
    tracer: new NullTracer(),
  });
  loadProgram({ image, memory, argv: ['program'], envp: [], programPath: 'program' });
  return memory;
}

function shortLines(memory: ProcessMemory): unknown[] {
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

function compareMark(memory: ProcessMemory, event: Event): void {
  const recorded = event.maps!.filter((row) => row[4] !== '[vsyscall]');
  const stack = recorded.find((row) => row[4] === '[stack]')!;
  const ours = memory.mm.stackVma()!;
  // The program's calls went deeper than ours, which makes none.
  if (Number(stack[0]) < ours.start) memory.writeU8(Number(stack[0]) + 8, 1);
  assert.deepEqual(
    shortLines(memory),
    recorded.map((row) => row.slice(0, 5)),
    event.name,
  );
  const { space } = memory.mm;
  const exe = (Math.ceil(memory.mm.endCode / 4096) - Math.floor(memory.mm.startCode / 4096)) * 4;
  assert.deepEqual(
    {
      VmSize: space.totalPages * 4,
      VmData: space.dataPages * 4,
      VmStk: space.stackPages * 4,
      VmExe: exe,
      VmLib: space.execPages * 4 - exe,
    },
    pick(event.kb!),
    event.name,
  );
}

function pick(kb: Readonly<Record<string, number>>): Record<string, number> {
  const { VmSize, VmData, VmStk, VmExe, VmLib } = kb as Record<
    'VmSize' | 'VmData' | 'VmStk' | 'VmExe' | 'VmLib',
    number
  >;
  return { VmSize, VmData, VmStk, VmExe, VmLib };
}

/** Makes a recorded system call again and checks its result. */
function repeat(memory: ProcessMemory, call: NonNullable<Event['call']>): void {
  const [name, ...rest] = call;
  const numbers = rest.map(Number);
  const expected = numbers[numbers.length - 1]!;
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  switch (name) {
    case 'brk':
      assert.equal(memory.brk(a), expected);
      if (a > memory.mm.startBrk) memory.writeU8(memory.mm.startBrk, 0);
      return;
    case 'mmap':
      assert.equal(memory.mmap(a, b, c, d, -1, 0), expected);
      // malloc writes the chunk's header.
      if ((c & 2) !== 0) memory.writeU8(expected, 0);
      return;
    case 'munmap':
      assert.equal(memory.munmap(a, b), expected);
      return;
    case 'mprotect':
      assert.equal(memory.mprotect(a, b, c), expected);
      if ((c & 2) !== 0) memory.writeU8(a + b - 1, 0);
      return;
    case 'madvise':
      assert.equal(memory.madvise(a, b, c), expected);
      return;
    case 'mremap':
      assert.equal(memory.mremap(a, b, c, d, 0), expected);
      return;
    default:
      throw new Error(`unknown call ${name}`);
  }
}

describe('experiments', () => {
  for (const name of names) {
    const experiment = read(name);
    it(`${name.slice(0, -5)} has the maps of the recording at every mark`, () => {
      const memory = start(experiment);
      // ld.so's own calls end with the last mprotect before the first mark of main.
      // Threads share the address space; a child has its own.
      const events = experiment.events.filter(({ who }) => who === 'main' || who?.startsWith('thread'));
      const marked = events.findIndex((event) => event.ev === 'mark' && event.name !== 'exec');
      let from = 0;
      for (let index = 0; index < marked; index++)
        if (events[index]!.call?.[0] === 'mprotect') from = index + 1;
      let marks = 0;
      for (const event of events.slice(from)) {
        if (event.ev === 'sys') repeat(memory, event.call!);
        else if (event.ev === 'mark') {
          compareMark(memory, event);
          marks += 1;
        } else if (event.ev === 'fork') break;
        memory.addressSpace.checkInvariants();
      }
      assert.ok(marks > 0);
    });
  }

  function faultsOf(name: string, mark: string): number {
    return read(`${name}.json`).events.find((event) => event.name === mark)!.minflt!;
  }

  function faultsDuring(memory: ProcessMemory, work: () => void): number {
    const before = memory.counters.minflt;
    work();
    return memory.counters.minflt - before;
  }

  it('counts the faults of bss, data and rodata', () => {
    for (const [name, table] of [
      ['bss-64', 0x555555558020],
      ['data-64', 0x555555558020],
    ] as const) {
      const memory = start(read(`${name}.json`));
      const reading = faultsDuring(memory, () => {
        for (let page = 0; page < 1024; page++) memory.readU32(table + page * 4096);
      });
      assert.equal(reading, faultsOf(name, 'all_pages_read'), `${name} read`);
      const writing = faultsDuring(memory, () => {
        for (let page = 0; page < 100; page++) memory.writeU32(table + page * 4096, 1);
      });
      assert.equal(writing, faultsOf(name, '100_pages_written'), `${name} written`);
    }
    const memory = start(read('rodata-64.json'));
    const table = 0x555555556020;
    memory.readU8(0x555555556008); // the name of the mark lies in the first page
    const reading = faultsDuring(memory, () => {
      for (let page = 0; page < 1024; page++) memory.readU32(table + page * 4096);
    });
    assert.equal(reading, faultsOf('rodata-64', 'all_pages_read'));
  });

  it('counts the faults of pages written, read, and written after reading', () => {
    const memory = start(read('virtual_resident-64.json'));
    const block = memory.mmap(0, 0x1001000, 3, 0x22, -1, 0);
    assert.equal(block, 0x7ffff6dda000);
    memory.writeU32(block + 8, 0x1001002);
    const each = (from: number, work: (addr: number) => void) => (): void => {
      for (let page = from; page < from + 1000; page++) work(block + 16 + page * 4096);
    };
    const faults = (name: string): number => faultsOf('virtual_resident-64', name);
    const write = (addr: number): void => memory.writeU8(addr, 1);
    assert.equal(faultsDuring(memory, each(0, write)), faults('written_1000_pages'));
    assert.equal(faultsDuring(memory, each(0, write)), 0);
    assert.equal(
      faultsDuring(
        memory,
        each(1000, (addr) => memory.readU8(addr)),
      ),
      faults('read_1000_pages'),
    );
    assert.equal(faultsDuring(memory, each(1000, write)), faults('written_after_read'));
    assert.equal(
      faultsDuring(memory, () => memory.munmap(block, 0x1001000)),
      0,
    );
  });
});
