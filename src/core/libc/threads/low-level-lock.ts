/**
 * The lock of one int under mutexes: 0 free, 1 taken, 2 taken and somebody waits.
 *
 * Source: glibc 2.36, sysdeps/nptl/lowlevellock.h, nptl/lowlevellock.c.
 */
import type { LibcContext } from '../libc-context.ts';
import { futexWait, futexWake } from './futex.ts';
import type { FutexWait } from './futex.ts';
import type { Waiting } from './kernel-threads.ts';

const ETIMEDOUT = 110;

/** Takes the lock when it is free. @returns whether it was */
export function tryLock(ctx: LibcContext, lock: number): boolean {
  if (ctx.memory.readU32(lock) !== 0) return false;
  ctx.memory.writeU32(lock, 1);
  return true;
}

/** Takes the lock, waiting as long as it takes. @returns 0, or ETIMEDOUT at the deadline */
export function* takeLock(ctx: LibcContext, lock: number, how: FutexWait): Waiting<number> {
  return tryLock(ctx, lock) ? 0 : yield* waitForLock(ctx, lock, how);
}

/** Takes the lock for a thread that waited on a condition: others may wait, so it is 2 from the start. @source lll_cond_lock */
export function* takeLockAsWaiter(ctx: LibcContext, lock: number, how: FutexWait): Waiting<void> {
  const before = ctx.memory.readU32(lock);
  ctx.memory.writeU32(lock, 2);
  if (before !== 0) yield* waitForLock(ctx, lock, how);
}

/** Takes the lock after it was found taken. @source __lll_lock_wait, __futex_clocklock_wait64 */
function* waitForLock(ctx: LibcContext, lock: number, how: FutexWait): Waiting<number> {
  let isTaken = ctx.memory.readU32(lock) === 2;
  for (;;) {
    if (!isTaken) {
      const before = ctx.memory.readU32(lock);
      ctx.memory.writeU32(lock, 2);
      if (before === 0) return 0;
    }
    isTaken = false;
    if ((yield* futexWait(ctx, lock, 2, how)) === -ETIMEDOUT) return ETIMEDOUT;
  }
}

/** Gives the lock back and wakes one who waits. */
export function giveLock(ctx: LibcContext, lock: number, isShared = false): void {
  const before = ctx.memory.readU32(lock);
  ctx.memory.writeU32(lock, 0);
  if (before > 1) futexWake(ctx, lock, 1, isShared);
}
