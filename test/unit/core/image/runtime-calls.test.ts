/** Functions of libgcc that object files leave undefined, as `nm -u` told them of what gcc 12.2 -O0 made. */
import assert from 'node:assert/strict';
import { runtimeFunction } from '../../../../src/core/image/runtime-calls.ts';
import { analyze } from '../../../../src/core/sema/analyzer.ts';
import { liveReferences } from '../../../../src/core/sema/live-code.ts';
import { parse } from '../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../../src/core/target/data-model.ts';
import type { TargetName } from '../../../../src/core/target/data-model.ts';

function namesIn(text: string, target: TargetName): string {
  const model = dataModelOf(target);
  const { tokens } = preprocess({ name: 'a.c', text, target });
  const names = new Set<string>();
  for (const fn of analyze(parse(tokens).unit, { model }).functions) {
    for (const reference of liveReferences(fn, model.wordBytes)) {
      if (reference.kind !== 'operation') continue;
      const { type, operator, right } = reference;
      const name = runtimeFunction(type, operator, right, model.wordBytes);
      if (name !== undefined) names.add(name);
    }
  }
  return [...names].sort().join(' ');
}

const recorded: readonly (readonly [TargetName, string, string])[] = [
  ['x86_64', 'long long f(long long x, long long y) { return x / y; }', ''],
  ['i386', 'long long f(long long x, long long y) { return x / y; }', '__divdi3'],
  ['i386', 'long long f(long long x, int y) { x %= y; return x; }', '__moddi3'],
  [
    'i386',
    'unsigned long long f(unsigned long long x, int y) { return x / y + x % 10; }',
    '__udivdi3 __umoddi3',
  ],
  ['i386', 'long long f(long long x) { return x / 8 + x % 16 + x / -4; }', ''],
  ['i386', 'unsigned long long f(unsigned long long x) { return x / 0xf000000000000000ull; }', ''],
  ['i386', 'int f(long long x) { if (0) return x / 3; return 1; }', ''],
  ['x86_64', '__int128 f(__int128 x, int y) { return x / y; }', '__divti3'],
  ['x86_64', 'unsigned __int128 f(unsigned __int128 x, int y) { x %= y; return x / 16; }', '__umodti3'],
  ['x86_64', 'double _Complex f(double _Complex x, double _Complex y) { return x * y; }', '__muldc3'],
  ['x86_64', 'double _Complex f(double _Complex x, double y) { return x * y + x / y; }', ''],
  ['x86_64', 'double _Complex f(double _Complex x, double y) { return y / x; }', '__divdc3'],
  ['i386', 'float _Complex f(float _Complex x, float _Complex y) { return x / y; }', '__divsc3'],
  ['x86_64', 'long double _Complex f(long double _Complex x) { x *= x; return x; }', '__mulxc3'],
  ['x86_64', 'int _Complex f(int _Complex x, int _Complex y) { return x * y; }', ''],
];

describe('functions of libgcc that code calls', () => {
  for (const [target, text, names] of recorded) {
    it(`${text}: ${names === '' ? 'none' : names} (${target})`, () =>
      assert.equal(namesIn(text, target), names));
  }
});
