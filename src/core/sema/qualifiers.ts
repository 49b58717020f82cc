/**
 * Type qualifiers (C17 6.7.3).
 */
import type { Span } from '../source/text-span.ts';
import type { TypeQualifier } from '../syntax/ast.ts';
import type { SemaContext } from './context.ts';
import { asFunction, resolve } from './type-relations.ts';
import { ATOMIC, CONST, RESTRICT, VOLATILE } from './type.ts';
import type { QualType } from './type.ts';

/** Bits of a list of qualifiers. */
export function qualifierBits(qualifiers: readonly TypeQualifier[]): number {
  let bits = 0;
  for (const qualifier of qualifiers) {
    switch (qualifier) {
      case 'const':
        bits |= CONST;
        break;
      case 'volatile':
        bits |= VOLATILE;
        break;
      case 'restrict':
        bits |= RESTRICT;
        break;
      case '_Atomic':
        bits |= ATOMIC;
        break;
    }
  }
  return bits;
}

/** C17 6.7.3p2: `restrict` is for pointers to object types, incomplete ones too. */
export function checkRestrict(ctx: SemaContext, type: QualType, quals: number, span: Span): void {
  if ((quals & RESTRICT) === 0) return;
  let qualified = resolve(type.type);
  while (qualified.kind === 'array') qualified = resolve(qualified.element.type);
  if (qualified.kind === 'error') return;
  if (qualified.kind !== 'pointer' || asFunction(qualified.target.type) !== undefined)
    ctx.error('invalid-restrict', span);
}
