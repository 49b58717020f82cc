/**
 * Truth values: negations, short-circuit operators and conditionals with a simpler form.
 *
 * Source: gcc/fold-const.cc (fold_truth_not_expr, fold_truth_andor, fold_cond_expr_with_comparison, fold_ternary_loc),
 * gcc/match.pd; measured with gcc 12.2.
 */
import { hasSideEffects } from '../../tree-walk.ts';
import { integerOf, resolve } from '../../../sema/type-relations.ts';
import { isSimpler } from '../../../sema/operand-order.ts';
import type { ComparisonOperator, TypedExpression } from '../../../sema/typed-tree.ts';
import { inverted, mirrored } from './comparisons.ts';
import {
  after,
  comparison,
  compilerOperation,
  constantOf,
  convertedTo,
  isSameValue,
  isTruth,
  literalLike,
  negated,
  operation,
  powerOf,
  truthLiteral,
} from './nodes.ts';
import type { Compare, Of } from './nodes.ts';

/** Whether a condition is known. */
function truthOf(expression: TypedExpression): boolean | undefined {
  const value = constantOf(expression);
  if (value !== undefined && integerOf(expression.type.type) !== undefined) return value !== 0n;
  return undefined;
}

/** One step of simplification of `!x`. */
export function foldNot(node: Of<'not'>): TypedExpression | undefined {
  let { operand } = node;
  const truth = truthOf(operand);
  if (truth !== undefined) return truthLiteral(node, !truth);
  while (operand.kind === 'convert' && operand.conversion === 'arithmetic' && isTruth(operand.operand)) {
    operand = operand.operand;
  }
  if (operand.kind === 'not') return asTruth(operand.operand);
  if (operand.kind === 'compare') {
    const isFloat = resolve(operand.left.type.type).kind === 'float';
    const isEquality = operand.operator === '==' || operand.operator === '!=';
    if (isFloat && !isEquality) return operand === node.operand ? undefined : { ...node, operand };
    return { ...operand, operator: inverted[operand.operator] };
  }
  if (operand.kind === 'logical') {
    const not = (one: TypedExpression): TypedExpression => ({ ...node, operand: one });
    return {
      ...operand,
      operator: operand.operator === '&&' ? '||' : '&&',
      left: not(operand.left),
      right: not(operand.right),
    };
  }
  if (integerOf(operand.type.type) === undefined) return undefined;
  return comparison(node, '==', operand, literalLike(operand, 0n));
}

/** x != 0 */
function asTruth(expression: TypedExpression): TypedExpression {
  if (isTruth(expression)) return expression;
  if (integerOf(expression.type.type) !== undefined) {
    return comparison(expression, '!=', expression, literalLike(expression, 0n));
  }
  const type = truthLiteral(expression, true).type;
  const inner: TypedExpression = { kind: 'not', operand: expression, type, span: expression.span };
  return { kind: 'not', operand: inner, type, span: expression.span };
}

/** One step of simplification of `a && b`, `a || b`. */
export function foldLogical(node: Of<'logical'>): TypedExpression | undefined {
  const decides = node.operator === '||';
  const left = truthOf(node.left);
  if (left === decides) return truthLiteral(node, decides);
  if (left !== undefined) return needsTruth(node.right);
  const right = truthOf(node.right);
  if (right === undefined) return undefined;
  if (right !== decides) return needsTruth(node.left);
  return hasSideEffects(node.left) ? undefined : truthLiteral(node, decides);
}

function needsTruth(expression: TypedExpression): TypedExpression | undefined {
  return isTruth(expression) || integerOf(expression.type.type) !== undefined
    ? asTruth(expression)
    : undefined;
}

/** One step of simplification of `c ? a : b`. */
export function foldConditional(node: Of<'conditional'>): TypedExpression | undefined {
  const { condition, then, otherwise } = node;
  if (then === undefined) return undefined;
  const known = truthOf(condition);
  if (known !== undefined) return known ? then : otherwise;
  const type = integerOf(node.type.type);
  if (isSameValue(then, otherwise)) {
    return hasSideEffects(condition) ? after(condition, then) : then;
  }
  if (condition.kind === 'not' && !isFloatOrder(condition.operand)) {
    return { ...node, condition: condition.operand, then: otherwise, otherwise: then };
  }
  const isZero = otherwise.kind === 'integer' ? otherwise.value === 0n : isNull(otherwise);
  if (isZero && isSameValue(condition, then) && resolve(node.type.type).kind !== 'float') return then;
  if (type === undefined) return withSimplerLast(node);
  const [yes, no] = [constantOf(then), constantOf(otherwise)];
  if (condition.kind === 'compare') {
    const bit = ofSingleBit(node, condition, yes, no);
    if (bit !== undefined) return bit;
    const chosen = ofComparison(node, condition, then, otherwise);
    if (chosen !== undefined) return chosen;
  } else if (yes !== undefined && no !== undefined) {
    const compared = comparisonOf(condition);
    const bit = compared === undefined ? undefined : ofSingleBit(node, compared, yes, no);
    if (bit !== undefined) return bit;
  }
  if (yes === 1n && no === 0n) return convertedTo(asTruth(condition), type);
  if (yes === 0n && no === 1n) {
    const not: TypedExpression = {
      kind: 'not',
      operand: condition,
      type: truthLiteral(node, true).type,
      span: node.span,
    };
    return convertedTo(not, type);
  }
  return withSimplerLast(node);
}

/** A constant or a variable stands last; the condition is the opposite (fold-const.cc: fold_ternary_loc). */
function withSimplerLast(node: Of<'conditional'>): TypedExpression | undefined {
  const { condition, then, otherwise } = node;
  if (then === undefined || isFloatOrder(condition) || !isSimpler(then, otherwise)) return undefined;
  const { type } = truthLiteral(node, true);
  const not: TypedExpression = { kind: 'not', operand: condition, type, span: condition.span };
  return { ...node, condition: not, then: otherwise, otherwise: then };
}

/** A null pointer constant. */
function isNull(expression: TypedExpression): boolean {
  return (
    expression.kind === 'convert' &&
    expression.conversion === 'pointer' &&
    expression.operand.kind === 'integer' &&
    expression.operand.value === 0n
  );
}

function isFloatOrder(expression: TypedExpression): boolean {
  return expression.kind === 'compare' && resolve(expression.left.type.type).kind === 'float';
}

/** A value as a condition is compared with zero. */
function comparisonOf(condition: TypedExpression): Compare | undefined {
  if (integerOf(condition.type.type) === undefined || isTruth(condition)) return undefined;
  return comparison(condition, '!=', condition, literalLike(condition, 0n));
}

/** (x & 4) != 0 ? 4 : 0 is x & 4; with another power of two the bit is shifted. */
function ofSingleBit(
  node: Of<'conditional'>,
  condition: Compare,
  yes: bigint | undefined,
  no: bigint | undefined,
): TypedExpression | undefined {
  const { operator, left, right } = condition;
  if (yes === undefined || no === undefined || constantOf(right) !== 0n) return undefined;
  const value = operator === '!=' ? yes : operator === '==' ? no : undefined;
  const other = operator === '!=' ? no : yes;
  const type = integerOf(node.type.type);
  if (value === undefined || other !== 0n || left.kind !== 'arithmetic' || left.operator !== '&')
    return undefined;
  const mask = constantOf(left.right);
  const own = integerOf(left.type.type);
  if (mask === undefined || type === undefined || own === undefined) return undefined;
  const [from, to] = [powerOf(mask), powerOf(value)];
  if (from === undefined || to === undefined) return undefined;
  if (from === to) return convertedTo(left, type);
  const count = (by: number): TypedExpression => ({
    ...truthLiteral(node, true),
    kind: 'integer',
    value: BigInt(by),
  });
  if (to > from) {
    const wide = convertedTo(left.left, type);
    const moved = operation(node, '<<', wide, count(to - from));
    return operation(node, '&', moved, literalLike(node, value));
  }
  const moved = operation(left, '>>', left.left, count(from - to));
  return operation(node, '&', convertedTo(moved, type), literalLike(node, value));
}

/** a < b ? a : b is a minimum, x < 0 ? -x : x an absolute value, x == y ? x : y is y. */
function ofComparison(
  node: Of<'conditional'>,
  condition: Compare,
  then: TypedExpression,
  otherwise: TypedExpression,
): TypedExpression | undefined {
  const common = integerOf(condition.left.type.type);
  const type = integerOf(node.type.type);
  if (common === undefined || type === undefined) return undefined;
  const { left, right, operator } = condition;
  if (constantOf(right) === 0n && type.isSigned) {
    const absolute = absoluteOf(node, operator, left, then, otherwise);
    if (absolute !== undefined) return absolute;
  }
  if (common.size !== type.size || common.isSigned !== type.isSigned) return undefined;
  if (isSameValue(left, then) && isSameOrLimit(right, otherwise, operator)) {
    return chosen(node, operator, then, otherwise);
  }
  if (isSameOrLimit(right, then, mirrored[operator]) && isSameValue(left, otherwise)) {
    return chosen(node, inverted[operator], otherwise, then);
  }
  return undefined;
}

/** The other value is what is compared with; `x <= 4 ? x : 5` is a minimum as `x < 5 ? x : 5` is. */
function isSameOrLimit(
  compared: TypedExpression,
  value: TypedExpression,
  operator: ComparisonOperator,
): boolean {
  if (isSameValue(compared, value)) return true;
  const [limit, own] = [constantOf(compared), constantOf(value)];
  if (limit === undefined || own === undefined) return false;
  if (limit === own) return true;
  switch (operator) {
    case '<=':
    case '>':
      return own === limit + 1n;
    case '<':
    case '>=':
      return own === limit - 1n;
    default:
      return false;
  }
}

function chosen(
  node: Of<'conditional'>,
  operator: ComparisonOperator,
  a: TypedExpression,
  b: TypedExpression,
): TypedExpression | undefined {
  switch (operator) {
    case '==':
      return b;
    case '!=':
      return a;
    case '<':
    case '<=':
      return compilerOperation(node, 'MIN_EXPR', [a, b]);
    case '>':
    case '>=':
      return compilerOperation(node, 'MAX_EXPR', [a, b]);
  }
}

function absoluteOf(
  node: Of<'conditional'>,
  operator: ComparisonOperator,
  value: TypedExpression,
  then: TypedExpression,
  otherwise: TypedExpression,
): TypedExpression | undefined {
  const isNegation = (one: TypedExpression): boolean =>
    one.kind === 'negate' && isSameValue(one.operand, value);
  const isBelow = operator === '<' || operator === '<=';
  const isAbove = operator === '>' || operator === '>=';
  if (
    (isBelow && isNegation(then) && isSameValue(value, otherwise)) ||
    (isAbove && isNegation(otherwise) && isSameValue(value, then))
  ) {
    return compilerOperation(node, 'ABS_EXPR', [value]);
  }
  if (
    (isAbove && isNegation(then) && isSameValue(value, otherwise)) ||
    (isBelow && isNegation(otherwise) && isSameValue(value, then))
  ) {
    return negated(compilerOperation(node, 'ABS_EXPR', [value]));
  }
  return undefined;
}
