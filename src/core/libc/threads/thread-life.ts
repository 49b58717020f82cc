/**
 * A thread from its first instruction to its last: the start function of the program, then what glibc clears away.
 *
 * Source: glibc 2.36, nptl/pthread_create.c (start_thread), nptl/nptl_deallocate_tsd.c, nptl/nptl_free_tcb.c.
 */
import type { LibcContext } from '../libc-context.ts';
import { syscall } from '../libc-context.ts';
import { cancelBit, field, readField, readFieldWord, writeField, writeFieldWord } from './descriptor.ts';
import type { ThreadLife } from './kernel-threads.ts';
import { startFrame } from './thread-frames.ts';
import { releaseThreadData, valuesOfEnd } from './thread-data.ts';
import { adviseStack, deallocateStack } from './stacks.ts';

/** Signature that rseq is registered with, and bytes of its area that the kernel knows. */
const rseqSignature = 0x5305_3053;
const rseqBytes = 0x20;

const SIG_BLOCK = 0;
const SIG_SETMASK = 2;

/** From clone to exit, for a thread that pthread_create has made. */
export function* threadLife(ctx: LibcContext, descriptor: number, stackTop: number): ThreadLife {
  begin(ctx, descriptor, stackTop);
  const target = readFieldWord(ctx, descriptor, 'startRoutine');
  const result = yield {
    target,
    argument: ctx.memory.readU64(descriptor + field.argument),
    from: startFrame,
  };
  // What was unwound has left its result already; a start function of <threads.h> returns an int.
  if (result !== undefined) {
    const isC11 = ctx.memory.readU8(descriptor + field.c11) !== 0;
    const bits = isC11 ? BigInt.asIntN(32, result) : result;
    ctx.memory.writeU64(descriptor + field.result, BigInt.asUintN(64, bits));
  }
  yield* endOfThread(ctx, descriptor, stackTop);
}

/** Where start_thread's unwind buffer lies. */
export const unwindBufferAt = (stackTop: number): number => stackTop - startFrame.bytes + 0x10;

/** The part of start_thread before the program's function: what the kernel is told of the thread, and its jmp_buf. */
function begin(ctx: LibcContext, descriptor: number, stackTop: number): void {
  syscall(ctx, 'rseq', [descriptor + field.rseqArea, rseqBytes, 0, rseqSignature], 0);
  syscall(ctx, 'set_robust_list', [descriptor + field.robustHead, 24], 0);
  // The unwind buffer is a local variable.
  const buffer = unwindBufferAt(stackTop);
  ctx.memory.fill(buffer, 0, 0x70);
  writeField(ctx, descriptor, 'setxidFutex', 0);
  writeFieldWord(ctx, descriptor, 'cleanupJmpBuf', buffer);
  syscall(ctx, 'rt_sigprocmask', [SIG_SETMASK, descriptor + field.sigmask, 0, 8], 0);
}

/** What follows the start function, pthread_exit or a cancellation, for every thread. */
export function* endOfThread(ctx: LibcContext, descriptor: number, stackTop: number): ThreadLife {
  yield* valuesOfEnd(ctx, descriptor);
  releaseThreadData(ctx, descriptor);
  ctx.malloc.endThread();
  const { nptl } = ctx.threads;
  writeField(
    ctx,
    descriptor,
    'cancelHandling',
    readField(ctx, descriptor, 'cancelHandling') | cancelBit.exiting,
  );
  nptl.threadCount -= 1;
  if (nptl.threadCount === 0) ctx.exit(0);
  syscall(ctx, 'rt_sigprocmask', [SIG_BLOCK, descriptor + field.sigmask, 0, 8], 0);
  ctx.memory.writeU8(descriptor + field.exiting, 1);
  if (ctx.memory.readU8(descriptor + field.userStack) === 0)
    adviseStack(ctx, descriptor, stackTop - startFrame.bytes);
  if (readFieldWord(ctx, descriptor, 'joinId') === descriptor) freeDescriptor(ctx, descriptor);
  syscall(ctx, 'exit', [0], 0);
}

/** Marks a thread as one that nobody will ask about any more; its stack may serve another one. */
export function freeDescriptor(ctx: LibcContext, descriptor: number): void {
  const state = readField(ctx, descriptor, 'cancelHandling');
  writeField(ctx, descriptor, 'cancelHandling', state | cancelBit.terminated);
  if ((state & cancelBit.terminated) === 0) deallocateStack(ctx, descriptor);
}
