/**
 * What libc's functions have on the stack of a thread when they call the program, where those calls return to, and which
 * pages of libc they are the first to use.
 *
 * Source: Debian's build of glibc 2.36 for x86-64, read from running programs.
 */

/** Code that the first pthread_create runs, a place in each page group: itself, sigaction, mmap, mprotect, clone3. */
export const codeOfCreation = [0x89380, 0x3c010, 0x1019a0, 0x101a30, 0x1098d0] as const;

/** The set of all signals that it blocks, a constant. */
export const signalSetOfCreation = 0x1a1178;

/** A place in libc that calls a function of the program. */
export interface CallerFrame {
  /** Below the top of the thread's stack, in bytes; a multiple of 16. */
  readonly bytes: number;
  /** Offset from where libc is loaded. */
  readonly returnTo: number;
}

/** start_thread, under clone3. */
export const startFrame: CallerFrame = { bytes: 0xa0, returnTo: 0x891f5 };

/** __nptl_deallocate_tsd, under start_thread. */
export const destructorFrame: CallerFrame = { bytes: 0xe0, returnTo: 0x864d1 };
