/**
 * Makes a typed tree anew with some of its expressions, statements and types exchanged.
 */
import type { ObjectInitializer, TypedBlock, TypedExpression, TypedStatement } from './typed-tree.ts';
import type { QualType } from './type.ts';

/** What is exchanged; the parts of what is given back are not looked at again. */
export interface TreeRewriter {
  /** The expression that takes the place of another one; undefined to go on with its parts. */
  expression(node: TypedExpression): TypedExpression | undefined;
  /** The statement that takes the place of another one; undefined to go on with its parts. */
  statement(node: TypedStatement): TypedStatement | undefined;
  type(type: QualType): QualType;
}

/** Rewrites an expression. */
export function rewriteExpression(node: TypedExpression, rewriter: TreeRewriter): TypedExpression {
  const exchanged = rewriter.expression(node);
  if (exchanged !== undefined) return exchanged;
  const inner = (part: TypedExpression): TypedExpression => rewriteExpression(part, rewriter);
  const optional = (part: TypedExpression | undefined): TypedExpression | undefined =>
    part === undefined ? undefined : inner(part);
  const type = rewriter.type(node.type);
  switch (node.kind) {
    case 'integer':
    case 'floating':
    case 'string':
    case 'object':
    case 'function':
    case 'label-address':
    case 'error':
    case 'unsupported':
      return type === node.type ? node : { ...node, type };
    case 'vla-size':
      return { ...node, operand: rewriter.type({ type: node.operand, quals: 0 }).type };
    case 'deref':
    case 'address-of':
    case 'convert':
    case 'negate':
    case 'complement':
    case 'not':
    case 'real-part':
    case 'imaginary-part':
      return { ...node, type, operand: inner(node.operand) };
    case 'member':
      return { ...node, type, base: inner(node.base) };
    case 'arithmetic':
    case 'compare':
    case 'logical':
    case 'comma':
    case 'pointer-difference':
      return { ...node, type, left: inner(node.left), right: inner(node.right) };
    case 'pointer-add':
      return { ...node, type, pointer: inner(node.pointer), index: inner(node.index) };
    case 'conditional':
      return {
        ...node,
        type,
        condition: inner(node.condition),
        then: optional(node.then),
        otherwise: inner(node.otherwise),
      };
    case 'assign':
      return { ...node, type, target: inner(node.target), value: inner(node.value) };
    case 'compound-assign':
      return {
        ...node,
        type,
        target: inner(node.target),
        computation: rewriter.type(node.computation),
        value: inner(node.value),
      };
    case 'increment':
      return { ...node, type, target: inner(node.target) };
    case 'call':
      return { ...node, type, callee: inner(node.callee), args: node.args.map(inner) };
    case 'builtin':
      return {
        ...node,
        type,
        args: node.args.map(inner),
        typeArgument: node.typeArgument === undefined ? undefined : rewriter.type(node.typeArgument),
      };
    case 'compound-literal':
      return { ...node, type, initializer: rewriteInitializer(node.initializer, rewriter) };
    case 'statement-expression':
      return { ...node, type, body: rewriteBlock(node.body, rewriter), value: optional(node.value) };
  }
}

function rewriteInitializer(initializer: ObjectInitializer, rewriter: TreeRewriter): ObjectInitializer {
  return {
    ...initializer,
    entries: initializer.entries.map((entry) => ({
      ...entry,
      value: rewriteExpression(entry.value, rewriter),
    })),
  };
}

/** Rewrites the statements of a block; its objects stay. */
export function rewriteBlock(block: TypedBlock, rewriter: TreeRewriter): TypedBlock {
  return { ...block, statements: block.statements.map((one) => rewriteStatement(one, rewriter)) };
}

/** Rewrites a statement. */
export function rewriteStatement(node: TypedStatement, rewriter: TreeRewriter): TypedStatement {
  const exchanged = rewriter.statement(node);
  if (exchanged !== undefined) return exchanged;
  const expression = (part: TypedExpression): TypedExpression => rewriteExpression(part, rewriter);
  const optional = (part: TypedExpression | undefined): TypedExpression | undefined =>
    part === undefined ? undefined : expression(part);
  const inner = (part: TypedStatement): TypedStatement => rewriteStatement(part, rewriter);
  switch (node.kind) {
    case 'block':
      return rewriteBlock(node, rewriter);
    case 'declare':
      return node.initializer === undefined
        ? node
        : { ...node, initializer: rewriteInitializer(node.initializer, rewriter) };
    case 'expression':
      return { ...node, expression: expression(node.expression) };
    case 'if':
      return {
        ...node,
        condition: expression(node.condition),
        then: inner(node.then),
        otherwise: node.otherwise === undefined ? undefined : inner(node.otherwise),
      };
    case 'while':
    case 'do':
      return { ...node, condition: expression(node.condition), body: inner(node.body) };
    case 'for':
      return {
        ...node,
        init: node.init.map(inner),
        condition: optional(node.condition),
        step: optional(node.step),
        body: inner(node.body),
      };
    case 'switch':
      return { ...node, value: expression(node.value), body: inner(node.body) };
    case 'case':
    case 'default':
    case 'label':
      return { ...node, body: inner(node.body) };
    case 'computed-goto':
      return { ...node, target: expression(node.target) };
    case 'nonlocal-goto':
      return { ...node, buffer: expression(node.buffer) };
    case 'return':
      return { ...node, value: optional(node.value) };
    case 'null':
    case 'goto':
    case 'break':
    case 'continue':
    case 'unsupported':
      return node;
  }
}
