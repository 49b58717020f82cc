/**
 * `#pragma pack`: the largest alignment that members of a record get, and its stack.
 *
 * Source: gcc 12, "Structure-Layout Pragmas"; the words of the warnings are gcc's.
 */
import { saySyntax } from '../text/syntax-texts.ts';
import type { SyntaxCode } from '../text/syntax-texts.ts';
import type { TextArguments } from '../text/text.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Token } from './token.ts';

/** The state that `#pragma pack` directives set, in the order of the text. */
export class PackStack {
  readonly #saved: { readonly id: string | undefined; readonly bytes: number | undefined }[] = [];
  #bytes: number | undefined;

  /** Largest alignment in force, in bytes; undefined: none. */
  get bytes(): number | undefined {
    return this.#bytes;
  }

  /** Takes one pragma; others than `pack` have no effect. */
  take(pragma: Token, report: (diagnostic: Diagnostic) => void): void {
    const words: readonly string[] = pragma.text.match(/\w+|[^\s\w]/g) ?? [];
    if (words[0] !== 'pack') return;
    const warn = (code: SyntaxCode, args?: TextArguments): void =>
      report({ code, severity: 'warning', span: pragma.span, text: saySyntax(code, args) });
    if (words[1] !== '(') {
      warn('pack-no-paren');
      return;
    }
    const close = words.indexOf(')');
    const args = words.slice(2, close);
    if (close < 0 || args.some((word, at) => (at % 2 === 1) !== (word === ',')) || args.at(-1) === ',') {
      warn('pack-malformed');
      return;
    }
    const [action, ...operands] = args.filter((word) => word !== ',');
    if (action === undefined) {
      this.#bytes = undefined;
    } else if (/^\d/.test(action)) {
      if (operands.length > 0) warn('pack-malformed');
      else this.#set(action, warn);
    } else if (action === 'push') {
      const id = operands.find((word) => !/^\d/.test(word));
      const value = operands.find((word) => /^\d/.test(word));
      if (operands.length > 2 || (operands.length === 2 && (id !== operands[0] || value === undefined))) {
        warn('pack-malformed');
        return;
      }
      this.#saved.push({ id, bytes: this.#bytes });
      if (value !== undefined) this.#set(value, warn);
    } else if (action === 'pop') {
      if (operands.length > 1) {
        warn('pack-malformed');
        return;
      }
      this.#pop(operands[0], warn);
    } else {
      warn('pack-unknown-action', { action });
    }
  }

  #set(spelling: string, warn: (code: SyntaxCode, args?: TextArguments) => void): void {
    const value = Number(spelling);
    if (value === 0) this.#bytes = undefined;
    else if ([1, 2, 4, 8, 16].includes(value)) this.#bytes = value;
    else warn('pack-alignment', { value: spelling });
  }

  #pop(id: string | undefined, warn: (code: SyntaxCode) => void): void {
    const at =
      id === undefined ? this.#saved.length - 1 : this.#saved.map((entry) => entry.id).lastIndexOf(id);
    const entry = this.#saved[at];
    if (entry === undefined) {
      warn('pack-pop-without-push');
      return;
    }
    this.#bytes = entry.bytes;
    this.#saved.length = at;
  }
}
