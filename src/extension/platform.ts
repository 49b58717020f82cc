/**
 * What differs between the desktop and the web: how a worker is started, and what the host tells about itself.
 */
import type { ExtensionContext } from 'vscode';
import type { Envelope } from '../protocol/messages.ts';

/** A running worker that holds a session. */
export interface SessionWorker {
  post(message: Envelope): void;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
}

export interface WorkerListener {
  onMessage(message: Envelope): void;
  /** The worker died by itself. */
  onFailure(reason: string): void;
}

export interface Platform {
  /** Release of the host's own glibc, `undefined` where it has none. */
  readonly hostGlibc: string | undefined;
  startWorker(context: ExtensionContext, listener: WorkerListener): Promise<SessionWorker>;
}
