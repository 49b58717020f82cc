/**
 * `__builtin_add_overflow` and its kin (gcc 12 manual, "Integer Overflow Builtins").
 */
import type { Span } from '../source/text-span.ts';
import type { SemaContext } from './context.ts';
import { toRvalue } from './conversions.ts';
import { asPointer, integerOf, isError, qualsOf, resolve } from './type-relations.ts';
import { CONST } from './type.ts';
import type { QualType } from './type.ts';
import type { TypedExpression } from './typed-tree.ts';

/** Whether a builtin is one of them. */
export const isOverflowCheck = (name: string): boolean =>
  /^__builtin_(?:add|sub|mul)_overflow(?:_p)?$/.test(name);

/** Operands keep their own types: the operation is done as if with infinite precision. */
export function overflowCheck(
  ctx: SemaContext,
  name: string,
  args: readonly TypedExpression[],
  span: Span,
): TypedExpression {
  const values = args.map((argument) => toRvalue(ctx, argument));
  if (values.some((value) => isError(value.type.type))) return ctx.errorNode(span);
  if (values.length !== 3 || !checkOverflowOperands(ctx, name, values)) return ctx.errorNode(span);
  return { kind: 'builtin', name, args: values, typeArgument: undefined, type: ctx.types.bool, span };
}

/** gcc/c-family/c-common.cc: check_builtin_function_arguments (BUILT_IN_ADD_OVERFLOW and its kin). */
function checkOverflowOperands(ctx: SemaContext, name: string, values: readonly TypedExpression[]): boolean {
  for (const [index, { type, span }] of values.slice(0, 2).entries()) {
    if (integerOf(type.type) !== undefined) continue;
    ctx.error('overflow-operand', span, { name, index: index + 1 });
    return false;
  }
  const result = values[2];
  if (result === undefined) return false;
  if (name.endsWith('_p')) {
    if (isPlainInteger(result.type)) return true;
    ctx.error('overflow-operand', result.span, { name, index: 3 });
    return false;
  }
  const target = asPointer(result.type.type)?.target;
  if (target === undefined || !isPlainInteger(target)) {
    ctx.error('overflow-pointer', result.span, { name });
    return false;
  }
  if ((qualsOf(target) & CONST) !== 0)
    ctx.error('overflow-const', result.span, { name, type: ctx.spell(result.type) });
  return true;
}

function isPlainInteger({ type }: QualType): boolean {
  const resolved = resolve(type);
  return resolved.kind === 'integer' && resolved.name !== '_Bool';
}
