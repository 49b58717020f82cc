/**
 * What the effects of functions need: the functions, objects and literals that code refers to after all that nobody needs is
 * gone.
 *
 * Source: gcc/tree-ssa-dce.cc (mark_operand_necessary, propagate_necessity): behaviour.
 */
import type { FunctionSymbol, ObjectSymbol, StringLiteral } from '../typed-tree.ts';
import type { Effect } from './evaluator.ts';
import { isRoot } from './value.ts';
import type { Root, Value } from './value.ts';

/** Told about what is needed, once for each function that needs it. */
export interface Needed {
  calls(symbol: FunctionSymbol): void;
  results(symbol: FunctionSymbol): void;
  addressOfFunction(symbol: FunctionSymbol): void;
  reads(object: ObjectSymbol): void;
  writes(object: ObjectSymbol): void;
  addressOf(object: ObjectSymbol): void;
  literal(literal: StringLiteral): void;
}

/** What a function costs and does. */
export interface Marked {
  /** Instructions. */
  readonly size: number;
  readonly hasCalls: boolean;
  /** It changes something that others see, or may never end. */
  readonly hasEffects: boolean;
}

/** What does not count. */
export interface Dropped {
  /** Stores to the object. */
  stores(object: ObjectSymbol): boolean;
  /** What the function gives back. */
  readonly results: boolean;
}

/** Marks what the effects of one function need. */
export function markNeeded(effects: readonly Effect[], dropped: Dropped, needed: Needed): Marked {
  return new Marking(dropped, needed).run(effects);
}

class Marking {
  readonly #dropped: Dropped;
  readonly #needed: Needed;
  readonly #values = new Set<Value>();
  readonly #effects = new Set<Effect>();
  readonly #readable = new Set<Root>();
  /** Stores to memory of the function's own that nobody has read so far. */
  readonly #pending = new Map<Root, Effect[]>();
  readonly #work: Value[] = [];
  #size = 0;
  #hasCalls = false;
  #hasEffects = false;

  constructor(dropped: Dropped, needed: Needed) {
    this.#dropped = dropped;
    this.#needed = needed;
  }

  run(effects: readonly Effect[]): Marked {
    for (const effect of effects) {
      const { target } = effect;
      if (effect.isReturn === true && this.#dropped.results) continue;
      if (target === undefined || target.storage === 'static') {
        if (target?.symbol === undefined || !this.#dropped.stores(target.symbol)) this.#activate(effect);
      } else if (this.#readable.has(target)) this.#activate(effect);
      else this.#pending.set(target, [...(this.#pending.get(target) ?? []), effect]);
      this.#drain();
    }
    return { size: this.#size, hasCalls: this.#hasCalls, hasEffects: this.#hasEffects };
  }

  #drain(): void {
    for (let value = this.#work.pop(); value !== undefined; value = this.#work.pop()) this.#mark(value);
  }

  #activate(effect: Effect): void {
    if (this.#effects.has(effect)) return;
    this.#effects.add(effect);
    const { target, values, uses, size, control, isReturn } = effect;
    this.#size += size;
    if (isReturn !== true && target?.storage !== 'automatic') this.#hasEffects = true;
    if (target?.storage === 'static' && target.symbol !== undefined) this.#needed.writes(target.symbol);
    for (const use of uses) this.#use(use);
    this.#work.push(...values);
    for (let outer = control; outer !== undefined; outer = outer.outer) this.#work.push(outer.condition);
  }

  #mark(value: Value): void {
    if (this.#values.has(value)) return;
    this.#values.add(value);
    this.#size += value.size;
    for (const use of value.uses) this.#use(use);
    this.#work.push(...value.inputs);
    const { known, into } = value;
    if (into !== undefined) this.#address(into);
    if (known?.kind !== 'address') return;
    const { base } = known;
    if (isRoot(base)) this.#address(base);
    else if ('bytes' in base) this.#needed.literal(base);
    else if (base.kind === 'function') this.#needed.addressOfFunction(base);
  }

  #use(use: Value['uses'][number]): void {
    if (use.kind === 'result') {
      this.#needed.results(use.function);
      return;
    }
    if (use.kind === 'call') {
      this.#hasCalls = true;
      this.#needed.calls(use.function);
      return;
    }
    if (use.root.storage === 'static') {
      if (use.root.symbol !== undefined) this.#needed.reads(use.root.symbol);
    } else this.#read(use.root);
  }

  #address(root: Root): void {
    if (root.storage !== 'static') this.#read(root);
    else if (root.symbol !== undefined) this.#needed.addressOf(root.symbol);
  }

  #read(root: Root): void {
    if (this.#readable.has(root)) return;
    this.#readable.add(root);
    for (const effect of this.#pending.get(root) ?? []) this.#activate(effect);
    this.#pending.delete(root);
  }
}
