import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Address } from '../../../../src/base/address.ts';
import { VmaTree } from '../../../../src/core/mm/vma-tree.ts';
import { Vma } from '../../../../src/core/mm/vma.ts';

const PAGE = 4096;
const vma = (start: number, end: number): Vma =>
  new Vma((start * PAGE) as Address, (end * PAGE) as Address, 0, 0, undefined);

/** The rule said in the plainest way: all holes, in order. */
function holes(all: readonly Vma[], low: number, high: number): [number, number][] {
  const found: [number, number][] = [];
  let at = 0;
  for (const { start, end } of [...all, { start: Infinity, end: Infinity }]) {
    found.push([Math.max(at, low), Math.min(start, high)]);
    at = end;
  }
  return found.filter(([start, end]) => start < end);
}

describe('tree of VMAs', () => {
  it('finds what a look at every VMA finds', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 6 }));
    const query = fc.tuple(fc.nat(210), fc.nat(210), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 60 }), fc.array(query, { maxLength: 20 }), (pairs, queries) => {
        const tree = new VmaTree();
        let all: Vma[] = [];
        for (const [start, length] of pairs) {
          const clash = all.find((one) => one.start < (start + length) * PAGE && one.end > start * PAGE);
          if (clash === undefined) {
            const made = vma(start, start + length);
            tree.insert(made);
            all.push(made);
          } else {
            tree.remove(clash);
            all = all.filter((one) => one !== clash);
          }
        }
        all.sort((a, b) => a.start - b.start);
        assert.deepEqual(tree.toArray(), all);
        assert.ok(tree.isConsistent());
        for (const [a, b, pages] of queries) {
          const [low, high, length] = [Math.min(a, b) * PAGE, Math.max(a, b) * PAGE, pages * PAGE];
          const fit = holes(all, low, high).filter(([start, end]) => end - start >= length);
          const asPair = (hole: { start: number; end: number } | undefined): number[] | undefined =>
            hole && [hole.start, hole.end];
          assert.deepEqual(asPair(tree.lowestHole(low, high, length)), fit[0]);
          assert.deepEqual(asPair(tree.highestHole(low, high, length)), fit.at(-1));
          assert.equal(
            tree.firstEndingAbove(low),
            all.find((one) => one.end > low),
          );
          assert.equal(tree.lastEndingUpTo(low), all.filter((one) => one.end <= low).at(-1));
        }
      }),
      { numRuns: 150, seed: 4 },
    );
  });
});
