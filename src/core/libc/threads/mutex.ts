/**
 * Mutexes: pthread_mutex_t, and mtx_t which is the same.
 *
 *   +0 lock   +4 count   +8 owner   +12 nusers   +16 kind   +20 spins   on x86-64; on i386 kind stands before nusers
 *
 * Source: glibc 2.36, nptl/pthread_mutex_lock.c, pthread_mutex_unlock.c, pthread_mutex_trylock.c, pthread_mutex_timedlock.c,
 * pthread_mutex_init.c, pthread_mutex_destroy.c, pthread_mutexattr_*.c.
 * Simplified: mutexes with a priority ceiling are not modelled; no lock elision.
 */
import { EBUSY, EINVAL, EPERM } from '../../mm/kernel.ts';
import type { TargetName } from '../../target/data-model.ts';
import { sayThreads } from '../../text/thread-texts.ts';
import type { Text } from '../../text/text.ts';
import { NotModelled } from '../../trace/not-modelled.ts';
import { f } from '../libc-context.ts';
import type { LibcContext, LibcFunction, LibcTable } from '../libc-context.ts';
import { threadNumber } from './create.ts';
import { deadlineAt } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import type { Waiting } from './kernel-threads.ts';
import { lockOwned, makeConsistent, tryLockOwned, unlockOwned } from './owned-mutex.ts';
import type { OwnedMutex } from './owned-mutex.ts';
import { giveLock, takeLock, takeLockAsWaiter, tryLock } from './low-level-lock.ts';

/** Offset of the lock, and that of the spins. */
const at = { lock: 0, spins: 20 } as const;

/** Offsets of ints, and sizeof (pthread_mutex_t). */
const layouts = {
  x86_64: { lock: 0, count: 4, owner: 8, users: 12, kind: 16, bytes: 40 },
  i386: { lock: 0, count: 4, owner: 8, kind: 12, users: 16, bytes: 24 },
} as const satisfies Record<TargetName, object>;

/** A field of the size of an int. */
type MutexField = Exclude<keyof typeof layouts.x86_64, 'bytes'>;

/** Kinds. */
export const RECURSIVE = 1;
export const ERRORCHECK = 2;
export const ADAPTIVE = 3;
/** Bits of the kind: robust, inherits priorities, has a priority ceiling. */
const ROBUST_BIT = 0x10;
const INHERIT_BIT = 0x20;
const CEILING_BIT = 0x40;
const PSHARED_BIT = 0x80;
const KIND_MASK = 3;
const TYPE_MASK = 0x7f;
/** A normal mutex whose kind was asked for. */
const NO_ELISION_BIT = 0x200;

/** Bits of a pthread_mutexattr_t: protocol, robust, shared. */
const attribute = {
  protocol: 0x3000_0000,
  inherit: 0x1000_0000,
  ceiling: 0x2000_0000,
  robust: 0x4000_0000,
  shared: 0x8000_0000,
} as const;

const EAGAIN = 11;
const EDEADLK = 35;
const ENOTSUP = 95;

/** Most times that an adaptive mutex is looked at before its thread waits: max_adaptive_count. */
const mostSpins = 100;

const read = (ctx: LibcContext, mutex: number, name: MutexField): number =>
  ctx.memory.readU32(mutex + layouts[ctx.model.name][name]) | 0;

function write(ctx: LibcContext, mutex: number, name: MutexField, value: number): void {
  ctx.memory.writeU32(mutex + layouts[ctx.model.name][name], value >>> 0);
}

/** The kind of a mutex; undefined for one that was destroyed. @throws NotModelled for those with a priority ceiling */
function kindOf(ctx: LibcContext, mutex: number): number | undefined {
  const kind = read(ctx, mutex, 'kind');
  if ((kind & TYPE_MASK) === TYPE_MASK) return undefined;
  if ((kind & CEILING_BIT) !== 0) throw new NotModelled('mutexes with a priority ceiling');
  return kind & KIND_MASK;
}

const isShared = (ctx: LibcContext, mutex: number): boolean => (read(ctx, mutex, 'kind') & PSHARED_BIT) !== 0;

/** A mutex whose lock word is its owner's number; undefined for the others. */
function ownedMutex(ctx: LibcContext, mutex: number): OwnedMutex | undefined {
  const kind = read(ctx, mutex, 'kind');
  if ((kind & (ROBUST_BIT | INHERIT_BIT)) === 0) return undefined;
  const { lock, count, owner, users } = layouts[ctx.model.name];
  return {
    lock: mutex + lock,
    count: mutex + count,
    owner: mutex + owner,
    users: mutex + users,
    isRobust: (kind & ROBUST_BIT) !== 0,
    inherits: (kind & INHERIT_BIT) !== 0,
    type: kind & KIND_MASK,
    isShared: isShared(ctx, mutex),
    what: describeMutex(ctx, mutex, ctx.threads.tid),
  };
}

/** Who waits for what, for people. */
export function describeMutex(ctx: LibcContext, mutex: number, tid: number): () => Text {
  return () => {
    const owner = read(ctx, mutex, 'owner');
    if (owner === 0) return sayThreads('threads.freeMutex', { addr: mutex });
    if (owner === tid) return sayThreads('threads.ownMutex', { addr: mutex });
    return sayThreads('threads.mutex', { addr: mutex, owner: threadNumber(ctx, owner) });
  };
}

/** The mutex is the calling thread's now. */
function own(ctx: LibcContext, mutex: number): number {
  write(ctx, mutex, 'owner', ctx.threads.tid);
  write(ctx, mutex, 'users', read(ctx, mutex, 'users') + 1);
  return 0;
}

/** A mutex that the thread has already. @returns the answer, undefined when it has to take it */
function alreadyOwned(
  ctx: LibcContext,
  mutex: number,
  kind: number,
  whenChecked: number,
): number | undefined {
  if (read(ctx, mutex, 'owner') !== ctx.threads.tid) return undefined;
  if (kind === ERRORCHECK) return whenChecked;
  if (kind !== RECURSIVE) return undefined;
  const count = (read(ctx, mutex, 'count') + 1) >>> 0;
  if (count === 0) return EAGAIN;
  write(ctx, mutex, 'count', count);
  return 0;
}

/** pthread_mutex_lock and its variants with a time. @returns 0 or an errno */
export function* lockMutex(ctx: LibcContext, mutex: number, until?: Deadline): Waiting<number> {
  const kind = kindOf(ctx, mutex);
  if (kind === undefined) return EINVAL;
  const special = ownedMutex(ctx, mutex);
  if (special !== undefined) return yield* lockOwned(ctx, special, { until, isAgain: false });
  const owned = alreadyOwned(ctx, mutex, kind, EDEADLK);
  if (owned !== undefined) return owned;
  const how = {
    what: describeMutex(ctx, mutex, ctx.threads.tid),
    ...(until ?? { isPlain: true }),
    isShared: isShared(ctx, mutex),
  };
  const lock = mutex + at.lock;
  let status = 0;
  if (kind !== ADAPTIVE) status = yield* takeLock(ctx, lock, how);
  else if (!tryLock(ctx, lock)) {
    const count = spin(ctx, mutex);
    status = yield* takeLock(ctx, lock, how);
    const spins = ctx.memory.readU32(mutex + at.spins) & 0xffff;
    ctx.memory.writeU16(mutex + at.spins, spins + Math.trunc((count - spins) / 8));
  }
  if (status !== 0) return status;
  if (kind === RECURSIVE) write(ctx, mutex, 'count', 1);
  return own(ctx, mutex);
}

/** Looks at an adaptive mutex in growing intervals; nobody can give it back meanwhile. @returns how often it was looked at */
function spin(ctx: LibcContext, mutex: number): number {
  const spins = ctx.memory.readU32(mutex + at.spins) & 0xffff;
  const most = Math.min(mostSpins, spins * 2 + 10);
  let count = 0;
  for (let interval = 1; ; interval = Math.min(interval * 2, 32)) {
    count += interval;
    if (count >= most) return count;
  }
}

/** The part of pthread_cond_wait that takes the mutex again. @source __pthread_mutex_cond_lock */
export function* lockMutexAgain(ctx: LibcContext, mutex: number): Waiting<number> {
  const kind = kindOf(ctx, mutex);
  if (kind === undefined) return EINVAL;
  const special = ownedMutex(ctx, mutex);
  if (special !== undefined) return yield* lockOwned(ctx, special, { until: undefined, isAgain: true });
  const owned = alreadyOwned(ctx, mutex, kind, EDEADLK);
  if (owned !== undefined) return owned;
  yield* takeLockAsWaiter(ctx, mutex + at.lock, {
    what: describeMutex(ctx, mutex, ctx.threads.tid),
    isPlain: true,
    isShared: isShared(ctx, mutex),
  });
  if (kind === RECURSIVE) write(ctx, mutex, 'count', 1);
  write(ctx, mutex, 'owner', ctx.threads.tid);
  return 0;
}

/** pthread_mutex_trylock. */
export function tryLockMutex(ctx: LibcContext, mutex: number): number {
  const kind = kindOf(ctx, mutex);
  if (kind === undefined) return EINVAL;
  const special = ownedMutex(ctx, mutex);
  if (special !== undefined) return tryLockOwned(ctx, special);
  const owned = kind === RECURSIVE ? alreadyOwned(ctx, mutex, kind, EBUSY) : undefined;
  if (owned !== undefined) return owned;
  if (!tryLock(ctx, mutex + at.lock)) return EBUSY;
  if (kind === RECURSIVE) write(ctx, mutex, 'count', 1);
  return own(ctx, mutex);
}

/**
 * pthread_mutex_unlock.
 *
 * @param countsUsers - false in a wait on a condition, which goes on using the mutex
 */
export function unlockMutex(ctx: LibcContext, mutex: number, countsUsers = true): number {
  const kind = kindOf(ctx, mutex);
  if (kind === undefined) return EINVAL;
  const special = ownedMutex(ctx, mutex);
  if (special !== undefined) return unlockOwned(ctx, special, countsUsers);
  const isOurs = read(ctx, mutex, 'owner') === ctx.threads.tid;
  if (kind === RECURSIVE) {
    if (!isOurs) return EPERM;
    const count = read(ctx, mutex, 'count') - 1;
    write(ctx, mutex, 'count', count);
    if (count !== 0) return 0;
  }
  if (kind === ERRORCHECK && (!isOurs || read(ctx, mutex, 'lock') === 0)) return EPERM;
  write(ctx, mutex, 'owner', 0);
  if (countsUsers) write(ctx, mutex, 'users', read(ctx, mutex, 'users') - 1);
  giveLock(ctx, mutex + at.lock, isShared(ctx, mutex));
  return 0;
}

/** pthread_mutex_init. @param bits - the content of the attribute object, 0 without one */
export function initMutex(ctx: LibcContext, mutex: number, bits: number): number {
  if ((bits & attribute.protocol) === attribute.ceiling)
    throw new NotModelled('mutexes with a priority ceiling');
  ctx.memory.fill(mutex, 0, layouts[ctx.model.name].bytes);
  // A robust mutex counts as shared: its waiters hear of the owner's end from the kernel.
  const isKernels = (bits & (attribute.shared | attribute.robust)) !== 0;
  const kind =
    (bits & 0xfff) |
    (isKernels ? PSHARED_BIT : 0) |
    ((bits & attribute.robust) === 0 ? 0 : ROBUST_BIT) |
    ((bits & attribute.inherit) === 0 ? 0 : INHERIT_BIT);
  write(ctx, mutex, 'kind', kind);
  return 0;
}

/** pthread_mutex_destroy. */
export function destroyMutex(ctx: LibcContext, mutex: number): number {
  if (read(ctx, mutex, 'users') !== 0) return EBUSY;
  write(ctx, mutex, 'kind', -1);
  return 0;
}

const attributeBits = (ctx: LibcContext, addr: number): number => (addr === 0 ? 0 : ctx.memory.readU32(addr));

/** A part of an attribute object: where it lies, and which values it takes. */
const attributePart = (
  shift: number,
  mask: number,
  refusal: (value: number) => number,
): { readonly get: LibcFunction; readonly set: LibcFunction } => ({
  get: f('ipp', (ctx, [addr = 0, target = 0]) => {
    ctx.memory.writeU32(target, (ctx.memory.readU32(addr) >>> shift) & mask);
    return 0;
  }),
  set: f('ipi', (ctx, [addr = 0, value = 0]) => {
    const status = refusal(value);
    if (status !== 0) return status;
    const others = ctx.memory.readU32(addr) & ~(mask << shift);
    ctx.memory.writeU32(addr, (others | (value << shift)) >>> 0);
    return 0;
  }),
});

const upTo =
  (most: number, otherwise = EINVAL) =>
  (value: number): number =>
    value >= 0 && value <= most ? 0 : otherwise;
const shared = attributePart(31, 1, upTo(1));
const robust = attributePart(30, 1, upTo(1));
const protocol = attributePart(28, 3, upTo(2, ENOTSUP));

function* timedLock(ctx: LibcContext, mutex: number, clock: number, time: number): Waiting<number> {
  // The time is looked at only when the thread has to wait.
  const kind = kindOf(ctx, mutex);
  if (kind === undefined) return EINVAL;
  const owned = ownedMutex(ctx, mutex) === undefined ? alreadyOwned(ctx, mutex, kind, EDEADLK) : undefined;
  if (owned !== undefined) return owned;
  if (read(ctx, mutex, 'lock') === 0) return yield* lockMutex(ctx, mutex);
  const until = deadlineAt(ctx, time, clock);
  return typeof until === 'number' ? -until : yield* lockMutex(ctx, mutex, until);
}

/** <pthread.h>: mutexes. */
export const mutexFunctions: LibcTable = {
  pthread_mutex_init: f('ipp', (ctx, [mutex = 0, attributes = 0]) =>
    initMutex(ctx, mutex, attributeBits(ctx, attributes)),
  ),
  pthread_mutex_destroy: f('ip', (ctx, [mutex = 0]) => destroyMutex(ctx, mutex)),
  pthread_mutex_lock: f('ip', (ctx, [mutex = 0]) => lockMutex(ctx, mutex)),
  pthread_mutex_trylock: f('ip', (ctx, [mutex = 0]) => tryLockMutex(ctx, mutex)),
  pthread_mutex_timedlock: f('ipp', (ctx, [mutex = 0, time = 0]) => timedLock(ctx, mutex, 0, time)),
  pthread_mutex_clocklock: f('ipip', (ctx, [mutex = 0, clock = 0, time = 0]) =>
    timedLock(ctx, mutex, clock, time),
  ),
  pthread_mutex_unlock: f('ip', (ctx, [mutex = 0]) => unlockMutex(ctx, mutex)),
  pthread_mutex_consistent: f('ip', (ctx, [mutex = 0]) => {
    const owned = ownedMutex(ctx, mutex);
    return owned === undefined ? EINVAL : makeConsistent(ctx, owned);
  }),
  pthread_mutexattr_init: f('ip', (ctx, [addr = 0]) => {
    ctx.memory.writeU32(addr, 0);
    return 0;
  }),
  pthread_mutexattr_destroy: f('ip', () => 0),
  pthread_mutexattr_gettype: f('ipp', (ctx, [addr = 0, target = 0]) => {
    ctx.memory.writeU32(target, ctx.memory.readU32(addr) & 0xfff & ~NO_ELISION_BIT);
    return 0;
  }),
  pthread_mutexattr_settype: f('ipi', (ctx, [addr = 0, kind = 0]) => {
    if (kind < 0 || kind > ADAPTIVE) return EINVAL;
    const others = ctx.memory.readU32(addr) & ~0xfff;
    ctx.memory.writeU32(addr, (others | (kind === 0 ? NO_ELISION_BIT : kind)) >>> 0);
    return 0;
  }),
  pthread_mutexattr_getpshared: shared.get,
  pthread_mutexattr_setpshared: shared.set,
  pthread_mutexattr_getrobust: robust.get,
  pthread_mutexattr_setrobust: robust.set,
  pthread_mutexattr_getprotocol: protocol.get,
  pthread_mutexattr_setprotocol: protocol.set,
};
