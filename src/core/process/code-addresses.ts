/**
 * What lies at an address that is called or returned to: a function of the program, one of libc's, a trampoline of a nested
 * function, or nothing that runs.
 */
import { invariant } from '../../base/assert.ts';
import { TWO_TO_32, highHalf, lowHalf } from '../../base/address.ts';
import type { Address } from '../../base/address.ts';
import { VARIADIC_CALL } from '../codegen/compiled-program.ts';
import type {
  CompiledFunction,
  CompiledProgram,
  ExternalFunction,
  WasmType,
} from '../codegen/compiled-program.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { decodeTrampoline } from '../target/trampoline.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { ExportedFunction, RunningModule } from './running-module.ts';

/** Makes the function of libc that an external function is, called with the types that are given. */
export type ExternalMaker = (external: ExternalFunction) => ExportedFunction;

interface KnownExternal {
  readonly external: ExternalFunction;
  readonly make: ExternalMaker | undefined;
  /** Table indices for calls through pointers of other types, by what `indirect` gets. */
  readonly adapters: Map<number, number>;
}

/** The code of one process by its run-time addresses. */
export class CodeAddresses {
  readonly #program: CompiledProgram;
  readonly #memory: ProcessMemory;
  readonly #loadBias: number;
  readonly #running: RunningModule;
  readonly #linear: WebAssembly.Memory;
  readonly #functions = new Map<number, CompiledFunction>();
  /** Functions of libc that the program imports. */
  readonly #externals = new Map<number, KnownExternal>();

  constructor(
    program: CompiledProgram,
    memory: ProcessMemory,
    loadBias: number,
    running: RunningModule,
    linear: WebAssembly.Memory,
  ) {
    this.#linear = linear;
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
    return this.#externals.get(addr)?.external;
  }

  /** Whether the caller that a return address leads to goes on rightly with another frame pointer. */
  followsFrame(returnAddress: number): boolean {
    const link = returnAddress - this.#loadBias;
    return this.#program.callSites.some((site) => site.returnAddress === link && site.followsFrame);
  }

  addExternal(addr: number, external: ExternalFunction, make?: ExternalMaker): void {
    this.#externals.set(addr, { external, make, adapters: new Map() });
  }

  /** The function at an address, to be called with words. */
  functionAt(called: number): (...args: readonly (number | bigint)[]) => unknown {
    const isKnown = this.#functions.has(called) || this.#externals.has(called);
    const target = isKnown ? called : this.#throughTrampoline(lowHalf(called), highHalf(called));
    const { callback, parameters } = this.#callbackAt(target);
    const { length } = parameters;
    return (...args) => {
      if (args.length < length)
        throw new NotModelled('a callback that takes more arguments than libc gives it');
      return callback(
        ...args.slice(0, length).map((value, i) => wasmArgument(value, parameters[i] ?? 'i64')),
      );
    };
  }

  /** What runs at an address, and what it takes; one of libc without a prototype takes what its calls show, and no list. */
  #callbackAt(target: number): {
    readonly callback: ExportedFunction;
    readonly parameters: readonly WasmType[];
  } {
    const { external, make } = this.#externals.get(target) ?? {};
    if (external?.listsAll === true && make !== undefined) {
      const { listsAll, ...plain } = external;
      const parameters = external.parameters.slice(0, -1);
      return { callback: make({ ...plain, isVariadic: !listsAll, parameters }), parameters };
    }
    const fn = this.#functions.get(target);
    const known = fn === undefined ? external : this.#program.signatures[fn.signature];
    const callback = this.#running.tableFunction(this.tableIndexOf(lowHalf(target), highHalf(target)));
    return { callback, parameters: known?.parameters ?? [] };
  }

  /** Table index of the function at a code address; a jump to anything else is the fault that it would be. */
  tableIndexOf(low: number, high: number, signature?: number): number {
    const addr = (low >>> 0) + (high >>> 0) * TWO_TO_32;
    const fn = this.#functions.get(addr);
    if (fn === undefined) {
      const external = this.#externals.get(addr);
      if (external !== undefined) return this.#indexAs(external, signature);
      const target = this.#throughTrampoline(low, high);
      return this.tableIndexOf(lowHalf(target), highHalf(target), signature);
    }
    if (signature !== undefined && !isCalledAsItIs(fn, signature)) {
      const adapter = fn.adapters.get(signature);
      if (adapter !== undefined) return adapter;
      throw new NotModelled(`calling ${fn.name} through a pointer of another function type`);
    }
    return fn.tableIndex;
  }

  /** Table index of a function of libc for a call through a pointer of this type: it takes from the arguments what it knows. */
  #indexAs({ external, make, adapters }: KnownExternal, signature = external.signature): number {
    if (make === undefined || signature === undefined || signature === external.signature)
      return external.tableIndex;
    const known = adapters.get(signature);
    if (known !== undefined) return known;
    const isVariadic = signature >= VARIADIC_CALL;
    const called = this.#program.signatures[isVariadic ? signature - VARIADIC_CALL : signature];
    invariant(called !== undefined, 'an indirect call has a type');
    const { name, isWeak, tableIndex } = external;
    const fn = make({ name, isWeak, tableIndex, signature, isVariadic, ...called });
    const index = this.#running.addHostFunction(fn, called, this.#linear);
    adapters.set(signature, index);
    return index;
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

/** Whether a call of that type is one of the function's own type. */
function isCalledAsItIs({ signature, isVariadic }: CompiledFunction, called: number): boolean {
  if (isVariadic === undefined) return (called & ~VARIADIC_CALL) === signature;
  return called === (isVariadic ? signature | VARIADIC_CALL : signature);
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
