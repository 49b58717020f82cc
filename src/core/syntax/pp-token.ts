/**
 * Tokens inside the preprocessor: what directives and macro expansion handle, before phase 7.
 */
import type { FileId, Span } from '../source/text-span.ts';
import { DIGRAPH, RawKind, SPACE_BEFORE, STARTS_LINE } from './lexer.ts';
import type { Token } from './token.ts';

// Bits 1, 2 and 4 of the flags are those of the lexer.

/** The left operand of `##`. */
export const PASTE_LEFT = 8;
/** A parameter after `#`. */
export const STRINGIFY = 16;
/** An identifier met while its macro was being expanded: never a macro again (C17 6.10.3.4 paragraph 2). */
export const NO_EXPAND = 32;
/** Spelled in running text, not in the replacement list of a macro. */
export const FROM_TEXT = 64;

/** One token, or padding: the white space that the result of an expansion remembers for `#`. */
export class PpToken {
  readonly kind: number;
  readonly text: string;
  readonly flags: number;
  readonly file: FileId;
  readonly start: number;
  readonly end: number;
  /** Index of the parameter for `parameter` tokens; otherwise -1. */
  readonly parameter: number;
  /** For padding: the token whose white space counts; undefined for padding that only keeps tokens apart. */
  readonly source: PpToken | undefined;
  /**
   * The token for the parser that this one of a replacement list last became: macros that call each other make millions of
   * the same.
   */
  made: Token | undefined = undefined;

  constructor(
    kind: number,
    text: string,
    flags: number,
    file: FileId,
    start: number,
    end: number,
    parameter = -1,
    source?: PpToken,
  ) {
    this.kind = kind;
    this.text = text;
    this.flags = flags;
    this.file = file;
    this.start = start;
    this.end = end;
    this.parameter = parameter;
    this.source = source;
  }

  /** The same token with other flags. */
  withFlags(flags: number): PpToken {
    if (flags === this.flags) return this;
    return new PpToken(
      this.kind,
      this.text,
      flags,
      this.file,
      this.start,
      this.end,
      this.parameter,
      this.source,
    );
  }

  /** True for identifiers and keywords, which the preprocessor does not tell apart. */
  get isName(): boolean {
    return this.kind === RawKind.identifier || this.kind === RawKind.keyword;
  }

  isPunctuator(text: string): boolean {
    return this.kind === RawKind.punctuator && this.text === text;
  }
}

/** Padding that remembers the white space before `source`. */
export function paddingFor(source: PpToken): PpToken {
  return new PpToken(RawKind.padding, '', 0, source.file, source.start, source.start, -1, source);
}

/** Padding that only keeps its neighbours apart (libcpp's avoid_paste). */
export const avoidPaste = new PpToken(RawKind.padding, '', 0, 0, 0, 0);

const digraphSpellings: Readonly<Record<string, string>> = {
  '[': '<:',
  ']': ':>',
  '{': '<%',
  '}': '%>',
  '#': '%:',
  '##': '%:%:',
};

/** The token as written: a digraph stays a digraph. */
export function spellingOf(token: { readonly text: string; readonly flags: number }): string {
  return (token.flags & DIGRAPH) !== 0 ? (digraphSpellings[token.text] ?? token.text) : token.text;
}

/** Writes tokens in one line, with one blank where there was white space. */
export function spellTokens(tokens: readonly PpToken[]): string {
  let line = '';
  for (const token of tokens) {
    if (token.kind === RawKind.padding) continue;
    if (line !== '' && (token.flags & (SPACE_BEFORE | STARTS_LINE)) !== 0) line += ' ';
    line += spellingOf(token);
  }
  return line;
}

/** Where a token is spelled. */
export function spanOf(token: PpToken): Span {
  return { file: token.file, start: token.start, end: token.end };
}
