/**
 * Implicit and explicit conversions (C17 6.3) as nodes of the typed tree, and the checks that assignment, initialisation,
 * argument passing and `return` share (6.5.16.1).
 */
import type { Span } from '../source/text-span.ts';
import type { SemaContext } from './context.ts';
import { convertFloating, floatingIn, floatingOfInteger, truncated } from './floating-value.ts';
import { convertValue, integerConstant, wrapToInteger } from './constant.ts';
import {
  areCompatibleUnqualified,
  asArray,
  asPointer,
  integerOf,
  isArithmetic,
  isError,
  isScalar,
  isVoid,
  resolve,
  resolveQual,
  unqualified,
} from './type-relations.ts';
import { CONST, VOLATILE } from './type.ts';
import type { CType, FunctionType, QualType, RecordMember, RecordType, VectorType } from './type.ts';
import type { ConversionKind, TypedExpression } from './typed-tree.ts';

/** Whether an expression designates an object (C17 6.3.2.1p1). */
export function isLvalue(expression: TypedExpression): boolean {
  switch (expression.kind) {
    case 'object':
    case 'deref':
    case 'string':
    case 'compound-literal':
      return true;
    case 'member':
      return isLvalue(expression.base);
    case 'real-part':
    case 'imaginary-part':
      return isLvalue(expression.operand);
    default:
      return false;
  }
}

/** Notes that the object an lvalue is part of must lie in memory (gcc/c/c-typeck.cc: c_mark_addressable). */
export function markAddressTaken(lvalue: TypedExpression): void {
  let inner: TypedExpression | undefined = lvalue;
  while (inner !== undefined && inner.kind !== 'object' && inner.kind !== 'compound-literal')
    inner = enclosingLvalue(inner);
  if (inner !== undefined) inner.object.isAddressTaken = true;
}

/** The record, complex number or array that an lvalue names a part of. */
function enclosingLvalue(part: TypedExpression): TypedExpression | undefined {
  switch (part.kind) {
    case 'member':
      return part.base;
    case 'real-part':
    case 'imaginary-part':
      return part.operand;
    case 'deref': {
      const address = part.operand.kind === 'pointer-add' ? part.operand.pointer : part.operand;
      return address.kind === 'convert' && address.conversion === 'decay' ? address.operand : undefined;
    }
    default:
      return undefined;
  }
}

function convertNode(
  conversion: ConversionKind,
  operand: TypedExpression,
  type: QualType,
  isExplicit = false,
): TypedExpression {
  return { kind: 'convert', conversion, operand, type, span: operand.span, isExplicit };
}

/** The value of an expression: arrays and functions become pointers, lvalues are loaded (C17 6.3.2.1). */
export function toRvalue(ctx: SemaContext, expression: TypedExpression): TypedExpression {
  const type = resolve(expression.type.type);
  if (type.kind === 'array') {
    markAddressTaken(expression);
    return decayed(ctx, expression);
  }
  if (type.kind === 'function') {
    if (expression.kind === 'deref') return expression.operand;
    return convertNode('function-pointer', expression, ctx.types.pointerTo(expression.type));
  }
  if (!isLvalue(expression)) return expression;
  if (type.kind === 'void' || type.kind === 'error') return expression;
  if (type.kind === 'record' && type.members === undefined) {
    ctx.error('incomplete-type-used', expression.span, { type: ctx.spell(expression.type) });
    return ctx.errorNode(expression.span);
  }
  return convertNode('load', expression, unqualified(expression.type));
}

/** The address of an array's first element, without the array having to lie in memory for it. */
export function decayed(ctx: SemaContext, expression: TypedExpression): TypedExpression {
  const array = asArray(resolveQual(expression.type).type);
  return array === undefined
    ? expression
    : convertNode('decay', expression, ctx.types.pointerTo(array.element));
}

/** Width of the bit-field whose value this is, if it is one. */
export function bitWidthOf(rvalue: TypedExpression): number | undefined {
  if (rvalue.kind !== 'convert' || rvalue.conversion !== 'load') return undefined;
  return rvalue.operand.kind === 'member' ? rvalue.operand.member.bitWidth : undefined;
}

/** Whether an expression is a null pointer constant (C17 6.3.2.3p3). */
export function isNullPointerConstant(ctx: SemaContext, expression: TypedExpression): boolean {
  let inner = expression;
  if (inner.kind === 'convert' && inner.isExplicit && inner.conversion === 'pointer') {
    const target = asPointer(inner.type.type)?.target;
    if (target?.quals !== 0 || !isVoid(target.type)) return false;
    inner = inner.operand;
  }
  if (inner.kind === 'integer') return inner.value === 0n && integerOf(inner.type.type) !== undefined;
  if (integerOf(inner.type.type) === undefined) return false;
  return integerConstant(inner, ctx.model.wordBytes) === 0n;
}

/** Converts a value to a type without any check of what C allows (the caller has checked). */
export function convertTo(
  ctx: SemaContext,
  value: TypedExpression,
  target: QualType,
  isExplicit = false,
): TypedExpression {
  const from = resolve(value.type.type);
  const to = resolve(target.type);
  const type = unqualified(target);
  if (to.kind === 'void') return convertNode('to-void', value, ctx.types.void, isExplicit);
  if (value.kind === 'unsupported') return { ...value, type };
  if (from.kind === 'error') return value.kind === 'error' ? value : ctx.errorNode(value.span);
  if (to.kind === 'error') return ctx.errorNode(value.span);
  if (from === to) return isExplicit ? convertNode('none', value, type, true) : value;
  const isPointerSource = from.kind === 'pointer';
  if (to.kind === 'pointer') return convertNode('pointer', value, type, isExplicit);
  if (isArithmetic(to)) {
    if (isPointerSource) {
      if (integerOf(to)?.name !== '_Bool') return convertNode('pointer', value, type, isExplicit);
      return convertNode('arithmetic', isNonNull(ctx, value), type, isExplicit);
    }
    if (isArithmetic(from))
      return foldedConversion(value, to, type) ?? convertNode('arithmetic', value, type, isExplicit);
  }
  // Compatible records, vectors of like lanes: the same bytes.
  return convertNode('none', value, type, isExplicit);
}

function isNonNull(ctx: SemaContext, pointer: TypedExpression): TypedExpression {
  const zero = ctx.integerNode(pointer.span, ctx.types.int, 0n);
  const right = convertNode('pointer', zero, pointer.type);
  return { kind: 'compare', operator: '!=', left: pointer, right, type: ctx.types.int, span: pointer.span };
}

/** Literals take the new type at once. */
function foldedConversion(value: TypedExpression, to: CType, type: QualType): TypedExpression | undefined {
  if (value.kind === 'integer') {
    if (integerOf(to) !== undefined) {
      return { kind: 'integer', type, span: value.span, value: wrapToInteger(value.value, to) };
    }
    if (to.kind === 'float') {
      return { kind: 'floating', type, span: value.span, ...floatingOfInteger(value.value, to) };
    }
  }
  if (value.kind === 'floating' && to.kind === 'float') {
    return { kind: 'floating', type, span: value.span, ...convertFloating(floatingIn(value), to) };
  }
  if (value.kind === 'floating' && integerOf(to) !== undefined) {
    const constant = convertValue({ kind: 'floating', ...floatingIn(value) }, type);
    const inRange = Math.abs(value.value) < 2 ** 31;
    if (constant?.kind === 'integer' && inRange && wrapToInteger(truncated(value), to) === constant.value) {
      return { kind: 'integer', type, span: value.span, value: constant.value };
    }
  }
  return undefined;
}

/** A scalar used as a condition; anything else is an error. */
export function toCondition(ctx: SemaContext, expression: TypedExpression): TypedExpression {
  const value = toRvalue(ctx, expression);
  if (isScalar(value.type.type) || isError(value.type.type)) return value;
  ctx.error('scalar-required', value.span, { type: ctx.spell(value.type) });
  return ctx.errorNode(value.span);
}

/** Where a value goes, for the words of a complaint. */
export type ConversionPlace =
  | { readonly kind: 'assign' | 'initialize' | 'return' }
  | {
      readonly kind: 'argument';
      readonly index: number;
      readonly functionName: string | undefined;
      readonly declaredAt: Span | undefined;
    };

type Complaint =
  | 'pointer-from-integer'
  | 'integer-from-pointer'
  | 'incompatible-pointer'
  | 'discards-qualifier'
  | 'incompatible-types';

function complain(
  ctx: SemaContext,
  complaint: Complaint,
  place: ConversionPlace,
  from: QualType,
  to: QualType,
  span: Span,
  extra: Readonly<Record<string, string>> = {},
): void {
  const args = { from: ctx.spell(from), to: ctx.spell(to), ...extra };
  const code = `${place.kind}-${complaint}` as const;
  const isError = complaint === 'incompatible-types';
  const more =
    place.kind === 'argument'
      ? { ...args, index: place.index, function: place.functionName ?? '(*)()' }
      : args;
  const notes =
    place.kind === 'argument' && place.declaredAt !== undefined
      ? [ctx.note('expected-argument-type', place.declaredAt, { to: args.to })]
      : undefined;
  if (isError) ctx.error(code, span, more, notes);
  else ctx.warning(code, span, more, notes);
}

/** A pointer's target without the qualifiers that only matter for "discards": those of array elements move out. */
function pointee(type: QualType): { readonly type: CType; readonly quals: number } {
  const resolved = resolveQual(type);
  if (resolved.type.kind !== 'array') return resolved;
  const element = pointee(resolved.type.element);
  return { type: { ...resolved.type, element: { type: element.type, quals: 0 } }, quals: element.quals };
}

function differOnlyInSign(a: CType, b: CType): boolean {
  const left = integerOf(a);
  const right = integerOf(b);
  return (
    left !== undefined &&
    left.size === right?.size &&
    (left.name === right.name ||
      left.name.replace(/(un)?signed /, '') === right.name.replace(/(un)?signed /, ''))
  );
}

/** Vectors go to others without a cast when their lanes are alike (gcc/c-family/c-common.cc: vector_types_convertible_p). */
function haveSameLanes(from: VectorType, to: VectorType): boolean {
  if (from.isOpaque === true || to.isOpaque === true) return from.size === to.size;
  return from.count === to.count && areCompatibleUnqualified(from.element, to.element);
}

/**
 * Converts a value to the type of what it is stored in, with gcc's complaints.
 *
 * @param value - an rvalue
 */
export function convertForAssignment(
  ctx: SemaContext,
  value: TypedExpression,
  target: QualType,
  place: ConversionPlace,
): TypedExpression {
  const from = resolve(value.type.type);
  const to = resolve(target.type);
  if (from === to || from.kind === 'error' || to.kind === 'error') return convertTo(ctx, value, target);
  if (isArithmetic(from) && isArithmetic(to)) return convertTo(ctx, value, target);
  if (to.kind === 'pointer') {
    if (from.kind === 'pointer') {
      checkPointers(ctx, value, target, to.target, from.target, place);
      return convertTo(ctx, value, target);
    }
    if (integerOf(from) !== undefined) {
      if (!isNullPointerConstant(ctx, value)) {
        complain(ctx, 'pointer-from-integer', place, value.type, target, value.span);
      }
      return convertTo(ctx, value, target);
    }
  }
  if (from.kind === 'pointer') {
    const integer = integerOf(to);
    if (integer !== undefined) {
      if (integer.name !== '_Bool')
        complain(ctx, 'integer-from-pointer', place, value.type, target, value.span);
      return convertTo(ctx, value, target);
    }
  }
  if (from.kind === 'void') {
    ctx.error('void-value', value.span);
    return ctx.errorNode(value.span);
  }
  if (areCompatibleUnqualified(from, to)) return convertTo(ctx, value, target);
  if (from.kind === 'vector' && to.kind === 'vector' && haveSameLanes(from, to))
    return convertTo(ctx, value, target);
  const member =
    to.kind === 'record' && to.isTransparentUnion === true ? transparentMember(ctx, to, value) : undefined;
  if (member !== undefined && place.kind === 'argument') {
    ctx.unsupported('transparent-union', value.span);
    const reason = ctx.note('transparent-union', undefined).text;
    return { kind: 'unsupported', reason, type: unqualified(target), span: value.span };
  }
  complain(ctx, 'incompatible-types', place, value.type, target, value.span);
  return ctx.errorNode(value.span);
}

/** The member of a transparent union that takes a value. */
function transparentMember(
  ctx: SemaContext,
  union: RecordType,
  value: TypedExpression,
): RecordMember | undefined {
  return union.members?.find(
    (member) =>
      areCompatibleUnqualified(member.type.type, value.type.type) ||
      (asPointer(member.type.type) !== undefined &&
        (asPointer(value.type.type) !== undefined || isNullPointerConstant(ctx, value))),
  );
}

function checkPointers(
  ctx: SemaContext,
  value: TypedExpression,
  target: QualType,
  toTarget: QualType,
  fromTarget: QualType,
  place: ConversionPlace,
): void {
  const to = pointee(toTarget);
  const from = pointee(fromTarget);
  const areSame =
    to.type.kind === 'void' ||
    from.type.kind === 'void' ||
    areCompatibleUnqualified(to.type, from.type) ||
    differOnlyInSign(to.type, from.type);
  if (!areSame) {
    complain(ctx, 'incompatible-pointer', place, value.type, target, value.span);
    return;
  }
  const lost = from.quals & ~to.quals & (CONST | VOLATILE);
  if (lost !== 0 && !isNullPointerConstant(ctx, value) && from.type.kind !== 'function') {
    const qualifier = lost === (CONST | VOLATILE) ? 'const volatile' : lost === CONST ? 'const' : 'volatile';
    complain(ctx, 'discards-qualifier', place, value.type, target, value.span, { qualifier });
  }
}

/** Whether two pointers' targets agree enough to be compared or chosen between without a warning. */
export function arePointersComparable(a: QualType, b: QualType): boolean {
  const left = pointee(a);
  const right = pointee(b);
  return areCompatibleUnqualified(left.type, right.type) || differOnlyInSign(left.type, right.type);
}

/** The function type that a value can be called with. */
export function calledType(type: CType): FunctionType | undefined {
  const resolved = resolve(type);
  if (resolved.kind === 'function') return resolved;
  if (resolved.kind !== 'pointer') return undefined;
  const target = resolve(resolved.target.type);
  return target.kind === 'function' ? target : undefined;
}
