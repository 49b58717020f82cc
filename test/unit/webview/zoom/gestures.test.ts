/** Presses, drags and pinches, as pointer events come in. */
import assert from 'node:assert/strict';
import { Gestures } from '../../../../webview/zoom/gestures.ts';

describe('gestures on the map', () => {
  it('choose with a press that hardly moves', () => {
    const gestures = new Gestures();
    gestures.down(1, { x: 10, y: 10 });
    assert.deepEqual(gestures.move(1, { x: 12, y: 11 }), { kind: 'none' });
    assert.deepEqual(gestures.up(1, false), { kind: 'choose' });
  });

  it('move with one pointer and then choose nothing', () => {
    const gestures = new Gestures();
    gestures.down(1, { x: 10, y: 10 });
    assert.deepEqual(gestures.move(1, { x: 10, y: 30 }), { kind: 'move', pixels: 20, factor: 1, y: 30 });
    assert.equal(gestures.isDragging, true);
    assert.deepEqual(gestures.up(1, false), { kind: 'none' });
    assert.equal(gestures.isDragging, false);
  });

  it('zoom by the distance of two pointers, around their middle', () => {
    const gestures = new Gestures();
    gestures.down(1, { x: 0, y: 100 });
    gestures.down(2, { x: 0, y: 200 });
    assert.deepEqual(gestures.move(2, { x: 0, y: 300 }), { kind: 'move', pixels: 50, factor: 2, y: 200 });
    assert.deepEqual(gestures.up(2, false), { kind: 'none' });
    assert.deepEqual(gestures.up(1, false), { kind: 'none' });
  });

  it('only look while nothing is pressed, and choose nothing when the system takes the pointer away', () => {
    const gestures = new Gestures();
    assert.deepEqual(gestures.move(1, { x: 1, y: 1 }), { kind: 'hover' });
    assert.deepEqual(gestures.up(1, false), { kind: 'none' });
    gestures.down(1, { x: 1, y: 1 });
    assert.deepEqual(gestures.up(1, true), { kind: 'none' });
  });
});
