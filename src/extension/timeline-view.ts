/**
 * The timeline in the side panel: the run's events, the current one marked; click or arrow keys seek.
 */
import { l10n } from 'vscode';
import type { Disposable, Uri, WebviewView, WebviewViewProvider } from 'vscode';
import type { RunController } from './run-controller.ts';
import { processName } from './look-at-process.ts';
import { webviewHtml, webviewRoot } from './webview-html.ts';
import { relay } from './webview-relay.ts';

export const timelineViewId = 'memoryAtlas.timeline';

export class TimelineView implements WebviewViewProvider {
  readonly #extensionUri: Uri;
  readonly #controller: RunController;

  constructor(extensionUri: Uri, controller: RunController) {
    this.#extensionUri = extensionUri;
    this.#controller = controller;
  }

  resolveWebviewView(view: WebviewView): void {
    view.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.#extensionUri)] };
    const connection: Disposable = relay(view.webview, this.#controller);
    const describe = (): void => {
      const { shownProcess } = this.#controller;
      view.description = shownProcess === undefined ? '' : processName(shownProcess);
    };
    const description = this.#controller.onDidChange(describe);
    describe();
    view.onDidDispose(() => {
      description.dispose();
      connection.dispose();
    });
    view.webview.html = webviewHtml(view.webview, this.#extensionUri, {
      script: 'timeline.js',
      element: 'mem-timeline',
      title: l10n.t('Timeline'),
    });
  }
}
