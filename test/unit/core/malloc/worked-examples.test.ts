/** Worked examples measured on real glibc, each release in its column; offsets from where the heap starts. */
import assert from 'node:assert/strict';
import { heapProcess } from '../../../support/heap.ts';
import type { HeapProcess } from '../../../support/heap.ts';

/** Releases of the columns; the last two are i386. */
const columns = ['2.31', '2.36', '2.41', '2.43', '2.44', '2.36 i386', '2.44 i386'] as const;

/** An operation and its result in every column: `+hex` from the heap's start, `=hex` a number, `map` in a mapping. */
type Row = readonly [operation: string, results: string];

const examples: Record<string, readonly Row[]> = {
  'first chunks': [
    ['m 0 1', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
    ['m 1 24', '+2c0 +2c0 +2c0 +30 +30 +1b0 +20'],
    ['m 2 25', '+2e0 +2e0 +2e0 +50 +50 +1d0 +40'],
    ['m 3 0', '+310 +310 +310 +80 +80 +1f0 +60'],
    ['c 4 1 100', '+330 +330 +330 +a0 +a0 +200 +70'],
    ['m 5 1032', '+3a0 +3a0 +3a0 +110 +110 +270 +e0'],
    ['m 6 1033', '+7b0 +7b0 +7b0 +520 +520 +680 +4f0'],
  ],
  'calloc and the tcache': [
    ['m 0 40', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
    ['m 1 40', '+2d0 +2d0 +2d0 +40 +40 +1d0 +40'],
    ['f 0', ''],
    ['c 2 1 40', '+300 +300 +2a0 +10 +10 +200 +10'],
    ['m 3 40', '+2a0 +2a0 +300 +370 +370 +1a0 +240'],
  ],
  'unsorted list, best fit, last remainder': [
    ['m 0 2000', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
    ['m 1 24', '+a80 +a80 +a80 +7f0 +7f0 +980 +7f0'],
    ['m 2 3000', '+aa0 +aa0 +aa0 +810 +810 +9a0 +810'],
    ['m 3 24', '+1660 +1660 +1660 +13d0 +13d0 +1560 +13d0'],
    ['f 0', ''],
    ['f 2', ''],
    ['m 4 1500', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
    ['m 5 100', '+890 +890 +890 +600 +600 +780 +5f0'],
    ['m 6 100', '+900 +900 +900 +670 +670 +7f0 +660'],
    ['m 7 2500', '+aa0 +aa0 +aa0 +810 +810 +9a0 +810'],
  ],
  'realloc shrinks and grows': [
    ['m 0 200', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
    ['m 1 24', '+370 +370 +370 +e0 +e0 +270 +e0'],
    ['r 0 190', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
    ['r 0 150', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
    ['r 0 100', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
    ['r 0 300', '+390 +390 +390 +100 +100 +290 +100'],
    ['r 0 40', '+390 +390 +390 +100 +100 +290 +100'],
    ['m 2 100', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
  ],
  memalign: [
    ['a 0 64 100', '+40 +40 +40 +40 +40 +40 +40'],
    ['m 1 24', '+380 +380 +10 +10 +10 +270 +10'],
    ['a 2 256 100', '+400 +400 +400 +100 +100 +300 +100'],
    ['m 3 24', '+540 +540 +340 +b0 +b0 +420 +b0'],
    ['f 2', ''],
    ['a 4 256 100', '+600 +600 +400 +100 +100 +500 +100'],
    ['a 5 4096 10', '+1000 +1000 +1000 +1000 +1000 +1000 +1000'],
    ['a 6 24 10', '+700 +700 +360 +4a0 +4a0 +5e0 +340'],
    ['a 7 48 10', '+7c0 +7c0 +4c0 +4c0 +4c0 +640 +380'],
  ],
  'dynamic mmap threshold': [
    ['m 0 24', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
    ['m 1 200000', 'map map map map map map map'],
    ['f 1', ''],
    ['m 2 200000', '+2c0 +2c0 +2c0 +30 +30 +1c0 +30'],
    ['m 3 300000', 'map map map map map map map'],
    ['f 3', ''],
    ['m 4 300000', '+31010 +31010 +31010 +30d80 +30d80 +30f10 +30d80'],
    ['f 4', ''],
    ['f 2', ''],
    ['t 0', '=1 =1 =1 =1 =1 =1 =1'],
  ],
  'usable size': [
    ['m 0 1', '+2a0 +2a0 +2a0 +10 +10 +1a0 +10'],
    ['u 0', '=18 =18 =18 =18 =18 =c =c'],
    ['m 1 25', '+2c0 +2c0 +2c0 +30 +30 +1b0 +20'],
    ['u 1', '=28 =28 =28 =28 =28 =1c =1c'],
    ['m 2 200000', 'map map map map map map map'],
    ['u 2', '=30ff0 =30ff0 =30ff0 =30fe8 =30fe8 =30ff0 =30fec'],
    ['v 3 1', '+1000 +1000 +1000 +1000 +1000 +1000 +1000'],
    ['u 3', '=18 =18 =18 =18 =18 =c =c'],
    ['V 4 2', '+2000 +2000 +2000 +2000 +2000 +2000 +2000'],
    ['u 4', '=1008 =1008 =1008 =1008 =1008 =100c =100c'],
  ],
};

describe('worked examples', function () {
  this.timeout(20_000);
  for (const [title, rows] of Object.entries(examples)) {
    columns.forEach((column, k) => {
      it(`${title} (${column})`, () => {
        const [release, target] = column.split(' ');
        const process = heapProcess(release, target === 'i386' ? 'i386' : 'x86_64');
        const blocks = new Map<number, number>();
        for (const [operation, results] of rows) {
          const expected = results === '' ? '' : (results.split(' ')[k] ?? '');
          assert.equal(carryOut(process, blocks, operation), expected, operation);
        }
      });
    });
  }
});

function carryOut(process: HeapProcess, blocks: Map<number, number>, operation: string): string {
  const { malloc } = process;
  const [name = '', ...rest] = operation.split(' ');
  const [id = 0, a = 0, b = 0] = rest.map(Number);
  const block = blocks.get(id) ?? 0;
  switch (name) {
    case 'm':
      return keep(process, blocks, id, malloc.malloc(a));
    case 'c':
      return keep(process, blocks, id, malloc.calloc(a, b));
    case 'r':
      return keep(process, blocks, id, malloc.realloc(block, a));
    case 'a':
      return keep(process, blocks, id, malloc.memalign(a, b));
    case 'v':
      return keep(process, blocks, id, malloc.valloc(a));
    case 'V':
      return keep(process, blocks, id, malloc.pvalloc(a));
    case 'u':
      return `=${malloc.mallocUsableSize(block).toString(16)}`;
    case 't':
      return `=${malloc.mallocTrim(id)}`;
    default:
      malloc.free(block);
      return '';
  }
}

function keep(process: HeapProcess, blocks: Map<number, number>, id: number, mem: number): string {
  blocks.set(id, mem);
  return mem > process.heapStart + 0x1000000 ? 'map' : `+${(mem - process.heapStart).toString(16)}`;
}
