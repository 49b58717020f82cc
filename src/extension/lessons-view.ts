/**
 * The view *Lessons* in the side panel.
 */
import { l10n } from 'vscode';
import type { Uri, WebviewView, WebviewViewProvider } from 'vscode';
import type { LessonsAction } from '../protocol/lessons.ts';
import type { LessonsController } from './lessons-controller.ts';
import { webviewHtml, webviewRoot } from './webview-html.ts';

export const lessonsViewId = 'memoryAtlas.lessons';

export class LessonsView implements WebviewViewProvider {
  readonly #extensionUri: Uri;
  readonly #lessons: LessonsController;
  readonly #export: () => Promise<void>;

  constructor(extensionUri: Uri, lessons: LessonsController, exportScore: () => Promise<void>) {
    this.#extensionUri = extensionUri;
    this.#lessons = lessons;
    this.#export = exportScore;
  }

  resolveWebviewView(view: WebviewView): void {
    const { webview } = view;
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.#extensionUri)] };
    const outgoing = this.#lessons.onDidChange((state) => {
      void webview.postMessage(state);
    });
    const incoming = webview.onDidReceiveMessage((message: unknown) => {
      const action = readAction(message);
      if (action?.type === 'ready') void webview.postMessage(this.#lessons.state);
      else if (action !== undefined) void this.#do(action);
    });
    view.onDidDispose(() => {
      outgoing.dispose();
      incoming.dispose();
    });
    webview.html = webviewHtml(webview, this.#extensionUri, {
      script: 'lessons.js',
      element: 'mem-lessons',
      title: l10n.t('Lessons'),
    });
  }

  async #do(action: Exclude<LessonsAction, { type: 'ready' }>): Promise<void> {
    const lessons = this.#lessons;
    switch (action.type) {
      case 'open':
        return lessons.open(action.id);
      case 'next':
        return lessons.next();
      case 'previous':
        return lessons.previous();
      case 'answer':
        return lessons.answer(action.text);
      case 'ask':
        return lessons.askHere();
      case 'copy':
        return lessons.copySample();
      case 'export':
        return this.#export();
      case 'close':
        lessons.close();
    }
  }
}

const plain = ['ready', 'next', 'previous', 'ask', 'copy', 'export', 'close'] as const;

/** A message of the view; undefined for anything else. */
function readAction(message: unknown): LessonsAction | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, id, text } = message as Readonly<Record<string, unknown>>;
  if (type === 'open' && typeof id === 'string') return { type, id };
  if (type === 'answer' && typeof text === 'string') return { type, text };
  const found = plain.find((one) => one === type);
  return found === undefined ? undefined : { type: found };
}
