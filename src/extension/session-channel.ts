/**
 * A worker with a session in it, and the requests to it.
 */
import type { ExtensionContext } from 'vscode';
import { RequestClient } from '../session/channel.ts';
import type { EngineWorker, Platform } from './platform.ts';
import { timers } from './timers.ts';

/** The two ends of a session; `terminate` the worker and `close` the client when it is not needed any more. */
export interface SessionChannel {
  readonly worker: EngineWorker;
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
    onMessage: (message) => {
      if (message.type !== 'analysis') link.client?.receive(message);
    },
    onFailure: (reason) => {
      link.client?.close(reason);
      onFailure(reason);
    },
  });
  const client = new RequestClient(worker, timers);
  link.client = client;
  return { worker, client };
}
