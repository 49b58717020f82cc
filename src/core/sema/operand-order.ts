/**
 * The order in which gcc -O0 evaluates the operands of a binary operator.
 *
 * The left one comes first, with two exceptions: gcc exchanges the operands of commutative operators and comparisons so
 * that plain variables and constants stand on the right; and a variable that it may keep in a register is read when the
 * operation is done.
 *
 * Source: gcc/fold-const.cc, tree_swap_operands_p (behaviour).
 */
import { integerOf, sizeOf } from './type-relations.ts';
import type { ArithmeticOperator, ComparisonOperator, TypedExpression } from './typed-tree.ts';

const commutative: ReadonlySet<ArithmeticOperator | ComparisonOperator> = new Set([
  '+',
  '*',
  '&',
  '|',
  '^',
  '<',
  '>',
  '<=',
  '>=',
  '==',
  '!=',
]);

/** Whether gcc exchanges the operands, so that the right one is evaluated first. */
export function exchangesOperands(
  operator: ArithmeticOperator | ComparisonOperator,
  left: TypedExpression,
  right: TypedExpression,
): boolean {
  return commutative.has(operator) && isSimpler(left, right);
}

/** Whether the first of two expressions is simpler: a constant before a plain variable before all else (tree_swap_operands_p). */
export function isSimpler(left: TypedExpression, right: TypedExpression): boolean {
  const [first, second] = [withoutSameSizeConversions(left), withoutSameSizeConversions(right)];
  if (isConstant(second)) return false;
  if (isConstant(first)) return true;
  return first.kind === 'object' && second.kind !== 'object';
}

/** The expression below loads and conversions that keep the machine mode. */
export function withoutSameSizeConversions(expression: TypedExpression): TypedExpression {
  let inner = expression;
  while (inner.kind === 'convert') {
    if (inner.conversion === 'arithmetic') {
      const [from, to] = [integerOf(inner.operand.type.type), integerOf(inner.type.type)];
      if (from === undefined || from.size !== to?.size) return inner;
    } else if (inner.conversion === 'pointer') {
      if (sizeOf(inner.operand.type.type) !== sizeOf(inner.type.type)) return inner;
    } else if (inner.conversion !== 'load' && inner.conversion !== 'none') return inner;
    inner = inner.operand;
  }
  return inner;
}

/** Whether gcc's tree is TREE_CONSTANT: a literal, an address that the linker knows, or what is computed of those. */
function isConstant(expression: TypedExpression): boolean {
  switch (expression.kind) {
    case 'integer':
    case 'floating':
    case 'string':
    case 'function':
      return true;
    case 'address-of':
      return isAtFixedPlace(expression.operand);
    case 'convert':
      if (expression.conversion === 'load') return false;
      return expression.conversion === 'decay'
        ? isAtFixedPlace(expression.operand)
        : isConstant(expression.operand);
    case 'negate':
    case 'complement':
      return isConstant(expression.operand);
    case 'arithmetic':
    case 'compare':
    case 'pointer-difference':
      return isConstant(expression.left) && isConstant(expression.right);
    case 'pointer-add':
      return isConstant(expression.pointer) && isConstant(expression.index);
    default:
      return false;
  }
}

function isAtFixedPlace(lvalue: TypedExpression): boolean {
  switch (lvalue.kind) {
    case 'string':
    case 'function':
      return true;
    case 'object':
      return lvalue.object.storage === 'static' || lvalue.object.storage === 'declared-only';
    case 'member':
      return isAtFixedPlace(lvalue.base);
    case 'deref':
      return isConstant(lvalue.operand);
    default:
      return false;
  }
}
