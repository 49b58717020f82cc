/**
 * A thread from its first instruction to its last: the start function of the program, then what glibc clears away.
 *
 * Source: glibc 2.36, nptl/pthread_create.c (start_thread), nptl/nptl_deallocate_tsd.c, nptl/nptl_free_tcb.c.
 */
import type { LibcContext } from '../libc-context.ts';
import { syscall } from '../libc-context.ts';
import {
  cancelBit,
  fieldAt,
  readField,
  readFieldByte,
  readFieldWord,
  readWordBits,
  writeField,
  writeFieldByte,
  writeFieldWord,
  writeWordBits,
} from './descriptor.ts';
import type { ThreadLife } from './kernel-threads.ts';
import { threadPlaces } from './thread-frames.ts';
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
    argument: readWordBits(ctx, fieldAt(ctx, descriptor, 'argument')),
    from: threadPlaces[ctx.model.name].startFrame,
  };
  // What was unwound has left its result already; a start function of <threads.h> returns an int.
  if (result !== undefined) {
    const isC11 = readFieldByte(ctx, descriptor, 'c11') !== 0;
    const bits = isC11 ? BigInt.asIntN(32, result) : result;
    writeWordBits(ctx, fieldAt(ctx, descriptor, 'result'), bits);
  }
  yield* endOfThread(ctx, descriptor, stackTop);
}

/** Where start_thread's unwind buffer lies. */
export const unwindBufferAt = (ctx: Pick<LibcContext, 'model'>, stackTop: number): number =>
  stackTop - threadPlaces[ctx.model.name].unwindBufferBytes;

/** sizeof (struct pthread_unwind_buf): a jmp_buf, `mask_was_saved` and four words. */
const unwindBufferSize = (ctx: Pick<LibcContext, 'model'>): number =>
  ctx.model.wordBytes === 8 ? 0x70 : 0x30;

/** The part of start_thread before the program's function: what the kernel is told of the thread, and its jmp_buf. */
function begin(ctx: LibcContext, descriptor: number, stackTop: number): void {
  syscall(ctx, 'rseq', [fieldAt(ctx, descriptor, 'rseqArea'), rseqBytes, 0, rseqSignature], 0);
  syscall(ctx, 'set_robust_list', [fieldAt(ctx, descriptor, 'robustHead'), 3 * ctx.model.wordBytes], 0);
  // The unwind buffer is a local variable.
  const buffer = unwindBufferAt(ctx, stackTop);
  ctx.memory.fill(buffer, 0, unwindBufferSize(ctx));
  writeField(ctx, descriptor, 'setxidFutex', 0);
  writeFieldWord(ctx, descriptor, 'cleanupJmpBuf', buffer);
  syscall(ctx, 'rt_sigprocmask', [SIG_SETMASK, fieldAt(ctx, descriptor, 'sigmask'), 0, 8], 0);
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
  syscall(ctx, 'rt_sigprocmask', [SIG_BLOCK, fieldAt(ctx, descriptor, 'sigmask'), 0, 8], 0);
  writeFieldByte(ctx, descriptor, 'exiting', 1);
  if (readFieldByte(ctx, descriptor, 'userStack') === 0)
    adviseStack(ctx, descriptor, stackTop - threadPlaces[ctx.model.name].startFrame.bytes);
  if (readFieldWord(ctx, descriptor, 'joinId') === descriptor) freeDescriptor(ctx, descriptor);
  syscall(ctx, 'exit', [0], 0);
}

/** Marks a thread as one that nobody will ask about any more; its stack may serve another one. */
export function freeDescriptor(ctx: LibcContext, descriptor: number): void {
  const state = readField(ctx, descriptor, 'cancelHandling');
  writeField(ctx, descriptor, 'cancelHandling', state | cancelBit.terminated);
  if ((state & cancelBit.terminated) === 0) deallocateStack(ctx, descriptor);
}
