/**
 * One run, recorded, and the moment of it that is shown.
 *
 * Opening compiles and runs the program to its end. Seeking runs it again up to an event and keeps that machine as it
 * is: what is shown is read from its memory. Stepping back and stepping forward are the same operation.
 */
import { debianDefaults } from '../core/sema/placement.ts';
import { StopRun } from '../core/process/trap.ts';
import type { Trap } from '../core/process/trap.ts';
import { Machine } from '../core/process/machine.ts';
import type { MachineInputs } from '../core/process/machine.ts';
import { formatMaps } from '../core/process/proc-maps.ts';
import { renderText } from '../core/text/all-texts.ts';
import type { Language, ProblemView, RunInputs, StepKind } from '../protocol/messages.ts';
import type { AllocatorView, TrimForecast } from '../protocol/allocator-view.ts';
import type { EventKind, EventView, HistoryView, Snapshot } from '../protocol/view-model.ts';
import type { TraceEvent, Tracer } from '../core/trace/trace-event.ts';
import { PAGE_SIZE } from '../base/address.ts';
import { encodeUtf8 } from '../base/utf8.ts';
import { defaultAnalysisOptions, hostOf } from './analysis.ts';
import type { AnalysisOptions } from './analysis.ts';
import { allocatorView } from './allocator-views.ts';
import { buildProgram } from './build.ts';
import type { BuiltProgram } from './build.ts';
import { EventViews } from './event-views.ts';
import { blockHistory } from './live-blocks.ts';
import { diffMoments } from './moment-diff.ts';
import type { MomentDiff } from './moment-diff.ts';
import { Recording } from './recording.ts';
import { RunHistory } from './run-history.ts';
import { runProfile } from './run-profile.ts';
import { makeSnapshot } from './to-view-model.ts';

/** Pid of the simulated process. */
const simulatedPid = 4242;

/** Folder in which the simulated program lies, for maps. */
const programFolder = '/home/user';

/** Pages of 64 KiB that a machine starts with: enough for the stack's backing; it grows on demand. */
const initialPages = 160;

export interface OpenResult {
  /** Undefined when the program cannot run; `problems` says why. */
  readonly session: Session | undefined;
  readonly problems: readonly ProblemView[];
}

/** Index of the last value that is at most `limit` in an ascending list, -1 when there is none. */
function lastAtOrBefore(values: Int32Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Stops a run right after an event; keeps that event with its sentences. */
class SeekTracer implements Tracer {
  readonly #target: number;
  /** Events before the call began that the target is: from there on sentences are wanted. */
  readonly #since: number;
  #count = 0;
  #isSilent = false;
  last: TraceEvent | undefined;

  constructor(target: number, since: number) {
    this.#target = target;
    this.#since = since;
  }

  get count(): number {
    return this.#count;
  }

  get wantsWhy(): boolean {
    return this.#count >= this.#since;
  }

  /** From now on nothing is counted and nothing stops: what is tried on the machine is no part of the run. */
  fallSilent(): void {
    this.#isSilent = true;
  }

  emit(event: TraceEvent): void {
    if (this.#isSilent) return;
    this.#count += 1;
    if (this.#count <= this.#target) return;
    this.last = event;
    throw new StopRun();
  }
}

/** A recorded run, at one of its events. */
export class Session {
  readonly inputs: RunInputs;
  readonly program: BuiltProgram;
  readonly recording: Recording;
  readonly trap: Trap;
  readonly #linear: WebAssembly.Memory;
  readonly #history = new RunHistory();
  #historyView: HistoryView | undefined;
  readonly #views: EventViews;
  #machine: Machine;
  #index = 0;
  #event: TraceEvent | undefined;
  #tracer: SeekTracer | undefined;

  private constructor(inputs: RunInputs, program: BuiltProgram) {
    this.inputs = inputs;
    this.program = program;
    this.#linear = new WebAssembly.Memory({
      initial: initialPages,
      maximum: Math.min(Math.floor(inputs.limits.memoryBytes / 65536) + initialPages, 65536),
    });
    this.recording = new Recording({ limit: inputs.limits.events, outputLimit: inputs.limits.outputBytes });
    this.#machine = this.#makeMachine(this.#sampled(this.recording));
    this.recording.position = () => this.#machine.position;
    this.trap = this.#machine.run();
    this.#views = new EventViews(this.program, this.recording);
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
    return { session: program === undefined ? undefined : new Session(inputs, program), problems };
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
        this.#history.take(index, this.#machine);
      },
    };
  }

  #makeMachine(tracer: Tracer): Machine {
    new Uint8Array(this.#linear.buffer).fill(0);
    const { inputs } = this;
    const machineInputs: MachineInputs = {
      profile: this.program.profile,
      glibc: inputs.glibc,
      argv: [inputs.programPath, ...inputs.args],
      envp: inputs.environment,
      programPath: `${programFolder}/${inputs.programPath.replace(/^\.\//, '')}`,
      stdin: encodeUtf8(inputs.stdin),
      stdinKind: 'pipe',
      stdoutKind: inputs.stdoutKind,
      pid: simulatedPid,
      fuel: inputs.limits.fuel,
    };
    return new Machine({
      program: this.program.compiled,
      module: this.program.module,
      image: this.program.analysis.image,
      inputs: machineInputs,
      linear: this.#linear,
      tracer,
    });
  }

  /** Index of the event that is shown. */
  get index(): number {
    return this.#index;
  }

  /** The machine as it is right after the event that is shown. */
  get machine(): Machine {
    return this.#machine;
  }

  /** Goes to the state right after an event; an index outside of the recording is taken to its ends. */
  seek(index: number): void {
    const target = Math.min(Math.max(index, 0), this.recording.count - 1);
    const tracer = new SeekTracer(target, this.recording.sinceAt(target));
    this.#machine = this.#makeMachine(tracer);
    try {
      this.#machine.run();
    } catch (error) {
      if (!(error instanceof StopRun)) throw error;
    }
    this.#index = target;
    this.#tracer = tracer;
    this.#event = tracer.last;
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

  /** Events of some kinds (all when undefined), from the `from`-th of them on; `row` is that of event `near`. */
  events(
    from: number,
    count: number,
    kinds: readonly EventKind[] | undefined,
    near: number,
    language: Language,
  ): { readonly events: readonly EventView[]; readonly total: number; readonly row: number } {
    const wanted = this.recording.indicesOfKinds(kinds);
    const events = Array.from(wanted.slice(from, from + count), (index) =>
      this.#views.view(index, this.recording.eventAt(index), language),
    );
    return { events, total: wanted.length, row: lastAtOrBefore(wanted, near) };
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
    return (this.#historyView ??= this.#history.view(this.recording));
  }

  /** The inside of malloc. */
  allocator(language: Language): AllocatorView {
    return allocatorView(this.#machine, blockHistory(this.recording, this.#index), language);
  }

  /** What malloc_trim(0) would do now, tried on a machine of its own; undefined inside a call of malloc. */
  forecastTrim(): TrimForecast | undefined {
    const event = this.#event;
    if (event === undefined) return undefined;
    if (this.#views.view(this.#index, event, 'en').parent !== undefined) return undefined;
    const shown = this.#index;
    const { malloc, memory } = this.#machine;
    const { mm } = memory;
    const before = { resident: mm.rss * PAGE_SIZE, heap: mm.brk - mm.startBrk };
    this.#tracer?.fallSilent();
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

  /** What differs between the states right after two events; the moment that is shown stays as it is. */
  compare(from: number, to: number, language: Language): MomentDiff {
    const shown = this.#index;
    const momentAt = (index: number): Snapshot => {
      this.seek(index);
      return this.snapshot(language);
    };
    const before = momentAt(from);
    const after = momentAt(to);
    this.seek(shown);
    return diffMoments(before, after);
  }

  /** Everything that the faces show of this moment. */
  snapshot(language: Language): Snapshot {
    const event = this.#event;
    return makeSnapshot({
      program: this.program,
      inputs: this.inputs,
      machine: this.#machine,
      recording: this.recording,
      trap: this.trap,
      index: this.#index,
      event: event === undefined ? undefined : this.#views.view(this.#index, event, language),
      language,
    });
  }
}
