import assert from 'node:assert/strict';
import type { ProcessMemory } from '../../../../src/core/mm/process-memory.ts';
import { formatSmaps } from '../../../../src/core/process/proc-smaps.ts';
import { freshMemory } from '../../../support/fresh-memory.ts';

const MB = 1024 * 1024;
const MADV_HUGEPAGE = 14;
const MADV_DONTNEED = 4;

function anonHugeKilobytes(memory: ProcessMemory): number {
  return [...formatSmaps({ memory }).matchAll(/^AnonHugePages: +(\d+) kB$/gm)]
    .map(([, value]) => Number(value))
    .reduce((a, b) => a + b, 0);
}

describe('transparent huge pages', () => {
  it('come with one fault where the setting or the advice allows them', () => {
    for (const [hugePages, advice, faults] of [
      ['never', true, 1024],
      ['madvise', false, 1024],
      ['madvise', true, 2],
      ['always', false, 2],
    ] as const) {
      const memory = freshMemory('x86_64', { hugePages });
      const base = memory.mmap(0, 4 * MB, 3, 0x22, -1, 0);
      if (advice) memory.madvise(base, 4 * MB, MADV_HUGEPAGE);
      memory.fill(base, 1, 4 * MB);
      assert.equal(memory.counters.minflt, faults, hugePages);
      assert.equal(memory.counters.rssAnon, 1024);
      assert.equal(anonHugeKilobytes(memory), faults === 2 ? 4096 : 0);
    }
  });

  it('map the huge page of zeros for a read, and a whole huge page for the write after it', () => {
    const memory = freshMemory('x86_64', { hugePages: 'always' });
    const base = memory.mmap(0, 2 * MB, 3, 0x22, -1, 0);
    for (let page = 0; page < 512; page++) assert.equal(memory.readU8(base + page * 4096), 0);
    assert.equal(memory.counters.minflt, 1);
    assert.equal(memory.counters.rssAnon, 0);
    memory.writeU8(base + 5 * 4096, 1);
    assert.equal(memory.counters.minflt, 2);
    assert.equal(memory.counters.rssAnon, 512);
  });

  it('use single pages at the edges', () => {
    const memory = freshMemory('x86_64', { hugePages: 'always' });
    const base = memory.mmap(0x100000000000 - 4096, 4 * MB + 8192, 3, 0x32, -1, 0);
    memory.fill(base, 1, 4 * MB + 8192);
    assert.equal(memory.counters.minflt, 4);
  });

  it('become single ones when a part goes or gets another protection', () => {
    const memory = freshMemory('x86_64', { hugePages: 'always' });
    const base = memory.mmap(0, 4 * MB, 3, 0x22, -1, 0);
    memory.fill(base, 1, 4 * MB);
    memory.madvise(base + 4096, 4096, MADV_DONTNEED);
    assert.equal(anonHugeKilobytes(memory), 2048);
    assert.equal(memory.counters.rssAnon, 1023);
    memory.mprotect(base + 3 * MB, 4096, 1);
    assert.equal(anonHugeKilobytes(memory), 0);
    assert.equal(memory.counters.rssAnon, 1023);
    memory.addressSpace.checkInvariants();
  });
});
