/**
 * Memory and system calls of one process: the facade of the mm.
 *
 * Accesses by libc and malloc look a page up once in a translation cache of typed arrays; generated code has its own in
 * linear memory and calls the `fill…` functions on a miss. Both end in {@link handlePageFault}.
 *
 * Invariant: a cached translation is what the page table says; every change of an entry invalidates it.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE, TWO_TO_32 } from '../../base/address.ts';
import type { MachineProfile, ResourceLimits } from '../target/machine-profile.ts';
import { SCRATCH } from '../target/tlb-layout.ts';
import type { SyscallEvent, Tracer } from '../trace/trace-event.ts';
import type { AddressSpace } from './address-space.ts';
import type { Memory, Syscalls } from './kernel.ts';
import { MemoryFault } from './kernel.ts';
import type { LinearMemory } from './linear-memory.ts';
import { fork, resume } from './fork.ts';
import { madvise } from './madvise.ts';
import * as calls from './memory-syscalls.ts';
import * as locks from './mlock.ts';
import type { MemoryCounters } from './mm-struct.ts';
import { MmStruct } from './mm-struct.ts';
import { mremap } from './mremap.ts';
import { mseal } from './mseal.ts';
import type { Access } from './page-fault.ts';
import { handlePageFault, markAccessed, markWritten } from './page-fault.ts';
import type { PageTable } from './page-table.ts';
import { PTE_PRESENT, PTE_WRITE, pteHost } from './page-table.ts';
import { mincore, msync } from './residency.ts';
import { SLOT_MASK } from './translation-cache.ts';
import type { TranslationCache } from './translation-cache.ts';
import type { MappedFile } from './vma.ts';
import { VM_ACCESS_FLAGS } from './vma.ts';
import {
  brkWhy,
  madviseWhy,
  mincoreWhy,
  mlockWhy,
  mmapWhy,
  mprotectWhy,
  mremapWhy,
  msealWhy,
  msyncWhy,
  munlockWhy,
  munmapWhy,
} from './why.ts';

/** What a process's memory is made of. */
export interface ProcessMemoryOptions {
  readonly linear: LinearMemory;
  readonly profile: MachineProfile;
  readonly tracer: Tracer;
  /** The open file of a descriptor, for mmap. Without it every descriptor is bad. */
  readonly fileOf?: (fd: number) => MappedFile | undefined;
}

const PAGES_PER_BYTE = 1 / PAGE_SIZE;
const OFFSET_MASK = PAGE_SIZE - 1;
const PAGE_SHIFT = 12;

/** High half of 2^47: from there on an address is no user address. */
const HIGH_OF_USER_END = 0x8000;

/** The memory of a simulated process and its system calls about memory. */
export class ProcessMemory implements Memory, Syscalls {
  #mm: MmStruct;
  readonly #fileOf: (fd: number) => MappedFile | undefined;
  #tlb: TranslationCache;
  #readTags: Float64Array;
  #readHosts: Uint32Array;
  #writeTags: Float64Array;
  #writeHosts: Uint32Array;
  #u8: Uint8Array;
  #u32: Uint32Array;

  /**
   * Makes the facade of a memory.
   *
   * @param mm - of a child that fork made; else a new one
   */
  constructor(options: ProcessMemoryOptions, mm?: MmStruct) {
    this.#mm = mm ?? new MmStruct(options.linear, options.profile, options.tracer);
    this.#fileOf = options.fileOf ?? ((): undefined => undefined);
    const { tlb } = this.mm;
    this.#tlb = tlb;
    this.#readTags = tlb.readTags;
    this.#readHosts = tlb.readHosts;
    this.#writeTags = tlb.writeTags;
    this.#writeHosts = tlb.writeHosts;
    this.#u8 = new Uint8Array(options.linear.buffer);
    this.#u32 = new Uint32Array(options.linear.buffer);
    this.#followGrowth();
  }

  /** What the kernel keeps about this memory. */
  get mm(): MmStruct {
    return this.#mm;
  }

  /** From now on this is another address space over the same linear memory, whose process runs next. */
  switchTo(mm: MmStruct): void {
    mm.tlb.epoch = Math.max(mm.tlb.epoch, this.#tlb.epoch);
    this.#mm = mm;
    this.#tlb = mm.tlb;
    this.#readTags = mm.tlb.readTags;
    this.#readHosts = mm.tlb.readHosts;
    this.#writeTags = mm.tlb.writeTags;
    this.#writeHosts = mm.tlb.writeHosts;
    this.#followGrowth();
    resume(mm);
  }

  #followGrowth(): void {
    const { linear } = this.#mm;
    this.#mm.onGrow(() => {
      this.#u8 = new Uint8Array(linear.buffer);
      this.#u32 = new Uint32Array(linear.buffer);
    });
  }

  /**
   * The memory of a child process, which shares every page until one of the two writes.
   *
   * @throws NotModelled where this process has huge pages
   */
  fork(tracer: Tracer, fileOf = this.#fileOf): ProcessMemory {
    const { linear, profile } = this.mm;
    return new ProcessMemory({ linear, profile, tracer, fileOf }, fork(this.mm, tracer));
  }

  get profile(): MachineProfile {
    return this.mm.profile;
  }

  get limits(): ResourceLimits {
    return this.mm.limits;
  }

  get addressSpace(): AddressSpace {
    return this.mm.space;
  }

  get pageTable(): PageTable {
    return this.mm.pageTable;
  }

  get counters(): MemoryCounters {
    return this.mm.counters;
  }

  /** Host address of a byte of the main stack = (low 32 bits of its address + stackAddend) modulo 2^32. */
  get stackAddend(): number {
    return this.mm.physical.stackAddend;
  }

  get u8(): Uint8Array {
    return this.#u8;
  }

  get u32(): Uint32Array {
    return this.#u32;
  }

  // Translation.

  translateRead(addr: number): number {
    // Whole-number arithmetic on the low half: on this path every nanosecond counts.
    const offset = addr & OFFSET_MASK;
    const slot = (addr >>> PAGE_SHIFT) & SLOT_MASK;
    if (this.#readTags[slot] === addr - offset) return ((this.#readHosts[slot] as number) | offset) >>> 0;
    return this.#readMiss(addr, Math.floor(addr * PAGES_PER_BYTE));
  }

  translateWrite(addr: number): number {
    const offset = addr & OFFSET_MASK;
    const slot = (addr >>> PAGE_SHIFT) & SLOT_MASK;
    if (this.#writeTags[slot] === addr - offset) return ((this.#writeHosts[slot] as number) | offset) >>> 0;
    return this.#writeMiss(addr, Math.floor(addr * PAGES_PER_BYTE));
  }

  knownWritable(addr: number): number {
    const offset = addr & OFFSET_MASK;
    const slot = (addr >>> PAGE_SHIFT) & SLOT_MASK;
    if (this.#writeTags[slot] !== addr - offset) return -1;
    return ((this.#writeHosts[slot] as number) | offset) >>> 0;
  }

  get translationEpoch(): number {
    return this.#tlb.epoch;
  }

  #readMiss(addr: number, vpn: number): number {
    const host = pteHost(this.#readablePte(addr, vpn, 'read'));
    this.mm.tlb.cacheRead(vpn, host);
    return host + (addr - vpn * PAGE_SIZE);
  }

  #writeMiss(addr: number, vpn: number): number {
    const host = pteHost(this.#writablePte(addr, vpn));
    this.mm.tlb.cacheWrite(vpn, host);
    return host + (addr - vpn * PAGE_SIZE);
  }

  #readablePte(addr: number, vpn: number, access: 'read' | 'execute'): number {
    if (addr < this.mm.profile.taskSize) {
      const pte = this.mm.pageTable.get(vpn);
      if ((pte & PTE_PRESENT) !== 0 && access === 'read' && this.#isReadable(addr))
        return markAccessed(this.mm, vpn, pte);
    }
    return handlePageFault(this.mm, addr, access);
  }

  #isReadable(addr: number): boolean {
    const vma = this.mm.space.vmaLookup(addr);
    return vma !== undefined && (vma.flags & VM_ACCESS_FLAGS) !== 0;
  }

  #writablePte(addr: number, vpn: number): number {
    if (addr < this.mm.profile.taskSize) {
      const pte = this.mm.pageTable.get(vpn);
      if ((pte & PTE_WRITE) !== 0) {
        return markWritten(this.mm, vpn, pte);
      }
    }
    return handlePageFault(this.mm, addr, 'write');
  }

  /** Checks that the byte at `addr` may be executed, faulting its page in. */
  translateExecute(addr: number): number {
    const vpn = Math.floor(addr * PAGES_PER_BYTE);
    return pteHost(handlePageFault(this.mm, addr, 'execute')) + (addr - vpn * PAGE_SIZE);
  }

  /**
   * Fetches an instruction from any 64-bit address.
   *
   * @throws MemoryFault where the processor or the kernel refuses
   */
  fetchInstruction(addrLow: number, addrHigh: number): void {
    if (addrHigh >>> 0 >= HIGH_OF_USER_END) this.#outside(addrLow, addrHigh, 'execute');
    this.translateExecute(wholeAddress(addrLow, addrHigh));
  }

  // Slow paths of generated code.

  /**
   * Host address of `size` readable bytes; SCRATCH with a copy of them when they cross a page.
   *
   * @param addrLow - low half of the address, signed or unsigned
   * @param addrHigh - high half
   */
  fillForRead(addrLow: number, addrHigh: number, size: number): number {
    if (addrHigh >>> 0 >= HIGH_OF_USER_END) this.#outside(addrLow, addrHigh, 'read');
    const addr = wholeAddress(addrLow, addrHigh);
    const vpn = Math.floor(addr * PAGES_PER_BYTE);
    const offset = addr - vpn * PAGE_SIZE;
    if (offset + size > PAGE_SIZE) {
      this.#copyToScratch(addr, PAGE_SIZE - offset, size);
      return SCRATCH;
    }
    const host = pteHost(this.#readablePte(addr, vpn, 'read'));
    this.mm.tlb.fillRead(vpn, host);
    return host + offset;
  }

  /** The same for a store; when it answers SCRATCH, `commitCrossing` has to follow. */
  fillForWrite(addrLow: number, addrHigh: number, size: number): number {
    if (addrHigh >>> 0 >= HIGH_OF_USER_END) this.#outside(addrLow, addrHigh, 'write');
    const addr = wholeAddress(addrLow, addrHigh);
    const vpn = Math.floor(addr * PAGES_PER_BYTE);
    const offset = addr - vpn * PAGE_SIZE;
    if (offset + size > PAGE_SIZE) {
      const first = PAGE_SIZE - offset;
      this.translateWrite(addr);
      this.translateWrite(addr + first);
      this.#copyToScratch(addr, first, size);
      return SCRATCH;
    }
    const host = pteHost(this.#writablePte(addr, vpn));
    this.mm.tlb.fillWrite(vpn, host);
    this.mm.tlb.fillRead(vpn, host);
    return host + offset;
  }

  /** Writes the scratch area back after a store that crosses a page. */
  commitCrossing(addrLow: number, addrHigh: number, size: number): void {
    const addr = wholeAddress(addrLow, addrHigh);
    const first = PAGE_SIZE - (addr % PAGE_SIZE);
    const lower = this.translateWrite(addr);
    const upper = this.translateWrite(addr + first);
    this.#u8.copyWithin(lower, SCRATCH, SCRATCH + first);
    this.#u8.copyWithin(upper, SCRATCH + first, SCRATCH + size);
  }

  #copyToScratch(addr: number, first: number, size: number): void {
    const lower = this.translateRead(addr);
    const upper = this.translateRead(addr + first);
    this.#u8.copyWithin(SCRATCH, lower, lower + first);
    this.#u8.copyWithin(SCRATCH + first, upper, upper + size - first);
  }

  /** Raises the fault of an address above the user half, with its exact address. */
  #outside(addrLow: number, addrHigh: number, access: Access): void {
    try {
      handlePageFault(this.mm, wholeAddress(addrLow, addrHigh), access);
    } catch (error) {
      if (!(error instanceof MemoryFault) || error.code === 'SI_KERNEL') throw error;
      const exact = (BigInt(addrHigh >>> 0) << 32n) | BigInt(addrLow >>> 0);
      throw new MemoryFault(error.signal, error.code, error.addr, error.access, exact);
    }
  }

  // Words.

  readU8(addr: number): number {
    const host = this.translateRead(addr);
    return this.#u8[host] ?? 0;
  }

  readU16(addr: number): number {
    if ((addr & OFFSET_MASK) > PAGE_SIZE - 2) return this.readU8(addr) + this.readU8(addr + 1) * 0x100;
    const host = this.translateRead(addr);
    const bytes = this.#u8;
    return (bytes[host] ?? 0) | ((bytes[host + 1] ?? 0) << 8);
  }

  readU32(addr: number): number {
    const host = this.translateRead(addr);
    if ((host & 3) === 0) return this.#u32[host >>> 2] ?? 0;
    if ((host & OFFSET_MASK) > PAGE_SIZE - 4) return this.#readSplit(addr);
    const bytes = this.#u8;
    return (
      ((bytes[host] ?? 0) |
        ((bytes[host + 1] ?? 0) << 8) |
        ((bytes[host + 2] ?? 0) << 16) |
        ((bytes[host + 3] ?? 0) << 24)) >>>
      0
    );
  }

  readU64(addr: number): bigint {
    const low = this.readU32(addr);
    return BigInt(low) | (BigInt(this.readU32(addr + 4)) << 32n);
  }

  writeU8(addr: number, value: number): void {
    const host = this.translateWrite(addr);
    this.#u8[host] = value;
  }

  writeU16(addr: number, value: number): void {
    if ((addr & OFFSET_MASK) > PAGE_SIZE - 2) {
      this.translateWrite(addr + 1);
      this.writeU8(addr, value);
      this.writeU8(addr + 1, value >>> 8);
      return;
    }
    const host = this.translateWrite(addr);
    this.#u8[host] = value;
    this.#u8[host + 1] = value >>> 8;
  }

  writeU32(addr: number, value: number): void {
    const host = this.translateWrite(addr);
    if ((host & 3) === 0) {
      this.#u32[host >>> 2] = value;
      return;
    }
    if ((host & OFFSET_MASK) > PAGE_SIZE - 4) {
      this.#writeSplit(addr, value);
      return;
    }
    const bytes = this.#u8;
    bytes[host] = value;
    bytes[host + 1] = value >>> 8;
    bytes[host + 2] = value >>> 16;
    bytes[host + 3] = value >>> 24;
  }

  writeHalves(addr: number, low: number, high: number): void {
    const host = this.translateWrite(addr);
    if ((host & 7) === 0) {
      this.#u32[host >>> 2] = low;
      this.#u32[(host >>> 2) + 1] = high;
      return;
    }
    // Both pages fault before either is written: a store is done whole or not at all.
    if ((host & OFFSET_MASK) > PAGE_SIZE - 8) this.translateWrite(addr + 7);
    this.writeU32(addr, low);
    this.writeU32(addr + 4, high);
  }

  writeU64(addr: number, value: bigint): void {
    this.writeHalves(addr, Number(value & 0xffffffffn), Number((value >> 32n) & 0xffffffffn));
  }

  writeNumber64(addr: number, value: number): void {
    this.writeHalves(addr, value >>> 0, Math.floor(value / TWO_TO_32));
  }

  #readSplit(addr: number): number {
    let value = 0;
    for (let index = 3; index >= 0; index--) value = value * 0x100 + this.readU8(addr + index);
    return value;
  }

  #writeSplit(addr: number, value: number): void {
    this.translateWrite(addr + 3);
    for (let index = 0; index < 4; index++) this.writeU8(addr + index, value >>> (8 * index));
  }

  // Ranges.

  readBytes(addr: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const host = this.translateRead(addr + done);
      const count = Math.min(PAGE_SIZE - (host & OFFSET_MASK), length - done);
      bytes.set(this.#u8.subarray(host, host + count), done);
      done += count;
    }
    return bytes;
  }

  writeBytes(addr: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      const host = this.translateWrite(addr + done);
      const count = Math.min(PAGE_SIZE - (host & OFFSET_MASK), bytes.length - done);
      this.#u8.set(bytes.subarray(done, done + count), host);
      done += count;
    }
  }

  fill(addr: number, value: number, length: number): void {
    for (let done = 0; done < length;) {
      const host = this.translateWrite(addr + done);
      const count = Math.min(PAGE_SIZE - (host & OFFSET_MASK), length - done);
      this.#u8.fill(value, host, host + count);
      done += count;
    }
  }

  copy(to: number, from: number, length: number): void {
    if (to > from && to < from + length) {
      this.#copyDown(to, from, length);
      return;
    }
    for (let done = 0; done < length;) {
      let source = this.translateRead(from + done);
      const target = this.translateWrite(to + done);
      // The write may have given the source's page a frame of its own.
      source = this.translateRead(from + done);
      const count = this.#runLength(to + done, target, from + done, source, length - done);
      this.#u8.copyWithin(target, source, source + count);
      done += count;
    }
  }

  /** Bytes that can be copied at once: to the end of the pages, and beyond while both go on in the frames behind. */
  #runLength(to: number, target: number, from: number, source: number, length: number): number {
    let count = 0;
    do {
      count += Math.min(
        PAGE_SIZE - ((source + count) & OFFSET_MASK),
        PAGE_SIZE - ((target + count) & OFFSET_MASK),
      );
    } while (
      count < length &&
      this.knownWritable(from + count) === source + count &&
      this.knownWritable(to + count) === target + count
    );
    return Math.min(count, length);
  }

  /** From the high end, for ranges that overlap with the target above the source. */
  #copyDown(to: number, from: number, length: number): void {
    for (let left = length; left > 0;) {
      let source = this.translateRead(from + left - 1);
      const target = this.translateWrite(to + left - 1);
      source = this.translateRead(from + left - 1);
      const count = Math.min((source & OFFSET_MASK) + 1, (target & OFFSET_MASK) + 1, left);
      this.#u8.copyWithin(target - count + 1, source - count + 1, source + 1);
      left -= count;
    }
  }

  readCString(addr: number, limit = Infinity): Uint8Array {
    const parts: Uint8Array[] = [];
    let total = 0;
    while (total < limit) {
      const host = this.translateRead(addr + total);
      const count = Math.min(PAGE_SIZE - (host & OFFSET_MASK), limit - total);
      const part = this.#u8.subarray(host, host + count);
      const nul = part.indexOf(0);
      parts.push(part.slice(0, nul < 0 ? count : nul));
      total += nul < 0 ? count : nul;
      if (nul >= 0) break;
    }
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    const whole = new Uint8Array(total);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  peekHost(addr: number): number {
    if (addr >= this.mm.profile.taskSize) return -1;
    const vpn = Math.floor(addr * PAGES_PER_BYTE);
    const pte = this.mm.pageTable.get(vpn);
    return (pte & PTE_PRESENT) === 0 ? -1 : pteHost(pte) + (addr - vpn * PAGE_SIZE);
  }

  peek(addr: number, length: number): Uint8Array | undefined {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const at = addr + done;
      if (at >= this.mm.profile.taskSize) return undefined;
      const pte = this.mm.pageTable.get(Math.floor(at / PAGE_SIZE));
      if ((pte & PTE_PRESENT) === 0) return undefined;
      const offset = at % PAGE_SIZE;
      const host = pteHost(pte) + offset;
      const count = Math.min(PAGE_SIZE - offset, length - done);
      bytes.set(this.#u8.subarray(host, host + count), done);
      done += count;
    }
    return bytes;
  }

  // System calls.

  brk(addr: number): Address {
    const before = this.mm.brk;
    const result = calls.brk(this.mm, addr);
    const why = this.#wantsWhy() ? brkWhy(addr, before, result, this.mm.startBrk) : undefined;
    this.#report('brk', [addr], result, why);
    return result as Address;
  }

  mmap(addr: number, length: number, prot: number, flags: number, fd: number, offset: number): number {
    const result = calls.mmap(this.mm, addr, length, prot, flags, this.#fileOf(fd), offset);
    const why = this.#wantsWhy() ? mmapWhy(this.mm, addr, length, flags, result) : undefined;
    this.#report(
      this.profile.target === 'i386' ? 'mmap2' : 'mmap',
      [addr, length, prot, flags, fd, offset],
      result,
      why,
    );
    return result;
  }

  munmap(addr: number, length: number): number {
    const before = this.mm.rss;
    const result = calls.munmap(this.mm, addr, length);
    const why = this.#wantsWhy() ? munmapWhy(addr, length, before - this.mm.rss, result) : undefined;
    this.#report('munmap', [addr, length], result, why);
    return result;
  }

  mprotect(addr: number, length: number, prot: number): number {
    const result = calls.mprotect(this.mm, addr, length, prot);
    const letters = `${(prot & 1) !== 0 ? 'r' : '-'}${(prot & 2) !== 0 ? 'w' : '-'}${(prot & 4) !== 0 ? 'x' : '-'}`;
    const why = this.#wantsWhy() ? mprotectWhy(addr, length, letters, result) : undefined;
    this.#report('mprotect', [addr, length, prot], result, why);
    return result;
  }

  mremap(oldAddr: number, oldLength: number, newLength: number, flags: number, newAddr: number): number {
    const result = mremap(this.mm, oldAddr, oldLength, newLength, flags, newAddr);
    const why = this.#wantsWhy() ? mremapWhy(oldAddr, oldLength, newLength, result) : undefined;
    this.#report('mremap', [oldAddr, oldLength, newLength, flags, newAddr], result, why);
    return result;
  }

  madvise(addr: number, length: number, advice: number): number {
    const before = this.mm.rss;
    const result = madvise(this.mm, addr, length, advice);
    const why = this.#wantsWhy() ? madviseWhy(advice, before - this.mm.rss, result) : undefined;
    this.#report('madvise', [addr, length, advice], result, why);
    return result;
  }

  /** Residency of the pages of a range: one byte each, or minus errno. */
  mincore(addr: number, length: number): Uint8Array | number {
    const result = mincore(this.mm, addr, length);
    const why = this.#wantsWhy() ? mincoreWhy(result) : undefined;
    this.#report('mincore', [addr, length], typeof result === 'number' ? result : 0, why);
    return result;
  }

  mlock(addr: number, length: number, flags: number): number {
    const result = locks.mlock(this.mm, addr, length, flags);
    const why = this.#wantsWhy() ? mlockWhy(this.mm, addr, length, result) : undefined;
    if (flags === 0) this.#report('mlock', [addr, length], result, why);
    else this.#report('mlock2', [addr, length, flags], result, why);
    return result;
  }

  munlock(addr: number, length: number): number {
    const result = locks.munlock(this.mm, addr, length);
    const why = this.#wantsWhy() ? munlockWhy(this.mm, addr, length, result) : undefined;
    this.#report('munlock', [addr, length], result, why);
    return result;
  }

  mlockall(flags: number): number {
    const result = locks.mlockall(this.mm, flags);
    const why = this.#wantsWhy() ? mlockWhy(this.mm, 0, this.mm.profile.taskSize, result) : undefined;
    this.#report('mlockall', [flags], result, why);
    return result;
  }

  munlockall(): number {
    const result = locks.munlockall(this.mm);
    const why = this.#wantsWhy() ? munlockWhy(this.mm, 0, this.mm.profile.taskSize, result) : undefined;
    this.#report('munlockall', [], result, why);
    return result;
  }

  msync(addr: number, length: number, flags: number): number {
    const result = msync(this.mm, addr, length, flags);
    const why = this.#wantsWhy() ? msyncWhy(result) : undefined;
    this.#report('msync', [addr, length, flags], result, why);
    return result;
  }

  mseal(addr: number, length: number, flags: number): number {
    const result = mseal(this.mm, addr, length, flags);
    const why = this.#wantsWhy() ? msealWhy(addr, length, result) : undefined;
    this.#report('mseal', [addr, length, flags], result, why);
    return result;
  }

  #wantsWhy(): boolean {
    return this.mm.tracer.wantsWhy;
  }

  #report(name: string, args: readonly number[], result: number, why: SyscallEvent['why']): void {
    this.mm.tracer.emit({ kind: 'syscall', name, args, result, why });
  }
}

/** An address from its halves; beyond 2^53 the nearest number. */
function wholeAddress(low: number, high: number): number {
  return (high >>> 0) * TWO_TO_32 + (low >>> 0);
}
