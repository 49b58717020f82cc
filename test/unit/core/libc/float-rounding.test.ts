import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  FE_DOWNWARD,
  FE_INEXACT,
  FE_INVALID,
  FE_OVERFLOW,
  FE_TONEAREST,
  FE_TOWARDZERO,
  FE_UNDERFLOW,
  FE_UPWARD,
  addRounded,
  divideRounded,
  doubleFormat,
  exactNumber,
  fusedRounded,
  multiplyRounded,
  partsOf,
  roundExact,
  singleFormat,
  squareRootRounded,
  wholeInDirection,
} from '../../../../src/core/libc/float-rounding.ts';

const directions = [FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO];
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => x !== 0);
/** Where the transforms without integers are used. */
const moderate = fc.tuple(
  fc.double({ min: 1, max: 2, noNaN: true }),
  fc.integer({ min: -40, max: 40 }),
  fc.boolean(),
);
const numbers = fc.oneof(
  finite,
  moderate.map(([x, power, isNegative]) => (isNegative ? -x : x) * 2 ** power),
);

describe('rounding of floating-point operations', () => {
  for (const format of [doubleFormat, singleFormat]) {
    const operands = numbers
      .map((x) => (format === singleFormat ? Math.fround(x) : x))
      .filter((x) => x !== 0 && Number.isFinite(x));
    it(`gives sums and products that integers give, ${String(format.digits)} digits`, () => {
      fc.assert(
        fc.property(operands, operands, fc.constantFrom(...directions), (x, y, direction) => {
          const [a, b] = [partsOf(x), partsOf(y)];
          const product = exactNumber(a.significand * b.significand, a.exponent + b.exponent);
          assert.deepEqual(multiplyRounded(x, y, format, direction), roundExact(product, format, direction));
          const exponent = Math.min(a.exponent, b.exponent);
          const sum =
            (a.significand << BigInt(a.exponent - exponent)) +
            (b.significand << BigInt(b.exponent - exponent));
          if (sum === 0n) return;
          assert.deepEqual(
            addRounded(x, y, format, direction),
            roundExact(exactNumber(sum, exponent), format, direction),
          );
        }),
        { seed: 11, numRuns: 2000 },
      );
    });

    it(`gives the host's own results to nearest, ${String(format.digits)} digits`, () => {
      const round = (x: number): number => (format === singleFormat ? Math.fround(x) : x);
      fc.assert(
        fc.property(operands, operands, (x, y) => {
          assert.ok(Object.is(divideRounded(x, y, format, FE_TONEAREST).value, round(x / y)));
          assert.ok(Object.is(multiplyRounded(x, y, format, FE_TONEAREST).value, round(x * y)));
          assert.ok(Object.is(addRounded(x, y, format, FE_TONEAREST).value, round(x + y)));
          assert.ok(
            Object.is(
              squareRootRounded(Math.abs(x), format, FE_TONEAREST).value,
              round(Math.sqrt(Math.abs(x))),
            ),
          );
          assert.ok(Object.is(fusedRounded(x, 1, y, format, FE_TONEAREST).value, round(x + y)));
        }),
        { seed: 12, numRuns: 2000 },
      );
    });
  }

  it('brackets an inexact quotient between the results downward and upward', () => {
    fc.assert(
      fc.property(numbers, numbers, (x, y) => {
        const [down, up] = [FE_DOWNWARD, FE_UPWARD].map((one) => divideRounded(x, y, doubleFormat, one));
        assert.equal(down?.flags === 0, up?.flags === 0);
        assert.ok((down?.value ?? 0) <= (up?.value ?? 0));
        if (down?.flags === FE_INEXACT) assert.notEqual(down.value, up?.value);
      }),
      { seed: 13, numRuns: 2000 },
    );
  });

  it('knows the ends of the range', () => {
    const { MAX_VALUE } = Number;
    const tiny = 2 ** -1074;
    assert.deepEqual(addRounded(MAX_VALUE, MAX_VALUE, doubleFormat, FE_TOWARDZERO), {
      value: MAX_VALUE,
      flags: FE_OVERFLOW | FE_INEXACT,
    });
    assert.deepEqual(addRounded(MAX_VALUE, 1, doubleFormat, FE_UPWARD), {
      value: Infinity,
      flags: FE_OVERFLOW | FE_INEXACT,
    });
    assert.deepEqual(multiplyRounded(tiny, 0.5, doubleFormat, FE_TONEAREST), {
      value: 0,
      flags: FE_UNDERFLOW | FE_INEXACT,
    });
    assert.deepEqual(multiplyRounded(tiny, 0.5, doubleFormat, FE_UPWARD), {
      value: tiny,
      flags: FE_UNDERFLOW | FE_INEXACT,
    });
    assert.deepEqual(multiplyRounded(tiny, 2, doubleFormat, FE_UPWARD), { value: 2 * tiny, flags: 0 });
    assert.deepEqual(addRounded(1, -1, doubleFormat, FE_DOWNWARD), { value: -0, flags: 0 });
    assert.equal(addRounded(Infinity, -Infinity, doubleFormat, FE_TONEAREST).flags, FE_INVALID);
  });

  it('takes the whole number next to one in each direction', () => {
    assert.deepEqual(
      directions.map((one) => wholeInDirection(-2.5, one)),
      [-2, -3, -2, -2],
    );
    assert.deepEqual(
      directions.map((one) => wholeInDirection(0.5, one)),
      [0, 0, 1, 0],
    );
    assert.deepEqual(
      directions.map((one) => wholeInDirection(-0.25, one)),
      [-0, -1, -0, -0],
    );
  });
});
