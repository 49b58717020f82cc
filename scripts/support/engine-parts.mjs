/**
 * Cuts the engine into scripts, so that a worker loads what it is used for and two uses share what both need.
 *
 * esbuild splits the modules by the parts that reach them. What it writes are ES modules that import each other by path:
 * worker threads could load those, but web workers that VS Code for the Web lets extensions start are classic scripts at addresses
 * without a folder. So each becomes a classic script here: imports are taken from `memoryAtlas.need`, exports are put
 * into `memoryAtlas.parts` (src/worker/engine.ts). The same files serve both. An import is read once, when the script
 * is evaluated, which is the same thing as long as no module changes what it exports; none does (`export let` is
 * refused below).
 *
 * What is needed seldom is loaded by need (by-need-modules.mjs) and cuts no script of the others in two: outputs of esbuild that
 * differ only by who loads them by need lie in one script, each under a name of its own (`compiler.2`; the last one, which
 * is the part's own module where there is one, under the script's).
 */
import { Script } from 'node:vm';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { byNeedEntry, byNeedModules, scriptsByNeed } from './by-need-modules.mjs';
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
 * @property {Readonly<Record<string, readonly string[]>>} atOnce the scripts that each part begins with, all others come by need
 */

/**
 * @typedef {object} EnginePlan
 * @property {Readonly<Record<string, string>>} parts the module of each part
 * @property {Readonly<Record<string, string>>} cuts modules that begin a script of their own with all they need, by name
 * @property {import('./by-need-modules.mjs').ByNeedPlan} byNeed modules that are loaded when they are called, by the name of their script
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
export async function buildEngine(root, { parts, cuts, byNeed, names: sharedNames }, options) {
  /** @type {Map<string, Readonly<Record<string, string>>>} */
  const found = new Map();
  /** The module that each script begins with. @type {Readonly<Record<string, string>>} */
  const entries = {
    ...parts,
    ...cuts,
    ...Object.fromEntries(Object.keys(byNeed).map((name) => [name, byNeedEntry(name)])),
  };
  const result = await build({
    ...options,
    entryPoints: Object.entries(entries).map(([out, file]) => ({ in: file, out })),
    plugins: [byNeedModules(root, byNeed), dataModules(root, found), builtinModules],
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
  /** The entry that an output is made of. @param {string} output */
  const entryOf = (output) =>
    Object.entries(entries).find(([, file]) => file === outputs[output]?.entryPoint)?.[0];
  const ordered = outputsInOrder(
    outputs,
    Object.keys(outputs).filter((name) => name.endsWith('.js') && !((entryOf(name) ?? '') in cuts)),
  );
  const reached = Object.fromEntries(
    Object.keys(entries).map((name) => {
      const entry = Object.keys(outputs).find((output) => entryOf(output) === name) ?? '';
      return [name, new Set(outputsInOrder(outputs, [entry]))];
    }),
  );
  const inputsOf = (/** @type {readonly string[]} */ some) =>
    some.flatMap((output) => Object.keys(outputs[output]?.inputs ?? {}));
  /** The entries of all that a part may load. @type {Readonly<Record<string, ReadonlySet<string>>>} */
  const mayLoad = Object.fromEntries(
    Object.keys(parts).map((part) => {
      const loaded = new Set([part]);
      for (const name of loaded) {
        for (const script of scriptsByNeed(byNeed, inputsOf([...(reached[name] ?? [])]))) loaded.add(script);
      }
      return [part, loaded];
    }),
  );
  /** The script of an output: of the part that it is the entry of, or of all that begin with it. @param {string} output */
  const scriptOf = (output) => {
    const users = Object.keys(entries).filter((name) => reached[name]?.has(output));
    const atOnce = users.filter((name) => !(name in byNeed));
    // A part that needs it later only does not want all that others begin with.
    const isCommon =
      atOnce.length > 0 &&
      Object.keys(parts).every(
        (part) => atOnce.includes(part) || users.every((user) => mayLoad[part]?.has(user) !== true),
      );
    const key = (isCommon ? atOnce : users).sort().join('+');
    return (
      entryOf(output) ?? sharedNames[key] ?? (key.includes('+') ? `for-${key.replaceAll('+', '-')}` : key)
    );
  };
  /** @type {Map<string, string[]>} */
  const grouped = new Map();
  for (const output of ordered) {
    const group = grouped.get(scriptOf(output));
    if (group === undefined) grouped.set(scriptOf(output), [output]);
    else group.push(output);
  }
  const keys = new Map(
    [...grouped].flatMap(([script, group]) =>
      group.map((output, i) => [output, i === group.length - 1 ? script : `${script}.${String(i)}`]),
    ),
  );
  /** @param {string} output @param {string} ending */
  const textOf = (output, ending) =>
    result.outputFiles.find(({ path }) => path === join(root, output + ending))?.text ?? '';
  const keyAt = (/** @type {string} */ path) =>
    keys.get(join('dist/engine', path).replaceAll('\\', '/')) ?? '';
  const scripts = [...grouped].map(([name, group]) => {
    refuseVariableExports(root, inputsOf(group));
    const pieces = group.map((output) => ({
      text: classicScript(keys.get(output) ?? '', textOf(output, ''), keyAt),
      map: textOf(output, '.map'),
    }));
    return {
      name,
      ...joinedPieces(name, pieces),
      inputs: inputsOf(group),
      externals: group.flatMap((output) =>
        (outputs[output]?.imports ?? []).flatMap(({ path, external }) => (external === true ? [path] : [])),
      ),
    };
  });
  const atOnce = Object.fromEntries(
    Object.entries(reached).map(([name, some]) => [name, [...new Set([...some].map(scriptOf))].sort()]),
  );
  return {
    scripts,
    data: Object.assign({}, ...found.values()),
    index: Object.fromEntries(
      Object.keys(parts).map((part) => {
        const outputs = [
          ...new Set([...(mayLoad[part] ?? [])].flatMap((name) => [...(reached[name] ?? [])])),
        ];
        const data = inputsOf(outputs).flatMap((input) => Object.keys(found.get(input) ?? {}));
        return [
          part,
          { scripts: [...new Set(outputs.map(scriptOf))].sort(), data: [...new Set(data)].sort() },
        ];
      }),
    ),
    atOnce: Object.fromEntries(Object.keys(parts).map((part) => [part, atOnce[part] ?? []])),
  };
}

/**
 * Outputs with all that is loaded with them, each behind what it imports.
 *
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @param {readonly string[]} wanted
 * @returns {string[]}
 */
function outputsInOrder(outputs, wanted) {
  /** @type {Set<string>} */
  const entered = new Set();
  /** @type {string[]} */
  const ordered = [];
  /** @param {string} output */
  const add = (output) => {
    if (entered.has(output)) return;
    entered.add(output);
    for (const { path, external } of outputs[output]?.imports ?? []) if (external !== true) add(path);
    ordered.push(output);
  };
  for (const output of wanted) add(output);
  return ordered;
}

/**
 * Pieces of a script one behind another, with one source map.
 *
 * @param {string} name of the script
 * @param {readonly { text: string, map: string }[]} pieces
 * @returns {{ text: string, map: string }}
 */
function joinedPieces(name, pieces) {
  let line = 0;
  const sections = pieces.flatMap(({ text, map }) => {
    const offset = { line, column: 0 };
    line += text.split('\n').length - 1;
    return map === '' ? [] : [{ offset, map: /** @type {unknown} */ (JSON.parse(map)) }];
  });
  const text = pieces.map((piece) => piece.text).join('');
  if (sections.length === 0) return { text, map: '' };
  return {
    text: `${text}//# sourceMappingURL=${name}.cjs.map\n`,
    map: JSON.stringify({ version: 3, sections }),
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

/** Names that are taken from another script, if any, and that script. */
const importStatement = /\s*import\s*(?:\{([^}]*)\}\s*from\s*)?"([^"]+)";/y;
const exportStatement = /\bexport\s*\{([^}]*)\};?\s*(?:\/\/# sourceMappingURL=.*\s*)?$/;

/**
 * Makes a classic script of an ES module. Lines keep their numbers; the source map is left out.
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
  const script = `memoryAtlas.parts[${JSON.stringify(name)}]=(()=>{"use strict";${taken.join('')}${body}return{${given.join(',')}}})();\n`;
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
