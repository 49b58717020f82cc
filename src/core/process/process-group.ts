/**
 * The processes of a run and who of them runs: as on one processor without a clock interrupt.
 *
 * A process runs until it waits (for a child, for a pipe, in a sleep), asks in vain whether a child has ended, or ends; then
 * the one runs that has been ready for longest. So a parent goes on after fork until it waits, and children run in the order in
 * which they were made: the order in which real programs mostly write. Time is each process's own, moved up to that of whoever
 * ended its wait, as if each had a processor.
 *
 * While one thread of a process waits like this, its other threads do not run; where only they could end all waits, that is said.
 *
 * Nothing can put a WebAssembly stack aside. The first process keeps its stack: others run on top of the call that it waits
 * in. The stack of another process that waits is dropped; when the process goes on, a new machine runs its past again, with
 * the answers of its journal, in scratch memory (mm/scratch-memory.ts), and then takes over the memory that the process has.
 *
 * Source: Linux, kernel/fork.c, kernel/exit.c (do_wait, forget_original_parent), kernel/sched/ (behaviour of the calls).
 */
import { invariant } from '../../base/assert.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { exitMemory, resume } from '../mm/fork.ts';
import { FIRST_FRAME, READ_TLB, STEP_LOG } from '../target/tlb-layout.ts';
import { sayProcess } from '../text/process-texts.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { Tracer } from '../trace/trace-event.ts';
import type { FollowedProcess } from './followed-process.ts';
import type { JournalEntry } from './journal.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { StopRun, TrapError, signalNumbers } from './trap.ts';
import type { Trap } from './trap.ts';

const SIGCHLD = 17;

/** Processes that a run makes at most; each one that waits runs its past again. */
const mostProcesses = 1000;

/** Drops the stack of a process that waits. */
export class Suspended extends StopRun {
  override readonly name = 'StopRun';
}

/** What is known of a process of a run. */
export interface ProcessFacts {
  /** From 1, the first process, in the order in which they were made. */
  readonly number: number;
  readonly pid: number;
  /** Number of the process that made it; undefined for the first one. */
  readonly parent: number | undefined;
  /** Where its parent called fork: index into the program's positions. */
  readonly position: number;
  /** What wait gives; undefined when it has not ended, and for the first process. */
  readonly status: number | undefined;
}

/** Who makes machines for processes. */
export interface ProcessHost {
  /** Runs a process from where it is, to its end. @throws Suspended when it waits */
  run(process: SimulatedProcess): Trap;
  readonly tracer: Tracer;
  /** Which process the tracer wants to hear of. */
  readonly followed: Pick<FollowedProcess<never>, 'isFirst' | 'enter' | 'forked'>;
}

/** Of what happens in the other processes, only the output is told. */
function outputOf(tracer: Tracer): Tracer {
  return {
    get count() {
      return tracer.count;
    },
    wantsWhy: false,
    emit: (event) => {
      if (event.kind === 'output') tracer.emit(event);
    },
  };
}

/** All processes of a run. */
export class ProcessGroup {
  readonly first: SimulatedProcess;
  /** Those that have not been waited for, in the order in which they were made. */
  readonly #processes: SimulatedProcess[];
  readonly #ready: SimulatedProcess[] = [];
  readonly #host: ProcessHost;
  /** What is told of the processes after the first one. */
  readonly childTracer: Tracer;
  readonly #facts: ProcessFacts[];
  /** Whether the program has calls of fork: journals are kept then. */
  readonly mayFork: boolean;
  #lastPid: number;

  constructor(first: SimulatedProcess, host: ProcessHost, mayFork: boolean) {
    this.mayFork = mayFork;
    this.first = first;
    this.#host = host;
    this.#processes = [first];
    this.#lastPid = first.pid;
    this.#facts = [{ number: 1, pid: first.pid, parent: undefined, position: -1, status: undefined }];
    this.childTracer = host.followed.isFirst ? outputOf(host.tracer) : host.tracer;
  }

  /** All processes that were made so far, in that order. */
  get facts(): readonly ProcessFacts[] {
    return this.#facts;
  }

  /** Has the process with this memory wait. */
  blockWith(memory: ProcessMemory, isReady: () => boolean): void {
    const run = this.#processes.find((one) => one.memory === memory)?.run;
    invariant(run !== undefined, 'who waits runs on a machine');
    run.block(isReady);
  }

  /** Whether there are processes besides this one that have not ended. */
  hasOthers(process: SimulatedProcess): boolean {
    return this.#processes.some((one) => one !== process && one.status === undefined);
  }

  /** A child with all that its parent has; it is ready, and runs when its parent waits. */
  fork(
    parent: SimulatedProcess,
    journal: readonly JournalEntry[],
    elapsed: number,
    position: number,
  ): SimulatedProcess {
    if (this.#facts.length >= mostProcesses)
      throw new NotModelled(`more than ${String(mostProcesses)} processes`);
    const pid = this.#lastPid + 1;
    const memory = parent.memory.fork(this.childTracer, () => undefined);
    const files = parent.files.fork(memory, pid);
    const number = this.#facts.length + 1;
    this.#facts.push({ number, pid, parent: parent.number, position, status: undefined });
    this.#lastPid = pid;
    const { image } = parent;
    const child = new SimulatedProcess({ number, pid, parent, memory, files, journal: [...journal], image });
    resume(parent.memory.mm);
    child.elapsed = elapsed;
    child.leave();
    this.#processes.push(child);
    this.#ready.push(child);
    this.#host.followed.forked(child);
    return child;
  }

  /** Children of a process that it has not waited for; ended ones too. */
  childrenOf(parent: SimulatedProcess): readonly SimulatedProcess[] {
    return this.#processes.filter((one) => one.parent === parent);
  }

  find(pid: number): SimulatedProcess | undefined {
    return this.#processes.find((one) => one.pid === pid);
  }

  /** A child has been waited for. */
  forget(process: SimulatedProcess): void {
    this.#processes.splice(this.#processes.indexOf(process), 1);
  }

  /** Lets others run, at least until this process can go on. @throws Suspended for all processes but the first */
  wait(process: SimulatedProcess, isReady: () => boolean, elapsed: number): void {
    process.waitsFor = isReady;
    process.elapsed = elapsed;
    process.leave();
    if (process !== this.first) throw new Suspended();
    this.#wake(elapsed);
    this.#runOthers(() => {
      const next = this.#next();
      if (next === undefined) {
        throw new TrapError({ kind: 'unsupported', text: sayProcess('process.deadlock') });
      }
      return next === process ? undefined : next;
    });
  }

  /** The first process has ended: the others run to their ends, or until nothing can wake them. */
  finish(): void {
    if (!this.hasOthers(this.first)) return;
    this.end(this.first, 0);
    this.#runOthers(() => this.#next());
  }

  /**
   * Runs one after the other, over the places in the linear memory that are in use by the first process's call. Where the run is
   * stopped, these stay as they are: somebody looks at the process that ran last.
   */
  #runOthers(next: () => SimulatedProcess | undefined): void {
    const { memory } = this.first;
    const inUse = memory.u8.slice(0, READ_TLB);
    const told = memory.u8.slice(STEP_LOG, FIRST_FRAME);
    const restore = (): void => {
      memory.u8.set(inUse, 0);
      memory.u8.set(told, STEP_LOG);
      resume(memory.mm);
      this.#host.followed.enter(this.first);
    };
    try {
      for (let process = next(); process !== undefined; process = next()) this.#run(process);
    } catch (error) {
      if (!(error instanceof StopRun)) restore();
      throw error;
    }
    restore();
  }

  #next(): SimulatedProcess | undefined {
    const ready = this.#ready.shift();
    if (ready !== undefined) return ready;
    let sleeper: SimulatedProcess | undefined;
    for (const one of this.#processes) {
      if (one.status !== undefined || one.wakesAt === undefined) continue;
      if (sleeper?.wakesAt === undefined || one.wakesAt < sleeper.wakesAt) sleeper = one;
    }
    if (sleeper?.wakesAt === undefined) {
      this.#refuseHeldThreads();
      return undefined;
    }
    sleeper.elapsed = Math.max(sleeper.elapsed, sleeper.wakesAt);
    sleeper.hasSlept = true;
    sleeper.waitsFor = undefined;
    return sleeper;
  }

  /** All wait. Where threads could go on that a waiting thread of their process holds up here, nothing is known of the rest. */
  #refuseHeldThreads(): void {
    const holds = this.#processes.some(
      (one) => one.status === undefined && one.waitsFor !== undefined && one.holdsThreads,
    );
    if (holds)
      throw new TrapError({ kind: 'unsupported', text: sayProcess('process.unsupported.threadsBeside') });
  }

  #run(process: SimulatedProcess): void {
    let trap: Trap;
    process.run = undefined;
    this.#host.followed.enter(process);
    try {
      trap = this.#host.run(process);
    } catch (error) {
      if (!(error instanceof Suspended)) throw error;
      this.#wake(process.elapsed);
      return;
    }
    if (trap.kind === 'limit' || trap.kind === 'unsupported') throw new TrapError(trap);
    this.end(process, statusOf(trap));
    process.memory.mm.physical.giveStackBack();
    this.#wake(process.elapsed);
  }

  /** Who waited for what has happened now is ready. */
  #wake(elapsed: number): void {
    for (const one of this.#processes) {
      if (one.status !== undefined || one.waitsFor === undefined) continue;
      if (one.wakesAt !== undefined && one.wakesAt <= elapsed) one.hasSlept = true;
      if (one.signals.length === 0 && !one.waitsFor()) continue;
      one.waitsFor = undefined;
      one.elapsed = Math.max(one.elapsed, elapsed);
      this.#ready.push(one);
    }
  }

  /** Descriptors and memory go back, children lose their parent, the parent hears of it. */
  end(process: SimulatedProcess, status: number): void {
    process.status = status;
    const facts = this.#facts[process.number - 1];
    if (facts !== undefined && process !== this.first) this.#facts[process.number - 1] = { ...facts, status };
    process.files.closeAll();
    if (process !== this.first) exitMemory(process.memory.mm);
    for (const child of this.childrenOf(process)) {
      child.parent = undefined;
      if (child.status !== undefined) this.forget(child);
    }
    if (process.parent === undefined) this.forget(process);
    else process.parent.signals.push(SIGCHLD);
  }
}

/** The status that wait gives. Nothing dumps core: RLIMIT_CORE is 0. Source: Linux, kernel/exit.c: do_exit. */
function statusOf(trap: Exclude<Trap, { kind: 'limit' | 'unsupported' }>): number {
  switch (trap.kind) {
    case 'exit':
      return (trap.status & 255) << 8;
    case 'signal':
      return signalNumbers[trap.signal];
    case 'abort':
      return signalNumbers.SIGABRT;
  }
}
