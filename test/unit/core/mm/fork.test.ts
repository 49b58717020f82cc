import assert from 'node:assert/strict';
import { exitMemory } from '../../../../src/core/mm/fork.ts';
import type { ProcessMemory } from '../../../../src/core/mm/process-memory.ts';
import { pagemapEntry } from '../../../../src/core/process/proc-pagemap.ts';
import { smapsCounts } from '../../../../src/core/process/proc-smaps.ts';
import { NullTracer } from '../../../../src/core/trace/trace-event.ts';
import { tinyProcess } from '../../../support/fresh-memory.ts';

const PAGE = 4096;

/** Writes (or, without a value, reads) one byte in each of some pages; returns the faults that took. */
function visit(memory: ProcessMemory, at: number, from: number, to: number, value?: number): number {
  const before = memory.counters.minflt;
  for (let page = from; page < to; page++) {
    if (value === undefined) memory.readU8(at + page * PAGE);
    else memory.writeU8(at + page * PAGE, value);
  }
  return memory.counters.minflt - before;
}

/** Present pages of a range, and those that nobody else maps. */
function pages(memory: ProcessMemory, at: number, count: number): readonly [present: number, own: number] {
  let [present, own] = [0, 0];
  for (let page = 0; page < count; page++) {
    const entry = pagemapEntry(memory, at + page * PAGE);
    if (entry >> 63n !== 0n) present += 1;
    if (((entry >> 56n) & 1n) !== 0n) own += 1;
  }
  return [present, own];
}

describe('fork', () => {
  for (const target of ['x86_64', 'i386'] as const) {
    // The numbers of the experiment fork_cow: its words about faults, its pages at each mark.
    it(`shares the pages of ${target} until one of the two writes`, () => {
      const { memory: parent } = tinyProcess({ target });
      const block = parent.mmap(0, 257 * PAGE, 3, 0x22, -1, 0);
      visit(parent, block, 0, 100, 1);
      const child = parent.fork(new NullTracer());
      assert.equal(child.counters.rssAnon, parent.counters.rssAnon);
      assert.deepEqual(pages(child, block, 257), [100, 0]);
      assert.equal(visit(child, block, 0, 100), 0);
      assert.equal(visit(child, block, 0, 10, 77), 10);
      assert.deepEqual(pages(child, block, 257), [100, 10]);
      assert.deepEqual(pages(parent, block, 257), [100, 10]);
      assert.equal(parent.readU8(block + PAGE), 1);
      // Ten of these the child has copied: they fault all the same, and nothing is copied.
      assert.equal(visit(parent, block, 0, 20, 55), 20);
      assert.deepEqual(pages(parent, block, 257), [100, 20]);
      assert.deepEqual(pages(child, block, 257), [100, 20]);
      assert.equal(visit(child, block, 10, 20, 78), 10);
      assert.deepEqual(
        [0, 15, 30].map((page) => child.readU8(block + page * PAGE)),
        [77, 78, 1],
      );
      exitMemory(child.mm);
      assert.deepEqual(pages(parent, block, 257), [100, 100]);
      assert.equal(visit(parent, block, 20, 40, 56), 20);
      assert.equal(visit(parent, block, 20, 40, 57), 0);
      parent.addressSpace.checkInvariants();
    });
  }

  it('tells the part that each has of a shared page, and gives all frames back in the end', () => {
    const { memory: parent } = tinyProcess();
    const frames = parent.mm.physical.framesInUse;
    const block = parent.mmap(0x10000000, 8 * PAGE, 3, 0x32, -1, 0);
    visit(parent, block, 0, 8, 1);
    const child = parent.fork(new NullTracer());
    const counts = (memory: ProcessMemory) => smapsCounts(memory, memory.addressSpace.vmaLookup(block)!);
    assert.equal(counts(parent).Pss, 16);
    assert.equal(counts(parent).Shared_Dirty, 32);
    visit(child, block, 0, 2, 2);
    assert.equal(counts(child).Pss, 20);
    assert.equal(counts(child).Private_Dirty, 8);
    parent.munmap(block, 8 * PAGE);
    assert.equal(counts(child).Pss, 32);
    assert.equal(child.readU8(block + 5 * PAGE), 1);
    exitMemory(child.mm);
    assert.equal(parent.mm.physical.framesInUse, frames);
  });

  it('leaves shared memory shared, and the stacks apart', () => {
    const { memory: parent, initialSp } = tinyProcess();
    const shared = parent.mmap(0, PAGE, 3, 0x21, -1, 0);
    parent.writeU8(shared, 1);
    parent.writeU8(initialSp - 64, 5);
    const child = parent.fork(new NullTracer());
    child.writeU8(shared, 2);
    assert.equal(parent.readU8(shared), 2);
    child.writeU8(initialSp - 64, 6);
    assert.equal(parent.readU8(initialSp - 64), 5);
    assert.equal(child.readU8(initialSp - 64), 6);
  });

  it('copies and wipes as madvise says, and inherits no locks', () => {
    const { memory: parent } = tinyProcess();
    const at = parent.mmap(0x10000000, 4 * PAGE, 3, 0x32, -1, 0);
    visit(parent, at, 0, 4, 9);
    parent.madvise(at, PAGE, 10);
    parent.madvise(at + PAGE, PAGE, 18);
    parent.mlock(at + 2 * PAGE, PAGE, 0);
    const child = parent.fork(new NullTracer());
    assert.equal(child.addressSpace.vmaLookup(at), undefined);
    assert.equal(child.readU8(at + PAGE), 0);
    assert.equal(child.readU8(at + 2 * PAGE), 9);
    assert.equal(child.addressSpace.lockedPages, 0);
    assert.equal(parent.addressSpace.lockedPages, 1);
  });

  it('keeps what was written before from merging with new neighbours in the child only', () => {
    const { memory: parent } = tinyProcess();
    const at = parent.mmap(0x10000000, 2 * PAGE, 3, 0x32, -1, 0);
    parent.writeU8(at, 1);
    const child = parent.fork(new NullTracer());
    const lines = (memory: ProcessMemory): number => {
      const before = memory.addressSpace.mapCount;
      memory.mmap(at + 2 * PAGE, PAGE, 3, 0x32, -1, 0);
      return memory.addressSpace.mapCount - before;
    };
    assert.equal(lines(parent), 0);
    assert.equal(lines(child), 1);
  });
});
