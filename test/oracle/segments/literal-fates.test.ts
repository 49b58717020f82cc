/**
 * Which string literals exist in the object file: statements of one line each, beside what gcc -O0 wrote into its assembly.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { analyzeUnit, defaultAnalysisOptions } from '../../../src/session/analysis.ts';

interface Recording {
  /** The statement, `@` for each literal; what gcc kept for x86-64 and for i386, a digit a literal. */
  readonly statements: readonly (readonly [string, string, string])[];
}

const { statements } = JSON.parse(
  readFileSync(new URL('literal-fates.json', import.meta.url), 'utf8'),
) as Recording;

const head = `#define _GNU_SOURCE
${['stdio', 'string', 'strings', 'stdlib', 'math', 'wchar', 'assert', 'stdarg', 'ctype', 'syslog'].map((name) => `#include <${name}.h>\n`).join('')}
int g(const char *); void h(const char *);
`;

/** What is written differently through `__builtin_` is not known any more behind the parser. */
const known: readonly RegExp[] = [
  /^n = strlen\(c \? @ : @\)/,
  /^bcopy\(/,
  /^n = !@;|^n = @ == @;/,
  /^__builtin_memcpy|^__builtin___strcpy_chk/,
  /^if \(\(n & 0\) == 1\)/,
];

describe('literals that gcc -O0 keeps', () => {
  for (const [target, column] of [
    ['x86_64', 1],
    ['i386', 2],
  ] as const) {
    it(`of ${String(statements.length)} statements, on ${target}`, () => {
      let count = 0;
      const text = statements
        .map(([statement], i) => {
          const body = statement.replaceAll('@', () => `"s text ${String((count += 1))} "`);
          return `void f${String(i)}(int n, int c, const char *p, FILE *f, va_list ap) { char b[64]; char *q; double d; ${body} }\n`;
        })
        .join('');
      const compile = { ...defaultAnalysisOptions.compile, target };
      const unit = analyzeUnit({ name: 'main.c', text: head + text }, { ...defaultAnalysisOptions, compile });
      const kept = new Set<number>();
      for (const { kind, literal, name } of unit.placements) {
        if (kind !== 'string' || literal === undefined || literal.kind === 'no') continue;
        // Joined ones have several numbers.
        for (const [, number] of name.matchAll(/s text (\d+) /g)) kept.add(Number(number));
      }
      let next = 0;
      const wrong = statements.flatMap((row) => {
        const expected = row[column];
        const actual = Array.from(expected, () => (kept.has((next += 1)) ? '1' : '0')).join('');
        // The name of a long literal is cut off.
        const isCut = row[0].includes('@ @ @');
        return actual === expected || isCut || known.some((one) => one.test(row[0]))
          ? []
          : [`${row[0]} expected ${expected}, actual ${actual}`];
      });
      assert.deepEqual(wrong, []);
    });
  }
});
