import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { lex } from '../../../../src/core/syntax/lexer.ts';
import { hasGcc } from '../../../support/gcc.ts';
import { expansionText, preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import type { PreprocessOptions, PreprocessResult } from '../../../../src/core/syntax/preprocessor.ts';

function run(text: string, options: Partial<PreprocessOptions> = {}): PreprocessResult {
  return preprocess({ name: 'main.c', text, target: 'x86_64', ...options });
}

/** Spellings of the result, pragmas taken apart as gcc -E prints them. */
function spellings(result: PreprocessResult): string[] {
  return result.tokens.flatMap((token) => {
    if (token.kind === 'end') return [];
    if (token.kind !== 'pragma') return [token.text];
    return ['#', 'pragma', ...lexed(token.text)];
  });
}

function lexed(text: string): string[] {
  const raw = lex(text);
  return raw.texts.slice(0, raw.count - 1);
}

function checkTokens(text: string, expected: string, options: Partial<PreprocessOptions> = {}): void {
  assert.deepEqual(spellings(run(text, options)), lexed(expected));
}

function checkProblems(text: string, ...expected: string[]): void {
  const result = run(text);
  const found = result.diagnostics.map(
    ({ span, severity, code }) => `${result.sources.lineColumn(span).line}: ${severity} ${code}`,
  );
  assert.deepEqual(found, expected);
}

const recordings = new URL('../../../oracle/preprocess/', import.meta.url);
const names = readdirSync(recordings)
  .filter((name) => name.endsWith('.c'))
  .map((name) => name.slice(0, -2));

describe('preprocess', () => {
  describe('gives the tokens of gcc -E', () => {
    for (const name of names) {
      it(`for ${name}.c`, () => {
        const text = readFileSync(new URL(`${name}.c`, recordings), 'utf8');
        const expected = readFileSync(new URL(`${name}.out`, recordings), 'utf8');
        assert.deepEqual(spellings(run(text, { name: `${name}.c` })), lexed(expected));
      });
    }

    it('as the installed gcc prints them', () => {
      if (!hasGcc('the recordings of gcc -E')) return;
      for (const name of names) {
        const printed = spawnSync('gcc', ['-E', '-P', `${name}.c`], {
          cwd: recordings,
          encoding: 'utf8',
          env: { ...process.env, SOURCE_DATE_EPOCH: '0', LC_ALL: 'C' },
        });
        const expected = readFileSync(new URL(`${name}.out`, recordings), 'utf8');
        assert.deepEqual(lexed(printed.stdout), lexed(expected), name);
      }
    });

    for (const [target, flag] of [
      ['x86_64', '-m64'],
      ['i386', '-m32'],
    ] as const) {
      it(`and the predefined macros of ${flag}`, () => {
        if (!hasGcc('the predefined macros')) return;
        const printed = spawnSync('gcc', ['-dM', '-E', flag, '-'], { input: '', encoding: 'utf8' });
        const expected = printed.stdout.trim().split('\n').sort();
        const macros = [...run('', { target }).macros.values()].filter(({ kind }) => kind !== 'builtin');
        const ours = macros.map(({ name, kind, parameters, bodyText }) => {
          const head = kind === 'function' ? `${name}(${parameters.join(',')})` : name;
          return `#define ${head} ${bodyText}`;
        });
        assert.deepEqual(ours.sort(), expected);
      });
    }
  });

  describe('reports', () => {
    const cases: readonly (readonly [string, string, ...string[]])[] = [
      ['a header that is not there', '#include <nothing.h>\nint x;', '1: warning include-not-found'],
      ['#error and #warning', '#error no\n#warning hm', '1: error user-error', '2: warning user-warning'],
      [
        'an open conditional',
        '#if 1\n#ifdef A\n',
        '1: error unterminated-conditional',
        '2: error unterminated-conditional',
      ],
      ['#endif alone', 'a\n#endif', '2: error else-without-if'],
      ['#else after #else', '#if 0\n#else\n#else\n#endif', '3: error else-after-else'],
      ['too few arguments', '#define f(a,b) a\nf(1)', '2: error macro-too-few-arguments'],
      ['an open argument list', '#define f(a) a\nf(1', '2: error macro-arguments-unterminated'],
      ['a different redefinition', '#define A 1\n#define A 2', '2: warning macro-redefined'],
      ['nothing for the same definition', '#define A(x) x +  1\n#define A(x) x + 1'],
      ['an invalid paste', '#define P(a,b) a##b\nP(+,/)', '2: error paste-invalid'],
      ['a division by zero', '#if 1/0\n#endif', '1: error if-division-by-zero'],
      ['a missing operator', '#if 1 2\n#endif', '1: error if-missing-operator'],
      ['a missing operand', '#if 1 +\n#endif', '1: error if-operator-without-operand'],
      ['an open parenthesis', '#if (1\n#endif', '1: error if-unbalanced-parenthesis'],
      ['#if without expression', '#if\n#endif', '1: error if-no-expression'],
      ['an open string', 'char *s = "abc\n;', '1: error unterminated-string'],
      ['nothing in skipped text', "#if 0\ndon't @\n#endif"],
      ['a stray character', 'int a @ b;', '1: error stray-character'],
      ['an open comment', 'a\n/* b', '2: error unterminated-comment'],
      ['an unknown directive', '#frobnicate', '1: error invalid-directive'],
      [
        'bad definitions',
        '#define\n#define 3\n#define f(\n',
        ...['1', '2', '3'].map(
          (line, i) =>
            `${line}: error ${['macro-name-missing', 'macro-name-not-identifier', 'macro-parameters-unterminated'][i] ?? ''}`,
        ),
      ],
      ['a poisoned name', '#pragma GCC poison gets\ngets();', '2: error poisoned'],
    ];
    for (const [what, text, ...expected] of cases) it(what, () => checkProblems(text, ...expected));
  });

  it('does not read a main file with #pragma once again that includes itself', () => {
    const text = '#pragma once\n#include "main.c"\nint x = 1;';
    const host = { resolve: (name: string) => ({ name: `/project/${name}`, text }) };
    const result = run(text, { host });
    assert.deepEqual(spellings(result), lexed('int x = 1;'));
    assert.deepEqual(
      result.diagnostics.map(({ code }) => code),
      ['pragma-once-in-main'],
    );
  });

  it('lists the pragmas, those of _Pragma among them', () => {
    const { pragmas, tokens } = run('#pragma weak a\n#define P _Pragma("weak b")\nint x; P int y;');
    assert.deepEqual(
      pragmas.map(({ text }) => text),
      ['weak a', 'weak b'],
    );
    assert.deepEqual(
      tokens.filter(({ kind }) => kind === 'pragma'),
      pragmas,
    );
  });

  it('reads the headers of the host before the system ones, and each #pragma once header once', () => {
    const files = new Map([
      ['a.h', '#pragma once\n#include "b.h"\nint a;'],
      ['b.h', 'int b = sizeof(VALUE);'],
    ]);
    const host = {
      resolve: (name: string) => {
        const text = files.get(name);
        return text === undefined ? undefined : { name, text };
      },
    };
    const options = {
      host,
      defines: ['VALUE=long', 'F(x)=x'],
      undefines: ['__linux__'],
      forcedIncludes: ['a.h'],
    };
    const source = '#include "a.h"\n#define H <a.h>\n#include H\nF(c) __linux__\n#include "b.h"';
    checkTokens(source, 'int b = sizeof(long); int a; c __linux__ int b = sizeof(long);', options);
    const result = run(source, options);
    assert.deepEqual(
      result.includes.map(({ name, kind }) => `${kind} ${name}`),
      ['quoted a.h', 'quoted b.h', 'quoted a.h', 'angled a.h', 'quoted b.h'],
    );
  });

  it('tells where tokens are spelled and where their macro is invoked', () => {
    const text = '#define DECLARE(n) int var_ ## n, n\nDECLARE(alpha);';
    const result = run(text);
    const placed = result.tokens.slice(0, 4).map(({ span }) => result.sources.textOf(span));
    assert.deepEqual(placed, ['int', 'alpha', ',', 'alpha']);
    for (const { span } of result.tokens.slice(0, 4)) {
      assert.equal(span.expandedAt?.start, text.indexOf('DECLARE(alpha)'));
    }
  });

  it('tells the uses of macros with what they expand to', () => {
    const result = run(
      '#define N 4\n#define MAX(a,b) ((a)>(b)?(a):(b))\n#ifdef N\nint x = MAX(N, 7);\n#endif\n#undef N',
    );
    const uses = result.macroUses.map((use) => [use.kind, use.macro.name, expansionText(result, use)]);
    assert.deepEqual(uses, [
      ['test', 'N', undefined],
      ['expansion', 'MAX', '((4)>(7)?(4):(7))'],
      ['expansion', 'N', undefined],
      ['undefine', 'N', undefined],
    ]);
    assert.equal(result.macros.get('MAX')?.bodyText, '((a)>(b)?(a):(b))');
  });

  it('tells the lines that conditional groups leave out', () => {
    const result = run('#if 0\na\n#elif 1\nb\n#else\nc\nd\n#endif\n');
    assert.deepEqual(
      result.inactiveRanges.map((span) => result.sources.textOf(span)),
      ['a\n', 'c\nd\n'],
    );
  });

  describe('survives', () => {
    const host = { resolve: () => ({ name: 'm.h', text: '#include "m.h"\n#include "m.h"\n' }) };
    const doubling = Array.from({ length: 40 }, (_, i) => `#define X${i + 1} X${i} X${i}\n`).join('');
    const bombs: readonly (readonly [string, string, string])[] = [
      ['macros that double', `#define X0 a a\n${doubling}X40`, 'expansion-limit'],
      ['arguments that double', `#define F(x) x x\n${'F('.repeat(40)}a${')'.repeat(40)}`, 'expansion-limit'],
      [
        'strings that double',
        `#define S(x) #x\n#define T(x) S(x x)\n${'T('.repeat(60)}a${')'.repeat(60)}`,
        'expansion-limit',
      ],
      ['deep arguments', `#define I(x) x\n${'I('.repeat(200)}a${')'.repeat(200)}`, 'expansion-depth'],
      ['a header that includes itself', '#include "m.h"', 'include-too-deep'],
      ['deep parentheses', `#if ${'('.repeat(50_000)}`, 'if-unbalanced-parenthesis'],
    ];
    for (const [what, text, code] of bombs) {
      it(what, () => {
        const limits = { expansionSteps: 200_000, inclusions: 2000, argumentDepth: 100 };
        const result = run(text, { host, limits });
        assert.ok(result.diagnostics.some((diagnostic) => diagnostic.code === code));
        assert.equal(result.tokens.at(-1)?.kind, 'end');
        // The next run must not find macros of the compiler still disabled.
        checkTokens('INT __INT_MAX__', 'INT 0x7fffffff');
      });
    }

    it('a text beyond the limits: what came before the macro that grew is kept, what it became is not', () => {
      const result = run(`int before;\n#define X0 a a\n${doubling}int x = X16;\nX40`, {
        limits: { tokens: 150_000 },
      });
      assert.ok(result.diagnostics.some((diagnostic) => diagnostic.code === 'token-limit'));
      assert.deepEqual(
        result.tokens.map((token) => token.text),
        ['int', 'before', ';', 'int', 'x', '=', ''],
      );
    });

    const piece = fc.oneof(
      fc.constantFrom(
        ...(
          '# ## #define #undef #if #ifdef #elif #else #endif #include #line #pragma _Pragma( defined f( F ( ) , ... ' +
          '__VA_ARGS__ __VA_OPT__( " \' L" \\ // /* */ < > 1 0x 1.e+ ? : && || + - a b __LINE__ __COUNTER__ __has_include('
        ).split(' '),
        '\n',
        '\n',
        ' ',
        '\\\n',
        '%:',
        'é',
        '\\u00e9',
        '\0',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );

    it('any text: spans lie inside the texts and cover what is spelled', () => {
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
          const text = `#define f(a,...) a #a __VA_ARGS__ f\n#define F f(\n${pieces.join('')}`;
          const result = run(text);
          for (const { span } of [...result.tokens, ...result.diagnostics]) {
            const length = result.files[span.file]?.text.length ?? -1;
            assert.ok(0 <= span.start && span.start <= span.end && span.end <= length);
          }
        }),
        { numRuns: 300 },
      );
    });

    it('any text: without directives and splices the tokens are the text without white space', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
          fc.pre(!/[#\\/<%:]/.test(text));
          const raw = lex(text);
          assert.equal(raw.texts.slice(0, -1).join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
          for (let i = 0; i < raw.count; i++) {
            assert.equal(text.slice(raw.starts[i], raw.ends[i]), raw.texts[i]);
          }
        }),
        { numRuns: 300 },
      );
    });
  });
});
