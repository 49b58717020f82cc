/** `npm run live:mm` as a test: small programs about memory, here and for real. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
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
      const simulated = runSimulated(name);
      let real = await runReally(name);
      // khugepaged joins pages behind a process's back, now and then: what it did not touch is what is compared.
      for (
        let again = 0;
        again < 4 && name.startsWith('huge_') && !isDeepStrictEqual(simulated, real);
        again++
      )
        real = await runReally(name);
      assert.deepEqual(simulated, real);
    }).timeout(60_000);
  }
});
