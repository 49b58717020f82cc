/**
 * Random functions, compiled by the local gcc: every slot of a frame is where gcc has it. `npm run fuzz:frames` compares
 * more of them.
 */
import assert from 'node:assert/strict';
import { compareFunctions } from './frame-fuzz.ts';
import { gccVersion } from './gcc-functions.ts';
import { randomFunctions } from './random-functions.ts';
import { kinds, randomFunctionsOfKind } from './random-kinds.ts';

/** Frames that must be equal, in percent. */
const floors = { x86_64: 100, i386: 100 } as const;

/** The same for functions of one kind each, with and without the stack protector. */
const kindFloors = {
  x86_64: {
    wide: 100,
    floating: 100,
    extended: 100,
    records: 100,
    fields: 100,
    registers: 100,
    pointers: 100,
    lengths: 95,
  },
  i386: {
    wide: 92,
    floating: 100,
    extended: 98,
    records: 99,
    fields: 97,
    registers: 95,
    pointers: 97,
    lengths: 97,
  },
} as const;

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

  for (const target of ['x86_64', 'i386'] as const) {
    for (const kind of kinds) {
      for (const stackProtector of [false, true]) {
        const how = stackProtector ? `${target} with the stack protector` : target;
        it(`of kind ${kind} are gcc's in at least ${kindFloors[target][kind]} of 100 functions on ${how}`, function () {
          if (gccVersion()?.includes(' 12.') !== true) {
            console.warn('NOT RUN: gcc 12 is needed to compare stack frames');
            this.skip();
          }
          this.timeout(60_000);
          const results = compareFunctions(randomFunctionsOfKind(kind, 100, 1), target, { stackProtector });
          const wrong = results.filter((one) => one.wrongSlots.length > 0);
          assert.ok(
            results.length - wrong.length >= kindFloors[target][kind],
            wrong.map((one) => `${one.name}: ${one.wrongSlots.join('; ')}`).join('\n'),
          );
        });
      }
    }
  }
});
