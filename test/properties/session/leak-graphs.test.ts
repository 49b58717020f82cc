import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { checkRun } from '../../../src/session/check-run.ts';
import { openSession } from '../../support/open-session.ts';

const folder = new URL('../../fixtures/leaks/', import.meta.url);

/** `kind bytes/blocks` of each kind, as the first line of a program has it. */
function leaksOf(text: string): string {
  const sums = new Map<string, { bytes: number; blocks: number }>();
  const { mistakes, leaks } = checkRun(openSession(text), 'en');
  assert.deepEqual(mistakes, []);
  for (const { kind, bytes, blocks } of leaks) {
    const sum = sums.get(kind) ?? { bytes: 0, blocks: 0 };
    sums.set(kind, { bytes: sum.bytes + bytes, blocks: sum.blocks + blocks });
  }
  return [...sums]
    .map(([kind, { bytes, blocks }]) => `${kind} ${String(bytes)}/${String(blocks)}`)
    .sort()
    .join(', ');
}

describe('leaks: graphs of blocks', function () {
  this.timeout(30_000);
  for (const name of readdirSync(folder)) {
    it(`sort what is left by ${name} as memcheck does`, () => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      assert.equal(leaksOf(text), / says: (.*) \*\//.exec(text)?.[1]);
    });
  }
});
