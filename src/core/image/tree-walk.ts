/**
 * Walks over typed trees: the parts of an expression and of a statement, in the order in which they are written.
 */
import { operandsOf as partsOf } from '../sema/expression-parts.ts';
import type { ObjectInitializer, TypedExpression, TypedStatement } from '../sema/typed-tree.ts';
import { unreachable } from '../../base/assert.ts';

export { hasSideEffects } from '../sema/expression-parts.ts';

/** The direct operands of an expression; a statement expression's value belongs to its statements and is not among them. */
export function operandsOf(expression: TypedExpression): readonly TypedExpression[] {
  return expression.kind === 'statement-expression' ? [] : partsOf(expression);
}

/** What a walk over a tree calls; both see a node before its parts. */
export interface TreeVisitor {
  readonly expression?: (expression: TypedExpression) => void;
  readonly statement?: (statement: TypedStatement) => void;
}

/** Visits an expression and everything inside it. */
export function walkExpression(expression: TypedExpression, visitor: TreeVisitor): void {
  visitor.expression?.(expression);
  if (expression.kind === 'statement-expression') {
    walkStatement(expression.body, visitor);
    if (expression.value !== undefined) walkExpression(expression.value, visitor);
    return;
  }
  for (const operand of operandsOf(expression)) walkExpression(operand, visitor);
}

/** Visits a statement and everything inside it. */
export function walkStatement(statement: TypedStatement, visitor: TreeVisitor): void {
  visitor.statement?.(statement);
  switch (statement.kind) {
    case 'block':
      for (const inner of statement.statements) walkStatement(inner, visitor);
      return;
    case 'declare':
      if (statement.initializer !== undefined) walkInitializer(statement.initializer, visitor);
      return;
    case 'expression':
      walkExpression(statement.expression, visitor);
      return;
    case 'if':
      walkExpression(statement.condition, visitor);
      walkStatement(statement.then, visitor);
      if (statement.otherwise !== undefined) walkStatement(statement.otherwise, visitor);
      return;
    case 'while':
      walkExpression(statement.condition, visitor);
      walkStatement(statement.body, visitor);
      return;
    case 'do':
      walkStatement(statement.body, visitor);
      walkExpression(statement.condition, visitor);
      return;
    case 'for':
      for (const inner of statement.init) walkStatement(inner, visitor);
      if (statement.condition !== undefined) walkExpression(statement.condition, visitor);
      walkStatement(statement.body, visitor);
      if (statement.step !== undefined) walkExpression(statement.step, visitor);
      return;
    case 'switch':
      walkExpression(statement.value, visitor);
      walkStatement(statement.body, visitor);
      return;
    case 'case':
    case 'default':
    case 'label':
      walkStatement(statement.body, visitor);
      return;
    case 'computed-goto':
      walkExpression(statement.target, visitor);
      return;
    case 'nonlocal-goto':
      walkExpression(statement.buffer, visitor);
      return;
    case 'return':
      if (statement.value !== undefined) walkExpression(statement.value, visitor);
      return;
    case 'null':
    case 'goto':
    case 'break':
    case 'continue':
    case 'unsupported':
      return;
    default:
      unreachable(statement);
  }
}

function walkInitializer(initializer: ObjectInitializer, visitor: TreeVisitor): void {
  for (const entry of initializer.entries) walkExpression(entry.value, visitor);
}
