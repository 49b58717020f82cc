/**
 * Entry of the worker thread on the desktop, in remotes and in the command line.
 */
import { parentPort } from 'node:worker_threads';
import { startServers } from './servers.ts';

const port = parentPort;
if (port !== null) {
  const receive = startServers(
    (message) => {
      port.postMessage(message);
    },
    {
      now: () => performance.now(),
      // Its turn comes after messages that wait were read.
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    },
  );
  port.on('message', receive);
}
