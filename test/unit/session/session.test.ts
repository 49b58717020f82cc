import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openSession, readExample } from '../../support/open-session.ts';
import type { Session } from '../../../src/session/session.ts';
import { snapshotDelta } from '../../../src/session/snapshot-delta.ts';
import { viewScope } from '../../../src/session/to-view-model.ts';

const program = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int counter;
static char *make(int n) { char *p = malloc(n); if (p) memset(p, n, n); counter++; return p; }
int main(void) {
  char *blocks[8] = {0};
  for (int i = 0; i < 24; i++) {
    int k = (i * 5) % 8;
    free(blocks[k]);
    blocks[k] = make(20 + i * 300);
    if (i % 6 == 0) { printf("round %d\\n", i); sleep(1); }
  }
  blocks[0] = realloc(blocks[0], 200000);
  blocks[0][199999] = 1;
  free(blocks[0]);
  printf("%d\\n", counter);
  return 3;
}
`;

const shown = (session: Session): string => JSON.stringify(session.snapshot('en'));

describe('session: time travel', () => {
  let session: Session;
  let pictures: string[];

  before(() => {
    session = openSession(program);
    pictures = Array.from({ length: session.recording.count }, (_, i) => {
      session.seek(i);
      return shown(session);
    });
  });

  it('shows the same moment however one got there', () => {
    const last = session.recording.count - 1;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: last }), { minLength: 1, maxLength: 3 }), (path) => {
        for (const index of path) session.seek(index);
        assert.equal(shown(session), pictures[path.at(-1) ?? 0]);
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  it('is where it was after a step forward and a step back', () => {
    for (const kind of ['event', 'malloc', 'syscall', 'page-fault', 'output'] as const) {
      const { recording } = session;
      for (let i = 1; i < recording.count - 1; i += 7) {
        session.seek(i);
        const next = session.indexAfter(kind, 1);
        if (next === i || (kind !== 'event' && recording.kindAt(i) !== kind)) continue;
        session.seek(next);
        session.seek(session.indexAfter(kind, -1));
        assert.equal(shown(session), pictures[i], `${kind} from ${i}`);
      }
    }
  });

  it('takes an index outside of the recording to its ends', () => {
    session.seek(-5);
    assert.equal(session.index, 0);
    session.seek(1e9);
    assert.equal(session.index, session.recording.count - 1);
  });

  it('makes deltas that lead from one moment to any other', () => {
    const at = (index: number): ReturnType<Session['snapshot']> => {
      session.seek(index);
      return session.snapshot('zh-cn');
    };
    fc.assert(
      fc.property(fc.nat(session.recording.count - 1), fc.nat(session.recording.count - 1), (from, to) => {
        const before = at(from);
        const after = at(to);
        assert.deepEqual({ ...before, ...snapshotDelta(before, after) }, after);
      }),
      { numRuns: 12, seed: 2 },
    );
  });

  it('leaves the process alone when it is looked at', () => {
    session.seek(40);
    const { memory } = session.machine;
    const state = (): unknown => [
      { ...memory.counters },
      memory.pageTable.get(0x555555559),
      memory.mm.rss,
      session.maps(),
      session.machine.malloc.errno,
    ];
    const before = state();
    const count = session.recording.count;
    shown(session);
    session.readMemory(0x5555_5555_0000, 0x20000);
    session.machine.callStack();
    assert.deepEqual(state(), before);
    assert.equal(session.recording.count, count);
  });

  it('is a function of its inputs', () => {
    const other = openSession(program);
    assert.equal(other.recording.count, session.recording.count);
    for (let i = 0; i < other.recording.count; i += 9) {
      assert.deepEqual(other.recording.eventAt(i), session.recording.eventAt(i));
      other.seek(i);
      assert.equal(shown(other), pictures[i]);
    }
  });

  it('sends snapshots that survive JSON', () => {
    session.seek(30);
    const snapshot = session.snapshot('en');
    assert.deepEqual(JSON.parse(JSON.stringify(snapshot)), JSON.parse(pictures[30] ?? ''));
  });

  it('pages through the events', () => {
    const { recording } = session;
    const all = session.events(0, recording.count, undefined, 0, 'en');
    assert.equal(all.total, recording.count);
    const pieces = [];
    for (let from = 0; from < all.total; from += 17)
      pieces.push(...session.events(from, 17, undefined, 0, 'en').events);
    assert.deepEqual(pieces, all.events);
    const mallocs = session.events(0, 1e6, ['malloc'], 50, 'en');
    assert.ok(mallocs.events.every((event) => event.kind === 'malloc'));
    assert.equal(
      mallocs.row,
      mallocs.events.reduce((row, event, i) => (event.index <= 50 ? i : row), -1),
    );
    assert.deepEqual(session.events(1e6, 10, undefined, 0, 'en').events, []);
  });
});

describe('session: speed', () => {
  it('goes to any moment of a sample in a few milliseconds', () => {
    const session = openSession(readExample('malloc-one.c'));
    session.seek(1);
    const start = performance.now();
    const rounds = 20;
    for (let i = 0; i < rounds; i++) session.seek((i * 7) % session.recording.count);
    const each = (performance.now() - start) / rounds;
    assert.ok(each < 60, `a seek takes ${each.toFixed(1)} ms`);
  });

  it('shows a heap of thousands of chunks quickly', () => {
    const session = openSession(
      '#include <stdlib.h>\nint main(void) { for (int i = 0; i < 4500; i++) malloc(i % 200); return 0; }',
    );
    session.seek(session.recording.count - 1);
    const start = performance.now();
    const { heap } = session.snapshot('en', viewScope);
    const took = performance.now() - start;
    assert.ok(heap !== undefined && heap.bands.length > 50 && !heap.isCut);
    const inBands = heap.bands.reduce((sum, { count }) => sum + count, 0);
    assert.equal(inBands + heap.chunks.length, heap.chunkCount);
    assert.equal(session.snapshot('en').heap?.chunks.length, heap.chunkCount);
    assert.ok(took < 400, `a snapshot takes ${took.toFixed(0)} ms`);
  });
});
