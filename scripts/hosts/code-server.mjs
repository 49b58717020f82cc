/**
 * A real VS Code server with its workbench, for tests and for looking at the extension without the desktop program.
 *
 * The npm package code-server carries VS Code's own server. Only that server is used, not the code-server program
 * around it. It is installed on demand into .hosts/, never as a dependency of the project.
 */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import {
  freePort,
  isWindows,
  npm,
  root,
  run,
  start,
  temporaryFolder,
  waitForPage,
} from '../support/process.mjs';

const version = '4.100.3'; // VS Code 1.100, the last line that runs on Node 20
const searchVersion = '1.18.0'; // the first line that carries its program instead of downloading it
const cache = join(root, '.hosts');
const home = join(cache, `code-server-${version}`);
const server = join(home, 'node_modules/code-server/lib/vscode');

/** Settings that keep the workbench quiet and equal on every machine. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
  'window.commandCenter': false,
};

/** Settings under which no folder is trusted, and nobody is asked. */
const restrictedSettings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.emptyWindow': false,
};

/**
 * Installs the server when it is missing.
 *
 * @returns {Promise<void>}
 */
export async function installCodeServer() {
  if (existsSync(home)) return;
  mkdirSync(cache, { recursive: true });
  const partial = join(cache, `partial-${String(process.pid)}`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    process.stdout.write(`Installing the VS Code server (code-server ${version}, 350 MB, once) ...\n`);
    const outer = await npm(
      ['install', '--no-save', ...quiet, `code-server@${version}`, `@vscode/ripgrep@${searchVersion}`],
      { cwd: partial },
    );
    if (outer.status !== 0) throw new Error('npm could not install code-server');
    process.stdout.write('Installing its packages ...\n');
    const inner = join(partial, 'node_modules/code-server/lib/vscode');
    const packages = await npm(['install', '--omit=dev', ...quiet], { cwd: inner });
    if (packages.status !== 0) throw new Error('npm could not install the packages of code-server');
    // The server looks for its packages in the archive that the desktop program has.
    if (!existsSync(join(inner, 'node_modules.asar'))) {
      const target = isWindows ? join(server, 'node_modules') : 'node_modules';
      symlinkSync(target, join(inner, 'node_modules.asar'), 'junction');
    }
    addSearchProgram(partial, inner);
    try {
      renameSync(partial, home);
    } catch (error) {
      if (!existsSync(home)) throw error; // else: somebody else was faster
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}. Check the connection to the npm registry, then run the command again.`);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * Gives the server the program that finds files and text: the release it names would download it.
 *
 * @param {string} folder where npm has installed it
 * @param {string} target the server
 */
function addSearchProgram(folder, target) {
  const name = isWindows ? 'rg.exe' : 'rg';
  const program = join(folder, `node_modules/@vscode/ripgrep-${process.platform}-${process.arch}/bin`, name);
  const bin = join(target, 'node_modules/@vscode/ripgrep/bin');
  if (!existsSync(program)) return; // no program for this machine: only searching files is missing then
  mkdirSync(bin, { recursive: true });
  cpSync(program, join(bin, name));
}

/**
 * Makes the server run in a display language. The pack is empty: the texts of the workbench itself stay English, while
 * extensions get the language and show their own texts in it.
 *
 * @param {string} folder the server's user data
 * @param {string} language
 */
function addLanguage(folder, language) {
  const translations = join(folder, 'language.json');
  writeFileSync(translations, JSON.stringify({ contents: {} }));
  const extensions = [{ extensionIdentifier: { id: `memory-atlas-tests.${language}` }, version: '1.0.0' }];
  const pack = { hash: 'empty', extensions, translations: { vscode: translations }, label: language };
  writeFileSync(join(folder, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}

/**
 * Installs a package into a server's folder, as *Install from VSIX* does.
 *
 * @param {string} dataFolder
 * @param {string} vsix absolute
 */
async function installPackage(dataFolder, vsix) {
  const { status, output } = await run(
    process.execPath,
    [
      join(server, 'out/server-main.js'),
      ...['--install-extension', vsix, '--server-data-dir', dataFolder],
      ...['--extensions-dir', join(dataFolder, 'extensions'), '--accept-server-license-terms'],
    ],
    { quiet: true },
  );
  if (status !== 0 || !output.includes('successfully installed'))
    throw new Error(`the server did not install ${vsix}:\n${output}`);
}

/**
 * @typedef {object} CodeServer
 * @property {number} port
 * @property {string} dataFolder
 * @property {(options: PageOptions) => string} address the page that opens a workbench
 * @property {() => string} log what the server has printed
 * @property {Promise<string>} ended resolves with the log when the server ends before it is stopped
 * @property {() => void} stop
 */

/**
 * @typedef {object} PageOptions
 * @property {string} folder the workspace, absolute
 * @property {string} [extension] folder of the extension under development, absolute
 * @property {string} [tests] file with `run()`, absolute: the page then runs tests in the extension host
 * @property {string} [authority] host and port under which the page is reached
 */

/**
 * The query of the page that opens a workbench.
 *
 * @param {PageOptions & { authority: string }} options
 * @returns {string}
 */
export function workbenchQuery({ folder, extension, tests, authority }) {
  /** @param {string} path */
  const remote = (path) => {
    const slashes = path.replaceAll('\\', '/');
    return `vscode-remote://${authority}${slashes.startsWith('/') ? '' : '/'}${slashes}`;
  };
  const payload = [
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', remote(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const path = folder.replaceAll('\\', '/');
  return new URLSearchParams({
    folder: path.startsWith('/') ? path : `/${path}`,
    payload: JSON.stringify(payload),
  }).toString();
}

/**
 * Starts the server on a free port of the loopback interface.
 *
 * @param {{ settings?: Record<string, unknown>, locale?: string, env?: NodeJS.ProcessEnv, vsix?: string, isRestricted?: boolean }} [options]
 *   settings are the user's settings of the workbench; vsix is a package to install; isRestricted: the folder is not trusted
 * @returns {Promise<CodeServer>}
 */
export async function startCodeServer(options = {}) {
  await installCodeServer();
  const port = await freePort();
  const dataFolder = temporaryFolder('server');
  const user = join(dataFolder, 'data/User');
  mkdirSync(user, { recursive: true });
  mkdirSync(join(dataFolder, 'extensions'));
  writeFileSync(
    join(user, 'settings.json'),
    JSON.stringify(
      {
        ...quietSettings,
        ...(options.isRestricted === true ? restrictedSettings : {}),
        ...options.settings,
      },
      null,
      2,
    ),
  );
  if (options.locale !== undefined) addLanguage(join(dataFolder, 'data'), options.locale);
  if (options.vsix !== undefined) await installPackage(dataFolder, options.vsix);
  const { child, stop } = start(
    process.execPath,
    [
      join(server, 'out/server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--server-data-dir', dataFolder, '--extensions-dir', join(dataFolder, 'extensions')],
      ...['--accept-server-license-terms', '--telemetry-level', 'off'],
      ...(options.isRestricted === true ? [] : ['--disable-workspace-trust']),
      ...(options.locale === undefined ? [] : ['--locale', options.locale]),
    ],
    {
      cwd: dataFolder,
      env: {
        ...process.env,
        VSCODE_PROXY_URI: undefined,
        NODE_OPTIONS: undefined,
        EXTENSIONS_GALLERY: '{}',
        ...options.env,
      },
    },
  );
  let log = '';
  child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (log += text));
  child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (log += text));
  try {
    await waitForPage(`http://127.0.0.1:${String(port)}/`, 60_000, () =>
      child.exitCode === null ? undefined : `The VS Code server ended:\n${log}`,
    );
  } catch (error) {
    stop();
    throw error;
  }
  const authority = `127.0.0.1:${String(port)}`;
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => child.once('exit', () => resolve(log)));
  return {
    ended,
    port,
    dataFolder,
    address: (page) => `http://${authority}/?${workbenchQuery({ authority, ...page })}`,
    log: () => log,
    stop,
  };
}
