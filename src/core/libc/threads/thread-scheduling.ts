/**
 * How threads are scheduled, as programs see it: policy and priority, processors, processor clocks. All threads are ordinary ones
 * (SCHED_OTHER) on one processor.
 *
 * Source: glibc 2.36, nptl/pthread_getschedparam.c, pthread_setschedparam.c, pthread_setschedprio.c, pthread_getcpuclockid.c,
 * sysdeps/unix/sysv/linux/pthread_getaffinity.c; Linux, kernel/sched/syscalls.c.
 * Simplified: real-time policies are not modelled.
 */
import { EINVAL } from '../../mm/kernel.ts';
import { ESRCH } from '../../target/errno.ts';
import { NotModelled } from '../../trace/not-modelled.ts';
import { checked, f, syscall } from '../libc-context.ts';
import type { LibcContext, LibcTable } from '../libc-context.ts';
import { readField } from './descriptor.ts';

const SCHED_OTHER = 0;
const SCHED_FIFO = 1;
const SCHED_RR = 2;
const SCHED_BATCH = 3;
const SCHED_IDLE = 5;
const SCHED_DEADLINE = 6;

/** Range of priorities of a policy; undefined for one that there is not. @source sched_get_priority_max */
function priorities(policy: number): { readonly least: number; readonly most: number } | undefined {
  switch (policy) {
    case SCHED_FIFO:
    case SCHED_RR:
      return { least: 1, most: 99 };
    case SCHED_OTHER:
    case SCHED_BATCH:
    case SCHED_IDLE:
    case SCHED_DEADLINE:
      return { least: 0, most: 0 };
    default:
      return undefined;
  }
}

/** Sets policy and priority. @returns 0 or an errno */
function setScheduling(policy: number, priority: number): number {
  const range = priorities(policy);
  if (range === undefined || priority < range.least || priority > range.most) return EINVAL;
  if (policy !== SCHED_OTHER) throw new NotModelled('threads with a scheduling policy of their own');
  return 0;
}

const isGone = (ctx: LibcContext, descriptor: number): boolean => readField(ctx, descriptor, 'tid') <= 0;

/** The processors of a thread: one. @returns 0 or an errno */
function getAffinity(ctx: LibcContext, bytes: number, target: number): number {
  // The kernel's mask is as large as the number of processors that it could have, in words.
  if (bytes < ctx.model.wordBytes || bytes % ctx.model.wordBytes !== 0) return EINVAL;
  ctx.memory.fill(target, 0, bytes);
  ctx.memory.writeU8(target, 1);
  return 0;
}

/** Asks for processors. @returns 0 or an errno */
const setAffinity = (ctx: LibcContext, bytes: number, mask: number): number =>
  bytes > 0 && (ctx.memory.readU8(mask) & 1) !== 0 ? 0 : EINVAL;

/** <pthread.h> and <sched.h>: scheduling. */
export const threadSchedulingFunctions: LibcTable = {
  pthread_getschedparam: f('ippp', (ctx, [descriptor = 0, policy = 0, target = 0]) => {
    if (isGone(ctx, descriptor)) return ESRCH;
    ctx.memory.writeU32(policy, SCHED_OTHER);
    ctx.memory.writeU32(target, 0);
    return 0;
  }),
  pthread_setschedparam: f('ipip', (ctx, [descriptor = 0, policy = 0, from = 0]) =>
    isGone(ctx, descriptor) ? ESRCH : setScheduling(policy, ctx.memory.readU32(from) | 0),
  ),
  pthread_setschedprio: f('ipi', (ctx, [descriptor = 0, priority = 0]) =>
    isGone(ctx, descriptor) ? ESRCH : setScheduling(SCHED_OTHER, priority),
  ),
  pthread_getaffinity_np: f('ipzp', (ctx, [descriptor = 0, bytes = 0, target = 0]) =>
    isGone(ctx, descriptor) ? ESRCH : getAffinity(ctx, bytes, target),
  ),
  pthread_setaffinity_np: f('ipzp', (ctx, [descriptor = 0, bytes = 0, mask = 0]) =>
    isGone(ctx, descriptor) ? ESRCH : setAffinity(ctx, bytes, mask),
  ),
  pthread_getcpuclockid: f('ipp', (ctx, [descriptor = 0, target = 0]) => {
    if (isGone(ctx, descriptor)) return ESRCH;
    // The thread's number, inverted, above the kind of clock: CPUCLOCK_PERTHREAD_MASK | CPUCLOCK_SCHED.
    const tid = readField(ctx, descriptor, 'tid');
    ctx.memory.writeU32(target, (~tid * 8 + 6) >>> 0);
    return 0;
  }),
  sched_getaffinity: f('iizp', (ctx, [pid = 0, bytes = 0, target = 0]) => {
    if (pid !== 0 && pid !== ctx.pid) throw new NotModelled('the processors of another process');
    return checked(
      ctx,
      syscall(ctx, 'sched_getaffinity', [pid, bytes, target], -getAffinity(ctx, bytes, target)),
    );
  }),
};
