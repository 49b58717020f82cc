/** What a program learns of malloc: statistics.c prints the same as with the machine's own gcc and glibc. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { hasGcc } from '../../support/gcc.ts';

const root = join(import.meta.dirname, '../../..');
const source = join(import.meta.dirname, 'statistics.c');

describe('statistics of malloc', function () {
  this.timeout(60_000);
  const isCompared = hasGcc('statistics of malloc beside the real ones') && glibcOfHost() === '2.36';
  if (!isCompared) console.warn('NOT RUN: statistics of malloc: they are compared on glibc 2.36');
  const when = isCompared ? it : (): undefined => undefined;

  when(
    'are those of the machine: mallinfo, malloc_stats, malloc_info, sizes, mallopt, aligned blocks',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'memory-atlas-statistics-'));
      const program = join(folder, 'program');
      execFileSync('gcc', ['-O0', '-w', '-o', program, source]);
      const real = spawnSync('setarch', ['-R', program], { encoding: 'utf8' });
      rmSync(folder, { recursive: true });
      const entry = join(root, 'src/cli/main.ts');
      const simulated = spawnSync(process.execPath, ['--import=tsx', entry, 'run', source], {
        cwd: root,
        encoding: 'utf8',
      });
      assert.equal(simulated.stdout, real.stdout);
      assert.equal(simulated.stderr, real.stderr);
      assert.equal(simulated.status, real.status);
    },
  );
});

/** The machine's release, as its C library tells it. */
function glibcOfHost(): string | undefined {
  const { stdout } = spawnSync('getconf', ['GNU_LIBC_VERSION'], { encoding: 'utf8' });
  return /^glibc (\S+)/.exec(stdout)?.[1];
}
