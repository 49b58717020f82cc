/**
 * Scopes of names (C17 6.2.1) for the two name spaces that nest: ordinary identifiers and tags (6.2.3).
 *
 * One hash per name space maps a name to its innermost binding; leaving a block undoes its bindings in reverse order.
 * So a look-up costs one hash access however deep the nesting.
 */

/** A name bound in a scope. */
export interface Binding<T> {
  readonly name: string;
  readonly value: T;
  /** 0 for file scope. */
  readonly depth: number;
  readonly hidden: Binding<T> | undefined;
}

/** One name space. */
export class NameSpace<T> {
  readonly #bindings = new Map<string, Binding<T>>();
  readonly #order: Binding<T>[] = [];
  readonly #marks: number[] = [];

  /** 0 at file scope. */
  get depth(): number {
    return this.#marks.length;
  }

  enter(): void {
    this.#marks.push(this.#order.length);
  }

  /** Ends the innermost scope and gives its bindings, in order of declaration. */
  leave(): readonly Binding<T>[] {
    const mark = this.#marks.pop() ?? 0;
    if (mark === this.#order.length) return [];
    const left = this.#order.splice(mark);
    for (let i = left.length - 1; i >= 0; i--) {
      const binding = left[i];
      if (binding === undefined) continue;
      if (binding.hidden === undefined) this.#bindings.delete(binding.name);
      else this.#bindings.set(binding.name, binding.hidden);
    }
    return left;
  }

  /** Binds a name in the innermost scope; a binding of the same scope is replaced. */
  declare(name: string, value: T): void {
    const hidden = this.#bindings.get(name);
    const binding: Binding<T> = { name, value, depth: this.depth, hidden };
    this.#bindings.set(name, binding);
    this.#order.push(binding);
  }

  lookup(name: string): T | undefined {
    return this.#bindings.get(name)?.value;
  }

  /** The binding made in the innermost scope itself. */
  lookupHere(name: string): T | undefined {
    const binding = this.#bindings.get(name);
    return binding?.depth === this.depth ? binding.value : undefined;
  }

  /** The bindings of the innermost scope so far, in order of declaration. */
  get here(): readonly Binding<T>[] {
    return this.#order.slice(this.#marks.at(-1) ?? 0);
  }

  /** The bindings of file scope so far, in order of declaration; at file scope only. */
  get bindings(): readonly Binding<T>[] {
    return this.#order;
  }

  /** All visible names, for suggestions. */
  names(): IterableIterator<string> {
    return this.#bindings.keys();
  }
}
