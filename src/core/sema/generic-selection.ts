/**
 * `_Generic` (C17 6.5.1.1).
 */
import type { Span } from '../source/text-span.ts';
import type { Expression } from '../syntax/ast.ts';
import type { SemaContext } from './context.ts';
import { expression, rvalue, unevaluated } from './expressions.ts';
import { areCompatible, asFunction, isComplete, isError, isVariablyModified } from './type-relations.ts';
import type { QualType } from './type.ts';
import type { TypedExpression } from './typed-tree.ts';

/** The expression of the association whose type is that of the controlling one. */
export function generic(ctx: SemaContext, node: Extract<Expression, { kind: 'generic' }>): TypedExpression {
  ctx.unevaluated += 1;
  const control = rvalue(ctx, node.control);
  ctx.unevaluated -= 1;
  let chosen: Expression | undefined;
  let fallback: Expression | undefined;
  const others: Expression[] = [];
  const candidates: QualType[] = [];
  for (const { type, value } of node.associations) {
    if (type === undefined) {
      if (fallback !== undefined) ctx.error('generic-two-defaults', value.span);
      fallback = value;
    } else {
      const candidate = ctx.analyses.typeName(ctx, type);
      if (candidates.some((other) => !isError(other.type) && areCompatible(other, candidate)))
        ctx.error('generic-same-type', type.span);
      checkAssociation(ctx, candidate, type.span);
      candidates.push(candidate);
      if (chosen === undefined && !isError(control.type.type) && areCompatible(candidate, control.type))
        chosen = value;
      else others.push(value);
    }
  }
  const result = chosen ?? fallback;
  if (result === undefined) {
    if (!isError(control.type.type))
      ctx.error('generic-no-match', node.control.span, { type: ctx.spell(control.type) });
    return ctx.errorNode(node.span);
  }
  if (chosen !== undefined && fallback !== undefined) others.push(fallback);
  // The others are checked for their names only: hovers work there too, their mistakes do not count.
  for (const other of others) unevaluated(ctx, other);
  return expression(ctx, result);
}

/** C17 6.5.1.1p2: complete object types that are not variably modified. */
function checkAssociation(ctx: SemaContext, type: QualType, span: Span): void {
  if (isError(type.type)) return;
  const args = { type: ctx.spell(type) };
  if (asFunction(type.type) !== undefined) ctx.error('generic-function', span, args);
  else if (!isComplete(type.type)) ctx.error('generic-incomplete', span, args);
  else if (isVariablyModified(type.type)) ctx.error('generic-variable-length', span, args);
}
