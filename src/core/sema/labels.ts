/**
 * Labels: one name space a function (C17 6.2.1p3, 6.8.1), nested by `__label__` in GNU C.
 */
import type { Identifier } from '../syntax/ast.ts';
import type { LabelState, SemaContext } from './context.ts';

/** The label of a name in the function being analysed, made when it is first seen. */
export function labelNamed(ctx: SemaContext, name: Identifier, isDeclared = false): LabelState | undefined {
  const { fn } = ctx;
  if (fn === undefined) return undefined;
  let label = fn.labels.get(name.name);
  if (label === undefined) {
    label = {
      symbol: { kind: 'label', name: name.name, span: undefined, isAddressTaken: false },
      isDeclared,
      isDefined: false,
      firstUse: undefined,
      barrier: undefined,
      jumps: [],
    };
    fn.labels.set(name.name, label);
    fn.allLabels.push(label);
  }
  return label;
}

/** A use of a label in `goto` or `&&`. */
export function useLabel(ctx: SemaContext, name: Identifier): LabelState | undefined {
  const label = labelAround(ctx, name) ?? labelNamed(ctx, name);
  if (label === undefined) return undefined;
  label.firstUse ??= name.span;
  ctx.use(name.span, label.symbol);
  return label;
}

/** The label that a function around declares by `__label__`, where this one has none of the name. */
function labelAround({ fn }: SemaContext, { name }: Identifier): LabelState | undefined {
  if (fn?.labels.has(name) === true) return undefined;
  for (let outer = fn?.outer; outer !== undefined; outer = outer.outer) {
    const label = outer.labels.get(name);
    if (label?.isDeclared === true) return label;
  }
  return undefined;
}
