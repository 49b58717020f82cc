/**
 * Values in registers as a function of another type finds them: the low half of a wider register, a narrow one with
 * zeros above it, nothing that was put there.
 */
import type { WasmType } from './compiled-program.ts';
import { CodeWriter, op } from './wasm-module.ts';
import type { WasmModule, WasmSignature } from './wasm-module.ts';

/** Pushes what stands for a register that nobody has written. */
export function pushNothing(code: CodeWriter, type: WasmType): void {
  switch (type) {
    case 'i32':
      code.i32Const(0);
      return;
    case 'i64':
      code.i64Const(0);
      return;
    case 'f32':
      code.f32Const(0);
      return;
    case 'f64':
      code.f64Const(0);
      return;
    case 'v128':
      code.v128Const(0n, 0n);
      return;
  }
}

/** Whether a value travels in a vector register. */
export function isVector(type: WasmType): boolean {
  return type === 'f32' || type === 'f64';
}

/** Replaces the value on the stack by what its register holds for the other type of the same kind. */
export function reinterpretRegister(code: CodeWriter, from: WasmType, to: WasmType): void {
  if (from === to) return;
  if (from === 'i64' && to === 'i32') code.emit(op.i32_wrap_i64);
  else if (from === 'i32' && to === 'i64') code.emit(op.i64_extend_i32_u);
  else if (from === 'f64' && to === 'f32') {
    code.emit(op.i64_reinterpret_f64);
    code.emit(op.i32_wrap_i64);
    code.emit(op.f32_reinterpret_i32);
  } else if (from === 'f32' && to === 'f64') {
    code.emit(op.i32_reinterpret_f32);
    code.emit(op.i64_extend_i32_u);
    code.emit(op.f64_reinterpret_i64);
  }
}

/**
 * Makes a function that is called as one type and calls a function of another, as a call through a pointer of the wrong
 * type does on x86-64: arguments of each kind are found in the order of their registers.
 *
 * @returns its function index
 */
export function makeAdapter(
  module: WasmModule,
  called: WasmSignature,
  callee: { readonly name: string; readonly functionIndex: number; readonly signature: WasmSignature },
): number {
  const index = module.declareFunction(`${callee.name}:adapter`, called);
  const code = new CodeWriter(64);
  const registers = called.parameters.map((type, local) => ({ type, local }));
  const general = registers.filter((one) => !isVector(one.type));
  const vectors = registers.filter((one) => isVector(one.type));
  for (const type of callee.signature.parameters) {
    const register = (isVector(type) ? vectors : general).shift();
    if (register === undefined) pushNothing(code, type);
    else {
      code.localGet(register.local);
      reinterpretRegister(code, register.type, type);
    }
  }
  code.call(callee.functionIndex);
  const { result } = callee.signature;
  if (result !== undefined && called.result !== undefined && isVector(result) === isVector(called.result)) {
    reinterpretRegister(code, result, called.result);
  } else {
    if (result !== undefined) code.emit(op.drop);
    if (called.result !== undefined) pushNothing(code, called.result);
  }
  module.defineFunction(index, [], code);
  return index;
}
