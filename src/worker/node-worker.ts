/**
 * Entry of the worker thread on the desktop, in remotes and in the command line.
 */
import { parentPort } from 'node:worker_threads';
import type { Envelope } from '../protocol/messages.ts';
import { SessionServer } from '../session/server.ts';

const port = parentPort;
if (port !== null) {
  const server = new SessionServer({
    post: (message) => {
      port.postMessage(message);
    },
  });
  port.on('message', (message: Envelope) => {
    server.receive(message);
  });
}
