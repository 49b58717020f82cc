/**
 * Assembly in functions (GNU, "Extended Asm"): its operands are expressions like any other, its instructions are not
 * modelled.
 */
import type { Statement } from '../syntax/ast.ts';
import type { SemaContext } from './context.ts';
import { isLvalue } from './conversions.ts';
import { assignment } from './operators.ts';
import { isError } from './type-relations.ts';
import type { TypedExpression, TypedStatement } from './typed-tree.ts';

type AsmStatement = Extract<Statement, { kind: 'asm' }>;

/** Analyses an `asm` statement; text without instructions is a barrier for the compiler and nothing for the machine. */
export function assembly(ctx: SemaContext, node: AsmStatement): TypedStatement {
  const outputs = node.outputs.map((operand) => outputOperand(ctx, operand.value));
  const inputs = node.inputs.map((operand) => ctx.analyses.expression(ctx, operand.value));
  if (isEmptyAssembly(node.text)) return emptyAssembly(ctx, node, outputs, inputs);
  ctx.unsupported('inline-assembly', node.span);
  return { kind: 'unsupported', reason: ctx.note('inline-assembly', undefined).text, span: node.span };
}

/** gcc/c/c-typeck.cc: build_asm_expr looks through conversions that keep the machine mode. */
function outputOperand(ctx: SemaContext, node: AsmStatement['outputs'][number]['value']): TypedExpression {
  const output = ctx.analyses.expression(ctx, node);
  let inner = output;
  while (inner.kind === 'convert') inner = inner.operand;
  if (!isLvalue(inner) && !isError(output.type.type) && output.kind !== 'unsupported')
    ctx.error('lvalue-required-asm', output.span);
  return output;
}

/**
 * Assembly without instructions moves values all the same: an input with the number (or name) of an output is in that
 * output's register, so the output gets its value. Of the other operands only the side effects count.
 */
function emptyAssembly(
  ctx: SemaContext,
  node: AsmStatement,
  outputs: readonly TypedExpression[],
  inputs: readonly TypedExpression[],
): TypedStatement {
  const { span } = node;
  const statements: TypedStatement[] = [];
  const evaluate = (expression: TypedExpression): void => {
    statements.push({ kind: 'expression', expression, span });
  };
  const isMatched = outputs.map(() => false);
  inputs.forEach((value, index) => {
    const place = matchedOutput(node, node.inputs[index]?.constraint ?? '');
    const target = place === undefined ? undefined : outputs[place];
    if (place === undefined || target === undefined) evaluate(value);
    else {
      isMatched[place] = true;
      evaluate(assignment(ctx, '=', target, value, span, span));
    }
  });
  outputs.forEach((output, index) => {
    if (isMatched[index] !== true) evaluate(output);
  });
  const [only] = statements;
  if (only === undefined) return { kind: 'null', span };
  if (statements.length === 1) return only;
  return { kind: 'block', objects: [], statements, span, closeSpan: span };
}

/** Number of the output that an input's constraint names. */
function matchedOutput(node: AsmStatement, constraint: string): number | undefined {
  const name = /\[(\w+)\]/.exec(constraint)?.[1];
  if (name !== undefined) {
    const found = node.outputs.findIndex((output) => output.name?.name === name);
    return found < 0 ? undefined : found;
  }
  const number = /\d+/.exec(constraint)?.[0];
  return number === undefined ? undefined : Number(number);
}

/** Only comments and white space, inside or outside of quotes. */
function isEmptyAssembly(text: string): boolean {
  const literal = /"((?:[^"\\]|\\.)*)"/.exec(text);
  const template = literal === null ? text : (literal[1] ?? '');
  return template.split(/\\n|\n/).every((line) => line.replace(/#.*/, '').trim() === '');
}
