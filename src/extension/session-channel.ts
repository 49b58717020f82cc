/**
 * A worker with a session in it, and the requests to it.
 */
import type { ExtensionContext } from 'vscode';
import type { Envelope } from '../protocol/messages.ts';
import { RequestClient } from '../session/channel.ts';
import type { Platform, SessionWorker } from './platform.ts';

/** The two ends of a session; `terminate` the worker and `close` the client when it is not needed any more. */
export interface SessionChannel {
  readonly worker: SessionWorker;
  readonly client: RequestClient;
}

/**
 * Starts a worker.
 *
 * @param onFailure - called when the worker ends by itself; requests that wait have been refused then
 */
export async function openChannel(
  context: ExtensionContext,
  platform: Platform,
  onFailure: (reason: string) => void,
): Promise<SessionChannel> {
  const link: { client?: RequestClient } = {};
  const worker = await platform.startWorker(context, {
    onMessage: (message: Envelope) => {
      link.client?.receive(message);
    },
    onFailure: (reason) => {
      link.client?.close(reason);
      onFailure(reason);
    },
  });
  const client = new RequestClient(worker, {
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
  });
  link.client = client;
  return { worker, client };
}
