/**
 * Compares the frames and code sizes of random functions with what the local gcc makes of them.
 *
 *     npm run fuzz:frames -- --functions 500 --seed 1 [--target i386] [--protect] [--sizes] [--show]
 *     npm run fuzz:frames -- --file functions.c
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { layoutFrames } from '../../../src/core/image/frame.ts';
import { estimateCode } from '../../../src/core/image/code-size.ts';
import { analyze } from '../../../src/core/sema/analyzer.ts';
import { debianDefaults } from '../../../src/core/sema/placement.ts';
import type { CompileOptions } from '../../../src/core/sema/placement.ts';
import { LineIndex } from '../../../src/core/source/text-span.ts';
import { parse } from '../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../src/core/target/data-model.ts';
import { compileWithGcc, gccVersion } from './gcc-functions.ts';
import { randomFunctions } from './random-functions.ts';

/** One function as gcc has it and as we have it. */
export interface FunctionComparison {
  readonly name: string;
  readonly wrongSlots: readonly string[];
  readonly slots: number;
  /** What gcc -fstack-usage tells, and what we do; bytes. */
  readonly stackUsage: number;
  readonly ownStackUsage: number;
  readonly size: number;
  readonly estimatedSize: number;
}

/** Compiles a text with gcc and with our own layout. */
export function compareFunctions(
  text: string,
  target: CompileOptions['target'],
  settings: Partial<CompileOptions> = {},
): FunctionComparison[] {
  const options: CompileOptions = { ...debianDefaults, ...settings, target };
  const preprocessed = preprocess({ name: 'a.c', text, target });
  const unit = analyze(parse(preprocessed.tokens).unit, { model: dataModelOf(target) });
  const lines = new LineIndex(text);
  const truth = new Map(compileWithGcc(text, flagsFor(options)).map((fn) => [fn.name, fn] as const));
  const results: FunctionComparison[] = [];
  for (const [fn, frame] of layoutFrames(unit.functions, options)) {
    const compiled = truth.get(fn.symbol.name);
    if (compiled === undefined) continue;
    const own = new Map<string, number>();
    for (const [object, offset] of frame.offsets) {
      own.set(`${object.name}@${lines.lineColumn(object.span.start).line}`, offset);
    }
    const wrongSlots: string[] = [];
    const cfa = target === 'i386' ? 8 : 16;
    for (const [key, { from, offset }] of compiled.slots) {
      const toFramePointer =
        from === 'frame-address'
          ? cfa
          : from === 'stack-pointer'
            ? -(frame.realignment?.fromStackPointer ?? Number.NaN)
            : 0;
      const isRealigned = frame.realignment !== undefined && offset + toFramePointer < 0;
      const expected = offset + toFramePointer;
      if (own.get(key) !== expected || isRealigned === (from === 'frame-address'))
        wrongSlots.push(`${key}: ${own.get(key)} instead of ${expected}`);
    }
    results.push({
      name: fn.symbol.name,
      wrongSlots,
      slots: compiled.slots.size,
      stackUsage: compiled.stackUsage,
      ownStackUsage: frame.stackUsage.bytes,
      size: compiled.size,
      estimatedSize: estimateCode(fn, frame).size,
    });
  }
  return results;
}

function flagsFor({ target, pie, stackProtector }: CompileOptions): readonly string[] {
  return [
    target === 'i386' ? '-m32' : '-m64',
    pie ? '-fpie' : '-fno-pie',
    stackProtector ? '-fstack-protector-strong' : '-fno-stack-protector',
  ];
}

function main(): void {
  const { values } = parseArgs({
    options: {
      functions: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      target: { type: 'string', default: 'x86_64' },
      sizes: { type: 'boolean', default: false },
      protect: { type: 'boolean', default: false },
      file: { type: 'string' },
      show: { type: 'boolean', default: false },
    },
  });
  if (gccVersion() === undefined) {
    process.stderr.write('there is no gcc here: nothing was compared\n');
    process.exitCode = 1;
    return;
  }
  const text =
    values.file === undefined
      ? randomFunctions({ functions: Number(values.functions), seed: Number(values.seed) })
      : readFileSync(values.file, 'utf8');
  const results = compareFunctions(text, values.target === 'i386' ? 'i386' : 'x86_64', {
    stackProtector: values.protect,
  });
  const wrong = results.filter((one) => one.wrongSlots.length > 0);
  const exact = results.filter((one) => one.size === one.estimatedSize);
  for (const one of wrong) process.stdout.write(`${one.name}: ${one.wrongSlots.join('; ')}\n`);
  const used = results.filter((one) => one.stackUsage === one.ownStackUsage);
  for (const one of results) {
    if (one.stackUsage !== one.ownStackUsage)
      process.stdout.write(`${one.name}: ${one.ownStackUsage} bytes of stack instead of ${one.stackUsage}\n`);
  }
  if (values.sizes) {
    for (const one of results) {
      if (one.size !== one.estimatedSize)
        process.stdout.write(`${one.name}: ${one.estimatedSize} bytes instead of ${one.size}\n`);
    }
  }
  if (values.show) process.stdout.write(`${text}\n`);
  const slots = results.reduce((sum, one) => sum + one.slots, 0);
  process.stdout.write(
    `${results.length - wrong.length} of ${results.length} frames equal (${slots} slots), ` +
      `${used.length} stack usages, ${exact.length} code sizes exact\n`,
  );
  if (wrong.length > 0) process.exitCode = 1;
}

if (process.argv[1]?.endsWith('frame-fuzz.ts') === true) main();
