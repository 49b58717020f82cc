/**
 * Runs the benchmarks of bench/ one after the other: `npm run bench`, `npm run bench -- malloc vma`.
 *
 * Each is bundled and minified first, as the product ships.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ensureNodeModules } from './support/install.mjs';
import { root, run } from './support/process.mjs';

const ending = '.bench.ts';
const folder = join(root, 'bench');
const known = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith(ending))
      .map((file) => file.slice(0, -ending.length))
      .sort()
  : [];
const names = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const options = process.argv.slice(2).filter((arg) => arg.startsWith('-'));
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0 || known.length === 0) {
  process.stderr.write(
    `No such benchmark: ${unknown.join(', ')}. There are: ${known.join(', ') || 'none'}\n`,
  );
  process.exit(2);
}
await ensureNodeModules();
const { build } = await import('esbuild');
let failed = 0;
for (const name of names.length === 0 ? known : names) {
  process.stdout.write(`\n== ${name}\n`);
  const bundle = join(root, 'out', 'bench', `${name}.mjs`);
  await build({
    entryPoints: [join(folder, `${name}${ending}`)],
    outfile: bundle,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    loader: { '.c': 'text', '.h': 'text' },
    define: { 'import.meta.dirname': JSON.stringify(folder) },
    logLevel: 'warning',
  });
  const { status } = await run(process.execPath, [bundle, ...options]);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
