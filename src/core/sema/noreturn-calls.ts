/**
 * Calls that never come back: gcc makes no code behind them, whether an attribute says so or the name of a library function
 * that it knows.
 *
 * Source: gcc/builtins.def (ATTR_NORETURN_*), gcc/calls.cc (special_function_p): behaviour.
 */
import type { TypedExpression } from './typed-tree.ts';

/** Whether control never comes back from evaluating the expression, as gcc knows from attributes and library names. */
export function isNoreturnCall(node: TypedExpression): boolean {
  if (node.kind === 'convert' && node.conversion === 'to-void') return isNoreturnCall(node.operand);
  if (node.kind === 'builtin') return node.name === '__builtin_unreachable' || node.name === '__builtin_trap';
  if (node.kind !== 'call') return false;
  if (node.calleeType.isNoreturn === true) return true;
  if (node.callee.kind !== 'function') return false;
  const { function: symbol } = node.callee;
  return symbol.attributes.isNoreturn === true || (!symbol.isDefined && noreturnFunctions.has(symbol.name));
}

const noreturnFunctions: ReadonlySet<string> = new Set([
  'abort',
  'exit',
  '_exit',
  '_Exit',
  'quick_exit',
  'longjmp',
  '__assert_fail',
]);
