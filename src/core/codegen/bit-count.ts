/** Built-in functions on bits and bytes of integers that take more than one instruction. */
import type { TypedExpression } from '../sema/typed-tree.ts';
import type { FunctionState } from './function-state.ts';
import { op } from './wasm-module.ts';

/** One more than the number of the lowest set bit, 0 for 0. */
export function findFirstSet(state: FunctionState, operand: TypedExpression, isWide: boolean): void {
  const { code } = state;
  const type = isWide ? 'i64' : 'i32';
  const kept = state.temp(type);
  state.value(operand);
  code.localTee(kept);
  code.emit(isWide ? op.i64_eqz : op.i32_eqz);
  code.open(op.if, 'i32');
  code.i32Const(0);
  code.else();
  code.localGet(kept);
  if (isWide) {
    code.emit(op.i64_ctz);
    code.emit(op.i32_wrap_i64);
  } else code.emit(op.i32_ctz);
  code.i32Const(1);
  code.emit(op.i32_add);
  code.close();
  state.release(type, kept);
}

/** clz(x ^ (x >> all)) - 1 */
export function redundantSignBits(state: FunctionState, operand: TypedExpression, isWide: boolean): void {
  const { code } = state;
  const type = isWide ? 'i64' : 'i32';
  const kept = state.temp(type);
  state.value(operand);
  code.localTee(kept);
  code.localGet(kept);
  if (isWide) {
    code.i64Const(63);
    code.emit(op.i64_shr_s);
    code.emit(op.i64_xor);
    code.emit(op.i64_clz);
    code.emit(op.i32_wrap_i64);
  } else {
    code.i32Const(31);
    code.emit(op.i32_shr_s);
    code.emit(op.i32_xor);
    code.emit(op.i32_clz);
  }
  code.i32Const(1);
  code.emit(op.i32_sub);
  state.release(type, kept);
}

/** Pushes the operand with its two bytes exchanged. */
export function swapBytes16(state: FunctionState, operand: TypedExpression): void {
  const { code } = state;
  const kept = state.temp('i32');
  state.value(operand);
  code.localTee(kept);
  code.i32Const(8);
  code.emit(op.i32_shl);
  code.i32Const(0xff00);
  code.emit(op.i32_and);
  code.localGet(kept);
  code.i32Const(8);
  code.emit(op.i32_shr_u);
  code.i32Const(0xff);
  code.emit(op.i32_and);
  code.emit(op.i32_or);
  state.release('i32', kept);
}

/** Swaps the bytes of the i32 on the stack. */
export function swapBytes32(state: FunctionState): void {
  const { code } = state;
  const kept = state.temp('i32');
  code.localTee(kept);
  code.i32Const(8);
  code.emit(op.i32_rotl);
  code.i32Const(0x00ff00ff);
  code.emit(op.i32_and);
  code.localGet(kept);
  code.i32Const(8);
  code.emit(op.i32_rotr);
  code.i32Const(0xff00ff00 | 0);
  code.emit(op.i32_and);
  code.emit(op.i32_or);
  state.release('i32', kept);
}

/** Pushes the operand with its eight bytes in the other order. */
export function swapBytes64(state: FunctionState, operand: TypedExpression): void {
  const { code } = state;
  const kept = state.temp('i64');
  state.value(operand);
  code.localTee(kept);
  code.emit(op.i32_wrap_i64);
  swapBytes32(state);
  code.emit(op.i64_extend_i32_u);
  code.i64Const(32);
  code.emit(op.i64_shl);
  code.localGet(kept);
  code.i64Const(32);
  code.emit(op.i64_shr_u);
  code.emit(op.i32_wrap_i64);
  swapBytes32(state);
  code.emit(op.i64_extend_i32_u);
  code.emit(op.i64_or);
  state.release('i64', kept);
}
