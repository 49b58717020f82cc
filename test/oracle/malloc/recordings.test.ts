/**
 * Every recorded allocation trace, replayed: each record must equal the recorded one, character by character.
 *
 * The recordings (test/oracle/golden/LIBC/FAMILY-SEED.ndjson.gz) hold what real glibc and Linux did: results, system
 * calls, page faults, resident pages, top, thresholds, and at checkpoints all lists, all chunks, all VMAs and the
 * CRC-32 of every resident page. Address-space traces (vm) have a suite of their own.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkRecording } from '../../../src/session/replay/check-recording.ts';

const golden = join(import.meta.dirname, '../golden');

/**
 * Records that may differ, with the reason: `LIBC/FILE scenario index`.
 *
 * The recorder follows a corrupted tcache link into the code of ld.so, whose bytes are not modelled (they read as zero).
 */
const knownDifferences = new Set([
  '2.43-i386/bad-0.ndjson.gz realloc_after_free check',
  '2.44-i386/bad-0.ndjson.gz realloc_after_free check',
]);

describe('recorded allocation traces', function () {
  this.timeout(120_000);
  for (const libc of readdirSync(golden).sort()) {
    describe(libc, () => {
      for (const file of readdirSync(join(golden, libc)).sort()) {
        if (file.startsWith('vm-')) continue;
        it(`equals ${file}`, () => {
          const text = gunzipSync(readFileSync(join(golden, libc, file))).toString();
          const { records, differences } = checkRecording(text);
          const unknown = differences.filter(
            ({ scenario, operation }) =>
              !knownDifferences.has(`${libc}/${file} ${scenario ?? ''} ${operation}`),
          );
          assert.ok(records > 0);
          const [first] = unknown;
          if (first !== undefined)
            assert.equal(
              first.actual,
              first.expected,
              `${libc}/${file}:${first.line} ${first.scenario ?? ''}`,
            );
        });
      }
    });
  }
});
