import assert from 'node:assert/strict';
import type { RunInputs } from '../../../src/protocol/messages.ts';
import { readSharedRun, writeSharedRun } from '../../../src/session/shared-run.ts';

const inputs: RunInputs = {
  files: [{ name: 'a.c', text: 'int main(void) { return 0; }' }],
  headers: [],
  args: ['x y'],
  environment: ['GLIBC_TUNABLES=glibc.malloc.tcache_count=0'],
  stdin: 'line\n',
  stdoutKind: 'terminal',
  programPath: './a',
  target: 'i386',
  glibc: '2.31',
  machine: { randomSeed: 7 },
  limits: { fuel: 5, memoryBytes: 5, outputBytes: 5, events: 5 },
};

describe('a run in a link', () => {
  it('comes back with everything but the limits', () => {
    const { limits: _, ...shared } = inputs;
    assert.deepEqual(readSharedRun(writeSharedRun({ inputs, event: 12 })), { inputs: shared, event: 12 });
  });

  it('refuses what is no run', () => {
    const text = writeSharedRun({ inputs, event: 12 });
    const damaged = [
      '',
      '{',
      'null',
      '7',
      text.replace('"version":1', '"version":2'),
      text.replace('"event":12', '"event":-1'),
      text.replace('"event":12', '"event":1.5'),
      text.replace('"2.31"', '"9.99"'),
      text.replace('"i386"', '"vax"'),
      text.replace('[{"name":"a.c"', '[{"name":5'),
      text.replace(/"files":\[.*?\]/, '"files":[]'),
    ];
    for (const one of damaged) assert.equal(readSharedRun(one), undefined, one);
  });
});
