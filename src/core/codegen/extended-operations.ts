/**
 * Operations on `long double` that the host does, through the import `extended_operation(operation: i32)`: operands and result
 * lie in {@link EXTENDED_AREA}, 16 bytes each, the result in place of the first one.
 */
import type { WasmType } from './compiled-program.ts';

/** What an operation takes and leaves; `pair` is a 128-bit integer. */
export interface HostOperation {
  readonly number: number;
  readonly parameters: readonly WasmType[];
  readonly result: WasmType | 'pair';
}

const numbered = <Name extends string>(
  table: Readonly<Record<Name, readonly [readonly WasmType[], WasmType | 'pair']>>,
): Readonly<Record<Name, HostOperation>> =>
  Object.fromEntries(
    Object.entries<readonly [readonly WasmType[], WasmType | 'pair']>(table).map(
      ([name, [parameters, result]], number) => [name, { number, parameters, result }],
    ),
  ) as Record<Name, HostOperation>;

const two = ['v128', 'v128'] as const;
const four = ['v128', 'v128', 'v128', 'v128'] as const;

/**
 * By name. Comparisons give 0 for equal, 1 for greater, 2 for less, 3 where an operand is a NaN; complex operations leave two
 * numbers.
 */
export const extendedOperations = numbered({
  add: [two, 'v128'],
  subtract: [two, 'v128'],
  multiply: [two, 'v128'],
  divide: [two, 'v128'],
  compare: [two, 'i32'],
  compareQuietly: [two, 'i32'],
  fromDouble: [['f64'], 'v128'],
  fromSingle: [['f32'], 'v128'],
  fromSigned: [['i64'], 'v128'],
  fromUnsigned: [['i64'], 'v128'],
  fromSignedPair: [['i64', 'i64'], 'v128'],
  fromUnsignedPair: [['i64', 'i64'], 'v128'],
  toDouble: [['v128'], 'f64'],
  toSingle: [['v128'], 'f32'],
  toShort: [['v128'], 'i32'],
  toInt: [['v128'], 'i32'],
  toLong: [['v128'], 'i64'],
  toUnsignedLong: [['v128'], 'i64'],
  toSignedPair: [['v128'], 'pair'],
  toUnsignedPair: [['v128'], 'pair'],
  squareRoot: [['v128'], 'v128'],
  multiplyComplex: [four, 'v128'],
  divideComplex: [four, 'v128'],
});

/** The name of an operation. */
export type ExtendedOperation = keyof typeof extendedOperations;
