/**
 * <signal.h>, and the calls that wait for signals.
 *
 * Source: C17 7.14; POSIX; glibc 2.36, signal/, sysdeps/posix/signal.c, sysdeps/unix/sysv/linux/ (behaviour); Linux,
 * kernel/signal.c.
 */
import { EINTR, EINVAL, ESRCH } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { sendToSelf } from './abort.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { checked, f, readWord, setErrno, syscall, writeWord } from './libc-context.ts';
import { readStack, writeStack } from './signal-stack.ts';
import { NSIG, SA_NODEFER, SA_RESETHAND, SA_RESTART, SIG_IGN, bitOf } from './signals.ts';
import { readField } from './threads/descriptor.ts';
import type { Waiting } from './threads/kernel-threads.ts';
import { sayThreads } from '../text/thread-texts.ts';
import { getTimer, setAlarm, setMicroAlarm, setTimer, waitForSignal } from './timers.ts';

const SIGKILL = 9;
const SIGSTOP = 19;
const SIGRTMIN = 34;
const SIGRTMAX = 64;
const SI_TKILL = -6;
const SI_USER = 0;
const SI_QUEUE = -1;
const SIG_SETMASK = 2;

/** Bytes of sigset_t; the kernel's mask is its first 8. */
const sigsetBytes = 128;

/** The signals that libc keeps for itself. */
const isReserved = (signal: number): boolean => signal === 32 || signal === 33;

const isSignal = (signal: number): boolean => signal >= 1 && signal <= NSIG;

const readSet = (ctx: LibcContext, addr: number): bigint => ctx.memory.readU64(addr);

function writeSet(ctx: LibcContext, addr: number, set: bigint): void {
  ctx.memory.fill(addr, 0, sigsetBytes);
  ctx.memory.writeU64(addr, set);
}

/** Fails with EINVAL. */
function invalid(ctx: LibcContext): number {
  setErrno(ctx, EINVAL);
  return -1;
}

/** raise(), pthread_kill(self). @returns 0, or -1 and errno for a signal that does not exist */
export function raiseSignal(ctx: LibcContext, signal: number): number {
  if (signal < 0 || signal > NSIG || isReserved(signal)) return invalid(ctx);
  sendToSelf(ctx, signal);
  if (signal !== 0) ctx.sendSignal(signal, { code: SI_TKILL, fault: undefined, value: 0n });
  return 0;
}

function killProcess(ctx: LibcContext, pid: number, signal: number): number {
  if (signal < 0 || signal > NSIG) return checked(ctx, syscall(ctx, 'kill', [pid, signal], -EINVAL));
  if (pid > 0 && pid !== ctx.pid)
    return checked(ctx, syscall(ctx, 'kill', [pid, signal], ctx.processes.kill(pid, signal)));
  if (pid !== ctx.pid && ((pid !== 0 && pid !== -ctx.processes.leader) || ctx.processes.hasOthers))
    throw new NotModelled('kill for several processes');
  syscall(ctx, 'kill', [pid, signal], 0);
  if (signal !== 0) ctx.sendSignal(signal, { code: SI_USER, fault: undefined, value: 0n });
  return 0;
}

/** SIG_ERR is −1. */
const isError = (ctx: LibcContext, handler: number): boolean => handler >= 2 ** (ctx.model.wordBytes * 8) - 1;

/** signal() and its relatives. @returns the handler before, or SIG_ERR */
function setHandler(ctx: LibcContext, signal: number, handler: number, flags: number): number {
  if (!isSignal(signal) || isReserved(signal) || isError(ctx, handler)) {
    setErrno(ctx, EINVAL);
    return -1;
  }
  if (signal === SIGKILL || signal === SIGSTOP) {
    checked(ctx, syscall(ctx, 'rt_sigaction', [signal], -EINVAL));
    return -1;
  }
  const before = ctx.signals.action(signal).handler;
  const mask = (flags & SA_NODEFER) === 0 ? bitOf(signal) : 0n;
  ctx.signals.setAction(signal, { handler, flags, mask });
  syscall(ctx, 'rt_sigaction', [signal], 0);
  return before;
}

/** Offsets of the fields of `struct sigaction`: handler, mask (128 bytes), flags, restorer. */
const actionLayout = (ctx: LibcContext): Record<'mask' | 'flags' | 'restorer', number> =>
  ctx.model.wordBytes === 8 ? { mask: 8, flags: 136, restorer: 144 } : { mask: 4, flags: 132, restorer: 136 };

function sigaction(ctx: LibcContext, signal: number, action: number, old: number): number {
  if (!isSignal(signal) || isReserved(signal)) return invalid(ctx);
  const layout = actionLayout(ctx);
  if (action !== 0 && (signal === SIGKILL || signal === SIGSTOP))
    return checked(ctx, syscall(ctx, 'rt_sigaction', [signal], -EINVAL));
  const before = ctx.signals.action(signal);
  if (action !== 0) {
    const flags = ctx.memory.readU32(action + layout.flags);
    ctx.signals.setAction(signal, {
      handler: readWord(ctx, action),
      flags,
      mask: readSet(ctx, action + layout.mask),
    });
  }
  if (old !== 0) {
    writeWord(ctx, old, before.handler);
    writeSet(ctx, old + layout.mask, before.mask);
    ctx.memory.writeU32(old + layout.flags, before.flags >>> 0);
    writeWord(ctx, old + layout.restorer, 0);
  }
  return syscall(ctx, 'rt_sigaction', [signal], 0);
}

/** sigprocmask. @returns 0 or minus errno */
function changeMask(ctx: LibcContext, how: number, set: number, old: number): number {
  const { signals } = ctx;
  const before = signals.blocked;
  const isKnown = how >= 0 && how <= SIG_SETMASK;
  if (set !== 0) {
    if (!isKnown) return syscall(ctx, 'rt_sigprocmask', [how], -EINVAL);
    const given = readSet(ctx, set) & ~(bitOf(32) | bitOf(33));
    signals.setBlocked(how === 0 ? before | given : how === 1 ? before & ~given : given);
  }
  // The kernel's sets have 64 signals.
  if (old !== 0) ctx.memory.writeU64(old, before);
  syscall(ctx, 'rt_sigprocmask', [how], 0);
  ctx.deliverPending();
  return 0;
}

/** sigsuspend: waits with another mask. Always ends with EINTR. */
function suspend(ctx: LibcContext, set: number): number {
  const { signals } = ctx;
  const before = signals.blocked;
  const mask = readSet(ctx, set);
  signals.setBlocked(mask);
  ctx.tracer.emit({ kind: 'wait', name: 'pause', seconds: 0 });
  const waits = (signals.pending & ~mask) === 0n;
  if (waits && !waitForSignal(ctx)) throw new NotModelled('waiting for a signal from another process');
  ctx.deliverPending();
  signals.setBlocked(before);
  ctx.deliverPending();
  return checked(ctx, syscall(ctx, 'rt_sigsuspend', [set], -EINTR));
}

function pause(ctx: LibcContext): number {
  ctx.tracer.emit({ kind: 'wait', name: 'pause', seconds: 0 });
  // Without a timer a person at the real machine would end it; here it comes back as if by a signal.
  waitForSignal(ctx);
  return checked(ctx, syscall(ctx, 'pause', [], -EINTR));
}

/** Other threads run until a signal is there, for this one or for the process. */
function* waitAmongThreads(ctx: LibcContext, mask: bigint): Waiting<void> {
  const own = ctx.threads.ownSignals;
  yield {
    isOver: () =>
      [...own.keys()].some((signal) => (mask & bitOf(signal)) !== 0n) || (ctx.signals.pending & mask) !== 0n,
    deadline: undefined,
    what: () => sayThreads('threads.signal'),
  };
}

/** pthread_kill. @returns 0 or an errno */
function signalThread(ctx: LibcContext, descriptor: number, signal: number): number {
  if (signal < 0 || signal > NSIG || isReserved(signal)) return EINVAL;
  if (descriptor === ctx.threads.self) return raiseSignal(ctx, signal);
  const tid = readField(ctx, descriptor, 'tid');
  // A thread that has ended and was not joined takes no signals.
  if (tid <= 0 || signal === 0) return 0;
  syscall(ctx, 'tgkill', [ctx.pid, tid, signal], 0);
  ctx.threads.signal(descriptor, signal, { code: SI_TKILL, fault: undefined, value: 0n });
  return 0;
}

/** sigwait and sigwaitinfo. @returns the signal */
function* waitForOneOf(ctx: LibcContext, set: number, info: number): Waiting<number> {
  const mask = readSet(ctx, set);
  let taken = ctx.signals.take(mask);
  if (taken === undefined && ctx.threads.count > 1) {
    yield* waitAmongThreads(ctx, mask);
    taken = ctx.signals.take(mask);
  } else if (taken === undefined && waitForSignal(ctx)) taken = ctx.signals.take(mask);
  if (taken === undefined) throw new NotModelled('waiting for a signal from another process');
  if (info !== 0) {
    ctx.memory.fill(info, 0, 128);
    ctx.memory.writeU32(info, taken.signal);
    ctx.memory.writeU32(info + 8, taken.origin.code >>> 0);
    // The union behind three ints begins at a multiple of its word.
    const [sender, value] = ctx.model.wordBytes === 8 ? [16, 24] : [12, 20];
    ctx.memory.writeU32(info + sender, ctx.pid);
    ctx.memory.writeU32(info + sender + 4, ctx.userId);
    if (ctx.model.wordBytes === 8) ctx.memory.writeU64(info + value, BigInt.asUintN(64, taken.origin.value));
    else ctx.memory.writeU32(info + value, Number(BigInt.asUintN(32, taken.origin.value)));
  }
  return syscall(ctx, 'rt_sigtimedwait', [set, info], taken.signal);
}

/** sigaltstack. @returns 0 or minus errno */
function changeAlternateStack(ctx: LibcContext, stack: number, old: number): number {
  if (ctx.threads.tid !== ctx.pid) throw new NotModelled('the alternate signal stack of a thread');
  const { alternateStack } = ctx.signals;
  const sp = ctx.stackPointer;
  // The new one is read before the old one is written: both may be the same object.
  const given = stack === 0 ? undefined : readStack(ctx, stack);
  const before = alternateStack.told(sp);
  const result = given === undefined ? 0 : alternateStack.set(given, sp);
  if (result === 0 && old !== 0) writeStack(ctx, old, before);
  return result;
}

/** A little-endian word of 4 or 8 bytes. */
const wordOfBytes = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);

const changeSet =
  (change: (set: bigint, bit: bigint) => bigint) =>
  (ctx: LibcContext, set: number, signal: number): number => {
    if (set === 0 || !isSignal(signal) || isReserved(signal)) return invalid(ctx);
    ctx.memory.writeU64(set, change(readSet(ctx, set), bitOf(signal)));
    return 0;
  };

const addToSet = changeSet((set, bit) => set | bit);
const deleteFromSet = changeSet((set, bit) => set & ~bit);

const allSignals = (1n << 64n) - 1n;

const bsdSignal = f('pip', (ctx, [signal = 0, handler = 0]) => setHandler(ctx, signal, handler, SA_RESTART));
const systemVSignal = f('pip', (ctx, [signal = 0, handler = 0]) =>
  setHandler(ctx, signal, handler, SA_RESETHAND | SA_NODEFER),
);
const raise = f('ii', (ctx, [signal = 0]) => raiseSignal(ctx, signal));
const sigprocmask = f('iipp', (ctx, [how = 0, set = 0, old = 0]) =>
  checked(ctx, changeMask(ctx, how, set, old)),
);

/** <signal.h>, alarm, pause, the interval timers */
export const signalFunctions: LibcTable = {
  signal: bsdSignal,
  bsd_signal: bsdSignal,
  ssignal: bsdSignal,
  sysv_signal: systemVSignal,
  __sysv_signal: systemVSignal,
  raise,
  gsignal: raise,
  kill: f('iii', (ctx, [pid = 0, signal = 0]) => killProcess(ctx, pid, signal)),
  killpg: f('iii', (ctx, [group = 0, signal = 0]) => killProcess(ctx, -group, signal)),
  tgkill: f('iiii', (ctx, [, , signal = 0]) => raiseSignal(ctx, signal)),
  // The union of the value comes by reference.
  sigqueue: f('iiip', (ctx, [pid = 0, signal = 0], _variadic, raw) => {
    const value = wordOfBytes(ctx.recordArgument(raw[2] ?? 0, ctx.model.wordBytes));
    if (pid !== ctx.pid) return checked(ctx, syscall(ctx, 'rt_sigqueueinfo', [pid, signal], -ESRCH));
    syscall(ctx, 'rt_sigqueueinfo', [pid, signal], 0);
    ctx.sendSignal(signal, { code: SI_QUEUE, fault: undefined, value });
    return 0;
  }),
  sigaction: f('iipp', (ctx, [signal = 0, action = 0, old = 0]) => sigaction(ctx, signal, action, old)),
  sigprocmask,
  pthread_sigmask: f('iipp', (ctx, [how = 0, set = 0, old = 0]) => -changeMask(ctx, how, set, old)),
  sigpending: f('ip', (ctx, [set = 0]) => {
    writeSet(ctx, set, ctx.signals.pending & ctx.signals.blocked);
    return syscall(ctx, 'rt_sigpending', [set], 0);
  }),
  sigsuspend: f('ip', (ctx, [set = 0]) => suspend(ctx, set)),
  pause: f('i', (ctx) => pause(ctx)),
  pthread_kill: f('ipi', (ctx, [descriptor = 0, signal = 0]) => signalThread(ctx, descriptor, signal)),
  sigwait: f('ipp', function* (ctx, [set = 0, target = 0]) {
    ctx.memory.writeU32(target, yield* waitForOneOf(ctx, set, 0));
    return 0;
  }),
  sigwaitinfo: f('ipp', (ctx, [set = 0, info = 0]) => waitForOneOf(ctx, set, info)),
  sigemptyset: f('ip', (ctx, [set = 0]) => {
    writeSet(ctx, set, 0n);
    return 0;
  }),
  sigfillset: f('ip', (ctx, [set = 0]) => {
    ctx.memory.fill(set, 0xff, sigsetBytes);
    ctx.memory.writeU64(set, allSignals & ~(bitOf(32) | bitOf(33)));
    return 0;
  }),
  sigaddset: f('ipi', (ctx, [set = 0, signal = 0]) => addToSet(ctx, set, signal)),
  sigdelset: f('ipi', (ctx, [set = 0, signal = 0]) => deleteFromSet(ctx, set, signal)),
  sigismember: f('ipi', (ctx, [set = 0, signal = 0]) => {
    if (!isSignal(signal)) return invalid(ctx);
    return (readSet(ctx, set) & bitOf(signal)) === 0n ? 0 : 1;
  }),
  sigisemptyset: f('ip', (ctx, [set = 0]) => (readSet(ctx, set) === 0n ? 1 : 0)),
  sigandset: f('ippp', (ctx, [to = 0, a = 0, b = 0]) => {
    writeSet(ctx, to, readSet(ctx, a) & readSet(ctx, b));
    return 0;
  }),
  sigorset: f('ippp', (ctx, [to = 0, a = 0, b = 0]) => {
    writeSet(ctx, to, readSet(ctx, a) | readSet(ctx, b));
    return 0;
  }),
  siginterrupt: f('iii', (ctx, [signal = 0, interrupts = 0]) => {
    if (!isSignal(signal)) return invalid(ctx);
    const action = ctx.signals.action(signal);
    const flags = interrupts === 0 ? action.flags | SA_RESTART : action.flags & ~SA_RESTART;
    ctx.signals.setAction(signal, { ...action, flags });
    return syscall(ctx, 'rt_sigaction', [signal], 0);
  }),
  sighold: f('ii', (ctx, [signal = 0]) => {
    if (!isSignal(signal)) return invalid(ctx);
    ctx.signals.setBlocked(ctx.signals.blocked | bitOf(signal));
    return syscall(ctx, 'rt_sigprocmask', [0], 0);
  }),
  sigrelse: f('ii', (ctx, [signal = 0]) => {
    if (!isSignal(signal)) return invalid(ctx);
    ctx.signals.setBlocked(ctx.signals.blocked & ~bitOf(signal));
    syscall(ctx, 'rt_sigprocmask', [1], 0);
    ctx.deliverPending();
    return 0;
  }),
  sigignore: f('ii', (ctx, [signal = 0]) => Math.min(0, setHandler(ctx, signal, SIG_IGN, 0))),
  sigaltstack: f('ipp', (ctx, [stack = 0, old = 0]) =>
    checked(ctx, syscall(ctx, 'sigaltstack', [stack, old], changeAlternateStack(ctx, stack, old))),
  ),
  __libc_current_sigrtmin: f('i', () => SIGRTMIN),
  __libc_current_sigrtmax: f('i', () => SIGRTMAX),
  alarm: f('uu', (ctx, [seconds = 0]) => setAlarm(ctx, seconds)),
  ualarm: f('uuu', (ctx, [value = 0, interval = 0]) => setMicroAlarm(ctx, value, interval)),
  getitimer: f('iip', (ctx, [which = 0, target = 0]) =>
    checked(ctx, syscall(ctx, 'getitimer', [which, target], getTimer(ctx, which, target))),
  ),
  setitimer: f('iipp', (ctx, [which = 0, from = 0, old = 0]) =>
    checked(ctx, syscall(ctx, 'setitimer', [which, from, old], setTimer(ctx, which, from, old))),
  ),
};
