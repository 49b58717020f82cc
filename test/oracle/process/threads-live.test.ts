/**
 * Programs with threads, compiled and run by the machine itself and here: same output, same exit status. The outputs hold
 * addresses of stacks, descriptors, thread-local variables and blocks, and the words of locks.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { decodeUtf8 } from '../../../src/base/utf8.ts';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';

const folder = new URL('../../fixtures/threads/', import.meta.url);

const targets = [
  { target: 'x86_64', flags: [], has: hasGcc },
  { target: 'i386', flags: ['-m32'], has: hasGcc32 },
] as const;

for (const { target, flags, has } of targets)
  describe(`threads of ${target} beside the real ones`, () => {
    before(function () {
      if (!has('programs with threads')) this.skip();
    });

    for (const file of readdirSync(folder).filter((name) => name.endsWith('.c'))) {
      it(file.slice(0, -2), function () {
        this.timeout(30_000);
        const text = readFileSync(new URL(file, folder), 'utf8');
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
