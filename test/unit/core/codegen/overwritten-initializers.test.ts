import assert from 'node:assert/strict';
import { runProgram } from '../../../support/run-program.ts';

/** What each object's ints are, as gcc 12 -O0 has them. */
const objects: readonly (readonly [type: string, initializer: string, ints: string])[] = [
  ['struct s', '{ .t = { 1, 2, N }, .t = { .b = 5 }, .x = 1 }', '0 5 0 1'],
  ['struct s', '{ .t = { 1, 2, N }, .t.b = 5, .x = 1 }', '1 5 3 1'],
  ['struct s', '{ .t = (struct t){ 1, 2, N }, .x = 1, .t = { N } }', '3 0 0 1'],
  ['union u', '{ .a = { 1, 2, 3, N }, .b = 9 }', '9 0 0 0'],
  ['union u', '{ .b = N, .a[2] = 7 }', '0 0 7 0'],
  ['union u', '{ .a[1] = N, .a[2] = 7 }', '0 3 7 0'],
  ['struct c', '{ .s = "longone", .s = "ab", .k = N }', '25185 0 3'],
  ['struct c', '{ .s = "longone", .s[0] = 0, .k = N }', '1735290624 6647407 3'],
  ['struct b', '{ { { .f = 7, .g = 31, .f = N } }, .h[1] = { 7, 31, 5 }, .h[1].f = 1 }', '251 0 249 5'],
  ['struct s', '{ .x = 4, .t.c = N, .x = 5 }', '0 0 3 5'],
];

const types = `
struct t { int a, b, c; };
struct s { struct t t; int x; };
union u { int a[4]; int b; };
struct c { char s[8]; int k; };
struct b { struct { unsigned f : 3, g : 5; int w; } h[2]; };
int printf(const char *, ...);
static void show(const void *from, int size) {
  for (const int *at = from; size > 0; size -= 4) printf("%d%s", *at++, size > 4 ? " " : "\\n");
}
`;

describe('initialisers that are overwritten', () => {
  const expected = objects.map(([, , ints]) => `${ints}\n`).join('');

  it('leave nothing of themselves in static objects', () => {
    const body = objects.map(
      ([type, initializer], at) =>
        `static ${type} o${at} = ${initializer.replaceAll('N', '3')}; show(&o${at}, sizeof o${at});`,
    );
    assert.equal(runProgram(`${types} int main(void) { ${body.join('\n')} return 0; }`).stdout, expected);
  });

  it('leave nothing of themselves in automatic objects', () => {
    const body = objects.map(
      ([type, initializer], at) =>
        `${type} o${at} = ${initializer.replaceAll('N', 'n')}; show(&o${at}, sizeof o${at});`,
    );
    assert.equal(
      runProgram(`${types} int main(void) { int n = 3; ${body.join('\n')} return 0; }`).stdout,
      expected,
    );
  });

  it('leave out the address that they put there, and are not evaluated', () => {
    const source = `
void first(void) {} void second(void) {}
void (*const table[2])(void) = { [0 ... 1] = first, [1] = second };
int calls;
int call(void) { return calls += 1; }
int main(void) {
  int a[2] = { [0] = call(), [0] = 4, [1] = call() };
  return a[0] * 100 + a[1] * 10 + (table[0] == first && table[1] == second);
}`;
    assert.equal(runProgram(source).status, (4 * 100 + 10 + 1) & 255);
  });

  it('keep only braces around a member that is initialised again', () => {
    const source = `
struct s { struct { int a, b; } t; };
int main(void) {
  struct s from = { { 8, 9 } };
  struct s whole = { .t = from.t, .t.b = 5 };
  struct s listed = { .t = { 8, 9 }, .t.b = 5 };
  return whole.t.a * 100 + listed.t.a * 10 + whole.t.b;
}`;
    assert.equal(runProgram(source).status, 85);
  });
});
