/**
 * Which blocks the program holds at an event, told from the recorded calls alone: size asked for, and who asked.
 *
 * For pictures and counters only; the allocator itself decides nothing by it.
 */
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
  const live = new Map<number, LiveBlock>();
  const freedBy = new Map<number, number>();
  let liveBytes = 0;
  let mallocCalls = 0;
  let systemCalls = 0;
  let minorFaults = 0;
  let majorFaults = 0;

  const release = (mem: number, event: number): void => {
    const block = live.get(mem);
    if (block === undefined) return;
    live.delete(mem);
    liveBytes -= block.requestedBytes;
    freedBy.set(mem, event);
  };
  const hold = (mem: number, requestedBytes: number, event: number, isLibc: boolean): void => {
    if (mem === 0) return;
    release(mem, event);
    freedBy.delete(mem);
    live.set(mem, { mem, requestedBytes, event, isLibc });
    liveBytes += requestedBytes;
  };

  for (let i = 0; i <= index && i < recording.count; i++) {
    const kind = recording.kindAt(i);
    if (kind === 'syscall') {
      systemCalls += 1;
      continue;
    }
    if (kind !== 'malloc' && kind !== 'page-fault') continue;
    const event = recording.eventAt(i);
    if (event.kind === 'page-fault') {
      if (event.severity === 'minor') minorFaults += 1;
      else majorFaults += 1;
      continue;
    }
    if (event.kind !== 'malloc') continue;
    mallocCalls += 1;
    const isLibc = event.caller !== 'program';
    const [first = 0, second = 0, third = 0] = event.args;
    switch (event.name) {
      case 'malloc':
      case 'valloc':
      case 'pvalloc':
        hold(event.result, first, i, isLibc);
        break;
      case 'calloc':
        hold(event.result, first * second, i, isLibc);
        break;
      case 'memalign':
      case 'aligned_alloc':
      case 'posix_memalign':
        hold(event.result, second, i, isLibc);
        break;
      case 'realloc':
      case 'reallocarray': {
        const bytes = event.name === 'realloc' ? second : second * third;
        // A failure keeps the old block; size 0 frees it.
        if (event.result !== 0 || (bytes === 0 && first !== 0)) release(first, i);
        hold(event.result, bytes, i, isLibc);
        break;
      }
      case 'free':
        release(first, i);
        break;
      case 'malloc_trim':
      case 'mallopt':
        break;
    }
  }
  return { live, freedBy, liveBytes, mallocCalls, systemCalls, minorFaults, majorFaults };
}
