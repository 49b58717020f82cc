/**
 * Translation phases 1 to 4: from a text to the tokens that the parser reads (C17 5.1.1.2, 6.10).
 *
 * Directives are handled line by line; macro expansion is in macro-expander.ts, the expressions of #if in
 * conditional-expression.ts. Headers are those of the host (the user's files) and then our own table of system headers,
 * whose raw tokens are kept for later runs. Works for any text, within limits that end in a diagnostic.
 *
 * Source: C17 6.10; libcpp of gcc 12 (-std=gnu17).
 * Simplified: `#include_next` from a user's file goes straight to the system headers; __DATE__ and __TIME__ are those of
 * SOURCE_DATE_EPOCH=0, so that runs do not depend on the clock.
 */
import { systemHeaders } from '../libc/headers/system-headers.ts';
import type { DiagnosticNote, Severity } from '../source/diagnostic.ts';
import { Assertions } from './assertions.ts';
import { DiagnosticSink } from '../source/diagnostic.ts';
import { SourceSet } from '../source/source-set.ts';
import type { SourceFile, Span } from '../source/text-span.ts';
import { sayPreprocess } from '../text/preprocess-texts.ts';
import { expandBuiltinMacro } from './builtin-macro.ts';
import { evaluateCondition } from './conditional-expression.ts';
import { lex, RawKind, RawTokens, SPACE_BEFORE, STARTS_LINE } from './lexer.ts';
import { isSameDefinition, parseDefinition } from './macro.ts';
import type { Macro } from './macro.ts';
import { MacroExpander } from './macro-expander.ts';
import type { ExpansionHost, ExpansionProblem, TokenSource } from './macro-expander.ts';
import { FROM_TEXT, PpToken, spellingOf, spellTokens } from './pp-token.ts';
import { warnings } from './preprocess-problem.ts';
import type { ProblemArguments, ProblemCode } from './preprocess-problem.ts';
import type {
  Inclusion,
  MacroUse,
  PreprocessedPart,
  PreprocessHistory,
  PreprocessOptions,
  PreprocessPart,
  PreprocessResult,
} from './preprocess-result.ts';
import { predefinedMacros, rawToken, tokensOfSystemHeader, tokensOfUserHeader } from './raw-token-cache.ts';
import type { Token, TokenKind } from './token.ts';

export { expansionText } from './preprocess-result.ts';
export type {
  IncludeHost,
  Inclusion,
  MacroUse,
  PreprocessedPart,
  PreprocessHistory,
  PreprocessLimits,
  PreprocessOptions,
  PreprocessPart,
  PreprocessResult,
} from './preprocess-result.ts';

/** Reads a text with all it includes. Never throws, whatever the text. */
export function preprocess(options: PreprocessOptions): PreprocessResult {
  return new Preprocessor(options).run();
}

/**
 * Reads a part of the main file again after an edit, as if everything before it had been read.
 *
 * @returns undefined when the part cannot be read alone: it holds directives, pragmas, __COUNTER__ or open brackets, or
 * the text around it has state that goes through it
 */
export function preprocessPart(part: PreprocessPart): PreprocessedPart | undefined {
  if (part.history.isSequential) return undefined;
  const main = part.files[MAIN_FILE];
  if (main === undefined) return undefined;
  const raw = lex(main.text.slice(part.start, part.end));
  if (raw.directives.length > 0 || !isBalanced(raw)) return undefined;
  for (let at = 0; at < raw.count; at++) {
    raw.starts[at] = (raw.starts[at] ?? 0) + part.start;
    raw.ends[at] = (raw.ends[at] ?? 0) + part.start;
  }
  const problems = raw.problems.map(({ kind, start, end }) => ({
    kind,
    start: start + part.start,
    end: end + part.start,
  }));
  const { count, kinds, flags, starts, ends, texts, directives } = raw;
  const moved = new RawTokens({
    text: main.text,
    count,
    kinds,
    flags,
    starts,
    ends,
    texts,
    directives,
    problems,
  });
  const options: PreprocessOptions = { name: main.name, text: '', target: part.target };
  return new Preprocessor(options, part).runPart(moved);
}

/** True when every bracket of a text has its partner of the same kind. */
function isBalanced(raw: RawTokens): boolean {
  const open: string[] = [];
  for (let at = 0; at < raw.count; at++) {
    if (raw.kinds[at] !== RawKind.punctuator) continue;
    const text = raw.texts[at];
    if (text === '{') open.push('}');
    else if (text === '(') open.push(')');
    else if (text === '[') open.push(']');
    else if ((text === '}' || text === ')' || text === ']') && open.pop() !== text) return false;
  }
  return open.length === 0;
}

/** The macros that were defined before a token. */
function macrosBefore(part: PreprocessPart): Map<string, Macro> {
  const macros = new Map(part.macros as ReadonlyMap<string, Macro>);
  const changes = part.history.macroChanges;
  for (let at = changes.length - 1; at >= 0; at--) {
    const change = changes[at];
    if (change === undefined || change.tokenCount <= part.tokenIndex) break;
    if (change.before === undefined) macros.delete(change.name);
    else macros.set(change.name, change.before as Macro);
  }
  return macros;
}

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

const MAIN_FILE = 0;
const COMMAND_LINE_FILE = 2;

// ---------------------------------------------------------------- the run

/** A conditional group that is open. */
interface Conditional {
  readonly directive: string;
  readonly span: Span;
  /** The group itself stands in text that is left out. */
  readonly isInSkipped: boolean;
  /** One of its branches has been, or is being, read. */
  taken: boolean;
  seenElse: boolean;
}

/** A file that is being read. */
interface Buffer {
  readonly file: SourceFile;
  readonly raw: RawTokens;
  /** Index of the next raw token. */
  at: number;
  readonly conditionals: Conditional[];
  /** What #line adds to line numbers, and the name it gives. */
  lineShift: number;
  presumedName: string;
  readonly previous: Buffer | undefined;
  readonly depth: number;
}

class Preprocessor implements TokenSource, ExpansionHost {
  readonly #options: PreprocessOptions;
  readonly #sources: SourceSet;
  readonly #part: PreprocessPart | undefined;
  readonly #macroChanges: { tokenCount: number; name: string; before: Macro | undefined }[] = [];
  readonly #lineUses: number[] = [];
  readonly #assertions: Assertions;
  #isSequential = false;
  /** The parenthesis behind the name of a macro that is being invoked. */
  #mark:
    | { readonly buffer: Buffer; readonly at: number; readonly conditionals: readonly Conditional[] }
    | undefined = undefined;
  /** Raw tokens that may be read a second time. */
  #rereadBudget = 200_000;
  readonly #sink = new DiagnosticSink();
  readonly #tokens: Token[] = [];
  readonly #macros: Map<string, Macro>;
  readonly #expander: MacroExpander;
  readonly #uses: MacroUse[] = [];
  readonly #usedAt = new Set<number>();
  readonly #inactive: Span[] = [];
  readonly #includes: Inclusion[] = [];
  readonly #filesByName = new Map<string, SourceFile>();
  readonly #onceFiles = new Set<SourceFile>();
  readonly #pushedMacros = new Map<string, (Macro | undefined)[]>();
  readonly #poisoned = new Set<string>();
  readonly #tokenLimit: number;
  readonly #includeLimit: number;
  readonly #inclusionLimit: number;
  #inclusionCount = 0;
  #buffer: Buffer | undefined = undefined;
  /** Index after the last raw token of the directive line that is being read; -1 outside directives. */
  #lineEnd = -1;
  #counter = 0;
  #isStopped = false;
  /** Index in `#uses` of the outermost expansion that is being read, -1 when none. */
  #openUse = -1;

  constructor(options: PreprocessOptions, part?: PreprocessPart) {
    this.#options = options;
    this.#part = part;
    this.#assertions = new Assertions(options.target);
    const own = predefinedMacros(options.target);
    this.#macros = part === undefined ? new Map(own.macros) : macrosBefore(part);
    this.#sources = new SourceSet(part?.files);
    const limits = options.limits ?? {};
    this.#tokenLimit = limits.tokens ?? 2_000_000;
    this.#includeLimit = limits.includeDepth ?? 200;
    this.#inclusionLimit = limits.inclusions ?? 10_000;
    this.#expander = new MacroExpander(this.#macros, this, this, {
      work: limits.expansionSteps ?? 2_000_000,
      depth: limits.argumentDepth ?? 300,
    });
    if (part !== undefined) return;
    this.#sources.add(options.name, options.text, false);
    this.#sources.add('<built-in>', own.text, true);
    this.#sources.add('<command-line>', commandLineText(options), true);
  }

  run(): PreprocessResult {
    const main = this.#sources.file(MAIN_FILE);
    const commandLine = this.#sources.file(COMMAND_LINE_FILE);
    if (main !== undefined) {
      const raw = lex(main.text);
      this.#reportLexicalProblems(main, raw);
      this.#pushBuffer(main, raw);
      if (commandLine !== undefined && commandLine.text !== '')
        this.#pushBuffer(commandLine, lex(commandLine.text));
    }
    while (this.#buffer !== undefined && !this.#isStopped) this.#readRun(this.#buffer);
    this.#expander.reset();
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
      pragmas: this.#tokens.filter(({ kind }) => kind === 'pragma'),
      files: this.#sources.files,
      sources: this.#sources,
      macros: this.#macros,
      macroUses: this.#uses,
      inactiveRanges: this.#inactive,
      includes: this.#includes,
      history: this.#history(),
      diagnostics: this.#sink.list,
    };
  }

  #history(): PreprocessHistory {
    const isSequential = this.#isSequential || this.#isStopped || this.#poisoned.size > 0;
    return { macroChanges: this.#macroChanges, lineUses: this.#lineUses, isSequential };
  }

  /** Reads a part of the main file. */
  runPart(raw: RawTokens): PreprocessedPart | undefined {
    const main = this.#sources.file(MAIN_FILE);
    if (main === undefined) return undefined;
    this.#reportLexicalProblems(main, raw);
    this.#pushBuffer(main, raw);
    while (this.#buffer !== undefined && !this.#isStopped) this.#readRun(this.#buffer);
    const tokens = this.#tokens;
    if (this.#history().isSequential || tokens.some((token) => token.kind === 'pragma')) return undefined;
    return {
      tokens,
      macroUses: this.#uses,
      usesLine: this.#lineUses.length > 0,
      diagnostics: this.#sink.list,
    };
  }

  // ------------------------------------------------------------ running text

  /** Reads tokens of one file until it ends or another one begins. */
  #readRun(buffer: Buffer): void {
    const raw = buffer.raw;
    const { kinds, flags, texts, starts, ends } = raw;
    const file = buffer.file.id;
    const macros = this.#macros;
    const out = this.#tokens;
    while (this.#buffer === buffer && !this.#isStopped) {
      const at = buffer.at;
      const kind = kinds[at] ?? RawKind.end;
      if (kind === RawKind.end) {
        this.#popBuffer(buffer);
        return;
      }
      const flag = flags[at] ?? 0;
      const text = texts[at] ?? '';
      if ((flag & STARTS_LINE) !== 0 && kind === RawKind.punctuator && text === '#') {
        this.#directive(buffer);
        continue;
      }
      if (kind === RawKind.identifier || kind === RawKind.keyword) {
        if (macros.has(text)) {
          this.#readExpansion(flag);
          continue;
        }
        if (this.#poisoned.size > 0 && this.#poisoned.has(text)) {
          this.#problem('poisoned', rawToken(raw, at, file), { name: text });
        }
      } else if (kind === RawKind.unknown) this.#reportUnknown(text, rawToken(raw, at, file));
      buffer.at = at + 1;
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
    this.#openUse = -1;
    const begin = this.#tokens.length;
    let useIndex = -1;
    do {
      const token = expander.get();
      if (this.#openUse >= 0) useIndex = this.#openUse;
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
      if (token.kind === RawKind.unknown) this.#reportUnknown(token.text, token);
      const expandedAt = expander.outermost;
      const isOwn = expandedAt?.start === token.start && expandedAt.file === token.file && token.isName;
      const span: Span =
        expandedAt === undefined || isOwn || !(expander.isExpanding || useIndex >= 0)
          ? { file: token.file, start: token.start, end: token.end }
          : { file: token.file, start: token.start, end: token.end, expandedAt };
      this.#tokens.push({
        kind: kindNames[token.kind] ?? 'unknown',
        text: token.text,
        span,
        startsLine: isFirst && (nameFlags & STARTS_LINE) !== 0,
        spaceBefore: ((spacing ?? token).flags & SPACE_BEFORE) !== 0,
      });
      isFirst = false;
      spacing = undefined;
      if (this.#tokens.length >= this.#tokenLimit) {
        this.#stopAtTokenLimit(token);
        break;
      }
    } while (expander.isExpanding);
    const use = this.#uses[useIndex];
    if (use !== undefined)
      this.#uses[useIndex] = { ...use, expansion: { start: begin, end: this.#tokens.length } };
    this.#openUse = -1;
  }

  /** The next token of the running text, with directives obeyed on the way (TokenSource). */
  next(): PpToken {
    for (;;) {
      const buffer = this.#buffer;
      if (buffer === undefined) return this.#endToken();
      const { raw, at } = buffer;
      const kind = raw.kinds[at] ?? RawKind.end;
      if (kind === RawKind.end || this.#isStopped) return this.#endToken();
      const flags = raw.flags[at] ?? 0;
      if (this.#lineEnd >= 0) {
        if (at >= this.#lineEnd) return this.#endToken();
      } else if (
        (flags & STARTS_LINE) !== 0 &&
        raw.texts[at] === '#' &&
        kind === RawKind.punctuator &&
        this.#expander.parsingArguments !== 1
      ) {
        this.#directive(buffer);
        continue;
      }
      buffer.at = at + 1;
      const token = rawToken(raw, at, buffer.file.id);
      // A line end among arguments is white space.
      if ((flags & STARTS_LINE) === 0 || this.#expander.parsingArguments !== 2) return token;
      return token.withFlags((token.flags & ~STARTS_LINE) | SPACE_BEFORE);
    }
  }

  back(): void {
    if (this.#buffer !== undefined) this.#buffer.at--;
  }

  mark(): void {
    const buffer = this.#buffer;
    this.#mark =
      buffer === undefined || this.#lineEnd >= 0
        ? undefined
        : { buffer, at: buffer.at - 1, conditionals: buffer.conditionals.map((open) => ({ ...open })) };
  }

  goBack(): void {
    const mark = this.#mark;
    if (mark === undefined || mark.buffer !== this.#buffer) return;
    this.#rereadBudget -= mark.buffer.at - mark.at;
    if (this.#rereadBudget < 0) return;
    mark.buffer.at = mark.at;
    mark.buffer.conditionals.splice(0, Infinity, ...mark.conditionals);
    this.#isSequential = true;
  }

  #endToken(): PpToken {
    const buffer = this.#buffer;
    if (buffer === undefined) return new PpToken(RawKind.end, '', 0, MAIN_FILE, 0, 0);
    const at = Math.min(buffer.at, buffer.raw.count - 1);
    const before = at > 0 ? (buffer.raw.ends[at - 1] ?? 0) : 0;
    return new PpToken(RawKind.end, '', 0, buffer.file.id, before, before);
  }

  // ------------------------------------------------------------ files

  #pushBuffer(file: SourceFile, raw: RawTokens): void {
    const previous = this.#buffer;
    this.#buffer = {
      file,
      raw,
      at: 0,
      conditionals: [],
      lineShift: 0,
      presumedName: file.name,
      previous,
      // The command line is read before the main file, on its level.
      depth: previous === undefined || file.id === COMMAND_LINE_FILE ? 0 : previous.depth + 1,
    };
  }

  #popBuffer(buffer: Buffer): void {
    for (const open of buffer.conditionals) {
      this.#report('unterminated-conditional', open.span, { directive: open.directive });
    }
    this.#buffer = buffer.previous;
  }

  #reportLexicalProblems(file: SourceFile, raw: RawTokens): void {
    for (const { kind, start, end } of raw.problems) this.#report(kind, { file: file.id, start, end });
  }

  // ------------------------------------------------------------ directives

  /** Obeys the directive whose `#` is the next raw token, and goes on after its line. */
  #directive(buffer: Buffer): void {
    const { raw } = buffer;
    const expander = this.#expander;
    const hash = buffer.at;
    const end = lineEndAfter(raw, hash);
    const name = hash + 1 < end ? rawToken(raw, hash + 1, buffer.file.id) : undefined;
    buffer.at = hash + 2;
    if (name === undefined) {
      buffer.at = end;
      return;
    }
    const outer = {
      lineEnd: this.#lineEnd,
      parsing: expander.parsingArguments,
      prevent: expander.preventExpansion,
      openUse: this.#openUse,
    };
    this.#lineEnd = end;
    expander.parsingArguments = 0;
    expander.preventExpansion = 0;
    expander.inDirective = true;
    const follow = this.#obey(buffer, name, outer.parsing !== 0);
    expander.inDirective = false;
    expander.parsingArguments = outer.parsing;
    expander.preventExpansion = outer.prevent;
    this.#lineEnd = outer.lineEnd;
    this.#openUse = outer.openUse;
    buffer.at = end;
    if (follow === 'skip') this.#skipGroup(buffer);
    else if (follow !== undefined) this.#pushBuffer(follow.file, follow.raw);
  }

  /** Does what a directive says; returns what is to follow its line. */
  #obey(
    buffer: Buffer,
    name: PpToken,
    isInArguments: boolean,
  ): 'skip' | { readonly file: SourceFile; readonly raw: RawTokens } | undefined {
    if (name.kind === RawKind.number) {
      this.#line(buffer, name, name);
      return undefined;
    }
    const text = name.isName ? name.text : '';
    switch (text) {
      case 'define':
        this.#define(name);
        return undefined;
      case 'undef':
        this.#undef(name);
        return undefined;
      case 'include':
      case 'include_next':
      case 'import': {
        const found = this.#include(buffer, name);
        if (found === undefined || !isInArguments) return found;
        this.#problem('directive-in-arguments', name, { directive: text }, 'unsupported');
        return undefined;
      }
      case 'if':
        return this.#openConditional(buffer, name, this.#condition(name));
      case 'ifdef':
      case 'ifndef': {
        const isDefined = this.#testName(name);
        return this.#openConditional(
          buffer,
          name,
          isDefined === undefined ? false : isDefined === (text === 'ifdef'),
        );
      }
      case 'elif':
      case 'elifdef':
      case 'elifndef':
      case 'else':
      case 'endif':
        return this.#nextBranch(buffer, name);
      case 'line': {
        const number = this.#expander.getSolid();
        this.#line(buffer, number, name);
        return undefined;
      }
      case 'error':
        this.#problem('user-error', name, { message: this.#restOfLine(buffer) });
        return undefined;
      case 'warning':
        this.#problem('user-warning', name, { message: this.#restOfLine(buffer) });
        return undefined;
      case 'pragma':
        this.#pragma(buffer, this.#rawLine(buffer), name);
        return undefined;
      case 'ident':
      case 'sccs':
        return undefined;
      case 'assert':
      case 'unassert':
        this.#assert(buffer, name);
        return undefined;
      default:
        this.#problem('invalid-directive', name, { name: name.text });
        return undefined;
    }
  }

  /** The raw tokens up to the end of the directive line. */
  #rawLine(buffer: Buffer): PpToken[] {
    const line: PpToken[] = [];
    for (; buffer.at < this.#lineEnd; buffer.at++) line.push(rawToken(buffer.raw, buffer.at, buffer.file.id));
    return line;
  }

  #restOfLine(buffer: Buffer): string {
    return spellTokens(this.#rawLine(buffer));
  }

  #checkLineEnd(buffer: Buffer, directive: PpToken): void {
    if (buffer.at >= this.#lineEnd) return;
    this.#problem('directive-extra-tokens', rawToken(buffer.raw, buffer.at, buffer.file.id), {
      directive: directive.text,
    });
  }

  // ------------------------------------------------------------ #define, #undef

  #define(directive: PpToken): void {
    const buffer = this.#buffer;
    if (buffer === undefined) return;
    const { macro, problems } = parseDefinition(this.#rawLine(buffer), directive, false);
    for (const problem of problems) {
      this.#problem(problem.code, problem.at, { directive: 'define', name: problem.name ?? problem.at.text });
    }
    if (macro === undefined) return;
    const old = this.#macros.get(macro.name);
    if (old?.builtin !== undefined) {
      this.#report('macro-builtin-redefined', macro.span ?? spanOf(directive), { name: macro.name });
    } else if (old !== undefined && !isSameDefinition(old, macro)) {
      const notes: DiagnosticNote[] = [
        { text: sayPreprocess('preprocess.macro-redefined-here'), span: old.span },
      ];
      this.#report(
        'macro-redefined',
        macro.span ?? spanOf(directive),
        { name: macro.name },
        undefined,
        notes,
      );
    }
    this.#noteMacroChange(macro.name);
    this.#macros.set(macro.name, macro);
  }

  #noteMacroChange(name: string): void {
    this.#macroChanges.push({ tokenCount: this.#tokens.length, name, before: this.#macros.get(name) });
  }

  #undef(directive: PpToken): void {
    const buffer = this.#buffer;
    if (buffer === undefined) return;
    const name = this.#macroName(buffer, directive);
    if (name === undefined) return;
    const macro = this.#macros.get(name.text);
    if (macro !== undefined) {
      this.#recordUse(macro, name, name, 'undefine');
      if (macro.builtin !== undefined) this.#problem('macro-builtin-undefined', name, { name: name.text });
      this.#noteMacroChange(name.text);
      this.#macros.delete(name.text);
    }
    this.#checkLineEnd(buffer, directive);
  }

  /** The macro name that a directive must have; reported when it has none. */
  #macroName(buffer: Buffer, directive: PpToken): PpToken | undefined {
    const name = buffer.at < this.#lineEnd ? rawToken(buffer.raw, buffer.at, buffer.file.id) : undefined;
    if (name === undefined) {
      this.#problem('macro-name-missing', directive, { directive: directive.text });
      return undefined;
    }
    buffer.at++;
    if (!name.isName) {
      this.#problem('macro-name-not-identifier', name);
      return undefined;
    }
    return name;
  }

  // ------------------------------------------------------------ conditional groups

  #testName(directive: PpToken): boolean | undefined {
    const buffer = this.#buffer;
    if (buffer === undefined) return undefined;
    const name = this.#macroName(buffer, directive);
    if (name === undefined) return undefined;
    this.#checkLineEnd(buffer, directive);
    return this.#isDefined(name);
  }

  #isDefined(name: PpToken): boolean {
    const macro = this.#macros.get(name.text);
    if (macro === undefined) return false;
    if ((name.flags & FROM_TEXT) !== 0) this.#recordUse(macro, name, name, 'test');
    // _Pragma is an operator, not a macro.
    return macro.builtin !== '_Pragma';
  }

  #condition(directive: PpToken): boolean {
    const expander = this.#expander;
    const value = evaluateCondition(
      {
        next: () => expander.getSolid(),
        defined: (operator) => this.#definedOperand(operator),
        asserted: () => this.#assertedOperand(),
        report: (problem, at, args) => this.#problem(problem, at.kind === RawKind.end ? directive : at, args),
      },
      directive,
    );
    return value !== undefined && value.value !== 0n;
  }

  /** `#assert predicate(answer)`, `#unassert predicate(answer)?` */
  #assert(buffer: Buffer, directive: PpToken): void {
    const [predicate, open, ...rest] = this.#rawLine(buffer);
    const answer = open === undefined ? undefined : answerOf(open, rest);
    const isWhole = open === undefined ? directive.text === 'unassert' : answer !== undefined;
    if (predicate?.isName !== true || !isWhole) this.#problem('assertion-malformed', directive);
    else if (directive.text === 'unassert') this.#assertions.remove(predicate.text, answer);
    else this.#assertions.add(predicate.text, answer ?? '');
    this.#isSequential = true;
  }

  #assertedOperand(): boolean | undefined {
    const expander = this.#expander;
    expander.preventExpansion++;
    const predicate = expander.getSolid();
    let answer: string | undefined;
    const open = predicate.isName ? expander.getSolid() : predicate;
    if (predicate.isName && open.isPunctuator('(')) {
      const tokens: PpToken[] = [];
      let token = expander.getSolid();
      for (; token.kind !== RawKind.end && !token.isPunctuator(')'); token = expander.getSolid())
        tokens.push(token);
      answer = tokens.map((one) => one.text).join(' ');
    } else if (predicate.isName && open.kind !== RawKind.end) expander.unread();
    expander.preventExpansion--;
    return predicate.isName ? this.#assertions.has(predicate.text, answer) : undefined;
  }

  #definedOperand(operator: PpToken): boolean | undefined {
    const expander = this.#expander;
    expander.preventExpansion++;
    let name = expander.getSolid();
    const isParenthesized = name.isPunctuator('(');
    if (isParenthesized) name = expander.getSolid();
    let result: boolean | undefined;
    if (!name.isName) this.#problem('defined-without-name', operator);
    else {
      result = this.#isDefined(name);
      if (isParenthesized && !expander.getSolid().isPunctuator(')')) {
        this.#problem('defined-unterminated', operator);
        result = undefined;
      }
    }
    expander.preventExpansion--;
    return result;
  }

  #openConditional(buffer: Buffer, directive: PpToken, isTaken: boolean): 'skip' | undefined {
    buffer.conditionals.push({
      directive: directive.text,
      span: spanOf(directive),
      isInSkipped: false,
      taken: isTaken,
      seenElse: false,
    });
    return isTaken ? undefined : 'skip';
  }

  /** #elif, #else and #endif met while text is read. */
  #nextBranch(buffer: Buffer, directive: PpToken): 'skip' | undefined {
    const open = buffer.conditionals.at(-1);
    const text = directive.text;
    if (open === undefined) {
      this.#problem('else-without-if', directive, { directive: text });
      return undefined;
    }
    if (text === 'endif') {
      this.#checkLineEnd(buffer, directive);
      buffer.conditionals.pop();
      return undefined;
    }
    if (open.seenElse) this.#problem('else-after-else', directive, { directive: text });
    if (text === 'else') {
      this.#checkLineEnd(buffer, directive);
      open.seenElse = true;
    }
    return 'skip';
  }

  /** Passes over text up to the directive that ends the group or takes another branch. */
  #skipGroup(buffer: Buffer): void {
    const { raw } = buffer;
    const from = buffer.at;
    const directives = raw.directives;
    // The first directive at or after `from`, by bisection: groups can be skipped many times in one file.
    let low = 0;
    let high = directives.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((directives[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    let nesting = 0;
    for (let i = low; i < directives.length; i++) {
      const hash = directives[i] ?? 0;
      const kind = raw.kinds[hash + 1];
      if (kind !== RawKind.identifier && kind !== RawKind.keyword) continue;
      if (((raw.flags[hash + 1] ?? 0) & STARTS_LINE) !== 0) continue;
      const name = raw.texts[hash + 1];
      if (name === 'if' || name === 'ifdef' || name === 'ifndef') {
        nesting++;
        continue;
      }
      if (nesting > 0) {
        if (name === 'endif') nesting--;
        continue;
      }
      const isBranch = name === 'elif' || name === 'elifdef' || name === 'elifndef' || name === 'else';
      if (!isBranch && name !== 'endif') continue;
      const outcome = this.#branchInSkipped(buffer, hash, lineEndAfter(raw, hash));
      if (outcome === 'skipped') continue;
      this.#noteInactive(buffer, from, hash);
      return;
    }
    buffer.at = raw.count - 1;
    this.#noteInactive(buffer, from, buffer.at);
  }

  /** A branch directive that ends skipped text, or does not. */
  #branchInSkipped(buffer: Buffer, hash: number, end: number): 'skipped' | 'resumed' {
    const directive = rawToken(buffer.raw, hash + 1, buffer.file.id);
    const open = buffer.conditionals.at(-1);
    const text = directive.text;
    const expander = this.#expander;
    if (open === undefined) return 'resumed';
    const outer = {
      lineEnd: this.#lineEnd,
      parsing: expander.parsingArguments,
      prevent: expander.preventExpansion,
    };
    this.#lineEnd = end;
    buffer.at = hash + 2;
    expander.inDirective = true;
    expander.parsingArguments = 0;
    expander.preventExpansion = 0;
    let resumes = false;
    if (text === 'endif') {
      this.#checkLineEnd(buffer, directive);
      buffer.conditionals.pop();
      resumes = true;
    } else {
      if (open.seenElse) this.#problem('else-after-else', directive, { directive: text });
      else if (text === 'else') {
        this.#checkLineEnd(buffer, directive);
        open.seenElse = true;
        resumes = !open.taken;
      } else if (!open.taken) {
        if (text === 'elif') resumes = this.#condition(directive);
        else {
          const isDefined = this.#testName(directive);
          resumes = isDefined !== undefined && isDefined === (text === 'elifdef');
        }
      }
      if (resumes) open.taken = true;
    }
    expander.inDirective = false;
    expander.parsingArguments = outer.parsing;
    expander.preventExpansion = outer.prevent;
    this.#lineEnd = outer.lineEnd;
    buffer.at = end;
    return resumes ? 'resumed' : 'skipped';
  }

  #noteInactive(buffer: Buffer, from: number, to: number): void {
    if (buffer.file.isSystem) return;
    const { text } = buffer.file;
    const before = from > 0 ? (buffer.raw.ends[from - 1] ?? 0) : 0;
    const lineEnd = text.indexOf('\n', before);
    const start = lineEnd < 0 ? text.length : lineEnd + 1;
    const hash = buffer.raw.starts[to] ?? text.length;
    const end = to === buffer.raw.count - 1 ? text.length : text.lastIndexOf('\n', hash) + 1;
    if (start < end) this.#inactive.push({ file: buffer.file.id, start, end });
  }

  // ------------------------------------------------------------ #include

  #include(
    buffer: Buffer,
    directive: PpToken,
  ): { readonly file: SourceFile; readonly raw: RawTokens } | undefined {
    const header = this.#headerOperand(directive);
    if (header === undefined) return undefined;
    this.#checkLineEnd(buffer, directive);
    const { name, kind, span } = header;
    if (name === '') {
      this.#report('include-empty-name', span, { directive: directive.text });
      return undefined;
    }
    if (buffer.depth >= this.#includeLimit) {
      this.#report('include-too-deep', span, { depth: buffer.depth + 1, limit: this.#includeLimit });
      return undefined;
    }
    if (++this.#inclusionCount > this.#inclusionLimit) {
      this.#isStopped = true;
      this.#report('include-too-many', span, { limit: this.#inclusionLimit });
      return undefined;
    }
    const file = this.#resolve(name, kind, buffer.file, directive.text === 'include_next');
    if (!buffer.file.isSystem || buffer.file.id === COMMAND_LINE_FILE)
      this.#includes.push({ span, name, kind, file });
    if (file === undefined) {
      this.#report('include-not-found', span, { name });
      return undefined;
    }
    if (this.#onceFiles.has(file)) return undefined;
    if (directive.text === 'import') this.#onceFiles.add(file);
    if (file.isSystem) return { file, raw: tokensOfSystemHeader(file.name, file.text) };
    const raw = tokensOfUserHeader(file.text);
    this.#reportLexicalProblems(file, raw);
    return { file, raw };
  }

  /** The header that an #include line names, after macro expansion where it has none as written. */
  #headerOperand(
    directive: PpToken,
  ): { readonly name: string; readonly kind: 'quoted' | 'angled'; readonly span: Span } | undefined {
    const first = this.#expander.getSolid();
    const span = spanOf(first.kind === RawKind.end ? directive : first);
    if (first.kind === RawKind.headerName || (first.kind === RawKind.string && first.text.startsWith('"'))) {
      const kind = first.text.startsWith('<') ? 'angled' : 'quoted';
      return { name: first.text.slice(1, -1), kind, span };
    }
    if (first.isPunctuator('<')) {
      let name = '';
      for (;;) {
        const token = this.#expander.get();
        if (token.kind === RawKind.end) break;
        if (token.kind === RawKind.padding) continue;
        if (token.isPunctuator('>')) return { name, kind: 'angled', span };
        if ((token.flags & SPACE_BEFORE) !== 0) name += ' ';
        name += spellingOf(token);
      }
    }
    this.#report('include-no-name', span, { directive: directive.text });
    return undefined;
  }

  #resolve(
    name: string,
    kind: 'quoted' | 'angled',
    includer: SourceFile,
    isNext: boolean,
  ): SourceFile | undefined {
    const main = this.#sources.file(MAIN_FILE);
    // Headers named on the command line are looked up as if the main file named them.
    const from = includer.id === COMMAND_LINE_FILE && main !== undefined ? main : includer;
    if (!includer.isSystem || includer.id === COMMAND_LINE_FILE) {
      const own = isNext ? undefined : this.#options.host?.resolve(name, kind, from);
      if (own !== undefined) return this.#fileOnce(`user:${own.name}`, own.name, own.text, false);
    }
    const text = systemHeaders.get(name);
    return text === undefined ? undefined : this.#fileOnce(`system:${name}`, name, text, true);
  }

  #fileOnce(key: string, name: string, text: string, isSystem: boolean): SourceFile {
    const known = this.#filesByName.get(key);
    if (known !== undefined) return known;
    const made = this.#sources.add(name, text, isSystem);
    this.#filesByName.set(key, made);
    return made;
  }

  // ------------------------------------------------------------ #line

  /** `#line digits "name"?`, and the form `# digits "name" flags` of preprocessed text. */
  #line(buffer: Buffer, number: PpToken, directive: PpToken): void {
    this.#isSequential = true;
    const value = number.kind === RawKind.number && /^[0-9]+$/.test(number.text) ? Number(number.text) : -1;
    if (value < 0 || value > 2147483647) {
      this.#problem('line-not-positive', number.kind === RawKind.end ? directive : number, {
        token: number.text,
      });
      return;
    }
    const name = this.#expander.getSolid();
    if (name.kind === RawKind.string && name.text.startsWith('"')) {
      buffer.presumedName = name.text.slice(1, -1).replace(/\\(.)/g, '$1');
    } else if (name.kind !== RawKind.end) {
      this.#problem('line-bad-file', name, { token: name.text });
      return;
    }
    // The number is that of the next line.
    const here = this.#sources.lineColumnAt(buffer.file.id, directive.start).line;
    buffer.lineShift = value - here - 1;
  }

  // ------------------------------------------------------------ #pragma

  #pragma(buffer: Buffer, line: readonly PpToken[], directive: PpToken): PpToken | undefined {
    const first = line[0]?.text;
    const second = line[1]?.text;
    const name = line[2];
    if (first === 'once' && line.length === 1) {
      if (buffer.previous === undefined) this.#problem('pragma-once-in-main', line[0] ?? directive);
      this.#onceFiles.add(buffer.file);
      return undefined;
    }
    if (first === 'push_macro' || first === 'pop_macro') {
      const isWellFormed = second === '(' && name?.kind === RawKind.string && line[3]?.text === ')';
      if (!isWellFormed) {
        this.#problem('pragma-malformed', directive, { name: first });
        return undefined;
      }
      this.#pushOrPopMacro(first, name.text.slice(1, -1));
      return undefined;
    }
    if (first === 'GCC' && second === 'poison') {
      for (const poisoned of line.slice(2)) if (poisoned.isName) this.#poisoned.add(poisoned.text);
      return undefined;
    }
    if (first === 'GCC' && (second === 'error' || second === 'warning')) {
      const message = name?.kind === RawKind.string ? name.text.slice(1, -1) : '';
      this.#problem(second === 'error' ? 'user-error' : 'user-warning', directive, { message });
      return undefined;
    }
    if (first === 'GCC' && (second === 'system_header' || second === 'dependency')) return undefined;
    const last = line.at(-1) ?? directive;
    const token = new PpToken(
      RawKind.pragma,
      spellTokens(line),
      0,
      directive.file,
      directive.start,
      last.end,
    );
    // A pragma among the arguments of a macro comes before what the macro expands to.
    if (!this.#isOperatorPragma) {
      this.#tokens.push({
        kind: 'pragma',
        text: token.text,
        span: spanOf(token),
        startsLine: true,
        spaceBefore: true,
      });
    }
    return token;
  }

  /** Set while the operator _Pragma runs, whose pragma stays in its place among the tokens. */
  #isOperatorPragma = false;

  #pushOrPopMacro(verb: 'push_macro' | 'pop_macro', name: string): void {
    const stack = this.#pushedMacros.get(name) ?? [];
    this.#pushedMacros.set(name, stack);
    if (verb === 'push_macro') stack.push(this.#macros.get(name));
    else if (stack.length > 0) {
      const macro = stack.pop();
      this.#noteMacroChange(name);
      if (macro === undefined) this.#macros.delete(name);
      else this.#macros.set(name, macro);
    }
  }

  // ------------------------------------------------------------ built-in macros (ExpansionHost)

  expandBuiltin(macro: Macro, name: PpToken, lineOrigin: PpToken): readonly PpToken[] | undefined {
    const buffer = this.#buffer;
    if (buffer === undefined || macro.builtin === undefined) return undefined;
    return expandBuiltinMacro(macro.builtin, name, {
      expander: this.#expander,
      line: () => {
        if (lineOrigin.file === MAIN_FILE) this.#lineUses.push(this.#tokens.length);
        return this.#lineOf(lineOrigin) + (buffer.file.id === lineOrigin.file ? buffer.lineShift : 0);
      },
      fileName: buffer.presumedName,
      baseName: this.#options.name,
      includeLevel: buffer.depth,
      nextCount: () => {
        this.#isSequential = true;
        return this.#counter++;
      },
      hasHeader: (isNext) => {
        const header = this.#headerOperand(name);
        if (header === undefined) return false;
        return this.#resolve(header.name, header.kind, buffer.file, isNext) !== undefined;
      },
      pragma: (line) => {
        this.#isOperatorPragma = true;
        const token = this.#pragma(buffer, line, name);
        this.#isOperatorPragma = false;
        return token;
      },
      report: (code, args) => this.#problem(code, name, args),
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
    this.#recordUse(macro, name, end, 'expansion');
  }

  #recordUse(macro: Macro, name: PpToken, end: PpToken, kind: MacroUse['kind']): void {
    const file = this.#sources.file(name.file);
    if (file === undefined || file.isSystem) return;
    // Offsets are below 2^30, the longest text of JavaScript.
    const key = name.file * 2 ** 30 + name.start;
    const outermost = this.#expander.outermost;
    const isOutermost =
      kind === 'expansion' && outermost?.start === name.start && outermost.file === name.file;
    if (this.#usedAt.has(key)) return;
    this.#usedAt.add(key);
    const last = end.file === name.file && end.end > name.end ? end.end : name.end;
    if (isOutermost && this.#openUse < 0 && !this.#expander.inDirective) this.#openUse = this.#uses.length;
    this.#uses.push({
      macro,
      span: spanOf(name),
      invocation: { file: name.file, start: name.start, end: last },
      kind,
      expansion: undefined,
    });
  }

  // ------------------------------------------------------------ diagnostics

  report(code: ExpansionProblem, at: PpToken, args?: ProblemArguments): void {
    this.#problem(code, at, args);
    if (this.#expander.isExhausted) this.#isStopped = true;
  }

  #problem(code: ProblemCode, at: PpToken, args?: ProblemArguments, severity?: Severity): void {
    const expandedAt = this.#expander.isExpanding ? this.#expander.outermost : undefined;
    const span = spanOf(at);
    this.#report(code, expandedAt === undefined ? span : { ...span, expandedAt }, args, severity);
  }

  #report(
    code: ProblemCode,
    span: Span,
    args?: ProblemArguments,
    severity?: Severity,
    notes?: readonly DiagnosticNote[],
  ): void {
    const isWarning = warnings.has(code);
    // As in gcc, nobody is warned about system headers.
    if (isWarning && severity === undefined && this.#isInSystemHeader(span)) return;
    this.#sink.report({
      code,
      severity: severity ?? (isWarning ? 'warning' : 'error'),
      span,
      text: sayPreprocess(`preprocess.${code}`, args),
      ...(notes === undefined ? {} : { notes }),
    });
  }

  #isInSystemHeader(span: Span): boolean {
    return span.file > COMMAND_LINE_FILE && this.#sources.file(span.file)?.isSystem === true;
  }

  #reportUnknown(text: string, at: PpToken): void {
    const quote = /^(?:u8|[LuU])?(["'])/.exec(text)?.[1];
    if (quote === undefined) this.#problem('stray-character', at, { character: text });
    else this.#problem(quote === '"' ? 'unterminated-string' : 'unterminated-character', at);
  }

  #stopAtTokenLimit(at: PpToken): void {
    this.#isStopped = true;
    this.#problem('token-limit', at, { limit: this.#tokenLimit });
  }
}

/** Index of the first raw token after the logical line of the token at `from`. */
/** The answer of an assertion, from its `(` to its `)` at the end; undefined when it is none. */
function answerOf(open: PpToken, rest: readonly PpToken[]): string | undefined {
  if (!open.isPunctuator('(') || rest.at(-1)?.isPunctuator(')') !== true || rest.length < 2) return undefined;
  return rest
    .slice(0, -1)
    .map((token) => token.text)
    .join(' ');
}

function lineEndAfter(raw: RawTokens, from: number): number {
  let at = from + 1;
  while (((raw.flags[at] ?? STARTS_LINE) & STARTS_LINE) === 0) at++;
  return at;
}

function spanOf(token: PpToken): Span {
  return { file: token.file, start: token.start, end: token.end };
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
