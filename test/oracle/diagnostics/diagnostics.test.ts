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
  ['int f(void) __attribute__((target("foo")));', 'names of targets are not looked up'],
  [
    'int f(int a) { return __builtin_frame_address(a) != 0; }',
    'that a level must be a constant is not checked',
  ],
  ['void f(int a) { __asm__("" : : : "foo"); }', 'registers that assembly changes are not looked up'],
  ['register int x asm("12");', 'whether a register suits the type of its variable is not checked'],
  ['struct s { extern int x; int y; };', 'gcc takes the member behind a broken one for a part of it'],
  [
    'int f(int a) { switch (a) { case 1: __attribute__((fallthrough)) a++; } return 0; }',
    'a word of an attribute in front of an expression is not checked',
  ],
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

interface Compared extends Recorded {
  /** Lines of our errors. */
  readonly own: readonly number[];
}

/** What the analysis says of a program; undefined where it is told that gcc 12 does not take what C23 added. */
function compared({ text, lines }: Recorded): Compared | undefined {
  const diagnostics = diagnosticsOf(text);
  if (diagnostics.some(({ code }) => code.startsWith('later-'))) return undefined;
  const own = new Set<number>();
  for (const { severity, span } of diagnostics)
    if (severity === 'error') own.add(text.slice(0, (span.expandedAt ?? span).start).split('\n').length);
  return { text, lines, own: [...own].sort((a, b) => a - b) };
}

describe('errors on the lines of gcc', () => {
  let programs: readonly Compared[] = [];

  before(function () {
    this.timeout(60_000);
    const recorded = recordedPrograms();
    assert.ok(recorded.length >= 1430, `${recorded.length} programs`);
    programs = recorded.flatMap((program) => compared(program) ?? []);
  });

  it('agree for all but the listed programs', () => {
    const wrong = programs.filter(
      ({ text, lines, own }) =>
        own.join(' ') !== lines.join(' ') &&
        ![...known.keys()].some((beginning) => text.startsWith(beginning)),
    );
    assert.deepEqual(
      wrong.map(({ text, lines, own }) => `${text} // ours ${own.join(' ')}, gcc ${lines.join(' ')}`),
      [],
    );
  });

  it('give gcc’s lines in 97 of 100 cases, and few others', () => {
    let found = 0;
    let ours = 0;
    let all = 0;
    for (const { lines, own } of programs) {
      all += lines.length;
      ours += own.length;
      found += own.filter((line) => lines.includes(line)).length;
    }
    assert.ok(found / all >= 0.97, `recall ${found} of ${all}`);
    assert.ok(found / ours >= 0.99, `precision ${found} of ${ours}`);
  });
});
