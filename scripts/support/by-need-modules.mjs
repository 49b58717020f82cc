/**
 * Loads modules of the engine when somebody calls them.
 *
 * Families of libc functions, lessons, checks and the like are needed by few programs or few questions. What imports such a
 * module gets a stand-in with the same exports: each, when it is called, takes the script with the module
 * (`memoryAtlas.need`, src/worker/engine.ts, which answers at once) and does the call there. Sources and tests know nothing
 * of it. A stand-in exists for functions, classes (to make objects of, not for `instanceof`) and tables of libc functions;
 * modules of one script see each other as they are.
 */
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/** Modules by the name of the script that holds them. @typedef {Readonly<Record<string, readonly string[]>>} ByNeedPlan */

/** How the names of stand-ins begin among the inputs of an output. */
export const standInPrefix = 'by-need:';
/** The module that a script of this kind begins with. @param {string} script */
export const byNeedEntry = (script) => `by-need-entry:${script}`;

/**
 * What modules export.
 *
 * @param {string} root
 * @param {readonly string[]} files
 * @returns {Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>>} by file
 */
async function exportsOf(root, files) {
  const contents = files.map((file, i) => `export * as m${String(i)} from './${file}';`).join('\n');
  const result = await build({
    stdin: { contents, resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    logLevel: 'warning',
  });
  /** @type {{ exports: Record<string, Record<string, unknown>> }} */
  const module = { exports: {} };
  new Function('module', 'exports', 'require', result.outputFiles[0]?.text ?? '')(
    module,
    module.exports,
    createRequire(import.meta.url),
  );
  return Object.fromEntries(files.map((file, i) => [file, module.exports[`m${String(i)}`] ?? {}]));
}

/** Signatures of a table of libc functions by name; `undefined` when it is none. @param {unknown} value */
function signaturesOf(value) {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const isTable = entries.every(
    ([, entry]) =>
      typeof entry === 'object' &&
      Object.keys(entry).sort().join() === 'call,signature' &&
      typeof entry.signature === 'string',
  );
  return isTable ? entries.map(([name, { signature }]) => [name, signature]) : undefined;
}

/**
 * @param {string} script
 * @param {string} name
 * @param {unknown} value
 * @returns {string[]} statements; none when there is no stand-in for such a value, so that whoever imports it is told
 */
function standIn(script, name, value) {
  const real = `memoryAtlas.need(${JSON.stringify(script)}).${name}`;
  if (typeof value === 'function') {
    return /^class\b/.test(Function.prototype.toString.call(value))
      ? [`export function ${name}(...args) { return new (${real})(...args); }`]
      : [`export const ${name} = (...args) => ${real}(...args);`];
  }
  const signatures = signaturesOf(value);
  if (signatures === undefined) return [];
  const list = signatures.map((pair) => pair.join(':')).join(' ');
  return [
    `export const ${name} = Object.fromEntries(${JSON.stringify(list)}.split(' ').map((entry) => {
      const [name, signature] = entry.split(':');
      let real;
      return [name, {
        signature,
        call: (ctx, args, variadic, raw) => (real ??= ${real}[name].call)(ctx, args, variadic, raw),
      }];
    }));`,
  ];
}

/**
 * Puts stand-ins in place of modules that are loaded by need, and makes the modules that their scripts begin with.
 *
 * @param {string} root the project's folder
 * @param {ByNeedPlan} plan
 * @returns {import('esbuild').Plugin}
 */
export function byNeedModules(root, plan) {
  const scriptOf = new Map(
    Object.entries(plan).flatMap(([script, files]) => files.map((file) => [file, script])),
  );
  return {
    name: 'by-need-modules',
    async setup({ onResolve, onLoad }) {
      const known = await exportsOf(root, [...scriptOf.keys()]);
      /** @param {string} path */
      const nameOf = (path) => relative(root, path).replaceAll('\\', '/');
      onResolve({ filter: /^by-need-entry:/ }, ({ path }) => ({
        path: path.slice(byNeedEntry('').length),
        namespace: 'by-need-entry',
      }));
      onLoad({ filter: /.*/, namespace: 'by-need-entry' }, ({ path }) => ({
        contents: (plan[path] ?? []).map((file) => `export * from './${file}';`).join('\n'),
        resolveDir: root,
      }));
      onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, importer, namespace, resolveDir }) => {
        const name = nameOf(join(namespace === 'file' ? dirname(importer) : resolveDir, path));
        const script = scriptOf.get(name);
        const isInside =
          namespace === 'by-need-entry' ||
          (script !== undefined && scriptOf.get(nameOf(importer)) === script);
        return script === undefined || isInside ? undefined : { path: name, namespace: 'by-need' };
      });
      onLoad({ filter: /.*/, namespace: 'by-need' }, ({ path }) => {
        const script = scriptOf.get(path) ?? '';
        const contents = Object.entries(known[path] ?? {}).flatMap(([name, value]) =>
          standIn(script, name, value),
        );
        return { contents: contents.join('\n'), loader: 'js' };
      });
    },
  };
}

/**
 * The scripts that an output loads by need.
 *
 * @param {ByNeedPlan} plan
 * @param {readonly string[]} inputs
 * @returns {string[]}
 */
export function scriptsByNeed(plan, inputs) {
  return Object.keys(plan).filter((script) =>
    plan[script]?.some((file) => inputs.includes(standInPrefix + file)),
  );
}
