/**
 * Lets several bundles share one copy of the engine.
 *
 * `dist/engine.cjs` holds the pure layers once: it is the web worker's script as it stands, and a CommonJS module for the
 * worker thread and the command line, which are small bundles over it. Without that the package would hold the engine
 * three times.
 */
import { relative } from 'node:path';
import { build } from 'esbuild';

/** The pure layers, whose modules a bundle over the engine takes from there. */
const layers = /^src\/(?:base|core|protocol|session)\//;

/**
 * Takes the modules of the pure layers from the engine.
 *
 * @param {string} root the project's folder
 * @param {string} engine how the bundle names the engine's file
 * @param {Set<string>} [asked] collects the modules that were asked for, as paths from the root
 * @returns {import('esbuild').Plugin}
 */
export function overEngine(root, engine, asked) {
  return {
    name: 'over-engine',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^\..*\.ts$/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === 'inner') return undefined;
        const found = await resolve(path, { kind, importer, resolveDir, pluginData: 'inner' });
        const name = relative(root, found.path).replaceAll('\\', '/');
        if (!layers.test(name)) return undefined;
        asked?.add(name);
        return { path: name, namespace: 'engine' };
      });
      onLoad({ filter: /.*/, namespace: 'engine' }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(engine)}).modules[${JSON.stringify(path)}];`,
      }));
      onResolve({ filter: /^\.\/engine\.cjs$/, namespace: 'engine' }, ({ path }) => ({
        path,
        external: true,
      }));
    },
  };
}

/**
 * The source of the engine's bundle: starts the web worker where it is one, and gives the modules that others ask for.
 *
 * @param {string} root
 * @param {readonly import('esbuild').BuildOptions[]} users the bundles over the engine
 * @returns {Promise<string>}
 */
export async function engineSource(root, users) {
  /** @type {Set<string>} */
  const asked = new Set();
  await Promise.all(
    users.map((options) =>
      build({
        ...options,
        plugins: [overEngine(root, './engine.cjs', asked)],
        write: false,
        sourcemap: false,
      }),
    ),
  );
  const names = [...asked].sort();
  return [
    `import './src/worker/web-worker.ts';`,
    ...names.map((name, i) => `import * as module${String(i)} from './${name}';`),
    `export const modules = {`,
    ...names.map((name, i) => `  ${JSON.stringify(name)}: module${String(i)},`),
    `};`,
  ].join('\n');
}
