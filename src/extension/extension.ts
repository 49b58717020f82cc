/**
 * Entry of the extension on the desktop and in remotes.
 */
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import type { ExtensionContext } from 'vscode';
import { activateOn } from './activate.ts';
import type { ExtensionApi } from './activate.ts';
import type { Platform, WorkerListener } from './platform.ts';

const node: Platform = {
  hostGlibc: glibcOfHost(),
  startWorker: (context, listener) => {
    const worker = new Worker(context.asAbsolutePath('dist/worker.js'), {
      // The simulated machine's memory lies outside of the JavaScript heap; the first bounds what the recording may take.
      // Calls of the program nest on the thread's stack too: enough for 8 MiB of the smallest simulated frames.
      resourceLimits: { maxOldGenerationSizeMb: 2048, stackSizeMb: 256 },
    });
    let isTerminated = false;
    worker.on('message', (message: Parameters<WorkerListener['onMessage']>[0]) => {
      listener.onMessage(message);
    });
    worker.on('error', (error) => {
      if (!isTerminated) listener.onFailure(error.message);
      isTerminated = true;
    });
    worker.on('exit', (code) => {
      if (!isTerminated) listener.onFailure(`the worker ended with code ${String(code)}`);
      isTerminated = true;
    });
    return Promise.resolve({
      post: (message) => {
        worker.postMessage(message);
      },
      terminate: () => {
        isTerminated = true;
        void worker.terminate();
      },
    });
  },
};

/** The C library that this process runs with, as Node's report tells it. */
function glibcOfHost(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const report = process.report.getReport() as {
    readonly header?: { readonly glibcVersionRuntime?: string };
  };
  return report.header?.glibcVersionRuntime;
}

/** Called by VS Code when the extension is first needed. */
export function activate(context: ExtensionContext): ExtensionApi {
  return activateOn(context, node);
}
