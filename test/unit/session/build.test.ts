import assert from 'node:assert/strict';
import { debianDefaults } from '../../../src/core/sema/placement.ts';
import type { CompileOptions } from '../../../src/core/sema/placement.ts';
import { machineProfile } from '../../../src/core/target/machine-profile.ts';
import { defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import { buildProgram } from '../../../src/session/build.ts';

function build(text: string, compile: Partial<CompileOptions>): ReturnType<typeof buildProgram> {
  return buildProgram(
    [{ name: 'program.c', text }],
    { ...defaultAnalysisOptions, compile: { ...debianDefaults, ...compile } },
    machineProfile('x86_64'),
    (said) => said.key,
  );
}

describe('building a program', () => {
  it('makes a program of valid text with main, position-independent or not', () => {
    for (const link of ['pie', 'no-pie'] as const) {
      const { program, problems } = build('int main(void) { return 0; }', { link });
      assert.ok(program !== undefined);
      assert.deepEqual(problems, []);
    }
  });

  it('makes none without main, and none of text with errors', () => {
    assert.equal(build('int f(void) { return 0; }', {}).program, undefined);
    assert.equal(build('int main(void) { return x; }', {}).program, undefined);
  });

  it('says of static programs that running them is not modelled', () => {
    const refused: readonly (readonly [Partial<CompileOptions>, string])[] = [
      [{ link: 'static' }, 'process.unsupported.static'],
    ];
    for (const [compile, text] of refused) {
      const { program, problems } = build('int main(void) { return 0; }', compile);
      assert.equal(program, undefined);
      assert.deepEqual(
        problems.map((problem) => problem.text),
        [text],
      );
    }
  });
});
