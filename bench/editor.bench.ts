/**
 * What the editor waits for: activation of the extension, hover answers, the longest piece of work on the extension host's
 * thread while somebody types, and the timeline's answers over a million events.
 *
 * Goals: activation 30 ms after the bundle is loaded, a hover in a file of 1,000 lines 10 ms, no piece above 8 ms while typing, a
 * list of a million events filtered and scrolled in 100 ms. Kept or missed is said of the time on the
 * processor: on a busy machine the clock counts others' work too.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { packHeaders } from '../scripts/support/pack-headers.mjs';
import { sliceMs } from '../src/base/steps.ts';
import type { Steps } from '../src/base/steps.ts';
import type { RunInputs } from '../src/protocol/messages.ts';
import { defaultAnalysisOptions } from '../src/session/analysis.ts';
import type { ProgramAnalysis } from '../src/session/analysis.ts';
import { executableJson } from '../src/session/executable-json.ts';
import { hoverFactsAt } from '../src/session/hover-facts.ts';
import { IncrementalAnalysis } from '../src/session/incremental-analysis.ts';
import { problemViews } from '../src/session/problem-views.ts';
import { segmentTree } from '../src/session/segment-tree.ts';
import { Session } from '../src/session/session.ts';
import { sourceMarkSteps } from '../src/session/source-marks.ts';
import { report, timed } from './editor/measured.ts';
import type { Took } from './editor/measured.ts';
import { programOfLines } from './editor/program.ts';

const rounds = 30;
const worst = (numbers: readonly number[]): number => Math.max(...numbers);

// ---------------------------------------------------------------- activation

/** Loads the extension as it ships over an API of VS Code that does nothing, in processes of their own. */
async function activation(): Promise<void> {
  const folder = join(import.meta.dirname, '../out/bench/editor');
  mkdirSync(join(folder, 'node_modules/vscode'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/vscode/index.js'), emptyApi);
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
  writeFileSync(join(folder, 'start.js'), start);
  await build({
    entryPoints: [join(import.meta.dirname, '../src/extension/extension.ts')],
    outfile: join(folder, 'extension.js'),
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    plugins: [packHeaders],
    logLevel: 'warning',
  });
  const loads: Took[] = [];
  const activations: Took[] = [];
  for (let round = 0; round < 7; round++) {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, 'start.js')], {
      encoding: 'utf8',
    });
    if (status !== 0)
      throw new Error(
        stderr
          .split('\n')
          .filter((line) => line.length < 300)
          .join('\n'),
      );
    const [load, activate] = JSON.parse(stdout) as [Took, Took];
    loads.push(load);
    activations.push(activate);
  }
  report('loading the bundle', loads, undefined);
  report('activation, no C file open', activations, 30);
}

/** Every member of it is a class, a function and an object without members that matter. */
const emptyApi = `
const nothing = () => new Proxy(class {}, {
  get: (target, key) =>
    key === Symbol.toPrimitive ? () => '' : key === Symbol.iterator ? function* () {} : key === 'then' ? undefined
      : key === 'length' ? 0 : key === 'prototype' ? target.prototype : known[key] ?? nothing(),
  apply: () => nothing(),
  construct: () => nothing(),
  set: () => true,
});
const known = {
  t: (text) => String(text),
  textDocuments: [],
  visibleTextEditors: [],
  language: 'en',
  get: (key, otherwise) => otherwise,
  map: () => [],
  fsPath: '/',
  toString: () => '',
};
module.exports = nothing();
`;

const start = `
const processor = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const timed = (work) => {
  const [cpu, clock] = [processor(), performance.now()];
  const result = work();
  const passed = performance.now() - clock;
  return { result, clock: passed, processor: Math.min(passed, processor() - cpu) };
};
const vscode = require('vscode');
const loaded = timed(() => require('./extension.js'));
const context = { subscriptions: [], extensionUri: vscode.Uri, globalState: vscode.state, workspaceState: vscode.state,
  asAbsolutePath: (path) => path, extensionMode: 1, extension: vscode.extension, storageUri: undefined };
const { clock, processor: cpu } = timed(() => loaded.result.activate(context));
process.stdout.write(JSON.stringify([{ clock: loaded.clock, processor: loaded.processor }, { clock, processor: cpu }]));
process.exit(0);
`;

// ---------------------------------------------------------------- hover

function hovers(): void {
  const text = programOfLines(1000);
  const source = { name: 'bench.c', text };
  const names = [...text.matchAll(/\b(?:counter_\d+|list|total|node|argv|dead|push_\d+)\b/g)].map(
    ({ index }) => index,
  );
  const analysis = new IncrementalAnalysis();
  const program = analysis.update(source, defaultAnalysisOptions);
  const known = names.filter((at) => hoverFactsAt(program, 0, at) !== undefined);
  const ask = (one: ProgramAnalysis, round: number): void => {
    if (hoverFactsAt(one, 0, known[(round * 37) % known.length] ?? 0) === undefined)
      throw new Error('a name has no hover');
  };
  const warm: Took[] = [];
  const edited: Took[] = [];
  for (let round = 0; round < 4 * rounds; round++)
    warm.push(
      timed(() => {
        ask(program, round);
      }),
    );
  for (let round = 0; round < rounds; round++) {
    const next = typedInto(text, round + 1);
    edited.push(
      timed(() => {
        ask(analysis.update({ name: 'bench.c', text: next }, defaultAnalysisOptions), 0);
      }),
    );
  }
  report('hover, 1,000 lines', warm.slice(10), 10);
  report('hover, 1,000 lines, the slowest', warm.slice(10), 10, worst);
  report('hover, 1,000 lines, right after a keystroke', edited.slice(5), 10);
}

/** A text with some more characters in a function in its middle. */
function typedInto(text: string, characters: number): string {
  const place = text.indexOf('total += list->key', text.length >> 1) + 'total += '.length;
  return text.slice(0, place) + '1 + '.repeat(characters) + text.slice(place);
}

// ---------------------------------------------------------------- typing

/** The steps of an analysis, its link and its marks, as the extension makes them, then what the views do with it. */
function stepsOf(analysis: IncrementalAnalysis, text: string): number[] {
  const took: number[] = [];
  function* whole(): Steps<ProgramAnalysis> {
    const program = yield* analysis.updateSteps({ name: 'bench.c', text }, defaultAnalysisOptions);
    yield;
    yield* program.linkSteps();
    yield* sourceMarkSteps(program, 0);
    return program;
  }
  const steps = whole();
  let program: ProgramAnalysis | undefined;
  while (program === undefined) {
    const step = timed(() => steps.next());
    took.push(step.clock);
    if (step.result.done === true) program = step.result.value;
  }
  const analysed = program;
  const unit = analysed.units[0];
  const views: readonly (() => unknown)[] = [
    () => executableJson(analysed),
    () => segmentTree(analysed, ({ key }) => key),
    () => unit && problemViews(unit, () => ''),
  ];
  // Each of them is a piece of its own.
  for (const view of views) took.push(Infinity, timed(view).clock);
  return took;
}

/** The slices that steps make when each takes the time given; Infinity stands for the end of one. */
function slicesOf(steps: readonly number[]): number[] {
  const slices = [0];
  for (const ms of steps) {
    const last = slices.at(-1) ?? 0;
    if (ms === Infinity || last >= sliceMs) slices.push(ms === Infinity ? 0 : ms);
    else slices[slices.length - 1] = last + ms;
  }
  return slices;
}

/**
 * The longest slice of work that is done again and again. Of each step the best time counts: what comes on top of it is
 * the collector, the compiler and the rest of the machine, which strike elsewhere each time.
 */
function longestSlice(texts: readonly string[], between: readonly string[]): number {
  const analysis = new IncrementalAnalysis();
  let best: number[] = [];
  for (const [round, text] of texts.entries()) {
    const before = between[round];
    if (before !== undefined) analysis.update({ name: 'bench.c', text: before }, defaultAnalysisOptions);
    const took = stepsOf(analysis, text);
    if (best.length !== took.length) best = took;
    else best = best.map((ms, index) => Math.min(ms, took[index] ?? ms));
  }
  const slices = slicesOf(best);
  if (process.argv.includes('--slices')) console.log(slices.map((ms) => ms.toFixed(1)).join(' '));
  return Math.max(...slices);
}

const grouped = (lines: number): string => lines.toLocaleString('en');

function typing(lines: number): void {
  const text = programOfLines(lines);
  const keys = Array.from({ length: rounds }, (_, round) => round);
  const inside = longestSlice(
    keys.map((round) => typedInto(text, (round % 20) + 2)),
    [text],
  );
  const outside = longestSlice(
    keys.map((round) => `${text}int added_${String(round % 10)};\n`),
    [],
  );
  const same = (ms: number): Took => ({ clock: ms, processor: ms });
  report(`typing in a function, ${grouped(lines)} lines: longest slice`, [same(inside)], 8);
  report(`typing between functions, ${grouped(lines)} lines: longest slice`, [same(outside)], 8);
}

/** In a process that has analysed nothing yet: the engine has compiled none of our code. */
function firstOpen(): void {
  const steps = stepsOf(new IncrementalAnalysis(), programOfLines(1000));
  const longest = Math.max(...slicesOf(steps));
  const all = steps.filter((ms) => ms !== Infinity).reduce((sum, ms) => sum + ms, 0);
  report('first file of 1,000 lines: longest slice', [{ clock: longest, processor: longest }], undefined);
  report('first file of 1,000 lines: all slices', [{ clock: all, processor: all }], undefined);
}

// ---------------------------------------------------------------- timeline

function timeline(): void {
  const program = `#include <stdlib.h>
int main(void) {
  for (int i = 0; i < 500000; i++) free(malloc(16 + i % 1000));
  return 0;
}
`;
  const inputs: RunInputs = {
    files: [{ name: 'million.c', text: program }],
    headers: [],
    args: [],
    environment: [],
    stdin: '',
    stdoutKind: 'terminal',
    programPath: './a.out',
    target: 'x86_64',
    glibc: '2.36',
    limits: { fuel: 1e10, memoryBytes: 2 ** 30, outputBytes: 1e6, events: 4e6 },
  };
  const { session } = Session.open(inputs, 'en');
  if (session === undefined) throw new Error('the program does not run');
  const { total } = session.events(0, 1, undefined, 0, 'en', '');
  const queries = ['', 'free', 'size>1000', 'line:3', 'in:main', '0x5555555592', 'malloc size>500'];
  for (const query of queries) {
    const kinds = query === '' ? (['malloc'] as const) : undefined;
    const filter: Took[] = [];
    const scroll: Took[] = [];
    for (let round = 0; round < 5; round++) {
      session.events(0, 1, undefined, 0, 'en', 'line:1');
      filter.push(timed(() => session.events(0, 100, kinds, 0, 'en', query)));
      const from = Math.floor((total * (round + 1)) / 7);
      scroll.push(timed(() => session.events(from, 100, kinds, 0, 'en', query)));
    }
    const name = query === '' ? 'of one kind' : `“${query}”`;
    report(`timeline, ${grouped(total)} events: filter ${name}`, filter, 100);
    report(`timeline, ${grouped(total)} events: scroll in it`, scroll, 100);
  }
}

// ---------------------------------------------------------------- all of it

/** A part of the bench that is measured in a process of its own, where no code is compiled yet. */
const alone = process.argv.find((arg) => arg.startsWith('--alone='))?.slice(8);
if (alone === 'first-open') firstOpen();
else {
  await activation();
  hovers();
  spawnSync(process.execPath, [process.argv[1] ?? '', '--alone=first-open'], { stdio: 'inherit' });
  for (const lines of [1000, 10_000]) typing(lines);
  timeline();
}
