/**
 * Layouts as `layout` and hovers show them; the better order is checked by laying it out.
 */
import assert from 'node:assert/strict';
import { layoutLine, recordLayout } from '../../../src/session/layout-facts.ts';
import type { RecordLayout } from '../../../src/session/layout-facts.ts';
import { analyzeText } from '../../support/check-sema.ts';

function layoutOf(text: string): RecordLayout {
  const [record] = analyzeText(text).records;
  const layout = record === undefined ? undefined : recordLayout(record);
  assert.ok(layout !== undefined);
  return layout;
}

describe('layout facts', () => {
  it('list members and holes in order', () => {
    const layout = layoutOf('struct s { char c; int n; short t; };');
    assert.equal(layoutLine(layout), 'c@0 [1]  ·3·  n@4 [4]  t@8 [2]  ·2·  = 12, align 4');
    assert.equal(layout.paddingBits, 40);
  });

  it('count holes between bit-fields in bits', () => {
    const layout = layoutOf('struct s { unsigned a : 3; unsigned : 0; unsigned b : 4; };');
    assert.equal(layoutLine(layout), 'a@bit 0 [:3]  ·29 bit·  b@bit 32 [:4]  ·28 bit·  = 8, align 4');
    assert.equal(layout.better, undefined);
  });

  it('name an order that takes less, and what it then takes', () => {
    const { better } = layoutOf('struct s { char a; double b; short c; int d; char e; };');
    assert.deepEqual(better, { names: ['b', 'd', 'c', 'a', 'e'], size: 16, savedBytes: 16 });
    const same = layoutOf('struct s { double b; int d; short c; char a; char e; };');
    assert.equal(same.size, 16);
    assert.equal(same.better, undefined);
  });

  it('leave alone what has no free order', () => {
    for (const text of [
      'struct s { char a; double b; char c; } __attribute__((packed));',
      'struct s { char a; long n; char c; int tail[]; };',
      'union u { char a; double b; char c; };',
    ]) {
      assert.equal(layoutOf(text).better, undefined, text);
    }
  });

  it('respect an alignment written on a member', () => {
    const layout = layoutOf('struct s { char a; _Alignas(16) char b; char c; long d; };');
    assert.equal(layoutLine(layout), 'a@0 [1]  ·15·  b@16 [1]  c@17 [1]  ·6·  d@24 [8]  = 32, align 16');
    // b first, then d at 8, a and c behind it: 18 bytes round up to 32 again.
    assert.equal(layout.better, undefined);
  });
});
