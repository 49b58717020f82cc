/**
 * What differs between the desktop and the web: how a worker is started, and what the host tells about itself.
 */
import type { ExtensionContext } from 'vscode';
import type { Envelope } from '../protocol/messages.ts';
import type { FromAnalysis, ToAnalysis } from '../session/editor/analysis-messages.ts';

/** A running worker: it holds a session, or the analysis of documents, as it is asked. */
export interface EngineWorker {
  post(message: Envelope | ToAnalysis): void;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
}

export interface WorkerListener {
  onMessage(message: Envelope | FromAnalysis): void;
  /** The worker died by itself. */
  onFailure(reason: string): void;
}

export interface Platform {
  /** Release of the host's own glibc, `undefined` where it has none. */
  readonly hostGlibc: string | undefined;
  startWorker(context: ExtensionContext, listener: WorkerListener): Promise<EngineWorker>;
}
