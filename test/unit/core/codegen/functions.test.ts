import assert from 'node:assert/strict';
import { decodeSource, encodeUtf8 } from '../../../../src/base/utf8.ts';
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

  it('jump by tables of differences of labels', () => {
    const source = `
static int step(int i) {
  static const int distance[] = { &&a - &&c, &&b - &&c, &&c - &&c };
  static long back = &&c - &&a - 1;
  int n = 0;
  goto *(&&c + distance[i]);
a: n += 10;
b: n += 5;
c: return n + (back == (char *)&&c - (char *)&&a - 1);
}
int main(void) { return step(0) == 16 && step(1) == 6 && step(2) == 1; }`;
    assert.equal(runProgram(source).status, 1);
  });

  it('have long doubles beyond the range of double', () => {
    const source = `
int main(void) {
  static long double most = 1e4000L, least = 1e-4940L;
  return (most > 0) + 2 * (most * 1e900L < 1 / 0.0L) + 4 * (least / 2 != 0) + 8 * (most * least < 1);
}`;
    assert.equal(runProgram(source).status, 15);
  });

  it('do not start where something of static storage is beyond the model', () => {
    for (const source of [
      'struct huge { short all[1L << 60]; int last; }; int main(void) { return sizeof(struct huge) == 16; }',
      'static char huge[1L << 60]; char other[sizeof huge > 1 ? 1 : 1]; int main(void) { return 0; }',
    ])
      assert.match(String(runProgram(source).status), /^unsupported/);
  });

  it('compute what gcc computes of literals that do not exist then', () => {
    const source = `
char *strchr(const char *, int), *strstr(const char *, const char *);
void *memchr(const void *, int, unsigned long);
int main(void) {
  return (memchr("abc", 'b', 3) != 0) + 2 * (strstr("hello", "ll")[0] == 'l') + 4 * ("abc" + 1 != 0) + 8 * (strchr("abc", 'z') == 0);
}`;
    assert.equal(runProgram(source).status, 15);
  });

  it('know who called them, and from where', () => {
    const source = `
static void *inner[2], *outer;
static void leaf(void) { inner[0] = __builtin_return_address(1); inner[1] = __builtin_frame_address(1); }
static void middle(void) { outer = __builtin_return_address(0); leaf(); inner[1] -= (long)__builtin_frame_address(0); }
int main(void) { middle(); return (inner[0] == outer && outer != 0) + 2 * (inner[1] == 0); }`;
    assert.equal(runProgram(source).status, 3);
  });

  it('take bytes of the source that are no UTF-8 as they are', () => {
    const source = decodeSource(
      Uint8Array.from(
        Buffer.from('char a[] = "\xe4-\xc3\xa4"; int main(void) { return a[0] & 255; }', 'latin1'),
      ),
    );
    assert.equal(runProgram(source).status, 0xe4);
    assert.deepEqual([...encodeUtf8(decodeSource(Uint8Array.of(0xff, 0x41, 0x80)))], [0xff, 0x41, 0x80]);
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
