/**
 * futex(2): threads that wait for a word of memory to change.
 *
 * Source: Linux, kernel/futex/waitwake.c (behaviour); glibc 2.36, nptl/futex-internal.c (which operation is called).
 * Simplified: all threads have the same priority, so the one that waits longest is woken.
 */
import { EAGAIN } from '../../mm/kernel.ts';
import type { Text } from '../../text/text.ts';
import type { LibcContext } from '../libc-context.ts';
import { syscall } from '../libc-context.ts';
import { isCanceled } from './cancellation.ts';
import type { Waiting } from './kernel-threads.ts';

const EINTR = 4;
const ETIMEDOUT = 110;

const FUTEX_WAKE = 1;
/** In a lock word: somebody waits. */
const FUTEX_WAITERS = 0x8000_0000;
const FUTEX_WAIT_BITSET = 9;
const FUTEX_PRIVATE_FLAG = 128;
const FUTEX_CLOCK_REALTIME = 256;

/** A thread in a queue. */
interface Waiter {
  isWoken: boolean;
  readonly tid: number;
}

/** The kernel's queues: threads that wait, by the address of the word. */
export class FutexQueues {
  readonly #queues = new Map<number, Waiter[]>();

  /** Puts a thread at the end of a queue. */
  enqueue(addr: number, tid: number): Waiter {
    const waiter = { isWoken: false, tid };
    const queue = this.#queues.get(addr);
    if (queue === undefined) this.#queues.set(addr, [waiter]);
    else queue.push(waiter);
    return waiter;
  }

  /** Takes a thread out that was not woken. */
  remove(addr: number, waiter: Waiter): void {
    const queue = this.#queues.get(addr);
    const at = queue?.indexOf(waiter) ?? -1;
    if (at >= 0) queue?.splice(at, 1);
    if (queue?.length === 0) this.#queues.delete(addr);
  }

  /** Wakes those who wait longest. @returns how many there were */
  wake(addr: number, most: number): number {
    const queue = this.#queues.get(addr);
    if (queue === undefined) return 0;
    const woken = queue.splice(0, most);
    for (const waiter of woken) waiter.isWoken = true;
    if (queue.length === 0) this.#queues.delete(addr);
    return woken.length;
  }

  /**
   * Hands a lock over that inherits priorities. @returns the new owner's number, with the bit of waiters, which it has always; 0 for none
   *
   * @source kernel/futex/pi.c: wake_futex_pi
   */
  wakeOwner(addr: number): number {
    const next = this.#queues.get(addr)?.[0];
    if (next === undefined) return 0;
    this.wake(addr, 1);
    return next.tid + FUTEX_WAITERS;
  }
}

/** How a wait is made. */
export interface FutexWait {
  /** What the thread waits for, for people. */
  readonly what: () => Text;
  /** In nanoseconds since main began; undefined to wait without end. */
  readonly deadline?: number | undefined;
  /** The time is on the realtime clock: one more bit in the operation. */
  readonly isRealtime?: boolean;
  /** The kernel itself wakes across processes: joins. */
  readonly isShared?: boolean;
  /** A thread that is cancelled wakes. */
  readonly isCancellationPoint?: boolean;
  /** FUTEX_WAIT, which knows no absolute times. */
  readonly isPlain?: boolean;
  /** Another operation, whose number is told. */
  readonly operation?: number;
}

/**
 * Waits until the word is woken.
 *
 * @returns 0, -EAGAIN where the word is another one already, -ETIMEDOUT
 */
export function* futexWait(
  ctx: LibcContext,
  addr: number,
  expected: number,
  how: FutexWait,
): Waiting<number> {
  const operation =
    how.operation ??
    (how.isPlain === true ? 0 : FUTEX_WAIT_BITSET) +
      (how.isShared === true ? 0 : FUTEX_PRIVATE_FLAG) +
      (how.isRealtime === true ? FUTEX_CLOCK_REALTIME : 0);
  const tell = (result: number): number =>
    syscall(ctx, 'futex', [addr, operation, expected >>> 0, 0], result);
  if (ctx.memory.readU32(addr) !== expected >>> 0) return tell(-EAGAIN);
  const { futexes } = ctx.threads;
  const { deadline } = how;
  if (deadline !== undefined && deadline <= ctx.clockControl.elapsed) return tell(-ETIMEDOUT);
  const waiter = futexes.enqueue(addr, ctx.threads.tid);
  const { self } = ctx.threads;
  const isOver = (): boolean => waiter.isWoken || (how.isCancellationPoint === true && isCanceled(ctx, self));
  yield { isOver, deadline, what: how.what, restarts: true };
  if (waiter.isWoken) return tell(0);
  futexes.remove(addr, waiter);
  const isTimeOut = deadline !== undefined && deadline <= ctx.clockControl.elapsed;
  return tell(isTimeOut ? -ETIMEDOUT : -EINTR);
}

/** Wakes up to `most` threads. */
export function futexWake(ctx: LibcContext, addr: number, most: number, isShared = false): void {
  const woken = ctx.threads.futexes.wake(addr, most);
  const operation = FUTEX_WAKE + (isShared ? 0 : FUTEX_PRIVATE_FLAG);
  syscall(ctx, 'futex', [addr, operation, most], woken);
}
