/**
 * Which scalars may stand for a vector of themselves: those whose every value a lane can hold.
 *
 * Source: gcc/c-family/c-common.cc of gcc 12: scalar_to_vector, unsafe_conversion_p (without its check of signs).
 * Simplified: bitwise operations on scalars count as safe, where gcc looks at their operands.
 */
import { evaluate } from './constant.ts';
import type { FloatingValue } from './floating-value.ts';
import type { SemaContext } from './context.ts';
import { integerOf, resolve } from './type-relations.ts';
import type { CType, IntegerType } from './type.ts';
import type { TypedExpression } from './typed-tree.ts';

/** Whether a scalar has a type that vectors go together with at all: _Bool and enumerations have not. */
export function isLaneScalar(scalar: TypedExpression): boolean {
  const type = resolve(scalar.type.type);
  return type.kind === 'float' || (type.kind === 'integer' && type.name !== '_Bool');
}

/** Whether lanes of a type cannot hold the scalar, or not everything that it may be. */
export function isTruncated(ctx: SemaContext, scalar: TypedExpression, lane: CType): boolean {
  const value = evaluate(scalar, { foldObjects: false, wordBytes: ctx.model.wordBytes });
  const to = integerOf(lane);
  const digits = significandBits(lane);
  if (value?.kind === 'integer') {
    if (to !== undefined) return !fits(value.value, to, integerOf(scalar.type.type));
    return digits !== undefined && significantBits(value.value) > digits;
  }
  if (value?.kind === 'floating') return resolve(lane) !== resolve(scalar.type.type) && !isExact(value, lane);
  if (isBitwise(scalar)) return false;
  const from = integerOf(narrowest(scalar).type.type);
  if (from === undefined) {
    const own = significandBits(scalar.type.type);
    return digits !== undefined && own !== undefined && digits < own;
  }
  if (to !== undefined) return to.size < from.size;
  // The least value is a power of two, which any lane holds.
  return digits !== undefined && from.size * 8 - (from.isSigned ? 1 : 0) > digits;
}

/** gcc goes by the type of the constant: what differs in sign only is no truncation. */
function fits(value: bigint, to: IntegerType, from: IntegerType | undefined): boolean {
  const bits = to.size * 8;
  if (to.isSigned ? BigInt.asIntN(bits, value) === value : BigInt.asUintN(bits, value) === value) return true;
  if (!to.isSigned) return from?.isSigned === true && value < 0n;
  return from?.isSigned === false;
}

/** Bits from the first to the last one that is set. */
function significantBits(value: bigint): number {
  const digits = (value < 0n ? -value : value).toString(2);
  return digits.replace(/0+$/, '').length;
}

function isExact({ value, extended }: FloatingValue, lane: CType): boolean {
  const type = resolve(lane);
  if (type.kind !== 'float') return true;
  if (extended !== undefined) return type.size > 8;
  return type.name !== 'float' || Object.is(Math.fround(value), value);
}

/** Digits of base two that a floating type holds; undefined for other types. */
function significandBits(type: CType): number | undefined {
  const resolved = resolve(type);
  if (resolved.kind !== 'float') return undefined;
  switch (resolved.name) {
    case 'float':
      return 24;
    case 'double':
      return 53;
    case 'long double':
      return 64;
    case '__float128':
      return 113;
  }
}

const isBitwise = (scalar: TypedExpression): boolean =>
  scalar.kind === 'arithmetic' && ['&', '|', '^'].includes(scalar.operator);

/** A widened value as it was (gcc: get_unwidened). */
function narrowest(scalar: TypedExpression): TypedExpression {
  let inner = scalar;
  while (inner.kind === 'convert') {
    const from = integerOf(inner.operand.type.type);
    const to = integerOf(inner.type.type);
    if (from === undefined || to === undefined || from.size > to.size) break;
    inner = inner.operand;
  }
  return inner;
}
