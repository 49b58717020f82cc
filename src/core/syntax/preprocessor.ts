/**
 * Translation phases 1 to 4: from a text to the tokens that the parser reads (C17 5.1.1.2, 6.10).
 *
 * Directives are handled line by line; macro expansion is in macro-expander.ts, the expressions of #if in
 * conditional-groups.ts, the search for headers in include-files.ts. Headers are those of the host (the user's files) and then our own table of system headers,
 * whose raw tokens are kept for later runs. Works for any text, within limits that end in a diagnostic.
 *
 * Source: C17 6.10; libcpp of gcc 12 (-std=gnu17).
 * Simplified: `#include_next` from a user's file goes straight to the system headers; __DATE__ and __TIME__ are those of
 * SOURCE_DATE_EPOCH=0, so that runs do not depend on the clock.
 */
import { finish } from '../../base/steps.ts';
import type { Steps } from '../../base/steps.ts';
import { SourceSet } from '../source/source-set.ts';
import type { SourceFile, Span } from '../source/text-span.ts';
import { Assertions } from './assertions.ts';
import { expandBuiltinMacro } from './builtin-macro.ts';
import { checkLineEnd, ConditionalGroups, macroName } from './conditional-groups.ts';
import { COMMAND_LINE_FILE, FileStack, lineEndAfter, MAIN_FILE } from './file-stack.ts';
import type { Conditional, OpenFile } from './file-stack.ts';
import { headerOperand, IncludeFiles } from './include-files.ts';
import type { HeaderName } from './include-files.ts';
import { RawKind, SPACE_BEFORE, STARTS_LINE, lex, lexRulesOf } from './lexer.ts';
import type { LexRules, RawTokens } from './lexer.ts';
import type { Macro } from './macro.ts';
import { MacroExpander } from './macro-expander.ts';
import type { ExpansionHost, ExpansionProblem, TokenSource } from './macro-expander.ts';
import { macrosBefore, MacroTable } from './macro-table.ts';
import { MacroUses } from './macro-uses.ts';
import { spanOf, spellTokens } from './pp-token.ts';
import type { PpToken } from './pp-token.ts';
import { defaultDialect } from '../target/dialect.ts';
import { PragmaDirectives } from './pragma-directives.ts';
import type { ProblemArguments } from './preprocess-problem.ts';
import { PreprocessReporter } from './preprocess-reporter.ts';
import type {
  Inclusion,
  PreprocessedPart,
  PreprocessHistory,
  PreprocessOptions,
  PreprocessPart,
  PreprocessResult,
} from './preprocess-result.ts';
import { predefinedMacros, rawToken, tokensOfSystemHeader, tokensOfUserHeader } from './raw-token-cache.ts';
import type { Token, TokenKind } from './token.ts';

export { expansionText } from './preprocess-result.ts';
export type { IncludeHost, MacroUse, PreprocessOptions, PreprocessResult } from './preprocess-result.ts';

/** Reads a text with all it includes. Never throws, whatever the text. */
export function preprocess(options: PreprocessOptions): PreprocessResult {
  return finish(preprocessSteps(options));
}

/** The same, with a pause every few thousand tokens. */
export function preprocessSteps(options: PreprocessOptions): Steps<PreprocessResult> {
  return new Preprocessor(options).run();
}

/** Tokens of running text from pause to pause. */
const tokensOfStep = 4096;

const kindNames: readonly TokenKind[] = [
  'end',
  'identifier',
  'keyword',
  'number',
  'character',
  'string',
  'punctuator',
  'unknown',
  'unknown',
  'pragma',
  'unknown',
  'unknown',
];

/** The token for the parser; the last one that was made of the same spelling, when that says the same. */
function tokenOf(
  token: PpToken,
  expandedAt: Span | undefined,
  startsLine: boolean,
  spaceBefore: boolean,
): Token {
  const { file, start, end, text } = token;
  const kind = kindNames[token.kind] ?? 'unknown';
  if (expandedAt === undefined) return { kind, text, span: { file, start, end }, startsLine, spaceBefore };
  const known = token.made;
  if (
    known?.span.expandedAt === expandedAt &&
    known.startsLine === startsLine &&
    known.spaceBefore === spaceBefore
  )
    return known;
  const span = { file, start, end, expandedAt };
  return (token.made = { kind, text, span, startsLine, spaceBefore });
}

/** Tokens of one macro use beyond which it is dropped when the text turns out to be beyond the limits. */
const largeExpansion = 50_000;

// ---------------------------------------------------------------- the run

/** One run over a text, or over a part of it. */
export class Preprocessor implements TokenSource, ExpansionHost {
  readonly #options: PreprocessOptions;
  readonly #part: PreprocessPart | undefined;
  readonly #sources: SourceSet;
  readonly #stack = new FileStack();
  readonly #expander: MacroExpander;
  readonly #reporter: PreprocessReporter;
  readonly #table: MacroTable;
  readonly #uses: MacroUses;
  readonly #files: IncludeFiles;
  readonly #groups: ConditionalGroups;
  readonly #pragmas: PragmaDirectives;
  readonly #tokens: Token[] = [];
  readonly #pragmaTokens: Token[] = [];
  readonly #includes: Inclusion[] = [];
  readonly #lineUses: number[] = [];
  #isSequential = false;
  /** The parenthesis behind the name of a macro that is being invoked. */
  #mark:
    | { readonly open: OpenFile; readonly at: number; readonly conditionals: readonly Conditional[] }
    | undefined = undefined;
  /** Raw tokens that may be read a second time. */
  #rereadBudget = 200_000;
  readonly #lexRules: LexRules;
  readonly #tokenLimit: number;
  readonly #includeLimit: number;
  readonly #inclusionLimit: number;
  #inclusionCount = 0;
  #counter = 0;
  #isStopped = false;
  /** How many tokens and pragmas there were before the first macro use that became very many tokens. */
  #beforeLarge: { readonly tokens: number; readonly pragmas: number } | undefined = undefined;
  /** Set while the operator _Pragma runs, whose pragma stays in its place among the tokens. */
  #isOperatorPragma = false;

  constructor(options: PreprocessOptions, part?: PreprocessPart) {
    this.#options = options;
    this.#part = part;
    const dialect = options.dialect ?? defaultDialect;
    this.#lexRules = lexRulesOf(dialect);
    const own = predefinedMacros(options.target, dialect);
    const macros = part === undefined ? new Map(own.macros) : macrosBefore(part);
    const limits = options.limits ?? {};
    this.#tokenLimit = limits.tokens ?? 2_000_000;
    this.#includeLimit = limits.includeDepth ?? 200;
    this.#inclusionLimit = limits.inclusions ?? 10_000;
    const sources = new SourceSet(part?.files);
    const expander = new MacroExpander(macros, this, this, {
      work: limits.expansionSteps ?? 4_500_000,
      depth: limits.argumentDepth ?? 300,
    });
    const reporter = new PreprocessReporter(sources, expander, dialect);
    const table = new MacroTable(macros);
    const uses = new MacroUses(sources, expander);
    const files = new IncludeFiles(sources, options.host);
    this.#sources = sources;
    this.#expander = expander;
    this.#reporter = reporter;
    this.#table = table;
    this.#uses = uses;
    this.#files = files;
    this.#groups = new ConditionalGroups(
      { stack: this.#stack, expander, table, uses, reporter },
      new Assertions(options.target),
    );
    this.#pragmas = new PragmaDirectives(files, table, reporter);
    if (part !== undefined) return;
    sources.add(options.name, options.text, false);
    sources.add('<built-in>', own.text, true);
    sources.add('<command-line>', commandLineText(options), true);
  }

  *run(): Steps<PreprocessResult> {
    const main = this.#sources.file(MAIN_FILE);
    const commandLine = this.#sources.file(COMMAND_LINE_FILE);
    if (main !== undefined) {
      const raw = lex(main.text, this.#lexRules);
      this.#reporter.lexicalProblems(main, raw);
      this.#stack.push(main, raw);
      if (commandLine !== undefined && commandLine.text !== '')
        this.#stack.push(commandLine, lex(commandLine.text));
    }
    while (this.#stack.top !== undefined && !this.#isStopped) {
      yield;
      this.#readRun(this.#stack.top, this.#tokens.length + tokensOfStep);
    }
    this.#expander.reset();
    if (this.#isStopped) this.#dropLarge();
    const end = this.#options.text.length;
    this.#tokens.push({
      kind: 'end',
      text: '',
      span: { file: MAIN_FILE, start: end, end },
      startsLine: true,
      spaceBefore: true,
    });
    return {
      tokens: this.#tokens,
      pragmas: this.#pragmaTokens,
      files: this.#sources.files,
      sources: this.#sources,
      macros: this.#table.macros,
      macroUses: this.#uses.list,
      inactiveRanges: this.#groups.inactive,
      includes: this.#includes,
      history: this.#history(),
      diagnostics: this.#reporter.list,
    };
  }

  /**
   * A text that was not read to its end is broken where its macros grow: what they became is not worth the time of the
   * parser, which is longer than that of the expansion.
   */
  #dropLarge(): void {
    if (this.#beforeLarge === undefined) return;
    this.#tokens.length = this.#beforeLarge.tokens;
    this.#pragmaTokens.length = this.#beforeLarge.pragmas;
  }

  #history(): PreprocessHistory {
    const isSequential = this.#isSequential || this.#isStopped || this.#pragmas.poisoned.size > 0;
    return { macroChanges: this.#table.changes, lineUses: this.#lineUses, isSequential };
  }

  /** Reads a part of the main file. */
  runPart(raw: RawTokens): PreprocessedPart | undefined {
    const main = this.#sources.file(MAIN_FILE);
    if (main === undefined) return undefined;
    this.#reporter.lexicalProblems(main, raw);
    this.#stack.push(main, raw);
    while (this.#stack.top !== undefined && !this.#isStopped) this.#readRun(this.#stack.top, Infinity);
    const tokens = this.#tokens;
    if (this.#history().isSequential || this.#pragmaTokens.length > 0) return undefined;
    return {
      tokens,
      macroUses: this.#uses.list,
      usesLine: this.#lineUses.length > 0,
      diagnostics: this.#reporter.list,
    };
  }

  // ------------------------------------------------------------ running text

  /** Reads tokens of one file until it ends, another one begins, or there are so many tokens. */
  #readRun(open: OpenFile, most: number): void {
    const raw = open.raw;
    const { kinds, flags, texts, starts, ends } = raw;
    const file = open.file.id;
    const stack = this.#stack;
    const { macros } = this.#table;
    const { poisoned } = this.#pragmas;
    const out = this.#tokens;
    while (stack.top === open && !this.#isStopped && out.length < most) {
      const at = open.at;
      const kind = kinds[at] ?? RawKind.end;
      if (kind === RawKind.end) {
        this.#leaveFile(open);
        return;
      }
      const flag = flags[at] ?? 0;
      const text = texts[at] ?? '';
      if ((flag & STARTS_LINE) !== 0 && kind === RawKind.punctuator && text === '#') {
        this.#directive(open);
        continue;
      }
      if (kind === RawKind.identifier || kind === RawKind.keyword) {
        if (macros.has(text)) {
          this.#readExpansion(flag);
          continue;
        }
        if (poisoned.size > 0 && poisoned.has(text)) {
          this.#reporter.problem('poisoned', rawToken(raw, at, file), { name: text });
        }
      } else if (kind === RawKind.unknown) this.#reporter.unknownToken(text, rawToken(raw, at, file));
      open.at = at + 1;
      out.push({
        kind: kindNames[kind] ?? 'unknown',
        text,
        span: { file, start: starts[at] ?? 0, end: ends[at] ?? 0 },
        startsLine: (flag & STARTS_LINE) !== 0,
        spaceBefore: (flag & SPACE_BEFORE) !== 0,
      });
      if (out.length >= this.#tokenLimit) this.#stopAtTokenLimit(rawToken(raw, at, file));
    }
  }

  /** Reads from a macro name to the end of what it expands to. */
  #readExpansion(nameFlags: number): void {
    const expander = this.#expander;
    let isFirst = true;
    /** The token whose white space counts, as libcpp chooses it among padding. */
    let spacing: PpToken | undefined;
    const uses = this.#uses;
    uses.open = -1;
    const begin = this.#tokens.length;
    const pragmasBefore = this.#pragmaTokens.length;
    let useIndex = -1;
    do {
      const token = expander.get();
      if (uses.open >= 0) useIndex = uses.open;
      if (expander.isExhausted) {
        this.#isStopped = true;
        break;
      }
      if (token.kind === RawKind.padding) {
        if (spacing === undefined || ((spacing.flags & SPACE_BEFORE) === 0 && token.source === undefined)) {
          spacing = token.source;
        }
        continue;
      }
      if (token.kind === RawKind.end) break;
      if (token.kind === RawKind.unknown) this.#reporter.unknownToken(token.text, token);
      const expandedAt = expander.outermost;
      const isOwn = expandedAt?.start === token.start && expandedAt.file === token.file && token.isName;
      const isOutside = isOwn || !(expander.isExpanding || useIndex >= 0);
      const startsLine = isFirst && (nameFlags & STARTS_LINE) !== 0;
      const spaceBefore = ((spacing ?? token).flags & SPACE_BEFORE) !== 0;
      const made = tokenOf(token, isOutside ? undefined : expandedAt, startsLine, spaceBefore);
      this.#tokens.push(made);
      if (token.kind === RawKind.pragma) this.#pragmaTokens.push(made);
      isFirst = false;
      spacing = undefined;
      if (this.#tokens.length >= this.#tokenLimit) {
        this.#stopAtTokenLimit(token);
        break;
      }
    } while (expander.isExpanding);
    const end = this.#tokens.length;
    if (end - begin > largeExpansion) this.#beforeLarge ??= { tokens: begin, pragmas: pragmasBefore };
    uses.close(useIndex, begin, end);
  }

  /** The next token of the running text, with directives obeyed on the way (TokenSource). */
  next(): PpToken {
    for (;;) {
      const open = this.#stack.top;
      if (open === undefined) return this.#stack.endToken();
      const { raw, at } = open;
      const kind = raw.kinds[at] ?? RawKind.end;
      if (kind === RawKind.end || this.#isStopped) return this.#stack.endToken();
      const flags = raw.flags[at] ?? 0;
      if (this.#stack.lineEnd >= 0) {
        if (at >= this.#stack.lineEnd) return this.#stack.endToken();
      } else if (
        (flags & STARTS_LINE) !== 0 &&
        raw.texts[at] === '#' &&
        kind === RawKind.punctuator &&
        this.#expander.parsingArguments !== 1
      ) {
        this.#directive(open);
        continue;
      }
      open.at = at + 1;
      const token = rawToken(raw, at, open.file.id);
      // A line end among arguments is white space.
      if ((flags & STARTS_LINE) === 0 || this.#expander.parsingArguments !== 2) return token;
      return token.withFlags((token.flags & ~STARTS_LINE) | SPACE_BEFORE);
    }
  }

  back(): void {
    const open = this.#stack.top;
    if (open !== undefined) open.at--;
  }

  mark(): void {
    const open = this.#stack.top;
    this.#mark =
      open === undefined || this.#stack.lineEnd >= 0
        ? undefined
        : { open, at: open.at - 1, conditionals: open.conditionals.map((group) => ({ ...group })) };
  }

  goBack(): void {
    const mark = this.#mark;
    if (mark === undefined || mark.open !== this.#stack.top) return;
    this.#rereadBudget -= mark.open.at - mark.at;
    if (this.#rereadBudget < 0) return;
    mark.open.at = mark.at;
    mark.open.conditionals.splice(0, Infinity, ...mark.conditionals);
    this.#isSequential = true;
  }

  #leaveFile(open: OpenFile): void {
    for (const { span, directive } of open.conditionals)
      this.#reporter.report('unterminated-conditional', span, { directive });
    this.#stack.top = open.previous;
  }

  // ------------------------------------------------------------ directives

  /** Obeys the directive whose `#` is the next raw token, and goes on after its line. */
  #directive(open: OpenFile): void {
    const { raw } = open;
    const expander = this.#expander;
    const hash = open.at;
    const end = lineEndAfter(raw, hash);
    const name = hash + 1 < end ? rawToken(raw, hash + 1, open.file.id) : undefined;
    open.at = hash + 2;
    if (name === undefined) {
      open.at = end;
      return;
    }
    const outer = {
      lineEnd: this.#stack.lineEnd,
      parsing: expander.parsingArguments,
      prevent: expander.preventExpansion,
      openUse: this.#uses.open,
    };
    this.#stack.lineEnd = end;
    expander.parsingArguments = 0;
    expander.preventExpansion = 0;
    expander.inDirective = true;
    const follow = this.#obey(open, name, outer.parsing !== 0);
    expander.inDirective = false;
    expander.parsingArguments = outer.parsing;
    expander.preventExpansion = outer.prevent;
    this.#stack.lineEnd = outer.lineEnd;
    this.#uses.open = outer.openUse;
    open.at = end;
    if (follow === 'skip') this.#groups.skip(open);
    else if (follow !== undefined) this.#stack.push(follow.file, follow.raw);
  }

  /** Does what a directive says; returns what is to follow its line. */
  #obey(
    open: OpenFile,
    name: PpToken,
    isInArguments: boolean,
  ): 'skip' | { readonly file: SourceFile; readonly raw: RawTokens } | undefined {
    if (name.kind === RawKind.number) {
      this.#line(open, name, name);
      return undefined;
    }
    const text = name.isName ? name.text : '';
    switch (text) {
      case 'define':
        this.#table.define(this.#stack.restOfLine(open), name, this.#tokens.length, this.#reporter);
        return undefined;
      case 'undef':
        this.#undef(open, name);
        return undefined;
      case 'include':
      case 'include_next':
      case 'import': {
        const found = this.#include(open, name);
        if (found === undefined || !isInArguments) return found;
        this.#reporter.problem('directive-in-arguments', name, { directive: text }, 'unsupported');
        return undefined;
      }
      case 'if':
      case 'ifdef':
      case 'ifndef':
        return this.#groups.begin(open, name) ? 'skip' : undefined;
      case 'elif':
      case 'elifdef':
      case 'elifndef':
      case 'else':
      case 'endif':
        return this.#groups.nextBranch(open, name) ? 'skip' : undefined;
      case 'line': {
        const number = this.#expander.getSolid();
        this.#line(open, number, name);
        return undefined;
      }
      case 'error':
        this.#reporter.problem('user-error', name, { message: spellTokens(this.#stack.restOfLine(open)) });
        return undefined;
      case 'warning':
        this.#reporter.problem('user-warning', name, { message: spellTokens(this.#stack.restOfLine(open)) });
        return undefined;
      case 'pragma':
        this.#pragma(open, this.#stack.restOfLine(open), name);
        return undefined;
      case 'ident':
      case 'sccs':
        return undefined;
      case 'assert':
      case 'unassert':
        this.#groups.assert(open, name);
        this.#isSequential = true;
        return undefined;
      default:
        this.#reporter.problem('invalid-directive', name, { name: name.text });
        return undefined;
    }
  }

  #undef(open: OpenFile, directive: PpToken): void {
    const name = macroName(this.#stack, open, directive, this.#reporter);
    if (name === undefined) return;
    const macro = this.#table.macros.get(name.text);
    if (macro !== undefined) {
      this.#uses.record(macro, name, name, 'undefine');
      if (macro.builtin !== undefined)
        this.#reporter.problem('macro-builtin-undefined', name, { name: name.text });
      this.#table.remove(name.text, this.#tokens.length);
    }
    checkLineEnd(this.#stack, open, directive, this.#reporter);
  }

  // ------------------------------------------------------------ #include

  #include(
    open: OpenFile,
    directive: PpToken,
  ): { readonly file: SourceFile; readonly raw: RawTokens } | undefined {
    const header = this.#headerOperand(directive);
    if (header === undefined) return undefined;
    checkLineEnd(this.#stack, open, directive, this.#reporter);
    const { name, kind, span } = header;
    if (name === '') {
      this.#reporter.report('include-empty-name', span, { directive: directive.text });
      return undefined;
    }
    if (open.depth >= this.#includeLimit) {
      this.#reporter.report('include-too-deep', span, { depth: open.depth + 1, limit: this.#includeLimit });
      return undefined;
    }
    if (++this.#inclusionCount > this.#inclusionLimit) {
      this.#isStopped = true;
      this.#reporter.report('include-too-many', span, { limit: this.#inclusionLimit });
      return undefined;
    }
    const file = this.#files.find(name, kind, open.file, directive.text === 'include_next');
    if (!open.file.isSystem || open.file.id === COMMAND_LINE_FILE)
      this.#includes.push({ span, name, kind, file });
    if (file === undefined) {
      this.#reporter.report('include-not-found', span, { name });
      return undefined;
    }
    if (this.#files.isDone(file)) return undefined;
    if (directive.text === 'import') this.#files.readOnce(file);
    if (file.isSystem) return { file, raw: tokensOfSystemHeader(file.name, file.text) };
    const raw = tokensOfUserHeader(file.text, this.#lexRules);
    this.#reporter.lexicalProblems(file, raw);
    return { file, raw };
  }

  /** The header that a directive or __has_include names; reported when it names none. */
  #headerOperand(directive: PpToken): HeaderName | undefined {
    const header = headerOperand(this.#expander, directive);
    if ('name' in header) return header;
    this.#reporter.report('include-no-name', header.span, { directive: directive.text });
    return undefined;
  }

  // ------------------------------------------------------------ #line

  /** `#line digits "name"?`, and the form `# digits "name" flags` of preprocessed text. */
  #line(open: OpenFile, number: PpToken, directive: PpToken): void {
    this.#isSequential = true;
    const value = number.kind === RawKind.number && /^[0-9]+$/.test(number.text) ? Number(number.text) : -1;
    if (value < 0 || value > 2147483647) {
      this.#reporter.problem('line-not-positive', number.kind === RawKind.end ? directive : number, {
        token: number.text,
      });
      return;
    }
    const name = this.#expander.getSolid();
    if (name.kind === RawKind.string && name.text.startsWith('"')) {
      open.presumedName = name.text.slice(1, -1).replace(/\\(.)/g, '$1');
    } else if (name.kind !== RawKind.end) {
      this.#reporter.problem('line-bad-file', name, { token: name.text });
      return;
    }
    // The number is that of the next line.
    const here = this.#sources.lineColumnAt(open.file.id, directive.start).line;
    open.lineShift = value - here - 1;
  }

  // ------------------------------------------------------------ #pragma

  #pragma(open: OpenFile, line: readonly PpToken[], directive: PpToken): PpToken | undefined {
    const token = this.#pragmas.obey(open, line, directive, this.#tokens.length);
    if (token === undefined || this.#isOperatorPragma) return token;
    // A pragma among the arguments of a macro comes before what the macro expands to.
    const { text } = token;
    const made: Token = { kind: 'pragma', text, span: spanOf(token), startsLine: true, spaceBefore: true };
    this.#tokens.push(made);
    this.#pragmaTokens.push(made);
    return token;
  }

  // ------------------------------------------------------------ built-in macros (ExpansionHost)

  expandBuiltin(macro: Macro, name: PpToken, lineOrigin: PpToken): readonly PpToken[] | undefined {
    const open = this.#stack.top;
    if (open === undefined || macro.builtin === undefined) return undefined;
    return expandBuiltinMacro(macro.builtin, name, {
      expander: this.#expander,
      line: () => {
        if (lineOrigin.file === MAIN_FILE) this.#lineUses.push(this.#tokens.length);
        return this.#lineOf(lineOrigin) + (open.file.id === lineOrigin.file ? open.lineShift : 0);
      },
      fileName: open.presumedName,
      baseName: this.#options.name,
      includeLevel: open.depth,
      nextCount: () => {
        this.#isSequential = true;
        return this.#counter++;
      },
      hasHeader: (isNext) => {
        const header = this.#headerOperand(name);
        if (header === undefined) return false;
        return this.#files.find(header.name, header.kind, open.file, isNext) !== undefined;
      },
      pragma: (line) => {
        this.#isOperatorPragma = true;
        const token = this.#pragma(open, line, name);
        this.#isOperatorPragma = false;
        return token;
      },
      report: (code, args) => this.#reporter.problem(code, name, args),
    });
  }

  #lineOf(token: PpToken): number {
    const part = this.#part;
    if (part === undefined || token.file !== MAIN_FILE || token.start < part.start)
      return this.#sources.lineColumnAt(token.file, token.start).line;
    const text = this.#sources.file(MAIN_FILE)?.text ?? '';
    let line = part.line;
    for (
      let at = text.indexOf('\n', part.start);
      at >= 0 && at < token.start;
      at = text.indexOf('\n', at + 1)
    )
      line++;
    return line;
  }

  // ------------------------------------------------------------ macro uses (ExpansionHost)

  macroUsed(macro: Macro, name: PpToken, end: PpToken): void {
    this.#uses.record(macro, name, end, 'expansion');
  }

  // ------------------------------------------------------------ diagnostics

  report(code: ExpansionProblem, at: PpToken, args?: ProblemArguments): void {
    this.#reporter.problem(code, at, args);
    if (this.#expander.isExhausted) this.#isStopped = true;
  }

  #stopAtTokenLimit(at: PpToken): void {
    this.#isStopped = true;
    this.#reporter.problem('token-limit', at, { limit: this.#tokenLimit });
  }
}

/** The options -D, -U and -include as directives. */
function commandLineText(options: PreprocessOptions): string {
  const lines: string[] = [];
  for (const define of options.defines ?? []) {
    const equals = define.indexOf('=');
    const text = equals < 0 ? `${define} 1` : `${define.slice(0, equals)} ${define.slice(equals + 1)}`;
    lines.push(`#define ${text}`);
  }
  for (const name of options.undefines ?? []) lines.push(`#undef ${name}`);
  for (const name of options.forcedIncludes ?? []) lines.push(`#include "${name}"`);
  return lines.map((line) => `${line.replace(/\n/g, ' ')}\n`).join('');
}
