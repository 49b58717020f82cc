/**
 * Compiles C text and runs it over a flat memory, to test generated code alone: no address space, no faults beyond
 * "not mapped", a handful of library functions.
 */
import { PAGE_SIZE, roundDown, toAddress } from '../../src/base/address.ts';
import { generate } from '../../src/core/codegen/generate.ts';
import type { CodegenInputs, CompiledProgram, WasmType } from '../../src/core/codegen/compiled-program.ts';
import { layoutFrame } from '../../src/core/image/frame.ts';
import { linkProgram } from '../../src/core/image/link.ts';
import type { LinkedProgram } from '../../src/core/image/link.ts';
import { FloatEnvironment } from '../../src/core/libc/float-environment.ts';
import { formatPrintf } from '../../src/core/libc/printf.ts';
import { HostVariadic } from '../../src/core/libc/variadic.ts';
import { SUSPENDED, SwitchableThread, ThreadSwitch } from '../../src/core/process/thread-switch.ts';
import { extendedArithmetic } from '../../src/core/process/extended-arithmetic.ts';
import { runtimeArithmetic } from '../../src/core/process/runtime-arithmetic.ts';
import { analyze } from '../../src/core/sema/analyzer.ts';
import { placeUnit } from '../../src/core/sema/place-unit.ts';
import { debianDefaults } from '../../src/core/sema/placement.ts';
import type { CompileOptions } from '../../src/core/sema/placement.ts';
import type { TypedUnit } from '../../src/core/sema/typed-tree.ts';
import { parse } from '../../src/core/syntax/parser.ts';
import { preprocess } from '../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../src/core/target/data-model.ts';
import {
  FIRST_FRAME,
  emptyTag,
  READ_TLB,
  SCRATCH,
  TLB_ENTRIES,
  TLB_OFFSET_MASK,
  WRITE_TLB,
} from '../../src/core/target/tlb-layout.ts';

/** A compiled program with everything that led to it. */
export interface Compilation {
  readonly units: readonly TypedUnit[];
  readonly linked: LinkedProgram;
  readonly program: CompiledProgram;
  readonly errors: readonly string[];
}

/** Where the tests load PIE programs. */
export const LOAD_BIAS = 0x555555554000;

/** Compiles files to a module. */
export function compile(
  sources: readonly string[],
  changes: Partial<CompileOptions> = {},
  inputs: Omit<CodegenInputs, 'loadBias'> = {},
): Compilation {
  const options = { ...debianDefaults, ...changes };
  const errors: string[] = [];
  const units = sources.map((text, index) => {
    const { tokens, diagnostics } = preprocess({ name: `file${index}.c`, text, target: options.target });
    const parsed = parse(tokens);
    const unit = analyze(parsed.unit, { model: dataModelOf(options.target) });
    for (const one of [...diagnostics, ...parsed.diagnostics, ...unit.diagnostics]) {
      if (one.severity === 'error')
        errors.push(`${one.code} at ${one.span.start}: ${JSON.stringify(one.text)}`);
    }
    return unit;
  });
  const linked = linkProgram(
    units.map((unit, index) => ({ name: `file${index}.c`, unit, placements: placeUnit(unit, options) })),
    options,
  );
  const frames = new Map(units.flatMap((unit) => unit.functions).map((fn) => [fn, layoutFrame(fn, options)]));
  const program = generate(units, linked, frames, options, {
    ...inputs,
    loadBias: toAddress(LOAD_BIAS),
  });
  return { units, linked, program, errors };
}

/** How a run ended. */
export interface RunResult {
  readonly stdout: string;
  /** Exit status, or what stopped it. */
  readonly status: number | string;
  readonly compilation: Compilation;
}

class Stop extends Error {
  readonly status: number | string;
  constructor(status: number | string) {
    super(String(status));
    this.status = status;
  }
}

const STACK_TOP = 0x7ffffffff000;
const STACK_BYTES = 8 << 20;
/** Host address = low 32 bits of an address in the stack + this. */
const STACK_ADDEND = (FIRST_FRAME - ((STACK_TOP - STACK_BYTES) % 0x1_0000_0000)) | 0;
const HEAP = 0x555555600000;
const HEAP_BYTES = 64 << 20;
const THREAD_POINTER = HEAP + HEAP_BYTES - 4096;

/** Compiles and runs a program. */
export function runProgram(
  source: string | readonly string[],
  changes: Partial<CompileOptions> = {},
  fuel = 2_000_000_000,
): RunResult {
  const compilation = compile(typeof source === 'string' ? [source] : source, changes);
  if (compilation.errors.length > 0)
    return { stdout: '', status: compilation.errors.join('\n'), compilation };
  const machine = new FlatMachine(compilation);
  const status = machine.run(fuel);
  return { stdout: new TextDecoder().decode(new Uint8Array(machine.output)), status, compilation };
}

/** How a program ended that was suspended again and again. */
export interface SuspendedRun extends RunResult {
  readonly suspensions: number;
}

/**
 * Compiles a program so that its stack can be left, and runs it, leaving it at every `every`-th call of a library
 * function, and at every `every`-th back edge of a loop or entry of a function. Besides, the program has `void spawn(void (*)(int), int)`,
 * `void yield(void)`, `void join_all(void)` and `int call_twice(int (*)(int), int)`: threads take turns whenever one is suspended.
 */
export function runSuspended(
  source: string | Compilation,
  every: number,
  fuel = 2_000_000_000,
): SuspendedRun {
  const compilation = typeof source === 'string' ? compileSuspendable(source) : source;
  if (compilation.errors.length > 0)
    return { stdout: '', status: compilation.errors.join('\n'), compilation, suspensions: 0 };
  const machine = new FlatMachine(compilation);
  const status = machine.runSuspended(fuel, every);
  const stdout = new TextDecoder().decode(new Uint8Array(machine.output));
  return { stdout, status, compilation, suspensions: machine.suspensions };
}

/** Compiles a program for {@link runSuspended}. */
export function compileSuspendable(source: string, changes: Partial<CompileOptions> = {}): Compilation {
  return compile([source], changes, { isSuspendable: true });
}

/** How far a call of `call_twice` is. */
interface TwoCalls {
  calls: number;
  sum: number;
  readonly sp: bigint;
}

type Imported = (...args: (number | bigint)[]) => unknown;

/** Bytes between the stacks of threads, which share the backing of the main stack. */
const THREAD_STACK_BYTES = 1 << 20;

/** A flat memory, its translation tables and a little library. */
class FlatMachine {
  suspensions = 0;
  readonly output: number[] = [];
  readonly #compilation: Compilation;
  readonly #memory = new WebAssembly.Memory({ initial: 1600 });
  readonly #view: DataView;
  readonly u8: Uint8Array;
  readonly #frames = new Map<number, number>();
  #nextFrame = FIRST_FRAME + STACK_BYTES;
  #brk = HEAP;
  #exports: WebAssembly.Exports = {};
  readonly #functionAddresses = new Map<number, number>();

  constructor(compilation: Compilation) {
    this.#compilation = compilation;
    this.#view = new DataView(this.#memory.buffer);
    this.u8 = new Uint8Array(this.#memory.buffer);
    for (let entry = READ_TLB; entry < FIRST_FRAME; entry += 16) {
      this.#view.setBigUint64(entry, BigInt(emptyTag(((entry - READ_TLB) / 16) % TLB_ENTRIES)), true);
    }
    const { image } = compilation.linked;
    const bias = image.link === 'pie' ? LOAD_BIAS : 0;
    for (const segment of image.segments) {
      const start = roundDown(segment.vaddr + bias, PAGE_SIZE);
      for (let page = start; page < segment.vaddr + bias + segment.memSize; page += PAGE_SIZE)
        this.#map(page);
      segment.bytes.forEach((byte, index) => {
        if (byte !== 0) this.u8[this.#host(segment.vaddr + bias + index)] = byte;
      });
    }
    const word = image.target === 'x86_64' ? 8 : 4;
    for (const at of image.relativeRelocations) {
      const host = this.#host(at + bias);
      if (word === 8) this.#view.setBigUint64(host, this.#view.getBigUint64(host, true) + BigInt(bias), true);
      else this.#view.setUint32(host, this.#view.getUint32(host, true) + bias, true);
    }
    const { tls } = image;
    if (tls !== undefined) {
      tls.bytes.forEach((byte, index) => (this.u8[this.#host(THREAD_POINTER - tls.memSize + index)] = byte));
    }
    for (const relocation of image.symbolRelocations) {
      const addr = this.#externalAddress(relocation.name) + relocation.addend;
      this.#view.setBigUint64(this.#host(relocation.addr + bias), BigInt(addr), true);
    }
    for (const fn of compilation.program.functions)
      this.#functionAddresses.set(fn.addr + bias, fn.tableIndex);
    for (const external of compilation.program.externals) {
      this.#functionAddresses.set(this.#externalAddress(external.name), external.tableIndex);
    }
  }

  #externalAddress(name: string): number {
    const index = this.#compilation.program.externals.findIndex((one) => one.name === name);
    return 0x7ffff7c00000 + index * 64;
  }

  #map(page: number): number {
    const known = this.#frames.get(page);
    if (known !== undefined) return known;
    const frame =
      page >= STACK_TOP - STACK_BYTES && page < STACK_TOP
        ? FIRST_FRAME + (page - (STACK_TOP - STACK_BYTES))
        : this.#nextFrame;
    if (frame === this.#nextFrame) this.#nextFrame += PAGE_SIZE;
    this.#frames.set(page, frame);
    return frame;
  }

  /** Host address of a byte; grows the heap and the stack on demand. */
  #host(addr: number): number {
    const page = roundDown(addr, PAGE_SIZE);
    let frame = this.#frames.get(page);
    if (frame === undefined) {
      const isStack = page >= STACK_TOP - STACK_BYTES && page < STACK_TOP;
      if (!isStack && !(page >= HEAP && page < HEAP + HEAP_BYTES))
        throw new Stop(`SIGSEGV at 0x${addr.toString(16)}`);
      frame = this.#map(page);
    }
    return frame + (addr - page);
  }

  #access(low: number, high: number, size: number, table: number): number {
    const addr = (low >>> 0) + (high >>> 0) * 0x1_0000_0000;
    const host = this.#host(addr);
    const isCrossing = roundDown(addr, PAGE_SIZE) !== roundDown(addr + size - 1, PAGE_SIZE);
    if (isCrossing) {
      for (let index = 0; index < size; index++)
        this.u8[SCRATCH + index] = this.u8[this.#host(addr + index)]!;
      return SCRATCH;
    }
    const page = roundDown(addr, PAGE_SIZE);
    const entry = table + ((low >>> 8) & TLB_OFFSET_MASK);
    this.#view.setBigUint64(entry, BigInt(page), true);
    this.#view.setInt32(entry + 8, (host - (low >>> 0)) | 0, true);
    return host;
  }

  #text(addr: number): Uint8Array {
    const bytes: number[] = [];
    for (let at = addr; ; at++) {
      const byte = this.u8[this.#host(at)]!;
      if (byte === 0) return new Uint8Array(bytes);
      bytes.push(byte);
    }
  }

  #write(bytes: Uint8Array): void {
    for (const byte of bytes) this.output.push(byte);
  }

  /** Calls a function of the program by its address. */
  #call = (addr: number, ...args: (number | bigint)[]): number | bigint => {
    const table = this.#exports.table as WebAssembly.Table;
    const fn = table.get(this.#functionAddresses.get(addr)!) as (
      ...args: (number | bigint)[]
    ) => number | bigint;
    const sp = this.#exports.sp as WebAssembly.Global;
    const before = sp.value as bigint;
    sp.value = ((before - 256n) / 16n) * 16n;
    const result = fn(...args);
    sp.value = before;
    return result;
  };

  #library(): Record<string, (...args: (number | bigint)[]) => unknown> {
    const print = (format: number, list: number): number => {
      const memory = { u8: this.u8, readCString: (addr: number) => this.#text(addr) };
      const model = dataModelOf(this.#compilation.program.target);
      const floats = new FloatEnvironment(() => undefined);
      const runPart = (): void => undefined;
      const ctx = { memory, model, floats, runPart } as unknown as Parameters<typeof formatPrintf>[0];
      const args = new HostVariadic(memory as unknown as ConstructorParameters<typeof HostVariadic>[0], list);
      return formatPrintf(ctx, this.#text(format), args, { write: (bytes) => this.#write(bytes) });
    };
    const pointer = (value: number): number | bigint =>
      this.#compilation.program.target === 'x86_64' ? BigInt(value) : value;
    const allocate = (bytes: number): number => {
      const addr = this.#brk;
      this.#brk += Math.ceil((bytes + 24) / 16) * 16;
      this.#host(addr);
      return addr;
    };
    return {
      printf: (format, list) => print(Number(format), Number(list)),
      puts: (text) => {
        this.#write(this.#text(Number(text)));
        this.output.push(10);
        return 1;
      },
      putchar: (byte) => {
        this.output.push(Number(byte) & 255);
        return byte ?? 0;
      },
      malloc: (bytes) => pointer(allocate(Number(bytes))),
      calloc: (count, bytes) => pointer(allocate(Number(count) * Number(bytes))),
      free: () => undefined,
      strlen: (text) => pointer(this.#text(Number(text)).length),
      strcmp: (a, b) => {
        const [x, y] = [this.#text(Number(a)), this.#text(Number(b))];
        for (let index = 0; ; index++) {
          const difference = (x[index] ?? 0) - (y[index] ?? 0);
          if (difference !== 0 || index >= x.length) return difference;
        }
      },
      memset: (to, byte, count) => {
        for (let index = 0; index < Number(count); index++) {
          this.u8[this.#host(Number(to) + index)] = Number(byte);
        }
        return to ?? 0;
      },
      memcpy: (to, from, count) => {
        for (let index = 0; index < Number(count); index++) {
          this.u8[this.#host(Number(to) + index)] = this.u8[this.#host(Number(from) + index)]!;
        }
        return to ?? 0;
      },
      strcpy: (to, from) => {
        [...this.#text(Number(from)), 0].forEach((byte, index) => {
          this.u8[this.#host(Number(to) + index)] = byte;
        });
        return to ?? 0;
      },
      fabs: (value) => Math.abs(Number(value)),
      abs: (value) => Math.abs(Number(value)),
      // There are no signals here.
      sigprocmask: () => 0,
      sqrt: (value) => Math.sqrt(Number(value)),
      abort: () => {
        throw new Stop('SIGABRT');
      },
      __stack_chk_fail: () => {
        throw new Stop('stack smashing');
      },
      exit: (status) => {
        throw new Stop(Number(status) & 255);
      },
      qsort: (base, count, size, compare) => {
        const n = Number(count);
        const bytes = Number(size);
        const start = Number(base);
        const read = (index: number): Uint8Array =>
          Uint8Array.from({ length: bytes }, (_, at) => this.u8[this.#host(start + index * bytes + at)]!);
        // Insertion sort over the memory itself.
        for (let i = 1; i < n; i++) {
          for (let j = i; j > 0; j--) {
            const order = Number(
              this.#call(Number(compare), BigInt(start + (j - 1) * bytes), BigInt(start + j * bytes)),
            );
            if (order <= 0) break;
            const [a, b] = [read(j - 1), read(j)];
            a.forEach((byte, at) => (this.u8[this.#host(start + j * bytes + at)] = byte));
            b.forEach((byte, at) => (this.u8[this.#host(start + (j - 1) * bytes + at)] = byte));
          }
        }
      },
    };
  }

  #environment(): Record<string, WebAssembly.ImportValue> {
    const { program } = this.#compilation;
    const library = this.#library();
    const env: Record<string, WebAssembly.ImportValue> = {
      memory: this.#memory,
      read_slow: (low: number, high: number, size: number) => this.#access(low, high, size, READ_TLB),
      write_slow: (low: number, high: number, size: number) => this.#access(low, high, size, WRITE_TLB),
      write_commit: (low: number, high: number, size: number) => {
        const addr = (low >>> 0) + (high >>> 0) * 0x1_0000_0000;
        for (let index = 0; index < size; index++)
          this.u8[this.#host(addr + index)] = this.u8[SCRATCH + index]!;
      },
      fuel_out: () => {
        throw new Stop('out of fuel');
      },
      divide_error: () => {
        throw new Stop('SIGFPE');
      },
      ...runtimeArithmetic(this.#memory),
      ...extendedArithmetic(this.#memory, new FloatEnvironment(() => undefined)),
      trap: () => {
        throw new Stop('SIGILL');
      },
      unsupported: (index: number) => {
        throw new Stop(`unsupported: ${JSON.stringify(program.unsupported[index]?.reason)}`);
      },
      indirect: (low: number, high: number, signature: number) => {
        const addr = (low >>> 0) + (high >>> 0) * 0x1_0000_0000;
        const index = this.#functionAddresses.get(addr);
        if (index === undefined) throw new Stop(`SIGSEGV at 0x${addr.toString(16)}`);
        const callee = program.functions.find((fn) => fn.tableIndex === index);
        if (callee !== undefined && callee.signature !== signature) {
          const adapter = callee.adapters.get(signature);
          if (adapter === undefined) throw new Stop('call with another type');
          return adapter;
        }
        return index;
      },
      frame_smashed: (_: number, slot: bigint) => {
        throw new Stop(`return by the word at 0x${slot.toString(16)}`);
      },
      frame_moved: (framePointer: bigint) => {
        throw new Stop(`frame at 0x${framePointer.toString(16)}`);
      },
      stack_addend: new WebAssembly.Global({ value: 'i32', mutable: false }, STACK_ADDEND),
      thread_pointer: new WebAssembly.Global(
        { value: program.target === 'x86_64' ? 'i64' : 'i32', mutable: false },
        this.#pointer(THREAD_POINTER),
      ),
    };
    for (const name of program.externalAddresses) {
      env[`address:${name}`] = new WebAssembly.Global(
        { value: 'i64', mutable: false },
        BigInt(this.#externalAddress(name)),
      );
    }
    for (const external of program.externals) {
      env[`function:${external.name}`] =
        library[external.name] ??
        (() => {
          throw new Stop(`no library function ${external.name}`);
        });
    }
    return env;
  }

  #pointer(value: number): number | bigint {
    return this.#compilation.program.target === 'x86_64' ? BigInt(value) : value | 0;
  }

  #instantiate(env: Record<string, WebAssembly.ImportValue>): WebAssembly.Instance {
    const { program } = this.#compilation;
    const instance = new WebAssembly.Instance(new WebAssembly.Module(program.wasm), { env });
    this.#exports = instance.exports;
    return instance;
  }

  /** The function of the program at an address. */
  #entry(addr: number): Imported {
    return (this.#exports.table as WebAssembly.Table).get(this.#functionAddresses.get(addr)!) as Imported;
  }

  #set(name: string, value: bigint): void {
    (this.#exports[name] as WebAssembly.Global).value = value;
  }

  #callMain(): number {
    const { program } = this.#compilation;
    const main = this.#exports['function:main'] as (...args: (number | bigint)[]) => number;
    const parameters =
      program.signatures[program.functions.find((fn) => fn.name === 'main')!.signature]!.parameters;
    return main(...parameters.map((type) => (type === 'i64' ? 0n : 0)));
  }

  #prepare(fuel: number): void {
    const { program } = this.#compilation;
    this.#set('sp', BigInt(program.target === 'x86_64' ? STACK_TOP - 0x1000 : 0xffffd000));
    this.#set('fuel', BigInt(fuel));
    this.#set('return_address', 0x7ffff7df0000n);
  }

  /** Runs main. */
  run(fuel: number): number | string {
    this.#instantiate(this.#environment());
    this.#prepare(fuel);
    return this.#statusOf(() => this.#callMain());
  }

  #statusOf(work: () => number): number | string {
    try {
      return (work() ?? 0) & 255;
    } catch (error) {
      if (error instanceof Stop) return error.status;
      throw error;
    }
  }

  /** Runs main and the threads that it makes, in turn; each is suspended at every so many opportunities. */
  runSuspended(fuel: number, every: number): number | string {
    const { program } = this.#compilation;
    const threadSwitch = new ThreadSwitch(this.#memory, {
      stackAddend: STACK_ADDEND,
      threadPointer: this.#pointer(THREAD_POINTER),
    });
    const threads: SwitchableThread[] = [];
    let opportunities = 0;
    let isResumed = false;
    /** Whether this is the call at which the thread was suspended, made again. */
    const isAgain = (): boolean => {
      const was = isResumed;
      isResumed = false;
      return was;
    };
    const leaves = (): boolean => {
      if (isAgain()) return false;
      opportunities += 1;
      return opportunities % every === 0 && threadSwitch.maySuspend;
    };
    const waits = (isWanted: () => boolean, work: Imported, result: WasmType | undefined): Imported => {
      return (...args) => {
        if (!isWanted()) return work(...args);
        threadSwitch.suspend();
        return result === 'i64' ? 0n : 0;
      };
    };
    const mustWait = (isReady: () => boolean): Imported =>
      waits(
        () => !isReady(),
        () => undefined,
        undefined,
      );
    const env = { ...this.#environment(), ...threadSwitch.imports() };
    let turns = 0;
    env.fuel_out = waits(
      () => !isAgain() && threadSwitch.maySuspend,
      () => {
        turns += every;
        if (turns > fuel) throw new Stop('out of fuel');
        // Loops that are functions look when a multiple of something is left, the others below zero.
        this.#set('fuel', BigInt(turns % 4 === 0 ? every : every - 1));
      },
      undefined,
    );
    const progress = new Map<SwitchableThread, TwoCalls[]>();
    const registerOf = (name: string): bigint => (this.#exports[name] as WebAssembly.Global).value as bigint;
    const own: Record<string, Imported> = {
      spawn: (target, argument) => {
        const entry = this.#entry(Number(target));
        const sp = STACK_TOP - (threads.length + 1) * THREAD_STACK_BYTES;
        const registers = { ...threadSwitch.readRegisters(), sp: BigInt(sp), fp: 0n };
        threads.push(new SwitchableThread(registers, () => entry(argument)));
      },
      yield: mustWait(isAgain),
      // Counts how often it calls; what it has done so far is kept for each thread.
      call_twice: (target, argument) => {
        const thread = threadSwitch.current!;
        const left = progress.get(thread) ?? [];
        progress.set(thread, left);
        const isGoingOn = threadSwitch.state === 'rewinding';
        const kept = (isGoingOn ? left.pop() : undefined) ?? { calls: 0, sum: 0, sp: registerOf('sp') };
        const entry = this.#entry(Number(target));
        while (kept.calls < 2) {
          if (threadSwitch.state === 'running') this.#set('sp', kept.sp - 256n);
          const result = threadSwitch.callResumably(() => entry(argument));
          if (result === SUSPENDED) {
            left.push(kept);
            return 0;
          }
          kept.calls += 1;
          kept.sum += Number(result);
        }
        this.#set('sp', kept.sp);
        return kept.sum;
      },
      join_all: mustWait(() => {
        isAgain();
        return threads.length === 1;
      }),
    };
    for (const { name, result } of program.externals) {
      const known = env[`function:${name}`] as Imported;
      env[`function:${name}`] =
        own[name] ?? waits(leaves, (...args) => threadSwitch.inHost(name, () => known(...args)), result);
    }
    const call = this.#call.bind(this);
    this.#call = (...args) => threadSwitch.callBack(() => call(...args));
    threadSwitch.attach(this.#instantiate(env));
    this.#prepare(every - 1);
    threads.push(new SwitchableThread(threadSwitch.readRegisters(), () => this.#callMain()));
    return this.#statusOf(() => {
      for (let turn = 0; ; turn += 1) {
        const thread = threads[turn % threads.length]!;
        isResumed = !thread.frames.isEmpty;
        const result = threadSwitch.run(thread);
        if (result === SUSPENDED) this.suspensions += 1;
        else if (turn % threads.length === 0) return result as number;
        else threads.splice(turn % threads.length, 1);
      }
    });
  }
}
