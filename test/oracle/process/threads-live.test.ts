/**
 * Programs with threads, compiled and run by the machine itself and here: same output, same exit status. The outputs hold
 * addresses of stacks, descriptors, thread-local variables and blocks, and the words of locks.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { compareThreads } from '../../support/compare-threads.ts';

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
        compareThreads(text, target, flags);
      });
    }
  });
