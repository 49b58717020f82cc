/**
 * Folding: what gcc's front end makes of an expression before there is code. Operators on values are simplified from the
 * leaves to the root; calls, assignments and lvalues stay the nodes they are.
 *
 * Source: gcc/fold-const.cc, gcc/match.pd, gcc/convert.cc, gcc/c/c-fold.cc: behaviour.
 */
import { shortenedFloat } from '../../../sema/floating-folds.ts';
import { evaluate } from '../../../sema/constant.ts';
import { integerOf, resolve } from '../../../sema/type-relations.ts';
import type { TypedExpression } from '../../../sema/typed-tree.ts';
import { isField, typeOfField } from '../bit-fields.ts';
import { narrowedConversion, shortenedArithmetic, shortenedShift } from '../narrowing.ts';
import { foldArithmetic, foldComplement, foldNegation } from './arithmetic.ts';
import { foldComparison } from './comparisons.ts';
import { foldConditional, foldLogical, foldNot } from './truths.ts';
import { after, constantOf, convertedTo, literalLike, operation } from './nodes.ts';
import type { Convert } from './nodes.ts';

const computed = { foldObjects: true, wordBytes: 8 } as const;

const known = new WeakMap<TypedExpression, TypedExpression>();

/** Steps after which an expression counts as simplified, whatever rules are left. */
const STEP_LIMIT = 40;

/** The simplified expression; the expression itself where there is nothing to do. */
export function folded(expression: TypedExpression): TypedExpression {
  const before = known.get(expression);
  if (before !== undefined) return before;
  let current = withFoldedOperands(expression);
  for (let step = 0; step < STEP_LIMIT; step += 1) {
    const next = foldOnce(current);
    if (next === undefined) break;
    current = withFoldedOperands(next);
  }
  known.set(expression, current);
  if (current !== expression) known.set(current, current);
  return current;
}

/** The node with simplified operands; the same node when they were simple. */
function withFoldedOperands(node: TypedExpression): TypedExpression {
  switch (node.kind) {
    case 'arithmetic':
    case 'compare':
    case 'logical': {
      const [left, right] = [folded(node.left), folded(node.right)];
      return left === node.left && right === node.right ? node : { ...node, left, right };
    }
    case 'negate':
    case 'complement':
    case 'not': {
      const operand = folded(node.operand);
      return operand === node.operand ? node : { ...node, operand };
    }
    case 'convert': {
      if (node.conversion !== 'arithmetic' && node.conversion !== 'pointer' && node.conversion !== 'none')
        return node;
      const operand = folded(node.operand);
      return operand === node.operand ? node : { ...node, operand };
    }
    case 'conditional': {
      const condition = folded(node.condition);
      const then = node.then === undefined ? undefined : folded(node.then);
      const otherwise = folded(node.otherwise);
      const isSame = condition === node.condition && then === node.then && otherwise === node.otherwise;
      return isSame ? node : { ...node, condition, then, otherwise };
    }
    case 'pointer-add': {
      const index = folded(node.index);
      return index === node.index ? node : { ...node, index };
    }
    case 'comma': {
      const right = folded(node.right);
      return right === node.right ? node : { ...node, right };
    }
    default:
      return node;
  }
}

/** What comes before an operand comes before the operation. */
function withoutCommas(node: TypedExpression): TypedExpression | undefined {
  if (node.kind !== 'arithmetic' && node.kind !== 'compare') return undefined;
  const { left, right } = node;
  if (left.kind === 'comma') return after(left.left, { ...node, left: left.right });
  return right.kind === 'comma' ? after(right.left, { ...node, right: right.right }) : undefined;
}

function foldOnce(node: TypedExpression): TypedExpression | undefined {
  const hoisted = withoutCommas(node);
  if (hoisted !== undefined) return hoisted;
  switch (node.kind) {
    case 'arithmetic': {
      const simple = foldArithmetic(node);
      if (simple !== undefined) return simple;
      const type = integerOf(node.type.type);
      const short =
        node.operator === '>>' && type !== undefined ? shortenedShift(node, type) : shortenedArithmetic(node);
      return short === undefined || type === undefined ? undefined : convertedTo(short, type);
    }
    case 'compare':
      return foldComparison(node);
    case 'negate':
      return foldNegation(node);
    case 'complement':
      return foldComplement(node);
    case 'not':
      return foldNot(node);
    case 'logical':
      return foldLogical(node);
    case 'conditional':
      return foldConditional(node);
    case 'convert':
      return foldConversion(node);
    case 'call': {
      // A library function of constants is computed.
      const value = integerOf(node.type.type) === undefined ? undefined : evaluate(node, computed);
      return value?.kind === 'integer' ? literalLike(node, value.value) : undefined;
    }
    default:
      return undefined;
  }
}

function floatingConstant(node: TypedExpression): number | undefined {
  const value = evaluate(node, computed);
  // What is no double is none of the numbers that fold.
  return value?.kind === 'floating' && value.extended === undefined ? value.value : undefined;
}

function foldConversion(node: Convert): TypedExpression | undefined {
  if (node.conversion === 'none') return undefined;
  if (node.conversion === 'load') return loadOfField(node);
  const to = integerOf(node.type.type);
  const { operand } = node;
  const from = integerOf(operand.type.type);
  if (to === undefined) return shortenedFloat(node, floatingConstant);
  if (from === undefined || node.conversion !== 'arithmetic') return undefined;
  const value = constantOf(operand);
  if (value !== undefined && resolve(operand.type.type).kind !== 'pointer') return literalLike(node, value);
  if (operand.kind === 'comma')
    return { ...operand, right: { ...node, operand: operand.right }, type: node.type };
  const narrowed = narrowedConversion(node);
  if (narrowed !== undefined) return narrowed;
  const masked = widenedMask(node);
  if (masked !== undefined) return masked;
  if (operand.kind !== 'convert' || operand.conversion !== 'arithmetic') return undefined;
  return joined(node, operand);
}

/** `(T)(x & c)` is `(T)x & (T)c` when the conversion fills nothing but zeros in (fold_unary_loc). */
function widenedMask({ type, operand }: Convert): TypedExpression | undefined {
  const to = resolve(type.type);
  if (to.kind !== 'integer' || to.name === '_Bool') return undefined;
  if (operand.kind !== 'arithmetic' || operand.operator !== '&') return undefined;
  const from = integerOf(operand.type.type);
  const mask = constantOf(operand.right);
  if (from === undefined || mask === undefined || constantOf(operand.left) !== undefined) return undefined;
  if (from.isSigned && to.size > from.size && BigInt.asIntN(8 * from.size, mask) < 0n) return undefined;
  const like = { ...operand, type };
  return operation(like, '&', convertedTo(operand.left, to), literalLike(like, mask));
}

/** A conversion of a conversion whose middle type changes nothing. */
function joined(outer: Convert, middle: Convert): TypedExpression | undefined {
  const inside = integerOf(middle.operand.type.type);
  const [inter, final] = [integerOf(middle.type.type), integerOf(outer.type.type)];
  if (inside === undefined || inter === undefined || final === undefined) return undefined;
  if (final.name === '_Bool' || inter.name === '_Bool') return undefined;
  const [a, b, c] = [inside.name === '_Bool' ? 0.125 : inside.size, inter.size, final.size];
  const direct: Convert = { ...outer, operand: middle.operand };
  if (b >= a && inside.isSigned === inter.isSigned) return direct;
  if (b === c) return direct;
  if (a < b && b < c && !inside.isSigned && inter.isSigned) return direct;
  if (b < a && b < c) return undefined;
  if (inside.isSigned !== inter.isSigned && b < c) return undefined;
  return (!inter.isSigned && b > a) === (!final.isSigned && c > b) ? direct : undefined;
}

/** The character of a string literal that a constant index names (gcc/fold-const.cc: fold_read_from_constant_string). */
function characterOf(lvalue: TypedExpression): bigint | undefined {
  if (lvalue.kind !== 'deref') return undefined;
  const { operand } = lvalue;
  const [pointer, index] =
    operand.kind === 'pointer-add' && !operand.subtract
      ? [operand.pointer, constantOf(operand.index)]
      : [operand, 0n];
  if (index === undefined || pointer.kind !== 'convert' || pointer.conversion !== 'decay') return undefined;
  if (pointer.operand.kind !== 'string') return undefined;
  const { bytes, elementSize } = pointer.operand.literal;
  const start = Number(index) * elementSize;
  if (start < 0 || start + elementSize > bytes.length) return undefined;
  let value = 0n;
  for (let at = elementSize - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes[start + at] ?? 0);
  return value;
}

/** A bit-field is read in a type of its own. */
function loadOfField(node: Convert): TypedExpression | undefined {
  const { operand } = node;
  const character = characterOf(operand);
  if (character !== undefined) return literalLike(node, character);
  if (!isField(operand)) return undefined;
  const [declared, own] = [integerOf(node.type.type), typeOfField(operand)];
  if (declared === undefined || own === undefined || own.size === declared.size) return undefined;
  return convertedTo({ ...node, type: { type: own, quals: 0 } }, declared);
}
