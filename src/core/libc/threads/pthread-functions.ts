/**
 * <pthread.h>: threads themselves, keys, once, spin locks, names.
 *
 * Source: glibc 2.36, nptl/pthread_*.c.
 */
import { EINVAL } from '../../mm/kernel.ts';
import { sayThreads } from '../../text/thread-texts.ts';
import type { Text } from '../../text/text.ts';
import { asciiBytes } from '../ascii.ts';
import { f, syscall } from '../libc-context.ts';
import type { LibcContext, LibcTable } from '../libc-context.ts';
import { createThread, detachThread, joinThread, tryJoin } from './create.ts';
import { deadlineAt } from './deadline.ts';
import { readField } from './descriptor.ts';
import type { Waiting } from './kernel-threads.ts';
import { callOnce } from './once.ts';
import { stackFactFunctions } from './stack-facts.ts';
import { threadSchedulingFunctions } from './thread-scheduling.ts';
import { createKey, deleteKey, getSpecific, setSpecific } from './thread-data.ts';

const EBUSY = 16;
const ERANGE = 34;
/** Bytes of a thread's name with its NUL: TASK_COMM_LEN. */
const nameBytes = 16;

const forever = { deadline: undefined, isRealtime: true } as const;

function* joinUntil(
  ctx: LibcContext,
  descriptor: number,
  target: number,
  clock: number,
  time: number,
): Waiting<number> {
  if (time === 0) return yield* joinThread(ctx, descriptor, target, forever);
  const until = deadlineAt(ctx, time, clock);
  return typeof until === 'number' ? -until : yield* joinThread(ctx, descriptor, target, until);
}

/** sched_yield: others that are ready run first. */
export function* yieldTurn(ctx: LibcContext): Waiting<number> {
  if (ctx.threads.count > 1) yield ctx.threads.yield();
  return syscall(ctx, 'sched_yield', [], 0);
}

/** A spin lock: 1 free, 0 or less taken. */
function* lockSpin(ctx: LibcContext, lock: number): Waiting<number> {
  const what = (): Text => sayThreads('threads.freeMutex', { addr: lock });
  while ((ctx.memory.readU32(lock) | 0) !== 1) {
    yield { isOver: () => (ctx.memory.readU32(lock) | 0) === 1, deadline: undefined, what };
  }
  ctx.memory.writeU32(lock, 0);
  return 0;
}

function setName(ctx: LibcContext, descriptor: number, nameAt: number): number {
  const name = ctx.memory.readCString(nameAt);
  if (name.length >= nameBytes) return ERANGE;
  const tid = readField(ctx, descriptor, 'tid');
  ctx.threads.nptl.names.set(tid, String.fromCharCode(...name));
  return 0;
}

function getName(ctx: LibcContext, descriptor: number, target: number, size: number): number {
  if (size < nameBytes) return ERANGE;
  const tid = readField(ctx, descriptor, 'tid');
  const name = ctx.threads.nptl.names.get(tid) ?? ctx.programName.slice(0, nameBytes - 1);
  ctx.memory.writeBytes(target, asciiBytes(`${name}\0`));
  return 0;
}

/** The functions. */
export const pthreadFunctions: LibcTable = {
  ...threadSchedulingFunctions,
  ...stackFactFunctions,
  pthread_create: f('ipppp', (ctx, [target = 0, attributes = 0, start = 0], _variadic, raw) =>
    createThread(ctx, { target, attributes, start, argument: BigInt(raw[3] ?? 0), isC11: false }),
  ),
  pthread_join: f('ipp', (ctx, [descriptor = 0, target = 0]) => joinThread(ctx, descriptor, target, forever)),
  pthread_tryjoin_np: f('ipp', (ctx, [descriptor = 0, target = 0]) => tryJoin(ctx, descriptor, target)),
  pthread_timedjoin_np: f('ippp', (ctx, [descriptor = 0, target = 0, time = 0]) =>
    joinUntil(ctx, descriptor, target, 0, time),
  ),
  pthread_clockjoin_np: f('ippip', (ctx, [descriptor = 0, target = 0, clock = 0, time = 0]) =>
    joinUntil(ctx, descriptor, target, clock, time),
  ),
  pthread_detach: f('ip', (ctx, [descriptor = 0]) => detachThread(ctx, descriptor)),
  pthread_self: f('p', (ctx) => ctx.threads.self),
  pthread_equal: f('ipp', (_ctx, [one = 0, other = 0]) => (one === other ? 1 : 0)),
  pthread_once: f('ipp', (ctx, [control = 0, target = 0]) => callOnce(ctx, control, target)),
  pthread_key_create: f('ipp', (ctx, [target = 0, destructor = 0]) => {
    return createKey(ctx, target, destructor);
  }),
  pthread_key_delete: f('iu', (ctx, [key = 0]) => deleteKey(ctx, key)),
  pthread_getspecific: f('pu', (ctx, [key = 0]) => getSpecific(ctx, key)),
  pthread_setspecific: f('iup', (ctx, [key = 0], _variadic, raw) =>
    setSpecific(ctx, key, BigInt(raw[1] ?? 0)),
  ),
  pthread_spin_init: f('ipi', (ctx, [lock = 0]) => {
    ctx.memory.writeU32(lock, 1);
    return 0;
  }),
  pthread_spin_destroy: f('ip', () => 0),
  pthread_spin_lock: f('ip', (ctx, [lock = 0]) => lockSpin(ctx, lock)),
  pthread_spin_trylock: f('ip', (ctx, [lock = 0]) => {
    const before = ctx.memory.readU32(lock);
    ctx.memory.writeU32(lock, 0);
    return (before | 0) > 0 ? 0 : EBUSY;
  }),
  pthread_spin_unlock: f('ip', (ctx, [lock = 0]) => {
    ctx.memory.writeU32(lock, 1);
    return 0;
  }),
  pthread_setname_np: f('ipp', (ctx, [descriptor = 0, name = 0]) => setName(ctx, descriptor, name)),
  pthread_getname_np: f('ippz', (ctx, [descriptor = 0, target = 0, size = 0]) =>
    getName(ctx, descriptor, target, size),
  ),
  pthread_getconcurrency: f('i', () => 0),
  pthread_setconcurrency: f('ii', (_ctx, [level = 0]) => (level < 0 ? EINVAL : 0)),
  sched_yield: f('i', (ctx) => yieldTurn(ctx)),
};
