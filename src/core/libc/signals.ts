/**
 * Signals of the one thread: what is to be done with each, which are blocked, which wait.
 *
 * Handlers are run where the signal arrives, on the program's stack below the frame that the kernel leaves there.
 *
 * Source: Linux, kernel/signal.c, arch/x86/kernel/signal_64.c (frame); signal(7) (default actions); glibc 2.36,
 * signal/ and sysdeps/posix/signal.c (behaviour).
 * Simplified: no alternate stack, nothing stops the process; of the registers in the context only the stack and frame
 * pointers and the address of a fault are given.
 */
import { NotModelled } from '../trace/not-modelled.ts';

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
  /** Whether sigaltstack has given one. */
  hasOwnStack = false;
  #blocked = 0n;
  readonly #pending = new Map<number, SignalOrigin>();

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
    for (const signal of this.#pending.keys()) mask |= bitOf(signal);
    return mask;
  }

  post(signal: number, origin: SignalOrigin): void {
    if (!this.#pending.has(signal)) this.#pending.set(signal, origin);
  }

  /** A child of fork has no signals that wait. */
  dropPending(): void {
    this.#pending.clear();
  }

  /** Takes the lowest signal of a mask that waits. */
  take(mask: bigint): { readonly signal: number; readonly origin: SignalOrigin } | undefined {
    const signal = [...this.#pending.keys()].sort((a, b) => a - b).find((one) => (mask & bitOf(one)) !== 0n);
    if (signal === undefined) return undefined;
    const origin = this.#pending.get(signal);
    this.#pending.delete(signal);
    return origin === undefined ? undefined : { signal, origin };
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
