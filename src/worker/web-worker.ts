/**
 * Entry of the web worker in VS Code for the Web.
 */
import { startServers } from './servers.ts';

const receive = startServers(
  (message) => {
    self.postMessage(message);
  },
  { now: () => performance.now(), pause: pauses() },
);
self.addEventListener('message', (event: MessageEvent<Parameters<typeof receive>[0]>) => {
  receive(event.data);
});
// The host hears of exceptions only.
self.addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) => {
  throw reason;
});

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
