/**
 * Automatic objects that gcc makes static: a `const` array or record whose first value is known and whose address nobody
 * takes may as well be one constant of the program. gcc does this at every level of optimisation.
 *
 * The object must not be `register`, its value must be a braced list (a text that fills an array is stored) with more than
 * one element that is not zero, and an element may be named by a constant index only: any other index takes the array's
 * address. `volatile` does not matter. A compound literal of a `const` type is such an object, unless its list directly
 * becomes the value of another one.
 *
 * Source: gcc/gimplify.cc: gimplify_init_constructor, categorize_ctor_elements, gimplify_modify_expr_rhs;
 * gcc/c/c-typeck.cc: build_array_ref; gcc/c-family/c-common.cc: braced_lists_to_strings.
 */
import type { FunctionState, Mutable, SemaContext } from './context.ts';
import { evaluate } from './constant.ts';
import { visitExpressions } from './expression-parts.ts';
import { countElements } from './initializer-image.ts';
import { isConstant } from './section-choice.ts';
import { isCharacter, resolve } from './type-relations.ts';
import type {
  InitializerEntry,
  ObjectInitializer,
  ObjectSymbol,
  TypedBlock,
  TypedExpression,
  TypedStatement,
} from './typed-tree.ts';

/** An automatic object with an initialiser that may become static when its function is known. */
export interface ConstantCandidate {
  readonly object: Mutable<ObjectSymbol>;
  readonly initializer: ObjectInitializer;
  /** Where its declaration stands; undefined for a compound literal. */
  readonly declaration: { readonly statements: TypedStatement[]; readonly index: number } | undefined;
}

/** Notes an automatic object that may become static. */
export function noteConstantCandidate(fn: FunctionState, candidate: ConstantCandidate): void {
  const { object, initializer } = candidate;
  if (!isConstant(object.type) || object.isRegister || object.attributes.cleanup !== undefined) return;
  const { kind } = resolve(object.type.type);
  if ((kind === 'array' || kind === 'record') && initializer.entries.length > 0)
    fn.constantCandidates.push(candidate);
}

/** Makes static what gcc makes static, when all of a function's body is known. */
export function promoteConstantLocals(ctx: SemaContext, fn: FunctionState, body: TypedBlock): void {
  if (fn.constantCandidates.length === 0) return;
  const values = fn.constantCandidates.some(({ declaration }) => declaration === undefined)
    ? literalsThatAreValues(body)
    : new Set<ObjectSymbol>();
  let hasChanged = false;
  for (const { object, initializer, declaration } of fn.constantCandidates) {
    if (object.isAddressTaken || values.has(object)) continue;
    const constant = constantInitializer(ctx, object, initializer);
    if (constant === undefined) continue;
    object.storage = 'static';
    object.isConstantLocal = true;
    object.initializer = constant;
    fn.locals.splice(fn.locals.indexOf(object), 1);
    fn.staticLocals.push(object);
    if (declaration !== undefined)
      declaration.statements[declaration.index] = { kind: 'null', span: initializer.span };
    hasChanged = true;
  }
  // In order of declaration.
  if (hasChanged) fn.staticLocals.sort((a, b) => a.id - b.id);
}

/** The initialiser with the values of its entries; undefined when gcc leaves the object on the stack. */
function constantInitializer(
  ctx: SemaContext,
  object: ObjectSymbol,
  initializer: ObjectInitializer,
): ObjectInitializer | undefined {
  const { wordBytes } = ctx.model;
  const list = listOf(initializer);
  if (list === undefined || isText(object, list)) return undefined;
  const entries: InitializerEntry[] = [];
  for (const entry of list.entries) {
    const constant = entry.constant ?? evaluate(entry.value, { foldObjects: false, wordBytes });
    if (constant === undefined) return undefined;
    entries.push({ ...entry, constant });
  }
  const constant = { ...list, entries };
  const counts = countElements(object.type.type, constant, wordBytes);
  return counts !== undefined && counts.nonZero > 1 ? constant : undefined;
}

/** The braced list of an initialiser: its own, or that of the compound literal whose value is taken. */
function listOf(initializer: ObjectInitializer): ObjectInitializer | undefined {
  if (initializer.isAggregate) return initializer;
  const [entry] = initializer.entries;
  const literal = entry === undefined ? undefined : literalValue(entry.value);
  return literal === undefined || literal.object.isAddressTaken ? undefined : literal.initializer;
}

/** Whether a text fills an array of characters; the front end makes one of a list of constants, too. */
function isText({ type }: ObjectSymbol, { entries }: ObjectInitializer): boolean {
  const resolved = resolve(type.type);
  if (resolved.kind !== 'array') return false;
  const element = resolve(resolved.element.type);
  if (element.kind !== 'integer') return false;
  return entries[0]?.value.kind === 'string' || isCharacter(element);
}

/** The compound literal whose value an expression is as a whole. */
function literalValue(
  value: TypedExpression,
): (TypedExpression & { readonly kind: 'compound-literal' }) | undefined {
  const inner = value.kind === 'convert' && value.conversion === 'load' ? value.operand : value;
  return inner.kind === 'compound-literal' && resolve(inner.type.type).kind === 'record' ? inner : undefined;
}

/** Compound literals whose lists are the values of assignments, initialisers and `return`. */
function literalsThatAreValues(body: TypedBlock): ReadonlySet<ObjectSymbol> {
  const found = new Set<ObjectSymbol>();
  const note = (value: TypedExpression): void => {
    const literal = literalValue(value);
    if (literal !== undefined) found.add(literal.object);
  };
  visitExpressions(body, {
    expression: (node) => {
      if (node.kind === 'assign') note(node.value);
      if (node.kind === 'compound-literal') for (const entry of node.initializer.entries) note(entry.value);
    },
    returned: note,
    declare: ({ initializer }) => {
      for (const entry of initializer?.entries ?? []) note(entry.value);
    },
  });
  return found;
}
