/**
 * Entry of the extension in VS Code for the Web.
 */
import { Uri, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import type { NeedPart, PartFiles, PartIndex } from '../protocol/part-files.ts';
import { activateOn } from './activate.ts';
import type { ExtensionApi } from './activate.ts';
import type { Platform, WorkerListener } from './platform.ts';

/** The part of the web worker interface that is used; this project's extension folder is compiled without the DOM library. */
interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage:
    ((event: { readonly data: Parameters<WorkerListener['onMessage']>[0] | NeedPart }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}
declare const Worker: new (url: string) => WebWorker;

const web: Platform = {
  hostGlibc: undefined,
  startWorker: async (context, listener) => {
    const files = new WorkerFiles(Uri.joinPath(context.extensionUri, 'dist'));
    const worker = new Worker(await files.script('web/worker.js'));
    const terminate = (): void => {
      worker.terminate();
      files.dispose();
    };
    worker.onmessage = ({ data }) => {
      if (data.type !== 'need-part') {
        listener.onMessage(data);
        return;
      }
      files.part(data.part).then(
        (given) => {
          worker.postMessage(given);
        },
        (error: unknown) => {
          // It would wait for the part for ever.
          terminate();
          listener.onFailure(error instanceof Error ? error.message : String(error));
        },
      );
    };
    worker.onerror = (event) => {
      listener.onFailure(event.message ?? 'the worker failed');
    };
    return {
      post: (message) => {
        worker.postMessage(message);
      },
      terminate,
    };
  },
};

/**
 * The files that a worker loads. They may lie on another origin than the extension host, where a worker cannot be started
 * from, and a worker cannot read them: it gets the texts of scripts at addresses that are made here.
 */
class WorkerFiles {
  readonly #folder: Uri;
  readonly #addresses: string[] = [];

  constructor(folder: Uri) {
    this.#folder = folder;
  }

  /** The address of a script. */
  async script(path: string): Promise<string> {
    const text = await this.#read(path);
    const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    this.#addresses.push(address);
    return address;
  }

  /** All that a part of the engine may load. */
  async part(part: string): Promise<PartFiles> {
    const index = JSON.parse(new TextDecoder().decode(await this.#read('engine/parts.json'))) as PartIndex;
    const { scripts, data } = index[part] ?? { scripts: [], data: [] };
    return {
      type: 'part-files',
      part,
      scripts: await gathered(scripts, (name) => this.script(`engine/${name}.cjs`)),
      data: await gathered(data, (name) => this.#read(`engine/${name}`)),
    };
  }

  #read(path: string): Thenable<Uint8Array> {
    return workspace.fs.readFile(Uri.joinPath(this.#folder, path));
  }

  dispose(): void {
    for (const address of this.#addresses.splice(0)) URL.revokeObjectURL(address);
  }
}

/** What is found for names, by name, all at the same time. */
async function gathered<Found>(
  names: readonly string[],
  find: (name: string) => PromiseLike<Found>,
): Promise<Record<string, Found>> {
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await find(name)] as const)));
}

// The entry for Node starts the same extension.
export { activateOn };

/** Called by VS Code when the extension is first needed. */
export function activate(context: ExtensionContext): Promise<ExtensionApi> {
  return activateOn(context, web);
}
