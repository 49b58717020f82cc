/**
 * `long double` beside the machine: programs whose output holds the bits of every result. Arithmetic, conversions, text and the
 * exact functions of <math.h> are equal; functions that no library rounds correctly are equal nearly always, and close always.
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
  readFileSync(join(import.meta.dirname, '../../fixtures/x87', name), 'utf8');

interface Lines {
  readonly real: readonly string[];
  readonly simulated: readonly string[];
}

/** The lines that a program prints, on the machine and here. */
function linesOf(name: string, target: TargetName): Lines {
  const text = read(name);
  const real = compileReal(text, ['-w', '-lm', ...(target === 'i386' ? ['-m32'] : [])]);
  try {
    const expected = execFileSync(real.path, { encoding: 'latin1', maxBuffer: 1 << 26 });
    const session = openSession(text, { target, stdoutKind: 'pipe', outputBytes: 1 << 25, fuel: 1e10 });
    const { recording, trap } = session;
    assert.deepEqual(trap, { kind: 'exit', status: 0 });
    const printed = Buffer.concat(recording.outputUpTo(recording.count).map(({ bytes }) => bytes));
    return { real: expected.split('\n'), simulated: printed.toString('latin1').split('\n') };
  } finally {
    real.remove();
  }
}

/** Functions whose results glibc does not round correctly. */
const approximate: ReadonlySet<string> = new Set(
  (
    'sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp exp2 exp10 expm1 log log2 log10 log1p cbrt hypot atan2 ' +
    'erf erfc lgamma tgamma pow'
  )
    .split(' ')
    .map((name) => `${name}l`),
);

/** The units in the last place between two numbers that end lines, and the errors of lines that may not differ. */
function compareLines({ real, simulated }: Lines): {
  readonly wrong: readonly string[];
  readonly compared: number;
  readonly equal: number;
} {
  assert.equal(simulated.length, real.length);
  const wrong: string[] = [];
  let compared = 0;
  let equal = 0;
  real.forEach((line, index) => {
    const mine = simulated[index] ?? '';
    const isApproximate = approximate.has(line.split(' ')[0] ?? '');
    if (isApproximate) compared += 1;
    if (line === mine) {
      if (isApproximate) equal += 1;
      return;
    }
    const numbers = [line, mine].map((one) =>
      BigInt(`0x${/([0-9a-f]{20})(?: errno \d+)?$/.exec(one)?.[1] ?? '0'}`),
    );
    const [a = 0n, b = 0n] = numbers;
    const isClose = isApproximate && a - b <= 2n && b - a <= 2n;
    if (!isClose) wrong.push(`${line}  <>  ${mine}`);
  });
  return { wrong: wrong.slice(0, 20), compared, equal };
}

describe('long double and the machine', () => {
  const programs: readonly (readonly [file: string, what: string])[] = [
    ['arithmetic.c', 'arithmetic, comparisons and conversions'],
    ['language.c', 'constructs of the language'],
    ['text.c', 'numbers as text'],
  ];
  for (const [file, what] of programs) {
    for (const target of ['x86_64', 'i386'] as const) {
      it(`${what} are the real ones (${target})`, function () {
        this.timeout(120_000);
        if (!hasGcc(file)) return;
        assert.deepEqual(compareLines(linesOf(file, target)).wrong, []);
      });
    }
  }

  for (const [file, share] of [
    ['functions.c', 0.85],
    ['special-values.c', 0.9],
  ] as const) {
    it(`functions give the real bits and errno where they are exact, close ones elsewhere (${file})`, function () {
      this.timeout(300_000);
      if (!hasGcc(file)) return;
      const { wrong, compared, equal } = compareLines(linesOf(file, 'x86_64'));
      assert.deepEqual(wrong, []);
      assert.ok(equal >= share * compared, `${String(equal)} of ${String(compared)} are equal`);
    });
  }
});
