/**
 * The one place that turns a machine at a moment into what the faces show.
 */
import { PAGE_SIZE } from '../base/address.ts';
import { overlaps } from '../base/range.ts';
import { decodeUtf8 } from '../base/utf8.ts';
import { describeChunk, inspectArena } from '../core/malloc/inspect.ts';
import type { ArenaInfo, ChunkInfo } from '../core/malloc/inspect.ts';
import { variableAddress } from '../core/process/machine.ts';
import type { Machine } from '../core/process/machine.ts';
import { mapsLines } from '../core/process/proc-maps.ts';
import type { MapsLine } from '../core/process/proc-maps.ts';
import { faultText } from '../core/process/trap.ts';
import type { Trap } from '../core/process/trap.ts';
import { typeSpelling } from '../core/sema/type-spelling.ts';
import { renderText } from '../core/text/all-texts.ts';
import { sayProcess } from '../core/text/process-texts.ts';
import { saySession } from '../core/text/session-texts.ts';
import type { sessionTexts } from '../core/text/session-texts.ts';
import type { Language, Text } from '../core/text/text.ts';
import type { RunInputs } from '../protocol/messages.ts';
import type {
  ChunkState,
  ChunkView,
  EventView,
  FrameView,
  HeapView,
  MappingKind,
  MappingView,
  ObjectView,
  OutcomeView,
  PageRun,
  PageState,
  SectionView,
  Snapshot,
  StepView,
} from '../protocol/view-model.ts';
import { AddressNames } from './address-names.ts';
import { regionViews } from './address-space-views.ts';
import type { BuiltProgram } from './build.ts';
import { EventViews, hex } from './event-views.ts';
import type { InitialisedBytes } from './initialised-bytes.ts';
import { blockHistory } from './live-blocks.ts';
import type { BlockHistory } from './live-blocks.ts';
import type { Recording } from './recording.ts';
import { pageState } from './page-states.ts';
import { placedType } from './placed-type.ts';
import { formatValue } from './value-format.ts';
import { visibleVariables } from './visible-variables.ts';

/** Chunks that a snapshot carries at most. */
const mostChunks = 4000;

/** Characters of output that a snapshot carries: the last ones. */
const mostOutput = 16_384;

/** Bytes of a variable that are read to show its value. */
const mostValueBytes = 4096;

/** What a snapshot is made from. */
export interface SnapshotParts {
  readonly program: BuiltProgram;
  readonly inputs: RunInputs;
  readonly machine: Machine;
  readonly recording: Recording;
  readonly trap: Trap;
  readonly index: number;
  /** The step that is about to be done; undefined right after an event. */
  readonly step: number | undefined;
  readonly event: EventView | undefined;
  readonly language: Language;
  /** What was stored to, where somebody has found out. */
  readonly initialised: InitialisedBytes | undefined;
}

/** Makes the snapshot of a moment. */
export function makeSnapshot(parts: SnapshotParts): Snapshot {
  const { machine, recording, index, inputs, event } = parts;
  const history = blockHistory(recording, index);
  const arena = inspectArena(machine.malloc.state, mostChunks);
  const { mm } = machine.memory;
  return {
    program: {
      name: inputs.files[0]?.name ?? '',
      target: inputs.target,
      glibc: parts.machine.malloc.state.release.name,
      kernel: '6.18',
      randomSeed: inputs.machine?.randomSeed,
      isStale: false,
    },
    outcome: outcomeOf(parts.trap, parts.language),
    position: { index, count: recording.count },
    step: stepView(parts),
    event,
    mappings: mappingViews(parts),
    regions: regionViews(machine.memory.profile, parts.language),
    heap: arena.ready ? heapView(parts, arena, history) : undefined,
    mmapped: mmappedChunks(parts, history),
    frames: frameViews(parts, new AddressNames({ ...parts, history })),
    counters: {
      virtualBytes: machine.memory.addressSpace.vmas.reduce((sum, vma) => sum + (vma.end - vma.start), 0),
      residentBytes: mm.rss * PAGE_SIZE,
      pageTableBytes: mm.pageTable.tableCount * PAGE_SIZE,
      heapBytes: mm.brk - mm.startBrk,
      liveBytes: history.liveBytes,
      minorFaults: history.minorFaults,
      majorFaults: history.majorFaults,
      systemCalls: history.systemCalls,
      mallocCalls: history.mallocCalls,
    },
    output: outputOf(recording, index),
    changed: event === undefined ? [] : changedRanges(parts),
  };
}

/** How a run ended, in words. */
export function outcomeOf(trap: Trap, language: Language): OutcomeView {
  const why = trap.kind === 'signal' ? trap.why : undefined;
  return {
    kind: trap.kind,
    text: renderText(outcomeText(trap), language),
    why: why === undefined ? '' : renderText(why, language),
  };
}

function outcomeText(trap: Trap): Text {
  switch (trap.kind) {
    case 'exit':
      return sayProcess('process.exit', { status: trap.status });
    case 'signal':
      return trap.fault === undefined
        ? sayProcess('process.signal', { signal: trap.signal })
        : faultText(trap.signal, trap.fault);
    case 'abort':
      return sayProcess('process.abort', { message: trap.message });
    case 'limit':
      return sayProcess(`process.limit.${trap.limit}`, { value: trap.value });
    case 'unsupported':
      return trap.text;
  }
}

// ---- mappings ----

type MappingText = keyof typeof sessionTexts;

function mappingViews(parts: SnapshotParts): MappingView[] {
  const lines = mapsLines(parts.machine.memory);
  return lines.map((line) => mappingView(parts, line));
}

function mappingView(parts: SnapshotParts, line: MapsLine): MappingView {
  const { kind, text } = describeMapping(parts, line);
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
    description: renderText(saySession(text), parts.language),
    residentPages: count((state) => state !== 'absent' && state !== 'zero'),
    zeroPages: count((state) => state === 'zero'),
    pages,
    sections: sectionViews(parts, line),
  };
}

/** What a mapping is, told from its name and its neighbours. */
function describeMapping(
  parts: SnapshotParts,
  line: MapsLine,
): { readonly kind: MappingKind; readonly text: MappingText } {
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

function describeProgramMapping(
  parts: SnapshotParts,
  line: MapsLine,
): { readonly kind: MappingKind; readonly text: MappingText } {
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

/** The program's sections inside a mapping, with their objects. */
function sectionViews(parts: SnapshotParts, line: MapsLine): SectionView[] {
  const { image, linked } = parts.program.analysis;
  const { program, loadBias } = parts.machine.loaded;
  if (line.start < program.base || line.end > program.end) return [];
  const bias = image.link === 'pie' || image.link === 'static-pie' ? loadBias : 0;
  return image.sections
    .filter((section) => section.size > 0 && section.addr > 0)
    .filter((section) =>
      overlaps(line, { start: section.addr + bias, end: section.addr + section.size + bias }),
    )
    .map((section) => ({
      name: section.name,
      start: hex(section.addr + bias),
      sizeBytes: section.size,
      objects: objectViews(parts, section.name, bias, linked),
    }));
}

function objectViews(
  parts: SnapshotParts,
  section: string,
  bias: number,
  linked: BuiltProgram['analysis']['linked'],
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
        place: undefined,
      };
      views.push({ addr, view });
    }
  }
  return views.sort((a, b) => a.addr - b.addr).map(({ view }) => view);
}

// ---- heap ----

const chunkStates: Readonly<Record<ChunkInfo['state'], ChunkState>> = {
  'in-use': 'in-use',
  'tcache-struct': 'internal',
  tcache: 'tcache',
  fastbin: 'fastbin',
  unsorted: 'unsorted',
  small: 'small',
  large: 'large',
  top: 'top',
  fencepost: 'internal',
  lost: 'corrupted',
};

function heapView(parts: SnapshotParts, arena: ArenaInfo, history: BlockHistory): HeapView {
  const places = new EventViews(parts.program, parts.recording);
  return {
    start: hex(arena.heapStart),
    end: hex(Math.max(arena.heapEnd, parts.machine.memory.mm.brk)),
    chunks: arena.chunks.map((chunk) => chunkView(parts, chunk, chunkText(arena, chunk), history, places)),
    isCut: !arena.complete,
    tcacheCount: arena.tcache.reduce((sum, bin) => sum + bin.chunks.length, 0),
  };
}

function chunkView(
  parts: SnapshotParts,
  chunk: ChunkInfo,
  text: Text,
  history: BlockHistory,
  places: EventViews,
): ChunkView {
  const block = chunk.state === 'in-use' ? history.live.get(chunk.mem) : undefined;
  const event = block?.event ?? history.freedBy.get(chunk.mem);
  const { recording, language } = parts;
  const libcCaller = block?.isLibc === true ? recording.eventAt(block.event) : undefined;
  const shown =
    libcCaller?.kind === 'malloc' ? saySession('session.libc', { name: libcCaller.caller }) : text;
  const flags = `${chunk.nonMainArena ? 'A' : ''}${chunk.mmapped ? 'M' : ''}${chunk.prevInuse ? 'P' : ''}`;
  const bits = (chunk.nonMainArena ? 4 : 0) + (chunk.mmapped ? 2 : 0) + (chunk.prevInuse ? 1 : 0);
  return {
    start: hex(chunk.addr),
    mem: hex(chunk.mem),
    sizeBytes: chunk.size,
    requestedBytes: block?.requestedBytes,
    usableBytes: chunk.usable,
    prevSizeWord: `0x${chunk.prevSize.toString(16)}`,
    sizeWord: hex(chunk.size + bits),
    flags,
    state: chunk.mmapped ? 'mmapped' : chunkStates[chunk.state],
    stateText: renderText(shown, language),
    place: event === undefined ? undefined : places.placeOf(recording.positionAt(event)),
    event,
  };
}

function chunkText(arena: ArenaInfo, chunk: ChunkInfo): Text {
  switch (chunk.state) {
    case 'in-use':
      return saySession('session.chunk.inUse');
    case 'tcache-struct':
      return saySession('session.chunk.internal');
    case 'fencepost':
      return saySession('session.chunk.fencepost');
    case 'top':
      return saySession('session.chunk.top');
    case 'tcache': {
      const bin = arena.tcache.find((one) => one.bin === chunk.bin);
      const place = (bin?.chunks.indexOf(chunk.mem) ?? 0) + 1;
      return saySession('session.chunk.tcache', {
        bin: chunk.bin ?? 0,
        bytes: chunk.size,
        place,
        count: bin?.chunks.length ?? 0,
      });
    }
    case 'fastbin':
      return saySession('session.chunk.fastbin', { bin: chunk.bin ?? 0 });
    case 'unsorted':
      return saySession('session.chunk.unsorted');
    case 'small':
      return saySession('session.chunk.small', { bin: chunk.bin ?? 0 });
    case 'large':
      return saySession('session.chunk.large', { bin: chunk.bin ?? 0 });
    case 'lost':
      return saySession('session.chunk.corrupted');
  }
}

/** Blocks that malloc gave a mapping of their own. */
function mmappedChunks(parts: SnapshotParts, history: BlockHistory): ChunkView[] {
  const places = new EventViews(parts.program, parts.recording);
  const { state } = parts.machine.malloc;
  const { startBrk, brk } = parts.machine.memory.mm;
  return [...history.live.values()]
    .filter((block) => block.mem < startBrk || block.mem >= brk)
    .map((block) => describeChunk(state, block.mem))
    .filter((chunk) => chunk.mmapped)
    .sort((a, b) => a.addr - b.addr)
    .map((chunk) => chunkView(parts, chunk, saySession('session.chunk.mmapped'), history, places));
}

// ---- stack ----

function stepView({ step, machine, program, recording }: SnapshotParts): StepView | undefined {
  const position = machine.program.positions[machine.position];
  if (step === undefined || position === undefined) return undefined;
  const places = new EventViews(program, recording);
  return { number: step, role: position.role, place: places.placeOfPosition(position) };
}

function frameViews(parts: SnapshotParts, names: AddressNames): FrameView[] {
  const places = new EventViews(parts.program, parts.recording);
  const { machine } = parts;
  return machine.callStack().map((frame) => {
    const position = machine.program.positions[frame.position];
    const visible = visibleVariables(frame, position);
    return {
      functionName: frame.function.name,
      place: position === undefined ? undefined : places.placeOfPosition(position),
      base: hex(frame.base),
      low: hex(frame.base - frame.function.frameSize),
      returnAddress: hex(frame.returnAddress),
      variables: visible.map((variable) => ({
        name: variable.name,
        type: typeSpelling(variable.type),
        start: hex(variableAddress(frame, variable)),
        sizeBytes: variable.size,
        value: formatValue(
          variable.type,
          machine.memory.peek(variableAddress(frame, variable), Math.min(variable.size, mostValueBytes)),
          names,
          variableAddress(frame, variable),
        ),
        isParameter: variable.isParameter,
      })),
    };
  });
}

// ---- the rest ----

function outputOf(recording: Recording, index: number): string {
  const pieces = recording.outputUpTo(index).map((piece) => decodeUtf8(piece.bytes));
  return pieces.join('').slice(-mostOutput);
}

/** Address ranges that the current event changed. */
function changedRanges(parts: SnapshotParts): Snapshot['changed'] {
  const event = parts.recording.eventAt(parts.index);
  const range = (start: number, bytes: number): Snapshot['changed'] => [
    { start: hex(start), end: hex(start + bytes) },
  ];
  switch (event.kind) {
    case 'malloc': {
      const mem = event.name === 'free' ? (event.args[0] ?? 0) : event.result;
      if (mem === 0 || event.name === 'mallopt' || event.name === 'malloc_trim') return [];
      const chunk = describeChunk(parts.machine.malloc.state, mem);
      return chunk.size === 0 ? [] : range(chunk.addr, chunk.size);
    }
    case 'page-fault':
      return range(event.addr - (event.addr % PAGE_SIZE), PAGE_SIZE);
    case 'syscall': {
      const [first = 0, second = 0] = event.args;
      if (event.result < 0) return [];
      if (event.name === 'mmap') return range(event.result, second);
      if (event.name === 'brk' && first !== 0) {
        const { startBrk } = parts.machine.memory.mm;
        return event.result > startBrk ? range(startBrk, event.result - startBrk) : [];
      }
      return event.name === 'munmap' || event.name === 'mprotect' || event.name === 'madvise'
        ? range(first, second)
        : [];
    }
    case 'process':
      return event.addr === undefined ? [] : range(event.addr - (event.addr % PAGE_SIZE), PAGE_SIZE);
    default:
      return [];
  }
}
