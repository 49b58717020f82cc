/**
 * What lies at an address that is called or returned to: a function of the program, one of libc's, a trampoline of a nested
 * function, or nothing that runs.
 */
import { TWO_TO_32, highHalf, lowHalf } from '../../base/address.ts';
import type { Address } from '../../base/address.ts';
import type {
  CompiledFunction,
  CompiledProgram,
  ExternalFunction,
  WasmType,
} from '../codegen/compiled-program.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { decodeTrampoline } from '../target/trampoline.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { RunningModule } from './running-module.ts';

/** The code of one process by its run-time addresses. */
export class CodeAddresses {
  readonly #program: CompiledProgram;
  readonly #memory: ProcessMemory;
  readonly #loadBias: number;
  readonly #running: RunningModule;
  readonly #functions = new Map<number, CompiledFunction>();
  /** Functions of libc that the program imports. */
  readonly #externals = new Map<number, ExternalFunction>();

  constructor(program: CompiledProgram, memory: ProcessMemory, loadBias: number, running: RunningModule) {
    this.#program = program;
    this.#memory = memory;
    this.#loadBias = loadBias;
    this.#running = running;
    for (const fn of program.functions) this.#functions.set(loadBias + fn.addr, fn);
  }

  /** The function of the program that begins at an address. */
  programFunctionAt(addr: number): CompiledFunction | undefined {
    return this.#functions.get(addr);
  }

  /** The function of libc at an address, if the program names it. */
  externalAt(addr: number): ExternalFunction | undefined {
    return this.#externals.get(addr);
  }

  /** Whether the caller that a return address leads to goes on rightly with another frame pointer. */
  followsFrame(returnAddress: number): boolean {
    const link = returnAddress - this.#loadBias;
    return this.#program.callSites.some((site) => site.returnAddress === link && site.followsFrame);
  }

  addExternal(addr: number, external: ExternalFunction): void {
    this.#externals.set(addr, external);
  }

  /** The function at an address, to be called with words. */
  functionAt(called: number): (...args: readonly (number | bigint)[]) => unknown {
    const isKnown = this.#functions.has(called) || this.#externals.has(called);
    const target = isKnown ? called : this.#throughTrampoline(lowHalf(called), highHalf(called));
    const callback = this.#running.tableFunction(this.tableIndexOf(lowHalf(target), highHalf(target)));
    const fn = this.#functions.get(target);
    const parameters =
      fn === undefined
        ? this.#externals.get(target)?.parameters
        : this.#program.signatures[fn.signature]?.parameters;
    return (...args) => {
      if (args.length < callback.length)
        throw new NotModelled('a callback that takes more arguments than libc gives it');
      return callback(
        ...args.slice(0, callback.length).map((value, i) => wasmArgument(value, parameters?.[i] ?? 'i64')),
      );
    };
  }

  /** Table index of the function at a code address; a jump to anything else is the fault that it would be. */
  tableIndexOf(low: number, high: number, signature?: number): number {
    const addr = (low >>> 0) + (high >>> 0) * TWO_TO_32;
    const fn = this.#functions.get(addr);
    if (fn === undefined) {
      const external = this.#externals.get(addr);
      if (external !== undefined) return external.tableIndex;
      const target = this.#throughTrampoline(low, high);
      return this.tableIndexOf(lowHalf(target), highHalf(target), signature);
    }
    if (signature !== undefined && fn.signature !== signature) {
      const adapter = fn.adapters.get(signature);
      if (adapter !== undefined) return adapter;
      throw new NotModelled(`calling ${fn.name} through a pointer of another function type`);
    }
    return fn.tableIndex;
  }

  /** Executes the trampoline of a nested function at an address; gives the address of the function. */
  #throughTrampoline(low: number, high: number): number {
    const addr = (low >>> 0) + (high >>> 0) * TWO_TO_32;
    this.#memory.fetchInstruction(low, high);
    const read = (length: number): Uint8Array => this.#memory.readBytes(addr as Address, length);
    const found = decodeTrampoline(this.#program.target, addr, read);
    if (found === undefined) throw this.wildJump(low, high);
    this.#running.global('static_chain').value = BigInt(found.chain);
    return found.function;
  }

  /** A function returns to a place that its caller did not put there. */
  returnFault(low: number, high: number): Error {
    const addr = (low >>> 0) + (high >>> 0) * TWO_TO_32;
    const isCode = this.#program.functions.some((fn) => {
      const start = this.#loadBias + fn.addr;
      return addr >= start && addr < start + fn.size;
    });
    return isCode ? new NotModelled('returning to another place in the program') : this.wildJump(low, high);
  }

  /** Throws the fault of a jump to an address where no function begins; code there is not modelled. */
  wildJump(low: number, high: number): NotModelled {
    this.#memory.fetchInstruction(low, high);
    return new NotModelled(`machine code at 0x${((low >>> 0) + (high >>> 0) * TWO_TO_32).toString(16)}`);
  }
}

/** An integer as a parameter of this type takes it. */
function wasmArgument(value: number | bigint, type: WasmType): number | bigint {
  switch (type) {
    case 'i64':
      return BigInt.asIntN(64, BigInt(value));
    case 'i32':
      return Number(BigInt.asIntN(32, BigInt(value)));
    case 'f32':
    case 'f64':
    case 'v128':
      throw new NotModelled('a callback of libc that takes a floating argument');
  }
}
