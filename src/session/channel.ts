/**
 * One end of a message channel, and requests over it.
 *
 * Used by the extension host towards its worker, by the worker towards the extension host; the webview has its own.
 */
import { REQUEST_TIMEOUT_MS } from '../protocol/messages.ts';
import type {
  Envelope,
  ErrorCode,
  NotificationEnvelope,
  Params,
  RequestEnvelope,
  RequestName,
  ResponseEnvelope,
  Result,
} from '../protocol/messages.ts';

/** A place to post messages to. */
export interface MessagePortLike {
  post(message: Envelope): void;
}

/** Time, which the pure layers do not have by themselves. */
export interface Timers {
  /** Calls back after `delayMs`; the result cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

/** A request that was answered with an error code. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: RequestError) => void;
  readonly cancelTimer: () => void;
}

/**
 * Sends requests and matches their answers.
 *
 * Invariant: every promise is settled: by the answer, by the time limit, or by {@link RequestClient.close}.
 */
export class RequestClient {
  readonly #port: MessagePortLike;
  readonly #timers: Timers;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #onNotification: (message: NotificationEnvelope) => void = () => undefined;

  constructor(port: MessagePortLike, timers: Timers) {
    this.#port = port;
    this.#timers = timers;
  }

  /** Whether every request has its answer. */
  get isIdle(): boolean {
    return this.#pending.size === 0;
  }

  /** The one listener of notifications. */
  listen(listener: (message: NotificationEnvelope) => void): void {
    this.#onNotification = listener;
  }

  /**
   * Sends a request.
   *
   * @param timeoutMs - 0 for no limit (a run that the user can cancel)
   * @throws RequestError with the code of the answer, `timeout` or `cancelled`
   */
  request<Name extends RequestName>(
    name: Name,
    params: Params<Name>,
    timeoutMs: number = REQUEST_TIMEOUT_MS,
  ): Promise<Result<Name>> {
    const id = this.#nextId++;
    return new Promise<Result<Name>>((resolve, reject) => {
      const cancelTimer =
        timeoutMs === 0
          ? () => undefined
          : this.#timers.after(timeoutMs, () => {
              this.#pending.delete(id);
              reject(new RequestError('timeout', `${name}: no answer in ${String(timeoutMs)} ms`));
            });
      this.#pending.set(id, { resolve, reject, cancelTimer });
      const message: RequestEnvelope<Name> = { type: 'request', id, name, params };
      this.#port.post(message as RequestEnvelope);
    });
  }

  /** Takes a message from the other end; what is not for a client is ignored. */
  receive(message: Envelope): void {
    if (message.type === 'notification') this.#onNotification(message);
    else if (message.type === 'response') this.#settle(message);
  }

  #settle(message: ResponseEnvelope): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    this.#pending.delete(message.id);
    pending.cancelTimer();
    if (message.ok) pending.resolve(message.result as never);
    else pending.reject(new RequestError(message.code, message.message));
  }

  /** Rejects everything that is still open. */
  close(reason: string): void {
    for (const pending of this.#pending.values()) {
      pending.cancelTimer();
      pending.reject(new RequestError('cancelled', reason));
    }
    this.#pending.clear();
  }
}
