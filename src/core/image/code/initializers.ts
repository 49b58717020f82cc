/**
 * Initialisers of automatic objects: what is cleared first, what is stored member by member, what is copied from a
 * constant image.
 *
 * Source: gcc/gimplify.cc (gimplify_init_constructor), gcc/expr.cc (store_by_pieces, clear_storage); measured with
 * gcc 12.2.
 */
import { evaluate, integerConstant } from '../../sema/constant.ts';
import { asArray, integerOf, isScalar, resolve, sizeOf } from '../../sema/type-relations.ts';
import type { CType } from '../../sema/type.ts';
import type {
  InitializerEntry,
  ObjectInitializer,
  ObjectSymbol,
  TypedExpression,
} from '../../sema/typed-tree.ts';
import { fitsWord } from './encoding.ts';
import type { ExpressionCoder } from './expressions.ts';
import { imm, memAt, modeBytes, shifted } from './machine.ts';
import type { Mem } from './machine.ts';
import { clearMemory, copyMemory, maxByPieces, piecesOf } from './records.ts';
import { integerMode, modeOf } from './values.ts';
import type { Place } from './values.ts';

/** Elements without a value from which on an array is cleared as a whole. */
const CLEAR_RATIO = 6;

/** Writes initialisers. */
export class InitializerCoder {
  readonly #ex: ExpressionCoder;

  constructor(expressions: ExpressionCoder) {
    this.#ex = expressions;
  }

  initialize(object: ObjectSymbol, initializer: ObjectInitializer): void {
    if (object.storage !== 'automatic') return;
    const ex = this.#ex;
    const [entry] = initializer.entries;
    if (isScalar(object.type.type)) {
      if (entry === undefined) return;
      const mode = modeOf(object.type.type) ?? 'SI';
      if (ex.isRegisterLike(object)) ex.assignTo(ex.slotOf(object, mode), mode, entry.value);
      else ex.store(this.#placeOf(object), object.type.type, ex.value(entry.value));
      return;
    }
    if (ex.isInRegister(object)) {
      if (ex.code.target === 'i386') this.#words(object, initializer);
      else this.#fields(object, initializer);
      return;
    }
    this.initializeAt(this.#placeOf(object), object.type.type, initializer);
  }

  /** Stores what an initialiser of an array or record says at a place. */
  initializeAt(place: Place, type: CType, initializer: ObjectInitializer): void {
    const ex = this.#ex;
    const [entry] = initializer.entries;
    if (!initializer.isAggregate && entry !== undefined && entry.value.kind !== 'string') {
      ex.recordInto(entry.value, place);
      return;
    }
    const memory = ex.places.memory(place);
    if (memory.kind !== 'mem') return;
    const size = sizeOf(type) ?? 0;
    if (entry?.value.kind === 'string' && resolve(type).kind === 'array') {
      this.#storeString(memory, entry.value, size);
      return;
    }
    this.#aggregate(type, initializer, memory, place, size);
  }

  /** On x86-64 each part is put among the other bits of the register. */
  #fields(object: ObjectSymbol, { entries }: ObjectInitializer): void {
    const { code } = this.#ex;
    const whole = this.#ex.slotOf(object, integerMode(sizeOf(object.type.type) ?? 0));
    code.doubt('register record');
    if (whole.kind !== 'reg') return;
    for (const { type, value } of entries) {
      const part = this.#ex.operandOf(this.#ex.value(value), modeOf(type.type) ?? 'SI');
      const uses = part.kind === 'reg' ? [whole.no, part.no] : [whole.no];
      const joined = code.register('DI');
      code.emit({ op: 'raw', mnemonic: 'or', bytes: 3, uses, defs: [joined.no], clobbers: 0 });
      code.emit({ op: 'move', mode: 'DI', dst: whole, a: joined });
    }
  }

  /** A record or array in a register is set word by word, whatever part of it is. */
  #words(object: ObjectSymbol, { entries }: ObjectInitializer): void {
    const { code } = this.#ex;
    const size = sizeOf(object.type.type) ?? 0;
    const mode = size === 8 ? 'DI' : 'SI';
    const whole = this.#ex.slotOf(object, mode);
    if (whole.kind !== 'reg' || size > 8) {
      code.doubt('register record');
      return;
    }
    const [first] = entries;
    if (first !== undefined && sizeOf(first.type.type) === size && isScalar(first.type.type)) {
      this.#ex.assignTo(whole, mode, first.value);
      return;
    }
    if (size !== 8) code.doubt('register record');
    if (entries.length < 2) code.move(mode, whole, imm(0));
    for (const { type, value, bitWidth } of entries) {
      if (bitWidth !== undefined || sizeOf(type.type) !== 4) code.doubt('register record');
      const word = this.#ex.operandOf(this.#ex.value(value), 'SI');
      const uses = word.kind === 'reg' ? [word.no] : [];
      code.emit({
        op: 'raw',
        mnemonic: 'mov',
        bytes: 5,
        uses,
        defs: [whole.no],
        clobbers: 0,
        part: whole.no,
      });
    }
  }

  #placeOf(object: ObjectSymbol): Place {
    const offset = this.#ex.frame.offsets.get(object) ?? -8;
    return { base: { kind: 'frame', offset }, offset: 0, terms: [], bits: undefined };
  }

  #aggregate(type: CType, initializer: ObjectInitializer, memory: Mem, place: Place, size: number): void {
    const ex = this.#ex;
    const { entries } = initializer;
    const zeros = entries.filter((one) => isZero(one.value)).length;
    const nonzero = entries.length - zeros;
    if (nonzero === 0) {
      this.#clear(type, memory, size);
      return;
    }
    const total = scalarsIn(type);
    const isComplete = entries.length >= total || total === 0;
    const isConstant = entries.every((one) => isConstantEntry(one));
    const clears = !isComplete || (total - nonzero > CLEAR_RATIO && nonzero < total / 4);
    if (
      isConstant &&
      isComplete &&
      !clears &&
      nonzero > 1 &&
      (size <= nonzero || size > maxByPieces[ex.code.target])
    ) {
      copyMemory(ex, memory, memAt(undefined, 0, 'image'), size);
      return;
    }
    if (clears) this.#clear(type, memory, size);
    for (const entry of entries) {
      if (clears && isZero(entry.value)) continue;
      this.#store(entry, place);
    }
  }

  /** Character arrays are cleared with immediate zeros, others with a vector register. */
  #clear(type: CType, memory: Mem, size: number): void {
    const array = asArray(type);
    const isBytes = array !== undefined && sizeOf(array.element.type) === 1;
    if (!isBytes || size > maxByPieces[this.#ex.code.target]) {
      clearMemory(this.#ex, memory, size);
      return;
    }
    this.#storeBytes(memory, new Uint8Array(size));
  }

  #store(entry: InitializerEntry, place: Place): void {
    const ex = this.#ex;
    const target: Place = { ...place, offset: place.offset + entry.offset };
    if (entry.bitWidth !== undefined && entry.bitOffset !== undefined) {
      const bits = { start: entry.bitOffset - entry.offset * 8, width: entry.bitWidth };
      const declared = integerOf(entry.type.type);
      if (declared !== undefined) {
        ex.storeFieldValue(() => ({ ...target, bits }), entry.bitWidth, declared, entry.value);
      }
      return;
    }
    if (entry.value.kind === 'string' && resolve(entry.type.type).kind === 'array') {
      const memory = ex.places.memory(target);
      if (memory.kind === 'mem') this.#storeString(memory, entry.value, sizeOf(entry.type.type) ?? 0);
      return;
    }
    if (isScalar(entry.type.type)) ex.store(target, entry.type.type, ex.value(entry.value));
    else ex.recordInto(entry.value, target);
  }

  #storeString(memory: Mem, value: Extract<TypedExpression, { kind: 'string' }>, size: number): void {
    const bytes = new Uint8Array(size);
    bytes.set(value.literal.bytes.subarray(0, size));
    if (size > maxByPieces[this.#ex.code.target]) {
      copyMemory(this.#ex, memory, memAt(undefined, 0, 'image'), size);
      return;
    }
    this.#storeBytes(memory, bytes);
  }

  /** Bytes as immediate values, as many at a time as possible. */
  #storeBytes(memory: Mem, bytes: Uint8Array): void {
    const { code } = this.#ex;
    for (const { offset, mode } of piecesOf(bytes.length, code.target)) {
      const word = (from: number, length: number): bigint => {
        let value = 0n;
        for (let index = length - 1; index >= 0; index -= 1)
          value = (value << 8n) | BigInt(bytes[from + index] ?? 0);
        return BigInt.asIntN(8 * length, value);
      };
      if (mode !== 'TI') {
        code.move(mode, shifted(memory, offset), imm(word(offset, modeBytes[mode])));
        continue;
      }
      const [low, high] = [word(offset, 8), word(offset + 8, 8)];
      if (fitsWord(low) && fitsWord(high)) {
        code.move('DI', shifted(memory, offset), imm(low));
        code.move('DI', shifted(memory, offset + 8), imm(high));
        continue;
      }
      const first = code.inRegister('DI', imm(low));
      const second = code.inRegister('DI', imm(high));
      code.emit({ op: 'move', mode: 'DI', dst: shifted(memory, offset), a: first });
      code.emit({ op: 'move', mode: 'DI', dst: shifted(memory, offset + 8), a: second });
    }
  }
}

function isZero(value: TypedExpression): boolean {
  if (resolve(value.type.type).kind === 'float') {
    const known = evaluate(value, { foldObjects: false, wordBytes: 8 });
    return known?.kind === 'floating' && Object.is(known.value, 0);
  }
  if (resolve(value.type.type).kind === 'pointer') {
    const known = evaluate(value, { foldObjects: false, wordBytes: 8 });
    return known?.kind === 'integer' && known.value === 0n;
  }
  return integerConstant(value, 8) === 0n;
}

function isConstantEntry(entry: InitializerEntry): boolean {
  if (entry.value.kind === 'string') return true;
  return evaluate(entry.value, { foldObjects: false, wordBytes: 8 }) !== undefined;
}

/** Scalars that a type consists of; unions count for their first member, character arrays by element. */
function scalarsIn(type: CType): number {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'array':
      return typeof resolved.count === 'number' ? resolved.count * scalarsIn(resolved.element.type) : 0;
    case 'record': {
      const members = (resolved.members ?? []).filter(
        (one) => one.name !== undefined || one.bitWidth === undefined,
      );
      if (resolved.tagKind === 'union') {
        const [first] = members;
        return first === undefined ? 0 : scalarsIn(first.type.type);
      }
      return members.reduce((sum, member) => sum + scalarsIn(member.type.type), 0);
    }
    default:
      return 1;
  }
}
