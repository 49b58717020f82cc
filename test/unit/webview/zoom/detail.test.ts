/** Parts of a map that is too large for one message: asked for when they are looked at, and put in place of bands. */
import assert from 'node:assert/strict';
import type { ChunkView, MapDetail, Snapshot } from '../../../../src/protocol/view-model.ts';
import { MapDetails } from '../../../../webview/map-details.ts';
import type { DetailWish } from '../../../../webview/zoom/tiles.ts';
import { tilesOf, unitFor, wishOfBand } from '../../../../webview/zoom/tiles.ts';
import { linksOf } from '../../../../webview/zoom/links.ts';
import { tilesFor, wishesOf, withTiles } from '../../../../webview/zoom/detail.ts';
import { viewAt, windowOn } from '../../../../webview/zoom/minimap.ts';
import { Scale } from '../../../../webview/zoom/scale.ts';
import { boxAt, boxOf, scaledRanges, sceneOf } from '../../../../webview/zoom/scene.ts';
import { fit, fitAll, shownRange } from '../../../../webview/zoom/viewport.ts';
import { mallocOne } from '../page/malloc-one.ts';

const moment = mallocOne[3] as Snapshot;
const heapStart = 0x555555559000n;
const empty: MapDetail = { mappings: [], mappingBands: [], chunks: [], chunkBands: [] };

/** The moment with all chunks but the first and top in one band. */
const banded: Snapshot = {
  ...moment,
  heap: {
    start: '0x555555559000',
    end: '0x55555557a000',
    chunks: [],
    bands: [
      {
        start: '0x555555559000',
        end: '0x55555557a000',
        count: 1056,
        states: [{ state: 'in-use', count: 1056, bytes: 135_168 }],
      },
    ],
    chunkCount: 1056,
    isCut: false,
    tcacheCount: 0,
  },
};

function chunkAt(start: bigint): ChunkView {
  const model = moment.heap?.chunks.find(({ state }) => state === 'in-use');
  assert.ok(model !== undefined);
  return {
    ...model,
    start: `0x${start.toString(16)}`,
    mem: `0x${(start + 16n).toString(16)}`,
    sizeBytes: 128,
  };
}

/** Answers as a session with a chunk every 128 bytes: itself where a unit is no larger, else a band of the range. */
function answer(wish: DetailWish): MapDetail {
  const start = wish.start < heapStart ? heapStart : wish.start;
  const end = wish.end < 0x55555557a000n ? wish.end : 0x55555557a000n;
  const chunks: ChunkView[] = [];
  if (wish.unit <= 128n) for (let at = start; at < end; at += 128n) chunks.push(chunkAt(at));
  return { ...empty, chunks };
}

describe('parts of the map', () => {
  const scene = sceneOf(banded, 'x86_64');
  const scale = Scale.folded(scene.end, scaledRanges(scene));
  const heap = boxAt(scene, heapStart, 1);

  it('are wished for only where bands are tall enough, at a resolution of two pixels', () => {
    assert.deepEqual(wishesOf(scene, scale, { ...fitAll(scale, 80) }), []);
    const view = fit(scale, { start: heapStart, end: heapStart + 4096n }, 800);
    const wishes = wishesOf(scene, scale, view);
    assert.ok(wishes.length > 0);
    for (const { start, end, unit } of wishes) {
      assert.equal(end - start, unit * 128n);
      assert.equal(start % (end - start), 0n);
    }
    const shown = shownRange(scale, view);
    assert.ok((wishes[0]?.start ?? 0n) <= heapStart && (wishes.at(-1)?.end ?? 0n) >= shown.end);
  });

  it('stand in place of what they tell of a band; the rest of the band stays', () => {
    const view = fit(scale, { start: heapStart, end: heapStart + 4096n }, 800);
    const tiles = tilesFor(wishesOf(scene, scale, view), answer);
    const whole = sceneOf(withTiles(banded, tiles), 'x86_64');
    const inside = boxAt(whole, heapStart + 256n, 2);
    assert.equal(inside?.id, `chunk:0x${(heapStart + 256n).toString(16)}`);
    const above = boxAt(whole, 0x555555579f00n, 2);
    assert.ok(above?.kind === 'row' && above.row.kind === 'band');
    // Every byte of the heap is still in one box.
    let at = heapStart;
    for (const { start, end } of boxOf(whole, heap?.id ?? '')?.children ?? []) {
      assert.equal(start, at);
      at = end;
    }
    assert.equal(at, 0x55555557a000n);
  });

  it('are shown coarser as long as the finer ones are not there', () => {
    const [wish] = tilesOf({ start: heapStart, end: heapStart + 1n }, 16n);
    assert.ok(wish !== undefined);
    const known = answer({ ...wish, unit: 64n });
    const tiles = tilesFor([wish], ({ unit }) => (unit === 64n ? known : undefined));
    assert.deepEqual(tiles, [{ start: wish.start, end: wish.end, detail: known }]);
  });

  it('of a band are told by its id', () => {
    assert.deepEqual(wishOfBand('chunks:0x1000-0x2000'), { start: 0x1000n, end: 0x2000n, unit: 32n });
    assert.equal(wishOfBand('chunk:0x1000'), undefined);
    assert.equal(unitFor(129n), 2n);
  });
});

describe('requests for parts of the map', () => {
  const wish = (start: bigint): DetailWish => ({ start, end: start + 128n, unit: 1n });
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  it('are not sent when the wish is gone, nor twice for one moment, and again for the next', async () => {
    const asked: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const details = new MapDetails(
      async ({ start }) => {
        asked.push(start);
        await gate;
        return empty;
      },
      () => undefined,
      empty,
    );
    details.wish('picture', [wish(0n), wish(128n), wish(256n), wish(384n)]);
    assert.deepEqual(asked, ['0x0', '0x80']);
    details.wish('picture', [wish(512n)]);
    release();
    await settle();
    assert.deepEqual(asked, ['0x0', '0x80', '0x200']);
    details.wish('picture', [wish(0n), wish(512n)]);
    await settle();
    assert.equal(asked.length, 3);
    details.startMoment();
    await settle();
    assert.deepEqual(asked.slice(3), ['0x0', '0x200']);
  });

  it('keep the answers of the moment before until the new ones come, and drop them with the run', async () => {
    let count = 0;
    const details = new MapDetails(
      () => {
        count += 1;
        return count > 1 ? new Promise(() => undefined) : Promise.resolve(empty);
      },
      () => undefined,
      empty,
    );
    details.wish('picture', [wish(0n)]);
    await settle();
    details.startMoment();
    assert.equal(details.get(wish(0n)), empty);
    details.clear();
    assert.equal(details.get(wish(0n)), undefined);
  });
});

describe('the minimap', () => {
  const scene = sceneOf(moment, 'x86_64');
  const scale = Scale.folded(scene.end, scaledRanges(scene));

  it('has the window over all of it at first, and over the part that is shown', () => {
    assert.deepEqual(windowOn(scale, fitAll(scale, 600), 300), { top: 0, height: 300 });
    const shown = windowOn(scale, fit(scale, { start: heapStart, end: heapStart + 64n }, 600), 300);
    assert.equal(shown.height, 6);
    assert.ok(shown.top > 150 && shown.top < 300);
  });

  it('goes to where it is pressed, as near as before', () => {
    const view = fit(scale, { start: heapStart, end: 0x55555557a000n }, 600);
    const { top, height } = windowOn(scale, view, 300);
    const there = viewAt(scale, view, top + height / 2, 300);
    assert.equal(there.zoom, view.zoom);
    const shown = shownRange(scale, there);
    assert.ok(shown.start < 0x55555557a000n && shown.end > heapStart);
  });
});

describe('links of the free lists', () => {
  it('lead from the word to what it means, as far as that is on the list', () => {
    const link = (at: number, decoded: number) => ({
      at: `0x${at.toString(16)}` as const,
      stored: '0x1234' as const,
      decoded: `0x${decoded.toString(16)}` as const,
    });
    const entry = (chunk: number, next: number, back?: number) => ({
      chunk: `0x${chunk.toString(16)}` as const,
      sizeBytes: 32,
      next: link(chunk + 16, next),
      back: back === undefined ? undefined : link(chunk + 24, back),
    });
    const bin = { arena: 1, thread: undefined, index: 0, sizes: undefined, counter: undefined, length: 2 };
    // The tcache links blocks, unsorted links chunks; the last of a list leads to nothing, or to its head in libc.
    const tcache = { ...bin, family: 'tcache' as const, entries: [entry(0x1000, 0x2010), entry(0x2000, 0)] };
    const unsorted = {
      ...bin,
      family: 'unsorted' as const,
      entries: [entry(0x3000, 0x4000, 0x7ffff000), entry(0x4000, 0x7ffff000, 0x3000)],
    };
    assert.deepEqual(linksOf([tcache, unsorted]), [
      { at: 0x1010n, target: 0x2010n, state: 'tcache', isBack: false },
      { at: 0x3010n, target: 0x4000n, state: 'unsorted', isBack: false },
      { at: 0x4018n, target: 0x3000n, state: 'unsorted', isBack: true },
    ]);
  });
});
