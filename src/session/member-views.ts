/**
 * Of what an object consists: members, elements, bit-fields and padding, as far as a part of memory is looked at closely.
 *
 * Text (arrays of character type) is one value: its bytes say no more. Members of unnamed structs and unions are members of
 * what is around them (C17 6.7.2.1p13).
 */
import { isCharacter, resolve, sizeOf } from '../core/sema/type-relations.ts';
import type { ArrayType, QualType, RecordMember, RecordType } from '../core/sema/type.ts';
import { typeSpelling } from '../core/sema/type-spelling.ts';
import type { MemberView } from '../protocol/view-model.ts';
import { overlaps } from '../base/range.ts';
import type { Range } from '../base/range.ts';
import type { AddressNames } from './address-names.ts';
import { hex } from './event-views.ts';
import { formatBitField, formatValue } from './value-format.ts';

/** Bytes of a part that are read to show its value. */
const mostValueBytes = 4096;
/** Characters of a value that are carried. */
const mostValueText = 120;
/** Parts that one answer carries at most: 200 KB with texts of full length. */
const mostParts = 600;

/** What is looked at: parts of at least `unitBytes` that meet the range. */
export interface MemberWindow extends Range {
  readonly unitBytes: number;
}

/** A member of a record with its first byte in it, and how many it has. */
interface Slot {
  readonly kind: MemberView['kind'];
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
  /** Of padding and bit-fields none. */
  readonly type: QualType | undefined;
  readonly fields: readonly RecordMember[];
}

/** Makes the views of one answer and counts its parts. */
export class MemberViews {
  readonly #names: AddressNames;
  readonly #window: MemberWindow;
  #count = 0;
  isCut = false;

  constructor(names: AddressNames, window: MemberWindow) {
    this.#names = names;
    this.#window = window;
  }

  /** The value of an object, cut to what a box can hold. */
  valueOf(type: QualType, addr: number, bytes: number): string {
    const read = this.#names.read(addr, Math.min(sizeOf(type.type) ?? bytes, bytes, mostValueBytes));
    return cut(formatValue(type, read, this.#names, addr));
  }

  /**
   * The parts of an object that are in the window.
   *
   * @param bytes - bytes of the object; more than its type has where a flexible array member follows
   */
  partsOf({ type }: QualType, addr: number, bytes: number): readonly MemberView[] {
    const resolved = resolve(type);
    if (resolved.kind === 'array') return this.#elements(resolved, addr, bytes);
    if (resolved.kind !== 'record') return [];
    return this.#take(slotsOf(resolved, bytes), addr, (slot) => this.#slotView(slot, addr));
  }

  #elements({ element }: ArrayType, addr: number, bytes: number): readonly MemberView[] {
    const size = sizeOf(element.type) ?? 0;
    if (size < this.#window.unitBytes || size === 0 || isCharacter(resolve(element.type))) return [];
    const first = Math.max(0, Math.floor((this.#window.start - addr) / size));
    const end = Math.min(Math.floor(bytes / size), Math.ceil((this.#window.end - addr) / size));
    const slots = Array.from({ length: Math.max(0, end - first) }, (_, at): Slot => ({
      kind: 'element',
      name: `[${String(first + at)}]`,
      offset: (first + at) * size,
      bytes: size,
      type: element,
      fields: [],
    }));
    return this.#take(slots, addr, (slot) => this.#slotView(slot, addr));
  }

  #take(slots: readonly Slot[], addr: number, view: (slot: Slot) => MemberView): readonly MemberView[] {
    const views: MemberView[] = [];
    for (const slot of slots) {
      const start = addr + slot.offset;
      if (slot.bytes < this.#window.unitBytes || !overlaps(this.#window, { start, end: start + slot.bytes }))
        continue;
      if (this.#count >= mostParts) {
        this.isCut = true;
        break;
      }
      this.#count += 1;
      views.push(view(slot));
    }
    return views;
  }

  #slotView({ kind, name, offset, bytes, type, fields }: Slot, base: number): MemberView {
    const addr = base + offset;
    return {
      kind,
      name,
      type: type === undefined ? '' : typeSpelling(type),
      start: hex(addr),
      sizeBytes: bytes,
      value:
        type === undefined ? this.#fieldsText(fields, addr, offset, bytes) : this.valueOf(type, addr, bytes),
      parts: type === undefined ? [] : this.partsOf(type, addr, bytes),
    };
  }

  #fieldsText(fields: readonly RecordMember[], addr: number, offset: number, bytes: number): string {
    const read = this.#names.read(addr, bytes);
    if (read === undefined) return fields.length === 0 ? '' : '—';
    const values = fields.map((field) => {
      const inHere = { ...field, bitOffset: (field.bitOffset ?? 0) - 8 * offset };
      return fields.length === 1
        ? formatBitField(inHere, read)
        : `${field.name ?? ''} = ${formatBitField(inHere, read)}`;
    });
    return cut(fields.length === 1 ? values.join() : values.length === 0 ? '' : `{${values.join(', ')}}`);
  }
}

const cut = (text: string): string =>
  text.length > mostValueText ? `${text.slice(0, mostValueText - 1)}…` : text;

/** Members and padding of a record, in the order of the declaration, padding where it lies. */
function slotsOf(record: RecordType, bytes: number): readonly Slot[] {
  const slots = memberSlots(record, bytes, 0);
  return [...slots, ...paddingOf(slots, bytes)].sort((a, b) => a.offset - b.offset);
}

function memberSlots(record: RecordType, bytes: number, base: number): readonly Slot[] {
  const kind = record.tagKind === 'union' ? 'alternative' : 'member';
  const slots: Slot[] = [];
  for (const member of record.members ?? []) {
    const inner = resolve(member.type.type);
    if (member.bitWidth !== undefined) addField(slots, member, base, kind);
    else if (member.name === undefined && inner.kind === 'record')
      slots.push(...memberSlots(inner, inner.size ?? 0, base + member.offset));
    else {
      const offset = base + member.offset;
      // A flexible array member has what is left; one of no length elsewhere has nothing.
      const isFlexible = inner.kind === 'array' && inner.count === undefined;
      const size = isFlexible ? flexibleBytes(inner, base + bytes - offset) : (sizeOf(member.type.type) ?? 0);
      slots.push({ kind, name: member.name ?? '', offset, bytes: size, type: member.type, fields: [] });
    }
  }
  return slots;
}

function flexibleBytes({ element }: ArrayType, room: number): number {
  const size = sizeOf(element.type) ?? 0;
  return size === 0 ? 0 : Math.max(0, Math.floor(room / size) * size);
}

/** Adds a bit-field: to the fields before it where they have a byte in common. */
function addField(slots: Slot[], member: RecordMember, base: number, kind: 'member' | 'alternative'): void {
  const { name, bitOffset = 0, bitWidth = 0 } = member;
  if (name === undefined || bitWidth === 0) return;
  const field = { ...member, bitOffset: bitOffset + 8 * base };
  const offset = Math.floor(field.bitOffset / 8);
  const bytes = Math.ceil((field.bitOffset + bitWidth) / 8) - offset;
  const before = slots.at(-1);
  if (kind === 'member' && before?.kind === 'bit-fields' && before.offset + before.bytes > offset) {
    slots[slots.length - 1] = {
      ...before,
      name: `${before.name}, ${name}`,
      bytes: offset + bytes - before.offset,
      fields: [...before.fields, field],
    };
    return;
  }
  slots.push({
    kind: kind === 'member' ? 'bit-fields' : kind,
    name,
    offset,
    bytes,
    type: undefined,
    fields: [field],
  });
}

/** What no member has. */
function paddingOf(slots: readonly Slot[], end: number): readonly Slot[] {
  const padding: Slot[] = [];
  let from = 0;
  const upTo = (to: number): void => {
    if (to > from)
      padding.push({
        kind: 'padding',
        name: '',
        offset: from,
        bytes: to - from,
        type: undefined,
        fields: [],
      });
  };
  for (const { offset, bytes } of [...slots].sort((a, b) => a.offset - b.offset)) {
    upTo(offset);
    from = Math.max(from, offset + bytes);
  }
  upTo(end);
  return padding;
}
