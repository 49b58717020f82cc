/**
 * CONTRACT. What a process sees of the kernel: its memory and the system calls about memory.
 *
 * malloc, libc and the machine use these two interfaces and nothing else of the mm.
 */
import type { Address } from '../../base/address.ts';

/** An access that the kernel answers with a signal. */
export class MemoryFault extends Error {
  override readonly name = 'MemoryFault';
  readonly signal: 'SIGSEGV' | 'SIGBUS';
  /** si_code: no mapping, forbidden by the mapping, general protection (non-canonical), beyond the end of the file. */
  readonly code: 'SEGV_MAPERR' | 'SEGV_ACCERR' | 'SI_KERNEL' | 'BUS_ADRERR';
  /** si_addr; 0 for SI_KERNEL. */
  readonly addr: number;
  readonly access: 'read' | 'write' | 'execute';
  /** si_addr to the bit, where `addr` may be rounded (the kernel half). */
  readonly exactAddr: bigint;
  constructor(
    signal: MemoryFault['signal'],
    code: MemoryFault['code'],
    addr: number,
    access: MemoryFault['access'],
    exactAddr = BigInt(addr),
  ) {
    super(`${signal} ${code} at 0x${exactAddr.toString(16)}`);
    this.exactAddr = exactAddr;
    this.signal = signal;
    this.code = code;
    this.addr = addr;
    this.access = access;
  }
}

/** The machine is out of memory: the kernel kills the process with SIGKILL. */
export class OutOfMemoryKill extends Error {
  override readonly name = 'OutOfMemoryKill';
}

/**
 * The process's view of memory. Every access faults pages in as the hardware and kernel do, counts the fault and
 * reports it to the tracer.
 *
 * All accesses throw {@link MemoryFault} where a real process gets a signal. Words are little-endian. Addresses may be
 * any number 0 <= addr < 2^64 (a corrupted pointer): what is not a user address faults.
 */
export interface Memory {
  /**
   * Host index of the byte at `addr`, made readable. Valid for the rest of the page until the next call that may
   * change mappings. Index into `u8`, and, shifted, into `u32`.
   */
  translateRead(addr: number): number;
  /** The same for writing. */
  translateWrite(addr: number): number;
  /** Host index of the byte at `addr` when its page is known to be present and written already; -1: ask `translateWrite`. */
  knownWritable(addr: number): number;
  /** Host indexes stay valid, for the rest of their page, while this number stays the same. */
  readonly translationEpoch: number;
  /** Views over the physical memory. Fetch them anew after any call that may allot a frame (they are replaced when it grows). */
  readonly u8: Uint8Array;
  readonly u32: Uint32Array;

  readU8(addr: number): number;
  readU16(addr: number): number;
  readU32(addr: number): number;
  readU64(addr: number): bigint;
  writeU8(addr: number, value: number): void;
  writeU16(addr: number, value: number): void;
  writeU32(addr: number, value: number): void;
  /** A 64-bit word from its two unsigned halves. */
  writeHalves(addr: number, low: number, high: number): void;
  writeU64(addr: number, value: bigint): void;
  /** A 64-bit word that is a non-negative safe integer (address or size). */
  writeNumber64(addr: number, value: number): void;

  /** A copy of `length` bytes. */
  readBytes(addr: number, length: number): Uint8Array;
  writeBytes(addr: number, bytes: Uint8Array): void;
  /** memset */
  fill(addr: number, value: number, length: number): void;
  /** memmove, reading and writing page by page from the low end (from the high end when the ranges ask for it). */
  copy(to: number, from: number, length: number): void;
  /** Bytes up to the NUL, without it; at most `limit` bytes. */
  readCString(addr: number, limit?: number): Uint8Array;

  /**
   * Bytes without any effect on the process: no fault, no event. For the picture and for checks.
   *
   * @returns `undefined` for pages that have no frame (they would read as zeros or fault)
   */
  peek(addr: number, length: number): Uint8Array | undefined;

  /** Host index of the byte at `addr`, likewise without any effect; -1 for pages that have no frame. */
  peekHost(addr: number): number;
}

/**
 * System calls about memory. Results are non-negative, or minus errno. Each is reported to the tracer with its raw
 * arguments.
 */
export interface Syscalls {
  /** The kernel's brk: the new break, or the unchanged old one. `brk(0)` asks. */
  brk(addr: number): Address;
  mmap(addr: number, length: number, prot: number, flags: number, fd: number, offset: number): number;
  munmap(addr: number, length: number): number;
  mprotect(addr: number, length: number, prot: number): number;
  mremap(oldAddr: number, oldLength: number, newLength: number, flags: number, newAddr: number): number;
  madvise(addr: number, length: number, advice: number): number;
  /** mlock2: `flags` 0 as mlock does, MLOCK_ONFAULT (1) to lock pages when they are touched. */
  mlock(addr: number, length: number, flags: number): number;
  munlock(addr: number, length: number): number;
  mlockall(flags: number): number;
  munlockall(): number;
  msync(addr: number, length: number, flags: number): number;
  mseal(addr: number, length: number, flags: number): number;
  /** Residency of the pages of a range: one byte each, or minus errno. */
  mincore(addr: number, length: number): Uint8Array | number;
}

/** Protection bits of mmap and mprotect (Linux: asm-generic/mman-common.h). */
export const PROT_NONE = 0;
export const PROT_READ = 1;
export const PROT_WRITE = 2;
export const PROT_EXEC = 4;

/** Flags of mmap on x86. */
export const MAP_SHARED = 0x01;
export const MAP_PRIVATE = 0x02;
export const MAP_FIXED = 0x10;
export const MAP_ANONYMOUS = 0x20;
export const MAP_32BIT = 0x40;
export const MAP_GROWSDOWN = 0x100;
export const MAP_LOCKED = 0x2000;
export const MAP_NORESERVE = 0x4000;
export const MAP_POPULATE = 0x8000;
export const MAP_NONBLOCK = 0x10000;
export const MAP_STACK = 0x20000;
export const MAP_HUGETLB = 0x40000;
export const MAP_FIXED_NOREPLACE = 0x100000;

/** errno values that these calls give (Linux: asm-generic/errno-base.h). */
export const EPERM = 1;
export const ENOENT = 2;
export const EBADF = 9;
export const EAGAIN = 11;
export const ENOMEM = 12;
export const EACCES = 13;
export const EFAULT = 14;
export const EBUSY = 16;
export const EEXIST = 17;
export const ENODEV = 19;
export const EINVAL = 22;
export const EOVERFLOW = 75;
export const EOPNOTSUPP = 95;
