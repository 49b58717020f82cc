/**
 * Statements and blocks (C17 6.8) with the GNU extensions.
 *
 * Chains of `else if`, labels and cases are read in loops: real programs have them longer than any nesting.
 */
import { isC90 } from '../target/dialect.ts';
import { parseAsmInParentheses, parseAsmText, parseAttributes, startsAttributes } from './parse-attribute.ts';
import { parseConstant, parseExpression } from './parse-expression.ts';
import { parseDeclarationItem } from './parse-declaration.ts';
import { joinSpans } from './join-spans.ts';
import { saySyntax } from '../text/syntax-texts.ts';
import { Code } from './token-code.ts';
import { none } from './short-list.ts';
import type { ParseContext } from './parse-context.ts';
import type { Span } from '../source/text-span.ts';
import type {
  AsmOperand,
  Attribute,
  BlockItem,
  CompoundStatement,
  Declaration,
  Expression,
  Identifier,
  Statement,
} from './ast.ts';

/**
 * `compound-statement = "{" block-item* "}"`  (C17 6.8.2)
 *
 * A caller that knows better than the text may call it where `{` is missing.
 */
export function parseCompound(ctx: ParseContext): CompoundStatement {
  const start = ctx.index;
  if (!ctx.enter()) {
    ctx.moveTo(ctx.behindGroup(start));
    return {
      kind: 'compound',
      items: none,
      span: ctx.spanFrom(start),
      closeSpan: ctx.stream.at(ctx.index - 1).span,
    };
  }
  ctx.accept(Code.openBrace);
  ctx.names.open();
  const items: BlockItem[] = [];
  let closeSpan: Span | undefined;
  while (closeSpan === undefined) {
    if (ctx.code === Code.closeBrace && start === ctx.functionBody.open && isExtraBrace(ctx)) {
      ctx.report('error', 'extra-close-brace', ctx.token.span);
      ctx.advance();
      ctx.calm();
    } else if (ctx.code === Code.closeBrace) {
      closeSpan = ctx.token.span;
      ctx.advance();
    } else if (ctx.code === Code.end) {
      const notes = [{ text: saySyntax('opened-here', { bracket: '{' }), span: ctx.stream.at(start).span }];
      ctx.expectedWithNotes('declaration-or-statement', notes);
      closeSpan = ctx.emptySpan();
    } else if (endsBrokenFunction(ctx)) {
      const notes = [{ text: saySyntax('opened-here', { bracket: '{' }), span: ctx.stream.at(start).span }];
      ctx.report('error', 'missing-close-brace', ctx.token.span, { token: ctx.token.text }, notes);
      closeSpan = ctx.emptySpan();
    } else {
      const before = ctx.index;
      items.push(parseBlockItem(ctx));
      if (ctx.index === before) ctx.advance();
      ctx.calm();
    }
  }
  ctx.names.close();
  ctx.leave();
  return { kind: 'compound', items, span: ctx.spanFrom(start), closeSpan };
}

/**
 * In the body of a function that lacks a `}`: the line starts the next external declaration.
 *
 * Lines of a body are indented. A function definition at column 1 in an indented body, or any declaration there when
 * braces do not match in this file, is not meant to be inside.
 */
function endsBrokenFunction(ctx: ParseContext): boolean {
  if (!ctx.token.startsLine) return false;
  if (!ctx.stream.isAtColumnOne(ctx.index)) {
    ctx.functionBody.isIndented = true;
    return false;
  }
  if (ctx.stream.bracesMatch) return false;
  if (ctx.isBehindFunction(ctx.index)) return true;
  if (!ctx.startsDeclaration(ctx.index)) return false;
  return ctx.functionBody.isIndented || ctx.startsFunctionDefinition(ctx.index);
}

/** At a `}` that would end a function: the function goes on behind it, up to a `}` at column 1. */
function isExtraBrace(ctx: ParseContext): boolean {
  const { stream, index } = ctx;
  return (
    ctx.functionBody.startsAtColumnOne && !stream.isAtColumnOne(index) && ctx.isInsideFunction(index + 1)
  );
}

/** `block-item = declaration | statement | nested-function | local-labels`  (C17 6.8.2) */
function parseBlockItem(ctx: ParseContext): BlockItem {
  const isLabel = ctx.code === Code.identifier && ctx.peek(1) === Code.colon;
  if (!isLabel && ctx.startsDeclaration(ctx.index) && !startsAttributeStatement(ctx))
    return parseDeclarationItem(ctx);
  if (ctx.code === Code.localLabel) return parseLocalLabels(ctx);
  return parseStatement(ctx, 'item');
}

/** `__attribute__((fallthrough));` is a statement, not a declaration. */
function startsAttributeStatement(ctx: ParseContext): boolean {
  if (!startsAttributes(ctx)) return false;
  let at = ctx.index;
  for (;;) {
    if (ctx.stream.codeAt(at) === Code.attribute) at = ctx.behindGroup(at + 1);
    else if (ctx.stream.codeAt(at) === Code.openBracket && ctx.stream.codeAt(at + 1) === Code.openBracket) {
      at = ctx.behindGroup(at);
    } else {
      const isLabel = ctx.stream.codeAt(at) === Code.identifier && ctx.stream.codeAt(at + 1) === Code.colon;
      return isLabel || !ctx.startsDeclaration(at);
    }
  }
}

/** `"__label__" identifier ("," identifier)* ";"`  (gcc 12, "Local Labels") */
function parseLocalLabels(ctx: ParseContext): Statement {
  const start = ctx.index;
  ctx.advance();
  const labels: Identifier[] = [];
  do {
    if (ctx.code !== Code.identifier) {
      ctx.expected('identifier');
      break;
    }
    labels.push(ctx.takeIdentifier());
  } while (ctx.accept(Code.comma));
  const span = ctx.spanFrom(start);
  ctx.endStatement();
  return { kind: 'local-labels', labels, span };
}

/** Whether a statement stands in a block, or is the body of another one. */
type StatementPlace = 'item' | 'body';

/** A label in front of a statement, not yet with its body. */
type Prefix =
  | {
      readonly kind: 'case';
      readonly first: Expression;
      readonly last: Expression | undefined;
      readonly span: Span;
    }
  | { readonly kind: 'default'; readonly span: Span }
  | {
      readonly kind: 'label';
      readonly label: Identifier;
      readonly attributes: readonly Attribute[];
      readonly span: Span;
    };

/** `statement = labeled | compound | expression | selection | iteration | jump | asm`  (C17 6.8) */
export function parseStatement(ctx: ParseContext, place: StatementPlace): Statement {
  switch (ctx.code) {
    case Code.case:
    case Code.default:
      return parseLabeled(ctx, place);
    case Code.identifier:
      if (ctx.peek(1) === Code.colon) return parseLabeled(ctx, place);
      break;
    case Code.openBrace:
      return parseCompound(ctx);
    case Code.attribute:
    case Code.openBracket:
      if (startsAttributes(ctx)) checkFallthrough(ctx, parseAttributes(ctx));
      if (ctx.code === Code.identifier && ctx.peek(1) === Code.colon) return parseLabeled(ctx, place);
      break;
  }
  if (!ctx.stream.bracesMatch && ctx.isBehindFunction(ctx.index)) {
    // The function was cut off before this statement; the next one must not become it.
    ctx.expectedAfterLast('statement');
    return { kind: 'null', span: ctx.emptySpan() };
  }
  if (!ctx.enter()) return skipNestedStatement(ctx);
  const statement = parseUnlabeled(ctx);
  ctx.leave();
  return statement;
}

/** `[[fallthrough]];` outside of any switch. Elsewhere gcc only warns when no label follows. */
function checkFallthrough(ctx: ParseContext, attributes: readonly Attribute[]): void {
  if (ctx.code !== Code.semicolon || ctx.switchDepth > 0) return;
  const misplaced = attributes.find(({ name }) => name === 'fallthrough');
  if (misplaced === undefined) return;
  ctx.report('error', 'misplaced-fallthrough', misplaced.span);
  ctx.calm();
}

function skipNestedStatement(ctx: ParseContext): Statement {
  const start = ctx.index;
  while (ctx.code !== Code.semicolon && ctx.code !== Code.end && ctx.code !== Code.closeBrace) {
    const opens = ctx.code === Code.openBrace || ctx.code === Code.openParen || ctx.code === Code.openBracket;
    if (opens) ctx.moveTo(ctx.behindGroup(ctx.index));
    else ctx.advance();
  }
  ctx.accept(Code.semicolon);
  return { kind: 'error', span: ctx.spanFrom(start) };
}

function parseUnlabeled(ctx: ParseContext): Statement {
  const start = ctx.index;
  switch (ctx.code) {
    case Code.openBrace:
      return parseCompound(ctx);
    case Code.semicolon:
      ctx.advance();
      return { kind: 'null', span: ctx.spanFrom(start) };
    case Code.if:
      return parseIf(ctx);
    case Code.switch: {
      // "switch" "(" expression ")" statement  (C17 6.8.4.2)
      ctx.advance();
      const value = parseCondition(ctx);
      ctx.switchDepth += 1;
      const body = parseBody(ctx);
      ctx.switchDepth -= 1;
      return { kind: 'switch', value, body, span: ctx.spanFrom(start) };
    }
    case Code.while: {
      // "while" "(" expression ")" statement  (C17 6.8.5.1)
      ctx.advance();
      const condition = parseCondition(ctx);
      const body = parseBody(ctx);
      return { kind: 'while', condition, body, span: ctx.spanFrom(start) };
    }
    case Code.do:
      return parseDo(ctx);
    case Code.for:
      return parseFor(ctx);
    case Code.goto:
      return parseGoto(ctx);
    case Code.continue:
    case Code.break: {
      // ("continue" | "break") ";"  (C17 6.8.6)
      const kind = ctx.code === Code.break ? 'break' : 'continue';
      ctx.advance();
      const span = ctx.spanFrom(start);
      ctx.endStatement();
      return { kind, span };
    }
    case Code.return: {
      // "return" expression? ";"  (C17 6.8.6.4)
      ctx.advance();
      const hasValue =
        ctx.code !== Code.semicolon && !(ctx.code === Code.closeBrace || ctx.code === Code.end);
      const value = hasValue ? parseExpression(ctx) : undefined;
      const span = ctx.spanFrom(start);
      ctx.endStatement();
      return { kind: 'return', value, span };
    }
    case Code.asm:
      return parseAsm(ctx);
    case Code.else: {
      ctx.report('error', 'else-without-if', ctx.token.span);
      ctx.advance();
      return parseStatement(ctx, 'body');
    }
    case Code.closeParen:
    case Code.closeBracket:
    case Code.colon:
    case Code.other:
      ctx.expected('statement');
      ctx.skipStatement();
      return { kind: 'error', span: ctx.spanFrom(start) };
    default: {
      // expression ";"  (C17 6.8.3)
      const expression = parseExpression(ctx);
      const span = ctx.spanFrom(start);
      if (ctx.index === start) {
        ctx.skipStatement();
        return { kind: 'error', span: ctx.spanFrom(start) };
      }
      ctx.endStatement();
      return { kind: 'expression', expression, span };
    }
  }
}

/**
 * `labeled-statement = (identifier ":" attributes | "case" constant ("..." constant)? ":" | "default" ":") statement`
 * (C17 6.8.1; GNU: case ranges; C2x: no statement before a declaration or the end of the block)
 */
function parseLabeled(ctx: ParseContext, place: StatementPlace): Statement {
  const prefixes: Prefix[] = [];
  for (let prefix = parsePrefix(ctx); prefix !== undefined; prefix = parsePrefix(ctx)) prefixes.push(prefix);
  let body: Statement;
  const standsAlone = ctx.code === Code.closeBrace || ctx.code === Code.end;
  const precedesDeclaration =
    place === 'item' && ctx.startsDeclaration(ctx.index) && !startsAttributeStatement(ctx);
  if (standsAlone || precedesDeclaration) body = { kind: 'null', span: ctx.emptySpan() };
  else if (place === 'item' && ctx.code === Code.localLabel) body = parseLocalLabels(ctx);
  else body = parseStatement(ctx, place);
  for (let at = prefixes.length - 1; at >= 0; at--) {
    const prefix = prefixes[at];
    if (prefix !== undefined) body = { ...prefix, body, span: joinSpans(prefix.span, body.span) };
  }
  return body;
}

function parsePrefix(ctx: ParseContext): Prefix | undefined {
  const start = ctx.index;
  switch (ctx.code) {
    case Code.case: {
      ctx.advance();
      const first = parseConstant(ctx);
      const last = ctx.accept(Code.ellipsis) ? parseConstant(ctx) : undefined;
      const wanted = last === undefined ? 'colon-or-ellipsis' : 'colon';
      if (!ctx.require(Code.colon, wanted)) skipToColon(ctx);
      return { kind: 'case', first, last, span: ctx.spanFrom(start) };
    }
    case Code.default:
      ctx.advance();
      if (!ctx.require(Code.colon, 'colon')) skipToColon(ctx);
      return { kind: 'default', span: ctx.spanFrom(start) };
    case Code.identifier: {
      if (ctx.peek(1) !== Code.colon) return undefined;
      const label = ctx.takeIdentifier();
      ctx.advance();
      // Attributes here belong to the label unless a declaration follows them.
      const attributes = startsAttributes(ctx) && startsAttributeStatement(ctx) ? parseAttributes(ctx) : none;
      return { kind: 'label', label, attributes, span: joinSpans(label.span, label.span) };
    }
    default:
      return undefined;
  }
}

/** A broken `case`: goes on behind a colon on the same line. */
function skipToColon(ctx: ParseContext): void {
  for (let at = ctx.index; at < ctx.index + 200 && !ctx.stream.at(at).startsLine; at++) {
    switch (ctx.stream.codeAt(at)) {
      case Code.colon:
        ctx.moveTo(at + 1);
        ctx.calm();
        return;
      case Code.end:
      case Code.semicolon:
      case Code.openBrace:
      case Code.closeBrace:
        return;
    }
  }
  ctx.calm();
}

/** `"(" expression ")"` behind `if`, `while`, `switch` */
function parseCondition(ctx: ParseContext): Expression {
  const open = ctx.index;
  if (ctx.require(Code.openParen, 'open-paren')) {
    const condition = parseExpression(ctx);
    ctx.closeBracket(Code.closeParen, open);
    return condition;
  }
  // Without `(`: what can be read up to the body.
  const condition: Expression =
    ctx.code === Code.openBrace || ctx.code === Code.semicolon || ctx.token.startsLine
      ? { kind: 'error', span: ctx.emptySpan() }
      : parseExpression(ctx);
  ctx.accept(Code.closeParen);
  return condition;
}

/** The statement that another one governs. A missing one is reported and costs nothing else. */
function parseBody(ctx: ParseContext): Statement {
  if (ctx.code !== Code.semicolon) ctx.calmIfReadable();
  const isDeclaration =
    ctx.startsDeclaration(ctx.index) &&
    !startsAttributes(ctx) &&
    !(ctx.code === Code.identifier && ctx.peek(1) === Code.colon);
  if (ctx.code === Code.closeBrace || ctx.code === Code.end || isDeclaration) {
    ctx.expected('expression');
    const span = ctx.emptySpan();
    if (isDeclaration && !ctx.token.startsLine) {
      ctx.names.open();
      parseDeclarationItem(ctx);
      ctx.names.close();
    }
    return { kind: 'error', span };
  }
  return parseStatement(ctx, 'body');
}

/** `"if" "(" expression ")" statement ("else" statement)?`  (C17 6.8.4.1) */
function parseIf(ctx: ParseContext): Statement {
  const branches: { readonly start: Span; readonly condition: Expression; readonly then: Statement }[] = [];
  let otherwise: Statement | undefined;
  for (;;) {
    const start = ctx.token.span;
    ctx.advance();
    const condition = parseCondition(ctx);
    const then = ctx.code === Code.else ? missingStatement(ctx) : parseBody(ctx);
    branches.push({ start, condition, then });
    if (!ctx.accept(Code.else)) break;
    ctx.calm();
    if (ctx.code === Code.if) continue;
    otherwise = parseBody(ctx);
    break;
  }
  const behind = ctx.stream.at(ctx.index - 1).span;
  for (let at = branches.length - 1; at >= 0; at--) {
    const branch = branches[at];
    if (branch === undefined) continue;
    const { start, condition, then } = branch;
    otherwise = { kind: 'if', condition, then, otherwise, span: joinSpans(start, behind) };
  }
  return otherwise ?? missingStatement(ctx);
}

function missingStatement(ctx: ParseContext): Statement {
  ctx.expected('expression');
  return { kind: 'error', span: ctx.emptySpan() };
}

/** `"do" statement "while" "(" expression ")" ";"`  (C17 6.8.5.2) */
function parseDo(ctx: ParseContext): Statement {
  const start = ctx.index;
  ctx.advance();
  const body = parseBody(ctx);
  let condition: Expression;
  if (ctx.require(Code.while, 'while')) {
    condition = parseCondition(ctx);
    const span = ctx.spanFrom(start);
    ctx.endStatement();
    return { kind: 'do', body, condition, span };
  }
  condition = { kind: 'error', span: ctx.emptySpan() };
  return { kind: 'do', body, condition, span: ctx.spanFrom(start) };
}

/** `"for" "(" (declaration | expression? ";") expression? ";" expression? ")" statement`  (C17 6.8.5.3) */
function parseFor(ctx: ParseContext): Statement {
  const start = ctx.index;
  ctx.advance();
  const open = ctx.index;
  ctx.names.open();
  const reported = ctx.diagnostics.length;
  let init: Declaration | Expression | undefined;
  let condition: Expression | undefined;
  let step: Expression | undefined;
  if (ctx.require(Code.openParen, 'open-paren')) {
    if (ctx.isNextDefinition(ctx.index)) {
      ctx.expectedAfterLast('close-paren', open);
    } else if (ctx.startsDeclaration(ctx.index)) {
      const { span } = ctx.token;
      const item = parseDeclarationItem(ctx);
      if (item.kind === 'declaration') init = item;
      if (isC90(ctx.dialect)) ctx.report('error', 'for-declaration', span);
    } else {
      if (ctx.code !== Code.semicolon) init = parseExpression(ctx);
      endForPart(ctx);
    }
    if (ctx.diagnostics.length > reported) ctx.silence();
    const hasCondition = ctx.code !== Code.semicolon && ctx.code !== Code.closeParen;
    if (hasCondition) condition = parseExpression(ctx);
    const lacksSemicolon = ctx.code === Code.closeParen;
    endForPart(ctx);
    if (ctx.code !== Code.closeParen) step = parseExpression(ctx);
    if (lacksSemicolon && condition?.kind === 'binary' && condition.operator === ',') {
      // `for (i = 0; i < n, i++)`: the comma was meant to be the semicolon.
      ({ left: condition, right: step } = condition);
    }
    closeFor(ctx, open);
  }
  const body = parseBody(ctx);
  ctx.names.close();
  return { kind: 'for', init, condition, step, body, span: ctx.spanFrom(start) };
}

/** A semicolon in the head of a `for`. */
function endForPart(ctx: ParseContext): void {
  if (ctx.accept(Code.semicolon)) return;
  ctx.expected('semicolon');
}

function closeFor(ctx: ParseContext, open: number): void {
  if (ctx.accept(Code.closeParen)) {
    return;
  }
  ctx.expectedAfterLast('close-paren', open);
  // `for (a; b; c; d)`: semicolons do not end the search for `)` on this line.
  for (let at = ctx.index; at < ctx.index + 200 && !ctx.stream.at(at).startsLine; at++) {
    const code = ctx.stream.codeAt(at);
    if (code === Code.openParen || code === Code.openBracket) {
      at = ctx.behindGroup(at) - 1;
    } else if (code === Code.closeParen) {
      ctx.moveTo(at + 1);
      return;
    } else if (code === Code.openBrace || code === Code.closeBrace || code === Code.end) {
      return;
    }
  }
}

/** `"goto" (identifier | "*" expression) ";"`  (C17 6.8.6.1; GNU: computed goto) */
function parseGoto(ctx: ParseContext): Statement {
  const start = ctx.index;
  ctx.advance();
  if (ctx.code === Code.identifier) {
    const label = ctx.takeIdentifier();
    const span = ctx.spanFrom(start);
    ctx.endStatement();
    return { kind: 'goto', label, span };
  }
  if (ctx.accept(Code.star)) {
    const target = parseExpression(ctx);
    const span = ctx.spanFrom(start);
    ctx.endStatement();
    return { kind: 'computed-goto', target, span };
  }
  ctx.expected('identifier-or-star');
  const span = ctx.spanFrom(start);
  ctx.endStatement();
  return { kind: 'error', span };
}

/**
 * `"asm" ("volatile" | "inline" | "goto")* "(" string (":" outputs (":" inputs (":" clobbers (":" labels)?)?)?)? ")" ";"`
 * (gcc 12, "Extended Asm")
 */
export function parseAsm(ctx: ParseContext): Statement & { readonly kind: 'asm' } {
  const start = ctx.index;
  ctx.advance();
  // Outside of functions there are no operands and no words (gcc/c/c-parser.cc: c_parser_asm_definition).
  if (ctx.functionBody.open < 0) {
    const text = parseAsmInParentheses(ctx) ?? '';
    const span = ctx.spanFrom(start);
    ctx.endStatement();
    const nothing = { outputs: none, inputs: none, clobbers: none, labels: none };
    return { kind: 'asm', text, hasOperands: false, ...nothing, span };
  }
  while (ctx.code === Code.volatile || ctx.code === Code.inline || ctx.code === Code.goto) ctx.advance();
  let text = '';
  let outputs: readonly AsmOperand[] = none;
  let inputs: readonly AsmOperand[] = none;
  const clobbers: string[] = [];
  const labels: Identifier[] = [];
  const open = ctx.index;
  let hasOperands = false;
  if (ctx.require(Code.openParen, 'open-paren')) {
    text = parseAsmText(ctx);
    hasOperands = ctx.code === Code.colon;
    if (ctx.accept(Code.colon)) outputs = parseAsmOperands(ctx);
    if (ctx.accept(Code.colon)) inputs = parseAsmOperands(ctx);
    if (ctx.accept(Code.colon) && ctx.code === Code.string) {
      do clobbers.push(parseAsmText(ctx));
      while (ctx.accept(Code.comma));
    }
    if (ctx.accept(Code.colon)) {
      while (ctx.code === Code.identifier) {
        labels.push(ctx.takeIdentifier());
        if (!ctx.accept(Code.comma)) break;
      }
    }
    ctx.closeBracket(Code.closeParen, open);
  }
  const span = ctx.spanFrom(start);
  ctx.endStatement();
  return { kind: 'asm', text, hasOperands, outputs, inputs, clobbers, labels, span };
}

/** `(("[" identifier "]")? string "(" expression ")") ("," …)*` */
function parseAsmOperands(ctx: ParseContext): readonly AsmOperand[] {
  if (ctx.code !== Code.string && ctx.code !== Code.openBracket) return none;
  const operands: AsmOperand[] = [];
  do {
    let name: Identifier | undefined;
    const bracket = ctx.index;
    if (ctx.accept(Code.openBracket)) {
      // Keywords are names here, too: `[register]`.
      if (ctx.code !== Code.closeBracket) name = ctx.takeIdentifier();
      ctx.closeBracket(Code.closeBracket, bracket);
    }
    const constraint = parseAsmText(ctx);
    const open = ctx.index;
    if (!ctx.require(Code.openParen, 'open-paren')) break;
    const value = parseExpression(ctx);
    ctx.closeBracket(Code.closeParen, open);
    operands.push({ name, constraint, value });
  } while (ctx.accept(Code.comma));
  return operands;
}
