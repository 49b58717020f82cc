/**
 * Random functions, compiled by the local gcc: every slot of a frame is where gcc has it. `npm run fuzz:frames` compares
 * more of them.
 */
import assert from 'node:assert/strict';
import { compareFunctions } from './frame-fuzz.ts';
import { gccVersion } from './gcc-functions.ts';
import { randomFunctions } from './random-functions.ts';

/**
 * Frames that must be equal, in percent. On i386 the rest are functions where values of two words need registers that
 * are not counted.
 */
const floors = { x86_64: 100, i386: 92 } as const;

describe('stack frames of random functions', () => {
  for (const target of ['x86_64', 'i386'] as const) {
    it(`are gcc's in at least ${floors[target]} of 100 functions on ${target}`, function () {
      const version = gccVersion();
      if (version?.includes(' 12.') !== true) {
        console.warn(`NOT RUN: gcc 12 is needed to compare stack frames, found ${version ?? 'none'}`);
        this.skip();
      }
      this.timeout(60_000);
      const results = compareFunctions(randomFunctions({ functions: 100, seed: 1 }), target);
      const wrong = results.filter((one) => one.wrongSlots.length > 0);
      assert.equal(results.length, 100);
      assert.ok(
        results.length - wrong.length >= floors[target],
        wrong.map((one) => `${one.name}: ${one.wrongSlots.join('; ')}`).join('\n'),
      );
    });
  }
});
