/**
 * What lies in ranges of addresses, asked for when it is looked at: parts of a process that has too much for one message.
 *
 * Only the last wish counts: what was wished for before and was not sent yet is never sent. Answers are kept; those of an
 * earlier moment are shown until the new one arrives.
 */
import type { Params } from '../src/protocol/messages.ts';
import type { MapDetail } from '../src/protocol/view-model.ts';
import { toHex } from './layout/hex.ts';
import type { DetailWish } from './zoom/tiles.ts';

/** Asks the session; ranges of requests for detail and for members are told alike. */
export type ReadDetail<Detail> = (params: Params<'mapDetail' | 'members'>) => Promise<Detail>;

/** Requests under way at once: one that is answered, one that waits for it. */
const mostPending = 2;

/** Answers that are kept. */
const mostKept = 96;

interface Answer<Detail> {
  readonly moment: number;
  readonly detail: Detail;
}

/** Asks for parts of the map and keeps them. */
export class MapDetails<Detail> {
  readonly #read: ReadDetail<Detail>;
  readonly #onChange: () => void;
  /** What there is where nothing is known. */
  readonly #nothing: Detail;
  /** By key, the one that was asked for longest ago first. */
  readonly #answers = new Map<string, Answer<Detail>>();
  readonly #pending = new Set<string>();
  /** By who wishes. */
  readonly #wishes = new Map<string, readonly DetailWish[]>();
  #moment = 0;
  /** Grows whenever an answer comes in. */
  version = 0;

  constructor(read: ReadDetail<Detail>, onChange: () => void, nothing: Detail) {
    this.#read = read;
    this.#onChange = onChange;
    this.#nothing = nothing;
  }

  /** Memory may be another now: what is wished for is asked again. */
  startMoment(): void {
    this.#moment += 1;
    this.#ask();
  }

  /** A new run: nothing is known of it. */
  clear(): void {
    this.#answers.clear();
    this.startMoment();
  }

  /** Replaces what somebody wishes for. */
  wish(who: string, wishes: readonly DetailWish[]): void {
    this.#wishes.set(who, wishes);
    this.#ask();
  }

  /** What is known of a range at a resolution, perhaps of the moment before. */
  get(wish: DetailWish): Detail | undefined {
    return this.#answers.get(keyOf(wish))?.detail;
  }

  #ask(): void {
    for (const wish of [...this.#wishes.values()].flat()) {
      if (this.#pending.size >= mostPending) return;
      const key = keyOf(wish);
      if (this.#pending.has(key) || this.#answers.get(key)?.moment === this.#moment) continue;
      void this.#send(wish, key);
    }
  }

  async #send(wish: DetailWish, key: string): Promise<void> {
    const moment = this.#moment;
    this.#pending.add(key);
    try {
      const detail = await this.#read({
        start: toHex(wish.start),
        end: toHex(wish.end),
        unitBytes: Number(wish.unit),
      });
      this.#keep(key, { moment, detail });
    } catch {
      // The reason was reported where the request was made; it is not asked for again at this moment.
      this.#keep(key, { moment, detail: this.#answers.get(key)?.detail ?? this.#nothing });
    } finally {
      this.#pending.delete(key);
    }
    this.#ask();
  }

  #keep(key: string, answer: Answer<Detail>): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= mostKept) break;
      this.#answers.delete(oldest);
    }
    this.version += 1;
    this.#onChange();
  }
}

/** No detail. */
export const noDetail: MapDetail = { mappings: [], mappingBands: [], chunks: [], chunkBands: [] };

const keyOf = ({ start, end, unit }: DetailWish): string =>
  `${start.toString(16)}-${end.toString(16)}/${unit.toString(16)}`;
