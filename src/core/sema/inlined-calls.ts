/**
 * Calls that gcc 12 computes or replaces even at -O0, so that no call is left: `abs(x)`, `strlen("text")`, `creal(z)`.
 *
 * Source: gcc/builtins.cc, fold_builtin_1 and fold_const_call (behaviour); checked with gcc 12.2.
 */
import { evaluate } from './constant.ts';
import type { FunctionSymbol, TypedExpression } from './typed-tree.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** Replaced whatever the argument is. */
const always: ReadonlySet<string> = new Set([
  'abs',
  'labs',
  'llabs',
  'imaxabs',
  'fabs',
  'fabsf',
  'fabsl',
  'creal',
  'crealf',
  'creall',
  'cimag',
  'cimagf',
  'cimagl',
  'conj',
  'conjf',
  'conjl',
  'isascii',
  'toascii',
]);

/** The name of the function that a call names directly. */
export function nameOfCallee(call: Call): string | undefined {
  let callee = call.callee;
  while (callee.kind === 'convert' && callee.conversion === 'function-pointer') callee = callee.operand;
  return callee.kind === 'function' && !callee.function.isDefined ? callee.function.name : undefined;
}

/** Whether a function is declared only so that gcc puts instructions in place of its calls, as those of <immintrin.h>. */
export function isIntrinsic({ attributes, isDefined, isInline }: FunctionSymbol): boolean {
  return attributes.isAlwaysInline === true && isInline && !isDefined;
}

/** Whether no call instruction remains of the call. */
export function isInlinedCall(call: Call): boolean {
  const name = nameOfCallee(call);
  if (name === undefined) return false;
  if (call.callee.kind === 'function' && isIntrinsic(call.callee.function)) return true;
  return always.has(name) || evaluate(call, { foldObjects: false, wordBytes: 8 }) !== undefined;
}
