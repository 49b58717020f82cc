/**
 * Brings node_modules in line with the lock file, with Node's own modules only: this runs in a fresh clone.
 */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { npm, root } from './process.mjs';

const lock = join(root, 'package-lock.json');
const installed = join(root, 'node_modules/.package-lock.json');
const stamp = join(root, 'node_modules/.memory-atlas-lock');

/** @returns {string} */
function lockHash() {
  return createHash('sha256').update(readFileSync(lock)).digest('hex');
}

/** @returns {boolean} whether node_modules is what the lock file asks for */
function isUpToDate() {
  if (!existsSync(installed)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return true;
  return statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

/**
 * Installs the packages when they are missing or older than the lock file.
 *
 * @returns {Promise<void>}
 * @throws {Error} saying what to do when npm fails
 */
export async function ensureNodeModules() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 9)) {
    throw new Error(`Node 20.9 or newer is needed, this is ${process.versions.node}. See https://nodejs.org`);
  }
  if (isUpToDate()) return;
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    // npm would empty the folder behind the link, which is another checkout's.
    throw new Error('node_modules is a symbolic link and not up to date: replace it by a folder of its own.');
  }
  process.stdout.write('Installing the packages of package-lock.json (about half a minute) ...\n');
  const startedAt = Date.now();
  const { status } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    throw new Error('npm ci failed. Check the connection to the npm registry, then run the command again.');
  }
  writeFileSync(stamp, lockHash());
  process.stdout.write(`Packages installed in ${String(Math.round((Date.now() - startedAt) / 1000))} s.\n`);
}
