/**
 * The floating-point operations of programs that can see the floating-point environment, done by the host; see
 * codegen/float-operations.ts.
 */
import { truncationKinds } from '../codegen/float-operations.ts';
import type { FloatOperation } from '../codegen/float-operations.ts';
import type { FloatEnvironment } from '../libc/float-environment.ts';
import {
  FE_INEXACT,
  FE_INVALID,
  addRounded,
  divideRounded,
  doubleFormat,
  integerRounded,
  multiplyRounded,
  narrowRounded,
  singleFormat,
  squareRootRounded,
} from '../libc/float-rounding.ts';
import type { FloatFormat, RoundedNumber } from '../libc/float-rounding.ts';

/** The imports of a module for them. */
export function floatOperations(environment: FloatEnvironment): Record<string, WebAssembly.ImportValue> {
  environment.watch();
  const operations: Record<FloatOperation | 'truncated', (x: never, y: never) => number> = {
    ...arithmetic(environment),
    ...comparisons(environment),
    ...conversions(environment),
  };
  return Object.fromEntries(Object.entries(operations).map(([name, call]) => [`float:${name}`, call]));
}

type Rounded = (x: number, y: number, format: FloatFormat, direction: number) => RoundedNumber;
type Binary = (x: number, y: number) => number;

const subtractRounded: Rounded = (x, y, format, direction) =>
  Number.isNaN(y) ? addRounded(x, y, format, direction) : addRounded(x, -y, format, direction);

function arithmetic(environment: FloatEnvironment) {
  const made =
    (operation: Rounded, format: FloatFormat): Binary =>
    (x, y) =>
      environment.take(operation(x, y, format, environment.direction));
  return {
    f32_add: made(addRounded, singleFormat),
    f32_sub: made(subtractRounded, singleFormat),
    f32_mul: made(multiplyRounded, singleFormat),
    f32_div: made(divideRounded, singleFormat),
    f64_add: made(addRounded, doubleFormat),
    f64_sub: made(subtractRounded, doubleFormat),
    f64_mul: made(multiplyRounded, doubleFormat),
    f64_div: made(divideRounded, doubleFormat),
    f64_sqrt: (x: number): number =>
      environment.take(squareRootRounded(x, doubleFormat, environment.direction)),
  };
}

/** The ordered comparisons (comisd): a not-a-number is invalid. */
function comparisons(environment: FloatEnvironment) {
  const made =
    (holds: (x: number, y: number) => boolean): Binary =>
    (x, y) => {
      if (Number.isNaN(x) || Number.isNaN(y)) environment.raise(FE_INVALID);
      return holds(x, y) ? 1 : 0;
    };
  const [lt, gt, le, ge] = [
    made((x, y) => x < y),
    made((x, y) => x > y),
    made((x, y) => x <= y),
    made((x, y) => x >= y),
  ];
  return { f32_lt: lt, f32_gt: gt, f32_le: le, f32_ge: ge, f64_lt: lt, f64_gt: gt, f64_le: le, f64_ge: ge };
}

function conversions(environment: FloatEnvironment) {
  const made =
    (exact: (x: number | bigint) => bigint, format: FloatFormat) =>
    (x: number | bigint): number =>
      environment.take(integerRounded(exact(x), format, environment.direction));
  const signed = (x: number | bigint): bigint => BigInt(x);
  const unsigned32 = (x: number | bigint): bigint => BigInt.asUintN(32, BigInt(x));
  const unsigned64 = (x: number | bigint): bigint => BigInt.asUintN(64, BigInt(x));
  return {
    f32_demote_f64: (x: number): number => environment.take(narrowRounded(x, environment.direction)),
    f32_convert_i32_s: made(signed, singleFormat),
    f32_convert_i32_u: made(unsigned32, singleFormat),
    f32_convert_i64_s: made(signed, singleFormat),
    f32_convert_i64_u: made(unsigned64, singleFormat),
    f64_convert_i64_s: made(signed, doubleFormat),
    f64_convert_i64_u: made(unsigned64, doubleFormat),
    truncated: (x: number, kind: number): number => {
      environment.raise(truncationFlags(x, kind, environment.direction));
      return x;
    },
  };
}

/** What a conversion to an integer raises. */
function truncationFlags(x: number, kind: number, direction: number): number {
  const most = kind === truncationKinds.i32 ? 2 ** 31 : 2 ** 63;
  // Beyond the signed numbers gcc converts what is left over 2^63.
  const isBeyond = kind === truncationKinds.u64 && x >= most;
  const left = isBeyond ? addRounded(x, -most, doubleFormat, direction) : { value: x, flags: 0 };
  const whole = Math.trunc(left.value);
  if (!(whole >= -most && whole < most)) return left.flags | FE_INVALID;
  return left.flags | (whole === left.value ? 0 : FE_INEXACT);
}
