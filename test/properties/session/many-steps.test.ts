import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SessionServer } from '../../../src/session/server.ts';

/** Over 9,000 events; those that are stepped through lie behind more accesses than are looked at for every step. */
const program = `#include <stdlib.h>
#include <string.h>
static char *kept[64];
int main(void) {
  unsigned seed = 1, sum = 0;
  for (int i = 0; i < 60000; i++) sum += (unsigned)(unsigned long)kept[i % 64];
  for (int i = 0; i < 4600; i++) {
    seed = seed * 1103515245 + 12345;
    char **p = &kept[seed >> 16 & 63];
    free(*p);
    *p = malloc((seed >> 8 & 1023) + 1);
    memset(*p, i, seed >> 8 & 255);
  }
  return sum == 1;
}
`;

const inputs = {
  files: [{ name: 'steps.c', text: program }],
  headers: [],
  args: [],
  environment: [],
  stdin: '',
  stdoutKind: 'pipe',
  programPath: './steps',
  target: 'x86_64',
  glibc: '2.36',
  limits: { fuel: 1e7, memoryBytes: 1 << 26, outputBytes: 1e5, events: 100_000 },
};

/** Bytes that this process holds, without what can be collected. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What the first round finalises goes with the second.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('10,000 steps', function () {
  this.timeout(300_000);

  it('leave no more memory behind than 2,000 steps over the same events do', () => {
    let answers = 0;
    let failure: unknown;
    const server = new SessionServer({
      post: (message) => {
        if (message.type !== 'response') return;
        answers += 1;
        if (!message.ok) failure = message;
      },
    });
    let id = 0;
    const ask = (name: string, params: object): void => {
      id += 1;
      server.receive({ type: 'request', id, name, params });
    };
    ask('run', { inputs });
    /** From one end of a stretch of events to the other and back, over the edges of what is kept at once. */
    const walk = (steps: number): void => {
      for (let step = 0; step < steps; step++) {
        if (step % 1000 === 0) ask('seek', { index: step % 2000 === 0 ? 1500 : 7000 });
        ask('step', { kind: 'event', count: Math.floor(step / 500) % 2 === 0 ? 1 : -1 });
      }
    };
    walk(2000);
    const before = heldBytes();
    walk(10_000);
    const grown = heldBytes() - before;
    assert.equal(failure, undefined);
    assert.equal(answers, id);
    assert.ok(grown < 2 ** 20, `${String(grown)} bytes more`);
  });
});
