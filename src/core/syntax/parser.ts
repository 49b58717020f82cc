/**
 * From tokens to the syntax tree: the translation unit (C17 6.9).
 *
 * A hand-written recursive descent. It gives a tree for any text: how it finds its way out of broken text is told in
 * parse-context.ts. The tree's height is bounded (see ast.ts), so is the depth of the recursion.
 */
import { finish } from '../../base/steps.ts';
import type { Steps } from '../../base/steps.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { ExternalDeclaration, FunctionDefinition, TranslationUnit } from './ast.ts';
import type { FileScopeName } from './name-scopes.ts';
import { parseAttributes } from './parse-attribute.ts';
import { ParseContext } from './parse-context.ts';
import type { ParseOptions, Productions } from './parse-context.ts';
import { parseDeclarationItem, parseStaticAssert } from './parse-declaration.ts';
import { parseDeclarator } from './parse-declarator.ts';
import { parseAssignment, parseConstant, parseExpression } from './parse-expression.ts';
import { parseInitializer, parseInitializerList } from './parse-initializer.ts';
import { parseSpecifiers, parseTypeName } from './parse-specifiers.ts';
import { parseAsm, parseCompound } from './parse-statement.ts';
import { Code } from './token-code.ts';
import type { Token } from './token.ts';

/** What a parse gives. */
export interface ParseResult {
  readonly unit: TranslationUnit;
  readonly diagnostics: readonly Diagnostic[];
  /** What a later parse of a part of the text needs. */
  readonly history: ParseHistory;
}

/** What a parse knew at its function definitions. */
export interface ParseHistory {
  /** By definition: its tokens, and how many names of file scope were declared before it. */
  readonly definitions: ReadonlyMap<FunctionDefinition, ParsedDefinition>;
  readonly fileScope: readonly FileScopeName[];
  readonly usesColumnOne: boolean;
  /** False when some brace has no partner: parts cannot be read alone. */
  readonly bracesMatch: boolean;
}

export interface ParsedDefinition {
  /** Index of its first token among those that the parser sees (see {@link parsedCount}). */
  readonly first: number;
  readonly nameCount: number;
  /** Whether `#pragma pack` is in force. */
  readonly isPacked: boolean;
  /** Errors in front of it, and with its own. */
  readonly diagnosticsBefore: number;
  readonly diagnosticsAfter: number;
}

const productions: Productions = {
  expression: parseExpression,
  assignment: parseAssignment,
  constant: parseConstant,
  typeName: parseTypeName,
  specifiers: parseSpecifiers,
  declarator: parseDeclarator,
  attributes: parseAttributes,
  initializer: parseInitializer,
  initializerList: parseInitializerList,
  compound: parseCompound,
  declarationItem: parseDeclarationItem,
  staticAssert: parseStaticAssert,
};

/**
 * Parses the tokens of a translation unit.
 *
 * @param tokens - as the preprocessor gives them; pragmas may stand anywhere between them
 * @returns the tree, for any input, and what is wrong with the text
 */
export function parse(tokens: readonly Token[], options: ParseOptions = {}): ParseResult {
  return finish(parseSteps(tokens, options));
}

/** The same, with a pause after each external declaration. */
export function* parseSteps(tokens: readonly Token[], options: ParseOptions = {}): Steps<ParseResult> {
  const ctx = new ParseContext(tokens, productions, options);
  const definitions = new Map<FunctionDefinition, ParsedDefinition>();
  const declarations = yield* parseTranslationUnit(ctx, definitions);
  return {
    unit: { declarations },
    diagnostics: ctx.diagnostics,
    history: {
      definitions,
      fileScope: ctx.names.fileScope,
      usesColumnOne: ctx.stream.usesColumnOne,
      bracesMatch: ctx.stream.bracesMatch,
    },
  };
}

/** `translation-unit = external-declaration*`  (C17 6.9) */
function* parseTranslationUnit(
  ctx: ParseContext,
  definitions: Map<FunctionDefinition, ParsedDefinition>,
): Steps<readonly ExternalDeclaration[]> {
  const declarations: ExternalDeclaration[] = [];
  while (ctx.code !== Code.end) {
    const before = ctx.index;
    const nameCount = ctx.names.fileScope.length;
    const diagnosticsBefore = ctx.diagnostics.length;
    const declaration = parseExternalDeclaration(ctx);
    declarations.push(declaration);
    if (declaration.kind === 'function-definition') {
      const isPacked = ctx.stream.packAt(before) !== undefined;
      const diagnosticsAfter = ctx.diagnostics.length;
      definitions.set(declaration, {
        first: before,
        nameCount,
        isPacked,
        diagnosticsBefore,
        diagnosticsAfter,
      });
    }
    if (ctx.index === before) ctx.advance();
    ctx.calmAll();
    yield;
  }
  return declarations;
}

/**
 * `external-declaration = function-definition | declaration | static-assert | asm-definition | ";"`  (C17 6.9; GNU: asm)
 */
function parseExternalDeclaration(ctx: ParseContext): ExternalDeclaration {
  const start = ctx.index;
  switch (ctx.code) {
    case Code.semicolon:
      ctx.advance();
      return { kind: 'empty', span: ctx.spanFrom(start) };
    case Code.asm: {
      const { text, span } = parseAsm(ctx);
      return { kind: 'asm', text, span };
    }
    case Code.identifier:
    case Code.openParen:
    case Code.star:
      return parseWithoutType(ctx);
    default:
      if (ctx.startsDeclaration(ctx.index)) return toExternal(ctx);
      ctx.expected('identifier-or-paren');
      skipExternal(ctx);
      return { kind: 'error', span: ctx.spanFrom(start) };
  }
}

function toExternal(ctx: ParseContext): ExternalDeclaration {
  const item = parseDeclarationItem(ctx);
  switch (item.kind) {
    case 'declaration':
    case 'function-definition':
    case 'static-assert':
      return item;
    default:
      return { kind: 'error', span: item.span };
  }
}

/** A declaration that may lack its type: `f() { … }` and `x;` declare an int (C89, still taken by gcc). */
function parseWithoutType(ctx: ParseContext): ExternalDeclaration {
  const { span } = ctx.token;
  const reported = ctx.diagnostics.length;
  const item = toExternal(ctx);
  const isSound = ctx.diagnostics.length === reported;
  if (isSound && item.kind === 'declaration' && item.specifiers.span.start === item.specifiers.span.end) {
    ctx.report('warning', 'no-type-or-storage-class', span);
  }
  return item;
}

/**
 * Leaves a stretch of text behind that is no declaration, as after a `}` too many: up to the next line at column 1 that
 * starts one. A `}` at column 1 ends the stretch.
 */
function skipExternal(ctx: ParseContext): void {
  const start = ctx.index;
  while (ctx.code !== Code.end) {
    const atColumnOne = ctx.stream.isAtColumnOne(ctx.index);
    if (ctx.index > start && ctx.startsDeclaration(ctx.index) && (atColumnOne || isBehindEnd(ctx))) return;
    if (ctx.code === Code.openBrace || ctx.code === Code.openParen || ctx.code === Code.openBracket) {
      ctx.moveTo(ctx.behindGroup(ctx.index));
    } else {
      ctx.advance();
    }
  }
}

/** On a new line behind `;` or `}` in a text that does not start its lines at column 1. */
function isBehindEnd(ctx: ParseContext): boolean {
  const last = ctx.stream.codeAt(ctx.index - 1);
  return (
    ctx.token.startsLine && !ctx.stream.usesColumnOne && (last === Code.semicolon || last === Code.closeBrace)
  );
}
