/**
 * The threads of a process and who of them runs: as on one processor, with slices of simulated time.
 *
 * A thread runs until it waits, its slice is over, or it ends; its stack is put aside by the thread switch. Time is one for
 * all: it passes while somebody runs, and jumps to the next deadline when all wait. When all wait and nothing can wake them
 * the real process would hang: the run ends and says who waits for whom.
 *
 * Source: Linux, kernel/fork.c (clone3 with CLONE_SETTLS, CLONE_PARENT_SETTID, CLONE_CHILD_CLEARTID), kernel/exit.c
 * (mm_release).
 */
import { roundDown } from '../../../base/address.ts';
import type { Address } from '../../../base/address.ts';
import { invariant } from '../../../base/assert.ts';
import type { LibcContext } from '../../libc/libc-context.ts';
import {
  fieldAt,
  writeField,
  writeFieldByte,
  writeFieldWord,
  writeWordBits,
} from '../../libc/threads/descriptor.ts';
import { SA_RESTART, SIG_DFL, SIG_IGN, bitOf, defaultOf } from '../../libc/signals.ts';
import type { SignalOrigin } from '../../libc/signals.ts';
import { FutexQueues } from '../../libc/threads/futex.ts';
import type {
  LibcThreads,
  NewThread,
  ProgramCall,
  ThreadLocalBlock,
  ThreadWait,
  Waiting,
} from '../../libc/threads/kernel-threads.ts';
import { Nptl } from '../../libc/threads/nptl.ts';
import { releaseRobustList } from '../../libc/threads/robust-list.ts';
import { robustFutexOffset } from '../../libc/threads/stacks.ts';
import { endOfThread } from '../../libc/threads/thread-life.ts';
import { backStack, unbackStack } from '../../mm/back-stack.ts';
import type { ProcessMemory } from '../../mm/process-memory.ts';
import type { DataModel } from '../../target/data-model.ts';
import { sayThreads } from '../../text/thread-texts.ts';
import type { Text } from '../../text/text.ts';
import { NotModelled } from '../../trace/not-modelled.ts';
import type { FuelClock } from '../fuel-clock.ts';
import { SUSPENDED, SwitchableThread } from '../thread-switch.ts';
import type { ThreadScheduler, ThreadSwitch } from '../thread-switch.ts';
import { TrapError } from '../trap.ts';
import { RunQueue } from './run-queue.ts';
import { Thread } from './thread.ts';

/** Threads that a run makes at most. */
const mostThreads = 10_000;

/** What leaves the frames of a thread that ends in the middle of its functions. */
class ThreadUnwound extends Error {
  override readonly name = 'ThreadUnwound';
}

/** What it needs of its machine. */
export interface ThreadsHost {
  readonly memory: ProcessMemory;
  readonly clock: FuelClock;
  /** Undefined when the program was not compiled for it. */
  switcher(): ThreadSwitch | undefined;
  readonly pid: number;
  /** Of the main thread: fs base. */
  readonly threadPointer: Address;
  readonly blocks: readonly ThreadLocalBlock[];
  readonly libcBase: number;
  readonly seed: number;
  libc(): LibcContext;
  /** Calls a function of the program with registers as they are. */
  call(target: number, argument: bigint): unknown;
  /** Throws what longjmp throws: frame pointer, place in the code; the stack pointer is set. */
  jump(buffer: number): never;
  /** An address for people: the object that lies there, or the number. */
  nameOf(addr: number): string;
  /** Line of a position of the program. */
  placeOf(position: number): string;
}

/** What work of libc yields when its thread was suspended inside of a function of the program that it called. */
const leftInside: ThreadWait = {
  isOver: () => false,
  deadline: undefined,
  what: () => sayThreads('threads.ready'),
};

/** Bytes of libc's stack that a function of the program runs below of. */
const libcFrameBytes = 0x100;
/** What rsp is a multiple of before a call. */
const STACK_ALIGNMENT = 16;

/** All threads of a process. */
export class Threads implements LibcThreads, ThreadScheduler {
  readonly futexes = new FutexQueues();
  readonly nptl: Nptl;
  readonly blocks: readonly ThreadLocalBlock[];
  readonly #host: ThreadsHost;
  readonly #queue: RunQueue;
  readonly #main: Thread;
  /** Those that have not ended, in the order in which they were made. */
  readonly #alive: Thread[];
  #current: Thread;
  #made = 1;
  #turns = 0;

  constructor(host: ThreadsHost) {
    this.#host = host;
    this.blocks = host.blocks;
    this.nptl = new Nptl(host.memory.limits.stack);
    this.#queue = new RunQueue(host.seed);
    this.#main = new Thread({
      number: 1,
      tid: host.pid,
      descriptor: host.threadPointer,
      made: undefined,
      stackAddend: host.memory.stackAddend,
      blockedSignals: 0n,
    });
    this.#alive = [this.#main];
    this.#current = this.#main;
  }

  /** What start-up code has written to the descriptor of the main thread. @source glibc 2.36, sysdeps/nptl/dl-tls_init_tp.c */
  describeMain(): void {
    const { pid, threadPointer } = this.#host;
    const libc = this.#host.libc();
    const head = fieldAt(libc, threadPointer, 'robustHead');
    writeField(libc, threadPointer, 'tid', pid);
    writeFieldByte(libc, threadPointer, 'userStack', 1);
    writeFieldWord(libc, threadPointer, 'specific', fieldAt(libc, threadPointer, 'specificFirstBlock'));
    writeFieldWord(libc, threadPointer, 'robustPrev', head);
    writeFieldWord(libc, threadPointer, 'robustHead', head);
    writeWordBits(libc, fieldAt(libc, threadPointer, 'robustFutexOffset'), robustFutexOffset(libc));
  }

  // ---- what libc asks ----

  get self(): Address {
    return this.#current.descriptor;
  }

  get tid(): number {
    return this.#current.tid;
  }

  get count(): number {
    return this.#alive.length;
  }

  get canSwitch(): boolean {
    return this.#host.switcher() !== undefined;
  }

  get outermostBuffer(): number {
    return this.#current.made?.unwindBuffer ?? 0;
  }

  /** Sizes of the program's types. */
  get model(): DataModel {
    return this.#host.libc().model;
  }

  /** The threads that have not ended; the one that runs is {@link current}. */
  get alive(): readonly Thread[] {
    return this.#alive;
  }

  get current(): Thread {
    return this.#current;
  }

  /** Whether threads besides the one that runs could go on while that one waits for another process. */
  get othersGoOn(): boolean {
    return this.#queue.goesOn;
  }

  clone(made: NewThread): number {
    if (this.#made >= mostThreads) throw new NotModelled(`more than ${String(mostThreads)} threads`);
    this.#made += 1;
    const { memory } = this.#host;
    const tid = this.#host.libc().pid + this.#made - 1;
    memory.writeU32(made.tidAt, tid);
    const thread = new Thread({
      number: this.#made,
      tid,
      descriptor: made.descriptor,
      made,
      stackAddend: backStack(memory.mm, made.stackStart, made.stackEnd),
      blockedSignals: this.#host.libc().signals.blocked,
    });
    this.#alive.push(thread);
    this.#queue.addReady(thread);
    return tid;
  }

  loseOthers(): readonly number[] {
    const current = this.#current;
    const others = this.#alive.filter((thread) => thread !== current);
    this.#alive.splice(0, this.#alive.length, current);
    this.#queue.clear();
    current.tid = this.#host.libc().pid;
    return others.map(({ descriptor }) => descriptor);
  }

  unwind(): never {
    throw new ThreadUnwound();
  }

  jump(buffer: number): never {
    return this.#host.jump(buffer);
  }

  forgetStack(start: number): void {
    unbackStack(this.#host.memory.mm, start);
  }

  execute(offset: number): void {
    this.#host.memory.translateExecute(this.#host.libcBase + offset);
  }

  yield(): ThreadWait {
    const turn = this.#turns;
    return {
      isOver: () => this.#turns > turn,
      deadline: undefined,
      what: () => sayThreads('threads.ready'),
    };
  }

  /** Whether the function of libc that is called now was called before, and waited. */
  get isResuming(): boolean {
    return this.#current.pending.length > 0;
  }

  /** Goes on with what the thread waited in. */
  resume(): number | bigint {
    const pending = this.#current.pending.pop();
    invariant(pending !== undefined, 'the thread waited in a function of libc');
    if (this.#takeSignals() === 'restarts' && this.#waitsOn(pending)) return 0;
    return this.advance(pending);
  }

  /** Runs the handlers of signals that have arrived for the thread. @returns what becomes of a call that they interrupt */
  #takeSignals(): 'none' | 'restarts' | 'ends' {
    const libc = this.#host.libc();
    const { signals } = libc;
    const arrived = [...this.#current.signals.keys()].filter((signal) => !signals.isBlocked(signal));
    if (arrived.length === 0) return 'none';
    const restarts = arrived.every((signal) => (signals.action(signal).flags & SA_RESTART) !== 0);
    libc.deliverPending();
    return restarts ? 'restarts' : 'ends';
  }

  /** Goes on waiting after a signal, where the wait is not over. @returns whether it does */
  #waitsOn(work: Waiting<number | bigint>): boolean {
    const thread = this.#current;
    const { lastWait } = thread;
    if (lastWait?.restarts !== true || lastWait.isOver()) return false;
    if (lastWait.deadline !== undefined && lastWait.deadline <= this.#host.clock.elapsed) return false;
    thread.wait = lastWait;
    this.#host.switcher()?.suspend();
    thread.pending.push(work);
    this.#queue.addWaiting(thread);
    return true;
  }

  get ownSignals(): ReadonlyMap<number, SignalOrigin> {
    return this.#current.signals;
  }

  signal(descriptor: number, signal: number, origin: SignalOrigin): void {
    const thread = this.#alive.find((one) => one.descriptor === descriptor);
    const libc = this.#host.libc();
    if (thread === undefined) return;
    if (thread === this.#current) {
      libc.sendSignal(signal, origin);
      return;
    }
    const { handler } = libc.signals.action(signal);
    if (handler === SIG_IGN || (handler === SIG_DFL && defaultOf(signal) === 'ignore')) return;
    if (!thread.signals.has(signal)) thread.signals.set(signal, origin);
  }

  /** Gives a signal for the process to the first thread that does not block it. @source kernel/signal.c: complete_signal */
  passOn(signal: number, origin: SignalOrigin): boolean {
    const bit = bitOf(signal);
    const thread = this.#alive.find((one) => one !== this.#current && (one.blockedSignals & bit) === 0n);
    if (thread === undefined) return false;
    this.signal(thread.descriptor, signal, origin);
    return true;
  }

  /** Does work of libc until it is done or has to wait; then any value is returned, and the call is made again later. */
  advance(work: Waiting<number | bigint>): number | bigint {
    const thread = this.#current;
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      const wait = step.value;
      if (wait === leftInside) {
        thread.pending.push(work);
        return 0;
      }
      if (wait.isOver()) continue;
      thread.wait = wait;
      const switcher = this.#host.switcher();
      if (switcher === undefined || this.count === 1) {
        this.#passTime([thread]);
        thread.wait = undefined;
        continue;
      }
      if (switcher.current === undefined) throw new NotModelled('waiting for threads while the process ends');
      switcher.suspend();
      thread.pending.push(work);
      this.#queue.addWaiting(thread);
      return 0;
    }
  }

  *callProgram(target: number): Waiting<void> {
    const switcher = this.#host.switcher();
    if (switcher?.current === undefined) {
      this.#host.libc().callProgram(target, []);
      return;
    }
    const before = switcher.readRegisters();
    const sp = roundDown(Number(before.sp) - libcFrameBytes, STACK_ALIGNMENT);
    switcher.writeRegisters({ ...before, sp: BigInt(sp) });
    const call = (): unknown => this.#host.call(target, 0n);
    while (switcher.callResumably(call) === SUSPENDED) yield leftInside;
    switcher.writeRegisters(before);
  }

  // ---- scheduling ----

  runMain(main: SwitchableThread): unknown {
    if (this.#main.life !== undefined) return this.#runAtExit(main);
    this.#main.stack = main;
    let thread = this.#main;
    for (;;) {
      const result = this.#run(thread);
      if (result === SUSPENDED) thread = this.#next();
      else if (thread === this.#main && thread.life === undefined && result !== undefined)
        return result.value;
      else if (!this.#goOn(thread, result)) thread = this.#next();
    }
  }

  /** The last thread has ended, the main one before it: exit handlers run to their ends. */
  #runAtExit(handler: SwitchableThread): unknown {
    const value = this.#host.switcher()?.run(handler);
    if (value === SUSPENDED) throw new NotModelled('waiting for threads while the process ends');
    return value;
  }

  sliceOver(): void {
    const { clock } = this.#host;
    const switcher = this.#host.switcher();
    this.#takeSignals();
    this.#queue.wake(clock.elapsed);
    if (switcher?.maySuspend === true && this.#queue.hasReady) {
      switcher.suspend();
      this.#queue.addReady(this.#current);
      return;
    }
    clock.setSlice(this.#queue.slice());
  }

  /** Runs a thread from where it is. @returns what its function returned; undefined when it was unwound */
  #run(thread: Thread): { readonly value: unknown } | typeof SUSPENDED | undefined {
    const { clock } = this.#host;
    const switcher = this.#host.switcher();
    invariant(switcher !== undefined, 'only a program that can be switched has threads');
    this.#enter(thread);
    if (thread.stack === undefined && !this.#goOn(thread, undefined)) return SUSPENDED;
    invariant(thread.stack !== undefined, 'a thread that runs has a function');
    // A thread that was interrupted anywhere takes its signals at once.
    clock.setSlice(thread.hasSignal ? 1 : this.#queue.slice());
    try {
      const value = switcher.run(thread.stack);
      return value === SUSPENDED ? SUSPENDED : { value };
    } catch (error) {
      if (error instanceof ThreadUnwound) return undefined;
      throw error;
    } finally {
      thread.blockedSignals = this.#host.libc().signals.blocked;
    }
  }

  #enter(thread: Thread): void {
    const { malloc, signals } = this.#host.libc();
    if (thread !== this.#current) this.#host.libc().tracer.switchedTo?.(thread.number);
    this.#current = thread;
    if (this.#made > 1) malloc.enterThread(thread.number - 1);
    signals.setBlocked(thread.blockedSignals);
    signals.enterThread(thread.signals);
  }

  /** The thread's next function. @returns false when there is none: it has ended */
  #goOn(thread: Thread, result: { readonly value: unknown } | undefined): boolean {
    thread.life ??= this.#lifeOf(thread);
    const value = result?.value;
    const bits =
      result === undefined ? undefined : typeof value === 'bigint' ? value : BigInt(Number(value ?? 0));
    const step = thread.life.next(bits);
    if (step.done !== true) {
      thread.stack = this.#stackFor(thread, step.value);
      return true;
    }
    this.#end(thread);
    return false;
  }

  #lifeOf(thread: Thread): NonNullable<Thread['life']> {
    // The main thread has a life of this kind only when pthread_exit has ended its functions.
    return thread.made?.life() ?? endOfThread(this.#host.libc(), thread.descriptor, 0);
  }

  #stackFor(thread: Thread, { target, argument, from }: ProgramCall): SwitchableThread {
    const { call, libcBase } = this.#host;
    const top = thread.made?.stackTop ?? this.#mainStackTop();
    const libc = this.#host.libc();
    const isWide = libc.model.wordBytes === 8;
    // On i386 the argument lies on the stack.
    if (!isWide) writeWordBits(libc, top - from.bytes, argument);
    return new SwitchableThread(
      {
        sp: BigInt(top - from.bytes),
        fp: from.framePointer === undefined ? 0n : BigInt(top - from.framePointer),
        return_address: BigInt(libcBase + from.returnTo),
        static_chain: 0n,
        position: -1,
        stack_addend: thread.stackAddend,
        thread_pointer: isWide
          ? BigInt(thread.descriptor)
          : Number(BigInt.asIntN(32, BigInt(thread.descriptor))),
      },
      () => call(target, argument),
    );
  }

  /** Destructors of the main thread run below the frame of main. */
  #mainStackTop(): number {
    return Number(this.#main.stack?.registers.sp ?? 0);
  }

  /** The kernel's part of a thread's end: its number is cleared, who joins it wakes. */
  #end(thread: Thread): void {
    this.#alive.splice(this.#alive.indexOf(thread), 1);
    releaseRobustList(this.#host.libc(), thread.descriptor, thread.tid);
    const tidAt = thread.made?.tidAt ?? fieldAt(this.#host.libc(), thread.descriptor, 'tid');
    this.#host.memory.writeU32(tidAt, 0);
    this.futexes.wake(tidAt, 1);
  }

  #next(): Thread {
    this.#turns += 1;
    this.#queue.wake(this.#host.clock.elapsed);
    for (;;) {
      const next = this.#queue.take();
      if (next !== undefined) return next;
      this.#passTime(this.#queue.waiting);
      this.#queue.wake(this.#host.clock.elapsed);
    }
  }

  /** All wait: time passes until the first wait ends by itself. */
  #passTime(waiting: readonly Thread[]): void {
    const { clock } = this.#host;
    let earliest: number | undefined;
    for (const { wait } of waiting) {
      if (wait?.deadline === undefined) continue;
      if (earliest === undefined || wait.deadline < earliest) earliest = wait.deadline;
    }
    const timer = clock.deadline;
    if (timer !== undefined && (earliest === undefined || timer <= earliest)) {
      clock.wait(timer - clock.elapsed);
      this.#host.libc().timerFired();
      return;
    }
    if (earliest === undefined) throw new TrapError({ kind: 'unsupported', text: this.#deadlock(waiting) });
    clock.wait(earliest - clock.elapsed);
  }

  /** Who waits where for what. */
  #deadlock(waiting: readonly Thread[]): Text {
    const waits = waiting.map((thread) => {
      const what = thread.wait?.what() ?? sayThreads('threads.ready');
      const addr = what.args?.addr;
      const named: Text =
        typeof addr === 'number' ? { ...what, args: { ...what.args, name: this.#host.nameOf(addr) } } : what;
      const place = this.#host.placeOf(this.positionOf(thread));
      return sayThreads('threads.waits', { thread: thread.number, place, what: named });
    });
    return sayThreads('threads.deadlock', { waits });
  }

  /** Where a thread that does not run is: index into the program's positions. */
  positionOf(thread: Thread): number {
    return Number(thread.stack?.registers.position ?? -1);
  }

  /** rsp of a thread, by its number; undefined for one that has not begun or has ended. */
  stackPointerOf(number: number): number | undefined {
    const thread = this.#alive.find((one) => one.number === number);
    const sp = thread?.stack?.registers.sp;
    return sp === undefined ? undefined : Number(sp);
  }

  /** rbp of a thread that does not run. */
  framePointerOf(thread: Thread): number {
    return Number(thread.stack?.registers.fp ?? 0);
  }
}
