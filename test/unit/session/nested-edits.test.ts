import assert from 'node:assert/strict';
import { analyzeProgram, defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import type { ProgramAnalysis } from '../../../src/session/analysis.ts';
import { IncrementalAnalysis } from '../../../src/session/incremental-analysis.ts';
import { segmentsJson } from '../../../src/session/segments-json.ts';

const text = `
int outer(int n) {
  int r = 0, k = n;
  int f(int a) { return a * n + r; }
  for (int i = 0; i < n; i++) { int j = i; int h(int z) { return z + j; } r += h(i) + f(i); }
  return r + k;
}
int other(int n) { int list[4] = {n}; int get(int i) { return list[i]; } return get(0); }
int jump(int n) { __label__ l; void go(int k) { if (k > n) goto l; } go(9); l: return n; }
int main(void) { return outer(3) + other(4) + jump(5); }
`;

/** Name, scope, segment and place in the frame of every variable. */
const rows = (analysis: ProgramAnalysis): readonly string[] =>
  segmentsJson(analysis, 'en').objects.map(
    (one) => `${one.scope}: ${one.name ?? ''} ${one.segment ?? ''} ${one.cfa_offset ?? ''}`,
  );

describe('edits in nested functions', () => {
  it('give the facts of a new analysis, also where several bodies were exchanged', () => {
    const incremental = new IncrementalAnalysis();
    incremental.update({ name: 'a.c', text }, defaultAnalysisOptions);
    let now = text;
    for (const [from, to] of [
      ['a * n + r;', 'a * n + r + 1;'],
      ['int j = i;', 'int j = i, second = 2;'],
      ['return list[i];', 'int at = i; return list[at];'],
      ['go(9);', 'int more = 1; go(9 + more);'],
    ] as const) {
      now = now.replace(from, to);
      const source = { name: 'a.c', text: now };
      const edited = incremental.update(source, defaultAnalysisOptions);
      assert.equal(incremental.lastUpdate, 'body');
      assert.deepEqual(rows(edited), rows(analyzeProgram([source], defaultAnalysisOptions)));
    }
  });
});
