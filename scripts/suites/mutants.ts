/**
 * Mutated programs: none may kill or stop the engine; and those that gcc compiles and whose behaviour is defined (the
 * sanitizers are silent, and it does not change with what uninitialised variables hold) must do what they do really.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { seededNumbers } from './damage.ts';
import type { Verdict } from './judge.ts';
import { judgeAll } from './judges.ts';
import { mutantOf } from './mutant.ts';
import { cFilesIn } from './program-list.ts';
import type { Program } from './program-list.ts';

/** Mutants made and judged at a time. */
const batch = 25;
/** Milliseconds that a real program may take. */
const patience = 2000;
/** Loop iterations and calls of a simulated one. */
const fuel = 30_000_000;

/** What became of the mutants. */
export interface MutantResult {
  readonly made: number;
  /** Whose behaviour is defined, and known. */
  readonly compared: number;
  readonly equal: number;
  /** The engine said that it does not model something, or that its limits were reached. */
  readonly refused: number;
  /** `file, mutant N: what happened`. */
  readonly failures: readonly string[];
}

interface Outcome {
  readonly stdout: string;
  /** `exit N`, or the name of a signal. */
  readonly end: string;
}

const variants: readonly (readonly string[])[] = [
  [],
  ['-ftrivial-auto-var-init=pattern'],
  ['-ftrivial-auto-var-init=zero'],
  // The status of a main that does not return int is what happens to be in a register.
  ['-Werror=main'],
  ['-fsanitize=undefined,address', '-fno-sanitize-recover=all'],
];

function outcomeOf(program: Program, switches: readonly string[], folder: string): Outcome | undefined {
  const output = join(folder, 'real');
  const includes = program.includeFolders.map((one) => `-I${one}`);
  const quiet = switches.some((one) => one.startsWith('-Werror')) ? [] : ['-w'];
  const given = [...quiet, '-O0', ...includes, ...program.switches, ...switches];
  const args = [...given, program.file, '-o', output, '-lm'];
  if (spawnSync('gcc', args, { stdio: 'ignore' }).status !== 0) return undefined;
  const { status, signal, stdout } = spawnSync(output, {
    encoding: 'latin1',
    timeout: patience,
    input: '',
    maxBuffer: 1 << 24,
    env: { ASAN_OPTIONS: 'detect_leaks=0' },
  });
  if (status === null && signal === 'SIGTERM') return undefined;
  return { stdout, end: status === null ? (signal ?? '') : `exit ${String(status)}` };
}

/** What a program does whatever its uninitialised variables hold; undefined when there is no such thing. */
function definedOutcome(program: Program, folder: string): Outcome | undefined {
  let first: Outcome | undefined;
  for (const switches of variants) {
    const outcome = outcomeOf(program, switches, folder);
    if (outcome === undefined) return undefined;
    first ??= outcome;
    if (outcome.end !== first.end || outcome.stdout !== first.stdout) return undefined;
  }
  return first;
}

const isRefused = ({ end, errors }: Verdict): boolean =>
  errors.length > 0 || end === undefined || /^(?:not modelled|limit|not built)/.test(end);

/** Whether a simulated end is a real one: `SIGSEGV (11)` is SIGSEGV, an abort is SIGABRT. */
function isSameEnd(simulated: string, real: string): boolean {
  return (
    simulated === real ||
    simulated.startsWith(`${real} `) ||
    (real === 'SIGABRT' && simulated.startsWith('abort'))
  );
}

/** Mutates programs of folders `count` times. */
export async function compareMutants(
  folders: readonly string[],
  count: number,
  seed: number,
  jobs: number,
  progress: (done: number) => void,
): Promise<MutantResult> {
  const below = seededNumbers(seed);
  const files = folders.flatMap(cFilesIn);
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  const failures: string[] = [];
  let [compared, equal, refused] = [0, 0, 0];
  try {
    for (let start = 0; start < count; start += batch) {
      const made = Array.from(
        { length: Math.min(batch, count - start) },
        (_, i): Program & { name: string } => {
          const from = files[below(files.length)] ?? '';
          const file = join(folder, `mutant-${String(start + i)}.c`);
          writeFileSync(file, mutantOf(readFileSync(from, 'latin1'), below), 'latin1');
          const includeFolders = [dirname(from), '/usr/include/csmith'];
          return {
            file,
            name: basename(from),
            switches: [],
            includeFolders,
            stdout: undefined,
            target: 'x86_64',
          };
        },
      );
      const verdicts = await judgeAll(
        made.map((program) => ({ program, run: true, measure: false, fuel })),
        jobs,
      );
      made.forEach((program, i) => {
        const verdict = verdicts[i];
        const say = (what: string): void => {
          failures.push(`${program.name}, ${basename(program.file)}: ${what}`);
        };
        if (verdict === undefined || verdict.crash !== undefined) {
          say(`crash: ${verdict?.crash?.split('\n').slice(0, 3).join(' | ') ?? 'no verdict'}`);
          return;
        }
        if (isRefused(verdict)) {
          refused += 1;
          return;
        }
        const real = definedOutcome(program, folder);
        if (real === undefined) return;
        compared += 1;
        const printed = Buffer.from(verdict.stdout, 'utf8').toString('latin1');
        if (isSameEnd(verdict.end ?? '', real.end) && printed === real.stdout) equal += 1;
        else say(`${verdict.end ?? ''} for ${real.end}${printed === real.stdout ? '' : ', other output'}`);
      });
      progress(start + made.length);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { made: count, compared, equal, refused, failures };
}
