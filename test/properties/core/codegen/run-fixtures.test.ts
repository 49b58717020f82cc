/**
 * Runs the programs of test/fixtures/run and compares output and status with what gcc -O0 made of them.
 *
 * `NAME.out` holds the output of the real program; its last line is the status that the shell saw.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../../support/run-program.ts';

const folder = fileURLToPath(new URL('../../../fixtures/run/', import.meta.url));

/** Statuses of a shell for a process that a signal ended. */
const signals: readonly (readonly [RegExp, number])[] = [
  [/^SIGFPE/, 136],
  [/^SIGSEGV/, 139],
  [/^SIGILL/, 132],
  [/^SIGABRT/, 134],
];

function shellStatus(status: number | string): number | string {
  if (typeof status === 'number') return status;
  return signals.find(([pattern]) => pattern.test(status))?.[1] ?? status;
}

describe('generated code', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.c'))) {
    it(`runs ${file} as gcc's program runs`, () => {
      const { stdout, status } = runProgram(readFileSync(folder + file, 'utf8'));
      const expected = readFileSync(folder + file.replace(/\.c$/, '.out'), 'utf8');
      assert.equal(`${stdout}[status] ${shellStatus(status)}\n`, expected);
    });
  }
});
