/** Functions that are entered once in a run: main, and what is called from one place outside of loops in such a function. */
import { operandsOf, walkStatement } from '../image/tree-walk.ts';
import type { FunctionSymbol, TypedFunction, TypedStatement } from '../sema/typed-tree.ts';
import { calledFunction } from './call.ts';

interface Uses {
  /** Calls outside of loops, and everything else that names a function. */
  readonly calls: FunctionSymbol[];
  readonly others: FunctionSymbol[];
}

/**
 * Finds the functions that are entered once. Those whose address stands in initial values of static objects count as
 * well: should they be called again, only the advantage is lost.
 *
 * @param definitionOf - the function that a name in a unit stands for, when the program defines it
 */
export function functionsEnteredOnce(
  units: readonly (readonly TypedFunction[])[],
  definitionOf: (symbol: FunctionSymbol, unit: number) => TypedFunction | undefined,
): ReadonlySet<TypedFunction> {
  const callers = new Map<TypedFunction, TypedFunction[]>();
  const excluded = new Set<TypedFunction>();
  units.forEach((functions, unit) => {
    for (const fn of functions) {
      const uses = usesOf(fn);
      for (const symbol of uses.calls) {
        const callee = definitionOf(symbol, unit);
        if (callee !== undefined) callers.set(callee, [...(callers.get(callee) ?? []), fn]);
      }
      for (const symbol of uses.others) {
        const named = definitionOf(symbol, unit);
        if (named !== undefined) excluded.add(named);
      }
    }
  });
  const once = new Set(
    units.flat().filter((fn) => fn.symbol.name === 'main' && !callers.has(fn) && !excluded.has(fn)),
  );
  for (let size = -1; size !== once.size;) {
    size = once.size;
    for (const [callee, from] of callers) {
      const [caller] = from;
      const isOnce = from.length === 1 && caller !== undefined && once.has(caller);
      if (isOnce && !excluded.has(callee)) once.add(callee);
    }
  }
  return once;
}

function usesOf(fn: TypedFunction): Uses {
  const uses: Uses = { calls: [], others: [] };
  const looped = new Set<FunctionSymbol>();
  const visitLoop = (statement: TypedStatement): void => {
    walkStatement(statement, {
      expression: (expression) => {
        if (expression.kind === 'function') looped.add(expression.function);
      },
    });
  };
  const callees = new Set<unknown>();
  walkStatement(fn.body, {
    statement: (statement) => {
      if (statement.kind === 'while' || statement.kind === 'do' || statement.kind === 'for')
        visitLoop(statement);
      // Backwards jumps make loops as well.
      if (statement.kind === 'goto' || statement.kind === 'computed-goto') visitLoop(fn.body);
    },
    expression: (expression) => {
      if (expression.kind === 'call') {
        const symbol = calledFunction(expression);
        const [callee] = operandsOf(expression);
        if (symbol !== undefined) {
          uses.calls.push(symbol);
          let inner = callee;
          while (inner?.kind === 'convert') inner = inner.operand;
          callees.add(inner);
        }
      }
      if (expression.kind === 'function' && !callees.has(expression)) uses.others.push(expression.function);
    },
  });
  uses.others.push(...looped);
  return uses;
}
