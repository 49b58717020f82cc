/**
 * Signals that reach the program: the kernel's frame on the stack, the handler, the default action.
 *
 * Source: Linux, kernel/signal.c, arch/x86/kernel/signal_64.c, signal_32.c, fpu/signal.c, include/uapi/asm/sigcontext.h
 * (behaviour, layouts).
 * Simplified: the frame is as large as on the reference machine (AVX-512, no AMX); in the context only stack pointer, frame
 * pointer, segments, signal mask, the alternate stack and the address of a fault are set.
 */
import { roundDown } from '../../base/address.ts';
import type { Range } from '../../base/range.ts';
import { FloatEnvironment, defaultFloatState } from '../libc/float-environment.ts';
import type { LibcContext } from '../libc/libc-context.ts';
import { syscall, writeWord } from '../libc/libc-context.ts';
import { readStack, writeStack } from '../libc/signal-stack.ts';
import {
  SA_NODEFER,
  SA_ONSTACK,
  SA_RESETHAND,
  SA_SIGINFO,
  SIG_DFL,
  SIG_IGN,
  SI_KERNEL,
  Signals,
  bitOf,
  defaultOf,
} from '../libc/signals.ts';
import type { SignalOrigin } from '../libc/signals.ts';
import type { MemoryFault } from '../mm/kernel.ts';

/** What delivery needs of the machine. */
export interface SignalHost {
  readonly libc: LibcContext;
  /** rsp and rbp of the program where it was interrupted. */
  registers(): { readonly sp: number; readonly fp: number };
  /** Calls a function with the stack pointer and return address that it finds. */
  callAt(target: number, args: readonly number[], sp: number, returnAddress: number): void;
  /** Has the program run on another stack for the time of some work. */
  onStack(stack: Range, work: () => void): void;
  /** The kernel is about to write its frame: below the stack pointer, or on another stack. */
  pushesFrame(addr: number, bytes: number): void;
  /** Address of the kernel's shared object. */
  readonly vdso: number;
  /** Gives a signal for the process, which the running thread blocks, to a thread that does not. @returns whether there is one */
  passOn(signal: number, origin: SignalOrigin): boolean;
  /** Ends the process by the default action. */
  end(signal: number): never;
}

/** Bytes that the processor's extended state takes in the frame. Measured: the reference machine. */
const extendedStateBytes = 2832;
/** In frames of 32-bit processes the state of the x87 unit stands before it (`struct fregs_state`). */
const x87StateBytes = 112;
/** Offset of libc's code that returns from a handler. Source: symbol table of Debian's glibc 2.36. */
const RESTORER = 0x3c050;
/** Offsets of the kernel's own code for that in the 32-bit vdso. Source: its symbol table, Linux 6.18. */
const VDSO_SIGRETURN = 0x600;
const VDSO_RT_SIGRETURN = 0x610;

/** x86-64, `struct rt_sigframe`: return address, ucontext, siginfo. */
const wide = {
  redZone: 128,
  ucontextBytes: 304,
  frameBytes: 8 + 304 + 128,
  /** uc_stack. */
  stack: 16,
  /** In the ucontext: gregs begin at 40, eight bytes each; the mask follows the machine's context. */
  gregs: 40,
  rbp: 10,
  rsp: 15,
  cr2: 22,
  mask: 296,
} as const;

/** i386: words of `struct sigcontext_32`, and the two frames that hold one. */
const narrow = {
  contextWords: {
    gs: 0,
    fs: 1,
    es: 2,
    ds: 3,
    ebp: 6,
    esp: 7,
    cs: 15,
    espAtSignal: 17,
    ss: 18,
    state: 19,
    mask: 20,
    cr2: 21,
  },
  /** `struct sigframe_ia32`: return address, signal, context, 624 unused bytes, the mask's upper word, code. */
  plain: { context: 8, mask: 720, bytes: 732 },
  /** `struct rt_sigframe_ia32`: return address, signal, addresses of siginfo and ucontext, these, code. */
  withInfo: { info: 16, ucontext: 144, context: 164, mask: 252, bytes: 268 },
  /** uc_stack, in the ucontext. */
  stack: 8,
  segments: { gs: 0x63, fs: 0, es: 0x2b, ds: 0x2b, cs: 0x23, ss: 0x2b },
} as const;

/** uc_flags: there is an extended state; on x86-64 also that ss is right and is to be restored. */
const UC_FP_XSTATE = 1;
const UC_SIGCONTEXT_SS = 2;
const UC_STRICT_RESTORE_SS = 4;

/**
 * Bytes of the stack between the program's call and the system call that sends the signal, or unblocks it, by the function
 * that does it. Measured: glibc 2.36.
 */
const senderBytes = {
  8: { raise: 0x50, kill: 8, sigqueue: 192, unblock: 176 },
  4: { raise: 112, kill: 20, sigqueue: 192, unblock: 208 },
} as const;

const SI_USER = 0;
const SI_QUEUE = -1;
const SI_TKILL = -6;
const SEGV_MAPERR = 1;
const SEGV_ACCERR = 2;
const BUS_ADRERR = 2;
const FPE_INTDIV = 1;
const SIGFPE = 8;
/** Times that an operation whose exception is a signal is tried again. */
const mostRetries = 1000;
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

/** A signal where it arrives. */
interface Arrival {
  readonly signal: number;
  readonly origin: SignalOrigin;
  /** rsp of the program. */
  readonly sp: number;
  /** Below which the frame begins. */
  readonly top: number;
  /** Signals that were blocked. */
  readonly mask: bigint;
  /** SA_SIGINFO */
  readonly hasInfo: boolean;
}

/** A frame for a handler: what it is called with. */
interface HandlerFrame {
  /** Where its return address is. */
  readonly addr: number;
  /** Where its ucontext is; of a frame that has none, undefined. */
  readonly context: number | undefined;
  readonly returnAddress: number;
  readonly args: readonly number[];
  /** The system call that it returns through. */
  readonly sigreturn: string;
}

/** Where a frame lies: its return address, and the extended state above it. */
interface FramePlaces {
  readonly frame: number;
  readonly state: number;
}

/** Where the kernel puts a frame below an address. @source Linux, arch/x86/kernel/signal.c: get_sigframe */
function placeFrame(top: number): FramePlaces {
  const state = roundDown(top - extendedStateBytes, 64);
  return { state, frame: roundDown(state - wide.frameBytes, 16) - 8 };
}

function placeFrame32(top: number, hasInfo: boolean): FramePlaces {
  const { bytes } = hasInfo ? narrow.withInfo : narrow.plain;
  const state = roundDown(top - extendedStateBytes, 64) - x87StateBytes;
  return { state, frame: roundDown(state - bytes + 4, 16) - 4 };
}

/** Brings signals to the program. */
export class SignalDelivery {
  readonly signals = new Signals();
  readonly floats = new FloatEnvironment((code) => {
    this.#floatException(code);
  });
  readonly #host: SignalHost;

  constructor(host: SignalHost) {
    this.#host = host;
  }

  /** A signal for the process itself. Blocked ones wait. */
  send(signal: number, origin: SignalOrigin = { code: SI_USER, fault: undefined, value: 0n }): void {
    const { signals } = this;
    if (signals.isBlocked(signal)) {
      if (signals.action(signal).handler === SIG_IGN || this.#host.passOn(signal, origin)) return;
      signals.post(signal, origin);
      return;
    }
    this.#act(signal, origin, this.#host.registers().sp - this.#depthOf(origin.code));
  }

  /** Delivers what waits and is no longer blocked. */
  deliverPending(): void {
    this.#deliverAt(this.#host.registers().sp - senderBytes[this.#wordBytes].unblock);
  }

  get #wordBytes(): 4 | 8 {
    return this.#host.libc.model.wordBytes;
  }

  #depthOf(code: number): number {
    const { raise, kill, sigqueue } = senderBytes[this.#wordBytes];
    return code === SI_TKILL ? raise : code === SI_QUEUE ? sigqueue : kill;
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

  /** An enabled exception of a floating-point operation: a handler that comes back meets it again. */
  #floatException(code: number): void {
    for (let tries = 0; tries < mostRetries && this.#forced(SIGFPE, code, 0); tries++);
    this.#host.end(SIGFPE);
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
    if ((action.flags & SA_RESETHAND) !== 0)
      signals.setAction(signal, { handler: SIG_DFL, flags: 0, mask: 0n });
    const before = signals.blocked;
    const own = (action.flags & SA_NODEFER) === 0 ? bitOf(signal) : 0n;
    signals.setBlocked(before | action.mask | own);
    const entered = (action.flags & SA_ONSTACK) === 0 ? undefined : this.#alternateStack(sp);
    const top = entered?.end ?? sp - (this.#wordBytes === 8 ? wide.redZone : 0);
    const hasInfo = (action.flags & SA_SIGINFO) !== 0;
    const arrival = { signal, origin, sp, top, mask: before, hasInfo };
    const layout = this.#wordBytes === 8 ? placeFrame(top) : placeFrame32(top, hasInfo);
    const stack = signals.alternateStack;
    if ((entered !== undefined || this.#isOnAlternate(sp)) && !stack.contains(layout.frame)) {
      signals.setBlocked(before);
      this.#refused(signal, sp);
      return;
    }
    const frame =
      this.#wordBytes === 8 ? this.#pushFrame(arrival, layout) : this.#pushFrame32(arrival, layout);
    stack.enter();
    const entry = frame.addr + this.#wordBytes;
    const isRefusedAccess =
      origin.code > 0 && origin.code !== SI_KERNEL && (signal === SIGSEGV || signal === SIGBUS);
    this.#host.libc.tracer.emit({
      kind: 'signal',
      signal,
      code: origin.code,
      handler: action.handler,
      sp: entry,
      isOnAlternateStack: entered !== undefined,
      addr: isRefusedAccess ? origin.fault : undefined,
    });
    const floats = this.floats.state;
    const run = (): void => {
      // The frame keeps the floating-point environment; a handler begins with the default one.
      this.floats.restore(defaultFloatState);
      // Before the process runs again the kernel looks for more: the last frame it makes is the first to run.
      this.#deliverAt(entry);
      this.#host.callAt(action.handler, frame.args, entry, frame.returnAddress);
      this.floats.restore(floats);
    };
    if (entered === undefined) run();
    else this.#host.onStack(entered, run);
    signals.setBlocked(before);
    // On x86-64 the kernel asks where the handler's stack is, on i386 where the program's is: it has gone back to that before.
    if (frame.context !== undefined) this.#restoreStack(frame.context, this.#wordBytes === 8 ? entry : sp);
    syscall(this.#host.libc, frame.sigreturn, [], 0);
    this.#deliverAt(sp);
  }

  /** The stack that a handler with SA_ONSTACK goes over to; undefined for one that stays where the program is. */
  #alternateStack(sp: number): Range | undefined {
    const { threads, pid } = this.#host.libc;
    if (threads.tid !== pid) return undefined;
    const { start, bytes } = this.signals.alternateStack.given;
    return bytes === 0 || this.#isOnAlternate(sp) ? undefined : { start, end: start + bytes };
  }

  #isOnAlternate(sp: number): boolean {
    return this.signals.alternateStack.holds(sp);
  }

  /**
   * The frame of a handler does not fit on the alternate stack: SIGSEGV instead.
   *
   * @source Linux, arch/x86/kernel/signal.c: get_sigframe; kernel/signal.c: force_sigsegv
   */
  #refused(signal: number, sp: number): void {
    const { handler } = this.signals.action(SIGSEGV);
    const isFatal = signal === SIGSEGV || handler === SIG_DFL || handler === SIG_IGN;
    if (isFatal || this.signals.isBlocked(SIGSEGV)) this.#host.end(SIGSEGV);
    this.#act(SIGSEGV, { code: SI_KERNEL, fault: 0, value: 0n }, sp);
  }

  /** sigreturn gives back the alternate stack that the frame names; where that cannot be, it stays. */
  #restoreStack(context: number, sp: number): void {
    const at = context + (this.#wordBytes === 8 ? wide.stack : narrow.stack);
    this.signals.alternateStack.set(readStack(this.#host.libc, at), sp);
  }

  /** Puts the frame of a handler on the stack. */
  #pushFrame({ signal, origin, sp, mask }: Arrival, { state, frame }: FramePlaces): HandlerFrame {
    const { libc } = this.#host;
    const { fp } = this.#host.registers();
    const { memory } = libc;
    const context = frame + 8;
    const info = context + wide.ucontextBytes;
    const register = (index: number, value: number): void => {
      memory.writeNumber64(context + wide.gregs + index * 8, value);
    };
    this.#host.pushesFrame(frame, state - frame);
    memory.fill(frame, 0, state - frame);
    const returnAddress = libc.objects.base + RESTORER;
    memory.writeNumber64(frame, returnAddress);
    memory.writeNumber64(context, UC_FP_XSTATE | UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS);
    writeStack(libc, context + wide.stack, this.signals.alternateStack.given);
    register(wide.rbp, fp);
    register(wide.rsp, sp);
    if (origin.fault !== undefined) register(wide.cr2, origin.fault);
    memory.writeU64(context + wide.mask, mask);
    this.#writeInfo(info, signal, origin);
    return { addr: frame, context, returnAddress, args: [signal, info, context], sigreturn: 'rt_sigreturn' };
  }

  /** The same in a 32-bit process: a handler without SA_SIGINFO gets the older frame, its arguments lie in either. */
  #pushFrame32({ signal, origin, sp, mask, hasInfo }: Arrival, { state, frame }: FramePlaces): HandlerFrame {
    const { libc, vdso } = this.#host;
    const { memory } = libc;
    const layout = hasInfo ? narrow.withInfo : narrow.plain;
    this.#host.pushesFrame(frame, state - frame);
    memory.fill(frame, 0, state - frame);
    const returnAddress = vdso + (hasInfo ? VDSO_RT_SIGRETURN : VDSO_SIGRETURN);
    memory.writeU32(frame, returnAddress);
    const word = (name: keyof typeof narrow.contextWords, value: number): void => {
      memory.writeU32(frame + layout.context + narrow.contextWords[name] * 4, value >>> 0);
    };
    for (const name of ['gs', 'fs', 'es', 'ds', 'cs', 'ss'] as const) word(name, narrow.segments[name]);
    word('ebp', this.#host.registers().fp);
    word('esp', sp);
    word('espAtSignal', sp);
    word('state', state);
    if (origin.fault !== undefined) word('cr2', origin.fault);
    if (!hasInfo) {
      word('mask', Number(mask & 0xffff_ffffn));
      memory.writeU32(frame + narrow.plain.mask, Number(mask >> 32n));
      memory.writeU32(frame + 4, signal);
      return { addr: frame, context: undefined, returnAddress, args: [signal], sigreturn: 'sigreturn' };
    }
    const info = frame + narrow.withInfo.info;
    const ucontext = frame + narrow.withInfo.ucontext;
    memory.writeU32(ucontext, UC_FP_XSTATE);
    writeStack(libc, ucontext + narrow.stack, this.signals.alternateStack.given);
    memory.writeU64(frame + narrow.withInfo.mask, mask);
    this.#writeInfo(info, signal, origin);
    const args = [signal, info, ucontext];
    return { addr: frame, context: ucontext, returnAddress, args, sigreturn: 'rt_sigreturn' };
  }

  /** `siginfo_t`: the union begins behind three ints, at a multiple of a word. */
  #writeInfo(info: number, signal: number, { code, fault, value }: SignalOrigin): void {
    const { libc } = this.#host;
    const { memory } = libc;
    const union = info + (this.#wordBytes === 8 ? 16 : 12);
    memory.writeU32(info, signal);
    memory.writeU32(info + 8, code >>> 0);
    if (fault !== undefined) {
      writeWord(libc, union, fault);
      return;
    }
    // The kernel itself has neither.
    memory.writeU32(union, code === SI_KERNEL ? 0 : libc.pid);
    memory.writeU32(union + 4, code === SI_KERNEL ? 0 : libc.userId);
    if (this.#wordBytes === 8) memory.writeU64(union + 8, BigInt.asUintN(64, value));
    else memory.writeU32(union + 8, Number(BigInt.asUintN(32, value)));
  }
}
