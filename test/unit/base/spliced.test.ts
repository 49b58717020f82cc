import assert from 'node:assert/strict';
import { spliced } from '../../../src/base/spliced.ts';

describe('spliced', () => {
  const list = Object.freeze([1, 2, 3, 4]);

  it('exchanges a part and leaves the list as it is', () => {
    assert.deepEqual(spliced(list, 1, 2, [7, 8, 9]), [1, 7, 8, 9, 4]);
    assert.deepEqual(spliced(list, 4, 0, [5]), [1, 2, 3, 4, 5]);
    assert.deepEqual(spliced(list, 0, 4, []), []);
  });

  it('gives the list itself where nothing changes', () => {
    assert.equal(spliced(list, 2, 0, []), list);
  });

  it('takes more items than a call has room for', () => {
    const many = Array.from({ length: 300_000 }, (_, index) => index);
    const long = spliced(list, 1, 3, many);
    assert.deepEqual([long.length, long[0], long[1], long.at(-1)], [300_001, 1, 0, 299_999]);
  });
});
