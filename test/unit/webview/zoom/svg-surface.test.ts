/** The picture as SVG: well-formed whatever the program's names are, clips and transforms as on a canvas. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Window } from 'happy-dom';
import { textsOf } from '../../../../webview/texts.ts';
import { paperPalette, svgOf } from '../../../../webview/zoom/export.ts';
import { Scale } from '../../../../webview/zoom/scale.ts';
import { scaledRanges, sceneOf } from '../../../../webview/zoom/scene.ts';
import { SvgSurface } from '../../../../webview/zoom/svg-surface.ts';
import { fitAll } from '../../../../webview/zoom/viewport.ts';
import { mallocOne } from '../page/malloc-one.ts';

const { DOMParser } = new Window();

/** The document element; fails when the text is not well-formed. */
function parsed(text: string) {
  const document = new DOMParser().parseFromString(text, 'image/svg+xml');
  assert.equal(document.querySelector('parsererror'), null, text.slice(0, 500));
  const root = document.documentElement;
  assert.equal(root.localName, 'svg');
  return root;
}

describe('the SVG surface', () => {
  it('escapes what a program can put into a text', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }), (units) => {
        const text = String.fromCharCode(...units);
        const surface = new SvgSurface(100, 50, text);
        surface.fillText(text, 1, 2);
        const body = surface.toString();
        assert.doesNotMatch(body, /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
        assert.equal(body.match(/<text /g)?.length, 1);
        assert.doesNotMatch(
          body.replace(/<\/?(?:svg|title|text)[^<>]*>/g, ''),
          /[<>]|&(?!lt;|gt;|amp;|quot;)/,
        );
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('clips in the coordinates of the clip, inside of earlier clips', () => {
    const surface = new SvgSurface(100, 50, 'clips');
    surface.translate(5, 6);
    surface.beginPath();
    surface.rect(0, 0, 10, 10);
    surface.clip();
    surface.save();
    surface.beginPath();
    surface.rect(1, 1, 5, 5);
    surface.clip();
    surface.rotate(Math.PI / 2);
    surface.fillRect(0, 0, 1, 1);
    surface.restore();
    surface.fillRect(0, 0, 2, 2);
    const root = parsed(surface.toString());
    const clips = root.querySelectorAll('clipPath');
    assert.equal(clips.length, 2);
    assert.equal(clips[1]?.getAttribute('clip-path'), 'url(#clip0)');
    assert.equal(clips[1]?.querySelector('rect')?.getAttribute('transform'), 'translate(5 6)');
    const drawn = [...root.querySelectorAll('g > g > rect')].map((rect) =>
      rect.parentElement?.getAttribute('transform'),
    );
    assert.deepEqual(drawn, ['translate(5 6) rotate(90)', 'translate(5 6)']);
  });

  it('draws a moment with title, mappings and legend', () => {
    const moment = mallocOne[4];
    assert.ok(moment);
    const scene = sceneOf(moment, 'x86_64');
    const scale = Scale.folded(scene.end, scaledRanges(scene));
    const text = svgOf({
      title: 'malloc-one.c <&">',
      picture: {
        scene,
        scale,
        view: fitAll(scale, 700),
        width: 900,
        palette: paperPalette,
        texts: textsOf('en'),
        selectedId: undefined,
        currentId: undefined,
        hoveredId: undefined,
        changed: [],
        byteAt: () => undefined,
      },
    });
    const root = parsed(text);
    const words = [...root.querySelectorAll('text')].map((element) => element.textContent);
    for (const word of ['H [heap]', 'S [stack]', '7ffff7dd4000', 'shared library', '800000000000'])
      assert.ok(
        words.some((one) => one.includes(word)),
        word,
      );
    assert.equal(root.querySelector('title')?.textContent, 'malloc-one.c <&">');
  });
});
