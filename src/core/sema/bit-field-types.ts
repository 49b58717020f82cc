/**
 * The types that gcc gives to the values of bit-fields of more bits than an int: integers of the field's own width, and
 * arithmetic with them is done in that width. The tree keeps the declared type and reduces what an operation gives.
 *
 * Source: gcc/c/c-decl.cc (finish_struct: c_build_bitfield_integer_type), gcc/c-family/c-common.cc (c_common_type),
 * gcc/expr.cc (reduce_to_bit_field_precision): behaviour.
 */
import type { SemaContext } from './context.ts';
import { convertTo } from './conversions.ts';
import { integerOf, usualArithmeticType } from './type-relations.ts';
import type { QualType } from './type.ts';
import type { TypedExpression } from './typed-tree.ts';

/** A type of arithmetic; `width` is set when it is that of a bit-field, in bits. */
export interface ComputationType {
  readonly type: QualType;
  readonly width: number | undefined;
}

const INT_BITS = 32;

/** Width in bits of a value whose type is that of a bit-field wider than an int and narrower than its declared type. */
export function fieldWidthOf(value: TypedExpression): number | undefined {
  switch (value.kind) {
    case 'convert':
      return value.conversion === 'load' ? widthOfField(value.operand) : undefined;
    case 'assign':
    case 'compound-assign':
    case 'increment':
      return widthOfField(value.target);
    case 'arithmetic':
      return value.fieldWidth;
    case 'comma':
      return fieldWidthOf(value.right);
    case 'conditional': {
      if (value.then === undefined) return undefined;
      const [left, right] = [fieldWidthOf(value.then), fieldWidthOf(value.otherwise)];
      return left === undefined || right === undefined ? undefined : Math.max(left, right);
    }
    default:
      return undefined;
  }
}

function widthOfField(target: TypedExpression): number | undefined {
  const width = target.kind === 'member' ? target.member.bitWidth : undefined;
  if (width === undefined || width <= INT_BITS) return undefined;
  return width < bitsOf(target.type) ? width : undefined;
}

const bitsOf = (type: QualType): number => (integerOf(type.type)?.size ?? 0) * 8;

/** The common type of two promoted operands (C17 6.3.1.8): of different widths the greater one. */
export function computationType(
  ctx: SemaContext,
  left: TypedExpression,
  right: TypedExpression,
): ComputationType {
  const [leftField, rightField] = [fieldWidthOf(left), fieldWidthOf(right)];
  const [leftInteger, rightInteger] = [integerOf(left.type.type), integerOf(right.type.type)];
  if (
    (leftField === undefined && rightField === undefined) ||
    leftInteger === undefined ||
    rightInteger === undefined
  )
    return { type: usualArithmeticType(ctx.types, left.type, right.type), width: undefined };
  const [leftBits, rightBits] = [leftField ?? bitsOf(left.type), rightField ?? bitsOf(right.type)];
  const isLeft = leftBits === rightBits ? !leftInteger.isSigned : leftBits > rightBits;
  return isLeft ? { type: left.type, width: leftField } : { type: right.type, width: rightField };
}

/** Converts an operand to the type of an operation. */
export function convertToComputation(
  ctx: SemaContext,
  value: TypedExpression,
  { type, width }: ComputationType,
): TypedExpression {
  const converted = convertTo(ctx, value, type);
  const isWrapped =
    width !== undefined &&
    integerOf(value.type.type)?.isSigned === true &&
    integerOf(type.type)?.isSigned === false;
  if (!isWrapped) return converted;
  if (converted.kind === 'integer') return { ...converted, value: BigInt.asUintN(width, converted.value) };
  return reducedTo(ctx, converted, width);
}

/** Reduces what an operation gave to the width of its type, if that is a bit-field's. */
export function reducedTo(
  ctx: SemaContext,
  value: TypedExpression,
  width: number | undefined,
): TypedExpression {
  const integer = integerOf(value.type.type);
  if (width === undefined || integer === undefined) return value;
  const { span, type } = value;
  const field = { kind: 'arithmetic', type, span, fieldWidth: width } as const;
  if (!integer.isSigned) {
    const mask = ctx.integerNode(span, type, (1n << BigInt(width)) - 1n);
    return { ...field, operator: '&', left: value, right: mask };
  }
  const count = ctx.integerNode(span, ctx.types.int, BigInt(integer.size * 8 - width));
  const left: TypedExpression = { kind: 'arithmetic', operator: '<<', left: value, right: count, type, span };
  return { ...field, operator: '>>', left, right: count };
}
