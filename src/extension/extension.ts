/**
 * Entry of the extension on the desktop and in remotes.
 */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import type { ExtensionContext } from 'vscode';
import { activateOn } from './activate.ts';
import type { ExtensionApi } from './activate.ts';
import type { Platform, WorkerListener } from './platform.ts';
import { nextTurn } from './turns.ts';

const node: Omit<Platform, 'hostGlibc'> = {
  startWorker: async (context, listener) => {
    // A thread takes a while to make, and whoever asks for one has done something before and goes on afterwards.
    await nextTurn();
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
    await nextTurn();
    return {
      post: (message) => {
        worker.postMessage(message);
      },
      terminate: () => {
        isTerminated = true;
        void worker.terminate();
      },
    };
  },
};

/** Where glibc keeps its script that names its release. */
const lddFile = '/usr/bin/ldd';

/**
 * Release of the C library of the machine, such as `2.36`: as its script `ldd` tells it, else Node's report, which takes
 * tens of milliseconds to make.
 */
async function glibcOfHost(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const script = await readFile(lddFile, 'latin1').catch(() => '');
  return /\bldd \(.*\) (\d+\.\d+)/.exec(script)?.[1] ?? reportedGlibc();
}

/** The C library that this process runs with. */
function reportedGlibc(): string | undefined {
  const report = process.report.getReport() as {
    readonly header?: { readonly glibcVersionRuntime?: string };
  };
  return report.header?.glibcVersionRuntime;
}

/** Called by VS Code when the extension is first needed. */
export async function activate(context: ExtensionContext): Promise<ExtensionApi> {
  return activateOn(context, { ...node, hostGlibc: await glibcOfHost() });
}
