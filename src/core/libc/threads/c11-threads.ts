/**
 * <threads.h>: the threads of C11, which are those of POSIX under other names and with other results.
 *
 * Source: glibc 2.36, nptl/thrd_*.c, mtx_*.c, cnd_*.c, tss_*.c, call_once.c.
 */
import { ENOMEM } from '../../mm/kernel.ts';
import { f } from '../libc-context.ts';
import type { LibcContext, LibcTable } from '../libc-context.ts';
import { exitThread } from './cancellation.ts';
import {
  destroyCondition,
  initCondition,
  signalAll,
  signalOne,
  timedWaitOnCondition,
  waitOnCondition,
} from './condition.ts';
import { createThread, detachThread, joinThread } from './create.ts';
import { deadlineAt } from './deadline.ts';
import type { Waiting } from './kernel-threads.ts';
import { RECURSIVE, destroyMutex, initMutex, lockMutex, tryLockMutex, unlockMutex } from './mutex.ts';
import { callOnce } from './once.ts';
import { yieldTurn } from './pthread-functions.ts';
import { createKey, deleteKey, getSpecific, setSpecific } from './thread-data.ts';

const thrd = { success: 0, busy: 1, error: 2, nomem: 3, timedout: 4 } as const;
const EBUSY = 16;
const ETIMEDOUT = 110;

/** What an errno is in <threads.h>. @source nptl/thrd_priv.h: thrd_err_map */
function resultOf(error: number): number {
  switch (error) {
    case 0:
      return thrd.success;
    case ENOMEM:
      return thrd.nomem;
    case ETIMEDOUT:
      return thrd.timedout;
    case EBUSY:
      return thrd.busy;
    default:
      return thrd.error;
  }
}

function* mapped(work: Waiting<number>): Waiting<number> {
  return resultOf(yield* work);
}

function* join(ctx: LibcContext, descriptor: number, target: number): Waiting<number> {
  const status = yield* joinThread(ctx, descriptor, target, { deadline: undefined, isRealtime: true });
  return resultOf(status);
}

function* timedLock(ctx: LibcContext, mutex: number, time: number): Waiting<number> {
  if (tryLockMutex(ctx, mutex) === 0) return thrd.success;
  const until = deadlineAt(ctx, time, 0);
  return typeof until === 'number' ? thrd.error : resultOf(yield* lockMutex(ctx, mutex, until));
}

/** <threads.h> */
export const c11ThreadFunctions: LibcTable = {
  thrd_create: f('ippp', (ctx, [target = 0, start = 0], _variadic, raw) =>
    resultOf(createThread(ctx, { target, attributes: 0, start, argument: BigInt(raw[2] ?? 0), isC11: true })),
  ),
  thrd_join: f('ipp', (ctx, [descriptor = 0, target = 0]) => join(ctx, descriptor, target)),
  thrd_detach: f('ip', (ctx, [descriptor = 0]) => resultOf(detachThread(ctx, descriptor))),
  thrd_current: f('p', (ctx) => ctx.threads.self),
  thrd_equal: f('ipp', (_ctx, [one = 0, other = 0]) => (one === other ? 1 : 0)),
  thrd_exit: f('vi', (ctx, [result = 0]) => exitThread(ctx, BigInt.asUintN(64, BigInt(result)))),
  thrd_yield: f('v', (ctx) => yieldTurn(ctx)),
  mtx_init: f('ipi', (ctx, [mutex = 0, type = 0]) =>
    type < 0 || type > 3 ? thrd.error : resultOf(initMutex(ctx, mutex, (type & 1) === 0 ? 0 : RECURSIVE)),
  ),
  mtx_lock: f('ip', (ctx, [mutex = 0]) => mapped(lockMutex(ctx, mutex))),
  mtx_timedlock: f('ipp', (ctx, [mutex = 0, time = 0]) => timedLock(ctx, mutex, time)),
  mtx_trylock: f('ip', (ctx, [mutex = 0]) => resultOf(tryLockMutex(ctx, mutex))),
  mtx_unlock: f('ip', (ctx, [mutex = 0]) => resultOf(unlockMutex(ctx, mutex))),
  mtx_destroy: f('vp', (ctx, [mutex = 0]) => destroyMutex(ctx, mutex)),
  cnd_init: f('ip', (ctx, [condition = 0]) => resultOf(initCondition(ctx, condition, 0))),
  cnd_destroy: f('vp', (ctx, [condition = 0]) => destroyCondition(ctx, condition)),
  cnd_wait: f('ipp', (ctx, [condition = 0, mutex = 0]) => mapped(waitOnCondition(ctx, condition, mutex))),
  cnd_timedwait: f('ippp', (ctx, [condition = 0, mutex = 0, time = 0]) =>
    mapped(timedWaitOnCondition(ctx, condition, mutex, time)),
  ),
  cnd_signal: f('ip', (ctx, [condition = 0]) => mapped(signalOne(ctx, condition))),
  cnd_broadcast: f('ip', (ctx, [condition = 0]) => mapped(signalAll(ctx, condition))),
  call_once: f('vpp', (ctx, [control = 0, target = 0]) => callOnce(ctx, control, target)),
  tss_create: f('ipp', (ctx, [target = 0, destructor = 0]) => resultOf(createKey(ctx, target, destructor))),
  tss_delete: f('vu', (ctx, [key = 0]) => deleteKey(ctx, key)),
  tss_get: f('pu', (ctx, [key = 0]) => getSpecific(ctx, key)),
  tss_set: f('iup', (ctx, [key = 0], _variadic, raw) => resultOf(setSpecific(ctx, key, BigInt(raw[1] ?? 0)))),
};
