/**
 * Builds what ships into dist/, and with `--tests` the suites that run inside extension hosts into out/test/.
 *
 *   node esbuild.mjs             development build with source maps
 *   node esbuild.mjs --package   minified, no source maps: what goes into the .vsix
 *   node esbuild.mjs --tests     also the extension-host suites
 *   node esbuild.mjs --sizes     writes nothing; says how large the minified bundles are, and fails where one is too large
 *
 * After each build the list of inputs of every bundle is compared with what that bundle may contain, so that a Node
 * built-in in a web bundle or a stray package fails here and not on a user's machine.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { engineSource, overEngine } from './scripts/support/engine-modules.mjs';
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
 * @property {number} [limitKib] what it may have minified
 */

const root = fileURLToPath(new URL('.', import.meta.url));
const sizesOnly = process.argv.includes('--sizes');
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
  minify: packaging || sizesOnly,
  sourcemap: packaging || sizesOnly ? false : 'linked',
  loader: { '.c': 'text', '.h': 'text', '.svg': 'text' },
  plugins: [packHeaders],
};

/** @type {BuildOptions} */
const forNode = { ...common, platform: 'node', target: 'node20' };
/** @type {BuildOptions} */
const forBrowser = { ...common, platform: 'browser', mainFields: ['browser', 'module', 'main'] };

/** Takes the extension itself from the bundle that VS Code for the Web loads. @type {import('esbuild').Plugin} */
const overWebExtension = {
  name: 'over-web-extension',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/activate\.ts$/ }, () => ({ path: './web/extension.js', external: true }));
  },
};

/** Bundles that take the engine from its own file. `require` is what an ES module in Node has to make. */
const aboveEngine = {
  ...forNode,
  format: /** @type {const} */ ('esm'),
  plugins: [overEngine(root, './engine.cjs')],
};
const makeRequire = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/** @type {BuildOptions} */
const workerThread = {
  ...aboveEngine,
  entryPoints: ['src/worker/node-worker.ts'],
  banner: { js: makeRequire },
};

/** @type {BuildOptions} */
const commandLine = {
  ...aboveEngine,
  entryPoints: ['src/cli/main.ts'],
  banner: { js: `#!/usr/bin/env node\n${makeRequire}` },
};

/** @type {Bundle[]} */
const bundles = [
  {
    name: 'dist/engine.cjs',
    options: {
      ...forBrowser,
      stdin: {
        contents: await engineSource(root, [workerThread, commandLine]),
        resolveDir: root,
        sourcefile: 'index.ts',
        loader: 'ts',
      },
      format: 'iife',
      globalName: 'memoryAtlasEngine',
      footer: { js: `if (typeof module === 'object') module.exports = memoryAtlasEngine;` },
    },
    sources: [...pure, 'src/worker'],
    packages: unpackers,
    externals: [],
    limitKib: 2150,
  },
  {
    name: 'dist/worker.js',
    options: workerThread,
    sources: ['src/worker'],
    packages: [],
    externals: ['./engine.cjs', 'node:*'],
    limitKib: 10,
  },
  {
    name: 'dist/cli.js',
    options: commandLine,
    sources: ['src/cli', 'webview/layout', 'webview/zoom', 'webview/facts.ts', 'webview/texts.ts'],
    packages: [],
    externals: ['./engine.cjs', 'node:*'],
    limitKib: 150,
  },
  {
    name: 'dist/web/extension.js',
    options: {
      ...forBrowser,
      entryPoints: ['src/extension/extension-web.ts'],
      format: 'cjs',
      external: ['vscode'],
    },
    // What reads C and what runs it stays in the workers.
    sources: [
      'src/base',
      'src/core/text',
      'src/core/target',
      'src/core/malloc/tunable-text.ts',
      'src/core/sema/placement.ts',
      'src/protocol',
      'src/session',
      'src/extension',
      'webview/layout',
    ],
    packages: unpackers,
    externals: ['vscode'],
    limitKib: 600,
  },
  {
    // What only Node has, over the same extension.
    name: 'dist/extension.cjs',
    options: {
      ...forNode,
      entryPoints: ['src/extension/extension.ts'],
      format: 'cjs',
      plugins: [overWebExtension],
    },
    sources: ['src/extension'],
    packages: [],
    externals: ['./web/extension.js', 'node:*'],
    limitKib: 10,
  },
  {
    name: 'dist/webview/main.js',
    options: { ...forBrowser, entryPoints: ['webview/main.ts'], format: 'esm' },
    sources: ['src/base', 'src/protocol', 'webview'],
    packages: [...litPackages, ...chartPackages],
    externals: [],
    limitKib: 350,
  },
  {
    name: 'dist/webview/lessons.js',
    options: { ...forBrowser, entryPoints: ['webview/lessons.ts'], format: 'esm' },
    sources: ['src/base', 'src/protocol', 'webview'],
    packages: litPackages,
    externals: [],
    limitKib: 60,
  },
  {
    name: 'dist/webview/timeline.js',
    options: { ...forBrowser, entryPoints: ['webview/timeline.ts'], format: 'esm' },
    sources: ['src/base', 'src/protocol', 'webview'],
    packages: litPackages,
    externals: [],
    limitKib: 100,
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
      !name.startsWith('engine:') &&
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
  const result = await build({ ...bundle.options, outfile: bundle.name, metafile: true, write: !sizesOnly });
  return violations(bundle, result.metafile);
}

/**
 * Builds the minified bundles in memory and compares them with their limits.
 *
 * @returns {Promise<void>}
 */
async function checkSizes() {
  for (const { name, options, limitKib = 0 } of bundles) {
    const { outputFiles } = await build({ ...options, outfile: name, write: false });
    const kib = Math.ceil((outputFiles[0]?.contents.length ?? 0) / 1024);
    process.stdout.write(`${name}  ${String(kib)} of at most ${String(limitKib)} KiB\n`);
    if (kib <= limitKib) continue;
    process.stderr.write(`bundle check: ${name} has ${String(kib)} KiB, more than ${String(limitKib)}\n`);
    process.exitCode = 1;
  }
}

if (sizesOnly) {
  await checkSizes();
  process.exit();
}

// A package must hold no left-over of an earlier build; a development build may be in use by a running window.
if (packaging) rmSync(join(root, 'dist'), { recursive: true, force: true });
mkdirSync(join(root, 'dist/web'), { recursive: true });
// VS Code for the Web wants the extension's file to end in .js, and .js files of this package are ES modules.
writeFileSync(join(root, 'dist/web/package.json'), '{ "type": "commonjs" }\n');
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
