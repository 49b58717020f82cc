/**
 * What looking at a run costs: recording its events, telling its steps, checking its accesses, beside the run alone and
 * beside valgrind; and how long it takes to go to a moment.
 *
 * Times are processor time, the best of the rounds, which take the ways of running in turn, so that the engine is as warm and the
 * machine as busy for each; without valgrind or gcc their column stays empty.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { indexColumn } from '../src/base/column.ts';
import { NullTracer } from '../src/core/trace/trace-event.ts';
import { renderText } from '../src/core/text/all-texts.ts';
import { defaultAnalysisOptions } from '../src/session/analysis.ts';
import { buildProgram } from '../src/session/build.ts';
import { checkRun } from '../src/session/check-run.ts';
import { Recording } from '../src/session/recording.ts';
import { Rerun } from '../src/session/rerun.ts';
import { runProfile } from '../src/session/run-profile.ts';
import { Session } from '../src/session/session.ts';
import type { RunInputs } from '../src/protocol/messages.ts';

const rounds = 8;

const programs: Readonly<Record<string, string>> = {
  loops: `#include <stdio.h>
int main(void) { unsigned s = 0; for (int i = 0; i < 5000000; i++) s += i ^ (s << 1); printf("%u\\n", s); return 0; }`,
  array: `#include <stdio.h>
#include <stdlib.h>
int main(void) { int *a = malloc(1000 * sizeof *a); long s = 0; for (int i = 0; i < 1000; i++) a[i] = i;
for (int k = 0; k < 2000; k++) for (int i = 0; i < 1000; i++) s += a[i] * k; printf("%ld\\n", s); free(a); return 0; }`,
  list: `#include <stdio.h>
#include <stdlib.h>
struct node { struct node *next; int value; };
int main(void) { long s = 0; for (int k = 0; k < 50; k++) { struct node *head = 0; for (int i = 0; i < 2000; i++) {
struct node *n = malloc(sizeof *n); n->next = head; n->value = i; head = n; }
for (struct node *n = head; n; n = n->next) s += n->value; while (head) { struct node *n = head->next; free(head); head = n; } }
printf("%ld\\n", s); return 0; }`,
  trees: `#include <stdio.h>
#include <stdlib.h>
struct tree { struct tree *left, *right; };
static struct tree *make(int depth) { struct tree *t = malloc(sizeof *t);
t->left = depth > 0 ? make(depth - 1) : 0; t->right = depth > 0 ? make(depth - 1) : 0; return t; }
static int count(struct tree *t) { return 1 + (t->left ? count(t->left) + count(t->right) : 0); }
static void drop(struct tree *t) { if (t->left) { drop(t->left); drop(t->right); } free(t); }
int main(void) { int s = 0; for (int k = 0; k < 300; k++) { struct tree *t = make(9); s += count(t); drop(t); } printf("%d\\n", s); return 0; }`,
};

const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));

function inputsOf(name: string, text: string): RunInputs {
  return {
    files: [{ name: `${name}.c`, text }],
    headers: [],
    args: [],
    environment: [],
    stdin: '',
    stdoutKind: 'pipe',
    programPath: `./${name}`,
    target: 'x86_64',
    glibc: '2.36',
    limits: { fuel: 1e12, memoryBytes: 1 << 30, outputBytes: 1 << 20, events: 20_000_000 },
  };
}

/** Milliseconds of processor time that each work takes: the best of the rounds, in which they take turns. */
function timesOf<Name extends string>(works: Readonly<Record<Name, () => void>>): Record<Name, number> {
  const names = Object.keys(works) as Name[];
  const best = Object.fromEntries(names.map((name) => [name, Infinity])) as Record<Name, number>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const begin = process.cpuUsage();
      works[name]();
      const { user, system } = process.cpuUsage(begin);
      best[name] = Math.min(best[name], (user + system) / 1000);
    }
  }
  return best;
}

const timeOf = (work: () => void): number => timesOf({ work }).work;

/** Milliseconds of the program alone and under valgrind; undefined where one of them is missing. */
function valgrindTimes(name: string, text: string): { native: number; checked: number } | undefined {
  const binary = join(folder, name);
  try {
    writeFileSync(`${binary}.c`, text);
    execFileSync('gcc', ['-g', '-O0', '-w', '-o', binary, `${binary}.c`]);
    const elapsed = (words: readonly string[]): number => {
      const begin = performance.now();
      execFileSync(words[0] ?? '', words.slice(1), { stdio: 'ignore' });
      return performance.now() - begin;
    };
    return { native: elapsed([binary]), checked: elapsed(['valgrind', '--leak-check=full', binary]) };
  } catch {
    return undefined;
  }
}

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(13)).join('');
const times = (of: number, base: number): string => `${(of / base).toFixed(2)}x`;

process.stdout.write(`${row(['program', 'run', 'events', 'recorded', 'steps', 'checked', 'valgrind'])}\n`);
for (const [name, text] of Object.entries(programs)) {
  const inputs = inputsOf(name, text);
  const { program } = buildProgram(inputs.files, defaultAnalysisOptions, runProfile(inputs), (one) =>
    renderText(one, 'en'),
  );
  if (program === undefined) throw new Error(`${name} is not built`);
  const rerun = new Rerun(inputs, program);
  const { session } = Session.open(inputs, 'en');
  if (session === undefined) throw new Error(`${name} is not run`);
  let events = 0;
  const { plain, recorded, steps, checked } = timesOf({
    plain: () => {
      rerun.machine(Object.assign(new NullTracer(), { ignoresMalloc: true })).run();
    },
    recorded: () => {
      const recording = new Recording({ limit: Infinity, outputLimit: Infinity });
      const machine = rerun.machine(recording);
      recording.position = () => machine.position;
      machine.run();
      events = recording.count;
    },
    steps: () => {
      const positions = indexColumn();
      rerun.watchSteps((_, told) => {
        positions.append(told, told.length);
        return false;
      });
    },
    checked: () => {
      checkRun(session, 'en');
    },
  });
  const real = valgrindTimes(name, text);
  process.stdout.write(
    `${row([
      name,
      `${plain.toFixed(0)} ms`,
      String(events),
      times(recorded, plain),
      times(steps, plain),
      times(checked, plain),
      real === undefined ? '' : times(real.checked, real.native),
    ])}\n`,
  );
}

const long = `int main(void) { unsigned s = 0; for (int i = 0; i < 100000000; i++) s += i; return s == 1; }`;
const { session } = Session.open(inputsOf('long', long), 'en');
if (session === undefined) throw new Error('the long program is not run');
const last = session.recording.count - 1;
process.stdout.write(
  `seek to the end of 10^8 operations: ${timeOf(() => session.seek(last)).toFixed(0)} ms\n`,
);
const { session: snippet } = Session.open(
  inputsOf('list', programs.list?.replace('k < 50', 'k < 1') ?? ''),
  'en',
);
if (snippet === undefined) throw new Error('the snippet is not run');
const middle = Math.floor(snippet.recording.count / 2);
process.stdout.write(
  `seek in a snippet of ${String(snippet.recording.count)} events: ${timeOf(() => snippet.seek(middle)).toFixed(1)} ms\n`,
);
const many = new Recording({ limit: Infinity, outputLimit: Infinity });
for (let i = 0; i < 5_000_000; i++) {
  const shared = { kind: 'malloc', errno: 0, caller: 'program', why: [] } as const;
  many.emit({ ...shared, name: 'malloc', args: [24], result: 0x5555555592a0, since: 2 * i });
  many.emit({ ...shared, name: 'free', args: [0x5555555592a0], result: 0, since: 2 * i + 1 });
}
process.stdout.write(`${String(many.count)} events: ${(many.byteLength / 2 ** 20).toFixed(0)} MiB\n`);
rmSync(folder, { recursive: true, force: true });
