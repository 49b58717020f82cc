/** A program with threads, compiled and run by the machine itself and here: same output, same exit status. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { decodeUtf8 } from '../../src/base/utf8.ts';
import type { TargetName } from '../../src/core/target/data-model.ts';
import { libraryCacheBytes, openSession } from './open-session.ts';
import { compileReal } from './real-process.ts';

/** @param flags - gcc's, for the target */
export function compareThreads(text: string, target: TargetName, flags: readonly string[]): void {
  const { path, remove } = compileReal(text, ['-pthread', ...flags]);
  try {
    const real = spawnSync('setarch', ['-R', 'env', '-i', './program'], {
      cwd: dirname(path),
      encoding: 'utf8',
    });
    const { recording, trap } = openSession(text, {
      stdoutKind: 'pipe',
      ldCacheBytes: libraryCacheBytes(),
      target,
    });
    const output = recording.outputUpTo(recording.count - 1).filter(({ fd }) => fd === 1);
    assert.equal(output.map(({ bytes }) => decodeUtf8(bytes)).join(''), real.stdout);
    assert.deepEqual(trap, { kind: 'exit', status: real.status });
  } finally {
    remove();
  }
}
