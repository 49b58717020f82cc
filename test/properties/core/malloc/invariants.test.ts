/** After any sequence of legal calls the arena checks clean, and blocks keep their bytes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkArena } from '../../../../src/core/malloc/check.ts';
import { heapProcess } from '../../../support/heap.ts';
import type { HeapProcess } from '../../../support/heap.ts';

type Step =
  | { readonly kind: 'malloc' | 'calloc'; readonly bytes: number }
  | { readonly kind: 'memalign'; readonly bytes: number; readonly shift: number }
  | { readonly kind: 'free'; readonly which: number }
  | { readonly kind: 'realloc'; readonly which: number; readonly bytes: number }
  | { readonly kind: 'trim' }
  | { readonly kind: 'sbrk'; readonly bytes: number };

const bytes = fc.oneof(
  { weight: 6, arbitrary: fc.nat(200) },
  { weight: 3, arbitrary: fc.nat(4000) },
  { weight: 1, arbitrary: fc.nat(200_000) },
);
const which = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('malloc' as const), bytes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('calloc' as const), bytes }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('memalign' as const),
      bytes,
      shift: fc.integer({ min: 4, max: 13 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('free' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('realloc' as const), which, bytes }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'trim' as const }) },
);
const foreign: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('sbrk' as const), bytes: fc.nat(5000) });

/** One release of each group that behaves alike. */
const differentReleases = ['2.27', '2.31', '2.36', '2.38', '2.41', '2.42', '2.43', '2.44'];

interface Block {
  readonly mem: number;
  readonly bytes: number;
  readonly mark: number;
}

/** Carries out the steps, checking arena and contents after each. */
function run(process: HeapProcess, steps: readonly Step[]): void {
  const { malloc, memory } = process;
  const blocks: Block[] = [];
  let mark = 0;
  const keep = (mem: number, size: number): void => {
    assert.notEqual(mem, 0);
    mark = (mark + 1) & 255;
    memory.fill(mem, mark, size);
    blocks.push({ mem, bytes: size, mark });
  };
  const take = (index: number): Block | undefined => blocks.splice(index % Math.max(1, blocks.length), 1)[0];
  for (const operation of steps) {
    switch (operation.kind) {
      case 'malloc':
        keep(malloc.malloc(operation.bytes), operation.bytes);
        break;
      case 'calloc': {
        const mem = malloc.calloc(1, operation.bytes);
        assert.ok(memory.readBytes(mem, operation.bytes).every((byte) => byte === 0));
        keep(mem, operation.bytes);
        break;
      }
      case 'memalign': {
        const mem = malloc.memalign(2 ** operation.shift, operation.bytes);
        assert.equal(mem % 2 ** operation.shift, 0);
        keep(mem, operation.bytes);
        break;
      }
      case 'free': {
        const block = take(operation.which);
        if (block === undefined) break;
        assert.ok(memory.readBytes(block.mem, block.bytes).every((byte) => byte === block.mark));
        malloc.free(block.mem);
        break;
      }
      case 'realloc': {
        const block = take(operation.which);
        if (block === undefined || operation.bytes === 0) break;
        const mem = malloc.realloc(block.mem, operation.bytes);
        const common = Math.min(block.bytes, operation.bytes);
        assert.ok(memory.readBytes(mem, common).every((byte) => byte === block.mark));
        keep(mem, operation.bytes);
        break;
      }
      case 'trim':
        malloc.mallocTrim(0);
        break;
      case 'sbrk':
        malloc.sbrk(operation.bytes);
        break;
    }
    assert.deepEqual(checkArena(malloc.state), []);
  }
}

describe('arena invariants', function () {
  this.timeout(60_000);
  for (const name of differentReleases) {
    for (const target of ['x86_64', 'i386'] as const) {
      it(`hold after any calls (${name} ${target})`, () => {
        const steps = fc.array(step, { minLength: 40, maxLength: 80, size: 'max' });
        fc.assert(
          fc.property(steps, (list) => run(heapProcess(name, target), list)),
          { numRuns: 3, seed: 7 },
        );
      });
    }
  }

  it('hold when others move the break', () => {
    const steps = fc.array(fc.oneof({ weight: 8, arbitrary: step }, { weight: 1, arbitrary: foreign }), {
      maxLength: 60,
      size: 'max',
    });
    fc.assert(
      fc.property(steps, (list) => run(heapProcess(), list)),
      { numRuns: 10, seed: 7 },
    );
  });

  it('are found broken when a header is overwritten', () => {
    const { malloc, memory } = heapProcess();
    const block = malloc.malloc(2000);
    malloc.malloc(24);
    malloc.free(block);
    memory.writeNumber64(block - 8, 0x41);
    assert.notDeepEqual(checkArena(malloc.state), []);
  });
});
