/**
 * What the editor waits for: activation of the extension, hover answers of the analysis worker, the longest piece of work on
 * the extension host's thread while somebody types, and the timeline's answers over a million events.
 *
 * Goals: activation 30 ms after the bundle is loaded, a hover in a file of 1,000 lines 10 ms, no piece above 8 ms while typing, a
 * list of a million events filtered and scrolled in 100 ms. Kept or missed is said of the time on the
 * processor: on a busy machine the clock counts others' work too. An answer's is that of the two threads that it waits for, the
 * host's and the worker's; the engine's compiler and collector have threads of their own.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { RunInputs } from '../src/protocol/messages.ts';
import { defaultAnalysisOptions } from '../src/session/analysis.ts';
import { AnalysisClient } from '../src/session/editor/analysis-client.ts';
import type { AnalysedDocument } from '../src/session/editor/analysis-client.ts';
import type {
  AnalysedProgram,
  FromAnalysis,
  QuestionName,
  QuestionParams,
  QuestionResult,
} from '../src/session/editor/analysis-messages.ts';
import { Session } from '../src/session/session.ts';
import { report, threadIds, threadsMs, timed } from './editor/measured.ts';
import type { Took } from './editor/measured.ts';
import { programOfLines } from './editor/program.ts';

const folder = join(import.meta.dirname, '../out/bench/editor');
const rounds = 30;
const worst = (numbers: readonly number[]): number => Math.max(...numbers);

// ---------------------------------------------------------------- activation

/** Loads the extension as it ships over an API of VS Code that does nothing, in processes of their own. */
async function activation(): Promise<void> {
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
  // What an import of everything copies.
  ownKeys: () => ['prototype', 'version'],
});
const known = {
  t: (text) => String(text),
  textDocuments: [],
  visibleTextEditors: [],
  language: 'en',
  version: '1.95.0',
  get: (key, otherwise) => otherwise,
  map: () => [],
  fsPath: '/',
  toString: () => '',
};
module.exports = nothing();
`;

const start = `
(async () => {
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
const loop = performance.eventLoopUtilization();
const before = processor();
await loaded.result.activate(context);
const [clock, cpu] = [performance.eventLoopUtilization(loop).active, processor() - before];
process.stdout.write(JSON.stringify([{ clock: loaded.clock, processor: loaded.processor }, { clock, processor: cpu }]));
process.exit(0);
})();
`;

// ---------------------------------------------------------------- the analysis worker

/** The analysis worker as the extension starts it, and a document that is typed into. */
class Editor implements AnalysedDocument {
  readonly key = 1;
  readonly program: AnalysedProgram = {
    own: 'bench.c',
    others: [],
    order: ['bench.c'],
    headers: [],
    compile: defaultAnalysisOptions.compile,
  };
  readonly #client: AnalysisClient;
  #content: string;
  version = 1;
  /** What this thread did for the worker: started it, wrote to it, read from it. */
  readonly pieces: Took[] = [];
  /** This thread and the worker's. */
  #threads: readonly string[] = [String(process.pid)];

  constructor(script: string, content: string) {
    this.#content = content;
    this.#client = new AnalysisClient({
      language: 'en',
      timers: {
        after: (ms, callback) => {
          const timer = setTimeout(callback, ms);
          return () => {
            clearTimeout(timer);
          };
        },
      },
      onTrouble: (reason) => {
        throw new Error(reason);
      },
      start: async (listener) => {
        const before = new Set(threadIds());
        const worker = this.#piece(() => new Worker(script, { resourceLimits: { stackSizeMb: 256 } }));
        await once(worker, 'online');
        this.#threads = [...this.#threads, ...threadIds().filter((id) => !before.has(id))];
        worker.on('message', (message: FromAnalysis) => {
          this.#piece(() => {
            listener.onMessage(message);
          });
        });
        return {
          post: (message) => {
            this.#piece(() => {
              worker.postMessage(message);
            });
          },
          terminate: () => void worker.terminate(),
        };
      },
    });
  }

  /** Does something in one turn of this thread. */
  #piece<T>(work: () => T): T {
    const { result, clock, processor } = timed(work);
    this.pieces.push({ clock, processor });
    return result;
  }

  get length(): number {
    return this.#content.length;
  }

  text(): string {
    return this.#content;
  }

  type(offset: number, text: string): void {
    this.#content = this.#content.slice(0, offset) + text + this.#content.slice(offset);
    this.version += 1;
    this.#client.edited(this.key, this.version, [{ offset, length: 0, text }], this.length);
  }

  async ask<Name extends QuestionName>(
    name: Name,
    params: QuestionParams<Name>,
  ): Promise<QuestionResult<Name>> {
    for (;;) {
      const outcome = await this.#client.ask(this, name, () => params);
      if (outcome.kind === 'answered') return outcome.result;
      if (outcome.kind === 'given-up') throw new Error('the worker was given up');
    }
  }

  /** What the window asks for after each pause in typing: marks, hints, lenses, tree, sizes, problems. */
  get questions(): readonly (() => Promise<unknown>)[] {
    return [
      () => this.ask('gutter', {}),
      () => this.ask('marks', { kinds: ['function', 'record'], start: 0, end: Infinity }),
      () => this.ask('marks', { kinds: ['object', 'allocation'], start: 0, end: 4000 }),
      () => this.ask('segments', {}),
      () => this.ask('size', {}),
      () => this.ask('problems', {}),
    ];
  }

  async askAll(): Promise<void> {
    await Promise.all(this.questions.map((ask) => ask()));
  }

  /** How long somebody waits, and what host and worker do meanwhile. */
  async answerTime(work: () => Promise<unknown>): Promise<Took> {
    const processor = threadsMs(this.#threads);
    const start = performance.now();
    await work();
    const clock = performance.now() - start;
    return { clock, processor: Math.min(clock, threadsMs(this.#threads) - processor) };
  }

  close(): void {
    this.#client.close();
  }
}

/** Bundles the worker. @returns its file */
async function workerScript(): Promise<string> {
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../src/worker/node-worker.ts')],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  return outfile;
}

async function hovers(script: string, lines: number, goalMs: number | undefined): Promise<void> {
  const text = programOfLines(lines);
  const names = [...text.matchAll(/\b(?:counter_\d+|list|total|node|argv|dead|push_\d+)\b/g)].map(
    ({ index }) => index,
  );
  const editor = new Editor(script, text);
  const ask = (round: number) => editor.ask('hover', { offset: names[(round * 37) % names.length] ?? 0 });
  await editor.askAll();
  const warm: Took[] = [];
  for (let round = 0; round < 4 * rounds; round++) warm.push(await editor.answerTime(() => ask(round)));
  const typed = async (offset: number): Promise<readonly Took[]> => {
    const took: Took[] = [];
    for (let round = 0; round < rounds; round++) {
      editor.type(placeToType(text), '1 + ');
      took.push(await editor.answerTime(() => editor.ask('hover', { offset })));
    }
    return took.slice(5);
  };
  const [ofGlobal = 0] = names;
  if ((await editor.ask('hover', { offset: ofGlobal })) === undefined) throw new Error('a name has no hover');
  const name = `hover, ${grouped(lines)} lines`;
  report(name, warm.slice(10), goalMs);
  report(`${name}, the slowest`, warm.slice(10), goalMs, worst);
  report(`${name}, right after a keystroke`, await typed(ofGlobal), goalMs);
  report(`${name}, of a local then`, await typed(text.indexOf('total = 0')), goalMs);
  editor.close();
}

/** In a function in the middle of a text. */
const placeToType = (text: string): number =>
  text.indexOf('total += list->key', text.length >> 1) + 'total += '.length;

// ---------------------------------------------------------------- typing

/**
 * What this thread does while a question is asked and answered: all that it did, by the clock and on the processor, of which no
 * task can have been longer. A watch of the event loop would take more than the work does.
 */
async function hostTime(work: () => Promise<unknown>): Promise<Took> {
  const loop = performance.eventLoopUtilization();
  const before = hostMs();
  await work();
  const processor = hostMs() - before;
  return { clock: performance.eventLoopUtilization(loop).active, processor };
}

/** Milliseconds that this thread was on a processor; elsewhere than on Linux, that it was not idle. */
function hostMs(): number {
  return process.platform === 'linux'
    ? threadsMs([String(process.pid)])
    : performance.eventLoopUtilization().active;
}

const grouped = (lines: number): string => lines.toLocaleString('en');

async function typing(script: string, lines: number): Promise<void> {
  const text = programOfLines(lines);
  const editor = new Editor(script, text);
  await editor.askAll();
  const inside: Took[] = [];
  const outside: Took[] = [];
  const longest = async (type: () => void): Promise<Took> => {
    const all: Took[] = [];
    for (const [index, ask] of editor.questions.entries()) {
      all.push(
        await hostTime(() => {
          if (index === 0) type();
          return ask();
        }),
      );
    }
    return {
      clock: worst(all.map(({ clock }) => clock)),
      processor: worst(all.map(({ processor }) => processor)),
    };
  };
  for (let round = 0; round < 15; round++) {
    inside.push(
      await longest(() => {
        editor.type(placeToType(text), '1 + ');
      }),
    );
    outside.push(
      await longest(() => {
        editor.type(editor.length, `int added_${String(round)};\n`);
      }),
    );
  }
  editor.close();
  report(`typing in functions, ${grouped(lines)} lines: host thread`, inside.slice(5), 8);
  report(`typing between functions, ${grouped(lines)} lines: host thread`, outside.slice(5), 8);
}

/** In a process that has asked nothing yet: none of our code is compiled. */
async function firstOpen(script: string): Promise<void> {
  const editor = new Editor(script, programOfLines(1000));
  const answers: Took[] = [];
  const took = await hostTime(async () => {
    answers.push(await editor.answerTime(() => editor.askAll()));
  });
  editor.close();
  report('first file of 1,000 lines, with the start: host thread', [took], undefined);
  report('first file of 1,000 lines: longest piece on it', editor.pieces, 8, worst);
  report('first file of 1,000 lines: all answers', answers, undefined);
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

/** The worker's script, in a process of its own, where no code is compiled yet. */
const alone = process.argv.find((arg) => arg.startsWith('--alone='))?.slice('--alone='.length);
if (alone !== undefined) await firstOpen(alone);
else {
  await activation();
  const script = await workerScript();
  await hovers(script, 1000, 10);
  await hovers(script, 10_000, undefined);
  for (let round = 0; round < 3; round++)
    spawnSync(process.execPath, [process.argv[1] ?? '', `--alone=${script}`], { stdio: 'inherit' });
  for (const lines of [1000, 10_000]) await typing(script, lines);
  timeline();
}
