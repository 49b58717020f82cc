/**
 * Frames of functions that gcc 12.2 -O0 -fpie was given once, one for each construct that matters: every variable is where
 * its debug information says. `npm run fuzz:frames -- --file F` compares them with the local gcc.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { layoutFrames } from '../../../../src/core/image/frame.ts';
import type { FrameLayout } from '../../../../src/core/image/frame.ts';
import { analyze } from '../../../../src/core/sema/analyzer.ts';
import { debianDefaults } from '../../../../src/core/sema/placement.ts';
import type { CompileOptions } from '../../../../src/core/sema/placement.ts';
import type { TypedFunction } from '../../../../src/core/sema/typed-tree.ts';
import { LineIndex } from '../../../../src/core/source/text-span.ts';
import { parse } from '../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../../src/core/target/data-model.ts';

const folder = new URL('../../../fixtures/frames/', import.meta.url);

function framesOf(
  text: string,
  settings: Partial<CompileOptions> = {},
): ReadonlyMap<TypedFunction, FrameLayout> {
  const options: CompileOptions = { ...debianDefaults, ...settings };
  const { tokens } = preprocess({ name: 'a.c', text, target: options.target });
  const unit = analyze(parse(tokens).unit, { model: dataModelOf(options.target) });
  return layoutFrames(unit.functions, options);
}

/** `NAME@LINE=OFFSET(REGISTER)` of a variable, as recorded. */
function place(frame: FrameLayout, offset: number): string {
  const { realignment } = frame;
  if (realignment?.kind !== 'stack-pointer' || offset > 0) return `${offset}(rbp)`;
  return `${offset + realignment.fromStackPointer}(rsp)`;
}

function compare(file: string, settings: Partial<CompileOptions>): void {
  const text = readFileSync(new URL(`${file}.c`, folder), 'utf8');
  const recorded = new Map(
    readFileSync(new URL(`${file}.txt`, folder), 'utf8')
      .trim()
      .split('\n')
      .map((line) => [line.split(' ', 1)[0] ?? '', line.split(' ').slice(1)] as const),
  );
  const lines = new LineIndex(text);
  let compared = 0;
  for (const [fn, frame] of framesOf(text, settings)) {
    const ours = new Set(
      [...frame.offsets].map(
        ([object, offset]) =>
          `${object.name}@${lines.lineColumn(object.span.start).line}=${place(frame, offset)}`,
      ),
    );
    const expected = recorded.get(fn.symbol.name) ?? [];
    const missing = expected.filter((one) => one !== '' && !ours.has(one));
    assert.deepEqual(missing, [], `${fn.symbol.name}: ${[...ours].join(' ')}`);
    compared += 1;
  }
  assert.equal(compared, recorded.size);
}

describe('frames of recorded functions', () => {
  it('hold every construct where gcc puts it', () => compare('constructs', {}));

  it('have arrays nearest to the guard with -fstack-protector-strong', () =>
    compare('guarded', { stackProtector: true }));

  it('align themselves for variables aligned to more than 16 bytes', () => compare('aligned', {}));

  it('are laid out for a switch of 100,000 labels', function () {
    this.timeout(20_000);
    const labels = Array.from({ length: 100_000 }, (_, index) => `case ${index}:`).join('\n');
    const text = `int f(int n) { int k = n; switch (k) { ${labels} return k; } return 0; }`;
    const [frame] = framesOf(text).values();
    assert.deepEqual([...(frame?.offsets.values() ?? [])].sort(), [-20, -4]);
  });
});

describe('frames of operations whose registers are not known', () => {
  const isExact = (text: string): boolean | undefined => [...framesOf(text).values()][0]?.isExact;

  it('say so', () => {
    assert.equal(isExact('__int128 f(__int128 a) { return a * a; }'), false);
    assert.equal(isExact('_Complex double f(_Complex double a) { return a * a; }'), false);
    assert.equal(isExact('int f(int n) { _Atomic int a = n; a++; return a; }'), false);
    assert.equal(isExact('int f(int n) { _Atomic int a = n; return a * n; }'), true);
  });
});
