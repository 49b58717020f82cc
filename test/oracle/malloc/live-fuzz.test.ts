/**
 * A short part of the comparison with this machine's own glibc; `npm run fuzz:malloc` is the long one.
 *
 * Without gcc, or with a C library that has no entry in the table of releases, nothing is compared, and that is said.
 */
import assert from 'node:assert/strict';
import { LiveMachine, whyNotHere } from '../../support/live-malloc/live-fuzz.ts';
import { generateTrace, traceFamilies } from '../../support/live-malloc/traces.ts';

const reason = whyNotHere();
if (reason !== undefined) console.warn(`NOT RUN: malloc is not compared with this machine's: ${reason}`);

describe("malloc beside this machine's own", function () {
  this.timeout(120_000);
  let machine: LiveMachine | undefined;
  before(() => {
    if (reason === undefined) machine = new LiveMachine();
  });
  after(() => machine?.dispose());
  for (const family of traceFamilies) {
    it(`does the same on random traces of the family ${family}`, function () {
      if (machine === undefined) {
        this.skip();
        return;
      }
      for (const seed of [901, 902]) {
        const result = machine.compare(generateTrace(family, seed, 250));
        assert.equal(result.difference, undefined);
        assert.equal(result.notModelled, undefined);
        assert.ok(result.records > 0);
      }
    });
  }
});
