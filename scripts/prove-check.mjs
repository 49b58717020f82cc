/**
 * Breaks each rule of `npm run check` and of the bundle check once, in a copy, and sees it go red.
 *
 * All offences are planted as files of their own, then each step runs once; every offence must be named by the step
 * that forbids it. So a rule that was switched off by accident shows up here.
 */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { ensureNodeModules } from './support/install.mjs';
import { isWindows, root, run, temporaryFolder } from './support/process.mjs';

/**
 * @typedef {object} Offence
 * @property {'types' | 'lint' | 'layers' | 'format' | 'texts'} step
 * @property {string} file
 * @property {string} text of the file
 * @property {string} named what the step must say of that file
 */

/** A valid comment before a planted export. */
const doc = '/** Planted. */\n';

/** @type {Offence[]} */
const offences = [
  // types
  offence('types', 'src/base/planted-type.ts', `${doc}export const planted: string = 1;`, 'TS2322'),
  offence(
    'types',
    'src/base/planted-index.ts',
    `${doc}export const planted = (list: number[]): number => list[0];`,
    'TS2322',
  ),
  offence('types', 'src/base/planted-enum.ts', `${doc}export enum Planted { A }`, 'TS1294'),
  offence('types', 'src/core/mm/planted-dom.ts', `${doc}export const planted = document.title;`, 'TS2584'),
  offence('types', 'src/core/mm/planted-node.ts', `${doc}export const planted = process.pid;`, 'TS2591'),
  offence(
    'types',
    'webview/planted-core.ts',
    `export { planted } from '../src/core/mm/planted-dom.ts';`,
    'TS6307',
  ),
  offence(
    'types',
    'src/base/planted-exact.ts',
    `${doc}export const planted: { a?: number } = { a: undefined };`,
    'TS2375',
  ),
  offence(
    'types',
    'src/base/planted-verbatim.ts',
    `import { Address } from './address.ts';\n${doc}export const planted = 0 as Address;`,
    'TS1484',
  ),

  // lint: the bans of the pure layers
  offence(
    'lint',
    'src/core/mm/planted-clock.ts',
    `${doc}export const planted = Date.now();`,
    'no-restricted-globals',
  ),
  offence(
    'lint',
    'src/core/mm/planted-random.ts',
    `${doc}export const planted = Math.random();`,
    'no-restricted-properties',
  ),
  offence(
    'lint',
    'src/session/planted-console.ts',
    `console.log('planted');\nexport {};`,
    'no-restricted-globals',
  ),
  offence('lint', 'src/core/mm/planted-import.ts', `import 'node:fs';`, 'no-restricted-imports'),
  offence('lint', 'src/session/planted-import.ts', `import 'fs';`, 'no-restricted-imports'),
  offence('lint', 'src/protocol/planted-import.ts', `import 'vscode';`, 'no-restricted-imports'),
  offence(
    'lint',
    'webview/layout/planted-dom.ts',
    `${doc}export const planted = document.title;`,
    'no-restricted-globals',
  ),

  // lint: addresses
  ...[
    'addr & 0xfff',
    'addr | 1',
    'addr ^ 1',
    'addr << 1',
    'addr >> 12',
    'addr >>> 12',
    '~addr',
    '1 & addr',
  ].map((expression, i) =>
    offence(
      'lint',
      `src/core/mm/planted-bits-${String(i)}.ts`,
      `import type { Address } from '../../base/address.ts';\n${doc}export function planted(addr: Address): number {\n  return ${expression};\n}`,
      'atlas/no-bit-operators-on-address',
    ),
  ),

  // lint: types and form
  offence(
    'lint',
    'src/base/planted-any.ts',
    `${doc}export const planted = (value: any): number => Number(value);`,
    'no-explicit-any',
  ),
  offence(
    'lint',
    'src/core/mm/planted-non-null.ts',
    `${doc}export const planted = (value: number | undefined): number => value!;`,
    'no-non-null-assertion',
  ),
  offence('lint', 'src/base/planted-default.ts', `export default 1;`, 'no-restricted-syntax'),
  offence(
    'lint',
    'src/base/planted-equal.ts',
    `${doc}export const planted = (a: number, b: number): boolean => a == b;`,
    'eqeqeq',
  ),
  offence(
    'lint',
    'src/base/planted-switch.ts',
    `${doc}export function planted(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n      break;\n  }\n}`,
    'switch-exhaustiveness-check',
  ),
  offence(
    'lint',
    'src/extension/planted-promise.ts',
    `${doc}export function planted(): void {\n  Promise.resolve();\n}`,
    'no-floating-promises',
  ),
  offence(
    'lint',
    'src/core/mm/planted-undocumented.ts',
    `export function planted(): void {}`,
    'jsdoc/require-jsdoc',
  ),
  offence(
    'lint',
    'src/core/mm/planted-wordless.ts',
    `/** @returns nothing */\nexport function planted(): void {}`,
    'jsdoc/require-description',
  ),
  offence(
    'lint',
    'src/core/mm/planted-typed.ts',
    `/**\n * Planted.\n *\n * @param {number} a - typed\n */\nexport function planted(a: number): void {\n  void a;\n}`,
    'jsdoc/no-types',
  ),
  offence(
    'lint',
    'src/base/planted-disable.ts',
    `// eslint-disable-next-line eqeqeq\n${doc}export const planted = 1;`,
    'Unused eslint-disable',
  ),

  // lint: the webview
  offence(
    'lint',
    'webview/planted-style.ts',
    'import { html } from \'lit\';\nexport const planted = html`<p style="color: red"></p>`;',
    'no-restricted-syntax',
  ),
  offence(
    'lint',
    'webview/planted-style-map.ts',
    `export { styleMap } from 'lit/directives/style-map.js';`,
    'no-restricted-imports',
  ),
  offence('lint', 'webview/planted-host.ts', `acquireVsCodeApi();\nexport {};`, 'no-restricted-globals'),
  offence(
    'lint',
    'webview/planted-binding.ts',
    "import { html } from 'lit';\nexport const planted = html`<p ${'id'}=\"a\"></p>`;",
    'lit/binding-positions',
  ),
  offence(
    'lint',
    'webview/planted-element.ts',
    `export class Planted extends HTMLElement {\n  constructor() {\n    super();\n    this.innerHTML = 'planted';\n  }\n}\ncustomElements.define('planted', Planted);`,
    'wc/',
  ),

  // lint: tests
  offence(
    'lint',
    'test/unit/planted-only.test.ts',
    `it.only('is alone', () => undefined);`,
    'no-restricted-syntax',
  ),
  offence(
    'lint',
    'test/unit/planted-skip.test.ts',
    `describe.skip('is left out', () => undefined);`,
    'no-restricted-syntax',
  ),

  // layers: an arrow that the table has not, for each row
  ...[
    ['src/base', 'src/core/target'],
    ['src/core/text', 'src/core/source'],
    ['src/core/source', 'src/core/syntax'],
    ['src/core/target', 'src/core/trace'],
    ['src/core/trace', 'src/core/mm'],
    ['src/core/syntax', 'src/core/sema'],
    ['src/core/sema', 'src/core/image'],
    ['src/core/image', 'src/core/codegen'],
    ['src/core/codegen', 'src/core/mm'],
    ['src/core/mm', 'src/core/malloc'],
    ['src/core/malloc', 'src/core/mm'], // kernel.ts only
    ['src/core/libc', 'src/core/process'],
    ['src/core/process', 'src/session'],
    ['src/protocol', 'src/core/target'],
    ['src/session', 'src/extension'],
    ['src/worker', 'src/extension'],
    ['src/extension', 'webview'],
    ['src/cli', 'src/extension'],
    ['webview', 'src/core/target'],
    ['webview', 'src/session'],
    ['webview/layout', 'webview'],
    ['webview/zoom', 'webview/components'],
  ].map(([from = '', to = '']) => {
    const up = from
      .split('/')
      .map(() => '..')
      .join('/');
    const name = `planted-to-${to.replaceAll('/', '-')}.ts`;
    return offence('layers', `${from}/${name}`, `import '${up}/${to}/planted-target.ts';`, `layer ${from}`);
  }),
  offence('layers', 'webview/layout/planted-lit.ts', `import 'lit';`, 'layer webview/layout'),
  offence('layers', 'src/core/mm/planted-lit.ts', `import 'lit';`, 'layer src/core/mm'),
  offence('layers', 'src/core/mm/planted-builtin.ts', `import 'node:fs';`, 'layer src/core/mm'),
  offence('layers', 'src/session/planted-editor.ts', `import type {} from 'vscode';`, 'layer src/session'),
  offence('layers', 'src/cli/planted-test.ts', `import '../../test/support/planted.ts';`, 'layer src/cli'),
  offence(
    'layers',
    'src/core/planted-folder/planted.ts',
    `import '../../base/address.ts';`,
    'core has its folders',
  ),
  offence('layers', 'src/base/planted-circle-2.ts', `import './planted-circle.ts';`, 'no circular import'),

  // format, texts
  offence('format', 'src/base/planted-form.ts', `export const planted   =  "1"`, 'src/base/planted-form.ts'),
];

/** Files that the offences need, and that are none themselves. */
const bystanders = {
  'src/base/planted-circle.ts': `import './planted-circle-2.ts';`,
  'test/support/planted.ts': 'export {};',
};

/**
 * @param {Offence['step']} step
 * @param {string} file
 * @param {string} text
 * @param {string} named
 * @returns {Offence}
 */
function offence(step, file, text, named) {
  return { step, file, text: `${text}\n`, named };
}

/**
 * Whether a step's output names a rule for a file: ESLint prints the file once above its findings, the others in the
 * same line.
 *
 * @param {string} output
 * @param {Offence} offence
 */
function isNamed(output, { step, file, named }) {
  if (step !== 'lint') return output.split('\n').some((line) => line.includes(file) && line.includes(named));
  const blocks = output.split(/\n\s*\n/);
  return blocks.some((block) => {
    const [head = '', ...findings] = block.trim().split('\n');
    return (
      head.replaceAll('\\', '/').endsWith(`/${file}`) && findings.some((finding) => finding.includes(named))
    );
  });
}

/** @returns {string} a copy of the project without what is made or installed */
function copyProject() {
  const copy = temporaryFolder('prove');
  const left = new Set(['node_modules', '.git', 'dist', 'out', '.hosts']);
  cpSync(root, copy, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !left.has(path.slice(root.length + 1)),
  });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), isWindows ? 'junction' : 'dir');
  return copy;
}

/**
 * @param {string} folder
 * @param {string} file
 * @param {string} text
 */
function plant(folder, file, text) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** @type {string[]} */
const missed = [];
let proved = 0;

/**
 * @param {string} what
 * @param {boolean} wentRed
 */
function record(what, wentRed) {
  process.stdout.write(`  ${wentRed ? '✔' : '✖'} ${what}\n`);
  if (wentRed) proved += 1;
  else missed.push(what);
}

await ensureNodeModules();

const copy = copyProject();
for (const { file, text } of offences) plant(copy, file, text);
for (const [file, text] of Object.entries(bystanders)) plant(copy, file, `${text}\n`);
for (const folder of [
  'src/core/mm',
  'src/core/target',
  'src/core/source',
  'src/core/syntax',
  'src/core/trace',
]) {
  plant(copy, `${folder}/planted-target.ts`, 'export {};\n');
}
for (const folder of [
  'src/core/sema',
  'src/core/image',
  'src/core/codegen',
  'src/core/malloc',
  'src/core/process',
]) {
  plant(copy, `${folder}/planted-target.ts`, 'export {};\n');
}
for (const folder of ['src/session', 'src/extension', 'webview']) {
  plant(copy, `${folder}/planted-target.ts`, 'export {};\n');
}

for (const step of /** @type {const} */ (['types', 'lint', 'layers', 'format'])) {
  process.stdout.write(`${step}\n`);
  const { status, output } = await run(process.execPath, ['scripts/check.mjs', step], {
    cwd: copy,
    quiet: true,
  });
  if (status === 0) missed.push(`${step} stayed green`);
  for (const offence of offences.filter((one) => one.step === step)) {
    record(`${offence.named}: ${offence.file}`, isNamed(output, offence));
  }
}

process.stdout.write('texts\n');
/** @type {[string, string, (table: Record<string, string>) => void, string][]} */
const textOffences = [
  [
    'a text that one language lacks',
    'package.nls.zh-cn.json',
    (table) => delete table['displayName'],
    'lacks',
  ],
  ['a text that nobody uses', 'package.nls.json', (table) => (table['planted'] = 'planted'), 'does not use'],
  ['other placeholders', 'package.nls.zh-cn.json', (table) => (table['displayName'] = '{0}'), 'placeholders'],
  ['an empty text', 'package.nls.zh-cn.json', (table) => (table['displayName'] = ''), 'is empty'],
];
for (const [what, file, change, named] of textOffences) {
  const original = readFileSync(join(root, file), 'utf8');
  const table = JSON.parse(original);
  change(table);
  writeFileSync(join(copy, file), JSON.stringify(table));
  const { status, output } = await run(process.execPath, ['scripts/check-texts.mjs'], {
    cwd: copy,
    quiet: true,
  });
  record(what, status !== 0 && output.includes(named));
  writeFileSync(join(copy, file), original);
}

process.stdout.write('bundles\n');
/** @type {[string, string, string, string][]} */
const bundleOffences = [
  ['a Node built-in in the web bundle', 'src/extension/extension-web.ts', `import 'node:fs';`, 'node:fs'],
  ['a Node built-in in the web worker', 'src/worker/web-worker.ts', `import 'fs';`, '"fs"'],
  ['a Node built-in in the engine', 'src/worker/run.ts', `import 'node:fs';`, 'imports node:fs'],
  [
    'vscode in the webview',
    'webview/main.ts',
    `import { window } from 'vscode';\nconsole.log(window);`,
    '"vscode"',
  ],
  [
    'the core in the webview',
    'webview/main.ts',
    `export { planted } from '../src/core/mm/planted-clock.ts';`,
    'contains src/core/mm/planted-clock.ts',
  ],
  [
    'a stray package in the command line',
    'src/cli/main.ts',
    `export { check } from 'fast-check';`,
    'contains the package fast-check',
  ],
  [
    'lit in the extension',
    'src/extension/extension.ts',
    `export { html } from 'lit';`,
    'contains the package lit',
  ],
];
for (const [what, file, text, named] of bundleOffences) {
  const original = readFileSync(join(copy, file), 'utf8');
  writeFileSync(join(copy, file), `${text}\n`);
  const { status, output } = await run(process.execPath, ['esbuild.mjs'], { cwd: copy, quiet: true });
  record(what, status !== 0 && output.includes(named));
  writeFileSync(join(copy, file), original);
}

process.stdout.write(`\n${String(proved)} offences went red, ${String(missed.length)} did not\n`);
for (const what of missed) process.stdout.write(`  not noticed: ${what}\n`);
process.exit(missed.length === 0 ? 0 : 1);
