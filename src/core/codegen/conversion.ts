/**
 * Conversions between arithmetic types (C17 6.3.1), with the results that x86 gives where C leaves them open:
 * integers are cut, a float that does not fit an integer gives the smallest one (cvttsd2si).
 */
import { integerOf, resolve, sizeOf } from '../sema/type-relations.ts';
import type { ComplexType, CType } from '../sema/type.ts';
import { SCRATCH } from '../target/tlb-layout.ts';
import {
  changeFromExtended,
  changeToExtended,
  extendedToInteger,
  extendedToPair,
  integerToExtended,
  isExtended,
  pairToExtended,
  testExtended,
} from './extended-value.ts';
import { truncationKinds } from './float-operations.ts';
import type { FunctionState } from './function-state.ts';
import type { Access, ValueKind } from './value-type.ts';
import { pushZero } from './operands.ts';
import { valueKindOf } from './value-type.ts';
import { broadcast } from './wide-arithmetic.ts';
import { op } from './wasm-module.ts';

/** Converts the scalar on the stack from one C type to another. */
export function convertScalar(state: FunctionState, from: CType, to: CType): void {
  const source = valueKindOf(from);
  const target = valueKindOf(to);
  if (source.kind !== 'scalar' || target.kind !== 'scalar') return;
  if (integerOf(to)?.name === '_Bool' && integerOf(from)?.name !== '_Bool') {
    testNonZero(state, source.access);
    return;
  }
  if (isFloat(source.access)) {
    if (isFloat(target.access)) changeFloat(state, source.access, target.access);
    else floatToInteger(state, source.access, target);
    return;
  }
  if (isFloat(target.access)) {
    integerToFloat(state, source, target.access);
    return;
  }
  changeInteger(state, source, target);
}

/** Converts the value on the stack, scalar or wide, from one C type to another. */
export function convertValue(state: FunctionState, from: CType, to: CType): void {
  const source = valueKindOf(from);
  const target = valueKindOf(to);
  if (source.kind !== 'words' && target.kind !== 'words') {
    convertScalar(state, from, to);
    return;
  }
  const fromType = resolve(from);
  const toType = resolve(to);
  if (fromType.kind === 'vector' || toType.kind === 'vector') convertVector(state, fromType, toType);
  else if (fromType.kind === 'complex') convertComplex(state, fromType, toType);
  else if (toType.kind === 'complex') {
    const element = valueKindOf(toType.element);
    convertValue(state, fromType, toType.element);
    if (element.kind === 'scalar') pushZero(state, element.access);
  } else if (source.kind === 'words') convertFrom128(state, fromType, toType);
  else convertTo128(state, fromType, toType);
}

/** Leaves an i32 that is zero exactly when the value on the stack, scalar or wide, is. */
export function testValue(state: FunctionState, type: CType): void {
  const { code } = state;
  const kind = valueKindOf(type);
  if (kind.kind === 'scalar') {
    testNonZero(state, kind.access);
    return;
  }
  if (kind.kind !== 'words') return;
  const [first] = kind.words;
  if (first === undefined) return;
  const last = state.temp(first.access.type);
  code.localSet(last);
  testNonZero(state, first.access);
  code.localGet(last);
  testNonZero(state, first.access);
  code.emit(op.i32_or);
  state.release(first.access.type, last);
}

/** Between vectors of one size and integers of that size nothing but the words change; a scalar fills all lanes. */
function convertVector(state: FunctionState, from: CType, to: CType): void {
  const { code } = state;
  if (from.kind === 'vector' && to.kind === 'vector') return;
  if (to.kind === 'vector') {
    if (sizeOf(from) === to.size && to.count > 1) return;
    convertScalar(state, from, to.element);
    broadcast(state, to);
    return;
  }
  const target = valueKindOf(to);
  const source = valueKindOf(from);
  if (source.kind === 'words' && target.kind === 'scalar' && target.access.type === 'f64') {
    code.emit(op.f64_reinterpret_i64);
  }
}

function convertComplex(state: FunctionState, from: ComplexType, to: CType): void {
  const { code } = state;
  const element = valueKindOf(from.element);
  if (element.kind !== 'scalar') return;
  if (to.kind === 'complex') {
    const imaginary = state.temp(element.access.type);
    code.localSet(imaginary);
    convertScalar(state, from.element, to.element);
    code.localGet(imaginary);
    convertScalar(state, from.element, to.element);
    state.release(element.access.type, imaginary);
    return;
  }
  if (integerOf(to)?.name === '_Bool') {
    testValue(state, from);
    return;
  }
  code.emit(op.drop);
  convertValue(state, from.element, to);
}

function convertFrom128(state: FunctionState, from: CType, to: CType): void {
  const { code } = state;
  const target = valueKindOf(to);
  if (target.kind !== 'scalar') return;
  const source = integerOf(from);
  if (integerOf(to)?.name === '_Bool') {
    testValue(state, from);
    return;
  }
  if (isExtended(target.access)) {
    pairToExtended(state, source?.isSigned === true);
    return;
  }
  if (isFloat(target.access)) {
    const [low, high] = [state.temp('i64'), state.temp('i64')];
    code.localSet(high);
    code.localSet(low);
    code.i32Const((source?.isSigned === true ? 1 : 0) + (target.access.type === 'f32' ? 2 : 0));
    code.localGet(low);
    code.localGet(high);
    code.call(state.program.imports.wideToFloat);
    if (target.access.type === 'f32') code.emit(op.f32_demote_f64);
    state.release('i64', low);
    state.release('i64', high);
    return;
  }
  code.emit(op.drop);
  if (target.access.type === 'i64') return;
  code.emit(op.i32_wrap_i64);
  normalize(state, target);
}

function convertTo128(state: FunctionState, from: CType, to: CType): void {
  const { code } = state;
  const source = valueKindOf(from);
  if (source.kind !== 'scalar') return;
  if (isExtended(source.access)) {
    extendedToPair(state, integerOf(to)?.isSigned === true);
    return;
  }
  if (isFloat(source.access)) {
    if (source.access.type === 'f32') code.emit(op.f64_promote_f32);
    const number = state.temp('f64');
    code.localSet(number);
    code.i32Const(1);
    code.localGet(number);
    code.call(state.program.imports.floatToWide);
    for (const offset of [0, 8]) {
      code.i32Const(0);
      code.memory(op.i64_load, SCRATCH + offset);
    }
    state.release('f64', number);
    return;
  }
  if (source.access.type === 'i32') code.emit(source.isSigned ? op.i64_extend_i32_s : op.i64_extend_i32_u);
  if (!source.isSigned) {
    code.i64Const(0);
    return;
  }
  const low = state.temp('i64');
  code.localTee(low);
  code.localGet(low);
  code.i64Const(63);
  code.emit(op.i64_shr_s);
  state.release('i64', low);
}

function isFloat(access: Access): boolean {
  return access.type === 'f32' || access.type === 'f64' || isExtended(access);
}

type Scalar = Extract<ValueKind, { kind: 'scalar' }>;

/** Replaces the scalar on the stack by an i32 that is 1 when it is not zero (not-a-number is not zero), else 0. */
export function testNonZero(state: FunctionState, access: Access): void {
  const { code } = state;
  switch (access.type) {
    case 'i32':
      code.i32Const(0);
      code.emit(op.i32_ne);
      return;
    case 'i64':
      code.i64Const(0);
      code.emit(op.i64_ne);
      return;
    case 'f32':
      code.f32Const(0);
      code.emit(op.f32_ne);
      return;
    case 'f64':
      code.f64Const(0);
      code.emit(op.f64_ne);
      return;
    case 'v128':
      testExtended(state);
      return;
  }
}

/** Replaces the scalar on the stack by an i32 that is 1 when it is zero, else 0. */
export function testZero(state: FunctionState, access: Access): void {
  const { code } = state;
  switch (access.type) {
    case 'i32':
      code.emit(op.i32_eqz);
      return;
    case 'i64':
      code.emit(op.i64_eqz);
      return;
    case 'f32':
      code.f32Const(0);
      code.emit(op.f32_eq);
      return;
    case 'f64':
      code.f64Const(0);
      code.emit(op.f64_eq);
      return;
    case 'v128':
      testExtended(state);
      code.emit(op.i32_eqz);
      return;
  }
}

function changeFloat(state: FunctionState, from: Access, to: Access): void {
  if (from.type === to.type) return;
  if (isExtended(to)) changeToExtended(state, from);
  else if (isExtended(from)) changeFromExtended(state, to);
  else state.code.emit(from.type === 'f32' ? op.f64_promote_f32 : op.f32_demote_f64);
}

function floatToInteger(state: FunctionState, from: Access, to: Scalar): void {
  const { code } = state;
  if (isExtended(from)) {
    extendedToInteger(state, to);
    if (to.access.type === 'i32') normalize(state, to);
    return;
  }
  if (from.type === 'f32') code.emit(op.f64_promote_f32);
  noteTruncation(state, to);
  if (to.access.type === 'i64') {
    code.call(state.program.helper(to.isSigned ? 'f64_to_i64' : 'f64_to_u64'));
    return;
  }
  if (!to.isSigned && to.access.size === 4) {
    // gcc converts to 64 bits and takes the low half.
    code.call(state.program.helper('f64_to_i64'));
    code.emit(op.i32_wrap_i64);
    return;
  }
  code.call(state.program.helper('f64_to_i32'));
  normalize(state, to);
}

/** Tells the host of the conversion, where the exceptions that it raises are seen. */
function noteTruncation(state: FunctionState, to: Scalar): void {
  const { floats } = state.program;
  if (floats === undefined) return;
  const isWide = to.access.type === 'i64' || (!to.isSigned && to.access.size === 4);
  const kind = !isWide ? 'i32' : to.access.type === 'i64' && !to.isSigned ? 'u64' : 'i64';
  state.code.i32Const(truncationKinds[kind]);
  state.code.call(floats.truncated);
}

function integerToFloat(state: FunctionState, from: Scalar, to: Access): void {
  const { code } = state;
  if (isExtended(to)) {
    integerToExtended(state, from);
    return;
  }
  if (from.access.type === 'i64') {
    if (to.type === 'f32') code.emit(from.isSigned ? op.f32_convert_i64_s : op.f32_convert_i64_u);
    else code.emit(from.isSigned ? op.f64_convert_i64_s : op.f64_convert_i64_u);
    return;
  }
  if (to.type === 'f32') code.emit(from.isSigned ? op.f32_convert_i32_s : op.f32_convert_i32_u);
  else code.emit(from.isSigned ? op.f64_convert_i32_s : op.f64_convert_i32_u);
}

function changeInteger(state: FunctionState, from: Scalar, to: Scalar): void {
  const { code } = state;
  if (from.access.type === 'i64') {
    if (to.access.type === 'i64') return;
    code.emit(op.i32_wrap_i64);
    normalize(state, to);
    return;
  }
  if (to.access.type === 'i64') {
    code.emit(from.isSigned ? op.i64_extend_i32_s : op.i64_extend_i32_u);
    return;
  }
  const keepsValue =
    to.access.size > from.access.size ||
    (to.access.size === from.access.size && to.isSigned === from.isSigned);
  if (!keepsValue || (to.access.size < 4 && from.isSigned !== to.isSigned)) normalize(state, to);
}

/** Cuts the i32 on the stack to the size of a small type and extends it again as values are kept. */
export function normalize(state: FunctionState, to: Scalar): void {
  const { code } = state;
  if (to.access.size === 1) {
    if (to.isSigned) code.emit(op.i32_extend8_s);
    else {
      code.i32Const(0xff);
      code.emit(op.i32_and);
    }
  } else if (to.access.size === 2) {
    if (to.isSigned) code.emit(op.i32_extend16_s);
    else {
      code.i32Const(0xffff);
      code.emit(op.i32_and);
    }
  }
}

/** Converts the integer on the stack to a pointer-sized one: pointers and unsigned types with zeros, signed with the sign. */
export function toPointerSize(state: FunctionState, from: CType): void {
  const source = valueKindOf(from);
  if (source.kind !== 'scalar') return;
  const { code } = state;
  if (source.access.type === 'i32' && state.program.pointer === 'i64') {
    code.emit(source.isSigned ? op.i64_extend_i32_s : op.i64_extend_i32_u);
  } else if (source.access.type === 'i64' && state.program.pointer === 'i32') code.emit(op.i32_wrap_i64);
}

/** Whether the type is `_Bool`. */
export function isBool(type: CType): boolean {
  const resolved = resolve(type);
  return resolved.kind === 'integer' && resolved.name === '_Bool';
}
