/** Bisection of what is sorted. */

/**
 * The first index of [from, to) for which a condition does not hold, that holds for all indices below and for none above;
 * `to` where it holds for all.
 */
export function firstBeyond(from: number, to: number, holds: (index: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last item for which a condition holds, that holds for a beginning of the list and for nothing behind it. */
export function lastOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): Item | undefined {
  return items[firstBeyond(0, items.length, (index) => holds(items[index] as Item)) - 1];
}
