/**
 * What goes into the preprocessor and what comes out of it.
 */
import type { Diagnostic } from '../source/diagnostic.ts';
import type { SourceSet } from '../source/source-set.ts';
import type { SourceFile, Span } from '../source/text-span.ts';
import type { TargetName } from '../target/data-model.ts';
import type { Dialect } from '../target/dialect.ts';
import type { MacroInfo } from './macro.ts';
import type { Token } from './token.ts';

/** Finds the user's own headers. */
export interface IncludeHost {
  /** Name (a stable one: it identifies the file) and text of a header; undefined when there is none. */
  resolve(
    name: string,
    kind: 'quoted' | 'angled',
    includer: SourceFile,
  ): { readonly name: string; readonly text: string } | undefined;
}

/** Bounds that keep hostile text cheap; reaching one ends the run with a diagnostic. */
export interface PreprocessLimits {
  /** Tokens in the result. */
  readonly tokens?: number;
  /** Tokens that macro expansion reads or copies. */
  readonly expansionSteps?: number;
  /** Macro invocations inside macro arguments inside macro arguments … */
  readonly argumentDepth?: number;
  /** Headers inside headers. */
  readonly includeDepth?: number;
  /** Headers read, each as often as it is read. */
  readonly inclusions?: number;
}

export interface PreprocessOptions {
  /** Name of the main file, as __FILE__ gives it. */
  readonly name: string;
  readonly text: string;
  readonly target: TargetName;
  /** That of `gcc file.c` if absent. */
  readonly dialect?: Dialect;
  readonly host?: IncludeHost | undefined;
  /** As after gcc's -D: `NAME`, `NAME=VALUE`, `NAME(ARGS)=VALUE`; taken in order, before `undefines`. */
  readonly defines?: readonly string[];
  /** As after gcc's -U. */
  readonly undefines?: readonly string[];
  /** As after gcc's -include. */
  readonly forcedIncludes?: readonly string[];
  readonly limits?: PreprocessLimits;
}

/** One place where the name of a macro stands in a user's file and means the macro. */
export interface MacroUse {
  readonly macro: MacroInfo;
  /** The name. */
  readonly span: Span;
  /** From the name to the closing parenthesis of its arguments. */
  readonly invocation: Span;
  /** `test`: in #ifdef or after `defined`; `undefine`: in #undef. */
  readonly kind: 'expansion' | 'test' | 'undefine';
  /** What an outermost expansion became: tokens from `start` to before `end` of the result. */
  readonly expansion: { readonly start: number; readonly end: number } | undefined;
}

/** One #include line. */
export interface Inclusion {
  readonly span: Span;
  readonly name: string;
  readonly kind: 'quoted' | 'angled';
  /** Undefined when the header was not found. */
  readonly file: SourceFile | undefined;
}

/**
 * What a later run over a part of the text must know of the run over all of it.
 */
export interface PreprocessHistory {
  /** Every change of the macro table: how many tokens there were, and what the name meant before. */
  readonly macroChanges: readonly {
    readonly tokenCount: number;
    readonly name: string;
    readonly before: MacroInfo | undefined;
  }[];
  /** How many tokens there were at each use of __LINE__ in the main file. */
  readonly lineUses: readonly number[];
  /** Something that carries state through the text: #line, __COUNTER__, poisoned names; parts cannot be read alone. */
  readonly isSequential: boolean;
}

/** A part of the main file that is read again, with everything before it as it was. */
export interface PreprocessPart {
  /** The files of the whole run; the main file holds the text of the part from `start` on. */
  readonly files: readonly SourceFile[];
  readonly start: number;
  readonly end: number;
  /** Line of the part's first character, for __LINE__. */
  readonly line: number;
  /** The whole run, and the index of the part's first token in it. */
  readonly history: PreprocessHistory;
  readonly macros: ReadonlyMap<string, MacroInfo>;
  readonly tokenIndex: number;
  readonly target: TargetName;
  readonly dialect?: Dialect;
}

/** What a part became. */
export interface PreprocessedPart {
  /** Without an `end`. */
  readonly tokens: readonly Token[];
  readonly macroUses: readonly MacroUse[];
  readonly usesLine: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PreprocessResult {
  /** The last one is of kind `end`. */
  readonly tokens: readonly Token[];
  /** Those of kind `pragma`. */
  readonly pragmas: readonly Token[];
  /** By id; the main file has id 0, `<built-in>` (the compiler's own macros) id 1, `<command-line>` id 2. */
  readonly files: readonly SourceFile[];
  readonly sources: SourceSet;
  /** The macros defined at the end. */
  readonly macros: ReadonlyMap<string, MacroInfo>;
  readonly macroUses: readonly MacroUse[];
  /** Text that conditional groups leave out, in user's files, whole lines. */
  readonly inactiveRanges: readonly Span[];
  readonly includes: readonly Inclusion[];
  readonly history: PreprocessHistory;
  readonly diagnostics: readonly Diagnostic[];
}

/** What an outermost macro use became, in one line; undefined for uses that are no outermost expansion. */
export function expansionText(result: PreprocessResult, use: MacroUse): string | undefined {
  if (use.expansion === undefined) return undefined;
  let line = '';
  for (const token of result.tokens.slice(use.expansion.start, use.expansion.end)) {
    if (line !== '' && token.spaceBefore) line += ' ';
    line += token.kind === 'pragma' ? `#pragma ${token.text}` : token.text;
  }
  return line;
}
