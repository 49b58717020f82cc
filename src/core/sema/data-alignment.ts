/**
 * The alignment that gcc writes for an object in a section: often more than the type's.
 *
 * Source: gcc/varasm.cc: align_variable, get_variable_align; gcc/config/i386/i386.cc: ix86_data_alignment (default
 * -malign-data=compat), ix86_constant_alignment; AMD64 ABI 3.1.2 (arrays of 16 bytes and more).
 */
import type { DataModel } from '../target/data-model.ts';
import { alignOf, asRecord, resolve, sizeOf } from './type-relations.ts';
import { ATOMIC } from './type.ts';
import type { CType, QualType } from './type.ts';
import type { ObjectSymbol } from './typed-tree.ts';

/** Bytes of the largest alignment that size alone gives. */
const COMPAT_ALIGN = 32;

/** Alignment of an object outside of any struct: on i386 8-byte numbers are aligned to 8 there. */
export function variableAlign(type: QualType, model: DataModel): number {
  const natural = alignOf(type);
  if (model.wordBytes === 8) return natural;
  let inner: CType = type.type;
  let quals = type.quals;
  for (;;) {
    if (inner.kind === 'typedef') {
      if (inner.declaredAlign !== undefined) return natural;
      quals |= inner.aliased.quals;
      inner = inner.aliased.type;
    } else if (inner.kind === 'array') {
      quals |= inner.element.quals;
      inner = inner.element.type;
    } else break;
  }
  if ((quals & ATOMIC) !== 0) return natural;
  const element = inner.kind === 'complex' ? inner.element : inner;
  const isWide =
    (element.kind === 'float' && element.name === 'double') ||
    (element.kind === 'integer' && element.size === 8) ||
    (element.kind === 'enum' && element.underlying?.size === 8);
  return isWide ? Math.max(natural, 8) : natural;
}

/** Alignment of the type or declaration, as `__alignof__` of the object gives it. */
export function objectAlign(object: ObjectSymbol, model: DataModel): number {
  return object.attributes.aligned ?? variableAlign(object.type, model);
}

/** The alignment that gcc emits for a static or thread-local object. */
export function emittedAlign(object: ObjectSymbol, model: DataModel): number {
  const { type } = object;
  // An alignment that is written on the object is taken as it is; one on its type is raised like any other.
  if (object.attributes.aligned !== undefined) return object.attributes.aligned;
  const size = sizeOf(type.type) ?? 0;
  let align = dataAlign(type, size, model);
  if (object.storage === 'thread') return threadAlign(type, object.linkage === 'external', align, model);

  // String constants of 31 bytes and more (the NUL counted) are aligned to a word.
  const [entry] = object.initializer?.entries ?? [];
  if (
    entry?.constant?.kind === 'bytes' &&
    entry.offset === 0 &&
    resolve(type.type).kind === 'array' &&
    size >= 31
  ) {
    align = Math.max(align, model.wordBytes);
  }
  return align;
}

/** The alignment of data of a type in a section, nothing being written about it. */
export function dataAlign(type: QualType, size: number, model: DataModel): number {
  const word = model.wordBytes;
  let align = abiDataAlign(type, size, model);
  if (!isAggregateType(type.type)) return align;
  if (size >= COMPAT_ALIGN) align = Math.max(align, COMPAT_ALIGN);
  if (size >= word) align = Math.max(align, word);
  if (word === 8 && size >= 16) align = Math.max(align, 16);
  return align;
}

/** The ABI's part: arrays of 16 bytes and more, and numbers that want it. */
function abiDataAlign(type: QualType, size: number, model: DataModel): number {
  const natural = Math.max(variableAlign(type, model), scalarAlign(type.type));
  const isLongArray = model.wordBytes === 8 && resolve(type.type).kind === 'array' && size >= 16;
  return Math.max(natural, isLongArray ? 16 : 1, numberAlign(type.type));
}

/** Thread-local objects are raised only up to a word; those that other files may see keep the ABI's part. */
function threadAlign(type: QualType, isExternal: boolean, raised: number, model: DataModel): number {
  const word = model.wordBytes;
  const natural = Math.max(variableAlign(type, model), scalarAlign(type.type));
  const byAbi = abiDataAlign(type, sizeOf(type.type) ?? 0, model);
  const least = !isExternal && byAbi > word ? natural : byAbi;
  return raised <= word ? Math.max(least, raised) : least;
}

/** A number is never placed below its own alignment, whatever its typedef says. */
function scalarAlign(type: CType): number {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'integer':
    case 'float':
    case 'pointer':
    case 'enum':
      return alignOf({ type: resolved, quals: 0 });
    default:
      return 1;
  }
}

function isAggregateType(type: CType): boolean {
  const { kind } = resolve(type);
  return kind === 'array' || kind === 'record' || kind === 'vector';
}

/** Doubles want 8, the 80-bit format and what fits an SSE register 16: arrays of them, structs that begin with one. */
function numberAlign(type: CType): number {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'array':
      return scalarNumberAlign(resolved.element.type);
    case 'record': {
      const first = asRecord(resolved)?.members?.[0];
      return first === undefined || first.bitWidth !== undefined ? 1 : scalarNumberAlign(first.type.type);
    }
    case 'complex':
      return resolved.element.kind === 'float' && resolved.element.name !== 'float'
        ? resolved.element.name === 'double'
          ? 8
          : 16
        : 1;
    default:
      return scalarNumberAlign(resolved);
  }
}

function scalarNumberAlign(type: CType): number {
  const resolved = resolve(type);
  if (resolved.kind === 'float') {
    if (resolved.name === 'double') return 8;
    return resolved.name === 'float' ? 1 : 16;
  }
  if (resolved.kind === 'integer' && resolved.size === 16) return 16;
  return 1;
}

/** Alignment of the constant that a string literal is. */
export function literalAlign(bytes: number, elementSize: number, model: DataModel, optimize: 0 | 2): number {
  if (optimize > 0 && bytes < 31) return elementSize;
  return bytes >= 31 ? Math.max(model.wordBytes, elementSize) : elementSize;
}
