/**
 * Function calls (C17 6.5.2.2), calls of the compiler's builtins among them.
 */
import type { Span } from '../source/text-span.ts';
import { atomicCall } from './atomic-builtins.ts';
import { builtinMeaning } from './builtins.ts';
import type { SemaContext } from './context.ts';
import { evaluate, integerConstant } from './constant.ts';
import {
  bitWidthOf,
  calledType,
  convertForAssignment,
  convertTo,
  isLvalue,
  markAddressTaken,
  toRvalue,
} from './conversions.ts';
import { isOverflowCheck, overflowCheck } from './overflow-builtins.ts';
import {
  asArray,
  defaultPromoted,
  isComplete,
  isError,
  isVoid,
  resolve,
  sizeOf,
  unqualified,
} from './type-relations.ts';
import type { FunctionType, QualType } from './type.ts';
import type { FunctionSymbol, TypedExpression } from './typed-tree.ts';
import { isShuffle, shuffle } from './vector-shuffles.ts';

/** A call of a function or of a pointer to one. */
export function call(
  ctx: SemaContext,
  calleeOperand: TypedExpression,
  args: readonly TypedExpression[],
  span: Span,
): TypedExpression {
  if (calleeOperand.kind === 'error') return ctx.errorNode(span);
  const calleeType = calledType(calleeOperand.type.type);
  if (calleeType === undefined) {
    if (isError(calleeOperand.type.type)) return ctx.errorNode(span);
    ctx.error('not-a-function', calleeOperand.span, { type: ctx.spell(calleeOperand.type) });
    return ctx.errorNode(span);
  }
  const symbol = calleeOperand.kind === 'function' ? calleeOperand.function : undefined;
  const callee = symbol === undefined ? toRvalue(ctx, calleeOperand) : calleeOperand;
  const converted = convertArguments(ctx, calleeType, symbol, args, span);
  const result = unqualified(calleeType.result);
  if (!isVoid(result.type) && !isComplete(result.type)) {
    ctx.error('incomplete-type-used', span, { type: ctx.spell(result) });
    return ctx.errorNode(span);
  }
  return { kind: 'call', callee, calleeType, args: converted, type: result, span };
}

function convertArguments(
  ctx: SemaContext,
  type: FunctionType,
  symbol: FunctionSymbol | undefined,
  args: readonly TypedExpression[],
  span: Span,
): readonly TypedExpression[] {
  const { parameters } = type;
  if (type.hasPrototype) {
    const isTooFew = args.length < parameters.length;
    if (isTooFew || (args.length > parameters.length && !type.isVariadic)) {
      const notes =
        symbol === undefined ? undefined : [ctx.note('declared-here', symbol.span, { name: symbol.name })];
      const values = { name: symbol?.name ?? '', expected: parameters.length, given: args.length };
      ctx.error(isTooFew ? 'too-few-arguments' : 'too-many-arguments', span, values, notes);
    }
  }
  return args.map((argument, i) => {
    const value = toRvalue(ctx, argument);
    if (isError(value.type.type)) return value;
    const parameter = type.hasPrototype ? parameters[i] : undefined;
    if (parameter !== undefined) {
      return convertForAssignment(ctx, value, unqualified(parameter), {
        kind: 'argument',
        index: i + 1,
        functionName: symbol?.name,
        declaredAt: symbol?.span,
      });
    }
    if (isVoid(value.type.type)) {
      ctx.error('void-value', value.span);
      return ctx.errorNode(value.span);
    }
    return convertTo(ctx, value, defaultPromoted(ctx.types, value.type, bitWidthOf(value)));
  });
}

/** A builtin that is called by name, or the library function that it stands for. */
export type BuiltinCallee =
  { readonly kind: 'library'; readonly name: string; readonly type: FunctionType } | undefined;

/** The library function behind `__builtin_NAME`, if it is one. */
export function libraryFunctionOfBuiltin(ctx: SemaContext, name: string): BuiltinCallee {
  const meaning = builtinMeaning(ctx.types, name);
  return meaning?.kind === 'library' ? meaning : undefined;
}

/** A call of one of the compiler's own functions; `undefined` when gcc has none of that name. */
export function builtinCall(
  ctx: SemaContext,
  name: string,
  args: readonly TypedExpression[],
  span: Span,
): TypedExpression | undefined {
  const meaning = builtinMeaning(ctx.types, name);
  if (meaning === undefined || meaning.kind === 'library') return undefined;
  if (meaning.kind === 'atomic') return atomicCall(ctx, name, meaning.operation, args, span);
  const node = (typed: readonly TypedExpression[], type: QualType): TypedExpression => ({
    kind: 'builtin',
    name,
    args: typed,
    typeArgument: undefined,
    type,
    span,
  });
  switch (name) {
    case '__builtin_constant_p':
      checkCount(ctx, name, args, 1, span);
      return ctx.integerNode(span, ctx.types.int, isKnownConstant(ctx, args[0]) ? 1n : 0n);
    case '__builtin_va_start':
      checkVaStart(ctx, args, span);
      return node(
        args.slice(0, 1).map((list) => vaListArgument(ctx, list, name, 1)),
        ctx.types.void,
      );
    case '__builtin_va_end':
      return node(
        args.slice(0, 1).map((list) => vaListArgument(ctx, list, name, 1)),
        ctx.types.void,
      );
    case '__builtin_va_copy':
      return node(
        args.map((list, index) => vaListArgument(ctx, list, name, index + 1)),
        ctx.types.void,
      );
    case '__builtin_object_size':
    case '__builtin_dynamic_object_size':
      return ctx.integerNode(span, ctx.types.sizeType, objectSize(ctx, args[0], args[1]));
    case '__builtin_classify_type':
      return ctx.integerNode(span, ctx.types.int, classifyType(ctx, args[0]));
    case '__builtin_LINE':
    case '__builtin_FUNCTION':
    case '__builtin_FILE':
      return unsupportedCall(ctx, name, meaning.type.result, span);
  }
  checkCount(ctx, name, args, genericCounts.get(name), span);
  if (isOverflowCheck(name)) return overflowCheck(ctx, name, args, span);
  if (isShuffle(name)) return shuffle(ctx, name, args, span);
  if (name === '__builtin_complex') {
    const values = args.map((argument) => toRvalue(ctx, argument));
    const element = resolve((values[0] ?? ctx.errorNode(span)).type.type);
    // gcc/c/c-parser.cc: the type is that of the parts.
    if (element.kind === 'float') return node(values, ctx.types.complex(element));
  }
  const part = /^__builtin_(conj|creal|cimag)[fl]?$/.exec(name)?.[1];
  if (part !== undefined) {
    const [operand = ctx.errorNode(span)] = convertArguments(ctx, meaning.type, undefined, args, span);
    const kind = part === 'conj' ? 'complement' : part === 'creal' ? 'real-part' : 'imaginary-part';
    return { kind, operand, type: meaning.type.result, span };
  }
  if (meaning.type.isVariadic && meaning.type.parameters.length === 0) {
    const values = args.map((argument) => {
      const value = toRvalue(ctx, argument);
      // A question about a float is one about that type.
      const isAsked = asksForClass.test(name) && resolve(value.type.type).kind === 'float';
      return isAsked
        ? value
        : convertTo(ctx, value, defaultPromoted(ctx.types, value.type, bitWidthOf(value)));
    });
    return node(balanced(ctx, name, values), meaning.type.result);
  }
  return node(convertArguments(ctx, meaning.type, undefined, args, span), meaning.type.result);
}

const asksForClass = /^__builtin_(?:fpclassify|isnan|isinf|isinf_sign|isfinite|isnormal|signbit)$/;

/** gcc/builtins.cc: fold_builtin_next_arg. */
function checkVaStart(ctx: SemaContext, args: readonly TypedExpression[], span: Span): void {
  if (args.length < 2)
    ctx.error('too-few-arguments', span, { name: 'va_start', expected: 2, given: args.length });
  const type = ctx.fn?.symbol.type;
  if (type !== undefined && !type.isVariadic) ctx.error('va-start-in-fixed', span);
}

/** Arguments of builtins that take any types. @source gcc/c-family/c-common.cc: check_builtin_function_arguments */
const genericCounts: ReadonlyMap<string, number> = new Map(
  [
    [1, 'isfinite isinf isinf_sign isnan isnormal signbit clear_padding'],
    [2, 'isgreater isgreaterequal isless islessequal islessgreater isunordered'],
    [3, 'add_overflow sub_overflow mul_overflow add_overflow_p sub_overflow_p mul_overflow_p'],
    [6, 'fpclassify'],
  ].flatMap(([count, names]) =>
    String(names)
      .split(' ')
      .map((name) => [`__builtin_${name}`, Number(count)]),
  ),
);

/** Complains about too few arguments, and about too many. */
export function checkCount(
  ctx: SemaContext,
  name: string,
  args: readonly unknown[],
  expected: number | undefined,
  span: Span,
): void {
  if (expected === undefined || args.length === expected) return;
  const code = args.length < expected ? 'too-few-arguments' : 'too-many-arguments';
  ctx.error(code, span, { name, expected, given: args.length });
}

/** A call that cannot be run: named at its place, and the run stops before it. */
export function unsupportedCall(ctx: SemaContext, name: string, type: QualType, span: Span): TypedExpression {
  ctx.unsupported('builtin-not-modelled', span, { name });
  return {
    kind: 'unsupported',
    reason: ctx.note('builtin-not-modelled', undefined, { name }).text,
    type,
    span,
  };
}

/** `__builtin_isgreater` and its kin compare operands of one type. */
function balanced(
  ctx: SemaContext,
  name: string,
  values: readonly TypedExpression[],
): readonly TypedExpression[] {
  const [left, right] = values;
  if (left === undefined || right === undefined || !/^__builtin_is(?:gr|le|un)/.test(name)) return values;
  const isLong = [left, right].some((value) => {
    const type = resolve(value.type.type);
    return type.kind === 'float' && type.name === 'long double';
  });
  const type = isLong ? ctx.types.longDouble : ctx.types.double;
  return [convertTo(ctx, left, type), convertTo(ctx, right, type)];
}

function isKnownConstant(ctx: SemaContext, argument: TypedExpression | undefined): boolean {
  if (argument === undefined) return false;
  const value = evaluate(toRvalue(ctx, argument), { foldObjects: false, wordBytes: ctx.model.wordBytes });
  if (value?.kind === 'integer' || value?.kind === 'floating') return true;
  return value?.kind === 'address' && 'bytes' in value.base && value.offset === 0;
}

/**
 * A pointer to the state of a `va_list`: on x86-64 the list is an array of one record and decays to it, on i386 it is a
 * `char *`, whose address is taken.
 */
function vaListPointer(ctx: SemaContext, list: TypedExpression): TypedExpression {
  const type = resolve(list.type.type);
  const record = type.kind === 'pointer' ? resolve(type.target.type) : undefined;
  if (type.kind === 'array' || record?.kind === 'record') return toRvalue(ctx, list);
  if (type.kind === 'error') return ctx.errorNode(list.span);
  if (type.kind !== 'pointer' || !isLvalue(list) || ctx.model.wordBytes === 8) {
    ctx.error('not-a-va-list', list.span, { type: ctx.spell(list.type) });
    return ctx.errorNode(list.span);
  }
  markAddressTaken(list);
  return { kind: 'address-of', operand: list, type: ctx.types.pointerTo(list.type), span: list.span };
}

/**
 * An argument of `va_start`, `va_end` or `va_copy`: a parameter of pointer type like any other, so that gcc only warns about
 * another pointer there (gcc/builtins.def: BT_VALIST_REF).
 */
function vaListArgument(
  ctx: SemaContext,
  list: TypedExpression,
  functionName: string,
  index: number,
): TypedExpression {
  const place = { kind: 'argument', index, functionName, declaredAt: undefined } as const;
  const { vaList } = ctx.types;
  const array = asArray(vaList.type);
  if (array !== undefined)
    return convertForAssignment(ctx, toRvalue(ctx, list), ctx.types.pointerTo(array.element), place);
  if (isError(list.type.type)) return ctx.errorNode(list.span);
  if (!isLvalue(list)) {
    ctx.error('not-a-va-list', list.span, { type: ctx.spell(list.type) });
    return ctx.errorNode(list.span);
  }
  markAddressTaken(list);
  const type = ctx.types.pointerTo(list.type);
  const address: TypedExpression = { kind: 'address-of', operand: list, type, span: list.span };
  return convertForAssignment(ctx, address, ctx.types.pointerTo(vaList), place);
}

// gcc/tree-object-size.cc at -O0: only the address of a whole object, or of a place in it, is understood.
function objectSize(
  ctx: SemaContext,
  argument: TypedExpression | undefined,
  typeArgument: TypedExpression | undefined,
): bigint {
  const kind =
    typeArgument === undefined
      ? 0n
      : (integerConstant(toRvalue(ctx, typeArgument), ctx.model.wordBytes) ?? 0n);
  const unknown = (kind & 2n) === 0n ? BigInt.asUintN(ctx.model.wordBytes * 8, -1n) : 0n;
  let inner = argument === undefined ? undefined : toRvalue(ctx, argument);
  while (inner?.kind === 'convert' && (inner.conversion === 'pointer' || inner.conversion === 'none'))
    inner = inner.operand;
  const lvalue =
    inner?.kind === 'address-of' || (inner?.kind === 'convert' && inner.conversion === 'decay')
      ? inner.operand
      : undefined;
  if (lvalue?.kind === 'object' || lvalue?.kind === 'compound-literal') {
    const size = sizeOf(lvalue.object.type.type);
    return size === undefined ? unknown : BigInt(size);
  }
  if (lvalue?.kind === 'string') return BigInt(lvalue.literal.bytes.length);
  return unknown;
}

// gcc/typeclass.h
function classifyType(ctx: SemaContext, argument: TypedExpression | undefined): bigint {
  if (argument === undefined) return -1n;
  const type = resolve(toRvalue(ctx, argument).type.type);
  switch (type.kind) {
    case 'void':
      return 0n;
    case 'integer':
    case 'enum':
      return 1n;
    case 'pointer':
      return 5n;
    case 'float':
      return 8n;
    case 'complex':
      return 9n;
    case 'record':
      return type.tagKind === 'struct' ? 12n : 13n;
    case 'array':
    case 'function':
    case 'vector':
    case 'typedef':
    case 'error':
      return -1n;
  }
}

/** `__builtin_va_arg(list, type)` (C17 7.16.1.1). */
export function vaArg(ctx: SemaContext, list: TypedExpression, type: QualType, span: Span): TypedExpression {
  const pointer = vaListPointer(ctx, list);
  if (isError(pointer.type.type) || isError(type.type)) return ctx.errorNode(span);
  if (!isComplete(type.type) && !isVoid(type.type)) {
    ctx.error('incomplete-type-used', span, { type: ctx.spell(type) });
    return ctx.errorNode(span);
  }
  const result = unqualified(type);
  const isArray = asArray(result.type) !== undefined;
  if (isArray) return unsupportedCall(ctx, '__builtin_va_arg', result, span);
  return {
    kind: 'builtin',
    name: '__builtin_va_arg',
    args: [pointer],
    typeArgument: type,
    type: result,
    span,
  };
}
