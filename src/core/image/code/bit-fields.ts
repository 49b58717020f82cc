/**
 * Bit-fields: gcc gives a field of n bits an integer type of n bits, in the smallest mode that has them. It is read from
 * the smallest aligned unit that contains it, and written with the other bits of the unit kept.
 *
 * Source: gcc/expmed.cc (store_fixed_bit_field_1, extract_fixed_bit_field_1), gcc/expr.cc
 * (reduce_to_bit_field_precision), gcc/fold-const.cc (optimize_bit_field_compare); measured with gcc 12.2.
 * Simplified: fields that cross every aligned unit of eight bytes are estimates.
 */
import { integerOf } from '../../sema/type-relations.ts';
import type { IntegerType } from '../../sema/type.ts';
import type { TypedExpression } from '../../sema/typed-tree.ts';
import { expandBinary, expandShift, inMode } from './arithmetic.ts';
import { isDoubleword } from './doubleword.ts';
import type { ExpressionCoder } from './expressions.ts';
import { imm, modeBytes } from './machine.ts';
import type { Mem, Mode, Operand } from './machine.ts';
import { integerType } from './integer-types.ts';
import { integerMode } from './values.ts';
import type { Place } from './values.ts';

type Member = Extract<TypedExpression, { kind: 'member' }>;

/** Whether an lvalue is a bit-field. */
export function isField(lvalue: TypedExpression): lvalue is Member {
  return lvalue.kind === 'member' && lvalue.member.bitWidth !== undefined;
}

/** The integer type whose mode the values of a field have. */
export function fieldType(width: number, declared: IntegerType): IntegerType {
  if (declared.name === '_Bool') return declared;
  const size = width <= 8 ? 1 : width <= 16 ? 2 : width <= 32 ? 4 : 8;
  return size === declared.size ? declared : integerType(size, declared.isSigned);
}

/** The type of a field's values; undefined for what is no integer. */
export function typeOfField(lvalue: Member): IntegerType | undefined {
  const declared = integerOf(lvalue.type.type);
  return declared === undefined
    ? undefined
    : fieldType(lvalue.member.bitWidth ?? 8 * declared.size, declared);
}

/** The storage unit of a field. */
interface Unit {
  readonly place: Place;
  readonly mode: Mode;
  /** Bits below and in the field. */
  readonly shift: number;
  readonly width: number;
}

/** The smallest aligned unit that holds all bits of a field. */
export function unitOf(ex: ExpressionCoder, place: Place, isStored = false): Unit {
  const { start, width } = place.bits ?? { start: 0, width: 32 };
  if (start % (isStored ? width : 8) === 0 && (width === 8 || width === 16 || width === 32 || width === 64)) {
    const whole = { ...place, bits: undefined, offset: place.offset + start / 8 };
    return { place: whole, mode: integerMode(width / 8), shift: 0, width };
  }
  for (const mode of ['QI', 'HI', 'SI', 'DI'] as const) {
    const bits = 8 * modeBytes[mode];
    const first = Math.floor(start / bits) * bits;
    if (start + width > first + bits) continue;
    return {
      place: { ...place, bits: undefined, offset: place.offset + first / 8 },
      mode,
      shift: start - first,
      width,
    };
  }
  ex.code.doubt('bit-field across units');
  return { place: { ...place, bits: undefined }, mode: 'DI', shift: 0, width };
}

/** Reads a field; the value has the mode of the field's type. */
export function loadField(
  ex: ExpressionCoder,
  place: Place,
  type: IntegerType,
  target: Operand | undefined,
): Operand {
  const { code } = ex;
  const { place: unit, mode, shift, width } = unitOf(ex, place);
  const memory = ex.places.memory(unit);
  const bits = 8 * modeBytes[mode];
  const wanted = integerMode(type.size);
  if (width === bits) return memory;
  let value: Operand = memory;
  if (type.isSigned) {
    value = code.inRegister(mode, value);
    value = expandShift(code, 'sal', mode, value, bits - shift - width);
    value = expandShift(code, 'sar', mode, value, bits - width);
  } else {
    if (shift > 0) value = expandShift(code, 'shr', mode, code.inRegister(mode, value), shift);
    // The mask is applied in the mode of the field.
    if (shift + width < bits) {
      const cut = inModeOf(ex, value, mode, wanted, false, target);
      return expandBinary(code, 'and', wanted, cut, imm(inMode(maskOf(width), wanted)));
    }
  }
  return inModeOf(ex, value, mode, wanted, type.isSigned, target);
}

function maskOf(width: number): bigint {
  return (1n << BigInt(width)) - 1n;
}

/** A value in a narrower or a wider mode. */
function inModeOf(
  ex: ExpressionCoder,
  value: Operand,
  from: Mode,
  to: Mode,
  isSigned: boolean,
  target?: Operand,
): Operand {
  const { code } = ex;
  if (modeBytes[to] === modeBytes[from] || value.kind === 'imm') return value;
  if (modeBytes[to] < modeBytes[from]) {
    const copy = code.register(to);
    code.emit({ op: 'move', mode: to, dst: copy, a: code.inRegister(from, value) });
    return copy;
  }
  const dst = target?.kind === 'reg' ? target : code.register(to);
  code.emit({ op: 'extend', mode: to, from, isSigned, dst, a: value });
  return dst;
}

/** The whole unit of a field, for a comparison that needs no more than a mask. */
export function loadUnit(ex: ExpressionCoder, place: Place): Operand {
  return ex.places.memory(unitOf(ex, place).place);
}

/** Cuts a value to the bits of a field. */
export function reducedToField(
  ex: ExpressionCoder,
  value: Operand,
  place: Place,
  type: IntegerType,
): Operand {
  const { code } = ex;
  const mode = integerMode(type.size);
  const width = place.bits?.width ?? 8 * type.size;
  const rest = 8 * type.size - width;
  if (rest <= 0 || value.kind === 'imm' || type.name === '_Bool') return value;
  if (!type.isSigned) return expandBinary(code, 'and', mode, value, imm(inMode(maskOf(width), mode)));
  return expandShift(
    code,
    'sar',
    mode,
    expandShift(code, 'sal', mode, code.inRegister(mode, value), rest),
    rest,
  );
}

/** A field that reaches from one word into the next is written word by word (expmed.cc: store_split_bit_field). */
function storeInWords(ex: ExpressionCoder, place: Place, type: IntegerType, value: Operand): void {
  const { start, width } = place.bits ?? { start: 0, width: 64 };
  const source = value.kind === 'mem' ? ex.code.inRegister('DI', value) : value;
  for (let at = start; at < start + width;) {
    const count = Math.min(32 - (at % 32), start + width - at);
    const part =
      source.kind === 'imm' ? imm(BigInt.asUintN(count, source.value >> BigInt(at - start))) : source;
    const narrow = fieldType(count, type);
    storeField(ex, { ...place, bits: { start: at, width: count } }, narrow, part);
    at += count;
  }
}

/** Writes a field; the value has the mode of its type. */
export function storeField(ex: ExpressionCoder, place: Place, type: IntegerType, value: Operand): void {
  const { code } = ex;
  const { place: unit, mode, shift, width } = unitOf(ex, place, true);
  if (isDoubleword(code, mode)) {
    storeInWords(ex, place, type, value);
    return;
  }
  const operand = ex.places.memory(unit);
  if (operand.kind !== 'mem') return;
  const memory: Mem = operand;
  const bits = 8 * modeBytes[mode];
  const from = integerMode(type.size);
  if (width === bits) {
    ex.moveValue(mode, memory, { kind: 'operand', operand: inModeOf(ex, value, from, mode, type.isSigned) });
    return;
  }
  const mask = maskOf(width);
  const keep = imm(inMode(~(mask << BigInt(shift)), mode));
  if (value.kind === 'imm') {
    const set = value.value & mask;
    let word: Operand = code.inRegister(mode, memory);
    if (set !== mask) word = expandBinary(code, 'and', mode, word, keep);
    if (set !== 0n) word = expandBinary(code, 'or', mode, word, imm(inMode(set << BigInt(shift), mode)));
    code.move(mode, memory, word);
    return;
  }
  let field = inModeOf(ex, value, from, mode, false);
  if (shift + width < bits) field = expandBinary(code, 'and', mode, field, imm(inMode(mask, mode)));
  if (shift > 0) field = expandShift(code, 'sal', mode, code.inRegister(mode, field), shift);
  let word: Operand = code.inRegister(mode, memory);
  word = expandBinary(code, 'and', mode, word, keep);
  word = expandBinary(code, 'or', mode, word, field);
  code.move(mode, memory, word);
}

/** Whether an expression is the value of a field that has less bits than its mode. */
export function isFieldLoad(expression: TypedExpression): boolean {
  if (expression.kind !== 'convert' || expression.conversion !== 'load' || !isField(expression.operand))
    return false;
  return (expression.operand.member.bitWidth ?? 0) !== 8 * (integerOf(expression.type.type)?.size ?? 0);
}

/** Whether a value may have bits that the field has not, or comes from a type of another width. */
export function exceedsField(value: TypedExpression, width: number, isSigned: boolean): boolean {
  switch (value.kind) {
    case 'integer':
    case 'compare':
    case 'not':
    case 'logical':
      return false;
    case 'convert':
      if (value.conversion === 'load' && isField(value.operand)) {
        return value.operand.member.bitWidth !== width || integerOf(value.type.type)?.isSigned !== isSigned;
      }
      if (value.conversion !== 'arithmetic') return true;
      return (
        integerOf(value.operand.type.type)?.name !== '_Bool' && exceedsField(value.operand, width, isSigned)
      );
    case 'arithmetic':
      switch (value.operator) {
        case '&':
          return exceedsField(value.left, width, isSigned) && exceedsField(value.right, width, isSigned);
        case '|':
        case '^':
          return exceedsField(value.left, width, isSigned) || exceedsField(value.right, width, isSigned);
        default:
          return true;
      }
    case 'conditional':
      return (
        value.then === undefined ||
        exceedsField(value.then, width, isSigned) ||
        exceedsField(value.otherwise, width, isSigned)
      );
    default:
      return true;
  }
}
