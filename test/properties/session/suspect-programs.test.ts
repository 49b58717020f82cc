import assert from 'node:assert/strict';
import type { TargetName } from '../../../src/core/target/data-model.ts';
import { checkRun } from '../../../src/session/check-run.ts';
import { openSession } from '../../support/open-session.ts';
import { buggyPrograms, cleanPrograms } from '../../support/suspect-programs.ts';

const foundIn = (text: string, target: TargetName = 'x86_64'): readonly string[] =>
  checkRun(openSession(text, { target }), 'en').mistakes.map(
    ({ kind, place }) => `${kind} in line ${String(place?.line)}`,
  );

describe('checks: mistakes as real programs make them', function () {
  this.timeout(60_000);
  for (const [name, { kind, text }] of Object.entries(buggyPrograms)) {
    it(`find ${name} in its line, and nothing else`, () => {
      const line = text.split('\n').findIndex((one) => one.endsWith('// BUG')) + 1;
      assert.deepEqual(foundIn(text), [`${kind} in line ${String(line)}`]);
    });
  }

  for (const [name, text] of Object.entries(cleanPrograms)) {
    it(`find nothing wrong with ${name}`, () => {
      assert.deepEqual(foundIn(text), []);
      assert.deepEqual(foundIn(text, 'i386'), []);
    });
  }
});
