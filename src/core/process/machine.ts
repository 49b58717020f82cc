/**
 * A process that runs: the compiled program over its memory, malloc and libc, from main() to the end.
 *
 * Nothing here depends on the host: clock, pid, standard input, environment are inputs. So a machine built again from
 * the same inputs does the same, which is what makes stepping back possible.
 */
import type { Address } from '../../base/address.ts';
import type { CodePosition, CompiledProgram } from '../codegen/compiled-program.ts';
import type { ProgramImage } from '../image/program-image.ts';
import { syscall } from '../libc/libc-context.ts';
import type { LibcContext, LibcVariable } from '../libc/libc-context.ts';
import { libcPlaces } from '../libc/libc-places.ts';
import type { LibcPlaces } from '../libc/libc-places.ts';
import { cleanupStreams } from '../libc/file-stream.ts';
import { SIG_IGN } from '../libc/signals.ts';
import type { Malloc } from '../malloc/malloc.ts';
import { execMemory } from '../mm/fork.ts';
import type { MmStruct } from '../mm/mm-struct.ts';
import { ProcessMemory } from '../mm/process-memory.ts';
import { scratchOf } from '../mm/scratch-memory.ts';
import { dataModelOf } from '../target/data-model.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { Tracer } from '../trace/trace-event.ts';
import type { CallLog } from './call-log.ts';
import { StackWalker, deepestWalk } from './call-stack.ts';
import type { CallFrame } from './call-stack.ts';
import { CodeAddresses } from './code-addresses.ts';
import { ExecRequest } from './exec.ts';
import type { ExecImage } from './exec.ts';
import { FileSystem } from './file-system.ts';
import { FollowedEnded, FollowedProcess, manySteps } from './followed-process.ts';
import { FuelClock } from './fuel-clock.ts';
import { GlobalOffsetTable } from './global-offset-table.ts';
import { LibcImports, callLogOf } from './libc-imports.ts';
import { initializeLibc } from './libc-state.ts';
import { LibcSymbols } from './libc-symbols.ts';
import { libcVariableNamed } from './libc-variables.ts';
import { loadProgram } from './loader.ts';
import type { LoadedProcess } from './loader.ts';
import { userId } from './machine-inputs.ts';
import type { MachineInputs } from './machine-inputs.ts';
import { makeLibc, raise } from './machine-libc.ts';
import { makeMalloc } from './machine-malloc.ts';
import type { MachineObserver } from './machine-observer.ts';
import { ObservedMemory } from './observed-memory.ts';
import { ProcessGroup, Suspended } from './process-group.ts';
import type { ProcessFacts } from './process-group.ts';
import { ProcessRun } from './process-run.ts';
import { processorImports } from './processor-imports.ts';
import { ProgramCalls } from './program-calls.ts';
import { emitEnd, emitStart, trapOf, withUnwritten } from './run-end.ts';
import { ReturnChain } from './return-chain.ts';
import { RunningModule } from './running-module.ts';
import { SignalDelivery } from './signal-delivery.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { ThreadSwitch } from './thread-switch.ts';
import type { ThreadScheduler } from './thread-switch.ts';
import { blocksOf } from './threads/thread-blocks.ts';
import { Threads } from './threads/threads.ts';
import { StopRun, TrapError, signalNamed } from './trap.ts';
import type { Trap } from './trap.ts';

export { variableAddress } from './call-stack.ts';
export type { CallFrame } from './call-stack.ts';
export type { MachineInputs } from './machine-inputs.ts';

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
  /** Which process the tracer and the observer hear of: numbers from 1, the first process, to it, each the parent of the next one. */
  readonly follow?: readonly number[];
  /** A process after the first one, or after execve, whose past runs again and which then goes on: see process-group.ts. */
  readonly resumed?: {
    readonly group: ProcessGroup;
    readonly process: SimulatedProcess;
    readonly followed: FollowedProcess<Machine>;
  };
}

/** The registers that views read: rsp, rbp, and the index into the program's positions. */
export interface ShownRegisters {
  readonly stackPointer: number;
  readonly framePointer: number;
  readonly position: number;
}

/** One process, from main() to its end. */
export class Machine {
  readonly memory: ProcessMemory;
  readonly malloc: Malloc;
  readonly loaded: LoadedProcess;
  readonly #options: MachineOptions;
  readonly #tracer: Tracer;
  /** Calls of malloc that the tracer has not been told of; emptied whenever the program leaves its code. */
  readonly #log: CallLog | undefined;
  /** The memory as libc sees it. */
  readonly #accessed: ProcessMemory;
  readonly #libc: LibcContext;
  readonly #libcBase: Address;
  readonly #running = new RunningModule();
  readonly #code: CodeAddresses;
  readonly #calls: ProgramCalls;
  readonly #returns: ReturnChain;
  readonly #walker: StackWalker;
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
  readonly #places: LibcPlaces;
  readonly #simulated: SimulatedProcess;
  readonly #followed: FollowedProcess<Machine>;

  constructor(given: MachineOptions) {
    const begun = given.resumed?.process.image;
    const { argv = given.inputs.argv, envp = given.inputs.envp, fuel = given.inputs.fuel } = begun ?? {};
    const { resumed } = given;
    this.#followed =
      resumed?.followed ??
      new FollowedProcess(given.follow ?? [1], given.observer !== undefined, given.tracer);
    const options = {
      ...given,
      inputs: { ...given.inputs, argv, envp, fuel },
      ...(given.observer !== undefined && resumed === undefined
        ? { observer: this.#followed.observer(given.observer) }
        : {}),
    };
    const { inputs, image, program } = options;
    const isFirst = resumed === undefined || resumed.process === resumed.group.first;
    const heard = isFirst ? this.#followed.tracer : resumed.group.childTracer;
    this.#log = callLogOf(program, heard, () => this.memory);
    const tracer = this.#log ?? heard;
    this.#options = options;
    this.#places = libcPlaces[program.target];
    this.#tracer = tracer;
    this.#clock = new FuelClock(inputs.fuel);
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
    const { libcAccesses } = options.observer ?? {};
    this.#accessed = libcAccesses === undefined ? this.memory : new ObservedMemory(this.memory, libcAccesses);
    this.#files = resumed === undefined ? this.#makeFiles() : this.#filesOf(resumed.process);
    this.#simulated =
      resumed?.process ??
      new SimulatedProcess({
        number: 1,
        pid: inputs.pid,
        parent: undefined,
        memory: this.memory,
        files: this.#files,
        journal: [],
      });
    this.#group =
      resumed?.group ??
      new ProcessGroup(
        this.#simulated,
        { tracer, followed: this.#followed, run: (child) => this.#runChild(child) },
        mayFork(program),
      );
    this.#process = this.#makeProcess();
    const symbols = new LibcSymbols(program, inputs.profile, image.neededLibraries);
    this.loaded = loadProgram({
      image,
      memory: this.memory,
      argv: inputs.argv,
      envp: inputs.envp,
      programPath: inputs.programPath,
      ...(begun === undefined ? {} : { execfn: begun.path }),
      resolveSymbol: (name, base) => symbols.addressOf(name, base),
    });
    const { libcBase, mainArena, loadBias } = this.loaded;
    if (libcBase === undefined || mainArena === undefined) throw new NotModelled('running static programs');
    this.#libcBase = libcBase;
    this.#code = new CodeAddresses(program, this.memory, loadBias, this.#running, options.linear);
    this.#walker = new StackWalker(program, this.memory, loadBias, this.#wordBytes);
    this.#calls = this.#makeCalls();
    this.#returns = this.#makeReturns();
    this.malloc = makeMalloc({
      inputs,
      memory: this.memory,
      tracer,
      libcBase,
      mainArena,
      libc: () => this.#libc,
    });
    const copies = variableCopies(image, loadBias);
    this.#threads = this.#makeThreads();
    this.#libc = this.#makeLibc(copies);
    this.#delivery = this.#makeDelivery();
    if (begun !== undefined) this.#keep(begun);
    this.memory.mm.withoutTracing(() => {
      this.#threads.describeMain();
      initializeLibc(this.#libc, this.loaded, libcBase, copies, inputs.argv[0] ?? '');
    });
    this.memory.counters.minflt = 0;
    if (program.isSuspendable) {
      this.#switch = new ThreadSwitch(options.linear, {
        stackAddend: this.memory.stackAddend,
        threadPointer: this.#calls.word(this.loaded.threadPointer),
      });
      this.#scheduler = options.makeScheduler?.(this.#switch, this.#clock) ?? this.#threads;
    }
    if (program.hasSignalStack && !program.isSuspendable)
      this.#stackAddend = new WebAssembly.Global(
        { value: 'i32', mutable: true },
        this.memory.stackAddend | 0,
      );
    this.#instantiate(symbols);
    this.#simulated.isFresh = false;
    if (this.#followed.follows(this.#simulated)) this.#followed.machine = this;
  }

  get #wordBytes(): 4 | 8 {
    return dataModelOf(this.#options.program.target).wordBytes;
  }

  // ---- parts ----

  #makeFiles(): FileSystem {
    const { inputs, program } = this.#options;
    const { programPath, argv, envp } = inputs;
    const path = argv[0] ?? '';
    return new FileSystem({
      memory: this.memory,
      facts: {
        name: path.slice(path.lastIndexOf('/') + 1),
        pid: inputs.pid,
        parent: inputs.pid - 1,
        uid: userId,
      },
      words: { argv, envp },
      streams: {
        stdinKind: inputs.stdinKind,
        stdoutKind: inputs.stdoutKind,
        readInput: (length) => this.#readInput(length),
        output: (fd, bytes) => {
          this.#tracer.emit({ kind: 'output', fd, bytes });
        },
        now: () => this.#clock.now,
      },
      folder: programPath.slice(0, Math.max(1, programPath.lastIndexOf('/'))),
      programPath,
      ...(inputs.files === undefined ? {} : { files: inputs.files }),
      ...(mayFork(program)
        ? {
            waitFor: (memory, isReady) => {
              this.#group.blockWith(memory, isReady);
            },
          }
        : {}),
    });
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

  #readInput(length: number): Uint8Array {
    const bytes = this.#options.inputs.stdin.slice(this.#stdinAt, this.#stdinAt + length);
    this.#stdinAt += bytes.length;
    return bytes;
  }

  #makeProcess(): ProcessRun {
    return new ProcessRun(this.#group, this.#simulated, {
      memory: this.memory,
      clock: this.#clock,
      signals: () => this.#delivery.signals,
      mayHaveThreads: this.#options.program.isSuspendable,
      threadsGoOn: () => this.#threads.othersGoOn,
      position: () => this.position,
      wentLive: () => {
        if (this.#accessed !== this.memory) this.#accessed.switchTo(this.memory.mm);
        if (this.#followed.follows(this.#simulated)) this.#followed.goOn();
      },
      changedLimits: () => this.#libc.kernel.changedLimits,
      deliver: (signal) => {
        this.#delivery.send(signal);
      },
    });
  }

  #makeCalls(): ProgramCalls {
    return new ProgramCalls({
      program: this.#options.program,
      memory: this.memory,
      loaded: this.loaded,
      places: this.#places,
      wordBytes: this.#wordBytes,
      running: this.#running,
      code: this.#code,
      threadSwitch: () => this.#switch,
      scheduler: () => this.#scheduler,
      threadPointer: () => this.#threads.self,
      stackAddend: () => this.#switch?.stackAddend ?? this.#stackAddend,
    });
  }

  #makeReturns(): ReturnChain {
    return new ReturnChain({
      program: this.#options.program,
      memory: this.memory,
      running: this.#running,
      code: this.#code,
      wordBytes: this.#wordBytes,
      startCode: () => this.#libcBase + this.#places.mainReturn,
      enter: (call) => this.#calls.enter(call),
      exit: (status) => this.#exit(status),
      stackAddend: () =>
        Number((this.#switch?.stackAddend ?? this.#stackAddend)?.value ?? this.memory.stackAddend),
    });
  }

  #makeThreads(): Threads {
    const { inputs, image, program, placeOf } = this.#options;
    return new Threads({
      memory: this.memory,
      clock: this.#clock,
      switcher: () => this.#switch,
      pid: inputs.pid,
      threadPointer: this.loaded.threadPointer,
      blocks: blocksOf(image, inputs.profile, this.loaded.loadBias),
      libcBase: this.#libcBase,
      seed: inputs.profile.threadSeed,
      libc: () => this.#libc,
      call: (target, argument) => this.#code.functionAt(target)(argument),
      jump: (buffer) => this.#calls.jumpTo(buffer),
      nameOf: (addr) => objectAt(image, this.loaded.loadBias, addr),
      placeOf: (position) => {
        const at = program.positions[position];
        return at === undefined || placeOf === undefined ? '?' : placeOf(at);
      },
    });
  }

  #makeLibc(copies: ReadonlyMap<LibcVariable, number>): LibcContext {
    const { inputs, image } = this.#options;
    return makeLibc({
      inputs,
      image,
      loaded: this.loaded,
      libcBase: this.#libcBase,
      memory: this.memory,
      accessed: this.#accessed,
      malloc: this.malloc,
      tracer: this.#tracer,
      clock: this.#clock,
      files: this.#files,
      isJournaled: this.#group.mayFork,
      process: this.#process,
      threads: this.#threads,
      copies,
      running: this.#running,
      calls: this.#calls,
      delivery: () => this.#delivery,
      returnAddresses: (most) => this.callStack(most).map((frame) => frame.returnAddress),
      exit: (status) => this.#exit(status),
      exitNow: (status) => this.#exitNow(status),
    });
  }

  #makeDelivery(): SignalDelivery {
    return new SignalDelivery({
      libc: this.#libc,
      registers: () => ({ sp: this.stackPointer, fp: this.framePointer }),
      vdso: this.loaded.vdso,
      callAt: (target, args, sp, returnAddress) => {
        this.#calls.callAt(target, args, sp, returnAddress);
      },
      onStack: (stack, work) => {
        this.#calls.onStack(stack, work);
      },
      pushesFrame: (addr, bytes) => this.#options.observer?.signalFrame?.(addr, bytes),
      passOn: (signal, origin) => this.#threads.passOn(signal, origin),
      end: (signal) => raise(signalNamed(signal), undefined),
    });
  }

  /** Makes the instance of the module with all that it imports. */
  #instantiate(symbols: LibcSymbols): void {
    const { program, module, linear, inputs, observer, onStop } = this.#options;
    const { memory } = this;
    const common = { program, linear, memory, code: this.#code, delivery: this.#delivery, calls: this.#log };
    const libcImports = new LibcImports({
      ...common,
      malloc: this.malloc,
      libc: this.#libc,
      libcBase: this.#libcBase,
      symbols,
      table: new GlobalOffsetTable(this.#options.image, this.loaded.loadBias),
      enter: (call) => this.#calls.enter(call),
      threads: this.#threads,
      threadSwitch: this.#switch,
      isHeapObserved: observer?.noteCalls !== undefined,
      called: observer?.called?.bind(observer),
    });
    const heap = libcImports.heapImports();
    const instance = this.#running.instantiate(module, {
      ...processorImports({
        ...common,
        returns: this.#returns,
        clock: this.#clock,
        scheduler: this.#scheduler,
        stackAddend: this.#stackAddend ?? memory.stackAddend | 0,
        threadPointer: this.#calls.word(this.loaded.threadPointer),
        fuel: inputs.fuel,
        observer,
        onStop: (position) => onStop?.(position),
        timerFired: () => {
          this.#libc.timerFired();
        },
      }),
      ...libcImports.imports(),
      ...this.#switch?.imports(),
      ...heap?.imports,
    });
    this.#switch?.attach(instance);
    if (heap !== undefined) {
      const position = this.#running.global('position');
      const note = observer?.noteCalls?.({ position, stepsLeft: this.#running.global('steps_left') });
      heap.notePositions(position, note);
    }
    this.#log?.open();
  }

  // ---- running ----

  /** Runs from main() to the end of the process. Throws {@link StopRun} through when the tracer stops the run. */
  run(): Trap {
    emitStart(this.#tracer);
    let trap: Trap;
    try {
      trap = withUnwritten(this.#libc, this.#withOthers(this.#runToTrap()));
    } catch (error) {
      if (this.#simulated !== this.#group.first) throw error;
      if (error instanceof FollowedEnded && this.#followed.trap !== undefined) return this.#followed.trap;
      if (!(error instanceof ExecRequest)) throw error;
      return this.#beginAnew().run();
    }
    emitEnd(this.#libc, trap);
    if (this.#simulated !== this.#group.first) return trap;
    const untold = this.#followed.unfinished(trap);
    if (untold !== undefined)
      emitEnd({ tracer: this.#followed.listener, malloc: { unfinished: undefined } }, untold);
    return this.#followed.trap ?? trap;
  }

  /** The machine that runs the process that is followed now: another one after execve, and for other processes than the first. */
  get current(): Machine {
    return this.#followed.machine ?? this;
  }

  /** All processes that the run has made so far. */
  get processes(): readonly ProcessFacts[] {
    return this.#group.facts;
  }

  /** The first process has called execve. */
  #beginAnew(): Machine {
    const process = this.#simulated;
    const next = new Machine({
      ...this.#options,
      resumed: { group: this.#group, process, followed: this.#followed },
    });
    if (this.#options.observer !== undefined) next.awaitStep(this.stepsLeft);
    if (this.#followed.follows(process)) this.#options.onExec?.(next);
    next.#tellExec();
    return next;
  }

  #tellExec(): void {
    const args = this.#simulated.image?.args ?? [];
    this.#tracer.emit({ kind: 'syscall', name: 'execve', args, result: 0, why: undefined });
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
    for (;;) {
      try {
        const trap = this.#machineFor(process).run();
        if (this.#followed.isFirst || !this.#followed.isWanted(process)) return trap;
        this.#followed.trap = trap;
        throw new FollowedEnded();
      } catch (error) {
        const goesOn = error instanceof Suspended || error instanceof ExecRequest;
        if (goesOn && this.#followed.follows(process)) this.#followed.leave();
        if (!(error instanceof ExecRequest)) throw error;
      }
    }
  }

  #machineFor(process: SimulatedProcess): Machine {
    const { program, module, image, inputs, linear, observer, onExec } = this.#options;
    const { isFresh } = process;
    const follows = this.#followed.follows(process);
    const machine = new Machine({
      program,
      module,
      image,
      inputs,
      linear,
      tracer: this.#followed.listener,
      ...(observer !== undefined && follows ? { observer } : {}),
      resumed: { group: this.#group, process, followed: this.#followed },
    });
    if (observer !== undefined) machine.awaitStep(manySteps);
    if (!isFresh || !follows) return machine;
    this.#followed.goOn();
    onExec?.(machine);
    machine.#tellExec();
    return machine;
  }

  #runToTrap(): Trap {
    try {
      this.#clock.start({
        get: () => Number(this.#running.global('fuel').value),
        set: (fuel) => {
          this.#running.global('fuel').value = BigInt(fuel);
        },
      });
      // The timer goes on over execve.
      const deadline = this.#simulated.image?.deadline;
      if (deadline !== undefined) this.#clock.setDeadline(deadline);
      this.#calls.callResolvers();
      this.#calls.callConstructors();
      const status = this.#calls.callMain();
      this.#exit(status);
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

  #trapOf(error: unknown): Trap {
    const { memory } = this;
    const { fuel } = this.#options.inputs;
    const wild = this.#returns.faultOf(error);
    return trapOf(
      { memory, libc: this.#libc, fuel, depth: () => this.callStack(Infinity).length },
      wild ?? error,
    );
  }

  #exit(status: number): never {
    const { exitHandlers } = this.#libc;
    for (let handler = exitHandlers.pop(); handler !== undefined; handler = exitHandlers.pop()) {
      const { target, argument } = handler;
      this.#calls.callProgram(
        target,
        // atexit's are called as those of __cxa_atexit, whose argument is null.
        argument === undefined ? [0, status] : [status, argument],
        this.#places.exitHandlerBytes,
      );
    }
    this.#calls.callDestructors();
    cleanupStreams(this.#libc);
    return this.#exitNow(status);
  }

  #exitNow(status: number): never {
    syscall(this.#libc, 'exit_group', [status], 0);
    // Handlers of on_exit and exit_group get the status whole; who waits sees its low byte (Linux, kernel/exit.c: exit_group).
    throw new TrapError({ kind: 'exit', status: status & 0xff });
  }

  // ---- observed modules ----

  /** Has the observer called at the `count`-th step from here. Only for an observed module. */
  awaitStep(count: number): void {
    this.#running.global('steps_left').value = BigInt(count);
  }

  /** Steps until the observer is called. */
  get stepsLeft(): number {
    return Number(this.#running.global('steps_left').value);
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
    return this.#running.register('sp');
  }

  /** rbp of the innermost frame. */
  get framePointer(): number {
    return this.#running.register('fp');
  }

  /** Index into the program's positions, -1 outside of its code. */
  get position(): number {
    return this.#running.position;
  }

  /** The registers that views read. */
  get registers(): ShownRegisters {
    return { stackPointer: this.stackPointer, framePointer: this.framePointer, position: this.position };
  }

  /** Lets a machine that does not run on look as it did at an earlier moment; its memory has its own history. */
  showRegisters({ stackPointer, framePointer, position }: ShownRegisters): void {
    this.#running.global('sp').value = BigInt(stackPointer);
    this.#running.global('fp').value = BigInt(framePointer);
    this.#running.global('position').value = position;
  }

  /** The frames of the program's functions, read from the simulated stack as a debugger does: saved rbp by saved rbp. */
  callStack(most = deepestWalk): readonly CallFrame[] {
    return this.#walker.walk(most, this.position, this.framePointer);
  }

  /** The same of a thread, by its number; empty for one that has not begun, or has ended. */
  callStackOf(number: number, most = deepestWalk): readonly CallFrame[] {
    const thread = this.#threads.alive.find((one) => one.number === number);
    if (thread === undefined) return [];
    if (thread === this.#threads.current) return this.callStack(most);
    return this.#walker.walk(most, this.#threads.positionOf(thread), this.#threads.framePointerOf(thread));
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

/** Whether a program may become several processes. */
function mayFork({ externals }: CompiledProgram): boolean {
  return externals.some(({ name }) => name === 'fork');
}

/** Run-time addresses of the program's own copies of libc's variables. */
function variableCopies({ copyRelocations }: ProgramImage, loadBias: number): Map<LibcVariable, number> {
  const copies = new Map<LibcVariable, number>();
  for (const { name, addr } of copyRelocations) {
    const variable = libcVariableNamed(name);
    if (variable !== undefined) copies.set(variable, loadBias + addr);
  }
  return copies;
}
