/**
 * What keeps a program from starting here, though it is right C: an object of static storage whose initial value is not
 * modelled would hold wrong bytes from the start, a type of more than 2^53 bytes has no size, and libc takes no record from main.
 */
import type { TypedUnit } from '../sema/typed-tree.ts';
import type { UnsupportedPlace } from './compiled-program.ts';

/** Diagnostics that say so; each is of severity `unsupported`. */
const limits: ReadonlySet<string> = new Set([
  'initializer-not-modelled',
  'array-beyond-model',
  'main-record',
]);

/** The first such place of a program; undefined where it can start. */
export function startLimit(units: readonly TypedUnit[]): UnsupportedPlace | undefined {
  const found = units
    .flatMap(({ diagnostics }) => diagnostics)
    .find(({ severity, code }) => severity === 'unsupported' && limits.has(code));
  return found === undefined ? undefined : { reason: found.text, span: found.span };
}
