/**
 * Where thread-local blocks lie. Figures of real 32-bit programs with one character of an alignment, before libc's 0x54 bytes.
 */
import assert from 'node:assert/strict';
import { threadLocalOffsets } from '../../../../../src/core/process/threads/thread-blocks.ts';

const libc = { size: 0x54, align: 4 };

describe('thread-local blocks', () => {
  it('follow each other downwards, each at its alignment', () => {
    assert.deepEqual(threadLocalOffsets([{ size: 1, align: 64 }, libc]), {
      offsets: [0x40, 0x94],
      used: 0x94,
    });
    assert.deepEqual(threadLocalOffsets([libc]), { offsets: [0x54], used: 0x54 });
    assert.deepEqual(threadLocalOffsets([]), { offsets: [], used: 0 });
  });

  it('fill the hole that the alignment of the one before has left', () => {
    assert.deepEqual(threadLocalOffsets([{ size: 1, align: 128 }, libc]), {
      offsets: [0x80, 0x54],
      used: 0x80,
    });
    assert.deepEqual(threadLocalOffsets([{ size: 257, align: 256 }, libc]), {
      offsets: [0x200, 0x54],
      used: 0x200,
    });
  });
});
