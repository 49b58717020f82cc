/**
 * What execve keeps of a process and what it begins anew with.
 *
 * The program that is run is always this one; the kernel gives it a new address space, the arguments and the environment of
 * the call, handlers at their default. Descriptors without FD_CLOEXEC, the working directory, limits, ignored and blocked
 * signals, the timer and the time that was used stay.
 *
 * Source: Linux, fs/exec.c: begin_new_exec, exec_mmap, flush_signal_handlers; execve(2).
 * Simplified: address randomisation draws the same addresses again.
 */
import { StopRun } from './trap.ts';

/** The program that a process runs since its last execve. */
export interface ExecImage {
  readonly pid: number;
  /** As it was given to execve: AT_EXECFN. */
  readonly path: string;
  readonly argv: readonly string[];
  readonly envp: readonly string[];
  /** Arguments of the call, as they are told. */
  readonly args: readonly number[];
  /** Nanoseconds since main of the first program began, and of processor time. */
  readonly elapsed: number;
  readonly used: number;
  /** Loop iterations and calls that are left. */
  readonly fuel: number;
  /** When the timer fires. */
  readonly deadline: number | undefined;
  /** Signals that are ignored, and a mask of those that are blocked. */
  readonly ignored: readonly number[];
  readonly blocked: bigint;
  readonly changedLimits: ReadonlyMap<number, readonly [number, number]>;
}

/** Ends a program for the one that follows it in the same process. */
export class ExecRequest extends StopRun {
  override readonly name = 'StopRun';
}
