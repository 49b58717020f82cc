/**
 * Lengths of machine code, instruction by instruction, as gcc 12.2 -O0 -fPIE gave them for the same text
 * (`objdump -d`, bytes of each instruction).
 */
import assert from 'node:assert/strict';
import { codeOfFunction } from '../../../../src/core/image/code/function-code.ts';
import { layoutFrames } from '../../../../src/core/image/frame.ts';
import { analyze } from '../../../../src/core/sema/analyzer.ts';
import { debianDefaults } from '../../../../src/core/sema/placement.ts';
import { parse } from '../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../../src/core/target/data-model.ts';

/** The code of the last function of a text. */
function codeOf(text: string): ReturnType<typeof codeOfFunction> {
  const unit = analyze(parse(preprocess({ name: 'a.c', text, target: 'x86_64' }).tokens).unit, {
    model: dataModelOf('x86_64'),
  });
  const fn = unit.functions.at(-1);
  const frame = fn === undefined ? undefined : layoutFrames(unit.functions, debianDefaults).get(fn);
  assert.ok(fn !== undefined && frame !== undefined);
  return codeOfFunction(fn, frame, true);
}

const lengthsOf = (text: string): string =>
  codeOf(text)
    .instructions.map((one) => one.bytes)
    .join(' ');

const cases: readonly (readonly [string, string, string])[] = [
  [
    'adds a product: the second operand is computed first',
    'int f(int a, int b, int c) { int x = a + b * c; return x - (a & b); }',
    '1 3 3 3 3 3 4 2 3 2 3 3 3 3 2 2 1 1',
  ],
  [
    'copies small parameters together before it stores them',
    'char f(char c, short s, unsigned char u) { c = c + s; u++; return c * u; }',
    '1 3 2 2 2 3 2 4 3 4 2 4 2 3 4 3 3 4 3 1 1',
  ],
  [
    'tests a loop behind its body',
    'int f(int a, int b) { if (a < b && b != 3) return 1; while (a--) b += 2; return b; }',
    '1 3 3 3 3 3 2 4 2 5 2 4 3 3 3 2 2 3 1 1',
  ],
  [
    'keeps the line of a break with a nop that others jump over',
    'void h(int); void f(int a) { while (a) { a--; if (a == 3) break; } }',
    '1 3 3 2 4 4 2 4 2 2 1 1 1 1',
  ],
  [
    'ends a function behind a loop with two nops',
    'void f(int a) { do a--; while (a); }',
    '1 3 3 4 4 2 1 1 1 1',
  ],
  [
    'indexes arrays of the frame and of the file',
    'int tab[10]; int f(int i) { int a[10]; a[i] = tab[i + 1]; return a[2]; }',
    '1 3 3 3 3 2 8 7 3 3 2 4 3 1 1',
  ],
  ['divides by a constant with a product', 'int f(int a) { return a / 10; }', '1 3 3 3 3 7 4 3 3 2 2 1 1'],
  [
    'passes doubles through a general register',
    'double g(double); double f(double d) { return g(d); }',
    '1 3 4 5 4 5 5 5 5 1 1',
  ],
];

describe('machine code of functions', () => {
  for (const [name, text, lengths] of cases) it(name, () => assert.equal(lengthsOf(text), lengths));
});

describe('doubts about code', () => {
  it('are had where gcc takes another way that is not followed: a signed one divided by a variable', () => {
    const doubtsOf = (text: string): readonly string[] => [...codeOf(text).doubts];
    assert.deepEqual(doubtsOf('int f(int x) { return 1 / x; }'), ['one divided by a variable']);
    assert.deepEqual(doubtsOf('long f(long *x) { return 1 / x[3] + 1; }'), ['one divided by a variable']);
    assert.deepEqual(doubtsOf('int f(int x) { return 1 % x + 2 / x; }'), []);
    assert.deepEqual(doubtsOf('unsigned f(unsigned x) { return 1 / x; }'), []);
  });
});
