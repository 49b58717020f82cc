/**
 * Running C programs: five classic ones beside the same programs compiled by `gcc -O0` (and tcc where it is installed),
 * and how long a program of 200 lines takes from its text to the first statement of main.
 *
 * Times are processor time, of all threads of the engine, the best of three runs each, taken in turns.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { followBranchHints } from '../src/cli/engine-flags.ts';
import { Machine } from '../src/core/process/machine.ts';
import { machineProfile } from '../src/core/target/machine-profile.ts';
import { renderText } from '../src/core/text/all-texts.ts';
import type { TraceEvent, Tracer } from '../src/core/trace/trace-event.ts';
import { defaultAnalysisOptions } from '../src/session/analysis.ts';
import { buildProgram } from '../src/session/build.ts';

const programs = ['sieve', 'n-body', 'binary-trees', 'matrix', 'hash-table'] as const;
const rounds = 3;

const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));

function fileOf(name: string): string {
  return join(import.meta.dirname, 'programs', `${name}.c`);
}

/** Compiles a program for this machine; false where the compiler is missing. */
function compileNative(compiler: string, name: string): boolean {
  try {
    execFileSync(compiler, ['-O0', '-w', '-o', join(folder, `${name}.${compiler}`), fileOf(name), '-lm'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

interface Run {
  readonly stdout: string;
  readonly milliseconds: number;
}

function runNative(compiler: string, name: string): Run {
  const command = `"${join(folder, `${name}.${compiler}`)}"; times`;
  const output = execFileSync('sh', ['-c', command], { encoding: 'utf8' });
  // The shell's own times, then those of its children: user and system.
  const lines = output.trimEnd().split('\n');
  const times = [...(lines.at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  const milliseconds = times.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );
  return { stdout: `${lines.slice(0, -2).join('\n')}\n`, milliseconds };
}

/** Keeps what the program writes. */
class OutputTracer implements Tracer {
  readonly wantsWhy = false;
  readonly ignoresMalloc = true;
  count = 0;
  readonly #output: Uint8Array[];
  constructor(output: Uint8Array[]) {
    this.#output = output;
  }
  emit(event: TraceEvent): void {
    this.count += 1;
    if (event.kind === 'output') this.#output.push(event.bytes.slice());
  }
}

/** Builds a program and makes its process, up to the call of main. */
function start(name: string, text: string, output: Uint8Array[]): Machine {
  const profile = machineProfile('x86_64');
  const { program, problems } = buildProgram([{ name, text }], defaultAnalysisOptions, profile, (one) =>
    renderText(one, 'en'),
  );
  if (program === undefined) throw new Error(problems[0]?.text ?? `${name} is not built`);
  return new Machine({
    program: program.compiled,
    module: program.module,
    image: program.analysis.image,
    linear: new WebAssembly.Memory({ initial: 160, maximum: 16384 }),
    tracer: new OutputTracer(output),
    inputs: {
      profile,
      argv: [name],
      envp: [],
      programPath: `/home/user/${name}`,
      stdin: new Uint8Array(),
      stdinKind: 'pipe',
      stdoutKind: 'pipe',
      pid: 4242,
      fuel: Number.MAX_SAFE_INTEGER,
    },
  });
}

function runHere(name: string): Run {
  const output: Uint8Array[] = [];
  const machine = start(name, readFileSync(fileOf(name), 'utf8'), output);
  const begin = process.cpuUsage();
  const trap = machine.run();
  const { user, system } = process.cpuUsage(begin);
  const milliseconds = (user + system) / 1000;
  if (trap.kind !== 'exit' || trap.status !== 0)
    throw new Error(`${name} ended with ${JSON.stringify(trap)}`);
  return { stdout: Buffer.concat(output).toString('utf8'), milliseconds };
}

function best(runs: readonly Run[]): number {
  return Math.min(...runs.map((run) => run.milliseconds));
}

function geometricMean(numbers: readonly number[]): number {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}

/** A program of about 200 lines: functions over arrays and structures. */
function twoHundredLines(): string {
  const parts = [
    '#include <stdio.h>',
    '#include <stdlib.h>',
    'struct item { int key; double value; char name[12]; };',
  ];
  for (let part = 0; part < 19; part += 1) {
    parts.push(
      `static int step${part}(struct item *items, int count) {`,
      '  int sum = 0;',
      '  for (int i = 0; i < count; i++) {',
      `    items[i].key += i * ${part};`,
      `    if (items[i].key % ${part + 2} == 0) sum += items[i].key;`,
      `    else items[i].value *= 1.5 + ${part};`,
      '  }',
      `  printf("%d %d\\n", ${part}, sum);`,
      '  return sum;',
      '}',
    );
  }
  parts.push('int main(void) {', '  struct item *items = calloc(10, sizeof *items);');
  for (let part = 0; part < 19; part += 1) parts.push(`  step${part}(items, 10);`);
  parts.push('  free(items);', '  return 0;', '}', '');
  return parts.join('\n');
}

/** Milliseconds that this thread has computed so far; a busy machine does not change them. Undefined where Linux does not tell. */
function computedMs(): number | undefined {
  try {
    const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / 1e6;
  } catch {
    return undefined;
  }
}

function measureStart(): void {
  const text = twoHundredLines();
  const clock: number[] = [];
  const computed: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const before = computedMs();
    const begin = performance.now();
    start('start', text, []);
    clock.push(performance.now() - begin);
    const after = computedMs();
    if (before !== undefined && after !== undefined) computed.push(after - before);
  }
  const told = (times: readonly number[]): string => {
    const median = [...times].sort((a, b) => a - b)[6] ?? 0;
    return `first ${(times[0] ?? 0).toFixed(0)} ms, then median ${median.toFixed(0)} ms`;
  };
  const lines = text.split('\n').length - 1;
  console.log(
    `compile and start of ${lines} lines (to reach: 60 ms): ${told(clock)} on the clock` +
      (computed.length > 0 ? `; computing: ${told(computed)}` : ''),
  );
}

followBranchHints();
try {
  const compilers = ['gcc', 'tcc'].filter((compiler) =>
    programs.every((name) => compileNative(compiler, name)),
  );
  if (!compilers.includes('gcc')) console.warn('NOT COMPARED: there is no gcc');
  if (!compilers.includes('tcc')) console.warn('not compared with tcc: it is not installed');
  measureStart();
  const ratios: number[] = [];
  for (const name of programs) {
    const ours: Run[] = [];
    const native = new Map(compilers.map((compiler) => [compiler, [] as Run[]]));
    for (let round = 0; round < rounds; round += 1) {
      ours.push(runHere(name));
      for (const [compiler, runs] of native) runs.push(runNative(compiler, name));
    }
    const words = [...native].map(([compiler, runs]) => {
      if (runs[0]?.stdout !== ours[0]?.stdout)
        throw new Error(`${name} prints other text than under ${compiler}`);
      const ratio = best(ours) / best(runs);
      if (compiler === 'gcc') ratios.push(ratio);
      return `, ${compiler} -O0 ${best(runs).toFixed(0)} ms, ratio ${ratio.toFixed(2)}`;
    });
    console.log(`${name}: ${best(ours).toFixed(0)} ms${words.join('')}`);
  }
  if (ratios.length > 0)
    console.log(`geometric mean: ${geometricMean(ratios).toFixed(2)} x gcc -O0 (to reach: 2.5)`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
