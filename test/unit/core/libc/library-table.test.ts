/**
 * Which functions of the library's headers are there: a table by header that says how many are modelled and names the others,
 * which are problems at their lines.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemHeaders } from '../../../../src/core/libc/headers/system-headers.ts';
import { libcFunction } from '../../../../src/core/libc/libc.ts';
import { analyze } from '../../../../src/core/sema/analyzer.ts';
import { parse } from '../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../../src/core/target/data-model.ts';

const golden = join(import.meta.dirname, '../../../golden/library-functions.txt');

/** The headers of C17 come first, so that a function counts where the standard declares it. */
const ofC17 =
  'assert complex ctype errno fenv inttypes locale math setjmp signal stdatomic stdio stdlib string threads time uchar wchar wctype'
    .split(' ')
    .map((name) => `${name}.h`);

/** Generated code does these itself. */
const byTheCompiler =
  /^(setjmp|_setjmp|__sigsetjmp|longjmp|_longjmp|siglongjmp|alloca|atomic_(thread|signal)_fence|atomic_flag_\w+)$/;

/** Functions of threads, clocks and signals of threads have tests of their own. */
const ofThreads = /^_*(pthread_|sem_|sched_|thrd_|mtx_|cnd_|tss_|clock_|timer_)/;

function declaredBy(header: string): string[] {
  const text = `#define _GNU_SOURCE 1\n#include <${header}>\n`;
  const { tokens } = preprocess({ name: 'a.c', text, target: 'x86_64' });
  const unit = analyze(parse(tokens).unit, { model: dataModelOf('x86_64') });
  return unit.functionSymbols
    .filter((symbol) => !symbol.isDefined)
    .map((symbol) => symbol.attributes.asmLabel ?? symbol.name)
    .filter((name) => !name.startsWith('__builtin') && !ofThreads.test(name));
}

function table(): string {
  const seen = new Set<string>();
  const others = [...systemHeaders.keys()].filter(
    (name) => !ofC17.includes(name) && !/intrin\.h$|^(bits|asm|linux)\//.test(name),
  );
  const lines: string[] = [];
  let [present, all] = [0, 0];
  for (const header of [...ofC17, ...others.sort()]) {
    const names = [...new Set(declaredBy(header))].filter((name) => !seen.has(name));
    if (names.length === 0) continue;
    for (const name of names) seen.add(name);
    const missing = names.filter((name) => libcFunction(name) === undefined && !byTheCompiler.test(name));
    present += names.length - missing.length;
    all += names.length;
    lines.push(
      `<${header}> ${String(names.length - missing.length)} of ${String(names.length)}`,
      ...missing.sort().map((name) => `  ${name}`),
    );
  }
  return [...lines, `${String(present)} of ${String(all)}`, ''].join('\n');
}

describe('functions of the library', () => {
  it('are those of the table, and the missing ones are named in it (UPDATE_GOLDEN=1 writes it anew)', function () {
    this.timeout(10_000);
    const found = table();
    if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(golden, found);
    assert.ok(existsSync(golden));
    assert.deepEqual(found.split('\n'), readFileSync(golden, 'utf8').split('\n'));
  });
});
