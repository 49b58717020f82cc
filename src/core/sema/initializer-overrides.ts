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
  /** Where the last of the first `#counted` entries ends: only what begins before that can overwrite something. */
  #reached = 0;
  #counted = 0;

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
    for (; this.#counted < this.entries.length; this.#counted += 1) {
      const entry = this.entries[this.#counted];
      if (entry !== undefined) this.#reached = Math.max(this.#reached, spanOf(entry).end);
    }
    if (span.start < this.#reached) this.#drop(span);
  }

  #drop({ start, end }: BitSpan): void {
    const kept = this.entries.filter((entry) => {
      const own = spanOf(entry);
      if (own.start >= start && own.end <= end) return false;
      return own.start > start || own.end < end || asRecord(entry.type.type) === undefined;
    });
    if (kept.length === this.entries.length) return;
    this.entries.length = 0;
    for (const entry of kept) this.entries.push(entry);
    this.#counted = Math.min(this.#counted, kept.length);
  }
}

function spanOf({ bitOffset, bitWidth, offset, type }: InitializerEntry): BitSpan {
  const start = bitOffset ?? offset * 8;
  return { start, end: start + (bitWidth ?? (sizeOf(type.type) ?? 0) * 8) };
}
