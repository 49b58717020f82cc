/** `npm run live:mm` as a test: small programs about memory, here and for real. */
import assert from 'node:assert/strict';
import { fuzzObstacle } from './fuzz.ts';
import { programNames, runReally, runSimulated } from './programs.ts';

describe('programs about memory', () => {
  const obstacle = fuzzObstacle();
  if (obstacle !== undefined) {
    console.warn(`NOT RUN: programs about memory against this machine: ${obstacle}`);
    return;
  }
  for (const name of programNames) {
    it(`${name} shows what it shows for real`, async () => {
      assert.deepEqual(runSimulated(name), await runReally(name));
    }).timeout(60_000);
  }
});
