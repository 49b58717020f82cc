import assert from 'node:assert/strict';
import { pageTablesView, pageWalkView, regionViews } from '../../../src/session/address-space-views.ts';
import { machineProfile, threeGigabyteProfile } from '../../../src/core/target/machine-profile.ts';
import { openSession } from '../../support/open-session.ts';

describe('the address space as a whole', () => {
  const session = openSession(
    '#include <stdlib.h>\nint global;\nint main(void) { *(char *)malloc(9) = 1; return global; }',
  );
  session.seek(session.recording.count - 1);
  const { machine } = session;
  const steps = (addr: bigint): string[] =>
    pageWalkView(machine, addr, 'en').steps.map(
      ({ level, index, isPresent }) => `${level} ${String(index)} ${isPresent ? 'present' : 'empty'}`,
    );

  it('is named from 0 to 2^64 without gaps, in both languages', () => {
    for (const profile of [
      machineProfile('x86_64'),
      { ...machineProfile('x86_64'), pagingLevels: 5 as const },
      machineProfile('i386'),
      threeGigabyteProfile(machineProfile('i386'), 'native'),
    ]) {
      const regions = regionViews(profile, 'en');
      assert.equal(regions[0]?.start, '0x0');
      assert.equal(regions.at(-1)?.end, profile.target === 'i386' ? '0x100000000' : '0x10000000000000000');
      regions.slice(1).forEach((region, index) => assert.equal(region.start, regions[index]?.end));
      assert.ok(regions.every(({ text }) => text !== ''));
    }
    assert.deepEqual(
      session.snapshot('zh-cn').regions.find(({ name }) => name === 'direct-map'),
      {
        name: 'direct-map',
        start: '0xffff888000000000',
        end: '0xffffc88000000000',
        owner: 'kernel',
        text: '全部物理内存的直接映射：每个页帧在这里也有一个地址。',
      },
    );
  });

  it('tells the way to a page that is there', () => {
    const walk = pageWalkView(machine, 0x5555555592a0n, 'en');
    assert.deepEqual(steps(0x5555555592a0n), [
      'PGD 170 present',
      'PUD 341 present',
      'PMD 170 present',
      'PTE 345 present',
    ]);
    assert.equal(walk.offset, 0x2a0);
    assert.equal(walk.state, 'anonymous');
    assert.equal(walk.isWritable, true);
    assert.match(walk.mapping ?? '', /^555555559000-55555557a000 rw-p .*\[heap\]$/);
  });

  it('ends where a table is missing, and at the border of the kernel', () => {
    assert.deepEqual(steps(0x10000000n), ['PGD 0 empty', 'PUD 0 empty', 'PMD 128 empty', 'PTE 0 empty']);
    const kernel = pageWalkView(machine, 0xffff888000001234n, 'en');
    assert.equal(kernel.region?.name, 'direct-map');
    assert.equal(kernel.steps[0]?.index, 273);
    assert.equal(kernel.frame, undefined);
    assert.equal(pageWalkView(machine, 0x800000000000n, 'en').region?.owner, 'nobody');
  });

  it('tells the memory of the page tables', () => {
    // Program and heap, libraries twice, stack: as a tiny program really has.
    assert.deepEqual(pageTablesView(machine), { bytes: 8 * 4096, pte: 4, pmd: 2, pud: 2 });
    assert.equal(session.snapshot('en').counters.pageTableBytes, 8 * 4096);
  });
});
