/**
 * Which identifiers name types: what the C grammar needs to know to be read at all.
 *
 * One map holds the meaning in force of every ordinary identifier; leaving a scope undoes what was declared in it, from
 * a log. Tags, members and labels have name spaces of their own (C17 6.2.3) and do not come here.
 */

/** Typedef name, or object, function or enumeration constant. */
export type NameKind = 'typedef' | 'ordinary';

/** A name declared at file scope. */
export interface FileScopeName {
  readonly name: string;
  readonly kind: NameKind;
}

/** Type names that gcc declares before the first line. */
const predeclared = [
  '__builtin_va_list',
  '__builtin_ms_va_list',
  '__builtin_sysv_va_list',
  '__int128_t',
  '__uint128_t',
];

/** The ordinary identifiers in scope. */
export class NameScopes {
  /** An undeclared name that was declared once keeps its entry, as undefined: removing entries costs more. */
  readonly #inForce = new Map<string, NameKind | undefined>();
  readonly #names: string[] = [];
  readonly #hidden: (NameKind | undefined)[] = [];
  readonly #marks: number[] = [];
  readonly #fileScope: FileScopeName[] = [];

  constructor(fileScope: readonly FileScopeName[] = []) {
    for (const name of predeclared) this.#inForce.set(name, 'typedef');
    for (const { name, kind } of fileScope) this.#inForce.set(name, kind);
  }

  /** What was declared at file scope, in order; a parse of a part of the text begins with the first of them. */
  get fileScope(): readonly FileScopeName[] {
    return this.#fileScope;
  }

  open(): void {
    this.#marks.push(this.#names.length);
  }

  close(): void {
    const mark = this.#marks.pop() ?? 0;
    while (this.#names.length > mark) {
      const name = this.#names.pop();
      const hidden = this.#hidden.pop();
      if (name !== undefined) this.#inForce.set(name, hidden);
    }
  }

  declare(name: string, kind: NameKind): void {
    const hidden = this.#inForce.get(name);
    if (hidden === kind) return;
    if (this.#marks.length > 0) {
      this.#names.push(name);
      this.#hidden.push(hidden);
    } else this.#fileScope.push({ name, kind });
    this.#inForce.set(name, kind);
  }

  /** Undefined: not declared. */
  kindOf(name: string): NameKind | undefined {
    return this.#inForce.get(name);
  }

  isTypedef(name: string): boolean {
    return this.#inForce.get(name) === 'typedef';
  }
}
