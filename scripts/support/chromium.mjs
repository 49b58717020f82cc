/**
 * Finds a Chromium to test with, or installs one.
 */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { isWindows, run, tool } from './process.mjs';

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

/** @returns {string[]} browsers at the places where their installers put them */
function usualPlaces() {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      apps.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`),
    );
  }
  if (isWindows) {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
      (name) => process.env[name] ?? [],
    );
    const parts = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'];
    return folders.flatMap((folder) =>
      [...parts, 'Microsoft/Edge/Application/msedge.exe'].map((part) => join(folder, part)),
    );
  }
  return ['/snap/bin/chromium', '/opt/google/chrome/chrome'];
}

/** @returns {string[]} browsers that playwright has installed, newest first */
function playwrightCache() {
  const cache =
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ??
    (process.platform === 'darwin'
      ? join(homedir(), 'Library/Caches/ms-playwright')
      : isWindows
        ? join(process.env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright')
        : join(homedir(), '.cache/ms-playwright'));
  if (!existsSync(cache)) return [];
  const programs = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-win64/chrome.exe',
    'chrome-win/chrome.exe',
  ];
  return readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap((name) => programs.map((program) => join(cache, name, program)));
}

/** @returns {string | undefined} */
function find() {
  const fromPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => commands.map((name) => join(folder, isWindows ? `${name}.exe` : name)));
  return [...fromPath, ...usualPlaces(), ...playwrightCache()].find((file) => existsSync(file));
}

/** @returns {boolean} */
function isDebianRoot() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

/**
 * The path of a Chromium, Chrome or Edge; installs one where that can be done without asking.
 *
 * @returns {Promise<string>}
 * @throws {Error} saying what to do
 */
export async function findChromium() {
  const named = process.env['MEMORY_ATLAS_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`MEMORY_ATLAS_CHROMIUM names ${named}, which does not exist.`);
  }
  const found = find();
  if (found !== undefined) return found;
  process.stdout.write('No Chromium found; installing one ...\n');
  if (isDebianRoot()) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env, quiet: true });
    await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
      {
        env,
        quiet: true,
      },
    );
  }
  if (find() === undefined) await tool('playwright-core/cli.js', ['install', 'chromium']);
  const installed = find();
  if (installed !== undefined) return installed;
  throw new Error(
    'No Chromium, Chrome or Edge was found and none could be installed. Install one (on Debian: apt-get install ' +
      'chromium), or set MEMORY_ATLAS_CHROMIUM to the path of one.',
  );
}

/** Flags for a quiet headless browser that asks nothing of the network. */
export const chromiumFlags = [
  '--headless=new',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
];
