/**
 * The command line as a process, bundled afresh from the sources.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { buildSync } from 'esbuild';

export interface CommandOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** A folder with the bundled command, in which it is run. */
export interface CommandLineUnderTest {
  readonly folder: string;
  readonly run: (...words: readonly string[]) => CommandOutcome;
  /** Writes a file into the folder. */
  readonly write: (name: string, text: string | Uint8Array) => void;
  readonly remove: () => void;
}

/** Bundles the command line. */
export function buildCommandLine(): CommandLineUnderTest {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-cli-'));
  const bundle = join(folder, 'cli.mjs');
  buildSync({
    entryPoints: [join(import.meta.dirname, '../../src/cli/main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: bundle,
    logLevel: 'error',
  });
  return {
    folder,
    run: (...words) => {
      const { stdout, stderr, status } = spawnSync(process.execPath, [bundle, ...words], {
        cwd: folder,
        encoding: 'latin1',
        input: '',
      });
      return { stdout, stderr, status };
    },
    write: (name, text) => {
      writeFileSync(join(folder, name), text);
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
