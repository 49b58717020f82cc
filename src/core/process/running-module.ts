/**
 * The instance of a program's module: its globals, which are the registers of the simulated processor, and its functions.
 */
import { invariant } from '../../base/assert.ts';
import { importedSignature, passesExtended, wrapImport } from '../codegen/extended-imports.ts';
import { WasmModule } from '../codegen/wasm-module.ts';
import type { WasmSignature } from '../codegen/wasm-module.ts';

/** A function of the module; words of 64 bits are `bigint`. */
export type ExportedFunction = (...args: (number | bigint)[]) => unknown;

/** A module and, from the moment its imports are known, its one instance. */
export class RunningModule {
  #exports: WebAssembly.Exports = {};

  /** Makes the instance; what it imports may ask for its globals from then on. */
  instantiate(
    module: WebAssembly.Module,
    env: Record<string, WebAssembly.ImportValue>,
  ): WebAssembly.Instance {
    const instance = new WebAssembly.Instance(module, { env });
    this.#exports = instance.exports;
    return instance;
  }

  global(name: string): WebAssembly.Global {
    const exported = this.#exports[name];
    invariant(exported instanceof WebAssembly.Global, `the module exports the global ${name}`);
    return exported;
  }

  /** rsp, which code moves in its prologues only, or rbp of the innermost frame. */
  register(name: 'sp' | 'fp'): number {
    return Number(this.global(name).value);
  }

  /** Index into the program's positions, -1 outside of its code. */
  get position(): number {
    return Number(this.global('position').value);
  }

  /** Calls an exported function with as many of the arguments as it takes. */
  call(name: string, args: readonly (number | bigint)[]): number | bigint | undefined {
    const exported = this.#exports[name];
    invariant(typeof exported === 'function', `the module exports ${name}`);
    const call = exported as ExportedFunction;
    return call(...args.slice(0, call.length)) as number | bigint | undefined;
  }

  /** The function at an index of the table that indirect calls go through. */
  tableFunction(index: number): ExportedFunction {
    return this.#table.get(index) as ExportedFunction;
  }

  /**
   * Puts a function of the host into the table, as one of this type.
   *
   * @returns its table index
   */
  addHostFunction(fn: ExportedFunction, signature: WasmSignature, memory: WebAssembly.Memory): number {
    const module = new WasmModule('env');
    module.importMemory();
    const imported = module.importFunction('host', importedSignature(signature));
    const index = passesExtended(signature) ? wrapImport(module, 'host', signature, imported) : imported;
    module.addExport('host', 'function', index);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(module.finish())), {
      env: { memory, host: fn },
    });
    const table = this.#table;
    const at = table.grow(1);
    table.set(at, exports.host);
    return at;
  }

  get #table(): WebAssembly.Table {
    const { table } = this.#exports;
    invariant(table instanceof WebAssembly.Table, 'the module exports its table');
    return table;
  }
}
