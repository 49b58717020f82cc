/** Where things lie in a program that needs libm; the numbers are those of real processes (gcc 12, Debian 12). */
import assert from 'node:assert/strict';
import type { TargetName } from '../../../../src/core/target/data-model.ts';
import { openSession } from '../../../support/open-session.ts';

const program = `
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv) {
  double r = lgamma(-0.5 * argc), (*f)(double) = sin, (*g)(double) = sqrt;
  printf("%f %d %p %p %p %p\\n", r, signgam, (void *)&signgam, (void *)f, (void *)g, malloc(300000));
}
`;

/** frexp is in libc as well. */
const without = `
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv) { int e; double x = frexp(argc, &e); printf("%g %p\\n", x + sqrt(4.0), malloc(300000)); }
`;

function printed(text: string, target: TargetName): string {
  const session = openSession(text, { target, ldCacheBytes: 45_056 });
  session.seek(Number.MAX_SAFE_INTEGER);
  const pieces = session.recording.outputUpTo(session.recording.count).map(({ bytes }) => Buffer.from(bytes));
  return Buffer.concat(pieces).toString('latin1').trimEnd();
}

describe('a program that needs libm', () => {
  it('has it above libc, with its functions and signgam where they are', () => {
    assert.equal(
      printed(program, 'x86_64'),
      '1.265512 -1 0x555555558028 0x7ffff7f452c0 0x7ffff7ee8480 0x7ffff7ca6010',
    );
    assert.equal(printed(program, 'i386'), '1.265512 -1 0xf7fb3058 0xf7ed7ff0 0xf7ebfb00 0xf7c3d010');
  }).timeout(10_000);
  it('is not one whose calls libc answers or gcc computes', () => {
    assert.equal(printed(without, 'x86_64'), '2.5 0x7ffff7d86010');
  }).timeout(10_000);
});
