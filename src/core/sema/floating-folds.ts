/**
 * What gcc's folding makes of floating-point arithmetic without any switch about accuracy: identities that hold for every
 * value, products with two, operations in `double` whose result is wanted as a `float`.
 *
 * Source: gcc/match.pd (identities, fold_real_zero_addition_p), gcc/expmed.cc (expand_mult), gcc/convert.cc
 * (convert_to_real_1, strip_float_extensions), gcc/real.cc (real_can_shorten_arithmetic).
 */
import { resolve } from './type-relations.ts';
import type { FloatType } from './type.ts';
import type { ArithmeticOperator, TypedExpression } from './typed-tree.ts';

type Arithmetic = TypedExpression & { readonly kind: 'arithmetic' };

/** What is left of an operation with a known operand. */
export interface FloatFold {
  /** `same`: the other operand; `negated`: with its sign changed; `doubled`: added to itself. */
  readonly kind: 'same' | 'negated' | 'doubled';
  readonly of: 'left' | 'right';
}

/**
 * Folds an operation.
 *
 * @param left - value of the left operand where it is known, like `right`; not both are
 */
export function foldFloat(
  operator: ArithmeticOperator,
  left: number | undefined,
  right: number | undefined,
): FloatFold | undefined {
  const known = left ?? right;
  if (known === undefined) return undefined;
  const of = left === undefined ? 'left' : 'right';
  switch (operator) {
    case '*':
      if (known === 1) return { kind: 'same', of };
      if (known === -1) return { kind: 'negated', of };
      return known === 2 ? { kind: 'doubled', of } : undefined;
    case '/':
      if (right === 1) return { kind: 'same', of };
      return right === -1 ? { kind: 'negated', of } : undefined;
    case '+':
      return Object.is(known, -0) ? { kind: 'same', of } : undefined;
    case '-':
      return Object.is(right, 0) ? { kind: 'same', of } : undefined;
    default:
      return undefined;
  }
}

/**
 * An operation whose result is converted to a narrower type, done in that type: the result is the same after rounding once.
 *
 * @param valueOf - the value of an operand where it is known
 */
export function shortenedFloat(
  conversion: TypedExpression & { readonly kind: 'convert' },
  valueOf: (operand: TypedExpression) => number | undefined,
): Arithmetic | undefined {
  const { operand, type } = conversion;
  const to = floatOf(conversion);
  const from = floatOf(operand);
  if (operand.kind !== 'arithmetic' || to?.name !== 'float' || from === undefined) return undefined;
  if (from.name !== 'double' && from.name !== 'long double') return undefined;
  const narrow = (one: TypedExpression): TypedExpression | undefined => {
    const value = valueOf(one);
    if (value !== undefined)
      return Math.fround(value) === value ? { kind: 'floating', value, type, span: one.span } : undefined;
    if (one.kind !== 'convert' || one.conversion !== 'arithmetic') return undefined;
    return floatOf(one.operand)?.name === 'float' ? one.operand : undefined;
  };
  const [left, right] = [narrow(operand.left), narrow(operand.right)];
  return left === undefined || right === undefined ? undefined : { ...operand, left, right, type };
}

function floatOf({ type }: TypedExpression): FloatType | undefined {
  const resolved = resolve(type.type);
  return resolved.kind === 'float' ? resolved : undefined;
}
