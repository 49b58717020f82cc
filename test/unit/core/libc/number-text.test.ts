import assert from 'node:assert/strict';
import fc from 'fast-check';
import { negativeNan, scale } from '../../../../src/core/libc/float-rounding.ts';
import { parseFloatText, parseInteger } from '../../../../src/core/libc/number-text.ts';

const integer = (text: string, base: number): unknown => {
  const { magnitude, isNegative, length } = parseInteger((i) => text.charCodeAt(i) || 0, base);
  return [isNegative ? -magnitude : magnitude, length];
};

describe('numbers in text', () => {
  it('reads integers as strtol does', () => {
    assert.deepEqual(integer(' \t-42x', 10), [-42n, 5]);
    assert.deepEqual(integer('0x1fg', 0), [31n, 4]);
    assert.deepEqual(integer('0xg', 16), [0n, 1]);
    assert.deepEqual(integer('089', 0), [0n, 1]);
    assert.deepEqual(integer('zz', 36), [1295n, 2]);
    assert.deepEqual(integer('+-1', 10), [0n, 0]);
    assert.deepEqual(integer('', 10), [0n, 0]);
  });

  it('reads what it is given back for any double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = Object.is(value, -0) ? '-0' : String(value);
        assert.ok(Object.is(parseFloatText(text).value, value));
        assert.equal(parseFloatText(`${text}z`).length, text.length);
      }),
      { seed: 5 },
    );
  });

  it('rounds hexadecimal constants half to even, also below the normal range', () => {
    assert.equal(parseFloatText('0x1.fffffffffffff8p0').value, 2);
    assert.equal(parseFloatText('0x1.00000000000008p0').value, 1);
    assert.equal(parseFloatText('0x1p-1074').value, 5e-324);
    assert.deepEqual(parseFloatText('0x1p-1075'), { value: 0, length: 9, flags: 0x30 });
    assert.equal(parseFloatText('0x1.8p-1075').value, 5e-324);
    assert.equal(parseFloatText('0x1p1024').value, Infinity);
  });

  it('scales with one rounding', () => {
    assert.equal(scale(5e-324, 1100), 2 ** 26);
    assert.equal(scale(1, -1074), 5e-324);
    assert.equal(scale(1.5, -1074), 1e-323);
    assert.equal(scale(2 ** 1023, -2097), 5e-324);
    assert.equal(scale(1, 5000), Infinity);
    assert.equal(scale(1e300, -5000), 0);
  });

  it('keeps a NaN with the sign that x86 gives it', () => {
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setFloat64(0, negativeNan);
    assert.equal(bytes.getUint16(0), 0xfff8);
  });
});
