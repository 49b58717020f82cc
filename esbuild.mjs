/**
 * Builds what ships into dist/, and with `--tests` the suites that run inside extension hosts into out/test/.
 *
 *   node esbuild.mjs             development build with source maps
 *   node esbuild.mjs --package   minified, no source maps: what goes into the .vsix
 *   node esbuild.mjs --tests     also the extension-host suites
 *
 * After each build the list of inputs of every bundle is compared with what that bundle may contain, so that a Node
 * built-in in a web bundle or a stray package fails here and not on a user's machine.
 */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { packHeaders } from './scripts/support/pack-headers.mjs';

/** @typedef {import('esbuild').BuildOptions} BuildOptions */
/** @typedef {import('esbuild').Metafile} Metafile */

/**
 * One bundle and what it may contain.
 *
 * @typedef {object} Bundle
 * @property {string} name output file below the project's folder
 * @property {BuildOptions} options
 * @property {readonly string[]} sources folders of the project that may be bundled
 * @property {readonly string[]} packages npm packages that may be bundled
 * @property {readonly string[]} externals modules that may stay imports; `node:*` stands for all Node built-ins
 */

const root = fileURLToPath(new URL('.', import.meta.url));
const packaging = process.argv.includes('--package');
const withTests = process.argv.includes('--tests');

const pure = ['src/base', 'src/core', 'src/protocol', 'src/session'];
/** Unpacks the system headers. */
const unpackers = ['fflate'];
const litPackages = ['lit', 'lit-html', 'lit-element', '@lit/reactive-element'];
const chartPackages = ['d3-shape', 'd3-path'];

/** @type {BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  metafile: true,
  logLevel: 'warning',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'eof',
  minify: packaging,
  sourcemap: packaging ? false : 'linked',
  loader: { '.c': 'text', '.h': 'text', '.svg': 'text' },
  plugins: [packHeaders],
};

/** @type {BuildOptions} */
const forNode = { ...common, platform: 'node', target: 'node20' };
/** @type {BuildOptions} */
const forBrowser = { ...common, platform: 'browser', mainFields: ['browser', 'module', 'main'] };

/** @type {Bundle[]} */
const bundles = [
  {
    name: 'dist/extension.cjs',
    options: { ...forNode, entryPoints: ['src/extension/extension.ts'], format: 'cjs', external: ['vscode'] },
    sources: [...pure, 'src/extension', 'webview/layout'],
    packages: unpackers,
    externals: ['vscode', 'node:*'],
  },
  {
    name: 'dist/web/extension.js',
    options: {
      ...forBrowser,
      entryPoints: ['src/extension/extension-web.ts'],
      format: 'cjs',
      external: ['vscode'],
    },
    sources: [...pure, 'src/extension', 'webview/layout'],
    packages: unpackers,
    externals: ['vscode'],
  },
  {
    name: 'dist/worker.js',
    options: { ...forNode, entryPoints: ['src/worker/node-worker.ts'], format: 'esm' },
    sources: [...pure, 'src/worker'],
    packages: unpackers,
    externals: ['node:*'],
  },
  {
    name: 'dist/web/worker.js',
    options: { ...forBrowser, entryPoints: ['src/worker/web-worker.ts'], format: 'iife' },
    sources: [...pure, 'src/worker'],
    packages: unpackers,
    externals: [],
  },
  {
    name: 'dist/webview/main.js',
    options: { ...forBrowser, entryPoints: ['webview/main.ts'], format: 'esm' },
    sources: ['src/base', 'src/protocol', 'webview'],
    packages: [...litPackages, ...chartPackages],
    externals: [],
  },
  {
    name: 'dist/webview/timeline.js',
    options: { ...forBrowser, entryPoints: ['webview/timeline.ts'], format: 'esm' },
    sources: ['src/base', 'src/protocol', 'webview'],
    packages: litPackages,
    externals: [],
  },
  {
    name: 'dist/cli.js',
    options: {
      ...forNode,
      entryPoints: ['src/cli/main.ts'],
      format: 'esm',
      banner: { js: '#!/usr/bin/env node' },
    },
    sources: [...pure, 'src/cli', 'webview/layout', 'webview/zoom', 'webview/texts.ts'],
    packages: unpackers,
    externals: ['node:*'],
  },
];

/**
 * The suites for extension hosts: a generated entry imports every test file of the folder, because a bundle cannot
 * look for files when it runs, and in the web there are none.
 *
 * @returns {Bundle[]}
 */
function testBundles() {
  return [
    testBundle('test/extension', 'out/test/extension/index.cjs', forNode, ['vscode', 'node:*']),
    testBundle('test/web/suite', 'out/test/web/index.js', forBrowser, ['vscode']),
  ];
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {BuildOptions} options
 * @param {string[]} externals
 * @returns {Bundle}
 */
function testBundle(folder, name, options, externals) {
  const files = existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.test.ts'))
        .map((file) => file.replaceAll('\\', '/'))
        .sort()
    : [];
  // mocha's functions (`describe`, `it`) must exist before the first test file is evaluated, hence require().
  const contents = [
    `import { runSuite } from './run.ts';`,
    `export const run = () => runSuite(() => {`,
    ...files.map((file) => `  require('./${file}');`),
    `});`,
  ].join('\n');
  return {
    name,
    options: {
      ...options,
      minify: false,
      sourcemap: 'inline',
      format: 'cjs',
      stdin: { contents, resolveDir: join(root, folder), sourcefile: 'index.ts', loader: 'ts' },
      // mocha looks for its reporters and interfaces by name when it runs in Node; it stays outside the bundle.
      external: options.platform === 'node' ? ['vscode', 'mocha'] : ['vscode'],
    },
    sources: ['src', 'test', 'webview', 'package.json', 'l10n', 'package.nls'],
    packages: ['mocha', 'assert', 'util', ...unpackers],
    externals: [...externals, 'mocha'],
  };
}

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/**
 * Says what a bundle contains that it must not.
 *
 * @param {Bundle} bundle
 * @param {Metafile} metafile
 * @returns {string[]} one sentence for each violation
 */
function violations(bundle, metafile) {
  const found = [];
  for (const input of Object.keys(metafile.inputs)) {
    const name = relative(root, join(root, input)).replaceAll('\\', '/');
    const inPackage = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*\/node_modules\/)/.exec(name);
    if (inPackage !== null) {
      const packageName = inPackage[1] ?? '';
      if (!bundle.packages.includes(packageName)) {
        found.push(`${bundle.name} contains the package ${packageName} (${name})`);
      }
    } else if (
      name !== 'index.ts' &&
      !bundle.sources.some(
        (folder) => name === folder || name.startsWith(`${folder}/`) || name.startsWith(`${folder}.`),
      )
    ) {
      found.push(`${bundle.name} contains ${name}`);
    }
  }
  for (const output of Object.values(metafile.outputs)) {
    for (const { path, external } of output.imports) {
      if (external !== true) continue;
      const allowed =
        bundle.externals.includes(path) || (bundle.externals.includes('node:*') && builtins.has(path));
      if (!allowed) found.push(`${bundle.name} imports ${path}`);
    }
  }
  return found;
}

/**
 * @param {Bundle} bundle
 * @returns {Promise<string[]>}
 */
async function buildOne(bundle) {
  const result = await build({ ...bundle.options, outfile: bundle.name, metafile: true });
  return violations(bundle, result.metafile);
}

// A package must hold no left-over of an earlier build; a development build may be in use by a running window.
if (packaging) rmSync(join(root, 'dist'), { recursive: true, force: true });
const wanted = withTests ? [...bundles, ...testBundles()] : bundles;
const results = await Promise.allSettled(wanted.map(buildOne));
for (const [i, result] of results.entries()) {
  // What did not build, esbuild has reported.
  if (result.status === 'rejected') process.exitCode = 1;
  else if (result.value.length > 0) {
    for (const text of result.value) process.stderr.write(`bundle check: ${text}\n`);
    process.exitCode = 1;
  } else {
    const name = wanted[i]?.name ?? '';
    const kib = Math.ceil(readFileSync(join(root, name)).length / 1024);
    process.stdout.write(`${name}  ${String(kib)} KiB\n`);
  }
}
const cli = join(root, 'dist/cli.js');
if (existsSync(cli)) chmodSync(cli, 0o755);
