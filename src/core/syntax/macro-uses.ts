/**
 * Where macros are used in the user's files, and what they became.
 */
import type { SourceSet } from '../source/source-set.ts';
import type { Macro } from './macro.ts';
import type { MacroExpander } from './macro-expander.ts';
import { spanOf } from './pp-token.ts';
import type { PpToken } from './pp-token.ts';
import type { MacroUse } from './preprocess-result.ts';

/** Collects the uses of macros in one run. */
export class MacroUses {
  readonly list: MacroUse[] = [];
  /** Index of the outermost expansion that is being read, -1 when none. */
  open = -1;
  readonly #usedAt = new Set<number>();
  readonly #sources: SourceSet;
  readonly #expander: MacroExpander;

  constructor(sources: SourceSet, expander: MacroExpander) {
    this.#sources = sources;
    this.#expander = expander;
  }

  record(macro: Macro, name: PpToken, end: PpToken, kind: MacroUse['kind']): void {
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
    if (isOutermost && this.open < 0 && !this.#expander.inDirective) this.open = this.list.length;
    this.list.push({
      macro,
      span: spanOf(name),
      invocation: { file: name.file, start: name.start, end: last },
      kind,
      expansion: undefined,
    });
  }

  /** Notes which tokens of the result a use became. */
  close(index: number, start: number, end: number): void {
    const use = this.list[index];
    if (use !== undefined) this.list[index] = { ...use, expansion: { start, end } };
    this.open = -1;
  }
}
