/**
 * The rows of the memory map: the mappings of /proc/PID/maps from high to low addresses, with the gaps between them
 * as rows of their own, and below an open mapping what is inside it, from high to low as well.
 *
 * The list is flat, as a tree view wants it, and a pure function of the moment and of what is open.
 */
import { unreachable } from '../../src/base/assert.ts';
import type {
  ChunkBandView,
  ChunkView,
  FrameView,
  HeapView,
  MapDetail,
  MappingBandView,
  MappingKind,
  MappingView,
  ObjectView,
  SectionView,
  Snapshot,
  VariableView,
} from '../../src/protocol/view-model.ts';
import type { AddressRange } from './hex.ts';
import { digits, holds, parseHex, rangeOf, rangesMeet } from './hex.ts';

/** What every row has. */
interface RowBase extends AddressRange {
  /** Stays the same while the thing lives: kept by selection and by what is open. */
  readonly id: string;
  /** Depth in the tree, from 1. */
  readonly level: number;
  /** Place among the rows of the same parent, from 1. */
  readonly posInSet: number;
  readonly setSize: number;
  /** Undefined for a row with nothing inside. */
  readonly isOpen: boolean | undefined;
  /** The current event changed something in its range. */
  readonly isChanged: boolean;
  /** Kind of the mapping that it lies in; colours the spine. */
  readonly mappingKind: MappingKind | undefined;
}

export interface MappingRow extends RowBase {
  readonly kind: 'mapping';
  readonly mapping: MappingView;
}
export interface GapRow extends RowBase {
  readonly kind: 'gap';
  /** Addresses between the two canonical halves lie in it. */
  readonly hasNonCanonical: boolean;
}
export interface SectionRow extends RowBase {
  readonly kind: 'section';
  readonly section: SectionView;
}
export interface ObjectRow extends RowBase {
  readonly kind: 'object';
  readonly object: ObjectView;
}
export interface HeapRow extends RowBase {
  readonly kind: 'heap';
  readonly heap: HeapView;
  /** Number of the arena: 1 for the main one. */
  readonly arena: number;
}
export interface ChunkRow extends RowBase {
  readonly kind: 'chunk';
  readonly chunk: ChunkView;
}
/** Chunks or mappings that are told together. */
export interface BandRow extends RowBase {
  readonly kind: 'band';
  readonly band:
    ({ readonly of: 'chunks' } & ChunkBandView) | ({ readonly of: 'mappings' } & MappingBandView);
}
export interface FrameRow extends RowBase {
  readonly kind: 'frame';
  readonly frame: FrameView;
  /** 0 is the innermost. */
  readonly depth: number;
}
export interface VariableRow extends RowBase {
  readonly kind: 'variable';
  readonly variable: VariableView;
  readonly frame: FrameView;
}

export type MapRow =
  MappingRow | GapRow | SectionRow | ObjectRow | HeapRow | ChunkRow | BandRow | FrameRow | VariableRow;

export type RowKind = MapRow['kind'];

/** What the user opened (true) or closed (false); the rest follows the defaults. */
export type OpenStates = ReadonlyMap<string, boolean>;

/** What the map shows of a moment. */
export type MapSource = Pick<Snapshot, 'mappings' | 'heap' | 'mmapped' | 'frames' | 'changed'> & {
  readonly mappingBands?: Snapshot['mappingBands'] | undefined;
  readonly arenas?: Snapshot['arenas'] | undefined;
  /** What is in a band, by the band's row; undefined while nobody knows. */
  readonly detailOf?: ((id: string) => MapDetail | undefined) | undefined;
};

/** A heap with the number of its arena. */
interface ArenaHeap {
  readonly heap: HeapView;
  readonly arena: number;
}

/** All heaps of a moment, that of the main arena first. */
export const heapsOf = ({ heap, arenas = [] }: Pick<MapSource, 'heap' | 'arenas'>): readonly ArenaHeap[] => [
  ...(heap === undefined ? [] : [{ heap, arena: 1 }]),
  ...arenas.flatMap(({ number, heaps }) => heaps.map((one) => ({ heap: one, arena: number }))),
];

/** Whether an address lies in a heap. */
export const isInHeap = ({ start, end }: HeapView, addr: bigint): boolean =>
  addr >= parseHex(start) && addr < parseHex(end);

/** First address that is not in the lower canonical half. */
const canonicalEnd = 1n << 47n;

const openObjectsUpTo = 40;
const openChunksUpTo = 16;
const openFramesUpTo = 4;

/** The rows from the highest address down. */
export function layOutMap(source: MapSource, open: OpenStates): readonly MapRow[] {
  return new Builder(source, open).build();
}

/** Identifies a band. */
export const bandId = (
  of: BandRow['band']['of'],
  { start, end }: Pick<ChunkBandView, 'start' | 'end'>,
): string => `${of}:${start}-${end}`;

/** The rows with everything but bands open, for what shows more than the table does. */
export function layOutWhole(source: MapSource): readonly MapRow[] {
  const known = wholeRows.get(source);
  if (known !== undefined) return known;
  const rows = new Builder(source, everythingOpen).build();
  wholeRows.set(source, rows);
  return rows;
}

/** What was laid out: the table, the picture and its minimap ask for the same moment. */
const wholeRows = new WeakMap<MapSource, readonly MapRow[]>();

/** Says of every row that it is open. */
const everythingOpen: Pick<OpenStates, 'get'> = { get: (id) => !/^(?:chunks|mappings):/.test(id) };

/** Identifies a mapping over time: the heap grows at its end, the stack at its start. */
export function mappingId(mapping: Pick<MappingView, 'start' | 'end' | 'name'>): string {
  return mapping.name === '[stack]' ? 'mapping:stack' : `mapping:${mapping.start}`;
}

/** Index of the innermost row that holds the address, or -1. */
export function rowHolding(rows: readonly MapRow[], addr: bigint): number {
  let found = -1;
  let level = 0;
  rows.forEach((row, index) => {
    if (row.level > level && row.kind !== 'gap' && holds(row, addr)) {
      found = index;
      level = row.level;
    }
  });
  return found;
}

/** Index of the row that a row is inside of, or -1. */
export function parentOf(rows: readonly MapRow[], index: number): number {
  const level = rows[index]?.level ?? 0;
  for (let i = index - 1; i >= 0; i--) {
    if ((rows[i]?.level ?? 0) < level) return i;
  }
  return -1;
}

/** Height of rows, in units of the font size. */
export function rowHeight(kind: RowKind, isNarrow: boolean): number {
  switch (kind) {
    case 'mapping':
      return isNarrow ? 3.7 : 2.3;
    case 'gap':
      return 1.9;
    case 'chunk':
    case 'band':
    case 'frame':
      return isNarrow ? 3.5 : 2;
    case 'heap':
    case 'section':
    case 'object':
      return 2;
    case 'variable':
      return isNarrow ? 3.5 : 1.9;
    default:
      return unreachable(kind);
  }
}

class Builder {
  readonly #source: MapSource;
  readonly #open: Pick<OpenStates, 'get'>;
  readonly #changed: readonly AddressRange[];
  readonly #rows: MapRow[] = [];

  constructor(source: MapSource, open: Pick<OpenStates, 'get'>) {
    this.#source = source;
    this.#open = open;
    this.#changed = source.changed.map(({ start, end }) => ({ start: parseHex(start), end: parseHex(end) }));
  }

  build(): readonly MapRow[] {
    const mappings = fromTheTop([...this.#source.mappings, ...(this.#source.mappingBands ?? [])]).map(
      (item) => ({
        item,
        start: parseHex(item.start),
        end: parseHex(item.end),
      }),
    );
    const gaps = mappings.map(({ start }, index) => start - (mappings[index + 1]?.end ?? 0n));
    const setSize = mappings.length + gaps.filter((gap) => gap > 0n).length;
    let posInSet = 0;
    mappings.forEach(({ item, start, end }, index) => {
      posInSet += 1;
      const place = { level: 1, posInSet, setSize };
      if ('kind' in item) this.#addMapping(item, { start, end }, place);
      else this.#addBand({ of: 'mappings', ...item }, 'mmap', place);
      const gap = gaps[index] ?? 0n;
      if (gap <= 0n) return;
      posInSet += 1;
      const range = { start: start - gap, end: start };
      this.#rows.push({
        kind: 'gap',
        id: `gap:${digits(range.end)}`,
        level: 1,
        posInSet,
        setSize,
        ...range,
        isOpen: undefined,
        isChanged: false,
        mappingKind: undefined,
        hasNonCanonical: range.start < canonicalEnd && range.end > canonicalEnd,
      });
    });
    return this.#rows;
  }

  #addMapping(mapping: MappingView, range: AddressRange, place: Place, mmapped = this.#source.mmapped): void {
    const heaps = this.#heapsIn(range);
    const frames = this.#source.frames.filter((frame) => holds(range, parseHex(frame.base)));
    // What is told of a part of the address space has chunks of heaps, too.
    const chunks = mmapped.filter((chunk) => {
      const start = parseHex(chunk.start);
      return holds(range, start) && !heaps.some(({ heap }) => isInHeap(heap, start));
    });
    const childCount = heaps.length + frames.length + chunks.length + mapping.sections.length;
    const id = mappingId(mapping);
    const opensItself = heaps.length > 0 || frames.length > 0 || within(chunks.length, openChunksUpTo);
    const isOpen = childCount === 0 ? undefined : (this.#open.get(id) ?? opensItself);
    this.#rows.push({
      kind: 'mapping',
      id,
      ...place,
      ...range,
      isOpen,
      isChanged: this.#isChanged(range),
      mappingKind: mapping.kind,
      mapping,
    });
    if (isOpen !== true) return;
    for (const heap of heaps) this.#addHeap(heap, range, mapping.kind, place.level + 1);
    this.#addFrames(frames, mapping.kind);
    this.#addChunks(chunks, [], mapping.kind, { level: place.level + 1, before: 0 });
    this.#addSections(mapping, id);
  }

  /** The heaps that begin in a range, from the highest one down. */
  #heapsIn(range: AddressRange): readonly ArenaHeap[] {
    return heapsOf(this.#source)
      .filter(({ heap }) => holds(range, parseHex(heap.start)))
      .sort((a, b) => (parseHex(a.heap.start) < parseHex(b.heap.start) ? 1 : -1));
  }

  #addHeap({ heap, arena }: ArenaHeap, range: AddressRange, mappingKind: MappingKind, level: number): void {
    this.#rows.push({
      kind: 'heap',
      id: arena === 1 ? 'heap' : `heap:${heap.start}`,
      level,
      posInSet: 1,
      setSize: heap.chunks.length + heap.bands.length + 1,
      start: arena === 1 ? range.end : parseHex(heap.end),
      end: arena === 1 ? range.end : parseHex(heap.end),
      isOpen: undefined,
      isChanged: false,
      mappingKind,
      heap,
      arena,
    });
    this.#addChunks(heap.chunks, heap.bands, mappingKind, { level, before: 1 });
  }

  #addChunks(
    chunks: readonly ChunkView[],
    bands: readonly ChunkBandView[],
    mappingKind: MappingKind,
    { level, before }: { readonly level: number; readonly before: number },
  ): void {
    const items = bands.length === 0 ? [...chunks].reverse() : fromTheTop([...chunks, ...bands]);
    items.forEach((item, index) => {
      const place = { level, posInSet: index + 1 + before, setSize: items.length + before };
      if ('states' in item) {
        this.#addBand({ of: 'chunks', ...item }, mappingKind, place);
        return;
      }
      const range = rangeOf(item.start, item.sizeBytes);
      this.#rows.push({
        kind: 'chunk',
        id: `chunk:${item.start}`,
        ...place,
        ...range,
        isOpen: undefined,
        isChanged: this.#isChanged(range),
        mappingKind,
        chunk: item,
      });
    });
  }

  /** A band; when it is open, what is known of its inside. */
  #addBand(band: BandRow['band'], mappingKind: MappingKind, place: Place): void {
    const id = bandId(band.of, band);
    const range = { start: parseHex(band.start), end: parseHex(band.end) };
    const isOpen = this.#open.get(id) ?? false;
    this.#rows.push({ kind: 'band', id, ...place, ...range, isOpen, isChanged: false, mappingKind, band });
    const detail = isOpen ? this.#source.detailOf?.(id) : undefined;
    if (detail === undefined) return;
    const level = place.level + 1;
    if (band.of === 'chunks') {
      this.#addChunks(detail.chunks, detail.chunkBands, mappingKind, { level, before: 0 });
      return;
    }
    const items = fromTheTop([...detail.mappings, ...detail.mappingBands]);
    items.forEach((item, index) => {
      const inside = { level, posInSet: index + 1, setSize: items.length };
      if ('kind' in item)
        this.#addMapping(
          item,
          { start: parseHex(item.start), end: parseHex(item.end) },
          inside,
          detail.chunks,
        );
      else this.#addBand({ of: 'mappings', ...item }, 'mmap', inside);
    });
  }

  #addFrames(frames: readonly FrameView[], mappingKind: MappingKind): void {
    for (let i = frames.length - 1; i >= 0; i--) {
      const frame = frames[i];
      if (frame === undefined) continue;
      const depth = this.#source.frames.indexOf(frame);
      // The saved rbp and the return address lie at and above the base.
      const base = parseHex(frame.base);
      const range = { start: parseHex(frame.low), end: base + 2n * wordOf(base) };
      const id = `frame:${frame.base}`;
      const opensItself = frames.length <= openFramesUpTo || depth < 2;
      const isOpen = frame.variables.length === 0 ? undefined : (this.#open.get(id) ?? opensItself);
      this.#rows.push({
        kind: 'frame',
        id,
        level: 2,
        posInSet: frames.length - i,
        setSize: frames.length,
        ...range,
        isOpen,
        isChanged: this.#isChanged(range),
        mappingKind,
        frame,
        depth,
      });
      if (isOpen === true) this.#addVariables(frame, id, mappingKind);
    }
  }

  #addVariables(frame: FrameView, parentId: string, mappingKind: MappingKind): void {
    const variables = fromTheTop(frame.variables);
    variables.forEach((variable, index) => {
      const range = rangeOf(variable.start, variable.sizeBytes);
      this.#rows.push({
        kind: 'variable',
        id: `${parentId}:${variable.start}:${variable.name}`,
        level: 3,
        posInSet: index + 1,
        setSize: variables.length,
        ...range,
        isOpen: undefined,
        isChanged: this.#isChanged(range),
        mappingKind,
        variable,
        frame,
      });
    });
  }

  #addSections(mapping: MappingView, parentId: string): void {
    const sections = fromTheTop(mapping.sections);
    sections.forEach((section, index) => {
      const range = rangeOf(section.start, section.sizeBytes);
      const id = `${parentId}:${section.name}`;
      const isOpen =
        section.objects.length === 0
          ? undefined
          : (this.#open.get(id) ?? within(section.objects.length, openObjectsUpTo));
      this.#rows.push({
        kind: 'section',
        id,
        level: 2,
        posInSet: index + 1,
        setSize: sections.length,
        ...range,
        isOpen,
        isChanged: this.#isChanged(range),
        mappingKind: mapping.kind,
        section,
      });
      if (isOpen === true) this.#addObjects(section, id, mapping.kind);
    });
  }

  #addObjects(section: SectionView, parentId: string, mappingKind: MappingKind): void {
    const objects = fromTheTop(section.objects);
    objects.forEach((object, index) => {
      const range = rangeOf(object.start, object.sizeBytes);
      this.#rows.push({
        kind: 'object',
        id: `${parentId}:${object.start}:${object.name}`,
        level: 3,
        posInSet: index + 1,
        setSize: objects.length,
        ...range,
        isOpen: undefined,
        isChanged: this.#isChanged(range),
        mappingKind,
        object,
      });
    });
  }

  #isChanged(range: AddressRange): boolean {
    return this.#changed.some((changed) => rangesMeet(range, changed));
  }
}

/** Where a row stands in the tree. */
type Place = Pick<RowBase, 'level' | 'posInSet' | 'setSize'>;

/** Bytes of a word, told by the address: i386 has no address above 2^32, x86_64 no stack below it. */
function wordOf(addr: bigint): bigint {
  return addr < 1n << 32n ? 4n : 8n;
}

function within(count: number, most: number): boolean {
  return count > 0 && count <= most;
}

function fromTheTop<Item extends { readonly start: `0x${string}` }>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => descending(parseHex(a.start), parseHex(b.start)));
}

function descending(a: bigint, b: bigint): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
