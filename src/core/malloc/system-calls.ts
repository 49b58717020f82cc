/**
 * The system calls that malloc makes. Each may change where pages lie, so that near pointers look them up anew.
 */
import type { Syscalls } from '../mm/kernel.ts';
import type { WordMemory } from './word-memory.ts';

/** Advice of madvise: the pages may be dropped. */
const MADV_DONTNEED = 4;

/** Calls about memory, with the results of the kernel: not negative, or minus errno. */
export class MallocSyscalls {
  readonly #kernel: Syscalls;
  readonly #w: WordMemory;

  constructor(kernel: Syscalls, w: WordMemory) {
    this.#kernel = kernel;
    this.#w = w;
  }

  brk(addr: number): number {
    return this.#done(this.#kernel.brk(addr));
  }

  /** Anonymous memory. */
  mmap(addr: number, length: number, prot: number, flags: number): number {
    return this.#done(this.#kernel.mmap(addr, length, prot, flags, -1, 0));
  }

  munmap(addr: number, length: number): number {
    return this.#done(this.#kernel.munmap(addr, length));
  }

  /** mremap to a place of the kernel's choice. */
  mremap(addr: number, oldLength: number, newLength: number, flags: number): number {
    return this.#done(this.#kernel.mremap(addr, oldLength, newLength, flags, 0));
  }

  mprotect(addr: number, length: number, prot: number): number {
    return this.#done(this.#kernel.mprotect(addr, length, prot));
  }

  /** Gives the pages' memory back; they read as zeros from then on. */
  madviseDontneed(addr: number, length: number): number {
    return this.#done(this.#kernel.madvise(addr, length, MADV_DONTNEED));
  }

  #done(result: number): number {
    this.#w.refresh();
    return result;
  }
}
