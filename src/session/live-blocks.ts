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

/** What the calls up to an event come to. */
export interface BlockHistory {
  readonly live: ReadonlyMap<number, LiveBlock>;
  /** For blocks that were freed: the event that freed them. */
  readonly freedBy: ReadonlyMap<number, number>;
  readonly liveBytes: number;
  readonly mallocCalls: number;
  readonly systemCalls: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
}

/** Reads the recording from its start up to and including `index`. */
export function blockHistory(recording: Recording, index: number): BlockHistory {
  const counts = new BlockCounts();
  for (let i = 0; i <= index && i < recording.count; i++) counts.add(recording, i);
  return counts;
}

/** Takes event after event, and says at any time what they come to. */
export class BlockCounts implements BlockHistory {
  readonly live = new Map<number, LiveBlock>();
  readonly freedBy = new Map<number, number>();
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
    if (event.kind === 'malloc') this.#addCall(event, index);
    else if (event.kind === 'page-fault') {
      if (event.severity === 'minor') this.minorFaults += 1;
      else this.majorFaults += 1;
    }
  }

  #addCall(event: MallocEvent, index: number): void {
    this.mallocCalls += 1;
    const isLibc = event.caller !== 'program';
    const hold = (requestedBytes: number): void => {
      this.#hold({ mem: event.result, requestedBytes, event: index, isLibc });
    };
    const [first = 0, second = 0, third = 0] = event.args;
    switch (event.name) {
      case 'malloc':
      case 'valloc':
      case 'pvalloc':
        hold(first);
        break;
      case 'calloc':
        hold(first * second);
        break;
      case 'memalign':
      case 'aligned_alloc':
      case 'posix_memalign':
        hold(second);
        break;
      case 'realloc':
      case 'reallocarray': {
        const bytes = event.name === 'realloc' ? second : second * third;
        // A failure keeps the old block; size 0 frees it.
        if (event.result !== 0 || (bytes === 0 && first !== 0)) this.#release(first, index);
        hold(bytes);
        break;
      }
      case 'free':
        this.#release(first, index);
        break;
      case 'malloc_trim':
      case 'mallopt':
        break;
    }
  }

  #release(mem: number, event: number): void {
    const block = this.live.get(mem);
    if (block === undefined) return;
    this.live.delete(mem);
    this.liveBytes -= block.requestedBytes;
    this.freedBy.set(mem, event);
  }

  #hold(block: LiveBlock): void {
    if (block.mem === 0) return;
    this.#release(block.mem, block.event);
    this.freedBy.delete(block.mem);
    this.live.set(block.mem, block);
    this.liveBytes += block.requestedBytes;
  }
}
