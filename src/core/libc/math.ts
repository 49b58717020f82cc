/**
 * <math.h> with the functions of the host, which agree with glibc's to the last place for exact operations (sqrt,
 * floor, fmod …) and to about one unit in the last place for the transcendental ones.
 *
 * Source: C17 7.12.
 */
import type { LibcFunction, LibcTable } from './libc-context.ts';

const unary = (operation: (x: number) => number): LibcFunction => ({
  signature: 'dd',
  call: (_ctx, [x = 0]) => operation(x),
});
const binary = (operation: (x: number, y: number) => number): LibcFunction => ({
  signature: 'ddd',
  call: (_ctx, [x = 0, y = 0]) => operation(x, y),
});
const unaryFloat = (operation: (x: number) => number): LibcFunction => ({
  signature: 'ff',
  call: (_ctx, [x = 0]) => Math.fround(operation(x)),
});
const binaryFloat = (operation: (x: number, y: number) => number): LibcFunction => ({
  signature: 'fff',
  call: (_ctx, [x = 0, y = 0]) => Math.fround(operation(x, y)),
});

/** Half to even, as the default rounding mode does. */
function roundToEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x - Math.trunc(x)) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Half away from zero. */
const roundAway = (x: number): number => Math.sign(x) * Math.round(Math.abs(x));

const unaries: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  fabs: Math.abs,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  round: roundAway,
  rint: roundToEven,
  nearbyint: roundToEven,
};

const binaries: Readonly<Record<string, (x: number, y: number) => number>> = {
  pow: (x, y) => (x === 1 || (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) ? 1 : x ** y),
  fmod: (x, y) => x % y,
  atan2: Math.atan2,
  hypot: Math.hypot,
  fmax: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y)),
  fmin: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y)),
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
  fdim: (x, y) => (x > y ? x - y : 0),
};

const doubles = Object.entries(unaries).flatMap(([name, operation]): [string, LibcFunction][] => [
  [name, unary(operation)],
  [`${name}f`, unaryFloat(operation)],
]);
const pairs = Object.entries(binaries).flatMap(([name, operation]): [string, LibcFunction][] => [
  [name, binary(operation)],
  [`${name}f`, binaryFloat(operation)],
]);

/** <math.h> */
export const mathFunctions: LibcTable = {
  ...Object.fromEntries([...doubles, ...pairs]),
  lround: { signature: 'ld', call: (_ctx, [x = 0]) => roundAway(x) },
  lrint: { signature: 'ld', call: (_ctx, [x = 0]) => roundToEven(x) },
  ldexp: { signature: 'ddi', call: (_ctx, [x = 0, power = 0]) => x * 2 ** power },
  frexp: {
    signature: 'ddp',
    call: (ctx, [x = 0, target = 0]) => {
      if (x === 0 || !Number.isFinite(x)) {
        ctx.memory.writeU32(target, 0);
        return x;
      }
      let power = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
      let fraction = x * 2 ** -power;
      while (Math.abs(fraction) < 0.5) {
        fraction *= 2;
        power--;
      }
      while (Math.abs(fraction) >= 1) {
        fraction /= 2;
        power++;
      }
      ctx.memory.writeU32(target, power >>> 0);
      return fraction;
    },
  },
  modf: {
    signature: 'ddp',
    call: (ctx, [x = 0, target = 0]) => {
      const whole = Math.trunc(x);
      const bits = new DataView(new ArrayBuffer(8));
      bits.setFloat64(0, whole, true);
      ctx.memory.writeBytes(target, new Uint8Array(bits.buffer));
      return Number.isFinite(x) ? x - whole : Number.isNaN(x) ? x : 0;
    },
  },
};
