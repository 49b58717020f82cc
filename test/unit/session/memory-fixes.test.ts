import assert from 'node:assert/strict';
import { defaultAnalysisOptions, analyzeUnit } from '../../../src/session/analysis.ts';
import { checkRun } from '../../../src/session/check-run.ts';
import { leakFix, overflowFix } from '../../../src/session/memory-fixes.ts';
import { openSession } from '../../support/open-session.ts';

const head = '#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n';

/** The program after the first fix that is offered; undefined when none is. */
function mended(body: string): string | undefined {
  const text = head + body;
  const { mistakes, leaks } = checkRun(openSession(text), 'en');
  assert.ok(mistakes.length + leaks.length > 0, 'nothing was found');
  const unit = analyzeUnit({ name: 'program.c', text }, defaultAnalysisOptions);
  const [fix] = [
    ...mistakes.map((mistake) => overflowFix(unit, mistake)),
    ...leaks.map((leak) => leakFix(unit, leak)),
  ].filter((one) => one !== undefined);
  if (fix === undefined) return undefined;
  return (text.slice(0, fix.offset) + fix.text + text.slice(fix.offset)).slice(head.length);
}

/** The program after the fix, which must leave nothing to be found. */
function clean(body: string): string {
  const text = mended(body);
  assert.ok(text !== undefined, 'no fix is offered');
  const { mistakes, leaks } = checkRun(openSession(head + text), 'en');
  assert.deepEqual([mistakes, leaks.filter(({ kind }) => kind !== 'reachable')], [[], []]);
  return text;
}

describe('quick fixes for mistakes with memory', () => {
  it('make room for the terminator', () => {
    const text = clean(
      'int main(int argc, char **argv) {\n  char *p = (char *)malloc(strlen(argv[0]));\n  strcpy(p, argv[0]);\n  free(p);\n  return argc == 0;\n}\n',
    );
    assert.match(text, /malloc\(strlen\(argv\[0\]\) \+ 1\);/);
  });

  it('do not where more than the terminator is missing, or something else was counted', () => {
    assert.equal(
      mended(
        'int main(int argc, char **argv) {\n  char *p = malloc(strlen(argv[0]));\n  strcpy(p, argv[0]);\n  strcat(p, "more");\n  free(p);\n  return argc == 0;\n}\n'.replace(
          'strcpy(p, argv[0]);\n  strcat(p, "more")',
          'memset(p, 1, strlen(argv[0]) + 4)',
        ),
      ),
      undefined,
    );
    assert.equal(
      mended(
        'static size_t strlen_(const char *s) { return strlen(s); }\nint main(int argc, char **argv) {\n  char *p = malloc(strlen_(argv[0]));\n  strcpy(p, argv[0]);\n  free(p);\n  return argc == 0;\n}\n',
      ),
      undefined,
    );
  });

  it('take the size of what a pointer points to', () => {
    for (const size of ['sizeof p', 'sizeof(p)', 'sizeof (p)'])
      assert.match(
        clean(
          `struct s { long a[5]; };\nint main(void) {\n  struct s *p = malloc(${size});\n  p->a[4] = 1;\n  long r = p->a[4];\n  free(p);\n  return r != 1;\n}\n`,
        ),
        /sizeof ?\(?\*p\)?/,
      );
  });

  it('do not where that would not be enough, or the size is of something else', () => {
    const program = (size: string, index: number): string =>
      `struct s { long a[5]; };\nint main(void) {\n  struct s *p, *q = 0;\n  p = malloc(${size});\n  p[${String(index)}].a[4] = 1;\n  free(p);\n  return q != 0;\n}\n`;
    assert.equal(mended(program('sizeof p', 1)), undefined);
    assert.equal(mended(program('sizeof q', 0)), undefined);
    assert.equal(mended(program('8', 0)), undefined);
    assert.match(clean(program('sizeof p', 0)), /malloc\(sizeof \*p\)/);
  });

  it('free what only one variable knows, before the function returns', () => {
    assert.match(
      clean(
        'static int f(int n) {\n  char *text = malloc(20);\n  int k = snprintf(text, 20, "%d", n);\n  for (int i = 0; i < k; i++)\n    if (text[i] == 0) puts(text + i);\n  return k;\n}\nint main(void) {\n  return f(7) != 1;\n}\n',
      ),
      /puts\(text \+ i\);\n {2}free\(text\);\n {2}return k;\n}/,
    );
    assert.match(
      clean(
        'static void f(void) {\n  int *p;\n  p = calloc(4, sizeof *p);\n  p[1] = 2;\n}\nint main(void) {\n  f();\n  return 0;\n}\n',
      ),
      / {2}p\[1\] = 2;\n {2}free\(p\);\n}/,
    );
  });

  it('do not where another could know the block, or it may be used or freed on another way', () => {
    const bodies = [
      'char *p = malloc(9); if (n) return 1; p[0] = 1; return 0;',
      'char *p = malloc(9); p[0] = 1; return p[0];',
      'char *p = malloc(9); kept = p; p[0] = 1; kept = 0; return 0;',
      'char *p = malloc(9); keep(p); keep(0); return 0;',
      'char *p = malloc(9); if (n) free(p); return 0;',
      'char *p = malloc(9); p = 0; return p == 0;',
      'char *p = malloc(9); p++; return 0;',
      'char *p = malloc(9); char *q = p + 1; q[0] = 1; return 0;',
      'char *p = malloc(9); char *q = strcpy(p, "a"); return q == 0;',
      'char *p = malloc(9); long number = (long)p; return number == 0;',
      'char *p = malloc(9); char **q = &p; **q = 1; return 0;',
      'if (n == 0) { char *p = malloc(9); p[0] = 1; } return 0;',
      'char *p = malloc(9); goto end; end: return 0;',
      'struct list *p = malloc(sizeof *p); p->next = p; return 0;',
      'static char *p; p = malloc(9); p = 0; return 0;',
      'char *p = MAKE(9); p[0] = 1; return 0;',
      'char *p = malloc(9), *q = malloc(9); p[0] = q[0] = 1; return 0;',
    ];
    for (const body of bodies) {
      const text = `struct list { struct list *next; };\n#define MAKE(n) malloc(n)\nstatic char *kept;\nstatic void keep(char *p) { kept = p; }\nstatic int f(int n) {\n  ${body}\n}\nint main(void) {\n  keep(kept);\n  return f(0);\n}\n`;
      assert.equal(mended(text), undefined, body);
    }
  });
});
