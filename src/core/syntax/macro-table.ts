/**
 * The macros that are defined now, with every change noted, so that the table of an earlier place can be had again.
 */
import type { DiagnosticNote } from '../source/diagnostic.ts';
import { sayPreprocess } from '../text/preprocess-texts.ts';
import { isSameDefinition, parseDefinition } from './macro.ts';
import type { Macro } from './macro.ts';
import { spanOf } from './pp-token.ts';
import type { PpToken } from './pp-token.ts';
import type { PreprocessHistory, PreprocessPart } from './preprocess-result.ts';
import type { PreprocessReporter } from './preprocess-reporter.ts';

/** The macros of one run. */
export class MacroTable {
  readonly macros: Map<string, Macro>;
  readonly changes: { tokenCount: number; name: string; before: Macro | undefined }[] = [];
  readonly #pushed = new Map<string, (Macro | undefined)[]>();

  constructor(macros: Map<string, Macro>) {
    this.macros = macros;
  }

  /**
   * Obeys #define.
   *
   * @param line - what stands behind `define`
   * @param tokenCount - tokens in the result so far
   */
  define(line: PpToken[], directive: PpToken, tokenCount: number, reporter: PreprocessReporter): void {
    const { macro, problems } = parseDefinition(line, directive, false);
    for (const { code, at, name } of problems)
      reporter.problem(code, at, { directive: 'define', name: name ?? at.text });
    if (macro === undefined) return;
    const old = this.macros.get(macro.name);
    const span = macro.span ?? spanOf(directive);
    if (old?.builtin !== undefined) {
      reporter.report('macro-builtin-redefined', span, { name: macro.name });
    } else if (old !== undefined && !isSameDefinition(old, macro)) {
      const notes: DiagnosticNote[] = [
        { text: sayPreprocess('preprocess.macro-redefined-here'), span: old.span },
      ];
      reporter.report('macro-redefined', span, { name: macro.name }, undefined, notes);
    }
    this.#note(macro.name, tokenCount);
    this.macros.set(macro.name, macro);
  }

  remove(name: string, tokenCount: number): void {
    this.#note(name, tokenCount);
    this.macros.delete(name);
  }

  /** Obeys `#pragma push_macro` and `pop_macro`. */
  pushOrPop(verb: 'push_macro' | 'pop_macro', name: string, tokenCount: number): void {
    const stack = this.#pushed.get(name) ?? [];
    this.#pushed.set(name, stack);
    if (verb === 'push_macro') stack.push(this.macros.get(name));
    else if (stack.length > 0) {
      const macro = stack.pop();
      this.#note(name, tokenCount);
      if (macro === undefined) this.macros.delete(name);
      else this.macros.set(name, macro);
    }
  }

  #note(name: string, tokenCount: number): void {
    this.changes.push({ tokenCount, name, before: this.macros.get(name) });
  }
}

/** The macros that were defined before a part of the main file. */
export function macrosBefore({ macros, history, tokenIndex }: MacrosOfPart): Map<string, Macro> {
  const found = new Map(macros as ReadonlyMap<string, Macro>);
  const changes: PreprocessHistory['macroChanges'] = history.macroChanges;
  for (let at = changes.length - 1; at >= 0; at--) {
    const change = changes[at];
    if (change === undefined || change.tokenCount <= tokenIndex) break;
    if (change.before === undefined) found.delete(change.name);
    else found.set(change.name, change.before as Macro);
  }
  return found;
}

type MacrosOfPart = Pick<PreprocessPart, 'macros' | 'history' | 'tokenIndex'>;
