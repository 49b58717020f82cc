/**
 * The files that are being read, each inside the one that includes it, and the directive line that is being read.
 */
import type { SourceFile, Span } from '../source/text-span.ts';
import { RawKind, STARTS_LINE } from './lexer.ts';
import type { RawTokens } from './lexer.ts';
import { PpToken } from './pp-token.ts';
import { rawToken } from './raw-token-cache.ts';

/** Ids of the files that every run has. */
export const MAIN_FILE = 0;
export const COMMAND_LINE_FILE = 2;

/** A conditional group that is open. */
export interface Conditional {
  readonly directive: string;
  readonly span: Span;
  /** One of its branches has been, or is being, read. */
  taken: boolean;
  seenElse: boolean;
}

/** A file that is being read. */
export interface OpenFile {
  readonly file: SourceFile;
  readonly raw: RawTokens;
  /** Index of the next raw token. */
  at: number;
  readonly conditionals: Conditional[];
  /** What #line adds to line numbers, and the name it gives. */
  lineShift: number;
  presumedName: string;
  readonly previous: OpenFile | undefined;
  readonly depth: number;
}

/** The files that are being read. */
export class FileStack {
  /** The innermost one. */
  top: OpenFile | undefined = undefined;
  /** Index after the last raw token of the directive line that is being read; -1 outside directives. */
  lineEnd = -1;

  push(file: SourceFile, raw: RawTokens): void {
    const previous = this.top;
    this.top = {
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

  /** The rest of the directive line as raw tokens; it is read then. */
  restOfLine(open: OpenFile): PpToken[] {
    const line: PpToken[] = [];
    for (; open.at < this.lineEnd; open.at++) line.push(rawToken(open.raw, open.at, open.file.id));
    return line;
  }

  /** The next raw token of the directive line, which is not read yet; undefined at its end. */
  peekLine(open: OpenFile): PpToken | undefined {
    return open.at < this.lineEnd ? rawToken(open.raw, open.at, open.file.id) : undefined;
  }

  /** What stands for the end of a file or line where it is reached. */
  endToken(): PpToken {
    const open = this.top;
    if (open === undefined) return new PpToken(RawKind.end, '', 0, MAIN_FILE, 0, 0);
    const at = Math.min(open.at, open.raw.count - 1);
    const before = at > 0 ? (open.raw.ends[at - 1] ?? 0) : 0;
    return new PpToken(RawKind.end, '', 0, open.file.id, before, before);
  }
}

/** Index of the first raw token after the logical line of the token at `from`. */
export function lineEndAfter(raw: RawTokens, from: number): number {
  let at = from + 1;
  while (((raw.flags[at] ?? STARTS_LINE) & STARTS_LINE) === 0) at++;
  return at;
}
