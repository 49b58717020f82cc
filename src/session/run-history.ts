/**
 * How the counters of a run went, for charts: samples at a stride that doubles when there are too many of them.
 */
import { PAGE_SIZE } from '../base/address.ts';
import type { Machine } from '../core/process/machine.ts';
import type { EventKind, HistoryView } from '../protocol/view-model.ts';
import type { BlockTimeline } from './block-timeline.ts';
import type { Recording } from './recording.ts';

/** Samples that are kept at most; a chart is hardly wider in pixels. */
const mostSamples = 4096;

/** Places along a chart at which event kinds are marked. */
const markPlaces = 1024;

const markKinds: readonly EventKind[] = ['malloc', 'syscall', 'page-fault', 'output', 'signal'];

/** What only the machine knows, sampled while it runs. */
export class RunHistory {
  /** Events between two samples: a power of two. */
  #stride = 1;
  #events: number[] = [];
  #virtual: number[] = [];
  #resident: number[] = [];
  #heap: number[] = [];

  /** Called after each event. */
  take(index: number, machine: Machine): void {
    if (index % this.#stride !== 0) return;
    if (this.#events.length === mostSamples) this.#thin();
    if (index % this.#stride !== 0) return;
    const { mm, addressSpace } = machine.memory;
    this.#events.push(index);
    this.#virtual.push(addressSpace.totalPages * PAGE_SIZE);
    this.#resident.push(mm.rss * PAGE_SIZE);
    this.#heap.push(mm.brk - mm.startBrk);
  }

  /** Called after the events from `first` up to `end`, between which nothing of this changed. */
  takeAll(first: number, end: number, machine: Machine): void {
    for (let index = this.#nextSample(first); index < end; index = this.#nextSample(index + 1))
      this.take(index, machine);
  }

  #nextSample(index: number): number {
    return Math.ceil(index / this.#stride) * this.#stride;
  }

  /** Every second sample goes. */
  #thin(): void {
    this.#stride *= 2;
    const isKept = (_: number, at: number): boolean => at % 2 === 0;
    this.#events = this.#events.filter(isKept);
    this.#virtual = this.#virtual.filter(isKept);
    this.#resident = this.#resident.filter(isKept);
    this.#heap = this.#heap.filter(isKept);
  }

  /** The samples with what the recorded calls come to at each of them, and where events of each kind are. */
  view(recording: Recording, blocks: BlockTimeline): HistoryView {
    const calls = this.#events.map((event) => blocks.at(event));
    const places = Math.min(markPlaces, recording.count);
    const marks = markKinds.map((kind) => {
      const counts = new Array<number>(places).fill(0);
      for (const index of recording.indicesOfKinds([kind])) {
        const place = Math.floor((index * places) / recording.count);
        counts[place] = (counts[place] ?? 0) + 1;
      }
      return { kind, counts };
    });
    return {
      events: this.#events,
      virtualBytes: this.#virtual,
      residentBytes: this.#resident,
      heapBytes: this.#heap,
      liveBytes: calls.map(({ liveBytes }) => liveBytes),
      minorFaults: calls.map(({ minorFaults }) => minorFaults),
      systemCalls: calls.map(({ systemCalls }) => systemCalls),
      marks,
    };
  }
}
