/**
 * Memory as libc sees it, with every access told before it is made: who watches a byte, or checks accesses, hears of what
 * memcpy, printf and read(2) do as well as of the program's own code.
 *
 * It is another facade of the same mm: nothing about the process changes. What malloc does to its own chunks goes past it.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { ProcessMemory } from '../mm/process-memory.ts';

/** Hears of accesses; addresses and sizes in bytes. */
export interface AccessListener {
  load(addr: number, bytes: number): void;
  store(addr: number, bytes: number): void;
  copy(to: number, from: number, bytes: number): void;
  /** A string is looked through up to its end; told by `load` where this is absent. */
  string?(addr: number, bytes: number): void;
}

/** The facade. */
export class ObservedMemory extends ProcessMemory {
  readonly #listener: AccessListener;

  constructor(memory: ProcessMemory, listener: AccessListener) {
    const { mm } = memory;
    super({ linear: mm.linear, profile: mm.profile, tracer: mm.tracer }, mm);
    this.#listener = listener;
  }

  override readU8(addr: number): number {
    this.#listener.load(addr, 1);
    return super.readU8(addr);
  }

  override readU16(addr: number): number {
    this.#listener.load(addr, 2);
    return super.readU16(addr);
  }

  override readU32(addr: number): number {
    this.#listener.load(addr, 4);
    return super.readU32(addr);
  }

  override writeU8(addr: number, value: number): void {
    this.#listener.store(addr, 1);
    super.writeU8(addr, value);
  }

  override writeU16(addr: number, value: number): void {
    this.#listener.store(addr, 2);
    super.writeU16(addr, value);
  }

  override writeU32(addr: number, value: number): void {
    this.#listener.store(addr, 4);
    super.writeU32(addr, value);
  }

  override writeHalves(addr: number, low: number, high: number): void {
    this.#listener.store(addr, 8);
    super.writeHalves(addr, low, high);
  }

  override readBytes(addr: number, length: number): Uint8Array {
    if (length > 0) this.#listener.load(addr, length);
    return super.readBytes(addr, length);
  }

  override writeBytes(addr: number, bytes: Uint8Array): void {
    if (bytes.length > 0) this.#listener.store(addr, bytes.length);
    super.writeBytes(addr, bytes);
  }

  override fill(addr: number, value: number, length: number): void {
    if (length > 0) this.#listener.store(addr, length);
    super.fill(addr, value, length);
  }

  override copy(to: number, from: number, length: number): void {
    if (length > 0) this.#listener.copy(to, from, length);
    super.copy(to, from, length);
  }

  override readCString(addr: number, limit = Infinity): Uint8Array {
    // The bytes are told up to where the string ends, or up to where reading on faults.
    let length = 0;
    for (let ends = false; !ends && length < limit;) {
      const rest = PAGE_SIZE - ((addr + length) % PAGE_SIZE);
      const part = this.peek(addr + length, Math.min(rest, limit - length)) ?? new Uint8Array();
      const nul = part.indexOf(0);
      ends = nul >= 0 || part.length === 0;
      length += nul >= 0 ? nul + 1 : part.length;
    }
    const listener = this.#listener;
    if (length > 0 && listener.string !== undefined) listener.string(addr, length);
    else if (length > 0) listener.load(addr, length);
    return super.readCString(addr, limit);
  }
}
