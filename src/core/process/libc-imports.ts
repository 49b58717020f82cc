/**
 * The functions of libc that a program's module imports.
 */
import type { CompiledProgram, ExternalFunction } from '../codegen/compiled-program.ts';
import type { LibcContext } from '../libc/libc-context.ts';
import { libcFunction } from '../libc/libc.ts';
import type { Malloc } from '../malloc/malloc.ts';
import { MemoryFault } from '../mm/kernel.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { unsupportedFunctionText } from '../text/process-texts.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { Tracer } from '../trace/trace-event.ts';
import { highHalf, lowHalf } from '../../base/address.ts';
import { CallLog } from './call-log.ts';
import type { CodeAddresses } from './code-addresses.ts';
import type { GlobalOffsetTable } from './global-offset-table.ts';
import { makeHeapFastPath } from './heap-fast-path.ts';
import type { BoundWord, HeapFastPath } from './heap-fast-path.ts';
import { bindFunction } from './libc-binding.ts';
import type { MachineObserver } from './machine-observer.ts';
import { libcCodePages, libmCodePages } from './library-code-pages.ts';
import type { LibcSymbols } from './libc-symbols.ts';
import type { SignalDelivery } from './signal-delivery.ts';
import type { ThreadSwitch } from './thread-switch.ts';
import type { Threads } from './threads/threads.ts';
import { TrapError } from './trap.ts';

/** What the imports need of their machine. */
export interface LibcImportsHost {
  readonly program: CompiledProgram;
  readonly linear: WebAssembly.Memory;
  readonly memory: ProcessMemory;
  readonly malloc: Malloc;
  readonly libc: LibcContext;
  readonly libcBase: number;
  readonly symbols: LibcSymbols;
  readonly code: CodeAddresses;
  readonly threads: Threads;
  readonly delivery: SignalDelivery;
  /** Of a suspendable program. */
  readonly threadSwitch: ThreadSwitch | undefined;
  /** Calls that the tracer has not been told of. */
  readonly calls: CallLog | undefined;
  /** Whether `notePositions` of the heap's functions brings a function that hears of them, too. */
  readonly isHeapObserved: boolean;
  /** The words through which the program calls. */
  readonly table: GlobalOffsetTable;
  /** Calls the program, as libc does. */
  enter(call: () => unknown): unknown;
  /** Hears of calls before they are made. */
  readonly called: MachineObserver['called'];
}

type ImportedFunction = (...values: (number | bigint)[]) => number | bigint | undefined;

/** malloc and free of a program, when nothing but calls of them changes how they are served. */
function plainHeapCalls({
  externals,
  isSuspendable,
  hasSignalStack,
}: CompiledProgram): { readonly malloc: ExternalFunction; readonly free: ExternalFunction } | undefined {
  // Each thread has a cache of its own; pages that become a stack move.
  if (isSuspendable || hasSignalStack) return undefined;
  const named = (name: string): ExternalFunction | undefined => externals.find((one) => one.name === name);
  const [malloc, free] = [named('malloc'), named('free')];
  if (malloc?.parameters.join() !== 'i64' || malloc.result !== 'i64') return undefined;
  if (free?.parameters.join() !== 'i64') return undefined;
  return named('mallopt') === undefined && named('fork') === undefined ? { malloc, free } : undefined;
}

/** The log of calls, for a tracer that takes them together. */
export function callLogOf(
  program: CompiledProgram,
  tracer: Tracer,
  memory: () => ProcessMemory,
): CallLog | undefined {
  const isUsed = tracer.emitCalls !== undefined && plainHeapCalls(program) !== undefined;
  return isUsed ? new CallLog(tracer, memory) : undefined;
}

/** Binds the functions of libc to a program. */
export class LibcImports {
  readonly #host: LibcImportsHost;
  /** Faults inside of libc whose handler has run. */
  readonly #faultsSeen = new WeakSet<MemoryFault>();

  constructor(host: LibcImportsHost) {
    this.#host = host;
  }

  /** Imports of the functions and objects that the program names. */
  imports(): Record<string, WebAssembly.ImportValue> {
    const { program, symbols, code, libcBase } = this.#host;
    const imports: Record<string, WebAssembly.ImportValue> = {};
    for (const external of program.externals) {
      const addr = symbols.addressOf(external.name, libcBase);
      code.addExternal(addr, external, (as) => this.#importOf(as));
      imports[`address:${external.name}`] = BigInt(addr);
      imports[`function:${external.name}`] = this.#throughTable(external, addr, this.#importOf(external));
    }
    for (const name of program.externalObjects)
      imports[`address:${name}`] = BigInt(symbols.addressOf(name, libcBase));
    return imports;
  }

  /** malloc and free by the fast path, where that may serve them. */
  heapImports():
    | {
        readonly imports: Record<string, WebAssembly.ImportValue>;
        readonly notePositions: HeapFastPath['notePositions'];
      }
    | undefined {
    const {
      program,
      libc,
      linear,
      memory,
      malloc: allocator,
      calls: log,
      isHeapObserved: isObserved,
      symbols,
      libcBase,
      table,
    } = this.#host;
    const calls = plainHeapCalls(program);
    if (calls === undefined) return undefined;
    if (log === undefined && libc.tracer.ignoresMalloc !== true) return undefined;
    const addressOf = ({ name }: ExternalFunction): number => symbols.addressOf(name, libcBase);
    const throughTable = (external: ExternalFunction): ImportedFunction =>
      this.#throughTable(external, addressOf(external), this.#importOf(external));
    const wordOf = (external: ExternalFunction): BoundWord | undefined => {
      const slot = table.slotOf(external.name);
      return slot === undefined ? undefined : { slot, addr: addressOf(external) };
    };
    const generalMalloc = throughTable(calls.malloc);
    const generalFree = throughTable(calls.free);
    const fast = makeHeapFastPath({
      linear,
      memory,
      malloc: allocator,
      generalMalloc: (bytes) => BigInt(generalMalloc(bytes) ?? 0),
      generalFree: (mem) => {
        generalFree(mem);
      },
      mallocWord: wordOf(calls.malloc),
      freeWord: wordOf(calls.free),
      isLogged: log !== undefined,
      isObserved,
    });
    if (fast === undefined) return undefined;
    const { malloc, free, notePositions } = fast;
    return { imports: { 'function:malloc': malloc, 'function:free': free }, notePositions };
  }

  /** A function that the program calls through the word of its table: the first call binds it, another word sends calls elsewhere. */
  #throughTable(external: ExternalFunction, addr: number, own: ImportedFunction): ImportedFunction {
    const { table, memory } = this.#host;
    const slot = table.slotOf(external.name);
    if (slot === undefined) return own;
    const unbound = table.unboundOf(external.name);
    const isWide = memory.profile.target === 'x86_64';
    const holds = (value: number): boolean =>
      memory.readU32(slot) === lowHalf(value) && (!isWide || memory.readU32(slot + 4) === highHalf(value));
    return (...values) => {
      if (holds(addr)) return own(...values);
      if (!holds(unbound)) return this.#elsewhere(external, slot, values);
      if (isWide) memory.writeU64(slot, BigInt(addr));
      else memory.writeU32(slot, addr);
      return own(...values);
    };
  }

  /** A call through a word that the program has overwritten. */
  #elsewhere(
    external: ExternalFunction,
    slot: number,
    values: readonly (number | bigint)[],
  ): number | bigint | undefined {
    const { memory, code, calls } = this.#host;
    calls?.drain();
    const isWide = memory.profile.target === 'x86_64';
    const target = isWide ? Number(memory.readU64(slot)) : memory.readU32(slot);
    const fixed = external.isVariadic ? values.slice(0, -1) : values;
    const result = this.#host.enter(() => code.functionAt(target)(...fixed));
    const known = typeof result === 'number' || typeof result === 'bigint' ? result : 0;
    if (external.result === undefined) return undefined;
    if (external.result === 'i64') return BigInt(known);
    if (external.result === 'i32') return Number(BigInt.asIntN(32, BigInt(known)));
    throw new NotModelled(`the result of what is called for ${external.name}`);
  }

  #importOf(external: ExternalFunction): ImportedFunction {
    const { libc: context, symbols, code, threads, threadSwitch, delivery, calls, called } = this.#host;
    const { name } = external;
    const libc = libcFunction(name);
    if (libc === undefined) {
      return () => {
        if (external.isWeak && !symbols.has(name)) throw code.wildJump(0, 0);
        throw new TrapError({ kind: 'unsupported', text: unsupportedFunctionText(name) });
      };
    }
    const plain = bindFunction(context, external, libc, threads, this.#codePagesOf(name));
    const bound: ImportedFunction =
      threadSwitch === undefined ? plain : (...values) => threadSwitch.inHost(name, () => plain(...values));
    return (...values) => {
      calls?.drain();
      called?.(name, values);
      // Without a handler a fault goes up as it is.
      if (!delivery.handlesFaults) return bound(...values);
      return this.#inLibc(name, () => bound(...values));
    };
  }

  /** A fault inside of libc: its handler runs; what libc was doing cannot be taken up again. */
  #inLibc<Result>(name: string, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (error instanceof MemoryFault && !this.#faultsSeen.has(error)) {
        this.#faultsSeen.add(error);
        if (this.#host.delivery.fault(error))
          throw new NotModelled(`coming back from the handler of a fault inside of ${name}`);
      }
      throw error;
    }
  }

  /** Addresses of the pages of libc and libm that the first call of one of their functions touches. */
  #codePagesOf(name: string): readonly number[] {
    const { memory, libcBase, symbols } = this.#host;
    const { libraries, target } = memory.profile;
    const libmBase = symbols.libmBase(libcBase);
    const inLibc = libcCodePages(libraries.release, target, name).map((offset) => libcBase + offset);
    if (libmBase === undefined) return inLibc;
    return [...inLibc, ...libmCodePages(libraries.release, target, name).map((offset) => libmBase + offset)];
  }
}
