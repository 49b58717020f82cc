/**
 * Operations for which gcc calls a function of libgcc.
 *
 * Source: gcc/optabs-libfuncs.cc, libgcc (names of the functions): behaviour.
 */
import { integerOf, resolve } from '../sema/type-relations.ts';
import type { ArithmeticOperator, ComparisonOperator } from '../sema/typed-tree.ts';
import type { CType } from '../sema/type.ts';

/** Whether an operation with a result of the type is a call: divisions of two words, all of __float128. */
export function callsRuntime(
  type: CType,
  operator: ArithmeticOperator | ComparisonOperator,
  wordBytes: 4 | 8,
): boolean {
  const resolved = resolve(type);
  if (resolved.kind === 'float') return resolved.name === '__float128';
  if (resolved.kind === 'complex') return operator === '*' || operator === '/';
  const integer = integerOf(type);
  return integer !== undefined && integer.size > wordBytes && (operator === '/' || operator === '%');
}
