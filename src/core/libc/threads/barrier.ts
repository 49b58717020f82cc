/**
 * Barriers: pthread_barrier_t.
 *
 *   +0 in   +4 current_round   +8 count   +12 shared   +16 out
 *
 * Source: glibc 2.36, nptl/pthread_barrier_wait.c, pthread_barrier_init.c, pthread_barrier_destroy.c, sysdeps/nptl/internaltypes.h.
 */
import { EINVAL } from '../../mm/kernel.ts';
import { sayThreads } from '../../text/thread-texts.ts';
import { f } from '../libc-context.ts';
import type { LibcContext, LibcTable } from '../libc-context.ts';
import { futexWait, futexWake } from './futex.ts';
import type { Waiting } from './kernel-threads.ts';

const at = { in: 0, round: 4, count: 8, shared: 12, out: 16 } as const;
/** Most entries before the counters begin again: BARRIER_IN_THRESHOLD, UINT_MAX / 2. */
const threshold = 0x7fff_ffff;
const PTHREAD_BARRIER_SERIAL_THREAD = -1;
const ALL = 0x7fff_ffff;
/** FUTEX_SHARED as the field keeps it. */
const sharedValue = 128;

const read = (ctx: LibcContext, barrier: number, name: keyof typeof at): number =>
  ctx.memory.readU32(barrier + at[name]);

function write(ctx: LibcContext, barrier: number, name: keyof typeof at, value: number): void {
  ctx.memory.writeU32(barrier + at[name], value >>> 0);
}

/** Waits until a word of the barrier has changed. */
function* waitForChange(
  ctx: LibcContext,
  barrier: number,
  name: 'in' | 'round',
  value: number,
): Waiting<number> {
  yield* futexWait(ctx, barrier + at[name], value, {
    what: () => sayThreads('threads.barrier', { addr: barrier }),
    isPlain: true,
    isShared: read(ctx, barrier, 'shared') !== 0,
  });
  return read(ctx, barrier, name);
}

/** pthread_barrier_wait. @returns 0, or -1 for one of the threads of a round */
function* waitAtBarrier(ctx: LibcContext, barrier: number): Waiting<number> {
  const count = read(ctx, barrier, 'count');
  const most = threshold - (threshold % count);
  const isShared = read(ctx, barrier, 'shared') !== 0;
  let entry = read(ctx, barrier, 'in') + 1;
  write(ctx, barrier, 'in', entry);
  while (entry > most) {
    while (entry > most) entry = yield* waitForChange(ctx, barrier, 'in', entry);
    entry = read(ctx, barrier, 'in') + 1;
    write(ctx, barrier, 'in', entry);
  }
  let round = read(ctx, barrier, 'round');
  if (round + count <= entry) {
    round = entry - (entry % count);
    write(ctx, barrier, 'round', round);
    futexWake(ctx, barrier + at.round, ALL, isShared);
  }
  while (entry > round) round = yield* waitForChange(ctx, barrier, 'round', round);
  const out = read(ctx, barrier, 'out') + 1;
  write(ctx, barrier, 'out', out);
  if (out === most) {
    write(ctx, barrier, 'round', 0);
    write(ctx, barrier, 'out', 0);
    write(ctx, barrier, 'in', 0);
    futexWake(ctx, barrier + at.in, ALL, isShared);
  }
  return entry % count === 0 ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

/** pthread_barrier_destroy: waits for those that have not left yet. */
function* destroyBarrier(ctx: LibcContext, barrier: number): Waiting<number> {
  const count = read(ctx, barrier, 'count');
  const most = threshold - (threshold % count);
  let entered = read(ctx, barrier, 'in');
  const out = read(ctx, barrier, 'out');
  write(ctx, barrier, 'out', out + most - entered);
  if (out < entered) while (entered !== 0) entered = yield* waitForChange(ctx, barrier, 'in', entered);
  return 0;
}

/** <pthread.h>: barriers. */
export const barrierFunctions: LibcTable = {
  pthread_barrier_init: f('ippu', (ctx, [barrier = 0, attributes = 0, count = 0]) => {
    if (count === 0 || count >= threshold) return EINVAL;
    const isShared = attributes !== 0 && ctx.memory.readU32(attributes) !== 0;
    for (const name of ['in', 'out', 'round'] as const) write(ctx, barrier, name, 0);
    write(ctx, barrier, 'count', count);
    write(ctx, barrier, 'shared', isShared ? sharedValue : 0);
    return 0;
  }),
  pthread_barrier_destroy: f('ip', (ctx, [barrier = 0]) => destroyBarrier(ctx, barrier)),
  pthread_barrier_wait: f('ip', (ctx, [barrier = 0]) => waitAtBarrier(ctx, barrier)),
  pthread_barrierattr_init: f('ip', (ctx, [addr = 0]) => {
    ctx.memory.writeU32(addr, 0);
    return 0;
  }),
  pthread_barrierattr_destroy: f('ip', () => 0),
  pthread_barrierattr_getpshared: f('ipp', (ctx, [addr = 0, target = 0]) => {
    ctx.memory.writeU32(target, ctx.memory.readU32(addr));
    return 0;
  }),
  pthread_barrierattr_setpshared: f('ipi', (ctx, [addr = 0, value = 0]) => {
    if (value !== 0 && value !== 1) return EINVAL;
    ctx.memory.writeU32(addr, value);
    return 0;
  }),
};
