/**
 * pthread_once and call_once: 0 not yet, 1 under way, 2 done.
 *
 * Source: glibc 2.36, nptl/pthread_once.c.
 */
import { sayThreads } from '../../text/thread-texts.ts';
import type { LibcContext } from '../libc-context.ts';
import { futexWait, futexWake } from './futex.ts';
import type { Waiting } from './kernel-threads.ts';

const IN_PROGRESS = 1;
const DONE = 2;
const ALL = 0x7fff_ffff;

/** Calls the function unless somebody has. */
export function* callOnce(ctx: LibcContext, control: number, target: number): Waiting<number> {
  for (;;) {
    const value = ctx.memory.readU32(control);
    if ((value & DONE) !== 0) return 0;
    ctx.memory.writeU32(control, IN_PROGRESS);
    if ((value & IN_PROGRESS) === 0) break;
    yield* futexWait(ctx, control, IN_PROGRESS, {
      what: () => sayThreads('threads.once', { addr: control }),
      isPlain: true,
    });
  }
  yield* ctx.threads.callProgram(target);
  ctx.memory.writeU32(control, DONE);
  futexWake(ctx, control, ALL);
  return 0;
}
