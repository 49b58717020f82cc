/**
 * Operators on expressions that are analysed already: unary, binary, assignment, conditional (C17 6.5.3 to 6.5.17).
 */
import type { Span } from '../source/text-span.ts';
import type { AssignOperator, BinaryOperator } from '../syntax/ast.ts';
import type { SemaContext } from './context.ts';
import { negatedFloating } from './floating-value.ts';
import { computationType, convertToComputation, fieldWidthOf, reducedTo } from './bit-field-types.ts';
import { integerArithmetic } from './constant.ts';
import {
  arePointersComparable,
  bitWidthOf,
  convertForAssignment,
  convertTo,
  isLvalue,
  isNullPointerConstant,
  markAddressTaken,
  toCondition,
  toRvalue,
} from './conversions.ts';
import {
  areCompatibleUnqualified,
  asPointer,
  asRecord,
  integerOf,
  isArithmetic,
  isComplete,
  isError,
  isIntegral,
  isVoid,
  promoted,
  qualsOf,
  resolve,
  resolveQual,
  unqualified,
  usualArithmeticType,
  withQuals,
  compositeOf,
} from './type-relations.ts';
import { CONST } from './type.ts';
import type { QualType, RecordType } from './type.ts';
import type { ArithmeticOperator, ComparisonOperator, TypedExpression } from './typed-tree.ts';
import { vectorArithmetic, vectorComparison } from './vectors.ts';

const isErrorNode = (expression: TypedExpression): boolean => isError(expression.type.type);

function promote(ctx: SemaContext, value: TypedExpression): TypedExpression {
  return convertTo(ctx, value, promoted(ctx.types, value.type, bitWidthOf(value)));
}

// ---------------------------------------------------------------- unary

/** `+ - ~` on a value (C17 6.5.3.3). */
export function unaryArithmetic(
  ctx: SemaContext,
  operator: '+' | '-' | '~',
  operand: TypedExpression,
  span: Span,
): TypedExpression {
  const value = toRvalue(ctx, operand);
  if (isErrorNode(value)) return ctx.errorNode(span);
  const kind = resolve(value.type.type).kind;
  if (kind === 'vector') {
    if (operator === '+') return value;
    return {
      kind: operator === '-' ? 'negate' : 'complement',
      operand: value,
      type: unqualified(value.type),
      span,
    };
  }
  const isFine =
    operator === '~' ? isIntegral(value.type.type) || kind === 'complex' : isArithmetic(value.type.type);
  if (!isFine) {
    ctx.error('wrong-operand', span, { operator, type: ctx.spell(value.type) });
    return ctx.errorNode(span);
  }
  const result = promote(ctx, value);
  if (operator === '+') return result.span === span ? result : { ...result, span };
  if (result.kind === 'integer') {
    const folded = integerArithmetic(
      operator === '-' ? '-' : '^',
      operator === '-' ? 0n : -1n,
      result.value,
      result.type.type,
    );
    if (folded !== undefined) return ctx.integerNode(span, result.type, folded);
  }
  if (result.kind === 'floating' && operator === '-') return { ...result, ...negatedFloating(result), span };
  return reducedTo(
    ctx,
    { kind: operator === '-' ? 'negate' : 'complement', operand: result, type: result.type, span },
    fieldWidthOf(result),
  );
}

/** `!operand` */
export function logicalNot(ctx: SemaContext, operand: TypedExpression, span: Span): TypedExpression {
  const value = toCondition(ctx, operand);
  if (isErrorNode(value)) return ctx.errorNode(span);
  return { kind: 'not', operand: value, type: ctx.types.int, span };
}

/** `*operand` (C17 6.5.3.2) */
export function dereference(ctx: SemaContext, operand: TypedExpression, span: Span): TypedExpression {
  const value = toRvalue(ctx, operand);
  if (isErrorNode(value)) return ctx.errorNode(span);
  const pointer = asPointer(value.type.type);
  if (pointer === undefined) {
    ctx.error('not-a-pointer', span, { type: ctx.spell(value.type) });
    return ctx.errorNode(span);
  }
  if (isVoid(pointer.target.type) && ctx.unevaluated === 0) ctx.warning('dereferencing-void', span);
  return { kind: 'deref', operand: value, type: pointer.target, span };
}

/** `&operand` (C17 6.5.3.2) */
export function addressOfOperator(ctx: SemaContext, operand: TypedExpression, span: Span): TypedExpression {
  if (operand.kind === 'error') return operand;
  const type = ctx.types.pointerTo(operand.type);
  if (operand.kind === 'deref') {
    markAddressTaken(operand);
    return { ...operand.operand, span };
  }
  if (operand.kind === 'function')
    return { kind: 'convert', conversion: 'function-pointer', operand, type, span, isExplicit: false };
  if (!isLvalue(operand)) {
    ctx.error('lvalue-required-address', span);
    return ctx.errorNode(span);
  }
  if (operand.kind === 'member' && operand.member.bitWidth !== undefined) {
    ctx.error('address-of-bit-field', span, { name: operand.member.name ?? '' });
    return ctx.errorNode(span);
  }
  if (operand.kind === 'object' && operand.object.isRegister) {
    ctx.error('address-of-register', span, { name: operand.object.name });
  }
  markAddressTaken(operand);
  return { kind: 'address-of', operand, type, span };
}

/** `++` and `--` in both positions (C17 6.5.2.4, 6.5.3.1). */
export function increment(
  ctx: SemaContext,
  target: TypedExpression,
  delta: 1 | -1,
  isPrefix: boolean,
  span: Span,
): TypedExpression {
  if (isErrorNode(target)) return ctx.errorNode(span);
  if (!checkModifiable(ctx, target, span, delta === 1 ? 'increment' : 'decrement'))
    return ctx.errorNode(span);
  const pointer = asPointer(target.type.type);
  if (pointer !== undefined) {
    if (!checkPointerStep(ctx, pointer.target, span)) return ctx.errorNode(span);
  } else if (!isArithmetic(target.type.type)) {
    ctx.error('wrong-operand', span, { operator: delta === 1 ? '++' : '--', type: ctx.spell(target.type) });
    return ctx.errorNode(span);
  }
  return { kind: 'increment', target, delta, isPrefix, type: unqualified(target.type), span };
}

// ---------------------------------------------------------------- lvalues that can be changed

/** Whether a record holds a const member somewhere; it cannot be assigned then (C17 6.3.2.1p1). */
function hasConstMember(record: RecordType): boolean {
  return (record.members ?? []).some((member) => {
    if ((qualsOf(member.type) & CONST) !== 0) return true;
    const inner = asRecord(member.type.type);
    return inner !== undefined && hasConstMember(inner);
  });
}

/** Whether what has this type can never be assigned: a const type, or a record with a const member. */
export function isConstant(type: QualType): boolean {
  const { type: resolved, quals } = resolveQual(type);
  return (quals & CONST) !== 0 || (resolved.kind === 'record' && hasConstMember(resolved));
}

type Change = 'assignment' | 'increment' | 'decrement';

function checkModifiable(ctx: SemaContext, target: TypedExpression, span: Span, change: Change): boolean {
  if (target.kind === 'unsupported') return false;
  if (!isLvalue(target)) {
    ctx.error(`lvalue-required-${change}`, span);
    return false;
  }
  const type = resolveQual(target.type);
  if (type.type.kind === 'array') {
    ctx.error('assignment-to-array', span);
    return false;
  }
  if (type.type.kind === 'function') {
    ctx.error(`lvalue-required-${change}`, span);
    return false;
  }
  if (!isConstant(type)) return true;
  if (target.kind === 'object') {
    ctx.error(target.object.isParameter ? 'read-only-parameter' : 'read-only-variable', span, {
      name: target.object.name,
    });
  } else if (target.kind === 'member') {
    ctx.error('read-only-member', span, { name: target.member.name ?? '' });
  } else ctx.error('read-only-location', span);
  // It is understood all the same.
  return true;
}

function checkPointerStep(ctx: SemaContext, target: QualType, span: Span): boolean {
  const resolved = resolve(target.type);
  if (
    isComplete(resolved) ||
    resolved.kind === 'void' ||
    resolved.kind === 'function' ||
    resolved.kind === 'error'
  ) {
    return true;
  }
  ctx.error('incomplete-pointer-arithmetic', span, { type: ctx.spell(target) });
  return false;
}

// ---------------------------------------------------------------- binary

function invalidOperands(
  ctx: SemaContext,
  operator: string,
  left: TypedExpression,
  right: TypedExpression,
  span: Span,
): TypedExpression {
  ctx.error('invalid-operands', span, {
    operator,
    left: ctx.spell(left.type),
    right: ctx.spell(right.type),
  });
  return ctx.errorNode(span);
}

/** A binary operator that is no assignment. */
export function binary(
  ctx: SemaContext,
  operator: BinaryOperator,
  leftOperand: TypedExpression,
  rightOperand: TypedExpression,
  span: Span,
  operatorSpan: Span,
): TypedExpression {
  if (operator === ',') {
    const left = toRvalue(ctx, leftOperand);
    const right = toRvalue(ctx, rightOperand);
    return { kind: 'comma', left: convertTo(ctx, left, ctx.types.void), right, type: right.type, span };
  }
  if (operator === '&&' || operator === '||') {
    const left = toCondition(ctx, leftOperand);
    const right = toCondition(ctx, rightOperand);
    if (isErrorNode(left) || isErrorNode(right)) return ctx.errorNode(span);
    return { kind: 'logical', operator, left, right, type: ctx.types.int, span };
  }
  const left = toRvalue(ctx, leftOperand);
  const right = toRvalue(ctx, rightOperand);
  if (isErrorNode(left) || isErrorNode(right)) return ctx.errorNode(span);
  switch (operator) {
    case '<':
    case '>':
    case '<=':
    case '>=':
    case '==':
    case '!=':
      return comparison(ctx, operator, left, right, span, operatorSpan);
    case '+':
    case '-':
      return additive(ctx, operator, left, right, span, operatorSpan);
    case '*':
    case '/':
    case '%':
    case '<<':
    case '>>':
    case '&':
    case '^':
    case '|':
      return arithmetic(ctx, operator, left, right, span, operatorSpan);
  }
}

function needsIntegers(operator: ArithmeticOperator): boolean {
  return (
    operator === '%' ||
    operator === '<<' ||
    operator === '>>' ||
    operator === '&' ||
    operator === '|' ||
    operator === '^'
  );
}

function arithmetic(
  ctx: SemaContext,
  operator: ArithmeticOperator,
  left: TypedExpression,
  right: TypedExpression,
  span: Span,
  operatorSpan: Span,
): TypedExpression {
  const lanes = vectorArithmetic(ctx, operator, left, right, span);
  if (lanes !== undefined) return lanes;
  const isFine = needsIntegers(operator)
    ? isIntegral(left.type.type) && isIntegral(right.type.type)
    : isArithmetic(left.type.type) && isArithmetic(right.type.type);
  if (!isFine) return invalidOperands(ctx, operator, left, right, operatorSpan);
  const leftValue = promote(ctx, left);
  const rightValue = promote(ctx, right);
  const isShift = operator === '<<' || operator === '>>';
  const computation = isShift
    ? { type: leftValue.type, width: fieldWidthOf(leftValue) }
    : computationType(ctx, leftValue, rightValue);
  const { type } = computation;
  const a = convertToComputation(ctx, leftValue, computation);
  const b = isShift ? rightValue : convertToComputation(ctx, rightValue, computation);
  if (
    b.kind === 'integer' &&
    b.value === 0n &&
    (operator === '/' || operator === '%') &&
    ctx.unevaluated === 0
  ) {
    ctx.warning('division-by-zero', operatorSpan);
  }
  if (a.kind === 'integer' && b.kind === 'integer') {
    const folded = integerArithmetic(operator, a.value, b.value, type.type);
    if (folded !== undefined && !(isShift && isShiftTooLarge(b.value, type)))
      return ctx.integerNode(span, type, folded);
  }
  return reducedTo(ctx, { kind: 'arithmetic', operator, left: a, right: b, type, span }, computation.width);
}

function isShiftTooLarge(count: bigint, type: QualType): boolean {
  return count >= BigInt((integerOf(type.type)?.size ?? 4) * 8);
}

function additive(
  ctx: SemaContext,
  operator: '+' | '-',
  left: TypedExpression,
  right: TypedExpression,
  span: Span,
  operatorSpan: Span,
): TypedExpression {
  const leftPointer = asPointer(left.type.type);
  const rightPointer = asPointer(right.type.type);
  if (leftPointer === undefined && rightPointer === undefined) {
    return arithmetic(ctx, operator, left, right, span, operatorSpan);
  }
  if (leftPointer !== undefined && rightPointer !== undefined) {
    if (operator === '+' || !arePointersComparable(leftPointer.target, rightPointer.target)) {
      return invalidOperands(ctx, operator, left, right, operatorSpan);
    }
    if (!checkPointerStep(ctx, leftPointer.target, operatorSpan)) return ctx.errorNode(span);
    return { kind: 'pointer-difference', left, right, type: ctx.types.ptrdiffType, span };
  }
  if (leftPointer !== undefined && isIntegral(right.type.type)) {
    return pointerAdd(ctx, left, right, operator === '-', span);
  }
  if (rightPointer !== undefined && operator === '+' && isIntegral(left.type.type)) {
    return pointerAdd(ctx, right, left, false, span);
  }
  return invalidOperands(ctx, operator, left, right, operatorSpan);
}

/** `pointer ± index`; also the address of `pointer[index]`. */
export function pointerAdd(
  ctx: SemaContext,
  pointer: TypedExpression,
  index: TypedExpression,
  subtract: boolean,
  span: Span,
): TypedExpression {
  const target = asPointer(pointer.type.type)?.target;
  if (target === undefined || !checkPointerStep(ctx, target, span)) return ctx.errorNode(span);
  return { kind: 'pointer-add', pointer, index: promote(ctx, index), subtract, type: pointer.type, span };
}

// C17 6.5.8, 6.5.9
function comparison(
  ctx: SemaContext,
  operator: ComparisonOperator,
  left: TypedExpression,
  right: TypedExpression,
  span: Span,
  operatorSpan: Span,
): TypedExpression {
  const { types } = ctx;
  const node = (a: TypedExpression, b: TypedExpression): TypedExpression => ({
    kind: 'compare',
    operator,
    left: a,
    right: b,
    type: types.int,
    span,
  });
  if (isArithmetic(left.type.type) && isArithmetic(right.type.type)) {
    const a = promote(ctx, left);
    const b = promote(ctx, right);
    const computation = computationType(ctx, a, b);
    const { type } = computation;
    // Complex numbers have no order (C17 6.5.8p2).
    if (operator !== '==' && operator !== '!=' && resolve(type.type).kind === 'complex')
      return invalidOperands(ctx, operator, left, right, operatorSpan);
    return node(convertToComputation(ctx, a, computation), convertToComputation(ctx, b, computation));
  }
  const leftPointer = asPointer(left.type.type);
  const rightPointer = asPointer(right.type.type);
  if (leftPointer !== undefined && rightPointer !== undefined) {
    const leftVoid = isVoid(leftPointer.target.type);
    const rightVoid = isVoid(rightPointer.target.type);
    if (isNullPointerConstant(ctx, right)) return node(left, convertTo(ctx, right, left.type));
    if (isNullPointerConstant(ctx, left)) return node(convertTo(ctx, left, right.type), right);
    if (!leftVoid && !rightVoid && !arePointersComparable(leftPointer.target, rightPointer.target)) {
      ctx.warning('comparison-of-distinct-pointers', operatorSpan, {
        left: ctx.spell(left.type),
        right: ctx.spell(right.type),
      });
    }
    return leftVoid
      ? node(left, convertTo(ctx, right, left.type))
      : node(convertTo(ctx, left, right.type), right);
  }
  if (leftPointer !== undefined && isIntegral(right.type.type)) {
    if (!isNullPointerConstant(ctx, right)) ctx.warning('comparison-pointer-integer', operatorSpan);
    return node(left, convertTo(ctx, right, left.type));
  }
  if (rightPointer !== undefined && isIntegral(left.type.type)) {
    if (!isNullPointerConstant(ctx, left)) ctx.warning('comparison-pointer-integer', operatorSpan);
    return node(convertTo(ctx, left, right.type), right);
  }
  const lanes = vectorComparison(ctx, operator, left, right, span);
  if (lanes !== undefined) return lanes;
  return invalidOperands(ctx, operator, left, right, operatorSpan);
}

// ---------------------------------------------------------------- assignment

/** Simple and compound assignment (C17 6.5.16). */
export function assignment(
  ctx: SemaContext,
  operator: AssignOperator,
  target: TypedExpression,
  source: TypedExpression,
  span: Span,
  operatorSpan: Span,
): TypedExpression {
  const value = toRvalue(ctx, source);
  if (isErrorNode(target) || isErrorNode(value)) return ctx.errorNode(span);
  if (!checkModifiable(ctx, target, operatorSpan, 'assignment')) return ctx.errorNode(span);
  const type = unqualified(target.type);
  if (operator === '=') {
    if (!isComplete(target.type.type)) {
      ctx.error('incomplete-type-used', target.span, { type: ctx.spell(target.type) });
      return ctx.errorNode(span);
    }
    const converted = convertForAssignment(ctx, value, type, { kind: 'assign' });
    if (isErrorNode(converted)) return ctx.errorNode(span);
    return { kind: 'assign', target, value: converted, type, span };
  }
  const plain = operator.slice(0, -1) as ArithmeticOperator;
  const pointer = asPointer(type.type);
  if (pointer !== undefined) {
    if ((plain !== '+' && plain !== '-') || !isIntegral(value.type.type)) {
      return invalidOperands(ctx, operator, target, value, operatorSpan);
    }
    if (!checkPointerStep(ctx, pointer.target, span)) return ctx.errorNode(span);
    return {
      kind: 'compound-assign',
      target,
      operator: plain,
      computation: type,
      value: promote(ctx, value),
      type,
      span,
    };
  }
  if (resolve(type.type).kind === 'vector') {
    const lanes = vectorArithmetic(ctx, plain, toRvalue(ctx, target), value, span);
    if (lanes?.kind !== 'arithmetic') return invalidOperands(ctx, operator, target, value, operatorSpan);
    return {
      kind: 'compound-assign',
      target,
      operator: plain,
      computation: type,
      value: lanes.right,
      type,
      span,
    };
  }
  const isFine = needsIntegers(plain)
    ? isIntegral(type.type) && isIntegral(value.type.type)
    : isArithmetic(type.type) && isArithmetic(value.type.type);
  if (!isFine) return invalidOperands(ctx, operator, target, value, operatorSpan);
  const width = target.kind === 'member' ? target.member.bitWidth : undefined;
  const left = promoted(ctx.types, type, width);
  const right = promote(ctx, value);
  if (plain === '<<' || plain === '>>') {
    return { kind: 'compound-assign', target, operator: plain, computation: left, value: right, type, span };
  }
  const computation = usualArithmeticType(ctx.types, left, right.type);
  if ((plain === '/' || plain === '%') && right.kind === 'integer' && right.value === 0n) {
    ctx.warning('division-by-zero', operatorSpan);
  }
  return {
    kind: 'compound-assign',
    target,
    operator: plain,
    computation,
    value: convertTo(ctx, right, computation),
    type,
    span,
  };
}

// ---------------------------------------------------------------- conditional

/** `condition ? then : otherwise`; `then` is undefined for `condition ?: otherwise` (C17 6.5.15, GNU). */
export function conditional(
  ctx: SemaContext,
  conditionOperand: TypedExpression,
  thenOperand: TypedExpression | undefined,
  otherwiseOperand: TypedExpression,
  span: Span,
): TypedExpression {
  const condition = toCondition(ctx, conditionOperand);
  const thenValue = thenOperand === undefined ? condition : toRvalue(ctx, thenOperand);
  const otherwise = toRvalue(ctx, otherwiseOperand);
  if (isErrorNode(condition) || isErrorNode(thenValue) || isErrorNode(otherwise)) return ctx.errorNode(span);
  const type = conditionalType(ctx, thenValue, otherwise, span);
  if (type === undefined) return ctx.errorNode(span);
  return {
    kind: 'conditional',
    condition,
    then: thenOperand === undefined ? undefined : convertTo(ctx, thenValue, type),
    otherwise: convertTo(ctx, otherwise, type),
    type,
    span,
  };
}

function conditionalType(
  ctx: SemaContext,
  thenValue: TypedExpression,
  otherwise: TypedExpression,
  span: Span,
): QualType | undefined {
  const left = resolve(thenValue.type.type);
  const right = resolve(otherwise.type.type);
  if (isArithmetic(left) && isArithmetic(right)) {
    // gcc keeps an enum that both operands have; the value is the same.
    const a = promoted(ctx.types, thenValue.type, bitWidthOf(thenValue));
    const b = promoted(ctx.types, otherwise.type, bitWidthOf(otherwise));
    return usualArithmeticType(ctx.types, a, b);
  }
  if (left.kind === 'void' || right.kind === 'void') return ctx.types.void;
  if (left.kind === 'pointer' && right.kind === 'pointer') {
    if (isNullPointerConstant(ctx, thenValue))
      return mergedPointer(ctx, right.target, left.target, otherwise.type);
    if (isNullPointerConstant(ctx, otherwise))
      return mergedPointer(ctx, left.target, right.target, thenValue.type);
    const quals = left.target.quals | right.target.quals;
    if (isVoid(left.target.type) || isVoid(right.target.type)) {
      return ctx.types.pointerTo({ type: ctx.types.void.type, quals });
    }
    if (!arePointersComparable(left.target, right.target)) {
      ctx.warning('conditional-pointer-mismatch', span, {
        left: ctx.spell(thenValue.type),
        right: ctx.spell(otherwise.type),
      });
      return ctx.types.pointerTo({ type: ctx.types.void.type, quals });
    }
    if (!areCompatibleUnqualified(left.target.type, right.target.type)) return unqualified(thenValue.type);
    return ctx.types.pointerTo(withQuals(compositeOf(left.target, right.target), quals));
  }
  if (left.kind === 'pointer' && isIntegral(right)) {
    if (!isNullPointerConstant(ctx, otherwise)) ctx.warning('conditional-pointer-integer', span);
    return unqualified(thenValue.type);
  }
  if (right.kind === 'pointer' && isIntegral(left)) {
    if (!isNullPointerConstant(ctx, thenValue)) ctx.warning('conditional-pointer-integer', span);
    return unqualified(otherwise.type);
  }
  if (areCompatibleUnqualified(left, right)) return unqualified(thenValue.type);
  ctx.error('conditional-mismatch', span, {
    left: ctx.spell(thenValue.type),
    right: ctx.spell(otherwise.type),
  });
  return undefined;
}

/** The pointer type of the operand that is no null pointer constant; its target takes the other's qualifiers. */
function mergedPointer(ctx: SemaContext, target: QualType, other: QualType, type: QualType): QualType {
  return other.quals === 0 ? unqualified(type) : ctx.types.pointerTo(withQuals(target, other.quals));
}
