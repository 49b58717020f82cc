/**
 * Comparisons of integers with a simpler form of the same truth.
 *
 * Source: gcc/match.pd, gcc/fold-const.cc (fold_comparison, fold_binary_loc), gcc/c-family/c-common.cc
 * (shorten_compare); measured with gcc 12.2.
 */
import { integerOf, qualsOf } from '../../../sema/type-relations.ts';
import { VOLATILE } from '../../../sema/type.ts';
import type { IntegerType } from '../../../sema/type.ts';
import type { ComparisonOperator, TypedExpression } from '../../../sema/typed-tree.ts';
import { isField, isFieldLoad } from '../bit-fields.ts';
import { integerType } from '../integer-types.ts';
import { withoutWidening } from '../narrowing.ts';
import {
  comparison,
  compilerOperation,
  constantOf,
  convertedTo,
  instead,
  isSameValue,
  isTruth,
  literalLike,
  operation,
  powerOf,
  truthLiteral,
  wrapped,
} from './nodes.ts';
import type { Arithmetic, Compare } from './nodes.ts';

/** The operator for exchanged operands. */
export const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

/** The operator with the opposite truth, of integers. */
export const inverted: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
  '==': '!=',
  '!=': '==',
};

/** One step of simplification of a comparison of integers; undefined where there is none. */
export function foldComparison(node: Compare): TypedExpression | undefined {
  const { operator, left, right } = node;
  const type = integerOf(left.type.type);
  if (type === undefined) return undefined;
  const [first, second] = [constantOf(left), constantOf(right)];
  if (first !== undefined && second !== undefined) {
    const value = constantOf(node);
    return value === undefined ? undefined : truthLiteral(node, value !== 0n);
  }
  if (first !== undefined) return comparison(node, mirrored[operator], right, left);
  const [inner, isEquality] = [
    left.kind === 'convert' && left.conversion === 'arithmetic' ? left.operand : left,
    operator === '==' || operator === '!=',
  ];
  const innerType = integerOf(inner.type.type);
  if (
    second !== undefined &&
    isEquality &&
    inner !== left &&
    innerType?.size === type.size &&
    innerType.name !== '_Bool'
  ) {
    return comparison(node, operator, inner, literalLike(inner, second));
  }
  const truth = isEquality ? ofBooleans(node, second) : undefined;
  if (truth !== undefined) return truth;
  if (second !== undefined && isEquality) {
    const masked = ofField(node, second);
    if (masked !== undefined) return masked;
  }
  if (isSameValue(left, right)) {
    return truthLiteral(node, operator === '==' || operator === '<=' || operator === '>=');
  }
  const short = shortened(node, type);
  if (short !== undefined) return short;
  if (second !== undefined) return withConstant(node, type, second);
  return withVariable(node, type);
}

/** `_Bool` values are compared as they are, and with zero in place of one. */
function ofBooleans(node: Compare, constant: bigint | undefined): TypedExpression | undefined {
  const { operator, left, right } = node;
  const [a, b] = [booleanBelow(left), booleanBelow(right)];
  if (a === undefined) return undefined;
  if (constant === undefined) {
    return b === undefined || a === left ? undefined : comparison(node, operator, a, b);
  }
  if ((constant !== 0n && constant !== 1n) || (a === left && constant === 0n)) return undefined;
  return comparison(node, constant === 0n ? operator : inverted[operator], a, literalLike(a, 0n));
}

/** The `_Bool` whose number an expression is. */
function booleanBelow(expression: TypedExpression): TypedExpression | undefined {
  const isWidened = expression.kind === 'convert' && expression.conversion === 'arithmetic';
  const inner = isWidened ? expression.operand : expression;
  return integerOf(inner.type.type)?.name === '_Bool' && !isFieldLoad(inner) ? inner : undefined;
}

/** Operands that were widened are compared as they were. */
function shortened(node: Compare, common: IntegerType): TypedExpression | undefined {
  const [a, b] = [withoutWidening(node.left), withoutWidening(node.right)];
  const [x, y] = [integerOf(a.type.type), integerOf(b.type.type)];
  if (x === undefined || y === undefined || x.size >= common.size) return undefined;
  const constant = constantOf(node.right);
  if (constant !== undefined) {
    if (x.isSigned && !common.isSigned) {
      // Compared as an unsigned value of its width, if the constant is one of the signed ones, too.
      const signed = BigInt.asIntN(8 * common.size, constant);
      const isEquality = node.operator === '==' || node.operator === '!=';
      if (isEquality && signed >= rangeOf(x)[0] && signed <= rangeOf(x)[1]) {
        return { ...node, left: a, right: literalLike(a, signed) };
      }
      if (constant < 0n || constant > rangeOf(x)[1]) return undefined;
      const unsigned = convertedTo(a, integerType(x.size, false));
      return { ...node, left: unsigned, right: literalLike(unsigned, constant) };
    }
    const range = rangeOf(x);
    if (constant < range[0] || constant > range[1]) return outside(node, a, constant > range[1]);
    const type = integerType(x.size, x.isSigned);
    return { ...node, left: convertedTo(a, type), right: literalLike(convertedTo(a, type), constant) };
  }
  if (x.size !== y.size || x.isSigned !== y.isSigned || isFieldLoad(a) || isFieldLoad(b)) return undefined;
  return { ...node, left: a, right: b };
}

function rangeOf(type: IntegerType): readonly [bigint, bigint] {
  const bits = BigInt(type.name === '_Bool' ? 1 : 8 * type.size);
  return type.isSigned ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
}

/** A comparison with a constant that the left side never reaches. */
function outside(node: Compare, left: TypedExpression, isAbove: boolean): TypedExpression {
  const { operator } = node;
  const truth =
    operator === '!=' ||
    (isAbove ? operator === '<' || operator === '<=' : operator === '>' || operator === '>=');
  return instead(truthLiteral(node, truth), left);
}

function withConstant(node: Compare, type: IntegerType, constant: bigint): TypedExpression | undefined {
  const { operator, left } = node;
  const isEquality = operator === '==' || operator === '!=';
  const [least, greatest] = rangeOf(type);
  if (!isEquality) {
    const limit = atLimit(node, constant, least, greatest);
    if (limit !== undefined) return limit;
    const nearer = nearerToZero(operator, constant, type.isSigned);
    if (nearer !== undefined) return comparison(node, nearer.operator, left, literalLike(left, nearer.value));
    const sign = signOfUnsigned(node, type, constant);
    if (sign !== undefined) return sign;
  } else if (constant < least || constant > greatest)
    return instead(truthLiteral(node, operator === '!='), left);
  const truth = ofTruth(node, constant);
  if (truth !== undefined) return truth;
  const to = (inner: TypedExpression, value: bigint, turned = operator): TypedExpression | undefined => {
    const wrappedValue = wrapped(value, type);
    if (wrappedValue !== value && type.isSigned) {
      // The sum never has this value: it would overflow.
      return isEquality ? instead(truthLiteral(node, operator === '!='), inner) : undefined;
    }
    if (!type.isSigned && !isEquality) return undefined;
    return comparison(node, turned, inner, literalLike(left, value));
  };
  switch (left.kind) {
    case 'complement':
      return comparison(node, mirrored[operator], left.operand, literalLike(left, ~constant));
    case 'negate':
      return type.isSigned ? to(left.operand, -constant, mirrored[operator]) : undefined;
    case 'arithmetic':
      return ofOperation(node, left, type, constant, to);
    case 'builtin':
      return left.name === 'ABS_EXPR' && isEquality && constant === 0n && left.args[0] !== undefined
        ? comparison(node, operator, left.args[0], node.right)
        : undefined;
    default:
      return undefined;
  }
}

type Moved = (
  inner: TypedExpression,
  value: bigint,
  turned?: ComparisonOperator,
) => TypedExpression | undefined;

function ofOperation(
  node: Compare,
  left: Arithmetic,
  type: IntegerType,
  constant: bigint,
  to: Moved,
): TypedExpression | undefined {
  const { operator } = node;
  const isEquality = operator === '==' || operator === '!=';
  const by = constantOf(left.right);
  switch (left.operator) {
    case '+':
      return by === undefined ? undefined : to(left.left, constant - by);
    case '-':
      if (by !== undefined) return to(left.left, constant + by);
      return isEquality && constant === 0n ? comparison(node, operator, left.left, left.right) : undefined;
    case '^':
      if (!isEquality) return undefined;
      if (by !== undefined) return comparison(node, operator, left.left, literalLike(left, constant ^ by));
      return constant === 0n ? comparison(node, operator, left.left, left.right) : undefined;
    case '&':
      return by === undefined || !isEquality || isFieldUnit(left.left)
        ? undefined
        : ofMask(node, left, type, constant, by);
    case '*':
      return by === undefined || !type.isSigned ? undefined : ofProduct(node, left, constant, by);
    case '/':
      return by === undefined ? undefined : ofQuotient(node, left, type, constant, by);
    case '%': {
      const isPower = by !== undefined && powerOf(by) !== undefined;
      return isEquality && constant === 0n && isPower && type.isSigned
        ? comparison(node, operator, operation(left, '&', left.left, literalLike(left, by - 1n)), node.right)
        : undefined;
    }
    case '|':
      return undefined;
    case '<<':
    case '>>':
      return undefined;
  }
}

/** One bit is set or not; the topmost one is the sign. */
function ofMask(
  node: Compare,
  left: Arithmetic,
  type: IntegerType,
  constant: bigint,
  mask: bigint,
): TypedExpression | undefined {
  const bits = 8 * type.size;
  const set = BigInt.asUintN(bits, mask);
  if (powerOf(set) === undefined) return undefined;
  const narrow =
    constant === 0n || constant === mask ? ofNarrowSign(node, left, set, constant !== 0n) : undefined;
  if (narrow !== undefined) return narrow;
  if (constant === mask) {
    return comparison(node, inverted[node.operator], left, literalLike(left, 0n));
  }
  if (constant !== 0n) {
    return undefined;
  }
  if (set !== 1n << BigInt(bits - 1)) return undefined;
  const signed = convertedTo(left.left, integerType(type.size, true));
  return comparison(node, node.operator === '!=' ? '<' : '>=', signed, literalLike(signed, 0n));
}

/** The sign bit of what was widened: a negative value of the narrow type has it. */
function ofNarrowSign(
  node: Compare,
  left: Arithmetic,
  bit: bigint,
  isInverted: boolean,
): TypedExpression | undefined {
  let inner = left.left;
  while (inner.kind === 'convert' && inner.conversion === 'arithmetic') {
    const [to, from] = [integerOf(inner.type.type), integerOf(inner.operand.type.type)];
    if (to === undefined || from === undefined || from.size >= to.size || from.name === '_Bool')
      return undefined;
    inner = inner.operand;
    if (bit !== 1n << BigInt(8 * from.size - 1)) continue;
    const signed = convertedTo(inner, integerType(from.size, true));
    const isNegative = (node.operator === '!=') !== isInverted;
    return comparison(node, isNegative ? '<' : '>=', signed, literalLike(signed, 0n));
  }
  return undefined;
}

function ofProduct(
  node: Compare,
  left: Arithmetic,
  constant: bigint,
  factor: bigint,
): TypedExpression | undefined {
  const { operator } = node;
  if (factor === 0n) return undefined;
  if (operator === '==' || operator === '!=') {
    if (constant % factor === 0n)
      return comparison(node, operator, left.left, literalLike(left, constant / factor));
    return instead(truthLiteral(node, operator === '!='), left.left);
  }
  if (constant !== 0n) return undefined;
  return comparison(node, factor < 0n ? mirrored[operator] : operator, left.left, node.right);
}

/** The values whose quotient by a constant is another constant are a range. */
function ofQuotient(
  node: Compare,
  left: Arithmetic,
  type: IntegerType,
  constant: bigint,
  divisor: bigint,
): TypedExpression | undefined {
  if (divisor <= 0n || divisor === 1n) return undefined;
  const [least, greatest] = rangeOf(type);
  let low = constant * divisor;
  let high = low + divisor - 1n;
  if (type.isSigned) {
    if (constant === 0n) low = -(divisor - 1n);
    else if (constant < 0n) {
      high = constant * divisor;
      low = high - (divisor - 1n);
    }
  }
  const at = (value: bigint): TypedExpression => literalLike(left, value);
  const [below, above] = [low <= least, high >= greatest];
  switch (node.operator) {
    case '<':
      return low < least ? undefined : comparison(node, '<', left.left, at(low));
    case '<=':
      return above ? undefined : comparison(node, '<=', left.left, at(high));
    case '>':
      return above ? undefined : comparison(node, '>', left.left, at(high));
    case '>=':
      return below ? undefined : comparison(node, '>=', left.left, at(low));
    case '==':
    case '!=':
      if (low > greatest || high < least) {
        return instead(truthLiteral(node, node.operator === '!='), left.left);
      }
      return inRange(node, left.left, type, [low < least ? least : low, high > greatest ? greatest : high]);
  }
}

/** low <= x && x <= high as one comparison. */
function inRange(
  node: Compare,
  operand: TypedExpression,
  type: IntegerType,
  [low, high]: readonly [bigint, bigint],
): TypedExpression {
  const [least, greatest] = rangeOf(type);
  const isInside = node.operator === '==';
  const at = (value: bigint): TypedExpression => literalLike(operand, value);
  if (low === least) return comparison(node, isInside ? '<=' : '>', operand, at(high));
  if (high === greatest) return comparison(node, isInside ? '>=' : '<', operand, at(low));
  if (low === high) return comparison(node, isInside ? '==' : '!=', operand, at(low));
  const unsigned = convertedTo(operand, integerType(type.size, false));
  const distance = operation(unsigned, '-', unsigned, literalLike(unsigned, low));
  return comparison(node, isInside ? '<=' : '>', distance, literalLike(unsigned, high - low));
}

/** A comparison with the least or greatest value. */
function atLimit(
  node: Compare,
  constant: bigint,
  least: bigint,
  greatest: bigint,
): TypedExpression | undefined {
  const { operator, left, right } = node;
  if (constant < least || constant > greatest) return outside(node, left, constant > greatest);
  if (constant === greatest) {
    if (operator === '>') return instead(truthLiteral(node, false), left);
    if (operator === '<=') return instead(truthLiteral(node, true), left);
    return comparison(node, operator === '>=' ? '==' : '!=', left, right);
  }
  if (constant === least) {
    if (operator === '<') return instead(truthLiteral(node, false), left);
    if (operator === '>=') return instead(truthLiteral(node, true), left);
    return comparison(node, operator === '<=' ? '==' : '!=', left, right);
  }
  if (constant === greatest - 1n && (operator === '>' || operator === '<=')) {
    return comparison(node, operator === '>' ? '==' : '!=', left, literalLike(left, greatest));
  }
  if (constant === least + 1n && (operator === '<' || operator === '>=')) {
    return comparison(node, operator === '<' ? '==' : '!=', left, literalLike(left, least));
  }
  return undefined;
}

/** An unsigned value beyond half its range is a negative one. */
function signOfUnsigned(node: Compare, type: IntegerType, constant: bigint): TypedExpression | undefined {
  if (type.isSigned || type.name === '_Bool') return undefined;
  const half = (1n << BigInt(8 * type.size - 1)) - 1n;
  if (constant !== half || (node.operator !== '>' && node.operator !== '<=')) return undefined;
  const signed = convertedTo(node.left, integerType(type.size, true));
  return comparison(node, node.operator === '>' ? '<' : '>=', signed, literalLike(signed, 0n));
}

/** gcc brings constants nearer to zero: `x < 5` is `x <= 4`. */
function nearerToZero(
  operator: ComparisonOperator,
  value: bigint,
  isSigned: boolean,
): { readonly operator: ComparisonOperator; readonly value: bigint } | undefined {
  if (value > 0n) {
    if (operator === '<') return { operator: '<=', value: value - 1n };
    if (operator === '>=') return { operator: '>', value: value - 1n };
  }
  if (value < 0n && isSigned) {
    if (operator === '<=') return { operator: '<', value: value + 1n };
    if (operator === '>') return { operator: '>=', value: value + 1n };
  }
  return undefined;
}

/** `(a < b) != 0` and the like: the truth of the comparison inside. */
function ofTruth(node: Compare, constant: bigint): TypedExpression | undefined {
  const { operator } = node;
  let inner = node.left;
  while (
    inner.kind === 'convert' &&
    inner.conversion === 'arithmetic' &&
    integerOf(inner.type.type) !== undefined
  ) {
    inner = inner.operand;
  }
  if (!isTruth(inner) || inner.kind === 'logical') return undefined;
  if (constant !== 0n && constant !== 1n) {
    return instead(constantTruthOf(node, constant), inner);
  }
  if (operator === '==' || operator === '!=') {
    const isNegated = (operator === '==') === (constant === 0n);
    return isNegated ? { kind: 'not', operand: inner, type: node.type, span: node.span } : inner;
  }
  return undefined;
}

function constantTruthOf(node: Compare, constant: bigint): TypedExpression {
  const { operator } = node;
  const truth =
    operator === '!=' ||
    (constant > 1n ? operator === '<' || operator === '<=' : operator === '>' || operator === '>=');
  return truthLiteral(node, truth);
}

/** Comparisons of two variables that share a term. */
function withVariable(node: Compare, type: IntegerType): TypedExpression | undefined {
  const { operator, left, right } = node;
  const isEquality = operator === '==' || operator === '!=';
  if (left.kind === 'complement' && right.kind === 'complement') {
    return comparison(node, operator, right.operand, left.operand);
  }
  if (left.kind === 'negate' && right.kind === 'negate' && (type.isSigned || isEquality)) {
    return comparison(node, mirrored[operator], left.operand, right.operand);
  }
  if (left.kind === 'arithmetic' && right.kind === 'arithmetic' && left.operator === right.operator) {
    const both = ofAlike(node, left, right, type);
    if (both !== undefined) return both;
  }
  const shared =
    ofShared(node, left, right, operator, type) ?? ofShared(node, right, left, mirrored[operator], type);
  if (shared !== undefined || !type.isSigned || isEquality) return shared;
  return ofNearerSum(node, left, right, operator) ?? ofNearerSum(node, right, left, mirrored[operator]);
}

/**
 * The constant of a sum comes nearer to zero: x + 1 > y is x >= y, x - 5 < y is x - 4 <= y.
 *
 * @source gcc/fold-const.cc: maybe_canonicalize_comparison_1
 */
function ofNearerSum(
  node: Compare,
  sum: TypedExpression,
  other: TypedExpression,
  operator: ComparisonOperator,
): TypedExpression | undefined {
  if (sum.kind !== 'arithmetic' || (sum.operator !== '+' && sum.operator !== '-')) return undefined;
  const constant = constantOf(sum.right);
  if (constant === undefined || constant === 0n) return undefined;
  const isRaised = (sum.operator === '+') === constant > 0n;
  const nearer = isRaised ? nearerAbove[operator] : nearerBelow[operator];
  if (nearer === undefined) return undefined;
  const rest = constant > 0n ? constant - 1n : constant + 1n;
  const left = rest === 0n ? sum.left : operation(sum, sum.operator, sum.left, literalLike(sum, rest));
  return comparison(node, nearer, left, other);
}

const nearerAbove: Partial<Record<ComparisonOperator, ComparisonOperator>> = { '>': '>=', '<=': '<' };
const nearerBelow: Partial<Record<ComparisonOperator, ComparisonOperator>> = { '<': '<=', '>=': '>' };

function ofAlike(
  node: Compare,
  left: Arithmetic,
  right: Arithmetic,
  type: IntegerType,
): TypedExpression | undefined {
  const isEquality = node.operator === '==' || node.operator === '!=';
  if (!isEquality && !type.isSigned) return undefined;
  if (left.operator === '+' || left.operator === '-' || left.operator === '^') {
    if (left.operator === '^' && !isEquality) return undefined;
    if (isSameValue(left.right, right.right)) return comparison(node, node.operator, left.left, right.left);
    if (isSameValue(left.left, right.left)) {
      return left.operator === '-'
        ? comparison(node, node.operator, right.right, left.right)
        : comparison(node, node.operator, left.right, right.right);
    }
    if (left.operator !== '-' && isSameValue(left.left, right.right)) {
      return comparison(node, node.operator, left.right, right.left);
    }
    if (left.operator !== '-' && isSameValue(left.right, right.left)) {
      return comparison(node, node.operator, left.left, right.right);
    }
  }
  return undefined;
}

/** x + y == y is x == 0; x - y == x is y == 0; -x == x is x == 0. */
function ofShared(
  node: Compare,
  sum: TypedExpression,
  other: TypedExpression,
  operator: ComparisonOperator,
  type: IntegerType,
): TypedExpression | undefined {
  const isEquality = operator === '==' || operator === '!=';
  const zero = literalLike(sum, 0n);
  // -x == x
  if (sum.kind === 'negate' && isEquality && type.isSigned && isSameValue(sum.operand, other))
    return comparison(node, operator, other, zero);
  if (sum.kind !== 'arithmetic') return undefined;
  const applies = isEquality || type.isSigned;
  if ((sum.operator === '+' || (sum.operator === '^' && isEquality)) && applies) {
    if (isSameValue(sum.right, other)) return comparison(node, operator, sum.left, zero);
    if (isSameValue(sum.left, other)) return comparison(node, operator, sum.right, zero);
  }
  if (sum.operator !== '-' || !isSameValue(sum.left, other)) return undefined;
  if (applies) return comparison(node, mirrored[operator], sum.right, zero);
  // a - b > a of unsigned numbers is b > a.
  return operator === '>' || operator === '<=' ? comparison(node, operator, sum.right, other) : undefined;
}

/** A bit-field is compared with a constant where it stands in its unit. */
function ofField(node: Compare, constant: bigint): TypedExpression | undefined {
  const inner = withoutWidening(node.left);
  if (inner.kind !== 'convert' || inner.conversion !== 'load' || !isField(inner.operand)) return undefined;
  const { bitWidth, bitOffset, offset } = inner.operand.member;
  if (bitWidth === undefined || (qualsOf(inner.operand.type) & VOLATILE) !== 0) return undefined;
  const start = (inner.operand.offset - offset) * 8 + (bitOffset ?? 0);
  for (const size of [1, 2, 4, 8]) {
    const first = Math.floor(start / (8 * size)) * 8 * size;
    if (start + bitWidth > first + 8 * size) continue;
    if (bitWidth === 8 * size) return undefined;
    const shift = BigInt(start - first);
    const mask = (1n << BigInt(bitWidth)) - 1n;
    const signed = BigInt.asIntN(bitWidth, constant);
    const type = integerOf(inner.type.type);
    if ((type?.isSigned === true ? signed : constant & mask) !== constant) return undefined;
    const unit: TypedExpression = {
      ...compilerOperation(inner, 'BIT_FIELD_REF', [inner.operand]),
      type: { type: integerType(size, false), quals: 0 },
    };
    const isOne = bitWidth === 1 && constant !== 0n;
    const operator = isOne ? inverted[node.operator] : node.operator;
    const value = isOne ? 0n : (constant & mask) << shift;
    return comparison(
      node,
      operator,
      operation(unit, '&', unit, literalLike(unit, mask << shift)),
      literalLike(unit, value),
    );
  }
  return undefined;
}

function isFieldUnit(expression: TypedExpression): boolean {
  return expression.kind === 'builtin' && expression.name === 'BIT_FIELD_REF';
}
