import assert from 'node:assert/strict';
import { checkRun } from '../../../src/session/check-run.ts';
import { openSession } from '../../support/open-session.ts';
import { seededBugs } from '../../support/seeded-bugs.ts';

/** Lines that end in a mark, from 1. */
const marked = (text: string, mark: string): number =>
  text.split('\n').findIndex((line) => line.endsWith(`// ${mark}`)) + 1;

describe('checks: programs with one mistake each', function () {
  this.timeout(60_000);
  for (const { name, kind, buggy, clean } of seededBugs) {
    it(`finds ${name}, and nothing else`, () => {
      const { mistakes } = checkRun(openSession(buggy), 'en');
      const line = marked(buggy, 'BUG');
      // The access itself may stand in the function that is called there.
      const isCalled = (buggy.split('\n')[line - 1] ?? '').includes('use(');
      assert.deepEqual(
        mistakes.map((one) => one.kind),
        [kind],
      );
      const found = mistakes[0]?.place?.line ?? 0;
      assert.ok(found === line || (isCalled && found === marked(buggy, 'USE')), `line ${String(found)}`);
      assert.deepEqual(checkRun(openSession(clean), 'en').mistakes, []);
    });
  }
});
