/**
 * Programs of several processes, compiled and run by the machine itself and here: same output, same exit status.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { decodeUtf8 } from '../../../src/base/utf8.ts';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';
import { forkPrograms } from './fork-programs.ts';

const targets = [
  { target: 'x86_64', flags: [], has: hasGcc },
  { target: 'i386', flags: ['-m32'], has: hasGcc32 },
] as const;

for (const { target, flags, has } of targets)
  describe(`fork, wait and pipes of ${target} beside the real ones`, function () {
    this.timeout(30_000);

    before(function () {
      if (!has('programs of several processes')) this.skip();
    });

    for (const { name, text } of forkPrograms) {
      it(name, () => {
        const { path, remove } = compileReal(text, flags);
        try {
          const real = spawnSync(path, [], { cwd: dirname(path), encoding: 'utf8', input: '' });
          const { recording, trap } = openSession(text, { stdoutKind: 'pipe', target });
          const output = recording.outputUpTo(recording.count - 1).filter(({ fd }) => fd === 1);
          assert.equal(output.map(({ bytes }) => decodeUtf8(bytes)).join(''), real.stdout);
          assert.deepEqual(trap, { kind: 'exit', status: real.status });
        } finally {
          remove();
        }
      });
    }
  });
