/**
 * Keeps the large tables of the engine in files of their own.
 *
 * System headers, the sentences of both languages and the tables of library functions are data that a run needs a part
 * of, or nothing. In what ships their modules are replaced by readers of the same shape, and the engine reads a file
 * (`memoryAtlas.read`, src/worker/engine.ts) when it is asked for something in it. Unpacked, because the package is
 * compressed as a whole and a server compresses what it sends.
 */
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

/**
 * @typedef {object} DataModule
 * @property {(exports: any) => Readonly<Record<string, string>>} files texts of its files, by name, made of what the module exports
 * @property {string | ((exports: any) => string)} reader the module in its place
 */

const read = `const read = (name) => new TextDecoder().decode(memoryAtlas.read(name));`;

/**
 * A module with one object of plain data, which becomes one file of JSON.
 *
 * @param {string} name of the object
 * @param {string} file
 * @returns {DataModule}
 */
const plainObject = (name, file) => ({
  files: (exports) => ({ [file]: JSON.stringify(exports[name]) }),
  reader: (exports) => `${read}
let known;
const open = () => (known ??= JSON.parse(read(${JSON.stringify(file)})));
export const ${name} = {
  ${Object.keys(exports[name])
    .map((key) => `get ${JSON.stringify(key)}() { return open()[${JSON.stringify(key)}]; },`)
    .join(' ')}
};`,
});

/** @type {Readonly<Record<string, DataModule>>} */
const modules = {
  'src/core/image/symbol-version-tables.ts': plainObject('symbolVersionTables', 'symbol-versions.json'),
  'src/core/syntax/predefined-macro-tables.ts': plainObject(
    'predefinedMacroTables',
    'predefined-macros.json',
  ),
  'src/core/sema/builtin-signatures.ts': plainObject('builtinSignatures', 'builtin-signatures.json'),
  'src/core/libc/headers/system-call-names.ts': plainObject('systemCallNames', 'system-calls.json'),
  'src/core/process/libc-code-pages.ts': plainObject('libcCodePageTables', 'libc-pages.json'),
  'src/core/process/libm-code-pages.ts': plainObject('libmCodePageTables', 'libm-pages.json'),
  'src/core/syntax/builtin-names.ts': plainObject('builtinNames', 'builtins.json'),
  // A line with names and sizes in bytes, then the texts: only headers that are included are decoded.
  'src/core/libc/headers/system-headers.ts': {
    files: ({ systemHeaders }) => {
      /** @type {[string, string][]} */
      const headers = [...systemHeaders];
      const sizes = headers.map(([name, text]) => [name, Buffer.byteLength(text)]);
      return {
        'system-headers.txt': `${JSON.stringify(sizes)}\n${headers.map(([, text]) => text).join('')}`,
      };
    },
    reader: `
const decoder = new TextDecoder();
let bytes;
const places = new Map();
function open() {
  bytes = memoryAtlas.read('system-headers.txt');
  let start = bytes.indexOf(10) + 1;
  for (const [name, size] of JSON.parse(decoder.decode(bytes.subarray(0, start)))) {
    places.set(name, [start, start + size]);
    start += size;
  }
}
export const systemHeaders = {
  get(name) {
    if (bytes === undefined) open();
    let text = places.get(name);
    if (typeof text === 'object') places.set(name, (text = decoder.decode(bytes.subarray(...text))));
    return text;
  },
};`,
  },
  'src/core/text/templates.ts': {
    files: ({ templates }) => ({
      'texts.en.json': JSON.stringify(Object.fromEntries(templates.en)),
      'texts.zh-cn.json': JSON.stringify(Object.fromEntries(templates['zh-cn'])),
    }),
    reader: `${read}
const known = {};
const open = (language) => (known[language] ??= new Map(Object.entries(JSON.parse(read('texts.' + language + '.json')))));
export const templates = {
  get en() { return open('en'); },
  get 'zh-cn'() { return open('zh-cn'); },
};`,
  },
  'src/core/libc/function-names.ts': {
    files: ({ libcFunctionNames }) => ({ 'libc-names.txt': [...libcFunctionNames.keys()].join(' ') }),
    reader: `${read}
let names;
export const libcFunctionNames = {
  has: (name) => (names ??= new Set(read('libc-names.txt').split(' '))).has(name),
};`,
  },
  'src/core/target/libc-objects.ts': {
    files: ({ libcObjects }) => ({ 'libc-objects.json': JSON.stringify([...libcObjects]) }),
    reader: `${read}
let known;
const open = () => (known ??= new Map(JSON.parse(read('libc-objects.json'))));
export const libcObjects = {
  get: (name) => open().get(name),
  has: (name) => open().has(name),
  [Symbol.iterator]: () => open()[Symbol.iterator](),
};`,
  },
  'src/core/target/function-tables.ts': {
    files: ({ functionTables: { libc, libm } }) => ({
      'libc.x86_64.txt': libc.x86_64.trim(),
      'libc.i386.txt': libc.i386.trim(),
      'libm.x86_64.txt': libm.x86_64.trim(),
      'libm.i386.txt': libm.i386.trim(),
    }),
    reader: `${read}
const tables = (library) => ({
  get x86_64() { return read(library + '.x86_64.txt'); },
  get i386() { return read(library + '.i386.txt'); },
});
export const functionTables = { libc: tables('libc'), libm: tables('libm') };`,
  },
};

/**
 * What a module exports.
 *
 * @param {string} file
 * @returns {Promise<unknown>}
 */
async function exportsOf(file) {
  const result = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    charset: 'utf8',
  });
  const code = result.outputFiles[0]?.text ?? '';
  /** @type {{ exports: unknown }} */
  const module = { exports: {} };
  new Function('module', 'exports', 'require', code)(module, module.exports, createRequire(import.meta.url));
  return module.exports;
}

/**
 * Replaces the modules with data by readers.
 *
 * @param {string} root the project's folder
 * @param {Map<string, Readonly<Record<string, string>>>} found collects the files that the readers read: texts by name, by module
 * @returns {import('esbuild').Plugin}
 */
export function dataModules(root, found) {
  return {
    name: 'data-modules',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const name = relative(root, path).replaceAll('\\', '/');
        const module = modules[name];
        if (module === undefined) return undefined;
        const exports = await exportsOf(join(root, name));
        const { reader } = module;
        found.set(name, module.files(exports));
        return { contents: typeof reader === 'string' ? reader : reader(exports), loader: 'js' };
      });
    },
  };
}
