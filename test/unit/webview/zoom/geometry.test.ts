/**
 * The geometry of the picture, without its words, of four programs: compared with what was drawn before, line by line.
 * `UPDATE_GOLDEN=1` draws them anew; look at the difference before committing it.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textsOf } from '../../../../webview/texts.ts';
import { paperPalette } from '../../../../webview/zoom/export.ts';
import { paint } from '../../../../webview/zoom/painter.ts';
import { Scale } from '../../../../webview/zoom/scale.ts';
import { typedObjects } from '../../../../webview/zoom/members.ts';
import { scaledRanges, sceneOf } from '../../../../webview/zoom/scene.ts';
import type { TypedObjects } from '../../../../webview/zoom/scene.ts';
import { SvgSurface } from '../../../../webview/zoom/svg-surface.ts';
import { fit, fitAll } from '../../../../webview/zoom/viewport.ts';
import type { Viewport } from '../../../../webview/zoom/viewport.ts';
import type { Snapshot } from '../../../../src/protocol/view-model.ts';
import { openSession, readExample } from '../../../support/open-session.ts';

const folder = join(import.meta.dirname, '../../../golden/map-geometry');
const [width, height] = [480, 360];

/** The picture of a part of a moment as SVG without texts: one shape a line. */
function geometry(moment: Snapshot, viewOf: (scale: Scale) => Viewport, typed?: TypedObjects): string {
  const scene = sceneOf(moment, moment.program.target, typed);
  const scale = Scale.folded(scene.end, scaledRanges(scene));
  const surface = new SvgSurface(width, height, 'geometry');
  paint(surface, {
    scene,
    scale,
    view: viewOf(scale),
    width,
    palette: paperPalette,
    texts: textsOf('en'),
    selectedId: undefined,
    currentId: undefined,
    hoveredId: undefined,
    changed: [],
    byteAt: () => undefined,
  });
  const shapes = surface.toString().replace(/<text\b[^>]*>[^<]*<\/text>/g, '');
  return `${shapes.replace(/>\s*</g, '>\n<').trim()}\n`;
}

/** Compares with the file of a name. */
function check(name: string, text: string): void {
  const file = join(folder, `${name}.svg`);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  assert.ok(existsSync(file), `${name}.svg is missing`);
  assert.equal(text, readFileSync(file, 'utf8'), `${name}.svg`);
}

const rangeOf = (start: string, end: string) => ({ start: BigInt(start), end: BigInt(end) });

describe('the geometry of the picture', () => {
  for (const name of ['malloc-one', 'linked-list', 'segments', 'touch-pages']) {
    it(`of ${name}.c is as it was`, () => {
      const session = openSession(readExample(`${name}.c`));
      session.seek(Math.floor(session.recording.count / 2));
      const moment = session.snapshot('en');
      check(
        `${name}-all`,
        geometry(moment, (scale) => fitAll(scale, height)),
      );
      const { heap, frames } = moment;
      if (heap !== undefined) {
        const first = heap.chunks.slice(0, 4);
        const end = BigInt(first.at(-1)?.start ?? heap.end) + 64n;
        check(
          `${name}-heap`,
          geometry(moment, (scale) => fit(scale, { start: BigInt(heap.start), end }, height)),
        );
      }
      const [inner] = frames;
      assert.ok(inner);
      const top = `0x${(BigInt(inner.base) + 16n).toString(16)}`;
      check(
        `${name}-frame`,
        geometry(moment, (scale) => fit(scale, rangeOf(inner.low, top), height)),
      );
    });
  }

  it('of the members of a block is as it was', () => {
    const session = openSession(readExample('linked-list.c'));
    session.seek(Math.floor(session.recording.count / 2));
    const moment = session.snapshot('en');
    const chunk = moment.heap?.chunks.find(({ requestedBytes }) => requestedBytes !== undefined);
    assert.ok(chunk);
    const start = Number(chunk.mem);
    const typed = typedObjects([session.members({ start, end: start + 512 }, 1, 'en')]);
    assert.equal(typed.get(chunk.mem)?.type, 'struct node');
    const range = rangeOf(chunk.start, `0x${(start + chunk.sizeBytes - 16).toString(16)}`);
    check(
      'linked-list-members',
      geometry(moment, (scale) => fit(scale, range, height), typed),
    );
  });
});
