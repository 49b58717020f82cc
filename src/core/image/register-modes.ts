/**
 * Which types gcc handles in registers as a whole.
 *
 * Source: gcc/stor-layout.cc, mode_for_size and compute_record_mode (behaviour).
 */
import { resolve, sizeOf } from '../sema/type-relations.ts';
import type { CType } from '../sema/type.ts';

/** Whether gcc handles a record as one integer: its size is that of a machine mode. */
export function hasRegisterMode(type: CType): boolean {
  const size = sizeOf(type) ?? 0;
  return size === 1 || size === 2 || size === 4 || size === 8 || size === 16;
}

/** Whether a value of the type is handled by its address: records, complex numbers, vectors, arrays. */
export function isMemoryValue(type: CType): boolean {
  const resolved = resolve(type);
  return (
    resolved.kind === 'record' ||
    resolved.kind === 'complex' ||
    resolved.kind === 'vector' ||
    resolved.kind === 'array' ||
    (resolved.kind === 'integer' && resolved.size > 8)
  );
}
