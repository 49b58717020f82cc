import assert from 'node:assert/strict';
import {
  eventAtX,
  sampleAt,
  stepPaths,
  tickPath,
  xOfEvent,
} from '../../../../webview/layout/chart-geometry.ts';

describe('geometry of the charts', () => {
  it('puts the first and the last event at the edges, and finds them again', () => {
    assert.equal(xOfEvent(0, 11, 200), 0);
    assert.equal(xOfEvent(10, 11, 200), 200);
    assert.equal(xOfEvent(-1, 11, 200), 0);
    for (let index = 0; index < 11; index++) assert.equal(eventAtX(xOfEvent(index, 11, 200), 11, 200), index);
    assert.equal(eventAtX(-5, 11, 200), 0);
    assert.equal(eventAtX(900, 11, 200), 10);
    assert.equal(eventAtX(10, 1, 200), 0);
  });

  it('finds the sample that holds at an event', () => {
    assert.deepEqual(
      [-1, 0, 3, 4, 7, 100].map((index) => sampleAt([0, 4, 8], index)),
      [0, 0, 0, 1, 1, 2],
    );
    assert.equal(sampleAt([], 3), 0);
  });

  it('keeps a value until the next sample, and the last one to the end', () => {
    const { edge, area } = stepPaths([0, 5], [0, 100], 11, { width: 100, height: 21 });
    // Flat at the bottom to event 5, up to the top, flat to event 10.
    assert.equal(edge, 'M0,21L50,21L50,1L100,1L100,1');
    assert.ok(area.startsWith('M0,21') && area.endsWith('Z'), area);
    assert.deepEqual(stepPaths([], [], 0, { width: 100, height: 20 }), { area: '', edge: '' });
  });

  it('draws of many samples in one column the first, the extremes and the last one', () => {
    const samples = 10_000;
    const values = Array.from({ length: samples }, (_, at) =>
      at === 5001 ? 900 : at === 5002 ? 0 : 100 + (at % 7),
    );
    const box = { width: 50, height: 91 };
    const { edge } = stepPaths([...values.keys()], values, samples, box);
    const points = edge
      .slice(1)
      .split('L')
      .map((point) => point.split(',').map(Number));
    assert.ok(points.length < 2 * 4 * (2 * 50 + 1), String(points.length));
    const heights = points.map(([, y]) => y);
    assert.equal(Math.min(...heights.map(Number)), 1, 'the peak of one sample is there');
    assert.equal(Math.max(...heights.map(Number)), 91, 'and so is the dip behind it');
    assert.deepEqual(points.at(-1), [50, Number((91 - (values.at(-1) ?? 0) / 10).toFixed(1))]);
  });

  it('draws one tick for places that share a column', () => {
    assert.equal(tickPath([1, 0, 3], { width: 3, height: 9 }), 'M0.5 0V9M2.5 0V9');
    assert.equal(tickPath(new Array<number>(1000).fill(1), { width: 4, height: 9 }).match(/M/g)?.length, 4);
  });
});
