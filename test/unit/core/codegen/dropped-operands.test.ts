import assert from 'node:assert/strict';
import { runProgram } from '../../../support/run-program.ts';

/** Expressions whose value gcc's folding knows without `f(3)`, their values, and how often f is called, as gcc 12 has it. */
const values: readonly (readonly [expression: string, value: number])[] = [
  ['(f(3) & g) | g', 29],
  ['(f(3) | g) & g', 29],
  ['g | (f(3) & g)', 29],
  ['g & (f(3) | g)', 29],
  ['(f(3) ^ g) ^ g', 3],
  ['f(3) * 0', 0],
  ['f(3) & 0', 0],
  ['f(3) | -1', -1],
  ['f(3) / 0x40000000 / 100000', 0],
  ['f(3) % 1', 0],
];

describe('operands that folding does not need', () => {
  it('are evaluated', () => {
    const body = values.map(
      ([expression]) => `calls = 0; value = ${expression}; printf("%d %d\\n", value, calls);`,
    );
    const { stdout } = runProgram(`
int printf(const char *, ...);
static int g = 29, calls, value;
static int f(int value) { calls++; return value; }
int main(void) {
  ${body.join('\n  ')}
  return 0;
}`);
    assert.deepEqual(
      stdout.trimEnd().split('\n'),
      values.map(([, value]) => `${String(value)} 1`),
    );
  });
});
