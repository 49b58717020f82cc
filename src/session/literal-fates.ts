/**
 * What became of the literals of a file, found by their bytes among what gcc wrote: so the schema `segments-truth/1` has it. A
 * text that initialises an array is called pooled where an equal one is a constant of its own, and belongs to the first
 * object near it that holds the same bytes.
 */
import type { CodeConstant } from '../core/image/code-constants.ts';
import type { LabelledConstant, ObjectFile } from '../core/image/object-file.ts';
import type { StringLiteral } from '../core/sema/typed-tree.ts';
import type { UnitPlaces } from './segments-json.ts';

/** The fate of a literal. */
export type LiteralFateJson =
  | {
      readonly emitted: 'pooled' | 'rewritten' | 'in-image';
      readonly of: StringLiteral | CodeConstant;
      readonly constant: LabelledConstant;
    }
  | { readonly emitted: 'in-object'; readonly object: string }
  | { readonly emitted: 'no' };

interface Pooled {
  readonly of: StringLiteral | CodeConstant;
  readonly constant: LabelledConstant;
  readonly bytes: string;
}

/** Lines between a literal and the object or code that has it. */
const NEAR_OBJECT = 3;
const NEAR_CODE = 2;

/** Looks literals up in an object file. */
export class LiteralFates {
  readonly #pool: Pooled[] = [];
  readonly #objects: { readonly name: string; readonly bytes: string; readonly line: number | undefined }[] =
    [];
  readonly #lineOf: UnitPlaces['lineColumn'];

  constructor(places: UnitPlaces, file: ObjectFile) {
    this.#lineOf = (span) => places.lineColumn(span);
    for (const [of, constant] of file.constants) {
      const bytes = constant.item?.image?.bytes;
      if (bytes !== undefined) this.#pool.push({ of, constant, bytes: byteText(bytes) });
    }
    for (const { of, name, image } of file.objects) {
      if (image === undefined || !('kind' in of) || of.kind !== 'object') continue;
      // Compound literals are no variables: nothing says where they stand.
      const line = of.name === '' ? undefined : places.lineColumn(of.span).line;
      this.#objects.push({ name, bytes: byteText(image.bytes), line });
    }
  }

  /**
   * Looks one up.
   *
   * @param bytes - of the literal, the terminating NUL included
   * @param element - bytes of a character
   */
  find(bytes: Uint8Array, element: number, line: number): LiteralFateJson {
    const whole = byteText(bytes);
    const text = whole.slice(0, whole.length - element);
    const equal = this.#pool.find((one) => one.bytes === whole);
    if (equal !== undefined) return { emitted: 'pooled', of: equal.of, constant: equal.constant };
    if (element === 1 && text.endsWith('\n')) {
      const cut = `${text.slice(0, -1)}\0`;
      const found = this.#pool.find((one) => one.bytes === cut && this.#isUsedNear(one.constant, line));
      if (found !== undefined) return { emitted: 'rewritten', of: found.of, constant: found.constant };
    }
    if (text === '') return { emitted: 'no' };
    const holders = this.#objects.filter((object) => object.bytes.includes(text));
    const holder =
      holders.find((object) => object.line !== undefined && Math.abs(object.line - line) <= NEAR_OBJECT) ??
      holders[0];
    if (holder !== undefined) return { emitted: 'in-object', object: holder.name };
    const image = this.#pool.find((one) => one.bytes.length >= whole.length && one.bytes.startsWith(text));
    return image === undefined
      ? { emitted: 'no' }
      : { emitted: 'in-image', of: image.of, constant: image.constant };
  }

  #isUsedNear({ uses }: LabelledConstant, line: number): boolean {
    return uses.some(
      (use) => use.kind === 'code' && Math.abs(this.#lineOf(use.span).line - line) <= NEAR_CODE,
    );
  }
}

/** A character for each byte, so that texts can be searched. */
function byteText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096)
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}
