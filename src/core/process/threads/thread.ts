/**
 * A thread of the simulated process: who it is, what it does, why it does not run.
 */
import type { Address } from '../../../base/address.ts';
import type { NewThread, ThreadLife, ThreadWait, Waiting } from '../../libc/threads/kernel-threads.ts';
import { bitOf } from '../../libc/signals.ts';
import type { SignalOrigin } from '../../libc/signals.ts';
import type { SwitchableThread } from '../thread-switch.ts';

/** One thread. */
export class Thread {
  /** Counts threads from 1, the main one. */
  readonly number: number;
  /** gettid; another one in the child of fork. */
  tid: number;
  /** struct pthread. */
  readonly descriptor: Address;
  /** What made it; undefined for the main thread. */
  readonly made: NewThread | undefined;
  /** Host address of a byte of its stack = low half of its address + stackAddend. */
  readonly stackAddend: number;
  /** What it does after the function that runs now; undefined before it first runs. */
  life: ThreadLife | undefined;
  /** The function of the program that runs, outermost. */
  stack: SwitchableThread | undefined;
  /** The work of libc that it waits in, outermost last: the program is called by work, and calls libc again. */
  readonly pending: Waiting<number | bigint>[] = [];
  /** Why it does not run; undefined when it could. */
  wait: ThreadWait | undefined;
  /** What it waited for last: it may go on waiting after a signal. */
  lastWait: ThreadWait | undefined;
  /** Signals that were sent to it and wait. */
  readonly signals = new Map<number, SignalOrigin>();
  /** Signals that it blocks. */
  blockedSignals: bigint;

  constructor(facts: {
    readonly number: number;
    readonly tid: number;
    readonly descriptor: Address;
    readonly made: NewThread | undefined;
    readonly stackAddend: number;
    readonly blockedSignals: bigint;
  }) {
    this.number = facts.number;
    this.tid = facts.tid;
    this.descriptor = facts.descriptor;
    this.made = facts.made;
    this.stackAddend = facts.stackAddend;
    this.blockedSignals = facts.blockedSignals;
  }

  /** Whether a signal has arrived that it does not block; for threads that do not run. */
  get hasSignal(): boolean {
    return [...this.signals.keys()].some((signal) => (this.blockedSignals & bitOf(signal)) === 0n);
  }
}
