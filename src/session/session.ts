/**
 * One run, recorded, and the moment of it that is shown.
 *
 * Opening compiles and runs the program to its end. Seeking runs it again up to an event and keeps that machine as it
 * is: what is shown is read from its memory. Stepping back and stepping forward are the same operation.
 */
import { debianDefaults } from '../core/sema/placement.ts';
import type { Trap } from '../core/process/trap.ts';
import { HeapIndex } from '../core/malloc/heap-index.ts';
import { threadArenas } from '../core/malloc/thread-arenas.ts';
import type { ThreadArena } from '../core/malloc/thread-arenas.ts';
import type { Machine } from '../core/process/machine.ts';
import type { CodePosition } from '../core/codegen/compiled-program.ts';
import type { ObservationDetail } from '../core/codegen/observation.ts';
import { formatMaps } from '../core/process/proc-maps.ts';
import { renderText } from '../core/text/all-texts.ts';
import type { ProcessFacts } from '../core/process/process-group.ts';
import { sayProcess } from '../core/text/process-texts.ts';
import type { Language, MomentReach, ProblemView, RunInputs, StepKind } from '../protocol/messages.ts';
import type { ProcessView } from '../protocol/process-view.ts';
import type { AllocatorView, TrimForecast } from '../protocol/allocator-view.ts';
import type {
  EventKind,
  EventView,
  HistoryView,
  MapDetail,
  MembersView,
  PlaceView,
  Snapshot,
} from '../protocol/view-model.ts';
import type { TraceEvent, Tracer } from '../core/trace/trace-event.ts';
import { NullTracer } from '../core/trace/trace-event.ts';
import { PAGE_SIZE } from '../base/address.ts';
import { defaultAnalysisOptions, hostOf } from './analysis.ts';
import type { AnalysisOptions } from './analysis.ts';
import { AddressNames } from './address-names.ts';
import { allocatorView } from './allocator-views.ts';
import { EvaluationError, evaluate } from './expression/evaluate.ts';
import type { Evaluated } from './expression/evaluate.ts';
import { inspectedFrame, scopeAt } from './expression/frame-scope.ts';
import { readExpression } from './expression/watch-expression.ts';
import { sayExpression } from '../core/text/expression-texts.ts';
import { EventList, rowAtOrBefore } from './event-list.ts';
import { executableJson } from './executable-json.ts';
import { linksOf } from './block-links.ts';
import { buildProgram } from './build.ts';
import type { BuiltProgram } from './build.ts';
import { EventViews } from './event-views.ts';
import { BlockTimeline } from './block-timeline.ts';
import type { BlockHistory } from './live-blocks.ts';
import { MappingLines } from './mapping-views.ts';
import { globalViews } from './global-views.ts';
import type { GlobalView } from './global-views.ts';
import { TypedMoment } from './typed-objects.ts';
import { InitialisedBytes } from './initialised-bytes.ts';
import { diffMoments } from './moment-diff.ts';
import type { Moment, MomentDiff } from './moment-diff.ts';
import { addressesOf, farEvents, sizeToward } from './moment-window.ts';
import type { ChangedWords } from '../core/mm/memory-history.ts';
import type { MomentWindow } from './moment-window.ts';
import { Recording } from './recording.ts';
import { reportText } from './report.ts';
import { RunHistory } from './run-history.ts';
import { Rerun } from './rerun.ts';
import type { RunWatcher, StoppedRun } from './rerun.ts';
import { runProfile } from './run-profile.ts';
import { lineTo, processViews } from './run-processes.ts';
import { problemOfRun } from './problem-views.ts';
import { makeSnapshot, mapDetail, wholeScope } from './to-view-model.ts';
import type { SnapshotParts, SnapshotScope } from './to-view-model.ts';

export interface OpenResult {
  /** Undefined when the program cannot run; `problems` says why. */
  readonly session: Session | undefined;
  readonly problems: readonly ProblemView[];
}

/** A moment of a run: right after the event of that index, or right before a step (from 1) is done. */
export type Instant = number | { readonly step: number };

/** The way to the process that is recorded, by a run before. */
interface KnownLine {
  readonly numbers: readonly number[];
  readonly processes: readonly ProcessFacts[];
  /** How the first process ended. */
  readonly trap: Trap;
}

/** A recorded run, at one of its moments: right after an event, or right before a step is done. */
export class Session {
  readonly inputs: RunInputs;
  readonly program: BuiltProgram;
  readonly recording: Recording;
  readonly trap: Trap;
  readonly #rerun: Rerun;
  readonly #history = new RunHistory();
  #historyView: HistoryView | undefined;
  readonly #views: EventViews;
  readonly #list: EventList;
  /** The chunks at the moment that is shown, found when they are first asked for. */
  #heap: HeapIndex | undefined;
  #arenas: readonly ThreadArena[] | undefined;
  /** Those at an earlier moment that the same machine showed, and what has changed since. */
  #heapBefore: HeapIndex | undefined;
  #heapChanges: ChangedWords[] = [];
  /** The mappings of the moment that is shown, or of one before it. */
  #mappingLines: MappingLines | undefined;
  /** Which blocks were held when, found when a moment is first shown. */
  #timeline: BlockTimeline | undefined;
  #machine: Machine;
  #index = 0;
  /** The step that is about to be done; undefined right after an event. */
  #step: number | undefined;
  #event: TraceEvent | undefined;
  /** Machines made when what is shown was made. */
  #shownCount = 0;
  /** Ends the listening of what made the shown machine. */
  #fallSilent: () => void = () => undefined;
  /** The events around the one that is shown, in the machine that is shown. */
  #window: MomentWindow | undefined;
  #stepCount: number | undefined;
  /** Of the moment that is shown, once somebody asked. */
  #initialised: InitialisedBytes | undefined;
  /** The types of its objects and blocks, once somebody asked. */
  #typed: TypedMoment | undefined;
  /** The first event up to which that took too long. */
  #tooFar = Infinity;

  /** All processes of the run, and how the first one ended. */
  readonly #processes: readonly ProcessFacts[];
  readonly #trapOfFirst: Trap;

  /**
   * Runs and records.
   *
   * @param line - to the process that is recorded; undefined for the first one
   */
  private constructor(inputs: RunInputs, program: BuiltProgram, line?: KnownLine) {
    this.inputs = inputs;
    this.program = program;
    this.#rerun = new Rerun(inputs, program, line?.numbers);
    this.recording = new Recording({ limit: inputs.limits.events, outputLimit: inputs.limits.outputBytes });
    this.#machine = this.#rerun.machine(this.#sampled(this.recording));
    this.recording.position = () => this.#machine.current.position;
    this.trap = this.#machine.run();
    this.#processes = line?.processes ?? this.#machine.processes;
    this.#trapOfFirst = line?.trap ?? this.trap;
    this.#machine = this.#machine.current;
    this.#views = new EventViews(this.program, this.recording);
    this.#list = new EventList(this.program, this.recording, this.#views);
    this.seek(this.recording.nextOfKind(0, 'malloc', 1) ?? this.recording.count - 1);
  }

  /** Compiles and runs a program to its end. */
  static open(
    inputs: RunInputs,
    language: Language,
    options: AnalysisOptions = {
      ...defaultAnalysisOptions,
      compile: { ...debianDefaults, ...inputs.compile, target: inputs.target },
      host: hostOf(inputs.headers),
    },
  ): OpenResult {
    const { program, problems } = buildProgram(inputs.files, options, runProfile(inputs), (text) =>
      renderText(text, language),
    );
    if (program === undefined) return { session: undefined, problems };
    const { process = 1 } = inputs;
    if (process === 1) return { session: new Session(inputs, program), problems };
    // Who its ancestors are shows only when the program has run.
    const machine = new Rerun(inputs, program).machine(new NullTracer());
    const trap = machine.run();
    const { processes } = machine;
    const numbers = lineTo(processes, process);
    if (numbers !== undefined)
      return { session: new Session(inputs, program, { numbers, processes, trap }), problems };
    const text = sayProcess('process.none', { number: process, count: processes.length });
    return {
      session: undefined,
      problems: [...problems, problemOfRun(inputs.files, 'no-process', renderText(text, language))],
    };
  }

  /** The processes that the run has made, in that order. */
  processes(language: Language): readonly ProcessView[] {
    const placeOf = (index: number): PlaceView | undefined => {
      const position = this.program.compiled.positions[index];
      return position === undefined ? undefined : this.placeOf(position);
    };
    return processViews(this.#processes, this.#trapOfFirst, placeOf, language);
  }

  /** Number of the process that is recorded, from 1. */
  get process(): number {
    return this.inputs.process ?? 1;
  }

  /** A tracer that hands events on and then looks at the counters. */
  #sampled(tracer: Recording): Tracer {
    return {
      wantsWhy: tracer.wantsWhy,
      get count() {
        return tracer.count;
      },
      emit: (event) => {
        const index = tracer.count;
        tracer.emit(event);
        this.#history.take(index, this.#machine.current);
      },
      get patience() {
        return tracer.patience;
      },
      switchedTo: (thread) => {
        tracer.switchedTo(thread);
      },
      emitCalls: (calls) => {
        const first = tracer.count;
        tracer.emitCalls(calls);
        this.#history.takeAll(first, tracer.count, this.#machine.current);
      },
    };
  }

  /** Index of the event that is shown; at a step, of the last one before it. */
  get index(): number {
    return this.#index;
  }

  /** The machine as it is right after the event that is shown. */
  get machine(): Machine {
    return this.#machine;
  }

  /** The events that can be shown without running the program again. */
  get reach(): MomentReach {
    const { first, last } = this.#window?.reach ?? { first: this.#index, last: this.#index };
    return { first, last, count: this.recording.count };
  }

  /**
   * Goes to the state right after an event; an index outside of the recording is taken to its ends.
   *
   * @param toward - where steps will go from there; undefined where that is told from the moment that was shown before
   */
  seek(index: number, toward?: 'forward' | 'back'): void {
    const target = Math.min(Math.max(index, 0), this.recording.count - 1);
    const isKnown =
      this.#window?.has(target) === true && (toward === undefined || this.#leadsFar(target, toward));
    const known = isKnown ? this.#window : undefined;
    const size = toward === undefined ? this.#window?.sizeAround(target) : sizeToward(toward);
    this.#window = known ?? this.#rerun.window(target, (event) => this.recording.sinceAt(event), size);
    if (this.#window === undefined) {
      this.#seekAlone(target);
      return;
    }
    const { event, changed } = this.#window.show(target);
    const before =
      known === undefined || changed === undefined ? undefined : (this.#heap ?? this.#heapBefore);
    if (before === this.#heap) this.#heapChanges = [];
    this.#show(this.#window.machine, target, event);
    this.#heapBefore = before;
    if (changed !== undefined) this.#heapChanges.push(changed);
  }

  /** Whether many events can be shown from one on in a direction, or all that there are. */
  #leadsFar(target: number, toward: 'forward' | 'back'): boolean {
    const { first, last, count } = this.reach;
    return toward === 'forward'
      ? last - target >= farEvents / 2 || last >= count - 1
      : target - first >= farEvents / 2 || first <= 0;
  }

  /** Runs to an event and no further: a machine that could run on from there. */
  #seekAlone(target: number): void {
    this.#window = undefined;
    const run = this.#rerun.toEvent(target, this.recording.sinceAt(target));
    this.#fallSilent = run.fallSilent;
    this.#show(run.machine, target, run.event);
  }

  #show(machine: Machine, index: number, event: TraceEvent | undefined): void {
    this.#machine = machine;
    this.#index = index;
    this.#step = undefined;
    this.#event = event;
    this.#initialised = undefined;
    this.#typed = undefined;
    this.#heap = undefined;
    this.#arenas = undefined;
    this.#heapBefore = undefined;
    this.#shownCount = this.#rerun.shownCount;
  }

  /** Steps of the whole run: entries and ends of functions, statements and full expressions. */
  get stepCount(): number {
    if (this.#stepCount === undefined) {
      this.#stepCount = this.#rerun.stepsAtEvent(Infinity);
      this.#mend();
    }
    return this.#stepCount;
  }

  /** Steps made up to the moment that is shown: right after an event, that of the statement that it happened in. */
  get step(): number {
    if (this.#step !== undefined) return this.#step;
    const step = this.#rerun.stepsAtEvent(this.#index);
    this.#mend();
    return step;
  }

  /** Whether what is shown is the moment right before {@link step} is done; else it is right after an event. */
  get isAtStep(): boolean {
    return this.#step !== undefined;
  }

  /** Goes to the state right before a step is done; a number outside of the run is taken to its ends. */
  seekStep(step: number): void {
    const count = this.stepCount;
    if (count === 0) return;
    this.#goToStep(Math.min(Math.max(step, 1), count));
  }

  #goToStep(step: number): void {
    const run = this.#rerun.toStep(step);
    this.#window = undefined;
    this.#show(run.machine, run.events - 1, this.recording.eventAt(run.events - 1));
    this.#fallSilent = run.fallSilent;
    this.#step = step;
  }

  /** Makes the moment that is shown again where somebody else has used its memory. */
  #mend(): void {
    if (this.#rerun.shownCount === this.#shownCount) return;
    this.#window = undefined;
    if (this.#step === undefined) this.seek(this.#index);
    else this.#goToStep(this.#step);
  }

  /** Runs the program again past a watcher, from a step on; what is shown stays. */
  watch(detail: ObservationDetail, from: number, watcher: RunWatcher): StoppedRun {
    try {
      return this.#rerun.watch(detail, from, watcher);
    } finally {
      this.#mend();
    }
  }

  /** Runs the program again past all of its steps, told many at once; what is shown stays. See {@link Rerun.watchSteps}. */
  watchSteps(hear: (first: number, positions: Int32Array) => boolean): void {
    this.#rerun.watchSteps(hear);
    this.#mend();
  }

  /** The place in the source of a position. */
  placeOf(position: CodePosition): PlaceView | undefined {
    return this.#views.placeOfPosition(position);
  }

  /** The program with the code that tells of its steps. */
  observed(detail: ObservationDetail): BuiltProgram {
    return this.#rerun.observed(detail);
  }

  /** Index after `count` events of a kind, forward or (negative) back; stops at the last one there is. */
  indexAfter(kind: StepKind, count: number): number {
    const direction = count < 0 ? -1 : 1;
    let index = this.#index;
    for (let left = Math.min(Math.abs(count), this.recording.count); left > 0; left--) {
      const next = this.recording.nextOfKind(index, kind, direction);
      if (next === undefined) break;
      index = next;
    }
    return index;
  }

  /** Events of some kinds (all when undefined) that match a query, from the `from`-th on; `row` is that of event `near`. */
  events(
    from: number,
    count: number,
    kinds: readonly EventKind[] | undefined,
    near: number,
    language: Language,
    query = '',
  ): { readonly events: readonly EventView[]; readonly total: number; readonly row: number } {
    const rows = this.#list.rows(kinds, query);
    const events = Array.from({ length: Math.max(0, Math.min(count, rows.length - from)) }, (_, i) => {
      const index = rows.at(from + i);
      return {
        ...this.#views.view(index, this.recording.eventAt(index), language),
        ...linksOf(this.recording, this.#blockTimeline, index),
      };
    });
    return { events, total: rows.length, row: rowAtOrBefore(rows, near) };
  }

  /** Bytes of the process, page by page; pages without a frame are left out. */
  readMemory(addr: number, length: number): { readonly start: `0x${string}`; readonly bytes: ArrayBuffer }[] {
    const pieces: { readonly start: `0x${string}`; readonly bytes: ArrayBuffer }[] = [];
    const end = addr + length;
    for (let at = addr; at < end;) {
      const pageEnd = Math.min(end, (Math.floor(at / 4096) + 1) * 4096);
      const bytes = this.#machine.memory.peek(at, pageEnd - at);
      if (bytes !== undefined) {
        pieces.push({ start: `0x${at.toString(16)}`, bytes: bytes.slice().buffer });
      }
      at = pageEnd;
    }
    return pieces;
  }

  /** How the counters went over the whole run. */
  history(): HistoryView {
    return (this.#historyView ??= this.#history.view(this.recording, this.#blockTimeline));
  }

  /** The run in one page of Markdown. */
  report(language: Language): string {
    return reportText({
      inputs: this.inputs,
      snapshot: this.snapshot(language),
      history: this.history(),
      recording: this.recording,
      sizes: executableJson(this.program.analysis).size,
      placeOf: (event) => this.#views.placeOf(this.recording.positionAt(event)),
      language,
    });
  }

  #heapIndex(): HeapIndex {
    if (this.#heap !== undefined) return this.#heap;
    const { memory, malloc } = this.#machine;
    const before = this.#heapBefore;
    const changes =
      before === undefined
        ? []
        : this.#heapChanges.flatMap((changed) => addressesOf(memory.pageTable, before.range, changed));
    this.#heapBefore = undefined;
    this.#heap = new HeapIndex(malloc.state, before, changes);
    return this.#heap;
  }

  #linesOfMaps(): MappingLines {
    const { program } = this;
    const machine = this.#machine;
    if (this.#mappingLines?.isOf(machine) !== true)
      this.#mappingLines = new MappingLines({ program, machine });
    return this.#mappingLines;
  }

  #threadArenas(): readonly ThreadArena[] {
    return (this.#arenas ??= threadArenas(this.#machine.malloc.state));
  }

  /** The blocks that the program holds at this moment. */
  #blocks(): BlockHistory {
    return this.#blockTimeline.at(this.#index);
  }

  get #blockTimeline(): BlockTimeline {
    return (this.#timeline ??= new BlockTimeline(this.recording));
  }

  /** The inside of malloc. */
  allocator(language: Language): AllocatorView {
    return allocatorView(this.#machine, this.#heapIndex(), this.#threadArenas(), this.#blocks(), language);
  }

  /** What malloc_trim(0) would do now, tried on a machine of its own; undefined inside a call of malloc. */
  forecastTrim(): TrimForecast | undefined {
    const event = this.#event;
    if (event === undefined) return undefined;
    if (this.#views.view(this.#index, event, 'en').parent !== undefined) return undefined;
    const shown = this.#index;
    this.#seekAlone(shown);
    const { malloc, memory } = this.#machine;
    const { mm } = memory;
    const before = { resident: mm.rss * PAGE_SIZE, heap: mm.brk - mm.startBrk };
    this.#fallSilent();
    const result = malloc.mallocTrim(0);
    const forecast: TrimForecast = {
      result,
      residentBefore: before.resident,
      residentAfter: mm.rss * PAGE_SIZE,
      heapBefore: before.heap,
      heapAfter: mm.brk - mm.startBrk,
    };
    this.seek(shown);
    return forecast;
  }

  /** Text of /proc/self/maps. */
  maps(): string {
    return formatMaps(this.#machine);
  }

  /** What differs between two moments; the one that is shown stays as it is. */
  compare(from: Instant, to: Instant, language: Language): MomentDiff {
    const shown: Instant = this.#step === undefined ? this.#index : { step: this.#step };
    const before = this.#momentAt(from, language);
    const after = this.#momentAt(to, language);
    this.#goTo(shown);
    return diffMoments(before, after);
  }

  #momentAt(instant: Instant, language: Language): Moment {
    this.#goTo(instant);
    const { bins } = this.allocator(language);
    return { ...this.snapshot(language), bins, globals: this.globals(language) };
  }

  #goTo(instant: Instant): void {
    if (typeof instant === 'number') this.seek(instant);
    else this.seekStep(instant.step);
  }

  /**
   * Evaluates a C expression in a frame of the moment that is shown.
   *
   * @param depth - 0 for the innermost frame
   * @throws EvaluationError saying why it has no value
   */
  evaluate(text: string, depth = 0): Evaluated {
    const frame = this.#machine.callStack()[depth];
    const position = frame === undefined ? undefined : this.#machine.program.positions[frame.position];
    const place = scopeAt(this.program, position);
    if (place === undefined) throw new EvaluationError(sayExpression('expression.notOne'));
    const expression = readExpression(this.program, place, text);
    return evaluate(inspectedFrame(this.program, this.#machine, place, frame), expression);
  }

  /**
   * Finds out, by running to this moment once more, which bytes nothing was stored to; see initialised-bytes.ts. Where
   * that takes too many accesses it is not known, and not tried again for what comes later.
   */
  findInitialised(mostAccesses = Infinity): void {
    if (this.#initialised !== undefined || (this.#index >= this.#tooFar && mostAccesses !== Infinity)) return;
    const found = new InitialisedBytes(this.program, mostAccesses);
    const run =
      this.#step === undefined
        ? this.#rerun.watchToEvent(this.#index, found.watcher)
        : this.#rerun.watch('checks', this.#step, { ...found.watcher, step: () => true });
    found.settle();
    const initialised = found.isComplete ? found : undefined;
    this.#mend();
    if (initialised === undefined) this.#tooFar = Math.min(this.#tooFar, run.events);
    this.#initialised = initialised;
    this.#typed = undefined;
  }

  /** What lies where at this moment, for values that are shown. */
  names(language: Language): AddressNames {
    return new AddressNames({
      program: this.program,
      machine: this.#machine,
      recording: this.recording,
      history: this.#blocks(),
      language,
      initialised: this.#initialised,
    });
  }

  /** The objects with static or thread storage duration, with their values. */
  globals(language: Language): readonly GlobalView[] {
    return globalViews(this.program, this.#machine, this.names(language));
  }

  /** Everything that the faces show of this moment, or as much as a scope says. */
  snapshot(language: Language, scope: SnapshotScope = wholeScope): Snapshot {
    return makeSnapshot(this.#parts(language), scope);
  }

  /** What lies in a range of addresses, larger than `unitBytes` by itself and smaller in bands. */
  mapDetail(
    range: { readonly start: number; readonly end: number },
    unitBytes: number,
    language: Language,
  ): MapDetail {
    return mapDetail(this.#parts(language), range, unitBytes);
  }

  /** Of what the objects and blocks in a range of addresses consist: parts of at least `unitBytes`. */
  members(
    range: { readonly start: number; readonly end: number },
    unitBytes: number,
    language: Language,
  ): MembersView {
    const names = this.names(language);
    this.#typed ??= new TypedMoment(this.program, this.#machine, this.#blocks().live, names);
    return this.#typed.members({ ...range, unitBytes }, names);
  }

  #parts(language: Language): SnapshotParts {
    const event = this.#event;
    const machine = this.#machine;
    return {
      program: this.program,
      inputs: this.inputs,
      machine,
      recording: this.recording,
      trap: this.trap,
      index: this.#index,
      step: this.#step,
      event: event === undefined ? undefined : this.#views.view(this.#index, event, language),
      language,
      initialised: this.#initialised,
      history: this.#blocks(),
      heap: this.#heapIndex(),
      arenas: this.#threadArenas(),
      mappingLines: this.#linesOfMaps(),
    };
  }
}
