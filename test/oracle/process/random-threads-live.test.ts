/**
 * Random programs with threads, compiled and run by the machine itself and here: the same addresses of blocks in all arenas, of
 * stacks, descriptors and thread-local variables, and the same mappings at the end. THREAD_PROGRAMS says how many.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { decodeUtf8 } from '../../../src/base/utf8.ts';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';
import { randomThreadProgram } from '../../support/thread-programs.ts';

const count = Number(process.env.THREAD_PROGRAMS ?? 6);

/** On i386 the size of code is an estimate, so the programs stay below a page of it. */
const targets = [
  { target: 'x86_64', flags: [], has: hasGcc, mostSteps: 48 },
  { target: 'i386', flags: ['-m32'], has: hasGcc32, mostSteps: 16 },
] as const;

for (const { target, flags, has, mostSteps } of targets)
  describe(`random programs with threads of ${target}`, function () {
    this.timeout(60_000);

    before(function () {
      if (!has('random programs with threads')) this.skip();
    });

    for (let seed = 0; seed < count; seed += 1) {
      it(`number ${String(seed)}`, () => {
        const text = randomThreadProgram(seed, mostSteps);
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
      });
    }
  });
