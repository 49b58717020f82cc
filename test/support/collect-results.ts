/** What the suites in extension hosts report, for scripts/test.mjs. */

export interface SuiteResults {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A line a test, with the stack of those that failed. */
  readonly lines: readonly string[];
}

/** Runs the tests that are declared, and collects how they end. */
export async function collectResults(mocha: { run(done: () => void): Mocha.Runner }): Promise<SuiteResults> {
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
  return { ...counts, lines };
}

/** @throws Error when a test failed: the extension host then ends with a failure */
export function failOnFailures({ failed }: SuiteResults): void {
  if (failed > 0) throw new Error(`${failed} tests failed`);
}
