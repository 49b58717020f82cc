/**
 * The files that one translation unit was read from: ids, texts, lines.
 */
import { LineIndex } from './text-span.ts';
import type { FileId, LineColumn, SourceFile, Span } from './text-span.ts';

/**
 * Files by id. Invariant: the file with id `n` is at index `n`.
 *
 * Line indexes are made when first asked for, so that a set costs nothing until somebody shows a position.
 */
export class SourceSet {
  readonly #files: SourceFile[] = [];
  readonly #lines: (LineIndex | undefined)[] = [];

  /** Starts with the given files, whose ids must be their indices. */
  constructor(files: readonly SourceFile[] = []) {
    for (const file of files) this.#files.push(file);
  }

  get files(): readonly SourceFile[] {
    return this.#files;
  }

  /** Adds a file and gives it the next id. */
  add(name: string, text: string, isSystem: boolean): SourceFile {
    const file: SourceFile = { id: this.#files.length, name, text, isSystem };
    this.#files.push(file);
    return file;
  }

  file(id: FileId): SourceFile | undefined {
    return this.#files[id];
  }

  /** Name of the file that a span lies in; empty for an id that no file has. */
  nameOf(span: Span): string {
    return this.#files[span.file]?.name ?? '';
  }

  /** What is spelled in a span. */
  textOf(span: Span): string {
    return this.#files[span.file]?.text.slice(span.start, span.end) ?? '';
  }

  /** Line and column of the start of a span, from 1. */
  lineColumn(span: Span): LineColumn {
    return this.lineColumnAt(span.file, span.start);
  }

  /** Line and column of an offset, from 1. */
  lineColumnAt(id: FileId, offset: number): LineColumn {
    return this.lines(id).lineColumn(offset);
  }

  /** The line index of a file; that of an empty text for an unknown id. */
  lines(id: FileId): LineIndex {
    const known = this.#lines[id];
    if (known !== undefined) return known;
    const made = new LineIndex(this.#files[id]?.text ?? '');
    this.#lines[id] = made;
    return made;
  }
}
