/**
 * Entry of the web worker in VS Code for the Web.
 */
import type { Envelope } from '../protocol/messages.ts';
import { SessionServer } from '../session/server.ts';

const server = new SessionServer({
  post: (message) => {
    self.postMessage(message);
  },
});

self.addEventListener('message', (event: MessageEvent<Envelope>) => {
  server.receive(event.data);
});
