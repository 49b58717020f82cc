/**
 * Which programs of a suite gcc itself takes: only those count. Its answers are kept in out/suites.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TargetName } from '../../src/core/target/data-model.ts';
import type { Program } from './program-list.ts';

/** What makes gcc compile for a target. */
export const targetSwitches: Readonly<Record<TargetName, readonly string[]>> = { x86_64: [], i386: ['-m32'] };

/** Ends a command that takes longer, in milliseconds. */
const patience = 30_000;

function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', timeout: patience });
    child.once('error', () => resolve(false));
    child.once('close', (status) => resolve(status === 0));
  });
}

/**
 * The programs that gcc takes.
 *
 * @param suite - name under which the answers are kept
 * @param runs - whether they must also be linked, run and end with status 0
 */
export async function acceptedByGcc(
  suite: string,
  programs: readonly Program[],
  runs: boolean,
  jobs: number,
): Promise<ReadonlySet<string>> {
  const folder = join(import.meta.dirname, '../../out/suites');
  const target = programs[0]?.target ?? 'x86_64';
  const kept = join(folder, `${suite}${target === 'i386' ? '.i386' : ''}.gcc.json`);
  const known = existsSync(kept)
    ? (JSON.parse(readFileSync(kept, 'utf8')) as Record<string, boolean | undefined>)
    : {};
  const temporary = mkdtempSync(join(tmpdir(), 'suites-'));
  const todo = programs.filter((program) => known[basename(program.file)] === undefined);
  let next = 0;
  const work = async (job: number): Promise<void> => {
    for (let at = next++; at < todo.length; at = next++) {
      const program = todo[at];
      if (program === undefined) break;
      const output = join(temporary, `program-${job}`);
      const includes = program.includeFolders.map((one) => `-I${one}`);
      const args = [
        '-w',
        ...targetSwitches[program.target],
        ...includes,
        ...program.switches,
        '-O0',
        program.file,
        '-o',
        output,
      ];
      const isTaken = await succeeds('gcc', runs ? [...args, '-lm'] : ['-c', ...args]);
      known[basename(program.file)] = isTaken && (!runs || (await succeeds(output, [])));
    }
  };
  await Promise.all(Array.from({ length: jobs }, (_, job) => work(job)));
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(kept, JSON.stringify(known));
  return new Set(programs.map((one) => one.file).filter((file) => known[basename(file)] === true));
}
