/**
 * *Compare two steps*: what differs between the current event and another one, as text and as marks in the map.
 *
 * The text is a document of its own that cannot be changed, so that closing it asks nothing.
 */
import { EventEmitter, Uri, ViewColumn, l10n, window, workspace } from 'vscode';
import type { Disposable, QuickPickItem, TextDocumentContentProvider } from 'vscode';
import type { RunController } from './run-controller.ts';

const scheme = 'memory-atlas-difference';

/** Events that the list offers: those around the current one. */
const offered = 2000;

interface Choice extends QuickPickItem {
  readonly index: number;
}

/** Compares steps, and serves the differences as documents. */
export class StepComparison implements TextDocumentContentProvider, Disposable {
  readonly #controller: RunController;
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: readonly Disposable[];
  /** By address, while a document is open. */
  readonly #texts = new Map<string, string>();

  readonly onDidChange = this.#changed.event;

  constructor(controller: RunController) {
    this.#controller = controller;
    this.#subscriptions = [
      this.#changed,
      workspace.registerTextDocumentContentProvider(scheme, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? l10n.t('No program is running.');
  }

  /** Asks for the other event and shows the difference. */
  async compare(): Promise<void> {
    const controller = this.#controller;
    const run = controller.current;
    if (run === undefined) return;
    const { index } = run.snapshot.position;
    const other = await chooseEvent(controller, index, run.snapshot.position.count);
    if (other === undefined) return;
    const [before, after] = [Math.min(index, other), Math.max(index, other)];
    const found = await controller.compare(before, after);
    if (found === undefined) return;
    const title = l10n.t('From event {0} to event {1}', before + 1, after + 1);
    controller.requestMark({ by: 'comparison', title, marks: found.marks, count: found.markCount });
    const uri = Uri.from({ scheme, path: `/${title}.diff` });
    // At the start of their lines the signs are coloured.
    this.#texts.set(uri.toString(), `${title}\n\n${found.text.replace(/^ {2}(?=[-+~] )/gm, '')}`);
    this.#changed.fire(uri);
    // Among the sources: beside them is the map, which marks the differences.
    const viewColumn = window.visibleTextEditors[0]?.viewColumn ?? ViewColumn.Beside;
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { viewColumn, preserveFocus: true, preview: true });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** Asks for an event to compare with; its index, `undefined` when the user does not choose. */
async function chooseEvent(
  controller: RunController,
  index: number,
  count: number,
): Promise<number | undefined> {
  const from = Math.max(0, Math.min(index - offered / 2, count - offered));
  const events = await controller.events(from, offered);
  const items = events
    .filter((event) => event.index !== index)
    .map((event): Choice => ({
      index: event.index,
      label: `${String(event.index + 1)}  ${event.text}`,
      ...(event.place === undefined
        ? {}
        : { description: `${event.place.file}:${String(event.place.line)}` }),
    }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Memory Atlas: compare event {0} with …', index + 1),
    matchOnDescription: true,
  });
  return chosen?.index;
}
