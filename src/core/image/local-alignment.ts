/**
 * How gcc aligns variables on the stack.
 *
 * The alignment of a type is that of `__alignof__`: on i386 double and long long have 8, although as members of records
 * they have 4. Variables in memory get more: arrays and records of 16 bytes on x86-64, what holds doubles or long
 * doubles on both, but for `va_list`. Register-like variables have the alignment of their type; an `aligned` on them does nothing.
 *
 * Source: gcc/cfgexpand.cc (align_local_variable), gcc/config/i386/i386.cc (ix86_local_alignment): behaviour.
 */
import { alignOf, resolve, sizeOf } from '../sema/type-relations.ts';
import type { ObjectSymbol } from '../sema/typed-tree.ts';
import type { CType, QualType } from '../sema/type.ts';

/** Alignment in bytes of a register-like variable. */
export function registerAlignment(object: ObjectSymbol): number {
  return typeAlignment(object.type);
}

/** Alignment in bytes of a variable in memory. */
export function memoryAlignment(object: ObjectSymbol, word: 4 | 8): number {
  return Math.max(localAlignment(object.type, word), object.attributes.aligned ?? 1);
}

/** Alignment in bytes of nameless memory of a type. */
export function localAlignment(type: QualType, word: 4 | 8): number {
  const align = typeAlignment(type);
  const resolved = resolve(type.type);
  const isAggregate = resolved.kind === 'array' || resolved.kind === 'record';
  if (isAggregate && word === 8 && (sizeOf(resolved) ?? 0) >= 16 && !isArgumentList(resolved))
    return Math.max(align, 16);
  switch (resolved.kind) {
    case 'array':
      return Math.max(align, alignmentForMode(resolved.element.type));
    case 'record': {
      const first = resolved.members?.[0];
      return first === undefined ? align : Math.max(align, alignmentForMode(first.type.type));
    }
    case 'complex':
      return Math.max(align, alignmentForMode(resolved.element));
    case 'float':
    case 'vector':
      return Math.max(align, alignmentForMode(resolved));
    default:
      return align;
  }
}

/** A `va_list` of x86-64 itself: aligning it more brings nothing. */
function isArgumentList(type: CType): boolean {
  if (type.kind !== 'array') return false;
  const element = resolve(type.element.type);
  // Only the compiler's own record lies in no file.
  return element.kind === 'record' && element.tag === '__va_list_tag' && element.span.file < 0;
}

/** What `__alignof__` tells of a type. */
function typeAlignment(type: QualType): number {
  const align = alignOf(type);
  const resolved = resolve(type.type);
  switch (resolved.kind) {
    case 'integer':
    case 'enum':
      return (sizeOf(resolved) ?? 0) === 8 ? Math.max(align, 8) : align;
    case 'float':
      return resolved.name === 'double' ? Math.max(align, 8) : align;
    case 'complex':
      return Math.max(align, typeAlignment({ type: resolved.element, quals: 0 }));
    case 'array':
      return Math.max(align, typeAlignment(resolved.element));
    default:
      return align;
  }
}

/** What doubles and wider floating-point values ask for, and records that are one of them. */
function alignmentForMode(type: CType): number {
  const resolved = resolve(type);
  if (resolved.kind === 'float') return resolved.size === 8 ? 8 : resolved.size > 8 ? 16 : 1;
  if (resolved.kind === 'vector') return resolved.size >= 16 ? 16 : 1;
  if (resolved.kind === 'array') return resolved.count === 1 ? alignmentForMode(resolved.element.type) : 1;
  const only = resolved.kind === 'record' && resolved.members?.length === 1 ? resolved.members[0] : undefined;
  return only !== undefined && sizeOf(only.type.type) === sizeOf(resolved)
    ? alignmentForMode(only.type.type)
    : 1;
}
