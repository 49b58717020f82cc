import assert from 'node:assert/strict';
import { analyzeText } from '../../../support/check-sema.ts';
import { openSession } from '../../../support/open-session.ts';

const declarations = 'struct s { int a; int z[3]; }; extern int other[]; extern struct s *p; ';

/** What gcc 12 made of each: whether the function gave a null pointer. */
const functions: readonly [string, boolean][] = [
  ['int *f(void) { int l; return &l; }', true],
  ['char *f(void) { char b[9]; return b; }', true],
  ['int *f(int a) { return &a; }', true],
  ['int *f(void) { struct s b; return (&b)->z + 1; }', true],
  ['int *f(void) { struct s b[2]; return b[1].z; }', true],
  ['int *f(int i) { int b[9]; return &b[i] - 1; }', true],
  ['int *f(void) { int b[2]; return (int *)((long)b - 4); }', true],
  ['int *f(int n) { int v[n]; return v; }', true],
  ['int (*f(void))[2] { int v[2]; return &v; }', true],
  ['int *f(void) { int v[3][3]; return *v; }', true],
  ['float *f(void) { _Complex float c; return &__real__ c; }', true],
  ['int *f(void) { int l; int *q = &l; return q; }', false],
  ['int *f(int c) { int l; return c ? &l : 0; }', false],
  ['int *f(void) { int l; return (l = 1, &l); }', false],
  ['long f(void) { int l; return (long)&l; }', false],
  ['int *f(void) { static int l; return &l; }', false],
  ['int *f(void) { return other; }', false],
  ['int *f(void) { return &p->a; }', false],
  ['int *f(void) { struct s b[2]; return &b->a; }', false],
  ['int *f(void) { return (int[]){1, 2}; }', false],
  ['int *f(int i) { int b[9]; return (int *)(i * 4L + (long)b); }', false],
];

describe('addresses of local variables that functions return', () => {
  it('are told from other pointers as gcc does', () => {
    for (const [text, isNull] of functions) {
      const { diagnostics } = analyzeText(declarations + text);
      const codes = diagnostics.map(({ code }) => code);
      assert.deepEqual(codes, isNull ? ['return-local-address'] : [], text);
    }
  });
  it('are null pointers in the run', () => {
    const text = 'char *f(void) { char b[9] = "x"; return b; } int main(void) { return f() == 0 ? 3 : 4; }';
    assert.deepEqual(openSession(text).trap, { kind: 'exit', status: 3 });
  });
});
