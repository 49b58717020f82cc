/** Snapshots that strain the view: every chunk state at once, and thousands of chunks and mappings. */
import type { ChunkState, ChunkView, HexAddress, Snapshot } from '../../../../src/protocol/view-model.ts';
import { mallocOne, mappingOf } from './malloc-one.ts';

const base = mallocOne[3]!;
const hex = (value: number): HexAddress => `0x${value.toString(16)}`;
const heapStart = 0x555555559000;

const stateTexts: readonly (readonly [ChunkState, string, number])[] = [
  ['internal', 'tcache_perthread_struct', 656],
  ['in-use', 'in use', 48],
  ['tcache', 'tcache bin 1 (48 bytes), 1st of 3', 48],
  ['fastbin', 'fastbin 2 (64 bytes), 1st of 1', 64],
  ['in-use', 'in use', 1040],
  ['unsorted', 'unsorted bin, 1st of 2', 2064],
  ['in-use', 'in use', 32],
  ['small', 'small bin 9 (144 bytes), 1st of 1', 144],
  ['in-use', 'in use', 4112],
  ['large', 'large bin 64, sizes from 1,024', 3088],
  ['corrupted', 'size word is not a multiple of 16', 96],
  ['top', 'top chunk', 120_000],
];

function chunksOf(states: readonly (readonly [ChunkState, string, number])[]): readonly ChunkView[] {
  let start = heapStart;
  let isFreeBelow = false;
  return states.map(([state, stateText, sizeBytes], index) => {
    const isUsed = state === 'in-use' || state === 'internal';
    const flags = isFreeBelow ? '' : 'P';
    const chunk: ChunkView = {
      start: hex(start),
      mem: hex(start + 16),
      sizeBytes,
      requestedBytes: state === 'in-use' ? sizeBytes - 8 - (index % 9) : undefined,
      usableBytes: isUsed ? sizeBytes - 8 : sizeBytes - 16,
      prevSizeWord: isFreeBelow ? hex(states[index - 1]?.[2] ?? 0) : '0x0',
      sizeWord: hex(sizeBytes + (isFreeBelow ? 0 : 1)),
      flags,
      state,
      stateText,
      place:
        isUsed && state !== 'internal' ? { file: 'menagerie.c', line: 10 + index, column: 3 } : undefined,
      event: index,
    };
    start += sizeBytes;
    isFreeBelow = state === 'unsorted' || state === 'small' || state === 'large';
    return chunk;
  });
}

function withHeap(chunks: readonly ChunkView[], index: number, count: number): Snapshot {
  const last = chunks.at(-1);
  const end = last === undefined ? heapStart : Number(last.start) + last.sizeBytes;
  const pagesAll = Math.ceil((end - heapStart) / 4096);
  const heapEnd = heapStart + pagesAll * 4096;
  return {
    ...base,
    position: { index, count },
    mappings: base.mappings
      .filter((mapping) => mapping.name !== '[heap]')
      .concat(
        mappingOf({
          start: BigInt(heapStart),
          end: BigInt(heapEnd),
          permissions: 'rw-p',
          name: '[heap]',
          kind: 'heap',
          description: 'The brk area that malloc’s main arena manages, up to the program break.',
          pages: [
            { state: 'anonymous', pages: Math.ceil(pagesAll / 3) },
            { state: 'zero', pages: pagesAll - Math.ceil(pagesAll / 3) },
          ],
        }),
      ),
    heap: {
      start: hex(heapStart),
      end: hex(heapEnd),
      chunks,
      bands: [],
      chunkCount: chunks.length,
      isCut: false,
      tcacheCount: 1,
    },
  };
}

/** Every state of a chunk, and frames of a recursion. */
export const menagerie: Snapshot = {
  ...withHeap(chunksOf(stateTexts), 4, 23),
  program: { ...base.program, name: 'menagerie.c', isStale: true },
  outcome: {
    kind: 'abort',
    text: 'free(): double free detected in tcache 2; the process got SIGABRT.',
    why: '',
  },
  frames: [2, 1, 0].map((depth) => ({
    functionName: depth === 0 ? 'main' : 'walk',
    place: { file: 'menagerie.c', line: 30 - depth, column: 3 },
    base: hex(0x7fffffffe6e0 - depth * 0x40),
    low: hex(0x7fffffffe6e0 - depth * 0x40 - 0x30),
    returnAddress: depth === 0 ? '0x7ffff7dfb24a' : '0x5555555551c4',
    returnsTo: depth === 0 ? undefined : depth === 1 ? 'main, menagerie.c:30' : 'walk, menagerie.c:29',
    parts: [],
    unstored: [],
    variables: [
      {
        name: depth === 0 ? 'root' : 'node',
        type: 'struct node *',
        start: hex(0x7fffffffe6e0 - depth * 0x40 - 0x18),
        sizeBytes: 8,
        value: '0x5555555592a0 {key = 42, next = 0x0}',
        isParameter: depth > 0,
      },
      {
        name: 'depth',
        type: 'int',
        start: hex(0x7fffffffe6e0 - depth * 0x40 - 0x1c),
        sizeBytes: 4,
        value: String(depth),
        isParameter: depth > 0,
      },
    ],
  })),
};

/** Two moments of a heap with many chunks beside many mappings; they differ in one chunk. */
export function bigHeap(chunkCount: number, mappingCount: number): readonly Snapshot[] {
  const states: (readonly [ChunkState, string, number])[] = [];
  for (let i = 0; i < chunkCount; i++) {
    states.push(
      i % 5 === 4 ? ['tcache', 'tcache bin 1 (48 bytes)', 48] : ['in-use', 'in use', 32 + (i % 7) * 16],
    );
  }
  const before = withHeap(chunksOf([...states, ['top', 'top chunk', 65_536]]), 0, 2);
  const after = withHeap(chunksOf([...states, ['in-use', 'in use', 64], ['top', 'top chunk', 65_472]]), 1, 2);
  const extra = Array.from({ length: mappingCount }, (_, i) =>
    mappingOf({
      start: 0x7fff00000000n + BigInt(i) * 0x20000n,
      end: 0x7fff00000000n + BigInt(i) * 0x20000n + 0x10000n,
      permissions: 'rw-p',
      kind: 'mmap',
      description: 'Anonymous memory.',
      pages: [
        { state: 'anonymous', pages: 1 },
        { state: 'absent', pages: 15 },
      ],
    }),
  );
  return [before, after].map((snapshot, index) => {
    const changed = snapshot.heap?.chunks.at(-2);
    return {
      ...snapshot,
      mappings: [...snapshot.mappings, ...extra],
      event: { ...base.event!, index, address: changed?.mem },
      changed: changed === undefined ? [] : [{ start: changed.start, end: changed.mem }],
    };
  });
}
