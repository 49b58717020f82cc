/**
 * What the map draws: boxes in boxes, from the whole address space down to words, each with its range of addresses.
 *
 * The boxes are those of the table (`layOutWhole`), so that a selection in one is one in the other, with the
 * halves of the address space around them and the fields of chunks and frames inside of them.
 */
import { firstBeyond } from '../../src/base/bisect.ts';
import type {
  ArenaView,
  ChunkLinkView,
  ChunkView,
  FramePartView,
  MappingKind,
  MemberView,
  RegionView,
  TypedObjectView,
} from '../../src/protocol/view-model.ts';
import type { AddressRange } from '../layout/hex.ts';
import { parseHex, rangeOf, toHex } from '../layout/hex.ts';
import { layOutWhole } from '../layout/map-layout.ts';
import type { ChunkRow, FrameRow, MapRow, MapSource } from '../layout/map-layout.ts';
import type { Room, ScaledRange } from './scale.ts';

/** A part of the address space that is no mapping. */
export type RegionKind = 'user' | 'hole' | 'kernel';

/** A word or part inside of a chunk or frame. */
export type FieldKind =
  'prev-size' | 'size' | 'asked' | 'slack' | 'link' | 'dead' | ArenaStructure | FramePartView['kind'];

/** What malloc keeps before the chunks in the heaps of threads' arenas, by the names of glibc's structures. */
export type ArenaStructure = 'heap_info' | 'malloc_state';

interface BoxBase extends AddressRange {
  /** Id of the row of the table, or one of our own. */
  readonly id: string;
  /** What it lies in; undefined for the regions. */
  readonly parent: Box | undefined;
  /** From low to high addresses, disjoint. */
  readonly children: readonly Box[];
  /** 0 regions, 1 mappings and gaps, 2 sections, chunks and frames, 3 objects, variables, fields and their members. */
  readonly column: number;
}

export interface RegionBox extends BoxBase {
  readonly kind: 'region';
  readonly region: RegionKind;
}
export interface RowBox extends BoxBase {
  readonly kind: 'row';
  readonly row: Exclude<MapRow, { kind: 'heap' | 'gap' }>;
}
export interface FieldBox extends BoxBase {
  readonly kind: 'field';
  readonly field: FieldKind;
  /** Of a variable out of scope, of a link; the number of the arena of one of its structures; else empty. */
  readonly name: string;
  readonly mappingKind: MappingKind | undefined;
  /** Of a link in a free chunk. */
  readonly link?: ChunkLinkView | undefined;
  /** Of what was asked for: what is known to lie there. */
  readonly typed?: TypedObjectView | undefined;
}
/** A member, an element, padding: a part of an object, a variable, a block, or of another one. */
export interface MemberBox extends BoxBase {
  readonly kind: 'member';
  readonly member: MemberView;
  readonly mappingKind: MappingKind | undefined;
}
/** Addresses of a region that nothing is mapped at. */
export interface GapBox extends BoxBase {
  readonly kind: 'gap';
}
/** A part of the kernel half, or the end of the user half that nobody may use. */
export interface AreaBox extends BoxBase {
  readonly kind: 'area';
  readonly area: RegionView;
}
export type Box = RegionBox | RowBox | FieldBox | MemberBox | GapBox | AreaBox;

/** The whole picture. */
export interface Scene {
  /** End of the address space: 2^32 or 2^64. */
  readonly end: bigint;
  readonly wordBytes: number;
  /** The regions, from low to high. */
  readonly regions: readonly Box[];
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Draft = Mutable<Box> & { children: Box[] };

/** What is known of the inside of objects, variables and blocks, by their first address. */
export type TypedObjects = ReadonlyMap<string, TypedObjectView>;

/** Makes the scene of a moment. */
export function sceneOf(
  source: MapSource & { readonly regions?: readonly RegionView[] },
  target: string,
  typed: TypedObjects = new Map(),
): Scene {
  const is64 = target !== 'i386';
  const wordBytes = is64 ? 8 : 4;
  const areas = source.regions ?? [];
  const regions: Draft[] = regionsOf(is64, areas).map(({ region, start, end }) => ({
    kind: 'region',
    region,
    id: `region:${region}`,
    parent: undefined,
    children: [],
    column: 0,
    start,
    end,
  }));
  const rows = layOutWhole(source);
  const path: Draft[] = [];
  for (const row of rows) {
    if (row.kind === 'gap' || row.kind === 'heap') continue;
    const parent = row.level === 1 ? regionHolding(regions, row) : path[row.level - 2];
    if (parent === undefined) continue;
    const box: Draft = {
      kind: 'row',
      row,
      id: row.id,
      parent: parent as Box,
      children: [],
      column: row.level,
      start: row.start,
      end: row.end,
    };
    parent.children.push(box as Box);
    path[row.level - 1] = box;
    path.length = row.level;
    if (row.kind === 'chunk') box.children.push(...chunkFields(box as Box, row, wordBytes, typed));
    if (row.kind === 'variable' || row.kind === 'object') {
      const known = typed.get(toHex(row.start));
      if (known?.kind === row.kind) box.children.push(...memberBoxes(box as Box, known.parts));
    }
    if (row.kind === 'frame') box.children.push(...frameFields(box as Box, row));
  }
  for (const region of regions) {
    for (const child of region.children)
      if (child.kind === 'row' && child.row.kind === 'mapping' && child.row.mapping.kind === 'stack')
        (child as Draft).children.push(...deadBytes(child));
    addArenaStructures(region, source.arenas ?? []);
    region.children.push(...areaBoxes(region as Box, areas));
    sortDeep(region);
    addGaps(region);
  }
  return { end: is64 ? 1n << 64n : 1n << 32n, wordBytes, regions: regions as Box[] };
}

/** What the folded scale gives room to. */
export function scaledRanges(scene: Scene): readonly ScaledRange[] {
  return scene.regions.flatMap((region): ScaledRange[] => {
    if (region.children.length > 0)
      return region.children.map((box) => ({ start: box.start, end: box.end, room: roomOf(region, box) }));
    return [{ start: region.start, end: region.end, room: 'fold' }];
  });
}

function roomOf(region: Box, box: Box): Room {
  if (box.kind === 'row') return 'full';
  // The kernel half has many parts that a process never sees.
  return region.kind === 'region' && region.region === 'kernel' ? 'sliver' : 'fold';
}

/** The innermost box at an address, no deeper than a column. */
export function boxAt(scene: Scene, address: bigint, deepest: number): Box | undefined {
  let found: Box | undefined;
  let boxes: readonly Box[] = scene.regions;
  for (;;) {
    const box = boxes[lastAtOrBefore(boxes, address)];
    if (box === undefined || address >= box.end || box.column > deepest) return found;
    found = box;
    boxes = box.children;
  }
}

/** The box of an id. */
export function boxOf(scene: Scene, id: string): Box | undefined {
  const work: Box[] = [...scene.regions];
  for (let box = work.pop(); box !== undefined; box = work.pop()) {
    if (box.id === id) return box;
    work.push(...box.children);
  }
  return undefined;
}

/** The box and everything around it, the region first. */
export function pathTo(box: Box | undefined): readonly Box[] {
  const path: Box[] = [];
  for (let at = box; at !== undefined; at = at.parent) path.unshift(at);
  return path;
}

/** Index of the last box that starts at or before an address; -1 when there is none. */
export function lastAtOrBefore(boxes: readonly Box[], address: bigint): number {
  return firstBeyond(0, boxes.length, (index) => (boxes[index]?.start ?? 0n) <= address) - 1;
}

/**
 * The parts of an address space. Source: Linux, Documentation/arch/x86/x86_64/mm.rst (4-level paging: 128 TiB below, 128 TiB
 * above, nothing canonical between them); arch/x86/include/asm/page_32_types.h (3 GiB below, 1 GiB above).
 */
function regionsOf(
  is64: boolean,
  areas: readonly RegionView[],
): readonly ({ readonly region: RegionKind } & AddressRange)[] {
  const hole = areas.find(({ name }) => name === 'non-canonical');
  if (hole !== undefined) {
    const [start, end] = [parseHex(hole.start), parseHex(hole.end)];
    return [
      { region: 'user', start: 0n, end: start },
      { region: 'hole', start, end },
      { region: 'kernel', start: end, end: 1n << 64n },
    ];
  }
  if (!is64)
    return [
      { region: 'user', start: 0n, end: 0xc0000000n },
      { region: 'kernel', start: 0xc0000000n, end: 1n << 32n },
    ];
  const half = 1n << 47n;
  const end = 1n << 64n;
  return [
    { region: 'user', start: 0n, end: half },
    { region: 'hole', start: half, end: end - half },
    { region: 'kernel', start: end - half, end },
  ];
}

/** The named parts of a region; mappings that lie there ([vsyscall]) stand for theirs. */
function areaBoxes(region: Box, areas: readonly RegionView[]): readonly Box[] {
  const taken = new Set(region.children.map(({ start }) => start));
  return areas.flatMap((area): AreaBox[] => {
    const [start, end] = [parseHex(area.start), parseHex(area.end)];
    const isWhole = start <= region.start && end >= region.end;
    const isMain = area.name === 'user' || area.name === 'unused' || area.name === 'non-canonical';
    if (isMain || isWhole || taken.has(start) || start < region.start || end > region.end) return [];
    const id = `area:${area.start}`;
    return [{ kind: 'area', area, id, parent: region, children: [], column: 1, start, end }];
  });
}

function regionHolding(regions: readonly Draft[], { start }: AddressRange): Draft | undefined {
  return regions.find((region) => region.start <= start && start < region.end);
}

/** Fills a region that has mappings with boxes for what lies between them. */
function addGaps(region: Draft): void {
  if (region.children.length === 0) return;
  const filled: Box[] = [];
  let from = region.start;
  const fillUpTo = (end: bigint): void => {
    if (end <= from) return;
    const id = `gap:${from.toString(16)}`;
    filled.push({ kind: 'gap', id, parent: region as Box, children: [], column: 1, start: from, end });
  };
  for (const child of region.children) {
    fillUpTo(child.start);
    filled.push(child);
    from = child.end;
  }
  fillUpTo(region.end);
  region.children = filled;
}

function field(parent: Box, kind: FieldKind, start: bigint, bytes: number, name = ''): FieldBox {
  return {
    kind: 'field',
    field: kind,
    name,
    id: `${parent.id}:${kind}:${start.toString(16)}`,
    parent,
    children: [],
    column: Math.max(2, Math.min(3, parent.column + 1)),
    start,
    end: start + BigInt(bytes),
    mappingKind: parent.kind === 'row' ? parent.row.mappingKind : undefined,
  };
}

/** The header words of a chunk, what was asked for and the slack behind it; of a free chunk its links. */
function chunkFields(parent: Box, { chunk, start, end }: ChunkRow, word: number, typed: TypedObjects): Box[] {
  const size = BigInt(word);
  const fields: Box[] = [
    field(parent, 'prev-size', start, word),
    field(parent, 'size', start + size, word),
  ].filter((one) => one.end <= end);
  const mem = parseHex(chunk.mem);
  if (isFree(chunk)) {
    for (const link of chunk.links ?? [])
      fields.push({ ...field(parent, 'link', parseHex(link.start), word, link.name), link });
    return fields;
  }
  const asked = BigInt(chunk.requestedBytes ?? 0);
  const askedEnd = mem + asked < end ? mem + asked : end;
  if (askedEnd > mem) fields.push(askedField(field(parent, 'asked', mem, Number(askedEnd - mem)), typed));
  if (chunk.requestedBytes !== undefined && askedEnd < end)
    fields.push(field(parent, 'slack', askedEnd, Number(end - askedEnd)));
  return fields;
}

/** What was asked for, with what is known to lie there. */
function askedField(box: FieldBox, typed: TypedObjects): FieldBox {
  const known = typed.get(toHex(box.start));
  if (known?.kind !== 'block') return box;
  const filled: FieldBox & { children: readonly Box[] } = { ...box, typed: known };
  filled.children = memberBoxes(filled, known.parts);
  return filled;
}

/** The parts of something, and theirs; of members of a union, which lie in the same place, the picture has the largest. */
function memberBoxes(parent: Box, parts: readonly MemberView[]): Box[] {
  return parts.map((member) => {
    const box: MemberBox & { children: readonly Box[] } = {
      kind: 'member',
      member,
      id: `${parent.id}/${member.start}${member.name}`,
      parent,
      children: [],
      column: 3,
      ...rangeOf(member.start, member.sizeBytes),
      mappingKind: parent.kind === 'row' ? parent.row.mappingKind : mappingKindOf(parent),
    };
    box.children = memberBoxes(box, member.parts);
    return box;
  });
}

const mappingKindOf = (box: Box): MappingKind | undefined =>
  box.kind === 'field' || box.kind === 'member' ? box.mappingKind : undefined;

/** Whether a box is one of the structures of a thread's arena. */
export const isArenaStructure = (box: Box): box is FieldBox & { readonly field: ArenaStructure } =>
  box.kind === 'field' && (box.field === 'heap_info' || box.field === 'malloc_state');

/** Whether a chunk is on one of malloc's lists. */
export const isFree = ({ state }: ChunkView): boolean =>
  state === 'tcache' || state === 'fastbin' || state === 'unsorted' || state === 'small' || state === 'large';

/** What is in a frame besides the variables in scope. */
function frameFields(parent: Box, { frame }: FrameRow): Box[] {
  return frame.parts
    .map(({ kind, name, start, sizeBytes }) => field(parent, kind, parseHex(start), sizeBytes, name))
    .filter((one) => one.start >= parent.start && one.end <= parent.end);
}

/** Below the innermost frame there is what earlier calls left: the touched part of the stack up to the stack pointer. */
function deadBytes(parent: Box): Box[] {
  const frames = parent.children.filter(({ kind }) => kind === 'row');
  const low = frames.reduce((least, { start }) => (start < least ? start : least), parent.end);
  if (parent.kind !== 'row' || parent.row.kind !== 'mapping' || frames.length === 0) return [];
  let touched = parent.start;
  for (const { state, pages } of parent.row.mapping.pages) {
    if (state !== 'absent') break;
    touched += BigInt(pages) * 4096n;
  }
  return touched < low ? [field(parent, 'dead', touched, Number(low - touched))] : [];
}

/**
 * Puts what malloc keeps besides chunks into the mappings that hold the heaps of threads' arenas: heap_info at the start of
 * each heap, malloc_state behind that of the first one.
 *
 * Source: glibc 2.36, malloc/arena.c: _int_new_arena, new_heap.
 */
function addArenaStructures(region: Draft, arenas: readonly ArenaView[]): void {
  const add = (kind: ArenaStructure, number: number, at: bigint, bytes: number): void => {
    const holder = region.children.find(({ start, end }) => at >= start && at < end);
    if (holder?.kind === 'row' && holder.row.kind === 'mapping')
      (holder as Draft).children.push(field(holder, kind, at, bytes, String(number)));
  };
  for (const { number, state, stateBytes, heaps } of arenas) {
    add('malloc_state', number, parseHex(state), stateBytes);
    for (const { start, infoBytes } of heaps) add('heap_info', number, parseHex(start), infoBytes);
  }
}

/** Puts children into ascending order and drops what overlaps: a picture of memory has each byte once. */
function sortDeep(box: Draft): void {
  box.children.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.end < b.end ? 1 : -1));
  let end = box.start;
  box.children = box.children.filter((child) => {
    if (child.start < end || child.end <= child.start) return false;
    end = child.end;
    return true;
  });
  for (const child of box.children) sortDeep(child as Draft);
}
