/** Finds the calls of a function with the knowledge whether anybody uses their results. */
import { rewriteLibraryCall } from '../sema/library-call-rewrite.ts';
import type { TypedExpression, TypedFunction, TypedStatement } from '../sema/typed-tree.ts';
import { isInlinedCall, nameOfCallee } from '../sema/inlined-calls.ts';
import { operandsOf, walkStatement } from './tree-walk.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** Visits every call of a function; `isUsed` says whether its value goes anywhere. */
export function visitCalls(fn: TypedFunction, visit: (call: Call, isUsed: boolean) => void): void {
  const expression = (node: TypedExpression, isUsed: boolean): void => {
    switch (node.kind) {
      case 'call':
        visit(node, isUsed);
        break;
      case 'comma':
        expression(node.left, false);
        expression(node.right, isUsed);
        return;
      case 'convert':
        expression(node.operand, node.conversion === 'to-void' ? false : isUsed);
        return;
      case 'conditional':
        expression(node.condition, true);
        if (node.then !== undefined) expression(node.then, isUsed);
        expression(node.otherwise, isUsed);
        return;
      case 'logical':
        expression(node.left, true);
        expression(node.right, true);
        return;
      case 'statement-expression':
        if (node.value !== undefined) expression(node.value, isUsed);
        walkStatement(node.body, { statement: parts });
        return;
      default:
        break;
    }
    for (const operand of operandsOf(node)) expression(operand, true);
  };
  const parts = (statement: TypedStatement): void => {
    switch (statement.kind) {
      case 'expression':
        expression(statement.expression, false);
        return;
      case 'declare':
        for (const entry of statement.initializer?.entries ?? []) expression(entry.value, true);
        return;
      case 'if':
      case 'while':
      case 'do':
        expression(statement.condition, true);
        return;
      case 'for':
        if (statement.condition !== undefined) expression(statement.condition, true);
        if (statement.step !== undefined) expression(statement.step, false);
        return;
      case 'switch':
        expression(statement.value, true);
        return;
      case 'computed-goto':
        expression(statement.target, true);
        return;
      case 'return':
        if (statement.value !== undefined) expression(statement.value, true);
        return;
      default:
        return;
    }
  };
  walkFlat(fn.body, parts);
}

/** Visits statements, but not those inside statement expressions, which {@link visitCalls} enters itself. */
function walkFlat(statement: TypedStatement, visit: (statement: TypedStatement) => void): void {
  visit(statement);
  switch (statement.kind) {
    case 'block':
      for (const inner of statement.statements) walkFlat(inner, visit);
      return;
    case 'if':
      walkFlat(statement.then, visit);
      if (statement.otherwise !== undefined) walkFlat(statement.otherwise, visit);
      return;
    case 'for':
      for (const init of statement.init) walkFlat(init, visit);
      walkFlat(statement.body, visit);
      return;
    case 'while':
    case 'do':
    case 'switch':
    case 'case':
    case 'default':
    case 'label':
      walkFlat(statement.body, visit);
      return;
    default:
      return;
  }
}

function isNull(argument: TypedExpression | undefined): boolean {
  let inner = argument;
  while (inner?.kind === 'convert') inner = inner.operand;
  return inner?.kind === 'integer' && inner.value === 0n;
}

/** Whether anything is called after gcc's rewriting. */
export function hasCallInstruction(call: Call, isUsed: boolean): boolean {
  return nameOfCallee(call) === undefined || importOfCall(call, isUsed) !== undefined;
}

/** The function of libc that a call really calls after gcc's rewriting; undefined when no call is left. */
export function importOfCall(call: Call, isUsed: boolean): string | undefined {
  const name = nameOfCallee(call);
  if (name === undefined || isInlinedCall(call)) return undefined;
  const rewritten = rewriteLibraryCall(call, isUsed);
  if (rewritten === undefined) return name === 'realloc' && isNull(call.args[0]) ? 'malloc' : name;
  // The text is copied to where strlen says that the other one ends.
  return rewritten.callee ?? (name === 'strcat' || name === 'strncat' ? 'strlen' : undefined);
}
