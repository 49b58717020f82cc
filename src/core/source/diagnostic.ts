/**
 * CONTRACT. Diagnostics: what is wrong with the C text, as data.
 *
 * `text` is an entry of the areas' diagnostic tables in core/text (both languages). Severity `unsupported` marks valid C
 * that is not modelled yet: shown as a warning, and the program runs up to it.
 */
import type { Text } from '../text/text.ts';
import type { Span } from './text-span.ts';

export type Severity = 'error' | 'warning' | 'note' | 'unsupported';

export interface DiagnosticNote {
  readonly text: Text;
  readonly span: Span | undefined;
}

export interface Diagnostic {
  /** Stable name, for example `undeclared-identifier`; equals the text's key after its area prefix. */
  readonly code: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly text: Text;
  readonly notes?: readonly DiagnosticNote[];
}

/** Collects diagnostics; at most `limit` are kept so that broken input stays cheap. */
export class DiagnosticSink {
  readonly #list: Diagnostic[] = [];
  readonly #limit: number;

  constructor(limit = 500) {
    this.#limit = limit;
  }

  report(diagnostic: Diagnostic): void {
    if (this.#list.length < this.#limit) this.#list.push(diagnostic);
  }

  get list(): readonly Diagnostic[] {
    return this.#list;
  }
}
