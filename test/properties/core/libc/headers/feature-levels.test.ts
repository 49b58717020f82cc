/**
 * What the system headers declare at each level of the feature test macros, against the installed ones: the same names of
 * the same types, and no more.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemHeaders } from '../../../../../src/core/libc/headers/system-headers.ts';
import { analyze } from '../../../../../src/core/sema/analyzer.ts';
import { typeSpelling } from '../../../../../src/core/sema/type-spelling.ts';
import type { QualType } from '../../../../../src/core/sema/type.ts';
import { parse } from '../../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../../../src/core/target/data-model.ts';
import type { TargetName } from '../../../../../src/core/target/data-model.ts';
import { hasGcc } from '../../../../support/gcc.ts';

const levels: readonly (readonly string[])[] = [
  [],
  ['_GNU_SOURCE'],
  ['_POSIX_SOURCE'],
  ['_POSIX_C_SOURCE=199309L'],
  ['_POSIX_C_SOURCE=200112L'],
  ['_POSIX_C_SOURCE=200809L'],
  ['_XOPEN_SOURCE=500'],
  ['_XOPEN_SOURCE=600'],
  ['_XOPEN_SOURCE=700'],
  ['_XOPEN_SOURCE=600', '_DEFAULT_SOURCE'],
  ['_FILE_OFFSET_BITS=64'],
  ['_LARGEFILE64_SOURCE'],
];

/** Headers whose texts are ours to choose: they belong to the compiler, or hold `_FloatN` variants and intrinsics. */
const compilerHeaders =
  /^(?:float|iso646|limits|mm_malloc|stdalign|stdarg|stdatomic|stdbool|stddef|stdnoreturn|tgmath|\w*intrin)\.h$/;

/** Not to be included with others, or at every level: the real ones refuse that as well. */
const loners =
  /^(?:re_comp|sgtty|termio|sys\/ttydefaults|threads|asm\/unistd.*|asm\/bitsperlong|asm-generic\/.*)\.h$|^bits\//;

const headers = [...systemHeaders.keys()].filter((name) => !compilerHeaders.test(name) && !loners.test(name));

/** Variants of library functions for `_FloatN`, and names that headers keep for themselves. */
const unlisted = /f(?:32|64|128)x?(?:_[rl])?$|^__/;

/**
 * A type as text: `restrict` on a parameter is no part of a function's type, and which of `off_t` and `__off_t` is seen
 * depends on the header that comes first.
 */
function spelled(type: QualType): string {
  return typeSpelling(type)
    .replaceAll('*restrict', '*')
    .replaceAll(/\b__(\w+_t)\b/g, '$1');
}

/** Functions, objects and type names of a preprocessed text, with their types. */
function declarationsOf(text: string, target: TargetName, defines: readonly string[]): Map<string, string> {
  const { tokens } = preprocess({ name: 'a.c', text, target, defines });
  const unit = analyze(parse(tokens).unit, { model: dataModelOf(target) });
  const found = new Map<string, string>();
  for (const { name, type } of unit.functionSymbols)
    found.set(name, `function ${spelled({ type, quals: 0 })}`);
  for (const { name, type } of unit.objects) found.set(name, `object ${spelled(type)}`);
  for (const { name, type } of unit.typedefs) found.set(`typedef ${name}`, spelled(type));
  return found;
}

describe('system headers at each level of the feature test macros', function () {
  this.timeout(60_000);
  let folder = '';

  before(function () {
    if (!hasGcc('feature levels of the system headers')) return;
    if (!existsSync('/usr/include/stdio.h')) {
      console.warn('NOT RUN: feature levels of the system headers: they are not installed');
      return;
    }
    folder = mkdtempSync(join(tmpdir(), 'feature-levels-'));
    // The real headers ask for a file of the 32-bit development package; nothing in it is needed.
    mkdirSync(join(folder, 'gnu'), { recursive: true });
    writeFileSync(join(folder, 'gnu', 'stubs-32.h'), '');
  });

  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  const realText = (text: string, target: TargetName, defines: readonly string[]): string => {
    const own =
      target === 'i386' ? ['-m32', '-I', folder, '-idirafter', '/usr/include/x86_64-linux-gnu'] : [];
    const options = ['-E', '-P', '-xc', '-', ...defines.map((define) => `-D${define}`)];
    const done = spawnSync('gcc', [...own, ...options], {
      input: text,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    assert.equal(done.status, 0, done.stderr.slice(0, 1000));
    return done.stdout;
  };

  for (const target of ['x86_64', 'i386'] as const) {
    for (const defines of levels) {
      it(`declare what the real ones declare for ${target} ${defines.join(' ')}`, function () {
        if (folder === '') return;
        const text = headers.map((name) => `#include <${name}>\n`).join('');
        const ours = declarationsOf(text, target, defines);
        const real = declarationsOf(realText(text, target, defines), target, []);
        assert.ok(real.size > 1000, `${real.size} declarations`);
        const wrong: string[] = [];
        for (const [name, type] of real)
          if (ours.get(name) !== type && !unlisted.test(name.replace('typedef ', '')))
            wrong.push(`${name}: ${ours.get(name) ?? 'missing'}, really ${type}`);
        for (const [name, type] of ours)
          if (!real.has(name) && !unlisted.test(name.replace('typedef ', '')))
            wrong.push(`${name}: ${type}, really not declared`);
        assert.deepEqual(wrong, []);
      });
    }
  }
});
