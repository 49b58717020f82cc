/**
 * Differences between moments of a run, and that they are exact.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffText } from '../../../src/session/diff-text.ts';
import {
  applyChanges,
  changesOf,
  chunksOf,
  diffMoments,
  isEmptyDiff,
  mappingKey,
  variableKey,
  variablesOf,
} from '../../../src/session/moment-diff.ts';
import { mallocOne } from '../webview/page/malloc-one.ts';

const [first, , , freed, mapped] = mallocOne;
assert.ok(first && freed && mapped);

describe('the difference of two moments', () => {
  it('is nothing for a moment and itself', () => {
    assert.ok(isEmptyDiff(diffMoments(freed, freed)));
    assert.equal(diffText(diffMoments(freed, freed)), 'no difference\n');
  });

  it('tells the mapping that malloc(200000) adds to a neighbour, and its chunk', () => {
    const diff = diffMoments(freed, mapped);
    assert.deepEqual(
      diff.chunks.added.map(({ mem, state }) => [mem, state]),
      [['0x7ffff7da0010', 'mmapped']],
    );
    const text = diffText(diff);
    assert.match(text, /^chunks\n {2}\+ 0x7ffff7da0010 200704 bytes M mmapped/m);
    assert.match(text, /^ {2}~ systemCalls 25 -> 26 \(\+1\)$/m);
  });

  it('gives the new moment when it is applied to the old one', () => {
    for (const before of mallocOne)
      for (const after of mallocOne) {
        const diff = diffMoments(before, after);
        const sorted = (items: readonly unknown[]): string[] =>
          items.map((item) => JSON.stringify(item)).sort();
        assert.deepEqual(
          sorted(applyChanges(before.mappings, diff.mappings, mappingKey)),
          sorted(after.mappings),
        );
        assert.deepEqual(
          sorted(applyChanges(chunksOf(before), diff.chunks, ({ start }) => start)),
          sorted(chunksOf(after)),
        );
        assert.deepEqual(
          sorted(applyChanges(variablesOf(before), diff.variables, variableKey)),
          sorted(variablesOf(after)),
        );
      }
  });

  it('is exact for any two lists, and the way back is its mirror', () => {
    const list = fc.uniqueArray(
      fc.record({ key: fc.integer({ min: 0, max: 9 }), value: fc.boolean() }, { noNullPrototype: true }),
      {
        selector: ({ key }) => key,
      },
    );
    const keyOf = ({ key }: { readonly key: number }): string => String(key);
    fc.assert(
      fc.property(list, list, (before, after) => {
        const there = changesOf(before, after, keyOf);
        const back = changesOf(after, before, keyOf);
        const byKey = (items: readonly { readonly key: number }[]) =>
          [...items].sort((a, b) => a.key - b.key);
        assert.deepEqual(byKey(applyChanges(before, there, keyOf)), byKey(after));
        assert.deepEqual(there.added, back.removed);
        assert.equal(there.changed.length, back.changed.length);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
