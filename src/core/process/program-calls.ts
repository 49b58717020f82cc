/**
 * Calls of the program's functions from outside of it: start code, callbacks of libc, handlers of signals, exit handlers.
 *
 * Source: glibc 2.36, csu/libc-start.c, sysdeps/nptl/libc_start_call_main.h, stdlib/exit.c, elf/dl-fini.c.
 */
import { PAGE_SIZE, roundDown, roundUp } from '../../base/address.ts';
import { BugError, invariant } from '../../base/assert.ts';
import type { Range } from '../../base/range.ts';
import type { CompiledProgram } from '../codegen/compiled-program.ts';
import { jumpBufferLayouts } from '../codegen/nonlocal-jump.ts';
import type { LibcPlaces } from '../libc/libc-places.ts';
import { descriptorLayouts } from '../libc/threads/descriptor.ts';
import { backStack } from '../mm/back-stack.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import type { CodeAddresses } from './code-addresses.ts';
import type { LoadedProcess } from './loader.ts';
import type { RunningModule } from './running-module.ts';
import { SwitchableThread } from './thread-switch.ts';
import type { ThreadScheduler, ThreadSwitch } from './thread-switch.ts';

/** Bytes of libc's stack that a callback runs below of, where it is not known better. */
const libcFrameBytes = 0x100;

/** From main's frame pointer to its arguments on i386: main aligns the stack and pushes its return address again. */
const MAIN_FRAME_I386 = 24;

/** What calls need of their machine. */
export interface CallingHost {
  readonly program: CompiledProgram;
  readonly memory: ProcessMemory;
  readonly loaded: LoadedProcess;
  readonly places: LibcPlaces;
  readonly wordBytes: 4 | 8;
  readonly running: RunningModule;
  readonly code: CodeAddresses;
  /** Of a suspendable program. */
  readonly threadSwitch: () => ThreadSwitch | undefined;
  readonly scheduler: () => ThreadScheduler | undefined;
  /** Start of the descriptor of the thread that runs. */
  readonly threadPointer: () => number;
  /** From simulated to host addresses of the stack, where that can change. */
  readonly stackAddend: () => WebAssembly.Global | undefined;
}

/** Calls the functions of one program. */
export class ProgramCalls {
  readonly #host: CallingHost;

  constructor(host: CallingHost) {
    this.#host = host;
  }

  /** The loader asks the resolvers of the program's `ifunc` functions when it relocates the program. */
  callResolvers(): void {
    const { program, loaded, places, wordBytes, running } = this.#host;
    for (const { name, resolver } of program.resolved) {
      running.global('sp').value = BigInt(loaded.mainFramePointer + places.constructorOffset + 2 * wordBytes);
      running.global('return_address').value = BigInt(loaded.libcBase ?? 0);
      running.global(`resolved:${name}`).value = BigInt(running.call(resolver, []) ?? 0);
    }
  }

  /** Constructors run before main, from libc's start code, with main's arguments. */
  callConstructors(): void {
    const { program, loaded, places, wordBytes, running } = this.#host;
    const { argc, argv, envp, mainFramePointer } = loaded;
    for (const name of program.constructors) {
      const sp = mainFramePointer + places.constructorOffset + 2 * wordBytes;
      running.global('sp').value = BigInt(sp);
      running.global('return_address').value = BigInt((loaded.libcBase ?? 0) + places.constructorReturn);
      this.#pushArguments(sp, [argc, argv, envp]);
      this.enter(() => running.call(name, [argc, this.word(argv), this.word(envp)]));
    }
  }

  /** Calls main. @returns what is in eax then; 0 where main returns no integer */
  callMain(): number {
    const { program, loaded, places, wordBytes, running } = this.#host;
    const { argc, argv, envp } = loaded;
    // The frame pointer of main is known; its prologue pushes return address and rbp above it.
    const sp = loaded.mainFramePointer + (wordBytes === 8 ? 16 : MAIN_FRAME_I386);
    running.global('sp').value = BigInt(sp);
    // __libc_start_call_main has argc in rbp when it calls main; on i386 ebp is what the start code left, 0.
    running.global('fp').value = wordBytes === 8 ? BigInt(argc) : 0n;
    running.global('return_address').value = BigInt((loaded.libcBase ?? 0) + places.mainReturn);
    this.#pushArguments(sp, [argc, argv, envp]);
    const main = program.functions.find((fn) => fn.name === 'main');
    invariant(main !== undefined, 'a program that runs has main');
    const signature = program.signatures[main.signature];
    // What main makes of its arguments is its own affair: it may take argc as a long.
    const args = [argc, argv, envp].map((value, i) =>
      signature?.parameters[i] === 'i64' ? BigInt(value) : value | 0,
    );
    const result = this.enter(() => running.call(main.exportName, args));
    // The status is in eax, which a main without an integer result sets to anything (a diagnostic says so).
    if (signature?.result !== 'i32' && signature?.result !== 'i64') return 0;
    return typeof result === 'bigint' ? Number(BigInt.asIntN(32, result)) : Number(result);
  }

  /** Destructors run from exit, below its frames. */
  callDestructors(): void {
    const { program, places, running } = this.#host;
    const sp = running.global('sp');
    const before = sp.value;
    sp.value = BigInt(Number(before) - places.destructorBytes);
    for (const name of program.destructors) this.enter(() => running.call(name, []));
    sp.value = before;
  }

  /** A callback from libc into the program: qsort's comparison. */
  callProgram(target: number, args: readonly number[], stackBytes = libcFrameBytes): number {
    const sp = this.#host.running.register('sp') - stackBytes;
    return this.callAt(target, args, sp - (sp % 16), undefined);
  }

  /** Calls a function of the program; what it returns to is told by `returnAddress`, or as it stands. */
  callAt(
    called: number,
    args: readonly number[],
    stackPointer: number,
    returnAddress: number | undefined,
  ): number {
    const { code, running } = this.#host;
    const callback = code.functionAt(called);
    const names = ['sp', 'fp', 'position', 'return_address'] as const;
    const before = names.map((name) => running.global(name).value);
    running.global('sp').value = BigInt(stackPointer);
    if (returnAddress !== undefined) running.global('return_address').value = BigInt(returnAddress);
    this.#pushArguments(stackPointer, args);
    const result = this.enter(() => callback(...args));
    names.forEach((name, i) => {
      running.global(name).value = before[i];
    });
    return Number(result ?? 0);
  }

  /**
   * longjmp to a buffer of glibc's with the value 1: its words are xored with the pointer guard and rotated.
   *
   * @source glibc 2.36, sysdeps/{x86_64,i386}/__longjmp.S, sysdeps/unix/sysv/linux/{x86_64,i386}/pointer_guard.h: PTR_DEMANGLE
   */
  jumpTo(buffer: number): never {
    const { memory, running, threadPointer, program, wordBytes } = this.#host;
    const { frame, stack, counter, manglesFrame } = jumpBufferLayouts[program.target];
    const bits = 8 * wordBytes;
    const turn = wordBytes === 8 ? 17n : 9n;
    const wordAt = (addr: number): bigint =>
      wordBytes === 8 ? memory.readU64(addr) : BigInt(memory.readU32(addr));
    const plain = (index: number): bigint => wordAt(buffer + wordBytes * index);
    const guard = wordAt(threadPointer() + descriptorLayouts[program.target].field.pointerGuard);
    const word = (index: number): bigint => {
      const mangled = plain(index);
      return BigInt.asUintN(bits, (mangled >> turn) | (mangled << (BigInt(bits) - turn))) ^ guard;
    };
    running.global('sp').value = BigInt.asIntN(64, word(stack));
    const framePointer = manglesFrame ? word(frame) : plain(frame);
    running.call('jump', [BigInt.asIntN(64, framePointer), BigInt.asIntN(64, word(counter)), 1]);
    throw new BugError('a jump does not return');
  }

  /** Does work with the program on another stack. */
  onStack({ start, end }: Range, work: () => void): void {
    const addend = this.#host.stackAddend();
    invariant(addend !== undefined, 'a program that refers to sigaltstack can change stacks');
    const before = addend.value;
    addend.value = backStack(this.#host.memory.mm, roundDown(start, PAGE_SIZE), roundUp(end, PAGE_SIZE));
    try {
      work();
    } finally {
      // Also when the handler leaves by longjmp.
      addend.value = before;
    }
  }

  /** Bytes on libc's stack for the time of a call; callbacks run below them. */
  withStackBytes<Result>(bytes: Uint8Array, use: (addr: number) => Result): Result {
    const sp = this.#host.running.global('sp');
    const before = sp.value;
    const addr = roundDown(Number(before) - libcFrameBytes - bytes.length, 16);
    this.#host.memory.writeBytes(addr, bytes);
    sp.value = BigInt(addr);
    try {
      return use(addr);
    } finally {
      sp.value = before;
    }
  }

  /** A number as the module takes words. */
  word(value: number): number | bigint {
    return this.#host.wordBytes === 8 ? BigInt(value) : value | 0;
  }

  /** Calls the program; where it may start threads, as the first one, or from a function of libc in the one that runs. */
  enter(call: () => unknown): unknown {
    const threads = this.#host.threadSwitch();
    if (threads === undefined) return call();
    if (threads.current !== undefined) return threads.callBack(call);
    const main = new SwitchableThread(threads.readRegisters(), call);
    const scheduler = this.#host.scheduler();
    return scheduler === undefined ? threads.run(main) : scheduler.runMain(main);
  }

  /** Arguments of a function that libc calls: on i386 they lie on the stack. */
  #pushArguments(at: number, args: readonly number[]): void {
    if (this.#host.wordBytes === 8) return;
    args.forEach((value, i) => {
      this.#host.memory.writeU32(at + 4 * i, value >>> 0);
    });
  }
}
