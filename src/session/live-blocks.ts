/**
 * Which blocks the program holds at an event, told from the recorded calls alone: size asked for, and who asked.
 *
 * For pictures and counters only; the allocator itself decides nothing by it.
 */
import type { MallocEvent } from '../core/trace/trace-event.ts';
import type { Recording } from './recording.ts';

/** A block that was handed out and not given back. */
export interface LiveBlock {
  readonly mem: number;
  /** Bytes asked for; the product for calloc. */
  readonly requestedBytes: number;
  /** Index of the event that handed it out. */
  readonly event: number;
  /** True when libc itself asked (a stdio buffer). */
  readonly isLibc: boolean;
}

/** The blocks that are held, by the address that the program got. */
export interface LiveBlocks {
  get(mem: number): LiveBlock | undefined;
  /** The last one that starts at or below an address. */
  atOrBelow(addr: number): LiveBlock | undefined;
  /** In the order in which they were handed out. */
  values(): Iterable<LiveBlock>;
  /** Those that do not lie in a range of addresses, by address. */
  outside(start: number, end: number): Iterable<LiveBlock>;
  /** Tells the bytes that were asked for at an address where a block is held; to be asked in ascending order only. */
  requests(): (mem: number) => number | undefined;
}

/** What the calls up to an event come to. */
export interface BlockHistory {
  readonly live: LiveBlocks;
  /** For blocks that were freed: the event that freed them. */
  readonly freedBy: { get(mem: number): number | undefined };
  readonly liveBytes: number;
  readonly mallocCalls: number;
  readonly systemCalls: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
}

/** What the calls up to and including event `index` come to; for many moments of a run there is block-timeline.ts. */
export function blockHistory(recording: Recording, index: number): BlockCounts {
  const counts = new BlockCounts();
  for (let i = 0; i <= index && i < recording.count; i++) counts.add(recording, i);
  return counts;
}

/** What a call does to the blocks: one goes, one is made; `held` of 0 is a call that failed. */
export interface BlockChange {
  readonly released: number | undefined;
  readonly held: number | undefined;
  /** Bytes asked for of the one that is made. */
  readonly requestedBytes: number;
}

/** What a call of malloc's family does to the blocks. */
export function blockChange(event: MallocEvent): BlockChange {
  const [first = 0, second = 0, third = 0] = event.args;
  const made = (requestedBytes: number, released?: number): BlockChange => ({
    released,
    held: event.result,
    requestedBytes,
  });
  switch (event.name) {
    case 'malloc':
    case 'valloc':
    case 'pvalloc':
      return made(first);
    case 'calloc':
      return made(first * second);
    case 'memalign':
    case 'aligned_alloc':
    case 'posix_memalign':
      return made(second);
    case 'realloc':
    case 'reallocarray': {
      const bytes = event.name === 'realloc' ? second : second * third;
      // A failure keeps the old block; size 0 frees it.
      const isGone = event.result !== 0 || (bytes === 0 && first !== 0);
      return made(bytes, isGone ? first : undefined);
    }
    case 'free':
      return { released: first, held: undefined, requestedBytes: 0 };
    case 'malloc_trim':
    case 'mallopt':
      return { released: undefined, held: undefined, requestedBytes: 0 };
  }
}

/** Takes event after event, and says at any time what they come to. */
export class BlockCounts {
  /** Bytes asked for of the blocks that are held. */
  readonly #live = new Map<number, number>();
  liveBytes = 0;
  mallocCalls = 0;
  systemCalls = 0;
  minorFaults = 0;
  majorFaults = 0;

  /** Takes the event at `index`; all before it have been taken. */
  add(recording: Recording, index: number): void {
    const kind = recording.kindAt(index);
    if (kind === 'syscall') {
      this.systemCalls += 1;
      return;
    }
    if (kind !== 'malloc' && kind !== 'page-fault') return;
    const event = recording.eventAt(index);
    if (event.kind === 'malloc') this.#addCall(event);
    else if (event.kind === 'page-fault') {
      if (event.severity === 'minor') this.minorFaults += 1;
      else this.majorFaults += 1;
    }
  }

  #addCall(event: MallocEvent): void {
    this.mallocCalls += 1;
    const { released, held = 0, requestedBytes } = blockChange(event);
    if (released !== undefined) this.#release(released);
    if (held === 0) return;
    this.#release(held);
    this.#live.set(held, requestedBytes);
    this.liveBytes += requestedBytes;
  }

  #release(mem: number): void {
    const bytes = this.#live.get(mem);
    if (bytes === undefined) return;
    this.#live.delete(mem);
    this.liveBytes -= bytes;
  }
}
