import assert from 'node:assert/strict';
import type { Snapshot } from '../../../../src/protocol/view-model.ts';
import { formatSize } from '../../../../webview/layout/format.ts';
import { rangeText, toHex } from '../../../../webview/layout/hex.ts';
import type { MapRow } from '../../../../webview/layout/map-layout.ts';
import { layOutMap, mappingId, parentOf, rowHolding } from '../../../../webview/layout/map-layout.ts';
import { mallocOne } from '../page/malloc-one.ts';

/** One line a row: indent, what it is, where, marks. */
function sketch(row: MapRow): string {
  const name =
    row.kind === 'mapping'
      ? `${row.mapping.permissions} ${row.mapping.name.split('/').at(-1)!}`
      : row.kind === 'gap'
        ? `gap ${formatSize(row.end - row.start)}${row.hasNonCanonical ? ' non-canonical' : ''}`
        : row.kind === 'chunk'
          ? `chunk ${row.chunk.state}`
          : row.kind === 'frame'
            ? `frame ${row.frame.functionName}`
            : row.kind === 'variable'
              ? `variable ${row.variable.name}`
              : row.kind === 'section'
                ? row.section.name
                : row.kind === 'object'
                  ? row.object.name
                  : 'heap';
  const where = row.kind === 'gap' || row.kind === 'heap' ? '' : ` ${rangeText(row)}`;
  const open = row.isOpen === undefined ? '' : row.isOpen ? ' -' : ' +';
  return `${'  '.repeat(row.level - 1)}${name}${where}${open}${row.isChanged ? ' *' : ''}`;
}

const afterSecondMalloc = mallocOne[2]!;

describe('map layout', () => {
  it('lists mappings and gaps from high to low, with heap and stack open', () => {
    assert.deepEqual(layOutMap(afterSecondMalloc, new Map()).map(sketch), [
      '--xp [vsyscall] ffffffffff600000–…1000',
      'gap 16 EiB non-canonical',
      'rw-p [stack] 7ffffffde000–7ffffffff000 - *',
      '  frame main 7fffffffe6c0–7fffffffe6f0 - *',
      '    variable p 7fffffffe6d8–7fffffffe6e0',
      '    variable q 7fffffffe6d0–7fffffffe6d8 *',
      '    variable big 7fffffffe6c8–7fffffffe6d0',
      'gap 128 MiB',
      'rw-p ld-linux-x86-64.so.2 7ffff7ffd000–7ffff7fff000',
      'r--p ld-linux-x86-64.so.2 7ffff7ffb000–7ffff7ffd000',
      'r--p ld-linux-x86-64.so.2 7ffff7ff1000–7ffff7ffb000',
      'r-xp ld-linux-x86-64.so.2 7ffff7fcb000–7ffff7ff1000',
      'r--p ld-linux-x86-64.so.2 7ffff7fca000–7ffff7fcb000',
      'r-xp [vdso] 7ffff7fc8000–7ffff7fca000',
      'r--p [vvar_vclock] 7ffff7fc6000–7ffff7fc8000',
      'r--p [vvar] 7ffff7fc2000–7ffff7fc6000',
      'rw-p  7ffff7fc0000–7ffff7fc2000',
      'gap 40 KiB',
      'rw-p  7ffff7fa9000–7ffff7fb6000',
      'rw-p libc.so.6 7ffff7fa7000–7ffff7fa9000',
      'r--p libc.so.6 7ffff7fa3000–7ffff7fa7000',
      'r--p libc.so.6 7ffff7f50000–7ffff7fa3000',
      'r-xp libc.so.6 7ffff7dfa000–7ffff7f50000',
      'r--p libc.so.6 7ffff7dd4000–7ffff7dfa000',
      'rw-p  7ffff7dd1000–7ffff7dd4000',
      'gap 42.7 TiB',
      'rw-p [heap] 555555559000–55555557a000 - *',
      '  heap',
      '  chunk top 555555559320–55555557a000 *',
      '  chunk in-use 5555555592b0–555555559320 *',
      '  chunk in-use 555555559290–5555555592b0',
      '  chunk internal 555555559000–555555559290',
      'rw-p malloc-one 555555558000–555555559000 +',
      'r--p malloc-one 555555557000–555555558000 +',
      'r--p malloc-one 555555556000–555555557000 +',
      'r-xp malloc-one 555555555000–555555556000 +',
      'r--p malloc-one 555555554000–555555555000 +',
      'gap 85.3 TiB',
    ]);
  });

  it('opens a mapping into sections and objects, and closes the heap, as asked', () => {
    const data = afterSecondMalloc.mappings.find((mapping) => mapping.start === '0x555555558000')!;
    const heap = afterSecondMalloc.mappings.find((mapping) => mapping.name === '[heap]')!;
    const rows = layOutMap(
      afterSecondMalloc,
      new Map([
        [mappingId(data), true],
        [mappingId(heap), false],
      ]),
    ).map(sketch);
    const from = rows.indexOf('rw-p [heap] 555555559000–55555557a000 + *');
    assert.deepEqual(rows.slice(from, from + 6), [
      'rw-p [heap] 555555559000–55555557a000 + *',
      'rw-p malloc-one 555555558000–555555559000 -',
      '  .bss 555555558040–5555555580a0 -',
      '    scratch 555555558060–5555555580a0',
      '  .data 555555558018–55555555802c -',
      '    calls 555555558028–55555555802c',
    ]);
  });

  it('shows an mmapped chunk inside the mapping that the kernel merged it into', () => {
    const rows = layOutMap(mallocOne[4]!, new Map()).map(sketch);
    const at = rows.indexOf('rw-p  7ffff7da0000–7ffff7dd4000 - *');
    assert.equal(rows[at + 1], '  chunk mmapped 7ffff7da0000–7ffff7dd1000 *');
  });

  it('finds the innermost row that holds an address', () => {
    const rows = layOutMap(afterSecondMalloc, new Map());
    const holding = (addr: bigint): string => sketch(rows[rowHolding(rows, addr)]!);
    assert.equal(holding(0x5555555592c0n), '  chunk in-use 5555555592b0–555555559320 *');
    assert.equal(holding(0x7fffffffe6d3n), '    variable q 7fffffffe6d0–7fffffffe6d8 *');
    assert.equal(holding(0x7ffff7fa8000n), 'rw-p libc.so.6 7ffff7fa7000–7ffff7fa9000');
    assert.equal(holding(0xffffffffff600800n), '--xp [vsyscall] ffffffffff600000–…1000');
    assert.equal(rowHolding(rows, 0x1000n), -1);
  });

  it('finds parents', () => {
    const rows = layOutMap(afterSecondMalloc, new Map());
    const variable = rows.findIndex((row) => row.kind === 'variable');
    const frame = parentOf(rows, variable);
    assert.equal(rows[frame]?.kind, 'frame');
    assert.equal(rows[parentOf(rows, frame)]?.kind, 'mapping');
    assert.equal(parentOf(rows, 0), -1);
  });

  it('keeps ids unique and positions in sets right', () => {
    const open = new Map(afterSecondMalloc.mappings.map((mapping) => [mappingId(mapping), true] as const));
    for (const snapshot of mallocOne) {
      const rows = layOutMap(snapshot, open);
      assert.equal(new Set(rows.map((row) => row.id)).size, rows.length);
      const top = rows.filter((row) => row.level === 1);
      assert.deepEqual(
        top.map((row) => [row.posInSet, row.setSize]),
        top.map((_, index) => [index + 1, top.length]),
      );
    }
  });

  it('keeps the id of the stack when it grows down', () => {
    assert.equal(
      mappingId({ start: '0x7ffffffde000', end: '0x7ffffffff000', name: '[stack]' }),
      mappingId({ start: '0x7ffffff00000', end: '0x7ffffffff000', name: '[stack]' }),
    );
  });

  it('draws nothing of an empty moment, and a 32-bit one without a non-canonical gap', () => {
    const nothing: Pick<Snapshot, 'mappings' | 'heap' | 'mmapped' | 'frames' | 'changed'> = {
      mappings: [],
      heap: undefined,
      mmapped: [],
      frames: [],
      changed: [],
    };
    assert.deepEqual(layOutMap(nothing, new Map()), []);
    const stack = mallocOne[0]!.mappings.find((mapping) => mapping.name === '[stack]')!;
    const rows = layOutMap(
      { ...nothing, mappings: [{ ...stack, start: '0xfffdd000', end: '0xffffe000', sizeBytes: 0x21000 }] },
      new Map(),
    );
    assert.deepEqual(rows.map(sketch), ['rw-p [stack] fffdd000–ffffe000', 'gap 4 GiB']);
  });

  it('draws no heap when its mapping is gone', () => {
    const rows = layOutMap({ ...afterSecondMalloc, mappings: mallocOne[0]!.mappings }, new Map());
    assert.equal(
      rows.some((row) => row.kind === 'chunk' || row.kind === 'heap'),
      false,
    );
  });

  it('draws the heaps of threads in their mappings, the highest one first', () => {
    const heap = afterSecondMalloc.heap!;
    const [chunk] = heap.chunks;
    const arenaHeap = (start: bigint) => ({
      ...heap,
      start: toHex(start),
      end: toHex(start + 0x21000n),
      chunks: [{ ...chunk!, start: toHex(start + 0x8d0n), mem: toHex(start + 0x8e0n) }],
      infoBytes: 48,
      openedEnd: toHex(start + 0x21000n),
      reservedEnd: toHex(start + 0x4000000n),
    });
    const mapping = { ...mallocOne[0]!.mappings[0]!, name: '', kind: 'mmap' as const, sections: [] };
    const arena = {
      number: 2,
      state: '0x7fffe8000030' as const,
      stateBytes: 2200,
      top: '0x7fffec000950' as const,
      lastRemainder: '0x0' as const,
      systemMem: 0x42000,
      threads: [2],
      heaps: [arenaHeap(0x7fffe8000000n), arenaHeap(0x7fffec000000n)],
    };
    const rows = layOutMap(
      {
        ...afterSecondMalloc,
        mappings: [{ ...mapping, start: '0x7fffe8000000', end: '0x7fffec021000', sizeBytes: 0x4021000 }],
        arenas: [arena],
      },
      new Map(),
    );
    assert.deepEqual(
      rows.flatMap((row) =>
        row.kind === 'heap' || row.kind === 'chunk' ? [[row.kind, row.id, row.level]] : [],
      ),
      [
        ['heap', 'heap:0x7fffec000000', 2],
        ['chunk', 'chunk:0x7fffec0008d0', 2],
        ['heap', 'heap:0x7fffe8000000', 2],
        ['chunk', 'chunk:0x7fffe80008d0', 2],
      ],
    );
  });
});
