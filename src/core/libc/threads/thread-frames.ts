/**
 * What libc's functions have on the stack of a thread when they call the program, where those calls return to, and which
 * pages of libc they are the first to use.
 *
 * Source: Debian's builds of glibc 2.36 for both targets, read from running programs.
 */
import type { TargetName } from '../../target/data-model.ts';

/** A place in libc that calls a function of the program. */
export interface CallerFrame {
  /** Below the top of the thread's stack, in bytes; a multiple of 16. */
  readonly bytes: number;
  /** Offset from where libc is loaded. */
  readonly returnTo: number;
  /** What is in the frame pointer, below the top of the stack, in bytes; undefined for 0. */
  readonly framePointer: number | undefined;
}

/** Places of a target. */
export interface ThreadPlaces {
  /** Code that the first pthread_create runs, a place in each page group: itself, sigaction, mmap, mprotect, clone3. */
  readonly codeOfCreation: readonly number[];
  /** The set of all signals that it blocks, a constant. */
  readonly signalSetOfCreation: number;
  /** start_thread, under clone3. */
  readonly startFrame: CallerFrame;
  /** __nptl_deallocate_tsd, under start_thread. */
  readonly destructorFrame: CallerFrame;
  /** start_thread's own unwind buffer, below the top of the stack, in bytes. */
  readonly unwindBufferBytes: number;
}

/** By target. */
export const threadPlaces: Readonly<Record<TargetName, ThreadPlaces>> = {
  x86_64: {
    codeOfCreation: [0x89380, 0x3c010, 0x1019a0, 0x101a30, 0x1098d0],
    signalSetOfCreation: 0x1a1178,
    startFrame: { bytes: 0xa0, returnTo: 0x891f5, framePointer: undefined },
    destructorFrame: { bytes: 0xe0, returnTo: 0x864d1, framePointer: undefined },
    unwindBufferBytes: 0x90,
  },
  i386: {
    codeOfCreation: [0x88600, 0x39130, 0x11c860, 0x11ca00, 0x123840],
    signalSetOfCreation: 0x1b0b48,
    startFrame: { bytes: 0x80, returnTo: 0x8843c, framePointer: 0x18 },
    destructorFrame: { bytes: 0xb0, returnTo: 0x84ed0, framePointer: undefined },
    unwindBufferBytes: 0x60,
  },
};
