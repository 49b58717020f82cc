/**
 * The rows of the memory map: the mappings of /proc/PID/maps from high to low addresses, with the gaps between them
 * as rows of their own, and below an open mapping what is inside it, from high to low as well.
 *
 * The list is flat, as a tree view wants it, and a pure function of the moment and of what is open.
 */
import { unreachable } from '../../src/base/assert.ts';
import type {
  ChunkView,
  FrameView,
  HeapView,
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
}
export interface ChunkRow extends RowBase {
  readonly kind: 'chunk';
  readonly chunk: ChunkView;
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
  MappingRow | GapRow | SectionRow | ObjectRow | HeapRow | ChunkRow | FrameRow | VariableRow;

export type RowKind = MapRow['kind'];

/** What the user opened (true) or closed (false); the rest follows the defaults. */
export type OpenStates = ReadonlyMap<string, boolean>;

/** What the map shows of a moment. */
export type MapSource = Pick<Snapshot, 'mappings' | 'heap' | 'mmapped' | 'frames' | 'changed'>;

/** First address that is not in the lower canonical half. */
const canonicalEnd = 1n << 47n;

const openObjectsUpTo = 40;
const openChunksUpTo = 16;
const openFramesUpTo = 4;

/** The rows from the highest address down. */
export function layOutMap(source: MapSource, open: OpenStates): readonly MapRow[] {
  return new Builder(source, open).build();
}

/** The rows with everything open, for what shows more than the table does. */
export function layOutWhole(source: MapSource): readonly MapRow[] {
  return new Builder(source, everythingOpen).build();
}

/** Says of every row that it is open. */
const everythingOpen: Pick<OpenStates, 'get'> = { get: () => true };

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
    const mappings = this.#source.mappings
      .map((mapping) => ({ mapping, start: parseHex(mapping.start), end: parseHex(mapping.end) }))
      .sort((a, b) => descending(a.start, b.start));
    const gaps = mappings.map(({ start }, index) => start - (mappings[index + 1]?.end ?? 0n));
    const setSize = mappings.length + gaps.filter((gap) => gap > 0n).length;
    let posInSet = 0;
    mappings.forEach(({ mapping, start, end }, index) => {
      posInSet += 1;
      this.#addMapping(mapping, { start, end }, { posInSet, setSize });
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

  #addMapping(mapping: MappingView, range: AddressRange, place: { posInSet: number; setSize: number }): void {
    const heap = this.#heapIn(range);
    const frames = this.#source.frames.filter((frame) => holds(range, parseHex(frame.base)));
    const chunks = this.#source.mmapped.filter((chunk) => holds(range, parseHex(chunk.start)));
    const childCount = (heap === undefined ? 0 : 1) + frames.length + chunks.length + mapping.sections.length;
    const id = mappingId(mapping);
    const opensItself = heap !== undefined || frames.length > 0 || within(chunks.length, openChunksUpTo);
    const isOpen = childCount === 0 ? undefined : (this.#open.get(id) ?? opensItself);
    this.#rows.push({
      kind: 'mapping',
      id,
      level: 1,
      ...place,
      ...range,
      isOpen,
      isChanged: this.#isChanged(range),
      mappingKind: mapping.kind,
      mapping,
    });
    if (isOpen !== true) return;
    if (heap !== undefined) this.#addHeap(heap, range, mapping.kind);
    this.#addFrames(frames, mapping.kind);
    this.#addChunks(chunks, mapping.kind, 0);
    this.#addSections(mapping, id);
  }

  #heapIn(range: AddressRange): HeapView | undefined {
    const { heap } = this.#source;
    return heap !== undefined && holds(range, parseHex(heap.start)) ? heap : undefined;
  }

  #addHeap(heap: HeapView, range: AddressRange, mappingKind: MappingKind): void {
    this.#rows.push({
      kind: 'heap',
      id: 'heap',
      level: 2,
      posInSet: 1,
      setSize: heap.chunks.length + 1,
      start: range.end,
      end: range.end,
      isOpen: undefined,
      isChanged: false,
      mappingKind,
      heap,
    });
    this.#addChunks(heap.chunks, mappingKind, 1);
  }

  #addChunks(chunks: readonly ChunkView[], mappingKind: MappingKind, before: number): void {
    const setSize = chunks.length + before;
    for (let i = chunks.length - 1; i >= 0; i--) {
      const chunk = chunks[i];
      if (chunk === undefined) continue;
      const range = rangeOf(chunk.start, chunk.sizeBytes);
      this.#rows.push({
        kind: 'chunk',
        id: `chunk:${chunk.start}`,
        level: 2,
        posInSet: chunks.length - i + before,
        setSize,
        ...range,
        isOpen: undefined,
        isChanged: this.#isChanged(range),
        mappingKind,
        chunk,
      });
    }
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
