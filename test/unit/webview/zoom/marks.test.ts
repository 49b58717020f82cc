/** Marks of the editor and of comparisons in the picture: each has a frame at its addresses and a sign. */
import assert from 'node:assert/strict';
import type { MarkView, Snapshot } from '../../../../src/protocol/view-model.ts';
import { textsOf } from '../../../../webview/texts.ts';
import { paperPalette } from '../../../../webview/zoom/export.ts';
import { faultOf, marksOf } from '../../../../webview/zoom/marks.ts';
import { paint } from '../../../../webview/zoom/painter.ts';
import { Scale } from '../../../../webview/zoom/scale.ts';
import { scaledRanges, sceneOf } from '../../../../webview/zoom/scene.ts';
import { SvgSurface } from '../../../../webview/zoom/svg-surface.ts';
import { fit, fitAll, yOf } from '../../../../webview/zoom/viewport.ts';
import { mallocOne } from '../page/malloc-one.ts';

const moment = mallocOne[4] as Snapshot;
const scene = sceneOf(moment, 'x86_64');
const scale = Scale.folded(scene.end, scaledRanges(scene));
const height = 700;

/** Signs that stand in the picture, and dashed frames. */
function drawn(marks: readonly MarkView[], range?: { readonly start: bigint; readonly end: bigint }) {
  const surface = new SvgSurface(900, height, '');
  paint(surface, {
    scene,
    scale,
    view: range === undefined ? fitAll(scale, height) : fit(scale, range, height),
    width: 900,
    palette: paperPalette,
    texts: textsOf('en'),
    selectedId: undefined,
    currentId: undefined,
    hoveredId: undefined,
    changed: [],
    marks: marksOf(marks),
    byteAt: () => undefined,
  });
  const text = surface.toString();
  return {
    signs: Array.from(text.matchAll(/>([▸+−~])<\/text>/gu), ([, sign]) => sign),
    frames: Array.from(
      text.matchAll(/<rect[^>]*\bheight="([\d.]+)"[^>]*stroke-dasharray="5 3"/g),
      ([, tall]) => Number(tall),
    ),
  };
}

const heap = { start: 0x555555559000n, end: 0x55555557a000n };

describe('marks in the picture', () => {
  it('are nothing while nothing is marked', () => {
    assert.deepEqual(drawn([]), { signs: [], frames: [] });
  });

  it('have a frame as tall as their addresses and a sign by kind', () => {
    const page = (at: number): MarkView['start'] => `0x${(0x555555559000 + at * 4096).toString(16)}`;
    const marks: MarkView[] = (['here', 'added', 'removed', 'changed'] as const).map((kind, i) => ({
      start: page(8 * i),
      end: page(8 * i + 4),
      kind,
      text: kind,
    }));
    const { signs, frames } = drawn(marks, heap);
    assert.deepEqual(signs, ['▸', '+', '−', '~']);
    const perPage = height / 33;
    for (const frame of frames) assert.ok(Math.abs(frame - 4 * perPage) < perPage, String(frame));
    assert.equal(frames.length, 4);
  });

  it('show a byte of the whole space as a line of three pixels', () => {
    const one: MarkView = { start: '0x5555555592a0', end: '0x5555555592a1', kind: 'here', text: 'c' };
    assert.deepEqual(drawn([one]), { signs: ['▸'], frames: [3] });
  });

  it('put signs of two kinds at one height beside each other, and of one kind once', () => {
    const at = (kind: MarkView['kind']): MarkView => ({
      start: '0x5555555592a0',
      end: '0x5555555592b0',
      kind,
      text: kind,
    });
    assert.deepEqual(drawn([at('added'), at('changed'), at('added')]).signs, ['+', '~']);
  });

  it('leave out what is not in the picture', () => {
    const stack: MarkView = { start: '0x7fffffffe000', end: '0x7fffffffe010', kind: 'changed', text: 's' };
    assert.deepEqual(drawn([stack], heap), { signs: [], frames: [] });
  });
});

describe('the tick of a page fault', () => {
  const page = { start: '0x55555555a000', end: '0x55555555b000' } as const;
  const event = { ...(moment.event as NonNullable<Snapshot['event']>), kind: 'page-fault' } as const;

  it('is of the page that the current event touched, when that is a page fault', () => {
    assert.deepEqual(faultOf({ event, changed: [page] }), { start: 0x55555555a000n, end: 0x55555555b000n });
    assert.equal(faultOf({ event: { ...event, kind: 'malloc' }, changed: [page] }), undefined);
    assert.equal(faultOf({ event: undefined, changed: [] }), undefined);
  });

  it('stands at the height of its page with a word, and nowhere while that is out of sight', () => {
    const words = (range: { readonly start: bigint; readonly end: bigint }) => {
      const surface = new SvgSurface(900, height, '');
      paint(surface, {
        scene,
        scale,
        view: fit(scale, range, height),
        width: 900,
        palette: paperPalette,
        texts: textsOf('en'),
        selectedId: undefined,
        currentId: undefined,
        hoveredId: undefined,
        changed: [],
        fault: faultOf({ event, changed: [page] }),
        byteAt: () => undefined,
      });
      return Array.from(surface.toString().matchAll(/<text[^>]* y="([\d.]+)"[^>]*>page fault</g), ([, y]) =>
        Number(y),
      );
    };
    assert.deepEqual(
      words(heap).map(Math.round),
      [yOf(scale, fit(scale, heap, height), 0x55555555a800n)].map(Math.round),
    );
    assert.deepEqual(words({ start: 0x55555556a000n, end: 0x55555557a000n }), []);
  });
});
