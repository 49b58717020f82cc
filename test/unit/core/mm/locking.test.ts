import assert from 'node:assert/strict';
import { EINVAL, ENOMEM, OutOfMemoryKill } from '../../../../src/core/mm/kernel.ts';
import { memoryStatus } from '../../../../src/core/process/proc-status.ts';
import { freshMemory } from '../../../support/fresh-memory.ts';

const PAGE = 4096;

describe('locked memory', () => {
  it('comes at once, is counted, and does not merge', () => {
    const memory = freshMemory();
    const base = memory.mmap(0, 10 * PAGE, 3, 0x22, -1, 0);
    assert.equal(memory.mlock(base + PAGE, 3 * PAGE, 0), 0);
    assert.equal(memory.counters.minflt, 3);
    assert.equal(memoryStatus(memory).VmLck, 12);
    assert.equal(memory.addressSpace.mapCount, 3);
    assert.equal(memory.madvise(base + PAGE, PAGE, 4), -EINVAL);
    assert.equal(memory.munlock(base, 10 * PAGE), 0);
    assert.equal(memory.addressSpace.mapCount, 1);
    assert.equal(memoryStatus(memory).VmLck, 0);
  });

  it('keeps to RLIMIT_MEMLOCK', () => {
    const memory = freshMemory('x86_64', { memlockLimit: 4 * PAGE });
    const base = memory.mmap(0, 10 * PAGE, 3, 0x22, -1, 0);
    assert.equal(memory.mlock(base, 5 * PAGE, 0), -ENOMEM);
    assert.equal(memory.mlock(base, 4 * PAGE, 0), 0);
    assert.equal(memory.mlock(base, 4 * PAGE, 0), 0, 'what is locked already counts once');
    assert.equal(memory.mlock(base + 4 * PAGE, PAGE, 0), -ENOMEM);
  });

  it('locks what is to come after mlockall(MCL_FUTURE)', () => {
    const memory = freshMemory();
    assert.equal(memory.mlockall(2), 0);
    memory.mmap(0, 4 * PAGE, 3, 0x22, -1, 0);
    assert.equal(memory.counters.minflt, 4);
    assert.equal(memory.munlockall(), 0);
    assert.equal(memoryStatus(memory).VmLck, 0);
  });
});

describe('promised memory', () => {
  it('is refused beyond the commit limit when the machine is strict', () => {
    const memory = freshMemory('x86_64', { overcommit: 'strict', ramBytes: 256 * 2 ** 20 });
    const length = 50 * 2 ** 20;
    assert.ok(memory.mmap(0, length, 3, 0x22, -1, 0) > 0);
    assert.ok(memory.mmap(0, length, 1, 0x22, -1, 0) > 0, 'read-only memory is not counted');
    assert.ok(memory.mmap(0, length, 3, 0x21, -1, 0) > 0);
    assert.equal(memory.mmap(0, length, 3, 0x4022, -1, 0), -ENOMEM, 'NORESERVE does not help');
  });

  it('ends the process when the machine has no memory left', () => {
    const memory = freshMemory('x86_64', { ramBytes: 2 ** 20 });
    const base = memory.mmap(0, 2 ** 20, 3, 0x22, -1, 0);
    assert.throws(() => memory.fill(base, 1, 2 ** 20), OutOfMemoryKill);
  });
});
