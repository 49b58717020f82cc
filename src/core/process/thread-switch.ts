/**
 * Switching between the stacks of threads: leaves a WebAssembly stack in the middle of a call and enters it again later.
 *
 * A program that uses threads is compiled so that each of its functions can be left at its calls (codegen/suspendable.ts).
 * A host function that must wait calls {@link ThreadSwitch.suspend} and returns anything: each function of the program
 * then saves its wasm locals and the number of the call, and returns, until {@link ThreadSwitch.run} gets control back.
 * Running the thread again calls its entry with the same arguments; each function takes its locals back and goes to the
 * same call, until the innermost one calls the host function once more. So host functions that wait look at their
 * condition anew each time, and do nothing twice before they know that they need not wait.
 *
 * Everything is ordinary WebAssembly 1.0 with exceptions: no promises, no shared memory, one instance, one host thread.
 * The way is that of Binaryen's Asyncify. What cannot be left is a function of the program that libc has called
 * (a comparison of qsort, a signal handler): most host functions in between cannot be entered again. Such a function runs
 * to its end without a switch, and waiting in it is named. Host functions that can be use
 * {@link ThreadSwitch.callResumably}.
 */
import { invariant } from '../../base/assert.ts';
import { SUSPENSION_AREA } from '../codegen/suspendable.ts';
import { REGISTER_PAGE_HOST } from '../codegen/program-state.ts';
import { PAGE_SIZE } from '../../base/address.ts';
import { SCRATCH } from '../target/tlb-layout.ts';
import { NotModelled } from '../trace/not-modelled.ts';

/** What {@link ThreadSwitch.run} gives when the thread has not ended. */
export const SUSPENDED: unique symbol = Symbol('suspended');

/** Values of the module's global `switch_state`. */
const states = ['running', 'unwinding', 'rewinding'] as const;
type SwitchState = (typeof states)[number];

/** The module's globals that belong to one thread. */
const registerNames = [
  'sp',
  'fp',
  'return_address',
  'static_chain',
  'position',
  'stack_addend',
  'thread_pointer',
] as const;

/** A register of a thread, as the module's globals name them. */
export type ThreadRegister = (typeof registerNames)[number];

/** Registers as WebAssembly has them: i64 as bigint, i32 as number. */
export type ThreadRegisters = Readonly<Record<ThreadRegister, number | bigint>>;

/** Host addresses of what calls pass through memory: variadic arguments, small records, words of wide results. */
const passedBytes = [
  { start: SCRATCH, end: PAGE_SIZE },
  { start: REGISTER_PAGE_HOST, end: REGISTER_PAGE_HOST + PAGE_SIZE },
] as const;

/** The frames of one suspended stack: a stack of byte strings, innermost first in. */
class SavedFrames {
  #bytes = new Uint8Array(4096);
  #length = 0;
  readonly #lengths: number[] = [];

  get isEmpty(): boolean {
    return this.#lengths.length === 0;
  }

  push(frame: Uint8Array): void {
    const end = this.#length + frame.length;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(frame, this.#length);
    this.#length = end;
    this.#lengths.push(frame.length);
  }

  /** The frame that was pushed last; valid until the next push. */
  pop(): Uint8Array {
    const length = this.#lengths.pop();
    invariant(length !== undefined, 'a stack is entered as deep as it was left');
    this.#length -= length;
    return this.#bytes.subarray(this.#length, this.#length + length);
  }
}

/** A thread of the program, as the switch sees it. */
export class SwitchableThread {
  /** Calls the function that the thread begins with; called again, with the same arguments, to go on. */
  readonly enter: () => unknown;
  readonly frames = new SavedFrames();
  /** Registers at the start, or where it was suspended; not kept up to date while it runs. */
  registers: ThreadRegisters;
  /** The bytes at {@link passedBytes} when it was suspended last. */
  readonly passed: readonly Uint8Array[] = passedBytes.map(({ start, end }) => new Uint8Array(end - start));

  constructor(registers: ThreadRegisters, enter: () => unknown) {
    this.registers = registers;
    this.enter = enter;
  }
}

/** Gives a scheduler what it switches with. */
export interface ThreadScheduler {
  /**
   * Runs the first thread, and the others meanwhile.
   *
   * @returns what main returned; other threads may be alive then
   */
  runMain(main: SwitchableThread): unknown;
  /** The slice that the clock was given is over (FuelClock.setSlice): gives a new one, or suspends the thread. */
  sliceOver(): void;
}

/** Switches between the threads of one module instance. */
export class ThreadSwitch {
  readonly #linear: WebAssembly.Memory;
  readonly #stackAddend: WebAssembly.Global;
  readonly #threadPointer: WebAssembly.Global;
  #globals: Readonly<Record<ThreadRegister, WebAssembly.Global>> | undefined;
  #state: WebAssembly.Global | undefined;
  #current: SwitchableThread | undefined;
  /** Names of the host functions that have called the program, innermost last. */
  readonly #hosts: string[] = [];
  #host = '';

  /**
   * Makes a switch for the module that will be instantiated over a memory.
   *
   * @param linear - the memory
   * @param first - what the main thread has: host address = low half of a stack address + stackAddend; fs (gs) base
   */
  constructor(
    linear: WebAssembly.Memory,
    first: { readonly stackAddend: number; readonly threadPointer: number | bigint },
  ) {
    this.#linear = linear;
    const { stackAddend, threadPointer } = first;
    const pointer = typeof threadPointer === 'bigint' ? 'i64' : 'i32';
    this.#stackAddend = new WebAssembly.Global({ value: 'i32', mutable: true }, stackAddend | 0);
    this.#threadPointer = new WebAssembly.Global({ value: pointer, mutable: true }, threadPointer);
  }

  /** What is added to low halves of stack addresses now. */
  get stackAddend(): WebAssembly.Global {
    return this.#stackAddend;
  }

  /** What a suspendable module imports besides, or instead of, what others do. */
  imports(): Record<string, WebAssembly.ImportValue> {
    return {
      stack_addend: this.#stackAddend,
      thread_pointer: this.#threadPointer,
      frame_save: (bytes: number) => {
        this.#running().frames.push(new Uint8Array(this.#linear.buffer, SUSPENSION_AREA, bytes));
      },
      frame_restore: () => {
        const { frames } = this.#running();
        new Uint8Array(this.#linear.buffer).set(frames.pop(), SUSPENSION_AREA);
        if (frames.isEmpty) this.#setState('running');
      },
    };
  }

  /** Takes the instance of the module; before anything else is asked. */
  attach(instance: WebAssembly.Instance): void {
    const global = (name: string): WebAssembly.Global => {
      const found = instance.exports[name];
      invariant(found instanceof WebAssembly.Global, `a suspendable module exports the global ${name}`);
      return found;
    };
    this.#globals = {
      sp: global('sp'),
      fp: global('fp'),
      return_address: global('return_address'),
      static_chain: global('static_chain'),
      position: global('position'),
      stack_addend: this.#stackAddend,
      thread_pointer: this.#threadPointer,
    };
    this.#state = global('switch_state');
  }

  get state(): SwitchState {
    return states[Number(this.#state?.value ?? 0)] ?? 'running';
  }

  #setState(state: SwitchState): void {
    invariant(this.#state !== undefined, 'the switch has its module');
    this.#state.value = states.indexOf(state);
  }

  /** The thread that runs. */
  get current(): SwitchableThread | undefined {
    return this.#current;
  }

  #running(): SwitchableThread {
    invariant(this.#current !== undefined, 'only a running thread is left or entered');
    return this.#current;
  }

  /** The registers as they are now. */
  readRegisters(): ThreadRegisters {
    const globals = this.#globals;
    invariant(globals !== undefined, 'the switch has its module');
    const entries = registerNames.map((name) => [name, globals[name].value as number | bigint] as const);
    return Object.fromEntries(entries) as ThreadRegisters;
  }

  /** Sets the registers of the thread that runs. */
  writeRegisters(registers: ThreadRegisters): void {
    const globals = this.#globals;
    invariant(globals !== undefined, 'the switch has its module');
    for (const name of registerNames) globals[name].value = registers[name];
  }

  /**
   * Runs a thread from its entry, or from where it was suspended.
   *
   * Not to be called while a thread runs. What is thrown goes through; the thread's stack is gone then.
   *
   * @returns what the entry returned, or {@link SUSPENDED}
   */
  run(thread: SwitchableThread): unknown {
    invariant(this.#current === undefined, 'one thread runs at a time');
    this.#current = thread;
    this.writeRegisters(thread.registers);
    if (!thread.frames.isEmpty) {
      const memory = new Uint8Array(this.#linear.buffer);
      thread.passed.forEach((bytes, index) => {
        memory.set(bytes, passedBytes[index]?.start);
      });
      this.#setState('rewinding');
    }
    try {
      const result = thread.enter();
      if (this.state !== 'unwinding') return result;
      this.#setState('running');
      return SUSPENDED;
    } finally {
      this.#current = undefined;
      this.#hosts.length = 0;
    }
  }

  /** Whether nothing that libc called is on the stack: only then the thread can be suspended. */
  get maySuspend(): boolean {
    return this.#current !== undefined && this.#hosts.length === 0;
  }

  /**
   * Leaves the running thread's stack: the host function that calls this returns any value at once, and is called again
   * with the same arguments when the thread runs again.
   *
   * @throws NotModelled where a host function that called the program is on the stack
   */
  suspend(): void {
    const thread = this.#current;
    if (thread === undefined)
      throw new NotModelled('waiting for another thread before main or in an exit handler');
    invariant(this.state === 'running', 'a thread is suspended once');
    const host = this.#hosts.at(-1);
    if (host !== undefined) throw new NotModelled(`blocking in a callback of ${host}`);
    thread.registers = this.readRegisters();
    const memory = new Uint8Array(this.#linear.buffer);
    passedBytes.forEach(({ start, end }, index) => {
      thread.passed[index]?.set(memory.subarray(start, end));
    });
    this.#setState('unwinding');
  }

  /** Runs a host function by name, so that what it calls back is named by it. */
  inHost<Result>(name: string, work: () => Result): Result {
    const before = this.#host;
    this.#host = name;
    try {
      return work();
    } finally {
      this.#host = before;
    }
  }

  /**
   * Calls the program from a host function that keeps what it was doing when its thread is suspended inside of that call:
   * then it returns any value at once; it will be called again, has to know that, and calls this again.
   *
   * @returns what the call returned, or {@link SUSPENDED} when the thread was left inside of it
   */
  callResumably<Result>(call: () => Result): Result | typeof SUSPENDED {
    const result = call();
    return this.state === 'unwinding' ? SUSPENDED : result;
  }

  /** Calls the program from a host function: until that returns, the thread cannot be suspended. */
  callBack<Result>(call: () => Result, host = this.#host): Result {
    this.#hosts.push(host);
    try {
      return call();
    } finally {
      this.#hosts.pop();
    }
  }
}
