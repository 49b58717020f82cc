import assert from 'node:assert/strict';
import { EvaluationError } from '../../../src/session/expression/evaluate.ts';
import { find } from '../../../src/session/navigation.ts';
import type { Direction } from '../../../src/session/navigation.ts';
import type { NavigationTarget } from '../../../src/protocol/messages.ts';
import { hex } from '../../../src/session/event-views.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

const program = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int total;
static void add(int n) {
  total += n;
}
static int sum(int n) {
  for (int i = 1; i <= n; i++)
    add(i);
  return total;
}
int main(void) {
  char *text = malloc(16);
  strcpy(text, "one");
  text[1] = 'N';
  memset(text + 2, '-', 2);
  printf("%s %d\\n", text, sum(3));
  free(text);
  *(int *)8 = 1;
  return 0;
}
`;

/** Goes to a target; the line that it is in, and what the step there is. */
function go(session: Session, target: NavigationTarget, direction: Direction = 'forward'): string {
  const found = find(session, target, direction);
  if (found === undefined) return 'nowhere';
  session.seekStep(found.step);
  const { step } = session.snapshot('en');
  const { access } = found;
  const at = access?.place === undefined ? '' : ` in ${String(access.place.line)}`;
  return `${step?.role ?? '?'} ${String(step?.place?.line)}${access === undefined ? '' : ` by ${access.by}${at}`}`;
}

const line = (number: number): NavigationTarget => ({
  kind: 'line',
  place: { file: 'program.c', line: number },
});

describe('navigation', () => {
  let session: Session;
  before(() => {
    session = openSession(program);
  });
  beforeEach(() => {
    session.seekStep(1);
  });

  it('goes step by step, over calls and out of functions, forward and back', () => {
    assert.equal(go(session, { kind: 'step' }), 'statement 14');
    assert.equal(go(session, line(18)), 'statement 18');
    assert.equal(go(session, { kind: 'step' }), 'entry 8');
    assert.equal(go(session, line(10)), 'statement 10');
    assert.equal(go(session, { kind: 'over' }), 'statement 9');
    assert.equal(go(session, { kind: 'over' }, 'back'), 'statement 10');
    assert.equal(go(session, { kind: 'step' }), 'entry 5');
    assert.equal(go(session, { kind: 'out' }), 'statement 9');
    assert.equal(go(session, { kind: 'step' }, 'back'), 'exit 7');
    assert.equal(go(session, { kind: 'out' }, 'back'), 'statement 10');
    assert.equal(go(session, { kind: 'out' }), 'statement 19');
    assert.equal(go(session, { kind: 'out' }, 'back'), 'nowhere');
    session.seekStep(1);
    assert.equal(go(session, { kind: 'step' }, 'back'), 'nowhere');
    session.seekStep(session.stepCount);
    assert.equal(go(session, { kind: 'step' }), 'nowhere');
  });

  it('goes to lines, functions, code addresses and to where it all ends', () => {
    const add = { kind: 'function', name: 'add', role: 'entry' } as const;
    assert.deepEqual(
      [1, 2, 3, 4].map(() => go(session, add)),
      ['entry 5', 'entry 5', 'entry 5', 'nowhere'],
    );
    assert.equal(go(session, { ...add, role: 'exit' }, 'back'), 'exit 7');
    assert.equal(go(session, line(14), 'back'), 'statement 14');
    const { value } = session.evaluate('(unsigned long)sum');
    assert.ok(value.kind === 'integer');
    assert.equal(go(session, { kind: 'address', address: hex(Number(value.value)) }), 'entry 8');
    assert.equal(go(session, { kind: 'error' }), 'statement 20');
    assert.equal(go(session, { kind: 'error' }), 'nowhere');
  });

  it('stops where a condition holds', () => {
    assert.equal(go(session, { kind: 'condition', expression: 'total == 3' }), 'exit 7');
    assert.equal(
      go(session, { kind: 'condition', expression: 'i == 3 && n', place: { file: 'program.c', line: 10 } }),
      'statement 10',
    );
    assert.equal(go(session, { kind: 'condition', expression: 'total == 0' }, 'back'), 'statement 6');
    assert.equal(go(session, { kind: 'condition', expression: 'total > 100' }), 'nowhere');
    assert.throws(
      () => find(session, { kind: 'condition', expression: 'unheard > 1' }, 'forward'),
      EvaluationError,
    );
    assert.throws(
      () => find(session, { kind: 'condition', expression: 'total = 1' }, 'forward'),
      EvaluationError,
    );
  });

  it('says who wrote a byte last, and who writes it next', () => {
    assert.equal(go(session, line(18)), 'statement 18');
    const { value } = session.evaluate('text');
    assert.ok(value.kind === 'integer');
    const text = Number(value.value);
    const byte = (offset: number): NavigationTarget => ({
      kind: 'write',
      address: hex(text + offset),
      bytes: 1,
    });
    assert.equal(go(session, byte(2), 'back'), 'statement 17 by libc in 17');
    // gcc copies so short a text itself.
    assert.equal(go(session, byte(2), 'back'), 'statement 15 by program in 15');
    assert.equal(go(session, byte(2), 'back'), 'statement 14 by system');
    assert.equal(go(session, byte(1)), 'statement 15 by system');
    assert.equal(go(session, byte(1)), 'statement 16 by program in 15');
    assert.equal(go(session, byte(1)), 'statement 17 by program in 16');
    assert.equal(go(session, byte(1)), 'statement 20 by system');
    assert.equal(go(session, byte(1)), 'nowhere');
    assert.equal(go(session, byte(1), 'back'), 'statement 19 by system');
    assert.equal(
      go(session, { kind: 'access', address: hex(text), bytes: 1 }, 'back'),
      'exit 12 by libc in 18',
    );
  });

  it('says who writes a byte in the last step, which no other one follows', () => {
    const last = openSession(
      '#include <stdlib.h>\nchar *h;\nint main(void) {\n  h = malloc(40);\n  exit((free(h), 3));\n}\n',
    );
    last.seek(last.recording.count - 1);
    const { value } = last.evaluate('h');
    assert.ok(value.kind === 'integer');
    const key: NavigationTarget = { kind: 'write', address: hex(Number(value.value) + 8), bytes: 1 };
    assert.equal(go(last, key, 'back'), 'statement 5 by system');
    last.seekStep(last.stepCount);
    assert.equal(go(last, key, 'forward'), 'statement 5 by system');
  });
});
