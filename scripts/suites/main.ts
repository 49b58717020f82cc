/**
 * Measures the front end on public suites of C programs.
 *
 *   npm run suites -- c-testsuite FOLDER         accepted, crashed, over 2 s
 *   npm run suites -- torture-execute FOLDER --run   also runs them and compares output and status
 *   npm run suites -- csmith 2000 --run          random programs: their checksums here and under gcc -O0
 *   npm run suites -- mutants FOLDER... --count 500   mutated programs: no crash, and what gcc's do where that is defined
 *   npm run suites -- resilience FOLDER...       damages the files of the folders and compares what is left
 *
 * FOLDER may come from the environment, SUITES/c-testsuite and so on. `--list` prints every failure, `--only TEXT` takes
 * the programs whose name holds the text, `--jobs N` judges N at a time, `--target i386` compares with gcc -m32.
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { TargetName } from '../../src/core/target/data-model.ts';
import { compareCsmith } from './csmith.ts';
import { acceptedByGcc } from './gcc-accepts.ts';
import { compareMutants } from './mutants.ts';
import type { Verdict } from './judge.ts';
import { judgeAll } from './judges.ts';
import { suites } from './program-list.ts';
import type { Program, SuiteDescription } from './program-list.ts';
import { measureResilience } from './resilience.ts';

/** Milliseconds of processor time that an analysis may take. */
const slowLimit = 2000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    run: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    count: { type: 'string', default: '500' },
    jobs: { type: 'string', default: '1' },
    target: { type: 'string', default: 'x86_64' },
  },
});

const target: TargetName = values.target === 'i386' ? 'i386' : 'x86_64';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function usage(): number {
  say(
    `usage: npm run suites -- SUITE [FOLDER] [--run] [--list] [--only TEXT] [--jobs N] [--target x86_64|i386]\n\nSuites:`,
  );
  for (const suite of suites) say(`  ${suite.name}: ${suite.get}`);
  say('  mutants: one or more folders with C files');
  say('  resilience: one or more folders with C files, for example those of the suites above');
  return 2;
}

function folderOf(suite: SuiteDescription, given: string | undefined): string | undefined {
  const folder =
    given ?? (process.env.SUITES === undefined ? undefined : join(process.env.SUITES, suite.name));
  return folder !== undefined && (suite.name === 'csmith' || existsSync(folder)) ? folder : undefined;
}

/** Whether a run did what it must. */
function isRight(program: Program, verdict: Verdict): boolean {
  return verdict.end === 'exit 0' && (program.stdout === undefined || program.stdout === verdict.stdout);
}

async function measure(suite: SuiteDescription, folder: string): Promise<number> {
  const jobs = Number(values.jobs);
  const all = suite.list(folder, target).filter((program) => program.file.includes(values.only));
  const runs = suite.name === 'torture-execute';
  const taken = suite.needsGcc ? await acceptedByGcc(suite.name, all, runs, jobs) : undefined;
  const programs = all.filter((program) => taken === undefined || taken.has(program.file));
  const verdicts = await judgeAll(
    programs.map((program) => ({ program, run: values.run, measure: true })),
    jobs,
  );
  const failures: string[] = [];
  let accepted = 0;
  let crashed = 0;
  let slow = 0;
  let right = 0;
  programs.forEach((program, index) => {
    const verdict = verdicts[index];
    if (verdict === undefined) return;
    const name = basename(program.file);
    if (verdict.crash !== undefined) {
      crashed += 1;
      failures.push(`${name}: crash: ${verdict.crash.split('\n').slice(0, 3).join(' | ')}`);
    } else if (verdict.errors.length > 0) failures.push(`${name}: ${verdict.errors[0] ?? ''}`);
    else accepted += 1;
    if (verdict.milliseconds > slowLimit) {
      slow += 1;
      failures.push(`${name}: ${verdict.milliseconds.toFixed(0)} ms`);
    }
    if (!values.run || verdict.crash !== undefined || verdict.errors.length > 0) return;
    if (isRight(program, verdict)) right += 1;
    else failures.push(`${name}: ${verdict.end ?? ''}${verdict.end === 'exit 0' ? ', other output' : ''}`);
  });
  if (values.list) for (const failure of failures) say(failure);
  const share = (count: number): string =>
    `${count} of ${programs.length} (${((100 * count) / Math.max(1, programs.length)).toFixed(1)} %)`;
  const slowest = Math.max(0, ...verdicts.map((one) => one.milliseconds));
  say(`${suite.name}: ${all.length} programs${taken === undefined ? '' : `, ${taken.size} that gcc takes`}`);
  say(
    `  accepted ${share(accepted)}, crashed ${crashed}, over ${slowLimit} ms ${slow} (slowest ${slowest.toFixed(0)} ms)`,
  );
  if (values.run) say(`  right output and status ${share(right)}`);
  return accepted === programs.length && crashed === 0 && slow === 0 ? 0 : 1;
}

/** Runs `count` random programs from the seed after `--only` on (1). */
async function runCsmith(count: number): Promise<number> {
  const first = values.only === '' ? 1 : Number(values.only);
  const result = await compareCsmith(first, count, target, Number(values.jobs), (done) => {
    if (values.list) say(`${done} done`);
  });
  for (const failure of result.failures) say(failure);
  say(
    `csmith: ${result.equal} of ${result.compared} programs print the checksum of gcc -O0; ` +
      `${result.endless} left out, for they do not end in 3 s`,
  );
  return result.failures.length === 0 ? 0 : 1;
}

/** Mutates the programs of folders; the seed stands after `--only` (1). */
async function runMutants(folders: readonly string[]): Promise<number> {
  const seed = values.only === '' ? 1 : Number(values.only);
  const result = await compareMutants(folders, Number(values.count), seed, Number(values.jobs), (done) => {
    if (values.list) say(`${done} done`);
  });
  for (const failure of result.failures) say(failure);
  const crashes = result.failures.filter((one) => one.includes(': crash: ')).length;
  say(
    `mutants: ${result.made} made, ${crashes} crashes, ${result.refused} with errors, beyond the model or the limits; ` +
      `${result.equal} of ${result.compared} whose behaviour is defined do what gcc's do`,
  );
  return result.failures.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const [name, ...folders] = positionals;
  if (name === 'resilience' && folders.length > 0) return measureResilience(folders, values.list, say);
  if (name === 'csmith' && values.run) return runCsmith(Number(folders[0] ?? 500));
  if (name === 'mutants' && folders.length > 0) return runMutants(folders);
  const suite = suites.find((one) => one.name === name);
  if (suite === undefined) return usage();
  const folder = folderOf(suite, folders[0]);
  if (folder === undefined) {
    say(`${suite.name} is not there: ${suite.get}`);
    return 2;
  }
  return measure(suite, folder);
}

process.exitCode = await main();
