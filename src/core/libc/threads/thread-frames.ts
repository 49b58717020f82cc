/**
 * What libc's functions have on the stack of a thread when they call the program, and where those calls return to.
 *
 * Source: Debian's build of glibc 2.36 for x86-64, read from running programs.
 */

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
