import assert from 'node:assert/strict';
import { assert as check, property, array, constantFrom, integer, record } from 'fast-check';
import type { PageRun, PageState } from '../../../../src/protocol/view-model.ts';
import { layOutStrip } from '../../../../webview/layout/page-strip.ts';

const runs = (...pairs: readonly (readonly [PageState, number])[]): readonly PageRun[] =>
  pairs.map(([state, pages]) => ({ state, pages }));

describe('page strip', () => {
  it('draws a cell for each present page of the heap after the first malloc', () => {
    assert.deepEqual(layOutStrip(runs(['anonymous', 1], ['absent', 32]), 168), {
      width: 164,
      cell: 5,
      rects: [{ state: 'anonymous', x: 0, width: 4 }],
    });
  });

  it('does not stretch a single page over the room', () => {
    assert.deepEqual(layOutStrip(runs(['file', 1]), 168), {
      width: 8,
      cell: 9,
      rects: [{ state: 'file', x: 0, width: 8 }],
    });
  });

  it('keeps one resident page among thousands visible, in its place', () => {
    const strip = layOutStrip(runs(['absent', 50_000], ['anonymous', 1], ['absent', 49_999]), 100);
    assert.deepEqual(strip, { width: 100, cell: 0, rects: [{ state: 'anonymous', x: 50, width: 2 }] });
  });

  it('lets the most present state of a column win', () => {
    const strip = layOutStrip(runs(['file', 1], ['anonymous', 1], ['zero', 198]), 20);
    assert.deepEqual(strip.rects, [
      { state: 'anonymous', x: 0, width: 2 },
      { state: 'zero', x: 2, width: 18 },
    ]);
  });

  it('is empty without pages or room', () => {
    assert.deepEqual(layOutStrip([], 100), { width: 0, cell: 0, rects: [] });
    assert.deepEqual(layOutStrip(runs(['file', 3]), 1), { width: 0, cell: 0, rects: [] });
  });

  it('stays in its room, in order, without overlap, for any pages', () => {
    const anyRun = record({
      state: constantFrom<PageState>('absent', 'zero', 'anonymous', 'file', 'shared'),
      pages: integer({ min: 0, max: 5000 }),
    });
    check(
      property(array(anyRun, { maxLength: 30 }), integer({ min: 0, max: 400 }), (pages, room) => {
        const strip = layOutStrip(pages, room);
        let x = 0;
        for (const rect of strip.rects) {
          assert.ok(rect.x >= x && rect.width > 0);
          x = rect.x + rect.width;
        }
        assert.ok(x <= strip.width && strip.width <= room);
        const isPresent = pages.some((run) => run.state !== 'absent' && run.pages > 0);
        if (room >= 2) assert.equal(strip.rects.length > 0, isPresent);
      }),
    );
  });
});
