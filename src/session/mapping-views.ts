/**
 * The mappings of a process for the faces: what each is for, its pages, its sections, and many of them as bands.
 */
import { PAGE_SIZE } from '../base/address.ts';
import { overlaps } from '../base/range.ts';
import type { Range } from '../base/range.ts';
import { arenaOfHeap } from '../core/malloc/heap-places.ts';
import type { Machine } from '../core/process/machine.ts';
import { mapsLines } from '../core/process/proc-maps.ts';
import type { MapsLine } from '../core/process/proc-maps.ts';
import { stackOwner } from '../core/process/threads/stack-owners.ts';
import { renderText } from '../core/text/all-texts.ts';
import { saySession } from '../core/text/session-texts.ts';
import type { sessionTexts } from '../core/text/session-texts.ts';
import type { Language, TextArguments } from '../core/text/text.ts';
import type {
  MappingBandView,
  MappingKind,
  MappingView,
  ObjectView,
  PageRun,
  PageState,
  SectionView,
} from '../protocol/view-model.ts';
import type { BuiltProgram } from './build.ts';
import { hex } from './event-views.ts';
import type { Piece, Ranges } from './gather.ts';
import { pageState } from './page-states.ts';
import { placedType } from './placed-type.ts';

/** Runs of pages that the view of a mapping tells apart at most, where it goes through a message. */
const mostRuns = 256;

/** Where a range has more mappings than this, none of them stands by itself for its sake. */
const mostWanted = 16;

type MappingText = keyof typeof sessionTexts;

/** What views of mappings are made from. */
interface MappingParts {
  readonly program: BuiltProgram;
  readonly machine: Machine;
  readonly language: Language;
}

/** The lines of maps, with those that always stand by themselves; they hold for all moments with the same mappings. */
export class MappingLines {
  readonly lines: readonly MapsLine[];
  /** Ordinals of the lines that have a name or a purpose of their own, ascending. */
  readonly named: readonly number[];
  readonly #machine: Machine;
  readonly #generation: number;
  readonly #brk: number;
  readonly #isSingleThreaded: boolean;

  constructor(parts: Omit<MappingParts, 'language'>) {
    const { machine } = parts;
    this.lines = mapsLines(machine.memory);
    const named: number[] = [];
    this.lines.forEach((line, ordinal) => {
      if (line.name !== '' || describeMapping(parts, line).kind !== 'mmap') named.push(ordinal);
    });
    this.named = named;
    this.#machine = machine;
    this.#generation = machine.memory.addressSpace.generation;
    this.#brk = machine.memory.mm.brk;
    this.#isSingleThreaded = machine.threads.nptl.isSingleThreaded;
  }

  /** Whether they are those of what a machine shows now. What stacks of threads and arenas make of a mapping may change without it. */
  isOf(machine: Machine): boolean {
    const { addressSpace, mm } = machine.memory;
    return (
      this.#machine === machine &&
      this.#generation === addressSpace.generation &&
      this.#brk === mm.brk &&
      this.#isSingleThreaded &&
      machine.threads.nptl.isSingleThreaded
    );
  }
}

/** The mappings at a moment, by ordinal. */
export class Mappings implements Ranges {
  readonly #parts: MappingParts;
  readonly #lines: readonly MapsLine[];
  /** Ordinals of those that stand by themselves, ascending. */
  readonly #kept: readonly number[];

  /**
   * Takes the lines.
   *
   * @param wanted - ranges of addresses: what lies there stands by itself, too
   */
  constructor(parts: MappingParts & { readonly mappingLines: MappingLines }, wanted: readonly Range[] = []) {
    this.#parts = parts;
    const { lines, named } = parts.mappingLines;
    this.#lines = lines;
    const more = wanted.flatMap((range) => this.#ordinalsMeeting(range));
    this.#kept =
      more.length === 0 ? named : [...new Set([...named, ...more])].sort((some, other) => some - other);
  }

  get count(): number {
    return this.#lines.length;
  }

  startOf(ordinal: number): number {
    return this.#lines[ordinal]?.start ?? 0;
  }

  endOf(ordinal: number): number {
    return this.#lines[ordinal]?.end ?? 0;
  }

  nextKept(ordinal: number): number {
    const at = firstWhere(this.#kept.length, (index) => (this.#kept[index] ?? 0) >= ordinal);
    return this.#kept[at] ?? this.count;
  }

  #ordinalsMeeting({ start, end }: Range): number[] {
    const first = firstWhere(this.#lines.length, (ordinal) => this.endOf(ordinal) > start);
    const behind = firstWhere(this.#lines.length, (ordinal) => this.startOf(ordinal) >= end);
    const count = behind - first;
    return count > mostWanted ? [] : Array.from({ length: Math.max(0, count) }, (_, index) => first + index);
  }

  /** The mappings of some pieces that hold one, and bands for the others. */
  views(
    pieces: readonly Piece[],
    runs = mostRuns,
    values: ReadonlyMap<string, string> = new Map(),
    objects = Infinity,
  ): { readonly mappings: MappingView[]; readonly mappingBands: MappingBandView[] } {
    const mappings: MappingView[] = [];
    const mappingBands: MappingBandView[] = [];
    for (const piece of pieces) {
      const line = this.#lines[piece.first];
      if (line === undefined) continue;
      if (piece.end - piece.first === 1) mappings.push(mappingView(this.#parts, line, runs, values, objects));
      else mappingBands.push(this.#band(piece));
    }
    return { mappings, mappingBands };
  }

  #band({ first, end }: Piece): MappingBandView {
    const { pageTable } = this.#parts.machine.memory;
    let mappedBytes = 0;
    let residentPages = 0;
    for (const line of this.#lines.slice(first, end)) {
      mappedBytes += line.end - line.start;
      pageTable.forEachPresent(line.start / PAGE_SIZE, line.end / PAGE_SIZE, (_, pte) => {
        if (pageState(pte) !== 'zero') residentPages += 1;
      });
    }
    return {
      start: hex(this.startOf(first)),
      end: hex(this.endOf(end - 1)),
      count: end - first,
      mappedBytes,
      residentPages,
    };
  }
}

function mappingView(
  parts: MappingParts,
  line: MapsLine,
  runs: number,
  values: ReadonlyMap<string, string>,
  objects: number,
): MappingView {
  const { kind, text, args } = describeMapping(parts, line);
  const pages = pageRuns(parts.machine, line);
  const count = (wanted: (state: PageState) => boolean): number =>
    pages.reduce((sum, run) => sum + (wanted(run.state) ? run.pages : 0), 0);
  const isVsyscall = line.name === '[vsyscall]';
  return {
    start: isVsyscall ? '0xffffffffff600000' : hex(line.start),
    end: isVsyscall ? '0xffffffffff601000' : hex(line.end),
    sizeBytes: isVsyscall ? PAGE_SIZE : line.end - line.start,
    permissions: line.permissions,
    offset: hex(line.offset),
    name: line.name,
    kind,
    description: renderText(saySession(text, args), parts.language),
    residentPages: count((state) => state !== 'absent' && state !== 'zero'),
    zeroPages: count((state) => state === 'zero'),
    pages: coarse(pages, runs),
    sections: sectionViews(parts, line, values, objects),
  };
}

/** The first index below `count` of which something is true that is true of all behind it; `count` where there is none. */
function firstWhere(count: number, isTrue: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What a mapping is for. */
interface MappingPurpose {
  readonly kind: MappingKind;
  readonly text: MappingText;
  readonly args?: TextArguments;
}

/** What a mapping is, told from its name and its neighbours. */
function describeMapping(parts: Omit<MappingParts, 'language'>, line: MapsLine): MappingPurpose {
  const { loaded, memory } = parts.machine;
  const within = (object: { readonly base: number; readonly end: number } | undefined): boolean =>
    object !== undefined && line.start >= object.base && line.end <= object.end;
  switch (line.name) {
    case '[heap]':
      return { kind: 'heap', text: 'session.mapping.heap' };
    case '[stack]':
      return { kind: 'stack', text: 'session.mapping.stack' };
    case '[vdso]':
      return { kind: 'kernel', text: 'session.mapping.vdso' };
    case '[vvar]':
    case '[vvar_vclock]':
      return { kind: 'kernel', text: 'session.mapping.vvar' };
    case '[vsyscall]':
      return { kind: 'kernel', text: 'session.mapping.vsyscall' };
    default:
  }
  if (within(loaded.program)) return describeProgramMapping(parts, line);
  if (within(loaded.interpreter)) return { kind: 'loader', text: 'session.mapping.loader' };
  if (loaded.libraries.some(within)) {
    return {
      kind: 'library',
      text: line.name === '' ? 'session.mapping.libraryBss' : 'session.mapping.library',
    };
  }
  if (line.name !== '') return { kind: 'mmap', text: 'session.mapping.file' };
  const ofThread = describeThreadMapping(parts, line);
  if (ofThread !== undefined) return ofThread;
  const { threadPointer, interpreter, vdso } = loaded;
  if (threadPointer >= line.start && threadPointer < line.end) {
    const grown = line.end - line.start > memory.profile.libraries.threadDescriptorBytes + 3 * PAGE_SIZE;
    return { kind: 'tls', text: grown ? 'session.mapping.tlsMmap' : 'session.mapping.tls' };
  }
  // ld.so's working memory lies right below vvar.
  const isLoaderHeap = interpreter !== undefined && line.end <= vdso && vdso - line.end <= 16 * PAGE_SIZE;
  return isLoaderHeap
    ? { kind: 'loader', text: 'session.mapping.loaderHeap' }
    : { kind: 'mmap', text: 'session.mapping.mmap' };
}

/** Stacks of threads and heaps of further arenas have no names in maps. */
function describeThreadMapping(
  { machine }: Pick<MappingParts, 'machine'>,
  line: MapsLine,
): MappingPurpose | undefined {
  if (machine.threads.nptl.isSingleThreaded) return undefined;
  const stack = stackOwner(machine.threads, machine.memory, line.start);
  if (stack !== undefined) {
    const { thread, isGuard } = stack;
    if (thread === undefined) return { kind: 'stack', text: 'session.mapping.cachedStack' };
    const text = isGuard ? 'session.mapping.threadGuard' : 'session.mapping.threadStack';
    return { kind: 'stack', text, args: { thread } };
  }
  const arena = arenaOfHeap(machine.malloc.state, line.start);
  if (arena === undefined) return undefined;
  const isOpen = line.permissions.startsWith('rw');
  return {
    kind: 'mmap',
    text: isOpen ? 'session.mapping.arenaHeap' : 'session.mapping.arenaReserve',
    args: { arena },
  };
}

function describeProgramMapping(parts: Omit<MappingParts, 'language'>, line: MapsLine): MappingPurpose {
  if (line.permissions.startsWith('r-x')) return { kind: 'text', text: 'session.mapping.text' };
  if (line.name === '') return { kind: 'bss', text: 'session.mapping.bss' };
  if (line.permissions.startsWith('rw')) return { kind: 'data', text: 'session.mapping.data' };
  const { relro } = parts.program.analysis.image;
  const bias = parts.machine.loaded.loadBias;
  if (relro !== undefined && overlaps(line, { start: relro.start + bias, end: relro.end + bias })) {
    return { kind: 'data', text: 'session.mapping.relro' };
  }
  return line.offset === 0
    ? { kind: 'rodata', text: 'session.mapping.headers' }
    : { kind: 'rodata', text: 'session.mapping.rodata' };
}

/** The pages of a mapping in runs of one state. */
function pageRuns(machine: Machine, line: MapsLine): PageRun[] {
  const total = Math.round((line.end - line.start) / PAGE_SIZE);
  const first = Math.floor(line.start / PAGE_SIZE);
  const runs: { state: PageState; pages: number }[] = [];
  const push = (state: PageState, pages: number): void => {
    if (pages <= 0) return;
    const last = runs.at(-1);
    if (last?.state === state) last.pages += pages;
    else runs.push({ state, pages });
  };
  if (line.name === '[vsyscall]') return [{ state: 'absent', pages: 1 }];
  let next = first;
  machine.memory.pageTable.forEachPresent(first, first + total, (vpn, pte) => {
    push('absent', vpn - next);
    push(pageState(pte), 1);
    next = vpn + 1;
  });
  push('absent', first + total - next);
  return runs;
}

/**
 * Runs of pages, no more than `most`: where there are more, pages are taken together by powers of two, and what holds several
 * states is `mixed`.
 */
function coarse(runs: readonly PageRun[], most: number): readonly PageRun[] {
  let result = runs;
  for (let block = 2; result.length > most; block *= 2) result = inBlocks(runs, block);
  return result;
}

function inBlocks(runs: readonly PageRun[], block: number): readonly PageRun[] {
  const blocks: { state: PageRun['state']; pages: number }[] = [];
  let at = 0;
  const add = (state: PageRun['state'], pages: number): void => {
    const last = blocks.at(-1);
    const inBlock = at % block;
    // Pages that begin in a block that something else has begun.
    const shared = inBlock === 0 ? 0 : Math.min(pages, block - inBlock);
    if (shared > 0 && last !== undefined && last.state !== state) split(blocks, inBlock, shared);
    else if (shared > 0 && last !== undefined) last.pages += shared;
    at += shared;
    const rest = pages - shared;
    if (rest > 0) {
      const before = blocks.at(-1);
      if (before?.state === state) before.pages += rest;
      else blocks.push({ state, pages: rest });
      at += rest;
    }
  };
  for (const run of runs) add(run.state, run.pages);
  return blocks;
}

/** Makes the last `inBlock` pages, and `more` behind them, a mixed run. */
function split(blocks: { state: PageRun['state']; pages: number }[], inBlock: number, more: number): void {
  const last = blocks.at(-1);
  if (last === undefined) return;
  last.pages -= inBlock;
  if (last.pages === 0) blocks.pop();
  const before = blocks.at(-1);
  if (before?.state === 'mixed') before.pages += inBlock + more;
  else blocks.push({ state: 'mixed', pages: inBlock + more });
}

/** The program's sections inside a mapping, with their objects. */
function sectionViews(
  parts: MappingParts,
  line: MapsLine,
  values: ReadonlyMap<string, string>,
  most: number,
): SectionView[] {
  const { image, linked } = parts.program.analysis;
  const { program, loadBias } = parts.machine.loaded;
  if (line.start < program.base || line.end > program.end) return [];
  const bias = image.link === 'pie' || image.link === 'static-pie' ? loadBias : 0;
  return image.sections
    .filter((section) => section.size > 0 && section.addr > 0)
    .filter((section) =>
      overlaps(line, { start: section.addr + bias, end: section.addr + section.size + bias }),
    )
    .map((section) => {
      const objects = objectViews(parts, section.name, bias, linked, values);
      return {
        name: section.name,
        start: hex(section.addr + bias),
        sizeBytes: section.size,
        objects: largest(objects, most),
        objectCount: objects.length,
      };
    });
}

/** The largest objects of a section, in order of address. */
function largest(objects: readonly ObjectView[], most: number): readonly ObjectView[] {
  if (objects.length <= most) return objects;
  const kept = new Set([...objects].sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, most));
  return objects.filter((object) => kept.has(object));
}

function objectViews(
  parts: MappingParts,
  section: string,
  bias: number,
  linked: BuiltProgram['analysis']['linked'],
  values: ReadonlyMap<string, string>,
): ObjectView[] {
  const views: { readonly addr: number; readonly view: ObjectView }[] = [];
  for (const unit of parts.program.analysis.units) {
    for (const placement of unit.placements) {
      if (placement.section !== section) continue;
      const addr = linked.addressOf(placement.of);
      if (addr === undefined) continue;
      const { of } = placement;
      const type = placedType(of);
      const view = {
        name: placement.name,
        start: hex(addr + bias),
        sizeBytes: placement.size ?? 0,
        type,
        value: values.get(`${hex(addr + bias)} ${placement.name}`),
        place: undefined,
      };
      views.push({ addr, view });
    }
  }
  return views.sort((a, b) => a.addr - b.addr).map(({ view }) => view);
}
