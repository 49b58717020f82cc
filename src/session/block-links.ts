/**
 * Which call freed the block of which call, told from the recorded events alone: pairs that a list of events can link,
 * and blocks that are still held when the run ends.
 */
import { changeOf, isFreedByLibc } from '../core/checks/heap-blocks.ts';
import type { EventView } from '../protocol/view-model.ts';
import type { Recording } from './recording.ts';

/** What links an event to others; without members where it has to do with no block. */
export type EventLinks = Pick<EventView, 'freedBy' | 'allocatedBy'>;

/** Marks in a column. */
const none = -1;
const never = -2;

/** Links of a recording that is complete. */
export class BlockLinks {
  readonly #freedBy: Int32Array;
  readonly #allocatedBy: Int32Array;

  constructor(recording: Recording) {
    this.#freedBy = new Int32Array(recording.count).fill(none);
    this.#allocatedBy = new Int32Array(recording.count).fill(none);
    /** Blocks by start: the event that handed each out. */
    const held = new Map<number, number>();
    for (const index of recording.indicesOfKinds(['malloc'])) {
      const event = recording.eventAt(index);
      if (event.kind !== 'malloc') continue;
      const { gone, made } = changeOf(event);
      const allocated = gone === undefined ? undefined : held.get(gone);
      if (gone !== undefined && allocated !== undefined) {
        held.delete(gone);
        this.#freedBy[allocated] = index;
        this.#allocatedBy[index] = allocated;
      }
      if (made === undefined) continue;
      held.set(made.start, index);
      // Until an event frees it.
      this.#freedBy[index] = isFreedByLibc(event.caller) ? none : never;
    }
  }

  /** What links an event to others. */
  of(index: number): EventLinks {
    const freedBy = this.#freedBy[index] ?? none;
    const allocatedBy = this.#allocatedBy[index] ?? none;
    return {
      ...(freedBy === none ? {} : { freedBy: freedBy === never ? 'never' : freedBy }),
      ...(allocatedBy === none ? {} : { allocatedBy }),
    };
  }
}
