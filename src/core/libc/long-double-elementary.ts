/**
 * Functions of <math.h> on `long double` that have no exact results: exponentials, logarithms, powers, angles, error and gamma
 * functions, each rounded once from some 300 digits.
 *
 * glibc's own are within one unit in the last place; how often both are the same number is measured by
 * test/oracle/libc/long-double-live.test.ts.
 *
 * Source: C17 7.12 and F.10 (special values); glibc 2.36, math/w_*_template.c (errno).
 */
import { EDOM, ERANGE } from '../target/errno.ts';
import {
  DIVIDE_BY_ZERO,
  INEXACT,
  INVALID,
  TO_NEAREST,
  UNDERFLOW,
  bitLength,
  exponentOf,
  extendedInfinity,
  extendedOne,
  extendedZero,
  invalid,
  isFinite,
  isInfinite,
  isNan,
  isNegative,
  isZero,
  magnitudeOf,
  nanResult,
  negated,
  newUnit,
  partsOf,
  quietNan,
  rounded,
  settled,
  toBytes,
  withSign,
  wholeOf,
  TOWARD_ZERO,
} from '../target/extended-float.ts';
import type { BinaryNumber, Extended, FloatUnit } from '../target/extended-float.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { f, setErrno } from './libc-context.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { numberAt, reported } from './long-double.ts';
import * as mp from './multiple-precision.ts';
import type { Big } from './multiple-precision.ts';

/** Below this size a function is its argument, or a constant, and a little. */
const TINY = -80;

const bigOf = (x: Extended): Big => {
  const { isNegative: negative, size, exponent } = partsOf(x);
  return { digits: negative ? -size : size, exponent };
};

/** Rounds a number that is not known to its last digit. */
function roundedBig(unit: FloatUnit, value: Big): Extended {
  const negative = mp.isNegative(value);
  const size = negative ? -value.digits : value.digits;
  const spread = BigInt(Math.max(0, 100 - bitLength(size)));
  return rounded(unit, {
    isNegative: negative,
    size: (size << (spread + 1n)) | 1n,
    exponent: value.exponent - Number(spread) - 1,
  });
}

/** Rounds a number that is a little more, or less, than one of the format. */
function nudged(
  unit: FloatUnit,
  { isNegative: negative, size, exponent }: BinaryNumber,
  isMore: boolean,
): Extended {
  const wide = size << 140n;
  return rounded(unit, {
    isNegative: negative,
    size: isMore ? wide + 1n : wide - 1n,
    exponent: exponent - 140,
  });
}

const isTiny = (x: Extended): boolean => exponentOf(x) < TINY;

/** What a number rounds to that is far out of range. */
const beyond = (unit: FloatUnit, isNegativeResult: boolean, isLarge: boolean): Extended =>
  rounded(unit, { isNegative: isNegativeResult, size: 3n, exponent: isLarge ? 40000 : -40000 });

/** The result for an argument out of the domain, of functions whose NaN has no sign. */
function domainError(unit: FloatUnit): Extended {
  unit.flags |= INVALID;
  return quietNan;
}

type Unary = (unit: FloatUnit, x: Extended) => Extended;

/** Beyond this size of the exponent of a power of two every result is out of range. */
const RANGE = 16600;

/** base^x for a number whose logarithm to base 2 is known. */
function power(unit: FloatUnit, exponent: Big, isNegativeResult = false): Extended {
  const binary = mp.doubleOf(exponent) / Math.LN2;
  if (Math.abs(binary) > RANGE || mp.magnitude(exponent) > 20)
    return beyond(unit, isNegativeResult, !mp.isNegative(exponent));
  if (mp.magnitude(exponent) < TINY) {
    return nudged(
      unit,
      { isNegative: isNegativeResult, size: 1n << 63n, exponent: -63 },
      !mp.isNegative(exponent),
    );
  }
  const value = mp.exponential(exponent);
  return roundedBig(unit, isNegativeResult ? mp.negate(value) : value);
}

/** An exponential function: 1 at zero, 0 and infinity at its ends. */
const exponentialOf =
  (logarithmOfBase: () => Big, exact: (unit: FloatUnit, x: Extended) => Extended | undefined): Unary =>
  (unit, x) => {
    if (isNan(x)) return settled(unit, x);
    if (isInfinite(x)) return isNegative(x) ? extendedZero : x;
    if (isZero(x)) return extendedOne;
    return exact(unit, x) ?? power(unit, mp.times(bigOf(x), logarithmOfBase()));
  };

/** A whole number, if a number is one and not larger than a limit. */
function wholeNumber(x: Extended, limit: number): number | undefined {
  if (!isFinite(x) || (!isZero(x) && exponentOf(x) > 30)) return undefined;
  const { whole, isExact } = wholeOf(x, TOWARD_ZERO);
  return isExact && whole <= limit && whole >= -limit ? Number(whole) : undefined;
}

const exp2: Unary = exponentialOf(mp.logarithmOfTwo, (unit, x) => {
  const whole = wholeNumber(x, RANGE);
  return whole === undefined ? undefined : rounded(unit, { isNegative: false, size: 1n, exponent: whole });
});
let knownLogarithmOfTen: Big | undefined;
const logarithmOfTen = (): Big => (knownLogarithmOfTen ??= mp.logarithm(mp.big(10)));
const exp10: Unary = exponentialOf(logarithmOfTen, (unit, x) => {
  const whole = wholeNumber(x, 5000);
  return whole === undefined || whole < 0
    ? undefined
    : rounded(unit, { isNegative: false, size: 10n ** BigInt(whole), exponent: 0 });
});

const expm1: Unary = (unit, x) => {
  if (isNan(x)) return settled(unit, x);
  if (isZero(x)) return x;
  if (isInfinite(x)) return isNegative(x) ? negated(extendedOne) : x;
  // x + x^2/2: of a negative number the size is less.
  if (isTiny(x)) return nudged(unit, partsOf(x), !isNegative(x));
  const exponent = bigOf(x);
  if (mp.doubleOf(exponent) > 12000) return beyond(unit, false, true);
  if (mp.doubleOf(exponent) < -200) return nudged(unit, partsOf(negated(extendedOne)), false);
  return roundedBig(unit, mp.minus(mp.exponential(exponent), mp.ONE));
};

/** A logarithm: a pole at zero, no number below. */
const logarithmOf =
  (scale: () => Big | undefined, exact: (x: Extended) => number | undefined): Unary =>
  (unit, x) => {
    if (isNan(x)) return settled(unit, x);
    if (isZero(x)) {
      unit.flags |= DIVIDE_BY_ZERO;
      return negated(extendedInfinity);
    }
    if (isNegative(x)) return domainError(unit);
    if (isInfinite(x)) return x;
    if (x === extendedOne) return extendedZero;
    const known = exact(x);
    if (known !== undefined) return wholeToExtended(known);
    const natural = mp.logarithm(bigOf(x));
    const base = scale();
    return roundedBig(unit, base === undefined ? natural : mp.over(natural, base));
  };

const wholeToExtended = (value: number): Extended =>
  rounded(newUnit(), { isNegative: value < 0, size: BigInt(Math.abs(value)), exponent: 0 });

const log2 = logarithmOf(mp.logarithmOfTwo, (x) => {
  const { size, exponent } = partsOf(x);
  const length = bitLength(size);
  return size === 1n << BigInt(length - 1) ? exponent + length - 1 : undefined;
});
const log10 = logarithmOf(logarithmOfTen, (x) => {
  const whole = exponentOf(x) < 100 ? wholeOf(x, TOWARD_ZERO) : undefined;
  const text = whole?.isExact === true ? whole.whole.toString() : '';
  return /^10*$/.test(text) ? text.length - 1 : undefined;
});

const log1p: Unary = (unit, x) => {
  if (isNan(x)) return settled(unit, x);
  if (isZero(x)) return x;
  if (x === negated(extendedOne)) {
    unit.flags |= DIVIDE_BY_ZERO;
    return negated(extendedInfinity);
  }
  if (isInfinite(x)) return isNegative(x) ? invalid(unit) : x;
  if (isTiny(x)) return nudged(unit, partsOf(x), isNegative(x));
  const sum = mp.plus(mp.ONE, bigOf(x));
  return mp.isNegative(sum) ? invalid(unit) : roundedBig(unit, mp.logarithm(sum));
};

/** An odd function that is its argument near zero, a little more or less. */
const odd =
  (isMoreNearZero: boolean, atInfinity: Unary, work: (unit: FloatUnit, x: Extended) => Extended): Unary =>
  (unit, x) => {
    if (isNan(x)) return settled(unit, x);
    if (isZero(x)) return x;
    if (isInfinite(x)) return atInfinity(unit, x);
    if (isTiny(x)) return nudged(unit, partsOf(x), isMoreNearZero);
    return work(unit, x);
  };

const itself: Unary = (_unit, x) => x;
const nothing: Unary = (unit) => invalid(unit);
const halfPi = (): Big => mp.shifted(mp.pi(), -1);
const signedBig = (unit: FloatUnit, size: Big, of: Extended): Extended =>
  roundedBig(unit, isNegative(of) ? mp.negate(size) : size);

const sin = odd(false, nothing, (unit, x) => roundedBig(unit, mp.sineCosine(bigOf(x))[0]));
const tan = odd(true, nothing, (unit, x) => {
  const [sine, cosine] = mp.sineCosine(bigOf(x));
  return roundedBig(unit, mp.over(sine, cosine));
});
const cos: Unary = (unit, x) => {
  if (isNan(x)) return settled(unit, x);
  if (isInfinite(x)) return invalid(unit);
  if (isZero(x)) return extendedOne;
  if (isTiny(x)) return nudged(unit, partsOf(extendedOne), false);
  return roundedBig(unit, mp.sineCosine(bigOf(x))[1]);
};
const atan = odd(
  false,
  (unit, x) => signedBig(unit, halfPi(), x),
  (unit, x) => signedBig(unit, mp.arcTangent(bigOf(magnitudeOf(x))), x),
);

/** (1 - x)(1 + x) */
const complement = (x: Big): Big => mp.times(mp.minus(mp.ONE, x), mp.plus(mp.ONE, x));
const isBeyondOne = (x: Extended): boolean => exponentOf(x) >= 0 && magnitudeOf(x) !== extendedOne;

const asin = odd(true, domainError, (unit, x) => {
  if (isBeyondOne(x)) return domainError(unit);
  if (magnitudeOf(x) === extendedOne) return signedBig(unit, halfPi(), x);
  const size = bigOf(magnitudeOf(x));
  return signedBig(unit, mp.arcTangent(mp.over(size, mp.root(complement(size)))), x);
});
const acos: Unary = (unit, x) => {
  if (isNan(x)) return settled(unit, x);
  if (isInfinite(x) || (!isZero(x) && isBeyondOne(x))) return domainError(unit);
  if (x === extendedOne) return extendedZero;
  if (x === negated(extendedOne)) return roundedBig(unit, mp.pi());
  const value = bigOf(x);
  const ratio = mp.over(mp.minus(mp.ONE, value), mp.plus(mp.ONE, value));
  return roundedBig(unit, mp.shifted(mp.arcTangent(mp.root(ratio)), 1));
};

const sinh = odd(true, itself, (unit, x) => {
  const size = bigOf(magnitudeOf(x));
  if (mp.doubleOf(size) > 12000) return beyond(unit, isNegative(x), true);
  const up = mp.exponential(size);
  return signedBig(unit, mp.shifted(mp.minus(up, mp.over(mp.ONE, up)), -1), x);
});
const cosh: Unary = (unit, x) => {
  if (isNan(x)) return settled(unit, x);
  if (isInfinite(x)) return extendedInfinity;
  if (isZero(x)) return extendedOne;
  if (isTiny(x)) return nudged(unit, partsOf(extendedOne), true);
  const size = bigOf(magnitudeOf(x));
  if (mp.doubleOf(size) > 12000) return beyond(unit, false, true);
  const up = mp.exponential(size);
  return roundedBig(unit, mp.shifted(mp.plus(up, mp.over(mp.ONE, up)), -1));
};
const tanh = odd(
  false,
  (_unit, x) => withSign(extendedOne, x),
  (unit, x) => {
    const size = bigOf(magnitudeOf(x));
    if (mp.doubleOf(size) > 100) return nudged(unit, partsOf(withSign(extendedOne, x)), false);
    const square = mp.exponential(mp.shifted(size, 1));
    return signedBig(unit, mp.over(mp.minus(square, mp.ONE), mp.plus(square, mp.ONE)), x);
  },
);
const asinh = odd(false, itself, (unit, x) => {
  const size = bigOf(magnitudeOf(x));
  const sum = mp.plus(size, mp.root(mp.plus(mp.times(size, size), mp.ONE)));
  return signedBig(unit, mp.logarithm(sum), x);
});
const acosh: Unary = (unit, x) => {
  if (isNan(x)) return settled(unit, x);
  if (x === extendedOne) return extendedZero;
  if (isNegative(x) || isZero(x) || exponentOf(x) < 0) return invalid(unit);
  if (isInfinite(x)) return x;
  const value = bigOf(x);
  const product = mp.times(mp.minus(value, mp.ONE), mp.plus(value, mp.ONE));
  return roundedBig(unit, mp.logarithm(mp.plus(value, mp.root(product))));
};
const atanh = odd(true, nothing, (unit, x) => {
  if (magnitudeOf(x) === extendedOne) {
    unit.flags |= DIVIDE_BY_ZERO;
    return withSign(extendedInfinity, x);
  }
  if (isBeyondOne(x)) return invalid(unit);
  const value = bigOf(x);
  const ratio = mp.over(mp.plus(mp.ONE, value), mp.minus(mp.ONE, value));
  return roundedBig(unit, mp.shifted(mp.logarithm(ratio), -1));
});

/** The angle of a point. @source C17 F.10.1.4 */
export function angleOf(unit: FloatUnit, y: Extended, x: Extended): Extended {
  const nan = nanResult(unit, y, x);
  if (nan !== undefined) return nan;
  const quarter = (count: number): Extended =>
    signedBig(unit, mp.over(mp.times(mp.pi(), mp.big(count)), mp.big(4)), y);
  if (isZero(y)) return isNegative(x) ? quarter(4) : y;
  if (isZero(x)) return quarter(2);
  if (isInfinite(x)) {
    if (isInfinite(y)) return quarter(isNegative(x) ? 3 : 1);
    return isNegative(x) ? quarter(4) : withSign(extendedZero, y);
  }
  if (isInfinite(y)) return quarter(2);
  const ratio = mp.over(bigOf(magnitudeOf(y)), bigOf(magnitudeOf(x)));
  const exact = mp.times(ratio, bigOf(magnitudeOf(x)));
  const isRational = mp.minus(exact, bigOf(magnitudeOf(y))).digits === 0n;
  // So small an angle is its tangent, and a little less.
  if (!isNegative(x) && mp.magnitude(ratio) < -mp.DIGITS / 2 && isRational) {
    const size = ratio.digits;
    return nudged(unit, { isNegative: isNegative(y), size, exponent: ratio.exponent }, false);
  }
  const angle = mp.arcTangent(ratio);
  return signedBig(unit, isNegative(x) ? mp.minus(mp.pi(), angle) : angle, y);
}

const isOddInteger = (y: Extended): boolean => {
  const { size, exponent } = partsOf(y);
  if (exponent > 0) return false;
  if (exponent < -63) return false;
  const shift = BigInt(-exponent);
  return (size >> shift) << shift === size && ((size >> shift) & 1n) === 1n;
};
const isInteger = (y: Extended): boolean => wholeOf(y, TOWARD_ZERO).isExact;

/** x^y. @source C17 F.10.4.4 */
function pow(unit: FloatUnit, x: Extended, y: Extended): Extended {
  if (isZero(y) && !isSignallingNan(x)) return extendedOne;
  if (x === extendedOne && !isSignallingNan(y)) return extendedOne;
  const nan = nanResult(unit, x, y);
  if (nan !== undefined) return nan;
  const size = magnitudeOf(x);
  const isOdd = isFinite(y) && isOddInteger(y);
  if (isZero(x)) {
    const sign = isOdd ? x : extendedZero;
    if (!isNegative(y)) return withSign(extendedZero, sign);
    if (!isInfinite(y)) unit.flags |= DIVIDE_BY_ZERO;
    return withSign(extendedInfinity, sign);
  }
  if (isInfinite(y)) {
    if (size === extendedOne) return extendedOne;
    return exponentOfAny(size) >= 0 === !isNegative(y) ? extendedInfinity : extendedZero;
  }
  if (isInfinite(x)) {
    const sign = isNegative(x) && isOdd ? x : extendedZero;
    return withSign(isNegative(y) ? extendedZero : extendedInfinity, sign);
  }
  if (isNegative(x) && !isInteger(y)) return invalid(unit);
  const negative = isNegative(x) && isOdd;
  const exact = exactPower(size, y);
  if (exact !== undefined) return rounded(unit, { ...exact, isNegative: negative });
  return power(unit, mp.times(mp.logarithm(bigOf(size)), bigOf(y)), negative);
}

const isSignallingNan = (x: Extended): boolean => isNan(x) && (x & (1n << 62n)) === 0n;
const exponentOfAny = (x: Extended): number => (isInfinite(x) ? 1 : exponentOf(x));

/** A power that has few enough digits to be written down: then its last digit matters. */
function exactPower(x: Extended, y: Extended): Omit<BinaryNumber, 'isNegative'> | undefined {
  let { size, exponent } = partsOf(x);
  while ((size & 1n) === 0n) {
    size >>= 1n;
    exponent += 1;
  }
  let { size: count, exponent: scale } = partsOf(magnitudeOf(y));
  while ((count & 1n) === 0n) {
    count >>= 1n;
    scale += 1;
  }
  // A fraction of halves: the root, as long as it is whole.
  for (; scale < 0; scale += 1) {
    const root = rootOf(size);
    if (root === undefined || exponent % 2 !== 0) return undefined;
    size = root;
    exponent /= 2;
  }
  if (scale > 14 || bitLength(count) > 15) return undefined;
  const times = Number(count) * 2 ** scale;
  if (size === 1n) return { size, exponent: exponent * times * (isNegative(y) ? -1 : 1) };
  if (isNegative(y) || bitLength(size) * times > 400) return undefined;
  return { size: size ** BigInt(times), exponent: exponent * times };
}

function rootOf(size: bigint): bigint | undefined {
  const { digits, exponent } = mp.root({ digits: size, exponent: 0 });
  const root = exponent <= 0 ? digits >> BigInt(-exponent) : digits << BigInt(exponent);
  return [root, root + 1n].find((one) => one * one === size);
}

// ---- error and gamma functions ----

const erf = odd(
  true,
  (_unit, x) => withSign(extendedOne, x),
  (unit, x) => {
    const size = bigOf(magnitudeOf(x));
    if (mp.doubleOf(size) > 10) return nudged(unit, partsOf(withSign(extendedOne, x)), false);
    return signedBig(unit, mp.errorFunction(size), x);
  },
);
const erfWithTiny: Unary = (unit, x) => {
  // 2 / sqrt(pi) times the argument
  if (!isFinite(x) || isZero(x) || !isTiny(x)) return erf(unit, x);
  return roundedBig(unit, mp.over(mp.shifted(bigOf(x), 1), mp.root(mp.pi())));
};
const erfc: Unary = (unit, x) => {
  if (isNan(x)) return settled(unit, x);
  if (isInfinite(x)) return isNegative(x) ? wholeToExtended(2) : extendedZero;
  if (isZero(x)) return extendedOne;
  if (isTiny(x)) return nudged(unit, partsOf(extendedOne), isNegative(x));
  const size = bigOf(magnitudeOf(x));
  const value = mp.doubleOf(size);
  if (isNegative(x)) {
    return value > 10
      ? nudged(unit, partsOf(wholeToExtended(2)), false)
      : roundedBig(unit, mp.plus(mp.ONE, mp.errorFunction(size)));
  }
  if (value > 110) return beyond(unit, false, false);
  return roundedBig(unit, value < 9 ? mp.minus(mp.ONE, mp.errorFunction(size)) : mp.complementaryError(size));
};

/** pi / (sin(pi x) gamma(1 - x)) of a number < 0 that is no integer: the size of the product below, and the sign. */
function reflected(x: Extended): { readonly sine: Big; readonly other: Big } {
  const value = bigOf(x);
  const { whole } = wholeOf(x, TOWARD_ZERO);
  const fraction = mp.minus(value, mp.big(whole));
  const sine = mp.sineCosine(mp.times(fraction, mp.pi()))[0];
  return { sine: whole % 2n === 0n ? sine : mp.negate(sine), other: mp.minus(mp.ONE, value) };
}

const tgamma: Unary = (unit, x) => {
  if (isNan(x)) return settled(unit, x);
  if (isZero(x)) {
    unit.flags |= DIVIDE_BY_ZERO;
    return withSign(extendedInfinity, x);
  }
  if (isInfinite(x)) return isNegative(x) ? domainError(unit) : x;
  if (isNegative(x) && isInteger(x)) return domainError(unit);
  const whole = wholeNumber(x, 1800);
  if (whole !== undefined && whole > 0)
    return rounded(unit, { isNegative: false, size: factorial(whole - 1), exponent: 0 });
  const value = bigOf(x);
  // Near zero it is 1 / x less Euler's constant.
  if (isTiny(x))
    return roundedBig(unit, mp.minus(mp.over(mp.ONE, value), mp.bigOfDouble(0.5772156649015329)));
  if (mp.doubleOf(value) > 2000) return beyond(unit, false, true);
  if (!isNegative(x)) return power(unit, mp.logarithmOfGamma(value));
  const { sine, other } = reflected(x);
  if (mp.doubleOf(value) < -2000) return beyond(unit, mp.isNegative(sine), false);
  const logarithm = mp.minus(mp.logarithm(mp.over(mp.pi(), mp.absolute(sine))), mp.logarithmOfGamma(other));
  return power(unit, logarithm, mp.isNegative(sine));
};

function factorial(n: number): bigint {
  let product = 1n;
  for (let k = 2n; k <= BigInt(n); k += 1n) product *= k;
  return product;
}

/** The logarithm of the size of the gamma function, and its sign. */
function lgamma(unit: FloatUnit, x: Extended): { readonly value: Extended; readonly sign: number } {
  const sign = isNegative(x) ? -1 : 1;
  if (isNan(x)) return { value: settled(unit, x), sign: 1 };
  if (isInfinite(x)) return { value: extendedInfinity, sign: 1 };
  if (isZero(x) || (isNegative(x) && isInteger(x))) {
    unit.flags |= DIVIDE_BY_ZERO;
    return { value: extendedInfinity, sign: isZero(x) ? sign : 1 };
  }
  if (x === extendedOne || x === wholeToExtended(2)) return { value: extendedZero, sign: 1 };
  const value = bigOf(x);
  if (exponentOf(x) > 16400 - 20) return { value: beyond(unit, false, true), sign: 1 };
  if (isTiny(x)) {
    const natural = mp.negate(mp.logarithm(mp.absolute(value)));
    return { value: roundedBig(unit, natural), sign };
  }
  if (!isNegative(x)) return { value: roundedBig(unit, mp.logarithmOfGamma(value)), sign: 1 };
  const { sine, other } = reflected(x);
  const logarithm = mp.minus(mp.logarithm(mp.over(mp.pi(), mp.absolute(sine))), mp.logarithmOfGamma(other));
  return { value: roundedBig(unit, logarithm), sign: mp.isNegative(sine) ? -1 : 1 };
}

// ---- the table ----

/** The unit of a call; in another direction of rounding glibc's functions lose or win in their last digits. */
function unitOf(ctx: LibcContext, name: string): FloatUnit {
  if (ctx.floats.direction !== TO_NEAREST) throw new NotModelled(`${name} in another direction of rounding`);
  return newUnit();
}

/** A function of one number with errno; `isPositive`: a zero made of a finite number is an underflow. */
const unary = (name: string, operation: Unary, isPositive = false): LibcFunction =>
  f('ee', (ctx, _args, _variadic, raw) => {
    const x = numberAt(raw, 0);
    const unit = unitOf(ctx, name);
    const result = operation(unit, x);
    ctx.floats.raise(unit.flags);
    if (isPositive && isZero(result) && isFinite(x)) setErrno(ctx, ERANGE);
    return reported(ctx, result, [x]);
  });

const unaries: Readonly<Record<string, Unary>> = {
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  asinh,
  acosh,
  atanh,
  expm1,
  log: logarithmOf(
    () => undefined,
    () => undefined,
  ),
  log2,
  log10,
  log1p,
  erf: erfWithTiny,
};
const positives: Readonly<Record<string, Unary>> = {
  exp: exponentialOf(
    () => mp.ONE,
    () => undefined,
  ),
  exp2,
  exp10,
  erfc,
  tgamma,
};

const writeNumber = (ctx: LibcContext, target: number, x: Extended): void => {
  ctx.memory.writeBytes(target, toBytes(x));
};

/** lgamma in its forms: the sign goes where `signAt` says. */
const lgammaWith = (
  signature: string,
  signAt: (ctx: LibcContext, args: readonly number[]) => number,
): LibcFunction =>
  f(signature, (ctx, args, _variadic, raw) => {
    const unit = unitOf(ctx, 'lgammal');
    const x = numberAt(raw, 0);
    const { value, sign } = lgamma(unit, x);
    ctx.memory.writeU32(signAt(ctx, args), sign >>> 0);
    ctx.floats.raise(unit.flags);
    return reported(ctx, value, [x]);
  });
const signgam = (ctx: LibcContext): number => ctx.variable('signgam');

/** Functions on `long double` that are rounded from many digits. */
export const elementaryLongDoubleFunctions: LibcTable = {
  ...Object.fromEntries(
    Object.entries(unaries).map(([name, operation]) => [`${name}l`, unary(`${name}l`, operation)]),
  ),
  ...Object.fromEntries(
    Object.entries(positives).map(([name, operation]) => [`${name}l`, unary(`${name}l`, operation, true)]),
  ),
  sincosl: f('vepp', (ctx, [, sine = 0, cosine = 0], _variadic, raw) => {
    const x = numberAt(raw, 0);
    const unit = unitOf(ctx, 'sincosl');
    writeNumber(ctx, sine, sin(unit, x));
    writeNumber(ctx, cosine, cos(unit, x));
    ctx.floats.raise(unit.flags);
    if (isInfinite(x)) setErrno(ctx, EDOM);
    return 0;
  }),
  atan2l: f('eee', (ctx, _args, _variadic, raw) => {
    const unit = unitOf(ctx, 'atan2l');
    const [y, x] = [numberAt(raw, 0), numberAt(raw, 1)];
    const result = angleOf(unit, y, x);
    ctx.floats.raise(unit.flags);
    if (isZero(result) && !isZero(y) && isFinite(x)) setErrno(ctx, ERANGE);
    return result;
  }),
  powl: f('eee', (ctx, _args, _variadic, raw) => {
    const unit = unitOf(ctx, 'powl');
    const [x, y] = [numberAt(raw, 0), numberAt(raw, 1)];
    const result = pow(unit, x, y);
    ctx.floats.raise(unit.flags);
    const isLost = (unit.flags & (UNDERFLOW | INEXACT)) !== 0 && isZero(result);
    if (isLost && isFinite(x) && isFinite(y)) setErrno(ctx, ERANGE);
    return reported(ctx, result, [x, y]);
  }),
  lgammal: lgammaWith('ee', signgam),
  gammal: lgammaWith('ee', signgam),
  lgammal_r: lgammaWith('eep', (_ctx, args) => args[1] ?? 0),
};
