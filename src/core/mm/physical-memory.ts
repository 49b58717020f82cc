/**
 * The page frames of the simulated machine, in the linear memory.
 *
 * The main stack has a contiguous backing from FIRST_FRAME on, so that generated code reaches a local variable with one
 * add: the page at `address` lies at host address `low 32 bits of address + stackAddend`. Behind it lies the page
 * of zeros, then the frames that are allotted one by one and reused last-freed-first.
 *
 * Invariant: a frame is all zeros when it is allotted.
 */
import { lowHalf, PAGE_SIZE } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import { FIRST_FRAME } from '../target/tlb-layout.ts';
import type { LinearMemory } from './linear-memory.ts';
import { WASM_PAGE } from './linear-memory.ts';

/** The host has no page frame left: a limit of the simulation, no answer that the kernel gives. */
export class OutOfFrames extends Error {
  override readonly name = 'OutOfFrames';
}

/** Most bytes that the linear memory grows at once. */
const LARGEST_GROWTH = 256 * 1024 * 1024;

/** Allots and takes back page frames. */
export class PhysicalMemory {
  readonly #linear: LinearMemory;
  readonly #onGrow: () => void;
  readonly #free: number[] = [];
  #next: number;
  #bytes: Uint8Array;
  /** Host address of the page of zeros. */
  readonly zeroFrame: number;
  /** Number of the first page with contiguous backing, and of the first one above. */
  readonly stackFirstVpn: number;
  readonly stackEndVpn: number;
  /** Host address = (low 32 bits of a stack address + stackAddend) modulo 2^32. */
  readonly stackAddend: number;

  /**
   * Takes the linear memory from FIRST_FRAME on.
   *
   * @param stackEnd - end of the stack's VMA
   * @param stackBytes - size of its contiguous backing
   * @param onGrow - called when `buffer` of the linear memory was replaced
   */
  constructor(linear: LinearMemory, stackEnd: number, stackBytes: number, onGrow: () => void) {
    invariant(stackEnd % PAGE_SIZE === 0 && stackBytes % PAGE_SIZE === 0, 'the stack area is page-aligned');
    this.#linear = linear;
    this.#onGrow = onGrow;
    this.#bytes = new Uint8Array(linear.buffer);
    this.stackEndVpn = stackEnd / PAGE_SIZE;
    this.stackFirstVpn = (stackEnd - stackBytes) / PAGE_SIZE;
    this.stackAddend = (FIRST_FRAME - lowHalf(stackEnd - stackBytes)) | 0;
    this.zeroFrame = FIRST_FRAME + stackBytes;
    this.#next = this.zeroFrame + PAGE_SIZE;
    this.#reserve(this.#next);
  }

  /** Frames that are allotted now, without the stack's backing and the page of zeros. */
  get framesInUse(): number {
    return (this.#next - this.zeroFrame) / PAGE_SIZE - 1 - this.#free.length;
  }

  /** Whether a page of private anonymous memory has its frame in the stack's backing. */
  hasStackBacking(vpn: number): boolean {
    return vpn >= this.stackFirstVpn && vpn < this.stackEndVpn;
  }

  /** Host address of a page in the stack's backing. */
  stackFrame(vpn: number): number {
    return FIRST_FRAME + (vpn - this.stackFirstVpn) * PAGE_SIZE;
  }

  /**
   * A frame of zeros.
   *
   * @returns its host address
   * @throws OutOfFrames when the linear memory is at its maximum
   */
  allocate(): number {
    const reused = this.#free.pop();
    if (reused !== undefined) {
      this.#bytes.fill(0, reused, reused + PAGE_SIZE);
      return reused;
    }
    const host = this.#next;
    if (host + PAGE_SIZE > this.#bytes.length) this.#reserve(host + PAGE_SIZE);
    this.#next = host + PAGE_SIZE;
    return host;
  }

  /** Takes a frame back. A page of the stack's backing is cleared and stays. */
  release(host: number): void {
    if (host < this.zeroFrame) this.#bytes.fill(0, host, host + PAGE_SIZE);
    else this.#free.push(host);
  }

  /** Copies a frame's content. */
  copyFrame(to: number, from: number): void {
    this.#bytes.copyWithin(to, from, from + PAGE_SIZE);
  }

  /** Fills the start of a frame. */
  fillFrame(host: number, bytes: Uint8Array): void {
    this.#bytes.set(bytes.length > PAGE_SIZE ? bytes.subarray(0, PAGE_SIZE) : bytes, host);
  }

  #reserve(end: number): void {
    const have = this.#linear.buffer.byteLength;
    if (end > have) {
      const needed = Math.ceil((end - have) / WASM_PAGE);
      const generous = Math.max(
        needed,
        Math.ceil(Math.min(Math.max(have / 2, 0x100000), LARGEST_GROWTH) / WASM_PAGE),
      );
      if (!this.#tryGrow(generous) && !this.#tryGrow(needed)) throw new OutOfFrames('no page frame is left');
      this.#onGrow();
    }
    this.#bytes = new Uint8Array(this.#linear.buffer);
  }

  #tryGrow(pages: number): boolean {
    try {
      this.#linear.grow(pages);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }
}
