/**
 * The list of robust mutexes that a thread holds, in the program's memory: when the thread ends, the kernel walks it and marks
 * their locks, so that the next owner hears of it.
 *
 * Source: glibc 2.36, nptl/descr.h (ENQUEUE_MUTEX_BOTH, DEQUEUE_MUTEX); Linux, kernel/futex/core.c (exit_robust_list,
 * handle_futex_death).
 */
import type { LibcContext } from '../libc-context.ts';
import { readWord, writeWord } from '../libc-context.ts';
import { fieldAt, readFieldWord, writeFieldWord } from './descriptor.ts';

/** Bits of a lock word beside the owner's number. */
export const FUTEX_WAITERS = 0x8000_0000;
export const FUTEX_OWNER_DIED = 0x4000_0000;
export const FUTEX_TID_MASK = 0x3fff_ffff;

/** Entries that the kernel follows at most: ROBUST_LIST_LIMIT. */
const mostEntries = 2048;

/** Where a mutex has its link to the next one. */
export const linkOf = (ctx: Pick<LibcContext, 'model'>, mutex: number): number =>
  mutex + (ctx.model.wordBytes === 8 ? 32 : 20);

/** The low bit of a link says that its mutex inherits priorities. */
const withoutFlag = (link: number): number => link - (link % 2);

/** Puts a mutex first; on x86-64 the list is linked both ways. */
export function enqueueMutex(ctx: LibcContext, mutex: number, inherits: boolean): void {
  const { self } = ctx.threads;
  const link = linkOf(ctx, mutex);
  const first = readFieldWord(ctx, self, 'robustHead');
  if (ctx.model.wordBytes === 8) {
    writeWord(ctx, withoutFlag(first) - 8, link - 8);
    writeWord(ctx, link - 8, fieldAt(ctx, self, 'robustPrev'));
  }
  writeWord(ctx, link, first);
  writeFieldWord(ctx, self, 'robustHead', link + (inherits ? 1 : 0));
}

/** Takes a mutex out of the list. */
export function dequeueMutex(ctx: LibcContext, mutex: number): void {
  const link = linkOf(ctx, mutex);
  const next = readWord(ctx, link);
  if (ctx.model.wordBytes === 8) {
    const before = withoutFlag(readWord(ctx, link - 8));
    writeWord(ctx, withoutFlag(next) - 8, before);
    writeWord(ctx, before + 8, next);
    writeWord(ctx, link - 8, 0);
  } else {
    let at = fieldAt(ctx, ctx.threads.self, 'robustHead');
    for (let count = 0; count < mostEntries && withoutFlag(readWord(ctx, at)) !== link; count += 1)
      at = withoutFlag(readWord(ctx, at));
    if (withoutFlag(readWord(ctx, at)) === link) writeWord(ctx, at, next);
  }
  writeWord(ctx, link, 0);
}

/** The mutex that is taken or given just now, so that the kernel finds it between two words; 0 for none. */
export function setPending(ctx: LibcContext, mutex: number, inherits: boolean): void {
  const link = mutex === 0 ? 0 : linkOf(ctx, mutex) + (inherits ? 1 : 0);
  writeFieldWord(ctx, ctx.threads.self, 'robustPending', link);
}

/** The kernel's part of a thread's end: the locks that it holds are marked, and who waits for one wakes. */
export function releaseRobustList(ctx: LibcContext, descriptor: number, tid: number): void {
  const head = fieldAt(ctx, descriptor, 'robustHead');
  let entry = readWord(ctx, head);
  for (let count = 0; count < mostEntries && withoutFlag(entry) !== head; count += 1) {
    const next = readWord(ctx, withoutFlag(entry));
    const lock = withoutFlag(entry) - (ctx.model.wordBytes === 8 ? 32 : 20);
    const value = ctx.memory.readU32(lock);
    if ((value & FUTEX_TID_MASK) === tid) {
      ctx.memory.writeU32(lock, ((value & FUTEX_WAITERS) | FUTEX_OWNER_DIED) >>> 0);
      if ((value & FUTEX_WAITERS) !== 0) ctx.threads.futexes.wake(lock, 1);
    }
    entry = next;
  }
}
