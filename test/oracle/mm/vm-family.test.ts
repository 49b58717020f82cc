/** The address space against recordings of the real kernel: every op, every field, to the checksum of each mapping. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Header, Rec } from './vm-replay.ts';
import { VmReplay } from './vm-replay.ts';

const golden = new URL('../golden/', import.meta.url);

const recordings = readdirSync(golden).flatMap((libc) =>
  readdirSync(new URL(`${libc}/`, golden))
    .filter((name) => name.startsWith('vm-'))
    .map((name) => `${libc}/${name}`),
);

function readRecording(name: string): { header: Header; records: Rec[] } {
  const text = gunzipSync(readFileSync(new URL(name, golden))).toString('utf8');
  const [header, ...records] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  return { header: header as Header, records: records as Rec[] };
}

describe('recordings of the family vm', () => {
  it('finds recordings', () => {
    assert.ok(recordings.length >= 9);
  });

  for (const name of recordings) {
    it(`agrees with ${name}`, () => {
      const { header, records } = readRecording(name);
      const replay = new VmReplay(header);
      assert.deepEqual(replay.headerMaps(), header.maps);
      for (const expected of records) {
        const actual = replay.step(expected.i, expected.o);
        // malloc's state is not the mm's.
        const { s: _s, ...comparable } = expected;
        assert.deepEqual(actual, comparable, `op ${expected.i}: ${expected.o}`);
        replay.memory.addressSpace.checkInvariants();
      }
    }).timeout(60_000);
  }
});
