/**
 * Variable length arrays (C17 6.7.6.2): their sizes are computed when the declaration is reached and kept in wasm
 * locals; their bytes are cut from the stack as gcc -O0 does: rsp -= size rounded up to 16.
 */
import { resolve, sizeOf } from '../sema/type-relations.ts';
import type { ArrayType, CType } from '../sema/type.ts';
import type { FunctionState } from './function-state.ts';
import { op } from './wasm-module.ts';

/** The outermost array of variable size in a type: the type itself or the elements of it. */
export function variableSizeOf(type: CType): ArrayType | undefined {
  const resolved = resolve(type);
  if (resolved.kind !== 'array') return undefined;
  if (resolved.count === 'variable') return resolved;
  return variableSizeOf(resolved.element.type) === undefined ? undefined : resolved;
}

/** Pushes the size of a type in bytes as a pointer-sized number. */
export function pushVariableSize(state: FunctionState, type: CType): void {
  const array = variableSizeOf(type);
  if (array === undefined) {
    state.pointerConst(sizeOf(type) ?? 1);
    return;
  }
  const known = state.variableSizes.get(array);
  if (known !== undefined) {
    state.code.localGet(known);
    return;
  }
  pushVariableSize(state, array.element.type);
  if (array.sizeExpression !== undefined) state.value(array.sizeExpression);
  else state.pointerConst(typeof array.count === 'number' ? array.count : 0);
  state.code.emit(state.program.pointer === 'i64' ? op.i64_mul : op.i32_mul);
}

/** Evaluates the sizes in a type, now, innermost first, and remembers them. */
export function evaluateSizes(state: FunctionState, type: CType): void {
  const resolved = resolve(type);
  if (resolved.kind === 'pointer') {
    evaluateSizes(state, resolved.target.type);
    return;
  }
  if (resolved.kind !== 'array') return;
  evaluateSizes(state, resolved.element.type);
  const array = variableSizeOf(resolved);
  if (array === undefined) return;
  const local = state.variableSizes.get(array) ?? state.local(state.program.pointer);
  state.variableSizes.delete(array);
  pushVariableSize(state, array);
  state.code.localSet(local);
  state.variableSizes.set(array, local);
}
