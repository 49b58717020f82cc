/**
 * Code for values of `long double`: constants, operations, comparisons, conversions.
 *
 * Programs that can see the floating-point environment have every operation done by the host, others by helpers of the module
 * (x87-helpers.ts).
 *
 * Source: gcc/config/i386/i386.md (which integers the x87 unit reads and writes), libgcc (__fixxfti, __floattixf).
 */
import type { ArithmeticOperator, ComparisonOperator } from '../sema/typed-tree.ts';
import { invariant } from '../../base/assert.ts';
import { extendedZero } from '../target/extended-float.ts';
import type { Extended } from '../target/extended-float.ts';
import { EXTENDED_AREA } from '../target/tlb-layout.ts';
import type { ExtendedOperation } from './extended-operations.ts';
import type { FunctionState } from './function-state.ts';
import type { Access, ValueKind } from './value-type.ts';
import { op } from './wasm-module.ts';

type Scalar = Extract<ValueKind, { kind: 'scalar' }>;

/** Whether values of an access are numbers of the x87 unit. */
export const isExtended = ({ type }: Access): boolean => type === 'v128';

/** Pushes a constant. */
export function pushExtended(state: FunctionState, value: Extended): void {
  state.code.v128Const(value & 0xffff_ffff_ffff_ffffn, value >> 64n);
}

/** Calls what does an operation. */
export function callExtended(state: FunctionState, operation: ExtendedOperation): void {
  const { program, code } = state;
  code.call(program.helper(`x87_${program.floats === undefined ? '' : 'host_'}${operation}`));
}

const operations = new Map<ArithmeticOperator, ExtendedOperation>([
  ['+', 'add'],
  ['-', 'subtract'],
  ['*', 'multiply'],
  ['/', 'divide'],
]);

/** Replaces the two operands on the stack by the result. */
export function combineExtended(state: FunctionState, operator: ArithmeticOperator): void {
  const operation = operations.get(operator);
  invariant(operation !== undefined, `no floating ${operator}`);
  callExtended(state, operation);
}

/**
 * Replaces the two operands on the stack by an i32: 1 when the comparison holds, else 0.
 *
 * @param isQuiet - raises no exception for a quiet NaN; `==` and `!=` never do
 */
export function compareExtended(state: FunctionState, operator: ComparisonOperator, isQuiet = false): void {
  const { code } = state;
  const isEquality = operator === '==' || operator === '!=';
  callExtended(state, isQuiet || isEquality ? 'compareQuietly' : 'compare');
  switch (operator) {
    case '==':
      code.emit(op.i32_eqz);
      return;
    case '!=':
      code.i32Const(0);
      code.emit(op.i32_ne);
      return;
    case '>':
    case '<':
      code.i32Const(operator === '>' ? 1 : 2);
      code.emit(op.i32_eq);
      return;
    case '>=':
      code.i32Const(2);
      code.emit(op.i32_lt_u);
      return;
    case '<=':
      code.i32Const(1);
      code.emit(op.i32_and);
      code.emit(op.i32_eqz);
      return;
  }
}

/** Replaces the number on the stack by an i32 that is 1 when it is not zero (a NaN is not zero), else 0. */
export function testExtended(state: FunctionState): void {
  pushExtended(state, extendedZero);
  compareExtended(state, '!=');
}

/** Changes the sign of the number on the stack, or takes it away: of a NaN, too. */
export function setSign(state: FunctionState, change: 'negate' | 'clear'): void {
  state.code.call(state.program.helper(change === 'negate' ? 'x87_sign_negate' : 'x87_sign_clear'));
}

/** Pushes head: exponent and sign, an i32 of 16 bits. The number is on the stack. */
export function takeHead(state: FunctionState): void {
  state.code.call(state.program.helper('x87_head'));
}

/** Replaces the number on the stack by one of another floating type, or the other way round. */
export function changeToExtended(state: FunctionState, from: Access): void {
  if (from.type === 'f64') callExtended(state, 'fromDouble');
  else if (from.type === 'f32') callExtended(state, 'fromSingle');
}

/** Replaces the `long double` on the stack by a number of another floating type. */
export function changeFromExtended(state: FunctionState, to: Access): void {
  if (to.type === 'f64') callExtended(state, 'toDouble');
  else if (to.type === 'f32') callExtended(state, 'toSingle');
}

/** Replaces the integer on the stack by a number. */
export function integerToExtended(state: FunctionState, from: Scalar): void {
  const { code } = state;
  if (from.access.type === 'i32') code.emit(from.isSigned ? op.i64_extend_i32_s : op.i64_extend_i32_u);
  const isUnsigned = from.access.type === 'i64' && !from.isSigned;
  callExtended(state, isUnsigned ? 'fromUnsigned' : 'fromSigned');
}

/**
 * Replaces the number on the stack by an integer, which is not yet cut to its size: the unit writes 16, 32 and 64 bits, each
 * with an indefinite value of its own for what does not fit.
 */
export function extendedToInteger(state: FunctionState, to: Scalar): void {
  const { code } = state;
  const { size } = to.access;
  if (size === 8) callExtended(state, to.isSigned ? 'toLong' : 'toUnsignedLong');
  else if (size === 1 || (size === 2 && to.isSigned)) callExtended(state, 'toShort');
  else if (size === 2 || to.isSigned) callExtended(state, 'toInt');
  else {
    callExtended(state, 'toLong');
    code.emit(op.i32_wrap_i64);
  }
}

/** Replaces the two halves of a 128-bit integer on the stack by a number. */
export function pairToExtended(state: FunctionState, isSigned: boolean): void {
  callExtended(state, isSigned ? 'fromSignedPair' : 'fromUnsignedPair');
}

/** Replaces the number on the stack by the two halves of a 128-bit integer. */
export function extendedToPair(state: FunctionState, isSigned: boolean): void {
  callExtended(state, isSigned ? 'toSignedPair' : 'toUnsignedPair');
  for (const offset of [0, 8]) {
    state.code.i32Const(0);
    state.code.memory(op.i64_load, EXTENDED_AREA + offset);
  }
}

/** Replaces four numbers on the stack, two complex ones, by the parts of a complex one. */
export function combineComplexExtended(
  state: FunctionState,
  operation: 'multiplyComplex' | 'divideComplex',
): void {
  callExtended(state, operation);
  state.code.i32Const(EXTENDED_AREA + 16);
  state.code.call(state.program.helper('f80_load'));
}
