/**
 * CONTRACT. What libc's thread functions get from the kernel and the scheduler: the calling thread, clone, waiting.
 *
 * A function that may have to wait is a generator: each wait is a step that it yields, and it goes on when the wait is
 * over. While it waits, the stack of its thread is put aside (process/thread-switch.ts) and other threads run.
 */
import type { Address } from '../../../base/address.ts';
import type { Text } from '../../text/text.ts';
import type { SignalOrigin } from '../signals.ts';
import type { FutexQueues } from './futex.ts';
import type { Nptl } from './nptl.ts';
import type { CallerFrame } from './thread-frames.ts';

/** Why a thread does not run. */
export interface ThreadWait {
  /** Whether the thread may go on; has no effects. */
  isOver(): boolean;
  /** When it goes on all the same, in nanoseconds since main began; undefined for never. */
  readonly deadline: number | undefined;
  /** What it waits for, for people. */
  readonly what: () => Text;
  /** It goes on after a handler with SA_RESTART; others end with EINTR. */
  readonly restarts?: boolean;
}

/** Work of libc that may wait in the middle. */
export type Waiting<Result> = Generator<ThreadWait, Result, void>;

/** A function of the program that a thread is to run next, outermost on its stack. */
export interface ProgramCall {
  readonly target: number;
  /** A word. */
  readonly argument: bigint;
  readonly from: CallerFrame;
}

/** What a thread does from clone to exit: calls of the program, each resumed with its result, undefined when it was unwound. */
export type ThreadLife = Generator<ProgramCall, void, bigint | undefined>;

/** A thread that is to be. */
export interface NewThread {
  /** Its struct pthread, which fs will point to. */
  readonly descriptor: Address;
  /** The memory below which its frames lie, and where that begins. */
  readonly stackTop: number;
  readonly stackStart: number;
  /** First byte behind the stack's pages. */
  readonly stackEnd: number;
  /** Where tid is kept: the kernel writes it at the start and clears it at the end. */
  readonly tidAt: Address;
  /** start_thread's own unwind buffer. */
  readonly unwindBuffer: number;
  /** What it does; runs as that thread. */
  readonly life: () => ThreadLife;
}

/** Thread-local blocks below struct pthread: one for each object with thread-local variables, in the order of loading. */
export interface ThreadLocalBlock {
  /** From the start of the block up to struct pthread, in bytes. */
  readonly offset: number;
  readonly bytes: number;
  /** The initial image; what is beyond it is zero. */
  readonly image: Uint8Array;
}

/** Threads of the process, as libc asks for them. */
export interface LibcThreads {
  /** struct pthread of the calling thread: fs base. */
  readonly self: Address;
  /** The calling thread's number: gettid. */
  readonly tid: number;
  /** Threads that have not ended. */
  readonly count: number;
  /** Whether threads can be switched: the program was compiled for it. */
  readonly canSwitch: boolean;
  readonly futexes: FutexQueues;
  /** glibc's own bookkeeping. */
  readonly nptl: Nptl;
  readonly blocks: readonly ThreadLocalBlock[];
  /** clone3. @returns the new thread's number; it runs when the scheduler takes it */
  clone(thread: NewThread): number;
  /** start_thread's own unwind buffer, the outermost one of the calling thread; 0 for the main thread. */
  readonly outermostBuffer: number;
  /** Signals that were sent to the calling thread and wait. */
  readonly ownSignals: ReadonlyMap<number, SignalOrigin>;
  /** Sends a signal to one thread. */
  signal(descriptor: number, signal: number, origin: SignalOrigin): void;
  /** In the child of fork: there is no thread but the calling one. @returns descriptors of the others, in the order in which they were made */
  loseOthers(): readonly number[];
  /** Leaves all frames of the calling thread; its life goes on with its end. */
  unwind(): never;
  /** longjmp to a buffer that the program has filled, with the value 1. */
  jump(buffer: number): never;
  /** The memory of a stack goes back to the kernel. */
  forgetStack(start: number): void;
  /** Runs code of libc at an offset: its page is there from now on. */
  execute(offset: number): void;
  /** Lets others run that are ready. */
  yield(): ThreadWait;
  /** Calls a function of the program that takes nothing and may wait. */
  callProgram(target: number): Waiting<void>;
}
