/**
 * What became of the literals of a file, found by their bytes among what gcc wrote: so the schema `segments-truth/1` has it. A
 * text that initialises an array is called pooled where an equal one is a constant of its own, and belongs to the first
 * object near it that holds the same bytes.
 */
import { byteText } from '../base/byte-text.ts';
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
  readonly bytes: Uint8Array;
}

/** An object that holds bytes. */
interface Holder {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly line: number | undefined;
}

/** Lines between a literal and the object or code that has it. */
const NEAR_OBJECT = 3;
const NEAR_CODE = 2;

/** Looks literals up in an object file. */
export class LiteralFates {
  readonly #pool: Pooled[] = [];
  /** The pool by length in bytes. */
  readonly #byLength = new Map<number, Pooled[]>();
  readonly #objects: Holder[] = [];
  /** Bytes of objects as texts, for searches. */
  readonly #texts = new Map<Uint8Array, string>();
  readonly #lineOf: UnitPlaces['lineColumn'];

  constructor(places: UnitPlaces, file: ObjectFile) {
    this.#lineOf = (span) => places.lineColumn(span);
    for (const [of, constant] of file.constants) {
      const bytes = constant.item?.image?.bytes;
      if (bytes === undefined) continue;
      const pooled = { of, constant, bytes };
      this.#pool.push(pooled);
      const others = this.#byLength.get(bytes.length);
      if (others === undefined) this.#byLength.set(bytes.length, [pooled]);
      else others.push(pooled);
    }
    for (const { of, name, image } of file.objects) {
      if (image === undefined || !('kind' in of) || of.kind !== 'object') continue;
      // Compound literals are no variables: nothing says where they stand.
      const line = of.name === '' ? undefined : places.lineColumn(of.span).line;
      this.#objects.push({ name, bytes: image.bytes, line });
    }
  }

  /**
   * Looks one up.
   *
   * @param bytes - of the literal, the terminating NUL included
   * @param element - bytes of a character
   */
  find(bytes: Uint8Array, element: number, line: number): LiteralFateJson {
    const length = bytes.length - element;
    const equal = this.#byLength.get(bytes.length)?.find((one) => startsWith(one.bytes, bytes, bytes.length));
    if (equal !== undefined) return { emitted: 'pooled', of: equal.of, constant: equal.constant };
    if (element === 1 && bytes[length - 1] === NEWLINE) {
      const found = this.#byLength
        .get(length)
        ?.find(
          (one) =>
            one.bytes[length - 1] === 0 &&
            startsWith(one.bytes, bytes, length - 1) &&
            this.#isUsedNear(one.constant, line),
        );
      if (found !== undefined) return { emitted: 'rewritten', of: found.of, constant: found.constant };
    }
    if (length === 0) return { emitted: 'no' };
    const holder = this.#holderOf(bytes.subarray(0, length), line);
    if (holder !== undefined) return { emitted: 'in-object', object: holder.name };
    const image = this.#pool.find(
      (one) => one.bytes.length >= bytes.length && startsWith(one.bytes, bytes, length),
    );
    return image === undefined
      ? { emitted: 'no' }
      : { emitted: 'in-image', of: image.of, constant: image.constant };
  }

  /** The object near the line that holds a text, or the first one that does. */
  #holderOf(wanted: Uint8Array, line: number): Holder | undefined {
    const candidates = this.#objects.filter((object) => object.bytes.length >= wanted.length);
    if (candidates.length === 0) return undefined;
    const text = byteText(wanted);
    const holders = candidates.filter((object) => this.#textOf(object.bytes).includes(text));
    return (
      holders.find((object) => object.line !== undefined && Math.abs(object.line - line) <= NEAR_OBJECT) ??
      holders[0]
    );
  }

  #textOf(bytes: Uint8Array): string {
    let text = this.#texts.get(bytes);
    if (text === undefined) this.#texts.set(bytes, (text = byteText(bytes)));
    return text;
  }

  #isUsedNear({ uses }: LabelledConstant, line: number): boolean {
    return uses.some(
      (use) => use.kind === 'code' && Math.abs(this.#lineOf(use.span).line - line) <= NEAR_CODE,
    );
  }
}

const NEWLINE = 10;

/** Whether the first `length` bytes of two arrays are equal. */
function startsWith(bytes: Uint8Array, start: Uint8Array, length: number): boolean {
  if (bytes.length < length) return false;
  for (let at = 0; at < length; at++) if (bytes[at] !== start[at]) return false;
  return true;
}
