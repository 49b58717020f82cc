/**
 * Which thread runs next.
 *
 * Without a seed: the one that has been ready for longest. A thread goes on after it has made another one, until it waits
 * or its slice is over, and threads first run in the order in which they were made: what a machine with idle processors
 * mostly shows, because starting a thread takes longer than making the next one. With a seed, any of those that are ready
 * is chosen and slices differ in length; the same seed gives the same order.
 */
import type { Thread } from './thread.ts';

/** Loop iterations and calls after which a thread lets others run: simulated nanoseconds. */
const sliceFuel = 100_000;

/** The threads that could run, and those that wait. */
export class RunQueue {
  readonly #ready: Thread[] = [];
  /** In the order in which they began to wait. */
  readonly #waiting: Thread[] = [];
  #random: number;
  readonly #isSeeded: boolean;

  /**
   * An empty queue.
   *
   * @param seed - 0 for the order of readiness
   */
  constructor(seed: number) {
    this.#isSeeded = seed !== 0;
    this.#random = seed >>> 0;
  }

  addReady(thread: Thread): void {
    this.#ready.push(thread);
  }

  /** The thread waits for what its `wait` says. */
  addWaiting(thread: Thread): void {
    this.#waiting.push(thread);
  }

  /** Forgets all. */
  clear(): void {
    this.#ready.length = 0;
    this.#waiting.length = 0;
  }

  get waiting(): readonly Thread[] {
    return this.#waiting;
  }

  get hasReady(): boolean {
    return this.#ready.length > 0;
  }

  /** Whether anybody in the queue runs sooner or later without help from outside of the process. */
  get goesOn(): boolean {
    const isOver = ({ wait, hasSignal }: Thread): boolean =>
      hasSignal || (wait !== undefined && (wait.deadline !== undefined || wait.isOver()));
    return this.hasReady || this.#waiting.some(isOver);
  }

  /** Moves those whose wait is over to the end of the queue. */
  wake(now: number): void {
    for (const thread of [...this.#waiting]) {
      const { wait } = thread;
      const isTime = wait?.deadline !== undefined && wait.deadline <= now;
      if (wait !== undefined && !isTime && !thread.hasSignal && !wait.isOver()) continue;
      thread.lastWait = wait;
      this.#waiting.splice(this.#waiting.indexOf(thread), 1);
      thread.wait = undefined;
      this.#ready.push(thread);
    }
  }

  /** Takes the thread that runs next; undefined when none can. */
  take(): Thread | undefined {
    if (!this.#isSeeded) return this.#ready.shift();
    const index = this.#next() % Math.max(1, this.#ready.length);
    return this.#ready.splice(index, 1)[0];
  }

  /** Loop iterations and calls that the next thread may run for. */
  slice(): number {
    return this.#isSeeded ? 1 + (this.#next() % sliceFuel) : sliceFuel;
  }

  /** xorshift32 (Marsaglia 2003). */
  #next(): number {
    let x = this.#random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#random = x >>> 0;
    return this.#random;
  }
}
