/** Walking over the edge of the window of moments: bounded by how often, and how far, the program runs again, not by time. */
import assert from 'node:assert/strict';
import type { MomentWindow } from '../../../src/session/moment-window.ts';
import { farEvents } from '../../../src/session/moment-window.ts';
import { Rerun } from '../../../src/session/rerun.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

/** Events of the program, about: more than a window that leads far. */
const events = 26_000;

const program = `#include <stdlib.h>
int main(void) {
  static void *p[16];
  for (int i = 0; i < ${String(events / 2)}; i++) { free(p[i & 15]); p[i & 15] = malloc(i % 900 + 1); }
  return 0;
}`;

describe('steps over the edge of the window of moments', () => {
  const { window } = Rerun.prototype;
  let session: Session;
  let windows: MomentWindow[];

  before(() => {
    session = openSession(program);
    Rerun.prototype.window = function (...given) {
      const made = window.apply(this, given);
      if (made !== undefined) windows.push(made);
      return made;
    };
  });

  after(() => {
    Rerun.prototype.window = window;
  });

  beforeEach(() => {
    windows = [];
  });

  /** Events that all runs together went past. */
  const work = (): number => windows.reduce((sum, { count }) => sum + count, 0);

  /** Steps one by one; each step shows the event that it goes to. */
  function walk(from: number, to: number): void {
    const step = Math.sign(to - from);
    for (let index = from + step; index !== to + step; index += step) {
      session.seek(index);
      assert.equal(session.index, index);
      const { first, last } = session.reach;
      assert.ok(
        first <= index && index <= last,
        `${String(index)} is not in ${String(first)}–${String(last)}`,
      );
    }
  }

  it('runs the program once at the edge ahead, and then not for many thousand steps', () => {
    session.seek(0);
    const { last } = session.reach;
    assert.ok(last >= 1000 && last < events / 4, String(last));
    windows = [];
    walk(0, last);
    assert.equal(windows.length, 0, 'a step inside of the window ran the program');
    walk(last, last + 1);
    assert.equal(windows.length, 1);
    assert.ok(session.reach.last >= last + farEvents, 'the next window does not lead far');
    walk(last + 1, last + 1500);
    assert.equal(windows.length, 1);
    assert.ok(work() <= last + farEvents + 10, `${String(work())} events`);
  });

  it('runs the program once at the edge behind, and goes back and forth over it in one window', () => {
    session.seek(events - 2000);
    const { first } = session.reach;
    assert.ok(first > events / 2, String(first));
    session.seek(first);
    windows = [];
    walk(first, first - 1);
    assert.equal(windows.length, 1);
    for (let turn = 0; turn < 20; turn++) {
      walk(first - 1, first);
      walk(first, first - 1);
    }
    walk(first - 1, first - 1500);
    assert.equal(windows.length, 1, 'stepping back and forth over the edge ran the program again');
    assert.ok(work() <= events + 100, `${String(work())} events`);
  });
});
