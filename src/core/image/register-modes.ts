/**
 * Which types gcc handles in registers as a whole.
 *
 * Source: gcc/stor-layout.cc, mode_for_size and compute_record_mode (behaviour).
 */
import { resolve, sizeOf } from '../sema/type-relations.ts';
import type { CType } from '../sema/type.ts';

/**
 * Whether gcc handles a record or an array as one integer: its size is that of a machine mode, and no member is an array or a
 * record of another size.
 */
export function hasRegisterMode(type: CType): boolean {
  const size = sizeOf(type) ?? 0;
  if (size !== 1 && size !== 2 && size !== 4 && size !== 8 && size !== 16) return false;
  const resolved = resolve(type);
  if (resolved.kind === 'array') return hasRegisterMode(resolved.element.type);
  if (resolved.kind !== 'record') return true;
  return (resolved.members ?? []).every(
    ({ type: member }) =>
      sizeOf(member.type) === 0 || !isAggregate(member.type) || hasRegisterMode(member.type),
  );
}

function isAggregate(type: CType): boolean {
  const { kind } = resolve(type);
  return kind === 'record' || kind === 'array';
}

/** Whether gcc handles a record as one integer of sixteen bytes on x86-64: not where it is one vector or long double. */
export function isPairRecord(type: CType): boolean {
  const resolved = resolve(type);
  return (
    resolved.kind === 'record' &&
    sizeOf(resolved) === 16 &&
    hasRegisterMode(resolved) &&
    !holdsWideFloat(resolved)
  );
}

function holdsWideFloat(type: CType): boolean {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'record':
      return (resolved.members ?? []).some((member) => holdsWideFloat(member.type.type));
    case 'array':
      return holdsWideFloat(resolved.element.type);
    case 'float':
      return resolved.size > 8;
    default:
      return resolved.kind === 'vector';
  }
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
