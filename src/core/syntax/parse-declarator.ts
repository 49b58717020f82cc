/**
 * Declarators (C17 6.7.6, 6.7.7) and parameters.
 *
 * The tree has the shape of the text: of `int *f(void)[3]` the outermost node is the pointer, its `inner` the array,
 * then the function, then the name.
 */
import { parseAttributes, startsAttributes } from './parse-attribute.ts';
import { parseAssignment } from './parse-expression.ts';
import { parseSpecifiers, takeDeclaratorAttributes } from './parse-specifiers.ts';
import { joinSpans } from './join-spans.ts';
import { Code, qualifierOf } from './token-code.ts';
import { loopLimit } from './parse-context.ts';
import { none, withItem } from './short-list.ts';
import type { Span } from '../source/text-span.ts';
import type { DeclaratorForm, ParseContext } from './parse-context.ts';
import type {
  Attribute,
  Declarator,
  Expression,
  Identifier,
  ParameterDeclaration,
  TypeQualifier,
} from './ast.ts';

/** `*` with its qualifiers, or the index of a parenthesis: what stands before the name. */
type DeclaratorPrefix =
  | number
  | {
      readonly start: Span;
      readonly qualifiers: readonly TypeQualifier[];
      readonly attributes: readonly Attribute[];
    };

/**
 * `declarator = ("*" type-qualifier-list?)* direct-declarator`
 * `direct-declarator = (identifier | "(" attributes declarator ")") ("[" … "]" | "(" … ")")*`  (C17 6.7.6, 6.7.7)
 *
 * A loop to the name and one back from it: the depth of declarators is not that of the JavaScript stack.
 */
export function parseDeclarator(ctx: ParseContext, form: DeclaratorForm): Declarator {
  let prefixes: DeclaratorPrefix[] | undefined;
  let isCut = false;
  for (;;) {
    const isStar = ctx.code === Code.star;
    if (!isStar && (ctx.code !== Code.openParen || !isParenthesizedDeclarator(ctx, form))) break;
    if (prefixes?.length === loopLimit) {
      ctx.tooDeep(loopLimit);
      isCut = true;
      break;
    }
    const { index } = ctx;
    const start = ctx.token.span;
    ctx.advance();
    prefixes = withItem(prefixes, isStar ? pointerPrefix(ctx, start) : index);
    if (!isStar && startsAttributes(ctx)) ctx.declaratorAttributes.push(...parseAttributes(ctx));
  }
  let declarator = isCut ? skipDeclarator(ctx) : parseDeclaredName(ctx, form);
  for (let at = (prefixes?.length ?? 0) - 1; at >= 0; at--) {
    const prefix = prefixes?.[at];
    if (prefix === undefined) break;
    if (typeof prefix === 'number') {
      ctx.closeBracket(Code.closeParen, prefix);
      declarator = parseDeclaratorSuffixes(ctx, declarator, prefix);
    } else {
      const { start, qualifiers, attributes } = prefix;
      const span = joinSpans(start, declarator.span);
      declarator = { kind: 'pointer', qualifiers, attributes, inner: declarator, span };
    }
  }
  return declarator;
}

/** `type-qualifier-list?` behind `*`. */
function pointerPrefix(ctx: ParseContext, start: Span): DeclaratorPrefix {
  let qualifiers: TypeQualifier[] | undefined;
  let attributes: Attribute[] | undefined;
  for (;;) {
    const qualifier = qualifierOf(ctx.code);
    if (qualifier !== undefined) {
      qualifiers = withItem(qualifiers, qualifier);
      ctx.advance();
    } else if (startsAttributes(ctx)) {
      (attributes ??= []).push(...parseAttributes(ctx));
    } else {
      return { start, qualifiers: qualifiers ?? none, attributes: attributes ?? none };
    }
  }
}

/** The name, if there is one, with the arrays and functions next to it. */
function parseDeclaredName(ctx: ParseContext, form: DeclaratorForm): Declarator {
  const start = ctx.index;
  let declarator: Declarator;
  if (ctx.code === Code.identifier && form !== 'abstract') {
    const name = ctx.takeIdentifier();
    if (startsAttributes(ctx) && ctx.code === Code.openBracket) {
      ctx.declaratorAttributes.push(...parseAttributes(ctx));
    }
    declarator = { kind: 'name', name, span: name.span };
  } else {
    if (form === 'named') ctx.expected('identifier-or-paren');
    declarator = { kind: 'name', name: undefined, span: ctx.emptySpan() };
  }
  return parseDeclaratorSuffixes(ctx, declarator, start);
}

/** In front of `(`: a declarator in parentheses, not the parameters of a function without a name (C17 6.7.6.3p11). */
function isParenthesizedDeclarator(ctx: ParseContext, form: DeclaratorForm): boolean {
  if (form === 'named') return true;
  const next = ctx.peek(1);
  if (next === Code.closeParen) return false;
  if (next === Code.attribute) return !ctx.startsDeclaration(ctx.behindGroup(ctx.index + 2));
  if (next === Code.ellipsis) return false;
  return (
    !ctx.startsDeclaration(ctx.index + 1) || (next === Code.openBracket && ctx.peek(2) !== Code.openBracket)
  );
}

function parseDeclaratorSuffixes(ctx: ParseContext, first: Declarator, start: number): Declarator {
  let declarator = first;
  let count = 0;
  for (;;) {
    const isStandardAttribute = ctx.code === Code.openBracket && ctx.peek(1) === Code.openBracket;
    if (isStandardAttribute) {
      ctx.declaratorAttributes.push(...parseAttributes(ctx));
    } else if (ctx.code === Code.openBracket || ctx.code === Code.openParen) {
      if (++count > ctx.nestingLimit) ctx.tooDeep(ctx.nestingLimit);
      else if (!ctx.enter()) count = Infinity;
      if (count > ctx.nestingLimit) {
        skipDeclarator(ctx);
        return declarator;
      }
      declarator =
        ctx.code === Code.openBracket
          ? parseArray(ctx, declarator, start)
          : parseFunction(ctx, declarator, start);
      ctx.leave();
    } else {
      return declarator;
    }
  }
}

/** `"[" type-qualifier* "static"? type-qualifier* (assignment-expression | "*")? "]"`  (C17 6.7.6.2) */
function parseArray(ctx: ParseContext, inner: Declarator, start: number): Declarator {
  const open = ctx.index;
  ctx.advance();
  let qualifiers: TypeQualifier[] | undefined;
  let isStatic = false;
  for (;;) {
    const qualifier = qualifierOf(ctx.code);
    if (qualifier !== undefined) qualifiers = withItem(qualifiers, qualifier);
    else if (ctx.code === Code.static) isStatic = true;
    else if (ctx.code !== Code.attribute) break;
    if (ctx.code === Code.attribute) parseAttributes(ctx);
    else ctx.advance();
  }
  let size: Expression | 'star' | undefined;
  if (ctx.code === Code.star && ctx.peek(1) === Code.closeBracket) {
    size = 'star';
    ctx.advance();
  } else if (ctx.code !== Code.closeBracket) {
    size = parseAssignment(ctx);
  } else if (isStatic) {
    ctx.expected('expression');
  }
  ctx.closeBracket(Code.closeBracket, open);
  return { kind: 'array', inner, size, isStatic, qualifiers: qualifiers ?? none, span: ctx.spanFrom(start) };
}

/** `"(" (parameter ("," parameter)* ("," "...")? | identifier ("," identifier)*)? ")"`  (C17 6.7.6.3) */
function parseFunction(ctx: ParseContext, inner: Declarator, start: number): Declarator {
  const open = ctx.index;
  ctx.advance();
  if (ctx.accept(Code.closeParen)) {
    const span = ctx.spanFrom(start);
    return {
      kind: 'function',
      inner,
      forward: none,
      parameters: none,
      isVariadic: false,
      isEmpty: true,
      identifiers: undefined,
      span,
    };
  }
  let forward: readonly ParameterDeclaration[] = none;
  let parameters: readonly ParameterDeclaration[] = none;
  let identifiers: readonly Identifier[] | undefined;
  let isVariadic = false;
  if (isIdentifierList(ctx)) {
    identifiers = parseIdentifierList(ctx);
    ctx.closeBracket(Code.closeParen, open);
  } else {
    ctx.names.open();
    ({ forward, parameters, isVariadic } = parseParameters(ctx));
    ctx.names.close();
    if (ctx.code === Code.closeParen) {
      ctx.advance();
    } else {
      ctx.expected('after-parameter');
      const partner = ctx.findCloser(Code.closeParen);
      if (partner >= 0) ctx.moveTo(partner + 1);
    }
  }
  return {
    kind: 'function',
    inner,
    forward,
    parameters,
    isVariadic,
    isEmpty: false,
    identifiers,
    span: ctx.spanFrom(start),
  };
}

/** An identifier that names no type and is followed by `,` or `)`: the old form. */
function isIdentifierList(ctx: ParseContext): boolean {
  if (ctx.code !== Code.identifier || ctx.names.isTypedef(ctx.token.text)) return false;
  const next = ctx.peek(1);
  return (
    next === Code.comma || next === Code.closeParen || next === Code.openBrace || next === Code.semicolon
  );
}

function parseIdentifierList(ctx: ParseContext): readonly Identifier[] {
  const identifiers: Identifier[] = [];
  do {
    if (ctx.code !== Code.identifier) break;
    identifiers.push(ctx.takeIdentifier());
  } while (ctx.accept(Code.comma));
  return identifiers;
}

function parseParameters(ctx: ParseContext): {
  readonly forward: readonly ParameterDeclaration[];
  readonly parameters: readonly ParameterDeclaration[];
  readonly isVariadic: boolean;
} {
  let forward: readonly ParameterDeclaration[] = none;
  let parameters: ParameterDeclaration[] | undefined;
  for (;;) {
    if (ctx.code === Code.ellipsis) {
      if (parameters === undefined) {
        ctx.report('error', 'ellipsis-without-parameter', ctx.token.span);
        ctx.calm();
      }
      ctx.advance();
      return { forward, parameters: parameters ?? none, isVariadic: true };
    }
    const start = ctx.index;
    // The list was cut off, and this is the next function.
    if (ctx.isNextDefinition(start)) {
      return { forward, parameters: parameters ?? none, isVariadic: false };
    }
    const parameter = parseParameter(ctx);
    if (parameter !== undefined) parameters = withItem(parameters, parameter);
    if (ctx.code !== Code.comma && ctx.code !== Code.closeParen) {
      // GNU: `(int n; int a[n])` declares n ahead; the parameters are those behind the semicolon.
      const behind = ctx.index + 1;
      const isAhead =
        ctx.code === Code.semicolon && ctx.startsDeclaration(behind) && !ctx.stream.isAtColumnOne(behind);
      if (isAhead && parameter !== undefined) {
        ctx.advance();
        forward = [...forward, ...(parameters ?? none)];
        parameters = undefined;
        continue;
      }
      skipParameter(ctx, start);
    }
    if (!ctx.accept(Code.comma)) return { forward, parameters: parameters ?? none, isVariadic: false };
  }
}

/** Goes to the next comma or the closing parenthesis of the parameters when these are in reach. */
function skipParameter(ctx: ParseContext, start: number): void {
  ctx.expected(ctx.index === start ? 'declaration-specifiers' : 'after-parameter');
  const close = ctx.findCloser(Code.closeParen);
  if (close < 0) return;
  while (ctx.index < close && ctx.code !== Code.comma) {
    if (ctx.code === Code.openParen || ctx.code === Code.openBracket || ctx.code === Code.openBrace) {
      ctx.moveTo(Math.min(ctx.behindGroup(ctx.index), close));
    } else {
      ctx.advance();
    }
  }
}

/** `parameter = declaration-specifiers (declarator | abstract-declarator)? attributes`  (C17 6.7.6) */
function parseParameter(ctx: ParseContext): ParameterDeclaration | undefined {
  const start = ctx.index;
  const specifiers = parseSpecifiers(ctx, 'parameter');
  if (ctx.index === start) {
    ctx.expected('declaration-specifiers');
    return undefined;
  }
  const outer = ctx.declaratorAttributes;
  ctx.declaratorAttributes = [];
  const declarator = parseDeclarator(ctx, 'either');
  const inside = takeDeclaratorAttributes(ctx);
  ctx.declaratorAttributes = outer;
  const behind = parseAttributes(ctx);
  const name = declaredName(declarator);
  if (name !== undefined) ctx.names.declare(name.name, 'ordinary');
  const attributes = inside.length === 0 ? behind : [...inside, ...behind];
  return { specifiers, declarator, attributes, span: ctx.spanFrom(start) };
}

/** The identifier that a declarator declares; undefined for an abstract one. */
export function declaredName(declarator: Declarator): Identifier | undefined {
  let at = declarator;
  while (at.kind !== 'name') at = at.inner;
  return at.name;
}

/** The function declarator next to the name: what makes a declaration one of a function; undefined for others. */
export function functionDeclarator(
  declarator: Declarator,
): (Declarator & { readonly kind: 'function' }) | undefined {
  let at = declarator;
  while (at.kind !== 'name') {
    if (at.kind === 'function' && at.inner.kind === 'name') return at;
    at = at.inner;
  }
  return undefined;
}

/** Steps over a declarator that is nested too deep; its name is the first identifier inside. */
function skipDeclarator(ctx: ParseContext): Declarator {
  let at = ctx.index;
  while (ctx.stream.codeAt(at) === Code.star || ctx.stream.codeAt(at) === Code.openParen) at++;
  const isNamed = ctx.stream.codeAt(at) === Code.identifier;
  const token = ctx.stream.at(at);
  while (ctx.code === Code.star) ctx.advance();
  if (ctx.code === Code.identifier) ctx.advance();
  while (ctx.code === Code.openParen || ctx.code === Code.openBracket) ctx.moveTo(ctx.behindGroup(ctx.index));
  const name = isNamed ? { name: token.text, span: token.span } : undefined;
  return { kind: 'name', name, span: name?.span ?? ctx.emptySpan() };
}
