/**
 * The axis of the map: addresses and pixels, from 2^64 bytes down to one.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Scale } from '../../../../webview/zoom/scale.ts';
import type { ScaledRange } from '../../../../webview/zoom/scale.ts';
import {
  addressAtY,
  between,
  fit,
  fitAll,
  panBy,
  pixelsPerByte,
  shownRange,
  yOf,
  zoomAt,
} from '../../../../webview/zoom/viewport.ts';

const end = 1n << 64n;
const heap: ScaledRange = { start: 0x555555559000n, end: 0x55555557a000n, room: 'full' };
const stack: ScaledRange = { start: 0x7ffffffde000n, end: 0x7ffffffff000n, room: 'full' };
const kernel: ScaledRange = { start: 1n << 63n, end, room: 'fold' };
const scales = [Scale.linear(end), Scale.folded(end, [heap, stack, kernel])] as const;
const height = 600;

for (const scale of scales)
  describe(`the ${scale.kind} scale`, () => {
    it('covers the space without gaps', () => {
      let from = 0n;
      let at = 0;
      for (const piece of scale.pieces) {
        assert.equal(piece.start, from);
        assert.ok(Math.abs(piece.at - at) < 1e-12);
        from = piece.end;
        at += piece.length;
      }
      assert.equal(from, end);
      assert.ok(Math.abs(at - 1) < 1e-12);
    });

    it('shows the whole space at first, high addresses at the top', () => {
      const view = fitAll(scale, height);
      assert.ok(Math.abs(yOf(scale, view, 0n) - height) < 1e-6);
      assert.ok(Math.abs(yOf(scale, view, end)) < 1e-6);
      assert.ok(yOf(scale, view, stack.start) < yOf(scale, view, heap.start));
    });

    it('goes down to a single byte and keeps it exact', () => {
      const byte = heap.start + 0x2a0n;
      const view = fit(scale, { start: byte, end: byte + 1n }, height);
      assert.ok(pixelsPerByte(scale, view, byte) >= 60);
      const { address, fraction } = addressAtY(scale, view, height / 2);
      assert.equal(address, byte);
      assert.ok(Math.abs(fraction - 0.5) < 0.01, String(fraction));
      const size = yOf(scale, view, byte) - yOf(scale, view, byte + 1n);
      assert.ok(Math.abs(size - pixelsPerByte(scale, view, byte)) < 0.01);
    });

    it('holds what is under the pointer while it zooms', () => {
      fc.assert(
        fc.property(
          fc.bigInt({ min: heap.start, max: heap.end - 256n }),
          fc.double({ min: 0, max: height, noNaN: true }),
          fc.double({ min: 0.2, max: 5, noNaN: true }),
          (start, y, factor) => {
            const view = fit(scale, { start, end: start + 256n }, height);
            const held = addressAtY(scale, view, y);
            const after = addressAtY(scale, zoomAt(scale, view, y, factor), y);
            const moved = Number(after.address - held.address) + after.fraction - held.fraction;
            assert.ok(Math.abs(moved) < 0.01, `${String(moved)} bytes`);
          },
        ),
        { seed: 9, numRuns: 300 },
      );
    });

    it('finds the address of a height again', () => {
      fc.assert(
        fc.property(
          fc.bigInt({ min: 0n, max: end - 1n }),
          fc.double({ min: 1, max: 1e12, noNaN: true }),
          (center, factor) => {
            const view = zoomAt(
              scale,
              fitAll(scale, height),
              yOf(scale, fitAll(scale, height), center),
              factor,
            );
            const { address } = addressAtY(scale, view, 200);
            const y = yOf(scale, view, address);
            assert.ok(Math.abs(y - 200) <= Math.max(1, pixelsPerByte(scale, view, address)), String(y));
          },
        ),
        { seed: 10, numRuns: 300 },
      );
    });

    it('never shows what is beyond the ends', () => {
      const bottom = panBy(scale, zoomAt(scale, fitAll(scale, height), 300, 10), -1e9);
      assert.ok(yOf(scale, bottom, 0n) <= height + 1e-6);
      const top = panBy(scale, bottom, 1e9);
      assert.ok(yOf(scale, top, end) >= -1e-6);
      assert.deepEqual(zoomAt(scale, fitAll(scale, height), 17, 0.01).zoom, height);
    });

    it('moves between two parts without losing either', () => {
      const from = fit(scale, heap, height);
      const to = fit(scale, stack, height);
      assert.equal(between(scale, from, to, 1), to);
      const start = between(scale, from, to, 0);
      assert.ok(Math.abs(yOf(scale, start, heap.start) - yOf(scale, from, heap.start)) < 1);
    });

    it('tells the addresses that it shows', () => {
      const range = shownRange(scale, fit(scale, heap, height));
      assert.ok(range.start <= heap.start && range.end >= heap.end);
    });
  });

describe('the folded scale', () => {
  it('gives a small heap more room than the terabytes around it', () => {
    const scale = scales[1];
    const room = (start: bigint, to: bigint): number => scale.distance(start, to);
    assert.ok(room(heap.start, heap.end) > 3 * room(heap.end, stack.start));
  });
});
