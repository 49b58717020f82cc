import assert from 'node:assert/strict';
import { OutOfFrames, PhysicalMemory } from '../../../../src/core/mm/physical-memory.ts';

describe('page frames', () => {
  it('use linear memory up to its limit in few growths', () => {
    // The first growth asks for more than is left.
    const linear = new WebAssembly.Memory({ initial: 200, maximum: 290 });
    let growths = 0;
    const frames = PhysicalMemory.create(linear, 0x7fff_ffff_f000, 1024 * 1024, () => {
      growths += 1;
    });
    assert.throws(() => {
      for (;;) frames.allocate();
    }, OutOfFrames);
    assert.equal(linear.buffer.byteLength, 290 * 65536);
    assert.ok(growths < 20, `${String(growths)} growths`);
  });
});
