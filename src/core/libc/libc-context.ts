/**
 * What the functions of libc get from the process they run in.
 *
 * The functions are ours, written over the simulated memory: every byte they read or write goes through `Memory`, every
 * byte they allocate comes from the simulated malloc, so that faults and heap addresses are those of the real library.
 */
import type { Address } from '../../base/address.ts';
import type { Memory, Syscalls } from '../mm/kernel.ts';
import type { Malloc } from '../malloc/malloc.ts';
import type { DataModel } from '../target/data-model.ts';
import type { ResourceLimits } from '../target/machine-profile.ts';
import type { Extended } from '../target/extended-float.ts';
import type { Tracer } from '../trace/trace-event.ts';
import type { FloatEnvironment } from './float-environment.ts';
import type { SignalOrigin, Signals } from './signals.ts';
import type { LibcThreads, Waiting } from './threads/kernel-threads.ts';

/** What a descriptor is connected to; decides buffering (stdio) and the buffer's size. */
export type StreamKind = 'terminal' | 'pipe';

/** Places of libc's own objects in the simulated process. */
export interface LibcObjects {
  /** `struct _IO_FILE` of stdin, stdout, stderr. */
  readonly stdin: Address;
  readonly stdout: Address;
  readonly stderr: Address;
  /** The thread's errno. */
  readonly errno: Address;
  /** Zeroed bytes of libc's .bss for tables and results that libc keeps in static memory. */
  readonly scratch: Address;
  /** Where libc.so.6 is loaded. */
  readonly base: Address;
}

/** What stat tells of a file; times in nanoseconds since the epoch. */
export interface FileStatus {
  readonly device: number;
  readonly inode: number;
  /** Type and permission bits. */
  readonly mode: number;
  readonly links: number;
  readonly owner: number;
  /** Number of the device that a device file stands for. */
  readonly special: number;
  readonly size: number;
  readonly blockBytes: number;
  /** Allotted, in units of 512 bytes. */
  readonly blocks: number;
  readonly accessed: number;
  readonly modified: number;
  readonly changed: number;
}

/** What poll tells of a descriptor; undefined for one that is not open. */
export type ReadinessOf = (fd: number) => Readiness | undefined;

/** What can be done with an open file without waiting. */
export interface Readiness {
  readonly isReadable: boolean;
  readonly isWritable: boolean;
  /** A pipe to read that nobody can write to any more. */
  readonly hasHungUp: boolean;
  /** A pipe to write that nobody can read from any more. */
  readonly hasFailed: boolean;
}

/**
 * Files and descriptors of the simulated process. Results are what is wanted, or minus errno. `directory` is the
 * descriptor that relative paths begin at, -100 (AT_FDCWD) for the working directory.
 */
export interface LibcFiles {
  open(path: string, flags: number, mode: number, directory: number): number;
  /** Opens a file of the system, of that length, that only libraries and ld.so read: its content is not modelled. */
  openSystemFile(path: string, bytes: number): number;
  close(fd: number): number;
  duplicate(fd: number, least: number): number;
  duplicateTo(fd: number, to: number): number;
  pipe(flags: number): readonly [number, number] | number;
  isOpen(fd: number): boolean;
  statusFlags(fd: number): number;
  setStatusFlags(fd: number, flags: number): number;
  closesOnExec(fd: number): boolean;
  setCloseOnExec(fd: number, isOn: boolean): number;
  read(fd: number, length: number): Uint8Array | number;
  readAt(fd: number, length: number, offset: number): Uint8Array | number;
  write(fd: number, bytes: Uint8Array): number;
  writeAt(fd: number, bytes: Uint8Array, offset: number): number;
  seek(fd: number, offset: number, whence: number): number;
  truncate(fd: number, length: number): number;
  truncatePath(path: string, length: number): number;
  status(fd: number): FileStatus | number;
  /** What poll tells of a descriptor; undefined for one that is not open. @throws NotModelled for a standard stream that is a pipe to read */
  readiness(fd: number): Readiness | undefined;
  /** Lets other processes run until something is so, by what is true of the descriptors then. @throws NotModelled where there are no others */
  waitUntil(isSo: (readinessOf: ReadinessOf) => boolean, what: string): void;
  statusOf(path: string, directory: number, keepLink: boolean): FileStatus | number;
  readDirectory(
    fd: number,
  ): readonly { readonly name: string; readonly inode: number; readonly mode: number }[] | number;
  mayAccess(path: string, wanted: number, directory: number): number;
  changeMode(target: string | number, mode: number): number;
  setTimes(target: string | number, accessed: number | undefined, modified: number | undefined): number;
  /** Nanoseconds since the epoch. */
  now(): number;
  setUmask(mask: number): number;
  makeDirectory(path: string, mode: number): number;
  removeDirectory(path: string): number;
  unlink(path: string): number;
  rename(from: string, to: string): number;
  link(target: string, path: string): number;
  symbolicLink(target: string, path: string): number;
  readLink(path: string): string | number;
  workingDirectory(): string;
  changeDirectory(target: string | number): number;
}

/** What the kernel keeps about the process besides files, memory and signals. */
export interface KernelFacts {
  readonly ramBytes: number;
  /** Bytes of /etc/ld.so.cache; 0 without one. */
  readonly libraryCacheBytes: number;
  /** The limits of memory, in force. */
  readonly limits: ResourceLimits;
  /** Soft and hard limits that the process has set, by resource. */
  readonly changedLimits: Map<number, readonly [number, number]>;
}

/** The process among others. Calls give minus errno where they fail. */
export interface LibcProcesses {
  /** pid of the parent; 1 when it has ended. */
  readonly parent: number;
  /** Number of the process group: that of the first process. */
  readonly leader: number;
  /** Whether other processes of the program have not ended. */
  readonly hasOthers: boolean;
  /**
   * Makes a child.
   *
   * @param resumed - what the kernel does whenever parent or child comes to the processor again
   * @returns 0 in the child, its number in the parent
   */
  fork(resumed: () => void): number;
  /** waitpid. @returns the child and its wait status; pid 0 where WNOHANG was given and none has ended */
  wait(which: number, options: number): { readonly pid: number; readonly status: number } | number;
  /** execve of the program itself: it begins anew in this process, and the call does not come back. */
  exec(call: ExecCall): never;
  /** A signal for other processes than this one; 0 only asks. */
  kill(pid: number, signal: number): number;
}

/** What execve is called with. */
export interface ExecCall {
  readonly path: string;
  /** The arguments as they are. */
  readonly args: readonly number[];
  readonly argv: readonly string[];
  readonly envp: readonly string[];
}

/** The simulated clock's own side: nanoseconds since main began. */
export interface ClockControl {
  readonly elapsed: number;
  /** When the timer fires; undefined for none. */
  readonly deadline: number | undefined;
  setDeadline(deadline: number | undefined): void;
  wait(nanoseconds: number): void;
}

/** A function that atexit or on_exit has registered; on_exit's gets the status and a word of its own. */
export interface ExitHandler {
  readonly target: number;
  /** Undefined for atexit. */
  readonly argument: number | undefined;
}

/** Variables of libc that programs may refer to. */
export type LibcVariable =
  | 'stdin'
  | 'stdout'
  | 'stderr'
  | 'environ'
  | 'optarg'
  | 'optind'
  | 'opterr'
  | 'optopt'
  | 'tzname'
  | 'timezone'
  | 'daylight'
  | 'signgam'
  | 'program_invocation_name'
  | 'program_invocation_short_name'
  | 'error_print_progname'
  | 'error_message_count'
  | 'error_one_per_line'
  | 'getdate_err';

export interface LibcContext {
  readonly memory: Memory;
  readonly syscalls: Syscalls;
  readonly malloc: Malloc;
  readonly model: DataModel;
  readonly tracer: Tracer;
  readonly objects: LibcObjects;
  /** program_invocation_short_name, for messages. */
  readonly programName: string;
  /** Address of the auxiliary vector on the stack. */
  readonly auxiliaryVector: number;
  readonly pid: number;
  readonly userId: number;
  /** What runs at exit, in the order in which it was registered. */
  readonly exitHandlers: ExitHandler[];
  /** What runs at quick_exit. */
  readonly quickExitHandlers: number[];
  /** Address of a variable of libc, as all see it: the program's own copy where it has one. */
  variable(name: LibcVariable): number;
  /**
   * Calls a function of the program by its address; arguments and result are words.
   *
   * @param stackBytes - what libc has on the stack then, below the program's frame; a multiple of 16
   */
  callProgram(target: number, args: readonly number[], stackBytes?: number): number;
  /**
   * Where the call of libc returns to, then where each function of the program does, innermost first.
   *
   * @param most - how many at most
   */
  returnAddresses(most: number): readonly number[];
  /** Where the program is mapped, what is added to its link addresses, and where _start is. */
  readonly programPlace: {
    readonly start: number;
    readonly end: number;
    readonly bias: number;
    readonly entry: number;
  };
  /** rsp of the program where it calls libc. */
  readonly stackPointer: number;
  /** The first time: touches the pages of a part of libc that not every call of a function runs. */
  runPart(name: '__printf_fp'): void;
  /** Lets libc keep bytes on its stack, below the frames of the program, for the time of a call. */
  withStackBytes<Result>(bytes: Uint8Array, use: (addr: number) => Result): Result;
  /** Sends a signal to the process itself: its handler runs, or its default action is taken. */
  sendSignal(signal: number, origin?: SignalOrigin): void;
  /** Delivers signals that wait and are no longer blocked. */
  deliverPending(): void;
  readonly signals: Signals;
  /** Exceptions and direction of rounding of floating-point operations. */
  readonly floats: FloatEnvironment;
  readonly kernel: KernelFacts;
  /** The timer and the time that passes by waiting. */
  readonly clockControl: ClockControl;
  /** The timer has come to its deadline. */
  timerFired(): void;
  /** Runs what atexit and on_exit have registered, flushes and ends the process. */
  exit(status: number): never;
  /** Ends the process at once. */
  exitNow(status: number): never;
  /** Ends the process with a signal that nobody handles; `message` is what libc wrote to standard error before. */
  raise(signal: number, message: string | undefined): never;
  /** Seconds since the epoch and nanoseconds, on the simulated clock. */
  clock(): { readonly seconds: number; readonly nanoseconds: number };
  /** Processor time that the program has used: one nanosecond for each loop iteration and call. */
  processorNanoseconds(): number;
  /** What getrusage tells: page faults since main began, most resident memory. */
  usage(): { readonly minorFaults: number; readonly majorFaults: number; readonly residentBytes: number };
  readonly files: LibcFiles;
  readonly processes: LibcProcesses;
  readonly threads: LibcThreads;
  /** Stores the record that a function returns, at the place that the caller gave as its first argument. */
  storeRecord(target: number | bigint, bytes: Uint8Array): void;
  /** The bytes of a record that the caller passes by value. */
  recordArgument(source: number | bigint, length: number): Uint8Array;
  /** Lets simulated time pass. */
  advanceClock(seconds: number): void;
}

/**
 * A function of libc.
 *
 * `signature` is one letter for the result, then one for each parameter; a final `.` marks a variadic one:
 * `v` void, `i` int, `u` unsigned int, `l` long, `z` size_t or unsigned long, `p` pointer, `d` double, `f` float,
 * `q` long long, `x` `unsigned long long`.
 */
export interface LibcFunction {
  readonly signature: string;
  /**
   * Does what the function does.
   *
   * @param args - the arguments as numbers; a 64-bit one beyond 2^53 is rounded
   * @param raw - the same as WebAssembly gives them: 64-bit ones are exact bigints
   * @returns the result; a bigint where it may exceed 2^53; work that may have to wait for other threads
   */
  readonly call: (
    ctx: LibcContext,
    args: readonly number[],
    variadic: VariadicArguments,
    raw: readonly (number | bigint)[],
  ) => number | bigint | Waiting<number | bigint>;
}

/** Makes the entry of a function. */
export const f = (signature: string, call: LibcFunction['call']): LibcFunction => ({ signature, call });

/** A table of functions by their C names. */
export type LibcTable = Readonly<Record<string, LibcFunction>>;

/** Reads variadic arguments in order, each after the default promotions (C17 6.5.2.2). */
export interface VariadicArguments {
  /** The next int, or what was promoted to it; signed. */
  int(): number;
  /** The next 64-bit (on i386: `long long`) integer as unsigned bits. */
  longLong(): bigint;
  /** The next word: pointer, long, size_t; unsigned. */
  word(): bigint;
  double(): number;
  longDouble(): Extended;
  /** Sign of the last floating value, which a NaN has too. */
  readonly lastIsNegative: boolean;
}

/** Word-sized reads and writes in the process's data model. */
export function readWord(ctx: LibcContext, addr: number): number {
  return ctx.model.wordBytes === 8
    ? ctx.memory.readU32(addr) + ctx.memory.readU32(addr + 4) * 0x1_0000_0000
    : ctx.memory.readU32(addr);
}

/** Writes an address or size. */
export function writeWord(ctx: LibcContext, addr: number, value: number): void {
  if (ctx.model.wordBytes === 8) ctx.memory.writeNumber64(addr, value);
  else ctx.memory.writeU32(addr, value);
}

/** Sets errno. */
export function setErrno(ctx: LibcContext, value: number): void {
  ctx.memory.writeU32(ctx.objects.errno, value);
}

/**
 * Calls that glibc for i386 makes where the one for x86-64 makes others: those of 32-bit identifiers and 64-bit offsets and
 * times.
 *
 * Source: strace of programs with Debian's glibc 2.36 for i386.
 */
const callsOfI386: Readonly<Record<string, string>> = {
  newfstatat: 'statx',
  lseek: '_llseek',
  fcntl: 'fcntl64',
  getuid: 'getuid32',
  geteuid: 'geteuid32',
  getgid: 'getgid32',
  getegid: 'getegid32',
  clock_gettime: 'clock_gettime64',
  clock_getres: 'clock_getres_time64',
  rt_sigtimedwait: 'rt_sigtimedwait_time64',
};

/** Reports a system call that is not about memory, and gives its result back. */
export function syscall(ctx: LibcContext, name: string, args: readonly number[], result: number): number {
  const called = ctx.model.wordBytes === 8 ? name : (callsOfI386[name] ?? name);
  ctx.tracer.emit({ kind: 'syscall', name: called, args, result, why: undefined });
  return result;
}

/** Turns the kernel's -errno into -1 and errno. */
export function checked(ctx: LibcContext, result: number): number {
  if (result >= 0) return result;
  setErrno(ctx, -result);
  return -1;
}

/** Lets libc itself call malloc; the event names the function that needed memory. */
export function callFromLibc<Result>(ctx: LibcContext, name: string, work: () => Result): Result {
  const before = ctx.malloc.caller;
  ctx.malloc.caller = name;
  try {
    return work();
  } finally {
    ctx.malloc.caller = before;
  }
}

/** Calls the allocator for the program, and passes the errno that it set on. */
export function heapCall<Result>(ctx: LibcContext, work: () => Result): Result {
  const result = work();
  if (ctx.malloc.errno !== 0) setErrno(ctx, ctx.malloc.errno);
  return result;
}
