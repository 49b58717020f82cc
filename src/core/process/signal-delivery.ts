/**
 * Signals that reach the program: the kernel's frame on the stack, the handler, the default action.
 *
 * Source: Linux, kernel/signal.c, arch/x86/kernel/signal_64.c, include/uapi/asm/sigcontext.h (behaviour, layouts).
 * Simplified: x86-64; the frame is as large as on the reference machine (AVX-512, no AMX); in the context only stack
 * pointer, frame pointer, signal mask and the address of a fault are set.
 */
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext } from '../libc/libc-context.ts';
import { syscall } from '../libc/libc-context.ts';
import { SA_NODEFER, SA_RESETHAND, SIG_DFL, SIG_IGN, Signals, bitOf, defaultOf } from '../libc/signals.ts';
import type { SignalOrigin } from '../libc/signals.ts';
import type { MemoryFault } from '../mm/kernel.ts';

/** What delivery needs of the machine. */
export interface SignalHost {
  readonly libc: LibcContext;
  /** rsp and rbp of the program where it was interrupted. */
  registers(): { readonly sp: number; readonly fp: number };
  /** Calls a function with the stack pointer and return address that it finds. */
  callAt(target: number, args: readonly number[], sp: number, returnAddress: number): void;
  /** Ends the process by the default action. */
  end(signal: number): never;
}

/** Bytes below rsp that a function may use without moving it. */
const redZone = 128;
/** Bytes that the processor's extended state takes in the frame. Measured: the reference machine. */
const extendedStateBytes = 2832;
/** `struct rt_sigframe`: return address, ucontext, siginfo. */
const UCONTEXT_BYTES = 304;
const SIGINFO_BYTES = 128;
const frameBytes = 8 + UCONTEXT_BYTES + SIGINFO_BYTES;
/** Offsets in the ucontext: gregs begin at 40, eight bytes each; the mask follows the machine's context. */
const GREGS = 40;
const REG_RBP = 10;
const REG_RSP = 15;
const REG_CR2 = 22;
const UC_SIGMASK = 296;
/** Bytes that raise and kill themselves take of the stack at their system call. Measured: glibc 2.36. */
const senderBytes = 0x50;
/** Offset of libc's code that returns from a handler. Source: symbol table of Debian's glibc 2.36. */
const RESTORER = 0x3c050;

const SI_USER = 0;
const SI_KERNEL = 0x80;
const SEGV_MAPERR = 1;
const SEGV_ACCERR = 2;
const BUS_ADRERR = 2;
const FPE_INTDIV = 1;
const SIGFPE = 8;
const SIGILL = 4;
const SIGBUS = 7;
const SIGSEGV = 11;
const ILL_ILLOPN = 2;

const faultCodes: Readonly<Record<MemoryFault['code'], number>> = {
  SEGV_MAPERR,
  SEGV_ACCERR,
  SI_KERNEL,
  BUS_ADRERR,
};

/** Brings signals to the program. */
export class SignalDelivery {
  readonly signals = new Signals();
  readonly #host: SignalHost;

  constructor(host: SignalHost) {
    this.#host = host;
  }

  /** A signal for the process itself. Blocked ones wait. */
  send(signal: number, origin: SignalOrigin = { code: SI_USER, fault: undefined, value: 0n }): void {
    const { signals } = this;
    if (signals.isBlocked(signal)) {
      if (signals.action(signal).handler !== SIG_IGN) signals.post(signal, origin);
      return;
    }
    this.#act(signal, origin, this.#host.registers().sp - senderBytes);
  }

  /** Delivers what waits and is no longer blocked. */
  deliverPending(): void {
    this.#deliverAt(this.#host.registers().sp - senderBytes);
  }

  #deliverAt(sp: number): void {
    for (;;) {
      const next = this.signals.take(~this.signals.blocked);
      if (next === undefined) return;
      this.#act(next.signal, next.origin, sp);
    }
  }

  /**
   * A fault of the program's own access.
   *
   * @returns whether a handler ran and came back, so that the access is to be tried again; otherwise the fault ends the
   * process
   */
  fault(error: MemoryFault): boolean {
    return this.#forced(error.signal === 'SIGBUS' ? SIGBUS : SIGSEGV, faultCodes[error.code], error.addr);
  }

  /** Division by zero. @returns as {@link fault} */
  divideError(): boolean {
    return this.#forced(SIGFPE, FPE_INTDIV, 0);
  }

  /** An instruction that is none: __builtin_trap. @returns as {@link fault} */
  illegalInstruction(): boolean {
    return this.#forced(SIGILL, ILL_ILLOPN, 0);
  }

  /** Whether a fault would reach a handler. */
  get handlesFaults(): boolean {
    return [SIGSEGV, SIGBUS].some((signal) => this.signals.action(signal).handler > SIG_IGN);
  }

  #forced(signal: number, code: number, fault: number): boolean {
    const { handler } = this.signals.action(signal);
    // A blocked or ignored fault is not waited with: the process ends.
    if (handler === SIG_DFL || handler === SIG_IGN || this.signals.isBlocked(signal)) return false;
    this.#act(signal, { code, fault, value: 0n }, this.#host.registers().sp);
    return true;
  }

  /**
   * Takes a signal's action.
   *
   * @param sp - rsp where the signal arrives
   */
  #act(signal: number, origin: SignalOrigin, sp: number): void {
    const { signals } = this;
    const action = signals.action(signal);
    if (action.handler === SIG_IGN) return;
    if (action.handler === SIG_DFL) {
      if (defaultOf(signal) === 'ignore') return;
      this.#host.end(signal);
    }
    if (this.#host.libc.model.wordBytes !== 8) throw new NotModelled('signal handlers of 32-bit programs');
    if ((action.flags & SA_RESETHAND) !== 0)
      signals.setAction(signal, { handler: SIG_DFL, flags: 0, mask: 0n });
    const before = signals.blocked;
    const own = (action.flags & SA_NODEFER) === 0 ? bitOf(signal) : 0n;
    signals.setBlocked(before | action.mask | own);
    const frame = this.#pushFrame(signal, origin, sp, before);
    // Before the process runs again the kernel looks for more: the last frame it makes is the first to run.
    this.#deliverAt(frame + 8);
    const { libc } = this.#host;
    const context = frame + 8;
    const handlerArguments = [signal, context + UCONTEXT_BYTES, context];
    this.#host.callAt(action.handler, handlerArguments, frame + 8, libc.objects.base + RESTORER);
    signals.setBlocked(before);
    syscall(libc, 'rt_sigreturn', [], 0);
    this.#deliverAt(sp);
  }

  /** Puts the frame of a handler on the stack. @returns its address, where the handler's return address is */
  #pushFrame(signal: number, origin: SignalOrigin, atSignal: number, mask: bigint): number {
    const { libc } = this.#host;
    const { fp } = this.#host.registers();
    const state = roundTo(atSignal - redZone - extendedStateBytes, 64);
    const frame = roundTo(state - frameBytes, 16) - 8;
    const { memory } = libc;
    const context = frame + 8;
    const info = context + UCONTEXT_BYTES;
    memory.fill(frame, 0, state - frame);
    memory.writeNumber64(frame, libc.objects.base + RESTORER);
    memory.writeNumber64(context + GREGS + REG_RBP * 8, fp);
    memory.writeNumber64(context + GREGS + REG_RSP * 8, atSignal);
    if (origin.fault !== undefined) memory.writeNumber64(context + GREGS + REG_CR2 * 8, origin.fault);
    memory.writeU64(context + UC_SIGMASK, mask);
    memory.writeU32(info, signal);
    memory.writeU32(info + 8, origin.code >>> 0);
    if (origin.fault === undefined) {
      memory.writeU32(info + 16, libc.pid);
      memory.writeU32(info + 20, libc.userId);
      memory.writeU64(info + 24, BigInt.asUintN(64, origin.value));
    } else {
      memory.writeNumber64(info + 16, origin.fault);
    }
    return frame;
  }
}

const roundTo = (value: number, unit: number): number => Math.floor(value / unit) * unit;
