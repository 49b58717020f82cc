import assert from 'node:assert/strict';
import { runProgram } from '../../../support/run-program.ts';

/** Values of expressions of `s` and `m = -3`, as gcc 12 computes them. */
const values: readonly (readonly [expression: string, value: string])[] = [
  ['s.u33 + s.u33', '1fffffffe'],
  ['s.u33 * s.u40', 'fc00000001'],
  ['s.u33 * s.u33', '1'],
  ['(unsigned long long)s.u33 + s.u33', '3fffffffe'],
  ['-s.u33', '1'],
  ['~s.u40', 'fe00000000'],
  ['s.u33 << 3', '1fffffff8'],
  ['(s.u33 + m) / 2', 'fffffffe'],
  ['s.s35 * s.s35', '0'],
  ['s.s35 + s.s35', '0'],
  ['s.s35 == -(1LL << 34)', '1'],
  ['s.u33 == -1', '1'],
  ['s.u40 == -1', '0'],
  ['s.u40 > m', '0'],
  ['(s.u33 = 2) - 3', '1ffffffff'],
];

describe('bit-fields of more than 32 bits', () => {
  it('are computed with in their own width', () => {
    const body = values.map(([expression]) => `printf("%llx\\n", (unsigned long long)(${expression}));`);
    const { stdout } = runProgram(`
int printf(const char *, ...);
struct s { unsigned long long u33 : 33, u40 : 40; long long s35 : 35; };
int main(void) {
  struct s s = { 0x1ffffffff, 0x1ffffffff, -(1LL << 34) };
  int m = -3;
  ${body.join('\n  ')}
  return 0;
}`);
    assert.deepEqual(
      stdout.trimEnd().split('\n'),
      values.map(([, value]) => value),
    );
  });
});
