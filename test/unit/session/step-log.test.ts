import assert from 'node:assert/strict';
import { find } from '../../../src/session/navigation.ts';
import { openSession } from '../../support/open-session.ts';
import type { Session } from '../../../src/session/session.ts';

/** More steps than the log holds. */
const long = `
static int twice(int n) {
  return 2 * n;
}
int main(void) {
  int sum = 0;
  for (int i = 0; i < 9000; i++)
    sum += twice(i);
  return sum & 1;
}
`;

/** Positions of all steps, each told when it is due. */
function oneByOne(session: Session): number[] {
  const positions: number[] = [];
  session.watch('steps', 1, {
    step: (_step, position) => {
      positions.push(position);
      return false;
    },
  });
  return positions;
}

describe('log of steps', () => {
  it('tells the steps that are told one by one', () => {
    const session = openSession(long);
    const expected = oneByOne(session);
    assert.ok(expected.length > 30_000);
    assert.equal(expected.length, session.stepCount);
    const positions: number[] = [];
    session.watchSteps((first, told) => {
      assert.equal(first, positions.length + 1);
      for (const position of told) positions.push(position);
      return false;
    });
    assert.deepEqual(positions, expected);
  });

  it('tells no more when enough is heard', () => {
    const session = openSession(long);
    const firsts: number[] = [];
    session.watchSteps((first) => {
      firsts.push(first);
      return true;
    });
    assert.deepEqual(firsts, [1]);
  });

  it('leads to statements, and to the entry and the end of any function, forward and back', () => {
    const session = openSession(long);
    const roles = oneByOne(session).map(
      (position) => session.observed('steps').compiled.positions[position]?.role,
    );
    for (const from of [1, 2, 16_384, 16_385, 20_001, session.stepCount - 3]) {
      session.seekStep(from);
      for (const [target, role] of [
        [{ kind: 'statement' }, 'statement'],
        [{ kind: 'function', role: 'entry' }, 'entry'],
        [{ kind: 'function', role: 'exit' }, 'exit'],
      ] as const) {
        const after = roles.indexOf(role, from) + 1;
        const before = from >= 2 ? roles.lastIndexOf(role, from - 2) + 1 : 0;
        assert.equal(find(session, target, 'forward')?.step ?? 0, after, `${role} after ${String(from)}`);
        assert.equal(find(session, target, 'back')?.step ?? 0, before, `${role} before ${String(from)}`);
      }
    }
  });
});
