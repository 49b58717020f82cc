/**
 * Entry of the web worker in VS Code for the Web. Its bundle is also loaded in Node, for the engine in it: nothing starts there.
 */
import type { Envelope } from '../protocol/messages.ts';
import { SessionServer } from '../session/server.ts';

if (typeof importScripts === 'function') {
  const server = new SessionServer({
    post: (message) => {
      self.postMessage(message);
    },
  });
  self.addEventListener('message', (event: MessageEvent<Envelope>) => {
    server.receive(event.data);
  });
}
