/**
 * One expression, typed as if it stood at a place of a unit that was analysed before: for debuggers.
 *
 * Nothing of the unit changes: what an analysis notes about the symbols that it meets is taken back.
 */
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Span } from '../source/text-span.ts';
import type { Expression } from '../syntax/ast.ts';
import type { DataModel } from '../target/data-model.ts';
import { defaultDialect } from '../target/dialect.ts';
import { newContext } from './analyzer.ts';
import { expression } from './expressions.ts';
import type { EnumType, RecordType } from './type.ts';
import type { FunctionSymbol, ObjectSymbol, TypedExpression, TypedUnit } from './typed-tree.ts';

/** What is visible where an expression stands. */
export interface ExpressionScope {
  readonly unit: TypedUnit;
  readonly model: DataModel;
  /** The function around it; undefined at file scope. */
  readonly owner: FunctionSymbol | undefined;
  /** Its objects that are in scope, outermost first. */
  readonly objects: readonly ObjectSymbol[];
}

export interface ScopedExpression {
  readonly expression: TypedExpression;
  readonly diagnostics: readonly Diagnostic[];
}

/** Types an expression; with errors among the diagnostics its tree has error nodes. */
export function analyzeInScope(scope: ExpressionScope, node: Expression): ScopedExpression {
  const { unit, owner } = scope;
  const ctx = newContext(scope.model, defaultDialect);
  const isHere = (symbol: FunctionSymbol | undefined): boolean => symbol === undefined || symbol === owner;
  const isVisible = ({ span }: RecordType | EnumType): boolean => isHere(functionAround(unit, span));
  for (const type of [...unit.records, ...unit.enums].filter(isVisible)) {
    if (type.tag !== undefined) ctx.tags.declare(type.tag, type);
  }
  for (const type of unit.enums.filter(isVisible)) {
    for (const { name, value, span } of type.enumerators) {
      ctx.names.declare(name, { kind: 'enumerator', name, value, span, type: ctx.types.int });
    }
  }
  for (const symbol of unit.typedefs) if (isHere(symbol.owner)) ctx.names.declare(symbol.name, symbol);
  const shared = [...unit.functionSymbols, ...unit.objects.filter((object) => object.owner === undefined)];
  for (const symbol of shared) {
    ctx.names.declare(symbol.name, symbol);
    ctx.linked.set(symbol.name, symbol);
  }
  const symbols = [...shared, ...scope.objects];
  const marks = symbols.map((symbol) => ({
    isReferenced: symbol.isReferenced,
    isAddressTaken: symbol.kind === 'object' && symbol.isAddressTaken,
  }));
  ctx.enterScope();
  for (const object of scope.objects) ctx.names.declare(object.name, object);
  const typed = expression(ctx, node);
  symbols.forEach((symbol, index) => {
    symbol.isReferenced = marks[index]?.isReferenced ?? false;
    if (symbol.kind === 'object') symbol.isAddressTaken = marks[index]?.isAddressTaken ?? false;
  });
  return { expression: typed, diagnostics: ctx.sink.list };
}

/** The function in whose definition a place is. */
function functionAround(unit: TypedUnit, place: Span): FunctionSymbol | undefined {
  return unit.functions.find(
    ({ span }) => span.file === place.file && place.start >= span.start && place.start < span.end,
  )?.symbol;
}
