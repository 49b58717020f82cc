/**
 * Whether the code of a function has values in the registers of the x87 unit: `long double` on x86-64, all floating values on
 * the i386. Arguments that are only passed on go from memory to memory.
 *
 * Source: gcc/config/i386/i386.md (mov<mode>, push<mode>), gcc/reg-stack.cc (reg_to_stack); measured with gcc 12.2.
 */
import { liveReferences } from '../sema/live-code.ts';
import { resolve } from '../sema/type-relations.ts';
import type { CType } from '../sema/type.ts';
import type { TypedExpression, TypedFunction } from '../sema/typed-tree.ts';
import type { TargetName } from '../target/data-model.ts';
import { dataModelOf } from '../target/data-model.ts';
import { walkStatement } from './tree-walk.ts';

/** Answers by function: each link asks again of functions that have not changed. */
const known = {
  i386: new WeakMap<TypedFunction, boolean>(),
  x86_64: new WeakMap<TypedFunction, boolean>(),
} as const;

/** Whether a function's code uses registers of the x87 unit. */
export function usesX87(fn: TypedFunction, target: TargetName): boolean {
  let isUsed = known[target].get(fn);
  if (isUsed === undefined) {
    isUsed = findsX87(fn, target);
    known[target].set(fn, isUsed);
  }
  return isUsed;
}

function findsX87(fn: TypedFunction, target: TargetName): boolean {
  const isX87 = (type: CType): boolean => {
    const resolved = resolve(type);
    if (resolved.kind === 'float')
      return resolved.name === 'long double' || (target === 'i386' && resolved.name !== '__float128');
    if (resolved.kind === 'complex') return isX87(resolved.element);
    // A record with one member has the mode of that member.
    const [only, ...others] = resolved.kind === 'record' ? (resolved.members ?? []) : [];
    return only !== undefined && others.length === 0 && isX87(only.type.type);
  };
  const references = liveReferences(fn, dataModelOf(target).wordBytes);
  if (references.some((one) => one.kind === 'number' && isX87(one.type))) return true;
  let isFound = false;
  const passedOn = new Set<TypedExpression>();
  walkStatement(fn.body, {
    expression: (expression) => {
      if (expression.kind === 'call') for (const argument of expression.args) passedOn.add(argument);
      if (isFound || passedOn.has(expression)) return;
      isFound = isValueOf(expression, isX87);
    },
  });
  return isFound;
}

/** Whether an expression has a value of such a type, or makes its value from one. */
function isValueOf(expression: TypedExpression, isX87: (type: CType) => boolean): boolean {
  switch (expression.kind) {
    case 'convert':
      if (expression.conversion === 'load') return isX87(expression.type.type);
      return (
        expression.conversion === 'arithmetic' &&
        expression.operand.kind !== 'floating' &&
        expression.operand.kind !== 'integer' &&
        (isX87(expression.type.type) || isX87(expression.operand.type.type))
      );
    case 'call':
    case 'negate':
    case 'arithmetic':
      return isX87(expression.type.type);
    case 'compound-assign':
      return isX87(expression.computation.type);
    case 'increment':
      return isX87(expression.target.type.type);
    default:
      return false;
  }
}
