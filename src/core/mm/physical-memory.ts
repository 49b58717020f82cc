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

/** The frames that processes share: allotted one by one, reused last-freed-first. */
class FrameAllocator {
  readonly #linear: LinearMemory;
  readonly #free: number[] = [];
  readonly #growListeners: (() => void)[] = [];
  /** Backings of the stacks of processes that are gone: all of one size. */
  readonly #freeStacks: number[] = [];
  #next: number;
  #bytes: Uint8Array;
  /** Frames that were allotted and not given back. */
  inUse = 0;

  /**
   * Allots from a place on.
   *
   * @param firstFree - host address of the first frame
   */
  constructor(linear: LinearMemory, firstFree: number) {
    this.#linear = linear;
    this.#bytes = new Uint8Array(linear.buffer);
    this.#next = firstFree;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Calls `listener` whenever `buffer` of the linear memory was replaced. */
  onGrow(listener: () => void): void {
    this.#growListeners.push(listener);
  }

  /** A frame of zeros. */
  allocate(): number {
    this.inUse += 1;
    const reused = this.#free.pop();
    if (reused !== undefined) {
      this.#bytes.fill(0, reused, reused + PAGE_SIZE);
      return reused;
    }
    return this.take(PAGE_SIZE);
  }

  /** Consecutive bytes that were never used: they are zeros. */
  take(bytes: number): number {
    const host = this.#next;
    if (host + bytes > this.#bytes.length) this.#reserve(host + bytes);
    this.#next = host + bytes;
    return host;
  }

  release(host: number): void {
    this.inUse -= 1;
    this.#free.push(host);
  }

  /** The backing of a stack, zeros. */
  takeStack(bytes: number): number {
    const host = this.#freeStacks.pop();
    if (host === undefined) return this.take(bytes);
    this.#bytes.fill(0, host, host + bytes);
    return host;
  }

  releaseStack(host: number): void {
    this.#freeStacks.push(host);
  }

  #reserve(end: number): void {
    const have = this.#linear.buffer.byteLength;
    if (end > have) {
      const needed = Math.ceil((end - have) / WASM_PAGE);
      const generous = Math.max(
        needed,
        Math.ceil(Math.min(Math.max(have / 2, 0x100000), LARGEST_GROWTH) / WASM_PAGE),
      );
      // Near the limit in halves: every growth costs the engine a look at all of its heap.
      let pages = generous;
      while (!this.#tryGrow(pages)) {
        if (pages === needed) throw new OutOfFrames('no page frame is left');
        pages = Math.max(needed, pages >> 1);
      }
      for (const listener of this.#growListeners) listener();
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

/** The frames of one process: its stack's backing, and those that it shares with its relatives. */
export class PhysicalMemory {
  readonly #frames: FrameAllocator;
  readonly #stackHost: number;
  /** Host address of the page of zeros. */
  readonly zeroFrame: number;
  /** Number of the first page with contiguous backing, and of the first one above. */
  readonly stackFirstVpn: number;
  readonly stackEndVpn: number;
  /** Host address = (low 32 bits of a stack address + stackAddend) modulo 2^32. */
  readonly stackAddend: number;

  private constructor(
    frames: FrameAllocator,
    zeroFrame: number,
    stack: { readonly host: number; readonly endVpn: number; readonly bytes: number },
  ) {
    this.#frames = frames;
    this.#stackHost = stack.host;
    this.zeroFrame = zeroFrame;
    this.stackEndVpn = stack.endVpn;
    this.stackFirstVpn = stack.endVpn - stack.bytes / PAGE_SIZE;
    this.stackAddend = (stack.host - lowHalf(stack.endVpn * PAGE_SIZE - stack.bytes)) | 0;
  }

  /**
   * Takes the linear memory from FIRST_FRAME on.
   *
   * @param stackEnd - end of the stack's VMA
   * @param stackBytes - size of its contiguous backing
   * @param onGrow - called when `buffer` of the linear memory was replaced
   */
  static create(
    linear: LinearMemory,
    stackEnd: number,
    stackBytes: number,
    onGrow: () => void,
  ): PhysicalMemory {
    invariant(stackEnd % PAGE_SIZE === 0 && stackBytes % PAGE_SIZE === 0, 'the stack area is page-aligned');
    const frames = new FrameAllocator(linear, FIRST_FRAME);
    frames.onGrow(onGrow);
    const host = frames.take(stackBytes);
    const zeroFrame = frames.take(PAGE_SIZE);
    return new PhysicalMemory(frames, zeroFrame, { host, endVpn: stackEnd / PAGE_SIZE, bytes: stackBytes });
  }

  /** The frames of a child process: the same ones, and a backing of its own for the stack. */
  fork(onGrow: () => void): PhysicalMemory {
    this.#frames.onGrow(onGrow);
    const bytes = (this.stackEndVpn - this.stackFirstVpn) * PAGE_SIZE;
    const host = this.#frames.takeStack(bytes);
    return new PhysicalMemory(this.#frames, this.zeroFrame, { host, endVpn: this.stackEndVpn, bytes });
  }

  /** Calls `listener` whenever `buffer` of the linear memory was replaced. */
  onGrow(listener: () => void): void {
    this.#frames.onGrow(listener);
  }

  /** Fills the stack's backing with zeros. */
  clearStack(): void {
    const bytes = (this.stackEndVpn - this.stackFirstVpn) * PAGE_SIZE;
    this.#frames.bytes.fill(0, this.#stackHost, this.#stackHost + bytes);
  }

  /** The process is gone: its stack's backing may serve another one. */
  giveStackBack(): void {
    this.#frames.releaseStack(this.#stackHost);
  }

  /** Frames that are allotted now, without the stacks' backing and the page of zeros. */
  get framesInUse(): number {
    return this.#frames.inUse;
  }

  /** Whether a page of private anonymous memory has its frame in the stack's backing. */
  hasStackBacking(vpn: number): boolean {
    return vpn >= this.stackFirstVpn && vpn < this.stackEndVpn;
  }

  /** Host address of a page in the stack's backing. */
  stackFrame(vpn: number): number {
    return this.#stackHost + (vpn - this.stackFirstVpn) * PAGE_SIZE;
  }

  /**
   * A frame of zeros.
   *
   * @returns its host address
   * @throws OutOfFrames when the linear memory is at its maximum
   */
  allocate(): number {
    return this.#frames.allocate();
  }

  /** Takes a frame back. A page of the stack's backing is cleared and stays. */
  release(host: number): void {
    if (this.isStackFrame(host)) this.#frames.bytes.fill(0, host, host + PAGE_SIZE);
    else this.#frames.release(host);
  }

  /** Whether a frame lies in the stack's backing. */
  isStackFrame(host: number): boolean {
    return (
      host >= this.#stackHost && host < this.#stackHost + (this.stackEndVpn - this.stackFirstVpn) * PAGE_SIZE
    );
  }

  /** Copies a frame's content. */
  copyFrame(to: number, from: number): void {
    this.#frames.bytes.copyWithin(to, from, from + PAGE_SIZE);
  }

  /** Fills the start of a frame. */
  fillFrame(host: number, bytes: Uint8Array): void {
    this.#frames.bytes.set(bytes.length > PAGE_SIZE ? bytes.subarray(0, PAGE_SIZE) : bytes, host);
  }
}
