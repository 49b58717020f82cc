/**
 * The checks of node:assert/strict that the web suite needs, where there is no Node.
 */

/** Fails unless `value` is true in the sense of JavaScript. */
export function ok(value: unknown, message = `${show(value)} is not truthy`): asserts value {
  if (!Boolean(value)) throw new Error(message);
}

/** Fails unless both are the same value. */
export function equal(actual: unknown, expected: unknown, message = 'not equal'): void {
  if (!Object.is(actual, expected))
    throw new Error(`${message}\nactual:   ${show(actual)}\nexpected: ${show(expected)}`);
}

/** Fails unless both have the same shape as JSON. */
export function deepEqual(actual: unknown, expected: unknown, message = 'not equal'): void {
  equal(JSON.stringify(actual), JSON.stringify(expected), message);
}

/** Fails unless `text` contains a match. */
export function match(text: string, pattern: RegExp): void {
  ok(pattern.test(text), `${show(text)} does not match ${String(pattern)}`);
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
