/**
 * Integer operations with a simpler form of the same value.
 *
 * Source: gcc/match.pd, gcc/fold-const.cc (fold_binary_loc, negate_expr_p, fold_plusminus_mult_expr); measured with
 * gcc 12.2.
 * Simplified: sums are reassociated over two levels.
 */
import { integerType } from '../integer-types.ts';
import { hasSideEffects } from '../../tree-walk.ts';
import { integerOf, resolve } from '../../../sema/type-relations.ts';
import type { IntegerType } from '../../../sema/type.ts';
import type { ArithmeticOperator, TypedExpression } from '../../../sema/typed-tree.ts';
import {
  comparison,
  compilerOperation,
  complemented,
  constantOf,
  convertedTo,
  instead,
  isSameValue,
  literalLike,
  negated,
  operation,
  powerOf,
  wrapped,
} from './nodes.ts';
import type { Arithmetic, Unary } from './nodes.ts';

const commutative: ReadonlySet<ArithmeticOperator> = new Set(['+', '*', '&', '|', '^']);

/** `-a + b` is `b - a`, `a + -b` is `a - b`, `a - -b` is `a + b`, of floating values too. */
function foldFloating(node: Arithmetic): TypedExpression | undefined {
  const { operator, left, right } = node;
  if (operator !== '+' && operator !== '-') return undefined;
  if (right.kind === 'negate') return operation(node, operator === '+' ? '-' : '+', left, right.operand);
  return operator === '+' && left.kind === 'negate' ? operation(node, '-', right, left.operand) : undefined;
}

/** One step of simplification of an integer operation whose operands are simplified; undefined where there is none. */
export function foldArithmetic(node: Arithmetic): TypedExpression | undefined {
  const type = integerOf(node.type.type);
  if (type === undefined) return resolve(node.type.type).kind === 'float' ? foldFloating(node) : undefined;
  const { operator, left, right } = node;
  const [first, second] = [constantOf(left), constantOf(right)];
  if (first !== undefined && second !== undefined) {
    const value = constantOf(node);
    return value === undefined ? undefined : literalLike(node, value);
  }
  if (first !== undefined && commutative.has(operator)) return operation(node, operator, right, left);
  const truths = ofTruths(node);
  if (truths !== undefined) return truths;
  switch (operator) {
    case '+':
      return foldSum(node, type, second);
    case '-':
      return foldDifference(node, type, first, second);
    case '*':
      return foldProduct(node, type, second);
    case '/':
      return foldQuotient(node, type, first, second);
    case '%':
      return foldRemainder(node, type, first, second);
    case '&':
    case '|':
    case '^':
      return second === undefined ? foldBitwise(node) : foldBitwiseConstant(node, type, second);
    case '<<':
    case '>>':
      return foldShift(node, type, first, second);
  }
}

/** Bitwise operations on truth values are done on truth values. */
function ofTruths(node: Arithmetic): TypedExpression | undefined {
  const { operator, left, right } = node;
  if (operator !== '&' && operator !== '|' && operator !== '^') return undefined;
  if (left.kind !== 'compare' || right.kind !== 'compare') return undefined;
  const type: IntegerType = { kind: 'integer', name: '_Bool', isSigned: false, size: 1, align: 1 };
  const own = integerOf(node.type.type);
  if (own === undefined) return undefined;
  const narrow: Arithmetic = {
    ...node,
    type: { type, quals: 0 },
    left: convertedTo(left, type),
    right: convertedTo(right, type),
  };
  return convertedTo(narrow, own);
}

function foldSum(
  node: Arithmetic,
  type: IntegerType,
  second: bigint | undefined,
): TypedExpression | undefined {
  const { left, right } = node;
  if (second === 0n) return left;
  if (right.kind === 'negate') return operation(node, '-', left, right.operand);
  if (left.kind === 'negate' && second === undefined) return operation(node, '-', right, left.operand);
  if (isSameValue(left, right)) return operation(node, '*', left, literalLike(node, 2n));
  if (second !== undefined) {
    if (left.kind === 'complement') {
      return second === 1n
        ? negated(left.operand)
        : operation(node, '-', literalLike(node, second - 1n), left.operand);
    }
    return addConstant(node, left, second, type);
  }
  if (left.kind === 'arithmetic' && left.operator === '-' && isSameValue(left.right, right)) return left.left;
  if (right.kind === 'arithmetic' && right.operator === '-' && isSameValue(right.right, left))
    return right.left;
  return commonFactor(node, type) ?? gatherConstants(node);
}

/** x + c where x has a constant already. */
function addConstant(
  node: Arithmetic,
  left: TypedExpression,
  constant: bigint,
  type: IntegerType,
): TypedExpression | undefined {
  if (left.kind === 'convert' && type.isSigned) {
    const inner = withoutSignChanges(left);
    const unsigned = integerOf(inner.type.type);
    if (inner === left || unsigned === undefined || unsigned.isSigned || inner.kind !== 'arithmetic')
      return undefined;
    const like: Arithmetic = { ...node, type: inner.type };
    const sum = addConstant(like, inner, constant, unsigned);
    return sum === undefined ? undefined : convertedTo(sum, type);
  }
  if (left.kind !== 'arithmetic') return undefined;
  const [a, b] = [constantOf(left.left), constantOf(left.right)];
  const fits = (sum: bigint): boolean => !type.isSigned || wrapped(sum, type) === sum;
  if (left.operator === '+' && b !== undefined && fits(b + constant))
    return sumWith(node, left.left, b + constant);
  if (left.operator === '-' && b !== undefined && fits(constant - b))
    return sumWith(node, left.left, constant - b);
  if (left.operator === '-' && a !== undefined && fits(a + constant)) {
    return operation(node, '-', literalLike(node, a + constant), left.right);
  }
  return undefined;
}

function sumWith(node: TypedExpression, operand: TypedExpression, constant: bigint): TypedExpression {
  const type = integerOf(node.type.type);
  const value = type === undefined ? constant : wrapped(constant, { ...type, isSigned: true });
  if (value === 0n) return operand;
  return value < 0n && type?.isSigned === true
    ? operation(node, '-', operand, literalLike(node, -value))
    : operation(node, '+', operand, literalLike(node, constant));
}

/** An operand below conversions that keep its width. */
function withoutSignChanges(expression: TypedExpression): TypedExpression {
  let inner = expression;
  while (inner.kind === 'convert' && inner.conversion === 'arithmetic') {
    const [to, from] = [integerOf(inner.type.type), integerOf(inner.operand.type.type)];
    if (to === undefined || to.size !== from?.size) return inner;
    inner = inner.operand;
  }
  return inner;
}

/** Sums of two variables and constants where one operand may wrap around: the constant is added last. */
function gatherConstants(node: Arithmetic): TypedExpression | undefined {
  const own = integerOf(node.type.type);
  const [left, right] = [withoutSignChanges(node.left), withoutSignChanges(node.right)];
  const isUnsigned = (one: TypedExpression): boolean => integerOf(one.type.type)?.isSigned === false;
  if (own === undefined || !(own.isSigned ? isUnsigned(left) || isUnsigned(right) : true)) return undefined;
  const type = own.isSigned ? integerType(own.size, false) : own;
  const split = (
    one: TypedExpression,
  ): { readonly rest: TypedExpression; readonly constant: bigint } | undefined => {
    if (one.kind !== 'arithmetic' || (one.operator !== '+' && one.operator !== '-')) return undefined;
    const value = constantOf(one.right);
    if (value === undefined) return undefined;
    return { rest: one.left, constant: one.operator === '+' ? value : -value };
  };
  const [a, b] = [split(left), split(right)];
  if (a === undefined && b === undefined) return undefined;
  const isDifference = node.operator === '-';
  const constant = (a?.constant ?? 0n) + (isDifference ? -(b?.constant ?? 0n) : (b?.constant ?? 0n));
  const like: TypedExpression = { ...node, type: { type, quals: 0 } };
  const rest = operation(
    like,
    node.operator,
    convertedTo(a?.rest ?? left, type),
    convertedTo(b?.rest ?? right, type),
  );
  return convertedTo(sumWith(like, rest, constant), own);
}

/** a * c + b * c is (a + b) * c; x * c + x is x * (c + 1). */
function commonFactor(node: Arithmetic, type: IntegerType): TypedExpression | undefined {
  const split = (
    one: TypedExpression,
  ): { readonly rest: TypedExpression; readonly factor: bigint; readonly isProduct: boolean } => {
    const value = one.kind === 'arithmetic' && one.operator === '*' ? constantOf(one.right) : undefined;
    if (one.kind === 'arithmetic' && value !== undefined) {
      return { rest: one.left, factor: value, isProduct: true };
    }
    if (one.kind === 'arithmetic' && one.operator === '+' && isSameValue(one.left, one.right)) {
      return { rest: one.left, factor: 2n, isProduct: true };
    }
    return { rest: one, factor: 1n, isProduct: false };
  };
  const [a, b] = [split(node.left), split(node.right)];
  if (!a.isProduct && !b.isProduct) return undefined;
  if (isSameValue(a.rest, b.rest)) {
    const factor = node.operator === '+' ? a.factor + b.factor : a.factor - b.factor;
    if (type.isSigned && wrapped(factor, type) !== factor) return undefined;
    return operation(node, '*', a.rest, literalLike(node, factor));
  }
  if (!a.isProduct || !b.isProduct || a.factor !== b.factor) return undefined;
  return operation(node, '*', operation(node, node.operator, a.rest, b.rest), literalLike(node, a.factor));
}

function foldDifference(
  node: Arithmetic,
  type: IntegerType,
  first: bigint | undefined,
  second: bigint | undefined,
): TypedExpression | undefined {
  const { left, right } = node;
  if (second === 0n) return left;
  if (first === 0n) return negated(right);
  if (isSameValue(left, right)) return literalLike(node, 0n);
  if (right.kind === 'negate') return operation(node, '+', left, right.operand);
  if (first === wrapped(-1n, type)) return complemented(right);
  if (left.kind === 'negate' && second === 1n) return complemented(left.operand);
  if (second !== undefined) return addConstant(node, left, -second, type);
  if (first !== undefined) return subtractFromConstant(node, first, type);
  return differenceOfSums(node) ?? commonFactor(node, type) ?? gatherConstants(node);
}

/** c - (x + d) is (c - d) - x; c - (d - x) is x + (c - d). */
function subtractFromConstant(
  node: Arithmetic,
  constant: bigint,
  type: IntegerType,
): TypedExpression | undefined {
  const { right } = node;
  if (right.kind === 'complement') return sumWith(node, right.operand, constant + 1n);
  if (right.kind !== 'arithmetic') return undefined;
  const [a, b] = [constantOf(right.left), constantOf(right.right)];
  const fits = (value: bigint): boolean => !type.isSigned || wrapped(value, type) === value;
  if (right.operator === '+' && b !== undefined && fits(constant - b)) {
    return operation(node, '-', literalLike(node, constant - b), right.left);
  }
  if (right.operator === '-' && b !== undefined && fits(constant + b)) {
    return operation(node, '-', literalLike(node, constant + b), right.left);
  }
  if (right.operator === '-' && a !== undefined && fits(constant - a)) {
    return sumWith(node, right.right, constant - a);
  }
  return undefined;
}

/** (x + y) - y is x, and the like. */
function differenceOfSums(node: Arithmetic): TypedExpression | undefined {
  const { left, right } = node;
  if (left.kind === 'arithmetic' && left.operator === '+') {
    if (isSameValue(left.right, right)) return left.left;
    if (isSameValue(left.left, right)) return left.right;
  }
  if (left.kind === 'arithmetic' && left.operator === '-' && isSameValue(left.left, right))
    return negated(left.right);
  if (right.kind === 'arithmetic' && right.operator === '-' && isSameValue(right.left, left))
    return right.right;
  if (right.kind === 'arithmetic' && right.operator === '+') {
    if (isSameValue(right.left, left)) return negated(right.right);
    if (isSameValue(right.right, left)) return negated(right.left);
  }
  return undefined;
}

function foldProduct(
  node: Arithmetic,
  type: IntegerType,
  second: bigint | undefined,
): TypedExpression | undefined {
  const { left, right } = node;
  if (second === undefined) {
    return left.kind === 'negate' && right.kind === 'negate'
      ? operation(node, '*', left.operand, right.operand)
      : undefined;
  }
  if (second === 0n) return instead(literalLike(node, 0n), left);
  if (second === 1n) return left;
  if (second === wrapped(-1n, type)) return negated(left);
  if (left.kind === 'negate') return operation(node, '*', left.operand, literalLike(node, -second));
  if (left.kind !== 'arithmetic' || left.operator !== '*') return undefined;
  const inner = constantOf(left.right);
  if (inner === undefined || (type.isSigned && wrapped(inner * second, type) !== inner * second))
    return undefined;
  return operation(node, '*', left.left, literalLike(node, inner * second));
}

function foldQuotient(
  node: Arithmetic,
  type: IntegerType,
  first: bigint | undefined,
  second: bigint | undefined,
): TypedExpression | undefined {
  const { left, right } = node;
  if (first === 0n) return instead(literalLike(node, 0n), right);
  if (isSameValue(left, right)) return literalLike(node, 1n);
  // A zero would be no fault, as in the comparisons that gcc makes of 1 / x.
  if (first === 1n && !type.isSigned)
    return convertedTo(comparison(node, '==', right, literalLike(right, 1n)), type);
  if (type.isSigned && (isNegative(left, right) || isNegative(right, left))) return literalLike(node, -1n);
  if (type.isSigned && left.kind === 'arithmetic' && left.operator === '*') {
    if (isSameValue(left.right, right)) return left.left;
    if (isSameValue(left.left, right)) return left.right;
  }
  if (second === undefined) return undefined;
  if (second === 1n) return left;
  if (type.isSigned && second === -1n) return negated(left);
  if (left.kind === 'negate' && type.isSigned)
    return operation(node, '/', left.operand, literalLike(node, -second));
  if (left.kind !== 'arithmetic' || second === 0n) return undefined;
  const inner = constantOf(left.right);
  if (inner === undefined) return undefined;
  if (left.operator === '/' && inner !== 0n) {
    const product = inner * second;
    return wrapped(product, type) === product
      ? operation(node, '/', left.left, literalLike(node, product))
      : instead(literalLike(node, 0n), left.left);
  }
  if (left.operator !== '*' || !type.isSigned) return undefined;
  if (inner % second === 0n) return operation(node, '*', left.left, literalLike(node, inner / second));
  return second % inner === 0n
    ? operation(node, '/', left.left, literalLike(node, second / inner))
    : undefined;
}

/** Whether the first is minus the second. */
const isNegative = (first: TypedExpression, second: TypedExpression): boolean =>
  first.kind === 'negate' && isSameValue(first.operand, second);

function foldRemainder(
  node: Arithmetic,
  type: IntegerType,
  first: bigint | undefined,
  second: bigint | undefined,
): TypedExpression | undefined {
  const { left, right } = node;
  if (first === 0n) return instead(literalLike(node, 0n), right);
  if (isSameValue(left, right)) return literalLike(node, 0n);
  if (second === undefined) return undefined;
  if (second === 1n || (type.isSigned && second === -1n)) return instead(literalLike(node, 0n), left);
  if (type.isSigned && second < 0n && wrapped(-second, type) === -second) {
    return operation(node, '%', left, literalLike(node, -second));
  }
  if (!type.isSigned && powerOf(second) !== undefined) {
    return operation(node, '&', left, literalLike(node, second - 1n));
  }
  return undefined;
}

function foldBitwise(node: Arithmetic): TypedExpression | undefined {
  const { operator, left, right } = node;
  if (isSameValue(left, right)) return operator === '^' ? literalLike(node, 0n) : left;
  if (left.kind === 'complement' && right.kind === 'complement') {
    if (operator === '^') return operation(node, '^', left.operand, right.operand);
    return complemented(operation(node, operator === '&' ? '|' : '&', left.operand, right.operand));
  }
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind === 'complement' && isSameValue(one.operand, other)) {
      return literalLike(node, operator === '&' ? 0n : -1n);
    }
    if (one.kind !== 'arithmetic') continue;
    const holds = isSameValue(one.left, other) || isSameValue(one.right, other);
    if (!holds) continue;
    const rest = isSameValue(one.left, other) ? one.right : one.left;
    if (operator === '^' && one.operator === '^') return rest;
    if ((operator === '&' && one.operator === '|') || (operator === '|' && one.operator === '&'))
      return instead(other, rest);
    if ((operator === '&' && one.operator === '&') || (operator === '|' && one.operator === '|')) return one;
  }
  if (operator === '^') {
    if (left.kind === 'complement') return complemented(operation(node, '^', left.operand, right));
    if (right.kind === 'complement') return complemented(operation(node, '^', left, right.operand));
  }
  return rotation(node);
}

function foldBitwiseConstant(
  node: Arithmetic,
  type: IntegerType,
  constant: bigint,
): TypedExpression | undefined {
  const { operator, left } = node;
  const ones = wrapped(-1n, type);
  if (constant === 0n) return operator === '&' ? instead(literalLike(node, 0n), left) : left;
  if (constant === ones) {
    if (operator === '&') return left;
    return operator === '|' ? instead(literalLike(node, ones), left) : complemented(left);
  }
  if (operator === '^' && left.kind === 'complement') {
    return operation(node, '^', left.operand, literalLike(node, ~constant));
  }
  if (left.kind !== 'arithmetic') return undefined;
  const inner = constantOf(left.right);
  if (inner === undefined) return undefined;
  if (left.operator === operator) {
    const joined =
      operator === '&' ? inner & constant : operator === '|' ? inner | constant : inner ^ constant;
    return operation(node, operator, left.left, literalLike(node, joined));
  }
  if (operator === '|' && left.operator === '&') {
    const bits = 8 * type.size;
    const [mask, set] = [BigInt.asUintN(bits, inner), BigInt.asUintN(bits, constant)];
    if ((mask & ~set) === 0n) return instead(literalLike(node, constant), left.left);
    if ((mask | set) === (1n << BigInt(bits)) - 1n) return operation(node, '|', left.left, node.right);
  }
  if (operator === '&' && left.operator === '|') {
    if ((inner & constant) === 0n) return operation(node, '&', left.left, node.right);
    if ((inner & constant) === constant) return instead(literalLike(node, constant), left.left);
  }
  return undefined;
}

/** (x << n) | (x >> (bits - n)) of an unsigned x. */
function rotation(node: Arithmetic): TypedExpression | undefined {
  const { left, right } = node;
  const type = integerOf(node.type.type);
  if (type === undefined || type.isSigned || left.kind !== 'arithmetic' || right.kind !== 'arithmetic')
    return undefined;
  const isPair =
    (left.operator === '<<' && right.operator === '>>') ||
    (left.operator === '>>' && right.operator === '<<');
  if (!isPair || !isSameValue(left.left, right.left)) return undefined;
  const bits = BigInt(8 * type.size);
  const [a, b] = [constantOf(left.right), constantOf(right.right)];
  const isLeft = left.operator === '<<';
  if (a !== undefined && b !== undefined) {
    if (a + b !== bits) return undefined;
    const name = isLeft ? 'LROTATE_EXPR' : 'RROTATE_EXPR';
    return compilerOperation(node, name, [left.left, left.right]);
  }
  const isRest = (rest: TypedExpression, count: TypedExpression): boolean => {
    const inner = rest.kind === 'convert' ? rest.operand : rest;
    return (
      inner.kind === 'arithmetic' &&
      inner.operator === '-' &&
      constantOf(inner.left) === bits &&
      isSameValue(inner.right, count)
    );
  };
  if (isRest(right.right, left.right)) {
    return compilerOperation(node, isLeft ? 'LROTATE_EXPR' : 'RROTATE_EXPR', [left.left, left.right]);
  }
  if (isRest(left.right, right.right)) {
    return compilerOperation(node, isLeft ? 'RROTATE_EXPR' : 'LROTATE_EXPR', [left.left, right.right]);
  }
  return undefined;
}

function foldShift(
  node: Arithmetic,
  type: IntegerType,
  first: bigint | undefined,
  second: bigint | undefined,
): TypedExpression | undefined {
  const { operator, left, right } = node;
  if (first === 0n && !hasSideEffects(right)) return literalLike(node, 0n);
  if (operator === '>>' && type.isSigned && first === -1n && !hasSideEffects(right))
    return literalLike(node, -1n);
  if (second === 0n) return left;
  if (second === undefined || left.kind !== 'arithmetic') return undefined;
  const inner = constantOf(left.right);
  const bits = BigInt(8 * type.size);
  if (inner !== undefined && operator === '<<' && left.operator === '&' && second > 0n && second < bits) {
    // A mask of the bits that stay.
    const kept = (1n << (bits - second)) - 1n;
    if ((BigInt.asUintN(Number(bits), inner) & kept) === kept) return { ...node, left: left.left };
  }
  if (inner === undefined || second < 0n || second >= bits) return undefined;
  const shiftTypes = integerOf(left.type.type);
  if (shiftTypes?.size !== type.size) return undefined;
  if (left.operator === operator && inner >= 0n && inner < bits) {
    const sum = inner + second;
    if (sum < bits) return operation(node, operator, left.left, literalLike(right, sum));
    if (operator === '<<' || !type.isSigned) return instead(literalLike(node, 0n), left.left);
    return operation(node, operator, left.left, literalLike(right, bits - 1n));
  }
  if (inner !== second) return undefined;
  if (operator === '<<' && left.operator === '>>') {
    return operation(node, '&', left.left, literalLike(node, -1n << second));
  }
  if (operator === '>>' && left.operator === '<<' && !type.isSigned) {
    return operation(node, '&', left.left, literalLike(node, ((1n << bits) - 1n) >> second));
  }
  return undefined;
}

/** One step of simplification of a negation. */
export function foldNegation(node: Unary): TypedExpression | undefined {
  const { operand } = node;
  if (operand.kind === 'negate') return operand.operand;
  const type = integerOf(node.type.type);
  if (type === undefined) return undefined;
  const value = constantOf(operand);
  if (value !== undefined) return literalLike(node, -value);
  if (operand.kind === 'complement') return operation(node, '+', operand.operand, literalLike(node, 1n));
  if (operand.kind !== 'arithmetic') return undefined;
  if (operand.operator === '-' && !type.isSigned) return operation(node, '-', operand.right, operand.left);
  const constant = constantOf(operand.right);
  if (constant === undefined || !type.isSigned) return undefined;
  if (operand.operator === '*' && powerOf(constant < 0n ? -constant : constant) === undefined) {
    return operation(node, '*', operand.left, literalLike(node, -constant));
  }
  if (operand.operator === '/' && constant > 1n) {
    return operation(node, '/', operand.left, literalLike(node, -constant));
  }
  return undefined;
}

/** One step of simplification of a complement. */
export function foldComplement(node: Unary): TypedExpression | undefined {
  const { operand } = node;
  if (operand.kind === 'complement') return operand.operand;
  if (integerOf(node.type.type) === undefined) return undefined;
  const value = constantOf(operand);
  if (value !== undefined) return literalLike(node, ~value);
  if (operand.kind === 'negate') return operation(node, '-', operand.operand, literalLike(node, 1n));
  if (operand.kind !== 'arithmetic') return undefined;
  const [first, second] = [constantOf(operand.left), constantOf(operand.right)];
  if (operand.operator === '-' && second === 1n) return negated(operand.left);
  if (operand.operator === '-' && first !== undefined) return sumWith(operand, operand.right, ~first);
  if (operand.operator === '^' && second !== undefined) {
    return operation(node, '^', operand.left, literalLike(node, ~second));
  }
  if (second === undefined || (operand.operator !== '+' && operand.operator !== '-')) return undefined;
  return operation(
    node,
    '-',
    literalLike(node, ~(operand.operator === '+' ? second : -second)),
    operand.left,
  );
}
