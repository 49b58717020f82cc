/**
 * The part of a machine that knows that its process is one of several: answers from the journal while the past runs again,
 * then calls of its own.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import type { ExecCall, LibcProcesses } from '../libc/libc-context.ts';
import { SA_RESTART, SA_SIGINFO, SIG_DFL, SIG_IGN } from '../libc/signals.ts';
import type { Signals } from '../libc/signals.ts';
import { discardScratch } from '../mm/scratch-memory.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { ECHILD, ESRCH } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { ExecRequest } from './exec.ts';
import type { FuelClock } from './fuel-clock.ts';
import type { Woken } from './journal.ts';
import type { ProcessGroup } from './process-group.ts';
import type { SimulatedProcess } from './simulated-process.ts';

const WNOHANG = 1;
/** pid of the process that takes in children without parents. */
const INIT = 1;

/** What it needs of its machine. */
export interface RunningMachine {
  /** Of the machine; scratch while the past runs again. */
  readonly memory: ProcessMemory;
  readonly clock: FuelClock;
  readonly mayHaveThreads: boolean;
  /** Whether threads besides the one that runs could go on while that one waits. */
  threadsGoOn(): boolean;
  signals(): Signals;
  /** Index into the program's positions. */
  position(): number;
  /** The past is over: what happens from now on happens for the first time. */
  wentLive(): void;
  changedLimits(): ReadonlyMap<number, readonly [number, number]>;
  deliver(signal: number): void;
}

/** A process on a machine. */
export class ProcessRun implements LibcProcesses {
  readonly #group: ProcessGroup;
  readonly #process: SimulatedProcess;
  readonly #machine: RunningMachine;
  /** Entries of the journal that have happened. */
  #at = 0;
  /** How many entries there are of the past. */
  readonly #past: number;
  #isLive: boolean;
  /** Who the process is now: while the past runs again, an ancestor. */
  #pid: number;
  #parent: number;
  /** Processor time of its ancestors. */
  #inherited = 0;
  /** It comes out of fork now: what arrives interrupts nothing. */
  #isBorn = false;

  constructor(group: ProcessGroup, process: SimulatedProcess, machine: RunningMachine) {
    this.#group = group;
    this.#process = process;
    this.#machine = machine;
    this.#past = process.journal.length;
    process.run = this;
    this.#isLive = process === group.first || process.isFresh;
    this.#pid = process.image?.pid ?? group.first.pid;
    this.#inherited = -(process.image?.used ?? 0);
    this.#parent = group.first.pid - 1;
  }

  /** What the kernel does when the process comes to the processor again. */
  #resumed = (): void => undefined;

  get pid(): number {
    return this.#pid;
  }

  /** Whether what happens has not happened before. */
  get isLive(): boolean {
    return this.#isLive;
  }

  get hasOthers(): boolean {
    return this.call('others', () => this.#group.hasOthers(this.#process));
  }

  get leader(): number {
    return this.#group.first.pid;
  }

  /** Processor time, in nanoseconds. */
  get used(): number {
    return this.#machine.clock.used - this.#inherited;
  }

  get parent(): number {
    return this.call('getppid', () => {
      if (this.#process === this.#group.first) return this.#parent;
      return this.#process.parent?.pid ?? INIT;
    });
  }

  /** Asks what others have a part in; while the past runs again the answer is what it was. */
  call<Result>(name: string, ask: () => Result): Result {
    this.#replayWakes();
    if (this.#isLive) return this.#ask(name, ask);
    const entry = this.#process.journal[this.#at];
    if (this.#at < this.#past && entry?.kind === 'answer') {
      invariant(entry.call === name, `the past of a process runs again as it was: ${entry.call}, ${name}`);
      this.#at += 1;
      return entry.value as Result;
    }
    this.#goLive();
    return this.#ask(name, ask);
  }

  #ask<Result>(name: string, ask: () => Result): Result {
    const value = ask();
    if (this.#group.mayFork) this.#process.journal.push({ kind: 'answer', call: name, value });
    return value;
  }

  #replayWakes(): void {
    while (!this.#isLive && this.#at < this.#past) {
      const entry = this.#process.journal[this.#at];
      if (entry?.kind !== 'woken') return;
      this.#at += 1;
      this.#applyWake(entry);
    }
  }

  /** The past is over: the machine takes the process's own memory over. */
  #goLive(): void {
    const scratch = this.#machine.memory.mm;
    this.#machine.memory.switchTo(this.#process.memory.mm);
    discardScratch(scratch);
    this.#isLive = true;
    this.#machine.wentLive();
    if (!this.#process.isNewborn) this.#wake();
  }

  /** Waits until something is so, while others run. */
  block(isReady: () => boolean): void {
    while (!isReady()) {
      const { clock } = this.#machine;
      if (clock.deadline !== undefined)
        throw new NotModelled('a timer while a process waits for another one');
      if (this.#process.files.hasMappings && this.#process !== this.#group.first)
        throw new NotModelled('a process made by fork that maps a file and waits');
      this.#process.holdsThreads = this.#machine.threadsGoOn();
      this.#group.wait(this.#process, isReady, clock.elapsed);
      this.#wake();
    }
  }

  /** Lets those run that are ready. */
  #yield(): void {
    const process = this.#process;
    if (!process.hasYielded && this.#group.hasOthers(process)) {
      process.hasYielded = true;
      this.#group.wait(process, () => true, this.#machine.clock.elapsed);
      this.#wake();
    }
    process.hasYielded = false;
  }

  #wake(): void {
    const { clock } = this.#machine;
    const process = this.#process;
    const wake: Woken = {
      kind: 'woken',
      elapsed: Math.max(clock.elapsed, process.elapsed),
      changed: process.changedMeanwhile(),
      signals: process.signals.splice(0),
    };
    process.journal.push(wake);
    this.#applyWake(wake);
  }

  #applyWake({ elapsed, changed, signals }: Woken): void {
    const { clock } = this.#machine;
    clock.wait(Math.max(0, elapsed - clock.elapsed));
    if (!this.#isLive) for (const { addr, bytes } of changed) this.#putShared(addr, bytes);
    this.#resumed();
    for (const signal of signals) this.#arrive(signal);
  }

  /** A page of shared memory as others have left it. */
  #putShared(addr: number, bytes: Uint8Array): void {
    const { memory } = this.#machine;
    const { mm } = memory;
    const vma = mm.space.vmaLookup(addr);
    invariant(vma?.file !== undefined, 'the same past has the same mappings');
    const frame = mm.pageCacheFrame(vma.file, vma.pgoff + (addr - vma.start) / PAGE_SIZE);
    memory.u8.set(bytes, frame);
  }

  #arrive(signal: number): void {
    const signals = this.#machine.signals();
    const { handler, flags } = signals.action(signal);
    if (handler !== SIG_DFL && handler !== SIG_IGN && !signals.isBlocked(signal)) {
      if ((flags & SA_SIGINFO) !== 0) throw new NotModelled('who sent a signal from another process');
      if (
        this.#isLive &&
        !this.#isBorn &&
        ((flags & SA_RESTART) === 0 || this.#process.wakesAt !== undefined)
      )
        throw new NotModelled('a signal of another process that ends a wait');
    }
    this.#machine.deliver(signal);
  }

  fork(resumed: () => void): number {
    this.#resumed = resumed;
    const process = this.#process;
    const forked = this.call('fork', () => {
      if (process.isNewborn) {
        process.isNewborn = false;
        return { pid: process.pid, parent: process.parent?.pid ?? INIT, isChild: true };
      }
      const { clock } = this.#machine;
      const child = this.#group.fork(process, process.journal, clock.elapsed, this.#machine.position());
      return { pid: child.pid, parent: process.pid, isChild: false };
    });
    if (!forked.isChild) return forked.pid;
    this.#pid = forked.pid;
    const { clock } = this.#machine;
    clock.setDeadline(undefined);
    this.#machine.signals().dropPending();
    this.#inherited = clock.used;
    this.#isBorn = true;
    if (this.#isLive) this.#wake();
    else this.#replayWakes();
    this.#isBorn = false;
    return 0;
  }

  exec({ path, args, argv, envp }: ExecCall): never {
    const process = this.#process;
    return this.call('execve', () => {
      const { clock } = this.#machine;
      const signals = this.#machine.signals();
      if (this.#machine.mayHaveThreads) throw new NotModelled('execve in a program with threads');
      if (signals.pending !== 0n) throw new NotModelled('execve while blocked signals wait');
      process.image = {
        pid: process.pid,
        path,
        args,
        argv,
        envp,
        elapsed: clock.elapsed,
        used: this.used,
        fuel: clock.left,
        deadline: clock.deadline,
        ignored: signals.ignored,
        blocked: signals.blocked,
        changedLimits: this.#machine.changedLimits(),
      };
      process.journal.length = 0;
      process.isFresh = true;
      throw new ExecRequest();
    });
  }

  wait(which: number, options: number): { readonly pid: number; readonly status: number } | number {
    if ((options & ~WNOHANG) !== 0) throw new NotModelled('waiting for processes that are stopped');
    if (which < -1) {
      if (-which !== this.leader) return this.call('wait', () => -ECHILD);
    }
    return this.call('wait', () => {
      const process = this.#process;
      const wanted = this.#group.childrenOf(process).filter((one) => which <= 0 || one.pid === which);
      if (wanted.length === 0) return -ECHILD;
      const ended = (): SimulatedProcess | undefined => wanted.find((one) => one.status !== undefined);
      if ((options & WNOHANG) === 0) this.block(() => ended() !== undefined);
      const found = process.hasYielded ? undefined : ended();
      if (found?.status === undefined) {
        this.#yield();
        return { pid: 0, status: 0 };
      }
      this.#group.forget(found);
      return { pid: found.pid, status: found.status };
    });
  }

  kill(pid: number, signal: number): number {
    return this.call('kill', () => {
      const target = this.#group.find(pid);
      if (target === undefined) return -ESRCH;
      if (signal !== 0 && target.status === undefined) target.signals.push(signal);
      return 0;
    });
  }

  /** Sleeps, while others run. */
  sleep(nanoseconds: number): void {
    const process = this.#process;
    const { clock } = this.#machine;
    const isAlone = this.call('sleep', () => {
      if (process.wakesAt === undefined && !this.#group.hasOthers(process)) return true;
      process.wakesAt ??= clock.elapsed + nanoseconds;
      this.block(() => process.hasSlept);
      process.wakesAt = undefined;
      process.hasSlept = false;
      return false;
    });
    if (isAlone) clock.wait(nanoseconds);
  }
}
