import assert from 'node:assert/strict';
import { analyze } from '../../../../src/core/sema/analyzer.ts';
import { parse } from '../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../../src/core/target/data-model.ts';
import { defaultDialect, dialectOption } from '../../../../src/core/target/dialect.ts';
import type { Dialect } from '../../../../src/core/target/dialect.ts';

const all = ['gnu90', 'c90', 'gnu99', 'c99', 'gnu11', 'c11', 'gnu17', 'c17', 'gnu2x', 'c2x'];

/** What analysis says that is worse than a warning. */
function errorsOf(text: string, options: readonly string[]): readonly string[] {
  const dialect = options.reduce<Dialect>(
    (made, one) => ({ ...made, ...dialectOption(one) }),
    defaultDialect,
  );
  const preprocessed = preprocess({ name: 'a.c', text, target: 'x86_64', dialect });
  const parsed = parse(preprocessed.tokens, { files: preprocessed.files, dialect });
  const unit = analyze(parsed.unit, { model: dataModelOf('x86_64'), dialect });
  return [...preprocessed.diagnostics, ...parsed.diagnostics, ...unit.diagnostics]
    .filter(({ severity }) => severity !== 'warning')
    .map(({ code }) => code);
}

/** Checks which standards refuse a text, as `gcc -c -std=…` of gcc 12.2 does. */
function checkRefused(text: string, by: string): void {
  const refusing = all.filter((standard) => errorsOf(text, [`-std=${standard}`]).length > 0);
  assert.equal(refusing.join(' '), by, text);
}

const strict = 'c90 c99 c11 c17 c2x';
const gnu = 'gnu90 gnu99 gnu11 gnu17 gnu2x';

describe('the dialects of -std', () => {
  it('take asm, typeof, inline and restrict for keywords where gcc does', () => {
    checkRefused('int asm;', gnu);
    checkRefused('int typeof;', gnu);
    checkRefused('int a; typeof(a) b;', strict);
    checkRefused('int inline;', 'gnu90 gnu99 c99 gnu11 c11 gnu17 c17 gnu2x c2x');
    checkRefused('inline int f(void) { return 1; }', 'c90');
    checkRefused('int *restrict p;', 'gnu90 c90');
    checkRefused('static __inline int f(int *__restrict p) { return *p; } __typeof(f) *g;', '');
  });
  it('leave to strict programs the names that are theirs', () => {
    checkRefused('int unix;', gnu);
    checkRefused('int a = linux;', strict);
  });
  it('have the comments of their standard', () => {
    checkRefused('int a; // comment\n', 'c90');
    checkRefused('#define A 1 // comment\nint b;\n#if 0\n// skipped\n#endif\n', '');
    assert.deepEqual(errorsOf('int a = 4 //**/ 2\n ; _Static_assert(1);', ['-std=c90']), []);
    assert.deepEqual(errorsOf('int a = 4 //**/ 2\n ; _Static_assert(1);', ['-std=gnu90']), []);
  });
  it('declare in the head of for from C99 on', () => {
    checkRefused('int f(void) { for (int i = 0; i < 3; i++) ; return 0; }', 'gnu90 c90');
  });
  it('define the macros of their standard', () => {
    checkRefused(
      '#if __STDC_VERSION__ != 202000L\n#error\n#endif\n',
      'gnu90 c90 gnu99 c99 gnu11 c11 gnu17 c17',
    );
    checkRefused('#ifdef __STDC_VERSION__\n#error\n#endif\n', 'gnu99 c99 gnu11 c11 gnu17 c17 gnu2x c2x');
    checkRefused('#ifdef __STRICT_ANSI__\n#error\n#endif\n', strict);
    checkRefused('#ifdef __STDC_UTF_16__\n#error\n#endif\n', 'gnu99 gnu11 c11 gnu17 c17 gnu2x c2x');
    checkRefused('#ifdef __GNUC_GNU_INLINE__\n#error\n#endif\n', 'gnu90 c90');
  });
  it('read the constants that they have', () => {
    checkRefused("int a = u8'a';", 'gnu90 c90 gnu99 c99 gnu11 c11 gnu17 c17');
    checkRefused('#define u\nchar a[] = u"x";', 'gnu99 gnu11 c11 gnu17 c17 gnu2x c2x');
  });
  it('name trigraphs, which strict standards replace', () => {
    assert.deepEqual(errorsOf('int a; /* ??/ */', ['-std=c99']), ['trigraph']);
    assert.deepEqual(errorsOf('int a; /* ??/ */', ['-std=gnu99']), []);
  });
  it('replace an extern inline definition where inline is that of GNU C90', () => {
    const twice = 'extern inline int f(void) { return 1; } int f(void) { return 2; }';
    for (const option of ['-std=gnu90', '-fgnu89-inline', '-std=gnu89'])
      assert.deepEqual(errorsOf(twice, [option]), [], option);
    const replaced = 'extern int inline f() { return 0; } static int inline f() { return 1; }';
    assert.deepEqual(errorsOf(replaced, ['-fgnu89-inline']), []);
    assert.notDeepEqual(errorsOf(replaced, []), []);
    assert.deepEqual(errorsOf(twice, ['-std=gnu99']), ['redefinition']);
    assert.deepEqual(errorsOf(twice, ['-fgnu89-inline', '-fno-gnu89-inline']), ['redefinition']);
  });
  it('go by all the names that gcc 12 knows, and no others', () => {
    const names = [
      ['-ansi', 'c90'],
      ['-std=c89', 'c90'],
      ['-std=iso9899:199409', 'c94'],
      ['-std=gnu9x', 'gnu99'],
      ['-std=iso9899:2011', 'c11'],
      ['-std=gnu18', 'gnu17'],
      ['-std=c2x', 'c2x'],
    ] as const;
    for (const [option, standard] of names) assert.deepEqual(dialectOption(option), { standard }, option);
    for (const option of ['-std=c23', '-std=c++17', '-std=c94', '-std=toString'])
      assert.equal(dialectOption(option), undefined, option);
  });
});
