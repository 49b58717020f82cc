/**
 * CONTRACT. What the machine did, as a closed union, and the listener it tells.
 *
 * Events are emitted when they are complete: the page faults and system calls inside a malloc call come before the
 * event of the call itself, whose `since` says how many events there were when the call began. State "at event k" is
 * the state of the process right after event k was emitted.
 */
import type { Address } from '../../base/address.ts';
import type { Text } from '../text/text.ts';

/** The malloc family: calls whose effect on the heap is recorded. */
export type MallocFunction =
  | 'malloc'
  | 'calloc'
  | 'realloc'
  | 'reallocarray'
  | 'free'
  | 'memalign'
  | 'aligned_alloc'
  | 'posix_memalign'
  | 'valloc'
  | 'pvalloc'
  | 'malloc_trim'
  | 'mallopt';

/** A call of the malloc family, by the program or by libc itself (a stdio buffer). */
export interface MallocEvent {
  readonly kind: 'malloc';
  readonly name: MallocFunction;
  /** Arguments as the caller gave them: addresses, sizes in bytes, parameters. */
  readonly args: readonly number[];
  /** What the call returned: an address (0 for NULL), or a number; 0 for `free`. */
  readonly result: number;
  /** errno that the call set, 0 for none. */
  readonly errno: number;
  /** Number of events emitted before the call began. */
  readonly since: number;
  /** Who called: the program's own code, or the libc function that needed memory. */
  readonly caller: string;
  /** The trail of decisions, empty when nobody listens for it. */
  readonly why: readonly Text[];
}

/** A system call with its raw arguments and result. */
export interface SyscallEvent {
  readonly kind: 'syscall';
  readonly name: string;
  readonly args: readonly number[];
  /** The result, or minus errno. */
  readonly result: number;
  /** What it changed, for people. */
  readonly why: Text | undefined;
}

/** How a page fault was answered. */
export type FaultCause =
  /** First write to an anonymous page: a zeroed frame. */
  | 'demand-zero'
  /** First access to a block of 2 MiB: a huge page of zeros, 512 frames at once. */
  | 'huge-page'
  /** First read of an anonymous page: the shared zero page, mapped read-only. */
  | 'zero-page'
  /** First write to a page that was mapped read-only because it is shared: a frame of its own. */
  | 'copy-on-write'
  /** A page of a file, from the page cache. */
  | 'file'
  /** An access below the stack's mapping made it grow; the page itself is demand-zero. */
  | 'stack-growth';

/** A page fault that the kernel repaired; one that it does not repair is a signal. */
export interface PageFaultEvent {
  readonly kind: 'page-fault';
  readonly addr: Address;
  readonly access: 'read' | 'write' | 'execute';
  readonly severity: 'minor' | 'major';
  readonly cause: FaultCause;
  readonly why: Text | undefined;
}

/** Bytes written to a file descriptor. */
export interface OutputEvent {
  readonly kind: 'output';
  readonly fd: number;
  readonly bytes: Uint8Array;
}

/** A call that would wait in real life and returns at once here. */
export interface WaitEvent {
  readonly kind: 'wait';
  readonly name: 'sleep' | 'usleep' | 'nanosleep' | 'pause' | 'select' | 'poll';
  /** Seconds asked for; 0 for pause. */
  readonly seconds: number;
}

/**
 * A handler of the program is about to run: the kernel has put its frame on the stack. Signals that end the process are
 * {@link ProcessEvent}s, ignored ones are none.
 */
export interface SignalEvent {
  readonly kind: 'signal';
  /** From 1 to 64. */
  readonly signal: number;
  /** si_code. */
  readonly code: number;
  readonly handler: number;
  /** rsp at the handler's first instruction. */
  readonly sp: number;
  /** Whether it goes over to the stack that sigaltstack has given. */
  readonly isOnAlternateStack: boolean;
  /** si_addr of a refused access; undefined for other signals. */
  readonly addr: number | undefined;
}

/** Start of main, end of the process: the ends of the time line. */
export interface ProcessEvent {
  readonly kind: 'process';
  readonly what: 'start' | 'exit' | 'signal' | 'abort' | 'limit' | 'unsupported';
  /** Exit status, signal number, or steps done. */
  readonly value: number;
  readonly text: Text | undefined;
  /** Of a signal: the mapping that forbids the access, the gap that it fell into, the limit that it met. */
  readonly why?: Text;
  /** Of a signal that answers an access: si_addr. */
  readonly addr?: number;
}

export type TraceEvent =
  MallocEvent | SyscallEvent | PageFaultEvent | OutputEvent | WaitEvent | SignalEvent | ProcessEvent;

/** The functions of {@link SimpleCalls}, in the order of their codes. */
export const SIMPLE_CALLS = ['malloc', 'free'] as const satisfies readonly MallocFunction[];

/** Words of 32 bits that a row of {@link SimpleCalls} has. */
export const CALL_WORDS = 3;

/** In the third word of a row, above bit 16: free; any number below is what malloc was asked for, in bytes. */
export const FREED = 0xfffe;

/**
 * Calls of malloc and free by the program, one after the other, in which nothing else happened: no event, no errno.
 *
 * A row a call, of {@link CALL_WORDS} words: the index of the position in the program; the low half of the block that malloc
 * gave or that free was given; its bits 32 to 47, and above them the bytes that malloc was asked for, or {@link FREED}.
 * Words behind the rows mean nothing. The array is valid while they are told.
 */
export interface SimpleCalls {
  readonly count: number;
  readonly rows: Int32Array;
}

/** The listener of the machine. */
export interface Tracer {
  /** Events emitted so far; the next one gets this index. */
  readonly count: number;
  /** Takes a completed event. May throw to stop the run: the machine's state stays as it is. */
  emit(event: TraceEvent): void;
  /** Whether the *why* trail is wanted; when false nobody builds one. */
  readonly wantsWhy: boolean;
  /** Another thread runs from now on; they are counted from 1, the main one. */
  switchedTo?(thread: number): void;
  /** Set by tracers that drop malloc events anyway: the machine need not make them. */
  readonly ignoresMalloc?: boolean;
  /**
   * Calls of malloc and free that may from now on be told together, some time after they were made, but before anything
   * else is told; 0 or absent: each call is told when it is complete.
   */
  readonly patience?: number;
  /** Takes such calls, {@link patience} at most; must not throw. */
  emitCalls?(calls: SimpleCalls): void;
}

/** A tracer that only counts. */
export class NullTracer implements Tracer {
  readonly wantsWhy = false;
  #count = 0;
  get count(): number {
    return this.#count;
  }
  emit(): void {
    this.#count += 1;
  }
}
