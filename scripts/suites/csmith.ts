/**
 * Random programs of csmith: the checksum that each prints here and when gcc -O0 compiled it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TargetName } from '../../src/core/target/data-model.ts';
import { targetSwitches } from './gcc-accepts.ts';
import { judgeAll } from './judges.ts';
import type { Program } from './program-list.ts';

/** Programs made, compiled and run at a time. */
const batch = 50;

/** A real program that takes longer is left out, in milliseconds: random loops may take years. */
const patience = 3000;

/** What the comparison found. */
export interface CsmithResult {
  readonly compared: number;
  readonly equal: number;
  /** Programs that do not end in time. */
  readonly endless: number;
  /** `seed N: what happened`. */
  readonly failures: readonly string[];
}

const headers = ['/usr/include/csmith', '/usr/local/include/csmith'].filter((one) => existsSync(one));

function makeProgram(folder: string, seed: number, target: TargetName): Program {
  const file = join(folder, `seed-${seed}.c`);
  execFileSync('csmith', ['--seed', String(seed), '-o', file], { cwd: folder });
  return { file, switches: [], includeFolders: headers, stdout: undefined, target };
}

/** What gcc's program prints; undefined when it does not end in time. */
function realOutput(program: Program): string | undefined {
  const executable = program.file.replace(/\.c$/, '');
  const includes = headers.map((one) => `-I${one}`);
  execFileSync('gcc', [
    '-w',
    '-O0',
    ...targetSwitches[program.target],
    ...includes,
    program.file,
    '-o',
    executable,
  ]);
  const { status, stdout } = spawnSync(executable, { encoding: 'utf8', timeout: patience });
  return status === 0 ? stdout : undefined;
}

/** Compares the programs of the seeds `first` to `first + count - 1`. */
export async function compareCsmith(
  first: number,
  count: number,
  target: TargetName,
  jobs: number,
  progress: (done: number) => void,
): Promise<CsmithResult> {
  const folder = mkdtempSync(join(tmpdir(), 'csmith-'));
  const failures: string[] = [];
  let [compared, equal, endless] = [0, 0, 0];
  try {
    for (let start = first; start < first + count; start += batch) {
      const seeds = Array.from({ length: Math.min(batch, first + count - start) }, (_, at) => start + at);
      const made = seeds.map((seed) => {
        const program = makeProgram(folder, seed, target);
        return { seed, program, real: realOutput(program) };
      });
      const ending = made.filter((one) => one.real !== undefined);
      endless += made.length - ending.length;
      const verdicts = await judgeAll(
        ending.map(({ program }) => ({ program, run: true, measure: false })),
        jobs,
      );
      ending.forEach(({ seed, real }, at) => {
        const verdict = verdicts[at];
        compared += 1;
        if (verdict?.end === 'exit 0' && verdict.stdout === real) {
          equal += 1;
          return;
        }
        const what = verdict?.crash ?? verdict?.errors[0] ?? verdict?.end ?? 'nothing';
        const stdout = `printed ${JSON.stringify(verdict?.stdout)} for ${JSON.stringify(real)}`;
        failures.push(`seed ${seed}: ${what === 'exit 0' ? stdout : what}`);
      });
      progress(start + seeds.length - first);
      for (const { program } of made) rmSync(program.file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { compared, equal, endless, failures };
}
