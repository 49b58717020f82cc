/** Passes over a module whose functions are all defined: what they see, what they give. */
import type { WasmType } from './compiled-program.ts';
import type { HintedBranch, WasmSignature } from './wasm-module.ts';

/** A function with a body, as a pass over the module sees it. */
export interface FunctionBody {
  /** Function index. */
  readonly index: number;
  readonly signature: WasmSignature;
  /** Types of the locals after the parameters. */
  readonly locals: readonly WasmType[];
  /** Without the final `end`. */
  readonly body: Uint8Array;
  readonly hints: readonly HintedBranch[];
}

/** The types of what instructions name by index. */
export interface ModuleTypes {
  readonly signatures: readonly WasmSignature[];
  functionSignature(functionIndex: number): WasmSignature;
  globalType(globalIndex: number): WasmType;
  /** Name of an imported function; undefined for one of the module. */
  importName(functionIndex: number): string | undefined;
}

/** Gives the functions that are to be other than they were. */
export type ModulePass = (functions: readonly FunctionBody[], types: ModuleTypes) => readonly FunctionBody[];
