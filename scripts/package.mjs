/**
 * Makes the .vsix and compares the list of its files with the recorded one.
 *
 *   npm run package                     memory-atlas-VERSION.vsix
 *   UPDATE_GOLDEN=1 npm run package     records the list anew
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { ensureNodeModules } from './support/install.mjs';
import { root, run, tool } from './support/process.mjs';

const golden = join(root, 'test/golden/vsix-files.txt');

/**
 * The names in a zip file, read from its central directory.
 *
 * @param {string} path
 * @returns {string[]} sorted
 */
function namesInZip(path) {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error(`${path} is not a zip file`);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const names = [];
  for (let i = 0; i < count; i++) {
    const nameLength = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names.filter((name) => !name.endsWith('/')).sort();
}

/**
 * @param {string} text
 * @returns {never}
 */
function giveUp(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

await ensureNodeModules();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const target = join(root, `${manifest.name}-${manifest.version}.vsix`);
if ((await run(process.execPath, ['esbuild.mjs', '--package'])).status !== 0) giveUp('The build failed.');
const packed = await tool(
  '@vscode/vsce/vsce',
  [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--skip-license',
    '--out',
    target,
  ],
  { quiet: true },
);
if (packed.status !== 0) giveUp(`vsce failed:\n${packed.output}`);

const names = namesInZip(target);
const list = `${names.join('\n')}\n`;
if (names.some((name) => name.includes('node_modules/'))) giveUp('The package contains node_modules.');
if (process.env['UPDATE_GOLDEN'] === '1' && !process.env['CI']) {
  mkdirSync(dirname(golden), { recursive: true });
  writeFileSync(golden, list);
} else if (!existsSync(golden) || readFileSync(golden, 'utf8') !== list) {
  const recorded = existsSync(golden) ? readFileSync(golden, 'utf8').split('\n').filter(Boolean) : [];
  const added = names.filter((name) => !recorded.includes(name)).map((name) => `+ ${name}`);
  const gone = recorded.filter((name) => !names.includes(name)).map((name) => `- ${name}`);
  giveUp(
    `The package holds other files than test/golden/vsix-files.txt says:\n${[...added, ...gone].join('\n')}\n` +
      'If this is meant: UPDATE_GOLDEN=1 npm run package',
  );
}
const limitKib = 1536;
const kib = Math.ceil(readFileSync(target).length / 1024);
process.stdout.write(`${target}  ${String(names.length)} files, ${String(kib)} KiB\n`);
if (kib > limitKib) giveUp(`That is more than ${String(limitKib)} KiB.`);
