/**
 * Packs the texts of the system headers into bundles.
 *
 * The texts are 700 KB of the engine's 1.7 MB, and most of them are never opened. In a bundle they are one deflated
 * string, which the first `#include <…>` unpacks in about 10 ms; nothing is unpacked when the bundle is loaded.
 */
import { createRequire } from 'node:module';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';

const headers = /src[\\/]core[\\/]libc[\\/]headers[\\/]system-headers\.ts$/;

/** What a bundle holds in place of the module: the same `get`, over the packed texts. */
const unpacking = `
import { inflateSync, strFromU8 } from 'fflate';
let texts;
function unpack() {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Map(JSON.parse(strFromU8(inflateSync(bytes))));
}
export const systemHeaders = { get: (name) => (texts ??= unpack()).get(name) };
`;

/** @type {Map<string, Promise<string>>} */
const packedOnce = new Map();

/**
 * The texts of a module, as JSON of pairs, deflated, in base64.
 *
 * @param {string} file
 * @returns {Promise<string>}
 */
async function pack(file) {
  const result = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    charset: 'utf8',
  });
  const code = result.outputFiles[0]?.text ?? '';
  /** @type {{ exports: { systemHeaders?: ReadonlyMap<string, string> } }} */
  const module = { exports: {} };
  new Function('module', 'exports', 'require', code)(module, module.exports, createRequire(import.meta.url));
  const { systemHeaders } = module.exports;
  if (systemHeaders === undefined) throw new Error(`${file} has no systemHeaders`);
  return deflateRawSync(JSON.stringify([...systemHeaders]), { level: 9 }).toString('base64');
}

/** @type {import('esbuild').Plugin} */
export const packHeaders = {
  name: 'pack-headers',
  setup({ onLoad }) {
    onLoad({ filter: headers }, async ({ path }) => {
      const packed = packedOnce.get(path) ?? pack(path);
      packedOnce.set(path, packed);
      return { contents: `const packed = '${await packed}';\n${unpacking}`, loader: 'js' };
    });
  },
};
