/**
 * Which process of a run is looked at: of what happens, only its part is told.
 *
 * What a process is made of was its ancestors' before they made it. So the first process is told of up to the fork that leads to
 * the one that is wanted, then the child, and so on: to whoever listens that is one process, from main to its end. Its past that
 * runs again (process-group.ts) was told already, and is not told a second time.
 */
import type { TraceEvent, Tracer } from '../trace/trace-event.ts';
import { heardOnly } from './machine-observer.ts';
import type { MachineObserver } from './machine-observer.ts';
import { StopRun } from './trap.ts';
import type { Trap } from './trap.ts';
import { sayProcess } from '../text/process-texts.ts';

/** More steps than a run has. */
export const manySteps = 2 ** 52;

/** A machine, as far as its steps are counted. */
interface CountingMachine {
  readonly stepsLeft: number;
  awaitStep(count: number): void;
}

/** A process, as far as it is followed. */
interface Followable {
  /** Counts the processes of the run from 1, the first one, in the order in which they were made. */
  readonly number: number;
  /** The machine that runs it; undefined while it has none. */
  readonly run: { readonly isLive: boolean } | undefined;
}

/** Ends the run when the process that is followed has ended. */
export class FollowedEnded extends StopRun {
  override readonly name = 'StopRun';
}

/** The process that is followed. */
export class FollowedProcess<Machine extends CountingMachine> {
  /** Runs it now, or ran it last; while it has not run, the machine of its parent. */
  machine: Machine | undefined;
  /** How it ended, where it is not the first process. */
  trap: Trap | undefined;
  readonly listener: Tracer;
  /** Tells the listener of the followed process only: for the first process, and where it is not the first, for all of them. */
  readonly tracer: Tracer;
  readonly #line: readonly number[];
  readonly #isObserved: boolean;
  /** Whose part is told now: an index into the line. */
  #at = 0;
  #running: Followable | undefined;
  /** Steps until the observer is called, while nobody counts them. */
  #stepsLeft = manySteps;

  /**
   * Follows a process.
   *
   * @param line - numbers of its ancestors, from 1, the first process, on, and its own
   * @param isObserved - whether machines count steps
   * @param listener - who hears of it
   */
  constructor(line: readonly number[], isObserved: boolean, listener: Tracer) {
    this.#line = line;
    this.#isObserved = isObserved;
    this.listener = listener;
    this.tracer = this.isFirst ? listener : this.#filtered(listener);
  }

  /** Whether it is the first process of the run, the usual one. */
  get isFirst(): boolean {
    return this.#line.length === 1;
  }

  /** Whether it is this process that is followed now. */
  follows(process: Followable): boolean {
    return process.number === this.#line[this.#at];
  }

  /** Whether this is the process that is wanted, and no ancestor of it. */
  isWanted(process: Followable): boolean {
    return process.number === this.#line.at(-1);
  }

  /** This process runs now. */
  enter(process: Followable): void {
    this.#running = process;
  }

  /** A process was made. */
  forked(child: Followable): void {
    if (child.number !== this.#line[this.#at + 1]) return;
    this.leave();
    this.#at += 1;
  }

  /** The machine of the followed process stops to count, because it waits, or another one goes on with the process. */
  leave(): void {
    if (!this.#isObserved || this.machine === undefined) return;
    this.#stepsLeft = this.machine.stepsLeft;
    this.machine.awaitStep(manySteps);
  }

  /** The machine of the followed process counts from where the one before it stopped. */
  goOn(): void {
    if (this.#isObserved) this.machine?.awaitStep(this.#stepsLeft);
  }

  /** What an observer of machines is to hear: of the followed process only, and of no past that runs again. */
  observer(observer: MachineObserver): MachineObserver {
    return this.isFirst ? observer : heardOnly(observer, () => this.#isHeard);
  }

  get #isHeard(): boolean {
    if (this.#running === undefined) return this.#at === 0;
    return this.follows(this.#running) && this.#running.run?.isLive === true;
  }

  #filtered(tracer: Tracer): Tracer {
    const isHeard = (): boolean => this.#isHeard;
    return {
      get count() {
        return tracer.count;
      },
      get wantsWhy() {
        return tracer.wantsWhy && isHeard();
      },
      get ignoresMalloc() {
        return tracer.ignoresMalloc === true;
      },
      emit: (event: TraceEvent) => {
        if (isHeard()) tracer.emit(event);
      },
      switchedTo: (thread) => {
        if (isHeard()) tracer.switchedTo?.(thread);
      },
    };
  }

  /**
   * The run is over. A process that had not ended then waits for what nobody does any more, or the whole run was stopped.
   *
   * @param trap - how the run ended
   * @returns how the followed process ended, where that was not told
   */
  unfinished(trap: Trap): Trap | undefined {
    if (this.#at === 0 || this.trap !== undefined) return undefined;
    const isStopped = trap.kind === 'unsupported' || trap.kind === 'limit';
    this.trap = isStopped ? trap : { kind: 'unsupported', text: sayProcess('process.waitsForEver') };
    return this.trap;
  }
}
