/**
 * How malloc ends a process: an abort with glibc's exact words, or a search that would never end.
 *
 * Source: malloc/malloc.c (malloc_printerr, __malloc_assert), sysdeps/posix/libc_fatal.c, assert/assert.c.
 */

/** malloc found the heap corrupted and called abort(): SIGABRT. `message` is the line on standard error, without newline. */
export class MallocAbort extends Error {
  override readonly name = 'MallocAbort';
  /** What glibc writes to standard error. */
  readonly stderr: string;

  constructor(text: string) {
    super(text);
    this.stderr = `${text}\n`;
  }
}

/** A corrupted list is a ring: the real process would search it forever. */
export class MallocHang extends Error {
  override readonly name = 'MallocHang';
}
