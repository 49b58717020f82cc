/**
 * CONTRACT. Places in source text.
 */
import { firstBeyond } from '../../base/bisect.ts';

/** Index of a file in the {@link SourceSet}. */
export type FileId = number;

/** Half-open range of UTF-16 code units in a file, where something is *spelled*. */
export interface Span {
  readonly file: FileId;
  readonly start: number;
  readonly end: number;
  /**
   * For text that came out of a macro: where the outermost macro is invoked. Diagnostics and positions of statements
   * use it; a hover uses the spelling.
   */
  readonly expandedAt?: Span;
}

/** One file of a program: its name as given or found, and its text. */
export interface SourceFile {
  readonly id: FileId;
  /** Path or header name, for display. */
  readonly name: string;
  readonly text: string;
  /** True for our own system headers. */
  readonly isSystem: boolean;
}

/** A place for people: line and column from 1, column in UTF-16 code units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Offsets of line starts of one text; finds lines by bisection. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset of the first character of a line (from 1); the end of the last line for a line beyond it. */
  startOfLine(line: number): number {
    return this.#starts[Math.min(Math.max(line, 1), this.#starts.length) - 1] ?? 0;
  }

  lineColumn(offset: number): LineColumn {
    const line = Math.max(
      1,
      firstBeyond(0, this.#starts.length, (index) => (this.#starts[index] ?? 0) <= offset),
    );
    return { line, column: offset - (this.#starts[line - 1] ?? 0) + 1 };
  }
}
