/**
 * The memory map: a panel beside the editor, at most one. It comes back after a reload of the window (serializer), and
 * asks for everything again whenever it becomes visible.
 */
import { Uri, ViewColumn, l10n, window } from 'vscode';
import type { Disposable, WebviewPanel } from 'vscode';
import type { ImageFormat } from '../protocol/messages.ts';
import type { OpenRun, RunController } from './run-controller.ts';
import { processName } from './look-at-process.ts';
import { webviewHtml, webviewRoot } from './webview-html.ts';
import { relay } from './webview-relay.ts';
import { WebviewScript } from './webview-script.ts';

const viewType = 'memoryAtlas.map';
const scriptName = 'main.js';

export class MemoryMapPanel implements Disposable {
  readonly #extensionUri: Uri;
  readonly #controller: RunController;
  readonly #script: WebviewScript;
  readonly #serializer: Disposable;
  #panel: WebviewPanel | undefined;
  /** What waits for the view of a panel that has just been opened. */
  #waiting: (() => void)[] = [];
  #isReady = false;

  constructor(extensionUri: Uri, controller: RunController) {
    this.#extensionUri = extensionUri;
    this.#controller = controller;
    this.#script = new WebviewScript(extensionUri, scriptName);
    this.#serializer = window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: (panel) => {
        this.#panel?.dispose();
        this.#adopt(panel);
        return Promise.resolve();
      },
    });
  }

  /** Opens the panel beside the editor, or brings it to the front; the editor keeps the focus when `preserveFocus`. */
  show(preserveFocus: boolean): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal(undefined, preserveFocus);
      return;
    }
    this.#adopt(
      window.createWebviewPanel(viewType, l10n.t('Memory Map'), {
        viewColumn: ViewColumn.Beside,
        preserveFocus,
      }),
    );
  }

  /**
   * Shows a run that is being made. The panel is opened at once, so that it has loaded when the run is there; one that was
   * opened for nothing goes away again.
   *
   * @param isLikely - whether the run will probably come to something; else the panel waits for it
   */
  async showRun(run: Promise<OpenRun | undefined>, isLikely: boolean): Promise<void> {
    const wasOpen = this.isOpen;
    if (isLikely) this.show(true);
    if ((await run) !== undefined) this.show(true);
    else if (!wasOpen) this.#panel?.dispose();
  }

  /** Opens the panel and has what it shows saved as a picture. */
  async export(format: ImageFormat, scale: number): Promise<void> {
    await this.#opened();
    this.#controller.requestExport(format, scale);
  }

  /** Opens the panel and has it show an address, or what has a name. */
  async showWhat(text: string): Promise<void> {
    await this.#opened();
    this.#controller.requestShow(text);
  }

  async #opened(): Promise<void> {
    this.show(true);
    if (this.#isReady) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel = panel;
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.#extensionUri)] };
    panel.iconPath = {
      light: Uri.joinPath(this.#extensionUri, 'media', 'icons', 'memory-map-light.svg'),
      dark: Uri.joinPath(this.#extensionUri, 'media', 'icons', 'memory-map-dark.svg'),
    };
    this.#isReady = false;
    const connection = relay(panel.webview, this.#controller, () => {
      this.#isReady = true;
      for (const resume of this.#waiting.splice(0)) resume();
    });
    const entitle = (): void => {
      const { shownProcess } = this.#controller;
      const name = l10n.t('Memory Map');
      const title = shownProcess === undefined ? name : `${name} · ${processName(shownProcess)}`;
      if (panel.title !== title) panel.title = title;
    };
    const title = this.#controller.onDidChange(entitle);
    entitle();
    panel.onDidDispose(() => {
      title.dispose();
      connection.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.webview.html = webviewHtml(panel.webview, this.#extensionUri, {
      script: scriptName,
      scriptText: this.#script.text,
      element: 'mem-app',
      title: l10n.t('Memory Map'),
    });
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#panel?.dispose();
  }
}
