/** A short part of `npm run fuzz:mm`: random memory operations here and in a real process. */
import assert from 'node:assert/strict';
import { fuzz, fuzzObstacle } from './fuzz.ts';

describe('random memory operations', () => {
  const obstacle = fuzzObstacle();
  if (obstacle !== undefined) {
    console.warn(`NOT RUN: random memory operations against this machine: ${obstacle}`);
    return;
  }
  for (const seed of [11, 12, 13]) {
    it(`have the results, faults and maps of the kernel (seed ${String(seed)})`, async () => {
      const result = await fuzz(seed, 6000);
      assert.deepEqual(result, { operations: 6000, reports: 60, differences: [] });
    }).timeout(60_000);
  }
});
