/**
 * Differences between moments of a run, and that they are exact.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffMarks } from '../../../src/session/diff-marks.ts';
import { diffGroups, diffText } from '../../../src/session/diff-text.ts';
import {
  applyChanges,
  binKey,
  changesOf,
  chunksOf,
  diffMoments,
  isEmptyDiff,
  mappingKey,
  pagesOf,
  variableKey,
  variablesOf,
} from '../../../src/session/moment-diff.ts';
import type { Moment } from '../../../src/session/moment-diff.ts';
import type { Language } from '../../../src/core/text/text.ts';
import { openSession } from '../../support/open-session.ts';

/** malloc(1), malloc(100), a large block, free of the second. */
const session = openSession(`#include <stdlib.h>
static int calls;
int main(void)
{
  char *p = malloc(1);
  char *q = malloc(100);
  char *big = malloc(200000);
  *p = 42;
  big[0] = 1;
  free(q);
  calls = 4;
  return 0;
}
`);

/** The moment right after the event whose text begins so. */
function momentAfter(text: string, language: Language = 'en'): Moment {
  const { events } = session.events(0, session.recording.count, undefined, 0, 'en');
  const event = events.find((one) => one.text.startsWith(text));
  assert.ok(event, text);
  session.seek(event.index);
  return moment(language);
}

/** The moment that is shown. */
const moment = (language: Language = 'en'): Moment => ({
  ...session.snapshot(language),
  bins: session.allocator(language).bins,
  globals: session.globals(language),
});

describe('the difference of two moments', () => {
  it('is told in Chinese as well', () => {
    const before = momentAfter('malloc(100)', 'zh-cn');
    const text = diffText(diffMoments(before, momentAfter('free', 'zh-cn')), 'zh-cn');
    assert.match(text, /^映射\n/);
    assert.match(text, /\n计数\n/);
    assert.doesNotMatch(text, /[a-z]{3,} [a-z]{3,}|pages|bytes/);
  });

  it('is nothing for a moment and itself', () => {
    const moment = momentAfter('malloc(100)');
    assert.ok(isEmptyDiff(diffMoments(moment, moment)));
    assert.equal(diffText(diffMoments(moment, moment), 'en'), 'no difference\n');
  });

  it('marks in the map what has addresses, with the words of the text', () => {
    const before = momentAfter('malloc(100)');
    const diff = diffMoments(before, momentAfter('free'));
    const marks = diffMarks(diff, 'en');
    const text = diffText(diff, 'en');
    const signs = { here: '', added: '+', removed: '-', changed: '~' };
    for (const mark of marks) assert.ok(text.includes(`  ${signs[mark.kind]} ${mark.text}\n`), mark.text);
    // All lines are marks but titles, lists and counters.
    const lines = diffGroups(diff, 'en').filter(({ title }) => title !== 'bins' && title !== 'counters');
    assert.equal(marks.length, lines.flatMap((group) => group.lines).length);
    assert.deepEqual(
      marks.find(({ text }) => text.startsWith('0x5555555592c0')),
      {
        start: '0x5555555592b0',
        end: '0x555555559320',
        kind: 'changed',
        text: '0x5555555592c0 112 bytes P in use -> 112 bytes P free, in tcache bin 5 (112 bytes), number 1 of 1',
      },
    );
  });

  it('tells what malloc(200000) and free do', () => {
    const before = momentAfter('malloc(100)');
    const grown = diffText(diffMoments(before, momentAfter('malloc(200000)')), 'en');
    // 200000 bytes and two words, rounded up to pages: 49 pages.
    assert.match(grown, /^ {2}\+ 0x[0-9a-f]+010 200704 bytes M /m);
    assert.match(grown, /^ {2}~ virtualBytes (\d+) -> \d+ \(\+200704\)$/m);
    // The kernel puts it right below the anonymous mapping of the libraries, and the two are one.
    assert.match(
      grown,
      /^ {2}~ 7ffff7dcf000-7ffff7dd2000 -> 7ffff7d9e000-7ffff7dd2000 rw-p \(anonymous\), 2 -> 3 pages/m,
    );
    const freed = diffText(diffMoments(before, momentAfter('free')), 'en');
    assert.match(freed, /^ {2}~ 0x5555555592c0 112 bytes P in use -> 112 bytes P free, in tcache bin 5/m);
    assert.match(freed, /^ {2}\+ main: big = 0x[0-9a-f]+010 <malloc\(200000\) line 7> "\\001"$/m);
  });

  it('tells of pages, bins and globals, of steps as of events', () => {
    const last = session.stepCount;
    const steps = session.compare({ step: last - 2 }, { step: last }, 'en');
    assert.deepEqual([steps.from.step, steps.to.step], [last - 2, last]);
    assert.match(diffText(steps, 'en'), /^globals\n {2}~ calls = 0 -> 4$/m);
    const grown = diffText(diffMoments(momentAfter('malloc(100)'), momentAfter('malloc(200000)')), 'en');
    assert.match(grown, /^pages\n {2}\+ 7ffff7d9e000-7ffff7d9f000 anonymous, 1 page$/m);
    const freed = diffText(diffMoments(momentAfter('malloc(200000)'), momentAfter('free')), 'en');
    assert.match(freed, /^bins\n {2}\+ tcache 5: 1 \[0x5555555592b0\]$/m);
  });

  it('leaves the moment that is shown as it is', () => {
    session.seek(2);
    session.compare(0, session.recording.count - 1, 'en');
    assert.equal(session.index, 2);
    session.seekStep(3);
    session.compare(0, { step: 2 }, 'en');
    assert.deepEqual([session.isAtStep, session.step], [true, 3]);
  });

  it('gives the new moment when it is applied to the old one', () => {
    const moments = ['start', 'malloc(1)', 'malloc(100)', 'malloc(200000)', 'free'].map((text) =>
      momentAfter(text),
    );
    for (const step of [1, 4, session.stepCount]) {
      session.seekStep(step);
      moments.push(moment());
    }
    const sorted = (items: readonly unknown[]): string[] => items.map((item) => JSON.stringify(item)).sort();
    for (const before of moments)
      for (const after of moments) {
        const diff = diffMoments(before, after);
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
        assert.deepEqual(
          sorted(applyChanges(pagesOf(before), diff.pages, ({ start }) => start)),
          sorted(pagesOf(after)),
        );
        assert.deepEqual(sorted(applyChanges(before.bins, diff.bins, binKey)), sorted(after.bins));
        assert.deepEqual(
          sorted(applyChanges(before.globals, diff.globals, ({ start }) => start)),
          sorted(after.globals),
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
