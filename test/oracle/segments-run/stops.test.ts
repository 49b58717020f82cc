/**
 * The run-time stops of the recorded segment cases: frames, addresses, values, what each pointer points to.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compareStop } from './compare-stop.ts';
import { knownDifferences } from './known-differences.ts';
import { readCase, runToStops } from './run-to-stops.ts';

/** The common recordings, and some of kinds that they do not have, recorded in the same way. */
const folders = ['../segments/cases/', './cases/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
const cases = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.c'))
    .map((file) => ({ folder, name: file.slice(0, -2) }))
    .filter(({ name }) => readCase(folder, name).runtime.length > 0),
);

describe('stops of the recorded programs', () => {
  const total = { stops: 0, recordedStops: 0, compared: 0, equal: 0 };
  for (const { folder, name } of cases) {
    it(`${name}: everything is as gdb saw it`, function () {
      this.timeout(30_000);
      const recorded = readCase(folder, name);
      const differences: string[] = [];
      let reached = 0;
      let visited = 0;
      const { status } = runToStops(name, recorded, (found) => {
        // A line of several statements has several places to stop at, for the debugger; for us it has one.
        while (reached < recorded.runtime.length && recorded.runtime[reached]?.line !== found.line)
          reached += 1;
        const wanted = recorded.runtime[reached];
        reached += 1;
        visited += 1;
        if (wanted === undefined) {
          differences.push(`${name}: a stop too many in line ${String(found.line)}`);
          return;
        }
        const result = compareStop(found, wanted, `${name}:${String(wanted.line)}`);
        total.compared += result.compared;
        total.equal += result.equal;
        if (result.differences.length === 0) total.stops += 1;
        differences.push(...result.differences);
      });
      total.recordedStops += recorded.runtime.length;
      if (visited !== recorded.runtime.length)
        differences.push(`${name}: ${String(visited)} stops of ${String(recorded.runtime.length)}`);
      if (status !== String(recorded.run.exit))
        differences.push(`${name}: ends with ${status}, recorded ${String(recorded.run.exit)}`);
      const known = knownDifferences.get(name)?.differences ?? [];
      for (const one of known)
        if (!differences.includes(one))
          console.warn(`      no longer different, take it off the list: ${one}`);
      assert.deepEqual(
        differences.filter((one) => !known.includes(one)),
        [],
      );
    });
  }
  after(() => {
    const { stops, recordedStops, compared, equal } = total;
    console.log(`      stops all equal: ${stops} of ${recordedStops}; fields: ${equal} of ${compared}`);
  });
});
