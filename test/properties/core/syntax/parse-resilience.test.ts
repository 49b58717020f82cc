/**
 * Properties of the parser on damaged text: it ends, it does not throw, its spans lie in the text, and what was not
 * touched keeps its names.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from '../../../../src/core/syntax/parser.ts';
import type { Span } from '../../../../src/core/source/text-span.ts';
import { parseText } from '../../../support/check-parse.ts';
import { allNames, fileScopeNames } from '../../../support/declared-names.ts';
import { tokenize } from '../../../support/tokenize.ts';

const functionTexts = [
  'static int sum(const int *values, int count)\n{\n  int total = 0;\n  for (int i = 0; i < count; i++) {\n    total += values[i];\n  }\n  return total;\n}\n',
  'struct node *push(struct node *head, int key)\n{\n  struct node *n = malloc(sizeof(struct node));\n  if (n == 0) {\n    return head;\n  } else {\n    n->next = head;\n  }\n  n->key = key;\n  return n;\n}\n',
  'void walk(struct node *list, void (*visit)(struct node *, void *), void *arg)\n{\n  while (list) {\n    struct node *next = list->next;\n    visit(list, arg);\n    list = next;\n  }\n}\n',
  'int choose(int kind)\n{\n  switch (kind) {\n  case 1:\n  case 2: {\n    char text[] = "two";\n    return text[0];\n  }\n  default:\n    break;\n  }\n  do {\n    kind--;\n  } while (kind > 0);\n  return kind ? kind : -1;\n}\n',
  'int main(int argc, char **argv)\n{\n  int numbers[] = { 1, 2, [5] = 3 };\n  struct node *list = 0;\n  list = push(list, sum(numbers, 6));\n  walk(list, 0, &(int){ argc });\n  printf("%s %d\\n", argv[0], choose(2));\n  return 0;\n}\n',
];
const names = ['sum', 'push', 'walk', 'choose', 'main'];
const head =
  'typedef unsigned long size_t;\nstruct node {\n  struct node *next;\n  int key;\n};\nextern void *malloc(size_t);\nint printf(const char *, ...);\nstatic int counter;\n\n';
const program = head + functionTexts.join('\n');

describe('parser: resilience', () => {
  const whole = tokenize(program);

  it('ends a function that was cut off where the next one begins, also without a type', () => {
    for (const cut of ['  if (n', '  while (n) {\n    n--;', '  n = f(1']) {
      for (const next of ['int g(int m)\n{', 'g(m)\n{', 'static int g(int m)\n{']) {
        const source = `int f(int n)\n{\n  n++;\n${cut}\n${next}\n  return 2;\n}\nint last(void)\n{\n  return 3;\n}\n`;
        const found = fileScopeNames(parseText(source).unit);
        for (const name of ['f', 'g', 'last']) assert.ok(found.includes(name), `${name} lost\n${source}`);
      }
    }
  });

  it('keeps the other functions when a token is deleted in one of them', () => {
    let kept = 0;
    let total = 0;
    functionTexts.forEach((text, damaged) => {
      const { tokens } = tokenize(text);
      for (let at = 0; at < tokens.length - 1; at++) {
        const { start, end } = tokens[at]!.span;
        const broken = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
        const source = head + functionTexts.map((other, i) => (i === damaged ? broken : other)).join('\n');
        const found = fileScopeNames(parseText(source).unit);
        for (const [i, name] of names.entries()) {
          if (i !== damaged)
            assert.ok(found.includes(name), `${name} lost without ${text.slice(start, end)}\n${broken}`);
        }
        total += 1;
        if (found.includes(names[damaged]!)) kept += 1;
      }
    });
    // The name of the damaged function goes only when it is the token deleted, or next to it.
    assert.ok(kept / total > 0.97, `${kept} of ${total}`);
  });

  it('keeps the other functions when a token is doubled in one of them', () => {
    functionTexts.forEach((text, damaged) => {
      const { tokens } = tokenize(text);
      for (let at = 0; at < tokens.length - 1; at++) {
        const { start, end } = tokens[at]!.span;
        const broken = `${text.slice(0, end)} ${text.slice(start, end)}${text.slice(end)}`;
        const source = head + functionTexts.map((other, i) => (i === damaged ? broken : other)).join('\n');
        const found = fileScopeNames(parseText(source).unit);
        for (const [i, name] of names.entries()) {
          if (i !== damaged)
            assert.ok(found.includes(name), `${name} lost with two ${text.slice(start, end)}\n${broken}`);
        }
      }
    });
  });

  it('keeps the other functions when one is cut off anywhere', () => {
    functionTexts.forEach((text, damaged) => {
      for (let cut = 0; cut < text.length; cut += 1) {
        const source =
          head + functionTexts.map((other, i) => (i === damaged ? other.slice(0, cut) : other)).join('\n');
        const found = fileScopeNames(parseText(source).unit);
        for (const [i, name] of names.entries()) {
          if (i !== damaged) assert.ok(found.includes(name), `${name} lost, ${names[damaged]} cut at ${cut}`);
        }
      }
    });
  });

  it('keeps most declared names after one random damage', () => {
    const before = allNames(parse(whole.tokens, { files: whole.files }).unit);
    let kept = 0;
    let total = 0;
    for (let at = 0; at < whole.tokens.length - 1; at++) {
      const damaged = [...whole.tokens.slice(0, at), ...whole.tokens.slice(at + 1)];
      const after = allNames(parse(damaged, { files: whole.files }).unit);
      total += before.size;
      for (const name of before) if (after.has(name)) kept++;
    }
    assert.ok(kept / total > 0.985, `${((100 * kept) / total).toFixed(2)} %`);
  });

  it('reports one deleted token at most three times', () => {
    let most = 0;
    let reports = 0;
    for (let at = 0; at < whole.tokens.length - 1; at++) {
      const damaged = [...whole.tokens.slice(0, at), ...whole.tokens.slice(at + 1)];
      const { diagnostics } = parse(damaged, { files: whole.files });
      most = Math.max(most, diagnostics.length);
      reports += diagnostics.length;
    }
    assert.ok(most <= 3, `${most} diagnostics`);
    assert.ok(
      reports / whole.tokens.length < 1.05,
      `${(reports / whole.tokens.length).toFixed(2)} on average`,
    );
  });

  it('takes any sequence of tokens', () => {
    const words = [
      ...new Set(whole.tokens.map((token) => token.text)),
      'goto',
      'typeof',
      '_Generic',
      'asm',
      '[[',
      'enum',
      '__attribute__((',
      '({',
      '#pragma pack(',
      '@',
      '"',
      "'",
      '\n',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (sequence) => {
        const text = sequence.join(' ');
        const { tokens, files } = tokenize(text);
        const result = parse(tokens, { files });
        checkSpans(result.unit, text.length);
        for (const { span } of result.diagnostics) checkSpan(span, text.length);
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it('takes damaged programs', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 6 }), (damages) => {
        const tokens = [...whole.tokens];
        for (const [from, to, remove] of damages) {
          const at = from % (tokens.length - 1);
          if (remove) tokens.splice(at, 1 + (to % 5));
          else tokens.splice(at, 0, whole.tokens[to % (whole.tokens.length - 1)]!);
        }
        parse(tokens, { files: whole.files });
        parse(tokens);
      }),
      { numRuns: 150, seed: 2 },
    );
  });
});

function checkSpans(node: unknown, length: number): void {
  if (Array.isArray(node)) {
    for (const item of node) checkSpans(item, length);
  } else if (typeof node === 'object' && node !== null) {
    if ('span' in node) checkSpan(node.span as Span, length);
    for (const value of Object.values(node)) checkSpans(value, length);
  }
}

function checkSpan(span: Span, length: number): void {
  assert.ok(0 <= span.start && span.start <= span.end && span.end <= length, JSON.stringify(span));
}
