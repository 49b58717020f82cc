/**
 * The tables of settings in README.md and README.zh-CN.md, made of the manifest and its texts.
 *
 *   npm run readme    writes both tables anew
 *
 * `npm run check -- texts` fails where a table is not what the manifest says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const begin = '<!-- settings -->';
const end = '<!-- end of settings -->';

/** Each README with the texts of its language and the heads of its columns. */
const pages = [
  { file: 'README.md', texts: 'package.nls.json', heads: ['setting', 'default', ''] },
  { file: 'README.zh-CN.md', texts: 'package.nls.zh-cn.json', heads: ['设置', '默认值', ''] },
];

/**
 * @typedef {object} Setting
 * @property {unknown} default
 * @property {string} [description]
 * @property {string} [markdownDescription]
 */

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/**
 * @param {Record<string, string>} texts of the manifest in one language
 * @param {readonly string[]} heads
 * @returns {string}
 */
function table(texts, heads) {
  const { configuration } = readJson('package.json').contributes;
  /** @type {[string, Setting][]} */
  const settings = [configuration].flat().flatMap((group) => Object.entries(group.properties));
  const rows = settings.map(([name, setting]) => {
    const key = (setting.markdownDescription ?? setting.description ?? '').slice(1, -1);
    const text = (texts[key] ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ');
    return `| \`${name}\` | \`${JSON.stringify(setting.default)}\` | ${text} |`;
  });
  return [`| ${heads.join(' | ')} |`, '| --- | --- | --- |', ...rows].join('\n');
}

/**
 * The pages as they should be.
 *
 * @returns {{ file: string, is: string, shouldBe: string }[]}
 */
export function settingsPages() {
  return pages.map(({ file, texts, heads }) => {
    const is = readFileSync(join(root, file), 'utf8');
    const from = is.indexOf(begin);
    const to = is.indexOf(end);
    if (from < 0 || to < from) throw new Error(`${file} has no place for its settings (${begin} … ${end})`);
    const shouldBe = `${is.slice(0, from)}${begin}\n\n${table(readJson(texts), heads)}\n\n${is.slice(to)}`;
    return { file, is, shouldBe };
  });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const { file, is, shouldBe } of settingsPages())
    if (is !== shouldBe) writeFileSync(join(root, file), shouldBe);
}
