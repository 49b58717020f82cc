/**
 * Programs with handlers on alternate signal stacks, compiled and run by the machine itself and here, for both targets:
 * same output, same end. The outputs hold addresses of frames, contexts and blocks.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { decodeUtf8 } from '../../../src/base/utf8.ts';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';

const folder = new URL('../../fixtures/signals/', import.meta.url);

describe('signal stacks beside the real ones', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.c')))
    for (const target of ['x86_64', 'i386'] as const)
      it(`${file.slice(0, -2)} on ${target}`, function () {
        if (!(target === 'i386' ? hasGcc32 : hasGcc)('programs with signal stacks')) return;
        this.timeout(30_000);
        const text = readFileSync(new URL(file, folder), 'utf8');
        const { path, remove } = compileReal(text, target === 'i386' ? ['-m32'] : []);
        try {
          const real = spawnSync('setarch', ['-R', './program'], {
            cwd: dirname(path),
            env: {},
            encoding: 'utf8',
          });
          const { recording, trap } = openSession(text, {
            target,
            stdoutKind: 'pipe',
            ldCacheBytes: libraryCacheBytes(),
          });
          const output = recording.outputUpTo(recording.count - 1).filter(({ fd }) => fd === 1);
          assert.equal(output.map(({ bytes }) => decodeUtf8(bytes)).join(''), real.stdout);
          if (trap.kind === 'signal') assert.equal(trap.signal, real.signal);
          else assert.deepEqual(trap, { kind: 'exit', status: real.status });
        } finally {
          remove();
        }
      });
});
