/** A trace without a recording starts where the recorder's program starts, and gives the recorder's lines. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { operationOfRecord } from '../../../../src/session/replay/check-recording.ts';
import { headersOf, replayTrace } from '../../../../src/session/replay/replay-trace.ts';
import { startStateFor } from '../../../../src/session/replay/start-states.ts';
import { TraceError, parseTrace } from '../../../../src/session/replay/trace.ts';

const golden = join(import.meta.dirname, '../../../oracle/golden');

/** The lines of a recording, and a trace with its operations. */
function recording(file: string, head: string): { lines: string[]; source: string } {
  const lines = gunzipSync(readFileSync(join(golden, file)))
    .toString()
    .trim()
    .split('\n')
    .slice(0, 60);
  const operations = lines.slice(1).map((line) => operationOfRecord(line).operation);
  return { lines, source: `${head}\n${operations.join('\n')}\n` };
}

describe('replaying a trace', function () {
  this.timeout(20_000);
  for (const [glibc, arch, family] of [
    ['2.36', 'x86_64', 'mixed'],
    ['2.36', 'i386', 'realloc'],
    ['2.27', 'x86_64', 'mixed'],
    ['2.44', 'x86_64', 'mixed'],
    ['2.44', 'i386', 'mixed'],
  ] as const) {
    it(`gives the recorded lines from the release's start state (${glibc} ${arch})`, () => {
      const file = `${glibc}-${arch}/${family}-2.ndjson.gz`;
      const { lines, source } = recording(file, `meta family ${family}\nmeta seed 2`);
      const trace = parseTrace(source);
      assert.deepEqual([...replayTrace(trace, startStateFor(glibc, arch, trace))], lines);
    });
  }

  it('applies the tunables of the trace, also in its header', () => {
    const head = 'meta family tunables\nmeta seed 2\ntunable glibc.malloc.tcache_max=128';
    for (const libc of ['2.36-x86_64', '2.43-x86_64']) {
      const { lines, source } = recording(`${libc}/tunables-2.ndjson.gz`, head);
      const trace = parseTrace(source);
      const [glibc = ''] = libc.split('-');
      assert.deepEqual([...replayTrace(trace, startStateFor(glibc, 'x86_64', trace))], lines);
    }
  });

  it('takes the start states from the header lines of a recording', () => {
    const text = gunzipSync(readFileSync(join(golden, '2.41-x86_64/bad-0.ndjson.gz'))).toString();
    const headers = headersOf(text);
    const trace = parseTrace(
      'bad\nreset one\nmalloc 0 24\nfree 0\nfree 0\nmalloc 1 8\nreset two\nmalloc 0 24\n',
    );
    const lines = [...replayTrace(trace, startStateFor('2.41', 'x86_64', trace), headers)];
    assert.equal(lines[0], headers[0]);
    assert.match(lines[3] ?? '', /double free detected in tcache 2/);
    assert.equal(lines[4], headers[1]);
    assert.equal(lines.length, 6);
  });

  it('names the line that is no operation', () => {
    assert.throws(
      () => parseTrace('malloc 0 1\nmalloc 0\n'),
      (error) => error instanceof TraceError && error.line === 2,
    );
  });
});
