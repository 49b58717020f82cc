/**
 * Runs the tests. Works in a fresh clone with nothing but Node: what is missing is installed first.
 *
 *   npm test                          everything
 *   npm run test:unit                 one suite; `node scripts/test.mjs unit oracle` several
 *   npm run test:unit -- -g tcache    the rest goes to mocha
 *
 * The last line is `N passed, N failed` over everything; a suite that could not run counts as one failure.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { ensureNodeModules } from './support/install.mjs';
import { root, run, temporaryFolder } from './support/process.mjs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} [unsteady] tests that failed at first and passed when their file was run again
 * @property {string[]} [failedFiles] the files of the tests that failed
 */
/** @typedef {{ name: string, says: string, needs: ('build' | 'tests')[], run: () => Promise<Counts> }} Suite */

const oneFailure = { passed: 0, failed: 1, skipped: 0 };

/**
 * @param {string} folder
 * @returns {boolean} whether there is a test file in it
 */
function hasTests(folder) {
  const path = join(root, folder);
  return (
    existsSync(path) &&
    readdirSync(path, { recursive: true }).some((file) => /\.test\.ts$/.test(String(file)))
  );
}

/** @param {string} text */
function fail(text) {
  process.stdout.write(`  ✖ ${text}\n`);
  return oneFailure;
}

/**
 * Reads what a suite has counted.
 *
 * @param {string} file
 * @param {number} status exit status of the run: not 0 although no test failed is a failure of its own
 * @returns {Counts}
 */
function readCounts(file, status) {
  if (!existsSync(file)) return fail(`the suite ended with status ${String(status)} before its tests did`);
  /** @type {Counts & { lines?: string[] }} */
  const counts = JSON.parse(readFileSync(file, 'utf8'));
  if (counts.lines !== undefined) process.stdout.write(`${counts.lines.join('\n')}\n`);
  const { passed, failed, skipped, failedFiles } = counts;
  if (passed + failed === 0) return fail('the suite ran no test');
  if (failed === 0 && status !== 0) {
    fail(`all tests passed, but the suite ended with status ${String(status)}`);
    return { passed, failed: 1, skipped };
  }
  return { passed, failed, skipped, ...(failedFiles === undefined ? {} : { failedFiles }) };
}

/**
 * Runs test files in plain Node.
 *
 * @param {string} folder
 * @param {number} timeoutMs for one test
 * @param {{ files?: readonly string[], jobs?: number }} [how] the files to run, all of the folder if absent; how many at a time
 * @returns {Promise<Counts>}
 */
async function mocha(folder, timeoutMs, { files = [`${folder}/**/*.test.ts`], jobs = 1 } = {}) {
  if (!hasTests(folder)) return fail(`${folder} has no test file`);
  const results = join(temporaryFolder('results'), 'results.json');
  const { status } = await run(
    process.execPath,
    [
      ...['--import=tsx', '--enable-source-maps', join(root, 'node_modules/mocha/lib/cli/cli.js')],
      ...['--reporter', 'test/support/reporter.cjs', '--timeout', String(timeoutMs), '--forbid-only'],
      ...(jobs > 1 ? ['--parallel', '--jobs', String(jobs)] : []),
      ...[...files, ...mochaOptions],
    ],
    { env: { ...process.env, MEMORY_ATLAS_RESULTS: results } },
  );
  return readCounts(results, status);
}

/**
 * Drives the workbench in a browser. Both have timing of their own, so a file in which a test failed is run once more, in a
 * workbench of its own: what fails twice is a failure, what passes then is printed and counted as unsteady.
 *
 * @returns {Promise<Counts>}
 */
async function browser() {
  const folder = 'test/browser';
  const first = await mocha(folder, 120_000);
  const files = (first.failedFiles ?? []).map((file) => relative(root, file));
  if (first.failed === 0 || files.length === 0 || files.length > 3) return first;
  process.stdout.write(`\n  ${String(first.failed)} failed; once more: ${files.join(', ')}\n`);
  const second = await mocha(folder, 120_000, { files });
  if (second.failed > 0) return { ...first, failed: second.failed };
  process.stdout.write(`  ⚠ UNSTEADY: failed at first, passed now: ${files.join(', ')}\n`);
  return { ...first, passed: first.passed + first.failed, failed: 0, unsteady: first.failed };
}

/** @returns {string} a copy of the examples: tests may change it */
function workspace() {
  const folder = join(temporaryFolder('workspace'), 'examples');
  mkdirSync(folder);
  const examples = join(root, 'media/examples');
  if (existsSync(examples)) cpSync(examples, folder, { recursive: true });
  writeFileSync(
    join(folder, 'smoke.c'),
    'static int counter = 1;\n\nint main(void) {\n  return counter;\n}\n',
  );
  return folder;
}

/**
 * Runs a suite that drives a whole VS Code once more where tests of it failed, as {@link browser} does with its files.
 *
 * @param {() => Promise<Counts>} job
 * @returns {() => Promise<Counts>}
 */
function again(job) {
  return async () => {
    const first = await job();
    if (first.failed === 0 || first.failed > 10) return first;
    process.stdout.write(`\n  ${String(first.failed)} failed; once more, all of them\n`);
    const second = await job();
    if (second.failed > 0) return second;
    process.stdout.write('  ⚠ UNSTEADY: failed at first, passed now\n');
    return { ...second, unsteady: first.failed };
  };
}

/** @returns {Promise<Counts>} */
async function extensionHost() {
  if (!hasTests('test/extension')) return fail('test/extension has no test file');
  const { startCodeServer } = await import('./hosts/code-server.mjs');
  const { runTestsInPage } = await import('./hosts/extension-tests.mjs');
  const results = join(temporaryFolder('results'), 'results.json');
  const server = await startCodeServer({ env: { MEMORY_ATLAS_RESULTS: results } });
  try {
    const tests = join(root, 'out/test/extension/index.cjs');
    const address = server.address({ folder: workspace(), extension: root, tests });
    const { status, log } = await runTestsInPage(address, 300_000);
    const counts = readCounts(results, status);
    if (!existsSync(results)) printLog([...log, server.log()]);
    return counts;
  } finally {
    server.stop();
  }
}

/** @returns {Promise<Counts>} */
async function webExtensionHost() {
  if (!hasTests('test/web/suite')) return fail('test/web/suite has no test file');
  const { startWebHost } = await import('./hosts/vscode-web.mjs');
  const { runTestsInPage } = await import('./hosts/extension-tests.mjs');
  const results = join(temporaryFolder('results'), 'results.json');
  const host = await startWebHost({ folder: workspace(), tests: 'out/test/web/index.js' });
  try {
    const { status, log } = await runTestsInPage(host.address, 300_000);
    const marker = 'memory-atlas-results ';
    const line = log.find((text) => text.includes(marker));
    if (line === undefined) printLog(log);
    else writeFileSync(results, line.slice(line.indexOf(marker) + marker.length));
    return readCounts(results, status);
  } finally {
    host.stop();
  }
}

/** @returns {Promise<Counts>} */
async function desktop() {
  const results = join(temporaryFolder('results'), 'results.json');
  const { runTests } = await import('@vscode/test-electron');
  let status = 0;
  try {
    await runTests({
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, 'out/test/extension/index.cjs'),
      extensionTestsEnv: { MEMORY_ATLAS_RESULTS: results },
      launchArgs: [workspace(), '--disable-extensions', '--disable-workspace-trust', '--skip-welcome'],
    });
  } catch (error) {
    status = 1;
    process.stdout.write(`  ${error instanceof Error ? error.message : String(error)}\n`);
  }
  return readCounts(results, status);
}

/** @param {readonly string[]} log */
function printLog(log) {
  for (const text of log.slice(-40)) process.stdout.write(`      ${text.split('\n', 3).join('\n      ')}\n`);
}

/** Test files that need no browser run side by side, one to a core; more only contend for memory. */
const jobs = Math.min(4, availableParallelism());

/** @type {readonly Suite[]} */
const suites = [
  {
    name: 'check',
    says: 'types, lint, layers, form, texts',
    needs: [],
    run: async () => {
      const { check, steps } = await import('./check.mjs');
      return check(steps);
    },
  },
  {
    name: 'unit',
    says: 'everything pure, in Node',
    needs: [],
    run: () => mocha('test/unit', 30_000, { jobs }),
  },
  {
    name: 'properties',
    says: 'invariants over random input, limits, whole programs, in Node',
    needs: [],
    run: () => mocha('test/properties', 120_000, { jobs }),
  },
  {
    name: 'oracle',
    says: 'recordings of real gcc, glibc and Linux',
    needs: ['build'],
    run: () => mocha('test/oracle', 120_000, { jobs }),
  },
  {
    name: 'extension',
    says: 'inside the extension host of a real VS Code server',
    needs: ['build', 'tests'],
    run: again(extensionHost),
  },
  {
    name: 'browser',
    says: 'the real workbench in Chromium',
    needs: ['build'],
    run: browser,
  },
  {
    name: 'web',
    says: 'inside the web extension host of VS Code for the Web',
    needs: ['build', 'tests'],
    run: again(webExtensionHost),
  },
  {
    name: 'package',
    says: 'the .vsix holds what it should, and works where it is installed',
    needs: [],
    run: async () => {
      const { status } = await run(process.execPath, ['scripts/package.mjs']);
      if (status !== 0) return fail('scripts/package.mjs failed');
      const used = await again(() => mocha('test/package', 120_000))();
      return { ...used, passed: used.passed + 1 };
    },
  },
];

/** @type {Suite} downloads VS Code, so it runs when asked for by name */
const desktopSuite = {
  name: 'desktop',
  says: 'inside the extension host of VS Code on the desktop',
  needs: ['build', 'tests'],
  run: desktop,
};

const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const names = firstOption < 0 ? args : args.slice(0, firstOption);
const mochaOptions = firstOption < 0 ? [] : args.slice(firstOption).filter((arg) => arg !== '--');

const all = [...suites, desktopSuite];
const unknown = names.filter((name) => !all.some((suite) => suite.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No such suite: ${unknown.join(', ')}. Suites: ${all.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}
const wanted = names.length === 0 ? suites : all.filter(({ name }) => names.includes(name));

const total = { passed: 0, failed: 0, skipped: 0, unsteady: 0 };
/** @type {string[]} */
const table = [];

/**
 * @param {string} name
 * @param {string} says
 * @param {() => Promise<Counts>} job
 */
async function count(name, says, job) {
  process.stdout.write(`\n== ${name}: ${says}\n`);
  const startedAt = Date.now();
  /** @type {Counts} */
  let counts;
  try {
    counts = await job();
  } catch (error) {
    counts = fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  total.unsteady += counts.unsteady ?? 0;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  table.push(
    `${counts.failed === 0 ? '✔' : '✖'} ${name.padEnd(10)} ${String(counts.passed).padStart(6)} ok` +
      `${String(counts.failed).padStart(6)} bad${String(counts.skipped).padStart(6)} skipped  ${seconds.padStart(6)} s`,
  );
}

try {
  await ensureNodeModules();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exit(1);
}

if (wanted.some(({ needs }) => needs.includes('build'))) {
  const withTests = wanted.some(({ needs }) => needs.includes('tests'));
  await count('build', 'the bundles of the extension', async () => {
    const { status } = await run(process.execPath, ['esbuild.mjs', ...(withTests ? ['--tests'] : [])]);
    return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : fail('esbuild.mjs failed');
  });
}
for (const { name, says, run: job } of wanted) await count(name, says, job);

process.stdout.write(`\n${table.join('\n')}\n\n`);
const skipped = total.skipped === 0 ? '' : `, ${String(total.skipped)} skipped`;
if (total.unsteady > 0) process.stdout.write(`${String(total.unsteady)} passed only when run again\n`);
process.stdout.write(`${String(total.passed)} passed, ${String(total.failed)} failed${skipped}\n`);
process.exit(total.failed === 0 ? 0 : 1);
