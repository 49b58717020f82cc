/**
 * Keeps the identity of what has not changed, so that only the rows that changed are drawn again.
 */

/**
 * The new value, with every part that equals its counterpart in the old one replaced by that counterpart.
 *
 * Both values are plain JSON. Items of arrays are matched by their `start` or, without one, by their index: a chunk
 * that moves down the list because a new one came before it keeps its identity.
 */
export function reuse<Value>(before: unknown, after: Value): Value {
  if (Object.is(before, after) || !isObject(before) || !isObject(after)) return after;
  if (Array.isArray(after)) {
    return Array.isArray(before) ? (reuseItems(before, after) as Value) : after;
  }
  if (Array.isArray(before)) return after;
  const old = before as Readonly<Record<string, unknown>>;
  const entries = Object.entries(after).map(([key, value]) => [key, reuse(old[key], value)] as const);
  const isSame =
    entries.length === Object.keys(old).length &&
    entries.every(([key, value]) => key in old && Object.is(value, old[key]));
  return isSame ? (before as Value) : (Object.fromEntries(entries) as Value);
}

function reuseItems(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const byKey = new Map<unknown, unknown>();
  before.forEach((item, index) => byKey.set(keyOf(item, index), item));
  const items = after.map((item, index) => reuse(byKey.get(keyOf(item, index)), item));
  const isSame =
    items.length === before.length && items.every((item, index) => Object.is(item, before[index]));
  return isSame ? before : items;
}

function keyOf(item: unknown, index: number): unknown {
  return isObject(item) && 'start' in item && typeof item.start === 'string' ? item.start : index;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof ArrayBuffer);
}
