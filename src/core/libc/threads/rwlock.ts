/**
 * Locks for one writer or many readers: pthread_rwlock_t.
 *
 *   +0 readers   +4 writers   +8 wrphase_futex   +12 writers_futex   then, on x86-64, +24 cur_writer   +28 shared   +48 flags;
 *   on i386 +24 flags (a byte)   +25 shared (a byte)   +28 cur_writer
 *
 * The word of the readers has the number of readers above three bits: the lock is in a write phase, a writer has it or waits
 * for it first, readers wait for writers that have waited longer.
 *
 * Source: glibc 2.36, nptl/pthread_rwlock_common.c, pthread_rwlock_init.c, pthread_rwlock_tryrdlock.c, pthread_rwlock_trywrlock.c,
 * pthread_rwlock_unlock.c, pthread_rwlockattr_*.c. Between two waits nobody else runs: what is a loop of compare-and-exchange
 * there is done once here.
 */
import { EBUSY, EINVAL } from '../../mm/kernel.ts';
import type { TargetName } from '../../target/data-model.ts';
import { sayThreads } from '../../text/thread-texts.ts';
import type { Text } from '../../text/text.ts';
import { f } from '../libc-context.ts';
import type { LibcContext, LibcFunction, LibcTable } from '../libc-context.ts';
import { deadlineAt } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import { futexWait, futexWake } from './futex.ts';
import type { Waiting } from './kernel-threads.ts';

const at = { readers: 0, writers: 4, phaseFutex: 8, writersFutex: 12 } as const;

/** Offsets of further ints, of the two fields whose size differs, and sizeof (pthread_rwlock_t). */
const layouts = {
  x86_64: { writer: 24, shared: 28, flags: 48, bytes: 56 },
  i386: { writer: 28, shared: 25, flags: 24, bytes: 32 },
} as const satisfies Record<TargetName, object>;

const WRPHASE = 1;
const WRLOCKED = 2;
const RWAITING = 4;
const READER_SHIFT = 3;
const READER = 1 << READER_SHIFT;
const READER_OVERFLOW = 0x8000_0000;
const WRHANDOVER = 0x8000_0000;
/** In a futex: somebody waits. */
const FUTEX_USED = 2;

const PREFER_READER = 0;
const PREFER_WRITER_NONRECURSIVE = 2;

const EAGAIN = 11;
const EDEADLK = 35;
const ETIMEDOUT = 110;
const ALL = 0x7fff_ffff;

type Name = keyof typeof at;

const read = (ctx: LibcContext, lock: number, name: Name): number => ctx.memory.readU32(lock + at[name]);

function write(ctx: LibcContext, lock: number, name: Name, value: number): void {
  ctx.memory.writeU32(lock + at[name], value >>> 0);
}

/** Writes a word. @returns what was there */
function exchange(ctx: LibcContext, lock: number, name: Name, value: number): number {
  const before = read(ctx, lock, name);
  write(ctx, lock, name, value);
  return before;
}

/** One of the fields that are an int on x86-64 and a byte on i386. */
function readSmall(ctx: LibcContext, lock: number, name: 'shared' | 'flags'): number {
  const addr = lock + layouts[ctx.model.name][name];
  return ctx.model.wordBytes === 8 ? ctx.memory.readU32(addr) : ctx.memory.readU8(addr);
}

function writeSmall(ctx: LibcContext, lock: number, name: 'shared' | 'flags', value: number): void {
  const addr = lock + layouts[ctx.model.name][name];
  if (ctx.model.wordBytes === 8) ctx.memory.writeU32(addr, value);
  else ctx.memory.writeU8(addr, value);
}

/** Number of the thread that writes. */
function setWriter(ctx: LibcContext, lock: number, tid: number): void {
  ctx.memory.writeU32(lock + layouts[ctx.model.name].writer, tid);
}

const isShared = (ctx: LibcContext, lock: number): boolean => readSmall(ctx, lock, 'shared') !== 0;

function wake(ctx: LibcContext, lock: number, name: Name, most: number): void {
  futexWake(ctx, lock + at[name], most, isShared(ctx, lock));
}

/** Waits on one of the words. */
function wait(
  ctx: LibcContext,
  lock: number,
  how: {
    readonly name: Name;
    readonly value: number;
    readonly until: Deadline | undefined;
    readonly key: 'threads.readLock' | 'threads.writeLock';
  },
): Waiting<number> {
  return futexWait(ctx, lock + at[how.name], how.value, {
    what: (): Text => sayThreads(how.key, { addr: lock }),
    deadline: how.until?.deadline,
    isRealtime: how.until === undefined || how.until.isRealtime,
    isShared: isShared(ctx, lock),
  });
}

const isOwn = (ctx: LibcContext, lock: number): boolean =>
  (ctx.memory.readU32(lock + layouts[ctx.model.name].writer) | 0) === ctx.threads.tid;

/** Opens the read phase; those who wait for it wake. */
function openReadPhase(ctx: LibcContext, lock: number): void {
  if ((exchange(ctx, lock, 'phaseFutex', 0) & FUTEX_USED) !== 0) wake(ctx, lock, 'phaseFutex', ALL);
}

/** pthread_rwlock_rdlock and its variants with a time. @returns 0 or an errno */
function* lockToRead(ctx: LibcContext, lock: number, until?: Deadline): Waiting<number> {
  if (isOwn(ctx, lock)) return EDEADLK;
  if (readSmall(ctx, lock, 'flags') === PREFER_WRITER_NONRECURSIVE) {
    const status = yield* letWritersPass(ctx, lock, until);
    if (status !== 0) return status;
  }
  const readers = read(ctx, lock, 'readers') + READER;
  if (readers >= READER_OVERFLOW) return EAGAIN;
  write(ctx, lock, 'readers', readers);
  if ((readers & WRPHASE) === 0) return 0;
  if ((readers & WRLOCKED) === 0) {
    write(ctx, lock, 'readers', readers ^ WRPHASE);
    openReadPhase(ctx, lock);
    return 0;
  }
  return yield* waitForReadPhase(ctx, lock, until);
}

/** Writers that wait go first where the lock prefers them: until the readers that have it now have left. */
function* letWritersPass(ctx: LibcContext, lock: number, until: Deadline | undefined): Waiting<number> {
  for (;;) {
    let readers = read(ctx, lock, 'readers');
    const hasWriter = (readers & (WRPHASE | WRLOCKED)) === WRLOCKED;
    if (!hasWriter || readers >>> READER_SHIFT === 0) return 0;
    write(ctx, lock, 'readers', readers | RWAITING);
    for (;;) {
      readers = read(ctx, lock, 'readers');
      if ((readers & RWAITING) === 0) break;
      const how = { name: 'readers', value: readers, until, key: 'threads.readLock' } as const;
      if ((yield* wait(ctx, lock, how)) === -ETIMEDOUT) return ETIMEDOUT;
    }
  }
}

function* waitForReadPhase(ctx: LibcContext, lock: number, until: Deadline | undefined): Waiting<number> {
  for (;;) {
    if ((read(ctx, lock, 'phaseFutex') | FUTEX_USED) === (1 | FUTEX_USED)) {
      write(ctx, lock, 'phaseFutex', 1 | FUTEX_USED);
      const how = { name: 'phaseFutex', value: 1 | FUTEX_USED, until, key: 'threads.readLock' } as const;
      if ((yield* wait(ctx, lock, how)) !== -ETIMEDOUT) continue;
      const readers = read(ctx, lock, 'readers');
      if ((readers & WRPHASE) === 0) return 0;
      write(ctx, lock, 'readers', readers - READER);
      return ETIMEDOUT;
    }
    if ((read(ctx, lock, 'readers') & WRPHASE) === 0) return 0;
  }
}

/** pthread_rwlock_wrlock and its variants with a time. @returns 0 or an errno */
function* lockToWrite(ctx: LibcContext, lock: number, until?: Deadline): Waiting<number> {
  if (isOwn(ctx, lock)) return EDEADLK;
  const before = read(ctx, lock, 'readers');
  write(ctx, lock, 'readers', before | WRLOCKED);
  let mayShareFlag = false;
  if ((before & WRLOCKED) !== 0) {
    const turn = yield* waitForTurn(ctx, lock, until);
    if (turn.status !== 0) return turn.status;
    mayShareFlag = turn.hasWaited;
  }
  write(ctx, lock, 'writersFutex', 1 | (mayShareFlag ? FUTEX_USED : 0));
  const readers = read(ctx, lock, 'readers');
  if ((readers & WRPHASE) === 0) {
    if (readers >>> READER_SHIFT === 0) {
      write(ctx, lock, 'readers', readers | WRPHASE);
      write(ctx, lock, 'phaseFutex', 1);
    } else {
      const status = yield* waitForWritePhase(ctx, lock, until);
      if (status !== 0) return status;
    }
  }
  setWriter(ctx, lock, ctx.threads.tid);
  return 0;
}

/** Waits until the writer before has given the lock back, or hands it over. */
function* waitForTurn(
  ctx: LibcContext,
  lock: number,
  until: Deadline | undefined,
): Waiting<{ readonly status: number; readonly hasWaited: boolean }> {
  const prefersWriters = readSmall(ctx, lock, 'flags') !== PREFER_READER;
  let hasWaited = false;
  if (prefersWriters) write(ctx, lock, 'writers', read(ctx, lock, 'writers') + 1);
  for (;;) {
    const readers = read(ctx, lock, 'readers');
    const writers = read(ctx, lock, 'writers');
    if ((readers & WRLOCKED) === 0) {
      write(ctx, lock, 'readers', readers | WRLOCKED);
      if (prefersWriters) write(ctx, lock, 'writers', writers - 1);
      return { status: 0, hasWaited };
    }
    if (prefersWriters && writers >= WRHANDOVER) {
      write(ctx, lock, 'writers', writers - WRHANDOVER - 1);
      return { status: 0, hasWaited };
    }
    // The writer before has not come so far as to say that it has the lock, or has just given it back.
    if ((read(ctx, lock, 'writersFutex') & ~FUTEX_USED) !== 1) {
      yield {
        isOver: () =>
          (read(ctx, lock, 'writersFutex') & ~FUTEX_USED) === 1 ||
          read(ctx, lock, 'readers') !== readers ||
          read(ctx, lock, 'writers') !== writers,
        deadline: undefined,
        what: () => sayThreads('threads.writeLock', { addr: lock }),
      };
      continue;
    }
    write(ctx, lock, 'writersFutex', 1 | FUTEX_USED);
    hasWaited = true;
    const how = { name: 'writersFutex', value: 1 | FUTEX_USED, until, key: 'threads.writeLock' } as const;
    if ((yield* wait(ctx, lock, how)) !== -ETIMEDOUT) continue;
    if (!prefersWriters) return { status: ETIMEDOUT, hasWaited };
    const left = read(ctx, lock, 'writers');
    const isHandedOver = left === WRHANDOVER + 1;
    write(ctx, lock, 'writers', isHandedOver ? 0 : left - 1);
    return { status: isHandedOver ? 0 : ETIMEDOUT, hasWaited };
  }
}

/** Waits until the readers have left. */
function* waitForWritePhase(ctx: LibcContext, lock: number, until: Deadline | undefined): Waiting<number> {
  for (;;) {
    if ((read(ctx, lock, 'phaseFutex') | FUTEX_USED) === FUTEX_USED) {
      write(ctx, lock, 'phaseFutex', FUTEX_USED);
      const how = { name: 'phaseFutex', value: FUTEX_USED, until, key: 'threads.writeLock' } as const;
      if ((yield* wait(ctx, lock, how)) !== -ETIMEDOUT) continue;
      const hasGivenUp = giveUpWriting(ctx, lock);
      return hasGivenUp ? ETIMEDOUT : 0;
    }
    if ((read(ctx, lock, 'readers') & WRPHASE) !== 0) return 0;
  }
}

/** The time of a writer is over before the readers have left. @returns false when it has got the lock just now */
function giveUpWriting(ctx: LibcContext, lock: number): boolean {
  if (readSmall(ctx, lock, 'flags') !== PREFER_READER) {
    const writers = read(ctx, lock, 'writers');
    if (writers !== 0) {
      const futex = exchange(ctx, lock, 'writersFutex', 0);
      write(ctx, lock, 'writers', writers | WRHANDOVER);
      if ((futex & FUTEX_USED) !== 0) wake(ctx, lock, 'writersFutex', 1);
      return true;
    }
  }
  const readers = read(ctx, lock, 'readers');
  if ((readers & WRPHASE) !== 0) return false;
  const futex = exchange(ctx, lock, 'writersFutex', 0);
  write(ctx, lock, 'readers', (readers ^ WRLOCKED) & ~RWAITING);
  if ((futex & FUTEX_USED) !== 0) wake(ctx, lock, 'writersFutex', 1);
  if ((readers & RWAITING) !== 0) wake(ctx, lock, 'readers', ALL);
  return true;
}

/** A reader leaves. @source __pthread_rwlock_rdunlock */
function unlockReader(ctx: LibcContext, lock: number): void {
  const before = read(ctx, lock, 'readers');
  let after = before - READER;
  if (after >>> READER_SHIFT === 0) {
    if ((after & WRLOCKED) !== 0) after |= WRPHASE;
    after &= ~RWAITING;
  }
  write(ctx, lock, 'readers', after);
  if ((after & WRPHASE) !== 0 && (exchange(ctx, lock, 'phaseFutex', 1) & FUTEX_USED) !== 0)
    wake(ctx, lock, 'phaseFutex', ALL);
  if ((before & RWAITING) !== (after & RWAITING)) wake(ctx, lock, 'readers', ALL);
}

/** The writer leaves: the lock goes to the next writer or to readers that wait. @source __pthread_rwlock_wrunlock */
function unlockWriter(ctx: LibcContext, lock: number): void {
  setWriter(ctx, lock, 0);
  const wakesWriter = (exchange(ctx, lock, 'writersFutex', 0) & FUTEX_USED) !== 0;
  const writers = read(ctx, lock, 'writers');
  if (readSmall(ctx, lock, 'flags') !== PREFER_READER && writers !== 0)
    write(ctx, lock, 'writers', writers | WRHANDOVER);
  else {
    const readers = read(ctx, lock, 'readers');
    const hasReaders = readers >>> READER_SHIFT !== 0;
    write(ctx, lock, 'readers', readers ^ WRLOCKED ^ (hasReaders ? WRPHASE : 0));
    if (hasReaders) openReadPhase(ctx, lock);
  }
  if (wakesWriter) wake(ctx, lock, 'writersFutex', 1);
}

/** pthread_rwlock_tryrdlock. */
function tryToRead(ctx: LibcContext, lock: number): number {
  const readers = read(ctx, lock, 'readers');
  const isFree = (readers & WRPHASE) !== 0 && (readers & WRLOCKED) === 0;
  if ((readers & WRPHASE) !== 0 && !isFree) return EBUSY;
  const prefersWriters = readSmall(ctx, lock, 'flags') === PREFER_WRITER_NONRECURSIVE;
  if (!isFree && (readers & WRLOCKED) !== 0 && prefersWriters) return EBUSY;
  const after = (isFree ? readers ^ WRPHASE : readers) + READER;
  if (after >= READER_OVERFLOW) return EAGAIN;
  write(ctx, lock, 'readers', after);
  if (isFree) openReadPhase(ctx, lock);
  return 0;
}

/** pthread_rwlock_trywrlock. */
function tryToWrite(ctx: LibcContext, lock: number): number {
  const readers = read(ctx, lock, 'readers');
  const prefersWriters = readSmall(ctx, lock, 'flags') !== PREFER_READER;
  if ((readers & WRLOCKED) !== 0) return EBUSY;
  if (readers >>> READER_SHIFT !== 0 && !(prefersWriters && (readers & WRPHASE) !== 0)) return EBUSY;
  write(ctx, lock, 'readers', readers | WRPHASE | WRLOCKED);
  write(ctx, lock, 'writersFutex', 1);
  if ((readers & WRPHASE) === 0) write(ctx, lock, 'phaseFutex', 1);
  setWriter(ctx, lock, ctx.threads.tid);
  return 0;
}

function unlock(ctx: LibcContext, lock: number): number {
  if (isOwn(ctx, lock)) unlockWriter(ctx, lock);
  else unlockReader(ctx, lock);
  return 0;
}

function* timed(
  ctx: LibcContext,
  lock: number,
  until: Deadline | number,
  take: (ctx: LibcContext, lock: number, until?: Deadline) => Waiting<number>,
): Waiting<number> {
  return typeof until === 'number' ? -until : yield* take(ctx, lock, until);
}

/** An int of an attribute object: its offset, and the largest value that it takes. */
const attributePart = (
  offset: number,
  most: number,
): { readonly get: LibcFunction; readonly set: LibcFunction } => ({
  get: f('ipp', (ctx, [addr = 0, target = 0]) => {
    ctx.memory.writeU32(target, ctx.memory.readU32(addr + offset));
    return 0;
  }),
  set: f('ipi', (ctx, [addr = 0, value = 0]) => {
    if (value < 0 || value > most) return EINVAL;
    ctx.memory.writeU32(addr + offset, value);
    return 0;
  }),
});

const kind = attributePart(0, PREFER_WRITER_NONRECURSIVE);
const shared = attributePart(4, 1);

/** <pthread.h>: locks for readers and writers. */
export const rwlockFunctions: LibcTable = {
  pthread_rwlock_init: f('ipp', (ctx, [lock = 0, attributes = 0]) => {
    ctx.memory.fill(lock, 0, layouts[ctx.model.name].bytes);
    if (attributes === 0) return 0;
    writeSmall(ctx, lock, 'flags', ctx.memory.readU32(attributes));
    writeSmall(ctx, lock, 'shared', ctx.memory.readU32(attributes + 4) === 0 ? 0 : 1);
    return 0;
  }),
  pthread_rwlock_destroy: f('ip', () => 0),
  pthread_rwlock_rdlock: f('ip', (ctx, [lock = 0]) => lockToRead(ctx, lock)),
  pthread_rwlock_wrlock: f('ip', (ctx, [lock = 0]) => lockToWrite(ctx, lock)),
  pthread_rwlock_tryrdlock: f('ip', (ctx, [lock = 0]) => tryToRead(ctx, lock)),
  pthread_rwlock_trywrlock: f('ip', (ctx, [lock = 0]) => tryToWrite(ctx, lock)),
  pthread_rwlock_timedrdlock: f('ipp', (ctx, [lock = 0, time = 0]) =>
    timed(ctx, lock, deadlineAt(ctx, time, 0), lockToRead),
  ),
  pthread_rwlock_timedwrlock: f('ipp', (ctx, [lock = 0, time = 0]) =>
    timed(ctx, lock, deadlineAt(ctx, time, 0), lockToWrite),
  ),
  pthread_rwlock_clockrdlock: f('ipip', (ctx, [lock = 0, clock = 0, time = 0]) =>
    timed(ctx, lock, deadlineAt(ctx, time, clock), lockToRead),
  ),
  pthread_rwlock_clockwrlock: f('ipip', (ctx, [lock = 0, clock = 0, time = 0]) =>
    timed(ctx, lock, deadlineAt(ctx, time, clock), lockToWrite),
  ),
  pthread_rwlock_unlock: f('ip', (ctx, [lock = 0]) => unlock(ctx, lock)),
  pthread_rwlockattr_init: f('ip', (ctx, [addr = 0]) => {
    ctx.memory.writeNumber64(addr, 0);
    return 0;
  }),
  pthread_rwlockattr_destroy: f('ip', () => 0),
  pthread_rwlockattr_getkind_np: kind.get,
  pthread_rwlockattr_setkind_np: kind.set,
  pthread_rwlockattr_getpshared: shared.get,
  pthread_rwlockattr_setpshared: shared.set,
};
