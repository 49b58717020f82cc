/**
 * A process that runs: the compiled program over its memory, malloc and libc, from main() to the end.
 *
 * Nothing here depends on the host: clock, pid, standard input, environment are inputs. So a machine built again from
 * the same inputs does the same, which is what makes stepping back possible.
 */
import { PAGE_SIZE, TWO_TO_32, highHalf, lowHalf, roundDown, roundUp } from '../../base/address.ts';
import type { Address } from '../../base/address.ts';
import type { Range } from '../../base/range.ts';
import { backStack } from '../mm/back-stack.ts';
import { BugError, invariant } from '../../base/assert.ts';
import type {
  CallSite,
  CodePosition,
  CompiledFunction,
  FrameVariable,
  CompiledProgram,
  ExternalFunction,
  WasmType,
} from '../codegen/compiled-program.ts';
import { REGISTER_PAGE, REGISTER_PAGE_HOST } from '../codegen/program-state.ts';
import type { ProgramImage } from '../image/program-image.ts';
import { hasOwnVersion } from '../image/symbol-versions.ts';
import { abortProcess, writeMessage } from '../libc/abort.ts';
import { syscall, writeWord } from '../libc/libc-context.ts';
import type { LibcContext, LibcObjects, LibcVariable, StreamKind } from '../libc/libc-context.ts';
import { libcPlaces } from '../libc/libc-places.ts';
import type { LibcPlaces } from '../libc/libc-places.ts';
import { libcFunction } from '../libc/libc.ts';
import { field } from '../libc/threads/descriptor.ts';
import { asciiBytes } from '../libc/ascii.ts';
import { scratchPlaces } from '../libc/scratch.ts';
import { cleanupStreams, pendingOutput } from '../libc/file-stream.ts';
import { SIG_IGN } from '../libc/signals.ts';
import { fireTimer } from '../libc/timers.ts';
import { initializeStandardStreams } from '../libc/stream-fields.ts';
import { MallocAbort, MallocHang } from '../malloc/abort.ts';
import { Malloc } from '../malloc/malloc.ts';
import { tunablesOfEnvironment } from '../malloc/tunable-text.ts';
import { MemoryFault, OutOfMemoryKill } from '../mm/kernel.ts';
import { OutOfFrames } from '../mm/physical-memory.ts';
import { ProcessMemory } from '../mm/process-memory.ts';
import { execMemory } from '../mm/fork.ts';
import type { MmStruct } from '../mm/mm-struct.ts';
import { scratchOf } from '../mm/scratch-memory.ts';
import { badAccessWhy, outOfMemoryWhy } from '../mm/why.ts';
import { dataModelOf } from '../target/data-model.ts';
import { glibcReleaseOf } from '../target/glibc-release.ts';
import { libcObjects } from '../target/libc-objects.ts';
import { hasLibcFunction, libcFunctionOffset } from '../target/libc-functions.ts';
import type { MachineProfile } from '../target/machine-profile.ts';
import { sayProcess, unsupportedFunctionText } from '../text/process-texts.ts';
import { decodeTrampoline } from '../target/trampoline.ts';
import type { Text } from '../text/text.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { ProcessEvent, Tracer } from '../trace/trace-event.ts';
import { bindFunction } from './libc-binding.ts';
import { ExecRequest } from './exec.ts';
import type { ExecImage } from './exec.ts';
import { FileSystem } from './file-system.ts';
import { FuelClock } from './fuel-clock.ts';
import { libcCodePages } from './libc-code-pages.ts';
import { libcVariableNamed } from './libc-variables.ts';
import { CallLog } from './call-log.ts';
import { makeHeapFastPath } from './heap-fast-path.ts';
import type { HeapFastPath } from './heap-fast-path.ts';
import type { LoadedProcess } from './loader.ts';
import { loadProgram } from './loader.ts';
import { vmaName } from './proc-maps.ts';
import { observedImports } from './machine-observer.ts';
import type { MachineObserver } from './machine-observer.ts';
import { SignalDelivery } from './signal-delivery.ts';
import { ProcessGroup } from './process-group.ts';
import { ProcessRun } from './process-run.ts';
import { journaledFiles } from './journal.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { runtimeArithmetic } from './runtime-arithmetic.ts';
import { SwitchableThread, ThreadSwitch } from './thread-switch.ts';
import type { ThreadScheduler } from './thread-switch.ts';
import { Threads } from './threads/threads.ts';
import { blocksOf } from './threads/thread-blocks.ts';
import { StopRun, TrapError, faultText, signalNamed, signalNumbers } from './trap.ts';
import type { SignalName, Trap } from './trap.ts';

/** What a run is a function of. */
export interface MachineInputs {
  readonly profile: MachineProfile;
  /** The release whose malloc runs, in the data of the profile's libc; without it, that libc's own. */
  readonly glibc?: string;
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
  /** Which of several threads runs when: 0 for the usual order (see threads/run-queue.ts). */
  readonly threadSeed?: number;
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
  /** Called where the module was made to stop (`stopAt` of the code generator), with the index of the position. */
  readonly onStop?: (position: number) => void;
  /** Listens to an observed module. */
  readonly observer?: MachineObserver;
  /** The line of a position, for messages about threads that hang. */
  readonly placeOf?: (position: CodePosition) => string;
  /** Makes what decides which thread runs, for a program that may start threads; without it only the first one does. */
  readonly makeScheduler?: (threadSwitch: ThreadSwitch, clock: FuelClock) => ThreadScheduler;
  /** Takes the machine of the program that the process begins with execve, before it runs. */
  readonly onExec?: (machine: Machine) => void;
  /** A process after the first one, or after execve, whose past runs again and which then goes on: see process-group.ts. */
  readonly resumed?: { readonly group: ProcessGroup; readonly process: SimulatedProcess };
}

/** A frame of the call stack, innermost first. */
export interface CallFrame {
  readonly function: CompiledFunction;
  /** Index into the program's positions. */
  readonly position: number;
  /** rbp */
  readonly base: number;
  readonly returnAddress: number;
  /** Where offsets of variables count from, and those of arguments on the stack: rbp, unless the function aligns its frame. */
  readonly variablesFrom: number;
  readonly argumentsFrom: number;
}

/** Run-time address of a variable of a frame; arguments on the stack have the positive offsets. */
export function variableAddress(
  frame: Pick<CallFrame, 'variablesFrom' | 'argumentsFrom'>,
  variable: FrameVariable,
): number {
  return variable.offset + (variable.offset > 0 ? frame.argumentsFrom : frame.variablesFrom);
}

/** Bytes of libc's stack that a callback runs below of, where it is not known better. */
const libcFrameBytes = 0x100;

/** From main's frame pointer to its arguments on i386: main aligns the stack and pushes its return address again. */
const MAIN_FRAME_I386 = 24;

/** Times that an access, or a division, is tried again after its handler came back. */
const mostRetries = 1000;

/** ELF program header flag: executable. */
const PF_X = 1;

/** Frames that a walk of the stack shows at most. */
const deepestWalk = 200;

/** More steps than a run has. */
const manySteps = 2 ** 52;

/** The user of the simulated machine. */
const userId = 1000;

type Exported = (...args: (number | bigint)[]) => unknown;

/** One process, from main() to its end. */
export class Machine {
  readonly memory: ProcessMemory;
  readonly malloc: Malloc;
  readonly loaded: LoadedProcess;
  readonly #options: MachineOptions;
  readonly #tracer: Tracer;
  /** Calls of malloc that the tracer has not been told of; emptied whenever the program leaves its code. */
  readonly #calls: CallLog | undefined;
  readonly #libc: LibcContext;
  readonly #instance: WebAssembly.Instance;
  readonly #functionByAddress = new Map<number, CompiledFunction>();
  /** Run-time addresses of libc's functions that the program imports. */
  readonly #externalByAddress = new Map<number, ExternalFunction>();
  #stdinAt = 0;
  readonly #clock: FuelClock;
  /** Of a suspendable program. */
  readonly #switch: ThreadSwitch | undefined;
  /** Of a program that cannot have threads, but other stacks: see {@link CompiledProgram.hasSignalStack}. */
  readonly #stackAddend: WebAssembly.Global | undefined;
  readonly #scheduler: ThreadScheduler | undefined;
  readonly #threads: Threads;
  readonly #files: FileSystem;
  readonly #group: ProcessGroup;
  readonly #process: ProcessRun;
  readonly #delivery: SignalDelivery;
  /** Faults inside of libc whose handler has run. */
  readonly #faultsSeen = new WeakSet<MemoryFault>();
  /** Run-time addresses of the program's own copies of libc's variables. */
  readonly #variableCopies = new Map<LibcVariable, number>();
  readonly #places: LibcPlaces;
  readonly #simulated: SimulatedProcess;
  /** The machine of the program that this process has begun since. */
  #successor: Machine | undefined;

  constructor(given: MachineOptions) {
    const begun = given.resumed?.process.image;
    const { argv = given.inputs.argv, envp = given.inputs.envp, fuel = given.inputs.fuel } = begun ?? {};
    const options = { ...given, inputs: { ...given.inputs, argv, envp, fuel } };
    const { inputs, image, program } = options;
    this.#calls = callLogOf(options, () => this.memory);
    const tracer = this.#calls ?? options.tracer;
    this.#options = options;
    this.#places = libcPlaces[program.target];
    this.#tracer = tracer;
    this.#clock = new FuelClock(inputs.fuel);
    const { resumed } = options;
    this.memory = new ProcessMemory(
      {
        linear: options.linear,
        profile: inputs.profile,
        tracer,
        fileOf: (fd) => this.#files.mappedFile(fd),
      },
      resumed === undefined ? undefined : addressSpaceFor(resumed.process, tracer),
    );
    if (resumed?.process.isFresh === true) resumed.process.memory = this.memory;
    const path = inputs.argv[0] ?? '';
    const { programPath } = inputs;
    const mayFork = program.externals.some(({ name }) => name === 'fork');
    const makeFiles = (): FileSystem =>
      new FileSystem({
        memory: this.memory,
        facts: {
          name: path.slice(path.lastIndexOf('/') + 1),
          pid: inputs.pid,
          parent: inputs.pid - 1,
          uid: userId,
        },
        words: { argv: inputs.argv, envp: inputs.envp },
        streams: {
          stdinKind: inputs.stdinKind,
          stdoutKind: inputs.stdoutKind,
          readInput: (length) => this.#readInput(length),
          output: (fd, bytes) => {
            tracer.emit({ kind: 'output', fd, bytes });
          },
          now: () => this.#clock.now,
        },
        folder: programPath.slice(0, Math.max(1, programPath.lastIndexOf('/'))),
        programPath,
        ...(inputs.files === undefined ? {} : { files: inputs.files }),
        ...(mayFork
          ? {
              waitFor: (memory, isReady) => {
                this.#group.blockWith(memory, isReady);
              },
            }
          : {}),
      });
    this.#files = resumed === undefined ? makeFiles() : this.#filesOf(resumed.process);
    const process =
      resumed?.process ??
      new SimulatedProcess({
        pid: inputs.pid,
        parent: undefined,
        memory: this.memory,
        files: this.#files,
        journal: [],
      });
    this.#simulated = process;
    this.#group =
      resumed?.group ?? new ProcessGroup(process, { tracer, run: (child) => this.#runChild(child) }, mayFork);
    this.#process = new ProcessRun(this.#group, process, {
      memory: this.memory,
      clock: this.#clock,
      signals: () => this.#delivery.signals,
      mayHaveThreads: program.isSuspendable,
      changedLimits: () => this.#libc.kernel.changedLimits,
      deliver: (signal) => {
        this.#delivery.send(signal);
      },
    });
    this.loaded = loadProgram({
      image,
      memory: this.memory,
      argv: inputs.argv,
      envp: inputs.envp,
      programPath: inputs.programPath,
      ...(begun === undefined ? {} : { execfn: begun.path }),
      resolveSymbol: (name, base) => this.#symbolAddress(name, base),
    });
    const { libcBase, mainArena } = this.loaded;
    if (libcBase === undefined || mainArena === undefined) throw new NotModelled('running static programs');
    const glibc = inputs.glibc ?? inputs.profile.libraries.release;
    const release = glibcReleaseOf(glibc);
    if (release === undefined) throw new NotModelled(`glibc ${glibc}`);
    const tcacheKeyAt = libcBase + (inputs.profile.libraries.symbols.tcacheKey ?? 0);
    const keyBytes = dataModelOf(program.target).wordBytes;
    this.malloc = this.memory.mm.withoutTracing(() => {
      const malloc = new Malloc({
        memory: this.memory,
        syscalls: this.memory,
        model: dataModelOf(program.target),
        release,
        mainArena,
        // Both structures stand where that libc has them, whichever release's they are.
        mp: libcBase + inputs.profile.libraries.symbols.mp,
        heapStart: this.memory.mm.startBrk,
        tcacheKey: tcacheKeyOf(inputs.profile),
        programName: inputs.argv[0] ?? '',
        tunables: tunablesOfEnvironment(inputs.envp, release),
        ...(tracer.ignoresMalloc === true ? {} : { tracer }),
        onMessage: (line) => {
          writeMessage(this.#libc, asciiBytes(line));
        },
        onDrawKey: () => {
          // Where malloc is initialised before main, ld.so's part of the run has drawn it.
          if (release.initializedAtStart) return;
          // GRND_NONBLOCK
          syscall(this.#libc, 'getrandom', [tcacheKeyAt, keyBytes, 1], keyBytes);
        },
      });
      malloc.loadStatics();
      return malloc;
    });
    for (const { name, addr } of image.copyRelocations) {
      const variable = libcVariableNamed(name);
      if (variable !== undefined) this.#variableCopies.set(variable, this.loaded.loadBias + addr);
    }
    this.#threads = this.#makeThreads(libcBase);
    this.#libc = this.#makeLibc(libcBase);
    this.#delivery = new SignalDelivery({
      libc: this.#libc,
      registers: () => ({ sp: this.#register('sp'), fp: this.#register('fp') }),
      vdso: this.loaded.vdso,
      callAt: (target, args, sp, returnAddress) => {
        this.#callAt(target, args, sp, returnAddress);
      },
      onStack: (stack, work) => {
        this.#onStack(stack, work);
      },
      end: (signal) => this.#raise(signalNamed(signal), undefined),
    });
    if (begun !== undefined) this.#keep(begun);
    this.memory.mm.withoutTracing(() => {
      this.#initializeLibc(libcBase);
    });
    this.memory.counters.minflt = 0;
    for (const fn of program.functions) this.#functionByAddress.set(this.loaded.loadBias + fn.addr, fn);
    if (program.isSuspendable) {
      this.#switch = new ThreadSwitch(options.linear, {
        stackAddend: this.memory.stackAddend,
        threadPointer: this.#word(this.loaded.threadPointer),
      });
      this.#scheduler = options.makeScheduler?.(this.#switch, this.#clock) ?? this.#threads;
    }
    if (program.hasSignalStack && !program.isSuspendable)
      this.#stackAddend = new WebAssembly.Global(
        { value: 'i32', mutable: true },
        this.memory.stackAddend | 0,
      );
    const heap = this.#heapImports();
    this.#instance = new WebAssembly.Instance(options.module, {
      env: { ...this.#imports(libcBase), ...this.#switch?.imports(), ...heap?.imports },
    });
    this.#switch?.attach(this.#instance);
    heap?.notePositions(this.#global('position'));
    this.#calls?.open();
    process.isFresh = false;
  }

  #filesOf(process: SimulatedProcess): FileSystem {
    const { argv, envp } = this.#options.inputs;
    const { image, isFresh } = process;
    if (!isFresh || image === undefined) return process.files;
    const name = image.path.slice(image.path.lastIndexOf('/') + 1);
    process.files = process.files.exec(this.memory, { argv, envp }, name, () => this.#clock.now);
    return process.files;
  }

  /** What of the process stays over execve. */
  #keep({ elapsed, ignored, blocked, changedLimits }: ExecImage): void {
    this.#clock.wait(elapsed);
    const { signals } = this.#delivery;
    for (const signal of ignored) signals.setAction(signal, { handler: SIG_IGN, flags: 0, mask: 0n });
    signals.setBlocked(blocked);
    for (const [resource, limits] of changedLimits) this.#libc.kernel.changedLimits.set(resource, limits);
  }

  // ---- running ----

  /** Runs from main() to the end of the process. Throws {@link StopRun} through when the tracer stops the run. */
  run(): Trap {
    this.#emitProcess('start', 0, sayProcess('process.start'));
    let trap: Trap;
    try {
      trap = this.#withUnwritten(this.#withOthers(this.#runToTrap()));
    } catch (error) {
      if (!(error instanceof ExecRequest) || this.#simulated !== this.#group.first) throw error;
      return this.#beginAnew().run();
    }
    this.#emitEnd(trap);
    return trap;
  }

  /** The machine of the program that the process runs now: after execve another one. */
  get current(): Machine {
    return this.#successor?.current ?? this;
  }

  /** The first process has called execve. */
  #beginAnew(): Machine {
    const process = this.#simulated;
    const next = new Machine({ ...this.#options, resumed: { group: this.#group, process } });
    this.#successor = next;
    if (this.#options.observer !== undefined) next.awaitStep(this.stepsLeft);
    this.#options.onExec?.(next);
    next.#tracer.emit({
      kind: 'syscall',
      name: 'execve',
      args: process.image?.args ?? [],
      result: 0,
      why: undefined,
    });
    return next;
  }

  /** When the first process has ended, its children run to their ends. */
  #withOthers(trap: Trap): Trap {
    if (this.#simulated !== this.#group.first || trap.kind === 'unsupported' || trap.kind === 'limit')
      return trap;
    try {
      this.#group.finish();
      return trap;
    } catch (error) {
      if (error instanceof TrapError) return error.trap;
      throw error;
    }
  }

  /** Runs another process of the group from where it is. @throws Suspended when it waits */
  #runChild(process: SimulatedProcess): Trap {
    const { program, module, image, inputs, linear, observer } = this.#options;
    for (;;) {
      const machine = new Machine({
        program,
        module,
        image,
        inputs,
        linear,
        tracer: this.#group.childTracer,
        resumed: { group: this.#group, process },
      });
      if (observer !== undefined) machine.awaitStep(manySteps);
      try {
        return machine.run();
      } catch (error) {
        if (!(error instanceof ExecRequest)) throw error;
      }
    }
  }

  /**
   * Where the simulation stops the run, what the program has printed so far would be lost in its buffers, though it did
   * nothing wrong: it is shown, and counted.
   */
  #withUnwritten(trap: Trap): Trap {
    if (trap.kind !== 'unsupported' && trap.kind !== 'limit') return trap;
    if (trap.kind === 'limit' && (trap.limit === 'output' || trap.limit === 'events')) return trap;
    const pending = pendingOutput(this.#libc);
    const unwritten = pending.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (unwritten === 0) return trap;
    try {
      for (const { fd, bytes } of pending) this.#tracer.emit({ kind: 'output', fd, bytes });
    } catch (error) {
      // The recording is full of output already.
      if (!(error instanceof TrapError)) throw error;
    }
    return { ...trap, unwritten };
  }

  #runToTrap(): Trap {
    try {
      this.#clock.start({
        get: () => Number(this.#global('fuel').value),
        set: (fuel) => {
          this.#global('fuel').value = BigInt(fuel);
        },
      });
      // The timer goes on over execve.
      const deadline = this.#simulated.image?.deadline;
      if (deadline !== undefined) this.#clock.setDeadline(deadline);
      this.#callResolvers();
      this.#callConstructors();
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
      const trap = this.#trapOf(error);
      if (trap.kind !== 'unsupported' || trap.position !== undefined || this.position < 0) return trap;
      return { ...trap, position: this.position };
    } catch (later) {
      if (later instanceof TrapError) return later.trap;
      throw later;
    }
  }

  /** The loader asks the resolvers of the program's `ifunc` functions when it relocates the program. */
  #callResolvers(): void {
    for (const { name, resolver } of this.#options.program.resolved) {
      this.#global('sp').value = BigInt(
        this.loaded.mainFramePointer + this.#places.constructorOffset + 2 * this.#wordBytes,
      );
      this.#global('return_address').value = BigInt(this.loaded.libcBase ?? 0);
      this.#global(`resolved:${name}`).value = BigInt(this.#call(resolver, []) ?? 0);
    }
  }

  /** Constructors run before main, from libc's start code, with main's arguments. */
  #callConstructors(): void {
    const { argc, argv, envp, mainFramePointer } = this.loaded;
    for (const name of this.#options.program.constructors) {
      this.#global('sp').value = BigInt(
        mainFramePointer + this.#places.constructorOffset + 2 * this.#wordBytes,
      );
      this.#global('return_address').value = BigInt(
        (this.loaded.libcBase ?? 0) + this.#places.constructorReturn,
      );
      this.#pushArguments(Number(this.#global('sp').value), [argc, argv, envp]);
      this.#enter(() => this.#call(name, [argc, this.#word(argv), this.#word(envp)]));
    }
  }

  #callMain(): number {
    const { argc, argv, envp } = this.loaded;
    // The frame pointer of main is known; its prologue pushes return address and rbp above it.
    const sp = this.loaded.mainFramePointer + (this.#wordBytes === 8 ? 16 : MAIN_FRAME_I386);
    this.#global('sp').value = BigInt(sp);
    // __libc_start_call_main has argc in rbp when it calls main; on i386 ebp is what the start code left, 0.
    this.#global('fp').value = this.#wordBytes === 8 ? BigInt(argc) : 0n;
    this.#global('return_address').value = BigInt((this.loaded.libcBase ?? 0) + this.#places.mainReturn);
    this.#pushArguments(sp, [argc, argv, envp]);
    const main = this.#options.program.functions.find((fn) => fn.name === 'main');
    invariant(main !== undefined, 'a program that runs has main');
    const signature = this.#options.program.signatures[main.signature];
    // What main makes of its arguments is its own affair: it may take argc as a long.
    const args = [argc, argv, envp].map((value, i) =>
      signature?.parameters[i] === 'i64' ? BigInt(value) : value | 0,
    );
    const result = this.#enter(() => this.#call(main.exportName, args));
    // The status is in eax, which a main without an integer result sets to anything (a diagnostic says so).
    if (signature?.result !== 'i32' && signature?.result !== 'i64') return 0;
    return typeof result === 'bigint' ? Number(BigInt.asIntN(32, result)) : Number(result);
  }

  /** Calls the program; where it may start threads, as the first one, or from a function of libc in the one that runs. */
  #enter(call: () => unknown): unknown {
    const threads = this.#switch;
    if (threads === undefined) return call();
    if (threads.current !== undefined) return threads.callBack(call);
    const main = new SwitchableThread(threads.readRegisters(), call);
    return this.#scheduler === undefined ? threads.run(main) : this.#scheduler.runMain(main);
  }

  /** Arguments of a function that libc calls: on i386 they lie on the stack. */
  #pushArguments(at: number, args: readonly number[]): void {
    if (this.#wordBytes === 8) return;
    args.forEach((value, i) => {
      this.memory.writeU32(at + 4 * i, value >>> 0);
    });
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

  /** Does work with the program on another stack. */
  #onStack({ start, end }: Range, work: () => void): void {
    const addend = this.#switch?.stackAddend ?? this.#stackAddend;
    invariant(addend !== undefined, 'a program that refers to sigaltstack can change stacks');
    const before = addend.value;
    addend.value = backStack(this.memory.mm, roundDown(start, PAGE_SIZE), roundUp(end, PAGE_SIZE));
    try {
      work();
    } finally {
      // Also when the handler leaves by longjmp.
      addend.value = before;
    }
  }

  // ---- the end of a run ----

  #exit(status: number): never {
    const { exitHandlers } = this.#libc;
    for (let handler = exitHandlers.pop(); handler !== undefined; handler = exitHandlers.pop()) {
      const { target, argument } = handler;
      this.#callProgram(
        target,
        argument === undefined ? [] : [status, argument],
        this.#places.exitHandlerBytes,
      );
    }
    const sp = this.#global('sp');
    const before = sp.value;
    sp.value = BigInt(Number(before) - this.#places.destructorBytes);
    for (const name of this.#options.program.destructors) this.#enter(() => this.#call(name, []));
    sp.value = before;
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
      return {
        kind: 'signal',
        signal,
        fault: { code, addr, access, address: `0x${exactAddr.toString(16)}` },
        why,
      };
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
          unwrittenFact(trap.unwritten),
        );
        return;
      }
      case 'unsupported': {
        this.#emitProcess('unsupported', 0, trap.text, unwrittenFact(trap.unwritten));
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

  // ---- observed modules ----

  /** Has the observer called at the `count`-th step from here. Only for an observed module. */
  awaitStep(count: number): void {
    this.#global('steps_left').value = BigInt(count);
  }

  /** Steps until the observer is called. */
  get stepsLeft(): number {
    return Number(this.#global('steps_left').value);
  }

  // ---- where the program is ----

  /** The program whose positions and functions this machine speaks of. */
  get program(): CompiledProgram {
    return this.#options.program;
  }

  /** The threads, and which of them runs. */
  get threads(): Threads {
    return this.#threads;
  }

  /** rsp, which code moves in its prologues only. */
  get stackPointer(): number {
    return this.#register('sp');
  }

  /** rbp of the innermost frame. */
  get framePointer(): number {
    return this.#register('fp');
  }

  /** Index into the program's positions, -1 outside of its code. */
  get position(): number {
    return Number(this.#global('position').value);
  }

  /** The frames of the program's functions, read from the simulated stack as a debugger does: saved rbp by saved rbp. */
  callStack(most = deepestWalk): readonly CallFrame[] {
    return this.#walkStack(most);
  }

  /** The same of a thread, by its number; empty for one that has not begun, or has ended. */
  callStackOf(number: number, most = deepestWalk): readonly CallFrame[] {
    const thread = this.#threads.alive.find((one) => one.number === number);
    if (thread === undefined) return [];
    if (thread === this.#threads.current) return this.#walkStack(most);
    return this.#walkStack(most, this.#threads.positionOf(thread), this.#threads.framePointerOf(thread));
  }

  #walkStack(
    most: number,
    from = this.position,
    framePointer = Number(this.#global('fp').value),
  ): readonly CallFrame[] {
    const { program } = this.#options;
    const frames: CallFrame[] = [];
    let position = from;
    let base = framePointer;
    while (frames.length < most) {
      const place = program.positions[position];
      const fn = place === undefined ? undefined : program.functions[place.functionIndex];
      if (fn === undefined) break;
      const saved = this.memory.peek(base, 2 * this.#wordBytes);
      if (saved === undefined) break;
      const returnAddress = wordAt(saved, this.#wordBytes, this.#wordBytes);
      frames.push({ function: fn, position, base, returnAddress, ...this.#originsOf(fn, base) });
      const site = this.#callSiteAt(returnAddress - this.loaded.loadBias);
      if (site === undefined) break;
      position = site.position;
      base = wordAt(saved, 0, this.#wordBytes);
    }
    return frames;
  }

  /** See codegen/realigned-frame.ts: an aligned place below the pushed registers, or a saved pointer to the arguments. */
  #originsOf(
    { realignment }: CompiledFunction,
    base: number,
  ): Pick<CallFrame, 'variablesFrom' | 'argumentsFrom'> {
    if (realignment?.kind === 'stack-pointer') {
      const { pushedBytes, alignment, base: above } = realignment;
      return { variablesFrom: roundDown(base - pushedBytes, alignment) + above, argumentsFrom: base };
    }
    if (realignment?.kind === 'argument-pointer') {
      const saved = this.memory.peek(base + realignment.argumentPointer, this.#wordBytes);
      const place = saved === undefined ? base : wordAt(saved, 0, this.#wordBytes) - 2 * this.#wordBytes;
      return { variablesFrom: base, argumentsFrom: place };
    }
    return { variablesFrom: base, argumentsFrom: base };
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
      stack_addend: this.#stackAddend ?? memory.stackAddend | 0,
      thread_pointer: this.#word(this.loaded.threadPointer),
      read_slow: (low: number, high: number, size: number) =>
        this.#access(() => memory.fillForRead(low, high, size)),
      write_slow: (low: number, high: number, size: number) =>
        this.#access(() => memory.fillForWrite(low, high, size)),
      write_commit: (low: number, high: number, size: number) => {
        memory.commitCrossing(low, high, size);
      },
      fuel_out: () => {
        this.#calls?.drain();
        if (this.#scheduler !== undefined && this.#clock.isSliceOver) {
          this.#scheduler.sliceOver();
          return;
        }
        if (this.#scheduler !== undefined && !this.#clock.isEmpty) return;
        if (this.#clock.isTimer()) {
          this.#libc.timerFired();
          return;
        }
        throw new TrapError({ kind: 'limit', limit: 'fuel', value: this.#options.inputs.fuel });
      },
      divide_error: () => {
        this.#calls?.drain();
        // A handler that comes back meets the same instruction again.
        for (let tries = 0; tries < mostRetries && this.#delivery.divideError(); tries++);
        throw new TrapError({ kind: 'signal', signal: 'SIGFPE', fault: undefined });
      },
      unsupported: (index: number) => {
        const found = this.#options.program.unsupported[index];
        throw new TrapError({
          kind: 'unsupported',
          text: found?.reason ?? sayProcess('process.unsupported.feature', { name: '?' }),
        });
      },
      ...observedImports(this.#options.observer, () => {
        this.#calls?.drain();
      }),
      stop_here: (position: number) => {
        this.#calls?.drain();
        this.#options.onStop?.(position);
      },
      trap: () => {
        this.#calls?.drain();
        for (let tries = 0; tries < mostRetries && this.#delivery.illegalInstruction(); tries++);
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
    for (const name of this.#options.program.externalObjects)
      imports[`address:${name}`] = BigInt(this.#symbolAddress(name, libcBase));
    return imports;
  }

  /** malloc and free by the fast path, where that may serve them. */
  #heapImports():
    | {
        readonly imports: Record<string, WebAssembly.ImportValue>;
        readonly notePositions: HeapFastPath['notePositions'];
      }
    | undefined {
    const calls = plainHeapCalls(this.#options.program);
    if (calls === undefined) return undefined;
    if (this.#calls === undefined && this.#tracer.ignoresMalloc !== true) return undefined;
    const generalMalloc = this.#importOf(calls.malloc);
    const generalFree = this.#importOf(calls.free);
    const fast = makeHeapFastPath({
      linear: this.#options.linear,
      memory: this.memory,
      malloc: this.malloc,
      generalMalloc: (bytes) => BigInt(generalMalloc(bytes) ?? 0),
      generalFree: (mem) => {
        generalFree(mem);
      },
      isLogged: this.#calls !== undefined,
    });
    if (fast === undefined) return undefined;
    const { malloc, free, notePositions } = fast;
    return { imports: { 'function:malloc': malloc, 'function:free': free }, notePositions };
  }

  /** An access of the program; a handler of its fault may mend it, and then it is made again. */
  #access(make: () => number): number {
    this.#calls?.drain();
    for (let tries = 0; tries < mostRetries; tries++) {
      try {
        return make();
      } catch (error) {
        if (!(error instanceof MemoryFault) || !this.#delivery.fault(error)) throw error;
      }
    }
    throw new TrapError({ kind: 'limit', limit: 'fuel', value: this.#options.inputs.fuel });
  }

  /** A fault inside of libc: its handler runs; what libc was doing cannot be taken up again. */
  #inLibc<Result>(name: string, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (error instanceof MemoryFault && !this.#faultsSeen.has(error)) {
        this.#faultsSeen.add(error);
        if (this.#delivery.fault(error))
          throw new NotModelled(`coming back from the handler of a fault inside of ${name}`);
      }
      throw error;
    }
  }

  #importOf(external: ExternalFunction): (...values: (number | bigint)[]) => number | bigint | undefined {
    const libc = libcFunction(external.name);
    if (libc !== undefined) {
      const plain = bindFunction(this.#libc, external, libc, this.#threads, this.#codePagesOf(external.name));
      const threads = this.#switch;
      const bound: typeof plain =
        threads === undefined ? plain : (...values) => threads.inHost(external.name, () => plain(...values));
      return (...values) => {
        this.#calls?.drain();
        // Without a handler a fault goes up as it is.
        if (!this.#delivery.handlesFaults) return bound(...values);
        return this.#inLibc(external.name, () => bound(...values));
      };
    }
    return () => {
      if (external.isWeak && !this.#isInLibc(external.name)) throw this.#wildJump(0, 0);
      throw new TrapError({ kind: 'unsupported', text: unsupportedFunctionText(external.name) });
    };
  }

  /** Addresses of the pages of libc that the first call of one of its functions touches. */
  #codePagesOf(name: string): readonly number[] {
    const { libcBase } = this.loaded;
    const { libraries, target } = this.#options.inputs.profile;
    if (libcBase === undefined) return [];
    return libcCodePages(libraries.release, target, name).map((offset) => libcBase + offset);
  }

  /** Table index of the function at a code address; a jump to anything else is the fault that it would be. */
  #tableIndexOf(low: number, high: number, signature?: number): number {
    const addr = (low >>> 0) + (high >>> 0) * TWO_TO_32;
    const fn = this.#functionByAddress.get(addr);
    if (fn === undefined) {
      const external = this.#externalByAddress.get(addr);
      if (external !== undefined) return external.tableIndex;
      const target = this.#throughTrampoline(low, high);
      return this.#tableIndexOf(lowHalf(target), highHalf(target), signature);
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
    this.memory.fetchInstruction(low, high);
    const read = (length: number): Uint8Array => this.memory.readBytes(addr as Address, length);
    const found = decodeTrampoline(this.#options.program.target, addr, read);
    if (found === undefined) throw this.#wildJump(low, high);
    this.#global('static_chain').value = BigInt(found.chain);
    return found.function;
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
    const { memory } = this;
    const at = (offset: number): Address => (libcBase + offset) as Address;
    const { tls } = this.#options.image;
    const ownTls = tls === undefined ? 0 : roundUp(tls.memSize, tls.align);
    const { libc } = inputs.profile.libraries;
    const threads = this.#threads;
    // libc's thread-local block ends where the program's own begins.
    const errnoFromThread = this.#places.errnoInThread - ownTls - libc.tlsSize;
    const objects: LibcObjects = {
      stdin: at(this.#places.standardFiles.stdin),
      stdout: at(this.#places.standardFiles.stdout),
      stderr: at(this.#places.standardFiles.stderr),
      base: libcBase,
      get errno() {
        return (threads.self + errnoFromThread) as Address;
      },
      scratch: at(this.#places.scratch),
    };
    const path = inputs.argv[0] ?? '';
    const delivery = (): SignalDelivery => this.#delivery;
    const stackPointer = (): number => this.stackPointer;
    const clock = this.#clock;
    const current = this.#process;
    return {
      memory: this.#options.observer?.memoryOf?.(memory) ?? memory,
      syscalls: this.memory,
      malloc: this.malloc,
      auxiliaryVector: this.loaded.stack.auxv,
      model: dataModelOf(program.target),
      tracer: this.#tracer,
      objects,
      programName: path.slice(path.lastIndexOf('/') + 1),
      get pid() {
        return current.pid;
      },
      userId,
      exitHandlers: [],
      quickExitHandlers: [],
      variable: (name) => this.#variableCopies.get(name) ?? libcBase + this.#places.variables[name],
      processorNanoseconds: () => current.used,
      usage: () =>
        current.call('getrusage', () => {
          const { counters, mm } = this.memory;
          return {
            minorFaults: counters.minflt,
            majorFaults: counters.majflt,
            residentBytes: Math.max(counters.hiwaterRss, mm.rss) * PAGE_SIZE,
          };
        }),
      files: this.#group.mayFork
        ? journaledFiles(this.#files, (name, ask) => current.call(name, ask))
        : this.#files,
      processes: current,
      threads,
      storeRecord: (target, bytes) => {
        this.#storeRecord(target, bytes);
      },
      recordArgument: (source, length) => this.#recordArgument(source, length),
      callProgram: (target, args, stackBytes) => this.#callProgram(target, args, stackBytes),
      returnAddresses: (most) => [
        Number(this.#global('return_address').value),
        ...this.#walkStack(most - 1).map((frame) => frame.returnAddress),
      ],
      programPlace: {
        start: this.loaded.program.base,
        end: this.loaded.program.end,
        bias: this.loaded.loadBias,
        entry: this.loaded.loadBias + this.#options.image.entry,
      },
      get stackPointer() {
        return stackPointer();
      },
      withStackBytes: (bytes, use) => this.#withStackBytes(bytes, use),
      get signals() {
        return delivery().signals;
      },
      sendSignal: (signal, origin) => {
        delivery().send(signal, origin);
      },
      deliverPending: () => {
        delivery().deliverPending();
      },
      kernel: {
        ramBytes: inputs.profile.ramBytes,
        libraryCacheBytes: inputs.profile.ldCacheBytes,
        get limits() {
          return memory.mm.limits;
        },
        changedLimits: new Map(),
      },
      clockControl: {
        get elapsed() {
          return clock.elapsed;
        },
        get deadline() {
          return clock.deadline;
        },
        setDeadline: (deadline) => {
          clock.setDeadline(deadline);
        },
        wait: (nanoseconds) => {
          current.sleep(nanoseconds);
        },
      },
      timerFired: () => {
        fireTimer(this.#libc);
      },
      exit: (status) => this.#exit(status),
      exitNow: (status) => this.#exitNow(status),
      raise: (signal, message) => this.#raise(signalNamed(signal), message),
      clock: () => this.#clock.read(),
      advanceClock: (seconds) => {
        current.sleep(seconds * 1e9);
      },
    };
  }

  #makeThreads(libcBase: Address): Threads {
    const { inputs, image, program, placeOf } = this.#options;
    return new Threads({
      memory: this.memory,
      clock: this.#clock,
      switcher: () => this.#switch,
      pid: inputs.pid,
      threadPointer: this.loaded.threadPointer,
      blocks: blocksOf(image, inputs.profile, this.loaded.loadBias),
      libcBase,
      seed: inputs.threadSeed ?? 0,
      libc: () => this.#libc,
      call: (target, argument) => this.#functionAt(target)(argument),
      jump: (buffer) => this.#jumpTo(buffer),
      nameOf: (addr) => objectAt(image, this.loaded.loadBias, addr),
      placeOf: (position) => {
        const at = program.positions[position];
        return at === undefined || placeOf === undefined ? '?' : placeOf(at);
      },
    });
  }

  #readInput(length: number): Uint8Array {
    const bytes = this.#options.inputs.stdin.slice(this.#stdinAt, this.#stdinAt + length);
    this.#stdinAt += bytes.length;
    return bytes;
  }

  /** Where a record is that is passed by value: in memory, or (a small one) in the page that stands for registers. */
  #recordPlace(pointer: number | bigint): { readonly host: number | undefined; readonly addr: number } {
    const isWide = this.#wordBytes === 8;
    const addr = BigInt.asUintN(isWide ? 64 : 32, BigInt(pointer));
    const offset = addr - (isWide ? REGISTER_PAGE.i64 : REGISTER_PAGE.i32);
    const isRegister = offset >= 0n && offset < BigInt(PAGE_SIZE);
    return { host: isRegister ? REGISTER_PAGE_HOST + Number(offset) : undefined, addr: Number(addr) };
  }

  #storeRecord(target: number | bigint, bytes: Uint8Array): void {
    const { host, addr } = this.#recordPlace(target);
    if (host === undefined) this.memory.writeBytes(addr, bytes);
    else this.memory.u8.set(bytes, host);
  }

  #recordArgument(source: number | bigint, length: number): Uint8Array {
    const { host, addr } = this.#recordPlace(source);
    return host === undefined
      ? this.memory.readBytes(addr, length)
      : this.memory.u8.slice(host, host + length);
  }

  #raise(signal: SignalName, message: string | undefined): never {
    if (message === undefined) throw new TrapError({ kind: 'signal', signal, fault: undefined });
    throw new TrapError({ kind: 'abort', message });
  }

  /** State of libc's data at main() that its functions rely on. */
  #initializeLibc(libcBase: Address): void {
    const libc = this.#libc;
    initializeStandardStreams(libc);
    const { wordBytes } = libc.model;
    const path = this.#options.inputs.argv[0] ?? '';
    const argv0 = this.loaded.argc > 0 ? this.#wordOf(this.loaded.argv) : 0;
    this.#threads.describeMain();
    const set = (name: LibcVariable, value: number): void => {
      const copy = this.#variableCopies.get(name);
      writeWord(libc, libcBase + this.#places.variables[name], value);
      if (copy !== undefined) writeWord(libc, copy, value);
    };
    set('stdin', libc.objects.stdin);
    set('stdout', libc.objects.stdout);
    set('stderr', libc.objects.stderr);
    set('environ', this.loaded.envp);
    set('program_invocation_name', argv0);
    set('program_invocation_short_name', argv0 + path.lastIndexOf('/') + 1);
    const zone = libcBase + this.#places.scratch + scratchPlaces.zoneNames;
    this.memory.writeBytes(zone, asciiBytes('UTC'));
    for (const offset of [0, wordBytes]) {
      const copy = this.#variableCopies.get('tzname');
      writeWord(libc, libcBase + this.#places.variables.tzname + offset, zone);
      if (copy !== undefined) writeWord(libc, copy + offset, zone);
    }
    for (const [name, value] of [
      ['optind', 1],
      ['opterr', 1],
      ['optopt', 0x3f],
    ] as const) {
      const copy = this.#variableCopies.get(name);
      this.memory.writeU32(libcBase + this.#places.variables[name], value);
      if (copy !== undefined) this.memory.writeU32(copy, value);
    }
  }

  #wordOf(addr: number): number {
    const bytes = this.memory.peek(addr, this.#wordBytes);
    return bytes === undefined ? 0 : wordAt(bytes, 0, this.#wordBytes);
  }

  /** Run-time address of a function or variable of libc, as the dynamic loader finds it. */
  #symbolAddress(name: string, libcBase: number): number {
    const variable = libcVariableNamed(name);
    if (variable !== undefined) return libcBase + this.#places.variables[variable];
    const { program, inputs } = this.#options;
    const text = inputs.profile.libraries.libc.segments.find((one) => (one.flags & PF_X) !== 0);
    const index = program.externals.findIndex((one) => one.name === name);
    // What the linker lets pass undefined is weak: nobody defines it, its address is null.
    if (program.externals[index]?.isWeak !== false && !this.#isInLibc(name)) return 0;
    return libcBase + libcFunctionOffset(program.target, name, text?.vaddr ?? 0, Math.max(index, 0));
  }

  /** Whether libc has a function or an object of this name, as far as is known. */
  #isInLibc(name: string): boolean {
    const { target } = this.#options.program;
    return (
      hasLibcFunction(target, name) ||
      libcFunction(name) !== undefined ||
      libcObjects.has(name) ||
      hasOwnVersion(name, target)
    );
  }

  #register(name: 'sp' | 'fp'): number {
    return Number(this.#global(name).value);
  }

  /** A callback from libc into the program: qsort's comparison. */
  #callProgram(target: number, args: readonly number[], stackBytes = libcFrameBytes): number {
    const sp = this.#register('sp') - stackBytes;
    return this.#callAt(target, args, sp - (sp % 16), undefined);
  }

  /**
   * longjmp to a buffer of glibc's with the value 1: its words are xored with the pointer guard and rotated.
   *
   * @source glibc 2.36, sysdeps/x86_64/__longjmp.S, sysdeps/unix/sysv/linux/x86_64/pointer_guard.h: PTR_DEMANGLE
   */
  #jumpTo(buffer: number): never {
    const { memory } = this;
    const guard = memory.readU64(this.#threads.self + field.pointerGuard);
    const word = (index: number): bigint => {
      const mangled = memory.readU64(buffer + 8 * index);
      return BigInt.asUintN(64, (mangled >> 17n) | (mangled << 47n)) ^ guard;
    };
    const [frame, stack, counter] = [1, 6, 7];
    this.#global('sp').value = BigInt.asIntN(64, word(stack));
    this.#call('jump', [BigInt.asIntN(64, word(frame)), BigInt.asIntN(64, word(counter)), 1]);
    throw new BugError('a jump does not return');
  }

  /** The function of the program at an address, to be called with words. */
  #functionAt(called: number): (...args: readonly (number | bigint)[]) => unknown {
    const isKnown = this.#functionByAddress.has(called) || this.#externalByAddress.has(called);
    const target = isKnown ? called : this.#throughTrampoline(lowHalf(called), highHalf(called));
    const table = this.#instance.exports.table;
    invariant(table instanceof WebAssembly.Table, 'the module exports its table');
    const callback = table.get(this.#tableIndexOf(lowHalf(target), highHalf(target))) as Exported;
    const fn = this.#functionByAddress.get(target);
    const parameters =
      fn === undefined
        ? this.#externalByAddress.get(target)?.parameters
        : this.#options.program.signatures[fn.signature]?.parameters;
    return (...args) =>
      callback(
        ...args.slice(0, callback.length).map((value, i) => wasmArgument(value, parameters?.[i] ?? 'i64')),
      );
  }

  /** Calls a function of the program; what it returns to is told by `returnAddress`, or as it stands. */
  #callAt(
    called: number,
    args: readonly number[],
    stackPointer: number,
    returnAddress: number | undefined,
  ): number {
    const callback = this.#functionAt(called);
    const names = ['sp', 'fp', 'position', 'return_address'] as const;
    const before = names.map((name) => this.#global(name).value);
    this.#global('sp').value = BigInt(stackPointer);
    if (returnAddress !== undefined) this.#global('return_address').value = BigInt(returnAddress);
    this.#pushArguments(stackPointer, args);
    const result = this.#enter(() => callback(...args));
    names.forEach((name, i) => {
      this.#global(name).value = before[i];
    });
    return Number(result ?? 0);
  }

  /** Bytes on libc's stack for the time of a call; callbacks run below them. */
  #withStackBytes<Result>(bytes: Uint8Array, use: (addr: number) => Result): Result {
    const sp = this.#global('sp');
    const before = sp.value;
    const addr = roundDown(Number(before) - libcFrameBytes - bytes.length, 16);
    this.memory.writeBytes(addr, bytes);
    sp.value = BigInt(addr);
    try {
      return use(addr);
    } finally {
      sp.value = before;
    }
  }
}

/** The object of the program at an address, as source text names it; the address where there is none. */
function objectAt(image: ProgramImage, bias: number, addr: number): string {
  const link = addr - bias;
  const found = image.symbols.find(
    (one) => one.kind === 'object' && link >= one.addr && link < one.addr + Math.max(1, one.size),
  );
  if (found === undefined) return `0x${addr.toString(16)}`;
  return link === found.addr ? found.name : `${found.name}+${String(link - found.addr)}`;
}

/** Where a program begins: anew after execve, or to run its past again. */
function addressSpaceFor({ isFresh, memory }: SimulatedProcess, tracer: Tracer): MmStruct {
  return isFresh ? execMemory(memory.mm, tracer) : scratchOf(memory.mm);
}

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
function callLogOf({ program, tracer }: MachineOptions, memory: () => ProcessMemory): CallLog | undefined {
  const isUsed = tracer.emitCalls !== undefined && plainHeapCalls(program) !== undefined;
  return isUsed ? new CallLog(tracer, memory) : undefined;
}

/** What an event of the end says of output that was still in buffers. */
const unwrittenFact = (unwritten: number | undefined): Pick<ProcessEvent, 'why'> =>
  unwritten === undefined ? {} : { why: sayProcess('process.unwritten', { bytes: unwritten }) };

/** An integer as a parameter of this type takes it. */
function wasmArgument(value: number | bigint, type: WasmType): number | bigint {
  switch (type) {
    case 'i64':
      return BigInt.asIntN(64, BigInt(value));
    case 'i32':
      return Number(BigInt.asIntN(32, BigInt(value)));
    case 'f32':
    case 'f64':
      throw new NotModelled('a callback of libc that takes a floating argument');
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
