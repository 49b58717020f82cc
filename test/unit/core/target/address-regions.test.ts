import assert from 'node:assert/strict';
import { mmapBase } from '../../../../src/core/mm/unmapped-area.ts';
import { addressRegions, regionOf } from '../../../../src/core/target/address-regions.ts';
import { machineProfile, threeGigabyteProfile } from '../../../../src/core/target/machine-profile.ts';

const wide = machineProfile('x86_64');
const narrow = machineProfile('i386');

describe('regions of the address space', () => {
  it('follow each other without gaps up to the end', () => {
    const spaces = [
      [wide, 1n << 64n],
      [{ ...wide, pagingLevels: 5 as const }, 1n << 64n],
      [narrow, 1n << 32n],
      [threeGigabyteProfile(narrow, 'native'), 1n << 32n],
    ] as const;
    for (const [profile, end] of spaces) {
      let at = 0n;
      for (const region of addressRegions(profile)) {
        assert.equal(region.start, at);
        assert.ok(region.end > region.start, region.name);
        at = region.end;
      }
      assert.equal(at, end);
    }
  });

  it('name the hole and the parts of the kernel', () => {
    const name = (addr: bigint): string | undefined => regionOf(wide, addr)?.name;
    assert.equal(name(0x555555554000n), 'user');
    assert.equal(name(0x7ffffffff000n), 'user-guard');
    assert.equal(name(0x0000800000000000n), 'non-canonical');
    assert.equal(name(0xffff888000000000n), 'direct-map');
    assert.equal(name(0xffffffff81000000n), 'kernel-image');
    assert.equal(name(0xffffffffff600000n), 'vsyscall');
  });

  it('split 3 GB and 1 GB as the personality and a 32-bit kernel do', () => {
    const three = threeGigabyteProfile(narrow, 'personality');
    assert.equal(mmapBase(three), 0xb8000000 - 0x0);
    assert.equal(three.pieBase, 0x41000000);
    assert.equal(threeGigabyteProfile(narrow, 'native').pieBase, 0x400000);
  });
});
