import assert from 'node:assert/strict';
import type { HistoryView } from '../../../../src/protocol/view-model.ts';
import { counterName } from '../../../../webview/facts.ts';
import {
  counters,
  counterText,
  eventTotals,
  figuresOf,
  strideOf,
} from '../../../../webview/layout/history-figures.ts';
import { speak, words } from '../../../../webview/texts.ts';

/** Samples at every fourth event. */
const history: HistoryView = {
  events: [0, 4, 8, 12],
  virtualBytes: [2048, 4096, 4096, 2048],
  residentBytes: [4096, 8192, 12288, 8192],
  heapBytes: [0, 0, 135168, 135168],
  liveBytes: [0, 40, 0, 7],
  minorFaults: [3, 4, 1005, 1006],
  systemCalls: [1, 1, 1, 1],
  marks: [
    { kind: 'malloc', counts: [0, 2, 1] },
    { kind: 'signal', counts: [0, 0, 0] },
    { kind: 'syscall', counts: [4, 0, 1200] },
  ],
};

describe('figures of the run', () => {
  it('have the least and the greatest value of each counter, with where it comes first', () => {
    assert.deepEqual(
      figuresOf(history).map(({ key, least, most }) => [key, least.text, least.event, most.text, most.event]),
      [
        ['virtualBytes', '2 KiB', 0, '4 KiB', 4],
        ['residentBytes', '4 KiB', 0, '12 KiB', 8],
        ['heapBytes', '0 B', 0, '132 KiB', 8],
        ['liveBytes', '0 B', 0, '40 B', 4],
        ['minorFaults', '3', 0, '1,006', 12],
        ['systemCalls', '1', 0, '1', 0],
      ],
    );
  });

  it('have the value that holds at an event', () => {
    assert.deepEqual(
      [0, 3, 4, 7, 12, 99].map((event) => counterText(history, 'liveBytes', event)),
      ['0 B', '0 B', '40 B', '40 B', '7 B', '7 B'],
    );
  });

  it('count events of the kinds that there are', () => {
    assert.deepEqual(
      eventTotals(history).map(({ kind, total }) => [kind, total]),
      [
        ['malloc', 3],
        ['syscall', 1204],
      ],
    );
  });

  it('tell how far samples are from each other', () => {
    assert.equal(strideOf(history), 4);
    assert.equal(strideOf({ ...history, events: [0] }), 1);
    assert.equal(strideOf({ ...history, events: [] }), 1);
  });

  it('name each counter in both languages', () => {
    for (const language of ['en', 'zh-cn'] as const) {
      speak(language);
      const names = counters.map((key) => counterName(key, words()));
      assert.equal(new Set(names).size, counters.length, names.join());
    }
    speak('en');
  });
});
