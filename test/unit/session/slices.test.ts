import assert from 'node:assert/strict';
import { sliceMs } from '../../../src/base/steps.ts';
import type { Steps } from '../../../src/base/steps.ts';
import { inSlices } from '../../../src/session/slices.ts';

const turns = {
  now: () => performance.now(),
  pause: () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
};

function wait(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function* work(steps: number, done: () => void): Steps<string> {
  for (let step = 0; step < steps; step++) {
    wait(sliceMs);
    done();
    yield;
  }
  return 'result';
}

describe('work in slices', () => {
  it('lets others run between two slices, and gives the result', async () => {
    const order: string[] = [];
    const other = setInterval(() => order.push('other'), 0);
    const result = await inSlices(
      turns,
      work(5, () => order.push('step')),
      () => true,
    );
    clearInterval(other);
    assert.equal(result, 'result');
    assert.ok(
      order.slice(order.indexOf('step') + 1, order.lastIndexOf('step')).includes('other'),
      order.join(' '),
    );
  });

  it('drops what nobody wants any more, and closes it', async () => {
    let steps = 0;
    let isClosed = false;
    function* closing(): Steps<string> {
      try {
        return yield* work(100, () => steps++);
      } finally {
        isClosed = true;
      }
    }
    assert.equal(await inSlices(turns, closing(), () => steps < 2), undefined);
    assert.equal(steps, 2);
    assert.ok(isClosed);
  });
});
