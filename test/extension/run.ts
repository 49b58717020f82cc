/**
 * Runs the suite inside the extension host of the desktop program or of the VS Code server.
 *
 * esbuild.mjs bundles every `*.test.ts` of this folder with this file; `run` of that bundle is what VS Code calls. So
 * a test file only has to exist: `describe` and `it` are there, `vscode` is the real one.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import Mocha from 'mocha';
import { collectResults, failOnFailures } from '../support/collect-results.ts';

/**
 * Runs the tests that `load` declares.
 *
 * @throws Error when one fails: VS Code then ends with a failure
 */
export async function runSuite(load: () => void): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, reporter: 'base' });
  mocha.suite.emit('pre-require', globalThis, 'index', mocha);
  load();
  const results = await collectResults(mocha);
  const file = process.env.MEMORY_ATLAS_RESULTS;
  if (file === undefined) console.log(results.lines.join('\n'));
  else writeFileSync(file, JSON.stringify(results));
  failOnFailures(results);
}
