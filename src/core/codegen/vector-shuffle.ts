/**
 * Builtins that move lanes between vectors or convert each (gcc 12 manual, "Vector Extensions").
 *
 * Vectors lie in host memory for the time of an operation, two that are chosen from one behind the other.
 */
import { invariant } from '../../base/assert.ts';
import { integerConstant } from '../sema/constant.ts';
import { resolve } from '../sema/type-relations.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import type { QualType, VectorType } from '../sema/type.ts';
import { argument, unsupported } from './builtin.ts';
import type { Builtin } from './builtin.ts';
import { convertScalar } from './conversion.ts';
import type { FunctionState } from './function-state.ts';
import { loadHost, storeHost } from './memory-access.ts';
import { VECTOR_SLOT_BYTES } from './program-state.ts';
import { valueKindOf } from './value-type.ts';
import { op } from './wasm-module.ts';
import { elementKind, laneSlots, spill, unspill } from './wide-arithmetic.ts';

function vectorOf(type: QualType): VectorType {
  const vector = resolve(type.type);
  invariant(vector.kind === 'vector', 'lanes are those of a vector');
  return vector;
}

/** `__builtin_shuffle(vector, mask)`, `__builtin_shuffle(first, second, mask)`: masks count modulo the lanes there are. */
export function shuffleByMask(state: FunctionState, expression: Builtin): void {
  const { code } = state;
  const vector = vectorOf(expression.type);
  const vectors = expression.args.slice(0, -1);
  const mask = argument(expression, expression.args.length - 1);
  if (valueKindOf(vector).kind !== 'words') unsupported(expression);
  for (const one of expression.args) state.value(one);
  // The mask lies where the result comes: a lane of it is read before that of the result is written.
  const maskType = vectorOf(mask.type);
  spill(state, maskType, laneSlots.result);
  for (let at = vectors.length - 1; at >= 0; at -= 1) spill(state, vector, laneSlots.left + at * vector.size);
  const [lane, number] = [elementKind(vector), elementKind(maskType)];
  const { size } = vector.element;
  for (let index = 0; index < vector.count; index += 1) {
    const host = laneSlots.result + index * size;
    code.i32Const(0);
    code.i32Const(0);
    loadHost(state, number.access, host);
    if (number.access.type === 'i64') code.emit(op.i32_wrap_i64);
    code.i32Const(vectors.length * vector.count - 1);
    code.emit(op.i32_and);
    code.i32Const(size);
    code.emit(op.i32_mul);
    loadHost(state, lane.access, laneSlots.left);
    storeHost(state, lane.access, host);
  }
  unspill(state, vector, laneSlots.result);
}

/** `__builtin_shufflevector(first, second, numbers...)`; lanes that are left open are those of number zero. */
export function shuffleByNumbers(state: FunctionState, expression: Builtin): void {
  const [first, second] = [argument(expression, 0), argument(expression, 1)];
  const [left, right, result] = [first, second, expression].map(({ type }) => vectorOf(type));
  if (left === undefined || right === undefined || result === undefined) unsupported(expression);
  if (left.size + right.size > 2 * VECTOR_SLOT_BYTES || valueKindOf(result).kind !== 'words')
    unsupported(expression);
  state.value(first);
  state.value(second);
  spill(state, right, laneSlots.left + left.size);
  spill(state, left, laneSlots.left);
  const { access } = elementKind(result);
  expression.args.slice(2).forEach((number, index) => {
    const chosen = Math.max(0, Number(integerConstant(number, state.program.wordBytes) ?? 0n));
    state.code.i32Const(0);
    state.code.i32Const(0);
    loadHost(state, access, laneSlots.left + chosen * result.element.size);
    storeHost(state, access, laneSlots.result + index * result.element.size);
  });
  unspill(state, result, laneSlots.result);
}

/** `__builtin_convertvector(vector, type)` */
export function convertLanes(state: FunctionState, expression: Builtin): void {
  const operand = argument(expression, 0);
  const [from, to] = [vectorOf(operand.type), vectorOf(expression.type)];
  if (valueKindOf(to).kind !== 'words') unsupported(expression);
  state.value(operand);
  spill(state, from, laneSlots.left);
  for (let index = 0; index < from.count; index += 1) {
    state.code.i32Const(0);
    state.code.i32Const(0);
    loadHost(state, elementKind(from).access, laneSlots.left + index * from.element.size);
    convertScalar(state, from.element, to.element);
    storeHost(state, elementKind(to).access, laneSlots.result + index * to.element.size);
  }
  unspill(state, to, laneSlots.result);
}

/** A lane of a vector that is no object: gcc gives it a place, so that the number may be any. */
export function pushLaneOf(state: FunctionState, expression: Builtin): void {
  const [value, index] = [argument(expression, 0), argument(expression, 1)];
  const vector = vectorOf(value.type);
  state.value(value);
  pushNumber(state, index);
  const number = state.temp('i32');
  state.code.localSet(number);
  spill(state, vector, laneSlots.left);
  state.code.localGet(number);
  state.code.i32Const(vector.count - 1);
  state.code.emit(op.i32_and);
  state.code.i32Const(vector.element.size);
  state.code.emit(op.i32_mul);
  loadHost(state, elementKind(vector).access, laneSlots.left);
  state.release('i32', number);
}

function pushNumber(state: FunctionState, index: TypedExpression): void {
  state.value(index);
  if (state.program.pointer === 'i64') state.code.emit(op.i32_wrap_i64);
}
