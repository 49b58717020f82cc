/**
 * Diagnostics of the preprocessor: where a token came out of a macro, its use is named as well.
 */
import { DiagnosticSink } from '../source/diagnostic.ts';
import type { Diagnostic, DiagnosticNote, Severity } from '../source/diagnostic.ts';
import type { SourceSet } from '../source/source-set.ts';
import type { SourceFile, Span } from '../source/text-span.ts';
import { isC2x } from '../target/dialect.ts';
import type { Dialect } from '../target/dialect.ts';
import { sayPreprocess } from '../text/preprocess-texts.ts';
import { COMMAND_LINE_FILE } from './file-stack.ts';
import type { RawTokens } from './lexer.ts';
import type { MacroExpander } from './macro-expander.ts';
import { spanOf } from './pp-token.ts';
import type { PpToken } from './pp-token.ts';
import { warnings } from './preprocess-problem.ts';
import type { ProblemArguments, ProblemCode } from './preprocess-problem.ts';

/** Collects the diagnostics of one run. */
export class PreprocessReporter {
  readonly #sink = new DiagnosticSink();
  readonly #sources: SourceSet;
  readonly #expander: MacroExpander;
  readonly #dialect: Dialect;

  constructor(sources: SourceSet, expander: MacroExpander, dialect: Dialect) {
    this.#dialect = dialect;
    this.#sources = sources;
    this.#expander = expander;
  }

  get list(): readonly Diagnostic[] {
    return this.#sink.list;
  }

  /** Reports something about a token. */
  problem(code: ProblemCode, at: PpToken, args?: ProblemArguments, severity?: Severity): void {
    const expandedAt = this.#expander.isExpanding ? this.#expander.outermost : undefined;
    const span = spanOf(at);
    this.report(code, expandedAt === undefined ? span : { ...span, expandedAt }, args, severity);
  }

  /** Reports something about a place in the text. */
  report(
    code: ProblemCode,
    span: Span,
    args?: ProblemArguments,
    severity?: Severity,
    notes?: readonly DiagnosticNote[],
  ): void {
    if (code === 'later-separator' && isC2x(this.#dialect)) return;
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

  /** Reports what the lexer found in a file. */
  lexicalProblems(file: SourceFile, raw: RawTokens): void {
    for (const { kind, start, end } of raw.problems)
      this.report(
        kind,
        { file: file.id, start, end },
        undefined,
        kind === 'trigraph' ? 'unsupported' : undefined,
      );
  }

  /** Reports a character that begins no token, or a quote without its partner. */
  unknownToken(text: string, at: PpToken): void {
    if (text === '//') {
      this.problem('line-comment', at);
      return;
    }
    const quote = /^(?:u8|[LuU])?(["'])/.exec(text)?.[1];
    if (quote === undefined) this.problem('stray-character', at, { character: text });
    else this.problem(quote === '"' ? 'unterminated-string' : 'unterminated-character', at);
  }

  #isInSystemHeader(span: Span): boolean {
    return span.file > COMMAND_LINE_FILE && this.#sources.file(span.file)?.isSystem === true;
  }
}
