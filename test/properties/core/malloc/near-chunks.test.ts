/**
 * The functions that serve near chunks by host index change nothing but the speed: with and without them a process
 * returns the same, faults and aborts alike, and holds the same bytes, also after a program wrote over headers and links.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MallocAbort, MallocHang } from '../../../../src/core/malloc/abort.ts';
import { MemoryFault } from '../../../../src/core/mm/kernel.ts';
import { heapProcess } from '../../../support/heap.ts';
import type { HeapProcess } from '../../../support/heap.ts';

type Step =
  | { readonly kind: 'malloc' | 'calloc'; readonly bytes: number }
  | { readonly kind: 'free'; readonly which: number }
  | { readonly kind: 'realloc'; readonly which: number; readonly bytes: number }
  | { readonly kind: 'poke'; readonly which: number; readonly word: number; readonly value: Poked };

/** What a wild write leaves: a number, a place in a block, or the word that stands elsewhere. */
type Poked =
  | { readonly kind: 'number'; readonly value: bigint }
  | { readonly kind: 'place'; readonly which: number; readonly offset: number }
  | { readonly kind: 'change'; readonly by: bigint };

const bytes = fc.oneof(
  { weight: 6, arbitrary: fc.nat(200) },
  { weight: 4, arbitrary: fc.integer({ min: 900, max: 1600 }) },
  { weight: 3, arbitrary: fc.nat(6000) },
  { weight: 1, arbitrary: fc.nat(200_000) },
);
const which = fc.nat(40);
const poked: fc.Arbitrary<Poked> = fc.oneof(
  fc.record({ kind: fc.constant('number' as const), value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
  fc.record({ kind: fc.constant('number' as const), value: fc.bigInt({ min: 0n, max: 5000n }) }),
  fc.record({ kind: fc.constant('place' as const), which, offset: fc.integer({ min: -64, max: 64 }) }),
  fc.record({
    kind: fc.constant('change' as const),
    by: fc.constantFrom(1n, 2n, 4n, 8n, 16n, -16n, 0x1000n, 1n << 32n),
  }),
);
const call: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('malloc' as const), bytes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('calloc' as const), bytes }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('free' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('realloc' as const), which, bytes }) },
);
const poke: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('poke' as const),
  which,
  word: fc.integer({ min: -2, max: 5 }),
  value: poked,
});

/** What a list of steps leads to: every result, how it ended, and the heap's bytes. */
function outcome(process: HeapProcess, steps: readonly Step[]): unknown {
  const { malloc, memory, heapStart } = process;
  const results: (number | string)[] = [];
  const live: number[] = [];
  const all: number[] = [];
  const place = (index: number): number => all[index % Math.max(1, all.length)] ?? heapStart;
  const take = (index: number): number => live.splice(index % Math.max(1, live.length), 1)[0] ?? 0;
  const keep = (mem: number): void => {
    results.push(mem);
    if (mem === 0) return;
    live.push(mem);
    all.push(mem);
  };
  const carryOut = (step: Step): void => {
    switch (step.kind) {
      case 'malloc':
        keep(malloc.malloc(step.bytes));
        break;
      case 'calloc':
        keep(malloc.calloc(1, step.bytes));
        break;
      case 'free':
        malloc.free(take(step.which));
        break;
      case 'realloc':
        keep(malloc.realloc(take(step.which), step.bytes));
        break;
      case 'poke': {
        const at = place(step.which) + 8 * step.word;
        const { value } = step;
        if (value.kind === 'number') memory.writeU64(at, value.value);
        else if (value.kind === 'place') memory.writeU64(at, BigInt(place(value.which) + value.offset));
        else memory.writeU64(at, BigInt.asUintN(64, memory.readU64(at) + value.by));
      }
    }
  };
  for (const step of steps) {
    try {
      carryOut(step);
    } catch (error) {
      const known =
        error instanceof MallocAbort || error instanceof MallocHang || error instanceof MemoryFault;
      if (!known) throw error;
      results.push(`${error.name}: ${error.message}`);
      break;
    }
  }
  const heap = memory.peek(heapStart, memory.mm.brk - heapStart);
  const pages: string[] = [];
  for (let at = heapStart; heap === undefined && at < memory.mm.brk; at += 4096)
    pages.push(Buffer.from(memory.peek(at, 4096) ?? []).toString('base64'));
  const arena = memory.peek(malloc.state.mainArenaAddress, malloc.state.params.arena.bytes);
  return { results, faults: memory.counters.minflt, heap, pages, arena };
}

describe('near chunks', function () {
  this.timeout(60_000);
  const compare = (release: string, steps: readonly Step[]): void => {
    const general = outcome(heapProcess(release, 'x86_64', { nearChunks: false }), steps);
    assert.deepEqual(outcome(heapProcess(release), steps), general);
  };
  for (const release of ['2.27', '2.31', '2.36', '2.41', '2.44']) {
    it(`make no difference for legal calls (${release})`, () => {
      const steps = fc.array(call, { minLength: 300, maxLength: 600, size: 'max' });
      fc.assert(
        fc.property(steps, (list) => compare(release, list)),
        { numRuns: 6, seed: 3 },
      );
    });

    it(`make no difference after wild writes (${release})`, () => {
      const mixed = fc.array(fc.oneof({ weight: 12, arbitrary: call }, { weight: 1, arbitrary: poke }), {
        minLength: 60,
        maxLength: 200,
        size: 'max',
      });
      const setUp = fc.array(call, { minLength: 100, maxLength: 200, size: 'max' });
      fc.assert(
        fc.property(setUp, mixed, (first, then) => compare(release, [...first, ...then])),
        { numRuns: 40, seed: 5 },
      );
    });
  }
});
