/**
 * Layout of structs and unions with the attribute `ms_struct`: bit-fields as Microsoft's compilers place them.
 *
 * Neighbouring bit-fields whose types have the same size share units of that size; a run ends with its whole unit, before
 * anything else and at the end of the struct. A bit-field of width zero ends a run and counts only behind one.
 *
 * Source: gcc 12 manual, "x86 Type Attributes" (ms_struct); gcc/stor-layout.cc: place_field, place_union_field,
 * update_alignment_for_field where targetm.ms_bitfield_layout_p holds.
 */
import type { DataModel } from '../target/data-model.ts';
import { variableAlign } from './data-alignment.ts';
import type { FieldDeclaration, RecordLayoutOptions } from './layout.ts';
import { sizeOf } from './type-relations.ts';

const BITS = 8;

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** Where the fields of a record are, in bits. */
export interface FieldPlaces {
  /** First bit of each field; undefined for those of width zero. */
  readonly starts: readonly (number | undefined)[];
  readonly align: number;
  readonly size: number;
}

/** What a run of bit-fields goes on from. */
interface Previous {
  readonly width: number;
  readonly typeSize: number;
}

/** Places the fields of a struct or union, all of them. */
export function placeMsFields(
  fields: readonly FieldDeclaration[],
  options: RecordLayoutOptions,
  model: DataModel,
  isUnion: boolean,
): FieldPlaces {
  const placer = new MsPlacer(options, model);
  const starts = fields.map((field, index) => {
    if (isUnion) placer.startAgain();
    const start = placer.place(field, !isUnion && index === fields.length - 1);
    return field.width === 0 ? undefined : start;
  });
  const size = roundUp(placer.size, placer.align);
  // Held in two words like a number, it is aligned like one in a struct of the i386, unless the text aligns it (x86_field_alignment).
  // What a member asks for counts where it is no less than its type has.
  const isAligned =
    options.declaredAlign !== undefined ||
    fields.some((one) => (one.declaredAlign ?? 0) >= variableAlign(one.type, model));
  const isHalved = model.wordBytes === 4 && size === 8 * BITS && !isAligned;
  return { starts, align: isHalved ? Math.min(placer.align, 4 * BITS) : placer.align, size };
}

class MsPlacer {
  readonly #options: RecordLayoutOptions;
  readonly #model: DataModel;
  readonly #packLimit: number;
  #position = 0;
  /** Bits left of the unit of the run. */
  #remaining = 0;
  /** The bit-field that a run goes on from. */
  #previous: Previous | undefined;
  align: number;
  size = 0;

  constructor(options: RecordLayoutOptions, model: DataModel) {
    this.#options = options;
    this.#model = model;
    this.#packLimit = options.pack === undefined ? Infinity : options.pack * BITS;
    this.align = Math.max(BITS, (options.declaredAlign ?? 1) * BITS);
  }

  /** The next field begins where the record does. */
  startAgain(): void {
    this.#position = 0;
    this.#remaining = 0;
    this.#previous = undefined;
  }

  /** Places one field and gives its first bit. */
  place(field: FieldDeclaration, isLast: boolean): number {
    const isPacked = field.isPacked || this.#options.isPacked;
    const typeSize = (sizeOf(field.type.type) ?? 0) * BITS;
    const width = field.width ?? typeSize;
    const declared = (field.declaredAlign ?? 0) * BITS;
    // As outside of structs: 8-byte numbers of the i386 keep their alignment here.
    const typeAlign = Math.min(variableAlign(field.type, this.#model) * BITS, this.#packLimit);
    const isBitField = field.width !== undefined;
    const own = isPacked ? BITS : typeAlign;
    const align = Math.min(Math.max(declared, isBitField ? 1 : own), this.#packLimit);
    this.#raiseAlign(field, isPacked, isBitField ? Math.max(typeAlign, align) : align);

    if (isBitField || this.#previous !== undefined)
      this.#continueRun(isBitField, width, typeSize, isPacked ? Math.min(BITS, typeAlign) : typeAlign, align);
    if (this.#previous === undefined) this.#position = roundUp(this.#position, align);
    const start = this.#position;
    if (isBitField) this.#previous ??= { width, typeSize };
    this.#position += width;
    if (isLast && isBitField && width > 0) this.#position += this.#remaining;
    this.size = Math.max(this.size, roundUp(this.#position, BITS));
    return start;
  }

  /** What a field does to the alignment of the record. */
  #raiseAlign({ width }: FieldDeclaration, isPacked: boolean, align: number): void {
    const counts = width === undefined || (width > 0 ? !isPacked : (this.#previous?.width ?? 0) > 0);
    if (counts) this.align = Math.max(this.align, align);
  }

  /**
   * Goes on with the run of bit-fields, or ends it and begins what comes next.
   *
   * @param align - bits that the text asks for: they count where the run takes another unit
   */
  #continueRun(isBitField: boolean, width: number, typeSize: number, typeAlign: number, align: number): void {
    const before = this.#previous;
    let runSize: number | undefined;
    if (before !== undefined) {
      runSize = before.typeSize;
      if (isBitField && width > 0 && before.width > 0 && typeSize === before.typeSize) {
        if (this.#remaining < width) {
          this.#position = roundUp(this.#position + this.#remaining, align);
          this.#previous = { width, typeSize };
          this.#remaining = Math.max(0, typeSize - width);
        } else this.#remaining -= width;
      } else {
        if (before.width > 0) this.#position += this.#remaining;
        else runSize = undefined;
        if (!isBitField || width === 0) this.#previous = undefined;
      }
    }
    if (isBitField && (runSize === undefined ? width === 0 : runSize === typeSize)) return;
    this.#remaining = Math.max(0, typeSize - width);
    this.#position = roundUp(this.#position, typeAlign);
    this.#previous = undefined;
  }
}
