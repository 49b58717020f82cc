/**
 * alarm, setitimer, and everything that waits, over the simulated clock.
 *
 * The clock runs by what the program executes and by what it waits for. One timer of real time can be armed; it sends
 * SIGALRM when the program has run, or waited, for so long.
 *
 * Source: Linux, kernel/time/itimer.c (behaviour).
 * Simplified: the timers of processor time (ITIMER_VIRTUAL, ITIMER_PROF) are not modelled.
 */
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext } from './libc-context.ts';
import { checked, readWord, syscall, writeWord } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';
import { SI_KERNEL } from './signals.ts';

const SIGALRM = 14;
const ITIMER_REAL = 0;
const EINVAL = 22;

/** Offset in libc's scratch area of the interval of the timer, in nanoseconds (64 bits). */
const TIMER_INTERVAL = scratchPlaces.timerInterval;

const intervalOf = (ctx: LibcContext): number =>
  Number(ctx.memory.readU64(ctx.objects.scratch + TIMER_INTERVAL));

function arm(ctx: LibcContext, nanoseconds: number, interval: number): void {
  ctx.memory.writeNumber64(ctx.objects.scratch + TIMER_INTERVAL, interval);
  const { clockControl } = ctx;
  clockControl.setDeadline(nanoseconds === 0 ? undefined : clockControl.elapsed + nanoseconds);
}

/** The timer fires: it is armed again when it repeats, and the signal is sent. */
export function fireTimer(ctx: LibcContext): void {
  const interval = intervalOf(ctx);
  const { clockControl } = ctx;
  const deadline = clockControl.deadline ?? clockControl.elapsed;
  clockControl.setDeadline(interval === 0 ? undefined : deadline + interval);
  ctx.sendSignal(SIGALRM, { code: SI_KERNEL, fault: undefined, value: 0n });
}

/** Nanoseconds until the timer fires, 0 when none is armed. */
function timeLeft(ctx: LibcContext): number {
  const { deadline, elapsed } = ctx.clockControl;
  return deadline === undefined ? 0 : Math.max(1, deadline - elapsed);
}

/** alarm(). @returns seconds that the alarm before still had */
export function setAlarm(ctx: LibcContext, seconds: number): number {
  const before = timeLeft(ctx);
  arm(ctx, seconds * 1e9, 0);
  return syscall(ctx, 'alarm', [seconds], before === 0 ? 0 : Math.max(1, Math.round(before / 1e9)));
}

function writeInterval(ctx: LibcContext, target: number, nanoseconds: number): void {
  writeWord(ctx, target, Math.floor(nanoseconds / 1e9));
  writeWord(ctx, target + ctx.model.wordBytes, Math.floor((nanoseconds % 1e9) / 1000));
}

const readInterval = (ctx: LibcContext, from: number): number =>
  readWord(ctx, from) * 1e9 + readWord(ctx, from + ctx.model.wordBytes) * 1000;

function writeTimer(ctx: LibcContext, target: number): void {
  writeInterval(ctx, target, intervalOf(ctx));
  writeInterval(ctx, target + 2 * ctx.model.wordBytes, timeLeft(ctx));
}

/** ualarm(), in microseconds. @returns those that the alarm before still had, or -1 and errno */
export function setMicroAlarm(ctx: LibcContext, value: number, interval: number): number {
  const before = timeLeft(ctx);
  const isValid = value < 1e6 && interval < 1e6;
  if (isValid) arm(ctx, value * 1000, interval * 1000);
  const result = checked(ctx, syscall(ctx, 'setitimer', [ITIMER_REAL, 0, 0], isValid ? 0 : -EINVAL));
  return result < 0 ? -1 : Math.floor(before / 1000);
}

/** getitimer(). @returns 0 or minus errno */
export function getTimer(ctx: LibcContext, which: number, target: number): number {
  if (which < 0 || which > 2) return -EINVAL;
  if (which !== ITIMER_REAL) throw new NotModelled('timers of processor time');
  writeTimer(ctx, target);
  return 0;
}

/** setitimer(). @returns 0 or minus errno */
export function setTimer(ctx: LibcContext, which: number, from: number, old: number): number {
  if (which < 0 || which > 2) return -EINVAL;
  if (which !== ITIMER_REAL) throw new NotModelled('timers of processor time');
  const interval = readInterval(ctx, from);
  const value = readInterval(ctx, from + 2 * ctx.model.wordBytes);
  if (old !== 0) writeTimer(ctx, old);
  arm(ctx, value, interval);
  return 0;
}

/**
 * Waits. A timer that fires meanwhile ends the wait when its signal is handled.
 *
 * @returns nanoseconds that were left when a signal ended the wait, 0 after a whole wait
 */
export function waitFor(ctx: LibcContext, nanoseconds: number): number {
  const { clockControl } = ctx;
  let left = nanoseconds;
  for (;;) {
    const { deadline, elapsed } = clockControl;
    if (deadline === undefined || deadline - elapsed > left) {
      clockControl.wait(left);
      return 0;
    }
    const first = Math.max(0, deadline - elapsed);
    clockControl.wait(first);
    left -= first;
    const isHandled = ctx.signals.action(SIGALRM).handler > 1 && !ctx.signals.isBlocked(SIGALRM);
    fireTimer(ctx);
    if (isHandled) return Math.max(1, left);
  }
}

/** Waits for a signal. @returns whether one came; otherwise the process would wait for ever */
export function waitForSignal(ctx: LibcContext): boolean {
  const { clockControl } = ctx;
  for (;;) {
    const { deadline, elapsed } = clockControl;
    if (deadline === undefined) {
      if (ctx.processes.hasOthers) throw new NotModelled('waiting for a signal of another process');
      return false;
    }
    clockControl.wait(Math.max(0, deadline - elapsed));
    const isHandled = ctx.signals.action(SIGALRM).handler > 1 && !ctx.signals.isBlocked(SIGALRM);
    fireTimer(ctx);
    if (isHandled) return true;
  }
}
