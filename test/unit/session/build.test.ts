import assert from 'node:assert/strict';
import { debianDefaults } from '../../../src/core/sema/placement.ts';
import type { CompileOptions } from '../../../src/core/sema/placement.ts';
import { renderText } from '../../../src/core/text/all-texts.ts';
import { machineProfile } from '../../../src/core/target/machine-profile.ts';
import { defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import { buildProgram } from '../../../src/session/build.ts';
import { openSession } from '../../support/open-session.ts';

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

  it('refuses what the linker refuses', () => {
    const linked = (...texts: readonly string[]): readonly string[] =>
      buildProgram(
        texts.map((text, index) => ({ name: `${String(index)}.c`, text })),
        defaultAnalysisOptions,
        machineProfile('x86_64'),
        (text) => renderText(text, 'en'),
      )
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ place, text }) => `${place.file}:${String(place.line)} ${text}`);
    const main = 'int main(void) { return 0; }\n';
    assert.deepEqual(linked(`int x;\n${main}`, `int x = 3;\n${main}`), [
      '1.c:1 multiple definition of ‘x’; it is first defined in 0.c',
      '1.c:2 multiple definition of ‘main’; it is first defined in 0.c',
    ]);
    assert.deepEqual(linked(`extern int x;\nint *p = &x;\n${main}`), [
      '0.c:1 undefined reference to ‘x’: no file of the program and no library defines it',
    ]);
    const unused = 'extern int q, r[], w __attribute__((weak)); extern char end;\n';
    assert.deepEqual(
      linked(`${unused}int main(void) { if (0) return r[0]; return sizeof q + &end[&w]; }`),
      [],
    );
    const own =
      'static int f(void) { return 1; } inline int g(void) { return f(); } int puts(const char *s);\n';
    assert.deepEqual(linked(own + main, `${own}extern int common[];`), []);
  });

  it('calls the definition that is not weak, wherever it stands', () => {
    const weak = '__attribute__((weak)) int f(void) { return 1; } int main(void) { return f(); }';
    const strong = 'int f(void) { return 2; }';
    for (const files of [
      [weak, strong],
      [strong, weak],
    ])
      assert.deepEqual(openSession(files).trap, { kind: 'exit', status: 2 });
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
