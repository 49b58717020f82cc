/**
 * The parts of typed expressions and statements, for analyses that look at all of a function.
 */
import type { TypedExpression, TypedStatement } from './typed-tree.ts';

/** The operands of an expression, in order; blocks of statement expressions are left to {@link visitExpressions}. */
export function operandsOf(node: TypedExpression): readonly TypedExpression[] {
  switch (node.kind) {
    case 'convert':
    case 'deref':
    case 'address-of':
    case 'negate':
    case 'complement':
    case 'not':
    case 'real-part':
    case 'imaginary-part':
      return [node.operand];
    case 'member':
      return [node.base];
    case 'arithmetic':
    case 'compare':
    case 'logical':
    case 'comma':
    case 'pointer-difference':
      return [node.left, node.right];
    case 'pointer-add':
      return [node.pointer, node.index];
    case 'conditional':
      return node.then === undefined
        ? [node.condition, node.otherwise]
        : [node.condition, node.then, node.otherwise];
    case 'assign':
    case 'compound-assign':
      return [node.target, node.value];
    case 'increment':
      return [node.target];
    case 'call':
      return node.staticChain === undefined
        ? [node.callee, ...node.args]
        : [node.callee, ...node.args, node.staticChain];
    case 'builtin':
      return node.args;
    case 'compound-literal':
      return node.initializer.entries.map((entry) => entry.value);
    case 'statement-expression':
      return node.value === undefined ? [] : [node.value];
    case 'integer':
    case 'floating':
    case 'string':
    case 'object':
    case 'function':
    case 'label-address':
    case 'vla-size':
    case 'error':
    case 'unsupported':
      return [];
  }
}

/** Whether evaluating the expression changes anything or runs other code: calls, assignments, statements. */
export function hasSideEffects(node: TypedExpression): boolean {
  switch (node.kind) {
    case 'assign':
    case 'compound-assign':
    case 'increment':
    case 'call':
    case 'builtin':
    case 'statement-expression':
    case 'compound-literal':
      return true;
    default:
      return operandsOf(node).some(hasSideEffects);
  }
}

/** What is told about the expressions of a function. */
export interface ExpressionVisitor {
  /** Every expression, before its operands. */
  expression(node: TypedExpression): void;
  /** Every declaration of an automatic object. */
  declare?(statement: TypedStatement & { kind: 'declare' }): void;
  /** Every value that the function gives back. */
  returned?(value: TypedExpression): void;
}

/** Visits all expressions of a statement, inner blocks included. */
export function visitExpressions(statement: TypedStatement, visitor: ExpressionVisitor): void {
  const expression = (node: TypedExpression | undefined): void => {
    if (node === undefined) return;
    visitor.expression(node);
    if (node.kind === 'statement-expression') visitExpressions(node.body, visitor);
    for (const operand of operandsOf(node)) expression(operand);
  };
  const inner = (node: TypedStatement): void => visitExpressions(node, visitor);
  switch (statement.kind) {
    case 'block':
      statement.statements.forEach(inner);
      break;
    case 'declare':
      visitor.declare?.(statement);
      for (const entry of statement.initializer?.entries ?? []) expression(entry.value);
      break;
    case 'expression':
      expression(statement.expression);
      break;
    case 'if':
      expression(statement.condition);
      inner(statement.then);
      if (statement.otherwise !== undefined) inner(statement.otherwise);
      break;
    case 'while':
    case 'do':
      expression(statement.condition);
      inner(statement.body);
      break;
    case 'for':
      statement.init.forEach(inner);
      expression(statement.condition);
      expression(statement.step);
      inner(statement.body);
      break;
    case 'switch':
      expression(statement.value);
      inner(statement.body);
      break;
    case 'case':
    case 'default':
    case 'label':
      inner(statement.body);
      break;
    case 'computed-goto':
      expression(statement.target);
      break;
    case 'nonlocal-goto':
      expression(statement.buffer);
      break;
    case 'return':
      if (statement.value !== undefined) visitor.returned?.(statement.value);
      expression(statement.value);
      break;
    case 'null':
    case 'goto':
    case 'break':
    case 'continue':
    case 'unsupported':
      break;
  }
}

/** The part of a value that is not modelled, whose reason was told already. */
export function unsupportedPart(
  value: TypedExpression,
): (TypedExpression & { kind: 'unsupported' }) | undefined {
  switch (value.kind) {
    case 'unsupported':
      return value;
    case 'convert':
    case 'negate':
      return unsupportedPart(value.operand);
    case 'arithmetic':
    case 'compare':
      return unsupportedPart(value.left) ?? unsupportedPart(value.right);
    default:
      return undefined;
  }
}
