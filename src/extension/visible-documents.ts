/**
 * Does something for each visible C editor, again after edits and changes of settings, when the typing pauses.
 */
import { window, workspace } from 'vscode';
import type { Disposable, TextEditor } from 'vscode';

/** Milliseconds of quiet after an edit. */
const quietMs = 300;

export class VisibleDocuments implements Disposable {
  readonly #visit: (editor: TextEditor) => void;
  readonly #subscriptions: Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(visit: (editor: TextEditor) => void) {
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
      if (editor.document.languageId === 'c') this.#visit(editor);
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
