/**
 * Builtins that move lanes between vectors or convert each (gcc 12 manual, "Vector Extensions").
 *
 * Source: gcc/c-family/c-common.cc: c_build_vec_perm_expr, c_build_shufflevector, c_build_vec_convert.
 */
import type { Span } from '../source/text-span.ts';
import type { SemaContext } from './context.ts';
import { integerConstant } from './constant.ts';
import { convertTo, toRvalue } from './conversions.ts';
import { isIntegral } from './type-relations.ts';
import type { QualType, VectorType } from './type.ts';
import type { TypedExpression } from './typed-tree.ts';
import { vectorTypeOf } from './vectors.ts';

/** Whether a builtin moves lanes. */
export function isShuffle(name: string): boolean {
  return name === '__builtin_shuffle' || name === '__builtin_shufflevector';
}

/** A call of `__builtin_shuffle` or `__builtin_shufflevector`; an error where gcc has one. */
export function shuffle(
  ctx: SemaContext,
  name: string,
  args: readonly TypedExpression[],
  span: Span,
): TypedExpression {
  const values = args.map((argument) => toRvalue(ctx, argument));
  if (values.some((value) => value.type.type.kind === 'error')) return ctx.errorNode(span);
  const typed = name === '__builtin_shuffle' ? byMask(values) : byNumbers(ctx, values);
  if (typed === undefined) {
    ctx.error('shuffle-operands', span, { name });
    return ctx.errorNode(span);
  }
  return { kind: 'builtin', name, typeArgument: undefined, span, ...typed };
}

type TypedCall = { readonly args: readonly TypedExpression[]; readonly type: QualType };

/** One vector, or two of one type, and a vector of as many integers of the lanes' size. */
function byMask(values: readonly TypedExpression[]): TypedCall | undefined {
  const [first, second] = values;
  const mask = values.at(-1);
  if (first === undefined || second === undefined || mask === undefined || values.length > 3)
    return undefined;
  const [vector, other, numbers] = [
    vectorTypeOf(first.type),
    vectorTypeOf(second.type),
    vectorTypeOf(mask.type),
  ];
  if (vector === undefined || numbers === undefined || !isIntegral(numbers.element)) return undefined;
  if (numbers.count !== vector.count || numbers.element.size !== vector.element.size) return undefined;
  if (values.length === 3 && (other === undefined || !isAlike(vector, other))) return undefined;
  return { args: values, type: { type: vector, quals: 0 } };
}

/** Two vectors of one element type and the numbers of the result's lanes; -1 leaves a lane open. */
function byNumbers(ctx: SemaContext, values: readonly TypedExpression[]): TypedCall | undefined {
  const [first, second, ...numbers] = values;
  if (first === undefined || second === undefined) return undefined;
  const [vector, other] = [vectorTypeOf(first.type), vectorTypeOf(second.type)];
  if (vector === undefined || other?.element !== vector.element) return undefined;
  const count = numbers.length;
  if (count === 0 || (count & (count - 1)) !== 0) return undefined;
  const isInRange = numbers.every((number) => {
    const value = integerConstant(number, ctx.model.wordBytes);
    return value !== undefined && value >= -1n && value < BigInt(vector.count + other.count);
  });
  if (!isInRange) return undefined;
  return { args: values, type: ctx.types.vectorOf(vector.element, count * vector.element.size) };
}

function isAlike(a: VectorType, b: VectorType): boolean {
  return a.element === b.element && a.count === b.count;
}

/** `__builtin_convertvector(vector, type)`: each lane converted as a value of its type is. */
export function convertedVector(
  ctx: SemaContext,
  operand: TypedExpression,
  type: QualType,
  span: Span,
): TypedExpression {
  const value = toRvalue(ctx, operand);
  if (value.type.type.kind === 'error' || type.type.kind === 'error') return ctx.errorNode(span);
  const [from, to] = [vectorTypeOf(value.type), vectorTypeOf(type)];
  const name = '__builtin_convertvector';
  if (from === undefined || from.count !== to?.count) {
    ctx.error('shuffle-operands', span, { name });
    return ctx.errorNode(span);
  }
  if (from.element === to.element) return convertTo(ctx, value, { type: to, quals: 0 });
  return {
    kind: 'builtin',
    name,
    args: [value],
    typeArgument: undefined,
    type: { type: to, quals: 0 },
    span,
  };
}
