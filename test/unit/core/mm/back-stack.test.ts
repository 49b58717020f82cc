import assert from 'node:assert/strict';
import { PAGE_SIZE } from '../../../../src/base/address.ts';
import { backStack, unbackStack } from '../../../../src/core/mm/back-stack.ts';
import type { ProcessMemory } from '../../../../src/core/mm/process-memory.ts';
import { freshMemory } from '../../../support/fresh-memory.ts';

const [PROT_READ, PROT_WRITE, MAP_SHARED, MAP_PRIVATE, MAP_ANONYMOUS] = [1, 2, 1, 2, 0x20];
const STACK = 64 * PAGE_SIZE;

function mapStack(memory: ProcessMemory, sharing = MAP_PRIVATE): number {
  const addr = memory.mmap(0, STACK, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0);
  assert.ok(addr > 0);
  return addr;
}

/** Host address of a byte of a stack, as generated code reaches it. */
const hostOf = (addr: number, addend: number): number => ((addr % 2 ** 32) + addend) >>> 0;

describe('the stack of a thread', () => {
  it('lies in consecutive host memory, what was in it before as well', () => {
    const memory = freshMemory();
    const start = mapStack(memory);
    memory.writeU32(start + STACK - 8, 0x1234_5678);
    assert.equal(memory.readU32(start + 8), 0);
    const { minflt } = memory.counters;
    const { rss } = memory.mm;
    const addend = backStack(memory.mm, start, start + STACK);
    assert.equal(memory.readU32(start + STACK - 8), 0x1234_5678);
    for (let addr = start; addr < start + STACK; addr += PAGE_SIZE)
      memory.writeU32(addr + 4, addr / PAGE_SIZE);
    const view = new DataView(memory.u8.buffer);
    assert.equal(view.getUint32(hostOf(start + STACK - 8, addend), true), 0x1234_5678);
    for (let addr = start; addr < start + STACK; addr += PAGE_SIZE)
      assert.equal(view.getUint32(hostOf(addr + 4, addend), true), (addr / PAGE_SIZE) >>> 0);
    // One page was there; the page that was only read faults once more, as it would without.
    assert.equal(memory.counters.minflt - minflt, STACK / PAGE_SIZE - 1);
    assert.equal(memory.mm.rss - rss, STACK / PAGE_SIZE - 1);
    assert.equal(backStack(memory.mm, start, start + STACK), addend);
  });

  it('gives its host memory to the next one when it is unmapped', () => {
    const memory = freshMemory();
    const start = mapStack(memory);
    const addend = backStack(memory.mm, start, start + STACK);
    memory.writeU32(start, 1);
    unbackStack(memory.mm, start);
    assert.equal(backStack(memory.mm, start, start + STACK), addend, 'a stack in use keeps it');
    memory.munmap(start, STACK);
    unbackStack(memory.mm, start);
    const next = mapStack(memory);
    const again = backStack(memory.mm, next, next + STACK);
    assert.equal(hostOf(next, again), hostOf(start, addend));
    assert.equal(memory.readU32(next), 0);
  });

  it('is named where it is shared with other processes or other threads', () => {
    const memory = freshMemory();
    const shared = mapStack(memory, MAP_SHARED);
    assert.throws(() => backStack(memory.mm, shared, shared + STACK), /shared memory/);
    const start = mapStack(memory);
    backStack(memory.mm, start, start + STACK);
    assert.throws(() => backStack(memory.mm, start + PAGE_SIZE, start + STACK + PAGE_SIZE), /overlap/);
  });

  it('that lies in another one has its backing', () => {
    const memory = freshMemory();
    const start = mapStack(memory);
    const addend = backStack(memory.mm, start, start + STACK);
    assert.equal(backStack(memory.mm, start + PAGE_SIZE, start + STACK), addend);
  });
});
