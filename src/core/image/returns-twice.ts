/**
 * Functions that may come back more than once. What is needed after such a call is in memory, never in a register: the
 * second time registers hold something else.
 *
 * Source: gcc/calls.cc (special_function_p), ira-lives.cc (process_bb_node_lives): behaviour.
 */
import type { TypedExpression } from '../sema/typed-tree.ts';

/** Whether gcc knows by its name that the function of a call may come back again. */
export function returnsTwice({ callee }: Extract<TypedExpression, { kind: 'call' }>): boolean {
  if (callee.kind !== 'function') return false;
  const { name } = callee.function;
  return exactly.has(name) || withPrefix.has(name.replace(/^__?x?/, ''));
}

const exactly: ReadonlySet<string> = new Set(['savectx', 'vfork', 'getcontext']);
const withPrefix: ReadonlySet<string> = new Set(['setjmp', 'sigsetjmp']);
