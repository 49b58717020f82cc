/**
 * The one place that turns a machine at a moment into what the faces show.
 */
import { PAGE_SIZE } from '../base/address.ts';
import type { Range } from '../base/range.ts';
import { decodeUtf8 } from '../base/utf8.ts';
import type { HeapIndex } from '../core/malloc/heap-index.ts';
import { describeChunk } from '../core/malloc/inspect.ts';
import type { ThreadArena } from '../core/malloc/thread-arenas.ts';
import { variableAddress } from '../core/process/machine.ts';
import type { CallFrame, Machine } from '../core/process/machine.ts';
import { faultText } from '../core/process/trap.ts';
import type { Trap } from '../core/process/trap.ts';
import { typeSpelling } from '../core/sema/type-spelling.ts';
import { renderText } from '../core/text/all-texts.ts';
import { sayProcess } from '../core/text/process-texts.ts';
import type { Language, Text } from '../core/text/text.ts';
import type { RunInputs } from '../protocol/messages.ts';
import type {
  ChunkView,
  EventView,
  FrameView,
  HeapView,
  HexAddress,
  MapDetail,
  MappingView,
  OutcomeView,
  Snapshot,
  ThreadView,
  StepView,
} from '../protocol/view-model.ts';
import { AddressNames } from './address-names.ts';
import { regionViews } from './address-space-views.ts';
import { arenaDetail, arenaViews, leastUnit } from './arena-views.ts';
import type { BuiltProgram } from './build.ts';
import { HeapChunks, mmappedChunks } from './chunk-views.ts';
import { EventViews, hex } from './event-views.ts';
import { frameParts, layoutOf, lowestOf, unstoredRanges } from './frame-parts.ts';
import { gather, ordinalsIn, overview } from './gather.ts';
import { globalViews } from './global-views.ts';
import type { InitialisedBytes } from './initialised-bytes.ts';
import type { BlockHistory } from './live-blocks.ts';
import { Mappings } from './mapping-views.ts';
import type { MappingLines } from './mapping-views.ts';
import type { Recording } from './recording.ts';
import { formatValue } from './value-format.ts';
import { visibleVariables } from './visible-variables.ts';

/** How much of what there is a snapshot carries; what is left out is in bands. */
export interface SnapshotScope {
  /** Chunks of the heap and mappings that are told one by one where there are no more. */
  readonly chunks: number;
  readonly mappings: number;
  /** Runs of pages that the view of a mapping tells apart. */
  readonly pageRuns: number;
  /** Objects of a section that are told one by one, the largest ones. */
  readonly objects: number;
  /** Characters that the stack frames take as JSON. */
  readonly frames: number;
}

/** Everything, for what compares or lists it. */
export const wholeScope: SnapshotScope = {
  chunks: Infinity,
  mappings: Infinity,
  pageRuns: Infinity,
  objects: Infinity,
  frames: Infinity,
};

/** What goes to faces with every step: at most about 200 KB; `mapDetail` has the rest. */
export const viewScope: SnapshotScope = {
  chunks: 200,
  mappings: 100,
  pageRuns: 128,
  objects: 150,
  frames: 40_000,
};

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
  /** The blocks that are held. */
  readonly history: BlockHistory;
  /** The chunks of the heap. */
  readonly heap: HeapIndex;
  readonly arenas: readonly ThreadArena[];
  /** The lines of maps. */
  readonly mappingLines: MappingLines;
  /** What was stored to, where somebody has found out. */
  readonly initialised: InitialisedBytes | undefined;
}

/** Makes the snapshot of a moment. */
export function makeSnapshot(parts: SnapshotParts, scope: SnapshotScope): Snapshot {
  const { machine, recording, index, inputs, event, history } = parts;
  const { mm } = machine.memory;
  const changed = event === undefined ? [] : changedRanges(parts);
  const mappings = new Mappings(parts, changed.map(numericRange));
  const placed = mappings.views(
    overview(mappings, scope.mappings, PAGE_SIZE),
    scope.pageRuns,
    valuesOf(parts),
    scope.objects,
  );
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
    ...placed,
    mappingCount: mappings.count,
    regions: regionViews(machine.memory.profile, parts.language),
    heap: parts.heap.arena.ready ? heapView(parts, scope, changed) : undefined,
    arenas: arenaViews(parts, scope.chunks, pointedAt(parts, changed)),
    mmapped: mmappedIn(parts, placed),
    ...framesOf(parts, machine.callStack(), scope.frames),
    ...threadsOf(parts, scope.frames),
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
    changed,
  };
}

type Changed = Snapshot['changed'];

const numericRange = ({ start, end }: Changed[number]): Range => ({ start: Number(start), end: Number(end) });

/** The values of the objects with static storage duration, by address. */
function valuesOf(parts: SnapshotParts): ReadonlyMap<string, string> {
  const views = globalViews(parts.program, parts.machine, new AddressNames(parts));
  return new Map(views.map(({ start, name, value }) => [`${start} ${name}`, value]));
}

/** What the event is about: it stands by itself however small it is. */
function pointedAt(
  { event }: SnapshotParts,
  changed: Changed,
): readonly { readonly start: number; readonly end: number }[] {
  const address = event?.address === undefined ? undefined : Number(event.address);
  return [
    ...(address === undefined ? [] : [{ start: address, end: address + 1 }]),
    ...changed.map(numericRange),
  ];
}

function heapView(parts: SnapshotParts, scope: SnapshotScope, changed: Changed): HeapView {
  const { heap } = parts;
  const chunks = new HeapChunks(parts, pointedAt(parts, changed));
  return {
    start: hex(heap.arena.heapStart),
    end: hex(Math.max(heap.arena.heapEnd, parts.machine.memory.mm.brk)),
    ...chunks.views(
      overview(
        chunks,
        scope.chunks,
        leastUnit({ start: heap.arena.heapStart, end: heap.arena.top }, scope.chunks),
      ),
    ),
    chunkCount: heap.count,
    isCut: !heap.isComplete,
    tcacheCount: heap.lists
      .filter(({ state }) => state === 'tcache')
      .reduce((sum, { members }) => sum + members.length, 0),
  };
}

/** What lies in a range, in units of some bytes. */
export function mapDetail(
  parts: SnapshotParts,
  range: { readonly start: number; readonly end: number },
  unitBytes: number,
): MapDetail {
  const changed = parts.event === undefined ? [] : changedRanges(parts);
  const mappings = new Mappings(parts, changed.map(numericRange));
  const chunks = new HeapChunks(parts, pointedAt(parts, changed));
  const inMappings = ordinalsIn(mappings, range, unitBytes);
  const inChunks = ordinalsIn(chunks, range, unitBytes);
  const placed = mappings.views(
    gather(mappings, inMappings.first, inMappings.end, unitBytes),
    viewScope.pageRuns,
    new Map(),
    viewScope.objects,
  );
  const heap = chunks.views(gather(chunks, inChunks.first, inChunks.end, unitBytes));
  const arenas = arenaDetail(parts, range, unitBytes, pointedAt(parts, changed));
  return {
    ...placed,
    chunks: [...heap.chunks, ...arenas.chunks, ...mmappedIn(parts, placed)].sort(byStart),
    chunkBands: [...heap.bands, ...arenas.bands].sort(byStart),
  };
}

const byStart = (a: { readonly start: HexAddress }, b: { readonly start: HexAddress }): number =>
  Number(a.start) - Number(b.start);

/** The blocks of mappings that are told one by one. */
function mmappedIn(
  parts: SnapshotParts,
  { mappings }: { readonly mappings: readonly MappingView[] },
): readonly ChunkView[] {
  // Both ascend; the last line, [vsyscall], lies above what a number holds and has no blocks.
  const ranges = mappings.map(({ start, end }) => ({ start: Number(start), end: Number(end) }));
  let at = 0;
  return mmappedChunks(parts, ({ addr }) => {
    while ((ranges[at]?.end ?? Infinity) <= addr) at += 1;
    return (ranges[at]?.start ?? Infinity) <= addr;
  });
}

/** The stack frames, the innermost ones and the outermost one where all would be too much. */
function framesOf(
  parts: SnapshotParts,
  stack: readonly CallFrame[],
  most: number,
): Pick<Snapshot, 'frames' | 'frameCount'> {
  const names = new AddressNames(parts);
  const places = new EventViews(parts.program, parts.recording);
  const frames: FrameView[] = [];
  let room = most;
  for (const [depth, frame] of stack.entries()) {
    if (room <= 0 && depth < stack.length - 1) continue;
    const view = frameView(parts, frame, stack[depth + 1], names, places);
    frames.push(view);
    if (room !== Infinity) room -= JSON.stringify(view).length;
  }
  return { frames, frameCount: stack.length };
}

/** The threads: which one runs, and the stacks of the others as far as there is room. */
function threadsOf(
  parts: SnapshotParts,
  most: number,
): Pick<Snapshot, 'thread' | 'threadCount' | 'otherThreads'> {
  const { machine } = parts;
  const { alive, current } = machine.threads;
  const otherThreads: ThreadView[] = [];
  let room = most;
  for (const thread of alive) {
    if (thread === current) continue;
    if (room <= 0) break;
    const { number } = thread;
    const view = { number, ...framesOf(parts, machine.callStackOf(number), room) };
    otherThreads.push(view);
    if (room !== Infinity) room -= JSON.stringify(view).length;
  }
  return { thread: current.number, threadCount: alive.length, otherThreads };
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

// ---- stack ----

function stepView({ step, machine, program, recording }: SnapshotParts): StepView | undefined {
  const position = machine.program.positions[machine.position];
  if (step === undefined || position === undefined) return undefined;
  const places = new EventViews(program, recording);
  return { number: step, role: position.role, place: places.placeOfPosition(position) };
}

function frameView(
  { machine, program, inputs }: SnapshotParts,
  frame: CallFrame,
  caller: CallFrame | undefined,
  names: AddressNames,
  places: EventViews,
): FrameView {
  const position = machine.program.positions[frame.position];
  const visible = visibleVariables(frame, position);
  const ranges = visible.map((variable) => ({
    start: variableAddress(frame, variable),
    bytes: variable.size,
  }));
  const layout = layoutOf(program, frame);
  const word = inputs.target === 'i386' ? 4 : 8;
  const from = caller === undefined ? undefined : machine.program.positions[caller.position];
  const place = from === undefined ? undefined : places.placeOfPosition(from);
  const isUnstored = (addr: number): boolean => names.uninitialisedBytes(addr, 1) > 0;
  return {
    functionName: frame.function.name,
    place: position === undefined ? undefined : places.placeOfPosition(position),
    base: hex(frame.base),
    low: hex(lowestOf(frame, layout)),
    returnAddress: hex(frame.returnAddress),
    returnsTo:
      caller === undefined
        ? undefined
        : `${caller.function.name}${place === undefined ? '' : `, ${place.file}:${String(place.line)}`}`,
    parts: frameParts(frame, layout, ranges, word),
    unstored: ranges
      .flatMap(({ start, bytes }) => unstoredRanges(start, Math.min(bytes, mostValueBytes), isUnstored))
      .map(({ start, end }) => ({ start: hex(start), end: hex(end) })),
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
    case 'signal':
    case 'process':
      return event.addr === undefined ? [] : range(event.addr - (event.addr % PAGE_SIZE), PAGE_SIZE);
    default:
      return [];
  }
}
