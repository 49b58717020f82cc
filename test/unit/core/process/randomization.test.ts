import assert from 'node:assert/strict';
import { formatMaps, mapsLines } from '../../../../src/core/process/proc-maps.ts';
import { machineProfile, randomizedProfile } from '../../../../src/core/target/machine-profile.ts';
import type { TargetName } from '../../../../src/core/target/data-model.ts';
import type { TinyImageOptions } from '../../../support/tiny-image.ts';
import { tinyProcess } from '../../../support/fresh-memory.ts';

const PAGE = 4096;
const load = (seed: number, options: TinyImageOptions = {}): ReturnType<typeof tinyProcess> =>
  tinyProcess({
    ...options,
    profile: { ...randomizedProfile(machineProfile(options.target ?? 'x86_64'), seed), stackLimit: 1 << 20 },
  });

describe('address randomisation', () => {
  it('is a function of its seed', () => {
    assert.equal(formatMaps(load(7)), formatMaps(load(7)));
    assert.notEqual(formatMaps(load(7)), formatMaps(load(8)));
  });

  const spans: readonly (readonly [TargetName, number, number, number])[] = [
    ['x86_64', 2 ** 28, 2 ** 22, 2 ** 18],
    ['i386', 2 ** 8, 2 ** 11, 2 ** 13],
  ];
  for (const [target, mapPages, stackPages, brkPages] of spans) {
    it(`moves each region of ${target} within its span`, () => {
      const plain = machineProfile(target);
      for (let seed = 0; seed < 24; seed++) {
        const process = load(seed, { target });
        const { mm } = process.memory;
        const within = (value: number, low: number, pages: number): boolean =>
          value >= low && value <= low + pages * PAGE;
        assert.ok(within(process.loadBias, plain.pieBase, mapPages));
        assert.ok(within(mm.startBrk, process.program.end + PAGE, brkPages));
        const top = process.stack.end;
        assert.ok(within(plain.taskSize - top, 0, stackPages + 2));
        assert.equal(process.initialSp % 16, 0);
        assert.ok(process.initialSp > top - 0x4000);
        assert.ok(within(process.interpreter!.base, 0, 2 ** 40));
        assert.equal(process.interpreter!.base - process.vdso, 2 * PAGE);
        assert.ok(process.interpreter!.end <= process.stack.start - plain.stackGuardPages * PAGE);
        process.memory.addressSpace.checkInvariants();
        process.memory.writeU8(process.stack.start - 1, 1);
        assert.equal(mm.stackVma()?.start, process.stack.start - PAGE);
      }
    });
  }

  it('never moves a non-PIE, and moves its break', () => {
    const [first] = mapsLines(load(3, { link: 'no-pie' }).memory);
    assert.equal(first?.start, 0x400000);
    assert.ok(load(3, { link: 'no-pie' }).memory.mm.startBrk > 0x405000);
  });
});
