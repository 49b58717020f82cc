/**
 * Asks child processes about programs, and starts a new one when a child dies or does not answer. They run a bundle, as
 * the product ships: what is measured is not slowed by the translation of TypeScript on the way.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Question, Verdict } from './judge.ts';

/** Milliseconds by the clock after which a child that does not answer is ended. */
const patience = 60_000;

const silent = (crash: string): Verdict => ({
  errors: [],
  milliseconds: patience,
  crash,
  end: undefined,
  stdout: '',
});

let bundled: Promise<string> | undefined;

async function bundle(): Promise<string> {
  const outfile = join(import.meta.dirname, '../../out/suites/judge.mjs');
  const entryPoints = [join(import.meta.dirname, 'judge.ts')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
  return outfile;
}

async function startChild(): Promise<ChildProcess> {
  bundled ??= bundle();
  return fork(await bundled, { execArgv: ['--stack-size=900'] });
}

/** A judge that cannot even start is a fault of the tree, not of a program. */
const startPatience = 60_000;

async function startedChild(): Promise<ChildProcess> {
  const child = await startChild();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the judge does not start')), startPatience);
    child.once('message', () => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve();
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the judge ended with status ${String(code)} before it was asked anything`));
    });
  });
  return child;
}

function ask(child: ChildProcess, question: Question): Promise<Verdict> {
  return new Promise((resolve) => {
    const finish = (verdict: Verdict): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(verdict);
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      finish(silent(`no answer in ${patience} ms`));
    }, patience);
    child.once('message', (verdict) => finish(verdict as Verdict));
    child.once('exit', (code, signal) => finish(silent(`the process ended: ${String(code ?? signal)}`)));
    child.send(question);
  });
}

/** Judges all questions, `jobs` at a time; answers come in the order of the questions. */
export async function judgeAll(questions: readonly Question[], jobs: number): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    let child = await startedChild();
    for (let at = next++; at < questions.length; at = next++) {
      const question = questions[at];
      if (question === undefined) break;
      verdicts[at] = await ask(child, question);
      if (!child.connected || child.killed) child = await startedChild();
    }
    child.kill();
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return verdicts;
}
