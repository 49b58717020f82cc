/**
 * Semaphores without names: sem_t. On x86-64 64 bits have the value in the low half and the number of waiters in the high one;
 * on i386, which has no 64-bit atomics for glibc, the value lies above a bit that says whether somebody waits.
 *
 *   x86-64   +0 value                     +4 waiters   +8 private (0: one process, 128: shared)
 *   i386     +0 value << 1 | has waiters  +4 private   +12 waiters
 *
 * Source: glibc 2.36, nptl/sem_init.c, sem_wait.c, sem_timedwait.c, sem_waitcommon.c, sem_post.c, sem_getvalue.c.
 */
import { EAGAIN, EINVAL, EOVERFLOW } from '../../mm/kernel.ts';
import type { TargetName } from '../../target/data-model.ts';
import { sayThreads } from '../../text/thread-texts.ts';
import { f, setErrno } from '../libc-context.ts';
import type { LibcContext, LibcTable } from '../libc-context.ts';
import { actOnCancel } from './cancellation.ts';
import { CLOCK_REALTIME, deadlineAt } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import { futexWait, futexWake } from './futex.ts';
import type { Waiting } from './kernel-threads.ts';

/** Offsets, the place of the value in its word, and the word that a waiter expects to stay. */
const layouts = {
  x86_64: { value: 0, waiters: 4, shared: 8, shift: 0, waitersBit: 0 },
  i386: { value: 0, waiters: 12, shared: 4, shift: 1, waitersBit: 1 },
} as const satisfies Record<TargetName, object>;

const layoutOf = (ctx: LibcContext): (typeof layouts)[TargetName] => layouts[ctx.model.name];
/** SEM_VALUE_MAX */
const mostValue = 0x7fff_ffff;
const sharedValue = 128;
const ETIMEDOUT = 110;
const EINTR = 4;

const valueOf = (ctx: LibcContext, semaphore: number): number =>
  ctx.memory.readU32(semaphore + layoutOf(ctx).value) >>> layoutOf(ctx).shift;

/** Changes the value; the bit beside it stays. */
function addToValue(ctx: LibcContext, semaphore: number, difference: number): void {
  const { value, shift } = layoutOf(ctx);
  const addr = semaphore + value;
  ctx.memory.writeU32(addr, (ctx.memory.readU32(addr) + difference * 2 ** shift) >>> 0);
}

const isSharedBetween = (ctx: LibcContext, semaphore: number): boolean =>
  ctx.memory.readU32(semaphore + layoutOf(ctx).shared) !== 0;

function failed(ctx: LibcContext, error: number): -1 {
  setErrno(ctx, error);
  return -1;
}

function addWaiters(ctx: LibcContext, semaphore: number, difference: number): void {
  const { value, waiters, waitersBit } = layoutOf(ctx);
  const addr = semaphore + waiters;
  const count = (ctx.memory.readU32(addr) + difference) >>> 0;
  ctx.memory.writeU32(addr, count);
  // The last one to leave clears the bit; who waits sets it.
  const word = ctx.memory.readU32(semaphore + value);
  if (waitersBit !== 0 && count === 0) ctx.memory.writeU32(semaphore + value, (word & ~waitersBit) >>> 0);
}

/** Takes one when there is one. @returns whether there was */
function take(ctx: LibcContext, semaphore: number): boolean {
  if (valueOf(ctx, semaphore) === 0) return false;
  addToValue(ctx, semaphore, -1);
  return true;
}

/** Takes one, waiting for it. */
function* waitFor(ctx: LibcContext, semaphore: number, until?: Deadline): Waiting<number> {
  addWaiters(ctx, semaphore, 1);
  const { value, waitersBit } = layoutOf(ctx);
  for (;;) {
    const word = ctx.memory.readU32(semaphore + value);
    if (waitersBit !== 0) ctx.memory.writeU32(semaphore + value, (word | waitersBit) >>> 0);
    if (take(ctx, semaphore)) {
      addWaiters(ctx, semaphore, -1);
      return 0;
    }
    const status = yield* futexWait(ctx, semaphore + value, waitersBit, {
      what: () => sayThreads('threads.semaphore', { addr: semaphore }),
      deadline: until?.deadline,
      isRealtime: until === undefined || until.isRealtime,
      isShared: isSharedBetween(ctx, semaphore),
      isCancellationPoint: true,
    });
    actOnCancel(ctx, () => {
      addWaiters(ctx, semaphore, -1);
    });
    if (status !== -ETIMEDOUT && status !== -EINTR) continue;
    addWaiters(ctx, semaphore, -1);
    return failed(ctx, -status);
  }
}

function* wait(ctx: LibcContext, semaphore: number): Waiting<number> {
  actOnCancel(ctx);
  return take(ctx, semaphore) ? 0 : yield* waitFor(ctx, semaphore);
}

function* timedWait(ctx: LibcContext, semaphore: number, clock: number, time: number): Waiting<number> {
  const until = deadlineAt(ctx, time, clock);
  if (typeof until === 'number') return failed(ctx, -until);
  actOnCancel(ctx);
  return take(ctx, semaphore) ? 0 : yield* waitFor(ctx, semaphore, until);
}

/** <semaphore.h>, but for named semaphores. */
export const semaphoreFunctions: LibcTable = {
  sem_init: f('ipiu', (ctx, [semaphore = 0, isShared = 0, value = 0]) => {
    if (value > mostValue) return failed(ctx, EINVAL);
    const at = layoutOf(ctx);
    ctx.memory.writeU32(semaphore + at.value, (value * 2 ** at.shift) >>> 0);
    ctx.memory.writeU32(semaphore + at.waiters, 0);
    ctx.memory.writeU32(semaphore + at.shared, isShared === 0 ? 0 : sharedValue);
    return 0;
  }),
  sem_destroy: f('ip', () => 0),
  sem_wait: f('ip', (ctx, [semaphore = 0]) => wait(ctx, semaphore)),
  sem_trywait: f('ip', (ctx, [semaphore = 0]) => (take(ctx, semaphore) ? 0 : failed(ctx, EAGAIN))),
  sem_timedwait: f('ipp', (ctx, [semaphore = 0, time = 0]) =>
    timedWait(ctx, semaphore, CLOCK_REALTIME, time),
  ),
  sem_clockwait: f('ipip', (ctx, [semaphore = 0, clock = 0, time = 0]) =>
    timedWait(ctx, semaphore, clock, time),
  ),
  sem_post: f('ip', (ctx, [semaphore = 0]) => {
    if (valueOf(ctx, semaphore) === mostValue) return failed(ctx, EOVERFLOW);
    addToValue(ctx, semaphore, 1);
    const { value, waiters } = layoutOf(ctx);
    if (ctx.memory.readU32(semaphore + waiters) > 0)
      futexWake(ctx, semaphore + value, 1, isSharedBetween(ctx, semaphore));
    return 0;
  }),
  sem_getvalue: f('ipp', (ctx, [semaphore = 0, target = 0]) => {
    ctx.memory.writeU32(target, valueOf(ctx, semaphore));
    return 0;
  }),
};
