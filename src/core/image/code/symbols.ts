/**
 * How code reaches what has a name.
 *
 * Position-independent code of the i386 has no address relative to the instruction: a register keeps the address of the
 * global offset table. What this program defines lies at a known distance from it; the address of anything else is read
 * from the table.
 *
 * Source: gcc/config/i386/i386.cc (legitimize_pic_address, ix86_init_pic_reg, ix86_binds_local_p): behaviour; i386
 * psABI, chapter 3 (function prologue for position-independent code).
 */
import type { TypedExpression, TypedFunction } from '../../sema/typed-tree.ts';
import { walkStatement } from '../tree-walk.ts';

/** Names of functions and objects that a function's code refers to and that another file may define. */
export function foreignNames(fn: TypedFunction): ReadonlySet<string> {
  const names = new Set<string>();
  walkStatement(fn.body, {
    expression: (expression) => {
      const name = foreignName(expression);
      if (name !== undefined) names.add(name);
    },
  });
  return names;
}

function foreignName(expression: TypedExpression): string | undefined {
  if (expression.kind === 'function') {
    const { name, linkage, isDefined } = expression.function;
    return isDefined || linkage === 'internal' ? undefined : name;
  }
  if (expression.kind !== 'object') return undefined;
  const { name, storage, linkage, initializer, isTentative, isDefined } = expression.object;
  if (storage === 'automatic' || linkage !== 'external') return undefined;
  return isDefined === true || initializer !== undefined || isTentative ? undefined : name;
}
