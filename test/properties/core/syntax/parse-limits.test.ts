/**
 * Texts that are nested very deep or very long: they end in time, without an overflow of the stack.
 */
import assert from 'node:assert/strict';
import { parseText } from '../../../support/check-parse.ts';
import { fileScopeNames } from '../../../support/declared-names.ts';

const levels = 30_000;
const many = (text: string): string => text.repeat(levels);

describe('parser: limits', () => {
  const nested: readonly (readonly [string, string])[] = [
    ['parentheses', `int x = ${many('(')}1${many(')')};`],
    ['parentheses without end', `int x = ${many('(')};`],
    ['unary operators', `int x = ${many('- ')}1;`],
    ['casts', `int x = ${many('(int)')}1;`],
    ['sizeof', `int x = ${many('sizeof ')}1;`],
    ['pointers', `int ${many('*')}x;`],
    ['arrays', `int x${many('[1]')};`],
    ['declarators in parentheses', `int ${many('(')}x${many(')')};`],
    ['parameters', `int x${many('(int ')}${many(')')};`],
    ['blocks', `void x(void) {${many('{')}${many('}')}}`],
    ['ifs', `void x(void) { ${many('if (1) ')}; }`],
    ['loops', `void x(void) { ${many('for (;;) ')}; }`],
    ['do loops', `void x(void) { ${many('do ')};${many('while (1); ')} }`],
    ['assignments', `int x = ${many('y = ')}1;`],
    ['conditionals', `int x = ${many('1 ? 2 : ')}1;`],
    ['conditionals in the middle', `int x = ${many('1 ? ')}1;`],
    ['initialisers', `int x = ${many('{')}${many('}')};`],
    ['records', `${many('struct {')}int a;${many('} a;')} int x;`],
    ['subscripts', `int x = ${many('a[')}1${many(']')};`],
    ['calls', `int x = ${many('a(')}${many(')')};`],
    ['statement expressions', `int x = ${many('({')}${many('})')};`],
    ['typeof', `${many('typeof(')}int${many(')')} x;`],
    ['_Atomic', `${many('_Atomic(')}int${many(')')} x;`],
    ['_Alignas', `${many('_Alignas(')}int${many(')')} int x;`],
    ['attributes', `int x __attribute__((${many('a(')}${many(')')}));`],
    ['nested functions', `void x(void) {${many('void f(void) {')}${many('}')}}`],
    [
      'all binary operators',
      `int x = ${many('a || b && c | d ^ e & f == g < h << i + j * (')}1${many(')')};`,
    ],
  ];
  for (const [what, text] of nested) {
    it(`reports ${what} nested too deep once, and goes on`, () => {
      const { unit, diagnostics } = parseText(`${text}\nint last;\n`);
      assert.deepEqual(
        diagnostics.map(({ code }) => code),
        ['nesting-too-deep'],
      );
      const names = fileScopeNames(unit);
      if (!what.endsWith('without end'))
        assert.deepEqual([names.includes('x'), names.at(-1)], [true, 'last']);
    }).timeout(10_000);
  }

  it('takes parentheses and asterisks that gcc takes, ten thousand deep', () => {
    const open = '('.repeat(10_000);
    const close = ')'.repeat(10_000);
    const stars = `${'(* const '.repeat(5_000)}b${')'.repeat(5_000)}`;
    const text = `int a = ${open}1${close}; int ${stars}; int ${'*'.repeat(10_000)}c; int last;`;
    const { unit, diagnostics } = parseText(text);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(fileScopeNames(unit), ['a', 'b', 'c', 'last']);
  });

  const chains: readonly (readonly [string, string])[] = [
    ['else if', `void x(int a) { ${many('if (a) ; else ')}; }`],
    ['cases', `void x(int a) { switch (a) { ${many('case 1: ')}; } }`],
    ['labels', `void x(int a) { ${many('a: ')}; }`],
    ['sums', `int x = ${many('1 + ')}1;`],
    ['commas', `int x = (${many('1, ')}1);`],
    ['subscripts behind one another', `int x = a${many('[0]')};`],
    ['calls behind one another', `int x = a${many('()')};`],
    ['members', `int x = a${many('.b')};`],
    ['__extension__', `${many('__extension__ ')}int x;`],
    ['__extension__ in a cast', `int x = (${many('__extension__ ')}int)1;`],
    ['attributes behind one another', `int x ${many('__attribute__((a)) ')};`],
    ['strings', `char *x = ${many('"a"')};`],
    ['items', `int x[] = { ${many('1, ')} };`],
    ['declarators', `int ${many('a, ')}x;`],
  ];
  for (const [what, text] of chains) {
    it(`takes ${what} in any number`, () => {
      const { unit, diagnostics } = parseText(`${text}\nint last;\n`);
      assert.deepEqual(diagnostics, []);
      assert.deepEqual(fileScopeNames(unit).at(-1), 'last');
    }).timeout(10_000);
  }

  it('takes 250 levels of parentheses, blocks and declarators', () => {
    const some = (text: string): string => text.repeat(250);
    for (const text of [
      `int x = ${some('(')}1${some(')')};`,
      `void f(void) {${some('{')}${some('}')}}`,
      `int ${some('(')}x${some(')')};`,
    ]) {
      assert.deepEqual(parseText(text).diagnostics, []);
    }
  });

  it('reports at most 500 mistakes of a text that has nothing else', () => {
    for (const piece of [
      ') ',
      '( ; ',
      'x y ',
      'int f(int a) int\n',
      'struct { int a ',
      'int a = { 1 ',
      '[[',
      'if ( x { ',
    ]) {
      const { diagnostics } = parseText(piece.repeat(5_000));
      assert.ok(diagnostics.length <= 500);
    }
    for (const piece of [
      'foo( ; ',
      'foo( 1 2 ',
      'if ( x { ',
      'do { ',
      'for(a;b ',
      'case ',
      'x = ({ ',
      '\nfor (',
    ]) {
      const { diagnostics } = parseText(`void f(void) {\n${piece.repeat(5_000)}}\nint y;`);
      assert.ok(diagnostics.length <= 500);
    }
  }).timeout(20_000);
});
