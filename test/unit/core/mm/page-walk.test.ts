import assert from 'node:assert/strict';
import { walkIndices, walkPageTable } from '../../../../src/core/mm/page-walk.ts';
import { freshMemory } from '../../../support/fresh-memory.ts';

describe('page walk', () => {
  it('takes nine bits a level', () => {
    const indices = (addr: bigint, mode: '4-level' | '5-level' | 'pae' | '2-level'): number[] =>
      walkIndices(addr, mode).map(({ index }) => index);
    assert.deepEqual(indices(0x55555555552bn, '4-level'), [170, 341, 170, 341]);
    assert.deepEqual(indices(0x55555555552bn, '5-level'), [0, 170, 341, 170, 341]);
    assert.deepEqual(indices(0xffff888000000000n, '4-level'), [273, 0, 0, 0]);
    assert.deepEqual(indices(0xbffff123n, 'pae'), [2, 511, 511]);
    assert.deepEqual(indices(0xbffff123n, '2-level'), [767, 1023]);
  });

  it('ends where a table is missing', () => {
    const memory = freshMemory();
    const base = memory.mmap(0x100000000000, 0x400000, 3, 0x32, -1, 0);
    const present = (addr: number): boolean[] =>
      walkPageTable(memory.pageTable, addr, '4-level').steps.map((step) => step.isPresent);
    assert.deepEqual(present(base), [false, false, false, false]);
    memory.writeU8(base, 1);
    assert.deepEqual(present(base), [true, true, true, true]);
    assert.deepEqual(present(base + 0x1000), [true, true, true, false]);
    assert.deepEqual(present(base + 0x200000), [true, true, false, false]);
    const walk = walkPageTable(memory.pageTable, base + 0x123, '4-level');
    assert.equal(walk.offset, 0x123);
    assert.ok(walk.isWritable && walk.frame !== undefined && !walk.isHuge);
    const deep = walkPageTable(memory.pageTable, base, '5-level').steps.map((step) => step.hasTable);
    assert.deepEqual(deep, [true, true, true, true, true]);
  });

  it('ends a level early at a huge page', () => {
    const memory = freshMemory('x86_64', { hugePages: 'always' });
    const base = memory.mmap(0, 0x200000, 3, 0x22, -1, 0);
    memory.writeU8(base, 1);
    const walk = walkPageTable(memory.pageTable, base, '4-level');
    assert.deepEqual(
      walk.steps.map(({ level }) => level),
      ['PGD', 'PUD', 'PMD'],
    );
    assert.ok(walk.isHuge);
  });
});
