/** What the header of a recording must hold, before anything is replayed. */
import assert from 'node:assert/strict';
import { recordingLines } from '../../../../src/session/replay/check-recording.ts';
import { TraceError } from '../../../../src/session/replay/trace.ts';

const record = '{"i":0,"o":"malloc 0 24"}';
const libc = ['0x7ffff7fb1000', '0x7ffff7fb5000', 'rw-p', '0x0', 'libc.so.6'];
const kernel = ['0xffffffffff600000', '0xffffffffff601000', '--xp', '0x0', '[vsyscall]'];

function header(change: Readonly<Record<string, unknown>>): string {
  const whole = {
    ...{ format: 'heap-oracle/1', glibc: '2.36', arch: 'x86_64', tunables: {}, rlimits: {} },
    ...{ heap_start: '0x555555559000', main_arena: '0x7ffff7fb1c60', maps: [libc, kernel] },
    ...change,
  };
  return `${JSON.stringify(whole)}\n${record}\n`;
}

describe('the header of a recording', () => {
  it('is taken as recorders write it', () => {
    assert.equal(recordingLines(header({})).length, 2);
  });

  const wrong: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'a mapping that ends before it starts': { maps: [[libc[1], libc[0], 'rw-p', '0x0', ''], libc] },
    'mappings out of order': { maps: [libc, ['0x1000', '0x2000', 'rw-p', '0x0', '']] },
    'half a page': { maps: [['0x7ffff7fb1000', '0x7ffff7fb1c80', 'rw-p', '0x0', 'libc.so.6']] },
    'main_arena nowhere': { main_arena: '0x1000' },
    'a mapping without words': { maps: [libc, 5] },
    'pages that are no number': { maps: [[...libc, 'many', 0]] },
    'another architecture': { arch: 'arm64' },
    'a heap in the kernel': { heap_start: '0xffffffffff600000' },
  };
  for (const [what, change] of Object.entries(wrong))
    it(`is refused with ${what}`, () => {
      assert.throws(() => recordingLines(header(change)), TraceError);
    });
});
