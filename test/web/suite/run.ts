/**
 * Runs the suite inside the web extension host: a worker of the browser, without Node.
 *
 * esbuild.mjs bundles every `*.test.ts` of this folder with this file. Test files use `describe` and `it`, the real
 * `vscode`, and test/web/suite/assert.ts in place of Node's.
 */
import 'mocha/mocha.js';
import { workspace } from 'vscode';
import { collectResults, failOnFailures } from '../../support/collect-results.ts';

/**
 * Runs the tests that `load` declares and prints the results for scripts/test.mjs.
 *
 * @throws Error when one fails: the workbench then ends with a failure
 */
export async function runSuite(load: () => void): Promise<void> {
  // The workspace's file system is an extension too; nothing can be opened before it is there.
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no folder is open');
  await workspace.fs.stat(folder.uri);

  mocha.setup({ ui: 'bdd', timeout: 30_000, reporter: silent as unknown as Mocha.ReporterConstructor });
  load();
  const results = await collectResults(mocha);
  console.log(`memory-atlas-results ${JSON.stringify(results)}`);
  failOnFailures(results);
}

/** Reporter that reports nothing: there is no page to write to. */
function silent(): void {}
