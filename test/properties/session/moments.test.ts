import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyChanges, changesOf, variableKey, variablesOf } from '../../../src/session/moment-diff.ts';
import { find } from '../../../src/session/navigation.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

const program = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct node { struct node *next; char name[8]; };
static struct node *push(struct node *list, const char *name) {
  struct node *n = malloc(sizeof *n);
  strncpy(n->name, name, sizeof n->name);
  n->next = list;
  return n;
}
static int length(const struct node *list) { return list == 0 ? 0 : 1 + length(list->next); }
int main(void) {
  struct node *list = 0;
  for (int i = 0; i < 3; i++) {
    char name[8];
    sprintf(name, "n%d", i);
    list = push(list, name);
  }
  printf("%d\\n", length(list));
  while (list) { struct node *next = list->next; free(list); list = next; }
  return 0;
}
`;

/** Everything that is shown of a moment. */
const shown = (session: Session): string => JSON.stringify(session.snapshot('en'));

describe('moments of a run', function () {
  this.timeout(120_000);
  let session: Session;
  const states = new Map<number, string>();
  before(() => {
    session = openSession(program);
    for (let step = 1; step <= session.stepCount; step += 7) {
      session.seekStep(step);
      states.set(step, shown(session));
    }
  });

  it('are the same however one got there', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states.keys()), { minLength: 2, maxLength: 4 }), (path) => {
        for (const step of path) {
          session.seekStep(step);
          assert.equal(shown(session), states.get(step));
        }
      }),
      { numRuns: 12, seed: 7 },
    );
  });

  it('are back where they were after a step forward and a step back, of any kind', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: session.stepCount - 1 }),
        fc.constantFrom('step' as const, 'over' as const),
        (from, kind) => {
          session.seekStep(from);
          const before = shown(session);
          const there = find(session, { kind }, 'forward');
          if (there === undefined) return;
          session.seekStep(there.step);
          const back = find(session, { kind: 'step' }, 'back');
          assert.ok(back !== undefined);
          session.seekStep(kind === 'step' ? back.step : from);
          assert.equal(shown(session), before);
        },
      ),
      { numRuns: 12, seed: 7 },
    );
  });

  it('differ by what leads from one to the other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: session.stepCount }),
        fc.integer({ min: 1, max: session.stepCount }),
        (from, to) => {
          session.seekStep(from);
          const old = variablesOf(session.snapshot('en'));
          session.seekStep(to);
          const now = variablesOf(session.snapshot('en'));
          const applied = applyChanges(old, changesOf(old, now, variableKey), variableKey);
          const sorted = (list: typeof now): string[] => list.map((one) => JSON.stringify(one)).sort();
          assert.deepEqual(sorted(applied), sorted(now));
        },
      ),
      { numRuns: 12, seed: 7 },
    );
  });
});
