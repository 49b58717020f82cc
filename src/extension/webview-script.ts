/**
 * The text of a webview's script, read before the view is opened: a page that carries its script starts without asking for it.
 * In a window that has just been opened the way there and back, through the service worker of webviews and the window to the
 * extension's files, takes longer than all that the script does until the first picture.
 */
import { Uri, workspace } from 'vscode';
import { webviewRoot } from './webview-html.ts';

/** What ends a script in HTML, or changes how its end is found. */
const notInHtml = /<!--|<\/?script/i;

export class WebviewScript {
  #text: string | undefined;

  /**
   * Begins to read.
   *
   * @param name - file below dist/webview
   */
  constructor(extensionUri: Uri, name: string) {
    void this.#read(Uri.joinPath(webviewRoot(extensionUri), name));
  }

  /** The script, undefined as long as it is not read; then the page asks for it. */
  get text(): string | undefined {
    return this.#text;
  }

  async #read(uri: Uri): Promise<void> {
    try {
      const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
      if (!notInHtml.test(text)) this.#text = text;
    } catch {
      // The page that asks for it tells what is wrong.
    }
  }
}
