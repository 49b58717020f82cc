/**
 * Everything that can be said about the sources without running them: types, lint, layers, form, texts.
 *
 *   node scripts/check.mjs            all steps
 *   node scripts/check.mjs types lint the named ones
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureNodeModules } from './support/install.mjs';
import { root, run, tool } from './support/process.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} says what it holds
 * @property {() => Promise<{ status: number, output: string }>} run
 */

const cruised = ['src', 'webview', 'test', 'bench'].filter((folder) => existsSync(join(root, folder)));

/** @type {readonly Step[]} */
export const steps = [
  {
    name: 'types',
    says: 'every project compiles (tsc -b)',
    run: () => tool('typescript/bin/tsc', ['-b', '--pretty', 'false'], { quiet: true }),
  },
  {
    name: 'lint',
    says: 'ESLint finds nothing',
    run: () => tool('eslint/bin/eslint.js', ['.', '--max-warnings=0'], { quiet: true }),
  },
  {
    name: 'layers',
    says: 'imports follow the table of layers (dependency-cruiser)',
    run: () =>
      tool(
        'dependency-cruiser/bin/dependency-cruise.mjs',
        ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', ...cruised],
        { quiet: true },
      ),
  },
  {
    name: 'format',
    says: 'Prettier would change nothing',
    run: () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.'], { quiet: true }),
  },
  {
    name: 'texts',
    says: 'both languages have the same texts',
    run: () => run(process.execPath, ['scripts/check-texts.mjs'], { cwd: root, quiet: true }),
  },
  {
    name: 'sizes',
    says: 'no bundle is larger than it may be',
    run: () => run(process.execPath, ['esbuild.mjs', '--sizes'], { cwd: root, quiet: true }),
  },
];

/**
 * Runs the steps, two at a time, and prints the output of those that fail.
 *
 * @param {readonly Step[]} wanted
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function check(wanted) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...wanted];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startedAt = Date.now();
      const { status, output } = await step.run();
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      counts[status === 0 ? 'passed' : 'failed'] += 1;
      process.stdout.write(`  ${status === 0 ? '✔' : '✖'} ${step.name}: ${step.says} (${seconds} s)\n`);
      if (status !== 0) process.stdout.write(output.replace(/^/gm, '      ').trimEnd() + '\n');
    }
  };
  await Promise.all([worker(), worker()]);
  return counts;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureNodeModules();
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `No such step: ${unknown.join(', ')}. Steps: ${steps.map(({ name }) => name).join(', ')}\n`,
    );
    process.exit(2);
  }
  const { failed } = await check(steps.filter(({ name }) => names.length === 0 || names.includes(name)));
  process.exitCode = failed === 0 ? 0 : 1;
}
