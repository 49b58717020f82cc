import assert from 'node:assert/strict';
import { MemoryFault } from '../../../../src/core/mm/kernel.ts';
import { badAccessWhy } from '../../../../src/core/mm/why.ts';
import { vmaName } from '../../../../src/core/process/proc-maps.ts';
import { fillTemplate } from '../../../../src/core/text/text.ts';
import { mmTexts } from '../../../../src/core/text/mm-texts.ts';
import { tinyProcess } from '../../../support/fresh-memory.ts';

const { memory } = tinyProcess();

function sentence(work: () => void): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof MemoryFault);
    const text = badAccessWhy(memory.mm, error, (vma) => vmaName(memory, vma));
    return fillTemplate(mmTexts[text.key as keyof typeof mmTexts].en, text.args);
  }
  return assert.fail('no fault');
}

describe('sentences about bad accesses', () => {
  it('name the mapping that forbids them', () => {
    assert.match(
      sentence(() => memory.writeU8(0x555555556004, 1)),
      /lies in \/tmp\/nest .* may not be written/,
    );
    const reserve = memory.mmap(0x10000000, 0x1000, 0, 0x32, -1, 0);
    assert.match(
      sentence(() => memory.readU8(reserve)),
      /PROT_NONE/,
    );
    assert.match(
      sentence(() => memory.translateExecute(0x555555558000)),
      /may not be executed/,
    );
  });

  it('name the gap they fell into', () => {
    assert.match(
      sentence(() => memory.readU8(0x55555555a000)),
      /gap between \/tmp\/nest, which ends at 0x555555559000, and \[anon\], which starts at 0x7ffff7dcf000/,
    );
    assert.match(
      sentence(() => memory.readU8(8)),
      /null pointer/,
    );
  });

  it('tell the stack from its limit and its guard', () => {
    assert.match(
      sentence(() => memory.writeU8(0x7fffff700000, 1)),
      /limit of 8192 KB/,
    );
    memory.mmap(0x7fffffd00000, 0x1000, 3, 0x32, -1, 0);
    assert.match(
      sentence(() => memory.writeU8(0x7fffffd80000, 1)),
      /too near/,
    );
  });

  it('tell the kernel half from the hole', () => {
    assert.match(
      sentence(() => memory.readU8(0xffff888000000000)),
      /belongs to the kernel/,
    );
    assert.match(
      sentence(() => memory.readU8(0x900000000000)),
      /hole/,
    );
  });
});
