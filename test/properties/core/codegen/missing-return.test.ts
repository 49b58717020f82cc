/** Functions that end without return give their callers what gcc -O0 leaves in eax, as recorded. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeUtf8 } from '../../../../src/base/utf8.ts';
import type { Trap } from '../../../../src/core/process/trap.ts';
import { openSession } from '../../../support/open-session.ts';

const folder = new URL('../../../fixtures/returns/', import.meta.url);

function run(text: string): { readonly output: string; readonly trap: Trap } {
  const { recording, trap } = openSession(text, { stdoutKind: 'pipe' });
  const pieces = recording.outputUpTo(recording.count).filter(({ fd }) => fd === 1);
  return { output: pieces.map(({ bytes }) => decodeUtf8(bytes)).join(''), trap };
}

describe('a function that ends without return', () => {
  it('gives the last value that was computed', () => {
    const { output, trap } = run(readFileSync(new URL('missing-return.c', folder), 'utf8'));
    assert.equal(output, readFileSync(new URL('missing-return.out', folder), 'utf8'));
    assert.deepEqual(trap, { kind: 'exit', status: 0 });
  });

  // Really the address of n: results behind a store through a pointer are not followed.
  it('gives 0 where what it leaves is not known', () => {
    const { trap } = run('int f(int *p) { *p = 3; } int main(void) { int n; return f(&n); }');
    assert.deepEqual(trap, { kind: 'exit', status: 0 });
  });

  it('stops nothing where nobody uses what it leaves', () => {
    const { trap } = run('int f(int *p) { *p = 3; } int main(void) { int n; f(&n); return n; }');
    assert.deepEqual(trap, { kind: 'exit', status: 3 });
  });
});
