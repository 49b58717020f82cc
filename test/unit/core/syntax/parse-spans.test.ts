/** Spans of nodes: exact in plain text, in a macro's argument, and at the invocation when text comes from several places. */
import assert from 'node:assert/strict';
import { parse } from '../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import type { Span } from '../../../../src/core/source/text-span.ts';

/** The text that the initialiser of the last declaration covers, and the macro use it belongs to. */
function initializerSpan(text: string): { readonly covers: string; readonly expandedAt: string | undefined } {
  const { tokens, files } = preprocess({ name: 'test.c', text, target: 'x86_64' });
  const { unit, diagnostics } = parse(tokens, { files });
  assert.deepEqual(diagnostics, []);
  const last = unit.declarations.at(-1);
  assert.ok(last?.kind === 'declaration');
  const span = last.declarators[0]?.initializer?.span;
  assert.ok(span);
  const covered = ({ file, start, end }: Span): string => files[file]!.text.slice(start, end);
  return { covers: covered(span), expandedAt: span.expandedAt && covered(span.expandedAt) };
}

describe('parser: spans', () => {
  const cases: readonly (readonly [string, string, string, string | undefined])[] = [
    ['plain text', 'int x = 1 + (2 * f(3))[4];', '1 + (2 * f(3))[4]', undefined],
    ['a macro argument', '#define ID(a) a\nint x = ID(p + q);', 'p + q', 'ID'],
    ['a macro body', '#define TWO 1 + 1\nint x = TWO;', 'TWO', 'TWO'],
    ['body and argument', '#define INC(a) a + 1\nint x = INC(y);', 'INC', 'INC'],
    ['argument behind body', '#define NEG(a) -a\nint x = NEG(y);', 'NEG', 'NEG'],
    ['two macros', '#define A 1\n#define B 2\nint x = A + B;', 'A + B', undefined],
    ['a macro and plain text', '#define A 1\nint x = A + 2;', 'A + 2', undefined],
    ['plain text and a macro', '#define A(x) x\nint x = 2 + A(3);', '2 + A', undefined],
  ];
  for (const [what, text, covers, expandedAt] of cases) {
    it(`covers ${what}`, () => {
      assert.deepEqual(initializerSpan(text), { covers, expandedAt });
    });
  }

  it('gives the place of a brace that ends a block', () => {
    const text = 'void f(void) { int x; { x = 1; } }';
    const { tokens, files } = preprocess({ name: 'test.c', text, target: 'x86_64' });
    const [item] = parse(tokens, { files }).unit.declarations;
    assert.ok(item?.kind === 'function-definition');
    assert.equal(item.body.closeSpan.start, text.length - 1);
    assert.deepEqual([item.span.start, item.span.end], [0, text.length]);
  });

  it('finds the next function behind a broken one through macros and headers', () => {
    const text =
      '#include <stdio.h>\n#define API static\nint f(void) {\n  if (1) {\n    puts("a");\n\nAPI int g(void) {\n  return 1;\n}\n';
    const { tokens, files } = preprocess({ name: 'test.c', text, target: 'x86_64' });
    const { unit, diagnostics } = parse(tokens, { files });
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['missing-close-brace'],
    );
    assert.equal(unit.declarations.at(-1)?.kind, 'function-definition');
  });
});
