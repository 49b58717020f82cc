/**
 * Conversions to narrower types of values whose bits they drop, in random functions: gcc folds them and reads no variable,
 * which then has no place in the frame. The results are those of the real program.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { decodeUtf8 } from '../../../src/base/utf8.ts';
import { compileReal } from '../../support/real-process.ts';
import { openSession } from '../../support/open-session.ts';

const hasGcc = spawnSync('gcc', ['--version']).status === 0;
if (!hasGcc) console.warn('folded truncations are not compared with: no gcc here');

/** Numbers from 0 up to a bound, the same for the same seed. */
function randomOf(seed: number): (bound: number) => number {
  let state = seed + 1;
  return (bound) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % bound;
  };
}

const wide = ['int', 'unsigned', 'long', 'unsigned long', 'short', 'unsigned char', 'long long'] as const;
const narrow = [
  ['char', 8],
  ['unsigned char', 8],
  ['short', 16],
  ['unsigned short', 16],
] as const;

/** A function whose variable `d` nothing is stored to; what it returns does not depend on it. */
function functionText(number: number, random: (bound: number) => number): string {
  const [type, bits] = narrow[random(narrow.length)] ?? ['char', 8];
  const mask = `0x${([0xff, 0x70, 1][random(3)] ?? 1).toString(16)}${'0'.repeat(bits / 4)}`;
  const values = [
    `(d & ${mask})`,
    `(d << ${String(bits)})`,
    `(d * ${mask})`,
    `((d & ${mask}) | e)`,
    `(e + (d << ${String(bits)}))`,
    `((d & ${mask}) ^ (e & 0x3f))`,
    `((d + 1) & ${mask})`,
    `((d | e) & ${mask})`,
    `(~d & ${mask})`,
    `((d & ${mask}) + 7)`,
    `(-(d & ${mask}))`,
    `(e ? d & ${mask} : e)`,
  ];
  const value = values[random(values.length)] ?? '';
  const member = bits === 8 ? 's.tag' : 's.h';
  const uses = [
    `v = ${value};`,
    `v = (${type})${value};`,
    `${member} = ${value};`,
    `return (${type})${value};`,
    `${type} w = ${value}; v = w;`,
    `s.b = (d & 0xf0) | e;`,
    `v += (${type})${value};`,
  ];
  return `static long f${String(number)}(int e) {
  ${wide[random(wide.length)] ?? 'int'} d;
  struct s s = {1, 2, 3};
  ${type} v = 9;
  ${uses[random(uses.length)] ?? ''}
  return v + s.tag * 3L + s.h * 5L + s.b * 7L;
}
`;
}

function programText(seed: number): string {
  const random = randomOf(seed);
  const numbers = Array.from({ length: 30 }, (_, number) => number);
  const calls = numbers.map(
    (number) => `  printf("%ld\\n", f${String(number)}(${String(random(600) - 300)}));\n`,
  );
  return `#include <stdio.h>
struct s { char tag; short h; unsigned b : 4; };
${numbers.map((number) => functionText(number, random)).join('')}int main(void) {
${calls.join('')}  return 0;
}
`;
}

describe('truncations that gcc folds', function () {
  this.timeout(20_000);
  before(function () {
    if (!hasGcc) this.skip();
  });

  for (let seed = 0; seed < 6; seed++)
    it(`give what they give: program ${String(seed)}`, () => {
      const text = programText(seed);
      const real = compileReal(text, ['-O0']);
      try {
        const { recording, trap } = openSession(text, { stdoutKind: 'pipe' });
        assert.deepEqual(trap, { kind: 'exit', status: 0 });
        const ours = recording.outputUpTo(recording.count - 1).map(({ bytes }) => decodeUtf8(bytes));
        const theirs = execFileSync('setarch', ['-R', real.path], { encoding: 'utf8' });
        assert.equal(ours.join(''), theirs);
      } finally {
        real.remove();
      }
    });
});
