/**
 * Initialisers (C17 6.7.9) with the old GNU designators.
 */
import { parseAssignment, parseConstant } from './parse-expression.ts';
import { Code } from './token-code.ts';
import type { ParseContext } from './parse-context.ts';
import { none } from './short-list.ts';
import type { Designator, Initializer, InitializerItem, InitializerList } from './ast.ts';

/** `initializer = assignment-expression | "{" initializer-list? "}"`  (C17 6.7.9) */
export function parseInitializer(ctx: ParseContext): Initializer {
  if (ctx.code === Code.openBrace) return parseInitializerList(ctx);
  const value = parseAssignment(ctx);
  return { kind: 'value', value, span: value.span };
}

/** `"{" (designation? initializer ("," designation? initializer)* ","?)? "}"`  (C17 6.7.9; GNU: may be empty) */
export function parseInitializerList(ctx: ParseContext): InitializerList {
  const start = ctx.index;
  if (!ctx.enter()) {
    ctx.moveTo(ctx.behindGroup(start));
    return { kind: 'list', items: none, span: ctx.spanFrom(start) };
  }
  ctx.advance();
  const items: InitializerItem[] = [];
  while (ctx.code !== Code.closeBrace && ctx.code !== Code.end) {
    const designators = parseDesignation(ctx);
    items.push({ designators, value: parseInitializer(ctx) });
    if (!ctx.accept(Code.comma)) break;
  }
  ctx.leave();
  if (ctx.code === Code.closeBrace) {
    ctx.advance();
  } else {
    if (ctx.code === Code.semicolon) ctx.expectedAfterLast('close-brace', start);
    else ctx.expected('close-brace');
    const partner = ctx.findCloser(Code.closeBrace);
    if (partner >= 0) ctx.moveTo(partner + 1);
  }
  return { kind: 'list', items, span: ctx.spanFrom(start) };
}

/** `designation = designator+ "=" | identifier ":" | "[" … "]"`  (C17 6.7.9; the last two are old GNU forms) */
function parseDesignation(ctx: ParseContext): readonly Designator[] {
  if (ctx.code === Code.identifier && ctx.peek(1) === Code.colon) {
    const member = ctx.takeIdentifier();
    ctx.advance();
    return [{ kind: 'member', member, span: member.span }];
  }
  if (ctx.code !== Code.dot && ctx.code !== Code.openBracket) return none;
  const designators: Designator[] = [];
  for (;;) {
    const start = ctx.index;
    if (ctx.accept(Code.dot)) {
      if (ctx.code !== Code.identifier) {
        ctx.expected('identifier');
        return designators;
      }
      const member = ctx.takeIdentifier();
      designators.push({ kind: 'member', member, span: ctx.spanFrom(start) });
    } else if (ctx.accept(Code.openBracket)) {
      const first = parseConstant(ctx);
      const last = ctx.accept(Code.ellipsis) ? parseConstant(ctx) : undefined;
      ctx.closeBracket(Code.closeBracket, start);
      const span = ctx.spanFrom(start);
      designators.push(
        last === undefined ? { kind: 'index', index: first, span } : { kind: 'range', first, last, span },
      );
    } else {
      break;
    }
  }
  const [only] = designators;
  const isOldForm = designators.length === 1 && only?.kind !== 'member';
  if (!ctx.accept(Code.assign) && !isOldForm) ctx.expected('equal');
  return designators;
}
