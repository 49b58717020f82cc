/** What a function that a module carries with it is made from; see runtime-helpers.ts. */
import type { WasmType } from './compiled-program.ts';
import type { RuntimeGlobals, RuntimeImports } from './program-state.ts';
import type { CodeWriter, WasmModule, WasmSignature } from './wasm-module.ts';

/** What the helpers are made from. */
export interface HelperContext {
  readonly module: WasmModule;
  readonly pointer: 'i32' | 'i64';
  readonly imports: RuntimeImports;
  readonly globals: RuntimeGlobals;
  /** Function index of another helper, which is made when it is first asked for. */
  readonly helper: (name: string) => number;
}

/** One helper: its type, its locals after the parameters, its code. */
export interface Helper {
  readonly signature: WasmSignature;
  readonly locals: readonly WasmType[];
  readonly write: (code: CodeWriter) => void;
}
