/**
 * Condition variables: pthread_cond_t, and cnd_t which is the same.
 *
 *   +0 wseq (64 bits)   +8 g1_start (64 bits)   +16 g_refs[2]   +24 g_size[2]   +32 g1_orig_size   +36 wrefs   +40 g_signals[2]
 *
 * Waiters take positions in a sequence. Those of group G1 may consume signals; later ones gather in G2, which becomes G1 when
 * all of G1 are signalled. The low bit of wseq says which of the two slots is G2.
 *
 * Source: glibc 2.36, nptl/pthread_cond_wait.c, pthread_cond_signal.c, pthread_cond_broadcast.c, pthread_cond_common.c,
 * pthread_cond_init.c, pthread_cond_destroy.c, pthread_condattr_*.c.
 */
import { EINVAL } from '../../mm/kernel.ts';
import { sayThreads } from '../../text/thread-texts.ts';
import type { Text } from '../../text/text.ts';
import { f } from '../libc-context.ts';
import type { LibcContext, LibcFunction, LibcTable } from '../libc-context.ts';
import { actOnCancel, isCanceled } from './cancellation.ts';
import { CLOCK_MONOTONIC, CLOCK_REALTIME, deadlineAt } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import { futexWait, futexWake } from './futex.ts';
import type { Waiting } from './kernel-threads.ts';
import { lockMutexAgain, unlockMutex } from './mutex.ts';

const at = {
  sequence: 0,
  start: 8,
  references: 16,
  size: 24,
  originalSize: 32,
  waiters: 36,
  signals: 40,
} as const;
/** sizeof (pthread_cond_t) */
const conditionBytes = 48;

/** Flags in wrefs: shared, clock, destruction waits; the rest counts waiters. */
const SHARED = 1;
const MONOTONIC = 2;
const WANTS_WAKE = 4;
const WAITER = 8;

const ETIMEDOUT = 110;
/** INT_MAX: everybody. */
const ALL = 0x7fff_ffff;

const int = (ctx: LibcContext, addr: number): number => ctx.memory.readU32(addr);

function add(ctx: LibcContext, addr: number, difference: number): number {
  const before = int(ctx, addr);
  ctx.memory.writeU32(addr, (before + difference) >>> 0);
  return before;
}

const isShared = (ctx: LibcContext, condition: number): boolean =>
  (int(ctx, condition + at.waiters) & SHARED) !== 0;

const describe =
  (condition: number): (() => Text) =>
  () =>
    sayThreads('threads.condition', { addr: condition });

const startOf = (ctx: LibcContext, condition: number): bigint => ctx.memory.readU64(condition + at.start);

/** Initial size of G1; two bits of the word are the lock of the condition variable itself, which is never held here. */
const originalSizeOf = (ctx: LibcContext, condition: number): number =>
  int(ctx, condition + at.originalSize) >>> 2;

/** Waits on a condition. @returns 0 or an errno */
export function* waitOnCondition(
  ctx: LibcContext,
  condition: number,
  mutex: number,
  until?: Deadline,
): Waiting<number> {
  const { memory } = ctx;
  const sequence = memory.readU64(condition + at.sequence);
  memory.writeU64(condition + at.sequence, BigInt.asUintN(64, sequence + 2n));
  const group = Number(sequence & 1n);
  const position = sequence >> 1n;
  add(ctx, condition + at.waiters, WAITER);
  const failure = unlockMutex(ctx, mutex, false);
  if (failure !== 0) {
    yield* cancelWait(ctx, condition, position, group);
    confirmWakeup(ctx, condition);
    return failure;
  }
  const result = yield* waitForSignal(ctx, { condition, mutex, group, position, until });
  confirmWakeup(ctx, condition);
  const relocked = yield* lockMutexAgain(ctx, mutex);
  return relocked !== 0 ? relocked : result;
}

/** A waiter. */
interface Waiter {
  readonly condition: number;
  readonly mutex: number;
  readonly group: number;
  readonly position: bigint;
  readonly until: Deadline | undefined;
}

/** Until a signal is there for the group, or the group is closed. */
function* waitForSignal(ctx: LibcContext, waiter: Waiter): Waiting<number> {
  const { condition, group, position, until } = waiter;
  const signals = condition + at.signals + 4 * group;
  const references = condition + at.references + 4 * group;
  const isClosed = (): boolean => (int(ctx, signals) & 1) !== 0 || position < startOf(ctx, condition) >> 1n;
  for (let available = int(ctx, signals); ; available = int(ctx, signals)) {
    if ((available & 1) !== 0) return 0;
    if (available !== 0) break;
    add(ctx, references, 2);
    if (isClosed()) {
      leaveGroup(ctx, condition, group);
      return 0;
    }
    const status = yield* futexWait(ctx, signals, 0, {
      what: describe(condition),
      deadline: until?.deadline,
      isRealtime: until === undefined || until.isRealtime,
      isShared: isShared(ctx, condition),
      isCancellationPoint: true,
    });
    leaveGroup(ctx, condition, group);
    if (isCanceled(ctx, ctx.threads.self)) yield* cleanUp(ctx, waiter);
    if (status === -ETIMEDOUT) {
      yield* cancelWait(ctx, condition, position, group);
      return ETIMEDOUT;
    }
  }
  add(ctx, signals, -2);
  giveStolenBack(ctx, waiter);
  return 0;
}

/** A signal that may have been meant for a later group goes back. */
function giveStolenBack(ctx: LibcContext, { condition, group, position }: Waiter): void {
  const start = startOf(ctx, condition);
  if (position >= start >> 1n || Number((start & 1n) ^ 1n) !== group) return;
  const signals = condition + at.signals + 4 * group;
  if ((int(ctx, signals) & 1) === 0) add(ctx, signals, 2);
  futexWake(ctx, signals, 1, isShared(ctx, condition));
}

/** The waiting thread is cancelled: the mutex is taken again before its clean-ups run. */
function* cleanUp(ctx: LibcContext, { condition, mutex, group, position }: Waiter): Waiting<void> {
  yield* cancelWait(ctx, condition, position, group);
  futexWake(ctx, condition + at.signals + 4 * group, 1, isShared(ctx, condition));
  confirmWakeup(ctx, condition);
  yield* lockMutexAgain(ctx, mutex);
  actOnCancel(ctx);
}

/** The waiter has left: who destroys the variable may wait for that. @source __condvar_confirm_wakeup */
function confirmWakeup(ctx: LibcContext, condition: number): void {
  const before = add(ctx, condition + at.waiters, -WAITER);
  if (before >>> 2 === 3) futexWake(ctx, condition + at.waiters, ALL, isShared(ctx, condition));
}

/** A waiter does not use the futex of its group any more. @source __condvar_dec_grefs */
function leaveGroup(ctx: LibcContext, condition: number, group: number): void {
  const references = condition + at.references + 4 * group;
  if (add(ctx, references, -2) !== 3) return;
  ctx.memory.writeU32(references, int(ctx, references) & ~1);
  futexWake(ctx, references, ALL, isShared(ctx, condition));
}

/** A waiter gives up; a signal that was meant for its group goes to another one. @source __condvar_cancel_waiting */
function* cancelWait(ctx: LibcContext, condition: number, position: bigint, group: number): Waiting<void> {
  const start = startOf(ctx, condition) >> 1n;
  const size = condition + at.size + 4 * group;
  let hasConsumed = false;
  if (start > position) hasConsumed = true;
  else if (start + BigInt(originalSizeOf(ctx, condition)) <= position) add(ctx, size, -1);
  else if (int(ctx, size) === 0) hasConsumed = true;
  else add(ctx, size, -1);
  if (hasConsumed) yield* signalOne(ctx, condition);
}

/**
 * Makes G2 the new G1, once nobody uses the futex of the old one any more.
 *
 * @returns whether somebody waits in the new G1
 * @source __condvar_quiesce_and_switch_g1
 */
function* switchGroups(ctx: LibcContext, condition: number): Waiting<boolean> {
  const { memory } = ctx;
  const sequence = memory.readU64(condition + at.sequence);
  const group = Number((sequence & 1n) ^ 1n);
  const start = startOf(ctx, condition) >> 1n;
  const originalSize = originalSizeOf(ctx, condition);
  const gathered = Number(BigInt.asUintN(32, (sequence >> 1n) - start - BigInt(originalSize)));
  const otherSize = condition + at.size + 4 * (group ^ 1);
  if ((gathered + int(ctx, otherSize)) >>> 0 === 0) return false;
  const signals = condition + at.signals + 4 * group;
  memory.writeU32(signals, int(ctx, signals) | 1);
  const references = condition + at.references + 4 * group;
  while (int(ctx, references) >>> 1 > 0) {
    memory.writeU32(references, int(ctx, references) | 1);
    yield* futexWait(ctx, references, int(ctx, references), {
      what: describe(condition),
      isPlain: true,
      isShared: isShared(ctx, condition),
    });
  }
  const advance = BigInt(originalSize * 2 + (group === 1 ? 1 : -1));
  memory.writeU64(condition + at.start, BigInt.asUintN(64, startOf(ctx, condition) + advance));
  memory.writeU32(signals, 0);
  const latest = memory.readU64(condition + at.sequence);
  memory.writeU64(condition + at.sequence, latest ^ 1n);
  const size = Number((latest >> 1n) - (start + BigInt(originalSize)));
  const lockBits = int(ctx, condition + at.originalSize) & 3;
  memory.writeU32(condition + at.originalSize, ((size << 2) | lockBits) >>> 0);
  add(ctx, otherSize, size);
  return int(ctx, otherSize) !== 0;
}

const firstGroup = (ctx: LibcContext, condition: number): number =>
  Number((ctx.memory.readU64(condition + at.sequence) & 1n) ^ 1n);

/** pthread_cond_signal. */
export function* signalOne(ctx: LibcContext, condition: number): Waiting<number> {
  if (int(ctx, condition + at.waiters) >>> 3 === 0) return 0;
  const hasWaiters =
    int(ctx, condition + at.size + 4 * firstGroup(ctx, condition)) !== 0 ||
    (yield* switchGroups(ctx, condition));
  if (!hasWaiters) return 0;
  const group = firstGroup(ctx, condition);
  add(ctx, condition + at.signals + 4 * group, 2);
  add(ctx, condition + at.size + 4 * group, -1);
  futexWake(ctx, condition + at.signals + 4 * group, 1, isShared(ctx, condition));
  return 0;
}

/** pthread_cond_broadcast. */
export function* signalAll(ctx: LibcContext, condition: number): Waiting<number> {
  if (int(ctx, condition + at.waiters) >>> 3 === 0) return 0;
  wakeGroup(ctx, condition);
  if (yield* switchGroups(ctx, condition)) wakeGroup(ctx, condition);
  return 0;
}

/** Signals everybody in G1. */
function wakeGroup(ctx: LibcContext, condition: number): void {
  const group = firstGroup(ctx, condition);
  const size = int(ctx, condition + at.size + 4 * group);
  if (size === 0) return;
  add(ctx, condition + at.signals + 4 * group, size * 2);
  ctx.memory.writeU32(condition + at.size + 4 * group, 0);
  futexWake(ctx, condition + at.signals + 4 * group, ALL, isShared(ctx, condition));
}

/** pthread_cond_init. @param bits - the content of the attribute object, 0 without one */
export function initCondition(ctx: LibcContext, condition: number, bits: number): number {
  ctx.memory.fill(condition, 0, conditionBytes);
  const flags = ((bits & 1) === 0 ? 0 : SHARED) | ((bits & 2) === 0 ? 0 : MONOTONIC);
  if (flags !== 0) ctx.memory.writeU32(condition + at.waiters, flags);
  return 0;
}

/** pthread_cond_destroy: waits for those that were signalled and have not left yet. */
export function* destroyCondition(ctx: LibcContext, condition: number): Waiting<number> {
  const waiters = condition + at.waiters;
  ctx.memory.writeU32(waiters, int(ctx, waiters) | WANTS_WAKE);
  while (int(ctx, waiters) >>> 3 !== 0) {
    yield* futexWait(ctx, waiters, int(ctx, waiters), {
      what: describe(condition),
      isPlain: true,
      isShared: isShared(ctx, condition),
    });
  }
  return 0;
}

/** pthread_cond_timedwait and clockwait; without a clock it is the condition's own. */
export function* timedWaitOnCondition(
  ctx: LibcContext,
  condition: number,
  mutex: number,
  time: number,
  clock?: number,
): Waiting<number> {
  const isMonotonic = (int(ctx, condition + at.waiters) & MONOTONIC) !== 0;
  const until = deadlineAt(ctx, time, clock ?? (isMonotonic ? CLOCK_MONOTONIC : CLOCK_REALTIME));
  return typeof until === 'number' ? -until : yield* waitOnCondition(ctx, condition, mutex, until);
}

/** Reads a bit of an attribute object. */
const getBit = (shift: number): LibcFunction =>
  f('ipp', (ctx, [addr = 0, target = 0]) => {
    ctx.memory.writeU32(target, (int(ctx, addr) >>> shift) & 1);
    return 0;
  });

/** Writes a bit of an attribute object. */
const setBit = (shift: number): LibcFunction =>
  f('ipi', (ctx, [addr = 0, value = 0]) => {
    if (value !== 0 && value !== 1) return EINVAL;
    ctx.memory.writeU32(addr, (int(ctx, addr) & ~(1 << shift)) | (value << shift));
    return 0;
  });

/** <pthread.h>: condition variables. */
export const conditionFunctions: LibcTable = {
  pthread_cond_init: f('ipp', (ctx, [condition = 0, attributes = 0]) =>
    initCondition(ctx, condition, attributes === 0 ? 0 : int(ctx, attributes)),
  ),
  pthread_cond_destroy: f('ip', (ctx, [condition = 0]) => destroyCondition(ctx, condition)),
  pthread_cond_wait: f('ipp', (ctx, [condition = 0, mutex = 0]) => waitOnCondition(ctx, condition, mutex)),
  pthread_cond_timedwait: f('ippp', (ctx, [condition = 0, mutex = 0, time = 0]) =>
    timedWaitOnCondition(ctx, condition, mutex, time),
  ),
  pthread_cond_clockwait: f('ippip', (ctx, [condition = 0, mutex = 0, clock = 0, time = 0]) =>
    timedWaitOnCondition(ctx, condition, mutex, time, clock),
  ),
  pthread_cond_signal: f('ip', (ctx, [condition = 0]) => signalOne(ctx, condition)),
  pthread_cond_broadcast: f('ip', (ctx, [condition = 0]) => signalAll(ctx, condition)),
  pthread_condattr_init: f('ip', (ctx, [addr = 0]) => {
    ctx.memory.writeU32(addr, 0);
    return 0;
  }),
  pthread_condattr_destroy: f('ip', () => 0),
  pthread_condattr_getpshared: getBit(0),
  pthread_condattr_setpshared: setBit(0),
  pthread_condattr_getclock: getBit(1),
  pthread_condattr_setclock: setBit(1),
};
