/**
 * Programs about the C library (test/fixtures/libc), run for real and in the simulation: same output, same status.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasGcc } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';
import { hasStrace, traceReal } from '../../support/real-syscalls.ts';

const folder = join(import.meta.dirname, '../../fixtures/libc');

describe('the C library, run for real', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.c'))) {
    it(`${file} prints what it prints on this machine`, function () {
      if (!hasGcc(file) || !hasStrace(file)) return;
      this.timeout(30_000);
      const text = readFileSync(join(folder, file), 'utf8');
      const input = join(folder, file.replace(/\.c$/, '.in'));
      const stdin = existsSync(input) ? readFileSync(input, 'latin1') : '';
      const program = compileReal(text, []);
      try {
        const real = traceReal(program.path, 'pipe', stdin);
        const session = openSession(text, { stdoutKind: 'pipe', stdin, ldCacheBytes: libraryCacheBytes() });
        const ours = Buffer.concat(
          session.recording
            .outputUpTo(session.recording.count)
            .filter((piece) => piece.fd === 1)
            .map((piece) => piece.bytes),
        ).toString('latin1');
        assert.deepEqual(ours.split('\n'), real.stdout.split('\n'));
        assert.deepEqual(session.trap, { kind: 'exit', status: real.status });
      } finally {
        program.remove();
      }
    });
  }
});
