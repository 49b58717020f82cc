/**
 * What later initialisers of a list take away from earlier ones: a subobject that is initialised as a whole again loses
 * all that it had, and so does a union when another member of it is initialised.
 *
 * Source: C17 6.7.9p19; gcc/c/c-typeck.cc: add_pending_init, push_init_level (behaviour: overwritten initialisers are not
 * evaluated).
 */
import { asRecord, sizeOf } from './type-relations.ts';
import type { QualType, RecordMember, RecordType } from './type.ts';
import type { InitializerEntry } from './typed-tree.ts';

/** A subobject: bits from the start of the object. */
export interface BitSpan {
  readonly start: number;
  readonly end: number;
}

/** The bits of a subobject of a type, or of a bit-field, that begins with `offset` bytes of its member's record. */
export function bitsOf(type: QualType, offset: number, member: RecordMember | undefined): BitSpan {
  if (member?.bitOffset !== undefined && member.bitWidth !== undefined) {
    const start = (offset - member.offset) * 8 + member.bitOffset;
    return { start, end: start + member.bitWidth };
  }
  return { start: offset * 8, end: (offset + (sizeOf(type.type) ?? 0)) * 8 };
}

/** The entries of one list so far, those that were taken away left out. */
export class EntryList<Entry extends InitializerEntry> {
  readonly entries: Entry[] = [];
  /** Positions of the members that unions have been initialised by, by the bytes before each union. */
  readonly #members = new Map<RecordType, Map<number, number>>();
  /** Bits before this one have been reached: only what begins before it can overwrite something. */
  #reached = 0;

  /** Notes that member `position` of a union is initialised; another one's entries are dropped. */
  chooseMember(union: RecordType, offset: number, position: number): void {
    const chosen = this.#members.get(union) ?? new Map<number, number>();
    this.#members.set(union, chosen);
    const before = chosen.get(offset);
    chosen.set(offset, position);
    if (before === undefined || before === position) return;
    this.#drop({ start: offset * 8, end: (offset + (union.size ?? 0)) * 8 });
  }

  /**
   * Makes room for a subobject that is initialised as a whole. The value of a whole struct around it goes, too: gcc keeps
   * what braces and strings gave to the other members only.
   */
  begin(span: BitSpan): void {
    if (span.start < this.#reached) this.#drop(span);
    this.#reached = Math.max(this.#reached, span.end);
  }

  #drop({ start, end }: BitSpan): void {
    const kept = this.entries.filter((entry) => {
      const first = entry.bitOffset ?? entry.offset * 8;
      const last = first + (entry.bitWidth ?? (sizeOf(entry.type.type) ?? 0) * 8);
      if (first >= start && last <= end) return false;
      return first > start || last < end || asRecord(entry.type.type) === undefined;
    });
    this.entries.splice(0, this.entries.length, ...kept);
  }
}
