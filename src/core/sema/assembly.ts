/**
 * Assembly in functions (GNU, "Extended Asm"): its operands are expressions like any other, its instructions are not
 * modelled.
 */
import type { Span } from '../source/text-span.ts';
import type { Expression, Statement } from '../syntax/ast.ts';
import type { SemaContext } from './context.ts';
import { isLvalue } from './conversions.ts';
import { useLabel } from './labels.ts';
import { assignment, isConstant } from './operators.ts';
import { isError, isVoid, resolve, sizeOf } from './type-relations.ts';
import type { QualType } from './type.ts';
import type { TypedExpression, TypedStatement } from './typed-tree.ts';

type AsmStatement = Extract<Statement, { kind: 'asm' }>;

/** Analyses an `asm` statement; text without instructions is a barrier for the compiler and nothing for the machine. */
export function assembly(ctx: SemaContext, node: AsmStatement): TypedStatement {
  const outputs = node.outputs.map((operand) => outputOperand(ctx, operand.value));
  const inputs = node.inputs.map((operand) => inputOperand(ctx, operand.value));
  for (const label of node.labels) useLabel(ctx, label);
  if (node.hasOperands) checkOperands(ctx, node);
  if (isEmptyAssembly(node.text)) return emptyAssembly(ctx, node, outputs, inputs);
  ctx.unsupported('inline-assembly', node.span);
  return { kind: 'unsupported', reason: ctx.note('inline-assembly', undefined).text, span: node.span };
}

/** gcc/c/c-typeck.cc: build_asm_expr looks through conversions that keep the machine mode. */
function outputOperand(ctx: SemaContext, node: Expression): TypedExpression {
  const output = ctx.analyses.expression(ctx, node);
  let inner = output;
  while (inner.kind === 'convert' && keepsMode(inner.operand.type, inner.type)) inner = inner.operand;
  if (isError(output.type.type) || output.kind === 'unsupported') return output;
  if (!isLvalue(inner)) ctx.error('lvalue-required-asm', output.span);
  else if (isConstant(inner.type)) ctx.error('asm-read-only', output.span, { name: nameOf(inner) });
  return output;
}

function keepsMode(from: QualType, to: QualType): boolean {
  const isFloating = ({ type }: QualType): boolean => resolve(type).kind === 'float';
  return sizeOf(from.type) === sizeOf(to.type) && isFloating(from) === isFloating(to);
}

function nameOf(lvalue: TypedExpression): string {
  if (lvalue.kind === 'object') return lvalue.object.name;
  return lvalue.kind === 'member' ? (lvalue.member.name ?? '') : '*';
}

function inputOperand(ctx: SemaContext, node: Expression): TypedExpression {
  const input = ctx.analyses.expression(ctx, node);
  if (isVoid(input.type.type)) ctx.error('void-value', input.span);
  return input;
}

/** Names and constraints of the operands. @source gcc/stmt.cc: resolve_asm_operand_names, parse_output_constraint, parse_input_constraint */
function checkOperands(ctx: SemaContext, node: AsmStatement): void {
  const { outputs, inputs, labels, text, span } = node;
  const names = new Set<string>();
  const named = [...outputs.map(({ name }) => name), ...inputs.map(({ name }) => name), ...labels];
  for (const name of named) {
    if (name === undefined) continue;
    if (names.has(name.name)) ctx.error('asm-duplicate-name', span, { name: name.name });
    names.add(name.name);
  }
  const checkNamed = (name: string | undefined): void => {
    if (name !== undefined && !names.has(name)) ctx.error('asm-undefined-name', span, { name });
  };
  for (const [, name] of text.matchAll(/%(?:[A-Za-z]?\[(\w+)\]|[^])/g)) checkNamed(name);
  // gcc/cfgexpand.cc: check_operand_nalternatives.
  const alternatives = [...outputs, ...inputs].map(({ constraint }) => constraint.split(',').length);
  if (new Set(alternatives).size > 1) ctx.error('asm-alternatives', span);
  for (const { constraint } of outputs) checkOutputConstraint(ctx, constraint, span);
  for (const { constraint } of inputs) {
    for (const [, name] of constraint.matchAll(/\[(\w+)\]/g)) checkNamed(name);
    checkInputConstraint(ctx, constraint, outputs.length, span);
  }
}

function checkOutputConstraint(ctx: SemaContext, constraint: string, span: Span): void {
  // Elsewhere than in front the first of them is only warned about.
  const sign = constraint.includes('=') ? '=' : '+';
  if (!constraint.includes(sign)) {
    ctx.error('asm-output-constraint', span);
    return;
  }
  const rest = constraint.replace(sign, '');
  if (/[=+]/.test(rest)) ctx.error('asm-output-position', span);
  else if (/[0-9[]/.test(rest)) ctx.error('asm-output-matching', span);
}

function checkInputConstraint(ctx: SemaContext, constraint: string, outputCount: number, span: Span): void {
  const sign = /[=+&]/.exec(constraint)?.[0];
  if (sign !== undefined) {
    ctx.error('asm-input-constraint', span, { character: sign });
    return;
  }
  const number = /[0-9]+/.exec(constraint.replace(/\[\w+\]/g, ''))?.[0];
  if (number !== undefined && Number(number) >= outputCount)
    ctx.error('asm-matching-number', span, { number });
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
