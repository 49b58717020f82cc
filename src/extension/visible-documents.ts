/**
 * Does something for each visible C editor, again after edits and changes of settings, when the typing pauses.
 */
import { window, workspace } from 'vscode';
import type { Disposable, TextEditor } from 'vscode';

/** Milliseconds of quiet after an edit. */
const quietMs = 300;

/** Whether a visit of an editor is the last one: what an earlier one finds out is not of the settings as they are. */
export type IsLastVisit = () => boolean;

export class VisibleDocuments implements Disposable {
  readonly #visit: (editor: TextEditor, isLast: IsLastVisit) => void;
  /** Visits of each editor so far. */
  readonly #visits = new WeakMap<TextEditor, number>();
  readonly #subscriptions: Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(visit: (editor: TextEditor, isLast: IsLastVisit) => void) {
    this.#visit = visit;
    this.#subscriptions = [
      window.onDidChangeVisibleTextEditors(() => {
        this.visitAll();
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.languageId === 'c') this.#soon();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('memoryAtlas')) this.visitAll();
      }),
    ];
  }

  /** Visits every visible editor of a C file now. */
  visitAll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const editor of window.visibleTextEditors) {
      if (editor.document.languageId !== 'c') continue;
      const visit = (this.#visits.get(editor) ?? 0) + 1;
      this.#visits.set(editor, visit);
      this.#visit(editor, () => this.#visits.get(editor) === visit);
    }
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.visitAll();
    }, quietMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
