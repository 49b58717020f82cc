/**
 * <fenv.h> beside the machine: results bit for bit and exceptions of every operation, in every direction of rounding, over
 * seeded numbers; exceptions of <math.h>; the text that printf makes and strtod reads in each direction.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetName } from '../../../src/core/target/data-model.ts';
import { hasGcc } from '../../support/gcc.ts';
import { openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';

const read = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../fixtures/fenv', name), 'utf8');

const printedBy = (text: string, target: TargetName): string[] => {
  const session = openSession(text, { target, stdoutKind: 'pipe', outputBytes: 1 << 25, fuel: 1e9 });
  const { recording, trap } = session;
  assert.deepEqual(trap, { kind: 'exit', status: 0 });
  const pieces = recording.outputUpTo(recording.count).map(({ bytes }) => bytes);
  return Buffer.concat(pieces).toString('latin1').split('\n');
};

/** Programs, and on which targets: on i386 the x87 unit rounds double results twice. */
const programs: readonly (readonly [file: string, what: string, targets: readonly TargetName[]])[] = [
  ['operations.c', 'operations, conversions and comparisons', ['x86_64']],
  ['functions.c', 'the functions of mathematics', ['x86_64']],
  ['text.c', 'numbers as text', ['x86_64', 'i386']],
  ['environment.c', 'the environment, saved, held and restored', ['x86_64', 'i386']],
  ['traps.c', 'exceptions that are signals', ['x86_64']],
];

describe('<fenv.h> and the machine', () => {
  for (const [file, what, targets] of programs) {
    for (const target of targets) {
      it(`${what}: every line is the real one (${target})`, function () {
        this.timeout(60_000);
        if (!hasGcc(file)) return;
        const text = read(file);
        const real = compileReal(text, target === 'i386' ? ['-m32', '-lm'] : ['-lm']);
        try {
          const expected = execFileSync(real.path, { encoding: 'latin1', maxBuffer: 1 << 26 }).split('\n');
          const printed = printedBy(text, target);
          const wrong = expected.findIndex((line, i) => line !== printed[i]);
          assert.equal(
            wrong < 0 ? '' : printed[wrong],
            wrong < 0 ? '' : expected[wrong],
            `line ${String(wrong)}`,
          );
          assert.equal(printed.length, expected.length);
        } finally {
          real.remove();
        }
      });
    }
  }
});
