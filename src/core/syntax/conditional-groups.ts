/**
 * #if, #ifdef, #elif, #else, #endif: which groups of lines are read, and the questions that their lines ask.
 *
 * Source: C17 6.10.1; libcpp/directives.cc of gcc 12 (do_if, do_else, do_elif, skip_rest_of_line).
 */
import { firstBeyond } from '../../base/bisect.ts';
import type { Span } from '../source/text-span.ts';
import type { Assertions } from './assertions.ts';
import { evaluateCondition } from './conditional-expression.ts';
import { lineEndAfter } from './file-stack.ts';
import type { FileStack, OpenFile } from './file-stack.ts';
import { RawKind, STARTS_LINE } from './lexer.ts';
import { isReservedMacroName } from './macro.ts';
import type { MacroExpander } from './macro-expander.ts';
import type { MacroTable } from './macro-table.ts';
import type { MacroUses } from './macro-uses.ts';
import { FROM_TEXT, spanOf } from './pp-token.ts';
import type { PpToken } from './pp-token.ts';
import type { PreprocessReporter } from './preprocess-reporter.ts';
import { rawToken } from './raw-token-cache.ts';

/** What the lines of one run are read with. */
export interface LineReading {
  readonly stack: FileStack;
  readonly expander: MacroExpander;
  readonly table: MacroTable;
  readonly uses: MacroUses;
  readonly reporter: PreprocessReporter;
}

/** The conditional groups of one run. */
export class ConditionalGroups {
  /** Text that is left out, in user's files, whole lines. */
  readonly inactive: Span[] = [];
  readonly #stack: FileStack;
  readonly #expander: MacroExpander;
  readonly #table: MacroTable;
  readonly #uses: MacroUses;
  readonly #reporter: PreprocessReporter;
  readonly #assertions: Assertions;

  constructor(reading: LineReading, assertions: Assertions) {
    this.#stack = reading.stack;
    this.#expander = reading.expander;
    this.#table = reading.table;
    this.#uses = reading.uses;
    this.#reporter = reading.reporter;
    this.#assertions = assertions;
  }

  /** Obeys #if, #ifdef and #ifndef; true when the group is to be skipped. */
  begin(open: OpenFile, directive: PpToken): boolean {
    const isTaken =
      directive.text === 'if' ? this.#condition(directive) : this.#isNameAsAsked(open, directive, 'ifdef');
    open.conditionals.push({
      directive: directive.text,
      span: spanOf(directive),
      taken: isTaken,
      seenElse: false,
    });
    return !isTaken;
  }

  /** Obeys #elif, #else and #endif met while text is read; true when the next group is to be skipped. */
  nextBranch(open: OpenFile, directive: PpToken): boolean {
    const group = open.conditionals.at(-1);
    const { text } = directive;
    if (group === undefined) {
      this.#reporter.problem('else-without-if', directive, { directive: text });
      return false;
    }
    if (text === 'endif') {
      this.#checkLineEnd(open, directive);
      open.conditionals.pop();
      return false;
    }
    if (group.seenElse) this.#reporter.problem('else-after-else', directive, { directive: text });
    if (text === 'else') {
      this.#checkLineEnd(open, directive);
      group.seenElse = true;
    }
    return true;
  }

  /** Passes over text up to the directive that ends the group or takes another branch. */
  skip(open: OpenFile): void {
    const { raw } = open;
    const from = open.at;
    const { directives } = raw;
    // The first directive at or after `from`, by bisection: groups can be skipped many times in one file.
    const low = firstBeyond(0, directives.length, (index) => (directives[index] ?? 0) < from);
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
      if (!this.#resumes(open, hash, lineEndAfter(raw, hash))) continue;
      this.#noteInactive(open, from, hash);
      return;
    }
    open.at = raw.count - 1;
    this.#noteInactive(open, from, open.at);
  }

  /** `#assert predicate(answer)`, `#unassert predicate(answer)?` */
  assert(open: OpenFile, directive: PpToken): void {
    const [predicate, parenthesis, ...rest] = this.#stack.restOfLine(open);
    const answer = parenthesis === undefined ? undefined : answerOf(parenthesis, rest);
    const isWhole = parenthesis === undefined ? directive.text === 'unassert' : answer !== undefined;
    if (predicate?.isName !== true || !isWhole) this.#reporter.problem('assertion-malformed', directive);
    else if (directive.text === 'unassert') this.#assertions.remove(predicate.text, answer);
    else this.#assertions.add(predicate.text, answer ?? '');
  }

  /** A branch directive in skipped text: true when it ends the skipping. */
  #resumes(open: OpenFile, hash: number, end: number): boolean {
    const directive = rawToken(open.raw, hash + 1, open.file.id);
    const group = open.conditionals.at(-1);
    if (group === undefined) return true;
    const expander = this.#expander;
    const outer = {
      lineEnd: this.#stack.lineEnd,
      parsing: expander.parsingArguments,
      prevent: expander.preventExpansion,
    };
    this.#stack.lineEnd = end;
    open.at = hash + 2;
    expander.inDirective = true;
    expander.parsingArguments = 0;
    expander.preventExpansion = 0;
    const resumes = this.#isBranchRead(open, directive);
    expander.inDirective = false;
    expander.parsingArguments = outer.parsing;
    expander.preventExpansion = outer.prevent;
    this.#stack.lineEnd = outer.lineEnd;
    open.at = end;
    return resumes;
  }

  #isBranchRead(open: OpenFile, directive: PpToken): boolean {
    const { text } = directive;
    const group = open.conditionals.at(-1);
    if (group === undefined) return true;
    if (text === 'endif') {
      this.#checkLineEnd(open, directive);
      open.conditionals.pop();
      return true;
    }
    if (group.seenElse) {
      this.#reporter.problem('else-after-else', directive, { directive: text });
      return false;
    }
    let isRead = false;
    if (text === 'else') {
      this.#checkLineEnd(open, directive);
      group.seenElse = true;
      isRead = !group.taken;
    } else if (!group.taken) {
      isRead = text === 'elif' ? this.#condition(directive) : this.#isNameAsAsked(open, directive, 'elifdef');
    }
    if (isRead) group.taken = true;
    return isRead;
  }

  #noteInactive(open: OpenFile, from: number, to: number): void {
    if (open.file.isSystem) return;
    const { text } = open.file;
    const before = from > 0 ? (open.raw.ends[from - 1] ?? 0) : 0;
    const lineEnd = text.indexOf('\n', before);
    const start = lineEnd < 0 ? text.length : lineEnd + 1;
    const hash = open.raw.starts[to] ?? text.length;
    const end = to === open.raw.count - 1 ? text.length : text.lastIndexOf('\n', hash) + 1;
    if (start < end) this.inactive.push({ file: open.file.id, start, end });
  }

  // ------------------------------------------------------------ the questions

  #condition(directive: PpToken): boolean {
    const expander = this.#expander;
    const value = evaluateCondition(
      {
        next: () => expander.getSolid(),
        defined: (operator) => this.#definedOperand(operator),
        asserted: () => this.#assertedOperand(),
        report: (problem, at, args) =>
          this.#reporter.problem(problem, at.kind === RawKind.end ? directive : at, args),
      },
      directive,
    );
    return value !== undefined && value.value !== 0n;
  }

  /** Whether the name behind a directive is defined where `whenDefined` asks for that, or not where its contrary does. */
  #isNameAsAsked(open: OpenFile, directive: PpToken, whenDefined: 'ifdef' | 'elifdef'): boolean {
    const name = macroName(this.#stack, open, directive, this.#reporter);
    if (name === undefined) return false;
    this.#checkLineEnd(open, directive);
    return this.#isDefined(name) === (directive.text === whenDefined);
  }

  #isDefined(name: PpToken): boolean {
    const macro = this.#table.macros.get(name.text);
    if (macro === undefined) return false;
    if ((name.flags & FROM_TEXT) !== 0) this.#uses.record(macro, name, name, 'test');
    // _Pragma is an operator, not a macro.
    return macro.builtin !== '_Pragma';
  }

  #assertedOperand(): boolean | undefined {
    const expander = this.#expander;
    expander.preventExpansion++;
    const predicate = expander.getSolid();
    let answer: string | undefined;
    const parenthesis = predicate.isName ? expander.getSolid() : predicate;
    if (predicate.isName && parenthesis.isPunctuator('(')) {
      const tokens: PpToken[] = [];
      let token = expander.getSolid();
      for (; token.kind !== RawKind.end && !token.isPunctuator(')'); token = expander.getSolid())
        tokens.push(token);
      answer = tokens.map((one) => one.text).join(' ');
    } else if (predicate.isName && parenthesis.kind !== RawKind.end) expander.unread();
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
    if (!name.isName) this.#reporter.problem('defined-without-name', operator);
    else {
      result = this.#isDefined(name);
      if (isParenthesized && !expander.getSolid().isPunctuator(')')) {
        this.#reporter.problem('defined-unterminated', operator);
        result = undefined;
      }
    }
    expander.preventExpansion--;
    return result;
  }

  #checkLineEnd(open: OpenFile, directive: PpToken): void {
    checkLineEnd(this.#stack, open, directive, this.#reporter);
  }
}

/** Complains about tokens behind a directive that takes no more. */
export function checkLineEnd(
  stack: FileStack,
  open: OpenFile,
  directive: PpToken,
  reporter: PreprocessReporter,
): void {
  const extra = stack.peekLine(open);
  if (extra !== undefined) reporter.problem('directive-extra-tokens', extra, { directive: directive.text });
}

/** The macro name that a directive must have; reported when it has none. */
export function macroName(
  stack: FileStack,
  open: OpenFile,
  directive: PpToken,
  reporter: PreprocessReporter,
): PpToken | undefined {
  const name = stack.peekLine(open);
  if (name === undefined) {
    reporter.problem('macro-name-missing', directive, { directive: directive.text });
    return undefined;
  }
  open.at++;
  if (!name.isName) {
    reporter.problem('macro-name-not-identifier', name);
    return undefined;
  }
  if (directive.text !== 'undef' || !isReservedMacroName(name.text)) return name;
  reporter.problem('macro-name-defined', name, { name: name.text });
  return undefined;
}

/** The answer of an assertion, from its `(` to its `)` at the end; undefined when it is none. */
function answerOf(parenthesis: PpToken, rest: readonly PpToken[]): string | undefined {
  if (!parenthesis.isPunctuator('(') || rest.at(-1)?.isPunctuator(')') !== true || rest.length < 2)
    return undefined;
  return rest
    .slice(0, -1)
    .map((token) => token.text)
    .join(' ');
}
