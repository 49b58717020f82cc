/**
 * Who may see whom. This table is the rule for the layers; ARCHITECTURE.md draws it.
 *
 * `layers` names each folder once and lists what its files may import besides their own folder. The order is from the
 * ground up. To add an arrow, change the table and ARCHITECTURE.md in the same commit and say why.
 */

/** What draws the map without a window. */
const pictureParts = ['webview/layout', 'webview/zoom', 'webview/texts.ts'];

/** @type {Record<string, { sees: string[], packages?: string[], node?: boolean }>} */
const layers = {
  'src/base': { sees: [] },

  // Inside core. The C side (syntax, sema, image, codegen) and the machine side (mm, malloc, libc) meet in process only.
  'src/core/text': { sees: ['src/base'] },
  'src/core/source': { sees: ['src/base', 'src/core/text'] },
  'src/core/target': { sees: ['src/base', 'src/core/text'] },
  'src/core/trace': { sees: ['src/base', 'src/core/text', 'src/core/target'] },
  // The texts of the system headers: plain strings that the preprocessor finds and the library's code agrees with.
  'src/core/libc/headers': { sees: [] },
  // Predefined macros (__SIZEOF_LONG__, __x86_64__) and the values of characters follow the target.
  'src/core/syntax': {
    sees: ['src/base', 'src/core/text', 'src/core/source', 'src/core/target', 'src/core/libc/headers'],
  },
  'src/core/sema': {
    sees: ['src/base', 'src/core/text', 'src/core/source', 'src/core/target', 'src/core/syntax'],
  },
  'src/core/image': {
    sees: [
      'src/base',
      'src/core/text',
      'src/core/source',
      'src/core/target',
      'src/core/syntax',
      'src/core/sema',
    ],
  },
  // Code is generated for the frames and symbols of an image.
  'src/core/codegen': {
    sees: [
      'src/base',
      'src/core/text',
      'src/core/source',
      'src/core/target',
      'src/core/syntax',
      'src/core/sema',
      'src/core/image',
    ],
  },
  'src/core/mm': { sees: ['src/base', 'src/core/text', 'src/core/target', 'src/core/trace'] },
  'src/core/malloc': {
    sees: ['src/base', 'src/core/text', 'src/core/target', 'src/core/trace', 'src/core/mm/kernel.ts'],
  },
  'src/core/libc': {
    sees: [
      'src/base',
      'src/core/text',
      'src/core/target',
      'src/core/trace',
      'src/core/mm/kernel.ts',
      'src/core/malloc',
      'src/core/libc/headers',
    ],
  },
  'src/core/process': { sees: ['src/base', 'src/core'] },

  // Looks at a process while it runs.
  'src/core/checks': { sees: ['src/base', 'src/core'] },

  'src/protocol': { sees: ['src/base'] },
  'src/session': { sees: ['src/base', 'src/core', 'src/protocol'] },
  'src/worker': { sees: ['src/base', 'src/core', 'src/protocol', 'src/session'], node: true },
  'src/extension': {
    sees: ['src/base', 'src/core', 'src/protocol', 'src/session'],
    // fflate packs what a link carries.
    packages: ['vscode', '@types/vscode', 'fflate'],
    node: true,
  },
  // The command `map` draws the picture without a window, with the same geometry.
  'src/cli': {
    sees: ['src/base', 'src/core', 'src/protocol', 'src/session', ...pictureParts],
    node: true,
  },

  // The webview, also for types. Geometry is pure: it sees no component and no lit.
  'webview/layout': { sees: ['src/base', 'src/protocol'], packages: ['d3-shape', '@types/d3-shape'] },
  'webview/zoom': { sees: ['src/base', 'src/protocol', 'webview/layout', 'webview/texts.ts'] },
  'webview/texts.ts': { sees: ['src/protocol', 'webview/figures-texts.ts'] },
  webview: { sees: ['src/base', 'src/protocol', 'webview'], packages: ['lit', '@lit/', 'lit-'] },
};

/** @param {string} path */
const quote = (path) => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @param {string} path a folder or a file */
const pattern = (path) => (path.endsWith('.ts') ? `^${quote(path)}$` : `^${quote(path)}/`);

/** Folders that have a row of their own below this one: their files follow that row. @param {string} layer */
const inner = (layer) => Object.keys(layers).filter((other) => other.startsWith(`${layer}/`));

const layerRules = Object.entries(layers).map(([layer, { sees, packages = [], node = false }]) => {
  const own = inner(layer);
  return {
    name: `layer ${layer}`,
    comment: `${layer} may import only: ${[...sees, ...packages, ...(node ? ['node:*'] : [])].join(', ') || 'nothing'}`,
    severity: 'error',
    from: { path: pattern(layer), ...(own.length > 0 ? { pathNot: own.map(pattern) } : {}) },
    to: {
      pathNot: [
        pattern(layer),
        ...sees.map(pattern),
        ...packages.flatMap((name) => [
          `^${quote(name)}`,
          `/node_modules/${quote(name)}`,
          `^node_modules/${quote(name)}`,
        ]),
        ...(node ? ['^node:'] : []),
      ],
      ...(node ? { dependencyTypesNot: ['core'] } : {}),
    },
  };
});

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'core has its folders',
      comment: 'A file or folder of src/core without a row in the table follows no rule.',
      severity: 'error',
      from: {
        path: '^src/core/',
        pathNot: [...inner('src/core').map(pattern), '\\.d\\.ts$'],
      },
      to: {},
    },
    {
      name: 'no circular import',
      comment:
        'Types may refer to each other inside a layer; values must not. Parser, analyzer and code generator are excepted: ' +
        'their functions call each other as the grammar does, and nothing of it runs while the files are loaded.',
      severity: 'error',
      from: { pathNot: '^src/core/(syntax|sema|codegen)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'the product does not import tests or tools',
      severity: 'error',
      from: { path: '^(src|webview)/' },
      to: { path: '^(test|scripts|bench)/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^(src|webview|test|bench)/' },
      to: { couldNotResolve: true, pathNot: ['^vscode$', '^node:'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^(out|dist|\\.hosts)/', '^test/fixtures/'] },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.mjs', '.js', '.d.ts', '.json'],
      conditionNames: ['import', 'browser', 'default', 'types'],
    },
  },
};
