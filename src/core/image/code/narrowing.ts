/**
 * Operations that gcc's C front end does in a narrower type than C says, because the result is the same.
 *
 * Source: gcc/convert.cc (convert_to_integer_1), gcc/c/c-typeck.cc (build_binary_op), gcc/c-family/c-common.cc
 * (shorten_binary_op, shorten_compare, pointer_int_sum).
 */
import { integerConstant } from '../../sema/constant.ts';
import { integerOf } from '../../sema/type-relations.ts';
import type { IntegerName, IntegerType } from '../../sema/type.ts';
import type { ComparisonOperator, TypedExpression } from '../../sema/typed-tree.ts';

type Of<Kind extends TypedExpression['kind']> = Extract<TypedExpression, { kind: Kind }>;

/** The expression below conversions to wider integers. */
export function withoutWidening(expression: TypedExpression): TypedExpression {
  let inner = expression;
  while (inner.kind === 'convert' && inner.conversion === 'arithmetic') {
    const [to, from] = [integerOf(inner.type.type), integerOf(inner.operand.type.type)];
    if (to === undefined || from === undefined || to.size <= from.size || from.name === '_Bool') return inner;
    if (isTruth(inner.operand)) return inner;
    // An unsigned intermediate type decides how the bits above are filled.
    const below = inner.operand;
    if (!to.isSigned && from.isSigned && inner !== expression) return inner;
    inner = below;
  }
  return inner;
}

function isTruth(expression: TypedExpression): boolean {
  return expression.kind === 'compare' || expression.kind === 'not' || expression.kind === 'logical';
}

const names: Readonly<Record<number, readonly [IntegerName, IntegerName]>> = {
  1: ['signed char', 'unsigned char'],
  2: ['short', 'unsigned short'],
  4: ['int', 'unsigned int'],
  8: ['long', 'unsigned long'],
};

/** An integer type by size and sign. */
export function integerType(size: number, isSigned: boolean): IntegerType {
  const [signed, unsigned] = names[size] ?? ['long', 'unsigned long'];
  return { kind: 'integer', name: isSigned ? signed : unsigned, isSigned, size, align: size };
}

function convertedTo(operand: TypedExpression, type: IntegerType): TypedExpression {
  const from = integerOf(operand.type.type);
  if (from?.size === type.size && from.isSigned === type.isSigned) return operand;
  const quals = { type, quals: 0 };
  const value = integerConstant(operand, 8);
  if (value !== undefined) {
    const bits = 8 * type.size;
    const wrapped = type.isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
    return { kind: 'integer', value: wrapped, type: quals, span: operand.span };
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

const truncatable: ReadonlySet<string> = new Set(['+', '-', '*', '&', '|', '^']);

/** `(narrow) (a op b)` as an operation on narrowed operands; undefined where it stays. */
export function narrowedConversion(expression: Of<'convert'>): TypedExpression | undefined {
  const [to, from] = [integerOf(expression.type.type), integerOf(expression.operand.type.type)];
  if (to === undefined || from === undefined || to.size >= from.size || to.name === '_Bool') return undefined;
  const { operand } = expression;
  switch (operand.kind) {
    case 'arithmetic': {
      const isShift =
        operand.operator === '<<' && (integerConstant(operand.right, 8) ?? 1000n) < BigInt(8 * to.size);
      if (!truncatable.has(operand.operator) && !isShift) return undefined;
      const [left, right] = [
        withoutWidening(operand.left),
        isShift ? operand.right : withoutWidening(operand.right),
      ];
      const isSigned = to.isSigned && isSignedOperation(operand, left, right);
      const type = integerType(to.size, isSigned);
      const node: TypedExpression = {
        ...operand,
        type: { type, quals: 0 },
        left: convertedTo(left, type),
        right: isShift ? right : convertedTo(right, type),
      };
      return convertedTo(node, to);
    }
    case 'negate':
    case 'complement': {
      const type = integerType(to.size, operand.kind === 'complement' && to.isSigned);
      const node: TypedExpression = {
        ...operand,
        type: { type, quals: 0 },
        operand: convertedTo(withoutWidening(operand.operand), type),
      };
      return convertedTo(node, to);
    }
    case 'conditional':
      if (operand.then === undefined) return undefined;
      return {
        ...operand,
        type: expression.type,
        then: convertedTo(operand.then, to),
        otherwise: convertedTo(operand.otherwise, to),
      };
    default:
      return undefined;
  }
}

/** Additions are done unsigned: they must not overflow; so is what had only unsigned operands. */
function isSignedOperation(node: Of<'arithmetic'>, left: TypedExpression, right: TypedExpression): boolean {
  if (node.operator === '+' || node.operator === '-' || node.operator === '*' || node.operator === '<<')
    return false;
  if (integerOf(node.type.type)?.isSigned === false) return false;
  return integerOf(left.type.type)?.isSigned !== false || integerOf(right.type.type)?.isSigned !== false;
}

/** `a & b` and the like of promoted operands, in their own type; undefined where int it stays. */
export function shortenedArithmetic(expression: Of<'arithmetic'>): TypedExpression | undefined {
  const { operator, left, right } = expression;
  const result = integerOf(expression.type.type);
  if (result === undefined) return undefined;
  if (operator === '>>') return shortenedShift(expression, result);
  const isBitwise = operator === '&' || operator === '|' || operator === '^';
  const isDivision = operator === '/' || operator === '%';
  if (!isBitwise && !isDivision) return undefined;
  if (isDivision && !mayShortenDivision(left, right)) return undefined;
  // A mask is applied behind the conversion.
  if (operator === '&' && integerConstant(right, 8) !== undefined) return undefined;
  const type = shortType(left, right, result, isBitwise);
  if (type === undefined) return undefined;
  return {
    ...expression,
    type: { type, quals: 0 },
    left: convertedTo(withoutWidening(left), type),
    right: convertedTo(withoutWidening(right), type),
  };
}

/** The quotient of the smallest number by -1 does not fit. */
function mayShortenDivision(left: TypedExpression, right: TypedExpression): boolean {
  if (integerOf(withoutWidening(left).type.type)?.isSigned === false) return true;
  const divisor = integerConstant(right, 8);
  return divisor !== undefined && divisor !== -1n;
}

function shortType(
  left: TypedExpression,
  right: TypedExpression,
  result: IntegerType,
  isBitwise: boolean,
): IntegerType | undefined {
  const [a, b] = [withoutWidening(left), withoutWidening(right)];
  const [x, y] = [integerOf(a.type.type), integerOf(b.type.type)];
  if (x === undefined || y === undefined) return undefined;
  const isUnsigned = isBitwise ? !x.isSigned : !result.isSigned;
  const constant = integerConstant(right, 8);
  if (constant === undefined && integerConstant(left, 8) === undefined) {
    const isSame = x.size < result.size && x.size === y.size && x.isSigned === y.isSigned;
    return isSame && (!x.isSigned || !isUnsigned) ? integerType(x.size, x.isSigned) : undefined;
  }
  const [narrow, value] = constant === undefined ? [y, integerConstant(left, 8)] : [x, constant];
  if (value === undefined || narrow.size >= result.size || !(!narrow.isSigned || !isUnsigned))
    return undefined;
  return fits(value, narrow) ? integerType(narrow.size, narrow.isSigned) : undefined;
}

function fits(value: bigint, type: IntegerType): boolean {
  const bits = 8 * type.size;
  return (type.isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)) === value;
}

function shortenedShift(expression: Of<'arithmetic'>, result: IntegerType): TypedExpression | undefined {
  const count = integerConstant(expression.right, 8);
  const inner = withoutWidening(expression.left);
  const type = integerOf(inner.type.type);
  if (count === undefined || type === undefined || type.size >= result.size || count <= 0n) return undefined;
  if (count >= BigInt(8 * type.size) || (!result.isSigned && type.isSigned)) return undefined;
  const short = integerType(type.size, type.isSigned);
  return { ...expression, type: { type: short, quals: 0 }, left: convertedTo(inner, short) };
}

/** The operands of a comparison in the type in which gcc compares them. */
export function shortenedComparison(
  left: TypedExpression,
  right: TypedExpression,
): { readonly left: TypedExpression; readonly right: TypedExpression } {
  const none = { left, right };
  const common = integerOf(left.type.type);
  if (common === undefined) return none;
  const [a, b] = [withoutWidening(left), withoutWidening(right)];
  const [x, y] = [integerOf(a.type.type), integerOf(b.type.type)];
  if (x === undefined || y === undefined) return none;
  const [first, second] = [integerConstant(left, 8), integerConstant(right, 8)];
  if (second !== undefined && first === undefined && x.size < common.size) {
    if (!fits(second, x)) return none;
    const type = integerType(x.size, x.isSigned && common.isSigned);
    return { left: convertedTo(a, type), right: convertedTo(right, type) };
  }
  if (first !== undefined || second !== undefined) return none;
  if (x.size < common.size && x.size === y.size && x.isSigned === y.isSigned) return { left: a, right: b };
  return none;
}

/** A constant that is added to the index of a pointer is added behind the conversion to the width of an address. */
export function shortenedPointerIndex(index: TypedExpression): {
  readonly inner: TypedExpression;
  readonly extra: bigint;
} {
  const none = { inner: index, extra: 0n };
  const below = index.kind === 'convert' && index.conversion === 'none' ? index.operand : index;
  if (below.kind !== 'arithmetic' || (below.operator !== '+' && below.operator !== '-')) return none;
  const type = integerOf(below.type.type);
  if (type === undefined || (!type.isSigned && type.size < 8)) return none;
  const value = integerConstant(below.right, 8);
  if (value === undefined) return none;
  return { inner: below.left, extra: below.operator === '+' ? value : -value };
}

/** A comparison with the same truth whose left side is simpler. */
export interface FoldedComparison {
  readonly operator: ComparisonOperator;
  readonly left: TypedExpression;
  readonly right: TypedExpression;
}

const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

/**
 * What gcc makes of `x + 1 == 5`, `x - y != 0`, `-x < 3`, `~x == 2` and the like (gcc/match.pd): additions move to the
 * constant where they cannot overflow or where only equality is asked.
 */
export function foldedComparison(comparison: FoldedComparison): FoldedComparison {
  let current = comparison;
  for (let next = foldOnce(current); next !== undefined; next = foldOnce(current)) current = next;
  return current;
}

function foldOnce({ operator, left, right }: FoldedComparison): FoldedComparison | undefined {
  const type = integerOf(left.type.type);
  if (type === undefined || type.size > 8) return undefined;
  const isEquality = operator === '==' || operator === '!=';
  const constant = integerConstant(right, 8);
  if (constant === undefined) return foldAlike({ operator, left, right }, type);
  const withConstant = (
    inner: TypedExpression,
    value: bigint,
    turned: ComparisonOperator,
  ): FoldedComparison | undefined => {
    const bits = 8 * type.size;
    const wrapped = type.isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
    if (wrapped !== value && (type.isSigned || !isEquality)) return undefined;
    return {
      operator: turned,
      left: inner,
      right: { kind: 'integer', value: wrapped, type: left.type, span: right.span },
    };
  };
  if (left.kind === 'complement')
    return withConstant(left.operand, complement(constant, type), mirrored[operator]);
  if (left.kind === 'negate') {
    return type.isSigned ? withConstant(left.operand, -constant, mirrored[operator]) : undefined;
  }
  if (left.kind !== 'arithmetic') return undefined;
  const by = integerConstant(left.right, 8);
  switch (left.operator) {
    case '+':
    case '-':
      if (by !== undefined) {
        if (!type.isSigned && !isEquality) return undefined;
        return withConstant(left.left, left.operator === '+' ? constant - by : constant + by, operator);
      }
      return left.operator === '-' && isEquality && constant === 0n
        ? { operator, left: left.left, right: left.right }
        : undefined;
    case '^':
      if (!isEquality) return undefined;
      if (by !== undefined) return withConstant(left.left, constant ^ by, operator);
      return constant === 0n ? { operator, left: left.left, right: left.right } : undefined;
    case '&':
      // One bit: it is set or not.
      return isEquality && by === constant && by > 0n && (by & (by - 1n)) === 0n
        ? withConstant(left, 0n, operator === '==' ? '!=' : '==')
        : undefined;
    case '*':
      return type.isSigned && isEquality && constant === 0n && by !== undefined && by !== 0n
        ? withConstant(left.left, 0n, operator)
        : undefined;
    default:
      return undefined;
  }
}

function complement(value: bigint, type: IntegerType): bigint {
  return type.isSigned ? ~value : BigInt.asUintN(8 * type.size, ~value);
}

/** The same operation on both sides. */
function foldAlike(
  { operator, left, right }: FoldedComparison,
  type: IntegerType,
): FoldedComparison | undefined {
  if (left.kind === 'complement' && right.kind === 'complement') {
    return { operator, left: right.operand, right: left.operand };
  }
  if (!type.isSigned) return undefined;
  if (left.kind === 'negate' && right.kind === 'negate') {
    return { operator: mirrored[operator], left: left.operand, right: right.operand };
  }
  if (left.kind !== 'arithmetic' || right.kind !== 'arithmetic' || left.operator !== right.operator)
    return undefined;
  if (left.operator !== '+' && left.operator !== '-') return undefined;
  const [first, second] = [integerConstant(left.right, 8), integerConstant(right.right, 8)];
  return first !== undefined && first === second
    ? { operator, left: left.left, right: right.left }
    : undefined;
}
