/**
 * What every parse function works on: the place in the tokens, the names in scope, the diagnostics, and the way out of
 * broken text.
 *
 * Recovery. A mistake is reported once: after a report the context is in panic and silent until a statement or
 * declaration has been left behind ({@link ParseContext.calm}). Closing brackets are looked for, not waited for:
 * an expression that cannot go on leaves the tokens to its caller, whose bracket finds its partner on the rest of the
 * statement. So each level of the tree survives with whatever was readable of it.
 */
import type { Wanted, SyntaxCode, Found } from '../text/syntax-texts.ts';
import { sayExpected, saySyntax } from '../text/syntax-texts.ts';
import type { TextArguments } from '../text/text.ts';
import { DiagnosticSink } from '../source/diagnostic.ts';
import type { DiagnosticNote, Severity } from '../source/diagnostic.ts';
import type { SourceFile, Span } from '../source/text-span.ts';
import type {
  Attribute,
  BlockItem,
  CompoundStatement,
  Declarator,
  DeclarationSpecifiers,
  Expression,
  Identifier,
  Initializer,
  InitializerList,
  StaticAssert,
  TypeName,
} from './ast.ts';
import { defaultDialect, plainWordsOf } from '../target/dialect.ts';
import type { Dialect } from '../target/dialect.ts';
import { joinSpans } from './join-spans.ts';
import { headerOfLaterWord } from './later-words.ts';
import { NameScopes } from './name-scopes.ts';
import type { FileScopeName } from './name-scopes.ts';
import {
  classOf,
  Code,
  OnlyInDeclaration,
  StartsDeclaration,
  StartsStatement,
  StartsTypeName,
} from './token-code.ts';
import type { TokenCode } from './token-code.ts';
import { RepeatedSpecifiers } from './repeated-specifiers.ts';
import { TokenStream } from './token-stream.ts';
import type { Token } from './token.ts';

/** How deep expressions, statements, declarators, records and initialisers may be nested in one another. */
export const defaultNestingLimit = 256;

/**
 * The same for what is read in a loop: asterisks and parentheses before a name, parentheses that hold nothing but another
 * pair. gcc 12 takes as many as its memory holds; nobody writes more than this.
 */
export const loopLimit = 20_000;

/** Options of a parse. */
export interface ParseOptions {
  /** The files that the tokens come from: recovery looks for lines that start at column 1. */
  readonly files?: readonly SourceFile[];
  /** Levels of nesting, {@link defaultNestingLimit} if absent. The JavaScript stack must bear them. */
  readonly nestingLimit?: number;
  /** That of `gcc file.c` if absent. */
  readonly dialect?: Dialect;
  /** For a parse of a part of a text: what the parse of all of it knew there. */
  readonly continues?: { readonly names: readonly FileScopeName[]; readonly usesColumnOne: boolean };
}

/** Productions that refer to each other across files. `parser.ts` ties the knot. */
export interface Productions {
  expression(ctx: ParseContext): Expression;
  assignment(ctx: ParseContext): Expression;
  constant(ctx: ParseContext): Expression;
  typeName(ctx: ParseContext): TypeName;
  specifiers(ctx: ParseContext, place: SpecifierPlace): DeclarationSpecifiers;
  declarator(ctx: ParseContext, form: DeclaratorForm): Declarator;
  attributes(ctx: ParseContext): readonly Attribute[];
  initializer(ctx: ParseContext): Initializer;
  initializerList(ctx: ParseContext): InitializerList;
  compound(ctx: ParseContext): CompoundStatement;
  declarationItem(ctx: ParseContext): BlockItem;
  staticAssert(ctx: ParseContext): StaticAssert;
}

/** Where declaration specifiers stand: decides what an unknown identifier there is taken for. */
export type SpecifierPlace = 'declaration' | 'member' | 'parameter' | 'type-name';

/** Whether a declarator must, must not, or may have a name. */
export type DeclaratorForm = 'named' | 'abstract' | 'either';

/** What recovery knows about the function being parsed. */
export interface FunctionBody {
  /** Index of its `{`. */
  readonly open: number;
  readonly startsAtColumnOne: boolean;
  /** A line of the body was seen that does not start at column 1. */
  isIndented: boolean;
  /** The body goes on behind its `{`: as a rule it ends in that line. */
  readonly isOneLine: boolean;
}

/** How far a search for a lost closing bracket looks, in tokens; the second when many searches were in vain. */
const longScan = 50_000;
const shortScan = 200;

/** State of one parse. */
export class ParseContext {
  readonly stream: TokenStream;
  readonly names: NameScopes;
  readonly productions: Productions;
  readonly dialect: Dialect;
  readonly nestingLimit: number;

  /** Index of the current token, and its code. */
  index = 0;
  code: TokenCode;

  /** Operators of binary expressions whose right operand is being read (see parse-expression.ts). */
  readonly leftOperands: Expression[] = [];
  readonly operatorIndices: number[] = [];

  /** Switch statements around the current token. */
  switchDepth = 0;

  /** Attributes found inside a declarator, `int (__attribute__((x)) f)(void)`: they belong to what is declared. */
  declaratorAttributes: Attribute[] = [];

  readonly repeatedSpecifiers = new RepeatedSpecifiers();

  functionBody: FunctionBody = { open: -1, isIndented: false, isOneLine: false, startsAtColumnOne: false };

  readonly #sink = new DiagnosticSink();
  #depth = 0;
  #panic = false;
  /** Tokens that searches for lost brackets may still look at before they become short-sighted. */
  #scanBudget = 2_000_000;
  /** Token where the last error was reported: a second one there is an echo of the first. */
  #lastReportIndex = -1;
  #tooDeep = false;

  constructor(tokens: readonly Token[], productions: Productions, options: ParseOptions) {
    const { continues } = options;
    this.dialect = options.dialect ?? defaultDialect;
    this.names = new NameScopes(continues?.names);
    this.stream = new TokenStream(
      tokens,
      this.names,
      options.files ?? [],
      (diagnostic) => this.#sink.report(diagnostic),
      {
        plainWords: plainWordsOf(this.dialect),
        ...(continues === undefined ? {} : { usesColumnOne: continues.usesColumnOne }),
      },
    );
    this.productions = productions;
    this.nestingLimit = options.nestingLimit ?? defaultNestingLimit;
    this.code = this.stream.codeAt(0);
  }

  get diagnostics(): DiagnosticSink['list'] {
    return this.#sink.list;
  }

  // ---------------------------------------------------------------- tokens

  get token(): Token {
    return this.stream.at(this.index);
  }

  advance(): void {
    if (this.stream.codes[this.index] === Code.laterWord) this.#noteLaterWord();
    if (this.index < this.stream.count - 1) this.index++;
    this.code = this.stream.codeAt(this.index);
  }

  /** A keyword of C23 that is read as one: gcc 12 would not. */
  #noteLaterWord(): void {
    if (this.code === Code.identifier) return;
    const { text: name, span } = this.token;
    const header = headerOfLaterWord(name);
    if (header === undefined) this.report('warning', 'later-word', span, { name });
    else this.report('warning', 'later-word-of-header', span, { name, header });
  }

  /** Goes to a token; never back before what a caller has consumed. */
  moveTo(index: number): void {
    this.index = Math.min(index, this.stream.count - 1);
    this.code = this.stream.codeAt(this.index);
  }

  peek(distance: number): TokenCode {
    return this.stream.codeAt(this.index + distance);
  }

  /** Consumes the current token if it has this code. */
  accept(code: TokenCode): boolean {
    if (this.code !== code) return false;
    this.advance();
    return true;
  }

  /** Span of the tokens from `start` up to the current one; an empty span at the current token if there are none. */
  spanFrom(start: number): Span {
    if (start >= this.index) return this.emptySpan();
    return joinSpans(this.stream.at(start).span, this.stream.at(this.index - 1).span);
  }

  /** Span from the start of a part up to the current token. */
  spanSince(first: Span): Span {
    return joinSpans(first, this.stream.at(this.index - 1).span);
  }

  /** The empty span behind the last token. */
  emptySpan(): Span {
    if (this.index === 0) {
      const { file, start } = this.token.span;
      return { file, start, end: start };
    }
    const { file, end, expandedAt } = this.stream.at(this.index - 1).span;
    return expandedAt === undefined ? { file, start: end, end } : { file, start: end, end, expandedAt };
  }

  /** The current token as an identifier; the caller has seen that it is one. */
  takeIdentifier(): Identifier {
    const { text, span } = this.token;
    this.advance();
    return { name: text, span };
  }

  // ---------------------------------------------------------------- what a token can start

  /** True for the tokens that start a type name, as in a cast. */
  startsTypeName(index: number): boolean {
    const code = this.stream.codeAt(index);
    if (code === Code.identifier) return this.names.isTypedef(this.stream.at(index).text);
    if (code === Code.extension) return this.startsTypeName(this.#behindExtension(index));
    return ((classOf[code] ?? 0) & StartsTypeName) !== 0 && !this.isNextDefinition(index);
  }

  /**
   * True where a declaration starts. An identifier that nobody declared counts as a type when another identifier or
   * `*` comes next, as in gcc.
   */
  startsDeclaration(index: number): boolean {
    const code = this.stream.codeAt(index);
    if (code === Code.identifier) {
      const kind = this.names.kindOf(this.stream.at(index).text);
      if (kind !== undefined) return kind === 'typedef';
      const next = this.stream.codeAt(index + 1);
      return next === Code.identifier || next === Code.star;
    }
    if (((classOf[code] ?? 0) & StartsDeclaration) !== 0 || code === Code.staticAssert) return true;
    if (code === Code.openBracket) return this.stream.codeAt(index + 1) === Code.openBracket;
    return code === Code.extension && this.startsDeclaration(this.#behindExtension(index));
  }

  /** True where the tokens look like `type name(…) {`: the head of a function definition, at whatever depth it is found. */
  startsFunctionDefinition(index: number): boolean {
    return this.#startsHead(index, 2);
  }

  /** The same with at least so many words up to the name; one for the old style, `main() {`. */
  #startsHead(index: number, leastWords: number): boolean {
    const { stream } = this;
    let at = index;
    let words = 0;
    for (; at < index + 40; at++) {
      const code = stream.codeAt(at);
      if (code === Code.attribute || code === Code.typeof || code === Code.alignas) {
        at = stream.behindGroup(at + 1) - 1;
        words++;
      } else if (code === Code.identifier || ((classOf[code] ?? 0) & StartsDeclaration) !== 0) words++;
      else if (code !== Code.star && code !== Code.extension) break;
    }
    const isNamed = stream.codeAt(at - 1) === Code.identifier;
    if (stream.codeAt(at) !== Code.openParen || words < leastWords || !isNamed) return false;
    const behind = stream.behindGroup(at);
    if (stream.codeAt(behind - 1) !== Code.closeParen) return false;
    return stream.codeAt(behind) === Code.openBrace || this.#areOldStyleDeclarations(behind);
  }

  /** True where declarations of parameters stand in front of a `{`, as in `f(a, b) int a; char *b; {`. */
  #areOldStyleDeclarations(index: number): boolean {
    const { stream } = this;
    if (!this.startsDeclaration(index)) return false;
    for (let at = index; at < index + 100; at++) {
      const code = stream.codeAt(at);
      if (code === Code.openBrace) return stream.codeAt(at - 1) === Code.semicolon;
      if (code === Code.closeBrace || code === Code.assign || code === Code.end) return false;
    }
    return false;
  }

  /**
   * True at the head of a function definition at column 1: whatever was open before it has been cut off. In a file
   * whose braces do not match that may be one without a type, too.
   */
  isNextDefinition(index: number): boolean {
    const { stream } = this;
    return stream.isAtColumnOne(index) && this.#startsHead(index, stream.bracesMatch ? 2 : 1);
  }

  /**
   * True where something of file scope starts although a function is open: at a function definition, and behind a body
   * in one line, whose `}` is missing in this file, at any declaration.
   */
  isBehindFunction(index: number): boolean {
    const { stream, functionBody } = this;
    if (this.isNextDefinition(index)) return functionBody.isIndented || functionBody.isOneLine;
    if (!functionBody.isOneLine || functionBody.isIndented || stream.bracesMatch) return false;
    return functionBody.startsAtColumnOne && stream.isAtColumnOne(index) && this.startsDeclaration(index);
  }

  #behindExtension(index: number): number {
    let at = index;
    while (this.stream.codeAt(at) === Code.extension) at++;
    return at;
  }

  // ---------------------------------------------------------------- nesting

  /** Enters a level of nesting. False at the limit: reported, and the caller must skip instead of descending. */
  enter(): boolean {
    if (this.#depth < this.nestingLimit) {
      this.#depth++;
      return true;
    }
    this.tooDeep(this.nestingLimit);
    return false;
  }

  /** Reports that a limit is reached, once for an external declaration; the rest of it is read in silence. */
  tooDeep(limit: number): void {
    this.report('error', 'nesting-too-deep', this.token.span, { limit });
    this.#tooDeep = true;
  }

  leave(): void {
    this.#depth--;
  }

  // ---------------------------------------------------------------- diagnostics

  /** True after a report, until {@link calm}. */
  get inPanic(): boolean {
    return this.#panic;
  }

  /** Keeps silent until {@link calm}: what comes is an echo of a mistake already reported. */
  silence(): void {
    this.#panic = true;
  }

  /** The mistake is left behind. */
  calm(): void {
    this.#panic = false;
  }

  /** Like {@link calm}, in front of a token that can start a statement: the head before it was broken, not this. */
  calmIfReadable(): void {
    if (this.#panic && (this.code === Code.openBrace || this.token.startsLine)) this.calm();
  }

  /** Like {@link calm}, at an external declaration: whatever was nested too deep is left behind, too. */
  calmAll(): void {
    this.#panic = false;
    this.#tooDeep = false;
  }

  report(
    severity: Severity,
    code: SyntaxCode,
    span: Span,
    args?: TextArguments,
    notes?: readonly DiagnosticNote[],
  ): void {
    if (this.#tooDeep) return;
    if (severity === 'error') {
      if (!this.#mayReport()) return;
    }
    const text = saySyntax(code, args);
    this.#sink.report(
      notes === undefined ? { code, severity, span, text } : { code, severity, span, text, notes },
    );
  }

  #mayReport(): boolean {
    if (this.#panic) return false;
    this.#panic = true;
    if (this.#lastReportIndex === this.index) return false;
    this.#lastReportIndex = this.index;
    return true;
  }

  /** Reports "expected … before …" at the current token. */
  expected(wanted: Wanted): void {
    const { span } = this.token;
    this.#reportExpected(wanted, this.code === Code.end ? this.emptySpan() : span, undefined);
  }

  /** The same, with notes. */
  expectedWithNotes(wanted: Wanted, notes: readonly DiagnosticNote[]): void {
    this.#reportExpected(wanted, this.code === Code.end ? this.emptySpan() : this.token.span, notes);
  }

  /**
   * Reports something missing behind the last token, where it should be put: `;` and closing brackets.
   *
   * @param openIndex - the bracket that the missing one closes
   */
  expectedAfterLast(wanted: Wanted, openIndex?: number): void {
    const after = this.emptySpan();
    const { span } = this.token;
    const isNextToIt = span.file === after.file && span.start === after.end && this.code !== Code.end;
    const { file, start } = after;
    const place = isNextToIt || after.expandedAt !== undefined ? span : { file, start, end: start };
    const open = openIndex === undefined ? undefined : this.stream.at(openIndex);
    const notes =
      open === undefined
        ? undefined
        : [{ text: saySyntax('opened-here', { bracket: open.text }), span: open.span }];
    this.#reportExpected(wanted, place, notes);
  }

  #reportExpected(wanted: Wanted, span: Span, notes: readonly DiagnosticNote[] | undefined): void {
    if (this.#tooDeep || !this.#mayReport()) return;
    const code = `expected-${wanted}`;
    const text = sayExpected(wanted, howFound(this.token, this.code), this.token.text);
    this.#sink.report(
      notes === undefined
        ? { code, severity: 'error', span, text }
        : { code, severity: 'error', span, text, notes },
    );
  }

  // ---------------------------------------------------------------- ways out

  /** Consumes a token that must be there; otherwise reports it at the current token. */
  require(code: TokenCode, wanted: Wanted): boolean {
    if (this.accept(code)) return true;
    this.expected(wanted);
    return false;
  }

  /**
   * Consumes a closing bracket. If something else stands there, reports it and goes behind the bracket's partner when
   * that is on the rest of the statement.
   */
  closeBracket(close: TokenCode, openIndex: number): void {
    if (this.accept(close)) return;
    this.expectedAfterLast(
      close === Code.closeParen
        ? 'close-paren'
        : close === Code.closeBracket
          ? 'close-bracket'
          : 'close-brace',
      openIndex,
    );
    const partner = this.findCloser(close);
    if (partner >= 0) this.moveTo(partner + 1);
  }

  /** Index of the closing bracket that belongs to a level left open before the current token; -1: not in reach. */
  findCloser(close: TokenCode): number {
    const { stream } = this;
    let parens = 0;
    let braces = 0;
    const limit = this.index + (this.#scanBudget > 0 ? longScan : shortScan);
    for (let at = this.index; at < limit; at++) {
      this.#scanBudget--;
      const code = stream.codeAt(at);
      if (parens === 0 && braces === 0 && code === close) return at;
      switch (code) {
        case Code.end:
          return -1;
        case Code.openParen:
        case Code.openBracket:
          parens++;
          break;
        case Code.closeParen:
        case Code.closeBracket:
          if (parens > 0) parens--;
          else if (code === Code.closeParen && close === Code.closeBracket) return -1;
          break;
        case Code.openBrace:
          // A block cannot stand in parentheses unless as a statement expression or compound literal.
          if (close !== Code.closeBrace && parens === 0 && at === this.index) return -1;
          if (close !== Code.closeBrace && stream.at(at).startsLine) return -1;
          braces++;
          break;
        case Code.closeBrace:
          if (braces === 0) return -1;
          braces--;
          break;
        case Code.semicolon:
          if (braces === 0) return -1;
          break;
        default:
          if (braces === 0 && this.#startsLineAfresh(at)) return -1;
      }
    }
    return -1;
  }

  /** A token that starts a line and cannot continue an expression from the line above. */
  #startsLineAfresh(at: number): boolean {
    const { stream } = this;
    if (!stream.at(at).startsLine) return false;
    const bits = classOf[stream.codeAt(at)] ?? 0;
    return (bits & (StartsStatement | OnlyInDeclaration)) !== 0 || stream.isAtColumnOne(at);
  }

  /**
   * True when a `}` without partner comes at column 1, with nothing else at column 1 before it, from a token on: the end
   * of the function around that token. Only in a file whose braces do not match.
   */
  isInsideFunction(index: number): boolean {
    const { stream } = this;
    if (stream.bracesMatch) return false;
    let depth = 0;
    for (let at = index; ; at++) {
      const code = stream.codeAt(at);
      if (code === Code.end) return false;
      if (stream.isAtColumnOne(at) && (depth <= 0 || code !== Code.closeBrace))
        return code === Code.closeBrace;
      if (code === Code.openBrace) depth++;
      else if (code === Code.closeBrace) depth--;
    }
  }

  /** Index behind the bracket group that opens at `index`. */
  behindGroup(index: number): number {
    return this.stream.behindGroup(index);
  }

  /**
   * Skips the rest of a broken statement or declaration: behind its `;`, or up to a brace or a line that starts
   * something new.
   */
  skipStatement(): void {
    const start = this.index;
    for (;;) {
      switch (this.code) {
        case Code.end:
        case Code.closeBrace:
          return;
        case Code.openBrace:
          if (!this.#isListInLine()) return;
          this.moveTo(this.behindGroup(this.index));
          break;
        case Code.semicolon:
          this.advance();
          return;
        case Code.openParen:
        case Code.openBracket:
          this.#skipGroupOnStatement();
          break;
        default:
          if (this.index > start && this.startsNewLineOfCode()) return;
          this.advance();
      }
    }
  }

  /** At `{`: the braces of an initialiser rather than of a block: on one line, without `;`. */
  #isListInLine(): boolean {
    const behind = this.behindGroup(this.index);
    if (this.token.startsLine || behind > this.index + 200) return false;
    for (let at = this.index + 1; at < behind; at++) {
      if (this.stream.at(at).startsLine || this.stream.codeAt(at) === Code.semicolon) return false;
    }
    return true;
  }

  #skipGroupOnStatement(): void {
    const close = this.code === Code.openParen ? Code.closeParen : Code.closeBracket;
    this.advance();
    const partner = this.findCloser(close);
    if (partner >= 0) this.moveTo(partner + 1);
  }

  /** True at the first token of a line that can start a statement or declaration. */
  startsNewLineOfCode(): boolean {
    if (!this.token.startsLine) return false;
    switch (this.code) {
      case Code.identifier:
      case Code.plusPlus:
      case Code.minusMinus:
      case Code.semicolon:
      case Code.openBrace:
      case Code.closeBrace:
      case Code.asm:
        return true;
      default:
        return ((classOf[this.code] ?? 0) & StartsStatement) !== 0 || this.startsDeclaration(this.index);
    }
  }

  /**
   * Ends a statement or declaration: consumes `;`. Without it, reports it behind the last token; the next line counts
   * as a new statement, and what else is on this one is skipped.
   */
  endStatement(): void {
    if (this.accept(Code.semicolon)) {
      this.calm();
      return;
    }
    this.expectedAfterLast('semicolon');
    const startsAnother = ((classOf[this.code] ?? 0) & (StartsStatement | OnlyInDeclaration)) !== 0;
    if (!startsAnother && !this.startsNewLineOfCode()) this.skipStatement();
    this.calm();
  }
}

function howFound(token: Token, code: TokenCode): Found {
  switch (token.kind) {
    case 'end':
      return 'end';
    case 'number':
      return 'number';
    case 'character':
      return 'character';
    case 'string':
      return 'string';
    case 'identifier':
    case 'keyword':
      return 'word';
    default:
      return code === Code.end ? 'end' : 'token';
  }
}
