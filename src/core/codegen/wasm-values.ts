/** Loads and stores of values of any type, whole. */
import type { WasmType } from './compiled-program.ts';
import { op, simd } from './wasm-module.ts';
import type { CodeWriter } from './wasm-module.ts';

const stores = { i32: op.i32_store, i64: op.i64_store, f32: op.f32_store, f64: op.f64_store } as const;
const loads = { i32: op.i32_load, i64: op.i64_load, f32: op.f32_load, f64: op.f64_load } as const;

/** Stores the value on the stack at the host address below it plus an offset. */
export function storeValue(code: CodeWriter, type: WasmType, offset: number): void {
  if (type === 'v128') code.simdMemory(simd.v128_store, offset);
  else code.memory(stores[type], offset);
}

/** Loads from the host address on the stack plus an offset. */
export function loadValue(code: CodeWriter, type: WasmType, offset: number): void {
  if (type === 'v128') code.simdMemory(simd.v128_load, offset);
  else code.memory(loads[type], offset);
}
