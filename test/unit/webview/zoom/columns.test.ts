/** Columns open smoothly as their boxes grow, and fill the width but for the bar of the scale. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytesPerLine, columnsOf } from '../../../../webview/zoom/columns.ts';

describe('columns of the map', () => {
  it('fill the width from left to right, but for the bar of the scale beside the bytes', () => {
    const heights = fc.double({ min: 0, max: 900, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 240, max: 4000 }),
        heights,
        heights,
        heights,
        (width, parts, fields, bytes) => {
          const columns = columnsOf(width, { parts, fields, members: 0, bytes, byte: bytes / 8 });
          let x = 0;
          for (const column of [columns.ruler, ...columns.boxes, columns.arrows, columns.bytes]) {
            assert.ok(Math.abs(column.x - x) < 1e-6 && column.width >= 0);
            x += column.width;
          }
          // What is left has room for the bar of the scale beside the bytes.
          const left = width - x;
          assert.ok(left > -1e-6 && left < 54 + 1e-6, String(left));
          if (columns.hasScaleBar && bytes >= 9) assert.ok(left > 54 - 1e-6, String(left));
          else if (bytes <= 5) assert.ok(left < 1e-6, String(left));
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });

  it('never jump: a pixel more of height changes a width by little', () => {
    for (let height = 0; height < 300; height++) {
      const before = columnsOf(1000, {
        parts: height,
        fields: height,
        members: 0,
        bytes: height / 10,
        byte: height / 80,
      });
      const after = columnsOf(1000, {
        parts: height + 1,
        fields: height + 1,
        members: 0,
        bytes: (height + 1) / 10,
        byte: (height + 1) / 80,
      });
      before.boxes.forEach((column, index) => {
        assert.ok(Math.abs(column.width - (after.boxes[index]?.width ?? 0)) < 40, String(height));
      });
    }
  });

  it('show bytes only where they can be read', () => {
    assert.equal(columnsOf(1000, { parts: 0, fields: 0, members: 0, bytes: 4, byte: 0.5 }).bytes.width, 0);
    assert.ok(columnsOf(1000, { parts: 500, fields: 500, members: 0, bytes: 20, byte: 2 }).bytes.width > 300);
  });

  it('leave to names what a line of bytes cannot use', () => {
    const heights = { parts: 500, fields: 500, members: 0, bytes: 64 };
    const close = columnsOf(1000, { ...heights, byte: 64 });
    const far = columnsOf(1000, { ...heights, byte: 2 });
    assert.ok(close.bytes.width < 70 && close.boxes[3].width > far.boxes[3].width + 100);
    for (let byte = 1; byte < 64; byte += 0.25) {
      const before = columnsOf(1000, { ...heights, byte }).bytes.width;
      const after = columnsOf(1000, { ...heights, byte: byte * 1.02 }).bytes.width;
      assert.ok(before - after >= 0 && before - after < 15, String(byte));
    }
  });

  it('put fewer bytes in a line as they grow', () => {
    assert.equal(bytesPerLine(1, 600), 16);
    assert.equal(bytesPerLine(1, 200), 8);
    assert.equal(bytesPerLine(1, 100), 4);
    assert.equal(bytesPerLine(64, 600), 1);
  });
});
