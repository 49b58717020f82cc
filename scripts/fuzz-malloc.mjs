/** Compares the simulated malloc with this machine's own: `npm run fuzz:malloc -- --traces 2000 --ops 500 --seed 1`. */
import { join } from 'node:path';
import process from 'node:process';
import { ensureNodeModules } from './support/install.mjs';
import { root, run } from './support/process.mjs';

await ensureNodeModules();
const main = join(root, 'test/support/live-malloc/main.ts');
const { status } = await run(process.execPath, ['--import=tsx', main, ...process.argv.slice(2)]);
process.exit(status);
