/** The command `replay` as a process: what it prints, and that it prints nothing when its input is wrong. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { gunzipSync, gzipSync } from 'node:zlib';
import { isHeaderLine, operationOfRecord, parseHeader } from '../../../src/session/replay/check-recording.ts';

const root = join(import.meta.dirname, '../../..');
const golden = join(root, 'test/oracle/golden');

function replay(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const entry = join(root, 'src/cli/main.ts');
  return spawnSync(process.execPath, ['--import=tsx', entry, 'replay', ...words], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
}

/** The trace that a recording was made from, as far as its lines tell. */
function traceOf(recording: string): string {
  const scenarios = recording.includes('"scenario"');
  const lines = recording.trimEnd().split('\n');
  const text = lines.map((line) => {
    if (!isHeaderLine(line)) return operationOfRecord(line).operation;
    return scenarios ? `reset ${parseHeader(line).scenario ?? ''}` : `# ${parseHeader(line).family ?? ''}`;
  });
  return `${scenarios ? 'bad\n' : ''}${text.join('\n')}\n`;
}

describe('the command replay', function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'memory-atlas-replay-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  for (const name of ['2.36-x86_64/mixed-1', '2.43-i386/realloc-2', '2.36-x86_64/corrupt-1']) {
    it(`prints the recorded lines with --as ${name}`, () => {
      const recording = join(golden, `${name}.ndjson.gz`);
      const expected = gunzipSync(readFileSync(recording)).toString();
      const trace = file('a.trace', traceOf(expected));
      const { status, stdout } = replay(trace, '--as', recording);
      assert.equal(status, 0);
      // A scenario that a signal ended is skipped up to the next reset, so indices agree only where nothing is skipped.
      const index = /^\{"i":\d+/;
      const strip = (text: string): string[] => text.split('\n').map((line) => line.replace(index, '{'));
      assert.deepEqual(strip(stdout), strip(expected));
    });
  }

  it('compares a recording with its replay and shows the first difference with the state around it', () => {
    const recording = join(golden, '2.36-x86_64/mixed-1.ndjson.gz');
    const same = replay('--check', recording);
    assert.equal(same.status, 0);
    assert.match(same.stdout, /records, all equal/);
    const lines = gunzipSync(readFileSync(recording)).toString().split('\n');
    const changed = lines.findIndex((line, i) => i > 20 && line.includes('"u":'));
    lines[changed] = (lines[changed] ?? '').replace('"u":', '"u":1');
    const other = replay('--check', file('changed.ndjson', lines.join('\n')));
    assert.equal(other.status, 1);
    assert.match(other.stdout, new RegExp(`changed\\.ndjson:${changed + 1}: error: \\w+ `));
    assert.match(other.stdout, /\n {2}u\n {4}recorded 1\d+\n {4}replayed \d+\n/);
    assert.match(other.stdout, /main_arena 0x/);
  });

  it('reads gzip, starts without a recording, dumps the arena', () => {
    const trace = file('g.trace', gzipSync('malloc 0 1\nmalloc 1 500\nfree 0\n'));
    const { status, stdout } = replay(trace, '--glibc', '2.29', '--state');
    assert.equal(status, 0);
    assert.match(stdout, /"r":"0x555555559260"/);
    assert.match(stdout, /tcache bin 0 \(count 1\): 0x555555559260/);
  });

  const wrong: readonly [says: string, trace: string, error: RegExp][] = [
    ['an unknown operation', 'malloc 0 1\nmallok 1 2\n', /:2: error: unknown operation mallok/],
    ['an id that was never allocated', 'malloc 0 1\n\nfree 3\n', /:3: error: id 3 was never allocated/],
    ['a size out of range', 'malloc 0 18446744073709551616\n', /:1: error: number out of range/],
    ['a negative size out of range', 'malloc 0 -9223372036854775809\n', /:1: error: number out of range/],
    ['an id out of range', 'malloc 4000001 1\n', /:1: error: id out of range/],
    ['an operation that breaks off', 'malloc 0 1\nmalloc 1', /:2: error: missing argument/],
    ['a block freed twice', 'malloc 0 1\nfree 0\nfree 0\n', /:3: error: id 0 is freed twice/],
    ['a bad address', 'bad\nmalloc 0 1\nfreeat @0+\n', /:3: error: bad address/],
  ];
  for (const [says, trace, error] of wrong) {
    it(`refuses ${says} and prints no record`, () => {
      const { status, stdout, stderr } = replay(file('wrong.trace', trace));
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.match(stderr, error);
    });
  }

  it('refuses a gzip file that breaks off', () => {
    const whole = gzipSync(
      Array.from({ length: 5000 }, (_, i) => `malloc ${i} ${(i * 7919) % 5000}\n`).join(''),
    );
    const { status, stdout, stderr } = replay(file('cut.gz', whole.subarray(0, whole.length / 2)));
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /cut\.gz:\d+: error: the gzip data break off/);
  });
});
