/**
 * The call that allocated a block, found in the typed tree by its line.
 */
import { walkStatement } from '../core/image/tree-walk.ts';
import type { ObjectSymbol, TypedExpression, TypedFunction } from '../core/sema/typed-tree.ts';
import { LineIndex } from '../core/source/text-span.ts';
import type { Span } from '../core/source/text-span.ts';
import type { UnitAnalysis } from './analysis.ts';

export type CallNode = TypedExpression & { readonly kind: 'call' };

/** A call that allocates, and where its block goes. */
export interface Allocation {
  readonly fn: TypedFunction;
  readonly call: CallNode;
  readonly name: string;
  /** The variable that the result is assigned to, by its declaration or an assignment that is a statement. */
  readonly object: ObjectSymbol | undefined;
}

const allocators: ReadonlySet<string> = new Set(['malloc', 'calloc', 'strdup', 'strndup']);

/** The one allocation that is written in a line; undefined where there are several, or where it comes out of a macro. */
export function allocationIn(unit: UnitAnalysis, line: number): Allocation | undefined {
  const lines = new LineIndex(unit.places.text);
  const found: Allocation[] = [];
  const spans: Span[] = [];
  for (const fn of unit.unit.functions) {
    const targets = new Map<TypedExpression, ObjectSymbol>();
    walkStatement(fn.body, {
      statement: (statement) => {
        if (statement.kind === 'declare' && statement.initializer?.isAggregate === false) {
          const value = statement.initializer.entries[0]?.value;
          if (value !== undefined) targets.set(withoutConversions(value), statement.object);
        }
        if (statement.kind !== 'expression') return;
        const assign = withoutConversions(statement.expression);
        if (assign.kind === 'assign' && assign.target.kind === 'object')
          targets.set(withoutConversions(assign.value), assign.target.object);
      },
      expression: (node) => {
        const name = libraryCallee(node);
        if (node.kind !== 'call' || name === undefined || !allocators.has(name)) return;
        const span = node.span.expandedAt ?? node.span;
        if (span.file !== 0 || lines.lineColumn(unit.places.toDocument(span.start)).line !== line) return;
        spans.push(node.span);
        found.push({ fn, call: node, name, object: targets.get(node) });
      },
    });
  }
  return found.length === 1 && spans.every(isOfText) ? found[0] : undefined;
}

/** Name of a function of the library that is called directly. */
export function libraryCallee(node: TypedExpression): string | undefined {
  if (node.kind !== 'call' || node.callee.kind !== 'function') return undefined;
  const { function: callee } = node.callee;
  return callee.isDefined || callee.isImplicit === true ? undefined : callee.name;
}

/** What a conversion, written or not, is made of. */
export function withoutConversions(node: TypedExpression): TypedExpression {
  return node.kind === 'convert' ? withoutConversions(node.operand) : node;
}

/** Whether something is written in the file itself, not in a header and not by a macro. */
export const isOfText = (span: Span): boolean => span.file === 0 && span.expandedAt === undefined;
