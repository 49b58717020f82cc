/**
 * Finding the files that #include names: those of the host, then our own system headers; each is one file however often it
 * is read, and those marked with #pragma once are read once.
 *
 * Source: C17 6.10.2; libcpp/files.cc of gcc 12 (check_file_against_entries, is_known_idempotent_file).
 */
import { systemHeaders } from '../libc/headers/system-headers.ts';
import type { SourceSet } from '../source/source-set.ts';
import type { SourceFile, Span } from '../source/text-span.ts';
import { COMMAND_LINE_FILE, MAIN_FILE } from './file-stack.ts';
import { RawKind, SPACE_BEFORE } from './lexer.ts';
import type { MacroExpander } from './macro-expander.ts';
import { spanOf, spellingOf } from './pp-token.ts';
import type { PpToken } from './pp-token.ts';
import type { IncludeHost, Inclusion } from './preprocess-result.ts';

/** What an #include line names. */
export interface HeaderName {
  readonly name: string;
  readonly kind: Inclusion['kind'];
  readonly span: Span;
}

/** The files of one run by the names that include them. */
export class IncludeFiles {
  readonly #sources: SourceSet;
  readonly #host: IncludeHost | undefined;
  readonly #byName = new Map<string, SourceFile>();
  readonly #once = new Set<SourceFile>();

  constructor(sources: SourceSet, host: IncludeHost | undefined) {
    this.#sources = sources;
    this.#host = host;
  }

  /** From now on the file is not read again. */
  readOnce(file: SourceFile): void {
    this.#once.add(file);
  }

  /** True when the file has been read and must not be read again. */
  isDone(file: SourceFile): boolean {
    if (this.#once.has(file)) return true;
    const main = this.#sources.file(MAIN_FILE);
    return main !== undefined && this.#once.has(main) && isCopyOf(main, file);
  }

  /**
   * The file of a name.
   *
   * @param isNext - #include_next: the search begins behind the includer's folder
   */
  find(name: string, kind: Inclusion['kind'], includer: SourceFile, isNext: boolean): SourceFile | undefined {
    const main = this.#sources.file(MAIN_FILE);
    // Headers named on the command line are looked up as if the main file named them.
    const from = includer.id === COMMAND_LINE_FILE && main !== undefined ? main : includer;
    if (!includer.isSystem || includer.id === COMMAND_LINE_FILE) {
      const own = isNext ? undefined : this.#host?.resolve(name, kind, from);
      if (own !== undefined) return this.#fileOnce(`user:${own.name}`, own.name, own.text, false);
    }
    const text = systemHeaders.get(name);
    return text === undefined ? undefined : this.#fileOnce(`system:${name}`, name, text, true);
  }

  #fileOnce(key: string, name: string, text: string, isSystem: boolean): SourceFile {
    const known = this.#byName.get(key);
    if (known !== undefined) return known;
    const made = this.#sources.add(name, text, isSystem);
    this.#byName.set(key, made);
    return made;
  }
}

/** libcpp knows a file again by its time of change and its text; we have its name in place of the time. */
function isCopyOf(main: SourceFile, file: SourceFile): boolean {
  const lastPart = (name: string): string => name.slice(name.search(/[^/\\]*$/));
  return !file.isSystem && file.text === main.text && lastPart(file.name) === lastPart(main.name);
}

/** The header that an #include line names, after macro expansion where it has none as written; undefined when none. */
export function headerOperand(expander: MacroExpander, directive: PpToken): HeaderName | { span: Span } {
  const first = expander.getSolid();
  const span = spanOf(first.kind === RawKind.end ? directive : first);
  if (first.kind === RawKind.headerName || (first.kind === RawKind.string && first.text.startsWith('"'))) {
    const kind = first.text.startsWith('<') ? 'angled' : 'quoted';
    return { name: first.text.slice(1, -1), kind, span };
  }
  if (!first.isPunctuator('<')) return { span };
  let name = '';
  for (;;) {
    const token = expander.get();
    if (token.kind === RawKind.end) return { span };
    if (token.kind === RawKind.padding) continue;
    if (token.isPunctuator('>')) return { name, kind: 'angled', span };
    if ((token.flags & SPACE_BEFORE) !== 0) name += ' ';
    name += spellingOf(token);
  }
}
