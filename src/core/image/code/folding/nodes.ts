/** Nodes that folding makes, and questions about operands that every rule asks. */
import { integerConstant } from '../../../sema/constant.ts';
import { integerOf, qualsOf, resolve, sizeOf } from '../../../sema/type-relations.ts';
import { VOLATILE } from '../../../sema/type.ts';
import type { IntegerType } from '../../../sema/type.ts';
import type { ArithmeticOperator, ComparisonOperator, TypedExpression } from '../../../sema/typed-tree.ts';
import { hasSideEffects, walkExpression } from '../../tree-walk.ts';
import { intType } from '../nodes.ts';

export type Of<Kind extends TypedExpression['kind']> = Extract<TypedExpression, { kind: Kind }>;
export type Arithmetic = Of<'arithmetic'>;
export type Compare = Of<'compare'>;
export type Convert = Of<'convert'>;
export type Unary = Of<'negate' | 'complement'>;

/** Trees that gcc has and C has not: they are `builtin` nodes by these names. */
export type CompilerOperation =
  'MIN_EXPR' | 'MAX_EXPR' | 'BIT_FIELD_REF' | 'ABS_EXPR' | 'LROTATE_EXPR' | 'RROTATE_EXPR';

/** The value of an integer constant. */
export function constantOf(expression: TypedExpression): bigint | undefined {
  return integerConstant(expression, 8);
}

/** A value as the type has it. */
export function wrapped(value: bigint, type: IntegerType): bigint {
  if (type.name === '_Bool') return value === 0n ? 0n : 1n;
  return type.isSigned ? BigInt.asIntN(8 * type.size, value) : BigInt.asUintN(8 * type.size, value);
}

/** A constant of the type of another expression. */
export function literalLike(like: TypedExpression, value: bigint): TypedExpression {
  const type = integerOf(like.type.type);
  return {
    kind: 'integer',
    value: type === undefined ? value : wrapped(value, type),
    type: like.type,
    span: like.span,
  };
}

/** The integer 0 or 1 in the place of a truth value. */
export function truthLiteral(like: TypedExpression, truth: boolean): TypedExpression {
  return { kind: 'integer', value: truth ? 1n : 0n, type: { type: intType, quals: 0 }, span: like.span };
}

/** An operation of the type of `like`. */
export function operation(
  like: TypedExpression,
  operator: ArithmeticOperator,
  left: TypedExpression,
  right: TypedExpression,
): Arithmetic {
  return { kind: 'arithmetic', operator, left, right, type: like.type, span: like.span };
}

/** A comparison of two operands. */
export function comparison(
  like: TypedExpression,
  operator: ComparisonOperator,
  left: TypedExpression,
  right: TypedExpression,
): Compare {
  return { kind: 'compare', operator, left, right, type: { type: intType, quals: 0 }, span: like.span };
}

/** An operation that C has no operator for. */
export function compilerOperation(
  like: TypedExpression,
  name: CompilerOperation,
  args: readonly TypedExpression[],
): TypedExpression {
  return { kind: 'builtin', name, args, typeArgument: undefined, type: like.type, span: like.span };
}

/** -x */
export function negated(operand: TypedExpression): TypedExpression {
  return { kind: 'negate', operand, type: operand.type, span: operand.span };
}

/** ~x */
export function complemented(operand: TypedExpression): TypedExpression {
  return { kind: 'complement', operand, type: operand.type, span: operand.span };
}

/** `left, right`: what is left of something whose value is known but that does something. */
export function after(left: TypedExpression, right: TypedExpression): TypedExpression {
  return { kind: 'comma', left, right, type: right.type, span: left.span };
}

/** The operand converted to an integer type. */
export function convertedTo(operand: TypedExpression, type: IntegerType): TypedExpression {
  const from = integerOf(operand.type.type);
  if (from?.size === type.size && from.isSigned === type.isSigned && from.name === type.name) return operand;
  const quals = { type, quals: 0 };
  const value = constantOf(operand);
  if (value !== undefined && resolve(operand.type.type).kind !== 'pointer') {
    return { kind: 'integer', value: wrapped(value, type), type: quals, span: operand.span };
  }
  return {
    kind: 'convert',
    conversion: 'arithmetic',
    operand,
    isExplicit: false,
    type: quals,
    span: operand.span,
  };
}

/** Whether the expression is 0 or 1 by its kind. */
export function isTruth(expression: TypedExpression): boolean {
  return expression.kind === 'compare' || expression.kind === 'not' || expression.kind === 'logical';
}

/** Whether two expressions have the same value, whatever it is, and no side effect. */
export function isSameValue(a: TypedExpression, b: TypedExpression): boolean {
  if (a.kind !== b.kind) return false;
  if ((qualsOf(a.type) & VOLATILE) !== 0) return false;
  switch (a.kind) {
    case 'integer':
      return b.kind === 'integer' && a.value === b.value;
    case 'object':
      return b.kind === 'object' && a.object === b.object;
    case 'member':
      return (
        b.kind === 'member' && a.member === b.member && a.offset === b.offset && isSameValue(a.base, b.base)
      );
    case 'deref':
    case 'negate':
    case 'complement':
    case 'not':
    case 'address-of':
      return b.kind === a.kind && isSameValue(a.operand, b.operand);
    case 'convert':
      return (
        b.kind === 'convert' &&
        a.conversion === b.conversion &&
        sizeOf(a.type.type) === sizeOf(b.type.type) &&
        integerOf(a.type.type)?.isSigned === integerOf(b.type.type)?.isSigned &&
        isSameValue(a.operand, b.operand)
      );
    case 'arithmetic':
    case 'compare':
      return (
        b.kind === a.kind &&
        a.operator === b.operator &&
        isSameValue(a.left, b.left) &&
        isSameValue(a.right, b.right)
      );
    case 'pointer-add':
      return (
        b.kind === 'pointer-add' &&
        a.subtract === b.subtract &&
        isSameValue(a.pointer, b.pointer) &&
        isSameValue(a.index, b.index)
      );
    default:
      return false;
  }
}

/** The exponent of a power of two. */
export function powerOf(value: bigint): number | undefined {
  return value > 0n && (value & (value - 1n)) === 0n ? value.toString(2).length - 1 : undefined;
}

/** A known value instead of an operation; what the operands would have done is done before. */
export function instead(value: TypedExpression, ...dropped: readonly TypedExpression[]): TypedExpression {
  return dropped.filter(hasEffect).reduceRight((rest, one) => after(one, rest), value);
}

/** Whether evaluating changes something, or reads what must be read. */
function hasEffect(expression: TypedExpression): boolean {
  if (hasSideEffects(expression)) return true;
  let isRead = false;
  walkExpression(expression, {
    expression: (one) => {
      if (one.kind === 'convert' && one.conversion === 'load') {
        isRead ||= (qualsOf(one.operand.type) & VOLATILE) !== 0;
      }
    },
  });
  return isRead;
}
