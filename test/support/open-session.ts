/**
 * Opens a session on C text, for tests.
 */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { defaultAnalysisOptions } from '../../src/session/analysis.ts';
import type { CompileOptions } from '../../src/core/sema/placement.ts';
import type { TargetName } from '../../src/core/target/data-model.ts';
import type { DataFile, MachineSwitches } from '../../src/protocol/messages.ts';
import { Session } from '../../src/session/session.ts';

export interface SessionSettings {
  readonly defines?: readonly string[];
  readonly stdoutKind?: 'terminal' | 'pipe';
  readonly stdin?: string;
  readonly fuel?: number;
  readonly events?: number;
  readonly memoryBytes?: number;
  readonly outputBytes?: number;
  readonly ldCacheBytes?: number;
  readonly machine?: MachineSwitches;
  readonly dataFiles?: readonly DataFile[];
  /** Release whose malloc runs; 2.36 without it. */
  readonly glibc?: string;
  /** Which process of the run is recorded; the first one without it. */
  readonly process?: number;
  /** x86_64 without it. */
  readonly target?: TargetName;
  /** Other options of gcc. */
  readonly compile?: Partial<CompileOptions>;
}

/** Compiles a program of one or more files, runs and records it; fails the test when the program does not compile. */
export function openSession(text: string | readonly string[], settings: SessionSettings = {}): Session {
  const { session, problems } = Session.open(
    {
      files: (typeof text === 'string' ? [text] : text).map((one, index) => ({
        name: index === 0 ? 'program.c' : `program-${String(index + 1)}.c`,
        text: one,
      })),
      headers: [],
      args: [],
      environment: [],
      stdin: settings.stdin ?? '',
      stdoutKind: settings.stdoutKind ?? 'terminal',
      programPath: './program',
      target: settings.target ?? 'x86_64',
      glibc: settings.glibc ?? '2.36',
      ...(settings.ldCacheBytes === undefined ? {} : { ldCacheBytes: settings.ldCacheBytes }),
      ...(settings.dataFiles === undefined ? {} : { dataFiles: settings.dataFiles }),
      ...(settings.process === undefined ? {} : { process: settings.process }),
      ...(settings.machine === undefined ? {} : { machine: settings.machine }),
      limits: {
        fuel: settings.fuel ?? 1e8,
        memoryBytes: settings.memoryBytes ?? 512 * 1024 * 1024,
        outputBytes: settings.outputBytes ?? 1024 * 1024,
        events: settings.events ?? 100_000,
      },
    },
    'en',
    {
      ...defaultAnalysisOptions,
      compile: {
        ...defaultAnalysisOptions.compile,
        target: settings.target ?? 'x86_64',
        ...settings.compile,
      },
      defines: settings.defines ?? [],
    },
  );
  assert.ok(session !== undefined, problems.map((problem) => problem.text).join('\n'));
  return session;
}

/** Size of this machine's library cache in bytes: it is mapped before libc and so moves libc. */
export function libraryCacheBytes(): number {
  try {
    return statSync('/etc/ld.so.cache').size;
  } catch {
    return 0;
  }
}

export const readExample = (name: string): string =>
  readFileSync(new URL(`../../media/examples/${name}`, import.meta.url), 'utf8');
