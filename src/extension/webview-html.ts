/**
 * The page of a webview: strict content security policy, one script with a nonce, nothing else inline.
 */
import { Uri } from 'vscode';
import type { Webview } from 'vscode';
import { currentLanguage } from './settings.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A random word for one page; 32 characters. */
function makeNonce(): string {
  const values = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(values, (value) => alphabet[value % alphabet.length] ?? 'A').join('');
}

/** The only folder that a webview may load from. */
export function webviewRoot(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** What a page holds. */
export interface WebviewPage {
  /** File below dist/webview. */
  readonly script: string;
  /** Its text, where it is known already: then the page carries it. */
  readonly scriptText?: string | undefined;
  /** The custom element that is the page's content. */
  readonly element: string;
  readonly title: string;
}

export function webviewHtml(
  webview: Webview,
  extensionUri: Uri,
  { script, scriptText, element, title }: WebviewPage,
): string {
  const nonce = makeNonce();
  const source = webview.asWebviewUri(Uri.joinPath(webviewRoot(extensionUri), script)).toString();
  const src = scriptText === undefined ? ` src="${source}"` : '';
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; img-src ${webview.cspSource} data:; font-src ${webview.cspSource}`;
  const language = currentLanguage();
  return `<!DOCTYPE html>
<html lang="${language === 'zh-cn' ? 'zh-CN' : 'en'}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
</head>
<body data-language="${language}">
  <${element}></${element}>
  <script type="module" nonce="${nonce}"${src}>${scriptText ?? ''}</script>
</body>
</html>`;
}
