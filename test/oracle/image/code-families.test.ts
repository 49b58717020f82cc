/** Sizes of the functions of `code-rules/*.c`, by families of constructs, against the local gcc -O0, PIE and not. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOfFunction } from '../../../src/core/image/code/function-code.ts';
import { layoutFrames } from '../../../src/core/image/frame.ts';
import { analyze } from '../../../src/core/sema/analyzer.ts';
import { debianDefaults } from '../../../src/core/sema/placement.ts';
import type { CompileOptions } from '../../../src/core/sema/placement.ts';
import { parse } from '../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../src/core/target/data-model.ts';

const folder = fileURLToPath(new URL('code-rules/', import.meta.url));

const variants = [
  { name: 'PIE', flags: [], options: debianDefaults },
  { name: 'no PIE', flags: ['-fno-pie'], options: { ...debianDefaults, pie: false, link: 'no-pie' } },
] as const satisfies readonly { name: string; flags: readonly string[]; options: CompileOptions }[];

/** Sizes of the functions by name. */
function compiledSizes(file: string, flags: readonly string[]): ReadonlyMap<string, number> {
  const out = mkdtempSync(join(tmpdir(), 'families-'));
  try {
    execFileSync('gcc', ['-O0', '-w', ...flags, '-c', join(folder, file), '-o', join(out, 'a.o')]);
    const lines = execFileSync('nm', ['-S', join(out, 'a.o')], { encoding: 'utf8' }).split('\n');
    return new Map(
      lines.flatMap((line): [string, number][] => {
        const [, size, name] = /^[0-9a-f]+ ([0-9a-f]+) [Tt] (\w+)$/.exec(line) ?? [];
        return size === undefined || name === undefined ? [] : [[name, parseInt(size, 16)]];
      }),
    );
  } finally {
    rmSync(out, { recursive: true });
  }
}

describe('families of constructs against gcc', () => {
  if (spawnSync('gcc', ['--version']).status !== 0) {
    console.warn('    NOT RUN: there is no gcc');
    return;
  }
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const { name, flags, options } of variants) {
      it(`${file}, ${name}`, () => {
        const sizes = compiledSizes(file, flags);
        const unit = analyze(parse(preprocess({ name: file, text, target: 'x86_64' }).tokens).unit, {
          model: dataModelOf('x86_64'),
        });
        const wrong = [...layoutFrames(unit.functions, options)].flatMap(([fn, frame]) => {
          const { size } = codeOfFunction(fn, frame, options.pie);
          const expected = sizes.get(fn.symbol.name);
          return size === expected ? [] : [`${fn.symbol.name}: ${size} instead of ${String(expected)}`];
        });
        assert.deepEqual(wrong, []);
      }).timeout(20_000);
    }
  }
});
