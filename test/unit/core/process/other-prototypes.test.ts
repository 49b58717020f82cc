/**
 * Calls of library functions that are not as their prototypes say: without one, through pointers of other types. What is printed is what
 * gcc's program prints, -m64 and -m32 alike.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openSession } from '../../../support/open-session.ts';

const program = readFileSync(new URL('../../../fixtures/libc/other-prototypes.c', import.meta.url), 'utf8');

const expected = `6 2.5 x 7 y
only 1.500000 2 3 4 5 6
plain
3 to a descriptor
any-7-3.00-1.250000
4 2.5
1.500000
with a list
from a table
x
4
`;

function outputOf(text: string, target: 'x86_64' | 'i386'): string {
  const session = openSession(text, { target, stdoutKind: 'pipe' });
  const pieces = session.recording.outputUpTo(session.recording.count);
  return Buffer.concat(pieces.map((piece) => piece.bytes)).toString('latin1');
}

describe('calls of library functions in other ways than their prototypes say', () => {
  for (const target of ['x86_64', 'i386'] as const) {
    it(`take from the arguments what the function takes (${target})`, () => {
      assert.equal(outputOf(program, target), expected);
    });
  }

  it('tell a call with a list from one whose last argument looks like the list in WebAssembly', () => {
    const text = `
      #include <stdio.h>
      int main(void) {
        int (*fixed)(const char *, int) = (int (*)(const char *, int))printf;
        fixed("%d\\n", 5);
        return 0;
      }`;
    assert.equal(outputOf(text, 'x86_64'), '5\n');
  });
});
