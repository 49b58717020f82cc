/**
 * Sets of processors of <sched.h>.
 *
 * Source: glibc 2.36, posix/sched_cpucount.c, sched_cpualloc.c, sched_cpufree.c.
 */
import type { LibcContext, LibcTable } from './libc-context.ts';
import { callFromLibc, f } from './libc-context.ts';

/** Bytes of a set of so many processors: whole words. */
const setBytes = (ctx: LibcContext, count: number): number => {
  const { wordBytes } = ctx.model;
  return Math.ceil(count / (8 * wordBytes)) * wordBytes;
};

/** CPU_COUNT, CPU_ALLOC, CPU_FREE */
export const processorSetFunctions: LibcTable = {
  __sched_cpucount: f('izp', (ctx, [bytes = 0, set = 0]) => {
    let count = 0;
    for (const byte of ctx.memory.readBytes(set, bytes))
      for (let bits = byte; bits !== 0; bits &= bits - 1) count += 1;
    return count;
  }),
  __sched_cpualloc: f('pz', (ctx, [count = 0]) =>
    callFromLibc(ctx, 'CPU_ALLOC', () => ctx.malloc.malloc(setBytes(ctx, count))),
  ),
  __sched_cpufree: f('vp', (ctx, [set = 0]) => {
    callFromLibc(ctx, 'CPU_FREE', () => {
      ctx.malloc.free(set);
    });
    return 0;
  }),
};
