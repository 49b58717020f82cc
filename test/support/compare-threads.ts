/** Most runs of the real program: its threads may come in another order on a busy machine. */
const mostRuns = 5;

/**
 * A program with threads, compiled and run by the machine itself and here: same output, same exit status. Where threads run at
 * once, the real outcome is not always the same; it must be ours at least once.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { dirname } from 'node:path';
import { decodeUtf8 } from '../../src/base/utf8.ts';
import type { TargetName } from '../../src/core/target/data-model.ts';
import { libraryCacheBytes, openSession } from './open-session.ts';
import { compileReal } from './real-process.ts';

/** @param flags - gcc's, for the target */
export function compareThreads(program: string, target: TargetName, flags: readonly string[]): void {
  const { path, remove } = compileReal(program, ['-pthread', ...flags]);
  try {
    const { recording, trap } = openSession(program, {
      stdoutKind: 'pipe',
      ldCacheBytes: libraryCacheBytes(),
      target,
    });
    const output = recording.outputUpTo(recording.count - 1).filter(({ fd }) => fd === 1);
    const text = output.map(({ bytes }) => decodeUtf8(bytes)).join('');
    const runReal = (): SpawnSyncReturns<string> =>
      spawnSync('setarch', ['-R', 'env', '-i', './program'], { cwd: dirname(path), encoding: 'utf8' });
    let real = runReal();
    for (let runs = 1; real.stdout !== text && runs < mostRuns; runs++) real = runReal();
    assert.equal(text, real.stdout);
    assert.deepEqual(trap, { kind: 'exit', status: real.status });
  } finally {
    remove();
  }
}
