/**
 * Functions without code of their own: inline definitions and always_inline ones, as gcc 12.2 -O0 leaves them.
 */
import assert from 'node:assert/strict';
import { analyzeUnit, defaultAnalysisOptions } from '../../../../src/session/analysis.ts';

/** `name section reason` of functions, parameters and variables. */
function placed(text: string): string[] {
  const { placements } = analyzeUnit({ name: 'main.c', text }, defaultAnalysisOptions);
  return placements.map(
    ({ name, objectSection, reason }) =>
      `${name} ${objectSection ?? '-'} ${reason.key.replace('placement.', '')}`,
  );
}

describe('functions without code of their own', () => {
  it('are put in place of their calls where they are always_inline; their statics stay', () => {
    const text = `static inline __attribute__((always_inline)) int ai(int a) { static int n; return a + n++; }
      inline __attribute__((always_inline)) int ei(int a) { return a + 2; }
      int main(void) { return ai(1) + ei(2); }`;
    assert.deepEqual(placed(text), [
      'ai - function-always-inline',
      'a - inlined-local',
      'n .bss bss-static-local',
      'ei - function-always-inline',
      'a - inlined-local',
      'main .text function',
    ]);
  });

  it('are elsewhere where an inline definition is not external', () => {
    assert.deepEqual(placed('inline int sq(int a) { return a * a; } int main(void) { return sq(2); }'), [
      'sq UND function-inline-only',
      'a - no-code',
      'main .text function',
    ]);
  });

  it('leave the offsets of their callers unknown: variables that are put in place take room', () => {
    const text = `static inline __attribute__((always_inline)) int ai(int a) { return a; }
      int f(int x) { return ai(x); } int g(int x) { return x; }`;
    const { layouts, unit } = analyzeUnit({ name: 'main.c', text }, defaultAnalysisOptions);
    const exact = unit.functions.map((fn) => `${fn.symbol.name} ${String(layouts.get(fn)?.isExact)}`);
    assert.deepEqual(exact, ['ai true', 'f false', 'g true']);
  });
});
