/**
 * Integer operations as gcc's front end leaves them, which decides what undefined behaviour does: `x + 1 > x` is true at
 * INT_MAX, `1 / x` and `x / x` do not trap at zero, `x * 2 / 2` is x. Where folding makes an operation that C has no operator
 * for, its value is that of the expression as it is written.
 *
 * Source: gcc/match.pd, gcc/fold-const.cc by way of image/code/folding.
 */
import { folded } from '../image/code/folding/fold.ts';
import { walkExpression } from '../image/tree-walk.ts';
import { rewriteExpression } from '../sema/tree-rewrite.ts';
import { integerOf } from '../sema/type-relations.ts';
import type { ObjectSymbol, TypedExpression } from '../sema/typed-tree.ts';

type Operation = Extract<TypedExpression, { kind: 'arithmetic' | 'compare' | 'logical' }>;

/** What gcc evaluates in the place of an operation; the operation itself where nothing is simplified. */
export function foldedOperation(operation: Operation): TypedExpression {
  if (operation.kind !== 'logical' && integerOf(operation.left.type.type) === undefined) return operation;
  const simple = folded(operation);
  return simple === operation || !isOrdinary(simple) ? operation : simple;
}

/** Names of operations that only the compiler has are in capitals. */
const compilerName = /^[A-Z]/;

/**
 * Whether everything is what C has: no operations of the compiler's own, none on integers narrower than int, and none of
 * bit-fields, which have widths of their own.
 */
function isOrdinary(expression: TypedExpression): boolean {
  let isPlain = true;
  walkExpression(expression, {
    expression: (inner) => {
      if (inner.kind === 'builtin' && compilerName.test(inner.name)) isPlain = false;
      if (inner.kind === 'member' && inner.member.bitWidth !== undefined) isPlain = false;
      if (inner.kind !== 'arithmetic' && inner.kind !== 'negate' && inner.kind !== 'complement') return;
      if ((integerOf(inner.type.type)?.size ?? intBytes) < intBytes) isPlain = false;
    },
  });
  return isPlain;
}

const intBytes = 4;

type Convert = Extract<TypedExpression, { kind: 'convert' }>;

/**
 * The operand of a conversion to a narrower integer without reads that no longer are there where it is folded: `(char)(d & 0xff00)` is 0 whatever d is, and
 * a variable that is used nowhere else has no place. Such a read does not change the value, so it is zero.
 *
 * @param hasPlace - whether an object lies anywhere
 */
export function operandOfConversion(
  conversion: Convert,
  hasPlace: (object: ObjectSymbol) => boolean,
): TypedExpression {
  const { operand } = conversion;
  const [to, from] = [integerOf(conversion.type.type), integerOf(operand.type.type)];
  if (to === undefined || from === undefined || to.size >= from.size) return operand;
  if ([...objectsIn(operand)].every(hasPlace)) return operand;
  const left = objectsIn(folded(conversion));
  return rewriteExpression(operand, {
    expression: (node) => {
      if (node.kind !== 'convert' || node.conversion !== 'load' || node.operand.kind !== 'object')
        return undefined;
      const { object } = node.operand;
      if (hasPlace(object) || left.has(object) || integerOf(node.type.type) === undefined) return undefined;
      return { kind: 'integer', value: 0n, type: node.type, span: node.span };
    },
    statement: () => undefined,
    type: (type) => type,
  });
}

/** The objects that an expression names. */
function objectsIn(expression: TypedExpression): ReadonlySet<ObjectSymbol> {
  const objects = new Set<ObjectSymbol>();
  walkExpression(expression, {
    expression: (node) => {
      if (node.kind === 'object') objects.add(node.object);
    },
  });
  return objects;
}
