/** What the generators of expressions share about operands: how their values are handled, constants, order of evaluation. */
import { exchangesOperands } from '../sema/operand-order.ts';
import { hasSideEffects } from '../image/tree-walk.ts';
import { integerOf, isScalar } from '../sema/type-relations.ts';
import type {
  ArithmeticOperator,
  ComparisonOperator,
  ObjectSymbol,
  TypedExpression,
} from '../sema/typed-tree.ts';
import type { CType } from '../sema/type.ts';
import { VOLATILE } from '../sema/type.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import type { Text } from '../text/text.ts';
import { fromInteger, newUnit } from '../target/extended-float.ts';
import { pushExtended } from './extended-value.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { FunctionState } from './function-state.ts';
import { valueKindOf } from './value-type.ts';
import type { Access, ValueKind } from './value-type.ts';
import { keepWords, pushWords, releaseWords } from './wide-value.ts';
import { op } from './wasm-module.ts';

export type Scalar = Extract<ValueKind, { kind: 'scalar' }>;

/** How values of the expression's type are handled; stops at types that are not modelled. */
export function kindOf(expression: TypedExpression): ValueKind {
  return checkedKind(expression.type.type, expression);
}

/** How values of a type are handled; stops at types that are not modelled. */
export function checkedKind(type: CType, at: TypedExpression): ValueKind {
  const kind = valueKindOf(type);
  if (kind.kind === 'unsupported') {
    throw new UnsupportedConstruct(reasonOf(kind.name, at), at.span);
  }
  return kind;
}

function reasonOf(type: string, at: TypedExpression): Text {
  if (at.kind === 'unsupported') return at.reason;
  return type === 'error'
    ? sayCodegen('codegen.error-in-source')
    : sayCodegen('codegen.unsupported-type', { type });
}

/** How the scalar value of an expression is handled; stops at all other values. */
export function scalarOf(expression: TypedExpression): Scalar {
  const kind = kindOf(expression);
  if (kind.kind === 'scalar') return kind;
  throw new UnsupportedConstruct(
    sayCodegen('codegen.unsupported-construct', { name: expression.kind }),
    expression.span,
  );
}

/** Pushes a constant as a scalar. */
export function pushInteger(state: FunctionState, kind: Scalar, value: bigint): void {
  const { code } = state;
  switch (kind.access.type) {
    case 'i32':
      code.i32Const(Number(BigInt.asIntN(32, value)));
      return;
    case 'i64':
      code.i64Const(value);
      return;
    case 'f32':
      code.f32Const(Number(value));
      return;
    case 'f64':
      code.f64Const(Number(value));
      return;
    case 'v128':
      pushExtended(state, fromInteger(newUnit(), value));
      return;
  }
}

/** Pushes zero. */
export function pushZero(state: FunctionState, access: Access): void {
  pushInteger(state, { kind: 'scalar', access, isSigned: false }, 0n);
}

/** The value of an integer constant, which spares checks and shifts. */
export function constantOf(expression: TypedExpression): bigint | undefined {
  if (expression.kind === 'integer') return expression.value;
  if (expression.kind === 'convert' && expression.conversion === 'arithmetic') {
    return integerOf(expression.type.type) === undefined ? undefined : constantOf(expression.operand);
  }
  return undefined;
}

/** A scalar variable that gcc keeps as an operand until the operation reads it. */
export function isLateOperand(expression: TypedExpression): boolean {
  if (expression.kind !== 'convert' || expression.conversion !== 'load') return false;
  const { operand } = expression;
  const object = operand.kind === 'object' ? operand.object : capturedBy(operand);
  return (
    object?.storage === 'automatic' &&
    !object.isAddressTaken &&
    (operand.type.quals & VOLATILE) === 0 &&
    isScalar(operand.type.type)
  );
}

/** The variable of a function around that an lvalue is. */
const capturedBy = (lvalue: TypedExpression): ObjectSymbol | undefined =>
  lvalue.kind === 'member' ? lvalue.captured : undefined;

/** Pushes the left and the right operand, evaluated in gcc's order. */
export function pushOperands(
  state: FunctionState,
  left: TypedExpression,
  right: TypedExpression,
  operator: ArithmeticOperator | ComparisonOperator,
): void {
  if ((isLateOperand(left) || exchangesOperands(operator, left, right)) && hasSideEffects(right)) {
    const kind = kindOf(right);
    const words = kind.kind === 'words' ? kind.words : [{ access: scalarOf(right).access, offset: 0 }];
    state.value(right);
    const later = keepWords(state, words);
    state.value(left);
    pushWords(state, later);
    releaseWords(state, words, later);
    return;
  }
  state.value(left);
  state.value(right);
}

/** Makes the count of a shift as wide as the shifted value. */
export function alignShiftCount(
  state: FunctionState,
  operator: ArithmeticOperator,
  access: Access,
  right: TypedExpression,
): void {
  if (operator !== '<<' && operator !== '>>') return;
  const count = checkedKind(right.type.type, right);
  if (count.kind === 'words') {
    // Only the low half of a 128-bit count matters.
    state.code.emit(op.drop);
    if (access.type === 'i32') state.code.emit(op.i32_wrap_i64);
    return;
  }
  if (count.kind !== 'scalar') return;
  if (access.type === 'i64' && count.access.type === 'i32') state.code.emit(op.i64_extend_i32_u);
  if (access.type === 'i32' && count.access.type === 'i64') state.code.emit(op.i32_wrap_i64);
}
