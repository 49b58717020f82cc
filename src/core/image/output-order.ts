/**
 * The order in which gcc -O0 writes the objects and literals of a file into their sections.
 *
 * Definitions come in source order, each preceded by the literals that it uses. Static objects of .bss go through
 * `.local` and `.comm`, which the assembler places behind all others. Static objects of functions come last, function
 * by function, in the order in which the code refers to them first; those that it does not refer to close the row.
 *
 * Source: measured with gcc 12.2; gcc/cgraphunit.cc: output_in_order.
 */
import type { Placement } from '../sema/placement.ts';
import type {
  FunctionSymbol,
  ObjectSymbol,
  StringLiteral,
  TypedExpression,
  TypedFunction,
  TypedStatement,
  TypedUnit,
} from '../sema/typed-tree.ts';
import type { Span } from '../source/text-span.ts';
import { operandsOf } from './tree-walk.ts';

type Output = ObjectSymbol | StringLiteral;

/** Objects and literals of a file in the order of their sections; filter by section to get that of one. */
export function outputOrder(
  unit: TypedUnit,
  placements: ReadonlyMap<ObjectSymbol | FunctionSymbol | StringLiteral, Placement>,
): readonly Output[] {
  const isStatic = (object: ObjectSymbol): boolean => {
    const storage = placements.get(object)?.storage;
    return storage === 'static' || storage === 'thread';
  };
  const objects = [...unit.objects, ...unit.literalObjects].filter(isStatic);
  const references = new Map(unit.functions.map((fn) => [fn.symbol, referencesInOrder(fn)]));
  const locals = unit.functions.flatMap((fn) => references.get(fn.symbol)?.statics ?? []).filter(isStatic);
  const ofInitializers = new Set([...objects, ...locals].flatMap(literalsOf));
  const ofCode = new Map<FunctionSymbol, StringLiteral[]>();
  for (const literal of unit.strings) {
    if (literal.owner === undefined || ofInitializers.has(literal)) continue;
    const list = ofCode.get(literal.owner) ?? [];
    list.push(literal);
    ofCode.set(literal.owner, list);
  }
  const definitions: {
    readonly at: number;
    readonly object?: ObjectSymbol;
    readonly symbol?: FunctionSymbol;
  }[] = [
    ...objects.map((object) => ({ at: startOf(object.span), object })),
    ...unit.functions.map((fn) => ({ at: startOf(fn.span), symbol: fn.symbol })),
  ];
  definitions.sort((a, b) => a.at - b.at);
  const isDeferred = (one: ObjectSymbol): boolean =>
    one.linkage !== 'external' && placements.get(one)?.objectSection === '.bss';
  const output = new Set<Output>();
  const write = (object: ObjectSymbol): void => {
    for (const literal of literalsOf(object)) output.add(literal);
    output.add(object);
  };
  for (const { object, symbol } of definitions) {
    if (object !== undefined && !isDeferred(object)) write(object);
    if (symbol === undefined) continue;
    const own = new Set(ofCode.get(symbol) ?? []);
    // gcc writes a literal when it expands the expression with it: arguments from the last to the first.
    for (const literal of references.get(symbol)?.literals ?? [])
      if (own.delete(literal)) output.add(literal);
    for (const literal of own) output.add(literal);
  }
  for (const local of locals) if (!isDeferred(local)) write(local);
  for (const object of objects) if (isDeferred(object)) write(object);
  for (const local of locals) if (isDeferred(local)) write(local);
  return [...output];
}

/** Where something is written, the place of the macro for what comes out of one. */
function startOf(span: Span): number {
  return (span.expandedAt ?? span).start;
}

/** Literals whose addresses are in the initial value. */
function literalsOf(object: ObjectSymbol): readonly StringLiteral[] {
  const literals: StringLiteral[] = [];
  for (const { constant } of object.initializer?.entries ?? []) {
    if (constant?.kind === 'address' && 'bytes' in constant.base) literals.push(constant.base);
  }
  return literals;
}

/** What a function's code refers to, in order of the first reference: static objects of its own, and literals. */
function referencesInOrder(fn: TypedFunction): {
  readonly statics: readonly ObjectSymbol[];
  readonly literals: readonly StringLiteral[];
} {
  const order = new Set<ObjectSymbol>();
  const literals = new Set<StringLiteral>();
  const own = new Set(fn.staticLocals);
  const expression = (node: TypedExpression): void => {
    switch (node.kind) {
      case 'object':
        if (own.has(node.object)) order.add(node.object);
        return;
      case 'string':
        literals.add(node.literal);
        return;
      case 'compound-literal':
        if (own.has(node.object)) order.add(node.object);
        break;
      case 'assign':
      case 'compound-assign':
        // The value is computed before the object is written; what the address needs comes first of all.
        addressParts(node.target);
        expression(node.value);
        expression(node.target);
        return;
      case 'call':
        expression(node.callee);
        for (let index = node.args.length - 1; index >= 0; index -= 1) {
          const argument = node.args[index];
          if (argument !== undefined) expression(argument);
        }
        return;
      case 'statement-expression':
        statement(node.body);
        if (node.value !== undefined) expression(node.value);
        return;
      default:
        break;
    }
    for (const operand of operandsOf(node)) expression(operand);
  };
  const addressParts = (lvalue: TypedExpression): void => {
    if (lvalue.kind === 'member') addressParts(lvalue.base);
    else if (lvalue.kind !== 'object') for (const operand of operandsOf(lvalue)) expression(operand);
  };
  const statement = (node: TypedStatement): void => {
    switch (node.kind) {
      case 'block':
        for (const inner of node.statements) statement(inner);
        return;
      case 'declare':
        for (const entry of node.initializer?.entries ?? []) expression(entry.value);
        return;
      case 'expression':
        expression(node.expression);
        return;
      case 'if':
        expression(node.condition);
        statement(node.then);
        if (node.otherwise !== undefined) statement(node.otherwise);
        return;
      case 'while':
      case 'do':
        statement(node.body);
        expression(node.condition);
        return;
      case 'for':
        for (const init of node.init) statement(init);
        statement(node.body);
        if (node.step !== undefined) expression(node.step);
        if (node.condition !== undefined) expression(node.condition);
        return;
      case 'switch':
        expression(node.value);
        statement(node.body);
        return;
      case 'case':
      case 'default':
      case 'label':
        statement(node.body);
        return;
      case 'computed-goto':
        expression(node.target);
        return;
      case 'return':
        if (node.value !== undefined) expression(node.value);
        return;
      default:
        return;
    }
  };
  statement(fn.body);
  return {
    statics: [...order, ...fn.staticLocals.filter((object) => !order.has(object))],
    literals: [...literals],
  };
}
