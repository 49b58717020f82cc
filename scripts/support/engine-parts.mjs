/**
 * Cuts the engine into scripts, so that a worker loads what it is used for and two uses share what both need.
 *
 * esbuild splits the modules by the parts that reach them. What it writes are ES modules that import each other by path:
 * worker threads could load those, but web workers that VS Code for the Web lets extensions start are classic scripts at addresses
 * without a folder. So each becomes a classic script here: imports are taken from `memoryAtlas.need`, exports are put
 * into `memoryAtlas.parts` (src/worker/engine.ts). The same files serve both. An import is read once, when the script
 * is evaluated, which is the same thing as long as no module changes what it exports; none does (`export let` is
 * refused below).
 */
import { Script } from 'node:vm';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { dataModules } from './data-modules.mjs';

/**
 * @typedef {object} EngineScript
 * @property {string} name
 * @property {string} text
 * @property {string} map its source map; empty without one
 * @property {readonly string[]} inputs modules in it, as paths from the root
 * @property {readonly string[]} externals modules of Node that it imports
 */

/**
 * @typedef {object} EngineFiles
 * @property {readonly EngineScript[]} scripts
 * @property {Readonly<Record<string, string>>} data texts of the files with tables, by name
 * @property {Readonly<Record<string, { scripts: readonly string[], data: readonly string[] }>>} index what each part may load
 */

/**
 * @typedef {object} EnginePlan
 * @property {Readonly<Record<string, string>>} parts the module of each part
 * @property {Readonly<Record<string, string>>} cuts modules that begin a script of their own with all they need, by name
 * @property {Readonly<Record<string, string>>} names of scripts that several parts and cuts share, by those, joined with `+`
 */

/**
 * Builds the engine.
 *
 * @param {string} root the project's folder
 * @param {EnginePlan} plan
 * @param {import('esbuild').BuildOptions} options
 * @returns {Promise<EngineFiles>}
 */
export async function buildEngine(root, { parts, cuts, names: sharedNames }, options) {
  /** @type {Map<string, Readonly<Record<string, string>>>} */
  const found = new Map();
  const entries = { ...parts, ...cuts };
  const result = await build({
    ...options,
    entryPoints: Object.entries(entries).map(([out, file]) => ({ in: file, out })),
    plugins: [dataModules(root, found), builtinModules],
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'esm',
    splitting: true,
    outdir: 'dist/engine',
    legalComments: 'none',
    metafile: true,
    write: false,
  });
  const { outputs } = result.metafile;
  const reached = Object.fromEntries(
    Object.entries(entries).map(([part, file]) => {
      const entry = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === file)?.[0] ?? '';
      return [part, reachedFrom(outputs, entry)];
    }),
  );
  /** The name of an output: of the part that it is the entry of, or of all that reach it. @param {string} output */
  const nameOf = (output) => {
    const own = Object.entries(entries).find(([, file]) => file === outputs[output]?.entryPoint)?.[0];
    const users = Object.keys(entries).filter((name) => reached[name]?.has(output));
    return own ?? sharedNames[users.sort().join('+')] ?? `for-${users.join('-')}`;
  };
  /** @param {string} output @returns {EngineScript} */
  const scriptOf = (output) => {
    const { inputs = {}, imports = [] } = outputs[output] ?? {};
    const contents = (/** @type {string} */ ending) =>
      result.outputFiles.find(({ path }) => path === join(root, output + ending))?.text ?? '';
    const names = Object.keys(inputs);
    refuseVariableExports(root, names);
    return {
      name: nameOf(output),
      text: classicScript(nameOf(output), contents(''), (path) =>
        nameOf(join('dist/engine', path).replaceAll('\\', '/')),
      ),
      map: contents('.map'),
      inputs: names,
      externals: imports.flatMap(({ path, external }) => (external === true ? [path] : [])),
    };
  };
  const scripts = Object.keys(outputs).filter((name) => name.endsWith('.js') && !(nameOf(name) in cuts));
  const dataIn = (/** @type {string} */ output) =>
    Object.keys(outputs[output]?.inputs ?? {}).flatMap((input) => Object.keys(found.get(input) ?? {}));
  return {
    scripts: scripts.map(scriptOf),
    data: Object.assign({}, ...found.values()),
    index: Object.fromEntries(
      Object.keys(parts).map((part) => {
        const names = [...(reached[part] ?? [])];
        return [part, { scripts: names.map(nameOf).sort(), data: names.flatMap(dataIn).sort() }];
      }),
    ),
  };
}

/**
 * Takes the modules of Node by `require`, which scripts have in Node: the command line's part uses some.
 *
 * @type {import('esbuild').Plugin}
 */
const builtinModules = {
  name: 'builtin-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, namespace }) =>
      namespace === 'builtin' ? { path, external: true } : { path, namespace: 'builtin' },
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/**
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @param {string} entry
 * @returns {Set<string>} the outputs that are loaded with it
 */
function reachedFrom(outputs, entry) {
  const reached = new Set([entry]);
  for (const name of reached) {
    for (const { path, external } of outputs[name]?.imports ?? []) if (external !== true) reached.add(path);
  }
  return reached;
}

/** Names that are taken from another script, if any, and that script. */
const importStatement = /\s*import\s*(?:\{([^}]*)\}\s*from\s*)?"([^"]+)";/y;
const exportStatement = /\bexport\s*\{([^}]*)\};?\s*(?:\/\/# sourceMappingURL=(.*)\s*)?$/;

/**
 * Makes a classic script of an ES module. Lines keep their numbers.
 *
 * @param {string} name
 * @param {string} code as esbuild writes it: all imports first, one export statement at the end
 * @param {(path: string) => string} scriptAt the name of the script that a path leads to
 * @returns {string}
 * @throws Error when the code is of another form
 */
export function classicScript(name, code, scriptAt) {
  const taken = [];
  let start = 0;
  importStatement.lastIndex = 0;
  for (let match; (match = importStatement.exec(code)) !== null; start = importStatement.lastIndex) {
    const [whole, names, path = ''] = match;
    const from = `memoryAtlas.need(${JSON.stringify(scriptAt(path))});`;
    const lines = '\n'.repeat(whole.split('\n').length - 1);
    const locals = names?.replaceAll(/\s+as\s+/g, ':').replaceAll(/\s+/g, '');
    taken.push(lines + (locals === undefined ? from : `const{${locals}}=${from}`));
  }
  const last = exportStatement.exec(code);
  const given = (last?.[1] ?? '').split(',').flatMap((one) => {
    const [local, exported = local] = one.trim().split(/\s+as\s+/);
    return local === undefined || local === '' ? [] : [local === exported ? local : `${exported}:${local}`];
  });
  const body = code.slice(start, last?.index ?? code.length);
  const map = last?.[2] === undefined ? '' : `\n//# sourceMappingURL=${name}.cjs.map`;
  const script = `memoryAtlas.parts[${JSON.stringify(name)}]=(()=>{"use strict";${taken.join('')}${body}return{${given.join(',')}}})();${map}\n`;
  // Statements of modules that were overlooked are no part of a script.
  new Script(script, { filename: name });
  return script;
}

/**
 * @param {string} root
 * @param {readonly string[]} files
 * @returns {void}
 * @throws Error when a module exports what it may change later
 */
function refuseVariableExports(root, files) {
  for (const file of files.filter((one) => one.startsWith('src/'))) {
    if (/^export (?:let|var) /m.test(readFileSync(join(root, file), 'utf8')))
      throw new Error(
        `${file} exports a variable: other scripts of the engine would see its first value only`,
      );
  }
}
