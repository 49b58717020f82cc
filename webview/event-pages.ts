/**
 * The events of the recording as far as they were asked for, page by page.
 */
import type { Requests } from '../src/protocol/messages.ts';
import type { EventKind, EventView } from '../src/protocol/view-model.ts';

/** Events of one request. */
const pageSize = 200;

/** Which events are listed; all kinds when undefined. */
export interface EventFilter {
  readonly kinds: readonly EventKind[] | undefined;
  /** As the request takes it; empty for all. */
  readonly query: string;
}

type Ask = (params: Requests['events']['params']) => Promise<Requests['events']['result']>;

/**
 * A window on a list that may have a million rows. What is not there yet is asked for once, and `onArrival` is called
 * when it has come.
 */
export class EventPages {
  readonly #ask: Ask;
  readonly #onArrival: () => void;
  readonly #pages = new Map<number, readonly EventView[]>();
  readonly #asked = new Set<number>();
  readonly #wanted: EventFilter;
  #total = 0;
  #isClosed = false;

  constructor(ask: Ask, wanted: EventFilter, onArrival: () => void) {
    this.#ask = ask;
    this.#wanted = wanted;
    this.#onArrival = onArrival;
  }

  /** Number of rows. */
  get total(): number {
    return this.#total;
  }

  /** The event in a row, `undefined` while it is on its way. */
  row(index: number): EventView | undefined {
    const page = Math.floor(index / pageSize);
    const events = this.#pages.get(page);
    if (events === undefined) {
      void this.#fetch(page, 0);
      return undefined;
    }
    return events[index - page * pageSize];
  }

  /**
   * Row of the last event at or before an event.
   *
   * @returns -1 when there is none
   */
  async rowOf(event: number): Promise<number> {
    const result = await this.#ask({ from: 0, count: 0, ...this.#wanted, near: event });
    if (!this.#isClosed) this.#total = result.total;
    return result.row;
  }

  /** What arrives from now on is thrown away. */
  close(): void {
    this.#isClosed = true;
  }

  async #fetch(page: number, near: number): Promise<void> {
    if (this.#asked.has(page)) return;
    this.#asked.add(page);
    try {
      const result = await this.#ask({ from: page * pageSize, count: pageSize, ...this.#wanted, near });
      if (this.#isClosed) return;
      this.#total = result.total;
      this.#pages.set(page, result.events);
      this.#onArrival();
    } catch {
      // No answer, or the run is over: the row asks again the next time it is drawn.
      this.#asked.delete(page);
    }
  }
}
