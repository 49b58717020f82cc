import assert from 'node:assert/strict';
import { checkRun } from '../../../src/session/check-run.ts';
import { laterBugs } from '../../support/later-bugs.ts';
import { openSession } from '../../support/open-session.ts';

const foundIn = (text: string): readonly string[] => [
  ...new Set(
    checkRun(openSession(text), 'en').mistakes.map(
      ({ kind, place }) => `${kind} in line ${String(place?.line)}`,
    ),
  ),
];

describe('checks: mistakes in callbacks, threads, chains of realloc, strings and arrays', function () {
  this.timeout(60_000);
  for (const [name, { kind, buggy, clean }] of Object.entries(laterBugs)) {
    it(`find ${name} in its line, and nothing in the right program`, () => {
      const line = buggy.split('\n').findIndex((one) => one.endsWith('// BUG')) + 1;
      assert.deepEqual(foundIn(buggy), [`${kind} in line ${String(line)}`]);
      assert.deepEqual(foundIn(clean), []);
    });
  }
});
