/**
 * Blocks as debuggers see them: which of a function's blocks have names of their own, and in which one something is declared.
 *
 * Source: DWARF 5, 3.5 (lexical blocks); gcc writes none for a block that declares nothing.
 */
import { operandsOf } from '../core/image/tree-walk.ts';
import type { Span } from '../core/source/text-span.ts';
import type {
  FunctionSymbol,
  ObjectSymbol,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
  TypedUnit,
} from '../core/sema/typed-tree.ts';

/** Where names of a unit are declared: `file`, `f`, `f/{}`, `f/{}/{}`. */
export interface BlockScopes {
  ofObject(object: ObjectSymbol): string;
  /** By place: for typedef names, tags and block-scope `extern`. */
  ofPlace(span: Span): string;
}

/** A block with what it declares. */
interface Scope {
  readonly span: Span;
  readonly parent: Scope | undefined;
  readonly fn: TypedFunction;
  hasNames: boolean;
}

/** Finds the blocks of a unit. */
export function blockScopes(unit: TypedUnit): BlockScopes {
  const finder = new ScopeFinder();
  // A nested function follows the one around it here, whose blocks hold it.
  for (const fn of [...unit.functions].sort((a, b) => depthOf(a.symbol) - depthOf(b.symbol)))
    finder.function(fn);
  // Names without an object make a block of their own as well.
  for (const { span, owner } of [...unit.blockExterns, ...unit.typedefs]) {
    if (owner === undefined) continue;
    const scope = finder.innermost(span);
    if (scope !== undefined) scope.hasNames = true;
  }
  return {
    ofObject: (object) => {
      const scope = finder.ofObject.get(object);
      return scope === undefined ? (object.owner?.name ?? 'file') : pathOf(scope);
    },
    ofPlace: (span) => {
      const scope = finder.innermost(span);
      return scope === undefined ? 'file' : pathOf(scope);
    },
  };
}

function pathOf(scope: Scope): string {
  if (scope.parent === undefined) return scope.fn.symbol.name;
  if (scope.parent.fn !== scope.fn) return `${pathOf(scope.parent)}/${scope.fn.symbol.name}`;
  return `${pathOf(scope.parent)}${scope.hasNames ? '/{}' : ''}`;
}

/** Number of functions around. */
function depthOf(symbol: FunctionSymbol): number {
  return symbol.enclosing === undefined ? 0 : 1 + depthOf(symbol.enclosing);
}

const placeOf = (span: Span): Span => span.expandedAt ?? span;

const holds = (outer: Span, inner: Span): boolean =>
  outer.file === inner.file && outer.start <= inner.start && inner.start < outer.end;

class ScopeFinder {
  readonly ofObject = new Map<ObjectSymbol, Scope>();
  readonly #scopes: Scope[] = [];

  function(fn: TypedFunction): void {
    const { enclosing } = fn.symbol;
    // After an edit the places of one function mean nothing in another.
    const around = this.#scopes.filter((one) => one.fn.symbol === enclosing);
    const parent = around.filter(({ span }) => holds(span, placeOf(fn.span))).at(-1) ?? around[0];
    if (parent !== undefined) parent.hasNames = true;
    const scope: Scope = { span: placeOf(fn.span), parent, fn, hasNames: true };
    this.#scopes.push(scope);
    for (const parameter of fn.parameters) this.ofObject.set(parameter, scope);
    this.#enter(scope, fn.body.objects);
    for (const inner of fn.body.statements) this.#statement(inner, scope);
  }

  /** The innermost block around a place; the last one that begins there and holds it. */
  innermost(span: Span): Scope | undefined {
    const place = placeOf(span);
    let found: Scope | undefined;
    for (const scope of this.#scopes) {
      if (holds(scope.span, place)) found = scope;
    }
    return found;
  }

  #enter(scope: Scope, objects: readonly ObjectSymbol[]): void {
    for (const object of objects) {
      this.ofObject.set(object, scope);
      scope.hasNames = true;
    }
  }

  #block(span: Span, objects: readonly ObjectSymbol[], parent: Scope): Scope {
    const scope: Scope = { span: placeOf(span), parent, fn: parent.fn, hasNames: false };
    this.#scopes.push(scope);
    this.#enter(scope, objects);
    return scope;
  }

  #inner(block: TypedBlock, parent: Scope): void {
    const scope = this.#block(joined(block), block.objects, parent);
    for (const statement of block.statements) this.#statement(statement, scope);
  }

  #expression(node: TypedExpression | undefined, scope: Scope): void {
    if (node === undefined) return;
    if (node.kind === 'statement-expression') {
      const inside = this.#block(joined(node.body), node.body.objects, scope);
      for (const statement of node.body.statements) this.#statement(statement, inside);
      this.#expression(node.value, inside);
      return;
    }
    for (const operand of operandsOf(node)) this.#expression(operand, scope);
  }

  #statement(node: TypedStatement, scope: Scope): void {
    switch (node.kind) {
      case 'block':
        this.#inner(node, scope);
        return;
      case 'declare':
        for (const entry of node.initializer?.entries ?? []) this.#expression(entry.value, scope);
        return;
      case 'expression':
        this.#expression(node.expression, scope);
        return;
      case 'if':
        this.#expression(node.condition, scope);
        this.#statement(node.then, scope);
        if (node.otherwise !== undefined) this.#statement(node.otherwise, scope);
        return;
      case 'while':
      case 'do':
        this.#expression(node.condition, scope);
        this.#statement(node.body, scope);
        return;
      case 'for': {
        const inside = this.#block(node.span, node.objects, scope);
        for (const init of node.init) this.#statement(init, inside);
        this.#expression(node.condition, inside);
        this.#expression(node.step, inside);
        this.#statement(node.body, inside);
        return;
      }
      case 'switch':
        this.#expression(node.value, scope);
        this.#statement(node.body, scope);
        return;
      case 'case':
      case 'default':
      case 'label':
        this.#statement(node.body, scope);
        return;
      case 'computed-goto':
        this.#expression(node.target, scope);
        return;
      case 'nonlocal-goto':
        this.#expression(node.buffer, scope);
        return;
      case 'return':
        this.#expression(node.value, scope);
        return;
      case 'null':
      case 'goto':
      case 'break':
      case 'continue':
      case 'unsupported':
        return;
    }
  }
}

/** From the opening brace to the closing one. */
function joined(block: TypedBlock): Span {
  const start = placeOf(block.span);
  const end = placeOf(block.closeSpan);
  return { file: start.file, start: start.start, end: Math.max(start.end, end.end) };
}
