/**
 * Small programs, right and wrong, with the lines on which gcc 12 gives errors: ours are on the same lines.
 *
 * `programs.txt` holds them, each behind a comment with the lines of `gcc -std=gnu17`. Words and digit separators of C23
 * are warnings here, for the analysis goes on with what they mean; programs that have them are compared in that only.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../../src/core/source/diagnostic.ts';
import { analyze } from '../../../src/core/sema/analyzer.ts';
import { parse } from '../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../src/core/target/data-model.ts';

/** Where ours differ, by the beginning of the program, and why. */
const known = new Map([
  ['#include "nosuchfile.h"', 'a header that is not found is a warning: the analysis goes on'],
  ['#include <nosuchfile.h>', 'a header that is not found is a warning: the analysis goes on'],
  [
    '#define f(x) x',
    'the argument list that is not closed is reported at its call, gcc reports it at the end too',
  ],
  [
    'int f(void) { int a[3 = {1}; return 0; }',
    'gcc loses count of the braces, and reports the end of the file',
  ],
  ['int f(a) { return a; } int g(a) int a { return a; }', 'gcc reports the end of the file as well'],
  ['[[noreturn]] void f(void);', 'where [[fallthrough]] stands is not checked'],
  [
    '#include <stdio.h>\nint main(void) {\n  int x = 10\n',
    'gcc reports a brace behind a statement that was not closed again',
  ],
]);

interface Recorded {
  readonly text: string;
  readonly lines: readonly number[];
}

function recordedPrograms(): readonly Recorded[] {
  return readFileSync(join(import.meta.dirname, 'programs.txt'), 'utf8')
    .split(/^---\n/m)
    .map((part) => {
      const end = part.indexOf('\n');
      const lines = (part.slice(0, end).match(/\d+/g) ?? []).map(Number);
      return { text: part.slice(end + 1), lines };
    });
}

function diagnosticsOf(text: string): readonly Diagnostic[] {
  const { tokens, files, diagnostics } = preprocess({ name: 'a.c', text, target: 'x86_64' });
  const parsed = parse(tokens, { files });
  const unit = analyze(parsed.unit, { model: dataModelOf('x86_64') });
  return [...diagnostics, ...parsed.diagnostics, ...unit.diagnostics];
}

function errorLines(text: string): number[] {
  const lines = new Set<number>();
  for (const { severity, span } of diagnosticsOf(text))
    if (severity === 'error') lines.add(text.slice(0, (span.expandedAt ?? span).start).split('\n').length);
  return [...lines].sort((a, b) => a - b);
}

/** Whether a program is told that gcc 12 does not take what C23 added. */
const isOfC23 = (text: string): boolean => diagnosticsOf(text).some(({ code }) => code.startsWith('later-'));

describe('errors on the lines of gcc', () => {
  const programs = recordedPrograms();

  it('agree for all but the listed programs', () => {
    assert.ok(programs.length >= 890, `${programs.length} programs`);
    const wrong = programs.filter(
      ({ text, lines }) =>
        errorLines(text).join(' ') !== lines.join(' ') &&
        ![...known.keys()].some((beginning) => text.startsWith(beginning)) &&
        !isOfC23(text),
    );
    assert.deepEqual(
      wrong.map(({ text, lines }) => `${text} // ours ${errorLines(text).join(' ')}, gcc ${lines.join(' ')}`),
      [],
    );
  });

  it('give gcc’s lines in 97 of 100 cases, and few others', () => {
    let found = 0;
    let ours = 0;
    let all = 0;
    for (const { text, lines } of programs) {
      if (isOfC23(text)) continue;
      const own = errorLines(text);
      all += lines.length;
      ours += own.length;
      found += own.filter((line) => lines.includes(line)).length;
    }
    assert.ok(found / all >= 0.97, `recall ${found} of ${all}`);
    assert.ok(found / ours >= 0.99, `precision ${found} of ${ours}`);
  });
});
