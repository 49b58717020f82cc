/**
 * Mutexes whose lock word is the owner's number: robust ones, whose next owner hears that the one before has ended, and those
 * that inherit priorities, which the kernel hands over (FUTEX_LOCK_PI).
 *
 * Source: glibc 2.36, nptl/pthread_mutex_lock.c (__pthread_mutex_lock_full), pthread_mutex_unlock.c
 * (__pthread_mutex_unlock_full), pthread_mutex_trylock.c, pthread_mutex_timedlock.c, pthread_mutex_consistent.c.
 * Simplified: all threads have the same priority, so inheriting one changes nothing.
 */
import { EBUSY, EINVAL, EPERM } from '../../mm/kernel.ts';
import type { Text } from '../../text/text.ts';
import { syscall } from '../libc-context.ts';
import type { LibcContext } from '../libc-context.ts';
import type { Deadline } from './deadline.ts';
import { futexWait, futexWake } from './futex.ts';
import type { Waiting } from './kernel-threads.ts';
import {
  FUTEX_OWNER_DIED,
  FUTEX_TID_MASK,
  FUTEX_WAITERS,
  dequeueMutex,
  enqueueMutex,
  setPending,
} from './robust-list.ts';

/** Kinds of a mutex, without the robust bit and that of priorities. */
const RECURSIVE = 1;
const ERRORCHECK = 2;

/** Values of the owner that are no numbers of threads. */
const INCONSISTENT = 0x7fff_ffff;
const NOTRECOVERABLE = 0x7fff_fffe;

const EAGAIN = 11;
const EDEADLK = 35;
const ETIMEDOUT = 110;
const EOWNERDEAD = 130;
const ENOTRECOVERABLE = 131;

const FUTEX_LOCK_PI = 6;
const FUTEX_UNLOCK_PI = 7;
const FUTEX_PRIVATE_FLAG = 128;

/** A mutex, with where its fields lie. */
export interface OwnedMutex {
  readonly lock: number;
  readonly count: number;
  readonly owner: number;
  readonly users: number;
  readonly isRobust: boolean;
  readonly inherits: boolean;
  /** Of its kind: normal, recursive, error-checking or adaptive. */
  readonly type: number;
  readonly isShared: boolean;
  readonly what: () => Text;
}

/** How it is taken. */
export interface OwnedLock {
  readonly until: Deadline | undefined;
  /** After a wait on a condition, which has gone on using the mutex. */
  readonly isAgain: boolean;
}

const int = (ctx: LibcContext, addr: number): number => ctx.memory.readU32(addr);

function put(ctx: LibcContext, addr: number, value: number): void {
  ctx.memory.writeU32(addr, value >>> 0);
}

function notePending(ctx: LibcContext, mutex: OwnedMutex, isOn: boolean): void {
  if (mutex.isRobust) setPending(ctx, isOn ? mutex.lock : 0, mutex.inherits);
}

/** Takes the mutex. @returns 0 or an errno */
export function* lockOwned(ctx: LibcContext, mutex: OwnedMutex, how: OwnedLock): Waiting<number> {
  notePending(ctx, mutex, true);
  const owned = alreadyHeld(ctx, mutex, EDEADLK);
  if (owned !== undefined) return owned;
  // A waiter of a condition assumes that others wait, too.
  let assumed = how.isAgain && !mutex.inherits ? FUTEX_WAITERS : 0;
  for (;;) {
    const value = int(ctx, mutex.lock);
    if (value === 0) {
      put(ctx, mutex.lock, ctx.threads.tid | assumed);
      break;
    }
    if ((value & FUTEX_OWNER_DIED) !== 0) return inherit(ctx, mutex, value, how.isAgain);
    const status = yield* waitForOwner(ctx, mutex, value, how);
    assumed = mutex.inherits ? 0 : FUTEX_WAITERS;
    if (status === -ETIMEDOUT) {
      notePending(ctx, mutex, false);
      return ETIMEDOUT;
    }
    // The kernel has handed the lock over.
    if (mutex.inherits && (int(ctx, mutex.lock) & FUTEX_TID_MASK) === ctx.threads.tid) break;
  }
  return take(ctx, mutex, how.isAgain);
}

/** Waits until the owner has given the lock back, or has ended. */
function* waitForOwner(
  ctx: LibcContext,
  mutex: OwnedMutex,
  value: number,
  { until }: OwnedLock,
): Waiting<number> {
  const marked = (value | FUTEX_WAITERS) >>> 0;
  put(ctx, mutex.lock, marked);
  const wait = {
    what: mutex.what,
    deadline: until?.deadline,
    isRealtime: until?.isRealtime === true,
    isShared: mutex.isShared,
    isPlain: until === undefined,
  };
  const operation = FUTEX_LOCK_PI + (mutex.isShared ? 0 : FUTEX_PRIVATE_FLAG);
  const told = mutex.inherits ? { ...wait, operation } : wait;
  return yield* futexWait(ctx, mutex.lock, marked, told);
}

/** The owner before has ended: who takes the mutex is told, and has to make what it protects consistent. */
function inherit(ctx: LibcContext, mutex: OwnedMutex, value: number, isAgain: boolean): number {
  put(ctx, mutex.lock, ctx.threads.tid | (value & FUTEX_WAITERS));
  put(ctx, mutex.count, 1);
  put(ctx, mutex.owner, INCONSISTENT);
  enqueueMutex(ctx, mutex.lock, mutex.inherits);
  notePending(ctx, mutex, false);
  if (isAgain) put(ctx, mutex.users, int(ctx, mutex.users) - 1);
  return EOWNERDEAD;
}

/** A mutex that the thread has already. @returns the answer, undefined when it has to take it */
function alreadyHeld(ctx: LibcContext, mutex: OwnedMutex, whenChecked: number): number | undefined {
  if ((int(ctx, mutex.lock) & FUTEX_TID_MASK) !== ctx.threads.tid) return undefined;
  if (mutex.type !== ERRORCHECK && mutex.type !== RECURSIVE) return undefined;
  notePending(ctx, mutex, false);
  if (mutex.type === ERRORCHECK) return whenChecked;
  const count = (int(ctx, mutex.count) + 1) >>> 0;
  if (count === 0) return EAGAIN;
  put(ctx, mutex.count, count);
  return 0;
}

/** The lock is the thread's: the rest of the mutex says so. */
function take(ctx: LibcContext, mutex: OwnedMutex, isAgain: boolean): number {
  if (mutex.isRobust && int(ctx, mutex.owner) === NOTRECOVERABLE) {
    put(ctx, mutex.count, 0);
    giveLock(ctx, mutex);
    notePending(ctx, mutex, false);
    return ENOTRECOVERABLE;
  }
  if (mutex.isRobust || mutex.type === RECURSIVE || mutex.inherits) put(ctx, mutex.count, 1);
  if (mutex.isRobust) enqueueMutex(ctx, mutex.lock, mutex.inherits);
  notePending(ctx, mutex, false);
  put(ctx, mutex.owner, ctx.threads.tid);
  if (!isAgain) put(ctx, mutex.users, int(ctx, mutex.users) + 1);
  return 0;
}

/** pthread_mutex_trylock. */
export function tryLockOwned(ctx: LibcContext, mutex: OwnedMutex): number {
  notePending(ctx, mutex, true);
  const owned = alreadyHeld(ctx, mutex, EDEADLK);
  if (owned !== undefined) return owned;
  const value = int(ctx, mutex.lock);
  if ((value & FUTEX_OWNER_DIED) !== 0) return inherit(ctx, mutex, value, false);
  if (value !== 0) {
    notePending(ctx, mutex, false);
    return EBUSY;
  }
  put(ctx, mutex.lock, ctx.threads.tid);
  if (!mutex.isRobust || int(ctx, mutex.owner) !== NOTRECOVERABLE) return take(ctx, mutex, false);
  // glibc keeps the lock here.
  put(ctx, mutex.count, 0);
  notePending(ctx, mutex, false);
  return ENOTRECOVERABLE;
}

/** pthread_mutex_unlock. @param countsUsers - false in a wait on a condition */
export function unlockOwned(ctx: LibcContext, mutex: OwnedMutex, countsUsers: boolean): number {
  const isOurs = (int(ctx, mutex.lock) & FUTEX_TID_MASK) === ctx.threads.tid;
  const checks = mutex.isRobust || mutex.type === RECURSIVE || mutex.type === ERRORCHECK;
  if (checks && !isOurs) return EPERM;
  const isInconsistent = int(ctx, mutex.owner) === INCONSISTENT;
  if (mutex.type === RECURSIVE) {
    const count = int(ctx, mutex.count) - 1;
    put(ctx, mutex.count, count);
    if (count !== 0) return 0;
  }
  notePending(ctx, mutex, true);
  if (mutex.isRobust) dequeueMutex(ctx, mutex.lock);
  put(ctx, mutex.owner, mutex.isRobust && isInconsistent ? NOTRECOVERABLE : 0);
  if (countsUsers) put(ctx, mutex.users, int(ctx, mutex.users) - 1);
  giveLock(ctx, mutex);
  notePending(ctx, mutex, false);
  return 0;
}

/** Gives the lock back: to whoever takes it, or to the one who has waited longest. */
function giveLock(ctx: LibcContext, mutex: OwnedMutex): void {
  const value = int(ctx, mutex.lock);
  if (mutex.inherits && (value & FUTEX_WAITERS) !== 0) {
    const next = ctx.threads.futexes.wakeOwner(mutex.lock);
    put(ctx, mutex.lock, next);
    syscall(ctx, 'futex', [mutex.lock, FUTEX_UNLOCK_PI + (mutex.isShared ? 0 : FUTEX_PRIVATE_FLAG)], 0);
    return;
  }
  put(ctx, mutex.lock, 0);
  if ((value & FUTEX_WAITERS) !== 0) futexWake(ctx, mutex.lock, 1, mutex.isShared);
}

/** pthread_mutex_consistent: what the mutex protects is in order again. */
export function makeConsistent(ctx: LibcContext, mutex: OwnedMutex): number {
  if (!mutex.isRobust || int(ctx, mutex.owner) !== INCONSISTENT) return EINVAL;
  put(ctx, mutex.owner, ctx.threads.tid);
  return 0;
}
