/**
 * Operations on values: what folds to a constant, and what stays an operation.
 *
 * Source: gcc/fold-const.cc, gcc/match.pd, gcc/tree-ssa-ccp.cc (bit_value_binop): behaviour.
 */
import { convertValue, integerArithmetic, ordered } from '../constant.ts';
import { asPointer, integerOf, resolve, sizeOf } from '../type-relations.ts';
import type { CType, QualType } from '../type.ts';
import type { ConstantValue, TypedExpression } from '../typed-tree.ts';
import type { Control } from './state.ts';
import { addressValue, computed, integerValue, isRoot, targetOf, truthOfValue, zeroValue } from './value.ts';
import type { Known, Value } from './value.ts';

/** The conditions between a place and one around it. */
export function valuesOf(from: Control | undefined, to: Control | undefined): Value[] {
  const values: Value[] = [];
  for (let control = from; control !== undefined && control !== to; control = control.outer)
    values.push(control.condition);
  return values;
}

/** The result of a comparison that is not known. */
export const truthValue = (inputs: readonly Value[]): Value => ({ ...computed(inputs), isTruth: true });

/** Whether a value is not zero, as an integer. */
export function asTruth(value: Value): Value {
  const truth = truthOfValue(value);
  return truth === undefined ? truthValue([value]) : integerValue(truth ? 1n : 0n);
}

/** Whether values of a type have parts that are told apart. */
export const isAggregate = (type: CType): boolean => {
  const { kind } = resolve(type);
  return kind === 'record' || kind === 'array' || kind === 'complex' || kind === 'vector';
};

/** Bytes to which an automatic object is aligned for sure. */
export function alignOfType(type: QualType): number {
  return Math.min(sizeOf(type.type) ?? 1, 16) >= 16 && isAggregate(type.type) ? 16 : 1;
}

/** What has to be computed to get at memory: not the address of memory that is known. */
export function inputsBelow(pointer: Value): readonly Value[] {
  if (pointer.known?.kind === 'address' && isRoot(pointer.known.base)) return [];
  return pointer.into === undefined ? [pointer] : pointer.inputs;
}

/** A number that was stored as another kind of number is not known. */
export function asType(value: Value, type: CType): Value {
  const isFloating = resolve(type).kind === 'float';
  if (value.known === undefined || (value.known.kind === 'floating') === isFloating) {
    if (value.known?.kind !== 'integer' || integerOf(type) === undefined) return value;
    const wrapped = integerArithmetic('+', value.known.value, 0n, type);
    return wrapped === undefined || wrapped === value.known.value ? value : integerValue(wrapped);
  }
  if (value.known.kind === 'integer' && value.known.value === 0n)
    return { ...zeroValue, known: { kind: 'floating', value: 0 } };
  return computed([value], 0);
}

/** A floating constant; one that is no double is not known. */
export function floatingOf(node: TypedExpression & { kind: 'floating' }): Value {
  if (node.extended !== undefined) return computed([]);
  return { ...zeroValue, known: { kind: 'floating', value: node.value } };
}

/** A constant of the analysis as one of ours, where it is one. */
export function knownOf(constant: ConstantValue | undefined): Known | undefined {
  switch (constant?.kind) {
    case 'integer':
      return constant;
    case 'floating':
      return constant.extended === undefined ? { kind: 'floating', value: constant.value } : undefined;
    default:
      return undefined;
  }
}

/** A value in another type (C17 6.3). */
export function converted(value: Value, to: QualType, wordBytes: 4 | 8): Value {
  const { known } = value;
  const type = resolve(to.type);
  if (known?.kind === 'address') {
    const isWord = type.kind === 'pointer' || (type.kind === 'integer' && (sizeOf(type) ?? 0) >= wordBytes);
    if (isWord) return value;
    return type.kind === 'integer' && type.name === '_Bool' ? asTruth(value) : computed([value], 0);
  }
  if (known !== undefined) {
    const result = knownOf(convertValue(known, to, wordBytes));
    if (result !== undefined) return { ...zeroValue, known: result };
  }
  if (type.kind === 'pointer') return value;
  if (type.kind === 'void' || isAggregate(type)) return value;
  const number = computed([value], 0);
  return { ...number, added: 0n, isTruth: value.isTruth, into: value.into };
}

/** The exact result rounded to the type, where it is known. */
export const floatingArithmetic = (
  operator: string,
  left: number,
  right: number,
  size: number | undefined,
): number | undefined => {
  if (size !== 4 && size !== 8) return undefined;
  const exact =
    operator === '+'
      ? left + right
      : operator === '-'
        ? left - right
        : operator === '*'
          ? left * right
          : operator === '/' && right !== 0
            ? left / right
            : undefined;
  return exact === undefined ? undefined : size === 4 ? Math.fround(exact) : exact;
};

/** Operations with a constant that give the other operand, or a constant. */
export function absorbed(operator: string, left: Value, right: bigint): Value | undefined {
  const isIdentity =
    (right === 0n && ['+', '-', '|', '^', '<<', '>>'].includes(operator)) ||
    (right === 1n && (operator === '*' || operator === '/'));
  if (isIdentity) return left;
  if (right === 0n && (operator === '*' || operator === '&')) return zeroValue;
  if (right === 1n && operator === '%') return zeroValue;
  const { known } = left;
  if (known?.kind !== 'address' || !isRoot(known.base)) return undefined;
  const mask = operator === '%' ? right - 1n : operator === '&' ? right : undefined;
  if (mask === undefined || mask < 0n || (mask & (mask + 1n)) !== 0n) return undefined;
  return mask < BigInt(known.base.align) ? integerValue(BigInt(known.offset) & mask) : undefined;
}

const isHeap = ({ base }: Known & { kind: 'address' }): boolean => isRoot(base) && base.storage === 'heap';

/** The result of a comparison: an integer. */
export function compared(operator: string, left: Value, right: Value): Value {
  const result = comparison(operator, left, right);
  return result === undefined ? { ...truthValue([left, right]), size: 2 } : integerValue(result ? 1n : 0n);
}

function comparison(operator: string, left: Value, right: Value): boolean | undefined {
  const [a, b] = [left.known, right.known];
  if (a === undefined || b === undefined) return undefined;
  if (a.kind === 'address' && b.kind === 'address') {
    if (isHeap(a) || isHeap(b)) return undefined;
    if (a.base === b.base || isSameText(a, b)) return ordered(operator, a.offset, b.offset);
    const areObjects = !('bytes' in a.base && 'bytes' in b.base) && !isWeakBase(a) && !isWeakBase(b);
    return areObjects && (operator === '==' || operator === '!=') ? operator === '!=' : undefined;
  }
  if (a.kind === 'address' || b.kind === 'address') {
    const [address, number] = a.kind === 'address' ? [left, b] : [right, a];
    if (number.kind !== 'integer' || number.value !== 0n || truthOfValue(address) !== true) return undefined;
    return operator === '==' || operator === '!=' ? operator === '!=' : undefined;
  }
  if (a.kind === 'integer' && b.kind === 'integer') return ordered(operator, a.value, b.value);
  if (a.kind === 'floating' && b.kind === 'floating') return ordered(operator, a.value, b.value);
  return undefined;
}

const isWeakBase = ({ base }: Known & { kind: 'address' }): boolean =>
  truthOfValue(addressValue(base)) === undefined;

/** Equal literals are one constant. */
function isSameText(
  { base: a }: Known & { kind: 'address' },
  { base: b }: Known & { kind: 'address' },
): boolean {
  if (!('bytes' in a) || !('bytes' in b) || a.elementSize !== b.elementSize) return false;
  return a.bytes.length === b.bytes.length && a.bytes.every((byte, index) => byte === b.bytes[index]);
}

/** Bytes that one step of a pointer moves. */
export function stepOf(pointer: CType): number {
  const target = asPointer(pointer)?.target.type;
  return target === undefined ? 1 : (sizeOf(target) ?? 1);
}

/** A pointer some bytes further. */
export function added(pointer: Value, offset: number): Value {
  if (pointer.known?.kind === 'address')
    return addressValue(pointer.known.base, pointer.known.offset + offset);
  if (offset === 0) return pointer;
  const result = computed([pointer], 0);
  return { ...result, into: pointer.into, added: BigInt(offset) };
}

/** A pointer some elements further, or back. */
export function pointerAdd(pointer: Value, index: Value, step: number, isSubtracted: boolean): Value {
  const { known } = index;
  if (known?.kind === 'integer')
    return added(pointer, Number(isSubtracted ? -known.value : known.value) * step);
  const into = targetOf(pointer)?.root;
  // What memory is meant is known, so the address itself is not needed to get at it.
  const inputs = into === undefined || pointer.known === undefined ? [pointer, index] : [index];
  return { ...computed(inputs), into };
}

/** A character of a literal; undefined where it is read as something else. */
export function characterAt(
  { bytes, elementSize }: { readonly bytes: Uint8Array; readonly elementSize: number },
  offset: number,
  type: CType,
): Value | undefined {
  const integer = integerOf(type);
  if (integer?.size !== elementSize || offset < 0 || offset + elementSize > bytes.length) return undefined;
  let value = 0n;
  for (let i = elementSize - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[offset + i] ?? 0);
  const wrapped = integerArithmetic('+', value, 0n, type);
  return wrapped === undefined ? undefined : integerValue(wrapped);
}
