/** Which results that are records go straight into the object that takes them (gcc's return slot optimisation). */
import { returnsInMemory } from '../image/calling-convention.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import type { FunctionState } from './function-state.ts';

/** Whether a call writes its record result directly into the object that takes it. */
export function isDirectResult(
  state: FunctionState,
  value: TypedExpression,
): value is Extract<TypedExpression, { kind: 'call' }> {
  return (
    value.kind === 'call' &&
    returnsInMemory(state.program.target, value.type.type) &&
    !state.frame.temporaries.has(value)
  );
}
