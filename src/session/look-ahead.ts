/**
 * Makes stepping through a long run smooth: a session can show the moments of a window, and beyond it runs the program
 * again, for seconds. A second session of the same run makes the next window while the first one is stepped through,
 * and takes its place before the edge is reached.
 *
 * The two are the same run, since a run is a function of its inputs; whose moments are shown cannot be told.
 */
import type { Language, MomentReach, RunInputs } from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/messages.ts';
import type { Snapshot } from '../protocol/view-model.ts';
import type { RequestClient } from './channel.ts';

/** Someone who answers for a session. */
export interface SessionEnd {
  readonly client: RequestClient;
}

/** What is done with sessions, and where they are. */
export interface LookAheadHost<End extends SessionEnd> {
  /** The session that is shown. */
  current(): End;
  /** The event that it shows; undefined at a moment between events. */
  shownEvent(): number | undefined;
  /** Whether a move of it is under way. */
  isMoving(): boolean;
  /** Starts another session, without a run. */
  open(): Promise<End>;
  /** Goes on with another session, which shows the same moment; the one before it is kept for the next window. */
  replace(next: End, snapshot: Snapshot): void;
  /** Ends a session. */
  close(end: End): void;
}

/** Two moments farther apart are a jump, not a step. */
const mostStepped = 100;

/** Events from the edge of a window at which the next one is made, and at which it is gone on with. */
const prepareWithin = 10_000;
const replaceWithin = 1000;

/** How often a session that is gone on with is brought to where the one that is shown has moved meanwhile. */
const mostTries = 3;

type Direction = 'forward' | 'back';

/** Looks ahead in one run. */
export class LookAhead<End extends SessionEnd> {
  readonly #host: LookAheadHost<End>;
  readonly #inputs: RunInputs;
  readonly #language: Language;
  #other: End | undefined;
  /** What the other session can show. */
  #reach: MomentReach | undefined;
  #event: number;
  #isBusy = false;
  #isOver = false;

  /**
   * Begins without a second session.
   *
   * @param event - the one that is shown
   */
  constructor(host: LookAheadHost<End>, inputs: RunInputs, language: Language, event: number) {
    this.#host = host;
    this.#inputs = inputs;
    this.#language = language;
    this.#event = event;
  }

  /** Another event is shown. Settles when nothing is under way any more. */
  async moved(event: number): Promise<void> {
    const way = event - this.#event;
    this.#event = event;
    if (way === 0 || Math.abs(way) > mostStepped || this.#isBusy || this.#isOver) return;
    this.#isBusy = true;
    try {
      await this.#look(way > 0 ? 'forward' : 'back');
    } catch {
      // A session that failed is of no use; without it the program runs again, as it did before.
      this.#drop();
    } finally {
      this.#isBusy = false;
    }
  }

  /** A session has ended by itself. */
  forget(end: End): void {
    if (this.#other === end) this.#drop();
  }

  /** No more looking ahead: ends the second session. */
  dispose(): void {
    this.#isOver = true;
    this.#drop();
  }

  #drop(): void {
    const other = this.#other;
    this.#other = undefined;
    this.#reach = undefined;
    if (other !== undefined) this.#host.close(other);
  }

  async #look(direction: Direction): Promise<void> {
    if (this.#host.shownEvent() === undefined) return;
    const reach = await this.#host.current().client.request('reach', {});
    const left = roomIn(reach, this.#event, direction);
    const isAtEnd = direction === 'forward' ? reach.last >= reach.count - 1 : reach.first <= 0;
    if (isAtEnd || left > prepareWithin) return;
    const isReady = this.#reach !== undefined && goesOn(this.#reach, reach, direction);
    if (!isReady) await this.#prepare(reach, direction);
    else if (left <= replaceWithin) await this.#goOn();
  }

  /** Has the other session keep the moments around the edge of a window, and many beyond. */
  async #prepare(reach: MomentReach, direction: Direction): Promise<void> {
    const other = this.#other ?? (await this.#open());
    if (other === undefined) return;
    const index = direction === 'forward' ? reach.last - replaceWithin : reach.first + replaceWithin;
    const within = Math.min(Math.max(index, reach.first), reach.last);
    await other.client.request('seek', { index: within, toward: direction }, 0);
    const made = await other.client.request('reach', {});
    if (this.#other === other) this.#reach = made;
  }

  async #open(): Promise<End | undefined> {
    const other = await this.#host.open();
    if (this.#isOver) {
      this.#host.close(other);
      return undefined;
    }
    this.#other = other;
    const { snapshot } = await other.client.request('run', { inputs: this.#inputs }, 0);
    if (snapshot === undefined || this.#other !== other) throw new Error('the run cannot be made again');
    return other;
  }

  /** Takes the other session where the shown one is, and goes on with it. */
  async #goOn(): Promise<void> {
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const other = this.#other;
      const reach = this.#reach;
      const event = this.#event;
      if (other === undefined || reach === undefined || event < reach.first || event > reach.last) return;
      await other.client.request('seek', { index: event });
      const greeting = { protocolVersion: PROTOCOL_VERSION, language: this.#language };
      const { snapshot } = await other.client.request('hello', greeting);
      const isThere = this.#host.shownEvent() === event && !this.#host.isMoving();
      if (snapshot === undefined || this.#other !== other || !isThere) continue;
      this.#other = this.#host.current();
      // What that one can show is of no use in this direction; in the other one it is asked for when it is needed.
      this.#reach = undefined;
      this.#host.replace(other, snapshot);
      return;
    }
  }
}

/** Events from one to the edge of a window. */
const roomIn = ({ first, last }: MomentReach, event: number, direction: Direction): number =>
  direction === 'forward' ? last - event : event - first;

/** Whether a window goes on where another one ends. */
function goesOn(next: MomentReach, before: MomentReach, direction: Direction): boolean {
  return direction === 'forward'
    ? next.last > before.last && next.first < before.last
    : next.first < before.first && next.last > before.first;
}
