/**
 * GNU vectors (gcc manual, "Vector Extensions"): operators work lane by lane, a scalar operand stands for a vector of
 * it, comparisons give a vector of integers of the lanes' size, subscripts name lanes.
 */
import { convertTo, isLvalue, markAddressTaken, toRvalue } from './conversions.ts';
import type { SemaContext } from './context.ts';
import { isLaneScalar, isTruncated } from './scalar-to-vector.ts';
import { isIntegral, resolve, sizeOf } from './type-relations.ts';
import type { QualType, VectorType } from './type.ts';
import type { ArithmeticOperator, ComparisonOperator, TypedExpression } from './typed-tree.ts';
import type { Span } from '../source/text-span.ts';

/** The vector type of an operand, if it has one. */
export function vectorTypeOf(type: QualType): VectorType | undefined {
  const resolved = resolve(type.type);
  return resolved.kind === 'vector' ? resolved : undefined;
}

/** Both operands as vectors of one type; undefined when they do not go together. */
function vectorOperands(
  ctx: SemaContext,
  left: TypedExpression,
  right: TypedExpression,
  span: Span,
  operator: ArithmeticOperator | ComparisonOperator,
): { readonly left: TypedExpression; readonly right: TypedExpression; readonly type: QualType } | undefined {
  const leftType = vectorTypeOf(left.type);
  const rightType = vectorTypeOf(right.type);
  const vector = leftType ?? rightType;
  if (vector === undefined) return undefined;
  if (leftType !== undefined && rightType !== undefined) {
    if (!haveLikeLanes(leftType, rightType)) return undefined;
    return { left, right, type: { type: leftType.isOpaque === true ? rightType : leftType, quals: 0 } };
  }
  const type: QualType = { type: vector, quals: 0 };
  const other = leftType === undefined ? left : right;
  if (!isLaneScalar(other)) return undefined;
  if (isIntegral(vector.element) && !isIntegral(other.type.type)) return undefined;
  // What is shifted must fit; by how much is taken as it is.
  const isShiftCount = leftType !== undefined && (operator === '<<' || operator === '>>');
  if (!isShiftCount && isTruncated(ctx, other, vector.element))
    ctx.error('scalar-truncated', span, { scalar: ctx.spell(other.type), type: ctx.spell(type) });
  const filled = fillLanes(ctx, other, vector);
  return leftType === undefined ? { left: filled, right, type } : { left, right: filled, type };
}

/** Lanes of one type, but for their sign (gcc/c-family/c-common.cc: vector_types_compatible_elements_p). */
function haveLikeLanes(left: VectorType, right: VectorType): boolean {
  const [a, b] = [left.element, right.element];
  if (left.isOpaque === true || right.isOpaque === true) return left.size === right.size;
  return left.count === right.count && a.size === b.size && isIntegral(a) === isIntegral(b);
}

/** A vector with the scalar in every lane. */
function fillLanes(ctx: SemaContext, scalar: TypedExpression, vector: VectorType): TypedExpression {
  const operand = convertTo(ctx, scalar, { type: vector.element, quals: 0 });
  const type: QualType = { type: vector, quals: 0 };
  return { kind: 'convert', conversion: 'arithmetic', operand, isExplicit: false, type, span: scalar.span };
}

/** An arithmetic operator on vectors; undefined when the operands do not go together. */
export function vectorArithmetic(
  ctx: SemaContext,
  operator: ArithmeticOperator,
  left: TypedExpression,
  right: TypedExpression,
  span: Span,
): TypedExpression | undefined {
  const operands = vectorOperands(ctx, left, right, span, operator);
  if (operands === undefined) return undefined;
  const lane = vectorTypeOf(operands.type)?.element;
  const needsIntegers = operator === '%' || !['+', '-', '*', '/'].includes(operator);
  if (lane === undefined || (needsIntegers && !isIntegral(lane))) return undefined;
  return { kind: 'arithmetic', operator, span, ...operands };
}

/** A comparison of vectors; undefined when the operands do not go together. */
export function vectorComparison(
  ctx: SemaContext,
  operator: ComparisonOperator,
  left: TypedExpression,
  right: TypedExpression,
  span: Span,
): TypedExpression | undefined {
  const operands = vectorOperands(ctx, left, right, span, operator);
  const vector = operands === undefined ? undefined : vectorTypeOf(operands.type);
  const lane = vector === undefined ? undefined : ctx.types.integerOfSize(vector.element.size, true);
  if (operands === undefined || vector === undefined || lane === undefined) return undefined;
  const plain = ctx.types.vectorOf(lane, vector.size);
  const type = { type: { ...plain.type, isOpaque: true }, quals: 0 };
  return { kind: 'compare', operator, left: operands.left, right: operands.right, type, span };
}

/** `vector[index]`: a lane of a vector; of one that is no object, a value. */
export function vectorLane(
  ctx: SemaContext,
  base: TypedExpression,
  index: TypedExpression,
  span: Span,
): TypedExpression | undefined {
  const vector = vectorTypeOf(base.type);
  if (vector === undefined || !isIntegral(index.type.type) || sizeOf(vector) === undefined) return undefined;
  const element: QualType = { type: vector.element, quals: base.type.quals };
  if (!isLvalue(base)) {
    const args = [base, convertTo(ctx, toRvalue(ctx, index), ctx.types.ptrdiffType)];
    const type = { type: vector.element, quals: 0 };
    return { kind: 'builtin', name: 'VECTOR_LANE', args, typeArgument: undefined, type, span };
  }
  markAddressTaken(base);
  const pointerType = ctx.types.pointerTo(element);
  const address: TypedExpression = {
    kind: 'address-of',
    operand: base,
    type: ctx.types.pointerTo(base.type),
    span: base.span,
  };
  const first: TypedExpression = {
    kind: 'convert',
    conversion: 'pointer',
    operand: address,
    isExplicit: false,
    type: pointerType,
    span: base.span,
  };
  const operand: TypedExpression = {
    kind: 'pointer-add',
    pointer: first,
    index: convertTo(ctx, toRvalue(ctx, index), ctx.types.ptrdiffType),
    subtract: false,
    type: pointerType,
    span,
  };
  return { kind: 'deref', operand, type: element, span };
}
