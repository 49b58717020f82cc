/**
 * The view's end of the protocol: requests with their answers, and notifications in order.
 */
import type {
  Delta,
  Envelope,
  ErrorCode,
  NotificationName,
  Notifications,
  Params,
  RequestName,
  Result,
} from '../src/protocol/messages.ts';
import { REQUEST_TIMEOUT_MS } from '../src/protocol/messages.ts';
import type { Host } from './host.ts';
import { readEnvelope, readResult } from './validate.ts';

/** A request that got no result. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

type Listeners = { [Name in NotificationName]?: (params: Notifications[Name]) => void };

interface Pending {
  readonly name: RequestName;
  readonly resolve: (result: never) => void;
  readonly reject: (error: RequestError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Sends requests and hands out notifications. What is malformed is dropped and reported to `onMalformed`. */
export class Client {
  readonly #host: Host;
  readonly #timeoutMs: number;
  readonly #listeners: Listeners;
  readonly #onMalformed: (reason: string) => void;
  readonly #pending = new Map<number, Pending>();
  #stopListening: (() => void) | undefined;
  #lastId = 0;

  constructor(
    host: Host,
    options: {
      readonly listeners: Listeners;
      readonly onMalformed: (reason: string) => void;
      readonly timeoutMs?: number;
    },
  ) {
    this.#host = host;
    this.#listeners = options.listeners;
    this.#onMalformed = options.onMalformed;
    this.#timeoutMs = options.timeoutMs ?? REQUEST_TIMEOUT_MS;
    this.#stopListening = host.listen((message) => {
      this.#receive(message);
    });
  }

  /**
   * Asks and waits for the answer.
   *
   * @throws RequestError with the code of the answer, `timeout`, or `cancelled` when the client was disposed
   */
  request<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Result<Name>> {
    if (this.#stopListening === undefined) {
      return Promise.reject(new RequestError('cancelled', 'the view is closed'));
    }
    const id = ++this.#lastId;
    return new Promise<Result<Name>>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new RequestError('timeout', `${name}: no answer within ${this.#timeoutMs} ms`));
      }, this.#timeoutMs);
      this.#pending.set(id, { name, resolve, reject, timer });
      this.#host.post({ type: 'request', id, name, params } satisfies Envelope);
    });
  }

  dispose(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new RequestError('cancelled', 'the view is closed'));
    }
    this.#pending.clear();
  }

  #receive(message: unknown): void {
    const read = readEnvelope(message);
    if (!read.ok) {
      // Other parts of a page (extensions of the browser, frames) post messages too: they are none of ours.
      if (read.isOurs) this.#onMalformed(read.reason);
      return;
    }
    const envelope = read.value;
    switch (envelope.type) {
      case 'response':
        this.#settle(envelope);
        return;
      case 'notification':
        this.#notify(envelope.name, envelope.params);
        return;
      case 'request':
        // The session asks nothing of the view.
        this.#onMalformed(`unexpected request ${envelope.name}`);
        return;
    }
  }

  #settle(response: Extract<Envelope, { readonly type: 'response' }>): void {
    const pending = this.#pending.get(response.id);
    // An answer that comes after its time limit has no taker any more.
    if (pending === undefined) return;
    this.#pending.delete(response.id);
    clearTimeout(pending.timer);
    if (!response.ok) {
      pending.reject(new RequestError(response.code, response.message));
      return;
    }
    const result = readResult(pending.name, response.result);
    if (result.ok) pending.resolve(result.value as never);
    else pending.reject(new RequestError('internal', `${pending.name}: ${result.reason}`));
  }

  #notify<Name extends NotificationName>(name: Name, params: Notifications[Name]): void {
    this.#listeners[name]?.(params);
  }
}

/** Where the view is in the stream of changes. */
export interface StreamPosition {
  readonly generation: number;
  readonly seq: number;
}

/** Whether the change follows directly; otherwise something was missed and a snapshot is needed. */
export function follows(
  position: StreamPosition | undefined,
  change: StreamPosition & { readonly delta: Delta },
): boolean {
  return change.generation === position?.generation && change.seq === position.seq + 1;
}
