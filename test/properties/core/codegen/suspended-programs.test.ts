/**
 * Whole programs whose stack is left all the time do what they do at once: those of test/fixtures/run, and random ones of
 * csmith where that is installed.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { debianDefaults } from '../../../../src/core/sema/placement.ts';
import type { TargetName } from '../../../../src/core/target/data-model.ts';
import { compileSuspendable, runProgram, runSuspended } from '../../../support/run-program.ts';
import { runInSlices } from '../../../support/run-in-slices.ts';

const folder = fileURLToPath(new URL('../../../fixtures/run/', import.meta.url));
const csmithHeaders = ['/usr/include/csmith', '/usr/local/include/csmith'].find((one) => existsSync(one));

/** Loop iterations, calls and library calls between two switches. */
const distances = [1, 2, 7, 1000];

/** At most so many switches in one run: programs with long loops are left less often. */
const MOST_SWITCHES = 200_000;

describe('programs that are left and entered again', function () {
  this.timeout(120_000);

  for (const file of readdirSync(folder).filter((name) => name.endsWith('.c'))) {
    it(`print what ${file} prints at once`, () => {
      const source = readFileSync(folder + file, 'utf8');
      const once = runProgram(source);
      const compilation = compileSuspendable(source);
      const least = runSuspended(compilation, 1_000_000).suspensions;
      for (const distance of distances) {
        if ((least * 1_000_000) / distance > MOST_SWITCHES) continue;
        const left = runSuspended(compilation, distance);
        assert.deepEqual([left.stdout, left.status], [once.stdout, once.status], `every ${distance}`);
      }
    });
  }

  for (const target of ['x86_64', 'i386'] as const) {
    it(`print what random programs print at once, for ${target}`, () => {
      if (csmithHeaders === undefined) {
        console.warn('csmith is not installed: random programs were not run in slices');
        return;
      }
      for (let seed = 1; seed <= 4; seed += 1) checkRandom(csmithHeaders, seed, target);
    });
  }
});

function checkRandom(headers: string, seed: number, target: TargetName): void {
  const text = execFileSync('csmith', ['--seed', String(seed), '--max-funcs', '5'], {
    encoding: 'utf8',
    cwd: '/tmp',
  });
  const options = { compile: { ...debianDefaults, target }, headers: [headers] };
  const once = runInSlices(text, undefined, options);
  for (const slice of [1, 97]) {
    const left = runInSlices(text, slice, options);
    assert.equal(left.end, once.end, `seed ${seed} in slices of ${slice}`);
    assert.ok(left.switches > 0 || once.end === '', `seed ${seed} was left`);
  }
}
