import assert from 'node:assert/strict';
import { firstBeyond, lastOf } from '../../../src/base/bisect.ts';

describe('bisection', () => {
  const sorted = [2, 3, 3, 7];

  it('finds where a condition ends to hold', () => {
    for (const limit of [1, 2, 3, 5, 7, 9])
      assert.equal(
        firstBeyond(0, sorted.length, (index) => (sorted[index] ?? NaN) <= limit),
        sorted.filter((value) => value <= limit).length,
        String(limit),
      );
  });

  it('stays in its part', () => {
    assert.equal(
      firstBeyond(1, 3, () => true),
      3,
    );
    assert.equal(
      firstBeyond(1, 3, () => false),
      1,
    );
  });

  it('gives the last item that is at most a limit, or nothing', () => {
    assert.equal(
      lastOf(sorted, (value) => value <= 5),
      3,
    );
    assert.equal(
      lastOf(sorted, (value) => value <= 1),
      undefined,
    );
    assert.equal(
      lastOf([] as number[], () => true),
      undefined,
    );
  });
});
