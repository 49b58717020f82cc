/**
 * The page of a webview: strict content security policy, one script with a nonce, nothing inline.
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

/**
 * @param script - file below dist/webview
 * @param element - the custom element that is the page's content
 */
export function webviewHtml(
  webview: Webview,
  extensionUri: Uri,
  script: string,
  element: string,
  title: string,
): string {
  const nonce = makeNonce();
  const source = webview.asWebviewUri(Uri.joinPath(webviewRoot(extensionUri), script)).toString();
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
  <script type="module" nonce="${nonce}" src="${source}"></script>
</body>
</html>`;
}
