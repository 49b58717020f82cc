/**
 * #pragma and _Pragma as far as they are the preprocessor's own; the others become tokens for the parser.
 *
 * Source: C17 6.10.6, 6.10.9; libcpp/directives.cc of gcc 12 (do_pragma_once, do_pragma_push_macro, do_pragma_poison).
 */
import type { OpenFile } from './file-stack.ts';
import type { IncludeFiles } from './include-files.ts';
import { RawKind } from './lexer.ts';
import type { MacroTable } from './macro-table.ts';
import { PpToken, spellTokens } from './pp-token.ts';
import type { PreprocessReporter } from './preprocess-reporter.ts';

/** The pragmas of one run. */
export class PragmaDirectives {
  /** Names that must not be written any more. */
  readonly poisoned = new Set<string>();
  readonly #files: IncludeFiles;
  readonly #table: MacroTable;
  readonly #reporter: PreprocessReporter;

  constructor(files: IncludeFiles, table: MacroTable, reporter: PreprocessReporter) {
    this.#files = files;
    this.#table = table;
    this.#reporter = reporter;
  }

  /**
   * Obeys a pragma.
   *
   * @param line - what stands behind `#pragma`
   * @param tokenCount - tokens in the result so far
   * @returns the token for the parser; undefined when the pragma was the preprocessor's
   */
  obey(
    open: OpenFile,
    line: readonly PpToken[],
    directive: PpToken,
    tokenCount: number,
  ): PpToken | undefined {
    const first = line[0]?.text;
    if (first === 'once' && line.length === 1) {
      if (open.previous === undefined) this.#reporter.problem('pragma-once-in-main', line[0] ?? directive);
      this.#files.readOnce(open.file);
      return undefined;
    }
    if (first === 'push_macro' || first === 'pop_macro') {
      const name = line[2];
      const isWellFormed = line[1]?.text === '(' && name?.kind === RawKind.string && line[3]?.text === ')';
      if (isWellFormed) this.#table.pushOrPop(first, name.text.slice(1, -1), tokenCount);
      else this.#reporter.problem('pragma-malformed', directive, { name: first });
      return undefined;
    }
    if (first === 'GCC' && this.#obeyGcc(line, directive)) return undefined;
    const last = line.at(-1) ?? directive;
    return new PpToken(RawKind.pragma, spellTokens(line), 0, directive.file, directive.start, last.end);
  }

  /** `#pragma GCC …`; false when it is not for the preprocessor. */
  #obeyGcc(line: readonly PpToken[], directive: PpToken): boolean {
    const verb = line[1]?.text;
    switch (verb) {
      case 'poison':
        for (const name of line.slice(2)) if (name.isName) this.poisoned.add(name.text);
        return true;
      case 'error':
      case 'warning': {
        const text = line[2];
        const message = text?.kind === RawKind.string ? text.text.slice(1, -1) : '';
        this.#reporter.problem(verb === 'error' ? 'user-error' : 'user-warning', directive, { message });
        return true;
      }
      case 'system_header':
      case 'dependency':
        return true;
      default:
        return false;
    }
  }
}
