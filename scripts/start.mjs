/**
 * Opens the extension for looking at it: in the desktop program where `code` is found, else in a VS Code server in the
 * browser. Works in a fresh clone with nothing but Node.
 *
 *   npm start                     opens the samples of media/examples
 *   npm start -- ~/src/project    opens another folder
 *   npm start -- --browser        the server even where the desktop program is found
 *   npm start -- --port 8080      the server's port (3210, or the next free one)
 *   npm start -- --locale zh-cn   the server in another display language
 */
import { existsSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ensureNodeModules } from './support/install.mjs';
import { isWindows, root, run, temporaryFolder } from './support/process.mjs';

const usage = 'Usage: npm start -- [FOLDER] [--browser] [--port N] [--locale zh-cn]';

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * @param {string} text what went wrong and what to do
 * @returns {never}
 */
function giveUp(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

/** @returns {string | undefined} the desktop program's command */
function findCode() {
  // Inside a remote, `code` opens the window that is already there and knows no development path.
  if (process.env['VSCODE_IPC_HOOK_CLI'] !== undefined) return undefined;
  if (
    !isWindows &&
    process.platform !== 'darwin' &&
    !process.env['DISPLAY'] &&
    !process.env['WAYLAND_DISPLAY']
  ) {
    return undefined;
  }
  const names = ['code', 'code-insiders', 'codium'].map((name) => (isWindows ? `${name}.cmd` : name));
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** For the shell that Windows needs to run `code.cmd`. @param {string} text */
const quoted = (text) => (isWindows ? `"${text}"` : text);

/**
 * Serves the VS Code server under a short address: `/` leads to the workbench with everything in place.
 *
 * Only requests for a loopback name are answered, so that no page of the net can reach the server behind it.
 *
 * @param {number} target port of the VS Code server
 * @param {(authority: string) => string} query
 * @param {number | undefined} wantedPort
 * @returns {Promise<number>} the port
 */
function serveShortAddress(target, query, wantedPort) {
  const upstream = { host: '127.0.0.1', port: target };
  /** @param {import('node:http').IncomingMessage} message */
  const isLocal = ({ headers }) => {
    const local = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
    if (!local.test(headers.host ?? '')) return false;
    return headers.origin === undefined || local.test(headers.origin.replace(/^https?:\/\//, ''));
  };
  const server = createServer((incoming, outgoing) => {
    if (!isLocal(incoming)) {
      outgoing.writeHead(403).end('Only for this machine.\n');
      return;
    }
    if (incoming.url === '/') {
      outgoing.writeHead(302, { location: `/?${query(incoming.headers.host ?? '')}` }).end();
      return;
    }
    const forwarded = request(
      { ...upstream, method: incoming.method, path: incoming.url, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.on('error', () => outgoing.headersSent || outgoing.writeHead(502).end());
    incoming.pipe(forwarded);
  });
  server.on('upgrade', (incoming, socket, head) => {
    if (!isLocal(incoming)) {
      socket.destroy();
      return;
    }
    const forwarded = connect(upstream, () => {
      const headers = [];
      for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
        headers.push(`${incoming.rawHeaders[i] ?? ''}: ${incoming.rawHeaders[i + 1] ?? ''}\r\n`);
      }
      forwarded.write(
        `${incoming.method ?? 'GET'} ${incoming.url ?? '/'} HTTP/1.1\r\n${headers.join('')}\r\n`,
      );
      forwarded.write(head);
      forwarded.pipe(socket).pipe(forwarded);
    });
    forwarded.on('error', () => socket.destroy());
    socket.on('error', () => forwarded.destroy());
  });
  return new Promise((done, failed) => {
    let port = wantedPort ?? 3210;
    server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== 'EADDRINUSE') failed(error);
      else if (wantedPort !== undefined)
        failed(new Error(`Port ${String(port)} is in use. Choose another one.`));
      else if (port < 3310) server.listen(++port, '127.0.0.1');
      else failed(new Error('No free port between 3210 and 3310. Choose one with --port.'));
    });
    server.listen(port, '127.0.0.1', () => done(port));
  });
}

/** @returns {{ folder: string, browser: boolean, port: number | undefined, locale: string | undefined }} */
function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        browser: { type: 'boolean' },
        port: { type: 'string' },
        locale: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) {
      say(usage);
      process.exit(0);
    }
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
      giveUp(`--port ${String(values.port)} is not a port: give a number from 1 to 65535.`);
    }
    const given = positionals[0];
    // npm runs scripts in the project's folder, whatever folder it was called in.
    const folder = resolve(process.env['INIT_CWD'] ?? '.', given ?? join(root, 'media/examples'));
    if (!existsSync(folder) || !statSync(folder).isDirectory()) giveUp(`${folder} is not a folder.`);
    return { folder, browser: values.browser ?? port !== undefined, port, locale: values.locale };
  } catch (error) {
    return giveUp(`${error instanceof Error ? error.message : String(error)}\n` + usage);
  }
}

const { folder, browser, port, locale } = options();
try {
  await ensureNodeModules();
  say('Building ...');
  const built = await run(process.execPath, ['esbuild.mjs'], { quiet: true });
  if (built.status !== 0) giveUp(`The build failed:\n${built.output}`);

  const code = browser ? undefined : findCode();
  if (code !== undefined) {
    say(`Opening ${folder} in VS Code. Close its window or press Ctrl-C to end.`);
    const { status } = await run(
      quoted(code),
      [
        ...['--new-window', '--wait', '--disable-workspace-trust'],
        ...['--user-data-dir', quoted(temporaryFolder('user')), quoted(`--extensionDevelopmentPath=${root}`)],
        quoted(folder),
      ],
      { shell: isWindows },
    );
    process.exit(status);
  }

  const { startCodeServer, workbenchQuery } = await import('./hosts/code-server.mjs');
  say('Starting the VS Code server ...');
  const server = await startCodeServer(locale === undefined ? {} : { locale });
  server.ended.then((/** @type {string} */ log) => giveUp(`The VS Code server ended:\n${log}`));
  const shown = await serveShortAddress(
    server.port,
    (authority) => workbenchQuery({ folder, extension: root, authority }),
    port,
  );
  say('');
  say(`  Memory Atlas is at  http://127.0.0.1:${String(shown)}/`);
  say('');
  say(`Folder: ${folder}`);
  say('Open a C file and point at a name. Press Ctrl-C to end.');
} catch (error) {
  giveUp(error instanceof Error ? error.message : String(error));
}
