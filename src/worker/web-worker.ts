/**
 * Entry of the web worker in VS Code for the Web. Its bundle is also loaded in Node, for the engine in it: nothing starts there.
 */
import { startServers } from './servers.ts';

if (typeof importScripts === 'function') {
  const receive = startServers(
    (message) => {
      self.postMessage(message);
    },
    { now: () => performance.now(), pause: pauses() },
  );
  self.addEventListener('message', (event: MessageEvent<Parameters<typeof receive>[0]>) => {
    receive(event.data);
  });
}

/** Messages to ourselves come after those that wait; a timer would wait 4 ms each time. */
function pauses(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => {
    waiting.shift()?.();
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(undefined);
    });
}
