/**
 * Runs a C program for real: compiled by the machine's gcc, address randomisation off, looked at through /proc while
 * it sleeps.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process looked like at a moment. */
export interface RealMoment {
  /** Last complete line of output before the moment. */
  readonly line: string;
  readonly maps: string;
  /** Resident pages of the mapping called [heap]; 0 without one. */
  readonly heapPages: number;
}

export interface RealRun {
  readonly output: string;
  readonly moments: readonly RealMoment[];
}

/** Compiles C text. @returns path of the program in a folder of its own; `remove` deletes it */
export function compileReal(
  text: string | readonly string[],
  flags: readonly string[],
): { readonly path: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-real-'));
  const files = typeof text === 'string' ? [text] : text;
  const names = files.map((_, index) => (index === 0 ? 'program.c' : `program-${String(index + 1)}.c`));
  for (const [index, name] of names.entries()) writeFileSync(join(folder, name), files[index] ?? '');
  execFileSync('gcc', ['-w', ...flags, '-o', 'program', ...names, '-lm'], { cwd: folder });
  return {
    path: join(folder, 'program'),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Runs a program whose pauses are long enough to be looked at: after each line of output that `isPause` picks.
 *
 * @param stdout - a real terminal (through `script`) or a pipe
 */
export function runReal(
  path: string,
  stdout: 'terminal' | 'pipe',
  isPause: (line: string) => boolean,
): Promise<RealRun> {
  const command = stdout === 'terminal' ? 'script' : 'setarch';
  const args = stdout === 'terminal' ? ['-qec', `setarch -R ${path}`, '/dev/null'] : ['-R', path];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let seen = 0;
  const moments: RealMoment[] = [];
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('latin1').replaceAll('\r', '');
      const lines = output.split('\n');
      for (; seen < lines.length - 1; seen++) {
        const line = lines[seen] ?? '';
        const pid = /^pid (\d+)$/.exec(lines[0] ?? '')?.[1];
        if (pid === undefined || !isPause(line)) continue;
        // The line is written before the pause begins: the process gets a moment to reach it.
        const at = Date.now() + 200;
        while (Date.now() < at) readFileSync('/proc/self/stat');
        moments.push(look(pid, line));
      }
    });
    child.on('error', reject);
    child.on('close', () => {
      resolve({ output, moments });
    });
  });
}

function look(pid: string, line: string): RealMoment {
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
  const smaps = readFileSync(`/proc/${pid}/smaps`, 'utf8');
  const heap = /\[heap\][\s\S]*?^Rss:\s+(\d+) kB/m.exec(smaps);
  return { line, maps, heapPages: heap === null ? 0 : Number(heap[1]) / 4 };
}
