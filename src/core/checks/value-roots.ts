/**
 * The expressions of a program by the position at which they are computed, and in them the places that are loaded and stored.
 */
import { operandsOf, walkStatement } from '../image/tree-walk.ts';
import type { Span } from '../source/text-span.ts';
import type {
  InitializerEntry,
  ObjectSymbol,
  SwitchCase,
  TypedExpression,
  TypedFunction,
} from '../sema/typed-tree.ts';
import { sizeOf } from '../sema/type-relations.ts';

/** What becomes of the value of a full expression. */
export type RootUse =
  /** A condition: compared with zero. */
  | { readonly kind: 'decision' }
  /** The value of a switch, a target of goto. */
  | { readonly kind: 'value'; readonly cases: readonly SwitchCase[] }
  | { readonly kind: 'return' }
  | { readonly kind: 'nothing' }
  /** An initial value: it is stored to an object. */
  | { readonly kind: 'initial'; readonly object: ObjectSymbol; readonly entry: InitializerEntry };

/** A full expression. */
interface Root {
  readonly expression: TypedExpression;
  readonly use: RootUse;
}

/** An expression in its full expression. */
export interface Site {
  readonly node: TypedExpression;
  /** The expressions around it, the innermost first. */
  readonly around: readonly TypedExpression[];
  readonly use: RootUse;
}

/** What is computed at a position. */
export interface PositionSites {
  /** Expressions whose value comes from a place: conversions `load`, compound assignments and increments. */
  readonly loads: readonly Site[];
  readonly calls: readonly Site[];
  /** Assignments of all sorts to places. */
  readonly stores: readonly Site[];
  readonly initials: readonly Extract<RootUse, { kind: 'initial' }>[];
}

/** The full expressions of functions. */
export class ValueRoots {
  readonly #roots = new Map<Span, Root[]>();
  readonly #sites = new Map<Span, PositionSites>();

  constructor(functions: readonly TypedFunction[]) {
    for (const fn of functions) this.#addFunction(fn);
  }

  #addFunction({ body }: TypedFunction): void {
    walkStatement(body, {
      statement: (statement) => {
        switch (statement.kind) {
          case 'declare':
            for (const entry of statement.initializer?.entries ?? [])
              this.#add(statement.span, entry.value, { kind: 'initial', object: statement.object, entry });
            return;
          case 'expression':
            this.#add(statement.span, statement.expression, { kind: 'nothing' });
            return;
          case 'if':
          case 'while':
          case 'do':
            this.#add(statement.condition.span, statement.condition, { kind: 'decision' });
            return;
          case 'for':
            if (statement.condition !== undefined)
              this.#add(statement.condition.span, statement.condition, { kind: 'decision' });
            if (statement.step !== undefined)
              this.#add(statement.step.span, statement.step, { kind: 'nothing' });
            return;
          case 'switch':
            this.#add(statement.value.span, statement.value, { kind: 'value', cases: statement.cases });
            if (statement.span !== statement.value.span)
              this.#add(statement.span, statement.value, { kind: 'value', cases: statement.cases });
            return;
          case 'computed-goto':
            this.#add(statement.span, statement.target, { kind: 'value', cases: [] });
            return;
          case 'return':
            if (statement.value !== undefined) this.#add(statement.span, statement.value, { kind: 'return' });
            return;
          default:
        }
      },
    });
  }

  #add(span: Span, expression: TypedExpression, use: RootUse): void {
    const known = this.#roots.get(span);
    if (known === undefined) this.#roots.set(span, [{ expression, use }]);
    else known.push({ expression, use });
  }

  /** What is computed at a position with this place in the text. */
  at(span: Span): PositionSites {
    let known = this.#sites.get(span);
    if (known === undefined) {
      known = sitesOf(this.#roots.get(span) ?? []);
      this.#sites.set(span, known);
    }
    return known;
  }
}

function sitesOf(roots: readonly Root[]): PositionSites {
  const loads: Site[] = [];
  const calls: Site[] = [];
  const stores: Site[] = [];
  const initials: Extract<RootUse, { kind: 'initial' }>[] = [];
  const visit = (node: TypedExpression, around: readonly TypedExpression[], use: RootUse): void => {
    const site = { node, around, use };
    if (node.kind === 'convert' && node.conversion === 'load') loads.push(site);
    if (node.kind === 'compound-assign' || node.kind === 'increment') loads.push(site);
    if (node.kind === 'call') calls.push(site);
    if (node.kind === 'assign' || node.kind === 'compound-assign' || node.kind === 'increment')
      stores.push(site);
    // The value of a statement expression belongs to the expression, its statements have positions of their own.
    const operands =
      node.kind === 'statement-expression'
        ? node.value === undefined
          ? []
          : [node.value]
        : operandsOf(node);
    for (const operand of operands) visit(operand, [node, ...around], use);
  };
  for (const { expression, use } of roots) {
    if (use.kind === 'initial') initials.push(use);
    visit(expression, [], use);
  }
  return { loads, calls, stores, initials };
}

/** The place that a site loads from or stores to. */
export function placeOf({ node }: Site): TypedExpression | undefined {
  switch (node.kind) {
    case 'convert':
      return node.operand;
    case 'assign':
    case 'compound-assign':
    case 'increment':
      return node.target;
    default:
      return undefined;
  }
}

/** Bits of the values of a type. */
export const bitsOf = (node: { readonly type: TypedExpression['type'] }): number =>
  8 * (sizeOf(node.type.type) ?? 0);
