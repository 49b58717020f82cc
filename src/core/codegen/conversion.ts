/**
 * Conversions between arithmetic types (C17 6.3.1), with the results that x86 gives where C leaves them open:
 * integers are cut, a float that does not fit an integer gives the smallest one (cvttsd2si).
 */
import { integerOf, resolve } from '../sema/type-relations.ts';
import type { CType } from '../sema/type.ts';
import type { FunctionState } from './function-state.ts';
import type { Access, ValueKind } from './value-type.ts';
import { valueKindOf } from './value-type.ts';
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

function isFloat(access: Access): boolean {
  return access.type === 'f32' || access.type === 'f64';
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
  }
}

function changeFloat(state: FunctionState, from: Access, to: Access): void {
  if (from.type === to.type) return;
  state.code.emit(from.type === 'f32' ? op.f64_promote_f32 : op.f32_demote_f64);
}

function floatToInteger(state: FunctionState, from: Access, to: Scalar): void {
  const { code } = state;
  if (from.type === 'f32') code.emit(op.f64_promote_f32);
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

function integerToFloat(state: FunctionState, from: Scalar, to: Access): void {
  const { code } = state;
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
