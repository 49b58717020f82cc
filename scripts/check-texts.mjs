/**
 * Compares the tables of both languages: same keys, same placeholders, and every key of the manifest exists.
 *
 * The tables of the engine (src/core/text) are TypeScript and compared by the compiler; these are the JSON ones:
 * package.nls*.json for the manifest and l10n/bundle.l10n*.json for the extension. The READMEs' tables of settings are
 * compared with the manifest.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { settingsPages } from './readme-settings.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** @type {string[]} */
const problems = [];

/**
 * @param {string} file
 * @returns {Record<string, unknown> | undefined} undefined when it cannot be read, which is then a problem
 */
function read(file) {
  const path = join(root, file);
  if (!existsSync(path)) {
    problems.push(`${file} is missing`);
    return undefined;
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/**
 * @param {unknown} value a text, or an object with the text in `message`
 * @returns {string}
 */
function textOf(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'message' in value) return String(value.message);
  return '';
}

/** @param {string} text */
const placeholders = (text) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join(' ');

/**
 * @param {string} english
 * @param {string} translated
 */
function compare(english, translated) {
  const source = read(english);
  const target = read(translated);
  if (source === undefined || target === undefined) return;
  for (const key of Object.keys(source)) {
    if (!(key in target)) problems.push(`${translated} lacks ${JSON.stringify(key)}`);
    else if (placeholders(textOf(source[key])) !== placeholders(textOf(target[key]))) {
      problems.push(`${translated}: ${JSON.stringify(key)} has other placeholders than ${english}`);
    } else if (textOf(target[key]).trim() === '')
      problems.push(`${translated}: ${JSON.stringify(key)} is empty`);
  }
  for (const key of Object.keys(target)) {
    if (!(key in source)) problems.push(`${translated} has ${JSON.stringify(key)}, which ${english} has not`);
  }
}

compare('package.nls.json', 'package.nls.zh-cn.json');
compare('l10n/bundle.l10n.json', 'l10n/bundle.l10n.zh-cn.json');

const manifestTexts = read('package.nls.json') ?? {};
const manifest = readFileSync(join(root, 'package.json'), 'utf8');
const used = new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? ''));
for (const key of used) {
  if (!(key in manifestTexts))
    problems.push(`package.nls.json lacks ${JSON.stringify(key)}, used by package.json`);
}
for (const key of Object.keys(manifestTexts)) {
  if (!used.has(key))
    problems.push(`package.nls.json has ${JSON.stringify(key)}, which package.json does not use`);
}

for (const { file, is, shouldBe } of settingsPages())
  if (is !== shouldBe) problems.push(`${file}: the table of settings is not the manifest's; npm run readme`);

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
