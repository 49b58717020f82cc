/**
 * Layout of structs and unions, bit-fields included, as gcc 12 does it on x86.
 *
 * Fields are placed in order. A plain field goes to the next multiple of its alignment. A bit-field goes to the next
 * free bit unless it would then span more units of its type's alignment than the type itself has; a field of width
 * zero ends the unit. `packed` sets alignment to one byte (bit-fields: to one bit), `aligned` on a field supersedes
 * that, `#pragma pack` limits both.
 *
 * Source: System V ABI, 3.1.2 (AMD64) and i386 supplement; gcc/stor-layout.c: layout_decl, update_alignment_for_field,
 * place_field, excess_unit_span; i386 ADJUST_FIELD_ALIGN is in the data model (8-byte numbers align to 4).
 */
import type { Span } from '../source/text-span.ts';
import type { DataModel } from '../target/data-model.ts';
import type { TypeTable } from './basic-types.ts';
import { placeMsFields } from './ms-layout.ts';
import { alignOf, asArray, isComplete, resolve, sizeOf } from './type-relations.ts';
import type { CType, IntegerType, QualType, RecordMember, RecordType } from './type.ts';

/** A member as declared, before it has a place. */
export interface FieldDeclaration {
  readonly name: string | undefined;
  readonly type: QualType;
  /** Bit-fields: width in bits. */
  readonly width: number | undefined;
  readonly isPacked: boolean;
  /** `aligned` or `_Alignas` on the member, bytes. */
  readonly declaredAlign: number | undefined;
  readonly span: Span;
}

/** What was written on the record itself. */
export interface RecordLayoutOptions {
  readonly isPacked: boolean;
  readonly declaredAlign: number | undefined;
  /** `#pragma pack` in force, bytes. */
  readonly pack: number | undefined;
  /** With `ms_struct`: the data model, for bit-fields as Microsoft's compilers place them. */
  readonly msModel?: DataModel | undefined;
}

const BITS = 8;

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** Places the members of a record and completes it. */
export function layoutRecord(
  record: RecordType,
  fields: readonly FieldDeclaration[],
  options: RecordLayoutOptions,
): void {
  if (options.msModel !== undefined) {
    layoutMsRecord(record, fields, options, options.msModel);
    return;
  }
  const members: RecordMember[] = [];
  const isUnion = record.tagKind === 'union';
  const packLimit = options.pack === undefined ? Infinity : options.pack * BITS;
  let recordAlign = Math.max(BITS, (options.declaredAlign ?? 1) * BITS);
  /** First free bit of a struct; for a union the size so far, in bits. */
  let position = 0;

  for (const field of fields) {
    const isPacked = field.isPacked || options.isPacked;
    const typeAlign = alignOf(field.type) * BITS;
    const typeSize = (sizeOf(field.type.type) ?? 0) * BITS;
    const declared = field.declaredAlign === undefined ? 0 : field.declaredAlign * BITS;
    const start = isUnion ? 0 : position;

    if (field.width === undefined) {
      let align = isPacked ? Math.max(declared, BITS) : Math.max(declared, typeAlign);
      align = Math.min(align, packLimit);
      recordAlign = Math.max(recordAlign, align);
      const at = roundUp(start, align);
      members.push(plainMember(field, at / BITS));
      position = isUnion ? Math.max(position, typeSize) : at + typeSize;
      continue;
    }

    if (field.width === 0) {
      // It is no member; it only moves the next one to a boundary of its type, which packing does not weaken.
      if (!isUnion) position = roundUp(position, Math.max(typeAlign, declared));
      continue;
    }

    const align = Math.min(
      Math.max(declared, isPacked && declared === 0 ? BITS_OF_PACKED_FIELD : 1),
      packLimit,
    );
    if (field.name !== undefined) {
      const unitAlign =
        options.pack !== undefined ? Math.min(typeAlign, packLimit) : isPacked ? BITS : typeAlign;
      recordAlign = Math.max(recordAlign, align, unitAlign);
    }
    let at = roundUp(start, align);
    if (!isPacked && options.pack === undefined && spansTooManyUnits(at, field.width, typeAlign, typeSize)) {
      at = roundUp(at, typeAlign);
    }
    members.push(bitFieldMember(field, at, typeSize));
    position = isUnion ? Math.max(position, roundUp(field.width, BITS)) : at + field.width;
  }

  complete(record, members, options, { align: recordAlign, size: position });
}

function layoutMsRecord(
  record: RecordType,
  fields: readonly FieldDeclaration[],
  options: RecordLayoutOptions,
  model: DataModel,
): void {
  const places = placeMsFields(fields, options, model, record.tagKind === 'union');
  const members = fields.flatMap((field, index): RecordMember[] => {
    const start = places.starts[index];
    if (start === undefined) return [];
    return field.width === undefined
      ? [plainMember(field, start / BITS)]
      : [bitFieldMember(field, start, (sizeOf(field.type.type) ?? 0) * BITS)];
  });
  complete(record, members, options, places);
}

/** Completes a record whose members have places; alignment and size so far are in bits. */
function complete(
  record: RecordType,
  members: readonly RecordMember[],
  options: RecordLayoutOptions,
  { align, size }: { readonly align: number; readonly size: number },
): void {
  record.members = members;
  record.align = align / BITS;
  record.isPacked = options.isPacked;
  record.declaredAlign = options.declaredAlign;
  record.size = roundUp(roundUp(size, BITS), align) / BITS;
  record.hasFlexibleMember = endsFlexibly(record, members);
}

/** A packed bit-field may begin at any bit. */
const BITS_OF_PACKED_FIELD = 1;

// gcc/stor-layout.c: excess_unit_span
function spansTooManyUnits(bitPosition: number, width: number, align: number, typeSize: number): boolean {
  const inUnit = bitPosition % align;
  return Math.ceil((inUnit + width) / align) > typeSize / align;
}

function plainMember(field: FieldDeclaration, offset: number): RecordMember {
  const { name, type, declaredAlign, span } = field;
  return { name, type, offset, bitOffset: undefined, bitWidth: undefined, declaredAlign, span };
}

/** The storage unit is the aligned one of the declared type if the field fits it, else it begins at the field's first byte. */
function bitFieldMember(field: FieldDeclaration, bitOffset: number, typeSize: number): RecordMember {
  const { name, type, declaredAlign, span, width } = field;
  const unit = Math.floor(bitOffset / typeSize) * typeSize;
  const fits = width !== undefined && bitOffset + width <= unit + typeSize;
  const offset = fits ? unit / BITS : Math.floor(bitOffset / BITS);
  return { name, type, offset, bitOffset, bitWidth: width, declaredAlign, span };
}

function endsFlexibly(record: RecordType, members: readonly RecordMember[]): boolean {
  const last = members[members.length - 1];
  if (last === undefined || last.bitWidth !== undefined) return false;
  if (record.tagKind === 'struct') {
    const array = asArray(last.type.type);
    if (array !== undefined && array.count === undefined) return true;
    const inner = resolve(last.type.type);
    return inner.kind === 'record' && inner.hasFlexibleMember;
  }
  return members.some((member) => {
    const inner = resolve(member.type.type);
    return (
      (inner.kind === 'record' && inner.hasFlexibleMember) ||
      (inner.kind === 'array' && inner.count === undefined)
    );
  });
}

/**
 * The integer type of an enum: the first of unsigned int, int, unsigned long (long long), long (long long) that holds all
 * values; a packed enum takes the smallest type. gcc prefers the unsigned type when no value is negative.
 */
export function enumUnderlyingType(
  types: TypeTable,
  values: readonly bigint[],
  isPacked: boolean,
): IntegerType {
  let min = 0n;
  let max = 0n;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const isSigned = min < 0n;
  const sizes = isPacked ? [1, 2, 4, 8] : [4, 8];
  for (const size of sizes) {
    const bits = size * BITS;
    const fits = isSigned
      ? BigInt.asIntN(bits, min) === min && BigInt.asIntN(bits, max) === max
      : BigInt.asUintN(bits, max) === max;
    const type = fits ? types.integerOfSize(size, isSigned) : undefined;
    if (type !== undefined) return type;
  }
  // More than 64 bits are an error that the declaration has reported.
  return types.integerOf(isSigned ? 'long long' : 'unsigned long long');
}

/** A stretch of bits of a record that no member covers. */
export interface Padding {
  readonly bitOffset: number;
  readonly bits: number;
  /** After the last member. */
  readonly isTail: boolean;
}

/** The holes of a struct, in bits; unions and incomplete records have none but a tail. */
export function paddingOf(record: RecordType): readonly Padding[] {
  if (record.members === undefined || record.size === undefined) return [];
  const holes: Padding[] = [];
  let end = 0;
  for (const member of record.members) {
    // Unnamed bit-fields are padding that the source asks for.
    if (member.name === undefined && member.bitWidth !== undefined) continue;
    const start = member.bitOffset ?? member.offset * BITS;
    if (record.tagKind === 'struct' && start > end)
      holes.push({ bitOffset: end, bits: start - end, isTail: false });
    end = Math.max(end, start + (member.bitWidth ?? (sizeOf(member.type.type) ?? 0) * BITS));
  }
  const total = record.size * BITS;
  if (total > end) holes.push({ bitOffset: end, bits: total - end, isTail: true });
  return holes;
}

/** Whether a type can be the type of a member (C17 6.7.2.1p3). */
export function canBeMember(type: CType, isLast: boolean): boolean {
  const resolved = resolve(type);
  if (resolved.kind === 'array' && resolved.count === undefined)
    return isLast && isComplete(resolved.element.type);
  return resolved.kind === 'error' || isComplete(resolved);
}
