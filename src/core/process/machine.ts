/**
 * A process that runs: the compiled program over its memory, malloc and libc, from main() to the end.
 *
 * Nothing here depends on the host: clock, pid, standard input, environment are inputs. So a machine built again from
 * the same inputs does the same, which is what makes stepping back possible.
 */
import { PAGE_SIZE, TWO_TO_32, highHalf, lowHalf, roundUp } from '../../base/address.ts';
import type { Address } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import type {
  CallSite,
  CompiledFunction,
  CompiledProgram,
  ExternalFunction,
} from '../codegen/compiled-program.ts';
import { REGISTER_PAGE, REGISTER_PAGE_HOST } from '../codegen/program-state.ts';
import type { ProgramImage } from '../image/program-image.ts';
import { abortProcess, writeMessage } from '../libc/abort.ts';
import { syscall } from '../libc/libc-context.ts';
import type { LibcContext, LibcObjects, StreamKind } from '../libc/libc-context.ts';
import { libcFunction } from '../libc/libc.ts';
import { asciiBytes } from '../libc/printf.ts';
import { cleanupStreams, initialStreams } from '../libc/file-stream.ts';
import { MallocAbort, MallocHang } from '../malloc/abort.ts';
import { Malloc } from '../malloc/malloc.ts';
import { tunablesOfEnvironment } from '../malloc/tunable-text.ts';
import { MemoryFault, OutOfMemoryKill } from '../mm/kernel.ts';
import { OutOfFrames } from '../mm/physical-memory.ts';
import { ProcessMemory } from '../mm/process-memory.ts';
import { badAccessWhy, outOfMemoryWhy } from '../mm/why.ts';
import { dataModelOf } from '../target/data-model.ts';
import { glibcReleaseOf } from '../target/glibc-release.ts';
import { libcFunctionOffset } from '../target/libc-functions.ts';
import type { MachineProfile } from '../target/machine-profile.ts';
import { sayProcess } from '../text/process-texts.ts';
import type { Text } from '../text/text.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { ProcessEvent, Tracer } from '../trace/trace-event.ts';
import { bindFunction } from './libc-binding.ts';
import { FileSystem } from './file-system.ts';
import type { LoadedProcess } from './loader.ts';
import { loadProgram } from './loader.ts';
import { vmaName } from './proc-maps.ts';
import { runtimeArithmetic } from './runtime-arithmetic.ts';
import { StopRun, TrapError, faultText, signalNumbers } from './trap.ts';
import type { SignalName, Trap } from './trap.ts';

/** What a run is a function of. */
export interface MachineInputs {
  readonly profile: MachineProfile;
  readonly argv: readonly string[];
  readonly envp: readonly string[];
  /** Absolute path of the program, as maps names it. */
  readonly programPath: string;
  readonly stdin: Uint8Array;
  readonly stdinKind: StreamKind;
  readonly stdoutKind: StreamKind;
  readonly pid: number;
  /** Files that the program finds, by absolute path; those of /proc/self are there anyway. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Loop iterations and calls until the run is ended. */
  readonly fuel: number;
}

export interface MachineOptions {
  readonly program: CompiledProgram;
  /** The compiled module of `program.wasm`. */
  readonly module: WebAssembly.Module;
  readonly image: ProgramImage;
  readonly inputs: MachineInputs;
  /** All zero; becomes the machine's physical memory. */
  readonly linear: WebAssembly.Memory;
  readonly tracer: Tracer;
}

/** A frame of the call stack, innermost first. */
export interface CallFrame {
  readonly function: CompiledFunction;
  /** Index into the program's positions. */
  readonly position: number;
  /** rbp */
  readonly base: number;
  readonly returnAddress: number;
}

/** Bytes between mapped libc data that is ours to keep tables in; offset from the load address of libc, in its .bss. */
const scratchOffset = 0x1dd000;
const scratchBytes = 0x2000;

/** Offsets of libc's own objects from its load address. Source: symbol table of Debian's glibc 2.36, x86-64. */
const libcObjectOffsets = {
  stdin: 0x1d3a80,
  stdout: 0x1d4760,
  stderr: 0x1d4680,
  environ: 0x1db320,
} as const;

/** Bytes of libc's stack that a callback runs below of: what qsort and bsearch use, about. */
const libcFrameBytes = 0x100;

/** Where main returns to in libc, from its load address. Measured: Debian's glibc 2.36, x86-64. */
const mainReturnOffset = 0x2724a;

/** ELF program header flag: executable. */
const PF_X = 1;

/** Frames that a walk of the stack shows at most. */
const deepestWalk = 200;

/** The simulated clock at the start of main: 2024-01-01 00:00:00 UTC. */
const clockStart = 1704067200;

type Exported = (...args: (number | bigint)[]) => unknown;

/** One process, from main() to its end. */
export class Machine {
  readonly memory: ProcessMemory;
  readonly malloc: Malloc;
  readonly loaded: LoadedProcess;
  readonly #options: MachineOptions;
  readonly #tracer: Tracer;
  readonly #libc: LibcContext;
  readonly #instance: WebAssembly.Instance;
  readonly #functionByAddress = new Map<number, CompiledFunction>();
  /** Run-time addresses of libc's functions that the program imports. */
  readonly #externalByAddress = new Map<number, ExternalFunction>();
  #stdinAt = 0;
  #nanoseconds = 0;
  readonly #files: FileSystem;

  constructor(options: MachineOptions) {
    const { inputs, image, tracer, program } = options;
    this.#options = options;
    this.#tracer = tracer;
    this.memory = new ProcessMemory({
      linear: options.linear,
      profile: inputs.profile,
      tracer,
      fileOf: (fd) => this.#files.mappedFile(fd),
    });
    const path = inputs.argv[0] ?? '';
    this.#files = new FileSystem(
      this.memory,
      { name: path.slice(path.lastIndexOf('/') + 1), pid: inputs.pid, parent: inputs.pid - 1, uid: 1000 },
      inputs.files,
    );
    this.loaded = loadProgram({
      image,
      memory: this.memory,
      argv: inputs.argv,
      envp: inputs.envp,
      programPath: inputs.programPath,
      resolveSymbol: (name, base) => this.#symbolAddress(name, base),
    });
    const { libcBase, mainArena } = this.loaded;
    if (libcBase === undefined || mainArena === undefined) throw new NotModelled('running static programs');
    const release = glibcReleaseOf(inputs.profile.libraries.release);
    if (release === undefined) throw new NotModelled(`glibc ${inputs.profile.libraries.release}`);
    const tcacheKeyAt = libcBase + (inputs.profile.libraries.symbols.tcacheKey ?? 0);
    const keyBytes = dataModelOf(program.target).wordBytes;
    this.malloc = this.memory.mm.withoutTracing(() => {
      const malloc = new Malloc({
        memory: this.memory,
        syscalls: this.memory,
        model: dataModelOf(program.target),
        release,
        mainArena,
        tcacheKey: tcacheKeyOf(inputs.profile),
        programName: inputs.argv[0] ?? '',
        tunables: tunablesOfEnvironment(inputs.envp, release),
        tracer,
        onMessage: (line) => {
          writeMessage(this.#libc, asciiBytes(line));
        },
        onDrawKey: () => {
          // GRND_NONBLOCK
          syscall(this.#libc, 'getrandom', [tcacheKeyAt, keyBytes, 1], keyBytes);
        },
      });
      malloc.loadStatics();
      return malloc;
    });
    this.#libc = this.#makeLibc(libcBase);
    this.memory.mm.withoutTracing(() => {
      this.#initializeLibc(libcBase);
    });
    this.memory.counters.minflt = 0;
    for (const fn of program.functions) this.#functionByAddress.set(this.loaded.loadBias + fn.addr, fn);
    this.#instance = new WebAssembly.Instance(options.module, { env: this.#imports(libcBase) });
  }

  // ---- running ----

  /** Runs from main() to the end of the process. Throws {@link StopRun} through when the tracer stops the run. */
  run(): Trap {
    this.#emitProcess('start', 0, sayProcess('process.start'));
    const trap = this.#runToTrap();
    this.#emitEnd(trap);
    return trap;
  }

  #runToTrap(): Trap {
    try {
      for (const name of this.#options.program.constructors) this.#call(name, []);
      const status = this.#callMain();
      this.#exit(status & 255);
    } catch (error) {
      if (error instanceof StopRun) throw error;
      return this.#endOf(error);
    }
  }

  /** The trap of an exception; what libc itself still does then may reach a limit of the recording. */
  #endOf(error: unknown): Trap {
    try {
      return this.#trapOf(error);
    } catch (later) {
      if (later instanceof TrapError) return later.trap;
      throw later;
    }
  }

  #callMain(): number {
    const { argc, argv, envp } = this.loaded;
    // The frame pointer of main is known; its prologue pushes return address and rbp above it.
    this.#global('sp').value = BigInt(this.loaded.mainFramePointer + 2 * this.#wordBytes);
    // __libc_start_call_main has argc in rbp when it calls main.
    this.#global('fp').value = BigInt(argc);
    this.#global('return_address').value = BigInt((this.loaded.libcBase ?? 0) + mainReturnOffset);
    this.#global('fuel').value = BigInt(this.#fuel());
    const main = this.#options.program.functions.find((fn) => fn.name === 'main');
    invariant(main !== undefined, 'a program that runs has main');
    return Number(this.#call(main.exportName, [argc, this.#word(argv), this.#word(envp)]) ?? 0);
  }

  /** Calls an exported function with as many of the arguments as it takes. */
  #call(name: string, args: readonly (number | bigint)[]): number | bigint | undefined {
    const exported = this.#instance.exports[name];
    invariant(typeof exported === 'function', `the module exports ${name}`);
    const call = exported as Exported;
    return call(...args.slice(0, call.length)) as number | bigint | undefined;
  }

  get #wordBytes(): 4 | 8 {
    return this.#libc.model.wordBytes;
  }

  #word(value: number): number | bigint {
    return this.#wordBytes === 8 ? BigInt(value) : value | 0;
  }

  #global(name: string): WebAssembly.Global {
    const exported = this.#instance.exports[name];
    invariant(exported instanceof WebAssembly.Global, `the module exports the global ${name}`);
    return exported;
  }

  // ---- the end of a run ----

  #exit(status: number): never {
    const { exitHandlers } = this.#libc;
    for (let handler = exitHandlers.pop(); handler !== undefined; handler = exitHandlers.pop())
      this.#callProgram(handler, []);
    for (const name of this.#options.program.destructors) this.#call(name, []);
    cleanupStreams(this.#libc);
    return this.#exitNow(status);
  }

  #exitNow(status: number): never {
    syscall(this.#libc, 'exit_group', [status], 0);
    throw new TrapError({ kind: 'exit', status });
  }

  /** What an exception out of the program means. */
  #trapOf(error: unknown): Trap {
    if (error instanceof TrapError) return error.trap;
    if (error instanceof OutOfMemoryKill) {
      return { kind: 'signal', signal: 'SIGKILL', fault: undefined, why: outOfMemoryWhy() };
    }
    if (error instanceof MemoryFault) {
      const { signal, code, addr, access, exactAddr } = error;
      const why = badAccessWhy(this.memory.mm, error, (vma) => vmaName(this.memory, vma));
      return { kind: 'signal', signal, fault: { code, addr, access, exactAddr }, why };
    }
    if (error instanceof MallocAbort) return abortProcess(this.#libc, error.message);
    if (error instanceof MallocHang)
      return { kind: 'limit', limit: 'fuel', value: this.#options.inputs.fuel };
    if (error instanceof OutOfFrames) {
      return { kind: 'limit', limit: 'memory', value: this.#options.linear.buffer.byteLength };
    }
    if (error instanceof NotModelled) {
      return { kind: 'unsupported', text: sayProcess('process.unsupported.feature', { name: error.what }) };
    }
    // The host's own stack is at its end before the simulated one.
    if (error instanceof RangeError && /call stack/i.test(error.message)) {
      return { kind: 'limit', limit: 'depth', value: this.#walkStack(Infinity).length };
    }
    if (error instanceof WebAssembly.RuntimeError && error.message.includes('unreachable')) {
      return { kind: 'signal', signal: 'SIGILL', fault: undefined };
    }
    throw error;
  }

  /** A call of malloc that ended the process did not report itself. */
  #emitUnfinished(): void {
    const call = this.malloc.unfinished;
    if (call === undefined) return;
    try {
      this.#tracer.emit({ kind: 'malloc', ...call, result: 0, errno: 0 });
    } catch (error) {
      // The recording is full: how the run ended is known already.
      if (!(error instanceof TrapError)) throw error;
    }
  }

  #emitEnd(trap: Trap): void {
    this.#emitUnfinished();
    switch (trap.kind) {
      case 'exit': {
        this.#emitProcess('exit', trap.status, sayProcess('process.exit', { status: trap.status }));
        return;
      }
      case 'signal': {
        const { fault, signal, why } = trap;
        const text =
          fault === undefined ? sayProcess('process.signal', { signal }) : faultText(signal, fault);
        this.#emitProcess('signal', signalNumbers[signal], text, {
          ...(why === undefined ? {} : { why }),
          ...(fault === undefined ? {} : { addr: fault.addr }),
        });
        return;
      }
      case 'abort': {
        this.#emitProcess(
          'abort',
          signalNumbers.SIGABRT,
          sayProcess('process.abort', { message: trap.message }),
        );
        return;
      }
      case 'limit': {
        this.#emitProcess(
          'limit',
          trap.value,
          sayProcess(`process.limit.${trap.limit}`, { value: trap.value }),
        );
        return;
      }
      case 'unsupported': {
        this.#emitProcess('unsupported', 0, trap.text);
        return;
      }
    }
  }

  #emitProcess(
    what: 'start' | 'exit' | 'signal' | 'abort' | 'limit' | 'unsupported',
    value: number,
    text: Text,
    facts: Pick<ProcessEvent, 'why' | 'addr'> = {},
  ): void {
    this.#tracer.emit({ kind: 'process', what, value, text, ...facts });
  }

  // ---- where the program is ----

  /** Index into the program's positions, -1 outside of its code. */
  get position(): number {
    return Number(this.#global('position').value);
  }

  /** The frames of the program's functions, read from the simulated stack as a debugger does: saved rbp by saved rbp. */
  callStack(): readonly CallFrame[] {
    return this.#walkStack(deepestWalk);
  }

  #walkStack(most: number): readonly CallFrame[] {
    const { program } = this.#options;
    const frames: CallFrame[] = [];
    let position = this.position;
    let base = Number(this.#global('fp').value);
    while (frames.length < most) {
      const place = program.positions[position];
      const fn = place === undefined ? undefined : program.functions[place.functionIndex];
      if (fn === undefined) break;
      const saved = this.memory.peek(base, 2 * this.#wordBytes);
      if (saved === undefined) break;
      const returnAddress = wordAt(saved, this.#wordBytes, this.#wordBytes);
      frames.push({ function: fn, position, base, returnAddress });
      const site = this.#callSiteAt(returnAddress - this.loaded.loadBias);
      if (site === undefined) break;
      position = site.position;
      base = wordAt(saved, 0, this.#wordBytes);
    }
    return frames;
  }

  /** The call whose return address (link-time) this is; the table is sorted by it. */
  #callSiteAt(returnAddress: number): CallSite | undefined {
    const { callSites } = this.#options.program;
    let low = 0;
    let high = callSites.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((callSites[middle]?.returnAddress ?? 0) < returnAddress) low = middle + 1;
      else high = middle;
    }
    const found = callSites[low];
    return found?.returnAddress === returnAddress ? found : undefined;
  }

  // ---- what the module imports ----

  #imports(libcBase: Address): Record<string, WebAssembly.ImportValue> {
    const { memory } = this;
    const imports: Record<string, WebAssembly.ImportValue> = {
      ...runtimeArithmetic(this.#options.linear),
      memory: this.#options.linear,
      stack_addend: memory.stackAddend | 0,
      thread_pointer: this.#word(this.loaded.threadPointer),
      read_slow: (low: number, high: number, size: number) => memory.fillForRead(low, high, size),
      write_slow: (low: number, high: number, size: number) => memory.fillForWrite(low, high, size),
      write_commit: (low: number, high: number, size: number) => {
        memory.commitCrossing(low, high, size);
      },
      fuel_out: () => {
        throw new TrapError({ kind: 'limit', limit: 'fuel', value: this.#options.inputs.fuel });
      },
      divide_error: () => {
        throw new TrapError({ kind: 'signal', signal: 'SIGFPE', fault: undefined });
      },
      unsupported: (index: number) => {
        const found = this.#options.program.unsupported[index];
        throw new TrapError({
          kind: 'unsupported',
          text: found?.reason ?? sayProcess('process.unsupported.feature', { name: '?' }),
        });
      },
      trap: () => {
        throw new TrapError({ kind: 'signal', signal: 'SIGILL', fault: undefined });
      },
      frame_smashed: (low: number, high: number) => {
        throw this.#returnFault(low, high);
      },
      indirect: (low: number, high: number, signature: number) => this.#tableIndexOf(low, high, signature),
    };
    for (const external of this.#options.program.externals) {
      const addr = this.#symbolAddress(external.name, libcBase);
      this.#externalByAddress.set(addr, external);
      imports[`address:${external.name}`] = BigInt(addr);
      imports[`function:${external.name}`] = this.#importOf(external);
    }
    return imports;
  }

  #importOf(external: ExternalFunction): (...values: (number | bigint)[]) => number | bigint | undefined {
    const libc = libcFunction(external.name);
    if (libc !== undefined) return bindFunction(this.#libc, external, libc);
    return () => {
      const text = sayProcess('process.unsupported.function', { name: external.name });
      throw new TrapError({ kind: 'unsupported', text });
    };
  }

  /** Table index of the function at a code address; a jump to anything else is the fault that it would be. */
  #tableIndexOf(low: number, high: number, signature?: number): number {
    const addr = (low >>> 0) + (high >>> 0) * TWO_TO_32;
    const fn = this.#functionByAddress.get(addr);
    if (fn === undefined) {
      const external = this.#externalByAddress.get(addr);
      if (external === undefined) throw this.#wildJump(low, high);
      return external.tableIndex;
    }
    if (signature !== undefined && fn.signature !== signature) {
      throw new NotModelled(`calling ${fn.name} through a pointer of another function type`);
    }
    return fn.tableIndex;
  }

  /** A function returns to a place that its caller did not put there. */
  #returnFault(low: number, high: number): Error {
    const addr = (low >>> 0) + (high >>> 0) * TWO_TO_32;
    const { program } = this.#options;
    const isCode = program.functions.some((fn) => {
      const start = this.loaded.loadBias + fn.addr;
      return addr >= start && addr < start + fn.size;
    });
    return isCode ? new NotModelled('returning to another place in the program') : this.#wildJump(low, high);
  }

  /** Throws the fault of a jump to an address where no function begins; code there is not modelled. */
  #wildJump(low: number, high: number): NotModelled {
    this.memory.fetchInstruction(low, high);
    return new NotModelled(`machine code at 0x${((low >>> 0) + (high >>> 0) * TWO_TO_32).toString(16)}`);
  }

  // ---- libc ----

  #makeLibc(libcBase: Address): LibcContext {
    const { inputs, program } = this.#options;
    const at = (offset: number): Address => (libcBase + offset) as Address;
    const { tls } = this.#options.image;
    const ownTls = tls === undefined ? 0 : roundUp(tls.memSize, tls.align);
    const { libc } = inputs.profile.libraries;
    const objects: LibcObjects = {
      stdin: at(libcObjectOffsets.stdin),
      stdout: at(libcObjectOffsets.stdout),
      stderr: at(libcObjectOffsets.stderr),
      environ: at(libcObjectOffsets.environ),
      // errno is at offset 16 of libc's thread-local block, which ends where the program's own begins.
      errno: (this.loaded.threadPointer - ownTls - libc.tlsSize + 16) as Address,
      scratch: at(scratchOffset),
    };
    const path = inputs.argv[0] ?? '';
    return {
      memory: this.memory,
      syscalls: this.memory,
      malloc: this.malloc,
      model: dataModelOf(program.target),
      tracer: this.#tracer,
      objects,
      programName: path.slice(path.lastIndexOf('/') + 1),
      pid: inputs.pid,
      stdinKind: inputs.stdinKind,
      stdoutKind: inputs.stdoutKind,
      readInput: (length) => {
        const bytes = inputs.stdin.slice(this.#stdinAt, this.#stdinAt + length);
        this.#stdinAt += bytes.length;
        return bytes;
      },
      exitHandlers: [],
      processorNanoseconds: () => this.#fuelUsed(),
      usage: () => {
        const { counters, mm } = this.memory;
        return {
          minorFaults: counters.minflt,
          majorFaults: counters.majflt,
          residentBytes: Math.max(counters.hiwaterRss, mm.rss) * PAGE_SIZE,
        };
      },
      files: this.#files,
      storeRecord: (target, bytes) => {
        this.#storeRecord(target, bytes);
      },
      output: (fd, bytes) => {
        this.#tracer.emit({ kind: 'output', fd, bytes });
      },
      callProgram: (target, args) => this.#callProgram(target, args),
      exit: (status) => this.#exit(status),
      exitNow: (status) => this.#exitNow(status),
      raise: (signal, message) => this.#raise(signal as SignalName, message),
      clock: () => {
        const nanoseconds = this.#nanoseconds + this.#fuelUsed();
        return { seconds: clockStart + Math.floor(nanoseconds / 1e9), nanoseconds: nanoseconds % 1e9 };
      },
      advanceClock: (seconds) => {
        this.#nanoseconds += Math.round(seconds * 1e9);
      },
    };
  }

  /** Loop iterations and calls so far. */
  #fuelUsed(): number {
    return this.#fuel() - Number(this.#global('fuel').value);
  }

  #fuel(): number {
    return Math.min(this.#options.inputs.fuel, Number.MAX_SAFE_INTEGER);
  }

  /** A record result: in the caller's memory, or (a small one) in the page that stands for registers. */
  #storeRecord(target: number | bigint, bytes: Uint8Array): void {
    const isWide = this.#wordBytes === 8;
    const addr = BigInt.asUintN(isWide ? 64 : 32, BigInt(target));
    const offset = addr - (isWide ? REGISTER_PAGE.i64 : REGISTER_PAGE.i32);
    if (offset >= 0n && offset < BigInt(PAGE_SIZE))
      this.memory.u8.set(bytes, REGISTER_PAGE_HOST + Number(offset));
    else this.memory.writeBytes(Number(addr), bytes);
  }

  #raise(signal: SignalName, message: string | undefined): never {
    if (message === undefined) throw new TrapError({ kind: 'signal', signal, fault: undefined });
    throw new TrapError({ kind: 'abort', message });
  }

  /** State of libc's data at main() that its functions rely on. */
  #initializeLibc(libcBase: Address): void {
    const { memory } = this;
    const { objects, model } = this.#libc;
    memory.fill(libcBase + scratchOffset, 0, scratchBytes);
    const writeWord = (addr: number, value: number): void => {
      if (model.wordBytes === 8) memory.writeNumber64(addr, value);
      else memory.writeU32(addr, value);
    };
    for (const { file, flags, fd } of initialStreams(objects)) {
      memory.writeU32(file, flags);
      memory.writeU32(file + 14 * model.wordBytes, fd);
    }
    writeWord(objects.environ, this.loaded.envp);
    // The program's own copies of libc's variables.
    for (const { name, addr } of this.#options.image.copyRelocations) {
      const value = this.#libcVariable(name);
      if (value !== undefined) writeWord(this.loaded.loadBias + addr, value);
    }
  }

  /** Value at main() of a variable of libc that the program refers to; `undefined` where it is zero. */
  #libcVariable(name: string): number | undefined {
    const { objects } = this.#libc;
    switch (name) {
      case 'stdin':
      case 'stdout':
      case 'stderr':
        return objects[name];
      case 'environ':
      case '__environ':
        return this.loaded.envp;
      default:
        return undefined;
    }
  }

  /** Run-time address of a function of libc, as the dynamic loader finds it. */
  #symbolAddress(name: string, libcBase: number): number {
    const { program, inputs } = this.#options;
    const text = inputs.profile.libraries.libc.segments.find((one) => (one.flags & PF_X) !== 0);
    const index = program.externals.findIndex((one) => one.name === name);
    return libcBase + libcFunctionOffset(name, text?.vaddr ?? 0, Math.max(index, 0));
  }

  /** A callback from libc into the program: qsort's comparison. */
  #callProgram(target: number, args: readonly number[]): number {
    const index = this.#tableIndexOf(lowHalf(target), highHalf(target));
    const table = this.#instance.exports.table;
    invariant(table instanceof WebAssembly.Table, 'the module exports its table');
    const callback = table.get(index) as Exported;
    const sp = this.#global('sp');
    const fp = this.#global('fp');
    const position = this.#global('position');
    const before = [sp.value, fp.value, position.value];
    sp.value = BigInt(Number(before[0]) - libcFrameBytes);
    const result = callback(...args.slice(0, callback.length).map((value) => this.#word(value)));
    [sp.value, fp.value, position.value] = before;
    return Number(result ?? 0);
  }
}

/** A word of little-endian bytes, as a number. */
function wordAt(bytes: Uint8Array, offset: number, wordBytes: 4 | 8): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const low = view.getUint32(offset, true);
  return wordBytes === 4 ? low : low + view.getUint32(offset + 4, true) * TWO_TO_32;
}

/** The random word that marks cached chunks: libc draws it with getrandom; here it comes from the profile's bytes. */
function tcacheKeyOf(profile: MachineProfile): bigint {
  const bytes = profile.target === 'x86_64' ? 8 : 4;
  let key = 0n;
  for (let i = bytes - 1; i >= 0; i--) key = (key << 8n) | BigInt(profile.randomBytes[i] ?? 0);
  return key;
}
