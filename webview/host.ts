/**
 * What the page runs in. This is the only file that knows VS Code's webview API.
 */

/** A place that carries messages and keeps a small state over reloads of the page. */
export interface Host {
  post(message: unknown): void;
  /** @returns a function that ends the listening */
  listen(listener: (message: unknown) => void): () => void;
  load(): unknown;
  save(state: unknown): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The host that VS Code is; it can be acquired once in the life of a page. */
export function vsCodeHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    listen: (listener) => {
      const onMessage = (event: MessageEvent<unknown>): void => {
        listener(event.data);
      };
      window.addEventListener('message', onMessage);
      return () => {
        window.removeEventListener('message', onMessage);
      };
    },
    load: () => api.getState(),
    save: (state) => {
      api.setState(state);
    },
  };
}
