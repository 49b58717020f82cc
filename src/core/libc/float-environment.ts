/**
 * The floating-point environment of a process: exceptions raised, direction of rounding, exceptions that are signals.
 *
 * WebAssembly keeps none of it. In programs that name a function of <fenv.h> generated code calls this for every operation
 * that may raise an exception or round (codegen/float-operations.ts); libc's functions of mathematics report here, too.
 *
 * Source: C17 7.6; Intel SDM volume 1, 8.1 and 10.2.3 (control and status registers); glibc 2.36, sysdeps/x86_64/fpu and
 * sysdeps/i386/fpu (which register a function of <fenv.h> reads or writes).
 * Simplified: the registers of x87 and SSE are one here, as <fenv.h> shows them; one environment for all threads, which is why
 * <fenv.h> is refused while there are several.
 */
import {
  FE_ALL_EXCEPT,
  FE_DIVBYZERO,
  FE_INEXACT,
  FE_INVALID,
  FE_OVERFLOW,
  FE_TONEAREST,
  FE_UNDERFLOW,
} from './float-rounding.ts';
import type { RoundedNumber } from './float-rounding.ts';

/** What a program can save and set again. */
export interface FloatState {
  readonly flags: number;
  readonly direction: number;
  /** Exceptions that are signals. */
  readonly enabled: number;
}

/** What every process starts with, and every handler of a signal. */
export const defaultFloatState: FloatState = { flags: 0, direction: FE_TONEAREST, enabled: 0 };

/** si_code of SIGFPE by exception, in the order in which the kernel looks. Source: Linux, arch/x86/kernel/fpu/core.c. */
const codes: readonly (readonly [exception: number, code: number])[] = [
  [FE_INVALID, 7],
  [FE_DIVBYZERO, 3],
  [FE_OVERFLOW, 4],
  [FE_UNDERFLOW, 5],
  [FE_INEXACT, 6],
];

/** The environment of one process. */
export class FloatEnvironment {
  #state = defaultFloatState;
  #isWatched = false;
  readonly #signal: (code: number) => void;

  /** The default environment. `signal`: SIGFPE with that si_code: ends the process, or runs its handler */
  constructor(signal: (code: number) => void) {
    this.#signal = signal;
  }

  /** Whether the program can see the environment: without that nothing need be found out. */
  get isWatched(): boolean {
    return this.#isWatched;
  }

  /** The program can see it. */
  watch(): void {
    this.#isWatched = true;
  }

  get state(): FloatState {
    return this.#state;
  }

  get flags(): number {
    return this.#state.flags;
  }

  get direction(): number {
    return this.#state.direction;
  }

  get enabled(): number {
    return this.#state.enabled;
  }

  /** Sets it; exceptions that are raised in it signal nothing. */
  restore(state: FloatState): void {
    this.#state = state;
  }

  clear(exceptions: number): void {
    this.#state = { ...this.#state, flags: this.#state.flags & ~exceptions };
  }

  /** Sets flags as an operation does that meets these exceptions: enabled ones are signals. */
  raise(exceptions: number): void {
    if (exceptions === 0 || !this.#isWatched) return;
    const raised = exceptions & FE_ALL_EXCEPT;
    if ((this.#state.flags | raised) !== this.#state.flags)
      this.#state = { ...this.#state, flags: this.#state.flags | raised };
    const signalled = raised & this.#state.enabled;
    if (signalled === 0) return;
    const found = codes.find(([exception]) => (signalled & exception) !== 0);
    if (found !== undefined) this.#signal(found[1]);
  }

  /** The value of an operation, whose exceptions are raised. */
  take({ value, flags }: RoundedNumber): number {
    this.raise(flags);
    return value;
  }
}
