/**
 * Declaration specifiers, records, enumerations and type names (C17 6.7.1 to 6.7.7).
 */
import { parseAttributes } from './parse-attribute.ts';
import { parseConstant, parseExpression } from './parse-expression.ts';
import { basicTypeOf, classOf, Code, qualifierOf, StartsDeclaration, storageClassOf } from './token-code.ts';
import { none, withItem } from './short-list.ts';
import type { ParseContext, SpecifierPlace } from './parse-context.ts';
import type {
  Attribute,
  DeclarationSpecifiers,
  Declarator,
  EnumSpecifier,
  Expression,
  Identifier,
  MemberDeclaration,
  MemberDeclarator,
  RecordSpecifier,
  StorageClass,
  TypeName,
  TypeQualifier,
  TypeSpecifier,
} from './ast.ts';

/** Types that gcc has and the data models here do not. */
const unsupportedTypes: ReadonlySet<string> = new Set(
  '_Decimal32 _Decimal64 _Decimal128 _Float16 __fp16 __bf16 __ibm128 _Fract _Accum _Sat'.split(' '),
);

/**
 * `declaration-specifiers = (storage-class | type-specifier | type-qualifier | function-specifier | alignment |
 * attributes)*`  (C17 6.7)
 */
export function parseSpecifiers(ctx: ParseContext, place: SpecifierPlace): DeclarationSpecifiers {
  const repeated = ctx.repeatedSpecifiers.take(ctx, place);
  if (repeated !== undefined) return repeated;
  const start = ctx.index;
  let storage: StorageClass[] | undefined;
  let types: TypeSpecifier[] | undefined;
  let qualifiers: TypeQualifier[] | undefined;
  let alignments: (Expression | TypeName)[] | undefined;
  let attributes: Attribute[] | undefined;
  let isInline = false;
  let isNoreturn = false;
  let hasUnknownType = false;
  let hasGnuThread = false;
  const addType = (type: TypeSpecifier): void => {
    if (hasUnknownType) types?.pop();
    hasUnknownType = false;
    types = withItem(types, type);
  };
  loop: for (;;) {
    if (ctx.index > start && ctx.token.startsLine && isCutOff(ctx, place, types?.at(-1))) break;
    if (types !== undefined && definesType(types) && startsNextDeclaration(ctx)) break;
    if (place === 'member' && isNotOfMembers(ctx)) break;
    switch (ctx.code) {
      case Code.identifier: {
        if (types !== undefined) break loop;
        const { text: name, span } = ctx.token;
        if (ctx.names.isTypedef(name)) {
          addType({ kind: 'typedef-name', name, span });
        } else if (unsupportedTypes.has(name)) {
          ctx.report('unsupported', 'unsupported-type', span, { name });
          addType({ kind: 'error', span });
        } else if (isUnknownType(ctx, place)) {
          ctx.report('error', 'unknown-type-name', span, { name });
          addType({ kind: 'error', span });
          hasUnknownType = true;
          // The mistake is the name alone: what follows is read as if the type were known.
          ctx.calm();
        } else {
          break loop;
        }
        ctx.advance();
        break;
      }
      case Code.typedef:
      case Code.extern:
      case Code.static:
      case Code.auto:
      case Code.register:
      case Code.threadLocal:
      case Code.constexpr: {
        const storageClass = storageClassOf(ctx.code);
        if (storageClass !== undefined) {
          checkThreadOrder(ctx, storageClass, storage ?? none, hasGnuThread);
          hasGnuThread ||= ctx.token.text === '__thread';
          storage = withItem(storage, storageClass);
        }
        ctx.advance();
        break;
      }
      case Code.inline:
        isInline = true;
        ctx.advance();
        break;
      case Code.noreturn:
        isNoreturn = true;
        ctx.advance();
        break;
      case Code.extension:
        ctx.advance();
        break;
      case Code.const:
      case Code.volatile:
      case Code.restrict:
      case Code.atomic: {
        if (ctx.code === Code.atomic && ctx.peek(1) === Code.openParen) {
          addType(parseAtomicType(ctx));
          break;
        }
        const qualifier = qualifierOf(ctx.code);
        if (qualifier !== undefined) qualifiers = withItem(qualifiers, qualifier);
        ctx.advance();
        break;
      }
      case Code.basicType: {
        const { text, span } = ctx.token;
        addType({ kind: 'basic', keyword: basicTypeOf.get(text) ?? 'int', span });
        ctx.advance();
        break;
      }
      case Code.struct:
      case Code.union:
        addType(parseRecord(ctx));
        break;
      case Code.enum:
        addType(parseEnum(ctx));
        break;
      case Code.typeof:
        addType(parseTypeof(ctx));
        break;
      case Code.autoType:
        addType({ kind: 'auto-type', span: ctx.token.span });
        ctx.advance();
        break;
      case Code.alignas:
        alignments = withItem(alignments, parseAlignas(ctx));
        break;
      case Code.attribute:
        (attributes ??= []).push(...parseAttributes(ctx));
        break;
      case Code.openBracket:
        if (ctx.peek(1) !== Code.openBracket) break loop;
        (attributes ??= []).push(...parseAttributes(ctx));
        break;
      default:
        break loop;
    }
  }
  const node: DeclarationSpecifiers = {
    storage: storage ?? none,
    types: types ?? none,
    qualifiers: qualifiers ?? none,
    isInline,
    isNoreturn,
    alignments: alignments ?? none,
    attributes: attributes ?? none,
    span: ctx.spanFrom(start),
  };
  ctx.repeatedSpecifiers.note(ctx, place, start, node);
  return node;
}

/** Words that no member of a record has. @source gcc/c/c-parser.cc: c_parser_struct_declaration (scspec_ok, auto_type_ok) */
function isNotOfMembers({ code }: ParseContext): boolean {
  switch (code) {
    case Code.inline:
    case Code.noreturn:
    case Code.autoType:
      return true;
    default:
      return storageClassOf(code) !== undefined;
  }
}

/** `__thread` comes last; it goes with `static` and `extern` only. @source gcc/c/c-decl.cc: declspecs_add_scspec */
function checkThreadOrder(
  ctx: ParseContext,
  word: StorageClass,
  before: readonly StorageClass[],
  hasGnuThread: boolean,
): void {
  const { text, span } = ctx.token;
  if (word === '_Thread_local') {
    if (before.includes('_Thread_local')) ctx.report('error', 'duplicate-word', span, { word: text });
    else if (before.includes('typedef')) ctx.report('error', 'thread-typedef', span, { word: text });
    else return;
  } else if (word === 'typedef' && before.includes('_Thread_local')) {
    ctx.report('error', 'thread-typedef', span, { word: hasGnuThread ? '__thread' : '_Thread_local' });
  } else if (hasGnuThread && (word === 'static' || word === 'extern')) {
    ctx.report('error', 'thread-before', span, { word: text });
  } else return;
  ctx.calm();
}

/** True when the last specifier has braces: `struct s { … }`, `enum { … }`. */
export function definesType(types: readonly TypeSpecifier[]): boolean {
  const last = types.at(-1);
  return (
    (last?.kind === 'record' && last.members !== undefined) ||
    (last?.kind === 'enum' && last.enumerators !== undefined)
  );
}

/** On a new line at column 1: what comes is the next external declaration, and these specifiers were cut off. */
function isCutOff(ctx: ParseContext, place: SpecifierPlace, last: TypeSpecifier | undefined): boolean {
  if (!ctx.stream.isAtColumnOne(ctx.index)) return false;
  if (place !== 'declaration') return ctx.startsFunctionDefinition(ctx.index);
  const { code } = ctx;
  if (last === undefined) return false;
  const isTag = code === Code.struct || code === Code.union || code === Code.enum;
  if (isTag || storageClassOf(code) !== undefined) return true;
  const isInFunction = ctx.functionBody.open >= 0;
  return (isInFunction || last.kind === 'record' || last.kind === 'enum') && ctx.isNextDefinition(ctx.index);
}

/** Behind `struct s { … }` without its `;`: another type, or a declaration on a line of its own. */
function startsNextDeclaration(ctx: ParseContext): boolean {
  switch (ctx.code) {
    case Code.basicType:
    case Code.struct:
    case Code.union:
    case Code.enum:
    case Code.typeof:
    case Code.autoType:
      return true;
    default:
      return ctx.token.startsLine && storageClassOf(ctx.code) !== undefined;
  }
}

/** True at an identifier that nobody declared and that stands where only a type makes sense. */
function isUnknownType(ctx: ParseContext, place: SpecifierPlace): boolean {
  if (ctx.names.kindOf(ctx.token.text) !== undefined) return false;
  const next = ctx.peek(1);
  switch (place) {
    case 'parameter':
      return true;
    case 'type-name':
      return next === Code.star || next === Code.closeParen || next === Code.comma;
    case 'declaration':
    case 'member':
      if (next === Code.identifier)
        return !ctx.stream.at(ctx.index + 1).startsLine || place === 'declaration';
      if (next === Code.star) return true;
      // `EXPORT int f(void)` with the header that defines EXPORT missing.
      return ((classOf[next] ?? 0) & StartsDeclaration) !== 0 && !ctx.stream.at(ctx.index + 1).startsLine;
  }
}

/** `"_Atomic" "(" type-name ")"`  (C17 6.7.2.4) */
function parseAtomicType(ctx: ParseContext): TypeSpecifier {
  const start = ctx.index;
  ctx.advance();
  const type = parseTypeInParentheses(ctx);
  return { kind: 'atomic', type, span: ctx.spanFrom(start) };
}

function parseTypeInParentheses(ctx: ParseContext): TypeName {
  const open = ctx.index;
  ctx.advance();
  const type = parseTypeName(ctx);
  ctx.closeBracket(Code.closeParen, open);
  return type;
}

/** `"typeof" "(" (expression | type-name) ")"`  (gcc 12, "Typeof") */
function parseTypeof(ctx: ParseContext): TypeSpecifier {
  const start = ctx.index;
  const isUnqualified = ctx.token.text === 'typeof_unqual';
  ctx.advance();
  const open = ctx.index;
  if (!ctx.require(Code.openParen, 'open-paren')) return { kind: 'error', span: ctx.spanFrom(start) };
  if (ctx.startsTypeName(ctx.index)) {
    const type = parseTypeName(ctx);
    ctx.closeBracket(Code.closeParen, open);
    return { kind: 'typeof-type', type, isUnqualified, span: ctx.spanFrom(start) };
  }
  const operand = parseExpression(ctx);
  ctx.closeBracket(Code.closeParen, open);
  return { kind: 'typeof-expression', operand, isUnqualified, span: ctx.spanFrom(start) };
}

/** `"_Alignas" "(" (type-name | constant-expression) ")"`  (C17 6.7.5) */
function parseAlignas(ctx: ParseContext): Expression | TypeName {
  const start = ctx.index;
  ctx.advance();
  const open = ctx.index;
  if (!ctx.require(Code.openParen, 'open-paren')) return { kind: 'error', span: ctx.spanFrom(start) };
  const value = ctx.startsTypeName(ctx.index) ? parseTypeName(ctx) : parseConstant(ctx);
  ctx.closeBracket(Code.closeParen, open);
  return value;
}

/** `type-name = specifier-qualifier-list abstract-declarator?`  (C17 6.7.7) */
export function parseTypeName(ctx: ParseContext): TypeName {
  const start = ctx.index;
  if (!ctx.enter()) return skipTypeName(ctx);
  const specifiers = parseSpecifiers(ctx, 'type-name');
  if (ctx.index === start) ctx.expected('specifier-qualifier-list');
  const declarator = ctx.productions.declarator(ctx, 'abstract');
  ctx.leave();
  return { kind: 'type-name', specifiers, declarator, span: ctx.spanFrom(start) };
}

/** Steps over a type name that is nested too deep. */
function skipTypeName(ctx: ParseContext): TypeName {
  const start = ctx.index;
  while (ctx.code !== Code.closeParen && ctx.code !== Code.comma && ctx.code !== Code.semicolon) {
    if (ctx.code === Code.end || ctx.code === Code.closeBrace) break;
    ctx.moveTo(ctx.behindGroup(ctx.index));
  }
  const span = ctx.spanFrom(start);
  const specifiers: DeclarationSpecifiers = {
    storage: none,
    types: [{ kind: 'error', span }],
    qualifiers: none,
    isInline: false,
    isNoreturn: false,
    alignments: none,
    attributes: none,
    span,
  };
  return {
    kind: 'type-name',
    specifiers,
    declarator: { kind: 'name', name: undefined, span: ctx.emptySpan() },
    span,
  };
}

/**
 * `("struct" | "union") attributes identifier? ("{" member-declaration* "}" attributes)?`  (C17 6.7.2.1)
 */
function parseRecord(ctx: ParseContext): RecordSpecifier {
  const start = ctx.index;
  const tagKind = ctx.code === Code.struct ? 'struct' : 'union';
  ctx.advance();
  let attributes = parseAttributes(ctx);
  const tag = ctx.code === Code.identifier ? ctx.takeIdentifier() : undefined;
  let members: readonly MemberDeclaration[] | undefined;
  let pack: number | undefined;
  if (ctx.code === Code.openBrace) {
    const open = ctx.index;
    if (ctx.enter()) {
      members = parseMembers(ctx);
      ctx.leave();
    } else {
      ctx.moveTo(ctx.behindGroup(open));
      members = none;
    }
    pack = ctx.stream.packAt(ctx.index - 1);
    attributes = joined(attributes, parseAttributes(ctx));
  } else if (tag === undefined) {
    ctx.expected('open-brace');
  }
  return { kind: 'record', tagKind, tag, members, attributes, pack, span: ctx.spanFrom(start) };
}

function joined(first: readonly Attribute[], second: readonly Attribute[]): readonly Attribute[] {
  if (second.length === 0) return first;
  return first.length === 0 ? second : [...first, ...second];
}

/** `"{" (member-declaration | ";")* "}"` */
function parseMembers(ctx: ParseContext): readonly MemberDeclaration[] {
  const open = ctx.index;
  ctx.advance();
  const members: MemberDeclaration[] = [];
  while (ctx.code !== Code.closeBrace) {
    if (ctx.code === Code.semicolon) {
      ctx.advance();
    } else if (ctx.code === Code.end || startsNextDefinition(ctx)) {
      ctx.expectedAfterLast('close-brace', open);
      return members;
    } else {
      const before = ctx.index;
      members.push(parseMemberDeclaration(ctx));
      if (ctx.index === before) ctx.advance();
    }
  }
  ctx.advance();
  return members;
}

/** In a record without its `}`: an external declaration at column 1, or anything that no record holds. */
function startsNextDefinition(ctx: ParseContext): boolean {
  if (!ctx.stream.isAtColumnOne(ctx.index) || ctx.stream.bracesMatch) return false;
  return storageClassOf(ctx.code) !== undefined || ctx.startsFunctionDefinition(ctx.index);
}

/**
 * `member-declaration = specifier-qualifier-list (member-declarator ("," member-declarator)*)? ";" | static-assert`
 * (C17 6.7.2.1)
 */
function parseMemberDeclaration(ctx: ParseContext): MemberDeclaration {
  const start = ctx.index;
  if (ctx.code === Code.extension) ctx.advance();
  if (ctx.code === Code.staticAssert) return ctx.productions.staticAssert(ctx);
  const specifiers = parseSpecifiers(ctx, 'member');
  if (specifiers.types.length === 0 && specifiers.qualifiers.length === 0) {
    ctx.expected('specifier-qualifier-list');
    skipMember(ctx, start);
    return { kind: 'error', span: ctx.spanFrom(start) };
  }
  let declarators: MemberDeclarator[] | undefined;
  if (ctx.code !== Code.semicolon && ctx.code !== Code.closeBrace) {
    do declarators = withItem(declarators, parseMemberDeclarator(ctx));
    while (ctx.accept(Code.comma));
  }
  const span = ctx.spanFrom(start);
  endMember(ctx, start);
  return { kind: 'members', specifiers, declarators: declarators ?? none, span };
}

function endMember(ctx: ParseContext, start: number): void {
  if (ctx.accept(Code.semicolon)) {
    ctx.calm();
  } else if (ctx.code === Code.closeBrace) {
    ctx.report('warning', 'no-semicolon-in-record', ctx.emptySpan());
    ctx.calm();
  } else {
    ctx.expected('after-member');
    const startsMember =
      ctx.startsDeclaration(ctx.index) || (ctx.token.startsLine && ctx.code === Code.identifier);
    if (startsMember) ctx.calm();
    else skipMember(ctx, start);
  }
}

/** Goes to the next member: behind `;`, or to a line that starts a declaration, or to the end of the record. */
function skipMember(ctx: ParseContext, start: number): void {
  for (;;) {
    switch (ctx.code) {
      case Code.semicolon:
        ctx.advance();
        ctx.calm();
        return;
      case Code.end:
      case Code.closeBrace:
        ctx.calm();
        return;
      case Code.openBrace:
        ctx.moveTo(ctx.behindGroup(ctx.index));
        break;
      default:
        if (ctx.index > start && ctx.token.startsLine && ctx.startsDeclaration(ctx.index)) {
          ctx.calm();
          return;
        }
        ctx.advance();
    }
  }
}

/** `member-declarator = declarator attributes | declarator? ":" constant-expression attributes`  (C17 6.7.2.1) */
function parseMemberDeclarator(ctx: ParseContext): MemberDeclarator {
  const start = ctx.index;
  const before = parseAttributes(ctx);
  let declarator: Declarator | undefined;
  if (ctx.code !== Code.colon) declarator = ctx.productions.declarator(ctx, 'named');
  const width = ctx.accept(Code.colon) ? parseConstant(ctx) : undefined;
  const attributes = joined(joined(before, takeDeclaratorAttributes(ctx)), parseAttributes(ctx));
  return { declarator, width, attributes, span: ctx.spanFrom(start) };
}

/** The attributes met inside the last declarator. */
export function takeDeclaratorAttributes(ctx: ParseContext): readonly Attribute[] {
  if (ctx.declaratorAttributes.length === 0) return none;
  const taken = ctx.declaratorAttributes;
  ctx.declaratorAttributes = [];
  return taken;
}

/**
 * `"enum" attributes identifier? ("{" enumerator ("," enumerator)* ","? "}" attributes)?`  (C17 6.7.2.2)
 */
function parseEnum(ctx: ParseContext): EnumSpecifier {
  const start = ctx.index;
  ctx.advance();
  let attributes = parseAttributes(ctx);
  const tag = ctx.code === Code.identifier ? ctx.takeIdentifier() : undefined;
  let enumerators: EnumSpecifier['enumerators'];
  if (ctx.code === Code.openBrace) {
    enumerators = parseEnumerators(ctx);
    attributes = joined(attributes, parseAttributes(ctx));
  } else if (tag === undefined) {
    ctx.expected('open-brace');
  }
  return { kind: 'enum', tag, enumerators, attributes, span: ctx.spanFrom(start) };
}

type Enumerator = NonNullable<EnumSpecifier['enumerators']>[number];

/** `enumerator = identifier attributes ("=" constant-expression)?`  (C17 6.7.2.2) */
function parseEnumerators(ctx: ParseContext): readonly Enumerator[] {
  const open = ctx.index;
  ctx.advance();
  const enumerators: Enumerator[] = [];
  if (ctx.code === Code.closeBrace) {
    ctx.report('error', 'empty-enum', ctx.token.span);
    ctx.calm();
  }
  while (ctx.code !== Code.closeBrace) {
    if (ctx.code !== Code.identifier) {
      ctx.expected('identifier');
      // Without a name between two commas nothing is lost; anything else is left behind up to a comma.
      if (!skipEnumerator(ctx)) break;
      continue;
    }
    const name: Identifier = ctx.takeIdentifier();
    const attributes = parseAttributes(ctx);
    const value = ctx.accept(Code.assign) ? parseConstant(ctx) : undefined;
    enumerators.push({ name, value, attributes });
    ctx.names.declare(name.name, 'ordinary');
    if (ctx.accept(Code.comma) || ctx.code === Code.closeBrace) continue;
    if (ctx.code === Code.semicolon || ctx.code === Code.end) {
      ctx.expectedAfterLast('close-brace', open);
      return enumerators;
    }
    ctx.expected('after-enumerator');
    if (ctx.code !== Code.identifier && !skipEnumerator(ctx)) break;
  }
  ctx.accept(Code.closeBrace);
  return enumerators;
}

/** Goes behind the next comma, or to `}`. False: the list is not closed. */
function skipEnumerator(ctx: ParseContext): boolean {
  const close = ctx.findCloser(Code.closeBrace);
  if (close < 0) return false;
  while (ctx.index < close && ctx.code !== Code.comma) ctx.advance();
  ctx.accept(Code.comma);
  return true;
}
