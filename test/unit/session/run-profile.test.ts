import assert from 'node:assert/strict';
import { decodeUtf8 } from '../../../src/base/utf8.ts';
import { withMachineOption } from '../../../src/cli/machine-options.ts';
import type { MachineSwitches } from '../../../src/protocol/messages.ts';
import { runProfile } from '../../../src/session/run-profile.ts';
import { openSession } from '../../support/open-session.ts';

const program = `
#include <stdio.h>
#include <stdlib.h>
int global = 5;
static int deep(int n, int *p) { int here = n; return n == 0 ? *p : deep(n - 1, &here); }
int main(void) {
  int local = 1, (*call)(int, int *) = deep;
  printf("%p %p %p %p %d", (void *)&global, (void *)&local, malloc(10), (void *)main, call(3000, &local));
}`;

function output(machine: MachineSwitches): string {
  const { recording, trap } = openSession(program, { machine });
  assert.deepEqual(trap, { kind: 'exit', status: 0 });
  return recording
    .outputUpTo(recording.count - 1)
    .map((piece) => decodeUtf8(piece.bytes))
    .join('');
}

describe('the machine of a run', () => {
  it('does not randomise addresses unless it is asked to', () => {
    assert.match(output({}), /^0x55555555\w{4} 0x7fffffff\w{4} 0x55555555\w{4} 0x55555555\w{4} 1$/);
  });

  it('moves every region by a seed, and runs the same program there', () => {
    const [first, again, other] = [
      output({ randomSeed: 1 }),
      output({ randomSeed: 1 }),
      output({ randomSeed: 2 }),
    ];
    assert.equal(first, again);
    const [ours, theirs] = [first.split(' '), other.split(' ')];
    for (let word = 0; word < 4; word++) assert.notEqual(ours[word], theirs[word]);
    assert.equal(ours[4], '1');
    assert.match(first, /^0x5[56]\w{10} 0x7ff\w{9} 0x5[56]\w{10} 0x5[56]\w{10} 1$/);
  });

  it('takes limits and settings', () => {
    const machine: MachineSwitches = {
      hugePages: 'always',
      overcommit: 'strict',
      stackLimit: 'unlimited',
      dataLimit: 4096,
      ramBytes: 1 << 30,
      pagingLevels: 5,
    };
    const profile = runProfile({ target: 'x86_64', glibc: '2.36', machine });
    assert.equal(profile.hugePages, 'always');
    assert.equal(profile.overcommit, 'strict');
    assert.equal(profile.stackLimit, Infinity);
    assert.equal(profile.dataLimit, 4096);
    assert.equal(profile.ramBytes, 1 << 30);
    assert.equal(profile.pagingLevels, 5);
    assert.equal(profile.random.enabled, false);
  });

  it('is told by --machine', () => {
    assert.deepEqual(withMachineOption({ randomSeed: 3 }, 'stack=1024'), {
      randomSeed: 3,
      stackLimit: 1 << 20,
    });
    assert.deepEqual(withMachineOption({}, 'overcommit=2'), { overcommit: 'strict' });
    assert.deepEqual(withMachineOption({}, 'threads=7'), { threadSeed: 7 });
    assert.deepEqual(withMachineOption({}, 'as=unlimited'), { addressSpaceLimit: 'unlimited' });
    for (const wrong of [
      'thp=often',
      'overcommit=3',
      'levels=6',
      'stack=',
      'ram=-1',
      'threads=x',
      'unknown=1',
    ])
      assert.equal(withMachineOption({}, wrong), undefined, wrong);
  });
});
