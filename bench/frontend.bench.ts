/**
 * The front end on a file of 10,000 lines: each phase alone, the whole analysis cold, one keystroke in a function body,
 * and what the first hover behind it needs: the frame of its function and the linked program.
 *
 * Budgets, warmed: 80 ms cold, 10 ms a keystroke, 15 ms for frames and linking behind it, at most 3 times the cold time of
 * tree-sitter-c's parsing alone. Beside the time by the clock the mean time on the processor of the main thread is given
 * where the kernel tells it (Linux): that is to be compared on a busy machine. With TREE_SITTER naming a folder that holds `node_modules/web-tree-sitter` and
 * `node_modules/tree-sitter-c`, the wasm parser runs in the same rounds, so that both meet the same weather.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { layoutFrame } from '../src/core/image/frame.ts';
import { linkProgram } from '../src/core/image/link.ts';
import { analyze } from '../src/core/sema/analyzer.ts';
import { placeUnit } from '../src/core/sema/place-unit.ts';
import { debianDefaults } from '../src/core/sema/placement.ts';
import { lex } from '../src/core/syntax/lexer.ts';
import { parse } from '../src/core/syntax/parser.ts';
import { preprocess } from '../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../src/core/target/data-model.ts';
import { analyzeProgram, defaultAnalysisOptions } from '../src/session/analysis.ts';
import { IncrementalAnalysis } from '../src/session/incremental-analysis.ts';
import { functionsText, head } from './editor/program.ts';

const text = head + Array.from({ length: 303 }, (_item, n) => functionsText(n)).join('');

const rounds = 40;
const warmUp = 10;
interface Times {
  readonly clock: number[];
  /** Milliseconds on the processor, all rounds together. */
  processor: number;
}
const times = new Map<string, Times>();

/** Milliseconds that this thread was on a processor; the kernel counts by ticks, so only sums are of use. */
const schedule = '/proc/thread-self/schedstat';
const knowsProcessor = existsSync(schedule);
const processorTime = (): number =>
  knowsProcessor ? Number(readFileSync(schedule, 'latin1').split(' ')[0]) / 1e6 : 0;

/** Runs one step of a round and notes its time. */
function step<T>(name: string, round: number, task: () => T): T {
  const processorStart = processorTime();
  const start = performance.now();
  const result = task();
  const time = performance.now() - start;
  const known = times.get(name) ?? { clock: [], processor: 0 };
  times.set(name, known);
  if (round >= warmUp) {
    known.clock.push(time);
    known.processor += processorTime() - processorStart;
  }
  return result;
}

/** web-tree-sitter's parse of a text, where there is one. */
async function treeSitter(): Promise<((text: string) => void) | undefined> {
  const folder = process.env.TREE_SITTER;
  if (folder === undefined) return undefined;
  const wasm = join(folder, 'node_modules/tree-sitter-c/tree-sitter-c.wasm');
  if (!existsSync(wasm)) throw new Error(`TREE_SITTER: there is no ${wasm}`);
  const entry = createRequire(join(folder, 'entry.cjs')).resolve('web-tree-sitter');
  interface Loaded {
    readonly Parser: {
      init(): Promise<void>;
      new (): { setLanguage(l: unknown): void; parse(t: string): { delete(): void } };
    };
    readonly Language: { load(path: string): Promise<unknown> };
  }
  const { Parser, Language } = (await import(pathToFileURL(entry).href)) as Loaded;
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm));
  return (source) => parser.parse(source).delete();
}

const other = await treeSitter();
const input = { name: 'bench.c', text, target: 'x86_64' } as const;
const model = dataModelOf('x86_64');
/** The text with one more digit in a function in the middle: what a keystroke makes of it. */
const place = text.indexOf('total += list->key', text.length >> 1) + 'total += '.length;
/** The function that is edited. */
const editedName = /^int (work_\d+)/m.exec(
  text.slice(text.lastIndexOf('\nint work_', place)).trimStart(),
)?.[1];
const typedText = (digits: number): string =>
  text.slice(0, place) + '1 + '.repeat(digits) + text.slice(place);
const edited = new IncrementalAnalysis();
edited.update({ name: 'bench.c', text }, defaultAnalysisOptions);
for (let round = 0; round < rounds; round++) {
  if (other !== undefined) step('tree-sitter-c, parse', round, () => other(text));
  step('lex', round, () => lex(text));
  const { tokens, files } = step('preprocess', round, () => preprocess(input));
  const parsed = step('parse', round, () => parse(tokens, { files }));
  const unit = step('analyze', round, () => analyze(parsed.unit, { model }));
  const placements = step('place', round, () => placeUnit(unit, debianDefaults));
  step('frames', round, () => unit.functions.map((fn) => layoutFrame(fn, debianDefaults)));
  step('link', round, () => linkProgram([{ name: 'bench.c', unit, placements }], debianDefaults));
  step('all, cold', round, () => analyzeProgram([{ name: 'bench.c', text }], defaultAnalysisOptions));
  const source = { name: 'bench.c', text: typedText((round % 20) + 1) };
  const program = step('a keystroke', round, () => edited.update(source, defaultAnalysisOptions));
  if (edited.lastUpdate !== 'body') throw new Error('the keystroke was not taken as an edit of one body');
  const edit = program.units[0];
  const typedIn = edit?.unit.functions.find((fn) => fn.symbol.name === editedName);
  step('then: its frame', round, () => typedIn && edit?.layouts.get(typedIn));
  step('then: linking', round, () => program.linked);
}

console.log(`${text.split('\n').length} lines`);
for (const [name, { clock, processor }] of times) {
  clock.sort((a, b) => a - b);
  const column = (value: number | undefined): string => `${(value ?? 0).toFixed(1).padStart(6)} ms`;
  const mean = knowsProcessor ? `, on the processor ${column(processor / clock.length)}` : '';
  const median = clock[clock.length >> 1];
  console.log(`${name.padEnd(24)} best ${column(clock[0])}, median ${column(median)}${mean}`);
}
