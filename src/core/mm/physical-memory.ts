/**
 * The page frames of the simulated machine, in the linear memory.
 *
 * The main stack has a contiguous backing from FIRST_FRAME on (stack-backing.ts). Behind it lies the page of zeros, then
 * the frames that are allotted one by one and reused last-freed-first, and the backings of the stacks of other threads.
 *
 * Invariant: a frame is all zeros when it is allotted.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import { FIRST_FRAME } from '../target/tlb-layout.ts';
import type { LinearMemory } from './linear-memory.ts';
import { WASM_PAGE } from './linear-memory.ts';
import { StackBacking } from './stack-backing.ts';

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
  /** Backings of stacks that are gone, by their size in bytes. */
  readonly #freeStacks = new Map<number, number[]>();
  #next: number;
  #bytes: Uint8Array;
  /** Frames that were allotted and not given back. */
  inUse = 0;
  /** Told before the kernel writes a frame that may hold something. */
  onOverwrite: ((host: number) => void) | undefined;

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
      this.onOverwrite?.(reused);
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
    const host = this.#freeStacks.get(bytes)?.pop();
    if (host === undefined) return this.take(bytes);
    this.#bytes.fill(0, host, host + bytes);
    return host;
  }

  releaseStack({ host, bytes }: StackBacking): void {
    const known = this.#freeStacks.get(bytes);
    if (known === undefined) this.#freeStacks.set(bytes, [host]);
    else known.push(host);
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
  readonly #main: StackBacking;
  /** Of the stacks of other threads. */
  readonly #others: StackBacking[] = [];
  /** Host address of the page of zeros. */
  readonly zeroFrame: number;

  private constructor(frames: FrameAllocator, zeroFrame: number, main: StackBacking) {
    this.#frames = frames;
    this.zeroFrame = zeroFrame;
    this.#main = main;
  }

  /** Host address = (low 32 bits of an address in the main stack + stackAddend) modulo 2^32. */
  get stackAddend(): number {
    return this.#main.addend;
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
    const endVpn = stackEnd / PAGE_SIZE;
    return new PhysicalMemory(
      frames,
      zeroFrame,
      new StackBacking(host, endVpn - stackBytes / PAGE_SIZE, endVpn),
    );
  }

  /** The frames of a child process: the same ones, and backings of its own for the stacks. */
  fork(onGrow: () => void): PhysicalMemory {
    this.#frames.onGrow(onGrow);
    const copy = ({ bytes, firstVpn, endVpn }: StackBacking): StackBacking =>
      new StackBacking(this.#frames.takeStack(bytes), firstVpn, endVpn);
    const child = new PhysicalMemory(this.#frames, this.zeroFrame, copy(this.#main));
    for (const other of this.#others) child.#others.push(copy(other));
    return child;
  }

  /** Calls `listener` whenever `buffer` of the linear memory was replaced. */
  onGrow(listener: () => void): void {
    this.#frames.onGrow(listener);
  }

  /** Calls `listener` before the kernel itself writes a frame; programs and libc write by translations. */
  onOverwrite(listener: ((host: number) => void) | undefined): void {
    this.#frames.onOverwrite = listener;
  }

  /** The main stack's backing. */
  get mainStack(): StackBacking {
    return this.#main;
  }

  /** Fills the stacks' backings with zeros. */
  clearStack(): void {
    for (const { host, bytes } of [this.#main, ...this.#others])
      this.#frames.bytes.fill(0, host, host + bytes);
  }

  /** The process is gone: the backings of its stacks may serve another one. */
  giveStackBack(): void {
    for (const backing of [this.#main, ...this.#others]) this.#frames.releaseStack(backing);
  }

  /** Gives the stack of another thread a backing, of zeros. @throws OutOfFrames as {@link allocate} */
  addBacking(firstVpn: number, endVpn: number): StackBacking {
    const host = this.#frames.takeStack((endVpn - firstVpn) * PAGE_SIZE);
    const backing = new StackBacking(host, firstVpn, endVpn);
    this.#others.push(backing);
    return backing;
  }

  /** The backing that holds one of the pages [firstVpn, endVpn). */
  backingIn(firstVpn: number, endVpn: number): StackBacking | undefined {
    const isIn = (one: StackBacking): boolean => one.firstVpn < endVpn && firstVpn < one.endVpn;
    return isIn(this.#main) ? this.#main : this.#others.find(isIn);
  }

  /** Takes the backing of another thread's stack away: none of its frames is mapped any more. */
  dropBacking(backing: StackBacking): void {
    const index = this.#others.indexOf(backing);
    invariant(index >= 0, 'a backing is taken away once');
    this.#others.splice(index, 1);
    this.#frames.releaseStack(backing);
  }

  /** Frames that are allotted now, without the stacks' backings and the page of zeros. */
  get framesInUse(): number {
    return this.#frames.inUse;
  }

  /** Whether a page of private anonymous memory has its frame in a stack's backing. */
  hasStackBacking(vpn: number): boolean {
    return this.backingIn(vpn, vpn + 1) !== undefined;
  }

  /** Host address of a page in a stack's backing. */
  stackFrame(vpn: number): number {
    const backing = this.backingIn(vpn, vpn + 1);
    invariant(backing !== undefined, 'a page of a stack has its frame in the backing');
    return backing.frame(vpn);
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

  /** Whether a frame lies in a stack's backing. */
  isStackFrame(host: number): boolean {
    return this.#main.hasFrame(host) || this.#others.some((one) => one.hasFrame(host));
  }

  /** Copies a frame's content. */
  copyFrame(to: number, from: number): void {
    this.#frames.onOverwrite?.(to);
    this.#frames.bytes.copyWithin(to, from, from + PAGE_SIZE);
  }

  /** Fills the start of a frame. */
  fillFrame(host: number, bytes: Uint8Array): void {
    this.#frames.onOverwrite?.(host);
    this.#frames.bytes.set(bytes.length > PAGE_SIZE ? bytes.subarray(0, PAGE_SIZE) : bytes, host);
  }
}
