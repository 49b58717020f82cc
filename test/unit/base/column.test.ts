import assert from 'node:assert/strict';
import { byteColumn, indexColumn, numberColumn, shortColumn } from '../../../src/base/column.ts';

describe('column', () => {
  it('keeps what is pushed, over many chunks', () => {
    const column = indexColumn();
    const rows = 200_000;
    for (let i = 0; i < rows; i++) column.push(i * 7 - 3);
    assert.equal(column.length, rows);
    for (const i of [0, 255, 256, 65_535, 65_536, 131_071, 131_072, rows - 1])
      assert.equal(column.get(i), i * 7 - 3);
    column.set(131_072, -5);
    assert.equal(column.get(131_072), -5);
    assert.equal(column.get(rows), 0);
  });

  it('takes its own bytes and at most a chunk more', () => {
    const column = numberColumn();
    for (let i = 0; i < 1_000_000; i++) column.push(i);
    assert.ok(column.byteLength < 8 * (1_000_000 + 65_536), String(column.byteLength));
    assert.ok(byteColumn().byteLength + shortColumn().byteLength < 4096);
  });
});
