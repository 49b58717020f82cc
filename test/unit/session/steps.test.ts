import assert from 'node:assert/strict';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

const program = `#include <stdio.h>
#include <stdlib.h>
static int square(int n) {
  return n * n;
}
int main(void) {
  int *p = malloc(3 * sizeof *p);
  for (int i = 0; i < 3; i++)
    p[i] = square(i);
  printf("%d\\n", p[2]);
  free(p);
  return 0;
}
`;

/** Role and line of every step. */
function steps(session: Session): string[] {
  const lines: string[] = [];
  session.watch('steps', 1, {
    step: (_step, position, machine) => {
      const found = machine.program.positions[position];
      const fn = found === undefined ? undefined : machine.program.functions[found.functionIndex];
      const start = found?.span.start ?? 0;
      lines.push(
        `${found?.role ?? '?'} ${fn?.name ?? '?'}:${String(program.slice(0, start).split('\n').length)}`,
      );
      return false;
    },
  });
  return lines;
}

describe('steps of a run', () => {
  it('are entries, statements and full expressions, and ends of functions', () => {
    const session = openSession(program);
    const all = steps(session);
    assert.deepEqual(all.slice(0, 8), [
      'entry main:6',
      'statement main:7',
      'statement main:8',
      'statement main:8',
      'statement main:9',
      'entry square:3',
      'statement square:4',
      'exit square:5',
    ]);
    assert.deepEqual(all.slice(-4), [
      'statement main:10',
      'statement main:11',
      'statement main:12',
      'exit main:13',
    ]);
    assert.equal(session.stepCount, all.length);
  });

  it('are gone to forward and back, with the frames as they are there', () => {
    const session = openSession(program);
    const seen = new Map<number, string>();
    for (const step of [6, 1, session.stepCount, 7, 2]) {
      session.seekStep(step);
      assert.equal(session.step, step);
      seen.set(step, JSON.stringify(session.snapshot('en')));
    }
    session.seekStep(6);
    const { frames, step } = session.snapshot('en');
    assert.deepEqual(step, { number: 6, role: 'entry', place: { file: 'program.c', line: 3, column: 12 } });
    assert.deepEqual(
      frames.map((frame) => [frame.functionName, frame.place?.line]),
      [
        ['square', 3],
        ['main', 9],
      ],
    );
    assert.deepEqual(
      frames[0]?.variables.map(({ name, value }) => [name, value]),
      [['n', '0']],
    );
    for (const [at, text] of seen) {
      session.seekStep(at);
      assert.equal(JSON.stringify(session.snapshot('en')), text);
    }
  });

  it('change nothing about the run: the events are the same, at the same places', () => {
    const session = openSession(program);
    for (const detail of ['steps', 'accesses'] as const) {
      const run = session.watch(detail, 1, {});
      assert.equal(run.events, session.recording.count);
      assert.deepEqual(run.trap, session.trap);
    }
    for (let index = 0; index < session.recording.count; index++) {
      if (session.recording.kindAt(index) !== 'malloc') continue;
      session.seek(index);
      const line = session.snapshot('en').event?.place?.line;
      session.seekStep(session.step);
      assert.equal(session.snapshot('en').step?.place?.line, line);
      assert.ok(session.index < index);
    }
  });
});
