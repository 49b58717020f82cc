/**
 * What glibc keeps of all threads of a process in variables of its own: numbers, the cache of stacks, keys.
 *
 * Source: glibc 2.36, nptl/nptl-stack.c, nptl/pthread_keys.c, nptl/libc_multiple_threads.c, nptl/vars.c.
 * Simplified: the lists of stacks and the table of keys are no bytes of the simulated memory.
 */

/** A key of thread-specific data. */
export interface KeyEntry {
  /** Odd while the key exists. */
  sequence: number;
  /** Function of the program that is called with a value at a thread's end; 0 for none. */
  destructor: number;
}

/** Stack and guard that threads without attributes of their own get, in bytes. */
export interface DefaultStack {
  size: number;
  guard: number;
}

/** The state of a process. */
export class Nptl {
  /** __libc_single_threaded: until the first thread is made. */
  isSingleThreaded = true;
  /** Whether pthread_cancel has installed the handler of its signal. */
  hasCancelHandler = false;
  /** __nptl_nthreads: threads that have not ended, the main one too. */
  threadCount = 1;
  /** Descriptors of stacks that nobody uses, the last one first. */
  readonly stackCache: number[] = [];
  /** Bytes in the cache. */
  stackCacheBytes = 0;
  readonly keys = new Map<number, KeyEntry>();
  readonly defaultStack: DefaultStack;
  /** Functions that pthread_atfork was given, in the order in which they were. */
  readonly forkHandlers: { readonly prepare: number; readonly parent: number; readonly child: number }[] = [];
  /** Names that pthread_setname_np gave, by thread number. */
  readonly names = new Map<number, string>();

  /**
   * The state at main.
   *
   * @param stackLimit - RLIMIT_STACK in bytes
   */
  constructor(stackLimit: number) {
    this.defaultStack = { size: defaultStackSize(stackLimit), guard: 4096 };
  }
}

/** What the limit of the main stack makes of it. @source nptl/nptl-stack.c: __pthread_initialize_minimal_internal */
function defaultStackSize(stackLimit: number): number {
  const PTHREAD_STACK_MIN = 16384;
  const wanted = Number.isFinite(stackLimit) ? Math.max(stackLimit, PTHREAD_STACK_MIN) : 2 * 1024 * 1024;
  return Math.ceil(wanted / 4096) * 4096;
}
