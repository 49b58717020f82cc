/**
 * Runs the open program again when a setting changes what it is run with: its arguments, the machine, the release of glibc.
 */
import { workspace } from 'vscode';
import type { Disposable } from 'vscode';
import type { RunInputs } from '../protocol/messages.ts';
import type { RunController } from './run-controller.ts';

/** Commands and the settings editor change several settings one after the other. */
const pauseMs = 100;

/** Watches the settings while a program is open. */
export class RerunOnSettings implements Disposable {
  readonly #controller: RunController;
  readonly #subscription: Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(controller: RunController) {
    this.#controller = controller;
    this.#subscription = workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('memoryAtlas') || controller.current === undefined) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#compare(), pauseMs);
    });
  }

  async #compare(): Promise<void> {
    const run = this.#controller.current;
    if (run === undefined) return;
    const document = await workspace.openTextDocument(run.uri);
    const { inputs } = await this.#controller.inputsOf(document);
    const now = this.#controller.currentInputs;
    // Meanwhile a command may have run it with these.
    if (now !== undefined && settingsOf(now) !== settingsOf(inputs)) await this.#controller.run(document);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }
}

/** What of the inputs the settings decide; texts are those of files, the process is chosen by a command. */
function settingsOf({
  files,
  headers: _headers,
  dataFiles,
  process: _process,
  ...others
}: RunInputs): string {
  const names = files.map(({ name }) => name);
  return JSON.stringify({ ...others, names, findsFiles: dataFiles !== undefined });
}
