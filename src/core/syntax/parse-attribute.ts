/**
 * `__attribute__((…))`, `[[…]]` and asm labels: what gcc lets follow almost anything.
 *
 * What an attribute means is for the analyser; here its arguments become expressions or type names where they read as
 * such, and are stepped over where they do not.
 */
import { parseAssignment, parseString } from './parse-expression.ts';
import { Code } from './token-code.ts';
import { none } from './short-list.ts';
import type { ParseContext } from './parse-context.ts';
import type { Attribute, Expression, TypeName } from './ast.ts';

/**
 * `attributes = ("__attribute__" "(" "(" attribute ("," attribute)* ")" ")" | "[" "[" … "]" "]")*`
 * (gcc 12, "Attribute Syntax"; C2x 6.7.12)
 */
export function parseAttributes(ctx: ParseContext): readonly Attribute[] {
  if (!startsAttributes(ctx)) return none;
  const list: Attribute[] = [];
  while (startsAttributes(ctx)) {
    if (ctx.code === Code.attribute) parseGnuAttributes(ctx, list);
    else parseStandardAttributes(ctx, list);
  }
  return list;
}

/** True at `__attribute__` and `[[`. */
export function startsAttributes(ctx: ParseContext): boolean {
  return ctx.code === Code.attribute || (ctx.code === Code.openBracket && ctx.peek(1) === Code.openBracket);
}

function parseGnuAttributes(ctx: ParseContext, list: Attribute[]): void {
  ctx.advance();
  const outer = ctx.index;
  if (!ctx.require(Code.openParen, 'open-paren')) return;
  const inner = ctx.index;
  if (!ctx.require(Code.openParen, 'open-paren')) return;
  parseAttributeList(ctx, list, false);
  ctx.closeBracket(Code.closeParen, inner);
  ctx.closeBracket(Code.closeParen, outer);
}

function parseStandardAttributes(ctx: ParseContext, list: Attribute[]): void {
  const outer = ctx.index;
  ctx.advance();
  const inner = ctx.index;
  ctx.advance();
  parseAttributeList(ctx, list, true);
  ctx.closeBracket(Code.closeBracket, inner);
  ctx.closeBracket(Code.closeBracket, outer);
}

/** `attribute-list = attribute? ("," attribute?)*` */
function parseAttributeList(ctx: ParseContext, list: Attribute[], isStandard: boolean): void {
  do {
    if (isWord(ctx)) {
      const start = ctx.index;
      const attribute = parseAttribute(ctx);
      if (isStandard) checkStandardArguments(ctx, start, attribute);
      list.push(attribute);
    }
  } while (ctx.accept(Code.comma));
}

/**
 * Checks what stands in the parentheses of an attribute of the standard, whose first token is that at `start`.
 *
 * @source C2x 6.7.12.2 to 6.7.12.5; gcc/c/c-parser.cc: c_parser_std_attribute
 */
function checkStandardArguments(ctx: ParseContext, start: number, { name, args, span }: Attribute): void {
  if (ctx.stream.codeAt(start + 1) !== Code.openParen) return;
  switch (name) {
    case 'maybe_unused':
    case 'fallthrough':
      ctx.report('error', 'attribute-without-arguments', span, { name });
      break;
    case 'deprecated':
    case 'nodiscard':
      // One string, of one or more literals.
      if (args.length === 1 && ctx.stream.codeAt(start + 2) === Code.string) return;
      ctx.report('error', 'attribute-string', span, { name });
      break;
    default:
      return;
  }
  ctx.calm();
}

/** `attribute = word | word "(" arguments? ")" | word "::" word …` */
function parseAttribute(ctx: ParseContext): Attribute {
  const start = ctx.index;
  let name = bareName(ctx.token.text);
  ctx.advance();
  if (ctx.code === Code.colon && ctx.peek(1) === Code.colon) {
    ctx.moveTo(ctx.index + 2);
    const inScope = bareName(ctx.token.text);
    name = name === 'gnu' ? inScope : `${name}::${inScope}`;
    if (isWord(ctx)) ctx.advance();
  }
  if (ctx.code !== Code.openParen) return { name, args: none, span: ctx.spanFrom(start) };
  const open = ctx.index;
  const behind = ctx.behindGroup(open);
  ctx.advance();
  if (ctx.stream.codeAt(behind - 1) !== Code.closeParen) {
    // The arguments are not closed: they end in this line.
    ctx.closeBracket(Code.closeParen, open);
    return { name, args: none, span: ctx.spanFrom(start) };
  }
  const args: (Expression | TypeName)[] = [];
  while (ctx.index < behind - 1) {
    const startsArgument = startsExpression(ctx);
    if (startsArgument === 'type') args.push(ctx.productions.typeName(ctx));
    else if (startsArgument === 'expression') args.push(parseAssignment(ctx));
    if (!ctx.accept(Code.comma)) break;
  }
  if (ctx.index < behind) ctx.moveTo(behind);
  return { name, args, span: ctx.spanFrom(start) };
}

/** Any identifier or keyword: `const` is an attribute, too. */
function isWord(ctx: ParseContext): boolean {
  const { kind } = ctx.token;
  return kind === 'identifier' || kind === 'keyword';
}

/** `__packed__` means `packed`. */
function bareName(text: string): string {
  return text.length > 4 && text.startsWith('__') && text.endsWith('__') ? text.slice(2, -2) : text;
}

function startsExpression(ctx: ParseContext): 'type' | 'expression' | undefined {
  if (ctx.startsTypeName(ctx.index)) return 'type';
  switch (ctx.code) {
    case Code.identifier:
    case Code.number:
    case Code.character:
    case Code.string:
    case Code.openParen:
    case Code.minus:
    case Code.plus:
    case Code.tilde:
    case Code.not:
    case Code.ampersand:
    case Code.star:
    case Code.sizeof:
    case Code.alignof:
    case Code.offsetof:
      return 'expression';
    default:
      return undefined;
  }
}

/** `asm-label = "asm" "(" string-literal+ ")"`  (gcc 12, "Asm Labels") */
export function parseAsmLabel(ctx: ParseContext): string | undefined {
  if (ctx.code !== Code.asm) return undefined;
  ctx.advance();
  return parseAsmInParentheses(ctx);
}

/** `"(" string-literal+ ")"` */
export function parseAsmInParentheses(ctx: ParseContext): string | undefined {
  const open = ctx.index;
  if (!ctx.require(Code.openParen, 'open-paren')) return undefined;
  const text = parseAsmText(ctx);
  ctx.closeBracket(Code.closeParen, open);
  return text;
}

/** The characters of adjacent string literals in an asm: prefix and quotes removed, common escapes replaced. */
export function parseAsmText(ctx: ParseContext): string {
  if (ctx.code !== Code.string) {
    ctx.expected('string-literal');
    return '';
  }
  return parseString(ctx)
    .parts.map((part) => unquote(part.text))
    .join('');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

function unquote(literal: string): string {
  return literal
    .slice(literal.indexOf('"') + 1, -1)
    .replace(/\\([^])/g, (_whole, character: string) => escapes[character] ?? character);
}
