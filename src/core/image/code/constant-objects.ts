/**
 * Values of constant objects: gcc reads a `const` object that it sees the initialiser of at compile time, even at -O0.
 *
 * Source: gcc/gimple-fold.cc (get_symbol_constant_value, fold_const_aggregate_ref), behaviour; measured with gcc 12.2.
 */
import { integerConstant } from '../../sema/constant.ts';
import { integerOf, qualsOf, resolve, sizeOf } from '../../sema/type-relations.ts';
import { ATOMIC, CONST, VOLATILE } from '../../sema/type.ts';
import type { ObjectSymbol, TypedExpression } from '../../sema/typed-tree.ts';

/** The integer that a load of the lvalue gives, if it is known. */
export function constantLoad(lvalue: TypedExpression): bigint | undefined {
  const type = integerOf(lvalue.type.type);
  if (type === undefined || (qualsOf(lvalue.type) & (VOLATILE | ATOMIC)) !== 0) return undefined;
  const place = placeIn(lvalue);
  if (place === undefined || !isKnown(place.object)) return undefined;
  return integerAt(place.object, place.offset, type.size, type.isSigned);
}

/** The object and the constant offset that an lvalue stands for. */
function placeIn(
  lvalue: TypedExpression,
): { readonly object: ObjectSymbol; readonly offset: number } | undefined {
  switch (lvalue.kind) {
    case 'object':
      return { object: lvalue.object, offset: 0 };
    case 'member': {
      if (lvalue.member.bitWidth !== undefined || lvalue.record.tagKind === 'union') return undefined;
      const base = placeIn(lvalue.base);
      return base === undefined ? undefined : { object: base.object, offset: base.offset + lvalue.offset };
    }
    case 'deref': {
      const { operand } = lvalue;
      if (operand.kind === 'convert' && operand.conversion === 'decay') return placeIn(operand.operand);
      if (operand.kind !== 'pointer-add' || operand.subtract) return undefined;
      const { pointer } = operand;
      const index = integerConstant(operand.index, 8);
      if (index === undefined || pointer.kind !== 'convert' || pointer.conversion !== 'decay')
        return undefined;
      const base = placeIn(pointer.operand);
      const size = sizeOf(lvalue.type.type);
      return base === undefined || size === undefined
        ? undefined
        : { object: base.object, offset: base.offset + Number(index) * size };
    }
    default:
      return undefined;
  }
}

/** Whether the object has its initial value for ever, and no other definition can take its place. */
function isKnown(object: ObjectSymbol): boolean {
  if (
    (object.storage !== 'static' && object.storage !== 'thread') ||
    (object.initializer === undefined && !isZeroed(object)) ||
    object.attributes.isWeak === true
  )
    return false;
  const quals = qualsOf(object.type);
  return (quals & CONST) !== 0 && (quals & VOLATILE) === 0;
}

/** A constant that is defined without a value is zero. */
function isZeroed(object: ObjectSymbol): boolean {
  return object.isTentative && object.attributes.isCommon !== true;
}

function integerAt(
  object: ObjectSymbol,
  offset: number,
  size: number,
  isSigned: boolean,
): bigint | undefined {
  for (const entry of object.initializer?.entries ?? []) {
    if (entry.bitWidth !== undefined) continue;
    const bytes = sizeOf(entry.type.type) ?? 0;
    if (offset < entry.offset || offset >= entry.offset + bytes) continue;
    if (entry.value.kind === 'string') {
      if (size !== entry.value.literal.elementSize) return undefined;
      let value = 0n;
      for (let index = size - 1; index >= 0; index -= 1) {
        value = (value << 8n) | BigInt(entry.value.literal.bytes[offset - entry.offset + index] ?? 0);
      }
      return isSigned ? BigInt.asIntN(8 * size, value) : value;
    }
    if (entry.offset !== offset || bytes !== size || entry.constant?.kind !== 'integer') return undefined;
    return entry.constant.value;
  }
  const total = sizeOf(object.type.type) ?? 0;
  if (object.initializer === undefined) return 0n;
  const isAggregate = object.initializer.isAggregate && resolve(object.type.type).kind !== 'integer';
  return isAggregate && offset >= 0 && offset + size <= total ? 0n : undefined;
}
