/**
 * Reads and writes of pipes, which may wait for other processes.
 *
 * Source: Linux, fs/pipe.c: pipe_read, pipe_write (what is written at once, when a call waits).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { EAGAIN, EPIPE } from '../target/errno.ts';
import type { Readiness } from '../libc/libc-context.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { O_NONBLOCK } from './open-file.ts';
import type { OpenFile, Pipe } from './open-file.ts';

/** Bytes that a pipe holds. */
const pipeBytes = 65536;

/** What one process reads from and writes into pipes. */
export class PipeTransfer {
  /** What a write has written so far, while it waits for room. */
  #writtenSoFar = 0;
  readonly #wait: ((isReady: () => boolean) => void) | undefined;

  /** For a process that waits so; undefined where there are no others. */
  constructor(wait: ((isReady: () => boolean) => void) | undefined) {
    this.#wait = wait;
  }

  /** Takes up to `length` bytes; waits while there are none and somebody may write. */
  read(file: OpenFile, pipe: Pipe, length: number): Uint8Array | number {
    const hasSome = (): boolean => pipe.bytes.length > 0 || pipe.writers === 0;
    if (!hasSome() && length > 0) {
      if ((file.flags & O_NONBLOCK) !== 0) return -EAGAIN;
      this.#waitFor(hasSome, 'a read that waits for another process to write');
    }
    const taken = pipe.bytes.slice(0, length);
    pipe.bytes = pipe.bytes.slice(length);
    return taken;
  }

  /** Writes all bytes, waiting for room; up to a page at once or not at all. @returns how many, or minus errno */
  write(file: OpenFile, pipe: Pipe, bytes: Uint8Array): number {
    const isAtomic = bytes.length <= PAGE_SIZE;
    for (;;) {
      if (pipe.readers === 0) return this.#endWrite(-EPIPE);
      const rest = bytes.length - this.#writtenSoFar;
      const room = pipeBytes - pipe.bytes.length;
      if (rest > room && (file.flags & O_NONBLOCK) !== 0) {
        if (room === 0 || isAtomic) return -EAGAIN;
        return appendTo(pipe, bytes.subarray(0, room));
      }
      if (rest <= room || !isAtomic)
        this.#writtenSoFar += appendTo(pipe, bytes.subarray(this.#writtenSoFar, this.#writtenSoFar + room));
      if (this.#writtenSoFar === bytes.length) return this.#endWrite(bytes.length);
      const least = isAtomic ? bytes.length : 1;
      const hasRoom = (): boolean => pipe.readers === 0 || pipeBytes - pipe.bytes.length >= least;
      this.#waitFor(hasRoom, 'a write that waits for another process to read');
    }
  }

  /**
   * What poll tells of an end of a pipe.
   *
   * Source: Linux, fs/pipe.c: pipe_poll; a pipe has room until all of its pages are taken.
   */
  readiness(pipe: Pipe, isReader: boolean): Readiness {
    return {
      isReadable: isReader && pipe.bytes.length > 0,
      isWritable: !isReader && pipe.bytes.length <= pipeBytes - PAGE_SIZE,
      hasHungUp: isReader && pipe.writers === 0,
      hasFailed: !isReader && pipe.readers === 0,
    };
  }

  /** Lets other processes run until something is so. */
  waitUntil(isSo: () => boolean, what: string): void {
    if (!isSo()) this.#waitFor(isSo, what);
  }

  /** A write into a pipe is over: what was written before it failed counts. */
  #endWrite(result: number): number {
    const written = this.#writtenSoFar;
    this.#writtenSoFar = 0;
    return result < 0 && written > 0 ? written : result;
  }

  #waitFor(isReady: () => boolean, what: string): void {
    if (this.#wait === undefined) throw new NotModelled(what);
    this.#wait(isReady);
  }
}

/** Puts bytes into a pipe that has room for them. @returns how many */
function appendTo(pipe: Pipe, bytes: Uint8Array): number {
  const held = new Uint8Array(pipe.bytes.length + bytes.length);
  held.set(pipe.bytes);
  held.set(bytes, pipe.bytes.length);
  pipe.bytes = held;
  return bytes.length;
}
