/**
 * Structs, unions, enums and typedef names of a unit, in the words of the schema `segments-truth/1`.
 */
import { paddingOf } from '../core/sema/layout.ts';
import { alignOf, asArray, resolve, sizeOf } from '../core/sema/type-relations.ts';
import { dwarfTypeSpelling } from '../core/sema/type-spelling.ts';
import type { EnumType, RecordMember, RecordType } from '../core/sema/type.ts';
import type { TypedefSymbol } from '../core/sema/typed-tree.ts';
import type { Span } from '../core/source/text-span.ts';
import type { UnitPlaces } from './segments-json.ts';

/** A member of a struct or union. */
export interface MemberJson {
  readonly name: string | null;
  readonly type: string;
  readonly size: number;
  /** Bytes; of what is no bit-field. */
  readonly offset?: number;
  /** From the start of the record. */
  readonly bit_offset?: number;
  readonly bit_size?: number;
  readonly declared_align?: number;
  readonly flexible?: true;
  /** Of an unnamed struct or union. */
  readonly members?: readonly MemberJson[];
}

/** A type that the program names or describes. */
export interface TypeJson {
  readonly kind: 'struct' | 'union' | 'enum' | 'typedef';
  readonly name: string | null;
  readonly scope: string;
  readonly line: number;
  readonly incomplete?: true;
  readonly size?: number;
  readonly align?: number;
  readonly declared_align?: number;
  readonly members?: readonly MemberJson[];
  readonly padding?: readonly { readonly bit_offset: number; readonly bits: number; readonly tail?: true }[];
  readonly underlying?: string;
  readonly enumerators?: readonly { readonly name: string; readonly value: number | string }[];
  /** Of a typedef: the type that it names. */
  readonly of?: string;
}

/** The types of a unit's own files, in order of the text. */
export function typesJson(places: UnitPlaces): TypeJson[] {
  const { records, enums, typedefs } = places.analysis.unit;
  const found: { readonly span: Span; readonly json: TypeJson }[] = [
    ...records.map((type) => ({ span: type.span, json: recordJson(places, type) })),
    ...enums.map((type) => ({ span: type.span, json: enumJson(places, type) })),
    ...typedefs.map((symbol) => ({ span: symbol.span, json: typedefJson(places, symbol) })),
  ];
  return found
    .filter(({ span }) => places.isOwn(span))
    .sort((a, b) => a.span.file - b.span.file || a.span.start - b.span.start)
    .map(({ json }) => json);
}

function headOf(places: UnitPlaces, span: Span): { readonly scope: string; readonly line: number } {
  return { scope: places.scopes.ofPlace(span), line: places.lineColumn(span).line };
}

function recordJson(places: UnitPlaces, type: RecordType): TypeJson {
  const head = { kind: type.tagKind, name: type.tag ?? null, ...headOf(places, type.span) };
  if (type.members === undefined || type.size === undefined) return { ...head, incomplete: true };
  return {
    ...head,
    size: type.size,
    ...declaredAlign(recordUserAlign(type)),
    ...(type.tag === undefined ? {} : { align: type.align }),
    members: membersJson(type.members),
    ...(type.tagKind === 'struct' ? { padding: paddingJson(type) } : {}),
  };
}

function paddingJson(type: RecordType): NonNullable<TypeJson['padding']> {
  return paddingOf(type).map(({ bitOffset, bits, isTail }) =>
    isTail ? { bit_offset: bitOffset, bits, tail: true as const } : { bit_offset: bitOffset, bits },
  );
}

function membersJson(members: readonly RecordMember[]): MemberJson[] {
  return members
    .filter((member) => member.name !== undefined || member.bitWidth === undefined)
    .map((member) => {
      const type = resolve(member.type.type);
      const isUnnamedRecord = type.kind === 'record' && type.tag === undefined;
      return {
        name: member.name ?? null,
        type: dwarfTypeSpelling(member.type),
        size: sizeOf(member.type.type) ?? 0,
        ...(member.bitWidth === undefined || member.bitOffset === undefined
          ? { offset: member.offset }
          : { bit_offset: member.bitOffset, bit_size: member.bitWidth }),
        ...declaredAlign(userAlign(member)),
        ...(isFlexible(member) ? { flexible: true as const } : {}),
        ...(isUnnamedRecord && type.members !== undefined ? { members: membersJson(type.members) } : {}),
      };
    });
}

const declaredAlign = (align: number | undefined): { declared_align?: number } =>
  align === undefined ? {} : { declared_align: align };

/** The alignment of a member that an attribute asks for, be it on the member, its type or inside of that. */
function userAlign(member: RecordMember): number | undefined {
  if (member.declaredAlign !== undefined) return member.declaredAlign;
  if (member.bitWidth !== undefined) return undefined;
  let { type } = member.type;
  for (; type.kind === 'typedef'; type = type.aliased.type) {
    if (type.declaredAlign !== undefined) return type.declaredAlign;
  }
  return type.kind === 'record' ? recordUserAlign(type) : undefined;
}

/** An attribute on a record or on anything in it makes the alignment one that the user asked for. */
function recordUserAlign(type: RecordType): number | undefined {
  const isAsked =
    type.declaredAlign !== undefined ||
    (type.members ?? []).some((member) => userAlign(member) !== undefined);
  return isAsked ? type.align : undefined;
}

/** An array without a size somewhere in its type, not behind a typedef name. */
function isFlexible(member: RecordMember): boolean {
  const array = asArray(member.type.type);
  return array !== undefined && array.count === undefined;
}

function enumJson(places: UnitPlaces, type: EnumType): TypeJson {
  const head = { kind: 'enum' as const, name: type.tag ?? null, ...headOf(places, type.span) };
  const { underlying } = type;
  if (underlying === undefined) return { ...head, incomplete: true };
  return {
    ...head,
    size: underlying.size,
    ...(type.tag === undefined ? {} : { align: underlying.align }),
    underlying: dwarfTypeSpelling({ type: underlying, quals: 0 }),
    enumerators: type.enumerators.map(({ name, value }) => ({
      name,
      value:
        value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
          ? Number(value)
          : String(value),
    })),
  };
}

function typedefJson(places: UnitPlaces, symbol: TypedefSymbol): TypeJson {
  // Debug information has a typedef of an array without a bound as one of no bytes.
  const isUnbound =
    asArray(symbol.type.type)?.count === undefined && resolve(symbol.type.type).kind === 'array';
  const size = isUnbound ? 0 : sizeOf(symbol.type.type);
  return {
    kind: 'typedef',
    name: symbol.name,
    ...headOf(places, symbol.span),
    of: dwarfTypeSpelling(symbol.type),
    ...(size === undefined ? {} : { size }),
    ...(size === undefined || isUnbound || symbol.owner !== undefined
      ? {}
      : { align: alignOf({ type: symbol.named, quals: 0 }) }),
  };
}
