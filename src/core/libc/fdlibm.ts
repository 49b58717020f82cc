/**
 * Functions of <math.h> whose error in glibc is up to some units in the last place: to give the same bits they are
 * computed by the same steps, in double.
 *
 * The hyperbolic functions, expm1, log1p, log10, erf, erfc and lgamma are those of Sun's fdlibm, with polynomials summed
 * in the groups that glibc sums them in; cbrt and exp10 are glibc's own; hypot is C. F. Borges, "An improved algorithm for
 * hypot(a, b)". Coefficients are Sun's.
 *
 * Source: glibc 2.36, sysdeps/ieee754/dbl-64 (behaviour); fdlibm 5.3 (coefficients).
 */
import { cos, exp, log, sin } from './accurate-math.ts';
import { scale } from './float-rounding.ts';

const LN2 = 6.93147180559945286227e-1;
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

const view = new DataView(new ArrayBuffer(8));

/** Sign, exponent and the first twenty bits of the fraction. */
function highWord(x: number): number {
  view.setFloat64(0, x);
  return view.getInt32(0);
}

/** A number with the low bits of its fraction cleared. */
function masked(x: number, mask: number): number {
  view.setFloat64(0, x);
  view.setUint32(4, view.getUint32(4) & mask);
  return view.getFloat64(0);
}

/** x · 2^power by its exponent field: the result is normal. */
function withExponent(x: number, power: number): number {
  view.setFloat64(0, x);
  view.setInt32(0, view.getInt32(0) + power * 0x100000);
  return view.getFloat64(0);
}

/** A polynomial summed in pairs: (c0 + c1·x) + x²·(c2 + c3·x) + x⁴·(c4 + c5·x) … from the left. */
function inPairs(coefficients: readonly number[], x: number): number {
  const square = x * x;
  const fourth = square * square;
  const powers = [1, square, fourth, fourth * square, fourth * fourth];
  let sum = 0;
  for (let i = 0; i < coefficients.length; i += 2) {
    const next = coefficients[i + 1];
    const pair = (coefficients[i] ?? 0) + (next === undefined ? 0 : x * next);
    sum = i === 0 ? pair : sum + (powers[i / 2] ?? 0) * pair;
  }
  return sum;
}

/** A polynomial by Horner's rule, lowest coefficient first. */
function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = (coefficients[i] ?? 0) + x * sum;
  return sum;
}

const withSign = (size: number, x: number): number => (x < 0 ? -size : size);

/* ---- expm1 and log1p ---- */

const expm1Series = [
  1, -3.33333333333331316428e-2, 1.58730158725481460165e-3, -7.93650757867487942473e-5,
  4.00821782732936239552e-6, -2.01099218183624371326e-7,
] as const;

/** e^x − 1 */
export function expm1(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -56 * LN2) return -1;
  const size = Math.abs(x);
  if (size < 2 ** -54) return x;
  let reduced = x;
  let correction = 0;
  let k = 0;
  if (size > 0.5 * LN2) {
    k = size < 1.5 * LN2 ? Math.sign(x) : Math.trunc(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5));
    const high = x - k * LN2_HIGH;
    const low = k * LN2_LOW;
    reduced = high - low;
    correction = high - reduced - low;
  }
  const half = 0.5 * reduced;
  const halfSquare = reduced * half;
  const r = inPairs(expm1Series, halfSquare);
  const t = 3 - r * half;
  let e = halfSquare * ((r - t) / (6 - reduced * t));
  if (k === 0) return reduced - (reduced * e - halfSquare);
  e = reduced * (e - correction) - correction;
  e -= halfSquare;
  if (k === -1) return 0.5 * (reduced - e) - 0.5;
  if (k === 1) return reduced < -0.25 ? -2 * (e - (reduced + 0.5)) : 1 + 2 * (reduced - e);
  // 2^1024 is no double; the result may be one.
  if (k <= -2 || k > 56)
    return (k === 1024 ? scale(1 - (e - reduced), k) : withExponent(1 - (e - reduced), k)) - 1;
  const power = 2 ** -k;
  if (k < 20) return withExponent(1 - power - (e - reduced), k);
  return withExponent(reduced - (e + power) + 1, k);
}

const log1pSeries = [
  0, 6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
  1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
] as const;

/** log(1 + x) */
export function log1p(x: number): number {
  if (Number.isNaN(x) || x < -1) return NaN;
  if (x === -1) return -Infinity;
  if (x === Infinity) return x;
  const high = highWord(x);
  let k = 1;
  let f = 0;
  let hu = 1;
  let correction = 0;
  if (high < 0x3fda827a) {
    const size = Math.abs(x);
    if (size < 2 ** -29) return size < 2 ** -54 ? x : x - x * x * 0.5;
    if (high > 0 || high <= (0xbfd2bec3 | 0)) {
      k = 0;
      f = x;
    }
  }
  if (k !== 0) {
    let u = x;
    if (high < 0x43400000) {
      u = 1 + x;
      k = (highWord(u) >> 20) - 1023;
      correction = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    } else k = (high >> 20) - 1023;
    hu = highWord(u) & 0xfffff;
    view.setFloat64(0, u);
    if (hu < 0x6a09e) view.setInt32(0, hu | 0x3ff00000);
    else {
      k += 1;
      view.setInt32(0, hu | 0x3fe00000);
      hu = (0x100000 - hu) >> 2;
    }
    f = view.getFloat64(0) - 1;
  }
  const halfSquare = 0.5 * f * f;
  if (hu === 0) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + (correction + k * LN2_LOW);
    const r = halfSquare * (1 - 0.66666666666666666 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - (k * LN2_LOW + correction) - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const r = inPairs(log1pSeries, z);
  if (k === 0) return f - (halfSquare - s * (halfSquare + r));
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + r) + (k * LN2_LOW + correction)) - f);
}

/** The logarithm to base 10. */
export function log10(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  const isSubnormal = x < 2 ** -1022;
  const value = isSubnormal ? x * 2 ** 54 : x;
  const k = (isSubnormal ? -54 : 0) + (highWord(value) >> 20) - 1023;
  const isSmall = k < 0 ? 1 : 0;
  const y = k + isSmall;
  view.setFloat64(0, value);
  view.setInt32(0, (view.getInt32(0) & 0xfffff) | ((0x3ff - isSmall) << 20));
  const z = y * 3.69423907715893078616e-13 + 4.34294481903251816668e-1 * log(view.getFloat64(0));
  return z + y * 3.01029995663611771306e-1;
}

/** 10^x: the argument in two parts, of which the first times the head of log 10 is exact. */
export function exp10(x: number): number {
  if (!Number.isFinite(x)) return exp(x);
  if (x < -332) return 0;
  if (x > 309) return Infinity;
  if (Math.abs(x) < 2 ** -56) return 1;
  const high = masked(x, 0xf8000000);
  const low = x - high;
  return exp(high * LOG10_HIGH) * exp(high * LOG10_LOW + low * Math.LN10);
}

/** log 10 = 0x2.4d7637p0 + 0x7.6aaa2b05ba95cp-28 */
const LOG10_HIGH = 0x24d7637 / 2 ** 24;
const LOG10_LOW = 0x76aaa2b05ba95c / 2 ** 80;

/* ---- hyperbolic functions ---- */

/** The hyperbolic sine. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || size < 2 ** -28) return x;
  const half = x < 0 ? -0.5 : 0.5;
  if (size < 22) {
    const t = expm1(size);
    return size < 1 ? half * (2 * t - (t * t) / (t + 1)) : half * (t + t / (t + 1));
  }
  if (size < 709.782712893384) return half * exp(size);
  const w = exp(0.5 * size);
  return half * w * w;
}

/** The hyperbolic cosine. */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(x)) return size;
  if (size < 0.5 * LN2) {
    if (size < 2 ** -55) return 1;
    const t = expm1(size);
    const w = 1 + t;
    return 1 + (t * t) / (w + w);
  }
  if (size < 22) {
    const t = exp(size);
    return 0.5 * t + 0.5 / t;
  }
  if (size < 709.782712893384) return 0.5 * exp(size);
  const w = exp(0.5 * size);
  return 0.5 * w * w;
}

/** The hyperbolic tangent. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size < 2 ** -55) return x;
  if (size >= 22) return withSign(1, x);
  if (size >= 1) return withSign(1 - 2 / (expm1(2 * size) + 2), x);
  const t = expm1(-2 * size);
  return withSign(-t / (t + 2), x);
}

/** The inverse of sinh. */
export function asinh(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || size < 2 ** -28) return x;
  if (size > 2 ** 28) return withSign(log(size) + LN2, x);
  const square = size * size;
  if (size > 2) return withSign(log(2 * size + 1 / (Math.sqrt(square + 1) + size)), x);
  return withSign(log1p(size + square / (1 + Math.sqrt(1 + square))), x);
}

/** The inverse of cosh; NaN below 1. */
export function acosh(x: number): number {
  if (!(x >= 1)) return NaN;
  if (x > 2 ** 28) return x === Infinity ? x : log(x) + LN2;
  if (x > 2) return log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
  const t = x - 1;
  return log1p(t + Math.sqrt(2 * t + t * t));
}

/** The inverse of tanh; NaN outside of [−1, 1]. */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 1)) return NaN;
  if (size === 1) return withSign(Infinity, x);
  if (size < 2 ** -28) return x;
  const twice = size + size;
  return withSign(0.5 * log1p(size < 0.5 ? twice + (twice * size) / (1 - size) : twice / (1 - size)), x);
}

/* ---- roots ---- */

const CBRT2 = 1.2599210498948731648;
const SQR_CBRT2 = 1.5874010519681994748;
const cbrtFactors = [1 / SQR_CBRT2, 1 / CBRT2, 1, CBRT2, SQR_CBRT2] as const;
const cbrtStart = [
  0.35489576504391986, 1.50819193781584896, -2.11499494167371287, 2.4469312256353443, -1.83469277483613086,
  0.784932344976639262, -0.145263899385486377,
] as const;

/** The cube root: a polynomial, and one step of Halley's method. */
export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  let m = Math.abs(x);
  let power = 0;
  if (m < 2 ** -1022) {
    m *= 2 ** 54;
    power = -54;
  }
  power += (highWord(m) >> 20) - 1022;
  view.setFloat64(0, m);
  view.setInt32(0, (view.getInt32(0) & 0xfffff) | 0x3fe00000);
  m = view.getFloat64(0);
  const u = horner(cbrtStart, m);
  const cube = u * u * u;
  const root = ((u * (cube + 2 * m)) / (2 * cube + m)) * (cbrtFactors[2 + (power % 3)] ?? 1);
  return withSign(scale(root, Math.trunc(power / 3)), x);
}

/** sqrt(x² + y²) without overflow on the way. */
export function hypot(x: number, y: number): number {
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return Infinity;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const a = Math.max(Math.abs(x), Math.abs(y));
  const b = Math.min(Math.abs(x), Math.abs(y));
  if (b <= a * 2 ** -54) return a + b;
  if (a > 2 ** 511) return correctedHypot(a * 2 ** -600, b * 2 ** -600) / 2 ** -600;
  if (b < 2 ** -459) return correctedHypot(a / 2 ** -600, b / 2 ** -600) * 2 ** -600;
  return correctedHypot(a, b);
}

function correctedHypot(a: number, b: number): number {
  const h = Math.sqrt(a * a + b * b);
  let first: number;
  let second: number;
  if (h <= 2 * b) {
    const delta = h - b;
    first = a * (2 * delta - a);
    second = (delta - 2 * (a - b)) * delta;
  } else {
    const delta = h - a;
    first = 2 * delta * (a - 2 * b);
    second = (4 * delta - b) * b + delta * delta;
  }
  return h - (first + second) / (2 * h);
}

/* ---- error function ---- */

/** erf(1), cut to a float. */
const ERF_ONE = 8.45062911510467529297e-1;
const erfSmall = {
  top: [
    1.28379167095512558561e-1, -3.2504210724700149937e-1, -2.84817495755985104766e-2,
    -5.77027029648944159157e-3, -2.37630166566501626084e-5,
  ],
  bottom: [
    1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3,
    1.32494738004321644526e-4, -3.9602282787753681232e-6,
  ],
} as const;
const erfNearOne = {
  top: [
    -2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1,
    3.18346619901161753674e-1, -1.10894694282396677476e-1, 3.54783043256182359371e-2,
    -2.166375594868790843e-3,
  ],
  bottom: [
    1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2,
    1.26171219808761642112e-1, 1.36370839120290507362e-2, 1.1984499846799107417e-2,
  ],
} as const;
const erfcMiddle = {
  top: [
    -9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1,
    -6.23753324503260060396e1, -1.62396669462573470355e2, -1.84605092906711035994e2,
    -8.12874355063065934246e1, -9.81432934416914548592,
  ],
  bottom: [
    1, 1.96512716674392571292e1, 1.376577541435190426e2, 4.34565877475229228821e2, 6.45387271733267880336e2,
    4.29008140027567833386e2, 1.08635005541779435134e2, 6.57024977031928170135, -6.04244152148580987438e-2,
  ],
} as const;
const erfcFar = {
  top: [
    -9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1,
    -1.60636384855821916062e2, -6.37566443368389627722e2, -1.02509513161107724954e3,
    -4.83519191608651397019e2,
  ],
  bottom: [
    1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3, 3.19985821950859553908e3,
    2.55305040643316442583e3, 4.74528541206955367215e2, -2.24409524465858183362e1,
  ],
} as const;

interface Fraction {
  readonly top: readonly number[];
  readonly bottom: readonly number[];
}

const fraction = ({ top, bottom }: Fraction, x: number): number => inPairs(top, x) / inPairs(bottom, x);

/** erfc of 1.25 <= x < 28, times x. */
function erfcTail(x: number, isMiddle: boolean): number {
  const quotient = fraction(isMiddle ? erfcMiddle : erfcFar, 1 / (x * x));
  const head = masked(x, 0);
  return exp(-head * head - 0.5625) * exp((head - x) * (head + x) + quotient);
}

/** The error function. */
export function erf(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : withSign(1, x);
  const size = Math.abs(x);
  if (size < 0.84375) {
    if (size < 2 ** -1015) return 0.0625 * (16 * x + 16 * 1.28379167095512586316e-1 * x);
    if (size < 2 ** -28) return x + 1.28379167095512586316e-1 * x;
    return x + x * fraction(erfSmall, x * x);
  }
  if (size < 1.25) {
    const quotient = fraction(erfNearOne, size - 1);
    return x >= 0 ? ERF_ONE + quotient : -ERF_ONE - quotient;
  }
  if (size >= 6) return withSign(1, x);
  const tail = erfcTail(size, highWord(size) < 0x4006db6e);
  return x >= 0 ? 1 - tail / size : tail / size - 1;
}

/** 1 − erf(x), without losing digits where that is small. */
export function erfc(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : x > 0 ? 0 : 2;
  const size = Math.abs(x);
  if (size < 0.84375) {
    if (size < 2 ** -56) return 1 - x;
    const y = fraction(erfSmall, x * x);
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x * y + (x - 0.5));
  }
  if (size < 1.25) {
    const quotient = fraction(erfNearOne, size - 1);
    return x >= 0 ? 1 - ERF_ONE - quotient : 1 + (ERF_ONE + quotient);
  }
  if (x <= -6) return 2;
  if (x >= 28) return 0;
  const tail = erfcTail(size, highWord(size) < 0x4006db6d);
  return x > 0 ? tail / size : 2 - tail / size;
}

/* ---- logarithm of the gamma function ---- */

const gammaA = [
  7.72156649015328655494e-2, 3.22467033424113591611e-1, 6.73523010531292681824e-2, 2.05808084325167332806e-2,
  7.38555086081402883957e-3, 2.89051383673415629091e-3, 1.19270763183362067845e-3, 5.10069792153511336608e-4,
  2.20862790713908385557e-4, 1.08011567247583939954e-4, 2.52144565451257326939e-5, 4.4864094961891516015e-5,
] as const;
const gammaT = [
  4.83836122723810047042e-1, -1.47587722994593911752e-1, 6.46249402391333854778e-2,
  -3.27885410759859649565e-2, 1.79706750811820387126e-2, -1.0314224129834143745e-2, 6.10053870246291332635e-3,
  -3.6845201678113825676e-3, 2.2596478090061247225e-3, -1.40346469989232843813e-3, 8.81081882437654011382e-4,
  -5.38595305356740546715e-4, 3.15632070903625950361e-4, -3.12754168375120860518e-4,
  3.35529192635519073543e-4,
] as const;
const gammaU = [
  -7.72156649015328655494e-2, 6.32827064025093366517e-1, 1.45492250137234768737, 9.77717527963372745603e-1,
  2.28963728064692451092e-1, 1.33810918536787660377e-2,
] as const;
const gammaV = [
  1, 2.45597793713041134822, 2.12848976379893395361, 7.69285150456672783825e-1, 1.04222645593369134254e-1,
  3.2170924228242391181e-3,
] as const;
const gammaS = [
  -7.72156649015328655494e-2, 2.14982415960608852501e-1, 3.25778796408930981787e-1, 1.46350472652464452805e-1,
  2.6642270303363860956e-2, 1.84028451407337715652e-3, 3.19475326584100867617e-5,
] as const;
const gammaR = [
  1, 1.39200533467621045958, 7.21935547567138069525e-1, 1.71933865632803078993e-1, 1.86459191715652901344e-2,
  7.77942496381893596434e-4, 7.32668430744625636189e-6,
] as const;
const gammaW = [
  4.18938533204672725052e-1, 8.33333333333329678849e-2, -2.7777777772877553647e-3, 7.936505586430195585e-4,
  -5.95187557450339963135e-4, 8.36339918996282139126e-4, -1.63092934096575273989e-3,
] as const;
/** Where Γ has its minimum, the logarithm there and what it lacks. */
const GAMMA_MINIMUM = 1.46163214496836224576;
const GAMMA_LEAST = -1.21486290535849611461e-1;
const GAMMA_LEAST_TAIL = -3.63867699703950536541e-18;

const everyThird = (start: number): readonly number[] => gammaT.filter((_, i) => i % 3 === start);
const gammaT0 = everyThird(0);
const gammaT1 = everyThird(1);
const gammaT2 = everyThird(2);
const gammaEven = gammaA.filter((_, i) => i % 2 === 0);
const gammaOdd = gammaA.filter((_, i) => i % 2 === 1);

/** log Γ(2 − y) around y = 0. */
function gammaBelowTwo(y: number): number {
  const z = y * y;
  return y * horner(gammaEven, z) + z * horner(gammaOdd, z) - 0.5 * y;
}

/** log Γ around its minimum. */
function gammaAtMinimum(y: number): number {
  const z = y * y;
  const w = z * y;
  const rest = horner(gammaT1, w) + y * horner(gammaT2, w);
  return GAMMA_LEAST + (z * horner(gammaT0, w) - (GAMMA_LEAST_TAIL - w * rest));
}

const gammaAboveOne = (y: number): number => -0.5 * y + (y * horner(gammaU, y)) / horner(gammaV, y);

/** log |Γ(x)| for x > 0. */
export function lgammaPositive(x: number): number {
  if (x === Infinity) return x;
  if (x < 2 ** -70) return -log(x);
  if (x === 1 || x === 2) return 0;
  const high = highWord(x);
  if (x < 2) {
    if (high <= 0x3feccccc) {
      const r = -log(x);
      if (high >= 0x3fe76944) return r + gammaBelowTwo(1 - x);
      return r + (high >= 0x3fcda661 ? gammaAtMinimum(x - (GAMMA_MINIMUM - 1)) : gammaAboveOne(x));
    }
    if (high >= 0x3ffbb4c3) return gammaBelowTwo(2 - x);
    return high >= 0x3ff3b4c4 ? gammaAtMinimum(x - GAMMA_MINIMUM) : gammaAboveOne(x - 1);
  }
  if (x < 8) {
    const whole = Math.trunc(x);
    const y = x - whole;
    const r = 0.5 * y + (y * horner(gammaS, y)) / horner(gammaR, y);
    if (whole < 3) return r;
    let product = 1;
    for (let i = whole - 1; i >= 2; i--) product *= y + i;
    return r + log(product);
  }
  if (x >= 2 ** 58) return x * (log(x) - 1);
  const z = 1 / x;
  const [first, ...others] = gammaW;
  return (x - 0.5) * (log(x) - 1) + (first + z * horner(others, z * z));
}

/** sin(πx) for x <= 0, as lgamma takes it. */
function sinPi(x: number): number {
  if (x > -0.25) return sin(Math.PI * x);
  const half = -x * 0.5;
  const y = 2 * (half - Math.floor(half));
  switch (Math.trunc(y * 4)) {
    case 0:
      return -sin(Math.PI * y);
    case 1:
    case 2:
      return -cos(Math.PI * (0.5 - y));
    case 3:
    case 4:
      return -sin(Math.PI * (1 - y));
    case 5:
    case 6:
      return cos(Math.PI * (y - 1.5));
    default:
      return -sin(Math.PI * (y - 2));
  }
}

/** log |Γ(x)| and the sign of Γ(x). */
export function lgammaSigned(x: number): { readonly value: number; readonly sign: 1 | -1 } {
  if (Number.isNaN(x)) return { value: x, sign: 1 };
  if (x === 0) return { value: Infinity, sign: Object.is(x, -0) ? -1 : 1 };
  if (x > 0) return { value: lgammaPositive(x), sign: 1 };
  if (x === -Infinity || Number.isInteger(x)) return { value: Infinity, sign: 1 };
  if (x > -(2 ** -70)) return { value: -log(-x), sign: -1 };
  const t = sinPi(x);
  return { value: log(Math.PI / Math.abs(t * x)) - lgammaPositive(-x), sign: t < 0 ? -1 : 1 };
}

/** log |Γ(x)| */
export const lgamma = (x: number): number => lgammaSigned(x).value;
