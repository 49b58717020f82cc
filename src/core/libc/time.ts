/**
 * <time.h>, <sys/time.h>, and the calls that wait, over the simulated clock.
 *
 * The clock starts at main with 2024-01-01 00:00:00 UTC. It advances by what the program waits for, and by one
 * nanosecond for each loop iteration and call: time is a function of the run, so a run can be repeated.
 * A call that waits in real life returns at once and is reported as a wait event.
 *
 * Simplified: no time zones, so localtime, mktime, strftime and their relatives are not modelled.
 */
import { NotModelled } from '../trace/not-modelled.ts';
import { sayThreads } from '../text/thread-texts.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { actOnCancel, isCanceled } from './threads/cancellation.ts';
import type { Waiting } from './threads/kernel-threads.ts';
import { waitFor } from './timers.ts';
import { checked, f, readWord, syscall, writeWord } from './libc-context.ts';

const EINTR = 4;
const EINVAL = 22;

/** CPUCLOCK_PERTHREAD_MASK | CPUCLOCK_SCHED */
const threadClockBits = 6;

/** Clocks that count the processor time of the process or thread; they are no business of the vdso. */
const processorClocks: ReadonlySet<number> = new Set([2, 3]);

/** Waits, and reports the wait and its call. @returns 0, or -EINTR; `left` is told what was left of it */
function* wait(
  ctx: LibcContext,
  name: 'sleep' | 'usleep' | 'nanosleep',
  nanoseconds: number,
  clock: number,
  request: number,
): Waiting<{ readonly result: number; readonly left: number }> {
  ctx.tracer.emit({ kind: 'wait', name, seconds: nanoseconds / 1e9 });
  const left = ctx.threads.count > 1 ? yield* sleepAmongThreads(ctx, nanoseconds) : waitFor(ctx, nanoseconds);
  const result = syscall(ctx, 'clock_nanosleep', [clock, 0, request], left === 0 ? 0 : -EINTR);
  return { result, left };
}

/** Others run meanwhile; a thread that is cancelled, or takes a signal, wakes. @returns nanoseconds that were left */
function* sleepAmongThreads(ctx: LibcContext, nanoseconds: number): Waiting<number> {
  const { self } = ctx.threads;
  actOnCancel(ctx);
  const deadline = ctx.clockControl.elapsed + nanoseconds;
  yield {
    isOver: () => isCanceled(ctx, self),
    deadline,
    what: () => sayThreads('threads.sleep'),
  };
  actOnCancel(ctx);
  return Math.max(0, deadline - ctx.clockControl.elapsed);
}

/** nanosleep and clock_nanosleep: the request is a `struct timespec`, absolute with TIMER_ABSTIME. */
function* sleepFor(
  ctx: LibcContext,
  clock: number,
  flags: number,
  request: number,
  rest: number,
): Waiting<number> {
  const { wordBytes } = ctx.model;
  const seconds = readWord(ctx, request);
  const nanoseconds = readWord(ctx, request + wordBytes);
  const isNegative = seconds >= 2 ** (8 * wordBytes - 1);
  if (isNegative || nanoseconds > 999_999_999)
    return syscall(ctx, 'clock_nanosleep', [clock, flags, request], -EINVAL);
  const now = ctx.clock();
  const isAbsolute = (flags & TIMER_ABSTIME) !== 0;
  const duration = isAbsolute
    ? Math.max(0, (seconds - now.seconds) * 1e9 + nanoseconds - now.nanoseconds)
    : seconds * 1e9 + nanoseconds;
  const { result, left } = yield* wait(ctx, 'nanosleep', duration, clock, request);
  if (result < 0 && rest !== 0 && !isAbsolute) {
    writeWord(ctx, rest, Math.floor(left / 1e9));
    writeWord(ctx, rest + wordBytes, left % 1e9);
  }
  return result;
}

const TIMER_ABSTIME = 1;

/** Nanoseconds of the processor clocks and of the clocks that run by themselves, as seconds and the rest. */
function readClock(
  ctx: LibcContext,
  clock: number,
): { readonly seconds: number; readonly nanoseconds: number } {
  if (!processorClocks.has(clock)) return ctx.clock();
  const total = ctx.processorNanoseconds();
  return { seconds: Math.floor(total / 1e9), nanoseconds: total % 1e9 };
}

function clockGettime(ctx: LibcContext, clock: number, target: number): number {
  // pthread_getcpuclockid: the low bits of a negative number say that it is a thread's.
  if (clock < 0 && (clock & 7) === threadClockBits)
    throw new NotModelled('the processor clock of one thread');
  if (clock < 0 || clock > 11) return checked(ctx, syscall(ctx, 'clock_gettime', [clock, target], -EINVAL));
  const { seconds, nanoseconds } = readClock(ctx, clock);
  writeWord(ctx, target, seconds);
  writeWord(ctx, target + ctx.model.wordBytes, nanoseconds);
  return processorClocks.has(clock) ? syscall(ctx, 'clock_gettime', [clock, target], 0) : 0;
}

/** <time.h> and the sleeping part of <unistd.h> */
export const timeFunctions: LibcTable = {
  sleep: f('uu', function* (ctx, [seconds = 0]) {
    const { left } = yield* wait(ctx, 'sleep', seconds * 1e9, 0, 0);
    return Math.ceil(left / 1e9);
  }),
  usleep: f('iu', function* (ctx, [microseconds = 0]) {
    const { result } = yield* wait(ctx, 'usleep', microseconds * 1000, 0, 0);
    return checked(ctx, result);
  }),
  nanosleep: f('ipp', function* (ctx, [request = 0, rest = 0]) {
    return checked(ctx, yield* sleepFor(ctx, 0, 0, request, rest));
  }),
  clock_nanosleep: f('iiipp', function* (ctx, [clock = 0, flags = 0, request = 0, rest = 0]) {
    return -(yield* sleepFor(ctx, clock, flags, request, rest));
  }),
  // -1 after a signal, -2 after another failure. @source glibc 2.36, sysdeps/unix/sysv/linux/thrd_sleep.c
  thrd_sleep: f('ipp', function* (ctx, [request = 0, rest = 0]) {
    const result = yield* sleepFor(ctx, 0, 0, request, rest);
    return result === 0 ? 0 : result === -EINTR ? -1 : -2;
  }),
  time: f('lp', (ctx, [target = 0]) => {
    const { seconds } = ctx.clock();
    if (target !== 0) writeWord(ctx, target, seconds);
    return seconds;
  }),
  difftime: f('dll', (_ctx, [end = 0, start = 0]) => end - start),
  clock: f('l', (ctx) => {
    syscall(ctx, 'clock_gettime', [2], 0);
    return Math.floor(ctx.processorNanoseconds() / 1000);
  }),
  clock_gettime: f('iip', (ctx, [clock = 0, target = 0]) => clockGettime(ctx, clock, target)),
  clock_getres: f('iip', (ctx, [, target = 0]) => {
    if (target !== 0) {
      writeWord(ctx, target, 0);
      writeWord(ctx, target + ctx.model.wordBytes, 1);
    }
    return 0;
  }),
  gettimeofday: f('ipp', (ctx, [target = 0]) => {
    const { seconds, nanoseconds } = ctx.clock();
    if (target === 0) return 0;
    writeWord(ctx, target, seconds);
    writeWord(ctx, target + ctx.model.wordBytes, Math.floor(nanoseconds / 1000));
    return 0;
  }),
};
