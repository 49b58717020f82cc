/**
 * Estimates the machine code of functions: how many bytes gcc -O0 would emit, and where in them the calls are.
 */
import type { LabelSymbol, TypedExpression, TypedFunction } from '../sema/typed-tree.ts';
import { walkStatement } from './tree-walk.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** Size of a function's code and the ends of its call instructions, in bytes from its start. */
export interface CodeEstimate {
  readonly size: number;
  readonly callEnds: ReadonlyMap<Call, number>;
  /** Places of labels. */
  readonly labels: ReadonlyMap<LabelSymbol, number>;
}

/** The code of a function at its place. */
export interface CodeMap {
  readonly addr: number;
  readonly size: number;
  /** Link-time address behind the call instruction. */
  returnAddress(call: Call): number;
}

/** Estimates the code of a function. */
export function estimateCode(fn: TypedFunction): CodeEstimate {
  let size = 12;
  const callEnds = new Map<Call, number>();
  const labels = new Map<LabelSymbol, number>();
  walkStatement(fn.body, {
    statement: (statement) => {
      if (statement.kind === 'label') labels.set(statement.label, size);
      size += 3;
    },
    expression: (expression) => {
      size += 3;
      if (expression.kind === 'call') {
        size += 5;
        callEnds.set(expression, size);
      }
    },
  });
  return { size: size + 2, callEnds, labels };
}
