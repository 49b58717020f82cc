/**
 * The boxes of the picture, over moments of a real program (read with gdb and /proc/PID/maps).
 */
import assert from 'node:assert/strict';
import type { RegionView } from '../../../../src/protocol/view-model.ts';
import { toHex } from '../../../../webview/layout/hex.ts';
import { labelOf } from '../../../../webview/zoom/labels.ts';
import { pointersOf } from '../../../../webview/zoom/pointers.ts';
import { boxAt, boxOf, pathTo, sceneOf, scaledRanges } from '../../../../webview/zoom/scene.ts';
import type { Box, Scene } from '../../../../webview/zoom/scene.ts';
import { findBoxes } from '../../../../webview/zoom/search.ts';
import { speak, words } from '../../../../webview/texts.ts';
import { menagerie } from '../page/large.ts';
import { mallocOne } from '../page/malloc-one.ts';

/** After malloc(1), malloc(100), free and malloc(200000). */
const moment = mallocOne[4];
assert.ok(moment);
const scene = sceneOf(moment, 'x86_64');

const title = (box: Box | undefined): string => (box === undefined ? '' : labelOf(box, words()).title);

function everyBox(of: Scene): readonly Box[] {
  const all: Box[] = [];
  const visit = (box: Box): void => {
    all.push(box);
    box.children.forEach(visit);
  };
  of.regions.forEach(visit);
  return all;
}

describe('the scene of the map', () => {
  before(() => {
    speak('en');
  });

  it('divides 64-bit addresses into two halves and the hole, 32-bit ones 3 to 1', () => {
    assert.deepEqual(
      scene.regions.map(({ start, end }) => [start, end]),
      [
        [0n, 1n << 47n],
        [1n << 47n, (1n << 64n) - (1n << 47n)],
        [(1n << 64n) - (1n << 47n), 1n << 64n],
      ],
    );
    const narrow = sceneOf({ mappings: [], heap: undefined, mmapped: [], frames: [], changed: [] }, 'i386');
    assert.deepEqual(
      narrow.regions.map(({ end }) => end),
      [0xc0000000n, 1n << 32n],
    );
  });

  it('has each byte in at most one box of a kind, children inside of their parents', () => {
    for (const moments of [scene, sceneOf(menagerie, 'x86_64')])
      for (const box of everyBox(moments)) {
        let from = box.start;
        for (const child of box.children) {
          assert.ok(child.start >= from && child.end <= box.end && child.end > child.start, child.id);
          assert.equal(child.parent, box);
          assert.equal(child.column, box.column + 1);
          from = child.end;
        }
      }
  });

  it('leaves no address of a region with mappings without a box', () => {
    const [user] = scene.regions;
    assert.ok(user);
    let from = user.start;
    for (const child of user.children) {
      assert.equal(child.start, from);
      from = child.end;
    }
    assert.equal(from, user.end);
  });

  it('opens a chunk down to its words', () => {
    // malloc(1) gave 0x5555555592a0: 16 bytes of header before it, 1 byte asked for, 15 of slack before the next chunk.
    const chunk = boxOf(scene, 'chunk:0x555555559290');
    assert.deepEqual(
      chunk?.children.map(({ start, end, ...box }) => [
        box.kind === 'field' ? box.field : box.kind,
        start.toString(16),
        Number(end - start),
      ]),
      [
        ['prev-size', '555555559290', 8],
        ['size', '555555559298', 8],
        ['asked', '5555555592a0', 1],
        ['slack', '5555555592a1', 15],
      ],
    );
    const freed = boxOf(scene, 'chunk:0x5555555592b0');
    assert.deepEqual(
      freed?.children.map((box) => (box.kind === 'field' ? box.field : '')),
      ['prev-size', 'size', 'link', 'link'],
    );
    assert.deepEqual(
      freed.children.slice(2).map((box) => labelOf(box, words())),
      [
        { title: 'next = NULL', note: 'stored as 0x555555559' },
        { title: 'key = 0x9b74c4a1f0d35e62', note: '' },
      ],
    );
  });

  it('finds what is at an address, as deep as is asked', () => {
    assert.deepEqual(pathTo(boxAt(scene, 0x5555555592a0n, 3)).map(title), [
      'user space',
      '[heap]',
      'in use',
      'asked 1 B',
    ]);
    assert.equal(title(boxAt(scene, 0x5555555592a0n, 1)), '[heap]');
    assert.equal(boxAt(scene, 1n << 50n, 3)?.id, 'region:hole');
  });

  it('names the parts of the kernel half, and keeps the mapping that lies there', () => {
    const area = (name: string, start: bigint, end: bigint): RegionView => ({
      name,
      start: toHex(start),
      end: toHex(end),
      owner: 'kernel',
      text: '',
    });
    // Documentation/arch/x86/x86_64/mm.rst: 64 TiB of direct mapping, 32 TiB of vmalloc.
    const regions = [
      area('non-canonical', 1n << 47n, (1n << 64n) - (1n << 47n)),
      area('direct-map', 0xffff888000000000n, 0xffffc88000000000n),
      area('vmalloc', 0xffffc90000000000n, 0xffffe90000000000n),
      area('vsyscall', 0xffffffffff600000n, 0xffffffffff601000n),
    ];
    const named = sceneOf({ ...moment, regions }, 'x86_64');
    const kernel = named.regions[2];
    assert.deepEqual(kernel?.children.filter(({ kind }) => kind !== 'gap').map(title), [
      'direct-map',
      'vmalloc',
      '[vsyscall]',
    ]);
    assert.equal(findBoxes(named, 'direct-map')[0]?.start, 0xffff888000000000n);
  });

  it('gives room to mappings, folds the rest', () => {
    const ranges = scaledRanges(scene);
    assert.equal(ranges.find(({ start }) => start === 0x555555559000n)?.room, 'full');
    assert.equal(ranges.find(({ start }) => start === 1n << 47n)?.room, 'fold');
  });
});

describe('search in the map', () => {
  const found = (text: string): string[] => findBoxes(scene, text).map(title);

  it('takes addresses with and without 0x', () => {
    assert.deepEqual(found('0x5555555592a0'), ['asked 1 B']);
    assert.deepEqual(found('5555555592a0'), ['asked 1 B']);
  });

  it('finds mappings, sections, functions and variables by name, exact names first', () => {
    assert.deepEqual(found('[heap]'), ['[heap]']);
    assert.ok(found('main').includes('main()'));
    assert.equal(found('.data')[0], '.data');
    assert.ok(found('libc').length >= 4);
  });

  it('finds nothing for nothing', () => {
    assert.deepEqual(found('  '), []);
    assert.deepEqual(found('no such thing'), []);
  });
});

describe('the arena of a thread', () => {
  // The second heap follows 64 MiB above the first, and both are told of in one mapping.
  const first = 0x7fffe8000000n;
  const second = 0x7fffec000000n;
  const heapAt = (start: bigint) => ({
    ...moment.heap!,
    start: toHex(start),
    end: toHex(start + 0x21000n),
    chunks: [],
    infoBytes: 48,
    openedEnd: toHex(start + 0x21000n),
    reservedEnd: toHex(start + 0x4000000n),
  });
  const mapping = { ...moment.mappings[0]!, name: '', kind: 'mmap' as const, sections: [], pages: [] };
  const variable = { ...moment.frames[0]!.variables[0]!, type: 'void *', value: '0x7fffe8000040' };
  const arenas = sceneOf(
    {
      ...moment,
      mappings: [
        ...moment.mappings,
        { ...mapping, start: toHex(first), end: toHex(second + 0x21000n), sizeBytes: 0x4021000 },
      ],
      frames: [{ ...moment.frames[0]!, variables: [variable] }],
      arenas: [
        {
          number: 2,
          state: toHex(first + 48n),
          stateBytes: 2200,
          top: toHex(second + 0x950n),
          lastRemainder: '0x0',
          systemMem: 0x42000,
          threads: [2],
          heaps: [heapAt(first), heapAt(second)],
        },
      ],
    },
    'x86_64',
  );

  it('has heap_info at the start of each heap, and malloc_state behind the first one', () => {
    const mapped = everyBox(arenas).find(({ start, column }) => start === first && column === 1);
    assert.deepEqual(
      mapped?.children.map((box) => [labelOf(box, words()), box.start, Number(box.end - box.start)]),
      [
        [{ title: 'heap_info', note: 'arena 2 · 48 B' }, first, 48],
        [{ title: 'malloc_state', note: 'arena 2 · 2.15 KiB' }, first + 48n, 2200],
        [{ title: 'heap_info', note: 'arena 2 · 48 B' }, second, 48],
      ],
    );
  });

  it('is found by the names of its structures', () => {
    assert.deepEqual(
      findBoxes(arenas, 'heap_info').map(({ start }) => start),
      [first, second],
    );
    assert.equal(findBoxes(arenas, '0x7fffe8000040').map(title).join(), 'malloc_state');
  });

  it('is no place where a pointer dangles', () => {
    const pointer = pointersOf(arenas).find(({ target }) => target === 0x7fffe8000040n);
    assert.equal(pointer?.isDangling, false);
  });
});

describe('pointers in the map', () => {
  it('lead from variables to the chunks that they hold, and are dangling when those are free', () => {
    // p holds malloc(1); q held malloc(100), which was freed.
    const pointers = pointersOf(scene).map(({ from, target, isDangling }) => [
      title(from),
      target.toString(16),
      isDangling,
    ]);
    assert.ok(
      pointers.some(
        ([name, target, isDangling]) =>
          String(name).startsWith('p =') && target === '5555555592a0' && isDangling === false,
      ),
      JSON.stringify(pointers),
    );
    assert.ok(
      pointers.some(
        ([name, target, isDangling]) =>
          String(name).startsWith('q =') && target === '5555555592c0' && isDangling === true,
      ),
      JSON.stringify(pointers),
    );
  });
});
