/**
 * Child processes, temporary folders and free ports that never outlive the script that made them.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Whether this is Windows, where commands of npm are batch files and processes have no groups. */
export const isWindows = process.platform === 'win32';

/** @type {Set<() => void>} */
const pending = new Set();

/**
 * Registers what must be undone however the script ends.
 *
 * @param {() => void} undo synchronous, may be called once only
 * @returns {() => void} undoes now
 */
export function onExit(undo) {
  const once = () => {
    if (pending.delete(once)) undo();
  };
  pending.add(once);
  return once;
}

process.on('exit', () => {
  for (const undo of [...pending].reverse()) undo();
});
for (const [signal, status] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])) {
  process.on(signal, () => process.exit(status));
}

/**
 * Whether a child of this script still runs. One that has ended stays in the table of processes until this script
 * gets to collect its status, which it does not while it cleans up.
 *
 * @param {number} pid
 * @returns {boolean}
 */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') {
      const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
      return stdout !== '' && !stdout.startsWith('Z');
    }
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
}

/**
 * Ends a child and everything it started. The child is asked first, because it may have started groups of its own.
 *
 * @param {import('node:child_process').ChildProcess} child started by `start`
 */
function killTree(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (isWindows) {
      spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
      return;
    }
    process.kill(-child.pid, 'SIGTERM');
    const tick = new Int32Array(new SharedArrayBuffer(4));
    for (let i = 0; i < 60 && isRunning(child.pid); i++) Atomics.wait(tick, 0, 0, 50);
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing is left.
  }
}

/**
 * Starts a program in a process group of its own, which ends with this script at the latest.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
    detached: !isWindows,
    windowsHide: true,
  });
  const stop = onExit(() => killTree(child));
  child.once('exit', () => {
    // What it left behind in its group goes too.
    if (!isWindows && child.pid !== undefined) {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Nothing was left.
      }
    }
    stop();
  });
  return { child, stop };
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, shell?: boolean, timeoutMs?: number }} [options]
 *   `quiet` keeps the output instead of printing it
 * @returns {Promise<{ status: number, output: string }>} status 127 when it could not be started, 124 when it was
 *   ended because of the time limit
 */
export function run(command, args, options = {}) {
  const { quiet = false, timeoutMs, ...rest } = options;
  return new Promise((resolve) => {
    const { child, stop } = start(command, args, {
      ...rest,
      env: rest.env ?? process.env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    let output = '';
    let late = false;
    child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            stop();
          }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ status: 127, output: `${output}${error.message}\n` });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ status: late ? 124 : (code ?? 1), output });
    });
  });
}

/**
 * Runs npm with the Node that runs this script.
 *
 * @param {readonly string[]} args
 * @param {{ cwd?: string, quiet?: boolean }} [options]
 */
export function npm(args, options = {}) {
  const beside = [
    process.env['npm_execpath'],
    join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
  ].find((file) => file !== undefined && /npm-cli\.[cm]?js$/.test(file) && existsSync(file));
  return beside === undefined
    ? run('npm', args, { ...options, shell: isWindows })
    : run(process.execPath, [beside, ...args], options);
}

/**
 * Runs a command of a package in node_modules.
 *
 * @param {string} script file below node_modules
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function tool(script, args, options = {}) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], options);
}

/**
 * Makes a folder that disappears with this script.
 *
 * @param {string} name
 * @returns {string} its real path: file events name it so
 */
export function temporaryFolder(name) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `memory-atlas-${name}-`)));
  onExit(() => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    } catch {
      // A program that is just ending may still write there; the system's own cleaning takes the rest.
    }
  });
  return folder;
}

/**
 * Finds a port of the loopback interface that nothing uses now.
 *
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}

/**
 * Waits until a page is served.
 *
 * @param {string} url
 * @param {number} timeoutMs
 * @param {() => string | undefined} failed says why it will never be served
 */
export async function waitForPage(url, timeoutMs, failed) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const reason = failed();
    if (reason !== undefined) throw new Error(reason);
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) });
      await response.arrayBuffer();
      if (response.status < 500) return;
    } catch {
      // Not yet listening.
    }
    if (Date.now() > end) throw new Error(`${url} did not answer within ${String(timeoutMs / 1000)} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
