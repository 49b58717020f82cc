/** Binary operators on scalars: arithmetic with x86's answers where C has none, and comparisons. */
import type { ArithmeticOperator, ComparisonOperator } from '../sema/typed-tree.ts';
import { invariant } from '../../base/assert.ts';
import { combineExtended, compareExtended, isExtended } from './extended-value.ts';
import type { FunctionState } from './function-state.ts';
import type { Access, ValueKind } from './value-type.ts';
import { op } from './wasm-module.ts';
import type { Opcode } from './wasm-module.ts';

type Scalar = Extract<ValueKind, { kind: 'scalar' }>;

/**
 * Replaces the two operands on the stack by the result.
 *
 * @param constant - the right operand where it is known: a division by it needs no checks
 * @param dividend - the left operand of a division where it is known
 */
export function combine(
  state: FunctionState,
  operator: ArithmeticOperator,
  access: Access,
  isSigned: boolean,
  constant: bigint | undefined,
  dividend?: bigint,
): void {
  const { code } = state;
  if (access.type === 'v128') {
    combineExtended(state, operator);
    return;
  }
  if (access.type === 'f32' || access.type === 'f64') {
    code.emit(floatOperator(operator, access.type));
    return;
  }
  if (operator === '/' && dividend === 1n && constant === undefined) {
    divideOne(state, access.type, isSigned);
    return;
  }
  if (operator === '/' || operator === '%') {
    divide(state, operator, access.type, isSigned, constant);
    return;
  }
  code.emit(integerOperator(operator, access.type, isSigned));
}

function integerOperator(operator: ArithmeticOperator, type: 'i32' | 'i64', isSigned: boolean): Opcode {
  const isWide = type === 'i64';
  switch (operator) {
    case '+':
      return isWide ? op.i64_add : op.i32_add;
    case '-':
      return isWide ? op.i64_sub : op.i32_sub;
    case '*':
      return isWide ? op.i64_mul : op.i32_mul;
    case '&':
      return isWide ? op.i64_and : op.i32_and;
    case '|':
      return isWide ? op.i64_or : op.i32_or;
    case '^':
      return isWide ? op.i64_xor : op.i32_xor;
    case '<<':
      return isWide ? op.i64_shl : op.i32_shl;
    case '>>':
      if (isSigned) return isWide ? op.i64_shr_s : op.i32_shr_s;
      return isWide ? op.i64_shr_u : op.i32_shr_u;
    case '/':
      if (isSigned) return isWide ? op.i64_div_s : op.i32_div_s;
      return isWide ? op.i64_div_u : op.i32_div_u;
    case '%':
      if (isSigned) return isWide ? op.i64_rem_s : op.i32_rem_s;
      return isWide ? op.i64_rem_u : op.i32_rem_u;
  }
}

function floatOperator(operator: ArithmeticOperator, type: 'f32' | 'f64'): Opcode {
  const isDouble = type === 'f64';
  switch (operator) {
    case '+':
      return isDouble ? op.f64_add : op.f32_add;
    case '-':
      return isDouble ? op.f64_sub : op.f32_sub;
    case '*':
      return isDouble ? op.f64_mul : op.f32_mul;
    case '/':
      return isDouble ? op.f64_div : op.f32_div;
    case '%':
    case '<<':
    case '>>':
    case '&':
    case '|':
    case '^':
      invariant(false, `no floating ${operator}`);
  }
}

/**
 * Division as `div` and `idiv` do it: a zero divisor and a quotient that does not fit raise SIGFPE. gcc divides by
 * constants without `idiv`, so those never trap but for zero.
 */
function divide(
  state: FunctionState,
  operator: '/' | '%',
  type: 'i32' | 'i64',
  isSigned: boolean,
  constant: bigint | undefined,
): void {
  const { code } = state;
  const isWide = type === 'i64';
  const number = (value: number | bigint): void =>
    isWide ? code.i64Const(value) : code.i32Const(Number(value));
  if (constant !== undefined && constant !== 0n) {
    if (constant === -1n && isSigned) {
      code.emit(op.drop);
      if (operator === '%') {
        code.emit(op.drop);
        number(0);
      } else {
        number(-1);
        code.emit(isWide ? op.i64_mul : op.i32_mul);
      }
      return;
    }
    code.emit(integerOperator(operator, type, isSigned));
    return;
  }
  const divisor = state.temp(type);
  code.localTee(divisor);
  code.emit(isWide ? op.i64_eqz : op.i32_eqz);
  code.openIf('unlikely');
  code.call(state.program.imports.divideError);
  code.close();
  if (isSigned) {
    const dividend = state.temp(type);
    code.localTee(dividend);
    number(isWide ? -0x8000000000000000n : -0x80000000);
    code.emit(isWide ? op.i64_eq : op.i32_eq);
    code.localGet(divisor);
    number(-1);
    code.emit(isWide ? op.i64_eq : op.i32_eq);
    code.emit(op.i32_and);
    code.openIf('unlikely');
    code.call(state.program.imports.divideError);
    code.close();
    code.localGet(dividend);
    state.release(type, dividend);
  }
  code.localGet(divisor);
  code.emit(integerOperator(operator, type, isSigned));
  state.release(type, divisor);
}

/** 1 / x: gcc makes comparisons of it, so that zero gives zero (match.pd: `x >= -1 && x <= 1 ? x : 0`). */
function divideOne(state: FunctionState, type: 'i32' | 'i64', isSigned: boolean): void {
  const { code } = state;
  const isWide = type === 'i64';
  const number = (value: number): void => (isWide ? code.i64Const(value) : code.i32Const(value));
  const divisor = state.temp(type);
  code.localSet(divisor);
  code.emit(op.drop);
  code.localGet(divisor);
  number(0);
  code.localGet(divisor);
  if (isSigned) {
    number(1);
    code.emit(isWide ? op.i64_add : op.i32_add);
  }
  number(isSigned ? 2 : 1);
  code.emit(isWide ? op.i64_le_u : op.i32_le_u);
  code.emit(op.select);
  state.release(type, divisor);
}

/** Replaces the two operands on the stack by an i32: 1 when the comparison holds, else 0. */
export function compare(state: FunctionState, operator: ComparisonOperator, kind: Scalar): void {
  if (isExtended(kind.access)) compareExtended(state, operator);
  else state.code.emit(comparison(operator, kind));
}

/** The same without an exception where an operand is not a number. */
export function compareQuietly(state: FunctionState, operator: ComparisonOperator, kind: Scalar): void {
  if (isExtended(kind.access)) compareExtended(state, operator, true);
  else state.code.emitQuiet(comparison(operator, kind));
}

function comparison(operator: ComparisonOperator, kind: Scalar): Opcode {
  const { isSigned } = kind;
  switch (kind.access.type) {
    case 'i32':
      switch (operator) {
        case '==':
          return op.i32_eq;
        case '!=':
          return op.i32_ne;
        case '<':
          return isSigned ? op.i32_lt_s : op.i32_lt_u;
        case '>':
          return isSigned ? op.i32_gt_s : op.i32_gt_u;
        case '<=':
          return isSigned ? op.i32_le_s : op.i32_le_u;
        case '>=':
          return isSigned ? op.i32_ge_s : op.i32_ge_u;
      }
      break;
    case 'i64':
      switch (operator) {
        case '==':
          return op.i64_eq;
        case '!=':
          return op.i64_ne;
        case '<':
          return isSigned ? op.i64_lt_s : op.i64_lt_u;
        case '>':
          return isSigned ? op.i64_gt_s : op.i64_gt_u;
        case '<=':
          return isSigned ? op.i64_le_s : op.i64_le_u;
        case '>=':
          return isSigned ? op.i64_ge_s : op.i64_ge_u;
      }
      break;
    case 'f32':
      switch (operator) {
        case '==':
          return op.f32_eq;
        case '!=':
          return op.f32_ne;
        case '<':
          return op.f32_lt;
        case '>':
          return op.f32_gt;
        case '<=':
          return op.f32_le;
        case '>=':
          return op.f32_ge;
      }
      break;
    case 'f64':
      switch (operator) {
        case '==':
          return op.f64_eq;
        case '!=':
          return op.f64_ne;
        case '<':
          return op.f64_lt;
        case '>':
          return op.f64_gt;
        case '<=':
          return op.f64_le;
        case '>=':
          return op.f64_ge;
      }
      break;
    case 'v128':
      break;
  }
  invariant(false, 'a comparison of numbers');
}
