/**
 * Operations on constant floating numbers, which gcc does while it compiles, so that they raise no exceptions and round to
 * nearest; those with an exception worth a signal (division by zero, overflow, no number) it leaves to the program.
 *
 * Source: gcc/fold-const.cc: const_binop, fold_convert_const (behaviour without -frounding-math).
 */
import { evaluate } from '../sema/constant.ts';
import { extendedOf } from '../sema/floating-value.ts';
import type { FloatingValue } from '../sema/floating-value.ts';
import { resolve } from '../sema/type-relations.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import { pushExtended } from './extended-value.ts';
import type { FunctionState } from './function-state.ts';
import { valueKindOf } from './value-type.ts';
import type { Access } from './value-type.ts';

/** Pushes the value of an operation on constants, in programs that see the difference. @returns whether it was pushed */
export function pushFoldedFloat(state: FunctionState, expression: TypedExpression): boolean {
  if (state.program.floats === undefined || resolve(expression.type.type).kind !== 'float') return false;
  const kind = valueKindOf(expression.type.type);
  const value = evaluate(expression, { foldObjects: false, wordBytes: state.program.wordBytes });
  if (kind.kind !== 'scalar' || value?.kind !== 'floating' || !Number.isFinite(value.value)) return false;
  pushFloating(state, kind.access, value);
  return true;
}

/** Pushes a number. */
export function pushFloating(state: FunctionState, access: Access, number: FloatingValue): void {
  if (access.type === 'v128') pushExtended(state, extendedOf(number));
  else if (access.type === 'f32') state.code.f32Const(number.value);
  else state.code.f64Const(number.value);
}

/** Whether an expression is a constant that is not a number. */
export function isNotANumber(state: FunctionState, expression: TypedExpression): boolean {
  if (state.program.floats === undefined) return false;
  const value = evaluate(expression, { foldObjects: false, wordBytes: state.program.wordBytes });
  return value?.kind === 'floating' && Number.isNaN(value.value);
}
