/**
 * Expressions (C17 6.5) with the GNU extensions.
 *
 * Binary operators are read with a stack of waiting left operands instead of one function for each precedence, so that a
 * level of parentheses costs few frames of the JavaScript stack and a long sum costs none.
 */
import { joinSpans } from './join-spans.ts';
import { Code, classOf, precedenceOf, StartsStatement } from './token-code.ts';
import { none } from './short-list.ts';
import { loopLimit } from './parse-context.ts';
import type { ParseContext } from './parse-context.ts';
import type {
  AssignOperator,
  BinaryOperator,
  Designator,
  Expression,
  StorageClass,
  TypeName,
  UnaryOperator,
} from './ast.ts';
import type { Token } from './token.ts';

/** `expression = assignment-expression ("," assignment-expression)*`  (C17 6.5.17) */
export function parseExpression(ctx: ParseContext): Expression {
  let left = parseAssignment(ctx);
  while (ctx.code === Code.comma) {
    const operatorSpan = ctx.token.span;
    ctx.advance();
    const right = parseAssignment(ctx);
    left = {
      kind: 'binary',
      operator: ',',
      left,
      right,
      operatorSpan,
      span: joinSpans(left.span, right.span),
    };
  }
  return left;
}

/** `assignment-expression = conditional-expression (assignment-operator assignment-expression)?`  (C17 6.5.16) */
export function parseAssignment(ctx: ParseContext): Expression {
  if (!ctx.enter()) return skipNested(ctx);
  const left = parseConditional(ctx);
  let result = left;
  const isAssignment = ctx.code === Code.assign || ctx.code === Code.compoundAssign;
  // Behind an operand that is missing, `=` belongs to a declaration around it: `int a[ = { 1 };`.
  if (isAssignment && left.kind !== 'error') {
    const { text, span: operatorSpan } = ctx.token;
    ctx.advance();
    const right = parseAssignment(ctx);
    const operator = text as AssignOperator;
    result = { kind: 'assign', operator, left, right, operatorSpan, span: joinSpans(left.span, right.span) };
  }
  ctx.leave();
  return result;
}

/** `constant-expression = conditional-expression`  (C17 6.6) */
export function parseConstant(ctx: ParseContext): Expression {
  if (!ctx.enter()) return skipNested(ctx);
  const result = parseConditional(ctx);
  ctx.leave();
  return result;
}

/**
 * `conditional-expression = logical-or ("?" expression? ":" conditional-expression)?`  (C17 6.5.15; GNU: no middle)
 */
function parseConditional(ctx: ParseContext): Expression {
  const condition = parseBinary(ctx);
  if (ctx.code !== Code.question) return condition;
  ctx.advance();
  const then = ctx.code === Code.colon ? undefined : parseExpression(ctx);
  if (!ctx.require(Code.colon, 'colon')) {
    const otherwise: Expression = { kind: 'error', span: ctx.emptySpan() };
    return { kind: 'conditional', condition, then, otherwise, span: ctx.spanSince(condition.span) };
  }
  const otherwise = parseConstant(ctx);
  return { kind: 'conditional', condition, then, otherwise, span: joinSpans(condition.span, otherwise.span) };
}

/** `binary = cast-expression (binary-operator cast-expression)*`, bound by precedence  (C17 6.5.5 to 6.5.14) */
function parseBinary(ctx: ParseContext): Expression {
  const { leftOperands, operatorIndices, stream } = ctx;
  const base = leftOperands.length;
  let operand = parseUnary(ctx);
  for (;;) {
    const precedence = precedenceOf[ctx.code] ?? 0;
    while (leftOperands.length > base) {
      const operatorIndex = operatorIndices[operatorIndices.length - 1] ?? 0;
      if ((precedenceOf[stream.codeAt(operatorIndex)] ?? 0) < precedence) break;
      operatorIndices.length--;
      const left = leftOperands.pop() ?? operand;
      const { text, span: operatorSpan } = stream.at(operatorIndex);
      const span = joinSpans(left.span, operand.span);
      const operator = text as BinaryOperator;
      operand = { kind: 'binary', operator, left, right: operand, operatorSpan, span };
    }
    if (precedence === 0) return operand;
    leftOperands.push(operand);
    operatorIndices.push(ctx.index);
    ctx.advance();
    operand = parseUnary(ctx);
  }
}

/**
 * `cast-expression = "(" type-name ")" cast-expression | unary-expression`
 * `unary-expression = unary-operator cast-expression | "sizeof" … | "_Alignof" … | "&&" identifier | postfix-expression`
 * (C17 6.5.3, 6.5.4)
 */
function parseUnary(ctx: ParseContext): Expression {
  switch (ctx.code) {
    case Code.identifier:
    case Code.number:
      return parsePostfix(ctx, parsePrimary(ctx));
    case Code.openParen:
      return ctx.startsTypeName(ctx.index + 1) || startsUnknownCast(ctx)
        ? parseCast(ctx)
        : parsePostfix(ctx, parsePrimary(ctx));
    case Code.plus:
      return parseUnaryOperator(ctx, '+');
    case Code.minus:
      return parseUnaryOperator(ctx, '-');
    case Code.tilde:
      return parseUnaryOperator(ctx, '~');
    case Code.not:
      return parseUnaryOperator(ctx, '!');
    case Code.star:
      return parseUnaryOperator(ctx, '*');
    case Code.ampersand:
      return parseUnaryOperator(ctx, '&');
    case Code.plusPlus:
      return parseUnaryOperator(ctx, '++');
    case Code.minusMinus:
      return parseUnaryOperator(ctx, '--');
    case Code.real:
      return parseUnaryOperator(ctx, '__real__');
    case Code.imag:
      return parseUnaryOperator(ctx, '__imag__');
    case Code.extension:
      return parseUnaryOperator(ctx, '__extension__');
    case Code.sizeof:
    case Code.alignof:
      return parseSizeof(ctx);
    case Code.andAnd:
      return parseLabelAddress(ctx);
    default:
      return parsePostfix(ctx, parsePrimary(ctx));
  }
}

function parseUnaryOperator(ctx: ParseContext, operator: UnaryOperator): Expression {
  if (!ctx.enter()) return skipNested(ctx);
  const start = ctx.token.span;
  ctx.advance();
  const operand = parseUnary(ctx);
  ctx.leave();
  return { kind: 'unary', operator, operand, span: joinSpans(start, operand.span) };
}

/** `"sizeof" unary-expression | "sizeof" "(" type-name ")"`, `_Alignof` alike  (C17 6.5.3.4; GNU: of an expression) */
function parseSizeof(ctx: ParseContext): Expression {
  if (!ctx.enter()) return skipNested(ctx);
  const start = ctx.token.span;
  const isSizeof = ctx.code === Code.sizeof;
  ctx.advance();
  let operand: Expression;
  if (ctx.code === Code.openParen && ctx.startsTypeName(ctx.index + 1)) {
    const type = parseParenthesizedTypeName(ctx);
    if (ctx.code !== Code.openBrace) {
      ctx.leave();
      return { kind: isSizeof ? 'sizeof-type' : 'alignof-type', type, span: ctx.spanSince(start) };
    }
    operand = parsePostfix(ctx, parseCompoundLiteral(ctx, none, type, type.span));
  } else {
    operand = parseUnary(ctx);
  }
  ctx.leave();
  const span = joinSpans(start, operand.span);
  return { kind: isSizeof ? 'sizeof-expression' : 'alignof-expression', operand, span };
}

/** `"&&" identifier`  (GNU: labels as values) */
function parseLabelAddress(ctx: ParseContext): Expression {
  const start = ctx.token.span;
  ctx.advance();
  if (ctx.code !== Code.identifier) {
    ctx.expected('identifier');
    return { kind: 'error', span: start };
  }
  const label = ctx.takeIdentifier();
  return { kind: 'label-address', label, span: joinSpans(start, label.span) };
}

/** `"(" type-name ")" cast-expression | "(" type-name ")" "{" initializer-list "}" …`  (C17 6.5.4, 6.5.2.5) */
function parseCast(ctx: ParseContext): Expression {
  if (!ctx.enter()) return skipNested(ctx);
  const start = ctx.token.span;
  const type = parseParenthesizedTypeName(ctx);
  let result: Expression;
  if (ctx.code === Code.openBrace) {
    result = parsePostfix(ctx, parseCompoundLiteral(ctx, none, type, start));
  } else {
    const operand = parseUnary(ctx);
    result = { kind: 'cast', type, operand, span: joinSpans(start, operand.span) };
  }
  ctx.leave();
  return result;
}

/**
 * A cast to a type whose declaration is missing (a header was not found): `(name *) …`, or `(name)` with something
 * behind it that could not follow an expression. Better one unknown type than an expression that falls apart.
 */
function startsUnknownCast(ctx: ParseContext): boolean {
  if (ctx.peek(1) !== Code.identifier) return false;
  let at = ctx.index + 2;
  const after = ctx.stream.codeAt(at);
  if (after !== Code.star && after !== Code.closeParen) return false;
  if (ctx.names.kindOf(ctx.stream.at(ctx.index + 1).text) !== undefined) return false;
  while (ctx.stream.codeAt(at) === Code.star) at++;
  if (ctx.stream.codeAt(at) !== Code.closeParen) return false;
  if (after === Code.star) return true;
  switch (ctx.stream.codeAt(at + 1)) {
    case Code.identifier:
    case Code.number:
    case Code.character:
    case Code.string:
      return !ctx.stream.at(at + 1).startsLine;
    default:
      return false;
  }
}

/** `"(" type-name ")"` */
export function parseParenthesizedTypeName(ctx: ParseContext): TypeName {
  const open = ctx.index;
  if (!ctx.require(Code.openParen, 'open-paren')) return ctx.productions.typeName(ctx);
  const type = ctx.productions.typeName(ctx);
  ctx.closeBracket(Code.closeParen, open);
  return type;
}

function parseCompoundLiteral(
  ctx: ParseContext,
  storage: readonly StorageClass[],
  type: TypeName,
  start: Token['span'],
): Expression {
  const initializer = ctx.productions.initializerList(ctx);
  return { kind: 'compound-literal', storage, type, initializer, span: joinSpans(start, initializer.span) };
}

/**
 * `postfix-expression = primary-expression ("[" expression "]" | "(" arguments? ")" | "." identifier | "->" identifier
 * | "++" | "--")*`  (C17 6.5.2)
 */
function parsePostfix(ctx: ParseContext, primary: Expression): Expression {
  let base = primary;
  for (;;) {
    switch (ctx.code) {
      case Code.openBracket: {
        const open = ctx.index;
        ctx.advance();
        const index = parseExpression(ctx);
        ctx.closeBracket(Code.closeBracket, open);
        base = { kind: 'index', base, index, span: ctx.spanSince(base.span) };
        break;
      }
      case Code.openParen: {
        const args = parseArguments(ctx);
        base = { kind: 'call', callee: base, args, span: ctx.spanSince(base.span) };
        break;
      }
      case Code.dot:
      case Code.arrow: {
        const arrow = ctx.code === Code.arrow;
        ctx.advance();
        if (ctx.code !== Code.identifier) {
          ctx.expected('identifier');
          return { kind: 'error', span: ctx.spanSince(base.span) };
        }
        const member = ctx.takeIdentifier();
        base = { kind: 'member', base, arrow, member, span: joinSpans(base.span, member.span) };
        break;
      }
      case Code.plusPlus:
      case Code.minusMinus: {
        // At the start of a line behind a missing `;` it belongs to the next statement; gcc reads it as ours does.
        const operator = ctx.code === Code.plusPlus ? '++' : '--';
        ctx.advance();
        base = { kind: 'postfix', operator, operand: base, span: ctx.spanSince(base.span) };
        break;
      }
      default:
        return base;
    }
  }
}

/** `arguments = assignment-expression ("," assignment-expression)*`, in parentheses  (C17 6.5.2) */
function parseArguments(ctx: ParseContext): readonly Expression[] {
  const open = ctx.index;
  ctx.advance();
  if (ctx.accept(Code.closeParen)) return none;
  const args = [parseAssignment(ctx)];
  while (ctx.accept(Code.comma)) args.push(parseAssignment(ctx));
  ctx.closeBracket(Code.closeParen, open);
  return args;
}

/** `primary-expression = identifier | constant | string-literal+ | "(" expression ")" | …`  (C17 6.5.1) */
function parsePrimary(ctx: ParseContext): Expression {
  const token = ctx.token;
  switch (ctx.code) {
    case Code.identifier:
      // A typedef name begins no expression.
      if (ctx.names.isTypedef(token.text)) break;
      if (token.text.startsWith('__builtin_') && builtinsWithTypes.has(token.text)) return skipBuiltin(ctx);
      ctx.advance();
      return { kind: 'identifier', name: token.text, span: token.span };
    case Code.number:
      ctx.advance();
      return { kind: 'number', text: token.text, span: token.span };
    case Code.character:
      ctx.advance();
      return { kind: 'character', text: token.text, span: token.span };
    case Code.string:
      return parseString(ctx);
    case Code.openParen:
      return parseParenthesized(ctx);
    case Code.generic:
      return parseGeneric(ctx);
    case Code.vaArg:
    case Code.offsetof:
    case Code.typesCompatible:
    case Code.chooseExpression:
    case Code.convertVector:
      return parseBuiltin(ctx);
    default:
      break;
  }
  ctx.expected('expression');
  return { kind: 'error', span: ctx.emptySpan() };
}

/** Builtins that take types or attributes as arguments and are not modelled. */
const builtinsWithTypes: ReadonlySet<string> = new Set(['__builtin_has_attribute']);

function skipBuiltin(ctx: ParseContext): Expression {
  const start = ctx.index;
  const { text: name, span } = ctx.token;
  ctx.report('unsupported', 'unsupported-builtin', span, { name });
  ctx.advance();
  if (ctx.code === Code.openParen) ctx.moveTo(ctx.behindGroup(ctx.index));
  return { kind: 'error', span: ctx.spanFrom(start) };
}

/** `string-literal+`: adjacent literals are one  (C17 5.1.1.2 phase 6) */
export function parseString(ctx: ParseContext): Expression & { readonly kind: 'string' } {
  const start = ctx.index;
  const parts = [ctx.token];
  ctx.advance();
  while (ctx.code === Code.string) {
    parts.push(ctx.token);
    ctx.advance();
  }
  return { kind: 'string', parts, span: ctx.spanFrom(start) };
}

/** Behind `(`: whether another pair of parentheses is all that is inside. */
function holdsOnlyParentheses(ctx: ParseContext): boolean {
  const { stream, index, code } = ctx;
  if (code !== Code.openParen || stream.codeAt(index + 1) !== Code.openParen) return false;
  const behind = stream.behindGroup(index);
  return stream.codeAt(behind) === Code.closeParen && stream.behindGroup(index - 1) === behind + 1;
}

/** `"(" expression ")" | "(" compound-statement ")"`  (C17 6.5.1; GNU: statement expressions) */
function parseParenthesized(ctx: ParseContext): Expression {
  const start = ctx.index;
  ctx.advance();
  if (ctx.code === Code.openBrace) {
    if (!ctx.enter()) return skipNested(ctx);
    const wasInPanic = ctx.inPanic;
    const body = ctx.productions.compound(ctx);
    if (!wasInPanic) ctx.calm();
    ctx.leave();
    ctx.closeBracket(Code.closeParen, start);
    return { kind: 'statement-expression', body, span: ctx.spanFrom(start) };
  }
  // `((…))`: the parentheses that hold nothing but another pair are read in a loop, however many there are.
  while (holdsOnlyParentheses(ctx)) {
    if (ctx.index - start === loopLimit) {
      ctx.tooDeep(loopLimit);
      ctx.moveTo(start);
      return skipNested(ctx);
    }
    ctx.advance();
  }
  let last = ctx.index - 1;
  let inner = parseExpression(ctx);
  for (; last >= start; last--) {
    ctx.closeBracket(Code.closeParen, last);
    inner = { kind: 'paren', inner, span: ctx.spanFrom(last) };
  }
  return inner;
}

/** `"_Generic" "(" assignment-expression ("," (type-name | "default") ":" assignment-expression)+ ")"`  (C17 6.5.1.1) */
function parseGeneric(ctx: ParseContext): Expression {
  const start = ctx.index;
  ctx.advance();
  const open = ctx.index;
  if (!ctx.require(Code.openParen, 'open-paren')) return { kind: 'error', span: ctx.spanFrom(start) };
  const control = parseAssignment(ctx);
  const associations: { type: TypeName | undefined; value: Expression }[] = [];
  if (ctx.code !== Code.comma) ctx.expected('comma');
  while (ctx.accept(Code.comma)) {
    const type = ctx.accept(Code.default) ? undefined : ctx.productions.typeName(ctx);
    if (!ctx.require(Code.colon, 'colon')) break;
    associations.push({ type, value: parseAssignment(ctx) });
  }
  ctx.closeBracket(Code.closeParen, open);
  return { kind: 'generic', control, associations, span: ctx.spanFrom(start) };
}

/** The builtins whose arguments are not all expressions  (gcc 12, "Other Built-in Functions") */
function parseBuiltin(ctx: ParseContext): Expression {
  const start = ctx.index;
  const builtin = ctx.code;
  ctx.advance();
  const open = ctx.index;
  if (!ctx.require(Code.openParen, 'open-paren')) return { kind: 'error', span: ctx.spanFrom(start) };
  let finish: () => Expression;
  switch (builtin) {
    case Code.vaArg: {
      // "__builtin_va_arg" "(" assignment-expression "," type-name ")"
      const list = parseAssignment(ctx);
      ctx.require(Code.comma, 'comma');
      const type = ctx.productions.typeName(ctx);
      finish = () => ({ kind: 'va-arg', list, type, span: ctx.spanFrom(start) });
      break;
    }
    case Code.convertVector: {
      // "__builtin_convertvector" "(" assignment-expression "," type-name ")"
      const operand = parseAssignment(ctx);
      ctx.require(Code.comma, 'comma');
      const type = ctx.productions.typeName(ctx);
      finish = () => ({ kind: 'convert-vector', operand, type, span: ctx.spanFrom(start) });
      break;
    }
    case Code.offsetof: {
      // "__builtin_offsetof" "(" type-name "," identifier ("." identifier | "[" expression "]")* ")"
      const type = ctx.productions.typeName(ctx);
      const designators = ctx.require(Code.comma, 'comma') ? parseMemberDesignator(ctx) : none;
      finish = () => ({ kind: 'offsetof', type, designators, span: ctx.spanFrom(start) });
      break;
    }
    case Code.typesCompatible: {
      // "__builtin_types_compatible_p" "(" type-name "," type-name ")"
      const first = ctx.productions.typeName(ctx);
      ctx.require(Code.comma, 'comma');
      const second = ctx.productions.typeName(ctx);
      finish = () => ({ kind: 'types-compatible', first, second, span: ctx.spanFrom(start) });
      break;
    }
    default: {
      // "__builtin_choose_expr" "(" assignment-expression "," assignment-expression "," assignment-expression ")"
      const condition = parseAssignment(ctx);
      ctx.require(Code.comma, 'comma');
      const then = parseAssignment(ctx);
      ctx.require(Code.comma, 'comma');
      const otherwise = parseAssignment(ctx);
      finish = () => ({ kind: 'choose-expression', condition, then, otherwise, span: ctx.spanFrom(start) });
    }
  }
  ctx.closeBracket(Code.closeParen, open);
  return finish();
}

/** `identifier ("." identifier | "->" identifier | "[" expression "]")*`  (gcc 12, "Offsetof") */
function parseMemberDesignator(ctx: ParseContext): readonly Designator[] {
  const designators: Designator[] = [];
  if (ctx.code !== Code.identifier) {
    ctx.expected('identifier');
    return designators;
  }
  const first = ctx.takeIdentifier();
  designators.push({ kind: 'member', member: first, span: first.span });
  for (;;) {
    const start = ctx.index;
    if (ctx.accept(Code.dot)) {
      if (ctx.code !== Code.identifier) {
        ctx.expected('identifier');
        return designators;
      }
      const member = ctx.takeIdentifier();
      designators.push({ kind: 'member', member, span: ctx.spanFrom(start) });
    } else if (ctx.code === Code.arrow) {
      // `a->b` stands for `a[0].b`.
      const { span } = ctx.token;
      ctx.advance();
      if (ctx.code !== Code.identifier) {
        ctx.expected('identifier');
        return designators;
      }
      const member = ctx.takeIdentifier();
      designators.push({ kind: 'index', index: { kind: 'number', text: '0', span }, span });
      designators.push({ kind: 'member', member, span: ctx.spanFrom(start) });
    } else if (ctx.accept(Code.openBracket)) {
      const index = parseExpression(ctx);
      ctx.closeBracket(Code.closeBracket, start);
      designators.push({ kind: 'index', index, span: ctx.spanFrom(start) });
    } else {
      return designators;
    }
  }
}

/** Steps over an expression that is nested too deep, up to where its statement or its bracket ends. */
function skipNested(ctx: ParseContext): Expression {
  const start = ctx.index;
  for (;;) {
    switch (ctx.code) {
      case Code.openParen:
      case Code.openBracket:
      case Code.openBrace:
        ctx.moveTo(ctx.behindGroup(ctx.index));
        break;
      case Code.end:
      case Code.semicolon:
      case Code.comma:
      case Code.closeParen:
      case Code.closeBracket:
      case Code.closeBrace:
        return { kind: 'error', span: ctx.spanFrom(start) };
      default:
        if (((classOf[ctx.code] ?? 0) & StartsStatement) !== 0) {
          return { kind: 'error', span: ctx.spanFrom(start) };
        }
        ctx.advance();
    }
  }
}
