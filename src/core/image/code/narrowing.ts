/**
 * Operations that gcc's C front end does in a narrower type than C says, because the result is the same.
 *
 * Source: gcc/convert.cc (convert_to_integer_1), gcc/c/c-typeck.cc (build_binary_op), gcc/c-family/c-common.cc
 * (shorten_binary_op, shorten_compare, pointer_int_sum).
 */
import { isFieldLoad } from './bit-fields.ts';
import { integerType } from './integer-types.ts';
import { integerConstant } from '../../sema/constant.ts';
import { exchangesOperands } from '../../sema/operand-order.ts';
import { integerOf } from '../../sema/type-relations.ts';
import type { IntegerType } from '../../sema/type.ts';
import type { TypedExpression } from '../../sema/typed-tree.ts';

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
      // The operands have changed places before the operation is narrowed.
      const isExchanged = exchangesOperands(operand.operator, operand.left, operand.right);
      const [first, second] = isExchanged ? [operand.right, operand.left] : [operand.left, operand.right];
      const left = withoutWidening(first);
      const right = isShift ? second : withoutWidening(second);
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

/** `c >> n` of a promoted c, in its own type. */
export function shortenedShift(
  expression: Of<'arithmetic'>,
  result: IntegerType,
): TypedExpression | undefined {
  const count = integerConstant(expression.right, 8);
  const inner = withoutWidening(expression.left);
  if (isFieldLoad(inner)) return undefined;
  const type = integerOf(inner.type.type);
  if (count === undefined || type === undefined || type.size >= result.size || count <= 0n) return undefined;
  if (count >= BigInt(8 * type.size) || (!result.isSigned && type.isSigned)) return undefined;
  const short = integerType(type.size, type.isSigned);
  return { ...expression, type: { type: short, quals: 0 }, left: convertedTo(inner, short) };
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
  const bits = 8 * type.size;
  return { inner: below.left, extra: BigInt.asIntN(bits, below.operator === '+' ? value : -value) };
}
