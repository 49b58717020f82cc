/**
 * Random functions, compiled by the local gcc: every slot of a frame is where gcc has it. `npm run fuzz:frames` compares
 * more of them.
 */
import assert from 'node:assert/strict';
import { compareFunctions } from './frame-fuzz.ts';
import { gccVersion } from './gcc-functions.ts';
import { randomFunctions } from './random-functions.ts';

/**
 * Frames that must be equal, in percent. The rest are functions where gcc folds operations that this layout takes as
 * written, or saves a register for an intermediate value that is not counted.
 */
const floorPercent = 96;

describe('stack frames of random functions', () => {
  it(`are gcc's in at least ${floorPercent} of 100 functions`, function () {
    const version = gccVersion();
    if (version?.includes(' 12.') !== true) {
      console.warn(`NOT RUN: gcc 12 is needed to compare stack frames, found ${version ?? 'none'}`);
      this.skip();
    }
    this.timeout(20_000);
    const results = compareFunctions(randomFunctions({ functions: 100, seed: 1 }), 'x86_64');
    const wrong = results.filter((one) => one.wrongSlots.length > 0);
    assert.equal(results.length, 100);
    assert.ok(
      results.length - wrong.length >= floorPercent,
      wrong.map((one) => `${one.name}: ${one.wrongSlots.join('; ')}`).join('\n'),
    );
  });
});
