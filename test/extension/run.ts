/**
 * Runs the suite inside the extension host of the desktop program or of the VS Code server.
 *
 * esbuild.mjs bundles every `*.test.ts` of this folder with this file; `run` of that bundle is what VS Code calls. So
 * a test file only has to exist: `describe` and `it` are there, `vscode` is the real one.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import Mocha from 'mocha';

/**
 * Runs the tests that `load` declares.
 *
 * @throws Error when one fails: VS Code then ends with a failure
 */
export async function runSuite(load: () => void): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: 'base' });
  mocha.suite.emit('pre-require', globalThis, 'index', mocha);
  load();
  const lines: string[] = [];
  const counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => {
      resolve();
    });
    runner.on('pass', (test) => {
      counts.passed += 1;
      lines.push(`  ✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      counts.skipped += 1;
      lines.push(`  - ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error: unknown) => {
      counts.failed += 1;
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      lines.push(`  ✖ ${test.fullTitle()}`, ...text.split('\n').map((line) => `      ${line}`));
    });
  });
  const results = process.env.MEMORY_ATLAS_RESULTS;
  if (results === undefined) console.log(lines.join('\n'));
  else writeFileSync(results, JSON.stringify({ ...counts, lines }));
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed`);
}
