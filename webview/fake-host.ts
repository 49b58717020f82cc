/**
 * A host for plain pages and tests: it plays a session that steps through given snapshots. It is not part of the
 * product.
 */
import type {
  Delta,
  ErrorCode,
  NotificationName,
  Notifications,
  Params,
  RequestName,
} from '../src/protocol/messages.ts';
import type { Snapshot } from '../src/protocol/view-model.ts';
import type { Host } from './host.ts';

/** What the fake session does where snapshots are not enough. */
export interface FakeSession {
  readonly snapshots: readonly Snapshot[];
  readonly first?: number;
  readonly saved?: unknown;
  readonly readMemory?: (
    snapshot: Snapshot,
    params: Params<'readMemory'>,
  ) => readonly { readonly start: `0x${string}`; readonly bytes: ArrayBuffer }[];
  /** Refuses a request by name. */
  readonly refuse?: Partial<Record<RequestName, ErrorCode>>;
}

/** Answers as the session would, one turn of the event loop later. */
export class FakeHost implements Host {
  /** Everything that the view posted. */
  readonly posted: { readonly id: number; readonly name: RequestName; readonly params: unknown }[] = [];
  saved: unknown;
  readonly #session: FakeSession;
  readonly #listeners = new Set<(message: unknown) => void>();
  #index: number;
  #seq = 0;

  constructor(session: FakeSession) {
    this.#session = session;
    this.#index = session.first ?? 0;
    this.saved = session.saved;
  }

  post(message: unknown): void {
    const request = message as { readonly id: number; readonly name: RequestName; readonly params: unknown };
    this.posted.push(request);
    queueMicrotask(() => {
      const code = this.#session.refuse?.[request.name];
      if (code === undefined)
        this.deliver({ type: 'response', id: request.id, ok: true, result: this.#answer(request) });
      else
        this.deliver({
          type: 'response',
          id: request.id,
          ok: false,
          code,
          message: `refused: ${request.name}`,
        });
    });
  }

  listen(listener: (message: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  load(): unknown {
    return this.saved;
  }

  save(state: unknown): void {
    this.saved = state;
  }

  /** Hands any message to the view, also a malformed one. */
  deliver(message: unknown): void {
    for (const listener of [...this.#listeners]) listener(message);
  }

  notify<Name extends NotificationName>(name: Name, params: Notifications[Name]): void {
    this.deliver({ type: 'notification', name, params });
  }

  get snapshot(): Snapshot | undefined {
    return this.#session.snapshots[this.#index];
  }

  #answer(request: { readonly name: RequestName; readonly params: unknown }): unknown {
    switch (request.name) {
      case 'hello':
        return { generation: 1, seq: this.#seq, snapshot: this.snapshot };
      case 'seek':
        return this.#moveTo((request.params as Params<'seek'>).index);
      case 'step':
        return this.#step(request.params as Params<'step'>);
      case 'readMemory': {
        const { snapshot } = this;
        const params = request.params as Params<'readMemory'>;
        return { pieces: snapshot === undefined ? [] : (this.#session.readMemory?.(snapshot, params) ?? []) };
      }
      case 'mapDetail':
        return { mappings: [], mappingBands: [], chunks: [], chunkBands: [] };
      case 'members':
        return { objects: [], isCut: false };
      default:
        return {};
    }
  }

  #step({ kind, count }: Params<'step'>): { readonly index: number } {
    const step = Math.sign(count);
    let index = this.#index + step;
    while (kind !== 'event' && this.#session.snapshots[index] !== undefined) {
      if (this.#session.snapshots[index]?.event?.kind === kind) break;
      index += step;
    }
    return this.#moveTo(index);
  }

  #moveTo(index: number): { readonly index: number } {
    const before = this.snapshot;
    this.#index = Math.max(0, Math.min(this.#session.snapshots.length - 1, index));
    const after = this.snapshot;
    if (before !== undefined && after !== undefined) {
      this.#seq += 1;
      this.notify('changed', { generation: 1, seq: this.#seq, delta: difference(before, after) });
    }
    return { index: this.#index };
  }
}

function difference(before: Snapshot, after: Snapshot): Delta {
  const keys = Object.keys(after) as (keyof Snapshot)[];
  // A copy, as a message is: nothing keeps its identity on the way.
  return structuredClone(
    Object.fromEntries(
      keys
        .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
        .map((key) => [key, after[key]]),
    ),
  );
}
