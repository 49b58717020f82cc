/**
 * How structs, unions and enums lie in memory: offsets, sizes, padding, and the order of members that needs least.
 */
import { roundUp } from '../base/address.ts';
import { paddingOf } from '../core/sema/layout.ts';
import { alignOf, sizeOf } from '../core/sema/type-relations.ts';
import { typeSpelling } from '../core/sema/type-spelling.ts';
import type { EnumType, RecordMember, RecordType } from '../core/sema/type.ts';

/** A member, or a hole between members. */
export type LayoutRow =
  | {
      readonly kind: 'member';
      readonly name: string;
      readonly type: string;
      /** Bytes from the start. */
      readonly offset: number;
      readonly size: number;
      readonly align: number;
    }
  | {
      readonly kind: 'bit-field';
      readonly name: string;
      readonly type: string;
      /** Bits from the start. */
      readonly bitOffset: number;
      readonly bitWidth: number;
    }
  | {
      readonly kind: 'padding';
      readonly bitOffset: number;
      readonly bits: number;
      readonly isTail: boolean;
    };

/** A better order of members. */
export interface BetterOrder {
  readonly names: readonly string[];
  readonly size: number;
  readonly savedBytes: number;
}

/** The layout of a struct or union. */
export interface RecordLayout {
  readonly name: string;
  readonly size: number;
  readonly align: number;
  readonly rows: readonly LayoutRow[];
  /** Bits of all holes. */
  readonly paddingBits: number;
  /** Undefined where no order needs less, or where the order is not free (packed, bit-fields, flexible member). */
  readonly better: BetterOrder | undefined;
}

/** Name of a record for people. */
export function recordName(record: RecordType | EnumType): string {
  const keyword = record.kind === 'enum' ? 'enum' : record.tagKind;
  return `${keyword} ${record.tag ?? '{…}'}`;
}

/** Lays a complete record open; `undefined` for an incomplete one. */
export function recordLayout(record: RecordType): RecordLayout | undefined {
  const { members, size } = record;
  if (members === undefined || size === undefined) return undefined;
  const holes = paddingOf(record);
  const rows: (LayoutRow & { readonly at: number })[] = [
    ...members.filter((member) => member.name !== undefined || member.bitWidth === undefined).map(memberRow),
    ...holes.map(({ bitOffset, bits, isTail }) => ({
      kind: 'padding' as const,
      bitOffset,
      bits,
      isTail,
      at: bitOffset,
    })),
  ];
  if (record.tagKind === 'struct') rows.sort((a, b) => a.at - b.at);
  return {
    name: recordName(record),
    size,
    align: record.align,
    rows: rows.map(({ at: _at, ...row }) => row),
    paddingBits: record.tagKind === 'struct' ? holes.reduce((sum, hole) => sum + hole.bits, 0) : 0,
    better: betterOrder(record, members, size),
  };
}

function memberRow(member: RecordMember): LayoutRow & { readonly at: number } {
  const { bitOffset, bitWidth } = member;
  const name = member.name ?? '';
  const type = typeSpelling(member.type);
  if (bitOffset !== undefined && bitWidth !== undefined)
    return { kind: 'bit-field', name, type, bitOffset, bitWidth, at: bitOffset };
  return {
    kind: 'member',
    name,
    type,
    offset: member.offset,
    size: sizeOf(member.type.type) ?? 0,
    align: memberAlign(member),
    at: member.offset * 8,
  };
}

const memberAlign = (member: RecordMember): number =>
  Math.max(alignOf(member.type), member.declaredAlign ?? 1);

/**
 * Members in descending order of alignment need no padding but at the end, since each size is a multiple of its alignment, and
 * that no order can beat. With members of a declared alignment it is only a good order. What is declared together stays together where that costs nothing: the sort is stable.
 */
function betterOrder(
  record: RecordType,
  members: readonly RecordMember[],
  size: number,
): BetterOrder | undefined {
  if (record.tagKind !== 'struct' || record.isPacked || record.hasFlexibleMember) return undefined;
  if (members.some((member) => member.bitWidth !== undefined || member.name === undefined)) return undefined;
  const sorted = [...members].sort((a, b) => memberAlign(b) - memberAlign(a));
  let end = 0;
  for (const member of sorted) {
    end = roundUp(end, memberAlign(member)) + (sizeOf(member.type.type) ?? 0);
  }
  const best = roundUp(end, record.align);
  if (best >= size) return undefined;
  return { names: sorted.map((member) => member.name ?? ''), size: best, savedBytes: size - best };
}

/** Rows in one line: `c@0 [1]  ·3·  n@4 [4]`, dots around the bytes of a hole. */
export function layoutLine(layout: RecordLayout): string {
  const parts = layout.rows.map((row) => {
    switch (row.kind) {
      case 'member':
        return `${row.name === '' ? row.type : row.name}@${String(row.offset)} [${String(row.size)}]`;
      case 'bit-field':
        return `${row.name}@bit ${String(row.bitOffset)} [:${String(row.bitWidth)}]`;
      case 'padding':
        return row.bits % 8 === 0 ? `·${String(row.bits / 8)}·` : `·${String(row.bits)} bit·`;
    }
  });
  return `${parts.join('  ')}  = ${String(layout.size)}, align ${String(layout.align)}`;
}
