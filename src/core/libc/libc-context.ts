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
import type { Tracer } from '../trace/trace-event.ts';

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
  /** The variable `environ`. */
  readonly environ: Address;
}

/** Files of the simulated machine by descriptor, from 3 on. Results are numbers, bytes, or minus errno. */
export interface LibcFiles {
  open(path: string, flags: number): number;
  close(fd: number): number;
  isOpen(fd: number): boolean;
  read(fd: number, length: number): Uint8Array | number;
  readAt(fd: number, length: number, offset: number): Uint8Array | number;
  write(fd: number, bytes: Uint8Array): number;
  seek(fd: number, offset: number, whence: number): number;
  truncate(fd: number, length: number): number;
}

export interface LibcContext {
  readonly memory: Memory;
  readonly syscalls: Syscalls;
  readonly malloc: Malloc;
  readonly model: DataModel;
  readonly tracer: Tracer;
  readonly objects: LibcObjects;
  /** program_invocation_short_name, for messages. */
  readonly programName: string;
  readonly pid: number;
  readonly stdinKind: StreamKind;
  readonly stdoutKind: StreamKind;
  /** Takes up to `length` bytes of standard input. */
  readInput(length: number): Uint8Array;
  /** Targets of atexit, in the order in which they were registered. */
  readonly exitHandlers: number[];
  /** Hands bytes to a descriptor; part of the write system call. */
  output(fd: number, bytes: Uint8Array): void;
  /** Calls a function of the program by its address; arguments and result are words. */
  callProgram(target: number, args: readonly number[]): number;
  /** Runs atexit handlers, flushes and ends the process. */
  exit(status: number): never;
  /** Ends the process at once. */
  exitNow(status: number): never;
  /** Ends the process with a signal that nobody handles; `message` is what libc wrote to standard error before. */
  raise(signal: string, message: string | undefined): never;
  /** Seconds since the epoch and nanoseconds, on the simulated clock. */
  clock(): { readonly seconds: number; readonly nanoseconds: number };
  /** Processor time that the program has used: one nanosecond for each loop iteration and call. */
  processorNanoseconds(): number;
  /** What getrusage tells: page faults since main began, most resident memory. */
  usage(): { readonly minorFaults: number; readonly majorFaults: number; readonly residentBytes: number };
  /** Files beside the standard streams. */
  readonly files: LibcFiles;
  /** Stores the record that a function returns, at the place that the caller gave as its first argument. */
  storeRecord(target: number | bigint, bytes: Uint8Array): void;
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
   * @returns the result; a bigint where it may exceed 2^53
   */
  readonly call: (
    ctx: LibcContext,
    args: readonly number[],
    variadic: VariadicArguments,
    raw: readonly (number | bigint)[],
  ) => number | bigint;
}

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
  longDouble(): number;
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

/** Reports a system call that is not about memory, and gives its result back. */
export function syscall(ctx: LibcContext, name: string, args: readonly number[], result: number): number {
  ctx.tracer.emit({ kind: 'syscall', name, args, result, why: undefined });
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
