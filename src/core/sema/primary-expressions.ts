/**
 * Primary expressions (C17 6.5.1): names, numbers, characters, strings.
 */
import { isC2x } from '../target/dialect.ts';
import type { Span } from '../source/text-span.ts';
import type { Expression } from '../syntax/ast.ts';
import { libraryFunctionOfBuiltin } from './calls.ts';
import type { SemaContext } from './context.ts';
import { functionNameObject, implicitFunction } from './implicit.ts';
import {
  haveMixedPrefixes,
  isDecimalFloating,
  literalFault,
  parseCharacter,
  parseNumber,
  parseString,
} from './literal-value.ts';
import { suggestedName } from './suggestion.ts';
import { resolve } from './type-relations.ts';
import type { QualType } from './type.ts';
import type { StringLiteral, TypedExpression } from './typed-tree.ts';

type Node<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** A constant that stands in the text: hovers show its value. */
export function literal(ctx: SemaContext, node: TypedExpression): TypedExpression {
  ctx.literals.push({ span: node.span, expression: node });
  return node;
}

/** A name: an object, a function, an enumerator; `__func__`. */
export function identifier(ctx: SemaContext, node: Node<'identifier'>): TypedExpression {
  const { name, span } = node;
  const symbol = ctx.names.lookup(name);
  switch (symbol?.kind) {
    case 'object':
      ctx.use(span, symbol);
      if (ctx.unevaluated === 0) symbol.isReferenced = true;
      return { kind: 'object', object: symbol, type: symbol.type, span };
    case 'function':
      ctx.use(span, symbol);
      if (ctx.unevaluated === 0) symbol.isReferenced = true;
      return { kind: 'function', function: symbol, type: { type: symbol.type, quals: 0 }, span };
    case 'enumerator':
      ctx.use(span, symbol);
      return { kind: 'integer', type: symbol.type, value: symbol.value, span };
    case 'typedef':
      ctx.use(span, symbol);
      ctx.error('typedef-as-expression', span, { name });
      return ctx.errorNode(span);
    case 'undeclared':
      return ctx.errorNode(span);
    case undefined:
      return unboundName(ctx, name, span);
  }
}

function unboundName(ctx: SemaContext, name: string, span: Span): TypedExpression {
  if (name === '__func__' || name === '__FUNCTION__' || name === '__PRETTY_FUNCTION__') {
    const object = functionNameObject(ctx, name, span);
    if (ctx.unevaluated === 0) object.isReferenced = true;
    return { kind: 'object', object, type: object.type, span };
  }
  const library = libraryFunctionOfBuiltin(ctx, name);
  if (library !== undefined) {
    const symbol = implicitFunction(ctx, library.name, library.type, span);
    return { kind: 'function', function: symbol, type: { type: symbol.type, quals: 0 }, span };
  }
  const later = laterValue(ctx, name, span);
  if (later !== undefined) return later;
  const { fn } = ctx;
  if (fn !== undefined) {
    if (fn.undeclared.has(name)) return ctx.errorNode(span);
    fn.undeclared.add(name);
  }
  const suggestion = suggestedName(ctx.names.names(), name);
  const code = fn === undefined ? 'undeclared-at-file-scope' : 'undeclared-identifier';
  ctx.error(
    code,
    span,
    { name },
    suggestion === undefined ? undefined : [ctx.note('did-you-mean', undefined, { name: suggestion })],
  );
  return ctx.errorNode(span);
}

/** `true`, `false` and `nullptr`, which C23 knows without a header (6.4.4.6); gcc 12 does not. */
function laterValue(ctx: SemaContext, name: string, span: Span): TypedExpression | undefined {
  switch (name) {
    case 'true':
    case 'false':
      ctx.warning('later-truth', span, { name });
      return literal(ctx, { kind: 'integer', type: ctx.types.bool, value: name === 'true' ? 1n : 0n, span });
    case 'nullptr': {
      ctx.warning('later-nullptr', span);
      const operand = ctx.integerNode(span, ctx.types.int, 0n);
      const type = ctx.types.voidPointer;
      return { kind: 'convert', conversion: 'pointer', operand, isExplicit: true, type, span };
    }
    default:
      return undefined;
  }
}

/** Whether each digit separator of C23 stands between two digits (6.4.4.1). */
const hasGoodSeparators = (spelling: string): boolean =>
  !/'(?![0-9a-f])|(?<![0-9a-f])'|^0[xb]'/i.test(spelling);

/** An integer or floating constant (C17 6.4.4). */
export function number(ctx: SemaContext, node: Node<'number'>): TypedExpression {
  const value = parseNumber(ctx.types, node.text);
  const isSeparated = node.text.includes("'");
  if (isSeparated && hasGoodSeparators(node.text) && !isC2x(ctx.dialect))
    ctx.warning('later-separator', node.span);
  if (value === undefined || (isSeparated && !hasGoodSeparators(node.text))) {
    return unreadNumber(ctx, node);
  }
  const { span } = node;
  if (value.kind === 'floating' && isQuadruple(value.type) && leavesDouble(node.text, value.value.value)) {
    ctx.unsupported('quadruple-beyond-model', span, { name: node.text });
    const reason = ctx.note('quadruple-beyond-model', undefined, { name: node.text }).text;
    return { kind: 'unsupported', reason, type: value.type, span };
  }
  const typed: TypedExpression =
    value.kind === 'integer'
      ? { kind: 'integer', type: value.type, value: value.value, span }
      : { kind: 'floating', type: value.type, ...value.value, span };
  if (!value.isImaginary) return literal(ctx, typed);
  const element = resolve(value.type.type);
  if (element.kind !== 'float' && element.kind !== 'integer') return ctx.errorNode(span);
  const zero: TypedExpression =
    value.kind === 'integer'
      ? { kind: 'integer', type: value.type, value: 0n, span }
      : { kind: 'floating', type: value.type, value: 0, span };
  return literal(ctx, {
    kind: 'builtin',
    name: '__builtin_complex',
    args: [zero, typed],
    typeArgument: undefined,
    type: ctx.types.complex(element),
    span,
  });
}

const isQuadruple = (type: QualType): boolean => {
  const resolved = resolve(type.type);
  return resolved.kind === 'float' && resolved.name === '__float128';
};

/** Whether a floating constant is too large, or too close to zero, for a double. */
function leavesDouble(text: string, value: number): boolean {
  if (value !== 0) return !Number.isFinite(value);
  const isHexadecimal = /^0x/i.test(text);
  const digits = text.replace(/^0x/i, '').split(isHexadecimal ? /p/i : /e/i)[0] ?? '';
  return (isHexadecimal ? /[1-9a-f]/i : /[1-9]/).test(digits);
}

/** What is no number to us: a decimal floating constant (GNU, C23), or no number at all. */
function unreadNumber(ctx: SemaContext, { text, span }: Node<'number'>): TypedExpression {
  if (!isDecimalFloating(text)) {
    ctx.error('invalid-number', span, { text });
    return ctx.errorNode(span);
  }
  ctx.unsupported('decimal-floating', span);
  const reason = ctx.note('decimal-floating', undefined).text;
  return { kind: 'unsupported', reason, type: ctx.types.error, span };
}

/** Complains about escape sequences without their digits and about constants without a character. */
function checkEscapes(ctx: SemaContext, spelling: string, span: Span): void {
  const fault = literalFault(spelling);
  if (fault !== undefined) ctx.error(fault.code, span, { text: fault.text });
}

/** The string literal of a node, with the use that it is put to. */
export function stringLiteral(
  ctx: SemaContext,
  node: Node<'string'>,
  use: StringLiteral['use'],
): TypedExpression & { kind: 'string' } {
  const spellings = node.parts.map((part) => part.text);
  const value = parseString(ctx.types, spellings);
  for (const part of node.parts) checkEscapes(ctx, part.text, part.span);
  if (haveMixedPrefixes(spellings)) ctx.error('mixed-string-prefixes', node.span);
  const symbol = ctx.newString(value, node.span, ctx.unevaluated > 0 ? 'unevaluated' : use);
  const type = ctx.types.arrayOf(value.elementType, value.bytes.length / value.elementSize);
  const typed = { kind: 'string', literal: symbol, type, span: node.span } as const;
  ctx.literals.push({ span: node.span, expression: typed });
  return typed;
}

/** A character constant (C17 6.4.4.4). */
export function character(ctx: SemaContext, node: Node<'character'>): TypedExpression {
  checkEscapes(ctx, node.text, node.span);
  const { type, value } = parseCharacter(ctx.types, node.text);
  return literal(ctx, ctx.integerNode(node.span, type, value));
}
