/**
 * Moments of a small program, as real gcc 12, glibc 2.36 and Linux show them with address randomisation off: mappings,
 * resident pages, header words, frame and symbol addresses were read with gdb, nm, /proc/PID/maps and smaps.
 *
 *    9  int main(void)
 *   11    char *p = malloc(1);
 *   12    char *q = malloc(100);
 *   13    *p = 42;
 *   14    scratch[0] = *p;
 *   15    free(q);
 *   16    char *big = malloc(200000);
 *   17    big[0] = 1;
 *   18    printf(format, (void *)p, (void *)big);
 */
import type {
  ChunkView,
  EventView,
  HexAddress,
  MappingKind,
  MappingView,
  PageRun,
  PlaceView,
  SectionView,
  Snapshot,
  VariableView,
} from '../../../../src/protocol/view-model.ts';

const pageBytes = 4096;
const hex = (value: number | bigint): HexAddress => `0x${value.toString(16)}`;
const at = (line: number, column = 3): PlaceView => ({ file: 'malloc-one.c', line, column });

interface MappingSketch {
  readonly start: bigint;
  readonly end: bigint;
  readonly permissions: string;
  readonly offset?: HexAddress;
  readonly name?: string;
  readonly kind: MappingKind;
  readonly description: string;
  readonly pages: readonly PageRun[];
  readonly sections?: readonly SectionView[];
}

export function mappingOf(sketch: MappingSketch): MappingView {
  const present = sketch.pages.filter((run) => run.state !== 'absent');
  const count = (runs: readonly PageRun[]): number => runs.reduce((sum, run) => sum + run.pages, 0);
  return {
    start: hex(sketch.start),
    end: hex(sketch.end),
    sizeBytes: Number(sketch.end - sketch.start),
    permissions: sketch.permissions,
    offset: sketch.offset ?? '0x0',
    name: sketch.name ?? '',
    kind: sketch.kind,
    description: sketch.description,
    residentPages: count(present.filter((run) => run.state !== 'zero')),
    zeroPages: count(present.filter((run) => run.state === 'zero')),
    pages: sketch.pages,
    sections: sketch.sections ?? [],
  };
}

const pages = (...runs: readonly [PageRun['state'], number][]): readonly PageRun[] =>
  runs.map(([state, count]) => ({ state, pages: count }));

const libc = '/usr/lib/x86_64-linux-gnu/libc.so.6';
const loader = '/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2';
const program = '/home/user/malloc-one';
const libraryText = 'A part of the C library, mapped from its file by the dynamic loader.';
const loaderText =
  'A part of the dynamic loader, mapped by the kernel because the program names it in .interp.';

const section = (
  name: string,
  start: number,
  sizeBytes: number,
  ...objects: SectionView['objects']
): SectionView => ({ name, start: hex(start), sizeBytes, objects, objectCount: objects.length });

function mappingsOf(moment: { readonly hasHeap: boolean; readonly hasBig: boolean }): readonly MappingView[] {
  const all: MappingSketch[] = [
    {
      start: 0x555555554000n,
      end: 0x555555555000n,
      permissions: 'r--p',
      name: program,
      kind: 'rodata',
      description: 'The ELF header and the tables that the dynamic loader reads.',
      pages: pages(['file', 1]),
      sections: [section('.interp', 0x555555554318, 28), section('.dynsym', 0x5555555543c8, 216)],
    },
    {
      start: 0x555555555000n,
      end: 0x555555556000n,
      permissions: 'r-xp',
      offset: '0x1000',
      name: program,
      kind: 'text',
      description: 'The machine code of the program. gdb’s breakpoint has made its page a private copy.',
      pages: pages(['anonymous', 1]),
      sections: [
        section('.plt', 0x555555555020, 64),
        section(
          '.text',
          0x555555555070,
          0x184,
          { name: '_start', start: '0x555555555070', sizeBytes: 34, type: 'function', place: undefined },
          { name: 'main', start: '0x555555555159', sizeBytes: 155, type: 'int (void)', place: at(9, 5) },
        ),
      ],
    },
    {
      start: 0x555555556000n,
      end: 0x555555557000n,
      permissions: 'r--p',
      offset: '0x2000',
      name: program,
      kind: 'rodata',
      description: 'Constants and string literals.',
      pages: pages(['absent', 1]),
      sections: [section('.rodata', 0x555555556000, 16)],
    },
    {
      start: 0x555555557000n,
      end: 0x555555558000n,
      permissions: 'r--p',
      offset: '0x2000',
      name: program,
      kind: 'data',
      description: 'Data that the loader relocates and then makes read-only (RELRO).',
      pages: pages(['anonymous', 1]),
      sections: [
        section('.data.rel.ro', 0x555555557dd8, 8, {
          name: 'format',
          start: '0x555555557dd8',
          sizeBytes: 8,
          type: 'const char *const',
          place: at(7, 19),
        }),
        section('.dynamic', 0x555555557de0, 480),
        section('.got', 0x555555557fc0, 40),
      ],
    },
    {
      start: 0x555555558000n,
      end: 0x555555559000n,
      permissions: 'rw-p',
      offset: '0x3000',
      name: program,
      kind: 'data',
      description: 'Variables of static storage duration: .data from the file, .bss behind it as zeros.',
      pages: pages(['anonymous', 1]),
      sections: [
        section('.data', 0x555555558018, 20, {
          name: 'calls',
          start: '0x555555558028',
          sizeBytes: 4,
          type: 'int',
          place: at(5, 5),
        }),
        section('.bss', 0x555555558040, 96, {
          name: 'scratch',
          start: '0x555555558060',
          sizeBytes: 64,
          type: 'char [64]',
          place: at(6, 13),
        }),
      ],
    },
    {
      start: moment.hasBig ? 0x7ffff7da0000n : 0x7ffff7dd1000n,
      end: 0x7ffff7dd4000n,
      permissions: 'rw-p',
      kind: 'mmap',
      description: moment.hasBig
        ? 'Anonymous memory: the thread control block of libc and, merged with it, what malloc got by mmap.'
        : 'Anonymous memory of the dynamic loader: thread control block and thread-local storage.',
      pages: moment.hasBig
        ? pages(['anonymous', 1], ['absent', 49], ['anonymous', 2])
        : pages(['absent', 1], ['anonymous', 2]),
    },
    {
      start: 0x7ffff7dd4000n,
      end: 0x7ffff7dfa000n,
      permissions: 'r--p',
      name: libc,
      kind: 'library',
      description: libraryText,
      pages: pages(['file', 38]),
    },
    {
      start: 0x7ffff7dfa000n,
      end: 0x7ffff7f50000n,
      permissions: 'r-xp',
      offset: '0x26000',
      name: libc,
      kind: 'library',
      description: libraryText,
      pages: pages(
        ['file', 22],
        ['absent', 32],
        ['file', 64],
        ['absent', 96],
        ['file', 16],
        ['absent', 48],
        ['file', 48],
        ['absent', 16],
      ),
    },
    {
      start: 0x7ffff7f50000n,
      end: 0x7ffff7fa3000n,
      permissions: 'r--p',
      offset: '0x17c000',
      name: libc,
      kind: 'library',
      description: libraryText,
      pages: pages(['absent', 19], ['file', 16], ['absent', 32], ['file', 16]),
    },
    {
      start: 0x7ffff7fa3000n,
      end: 0x7ffff7fa7000n,
      permissions: 'r--p',
      offset: '0x1cf000',
      name: libc,
      kind: 'library',
      description: libraryText,
      pages: pages(['anonymous', 4]),
    },
    {
      start: 0x7ffff7fa7000n,
      end: 0x7ffff7fa9000n,
      permissions: 'rw-p',
      offset: '0x1d3000',
      name: libc,
      kind: 'library',
      description: 'Writable data of the C library; main_arena lies here.',
      pages: pages(['anonymous', 2]),
    },
    {
      start: 0x7ffff7fa9000n,
      end: 0x7ffff7fb6000n,
      permissions: 'rw-p',
      kind: 'library',
      description: 'Zero-initialised data (.bss) of the C library.',
      pages: pages(['anonymous', 1], ['absent', 8], ['anonymous', 4]),
    },
    {
      start: 0x7ffff7fc0000n,
      end: 0x7ffff7fc2000n,
      permissions: 'rw-p',
      kind: 'loader',
      description: 'Memory that the dynamic loader got by mmap before malloc works.',
      pages: pages(['anonymous', 1], ['absent', 1]),
    },
    {
      start: 0x7ffff7fc2000n,
      end: 0x7ffff7fc6000n,
      permissions: 'r--p',
      name: '[vvar]',
      kind: 'kernel',
      description: 'Time data that the kernel shares with the vDSO.',
      pages: pages(['absent', 4]),
    },
    {
      start: 0x7ffff7fc6000n,
      end: 0x7ffff7fc8000n,
      permissions: 'r--p',
      name: '[vvar_vclock]',
      kind: 'kernel',
      description: 'Clock pages of virtual machines, shared with the vDSO.',
      pages: pages(['absent', 2]),
    },
    {
      start: 0x7ffff7fc8000n,
      end: 0x7ffff7fca000n,
      permissions: 'r-xp',
      name: '[vdso]',
      kind: 'kernel',
      description: 'Code of the kernel that programs call without a system call.',
      pages: pages(['shared', 2]),
    },
    {
      start: 0x7ffff7fca000n,
      end: 0x7ffff7fcb000n,
      permissions: 'r--p',
      name: loader,
      kind: 'loader',
      description: loaderText,
      pages: pages(['file', 1]),
    },
    {
      start: 0x7ffff7fcb000n,
      end: 0x7ffff7ff1000n,
      permissions: 'r-xp',
      offset: '0x1000',
      name: loader,
      kind: 'loader',
      description: loaderText,
      pages: pages(['file', 30], ['absent', 1], ['file', 7]),
    },
    {
      start: 0x7ffff7ff1000n,
      end: 0x7ffff7ffb000n,
      permissions: 'r--p',
      offset: '0x27000',
      name: loader,
      kind: 'loader',
      description: loaderText,
      pages: pages(['file', 10]),
    },
    {
      start: 0x7ffff7ffb000n,
      end: 0x7ffff7ffd000n,
      permissions: 'r--p',
      offset: '0x31000',
      name: loader,
      kind: 'loader',
      description: loaderText,
      pages: pages(['anonymous', 2]),
    },
    {
      start: 0x7ffff7ffd000n,
      end: 0x7ffff7fff000n,
      permissions: 'rw-p',
      offset: '0x33000',
      name: loader,
      kind: 'loader',
      description: loaderText,
      pages: pages(['anonymous', 2]),
    },
    {
      start: 0x7ffffffde000n,
      end: 0x7ffffffff000n,
      permissions: 'rw-p',
      name: '[stack]',
      kind: 'stack',
      description: 'The stack of the main thread; it grows down on a fault just below it.',
      pages: pages(['absent', 31], ['anonymous', 2]),
    },
    {
      start: 0xffffffffff600000n,
      end: 0xffffffffff601000n,
      permissions: '--xp',
      name: '[vsyscall]',
      kind: 'kernel',
      description: 'Three old system calls at a fixed address, emulated by the kernel.',
      pages: pages(['absent', 1]),
    },
  ];
  if (moment.hasHeap) {
    all.push({
      start: 0x555555559000n,
      end: 0x55555557a000n,
      permissions: 'rw-p',
      name: '[heap]',
      kind: 'heap',
      description: 'The brk area that malloc’s main arena manages, up to the program break.',
      pages: pages(['anonymous', 1], ['absent', 32]),
    });
  }
  return all.sort((a, b) => (a.start < b.start ? -1 : 1)).map(mappingOf);
}

const inUse = (
  start: number,
  sizeBytes: number,
  requestedBytes: number,
  line: number,
  event: number,
): ChunkView => ({
  start: hex(start),
  mem: hex(start + 16),
  sizeBytes,
  requestedBytes,
  usableBytes: sizeBytes - 8,
  prevSizeWord: '0x0',
  sizeWord: hex(sizeBytes + 1),
  flags: 'P',
  state: 'in-use',
  stateText: 'in use',
  place: at(line, 13),
  event,
});

const topOf = (start: number): ChunkView => ({
  start: hex(start),
  mem: hex(start + 16),
  sizeBytes: 0x55555557a000 - start,
  requestedBytes: undefined,
  usableBytes: 0x55555557a000 - start - 16,
  prevSizeWord: '0x0',
  sizeWord: hex(0x55555557a000 - start + 1),
  flags: 'P',
  state: 'top',
  stateText: 'top chunk',
  place: undefined,
  event: undefined,
});

const tcacheStruct: ChunkView = {
  ...inUse(0x555555559000, 0x290, 0x280, 0, 0),
  state: 'internal',
  stateText: 'tcache_perthread_struct',
  place: undefined,
  event: 16,
};

const chunkP = inUse(0x555555559290, 32, 1, 11, 15);
const chunkQ = inUse(0x5555555592b0, 112, 100, 12, 18);
const freedQ: ChunkView = {
  ...chunkQ,
  requestedBytes: undefined,
  state: 'tcache',
  stateText: 'tcache bin 5 (112 bytes), 1st of 1',
  place: at(15),
  event: 19,
  links: [
    { name: 'next', start: '0x5555555592c0', stored: '0x555555559', meant: '0x0' },
    // Drawn anew in each process.
    { name: 'key', start: '0x5555555592c8', stored: '0x9b74c4a1f0d35e62', meant: '0x9b74c4a1f0d35e62' },
  ],
};

const big: ChunkView = {
  start: '0x7ffff7da0000',
  mem: '0x7ffff7da0010',
  sizeBytes: 0x31000,
  requestedBytes: 200_000,
  usableBytes: 0x31000 - 16,
  prevSizeWord: '0x0',
  sizeWord: '0x31002',
  flags: 'M',
  state: 'mmapped',
  stateText: 'mmapped: a mapping of its own',
  place: at(16, 15),
  event: 21,
};

const pointer = (name: string, start: HexAddress, value: string): VariableView => ({
  name,
  type: 'char *',
  start,
  sizeBytes: 8,
  value,
  isParameter: false,
});

interface Moment {
  readonly line: number;
  readonly event: Omit<EventView, 'index' | 'place' | 'since' | 'parent'>;
  readonly hasHeap: boolean;
  readonly chunks: readonly ChunkView[];
  readonly mmapped?: readonly ChunkView[];
  readonly values: readonly [string, string, string];
  readonly counters: Omit<Snapshot['counters'], 'majorFaults'>;
  readonly output?: string;
  readonly changed: readonly (readonly [number, number])[];
}

const moments: readonly Moment[] = [
  {
    line: 11,
    event: {
      kind: 'process',
      name: 'main',
      text: 'main()',
      detail: 'The dynamic loader has finished; the C library calls main. No heap exists yet.',
      address: '0x7fffffffe6e0',
    },
    hasHeap: false,
    chunks: [],
    values: ['0x0', '0x0', '0x0'],
    counters: {
      virtualBytes: 2392 * 1024,
      residentBytes: 1244 * 1024,
      pageTableBytes: 32 * 1024,
      heapBytes: 0,
      liveBytes: 0,
      minorFaults: 94,
      systemCalls: 22,
      mallocCalls: 0,
    },
    changed: [[0x7fffffffe6c0, 0x7fffffffe6f0]],
  },
  {
    line: 11,
    event: {
      kind: 'malloc',
      name: 'malloc',
      text: 'malloc(1) = 0x5555555592a0',
      detail:
        'The first call: malloc asks the kernel for 132 KiB by brk, puts its tcache (656 bytes) at the start and cuts the smallest chunk, 32 bytes, from the top chunk.',
      address: '0x5555555592a0',
    },
    hasHeap: true,
    chunks: [tcacheStruct, chunkP, topOf(0x5555555592b0)],
    values: ['0x5555555592a0', '0x0', '0x0'],
    counters: {
      virtualBytes: 2524 * 1024,
      residentBytes: 1248 * 1024,
      pageTableBytes: 32 * 1024,
      heapBytes: 135_168,
      liveBytes: 1,
      minorFaults: 95,
      systemCalls: 25,
      mallocCalls: 1,
    },
    changed: [
      [0x555555559290, 0x5555555592c0],
      [0x7fffffffe6d8, 0x7fffffffe6e0],
    ],
  },
  {
    line: 12,
    event: {
      kind: 'malloc',
      name: 'malloc',
      text: 'malloc(100) = 0x5555555592c0',
      detail:
        '100 bytes and one word for the header, rounded up to 16, make 112. No bin holds such a chunk, so it is cut from the top chunk.',
      address: '0x5555555592c0',
    },
    hasHeap: true,
    chunks: [tcacheStruct, chunkP, chunkQ, topOf(0x555555559320)],
    values: ['0x5555555592a0', '0x5555555592c0', '0x0'],
    counters: {
      virtualBytes: 2524 * 1024,
      residentBytes: 1248 * 1024,
      pageTableBytes: 32 * 1024,
      heapBytes: 135_168,
      liveBytes: 101,
      minorFaults: 95,
      systemCalls: 25,
      mallocCalls: 2,
    },
    changed: [
      [0x5555555592b0, 0x555555559330],
      [0x7fffffffe6d0, 0x7fffffffe6d8],
    ],
  },
  {
    line: 15,
    event: {
      kind: 'malloc',
      name: 'free',
      text: 'free(0x5555555592c0)',
      detail:
        'The chunk goes to tcache bin 5, which holds chunks of 112 bytes and is empty. Its P bit and the top chunk stay as they are: nothing is merged.',
      address: '0x5555555592c0',
    },
    hasHeap: true,
    chunks: [tcacheStruct, chunkP, freedQ, topOf(0x555555559320)],
    values: ['0x5555555592a0 "*"', '0x5555555592c0 (dangling)', '0x0'],
    counters: {
      virtualBytes: 2524 * 1024,
      residentBytes: 1248 * 1024,
      pageTableBytes: 32 * 1024,
      heapBytes: 135_168,
      liveBytes: 1,
      minorFaults: 95,
      systemCalls: 25,
      mallocCalls: 3,
    },
    changed: [
      [0x55555555901a, 0x55555555901c],
      [0x5555555590b8, 0x5555555590c0],
      [0x5555555592c0, 0x5555555592d0],
    ],
  },
  {
    line: 16,
    event: {
      kind: 'malloc',
      name: 'malloc',
      text: 'malloc(200000) = 0x7ffff7da0010',
      detail:
        'The request reaches the mmap threshold (128 KiB) and the top chunk is too small, so malloc maps 196 KiB of its own. The kernel puts it right below the neighbouring anonymous mapping and merges the two.',
      address: '0x7ffff7da0010',
    },
    hasHeap: true,
    chunks: [tcacheStruct, chunkP, freedQ, topOf(0x555555559320)],
    mmapped: [big],
    values: ['0x5555555592a0 "*"', '0x5555555592c0 (dangling)', '0x7ffff7da0010'],
    counters: {
      virtualBytes: 2720 * 1024,
      residentBytes: 1252 * 1024,
      pageTableBytes: 32 * 1024,
      heapBytes: 135_168,
      liveBytes: 200_001,
      minorFaults: 96,
      systemCalls: 26,
      mallocCalls: 4,
    },
    changed: [
      [0x7ffff7da0000, 0x7ffff7da0010],
      [0x7fffffffe6c8, 0x7fffffffe6d0],
    ],
    output: '',
  },
  {
    line: 18,
    event: {
      kind: 'malloc',
      name: 'malloc',
      text: 'malloc(4096) = 0x555555559330',
      detail:
        'printf needs a buffer for standard output, which is a file: 4,096 bytes, cut from the top chunk. What is printed stays there until the buffer is full or the run ends.',
      address: '0x555555559330',
    },
    hasHeap: true,
    chunks: [tcacheStruct, chunkP, freedQ, inUse(0x555555559320, 4112, 4096, 18, 23), topOf(0x55555555a330)],
    mmapped: [big],
    values: ['0x5555555592a0 "*"', '0x5555555592c0 (dangling)', '0x7ffff7da0010 "\\001"'],
    counters: {
      virtualBytes: 2720 * 1024,
      residentBytes: 1260 * 1024,
      pageTableBytes: 32 * 1024,
      heapBytes: 135_168,
      liveBytes: 204_097,
      minorFaults: 98,
      systemCalls: 27,
      mallocCalls: 5,
    },
    changed: [[0x555555559320, 0x555555559360]],
  },
  {
    line: 21,
    event: {
      kind: 'output',
      name: 'write',
      text: 'write(1, "p 0x5555555592a0, q 0x7ffff7da0010\\n", 35) = 35',
      detail: 'The run ends: exit writes out what the buffer of standard output still holds.',
      address: '0x555555559330',
    },
    hasHeap: true,
    chunks: [
      tcacheStruct,
      {
        ...chunkP,
        requestedBytes: undefined,
        state: 'tcache',
        stateText: 'tcache bin 0 (32 bytes), 1st of 1',
        place: at(20),
        event: 25,
      },
      freedQ,
      inUse(0x555555559320, 4112, 4096, 18, 23),
      topOf(0x55555555a330),
    ],
    values: ['0x5555555592a0 (dangling)', '0x5555555592c0 (dangling)', '0x7ffff7da0010 (unmapped)'],
    counters: {
      virtualBytes: 2524 * 1024,
      residentBytes: 1252 * 1024,
      pageTableBytes: 32 * 1024,
      heapBytes: 135_168,
      liveBytes: 4096,
      minorFaults: 98,
      systemCalls: 29,
      mallocCalls: 7,
    },
    output: 'p 0x5555555592a0, q 0x7ffff7da0010\n',
    changed: [],
  },
];

/** The snapshots of the run, in order. */
export const mallocOne: readonly Snapshot[] = moments.map((moment, index) => ({
  program: {
    name: 'malloc-one.c',
    target: 'x86_64',
    glibc: '2.36',
    kernel: '6.1',
    randomSeed: undefined,
    isStale: false,
  },
  outcome: { kind: 'exit', text: 'main returned 0; the process exited with status 0.', why: '' },
  position: { index, count: moments.length },
  event: { ...moment.event, index, since: index, parent: undefined, place: at(moment.line) },
  mappings: mappingsOf({ hasHeap: moment.hasHeap, hasBig: moment.mmapped !== undefined }),
  mappingBands: [],
  mappingCount: 0,
  frameCount: 1,
  thread: 1,
  threadCount: 1,
  otherThreads: [],
  regions: [],
  heap: moment.hasHeap
    ? {
        start: '0x555555559000',
        end: '0x55555557a000',
        chunks: moment.chunks,
        bands: [],
        chunkCount: moment.chunks.length,
        isCut: false,
        tcacheCount: moment.chunks.filter((chunk) => chunk.state === 'tcache').length,
      }
    : undefined,
  mmapped: moment.mmapped ?? [],
  frames: [
    {
      functionName: 'main',
      place: at(moment.line),
      base: '0x7fffffffe6e0',
      low: '0x7fffffffe6c0',
      returnAddress: '0x7ffff7dfb24a',
      returnsTo: undefined,
      parts: [
        { kind: 'padding', name: '', start: '0x7fffffffe6c0', sizeBytes: 8 },
        { kind: 'saved-base', name: '', start: '0x7fffffffe6e0', sizeBytes: 8 },
        { kind: 'return-address', name: '', start: '0x7fffffffe6e8', sizeBytes: 8 },
      ],
      unstored: [],
      variables: [
        pointer('p', '0x7fffffffe6d8', moment.values[0]),
        pointer('q', '0x7fffffffe6d0', moment.values[1]),
        pointer('big', '0x7fffffffe6c8', moment.values[2]),
      ],
    },
  ],
  counters: { ...moment.counters, majorFaults: 0 },
  output: moment.output ?? '',
  changed: moment.changed.map(([start, end]) => ({ start: hex(start), end: hex(end) })),
  arenas: [],
}));

/** Words in memory after `free(q)`, by address: what gdb's `x/gx` prints. */
const wordsAfterFree: readonly (readonly [number, bigint])[] = [
  [0x555555559008, 0x291n],
  [0x555555559018, 0x0000_0000_0001_0000n],
  [0x5555555590b8, 0x5555_5555_92c0n],
  [0x555555559298, 0x21n],
  [0x5555555592a0, 0x2an],
  [0x5555555592b8, 0x71n],
  [0x5555555592c0, 0x5_5555_5559n],
  [0x5555555592c8, 0x6d44_c7d9_3975_7cecn],
  [0x555555559328, 0x2_0ce1n],
  [0x7ffff7da0008, 0x3_1002n],
  [0x7ffff7da0010, 0x1n],
  [0x555555558028, 0x2n],
  [0x555555558060, 0x2an],
  [0x7fffffffe6c8, 0x7fff_f7da_0010n],
  [0x7fffffffe6d0, 0x5555_5555_92c0n],
  [0x7fffffffe6d8, 0x5555_5555_92a0n],
  [0x7fffffffe6e0, 0x1n],
  [0x7fffffffe6e8, 0x7fff_f7df_b24an],
];

/** Answers `readMemory` for these moments: pages that are resident, zeros where no word is known. */
export function readMallocOne(
  snapshot: Snapshot,
  start: HexAddress,
  length: number,
): readonly { readonly start: HexAddress; readonly bytes: ArrayBuffer }[] {
  const pieces: { readonly start: HexAddress; readonly bytes: ArrayBuffer }[] = [];
  const from = Number(start);
  for (let page = from - (from % pageBytes); page < from + length; page += pageBytes) {
    if (!isResident(snapshot, page)) continue;
    const low = Math.max(from, page);
    const bytes = new ArrayBuffer(Math.min(from + length, page + pageBytes) - low);
    const view = new Uint8Array(bytes);
    for (const [addr, word] of wordsAfterFree) {
      for (let i = 0; i < 8; i++) {
        const offset = addr + i - low;
        if (offset >= 0 && offset < view.length) view[offset] = Number((word >> BigInt(8 * i)) & 0xffn);
      }
    }
    pieces.push({ start: hex(low), bytes });
  }
  return pieces;
}

function isResident(snapshot: Snapshot, addr: number): boolean {
  const mapping = snapshot.mappings.find(({ start, end }) => addr >= Number(start) && addr < Number(end));
  let page = mapping === undefined ? 0 : (addr - Number(mapping.start)) / pageBytes;
  for (const run of mapping?.pages ?? []) {
    if (page < run.pages) return run.state !== 'absent';
    page -= run.pages;
  }
  return false;
}
