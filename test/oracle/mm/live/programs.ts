/**
 * Small C programs about memory, run here and for real: same output (addresses, page faults, resident pages), same maps.
 *
 * The real ones are compiled by the machine's gcc, run with address randomisation off and an empty environment, and looked
 * at through /proc while they wait for a byte at their end.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeUtf8 } from '../../../../src/base/utf8.ts';
import { formatMaps } from '../../../../src/core/process/proc-maps.ts';
import { formatSmaps } from '../../../../src/core/process/proc-smaps.ts';
import { libraryCacheBytes, openSession } from '../../../support/open-session.ts';

const folder = new URL('../../../../scripts/live/programs/', import.meta.url);

/** Names of the programs. */
export const programNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.c'))
  .map((file) => file.slice(0, -2))
  .sort();

/** What a program has shown. */
export interface Shown {
  readonly output: string;
  /** Lines of maps at its end, without device, inode and folders. */
  readonly maps: readonly string[];
  /** Entries of smaps for [heap] and for mappings without a name. */
  readonly smaps: readonly string[];
}

function textOf(name: string): string {
  const prelude = readFileSync(new URL('prelude.h', folder), 'utf8');
  return prelude + readFileSync(new URL(`${name}.c`, folder), 'utf8');
}

function comparable(maps: string): string[] {
  return maps
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [range, permissions, offset, , , ...rest] = line.split(/ +/);
      return `${String(range)} ${String(permissions)} ${String(offset)} ${rest.join(' ').split('/').pop() ?? ''}`;
    });
}

/**
 * Entries of memory that is the program's own. Protection keys are a matter of the processor; LazyFree lags behind, because
 * the kernel marks such pages in batches for each processor.
 */
function ownEntries(smaps: string): string[] {
  return smaps
    .split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)
    .filter((entry) => / rw-p 00000000 00:00 0 ( +\[heap\])?\n/.test(entry))
    .filter((entry) => !/^7ffff7f[a-f]/.test(entry))
    .map((entry) => entry.replace(/^(ProtectionKey|LazyFree).*\n/gm, ''));
}

/** Runs the program in the simulated process. */
export function runSimulated(name: string): Shown {
  const session = openSession(textOf(name), {
    stdoutKind: 'pipe',
    stdin: 'x',
    ldCacheBytes: libraryCacheBytes(),
  });
  const last = session.recording.count - 1;
  session.seek(last);
  const output = session.recording
    .outputUpTo(last)
    .map((piece) => decodeUtf8(piece.bytes))
    .join('');
  if (session.trap.kind !== 'exit')
    throw new Error(`${name} ends with ${JSON.stringify(session.trap)}\n${output}`);
  return {
    output,
    maps: comparable(formatMaps(session.machine)),
    smaps: ownEntries(formatSmaps(session.machine)),
  };
}

/** Compiles the program and runs it for real. */
export async function runReally(name: string): Promise<Shown> {
  const place = mkdtempSync(join(tmpdir(), 'atlas-live-'));
  try {
    writeFileSync(join(place, 'program.c'), textOf(name));
    execFileSync('gcc', ['-w', '-o', 'program', 'program.c'], { cwd: place });
    const child = spawn('setarch', ['-R', './program'], {
      cwd: place,
      env: {},
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    let maps: string[] = [];
    let smaps: string[] = [];
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString('latin1');
        if (!output.endsWith('\nend\n')) return;
        maps = comparable(readFileSync(`/proc/${String(child.pid)}/maps`, 'latin1'));
        smaps = ownEntries(readFileSync(`/proc/${String(child.pid)}/smaps`, 'latin1'));
        child.stdin.end('x');
      });
      child.on('error', reject);
      child.on('close', () => {
        resolve();
      });
    });
    return { output, maps, smaps };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
