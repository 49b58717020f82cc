/**
 * /proc/self/maps of the run as a read-only document that follows the steps.
 */
import { EventEmitter, Uri, ViewColumn, l10n, window, workspace } from 'vscode';
import type { Disposable, TextDocumentContentProvider } from 'vscode';
import type { RunController } from './run-controller.ts';

const scheme = 'memory-atlas';
const mapsUri = Uri.parse(`${scheme}:/proc/self/maps`);

export class MapsDocument implements TextDocumentContentProvider, Disposable {
  readonly #controller: RunController;
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(controller: RunController) {
    this.#controller = controller;
    this.#subscriptions = [
      this.#changed,
      workspace.registerTextDocumentContentProvider(scheme, this),
      controller.onDidChange(() => {
        if (workspace.textDocuments.some((document) => document.uri.toString() === mapsUri.toString())) {
          this.#changed.fire(mapsUri);
        }
      }),
    ];
  }

  async provideTextDocumentContent(): Promise<string> {
    return (await this.#controller.maps()) ?? l10n.t('No program is running.');
  }

  /** Opens the document beside the editor. */
  async show(): Promise<void> {
    const document = await workspace.openTextDocument(mapsUri);
    await window.showTextDocument(document, {
      viewColumn: ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
