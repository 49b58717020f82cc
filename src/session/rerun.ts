/**
 * Runs a recorded program again, as far as somebody wants: to an event, to a step, or past every step with somebody
 * looking. A run is a function of its inputs, so each of these is the recorded run.
 */
import { encodeUtf8 } from '../base/utf8.ts';
import type { ObservationDetail } from '../core/codegen/observation.ts';
import { Machine } from '../core/process/machine.ts';
import type { MachineInputs } from '../core/process/machine.ts';
import type { MachineObserver } from '../core/process/machine-observer.ts';
import { StopRun } from '../core/process/trap.ts';
import type { Trap } from '../core/process/trap.ts';
import type { SimpleCalls, TraceEvent, Tracer } from '../core/trace/trace-event.ts';
import { STEP_LOG, STEP_LOG_ENTRIES } from '../core/target/tlb-layout.ts';
import type { RunInputs } from '../protocol/messages.ts';
import { observedProgram } from './build.ts';
import type { BuiltProgram } from './build.ts';
import { CodePlaces } from './code-places.ts';
import { MomentWindow, keepsMoments } from './moment-window.ts';
import type { WindowSize } from './moment-window.ts';

/** Pid of the simulated process. */
const simulatedPid = 4242;

/** Folder in which the simulated program lies, for maps. */
const programFolder = '/home/user';

/** Pages of 64 KiB that a machine starts with: enough for the stack's backing; it grows on demand. */
const initialPages = 160;

/** Up to this size of the shown machine's memory, machines that are only watched get a memory of their own. */
const mostShownBytes = 256 * 2 ** 20;

/** A memory for watched machines that has become larger is not kept. */
const mostAsideBytes = 64 * 2 ** 20;

/** More steps than a run has. */
export const manySteps = 2 ** 52;

/** Counts events, and stops the run right after one; keeps that event with its sentences. */
class StopTracer implements Tracer {
  readonly #target: number;
  /** Events before the call began that the target is: from there on sentences are wanted. */
  readonly #since: number;
  #count = 0;
  #isSilent = false;
  readonly #hear: ((event: TraceEvent) => void) | undefined;
  /** Whether simple calls may be told together; who hears of events else hears of each in time. */
  readonly #isPatient: boolean;
  last: TraceEvent | undefined;

  constructor(target: number, since: number, watcher: Pick<RunWatcher, 'event' | 'noteCalls'> = {}) {
    this.#hear = watcher.event?.bind(watcher);
    this.#isPatient = watcher.event === undefined || watcher.noteCalls !== undefined;
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
  readonly fallSilent = (): void => {
    this.#isSilent = true;
  };

  /** Up to the event that is waited for, and its sentences. */
  get patience(): number {
    return this.#isPatient ? Math.max(0, Math.min(this.#target, this.#since) - this.#count) : 0;
  }

  emitCalls({ count }: SimpleCalls): void {
    this.#count += count;
  }

  emit(event: TraceEvent): void {
    if (this.#isSilent) return;
    this.#count += 1;
    this.#hear?.(event);
    if (this.#count <= this.#target) return;
    this.last = event;
    throw new StopRun();
  }
}

/** A machine that was stopped, or that ended. */
export interface StoppedRun {
  readonly machine: Machine;
  /** Events so far. */
  readonly events: number;
  /** Steps so far; 0 for a machine that does not count them. */
  readonly steps: number;
  /** The event at which it was stopped. */
  readonly event: TraceEvent | undefined;
  /** How the run ended; undefined where it was stopped before. */
  readonly trap: Trap | undefined;
  /** Lets the machine be tried out: events are no longer listened to. */
  readonly fallSilent: () => void;
}

/** Someone who looks at a run while it goes by. */
export interface RunWatcher extends Omit<MachineObserver, 'step'> {
  /** Takes the machine that will be watched, before it runs; after execve another one. Its `current` runs the followed process. */
  attach?(machine: Machine): void;
  /**
   * Called at each step, before it is done.
   *
   * @param step - from 1
   * @returns whether the run is to be stopped here
   */
  step?(step: number, position: number, machine: Machine): boolean;
  /** Hears of the events too; of simple calls of malloc and free only where there is no `noteCalls`. */
  event?(event: TraceEvent): void;
}

/** Runs one program with one set of inputs. */
export class Rerun {
  readonly #inputs: RunInputs;
  readonly #program: BuiltProgram;
  readonly #places: CodePlaces;
  readonly #linear: WebAssembly.Memory;
  /** Of machines that are only watched, so that the one that is shown stays. */
  #aside: WebAssembly.Memory | undefined;
  /** Memories that machines have had. */
  readonly #written = new WeakSet<WebAssembly.Memory>();
  #shownCount = 0;
  readonly #observed = new Map<ObservationDetail, BuiltProgram>();

  readonly #follow: readonly number[];

  /**
   * Runs of a program.
   *
   * @param follow - the process that is told of: numbers from 1, the first one, to it, each the parent of the next one
   */
  constructor(inputs: RunInputs, program: BuiltProgram, follow: readonly number[] = [1]) {
    this.#follow = follow;
    this.#inputs = inputs;
    this.#program = program;
    this.#places = new CodePlaces(program);
    this.#linear = this.#newMemory();
  }

  #newMemory(): WebAssembly.Memory {
    const pages = Math.floor(this.#inputs.limits.memoryBytes / 65536) + initialPages;
    return new WebAssembly.Memory({ initial: initialPages, maximum: Math.min(pages, 65536) });
  }

  /** Counts the machines in the memory of those that are shown: each of them destroys the one before. */
  get shownCount(): number {
    return this.#shownCount;
  }

  /** Does something with a memory for a machine that is not shown; it is that of the shown ones where two were too much. */
  #withMemoryAside<Result>(work: (memory: WebAssembly.Memory) => Result): Result {
    if (this.#linear.buffer.byteLength > mostShownBytes) return work(this.#linear);
    this.#aside ??= this.#newMemory();
    try {
      return work(this.#aside);
    } finally {
      if (this.#aside.buffer.byteLength > mostAsideBytes) this.#aside = undefined;
    }
  }

  /** The program with code that tells what it does, made when it is first needed. */
  observed(detail: ObservationDetail): BuiltProgram {
    const known = this.#observed.get(detail);
    if (known !== undefined) return known;
    const made = observedProgram(this.#program, detail);
    this.#observed.set(detail, made);
    return made;
  }

  /** A machine before its first step. All machines in one memory share it: the one made before is of no use any more. */
  machine(
    tracer: Tracer,
    program: BuiltProgram = this.#program,
    observer?: MachineObserver,
    onExec?: (machine: Machine) => void,
    linear = this.#linear,
  ): Machine {
    if (linear === this.#linear) this.#shownCount += 1;
    // A new memory is zero, and its pages are not there before something is written.
    if (this.#written.has(linear)) new Uint8Array(linear.buffer).fill(0);
    this.#written.add(linear);
    const inputs = this.#inputs;
    const machineInputs: MachineInputs = {
      profile: program.profile,
      glibc: inputs.glibc,
      argv: [inputs.programPath, ...inputs.args],
      envp: inputs.environment,
      programPath: `${programFolder}/${inputs.programPath.replace(/^\.\//, '')}`,
      stdin: encodeUtf8(inputs.stdin),
      stdinKind: 'pipe',
      stdoutKind: inputs.stdoutKind,
      pid: simulatedPid,
      files: new Map(inputs.dataFiles?.map(({ name, bytes }) => [`${programFolder}/${name}`, bytes])),
      fuel: inputs.limits.fuel,
    };
    return new Machine({
      program: program.compiled,
      module: program.module,
      image: program.analysis.image,
      inputs: machineInputs,
      linear,
      tracer,
      ...(observer === undefined ? {} : { observer }),
      ...(onExec === undefined ? {} : { onExec }),
      follow: this.#follow,
      placeOf: (position) => {
        const place = this.#places.placeOf(position);
        return place === undefined ? '?' : String(place.line);
      },
    });
  }

  /** To the state right after event `index`; `since` is the event that its call began with. */
  toEvent(index: number, since: number): StoppedRun {
    const tracer = new StopTracer(index, since);
    const machine = this.machine(tracer);
    const trap = runStoppably(machine);
    return {
      machine: machine.current,
      events: tracer.count,
      steps: 0,
      event: tracer.last,
      trap,
      fallSilent: tracer.fallSilent,
    };
  }

  /** Past an event, with the moments around it kept; undefined where the window does not hold the event itself. */
  window(index: number, sinceAt: (event: number) => number, size?: WindowSize): MomentWindow | undefined {
    if (!keepsMoments(this.#program.compiled)) return undefined;
    const window = new MomentWindow(index, sinceAt, size);
    const machine = this.machine(window);
    window.attach(machine);
    runStoppably(machine);
    window.close();
    return window.has(index) ? window : undefined;
  }

  /** To the state right before step `step` is done, at nearly the speed of a plain run. */
  toStep(step: number): StoppedRun {
    return this.#observe('steps', step, Infinity, { step: () => true }, this.#linear);
  }

  /** How many steps there are before event `index`, the statement that it happens in included. */
  stepsAtEvent(index: number): number {
    return this.#observeAside('steps', manySteps, index, {}).steps;
  }

  /** Past every step from `from` on, up to the end or to where the watcher stops the run. */
  watch(detail: ObservationDetail, from: number, watcher: RunWatcher): StoppedRun {
    return this.#observeAside(detail, from, Infinity, watcher);
  }

  /**
   * Past every step, many at once: the machine has gone on when they are told.
   *
   * @param hear - takes the number of the first of some steps (from 1) and their positions, which are valid while they are
   * told; returns whether enough is heard
   */
  watchSteps(hear: (first: number, positions: Int32Array) => boolean): StoppedRun {
    return this.#withMemoryAside((linear) => this.#watchSteps(hear, linear));
  }

  #watchSteps(
    hear: (first: number, positions: Int32Array) => boolean,
    linear: WebAssembly.Memory,
  ): StoppedRun {
    // The log in the memory has room for the steps of one process.
    if (this.#follow.length > 1) {
      const step = (made: number, position: number): boolean => hear(made, Int32Array.of(position));
      return this.#observe('steps', 1, Infinity, { step }, linear);
    }
    const program = this.observed('steps');
    const tracer = new StopTracer(Infinity, Infinity);
    let told = 0;
    const tell = (count: number): boolean => {
      const positions = new Int32Array(linear.buffer, STEP_LOG, count);
      told += count;
      return hear(told - count + 1, positions);
    };
    const step = (): void => {
      if (tell(STEP_LOG_ENTRIES)) throw new StopRun();
      first.current.awaitStep(STEP_LOG_ENTRIES);
    };
    const first = this.machine(tracer, program, { step }, undefined, linear);
    first.awaitStep(STEP_LOG_ENTRIES);
    const trap = runStoppably(first);
    const machine = first.current;
    if (trap !== undefined) tell(STEP_LOG_ENTRIES - machine.stepsLeft);
    const { count: events, last: event, fallSilent } = tracer;
    return { machine, events, steps: told, event, trap, fallSilent };
  }

  /** Past every access that checks hear of, to the state right after event `index`. */
  watchToEvent(index: number, watcher: RunWatcher): StoppedRun {
    return this.#observeAside('checks', manySteps, index, watcher);
  }

  #observeAside(
    detail: ObservationDetail,
    first: number,
    lastEvent: number,
    watcher: RunWatcher,
  ): StoppedRun {
    return this.#withMemoryAside((linear) => this.#observe(detail, first, lastEvent, watcher, linear));
  }

  /**
   * Runs an observed module.
   *
   * @param from - the step that the watcher is first called at
   * @param lastEvent - the event that the run is stopped after
   */
  #observe(
    detail: ObservationDetail,
    from: number,
    lastEvent: number,
    watcher: RunWatcher,
    linear: WebAssembly.Memory,
  ): StoppedRun {
    const program = this.observed(detail);
    const tracer = new StopTracer(lastEvent, Infinity, watcher);
    let made = 0;
    let awaited = Math.max(from, 1);
    const observer: MachineObserver = {
      ...bound(watcher),
      step: (position) => {
        made = awaited;
        awaited += 1;
        const machine = first.current;
        machine.awaitStep(1);
        if (watcher.step?.(made, position, machine) === true) throw new StopRun();
      },
    };
    const onExec = (next: Machine): void => {
      watcher.attach?.(next);
    };
    const first = this.machine(tracer, program, observer, onExec, linear);
    watcher.attach?.(first);
    first.awaitStep(awaited);
    const trap = runStoppably(first);
    const machine = first.current;
    const steps = made >= from ? made : awaited - machine.stepsLeft;
    return { machine, events: tracer.count, steps, event: tracer.last, trap, fallSilent: tracer.fallSilent };
  }
}

/** The watcher's methods that a machine calls. */
function bound(watcher: RunWatcher): Omit<MachineObserver, 'step'> {
  const {
    frame,
    load,
    store,
    copyLoad,
    copyStore,
    copy,
    fill,
    libcAccesses,
    noteCalls,
    stackMoved,
    signalFrame,
    outside,
    called,
    directImports,
  } = watcher;
  return {
    ...(directImports === undefined ? {} : { directImports }),
    ...(frame === undefined ? {} : { frame: frame.bind(watcher) }),
    ...(load === undefined ? {} : { load: load.bind(watcher) }),
    ...(store === undefined ? {} : { store: store.bind(watcher) }),
    ...(copyLoad === undefined ? {} : { copyLoad: copyLoad.bind(watcher) }),
    ...(copyStore === undefined ? {} : { copyStore: copyStore.bind(watcher) }),
    ...(copy === undefined ? {} : { copy: copy.bind(watcher) }),
    ...(fill === undefined ? {} : { fill: fill.bind(watcher) }),
    ...(stackMoved === undefined ? {} : { stackMoved: stackMoved.bind(watcher) }),
    ...(signalFrame === undefined ? {} : { signalFrame: signalFrame.bind(watcher) }),
    ...(called === undefined ? {} : { called: called.bind(watcher) }),
    ...(outside === undefined ? {} : { outside: outside.bind(watcher) }),
    ...(noteCalls === undefined ? {} : { noteCalls: noteCalls.bind(watcher) }),
    ...(libcAccesses === undefined ? {} : { libcAccesses }),
  };
}

/** Runs to the end, or to where the tracer or the observer stops the run. */
function runStoppably(machine: Machine): Trap | undefined {
  try {
    return machine.run();
  } catch (error) {
    if (!(error instanceof StopRun)) throw error;
    return undefined;
  }
}
