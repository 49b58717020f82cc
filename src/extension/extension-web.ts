/**
 * Entry of the extension in VS Code for the Web.
 */
import { Uri, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { activateOn } from './activate.ts';
import type { ExtensionApi } from './activate.ts';
import type { Platform, WorkerListener } from './platform.ts';

/** The part of the web worker interface that is used; this project's extension folder is compiled without the DOM library. */
interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { readonly data: Parameters<WorkerListener['onMessage']>[0] }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}
declare const Worker: new (url: string) => WebWorker;

const web: Platform = {
  hostGlibc: undefined,
  startWorker: async (context, listener) => {
    // The extension's files may lie on another origin than the extension host, where a worker cannot be started from.
    const script = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'dist', 'engine.cjs'));
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(address);
    worker.onmessage = (event) => {
      listener.onMessage(event.data);
    };
    worker.onerror = (event) => {
      listener.onFailure(event.message ?? 'the worker failed');
    };
    return {
      post: (message) => {
        worker.postMessage(message);
      },
      terminate: () => {
        worker.terminate();
        URL.revokeObjectURL(address);
      },
    };
  },
};

// The entry for Node starts the same extension.
export { activateOn };

/** Called by VS Code when the extension is first needed. */
export function activate(context: ExtensionContext): ExtensionApi {
  return activateOn(context, web);
}
