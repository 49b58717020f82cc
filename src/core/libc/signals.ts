/**
 * Signals: what is to be done with each, which are blocked, which wait.
 *
 * Handlers are run where the signal arrives, below the frame that the kernel leaves there: on the program's stack, or on
 * the one that sigaltstack has given.
 *
 * Source: Linux, kernel/signal.c, arch/x86/kernel/signal_64.c (frame); signal(7) (default actions); glibc 2.36,
 * signal/ and sysdeps/posix/signal.c (behaviour).
 * Simplified: nothing stops the process; of the registers in the context only the stack and frame
 * pointers and the address of a fault are given.
 */
import { EINVAL, ENOMEM, EPERM } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';

/** Modes and flags of `stack_t`. Source: Linux, include/uapi/linux/signal.h. */
export const SS_ONSTACK = 1;
export const SS_DISABLE = 2;
const SS_AUTODISARM = 0x8000_0000;

/** The least size of an alternate stack. Source: Linux, arch/x86/include/uapi/asm/signal.h. */
const MINSIGSTKSZ = 2048;

/** `stack_t`: start, size in bytes, flags (an unsigned number). */
export interface SignalStack {
  readonly start: number;
  readonly bytes: number;
  readonly flags: number;
}

const noStack: SignalStack = { start: 0, bytes: 0, flags: 0 };

/**
 * The kernel's record of the alternate signal stack.
 *
 * @source Linux, kernel/signal.c: do_sigaltstack; include/linux/sched/signal.h: on_sig_stack, sas_ss_flags
 */
export class AlternateStack {
  #given = noStack;

  /** As it was given last: what the kernel leaves in a handler's frame. */
  get given(): SignalStack {
    return this.#given;
  }

  /** As sigaltstack tells it to code that runs with a stack pointer. */
  told(sp: number): SignalStack {
    const { start, bytes, flags } = this.#given;
    const mode = bytes === 0 ? SS_DISABLE : this.holds(sp) ? SS_ONSTACK : 0;
    return { start, bytes, flags: (mode | (flags & SS_AUTODISARM)) >>> 0 };
  }

  /** Whether code with this stack pointer runs on it. One that disarms itself is never run on, for the kernel. */
  holds(sp: number): boolean {
    return (this.#given.flags & SS_AUTODISARM) === 0 && this.contains(sp);
  }

  /** Whether a stack pointer is in it. */
  contains(sp: number): boolean {
    const { start, bytes } = this.#given;
    return sp > start && sp - start <= bytes;
  }

  /** Gives another one. @returns 0, or minus errno */
  set(stack: SignalStack, sp: number): number {
    if (this.holds(sp)) return -EPERM;
    const { start, bytes, flags } = stack;
    const mode = (flags & ~SS_AUTODISARM) >>> 0;
    if (mode === SS_DISABLE) {
      this.#given = { start: 0, bytes: 0, flags };
      return 0;
    }
    if (mode !== 0 && mode !== SS_ONSTACK) return -EINVAL;
    if (bytes < MINSIGSTKSZ) return -ENOMEM;
    this.#given = { start, bytes, flags };
    return 0;
  }

  /** A handler begins on it: one that disarms itself is gone until the handler returns. */
  enter(): void {
    if ((this.#given.flags & SS_AUTODISARM) !== 0) this.#given = { start: 0, bytes: 0, flags: SS_DISABLE };
  }
}

/** Number of signals; they count from 1. */
export const NSIG = 64;

export const SIG_DFL = 0;
export const SIG_IGN = 1;

/** Flags of sigaction. Source: Linux, include/uapi/asm-generic/signal-defs.h. */
export const SA_SIGINFO = 0x4;
export const SA_ONSTACK = 0x0800_0000;
export const SA_RESTART = 0x1000_0000;
export const SA_NODEFER = 0x4000_0000;
export const SA_RESETHAND = 0x8000_0000;

/** si_code of what the kernel sends by itself. Source: Linux, include/uapi/asm-generic/siginfo.h. */
export const SI_KERNEL = 0x80;

const SIGKILL = 9;
const SIGSTOP = 19;

/** What is to be done with a signal. */
export interface SignalAction {
  /** SIG_DFL, SIG_IGN or the handler's address. */
  readonly handler: number;
  readonly flags: number;
  /** Signals that are blocked while the handler runs; bit n-1 for signal n. */
  readonly mask: bigint;
}

/** Where a signal comes from: what siginfo tells. */
export interface SignalOrigin {
  /** si_code. */
  readonly code: number;
  /** Address of a fault; undefined for a signal that was sent. */
  readonly fault: number | undefined;
  /** Value that sigqueue sent along. */
  readonly value: bigint;
}

/** The bit of a signal in a mask. */
export const bitOf = (signal: number): bigint => 1n << BigInt(signal - 1);

const neverBlocked = bitOf(SIGKILL) | bitOf(SIGSTOP);

const defaultAction: SignalAction = { handler: SIG_DFL, flags: 0, mask: 0n };

/** The kernel's record of the process's signals. */
export class Signals {
  readonly #actions = new Map<number, SignalAction>();
  /** Where handlers with SA_ONSTACK run; of the main thread. */
  readonly alternateStack = new AlternateStack();
  #blocked = 0n;
  readonly #pending = new Map<number, SignalOrigin>();
  /** Signals for the thread that runs, which wait. */
  #ofThread = new Map<number, SignalOrigin>();

  action(signal: number): SignalAction {
    return this.#actions.get(signal) ?? defaultAction;
  }

  setAction(signal: number, action: SignalAction): void {
    this.#actions.set(signal, { ...action, mask: action.mask & ~neverBlocked });
    if (action.handler === SIG_IGN) this.#pending.delete(signal);
  }

  /** Signals that the process ignores. */
  get ignored(): readonly number[] {
    return [...this.#actions].filter(([, { handler }]) => handler === SIG_IGN).map(([signal]) => signal);
  }

  get blocked(): bigint {
    return this.#blocked;
  }

  setBlocked(mask: bigint): void {
    this.#blocked = mask & ~neverBlocked;
  }

  isBlocked(signal: number): boolean {
    return (this.#blocked & bitOf(signal)) !== 0n;
  }

  /** Signals that wait, as a mask. */
  get pending(): bigint {
    let mask = 0n;
    for (const signal of [...this.#ofThread.keys(), ...this.#pending.keys()]) mask |= bitOf(signal);
    return mask;
  }

  post(signal: number, origin: SignalOrigin): void {
    if (!this.#pending.has(signal)) this.#pending.set(signal, origin);
  }

  /** Another thread runs, with signals of its own that wait. */
  enterThread(pending: Map<number, SignalOrigin>): void {
    this.#ofThread = pending;
  }

  /** A child of fork has no signals that wait. */
  dropPending(): void {
    this.#pending.clear();
    this.#ofThread.clear();
  }

  /** Takes the lowest signal of a mask that waits: one for the thread before those for the process. */
  take(mask: bigint): { readonly signal: number; readonly origin: SignalOrigin } | undefined {
    for (const pending of [this.#ofThread, this.#pending]) {
      const signal = [...pending.keys()].sort((a, b) => a - b).find((one) => (mask & bitOf(one)) !== 0n);
      const origin = signal === undefined ? undefined : pending.get(signal);
      if (signal === undefined || origin === undefined) continue;
      pending.delete(signal);
      return { signal, origin };
    }
    return undefined;
  }
}

/** Signals that are ignored by default: SIGCHLD, SIGCONT, SIGURG, SIGWINCH. */
const ignoredByDefault: ReadonlySet<number> = new Set([17, 18, 23, 28]);

/** Signals that stop the process by default: SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU. */
const stoppedByDefault: ReadonlySet<number> = new Set([19, 20, 21, 22]);

/** What the default action of a signal is. @throws NotModelled for one that stops the process */
export function defaultOf(signal: number): 'ignore' | 'end' {
  if (ignoredByDefault.has(signal)) return 'ignore';
  if (stoppedByDefault.has(signal)) throw new NotModelled(`stopping the process (signal ${String(signal)})`);
  return 'end';
}
