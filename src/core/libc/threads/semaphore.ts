/**
 * Semaphores without names: sem_t, 64 bits with the value in the low half and the number of waiters in the high one.
 *
 *   +0 value   +4 waiters   +8 private (0: one process, 128: shared)
 *
 * Source: glibc 2.36, nptl/sem_init.c, sem_wait.c, sem_timedwait.c, sem_waitcommon.c, sem_post.c, sem_getvalue.c.
 */
import { EAGAIN, EINVAL, EOVERFLOW } from '../../mm/kernel.ts';
import { sayThreads } from '../../text/thread-texts.ts';
import { f, setErrno } from '../libc-context.ts';
import type { LibcContext, LibcTable } from '../libc-context.ts';
import { actOnCancel } from './cancellation.ts';
import { CLOCK_REALTIME, deadlineAt } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import { requireWideThreads } from './descriptor.ts';
import { futexWait, futexWake } from './futex.ts';
import type { Waiting } from './kernel-threads.ts';

const at = { value: 0, waiters: 4, shared: 8 } as const;
/** SEM_VALUE_MAX */
const mostValue = 0x7fff_ffff;
const sharedValue = 128;
const ETIMEDOUT = 110;
const EINTR = 4;

const valueOf = (ctx: LibcContext, semaphore: number): number => ctx.memory.readU32(semaphore + at.value);

function failed(ctx: LibcContext, error: number): -1 {
  setErrno(ctx, error);
  return -1;
}

function addWaiters(ctx: LibcContext, semaphore: number, difference: number): void {
  const addr = semaphore + at.waiters;
  ctx.memory.writeU32(addr, (ctx.memory.readU32(addr) + difference) >>> 0);
}

/** Takes one when there is one. @returns whether there was */
function take(ctx: LibcContext, semaphore: number): boolean {
  requireWideThreads(ctx);
  const value = valueOf(ctx, semaphore);
  if (value === 0) return false;
  ctx.memory.writeU32(semaphore + at.value, value - 1);
  return true;
}

/** Takes one, waiting for it. */
function* waitFor(ctx: LibcContext, semaphore: number, until?: Deadline): Waiting<number> {
  addWaiters(ctx, semaphore, 1);
  for (;;) {
    if (take(ctx, semaphore)) {
      addWaiters(ctx, semaphore, -1);
      return 0;
    }
    const status = yield* futexWait(ctx, semaphore + at.value, 0, {
      what: () => sayThreads('threads.semaphore', { addr: semaphore }),
      deadline: until?.deadline,
      isRealtime: until === undefined || until.isRealtime,
      isShared: ctx.memory.readU32(semaphore + at.shared) !== 0,
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
    requireWideThreads(ctx);
    if (value > mostValue) return failed(ctx, EINVAL);
    ctx.memory.writeNumber64(semaphore + at.value, value);
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
    requireWideThreads(ctx);
    const value = valueOf(ctx, semaphore);
    if (value === mostValue) return failed(ctx, EOVERFLOW);
    ctx.memory.writeU32(semaphore + at.value, value + 1);
    const isShared = ctx.memory.readU32(semaphore + at.shared) !== 0;
    if (ctx.memory.readU32(semaphore + at.waiters) > 0) futexWake(ctx, semaphore + at.value, 1, isShared);
    return 0;
  }),
  sem_getvalue: f('ipp', (ctx, [semaphore = 0, target = 0]) => {
    ctx.memory.writeU32(target, valueOf(ctx, semaphore));
    return 0;
  }),
};
