/**
 * The C type of something that has a place.
 */
import type { Placement } from '../core/sema/placement.ts';
import { typeSpelling } from '../core/sema/type-spelling.ts';

/** `int *`, `void (int)`, `char [6]` for a literal. */
export function placedType(of: Placement['of']): string {
  if (!('kind' in of)) return `char [${String(of.bytes.length / of.elementSize)}]`;
  return of.kind === 'object' ? typeSpelling(of.type) : typeSpelling({ type: of.type, quals: 0 });
}
