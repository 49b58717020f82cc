/** Bugs of ours: what can only happen when the code itself is wrong. */

/** A broken invariant. It is caught in one place, the session's server, and answered with code `internal`. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

/**
 * Raises a {@link BugError} when an invariant does not hold.
 *
 * @throws BugError when `cond` is false
 */
export function invariant(cond: boolean, message: string): asserts cond {
  if (!cond) throw new BugError(message);
}

/**
 * Marks the branch of an exhaustive switch that cannot be reached.
 *
 * @throws BugError always
 */
export function unreachable(value: never): never {
  throw new BugError(`unreachable: ${JSON.stringify(value)}`);
}
