/**
 * The difference of two snapshots: the parts that changed.
 */
import type { Delta } from '../protocol/messages.ts';
import type { Snapshot } from '../protocol/view-model.ts';

/** Whether two plain JSON values are equal. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => name in right && sameValue(left[name], right[name]))
  );
}

/**
 * The parts of a snapshot that differ from an earlier one.
 *
 * @returns such that `{ ...before, ...delta }` equals `after`
 */
export function snapshotDelta(before: Snapshot, after: Snapshot): Delta {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Snapshot>;
  return Object.fromEntries(
    [...names].filter((name) => !sameValue(before[name], after[name])).map((name) => [name, after[name]]),
  );
}
