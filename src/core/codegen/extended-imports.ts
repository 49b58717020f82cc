/**
 * Functions of libc that take or give `long double`: no host function takes a vector, so such a number goes through
 * {@link EXTENDED_AREA}. A function of the module stands for the import: it puts each number into a slot, passes the address of
 * the slot, and takes the result out of the first one.
 */
import { EXTENDED_AREA } from '../target/tlb-layout.ts';
import type { WasmType } from './compiled-program.ts';
import { CodeWriter, simd } from './wasm-module.ts';
import type { WasmModule, WasmSignature } from './wasm-module.ts';

/** Whether a function takes or gives `long double`. */
export const passesExtended = ({ parameters, result }: WasmSignature): boolean =>
  result === 'v128' || parameters.includes('v128');

/** The types of the import of such a function; those of every other function as they are. */
export function importedSignature(signature: WasmSignature): WasmSignature {
  if (!passesExtended(signature)) return signature;
  const { parameters, result } = signature;
  const lowered = (type: WasmType): WasmType => (type === 'v128' ? 'i32' : type);
  return { parameters: parameters.map(lowered), result: result === 'v128' ? undefined : result };
}

/** Makes the function that stands for an import. @returns its function index */
export function wrapImport(
  module: WasmModule,
  name: string,
  signature: WasmSignature,
  imported: number,
): number {
  const code = new CodeWriter(64);
  let slot = EXTENDED_AREA;
  signature.parameters.forEach((type, local) => {
    if (type !== 'v128') {
      code.localGet(local);
      return;
    }
    code.i32Const(slot);
    code.localGet(local);
    code.simdMemory(simd.v128_store, 0);
    code.i32Const(slot);
    slot += 16;
  });
  code.call(imported);
  if (signature.result === 'v128') {
    code.i32Const(EXTENDED_AREA);
    code.simdMemory(simd.v128_load, 0);
  }
  const index = module.declareFunction(`${name}:extended`, signature);
  module.defineFunction(index, [], code);
  return index;
}
