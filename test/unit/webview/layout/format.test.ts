import assert from 'node:assert/strict';
import {
  asciiOf,
  formatByte,
  formatCount,
  formatCountChange,
  formatSize,
  formatSizeChange,
} from '../../../../webview/layout/format.ts';

describe('format', () => {
  const sizes: readonly (readonly [number | bigint, string])[] = [
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [135_168, '132 KiB'],
    [1_400_832, '1.34 MiB'],
    [200_704, '196 KiB'],
    [1_048_575, '1 MiB'],
    [10 * 1024 * 1024, '10 MiB'],
    // Between the heap and the libraries of a 64-bit process, and from the stack to [vsyscall].
    [0x7ffff7ddb000n - 0x55555557a000n, '42.7 TiB'],
    [0xffffffffff600000n - 0x7ffffffff000n, '16 EiB'],
  ];
  for (const [bytes, text] of sizes) {
    it(`writes ${bytes} bytes as ${text}`, () => {
      assert.equal(formatSize(bytes), text);
    });
  }

  it('groups the digits of counts', () => {
    assert.deepEqual([0, 999, 1000, 4096, 1_234_567, -4096, 0x1_0000_0000_0000_0000n].map(formatCount), [
      '0',
      '999',
      '1,000',
      '4,096',
      '1,234,567',
      '-4,096',
      '18,446,744,073,709,551,616',
    ]);
  });

  it('writes differences with their sign, and nothing for none', () => {
    assert.deepEqual([135_168, -64, 0].map(formatSizeChange), ['+132 KiB', '−64 B', '']);
    assert.deepEqual([1, -3000, 0].map(formatCountChange), ['+1', '−3,000', '']);
  });

  it('writes bytes as two digits and as printable ASCII', () => {
    assert.deepEqual([0, 10, 255].map(formatByte), ['00', '0a', 'ff']);
    assert.deepEqual([0x41, 0x20, 0x7e, 0x7f, 0x0a, 0x80].map(asciiOf), ['A', ' ', '~', '·', '·', '·']);
  });
});
