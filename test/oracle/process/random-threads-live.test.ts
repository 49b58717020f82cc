/**
 * Random programs with threads, compiled and run by the machine itself and here: the same addresses of blocks in all arenas, of
 * stacks, descriptors and thread-local variables, and the same mappings at the end. THREAD_PROGRAMS says how many.
 */
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { compareThreads } from '../../support/compare-threads.ts';
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
        compareThreads(text, target, flags);
      });
    }
  });
