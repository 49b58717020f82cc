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

/**
 * The function of libgcc that carries out an operation.
 *
 * @param right - the value of the second operand where it is known: powers of two divide by shifts
 * @returns undefined for what instructions do
 */
export function runtimeFunction(
  type: CType,
  operator: ArithmeticOperator,
  right: bigint | undefined,
  wordBytes: 4 | 8,
): string | undefined {
  const resolved = resolve(type);
  if (resolved.kind === 'complex') {
    const { element } = resolved;
    if (element.kind !== 'float' || (operator !== '*' && operator !== '/')) return undefined;
    const mode =
      element.size === 4 ? 'sc' : element.size === 8 ? 'dc' : element.name === '__float128' ? 'tc' : 'xc';
    return `__${operator === '*' ? 'mul' : 'div'}${mode}3`;
  }
  const integer = integerOf(type);
  if (integer === undefined || !callsRuntime(type, operator, wordBytes)) return undefined;
  if (right !== undefined && isPowerOfTwo(right < 0n && integer.isSigned ? -right : right)) return undefined;
  // The quotient is 0 or 1 then.
  if (right !== undefined && !integer.isSigned && right >> BigInt(8 * integer.size - 1) !== 0n)
    return undefined;
  const name = operator === '/' ? 'div' : 'mod';
  return `__${integer.isSigned ? '' : 'u'}${name}${integer.size === 16 ? 'ti' : 'di'}3`;
}

function isPowerOfTwo(value: bigint): boolean {
  return value > 0n && (value & (value - 1n)) === 0n;
}
