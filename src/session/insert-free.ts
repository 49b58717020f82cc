/**
 * Puts the missing `free` at the end of a function whose variable alone knows a block.
 *
 * That is sure where the variable gets the block once, in the outermost block of the function, where nothing but the
 * function's own code ever sees a pointer into the block, and where the function ends in one place.
 */
import { operandsOf, walkStatement } from '../core/image/tree-walk.ts';
import { asPointer, resolve } from '../core/sema/type-relations.ts';
import type {
  ObjectSymbol,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from '../core/sema/typed-tree.ts';
import type { UnitAnalysis } from './analysis.ts';
import { isOfText, libraryCallee, withoutConversions } from './allocation-site.ts';
import type { Allocation } from './allocation-site.ts';

/** Functions that look at what they are given, or write to it, and keep no pointer to it. */
const borrowers: ReadonlySet<string> = new Set(
  (
    'printf fprintf sprintf snprintf dprintf puts fputs scanf fscanf sscanf fgets fread fwrite read write perror atoi ' +
    'atol atoll atof strlen strcmp strncmp strcoll memcmp strcpy strncpy strcat strncat memcpy memmove memset'
  ).split(' '),
);

/** Functions that leave others in the middle, or come back a second time. */
const jumpers: ReadonlySet<string> = new Set(['setjmp', '_setjmp', '__sigsetjmp', 'sigsetjmp', 'vfork']);

/** Where the `free` goes that an allocation lacks; undefined where it is not sure that it is right. */
export function insertFree(
  unit: UnitAnalysis,
  { fn, call, object }: Allocation,
): { readonly offset: number; readonly text: string } | undefined {
  if (object === undefined || !isOwnVariable(object, fn) || !declaresFree(unit, fn)) return undefined;
  const last = fn.body.statements.at(-1);
  const isAtTop = fn.body.statements.some((statement) => assigns(statement, object, call));
  if (!isAtTop || last === undefined || !isOfText(last.span) || !isOfText(fn.body.closeSpan))
    return undefined;
  if (!endsOnce(fn, last) || !keepsToItself(fn, object, call)) return undefined;
  if (last.kind === 'return' && last.value !== undefined && mentions(last.value, object)) return undefined;
  return insertion(unit, fn, last, `free(${object.name});`);
}

function isOwnVariable(object: ObjectSymbol, fn: TypedFunction): boolean {
  return (
    object.storage === 'automatic' &&
    !object.isParameter &&
    !object.isAddressTaken &&
    object.owner === fn.symbol &&
    object.blockDepth === 0 &&
    object.attributes.cleanup === undefined
  );
}

/** Whether `free` means the library's function at the end of a function. */
function declaresFree({ unit }: UnitAnalysis, fn: TypedFunction): boolean {
  const isHidden = [...fn.parameters, ...fn.locals, ...fn.staticLocals].some(({ name }) => name === 'free');
  const free = unit.functionSymbols.find(({ name }) => name === 'free');
  return !isHidden && free !== undefined && !free.isDefined && free.isImplicit !== true;
}

/** Whether a statement is the one in which a variable gets what a call gives. */
function assigns(statement: TypedStatement, object: ObjectSymbol, call: TypedExpression): boolean {
  if (statement.kind === 'declare') {
    const value = statement.initializer?.entries[0]?.value;
    return statement.object === object && value !== undefined && withoutConversions(value) === call;
  }
  if (statement.kind !== 'expression') return false;
  const node = withoutConversions(statement.expression);
  return node.kind === 'assign' && withoutConversions(node.value) === call;
}

/** Whether control leaves a function by its last statement, or behind it, and nowhere else. */
function endsOnce(fn: TypedFunction, last: TypedStatement): boolean {
  if (fn.labels.length > 0 || fn.nesting !== undefined) return false;
  const found = { isSure: true };
  walkStatement(fn.body, {
    statement: (statement) => {
      const { kind } = statement;
      if (kind === 'return' ? statement !== last : /goto$|^unsupported$/.test(kind)) found.isSure = false;
    },
    expression: (node) => {
      if (node.kind === 'unsupported' || node.kind === 'error') found.isSure = false;
      if (jumpers.has(libraryCallee(node) ?? '')) found.isSure = false;
    },
  });
  return found.isSure;
}

/** Whether a variable gets its block once, and no pointer into the block goes anywhere else. */
function keepsToItself(fn: TypedFunction, object: ObjectSymbol, call: TypedExpression): boolean {
  let stores = 0;
  const found = { isSure: true };
  const isPointer = (node: TypedExpression): boolean => pointsInto(node, object);
  walkStatement(fn.body, {
    statement: (statement) => {
      if (statement.kind === 'declare') {
        const values = statement.initializer?.entries.map(({ value }) => value) ?? [];
        if (statement.object === object) stores += values.length;
        else if (values.some(isPointer)) found.isSure = false;
      }
      if (statement.kind === 'return' && statement.value !== undefined && isPointer(statement.value))
        found.isSure = false;
    },
    expression: (node) => {
      if (isStoreTo(node, object)) stores += 1;
      for (const operand of operandsOf(node)) {
        if (operand !== call && isPointer(operand) && !isHarmless(node, operand)) found.isSure = false;
      }
    },
  });
  return found.isSure && stores === 1;
}

function isStoreTo(node: TypedExpression, object: ObjectSymbol): boolean {
  if (node.kind !== 'assign' && node.kind !== 'compound-assign' && node.kind !== 'increment') return false;
  return node.target.kind === 'object' && node.target.object === object;
}

/** Whether the value of an expression may be a pointer into the variable's block. */
function pointsInto(node: TypedExpression, object: ObjectSymbol): boolean {
  switch (node.kind) {
    case 'convert':
      if (node.conversion === 'load') return node.operand.kind === 'object' && node.operand.object === object;
      return node.conversion === 'decay'
        ? liesIn(node.operand, object)
        : node.conversion !== 'to-void' && pointsInto(node.operand, object);
    case 'address-of':
      return liesIn(node.operand, object);
    case 'pointer-add':
      return pointsInto(node.pointer, object);
    case 'conditional':
    case 'comma':
      return operandsOf(node).some((operand) => pointsInto(operand, object));
    case 'call':
      // strcpy and its like give back what they were given.
      return (
        asPointer(resolve(node.type.type)) !== undefined && node.args.some((arg) => pointsInto(arg, object))
      );
    default:
      return false;
  }
}

/** Whether an lvalue is a part of the block. */
function liesIn(node: TypedExpression, object: ObjectSymbol): boolean {
  if (node.kind === 'deref') return pointsInto(node.operand, object);
  return node.kind === 'member' && liesIn(node.base, object);
}

/** Whether an expression uses a pointer into the block without handing it on to anything but its own value. */
function isHarmless(node: TypedExpression, operand: TypedExpression): boolean {
  switch (node.kind) {
    case 'deref':
    case 'compare':
    case 'not':
    case 'logical':
    case 'conditional':
    case 'comma':
    case 'pointer-difference':
      return true;
    case 'pointer-add':
      return node.pointer === operand;
    case 'convert':
      // A number that was a pointer could become one again.
      return node.conversion === 'to-void' || asPointer(resolve(node.type.type)) !== undefined;
    case 'call':
      return borrowers.has(libraryCallee(node) ?? '');
    default:
      return false;
  }
}

/** Where a statement goes that is the last one to be done, or the last one before `return`. */
function insertion(
  { places }: UnitAnalysis,
  fn: TypedFunction,
  last: TypedStatement,
  statement: string,
): { readonly offset: number; readonly text: string } {
  const { text } = places;
  const indentAt = (offset: number): string | undefined =>
    /^[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0];
  const start = places.toDocument(last.span.start);
  const indent = indentAt(start);
  if (last.kind === 'return')
    return { offset: start, text: indent === undefined ? `${statement} ` : `${statement}\n${indent}` };
  const close = places.toDocument(fn.body.closeSpan.start);
  const closeIndent = indentAt(close);
  if (closeIndent === undefined || indent === undefined) return { offset: close, text: `${statement} ` };
  return { offset: close - closeIndent.length, text: `${indent}${statement}\n` };
}

/** Whether an expression names an object. */
function mentions(node: TypedExpression, object: ObjectSymbol): boolean {
  return (
    (node.kind === 'object' && node.object === object) ||
    operandsOf(node).some((one) => mentions(one, object))
  );
}
