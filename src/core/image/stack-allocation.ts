/**
 * Calls that take bytes of the stack: alloca and the compiler's own names for it.
 *
 * Source: gcc/builtins.cc (expand_builtin_alloca), explow.cc (get_dynamic_stack_size): behaviour.
 */
import { roundUp } from '../../base/address.ts';
import { constantInteger } from '../sema/front-end-folding.ts';
import { nameOfCallee } from '../sema/inlined-calls.ts';
import { alignOf } from '../sema/type-relations.ts';
import type { ObjectSymbol, TypedExpression } from '../sema/typed-tree.ts';

/** A call that takes bytes of the stack; its first argument is their number. */
export type StackAllocation = Extract<TypedExpression, { kind: 'call' | 'builtin' }>;

/** Whether an expression takes bytes of the stack. */
export function isAlloca(expression: TypedExpression): boolean {
  if (expression.kind === 'call') return nameOfCallee(expression) === 'alloca';
  return expression.kind === 'builtin' && expression.name.includes('alloca');
}

/**
 * Bytes that gcc counts for an allocation when it tells how much stack a function uses: of a size that it does not know, no
 * more than what alignment may take.
 *
 * @param bytes - size of the allocation; undefined where it is known only when the program runs
 * @param alignment - bytes to which the result is aligned
 */
export function countedBytes(bytes: number | undefined, alignment: number, wordBytes: 4 | 8): number {
  // The stack pointer is aligned to a word as far as is known then.
  const extra = Math.max(0, alignment - wordBytes);
  return roundUp(Math.max(0, (bytes ?? -1) + extra), 16);
}

/**
 * Bytes to which the result of a call is aligned: those of any type, or the bits that `__builtin_alloca_with_align` names.
 *
 * Source: gcc manual, "Built-in Functions": __builtin_alloca_with_align.
 */
export function alignmentOfCall({ args }: StackAllocation): number {
  const [, bits] = args;
  const named = bits === undefined ? undefined : constantInteger(bits);
  return named === undefined ? 16 : Number(named) / 8;
}

/** Bytes to which an array of variable length is aligned. */
export function alignmentOfArray({ attributes, type }: ObjectSymbol): number {
  return Math.max(attributes.aligned ?? 1, alignOf(type));
}

/** The same for a call. */
export function countedBytesOf(call: StackAllocation, wordBytes: 4 | 8): number {
  const [size] = call.args;
  const bytes = size === undefined ? undefined : constantInteger(size);
  return countedBytes(bytes === undefined ? undefined : Number(bytes), alignmentOfCall(call), wordBytes);
}
