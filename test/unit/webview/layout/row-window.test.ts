import assert from 'node:assert/strict';
import { assert as check, property, array, integer } from 'fast-check';
import { offsetsOf, rowAt, scrollTopFor, windowOf } from '../../../../webview/layout/row-window.ts';

const offsets = offsetsOf([30, 20, 20, 30], (height) => height);

describe('row window', () => {
  it('adds heights up', () => {
    assert.deepEqual(Array.from(offsets), [0, 30, 50, 70, 100]);
  });

  it('finds the row at a height, clamped to the list', () => {
    assert.deepEqual(
      [-5, 0, 29, 30, 69, 70, 500].map((y) => rowAt(offsets, y)),
      [0, 0, 0, 1, 2, 3, 3],
    );
    assert.equal(
      rowAt(
        offsetsOf([], () => 1),
        10,
      ),
      0,
    );
  });

  it('draws the rows in view and leaves room for the rest', () => {
    assert.deepEqual(windowOf(offsets, 35, 10, 0), { first: 1, end: 2, above: 30, below: 50 });
    assert.deepEqual(windowOf(offsets, 35, 10, 20), { first: 0, end: 3, above: 0, below: 30 });
    assert.deepEqual(
      windowOf(
        offsetsOf([], () => 1),
        0,
        100,
        10,
      ),
      { first: 0, end: 0, above: 0, below: 0 },
    );
  });

  it('scrolls only when the row is outside, and then with a margin', () => {
    assert.equal(scrollTopFor(offsets, 1, 10, 60, 10), 10);
    assert.equal(scrollTopFor(offsets, 3, 0, 60, 10), 40);
    assert.equal(scrollTopFor(offsets, 0, 40, 60, 10), 0);
    assert.equal(scrollTopFor(offsets, 1, 60, 40, 5), 25);
  });

  it('always covers the viewport, for any rows and position', () => {
    check(
      property(
        array(integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 200 }),
        integer({ min: 0, max: 5000 }),
        integer({ min: 1, max: 900 }),
        (heights, top, height) => {
          const all = offsetsOf(heights, (value) => value);
          const total = all[heights.length]!;
          const scrollTop = Math.min(top, Math.max(0, total - height));
          const shown = windowOf(all, scrollTop, height, 100);
          const drawn = heights.slice(shown.first, shown.end).reduce((sum, value) => sum + value, 0);
          assert.equal(shown.above + drawn + shown.below, total);
          assert.ok(shown.above <= scrollTop);
          assert.ok(shown.above + drawn >= Math.min(total, scrollTop + height));
        },
      ),
    );
  });
});
