/**
 * The end of a thread in the middle of its functions: pthread_exit and cancellation.
 *
 * glibc unwinds the frames with libgcc's unwinder, which it loads as dlopen does when it needs it first. Functions that
 * pthread_cleanup_push has registered run on the way: each has a jmp_buf of its own on the stack, which is jumped to.
 *
 * Source: glibc 2.36, nptl/pthread_exit.c, pthread_cancel.c, pthread_testcancel.c, unwind.c, cleanup.c, cleanup_defer.c.
 * Simplified: a thread that is cancelled asynchronously ends where it waits or is at a cancellation point.
 */
import { loadUnwinder } from '../backtrace.ts';
import type { LibcContext } from '../libc-context.ts';
import { f, readWord, syscall, writeWord } from '../libc-context.ts';
import type { LibcTable } from '../libc-context.ts';
import { EINVAL } from '../../mm/kernel.ts';
import {
  cancelBit,
  fieldAt,
  readField,
  readFieldWord,
  writeField,
  writeFieldWord,
  writeWordBits,
} from './descriptor.ts';

/** PTHREAD_CANCELED */
const canceledResult = 0xffff_ffff_ffff_ffffn;

/** Address in a __pthread_unwind_buf_t of the one that was registered before: behind its jmp_buf and `mask_was_saved`. */
const previousAt = (ctx: LibcContext, buffer: number): number =>
  buffer + (ctx.model.wordBytes === 8 ? 72 : 28);

const SIGCANCEL = 32;

/** Whether a thread is to be cancelled and lets it happen. */
export function isCanceled(ctx: LibcContext, descriptor: number): boolean {
  const state = readField(ctx, descriptor, 'cancelHandling');
  const { stateDisabled, canceled, exiting, terminated } = cancelBit;
  return (state & (stateDisabled | canceled | exiting | terminated)) === canceled;
}

/** A cancellation point of the calling thread: when it is to end, it does. */
export function actOnCancel(ctx: LibcContext, before: () => void = () => undefined): void {
  const { self } = ctx.threads;
  if (!isCanceled(ctx, self)) return;
  before();
  writeWordBits(ctx, fieldAt(ctx, self, 'result'), canceledResult);
  endNow(ctx);
}

/** pthread_exit. */
export function exitThread(ctx: LibcContext, result: bigint): never {
  loadUnwinder(ctx, 'pthread_exit');
  writeWordBits(ctx, fieldAt(ctx, ctx.threads.self, 'result'), result);
  return endNow(ctx);
}

/** __do_cancel: the thread ends, whatever its functions are doing. */
function endNow(ctx: LibcContext): never {
  const { self } = ctx.threads;
  writeField(ctx, self, 'cancelHandling', readField(ctx, self, 'cancelHandling') | cancelBit.exiting);
  return unwindTo(ctx, readFieldWord(ctx, self, 'cleanupJmpBuf'));
}

/** Goes on with the innermost registered clean-up, or with the end of the thread. */
function unwindTo(ctx: LibcContext, buffer: number): never {
  // The outermost buffer is start_thread's own; that of the main thread, __libc_start_call_main's, is not modelled.
  const isOutermost = buffer === 0 || buffer === ctx.threads.outermostBuffer;
  return isOutermost ? ctx.threads.unwind() : ctx.threads.jump(buffer);
}

/** pthread_cancel. */
function cancel(ctx: LibcContext, descriptor: number): number {
  if (readField(ctx, descriptor, 'tid') === 0) return 0;
  if (!ctx.threads.nptl.hasCancelHandler) {
    ctx.threads.nptl.hasCancelHandler = true;
    syscall(ctx, 'rt_sigaction', [SIGCANCEL], 0);
  }
  loadUnwinder(ctx, 'pthread_cancel');
  const state = readField(ctx, descriptor, 'cancelHandling');
  const { canceling, canceled, stateDisabled, typeAsynchronous } = cancelBit;
  writeField(ctx, descriptor, 'cancelHandling', state | canceling | canceled);
  const isAsynchronous = (state & (stateDisabled | typeAsynchronous)) === typeAsynchronous;
  if (descriptor === ctx.threads.self && isAsynchronous) actOnCancel(ctx);
  writeField(ctx, ctx.threads.self, 'multipleThreads', 1);
  ctx.threads.nptl.isSingleThreaded = false;
  ctx.malloc.state.multiThreaded = true;
  return 0;
}

/** One of the two bits that a thread sets for itself. */
function setBit(ctx: LibcContext, bit: number, value: number, old: number): number {
  if (value !== 0 && value !== 1) return EINVAL;
  const { self } = ctx.threads;
  const state = readField(ctx, self, 'cancelHandling');
  if (old !== 0) ctx.memory.writeU32(old, (state & bit) === 0 ? 0 : 1);
  writeField(ctx, self, 'cancelHandling', value === 0 ? state & ~bit : state | bit);
  return 0;
}

/** Registers a clean-up: its buffer is the innermost one now. */
function registerBuffer(ctx: LibcContext, buffer: number): void {
  const { self } = ctx.threads;
  writeWord(ctx, previousAt(ctx, buffer), readFieldWord(ctx, self, 'cleanupJmpBuf'));
  writeWord(ctx, previousAt(ctx, buffer) + ctx.model.wordBytes, 0);
  writeFieldWord(ctx, self, 'cleanupJmpBuf', buffer);
}

function unregisterBuffer(ctx: LibcContext, buffer: number): void {
  writeFieldWord(ctx, ctx.threads.self, 'cleanupJmpBuf', readWord(ctx, previousAt(ctx, buffer)));
}

/** Where a buffer keeps the type of cancellation that there was before: behind two words. */
const typeAt = (ctx: LibcContext, buffer: number): number =>
  previousAt(ctx, buffer) + 2 * ctx.model.wordBytes;

/** Changes the type of cancellation of the calling thread. @returns what it was: 0 deferred, 1 asynchronous */
function changeType(ctx: LibcContext, type: number): number {
  const { self } = ctx.threads;
  const state = readField(ctx, self, 'cancelHandling');
  const bit = cancelBit.typeAsynchronous;
  writeField(ctx, self, 'cancelHandling', type === 0 ? state & ~bit : state | bit);
  return (state & bit) === 0 ? 0 : 1;
}

/** <pthread.h>: ends in the middle. */
export const cancellationFunctions: LibcTable = {
  pthread_exit: f('vp', (ctx, _args, _variadic, [value = 0n]) =>
    exitThread(ctx, BigInt.asUintN(64, BigInt(value))),
  ),
  pthread_cancel: f('ip', (ctx, [descriptor = 0]) => cancel(ctx, descriptor)),
  pthread_testcancel: f('v', (ctx) => {
    actOnCancel(ctx);
    return 0;
  }),
  pthread_setcancelstate: f('iip', (ctx, [state = 0, old = 0]) =>
    setBit(ctx, cancelBit.stateDisabled, state, old),
  ),
  pthread_setcanceltype: f('iip', (ctx, [type = 0, old = 0]) => {
    const status = setBit(ctx, cancelBit.typeAsynchronous, type, old);
    if (status === 0 && type === 1) actOnCancel(ctx);
    return status;
  }),
  __pthread_register_cancel: f('vp', (ctx, [buffer = 0]) => {
    registerBuffer(ctx, buffer);
    return 0;
  }),
  __pthread_register_cancel_defer: f('vp', (ctx, [buffer = 0]) => {
    registerBuffer(ctx, buffer);
    ctx.memory.writeU32(typeAt(ctx, buffer), changeType(ctx, 0));
    return 0;
  }),
  __pthread_unregister_cancel_restore: f('vp', (ctx, [buffer = 0]) => {
    unregisterBuffer(ctx, buffer);
    if (ctx.memory.readU32(typeAt(ctx, buffer)) === 0) return 0;
    changeType(ctx, 1);
    actOnCancel(ctx);
    return 0;
  }),
  __pthread_unregister_cancel: f('vp', (ctx, [buffer = 0]) => {
    unregisterBuffer(ctx, buffer);
    return 0;
  }),
  __pthread_unwind_next: f('vp', (ctx, [buffer = 0]) =>
    unwindTo(ctx, readWord(ctx, previousAt(ctx, buffer))),
  ),
};
