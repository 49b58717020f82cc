/**
 * What the picture shows of bands: which parts it needs at its scale, and the moment with those parts in place of the bands.
 */
import type { MapDetail, Snapshot } from '../../src/protocol/view-model.ts';
import type { AddressRange } from '../layout/hex.ts';
import { parseHex, rangeOf, toHex } from '../layout/hex.ts';
import { heapsOf, isInHeap } from '../layout/map-layout.ts';
import type { MapSource } from '../layout/map-layout.ts';
import type { Scale } from './scale.ts';
import type { Box, Scene } from './scene.ts';
import type { DetailWish } from './tiles.ts';
import { tilesOf } from './tiles.ts';
import type { Viewport } from './viewport.ts';
import { pixelsPerByte, shownRange, yOf } from './viewport.ts';

/** Pixels of what is told by itself. */
const unitPixels = 2;
/** A band of fewer pixels is left as it is. */
const leastHeight = 6;
/** No chunk is smaller, in bytes. */
const smallestUnit = 16n;
/** Parts that one picture needs at most: 4K screens take ten. */
const mostTiles = 24;

/** A part, and of which range of it the picture makes use. */
export interface Tile extends AddressRange {
  readonly detail: MapDetail;
}

/** The parts that a picture needs, each once, from low to high. */
export function wishesOf(scene: Scene, scale: Scale, view: Viewport): readonly DetailWish[] {
  const shown = shownRange(scale, view);
  const wishes = new Map<string, DetailWish>();
  const look = (box: Box): void => {
    if (box.end <= shown.start || box.start >= shown.end) return;
    if (box.kind !== 'row' || box.row.kind !== 'band') {
      box.children.forEach(look);
      return;
    }
    const start = box.start > shown.start ? box.start : shown.start;
    const end = box.end < shown.end ? box.end : shown.end;
    if (yOf(scale, view, start) - yOf(scale, view, end) < leastHeight) return;
    const unit = unitAt(pixelsPerByte(scale, view, start + (end - start) / 2n));
    for (const tile of tilesOf({ start, end }, unit))
      wishes.set(`${String(tile.start)}/${String(unit)}`, tile);
  };
  scene.regions.forEach(look);
  return [...wishes.values()]
    .slice(0, mostTiles)
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

function unitAt(perByte: number): bigint {
  let unit = smallestUnit;
  while (Number(unit) * perByte < unitPixels && unit < 1n << 56n) unit *= 2n;
  return unit;
}

/** The parts that are known of what is wished for; where one is not, a coarser one that covers it. */
export function tilesFor(
  wishes: readonly DetailWish[],
  get: (wish: DetailWish) => MapDetail | undefined,
): readonly Tile[] {
  return wishes.flatMap((wish): Tile[] => {
    let unit = wish.unit;
    for (let level = 0; level < 12; level++) {
      const [tile] = tilesOf({ start: wish.start, end: wish.start + 1n }, unit);
      const detail = tile === undefined ? undefined : get(tile);
      if (detail !== undefined) return [{ start: wish.start, end: wish.end, detail }];
      unit *= 2n;
    }
    return [];
  });
}

type Source = Pick<
  Snapshot,
  'mappings' | 'mappingBands' | 'heap' | 'arenas' | 'mmapped' | 'frames' | 'changed' | 'regions'
>;

/** A moment with parts in place of its bands. What the moment itself tells one by one stays. */
export function withTiles(source: Source, tiles: readonly Tile[]): Source & MapSource {
  if (tiles.length === 0) return source;
  const heaps = heapsOf(source).map(({ heap }) => ({
    heap,
    chunks: new Map(heap.chunks.map((chunk) => [chunk.start, chunk])),
    bands: restOf(heap.bands, tiles),
  }));
  const taken = (known: readonly { readonly start: string }[]): Set<string> =>
    new Set(known.map(({ start }) => start));
  const mappings = new Map(source.mappings.map((mapping) => [mapping.start, mapping]));
  const blocks = new Map(source.mmapped.map((chunk) => [chunk.start, chunk]));
  const mappingBands = restOf(source.mappingBands, tiles);
  const isBanded = (band: AddressRange, start: bigint): boolean => start >= band.start && start < band.end;
  const inBands = source.mappingBands.map(({ start, end }) => ({
    start: parseHex(start),
    end: parseHex(end),
  }));
  const known = taken([...heaps.flatMap(({ bands }) => bands), ...mappingBands]);
  for (const { start, end, detail } of tiles) {
    const isIn = (address: `0x${string}`): boolean => parseHex(address) >= start && parseHex(address) < end;
    for (const chunk of detail.chunks) {
      const range = rangeOf(chunk.start, chunk.sizeBytes);
      // What begins below the tile is as large as a unit, and may be told by the tile before as well.
      if (range.end <= start || range.start >= end) continue;
      const own = heaps.find(({ heap }) => isInHeap(heap, range.start));
      (own?.chunks ?? blocks).set(chunk.start, chunk);
    }
    for (const band of detail.chunkBands) {
      const own = heaps.find(({ heap }) => isInHeap(heap, parseHex(band.start)));
      if (isIn(band.start) && !known.has(band.start)) own?.bands.push(band);
    }
    for (const mapping of detail.mappings) {
      const at = parseHex(mapping.start);
      if (inBands.some((band) => isBanded(band, at))) mappings.set(mapping.start, mapping);
    }
    for (const band of detail.mappingBands)
      if (isIn(band.start) && !known.has(band.start)) mappingBands.push(band);
  }
  const renewed = new Map(
    heaps.map(({ heap, chunks, bands }) => [heap, { chunks: ascending([...chunks.values()]), bands }]),
  );
  return {
    ...source,
    mappings: [...mappings.values()],
    mappingBands,
    mmapped: [...blocks.values()],
    heap: source.heap === undefined ? undefined : { ...source.heap, ...renewed.get(source.heap) },
    arenas: source.arenas.map((arena) => ({
      ...arena,
      heaps: arena.heaps.map((heap) => ({ ...heap, ...renewed.get(heap) })),
    })),
  };
}

function ascending<Item extends { readonly start: `0x${string}` }>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => Number(parseHex(a.start) - parseHex(b.start)));
}

/** Bands without what lies in some parts. */
function restOf<Band extends { readonly start: `0x${string}`; readonly end: `0x${string}` }>(
  bands: readonly Band[],
  tiles: readonly AddressRange[],
): Band[] {
  let rest = [...bands];
  for (const tile of tiles)
    rest = rest.flatMap((band) => {
      const start = parseHex(band.start);
      const end = parseHex(band.end);
      if (end <= tile.start || start >= tile.end) return [band];
      const below = start < tile.start ? [{ ...band, end: toHex(tile.start) }] : [];
      const above = end > tile.end ? [{ ...band, start: toHex(tile.end) }] : [];
      return [...below, ...above];
    });
  return rest;
}
