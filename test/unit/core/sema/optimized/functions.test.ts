/**
 * Functions and literals under -O2: which still exist. The expected lists are those of gcc 12.2 -O2.
 */
import assert from 'node:assert/strict';
import { analyzeUnit, defaultAnalysisOptions } from '../../../../../src/session/analysis.ts';

/** The functions that have code, and the literals that are constants. */
function kept(text: string): string {
  const compile = { ...defaultAnalysisOptions.compile, optimize: 2 as const };
  const unit = analyzeUnit({ name: 'main.c', text }, { ...defaultAnalysisOptions, compile });
  return unit.placements
    .filter(({ kind, storage }) => storage === 'static' && (kind === 'function' || kind === 'string'))
    .map(({ name }) => name)
    .join(' ');
}

describe('functions with optimisation', () => {
  it('are gone when they are static and called once, or small', () => {
    const text = `int g(int); static int once(int a) { while (g(a)) a += g(a) * 3; return a; }
      static int one(void) { return 1; }
      int f(int a) { return once(a) + one() + one(); }`;
    assert.equal(kept(text), 'f');
  });

  it('stay when they are not to be inlined, or their address is used', () => {
    const text = `int g(int (*)(int)); static __attribute__((noinline)) int own(int a) { return g(0) + a; }
      static __attribute__((noipa)) int apart(int a) { return a; } static int named(int a) { return a; }
      int f(int a) { return own(a) + apart(a) + g(named); }`;
    assert.equal(kept(text), 'own apart named f');
  });

  it('take what is called through a known pointer with them', () => {
    const text = `static int add(int a, int b) { return a + b; }
      static int apply(int (*f)(int, int), int a, int b) { return f(a, b); }
      int f(int a) { return apply(add, a, 2); }`;
    assert.equal(kept(text), 'f');
  });

  it('drop literals of which only characters are read, or nothing', () => {
    const text = `int g(const char *);
      int f(int a) { const char *p = "gone", *q = "unused"; if (!p[0]) g("dead"); return g("kept") + p[1] + (q != 0); }`;
    assert.equal(kept(text), 'f "kept"');
  });
});
