/**
 * Serves the view in a plain page with a fake host, under the content security policy that the extension sets.
 *
 *   npx tsx test/unit/webview/page/serve.ts             prints the address, serves until ended
 *
 * `/?theme=dark&language=en#malloc-one:3` chooses theme, language, scene and moment.
 */
import { build } from 'esbuild';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import type { ThemeName } from './themes.ts';
import { themes, themeSheet } from './themes.ts';

const nonce = 'memoryatlas';
const policy = [
  "default-src 'none'",
  `script-src 'nonce-${nonce}'`,
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
].join('; ');

/** Builds the page and serves it on a free port of this machine. */
export async function servePage(port = 0): Promise<{ readonly server: Server; readonly address: string }> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    write: false,
    logLevel: 'warning',
  });
  const script = outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const send = (type: string, text: string): void => {
      response.writeHead(200, {
        'content-type': `${type}; charset=utf-8`,
        'content-security-policy': policy,
      });
      response.end(text);
    };
    if (url.pathname === '/main.js') send('text/javascript', script);
    else if (url.pathname === '/theme.css') send('text/css', themeSheet(themeOf(url)));
    else if (url.pathname === '/favicon.ico') response.writeHead(204).end();
    else if (url.pathname === '/') send('text/html', pageOf(url));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function themeOf(url: URL): ThemeName {
  const name = url.searchParams.get('theme') ?? 'dark';
  return Object.hasOwn(themes, name) ? (name as ThemeName) : 'dark';
}

function pageOf(url: URL): string {
  const language = url.searchParams.get('language') === 'zh-cn' ? 'zh-cn' : 'en';
  return `<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Memory Atlas</title>
  <link rel="stylesheet" href="/theme.css?theme=${themeOf(url)}">
</head>
<body data-language="${language}">
  <mem-app></mem-app>
  <script type="module" nonce="${nonce}" src="/main.js"></script>
</body>
</html>`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await servePage(Number(argv[2] ?? 0));
  console.log(address);
}
