/**
 * Lists that are short as a rule: those of the syntax tree, arguments of macros.
 */

/** A shared empty list: most lists of the tree are empty. */
export const none: readonly never[] = [];

/**
 * A list with one more item.
 *
 * @param list - undefined while it is empty: an array that starts with its first item takes the room of one, an empty one
 * to which an item is added that of seventeen
 */
export function withItem<T>(list: T[] | undefined, item: T): T[] {
  if (list === undefined) return [item];
  list.push(item);
  return list;
}
