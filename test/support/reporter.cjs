/**
 * Mocha reporter for `npm test`: prints what runs, and writes the counts where scripts/test.mjs adds them up.
 */
'use strict';
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

const Printer = process.env.MEMORY_ATLAS_VERBOSE === '0' ? Mocha.reporters.Dot : Mocha.reporters.Spec;

module.exports = class CountingReporter extends Printer {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.MEMORY_ATLAS_RESULTS;
    if (file === undefined) return;
    const failed = new Set();
    runner.on('fail', ({ file: of }) => of !== undefined && failed.add(of));
    runner.once('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = this.stats;
      writeFileSync(
        file,
        JSON.stringify({ passed: passes, failed: failures, skipped: pending, failedFiles: [...failed] }),
      );
    });
  }
};
