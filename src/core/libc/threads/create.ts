/**
 * Making threads, waiting for their end, letting them go.
 *
 * Source: glibc 2.36, nptl/pthread_create.c, pthread_join_common.c, pthread_detach.c, pthread_exit.c.
 */
import { PAGE_SIZE, roundUp } from '../../../base/address.ts';
import { EAGAIN, EINVAL, ENOMEM } from '../../mm/kernel.ts';
import { sayThreads } from '../../text/thread-texts.ts';
import { NotModelled } from '../../trace/not-modelled.ts';
import type { LibcContext } from '../libc-context.ts';
import { syscall, writeWord } from '../libc-context.ts';
import { enableLocks } from '../stream-fields.ts';
import { attributesAt } from './attributes.ts';
import { actOnCancel } from './cancellation.ts';
import {
  cancelBit,
  fieldAt,
  readField,
  readFieldWord,
  readWordBits,
  writeField,
  writeFieldByte,
  writeFieldWord,
  writeWordBits,
} from './descriptor.ts';
import { futexWait } from './futex.ts';
import type { Waiting } from './kernel-threads.ts';
import { allocateStack } from './stacks.ts';
import { threadPlaces } from './thread-frames.ts';
import { freeDescriptor, threadLife, unwindBufferAt } from './thread-life.ts';

const ESRCH = 3;
const EBUSY = 16;
const EDEADLK = 35;
const ETIMEDOUT = 110;

const SIG_BLOCK = 0;
const SIG_UNBLOCK = 1;
const SIG_SETMASK = 2;
/** SIGRT_1, which setuid and its kin send to all threads. */
const SIGSETXID = 33;

/** flags of clone3: memory, file system, files, handlers, thread, semaphores, TLS, numbers. */
export const threadCloneFlags = 0x003d_0f00;
/** sizeof (struct clone_args) as glibc passes it. */
const cloneArgsBytes = 88;

/** Attribute flag: the thread registers its rseq area. */
const doRseq = 0x80;
/** Attribute flags that are taken over from the creating thread. */
const schedulingFlags = 0x60;

/** What a thread takes over from the one that makes it. */
const inherited = ['sysinfo', 'stackGuard', 'pointerGuard'] as const;

/** What is to be made. */
interface ThreadStart {
  readonly target: number;
  readonly attributes: number;
  readonly start: number;
  /** A word. */
  readonly argument: bigint;
  /** thrd_create: the start function returns an int. */
  readonly isC11: boolean;
}

/** pthread_create, thrd_create. @returns 0 or an errno */
export function createThread(ctx: LibcContext, wanted: ThreadStart): number {
  const { threads, memory } = ctx;
  if (!threads.canSwitch) throw new NotModelled('pthread_create in a program that does not name it');
  const { nptl } = threads;
  leaveSingleThread(ctx);
  const attributes = attributesAt(ctx, wanted.attributes);
  const stack = allocateStack(ctx, {
    size: attributes.stackSize,
    guard: attributes.guard,
    userEnd: attributes.stackEnd,
  });
  if (typeof stack === 'number') return -stack === ENOMEM ? EAGAIN : -stack;
  const { descriptor } = stack;
  const { self } = threads;
  writeFieldWord(ctx, descriptor, 'self', descriptor);
  writeFieldWord(ctx, descriptor, 'tcb', descriptor);
  writeFieldWord(ctx, descriptor, 'startRoutine', wanted.start);
  writeWordBits(ctx, fieldAt(ctx, descriptor, 'argument'), wanted.argument);
  writeFieldByte(ctx, descriptor, 'c11', wanted.isC11 ? 1 : 0);
  const ownFlags = readField(ctx, self, 'flags') & schedulingFlags;
  writeField(ctx, descriptor, 'flags', (attributes.flags & ~schedulingFlags) | ownFlags | doRseq);
  writeFieldWord(ctx, descriptor, 'joinId', attributes.isDetached ? descriptor : 0);
  writeField(ctx, descriptor, 'schedPolicy', readField(ctx, self, 'schedPolicy'));
  writeField(ctx, descriptor, 'schedPriority', readField(ctx, self, 'schedPriority'));
  for (const name of inherited)
    writeWordBits(ctx, fieldAt(ctx, descriptor, name), readWordBits(ctx, fieldAt(ctx, self, name)));
  if (nptl.threadCount === 1) enableLocks(ctx);
  writeWord(ctx, wanted.target, descriptor);
  nptl.threadCount += 1;
  syscall(ctx, 'rt_sigprocmask', [SIG_BLOCK, 0, 0, 8], 0);
  memory.writeU64(fieldAt(ctx, descriptor, 'sigmask'), ctx.signals.blocked);
  const tid = threads.clone({
    descriptor,
    stackTop: stack.top,
    stackStart: roundUp(stack.start, PAGE_SIZE),
    stackEnd: roundUp(stack.end, PAGE_SIZE),
    tidAt: fieldAt(ctx, descriptor, 'tid') as typeof descriptor,
    unwindBuffer: unwindBufferAt(ctx, stack.top),
    life: () => threadLife(ctx, descriptor, stack.top),
  });
  syscall(ctx, 'clone3', [0, cloneArgsBytes], tid);
  syscall(ctx, 'rt_sigprocmask', [SIG_SETMASK, 0, 0, 8], 0);
  writeField(ctx, self, 'multipleThreads', 1);
  return 0;
}

/** The first thread is made: handlers that all threads share are installed. @source late_init */
function leaveSingleThread(ctx: LibcContext): void {
  const { nptl } = ctx.threads;
  if (!nptl.isSingleThreaded) return;
  const { codeOfCreation, signalSetOfCreation } = threadPlaces[ctx.model.name];
  for (const offset of codeOfCreation) ctx.threads.execute(offset);
  ctx.memory.readU8(ctx.objects.base + signalSetOfCreation);
  syscall(ctx, 'rt_sigaction', [SIGSETXID], 0);
  syscall(ctx, 'rt_sigprocmask', [SIG_UNBLOCK, 0, 0, 8], 0);
  nptl.isSingleThreaded = false;
  ctx.malloc.state.multiThreaded = true;
}

/** Whether a pthread_t is none: its thread has ended and been waited for. */
const isGone = (ctx: LibcContext, descriptor: number): boolean => readField(ctx, descriptor, 'tid') < 0;

const isDetached = (ctx: LibcContext, descriptor: number): boolean =>
  readFieldWord(ctx, descriptor, 'joinId') === descriptor;

/** How pthread_join and its variants wait. */
export interface JoinWait {
  /** Nanoseconds since main began; undefined without end. */
  readonly deadline: number | undefined;
  readonly isRealtime: boolean;
}

/** pthread_join. @returns 0 or an errno */
export function* joinThread(
  ctx: LibcContext,
  descriptor: number,
  target: number,
  how: JoinWait,
): Waiting<number> {
  if (isGone(ctx, descriptor)) return ESRCH;
  if (isDetached(ctx, descriptor)) return EINVAL;
  const { self } = ctx.threads;
  const isEnding = (readField(ctx, descriptor, 'cancelHandling') & ~3) !== 0;
  const waitsForUs = readFieldWord(ctx, self, 'joinId') === descriptor && !isEnding;
  if (descriptor === self || waitsForUs) return EDEADLK;
  if (readFieldWord(ctx, descriptor, 'joinId') !== 0) return EINVAL;
  writeFieldWord(ctx, descriptor, 'joinId', self);
  const tidAt = fieldAt(ctx, descriptor, 'tid');
  for (let tid = readField(ctx, descriptor, 'tid'); tid !== 0; tid = readField(ctx, descriptor, 'tid')) {
    const status = yield* futexWait(ctx, tidAt, tid, {
      what: () => sayThreads('threads.join', { thread: threadNumber(ctx, tid) }),
      deadline: how.deadline,
      isRealtime: how.isRealtime,
      isShared: true,
      isCancellationPoint: true,
    });
    if (status === -ETIMEDOUT) {
      writeFieldWord(ctx, descriptor, 'joinId', 0);
      return ETIMEDOUT;
    }
    actOnCancel(ctx, () => {
      writeFieldWord(ctx, descriptor, 'joinId', 0);
    });
  }
  return takeResult(ctx, descriptor, target);
}

/** How threads are counted for people: the main one is 1. */
export const threadNumber = (ctx: LibcContext, tid: number): number => tid - ctx.pid + 1;

/** The thread has ended: its result is taken, its stack is free. */
function takeResult(ctx: LibcContext, descriptor: number, target: number): number {
  const result = readWordBits(ctx, fieldAt(ctx, descriptor, 'result'));
  writeField(ctx, descriptor, 'tid', -1);
  if (target !== 0) writeWordBits(ctx, target, result);
  freeDescriptor(ctx, descriptor);
  return 0;
}

/** pthread_tryjoin_np. */
export function tryJoin(ctx: LibcContext, descriptor: number, target: number): number {
  if (readField(ctx, descriptor, 'tid') > 0) return EBUSY;
  if (isGone(ctx, descriptor)) return ESRCH;
  if (isDetached(ctx, descriptor)) return EINVAL;
  return takeResult(ctx, descriptor, target);
}

/** pthread_detach. */
export function detachThread(ctx: LibcContext, descriptor: number): number {
  if (isGone(ctx, descriptor)) return ESRCH;
  if (readFieldWord(ctx, descriptor, 'joinId') !== 0) return isDetached(ctx, descriptor) ? EINVAL : 0;
  writeFieldWord(ctx, descriptor, 'joinId', descriptor);
  if ((readField(ctx, descriptor, 'cancelHandling') & cancelBit.exiting) !== 0)
    freeDescriptor(ctx, descriptor);
  return 0;
}
