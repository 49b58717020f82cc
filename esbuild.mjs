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
import { buildEngine } from './scripts/support/engine-parts.mjs';

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
/** Packs what a link carries. */
const packers = ['fflate'];
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

/** @param {string} names */
const libcModules = (names) => names.split(' ').map((name) => `src/core/libc/${name}.ts`);

/** The engine's parts, one for each use; scripts are cut so that none is larger than `scriptLimitKib`. */
const enginePlan = {
  parts: { analysis: 'src/worker/analysis.ts', run: 'src/worker/run.ts', cli: 'src/cli/commands.ts' },
  cuts: {
    libc: 'src/core/libc/libc.ts',
    machine: 'src/core/process/machine.ts',
  },
  byNeed: {
    // What gcc -O1 and up leave of a file.
    optimizer: ['src/core/sema/optimized/optimized-unit.ts'],
    // What few programs have: nested functions, atomic operations, asm, records laid out as Microsoft's compiler does.
    extensions: ['assembly', 'atomic-builtins', 'ms-layout', 'nested-functions'].map(
      (name) => `src/core/sema/${name}.ts`,
    ),
    // Questions of language models and corrections of what a run found.
    answers: ['src/session/editor/where-answer.ts', 'src/session/memory-fixes.ts'],
    lessons: [
      'src/session/lessons/lesson-run.ts',
      'src/session/predictions/ask-question.ts',
      'src/session/predictions/event-questions.ts',
    ],
    checks: ['src/session/check-run.ts'],
    mathematics: libcModules('complex long-double long-double-complex long-double-elementary').concat(
      libcModules('long-double-extensions math math-exact math-extensions'),
    ),
    texts: libcModules('argz calendar-functions error-report fnmatch getopt language-facts messages')
      .concat(libcModules('network-addresses ethernet-addresses obstack regex/regex-functions search'))
      .concat(libcModules('wide-stdio wide-string drand48 numbers machine-facts processor-sets')),
    threads: libcModules('threads/barrier threads/c11-threads threads/condition threads/mutex').concat(
      libcModules('threads/pthread-functions threads/rwlock threads/semaphore'),
    ),
  },
  names: {
    'analysis+cli': 'listings',
    'answers+cli': 'segments',
    'answers+checks': 'check-texts',
    'cli+lessons': 'lesson-texts',
    'checks+cli+extensions+lessons+run': 'trees',
    'analysis+cli+run': 'compiler',
    'cli+run': 'session',
    'cli+machine+run': 'processes',
    'cli+libc+machine+run': 'library',
    'analysis+cli+machine+run': 'common',
    'analysis+cli+libc+machine+run': 'basics',
  },
};
const scriptLimitKib = 700;
/**
 * What the scripts that a part begins with may have together, minified, and those with all that it may load by need.
 *
 * @type {Readonly<Record<string, readonly [number, number]>>}
 */
const partLimitKib = { analysis: [700, 790], run: [1480, 1720], cli: [1640, 1850] };
/** What all scripts of the engine may have, and all its files with tables. */
const scriptsLimitKib = 1950;
const dataLimitKib = 1050;

const pictureParts = [
  'webview/layout',
  'webview/zoom',
  'webview/facts.ts',
  'webview/texts.ts',
  'webview/figures-texts.ts',
];

/**
 * Takes parts of the engine from its scripts, in bundles of those who load them.
 *
 * @param {'node-parts' | 'web-parts'} loader
 * @returns {import('esbuild').Plugin}
 */
const overEngine = (loader) => ({
  name: 'over-engine',
  setup({ onResolve, onLoad }) {
    const file = join(root, `src/worker/${loader}.ts`);
    onResolve({ filter: /^\.\/parts\.ts$/ }, () => ({ path: file }));
    onResolve({ filter: /^\.\/commands\.ts$/ }, () => ({ path: 'commands', namespace: 'engine' }));
    onLoad({ filter: /.*/, namespace: 'engine' }, () => ({
      contents: `import { needPart } from './src/worker/${loader}.ts';
        export const executeWords = (words) => needPart('cli').executeWords(words);`,
      resolveDir: root,
    }));
  },
});

/** @type {Bundle[]} */
const bundles = [
  {
    name: 'dist/worker.js',
    options: {
      ...forNode,
      entryPoints: ['src/worker/node-worker.ts'],
      format: 'esm',
      plugins: [overEngine('node-parts')],
    },
    sources: ['src/worker'],
    packages: [],
    externals: ['node:*'],
    limitKib: 10,
  },
  {
    name: 'dist/web/worker.js',
    options: {
      ...forBrowser,
      entryPoints: ['src/worker/web-worker.ts'],
      format: 'iife',
      plugins: [overEngine('web-parts')],
    },
    sources: ['src/worker'],
    packages: [],
    externals: [],
    limitKib: 10,
  },
  {
    name: 'dist/cli.js',
    options: {
      ...forNode,
      entryPoints: ['src/cli/main.ts'],
      format: 'esm',
      plugins: [overEngine('node-parts')],
      banner: { js: '#!/usr/bin/env node' },
    },
    sources: ['src/cli', 'src/worker'],
    packages: [],
    externals: ['node:*'],
    limitKib: 10,
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
    packages: packers,
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
    packages: ['mocha', 'assert', 'util', ...packers],
    externals: [...externals, 'mocha'],
  };
}

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/**
 * Says what a bundle contains that it must not.
 *
 * @param {Pick<Bundle, 'name' | 'sources' | 'packages' | 'externals'>} bundle
 * @param {readonly string[]} inputs paths of its modules
 * @param {readonly string[]} imports what stays an import
 * @returns {string[]} one sentence for each violation
 */
function violations(bundle, inputs, imports) {
  const found = [];
  for (const input of inputs) {
    const name = relative(root, join(root, input)).replaceAll('\\', '/');
    const inPackage = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*\/node_modules\/)/.exec(name);
    if (inPackage !== null) {
      const packageName = inPackage[1] ?? '';
      if (!bundle.packages.includes(packageName)) {
        found.push(`${bundle.name} contains the package ${packageName} (${name})`);
      }
    } else if (
      name !== 'index.ts' &&
      !/^(?:engine|builtin|by-need|by-need-entry):/.test(name) &&
      !bundle.sources.some(
        (folder) => name === folder || name.startsWith(`${folder}/`) || name.startsWith(`${folder}.`),
      )
    ) {
      found.push(`${bundle.name} contains ${name}`);
    }
  }
  for (const path of imports) {
    const allowed =
      bundle.externals.includes(path) || (bundle.externals.includes('node:*') && builtins.has(path));
    if (!allowed) found.push(`${bundle.name} imports ${path}`);
  }
  return found;
}

/**
 * @param {Bundle} bundle
 * @returns {Promise<string[]>}
 */
async function buildOne(bundle) {
  const result = await build({ ...bundle.options, outfile: bundle.name, metafile: true, write: !sizesOnly });
  const { inputs, outputs } = result.metafile;
  const imports = Object.values(outputs).flatMap((output) => output.imports);
  return violations(
    bundle,
    Object.keys(inputs),
    imports.flatMap(({ path, external }) => (external === true ? [path] : [])),
  );
}

/** Builds the engine. @returns {Promise<import('./scripts/support/engine-parts.mjs').EngineFiles>} */
const engineFiles = () => buildEngine(root, enginePlan, common);

/**
 * Says what a script of the engine contains that it must not: workers in a browser load all but the command line's.
 *
 * @param {import('./scripts/support/engine-parts.mjs').EngineScript} script
 * @returns {string[]}
 */
function scriptViolations({ name, inputs, externals }) {
  const isCommandLine = name === 'cli';
  const rules = {
    name: `dist/engine/${name}.cjs`,
    sources: [...pure, ...(isCommandLine ? ['src/cli', ...pictureParts] : ['src/worker'])],
    packages: [],
    externals: isCommandLine ? ['node:*'] : [],
  };
  return violations(rules, inputs, externals);
}

/**
 * Builds the engine and writes its files.
 *
 * @returns {Promise<void>}
 */
async function writeEngine() {
  const { scripts, data, index } = await engineFiles();
  const folder = join(root, 'dist/engine');
  mkdirSync(folder, { recursive: true });
  const written = new Set();
  /** @param {string} name @param {string} text */
  const write = (name, text) => {
    writeFileSync(join(folder, name), text);
    written.add(name);
  };
  for (const script of scripts) {
    const { name, text, map } = script;
    write(`${name}.cjs`, text);
    if (map !== '') write(`${name}.cjs.map`, map);
    process.stdout.write(`dist/engine/${name}.cjs  ${String(kibOf(text))} KiB\n`);
    for (const sentence of scriptViolations(script)) report(sentence);
  }
  for (const [name, text] of Object.entries(data)) write(name, text);
  write('parts.json', JSON.stringify(index));
  // Scripts of an earlier build may have had other names.
  for (const name of readdirSync(folder).filter((one) => !written.has(one))) rmSync(join(folder, name));
}

/** @param {string} text */
const kibOf = (text) => Math.ceil(Buffer.byteLength(text) / 1024);

/** @param {string} sentence what is wrong with a bundle */
function report(sentence) {
  process.stderr.write(`bundle check: ${sentence}\n`);
  process.exitCode = 1;
}

/**
 * Builds the minified bundles in memory and compares them with their limits.
 *
 * @returns {Promise<void>}
 */
async function checkSizes() {
  for (const { name, options, limitKib = 0 } of bundles) {
    const { outputFiles } = await build({ ...options, outfile: name, write: false });
    checkSize(name, Math.ceil((outputFiles[0]?.contents.length ?? 0) / 1024), limitKib);
  }
  const { scripts, data, index, atOnce } = await engineFiles();
  /** @param {readonly string[]} texts */
  const sum = (texts) => texts.reduce((kib, text) => kib + kibOf(text), 0);
  for (const { name, text } of scripts) checkSize(`dist/engine/${name}.cjs`, kibOf(text), scriptLimitKib);
  for (const [part, [atOnceKib, allKib]] of Object.entries(partLimitKib)) {
    /** @param {string} use @param {readonly string[]} names @param {number} limitKib */
    const check = (use, names, limitKib) => {
      const texts = scripts.filter(({ name }) => names.includes(name)).map(({ text }) => text);
      checkSize(`the ${String(texts.length)} scripts ${use} ${part}`, sum(texts), limitKib);
    };
    check('that begin', atOnce[part] ?? [], atOnceKib);
    check('that may be needed for', index[part]?.scripts ?? [], allKib);
  }
  checkSize('all scripts of the engine', sum(scripts.map(({ text }) => text)), scriptsLimitKib);
  checkSize('all tables of the engine', sum(Object.values(data)), dataLimitKib);
}

/**
 * @param {string} name
 * @param {number} kib
 * @param {number} limitKib
 * @returns {void}
 */
function checkSize(name, kib, limitKib) {
  process.stdout.write(`${name}  ${String(kib)} of at most ${String(limitKib)} KiB\n`);
  if (kib > limitKib) report(`${name} has ${String(kib)} KiB, more than ${String(limitKib)}`);
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
const [engine, ...results] = await Promise.allSettled([writeEngine(), ...wanted.map(buildOne)]);
if (engine.status === 'rejected') report(`the engine: ${String(engine.reason)}`);
for (const [i, result] of results.entries()) {
  // What did not build, esbuild has reported.
  if (result.status === 'rejected') process.exitCode = 1;
  else if (result.value.length > 0) {
    for (const sentence of result.value) report(sentence);
  } else {
    const name = wanted[i]?.name ?? '';
    process.stdout.write(`${name}  ${String(kibOf(readFileSync(join(root, name), 'utf8')))} KiB\n`);
  }
}
const cli = join(root, 'dist/cli.js');
if (existsSync(cli)) chmodSync(cli, 0o755);
