/**
 * `__atomic_*` and `__sync_*` (gcc 12 manual, "__atomic Builtins", "__sync Builtins").
 */
import type { Span } from '../source/text-span.ts';
import { checkCount, unsupportedCall } from './calls.ts';
import type { SemaContext } from './context.ts';
import { convertTo, toRvalue } from './conversions.ts';
import { asPointer, integerOf, isArithmetic, isError, resolve, unqualified } from './type-relations.ts';
import type { QualType } from './type.ts';
import type { TypedExpression } from './typed-tree.ts';

/**
 * `__atomic_*` and `__sync_*`: the first argument is a pointer to the object, whose type the others and the result take.
 * The name in the node has no size suffix.
 */
export function atomicCall(
  ctx: SemaContext,
  name: string,
  operation: string,
  args: readonly TypedExpression[],
  span: Span,
): TypedExpression {
  const values = args.map((argument) => toRvalue(ctx, argument));
  if (values.some((value) => isError(value.type.type))) return ctx.errorNode(span);
  checkArguments(ctx, name, operation, values, span);
  const node = (typed: readonly TypedExpression[], type: QualType): TypedExpression => ({
    kind: 'builtin',
    name: operation,
    args: typed,
    typeArgument: undefined,
    type,
    span,
  });
  const toInt = (value: TypedExpression): TypedExpression =>
    isArithmetic(value.type.type) ? convertTo(ctx, value, ctx.types.int) : value;
  switch (operation) {
    case '__sync_synchronize':
      return node([], ctx.types.void);
    case '__atomic_thread_fence':
    case '__atomic_signal_fence':
      return node(values.map(toInt), ctx.types.void);
    case '__atomic_always_lock_free':
    case '__atomic_is_lock_free':
      return node(values, ctx.types.bool);
  }
  const [given, ...rest] = values;
  const pointer = given === undefined ? undefined : sizedPointer(ctx, name, given);
  if (pointer?.kind === 'unsupported') return unsupportedCall(ctx, name, ctx.types.int, span);
  const target = pointer === undefined ? undefined : asPointer(pointer.type.type)?.target;
  if (pointer === undefined || target === undefined) {
    ctx.error('not-a-pointer', span, { type: pointer === undefined ? '' : ctx.spell(pointer.type) });
    return ctx.errorNode(span);
  }
  const type = unqualified(target);
  const own = (value: TypedExpression): TypedExpression => convertTo(ctx, value, type);
  const tail = (from: number): TypedExpression[] => rest.slice(from).map(toInt);
  const first = rest.slice(0, 1);
  switch (operation.replace(/^__(?:atomic|sync)_/, '')) {
    case 'load_n':
      return node([pointer, ...tail(0)], type);
    case 'store_n':
      return node([pointer, ...first.map(own), ...tail(1)], ctx.types.void);
    case 'exchange_n':
    case 'lock_test_and_set':
      return node([pointer, ...first.map(own), ...tail(1)], type);
    case 'compare_exchange_n':
      return node([pointer, ...first, ...rest.slice(1, 2).map(own), ...tail(2)], ctx.types.bool);
    case 'compare_exchange':
    case 'test_and_set':
      return node([pointer, ...rest.map(toInt)], ctx.types.bool);
    case 'load':
    case 'store':
    case 'exchange':
    case 'clear':
    case 'lock_release':
      return node([pointer, ...rest.map(toInt)], ctx.types.void);
    case 'bool_compare_and_swap':
      return node([pointer, ...rest.slice(0, 2).map(own)], ctx.types.bool);
    case 'val_compare_and_swap':
      return node([pointer, ...rest.slice(0, 2).map(own)], type);
  }
  if (/_(?:fetch_)?(?:add|sub|and|or|xor|nand)(?:_fetch|_and_fetch)?$|_fetch_and_/.test(operation)) {
    return node([pointer, ...first.map(own), ...tail(1)], type);
  }
  return unsupportedCall(ctx, name, ctx.types.int, span);
}

/** `__sync_fetch_and_add_4` works on an unsigned integer of that many bytes, whatever the pointer says (gcc/sync-builtins.def). */
function sizedPointer(ctx: SemaContext, name: string, pointer: TypedExpression): TypedExpression {
  const { types } = ctx;
  switch (/_(1|2|4|8|16)$/.exec(name)?.[1]) {
    case undefined:
      return pointer;
    case '1':
      return convertTo(ctx, pointer, types.pointerTo(types.unsignedChar));
    case '2':
      return convertTo(ctx, pointer, types.pointerTo(types.unsignedShort));
    case '4':
      return convertTo(ctx, pointer, types.pointerTo(types.unsignedInt));
    case '8': {
      const isLong = ctx.model.wordBytes === 8;
      return convertTo(ctx, pointer, types.pointerTo(isLong ? types.unsignedLong : types.unsignedLongLong));
    }
    default: {
      const reason = ctx.note('builtin-not-modelled', undefined, { name }).text;
      return { kind: 'unsupported', reason, type: pointer.type, span: pointer.span };
    }
  }
}

/** Arguments of the `__atomic` functions; the `__sync` ones take more without a word. */
const counts: Readonly<Record<string, number>> = {
  __sync_synchronize: 0,
  __sync_bool_compare_and_swap: 3,
  __sync_val_compare_and_swap: 3,
  __sync_lock_test_and_set: 2,
  __sync_lock_release: 1,
  __atomic_thread_fence: 1,
  __atomic_signal_fence: 1,
  __atomic_always_lock_free: 2,
  __atomic_is_lock_free: 2,
  __atomic_test_and_set: 2,
  __atomic_clear: 2,
  __atomic_load_n: 2,
  __atomic_store_n: 3,
  __atomic_exchange_n: 3,
  __atomic_compare_exchange_n: 6,
  __atomic_load: 3,
  __atomic_store: 3,
  __atomic_exchange: 4,
  __atomic_compare_exchange: 6,
};

/** gcc/c-family/c-common.cc: sync_resolve_size, sync_resolve_params, get_atomic_generic_size. */
function checkArguments(
  ctx: SemaContext,
  name: string,
  operation: string,
  values: readonly TypedExpression[],
  span: Span,
): void {
  const isSync = operation.startsWith('__sync_');
  const isFetch = /_(?:fetch_)?(?:add|sub|and|or|xor|nand)(?:_and)?(?:_fetch)?$/.test(operation);
  const count = counts[operation] ?? (isFetch ? (isSync ? 2 : 3) : undefined);
  if (count === undefined) return;
  if (values.length < count || !isSync) checkCount(ctx, name, values, count, span);
  const [pointer] = values;
  // Those with a size in their names are ordinary functions.
  const isSized = /_(?:1|2|4|8|16)$/.test(name);
  const isGeneric = isFetch || isSync || operation.endsWith('_n');
  if (pointer === undefined || count === 0 || isSized || !isGeneric) return;
  const target = asPointer(pointer.type.type)?.target;
  if (target === undefined || !isAtomicOperand(target, isFetch))
    ctx.error('atomic-operand', span, { name, type: ctx.spell(pointer.type) });
}

/** An integer or a pointer; no boolean where there is arithmetic. */
function isAtomicOperand({ type }: QualType, isFetch: boolean): boolean {
  const resolved = resolve(type);
  if (resolved.kind === 'pointer') return true;
  const integer = integerOf(resolved);
  return integer !== undefined && !(isFetch && integer.name === '_Bool');
}
