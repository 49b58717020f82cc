import assert from 'node:assert/strict';
import { parse } from '../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import { analyzeText } from '../../../support/check-sema.ts';

const lanes =
  'typedef int v4 __attribute__((vector_size(16))); typedef char c16 __attribute__((vector_size(16))); ' +
  'typedef float f4 __attribute__((vector_size(16))); typedef double d2 __attribute__((vector_size(16))); ';

/** Codes of the errors of parser and analyser. */
function errorsOf(text: string): readonly string[] {
  const { tokens } = preprocess({ name: 'a.c', text, target: 'x86_64' });
  return [...parse(tokens).diagnostics, ...analyzeText(text).diagnostics]
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);
}

/** Texts that gcc 12.2 takes, and texts that it refuses, all for one reason. */
function checkRule(code: string, taken: readonly string[], refused: readonly string[]): void {
  for (const text of taken) assert.deepEqual(errorsOf(text), [], text);
  for (const text of refused) assert.deepEqual(errorsOf(text), [code], text);
}

describe('what gcc 12 refuses', () => {
  it('scalars that the lanes of a vector do not hold', () => {
    const sum = (vector: string, parameter: string, operation: string): string =>
      `${lanes}void f(${vector} a, ${parameter}) { (void)(${operation}); }`;
    checkRule(
      'scalar-truncated',
      [
        sum('v4', 'unsigned x', 'a + x'),
        sum('v4', 'long x', 'a >> x'),
        sum('c16', 'int x', 'a - 200u'),
        sum('f4', 'short x', 'x * a'),
        sum('f4', 'int x', 'a * 0x7fffff80'),
        sum('d2', 'unsigned x', 'a / x'),
        sum('c16', 'char x', 'a == (int)x'),
      ],
      [
        sum('v4', 'long x', 'a + x'),
        sum('v4', 'int x', '5000000000 * a'),
        sum('c16', 'int x', 'a & x'),
        sum('c16', 'int x', 'a < 300'),
        sum('f4', 'int x', 'a * x'),
        sum('f4', 'double x', 'x - a'),
        sum('f4', 'int x', 'a + 0.1'),
        sum('f4', 'int x', '16777217 + a'),
        sum('d2', 'long x', 'a + x'),
      ],
    );
  });
  it('__thread in front of static and extern, beside typedef, and twice', () => {
    checkRule(
      'thread-before',
      ['static __thread int a;', '_Thread_local static int a;'],
      ['__thread static int a;', 'int __thread extern a;'],
    );
    checkRule(
      'duplicate-word',
      [],
      ['__thread __thread int a;', 'static _Thread_local _Thread_local int a;'],
    );
    checkRule('thread-typedef', [], ['__thread typedef int a;', 'typedef __thread int a;']);
  });
  it('models of thread-local storage that there are not', () => {
    checkRule(
      'tls-model',
      [
        '__thread int a __attribute__((tls_model("initial-exec")));',
        'int a __attribute__((tls_model("local-exec")));',
      ],
      [
        '__thread int a __attribute__((tls_model("exec")));',
        '__thread int a __attribute__((tls_model(1)));',
        '__thread int a __attribute__((tls_model));',
      ],
    );
  });
  it('arguments that attributes of the standard do not have', () => {
    checkRule(
      'attribute-string',
      ['[[nodiscard]] int f(void);', '[[deprecated("a" "b")]] int f(void);'],
      [
        '[[nodiscard()]] int f(void);',
        '[[nodiscard(1)]] int f(void);',
        '[[deprecated("a", 1)]] int f(void);',
      ],
    );
    checkRule('attribute-without-arguments', ['[[maybe_unused]] int a;'], ['[[maybe_unused()]] int a;']);
  });
  it('fallthrough outside of a switch', () => {
    checkRule(
      'misplaced-fallthrough',
      ['int f(int a) { switch (a) { case 1: if (a) { [[fallthrough]]; } case 2: return 1; } return 0; }'],
      ['void f(void) { [[fallthrough]]; }', 'void f(void) { __attribute__((fallthrough)); }'],
    );
  });
  it('_Imaginary, which it does not have', () => {
    for (const text of ['double _Imaginary d;', 'int _Imaginary;'])
      assert.notDeepEqual(errorsOf(text), [], text);
  });
});
