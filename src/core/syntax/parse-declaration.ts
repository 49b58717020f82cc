/**
 * Declarations and function definitions, at file scope and in blocks (C17 6.7, 6.9).
 */
import { parseAsmLabel, parseAttributes, startsAttributes } from './parse-attribute.ts';
import { declaredName, functionDeclarator, parseDeclarator } from './parse-declarator.ts';
import { parseConstant, parseString } from './parse-expression.ts';
import { parseInitializer } from './parse-initializer.ts';
import { definesType, parseSpecifiers, takeDeclaratorAttributes } from './parse-specifiers.ts';
import { Code } from './token-code.ts';
import { none, withItem } from './short-list.ts';
import type { ParseContext } from './parse-context.ts';
import type {
  Attribute,
  BlockItem,
  Declaration,
  DeclarationSpecifiers,
  Declarator,
  FunctionDefinition,
  InitDeclarator,
  Initializer,
  StaticAssert,
} from './ast.ts';

/**
 * `declaration = declaration-specifiers (init-declarator ("," init-declarator)*)? ";" | static-assert`
 * `function-definition = declaration-specifiers declarator declaration* compound-statement`  (C17 6.7, 6.9.1)
 *
 * Also reads a definition inside a block: a nested function (GNU).
 */
export function parseDeclarationItem(ctx: ParseContext): BlockItem {
  const start = ctx.index;
  while (ctx.code === Code.extension) ctx.advance();
  if (ctx.code === Code.staticAssert) return parseStaticAssert(ctx);
  return parseDeclarationOrFunction(ctx, start);
}

function parseDeclarationOrFunction(ctx: ParseContext, start: number): Declaration | FunctionDefinition {
  const specifiers = parseSpecifiers(ctx, 'declaration');
  if (ctx.code === Code.semicolon) {
    ctx.advance();
    ctx.calm();
    return { kind: 'declaration', specifiers, declarators: none, span: ctx.spanFrom(start) };
  }
  if (endsWithoutDeclarator(ctx, specifiers)) {
    ctx.expected('after-type-definition');
    ctx.calm();
    return { kind: 'declaration', specifiers, declarators: none, span: ctx.spanFrom(start) };
  }
  let declarators: InitDeclarator[] | undefined;
  for (;;) {
    const declaratorStart = ctx.index;
    const before = declarators === undefined ? none : parseAttributes(ctx);
    const declarator = parseDeclarator(ctx, 'named');
    const inside = takeDeclaratorAttributes(ctx);
    if (declarators === undefined) {
      const definition = tryFunctionBody(ctx, start, specifiers, declarator, inside);
      if (definition !== undefined) return definition;
    }
    const item = parseInitDeclarator(ctx, declaratorStart, specifiers, declarator, [before, inside]);
    declarators = withItem(declarators, item);
    if (ctx.accept(Code.comma)) continue;
    if (ctx.code === Code.semicolon) break;
    ctx.expected(item.initializer === undefined ? 'after-declarator' : 'after-initializer');
    break;
  }
  const span = ctx.spanFrom(start);
  endDeclaration(ctx);
  return { kind: 'declaration', specifiers, declarators, span };
}

/** `struct s { … }` without its `;`, and the next line starts something else. */
function endsWithoutDeclarator(ctx: ParseContext, specifiers: DeclarationSpecifiers): boolean {
  if (!definesType(specifiers.types)) return false;
  if (ctx.code === Code.end) return true;
  if (ctx.code === Code.identifier) {
    return ctx.token.startsLine && ctx.stream.isAtColumnOne(ctx.index) && ctx.startsDeclaration(ctx.index);
  }
  return ctx.startsDeclaration(ctx.index) && !startsAttributes(ctx);
}

/** Behind a declaration: its `;`, or what is left of it when it is broken. */
function endDeclaration(ctx: ParseContext): void {
  if (ctx.accept(Code.semicolon)) {
    ctx.calm();
    return;
  }
  if (!ctx.startsNewLineOfCode() || ctx.code === Code.openBrace) skipDeclaration(ctx);
  ctx.calm();
}

/** Skips the rest of a broken declaration with its braces. */
function skipDeclaration(ctx: ParseContext): void {
  ctx.skipStatement();
  while (ctx.code === Code.openBrace) {
    ctx.moveTo(ctx.behindGroup(ctx.index));
    if (ctx.token.startsLine) return;
    ctx.skipStatement();
  }
}

/** `init-declarator = declarator asm-label? attributes ("=" initializer)?`  (C17 6.7; gcc 12, "Asm Labels") */
function parseInitDeclarator(
  ctx: ParseContext,
  start: number,
  specifiers: DeclarationSpecifiers,
  declarator: Declarator,
  attributesBefore: readonly (readonly Attribute[])[],
): InitDeclarator {
  const asmLabel = parseAsmLabel(ctx);
  const behind = parseAttributes(ctx);
  const attributes = attributesBefore.every((list) => list.length === 0)
    ? behind
    : [...attributesBefore.flat(), ...behind];
  const name = declaredName(declarator);
  if (name !== undefined) {
    ctx.names.declare(name.name, specifiers.storage.includes('typedef') ? 'typedef' : 'ordinary');
  }
  let initializer: Initializer | undefined;
  if (ctx.accept(Code.assign)) initializer = parseInitializer(ctx);
  return { declarator, asmLabel, attributes, initializer, span: ctx.spanFrom(start) };
}

/**
 * The rest of a function definition, if this is one: `declaration* compound-statement`  (C17 6.9.1)
 *
 * A broken line between the declarator and `{` is skipped, so that the body still belongs to the function.
 */
function tryFunctionBody(
  ctx: ParseContext,
  start: number,
  specifiers: DeclarationSpecifiers,
  declarator: Declarator,
  inside: readonly Attribute[],
): FunctionDefinition | undefined {
  const signature = functionDeclarator(declarator);
  if (signature === undefined) return undefined;
  const name = declaredName(declarator);
  let attributes = inside;
  if (startsAttributes(ctx) && isBodyBehindAttributes(ctx)) {
    ctx.report('error', 'attributes-after-declarator', ctx.token.span);
    ctx.calm();
    attributes = [...inside, ...parseAttributes(ctx)];
  }
  const hasOldStyle = ctx.code !== Code.openBrace && hasOldStyleDeclarations(ctx);
  const lacksBrace = ctx.code !== Code.openBrace && !hasOldStyle && lacksOpenBrace(ctx, start);
  if (ctx.code !== Code.openBrace && !hasOldStyle && !lacksBrace && !bodyFollowsGarbage(ctx))
    return undefined;
  if (name !== undefined) ctx.names.declare(name.name, 'ordinary');
  ctx.names.open();
  declareParameters(ctx, signature);
  const knrDeclarations: Declaration[] = [];
  if (hasOldStyle && signature.identifiers === undefined && !signature.isEmpty) {
    ctx.report('error', 'old-style-in-prototype', name?.span ?? declarator.span);
    ctx.calm();
  }
  while (hasOldStyle && ctx.code !== Code.openBrace && ctx.startsDeclaration(ctx.index)) {
    const item = parseDeclarationItem(ctx);
    if (item.kind === 'declaration') knrDeclarations.push(item);
  }
  if (ctx.code !== Code.openBrace) {
    ctx.expected('function-body');
    while (!lacksBrace && ctx.code !== Code.openBrace && ctx.code !== Code.end) ctx.advance();
  }
  ctx.calm();
  const outer = ctx.functionBody;
  ctx.functionBody = {
    open: ctx.index,
    isIndented: false,
    isOneLine: ctx.code === Code.openBrace && !ctx.stream.at(ctx.index + 1).startsLine,
    startsAtColumnOne: ctx.stream.isAtColumnOne(start),
  };
  const body = ctx.productions.compound(ctx);
  ctx.functionBody = outer;
  ctx.names.close();
  const span = ctx.spanFrom(start);
  return { kind: 'function-definition', specifiers, declarator, attributes, knrDeclarations, body, span };
}

/** `int f(void)` with the lines of a body below it and the `}` of that body. */
function lacksOpenBrace(ctx: ParseContext, start: number): boolean {
  const { stream, index } = ctx;
  const isBelow = ctx.token.startsLine && !stream.isAtColumnOne(index) && stream.isAtColumnOne(start);
  return isBelow && ctx.isInsideFunction(index);
}

/** Attributes with `{` behind them; without it they belong to a declaration. */
function isBodyBehindAttributes(ctx: ParseContext): boolean {
  let at = ctx.index;
  for (;;) {
    if (ctx.stream.codeAt(at) === Code.attribute) at = ctx.behindGroup(at + 1);
    else if (ctx.stream.codeAt(at) === Code.openBracket) at = ctx.behindGroup(at);
    else return ctx.stream.codeAt(at) === Code.openBrace;
  }
}

/** Declarations of parameters between `f(a, b)` and `{`. */
function hasOldStyleDeclarations(ctx: ParseContext): boolean {
  if (!ctx.startsDeclaration(ctx.index) || startsAttributes(ctx) || ctx.code === Code.staticAssert)
    return false;
  if (ctx.startsFunctionDefinition(ctx.index)) return false;
  // The declarations must end with `;` directly before `{`.
  let last: number = Code.end;
  for (let at = ctx.index; at < ctx.index + 400; at++) {
    const code = ctx.stream.codeAt(at);
    if (code === Code.openBrace) {
      if (last === Code.semicolon) return true;
      at = ctx.behindGroup(at) - 1;
      last = Code.closeBrace;
    } else if (code === Code.end || code === Code.closeBrace || code === Code.assign) {
      return false;
    } else {
      if (last === Code.semicolon && !ctx.startsDeclaration(at)) return false;
      last = code;
    }
  }
  return false;
}

/** `f(int a) garbage {`: tokens on the same line that belong nowhere, and the body behind them. */
function bodyFollowsGarbage(ctx: ParseContext): boolean {
  switch (ctx.code) {
    case Code.semicolon:
    case Code.comma:
    case Code.assign:
    case Code.asm:
    case Code.attribute:
    case Code.openBracket:
    case Code.end:
      return false;
  }
  for (let at = ctx.index; at < ctx.index + 16; at++) {
    const code = ctx.stream.codeAt(at);
    if (code === Code.openBrace) return true;
    if (code === Code.semicolon || code === Code.end || code === Code.closeBrace) return false;
    if (ctx.stream.at(at).startsLine) return false;
  }
  return false;
}

/** The parameters' scope is the outermost block of the body (C17 6.2.1p4). */
function declareParameters(ctx: ParseContext, signature: Declarator & { readonly kind: 'function' }): void {
  for (const identifier of signature.identifiers ?? none) ctx.names.declare(identifier.name, 'ordinary');
  for (const { specifiers, declarator } of signature.parameters) {
    for (const type of specifiers.types) {
      if (type.kind !== 'enum') continue;
      for (const { name } of type.enumerators ?? none) ctx.names.declare(name.name, 'ordinary');
    }
    const name = declaredName(declarator);
    if (name !== undefined) ctx.names.declare(name.name, 'ordinary');
  }
}

/** `"_Static_assert" "(" constant-expression ("," string-literal)? ")" ";"`  (C17 6.7.10, C2x: no message) */
export function parseStaticAssert(ctx: ParseContext): StaticAssert {
  const start = ctx.index;
  ctx.advance();
  const open = ctx.index;
  if (!ctx.require(Code.openParen, 'open-paren')) {
    ctx.endStatement();
    return {
      kind: 'static-assert',
      condition: { kind: 'error', span: ctx.spanFrom(start) },
      message: undefined,
      span: ctx.spanFrom(start),
    };
  }
  const condition = parseConstant(ctx);
  let message: StaticAssert['message'];
  if (ctx.accept(Code.comma)) {
    if (ctx.code === Code.string) message = parseString(ctx);
    else ctx.expected('string-literal');
  }
  ctx.closeBracket(Code.closeParen, open);
  const span = ctx.spanFrom(start);
  ctx.endStatement();
  return { kind: 'static-assert', condition, message, span };
}
