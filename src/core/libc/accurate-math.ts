/**
 * exp, log, pow and the circular functions, rounded correctly but for a case in some 10^5: they are computed with about
 * seventy bits. glibc's own are so close that 99.9 results of a hundred are the same bits (its errors stay below 0.55
 * units in the last place), where the functions of a host may be off by one in every tenth.
 *
 * Each reduces its argument to a small one beside a table of exact values (P. T. P. Tang, "Table-driven implementation"),
 * and sums the Taylor series with its first terms in double-double. The tables are made when they are first needed.
 */
import {
  add,
  addNumber,
  divide,
  exactly,
  multiply,
  multiplyNumber,
  negate,
  ofFixed,
  quickTwoSum,
  scaled,
  squareRoot,
  subtract,
  toFixed,
  twoProduct,
  twoSum,
} from './double-double.ts';
import type { DoubleDouble } from './double-double.ts';
import { scale } from './float-rounding.ts';

/** Fractional bits of the fixed-point numbers that tables are made of. */
const FIXED = 180;
const ONE = 1n << BigInt(FIXED);

/** A value that is made when it is first asked for. */
function lazily<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= make());
}

/** atanh(p/q) in fixed point, by its series; |p/q| < 1. `sign` -1 gives atan. */
function inverseTangent(p: bigint, q: bigint, sign: 1n | -1n): bigint {
  let power = (ONE * p) / q;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = (sign * (power * p * p)) / (q * q);
  }
  return sum;
}

const fixedLog2 = lazily(() => 2n * inverseTangent(1n, 3n, 1n));
/** J. Machin, 1706. */
const fixedPi = lazily(() => 16n * inverseTangent(1n, 5n, -1n) - 4n * inverseTangent(1n, 239n, -1n));

const log2e = lazily(() => ofFixed((ONE * ONE) / fixedLog2(), FIXED));
const ln2 = lazily(() => ofFixed(fixedLog2(), FIXED));
const halfPi = lazily(() => ofFixed(fixedPi() / 2n, FIXED));
const pi = lazily(() => scaled(halfPi(), 2));

/** The first bits of a fixed-point number, as a double, and the rest. */
function splitFixed(value: bigint, bits: number): { readonly head: number; readonly tail: DoubleDouble } {
  const drop = BigInt(FIXED - bits);
  const head = (value >> drop) << drop;
  return { head: Number(head) * 2 ** -FIXED, tail: ofFixed(value - head, FIXED) };
}

/* ---- exp ---- */

const EXP_STEPS = 64;

/** 2^(i/64) for 0 <= i < 64. */
const powersOfTwo = lazily(() => {
  let root = 2n * ONE;
  for (let steps = EXP_STEPS; steps > 1; steps /= 2) root = squareRootOf(root * ONE);
  const table: DoubleDouble[] = [];
  let power = ONE;
  for (let i = 0; i < EXP_STEPS; i++) {
    table.push(ofFixed(power, FIXED));
    power = (power * root) >> BigInt(FIXED);
  }
  return table;
});

function squareRootOf(value: bigint): bigint {
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** ln 2 / 64: the head has few enough bits that its product with any step of an exponent is exact. */
const expStep = lazily(() => splitFixed(fixedLog2() / BigInt(EXP_STEPS), 40));

/** e^r − 1 for |r| < 0.006. */
function expMinusOne(r: DoubleDouble): DoubleDouble {
  const x = r.hi;
  const square = twoProduct(x, x);
  const half = { hi: square.hi / 2, lo: square.lo / 2 + x * r.lo };
  const rest = x * square.hi * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x / 5040))));
  const tail = quickTwoSum(half.hi, half.lo + rest);
  return add(r, tail);
}

/** 2^(k/64) · e^r, as a double-double and the power of two that it is to be multiplied with. */
function expOfParts(k: number, r: DoubleDouble): { readonly value: DoubleDouble; readonly power: number } {
  const index = k & (EXP_STEPS - 1);
  const base = powersOfTwo()[index] ?? exactly(1);
  return { value: add(base, multiply(base, expMinusOne(r))), power: (k - index) / EXP_STEPS };
}

/** e^x for -800 < x < 800. */
function expPair(x: DoubleDouble): { readonly value: DoubleDouble; readonly power: number } {
  const { head, tail } = expStep();
  const k = Math.round(x.hi / head);
  // k · head is exact, and so is the difference: both are close.
  const rest = twoSum(x.hi - k * head, x.lo);
  return expOfParts(k, subtract(rest, multiplyNumber(tail, k)));
}

/** value · 2^power, rounded once; a subnormal result rounds the leading part only. */
function assemble({ value, power }: { readonly value: DoubleDouble; readonly power: number }): number {
  return scale(value.hi + value.lo, power);
}

/** e^x */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.79) return Infinity;
  if (x < -745.14) return 0;
  if (Math.abs(x) < 2 ** -54) return 1 + x;
  return assemble(expPair(exactly(x)));
}

/** e^x of a sum of two doubles; the result is a double. */
export function expOfSum(x: DoubleDouble): number {
  if (x.hi > 710) return Infinity;
  if (x.hi < -746) return 0;
  return assemble(expPair(x));
}

/** 2^x */
export function exp2(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x >= 1024) return Infinity;
  if (x <= -1075) return 0;
  if (Math.abs(x) < 2 ** -54) return 1 + x;
  const k = Math.round(x * EXP_STEPS);
  return assemble(expOfParts(k, multiplyNumber(ln2(), x - k / EXP_STEPS)));
}

/* ---- log ---- */

const LOG_STEPS = 128;
/** Index of the first entry: 90/128 is below the square root of a half. */
const LOG_FIRST = 90;

interface LogEntry {
  readonly inverse: number;
  /** −log(inverse) */
  readonly log: DoubleDouble;
}

const logTable = lazily(() => {
  const entries: LogEntry[] = [];
  for (let i = LOG_FIRST; i <= 182; i++) {
    // Few bits, so that the product with a number is exact in two doubles, and 1 for 1.
    const inverse = Math.round((LOG_STEPS / i) * 512) / 512;
    const p = BigInt(inverse * 512);
    entries.push({ inverse, log: ofFixed(-2n * inverseTangent(p - 512n, p + 512n, 1n), FIXED) });
  }
  return entries;
});

/** log(1 + z) for |z| < 0.01. */
function logOnePlus(z: DoubleDouble): DoubleDouble {
  const x = z.hi;
  const square = multiply(z, z);
  const cube = multiply(square, z);
  const rest =
    x *
    x *
    x *
    x *
    (-1 / 4 + x * (1 / 5 + x * (-1 / 6 + x * (1 / 7 + x * (-1 / 8 + x * (1 / 9 + x * (-1 / 10 + x / 11)))))));
  const tail = addNumber(
    add(scaled(square, -0.5), multiply(cube, { hi: 1 / 3, lo: 1.850371707708594e-17 })),
    rest,
  );
  return add(z, tail);
}

/** A positive finite number as m · 2^power with m between the square roots of a half and of two. */
function normalize(x: number): { readonly m: number; readonly power: number } {
  let value = x;
  let power = 0;
  if (value < 2 ** -1022) {
    value *= 2 ** 54;
    power = -54;
  }
  words.setFloat64(0, value);
  const head = words.getUint32(0);
  power += (head >>> 20) - 1023;
  words.setUint32(0, (head & 0xfffff) | 0x3ff00000);
  const m = words.getFloat64(0);
  return m > Math.SQRT2 ? { m: m / 2, power: power + 1 } : { m, power };
}

const words = new DataView(new ArrayBuffer(8));

/** log(m) for m between the square roots of a half and of two. */
function logOfMantissa(m: number): DoubleDouble {
  const entry = logTable()[Math.round(m * LOG_STEPS) - LOG_FIRST];
  if (entry === undefined) return exactly(NaN);
  const product = twoProduct(m, entry.inverse);
  const z = quickTwoSum(product.hi - 1, product.lo);
  const series = logOnePlus(z.hi === 0 ? exactly(product.lo) : z);
  return entry.inverse === 1 ? series : add(entry.log, series);
}

/** log(x) of a positive finite number. */
export function logPair(x: number): DoubleDouble {
  const { m, power } = normalize(x);
  const log = logOfMantissa(m);
  return power === 0 ? log : add(multiplyNumber(ln2(), power), log);
}

/** Answers for arguments where no logarithm is to be computed. */
function edgeOfLog(x: number): number | undefined {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  return x === Infinity ? x : undefined;
}

/** The natural logarithm. */
export function log(x: number): number {
  const edge = edgeOfLog(x);
  if (edge !== undefined) return edge;
  const { hi, lo } = logPair(x);
  return hi + lo;
}

/** The logarithm to base 2. */
export function log2(x: number): number {
  const edge = edgeOfLog(x);
  if (edge !== undefined) return edge;
  const { m, power } = normalize(x);
  const { hi, lo } = addNumber(multiply(logOfMantissa(m), log2e()), power);
  return hi + lo;
}

/* ---- pow ---- */

/** x^y for 0 < x < ∞ and finite y, x ≠ 1. */
function positivePower(x: number, y: number): number {
  const log = logPair(x);
  const leading = log.hi * y;
  if (leading > 710) return Infinity;
  if (leading < -746) return 0;
  // Where a product with a tiny exponent would lose its tail, the result is 1 and a little.
  if (Math.abs(leading) < 2 ** -60) return 1 + leading;
  return expOfSum(multiplyNumber(log, y));
}

const isOdd = (y: number): boolean => Math.abs(y) < 2 ** 53 && Math.abs(y % 2) === 1;

/** x^y (C17 7.12.7.4 and F.10.4.4). */
export function pow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (x === -1 && !Number.isFinite(y)) return 1;
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === 0) return x ** y;
  if (x > 0) return positivePower(x, y);
  if (!Number.isInteger(y)) return NaN;
  if (x === -1) return isOdd(y) ? -1 : 1;
  const size = positivePower(-x, y);
  return isOdd(y) ? -size : size;
}

/* ---- sin, cos, tan ---- */

/** Up to here arguments are reduced with doubles: the multiple of π/2 keeps within 20 bits. */
const SMALL_ANGLE = 2 ** 20;

const quarterParts = lazily(() => {
  const first = splitFixed(fixedPi() / 2n, 32);
  const rest = fixedPi() / 2n - toFixed(first.head, FIXED);
  const second = splitFixed(rest, 64);
  return { first: first.head, second: second.head, third: second.tail };
});

/** π to more bits than any double has before and behind the point. */
const longPi = lazily(() => {
  const bits = 1300n;
  const unit = 1n << bits;
  const atan = (q: bigint): bigint => {
    let power = unit / q;
    let sum = 0n;
    for (let n = 1n; power !== 0n; n += 2n) {
      sum += power / n;
      power = -power / (q * q);
    }
    return sum;
  };
  return { bits: Number(bits), value: 16n * atan(5n) - 4n * atan(239n) };
});

/** x − n·π/2 with |result| <= π/4, and n modulo 4. */
function reduceAngle(x: number): { readonly rest: DoubleDouble; readonly quadrant: number } {
  if (Math.abs(x) <= Math.PI / 4) return { rest: exactly(x), quadrant: 0 };
  if (Math.abs(x) < SMALL_ANGLE) {
    const { first, second, third } = quarterParts();
    const n = Math.round(x / halfPi().hi);
    const head = twoSum(x - n * first, -(n * second));
    return { rest: subtract(head, multiplyNumber(third, n)), quadrant: ((n % 4) + 4) % 4 };
  }
  const { bits, value } = longPi();
  const quarter = value >> 1n;
  const fixed = toFixed(x, bits);
  const n = (2n * fixed + (fixed < 0n ? -quarter : quarter)) / (2n * quarter);
  const rest = fixed - n * quarter;
  const shift = BigInt(bits - 200);
  return { rest: ofFixed(rest >> shift, 200), quadrant: Number(((n % 4n) + 4n) % 4n) };
}

const ANGLE_STEPS = 64;

/** sin and cos of i/64, 0 <= i <= 51. */
const angleTable = lazily(() => {
  const bits = BigInt(FIXED);
  const series = (x: bigint, first: bigint, start: bigint): bigint => {
    let term = first;
    let sum = 0n;
    for (let n = start; term !== 0n; n += 2n) {
      sum += term;
      term = -((((term * x) >> bits) * x) >> bits) / ((n + 1n) * (n + 2n));
    }
    return sum;
  };
  return Array.from({ length: 52 }, (_, i) => {
    const x = (ONE * BigInt(i)) / BigInt(ANGLE_STEPS);
    return { sin: ofFixed(series(x, x, 1n), FIXED), cos: ofFixed(series(x, ONE, 0n), FIXED) };
  });
});

/** sin(d) for |d| < 1/100. */
function sinOfSmall(d: DoubleDouble): DoubleDouble {
  const x = d.hi;
  const square = x * x;
  return addNumber(d, x * square * (-1 / 6 + square * (1 / 120 + square * (-1 / 5040 + square / 362880))));
}

/** cos(d) − 1 for |d| < 1/100. */
function cosOfSmall(d: DoubleDouble): DoubleDouble {
  const square = multiply(d, d);
  const x = square.hi;
  return addNumber(scaled(square, -0.5), x * x * (1 / 24 + x * (-1 / 720 + x / 40320)));
}

/** sin and cos of |r| <= π/4. */
function circular(r: DoubleDouble): { readonly sin: DoubleDouble; readonly cos: DoubleDouble } {
  const isNegative = r.hi < 0;
  const size = isNegative ? negate(r) : r;
  const index = Math.round(size.hi * ANGLE_STEPS);
  const base = angleTable()[index];
  if (base === undefined) return { sin: exactly(NaN), cos: exactly(NaN) };
  const d = addNumber(size, -index / ANGLE_STEPS);
  const s = sinOfSmall(d);
  const c = cosOfSmall(d);
  const sin = index === 0 ? s : add(base.sin, add(multiply(base.sin, c), multiply(base.cos, s)));
  const cos = add(base.cos, subtract(multiply(base.cos, c), multiply(base.sin, s)));
  return { sin: isNegative ? negate(sin) : sin, cos };
}

const rounded = ({ hi, lo }: DoubleDouble): number => hi + lo;

/** The sine. */
export function sin(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (x === 0) return x;
  if (Math.abs(x) < 2 ** -26) return x - x * (x * x * (1 / 6));
  const { rest, quadrant } = reduceAngle(x);
  const { sin: s, cos: c } = circular(rest);
  const value = rounded(quadrant % 2 === 0 ? s : c);
  return quadrant < 2 ? value : -value;
}

/** The cosine. */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  const { rest, quadrant } = reduceAngle(x);
  const { sin: s, cos: c } = circular(rest);
  const value = rounded(quadrant % 2 === 0 ? c : s);
  return quadrant === 0 || quadrant === 3 ? value : -value;
}

/** The tangent. */
export function tan(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (Math.abs(x) < 2 ** -26) return x + x * (x * x * (1 / 3));
  const { rest, quadrant } = reduceAngle(x);
  const { sin: s, cos: c } = circular(rest);
  return rounded(quadrant % 2 === 0 ? divide(s, c) : negate(divide(c, s)));
}

/* ---- atan and its relatives ---- */

/** atan(i/64), 0 <= i <= 64. */
const atanTable = lazily(() =>
  Array.from({ length: ANGLE_STEPS + 1 }, (_, i) =>
    // The series at 1 is too slow: there it is known.
    ofFixed(i === ANGLE_STEPS ? fixedPi() / 4n : inverseTangent(BigInt(i), BigInt(ANGLE_STEPS), -1n), FIXED),
  ),
);

/** atan of 0 <= t <= 1. */
function atanOfFraction(t: DoubleDouble): DoubleDouble {
  const index = Math.round(t.hi * ANGLE_STEPS);
  const c = index / ANGLE_STEPS;
  // tan(a − b) = (tan a − tan b) / (1 + tan a · tan b)
  const d = index === 0 ? t : divide(addNumber(t, -c), addNumber(multiplyNumber(t, c), 1));
  const x = d.hi;
  const square = x * x;
  const series = addNumber(
    d,
    x * square * (-1 / 3 + square * (1 / 5 + square * (-1 / 7 + square * (1 / 9 - square / 11)))),
  );
  return index === 0 ? series : add(atanTable()[index] ?? exactly(NaN), series);
}

/** The angle of a point in the right upper quarter; not both are zero. */
function angleOf(y: DoubleDouble, x: DoubleDouble): DoubleDouble {
  return y.hi <= x.hi ? atanOfFraction(divide(y, x)) : subtract(halfPi(), atanOfFraction(divide(x, y)));
}

/** The angle whose tangent is x, from −π/2 to π/2. */
export function atan(x: number): number {
  if (Number.isNaN(x) || x === 0) return x;
  const size = Math.abs(x);
  if (size < 2 ** -27) return x - x * (x * x * (1 / 3));
  const angle = size > 2 ** 60 ? halfPi().hi : rounded(angleOf(exactly(size), exactly(1)));
  return x < 0 ? -angle : angle;
}

/** The angle of the point (x, y), from −π to π. */
export function atan2(y: number, x: number): number {
  const isLeft = x < 0 || Object.is(x, -0);
  // Zeros, infinities and NaN: multiples of π/4, which the host rounds as everyone does.
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === 0 || y === 0) return Math.atan2(y, x);
  const [sizeX, sizeY] = [Math.abs(x), Math.abs(y)];
  const gap = Math.log2(sizeY) - Math.log2(sizeX);
  let angle: DoubleDouble;
  if (gap > 70) angle = halfPi();
  else if (gap < -70) {
    if (!isLeft) return (y < 0 ? -1 : 1) * (sizeY / sizeX);
    angle = exactly(0);
  } else {
    // Both are brought to about one: the quotient is the same, and nothing is lost at the ends of the range.
    const power = -Math.round(Math.log2(Math.max(sizeX, sizeY)));
    angle = angleOf(exactly(scale(sizeY, power)), exactly(scale(sizeX, power)));
  }
  const value = rounded(isLeft ? subtract(pi(), angle) : angle);
  return y < 0 ? -value : value;
}

/** sqrt(1 − x²) for |x| <= 1. */
const cofunction = (x: number): DoubleDouble => squareRoot(multiply(twoSum(1, -x), twoSum(1, x)));

/** The angle whose sine is x; NaN outside of [−1, 1]. */
export function asin(x: number): number {
  if (!(Math.abs(x) <= 1)) return NaN;
  if (Math.abs(x) < 2 ** -27) return x + x * (x * x * (1 / 6));
  const angle = rounded(angleOf(exactly(Math.abs(x)), cofunction(x)));
  return x < 0 ? -angle : angle;
}

/** The angle whose cosine is x, from 0 to π; NaN outside of [−1, 1]. */
export function acos(x: number): number {
  if (!(Math.abs(x) <= 1)) return NaN;
  const angle = angleOf(cofunction(x), exactly(Math.abs(x)));
  return rounded(x < 0 ? subtract(pi(), angle) : angle);
}
