/**
 * A map whose values are computed when they are first asked for.
 */
import { invariant } from '../base/assert.ts';

/** Values by key, for keys known beforehand. */
export class ComputedMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly #keys: ReadonlySet<Key>;
  readonly #compute: (key: Key) => Value;
  readonly #known = new Map<Key, Value>();

  constructor(keys: Iterable<Key>, compute: (key: Key) => Value) {
    this.#keys = new Set(keys);
    this.#compute = compute;
  }

  get size(): number {
    return this.#keys.size;
  }

  /** The value of a key that is in the map. */
  at(key: Key): Value {
    invariant(this.#keys.has(key), 'only keys of the map are asked for');
    if (this.#known.has(key)) return this.#known.get(key) as Value;
    const value = this.#compute(key);
    this.#known.set(key, value);
    return value;
  }

  get(key: Key): Value | undefined {
    return this.#keys.has(key) ? this.at(key) : undefined;
  }

  has(key: Key): boolean {
    return this.#keys.has(key);
  }

  forEach(visit: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const key of this.#keys) visit(this.at(key), key, this);
  }

  keys(): MapIterator<Key> {
    return this.#keys.values();
  }

  *values(): MapIterator<Value> {
    for (const key of this.#keys) yield this.at(key);
  }

  *entries(): MapIterator<[Key, Value]> {
    for (const key of this.#keys) yield [key, this.at(key)];
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }
}
