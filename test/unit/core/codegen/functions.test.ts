import assert from 'node:assert/strict';
import { renderText } from '../../../../src/core/text/all-texts.ts';
import { compile, runProgram } from '../../../support/run-program.ts';

const smashing = (count: number): string => `
static void fill(int count) {
  char block[8];
  for (int k = 0; k < count; k++) block[k] = 'x';
}
int main(void) { fill(${count}); return 3; }
`;

describe('functions', () => {
  it('notice a smashed stack when they are compiled with a guard', () => {
    assert.equal(runProgram(smashing(8), { stackProtector: true }).status, 3);
    assert.equal(runProgram(smashing(9), { stackProtector: true }).status, 'stack smashing');
  });

  it('end where the program runs out of turns, in loops that are functions, too', () => {
    assert.equal(runProgram('int main(void) { for (;;); }', {}, 100_000).status, 'out of fuel');
    assert.equal(
      runProgram('int f(int n) { return f(n + 1) + 1; } int main(void) { return f(0); }', {}, 1000).status,
      'out of fuel',
    );
  });

  it('name what they cannot do at the line where it stands, and run up to it', () => {
    const source = `#include <setjmp.h>
int printf(const char *, ...);
static jmp_buf place;
static int count;
int main(void) {
  printf("before\\n");
  return count++ + setjmp(place);
}
`;
    const { stdout, status, compilation } = runProgram(source);
    assert.equal(stdout, 'before\n');
    assert.match(String(status), /unsupported/);
    const [place] = compilation.program.unsupported;
    assert.ok(place);
    assert.equal(source.slice(place.span.start, place.span.end).startsWith('setjmp'), true);
    assert.match(renderText(place.reason, 'en'), /setjmp/);
  });

  it('stop before static data that needs the difference of labels', () => {
    const source = `
int puts(const char *);
int main(void) {
  puts("before");
  static int distance[] = { &&b - &&a };
a: b: return distance[0];
}`;
    const { stdout, status } = runProgram(source);
    assert.equal(stdout, 'before\n');
    assert.match(String(status), /unsupported/);
  });

  it('are valid WebAssembly on i386, too', () => {
    const { program, errors } = compile(
      [
        `#include <stdarg.h>
struct pair { int a; long long b; };
static struct pair make(int a, long long b) { struct pair p = { a, b }; return p; }
static double mean(int n, const double *v) { double s = 0; for (int i = 0; i < n; i++) s += v[i]; return s / n; }
int main(void) {
  static double v[3] = { 1, 2, 3 };
  struct pair p = make(1, 2);
  int (*f)(int, double) = (int (*)(int, double))make;
  double _Complex z = 1.0 + 2.0i;
  return p.a + (int)mean(3, v) + (int)p.b + (f != 0) + (int)__real__ (z * z);
}`,
      ],
      { target: 'i386' },
    );
    assert.deepEqual(errors, []);
    assert.equal(WebAssembly.validate(program.wasm), true);
  });
});
