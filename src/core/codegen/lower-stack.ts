/** Bytes of the stack that are taken while a function runs: alloca and arrays of variable length. */
import { pushStackPointer } from './call.ts';
import type { FunctionState } from './function-state.ts';
import { withStackMove } from './observation.ts';
import { noteStackLevel } from './shared-frame.ts';
import { op } from './wasm-module.ts';

/** Bytes to which the stack pointer stays aligned. */
const stackAlignment = 16;

/**
 * Lowers the stack pointer by a size that is rounded up to 16, with room for the alignment where that is larger than a word's;
 * leaves the address of the bytes on the wasm stack.
 *
 * @param pushSize - pushes the number of bytes, of the type of pointers
 * @param alignment - of the bytes, a power of two
 * @source gcc/explow.cc: get_dynamic_stack_size, allocate_dynamic_stack_space
 */
export function lowerStack(state: FunctionState, pushSize: () => void, alignment: number): void {
  const { code, program } = state;
  const { sp } = program.globals;
  const extra = Math.max(0, alignment - program.wordBytes);
  withStackMove(state, () => {
    code.globalGet(sp);
    pushSize();
    if (program.pointer === 'i32') code.emit(op.i64_extend_i32_u);
    code.i64Const(extra + stackAlignment - 1);
    code.emit(op.i64_add);
    code.i64Const(-stackAlignment);
    code.emit(op.i64_and);
    code.emit(op.i64_sub);
    code.globalSet(sp);
  });
  noteStackLevel(state);
  if (alignment <= stackAlignment) {
    pushStackPointer(state);
    return;
  }
  code.globalGet(sp);
  code.i64Const(alignment - 1);
  code.emit(op.i64_add);
  code.i64Const(-alignment);
  code.emit(op.i64_and);
  if (program.pointer === 'i32') code.emit(op.i32_wrap_i64);
}
