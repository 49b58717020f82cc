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
import type { CompileOptions } from '../../sema/placement.ts';
import { isCommon } from '../../sema/section-choice.ts';
import type { ObjectSymbol, TypedExpression, TypedFunction } from '../../sema/typed-tree.ts';
import { walkStatement } from '../tree-walk.ts';

/** What decides about the names: whether tentative definitions are common symbols. */
type Commonness = Pick<CompileOptions, 'common'>;

/** Names of functions and objects that a function's code refers to and that another file may define. */
export function foreignNames(fn: TypedFunction, options: Commonness): ReadonlySet<string> {
  const names = new Set<string>();
  walkStatement(fn.body, {
    expression: (expression) => {
      const name = foreignName(expression, options);
      if (name !== undefined) names.add(name);
    },
  });
  return names;
}

function foreignName(expression: TypedExpression, options: Commonness): string | undefined {
  if (expression.kind === 'function') {
    const { name, linkage, isDefined } = expression.function;
    return isDefined || linkage === 'internal' ? undefined : name;
  }
  if (expression.kind !== 'object') return undefined;
  return isForeignObject(expression.object, options) ? expression.object.name : undefined;
}

function isForeignObject(object: ObjectSymbol, options: Commonness): boolean {
  const { storage, linkage, initializer, isTentative, isDefined, attributes } = object;
  if (storage === 'automatic' || linkage !== 'external') return false;
  if (isDefined !== true && initializer === undefined && !isTentative) return true;
  // The common symbol of another file may be the larger one; a hidden symbol is of this program at least.
  const isHidden = attributes.visibility === 'hidden' || attributes.visibility === 'internal';
  return !isHidden && storage !== 'thread' && isCommon(object, options);
}
