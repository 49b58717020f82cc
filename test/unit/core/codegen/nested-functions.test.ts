import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { TargetName } from '../../../../src/core/target/data-model.ts';
import { openSession } from '../../../support/open-session.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/nested/${name}`, import.meta.url), 'utf8');

function outputOf(text: string, target: TargetName): string {
  const session = openSession(text, { stdoutKind: 'pipe', target });
  const pieces = session.recording.outputUpTo(session.recording.count);
  const stdout = pieces.filter((piece) => piece.fd === 1).map((piece) => piece.bytes);
  return Buffer.concat(stdout).toString('latin1');
}

describe('nested functions', function () {
  this.timeout(20_000);
  // Recorded: gcc 12.2 -O0 (-m32), glibc 2.36, randomisation off, no environment, argv[0] "./program", output to a pipe.
  for (const target of ['x86_64', 'i386'] as const) {
    it(`share variables, trampolines and jumps with the function around as the real program does (${target})`, () => {
      assert.equal(outputOf(fixture('nested.c'), target), fixture(`nested-${target}.out`));
    });
  }

  it('go by the bytes of the trampoline', () => {
    const text = `#include <stdio.h>
      int main(void) {
        int n = 1;
        int one(void) { return n; }
        int two(void) { return n + 1; }
        int (*p)(void) = one, (*q)(void) = two;
        *(long *)((char *)(void *)p + 2) = *(long *)((char *)(void *)q + 2);
        printf("%d", p());
        *(unsigned char *)(void *)p = 0xcc;
        p();
      }`;
    const session = openSession(text, { stdoutKind: 'pipe' });
    const [piece] = session.recording.outputUpTo(session.recording.count);
    assert.equal(Buffer.from(piece?.bytes ?? []).toString(), '2');
    assert.notEqual(session.trap.kind, 'exit');
  });
});
