/**
 * What is known of every byte that the program may touch, besides its value: whether it may be touched at all, and
 * whether anything was ever stored there. Pages of which nothing was said may be touched and are initialised: the mm
 * refuses what may not be.
 */
import { PAGE_SIZE } from '../../base/address.ts';

/** States of a byte. */
export const DEFINED = 0;
export const UNDEFINED = 1;
/** Of malloc's own, or in no block. */
export const NO_ACCESS = 2;
/** In a stack frame that is gone. */
export const DEAD = 3;

export type ByteState = typeof DEFINED | typeof UNDEFINED | typeof NO_ACCESS | typeof DEAD;

/** States of bytes by address. */
export class ShadowMemory {
  readonly #pages = new Map<number, Uint8Array>();
  /** The page that was looked at last: accesses come in runs. */
  #lastPage = -1;
  #last: Uint8Array | undefined;

  #page(page: number): Uint8Array | undefined {
    if (page !== this.#lastPage) {
      this.#lastPage = page;
      this.#last = this.#pages.get(page);
    }
    return this.#last;
  }

  stateAt(addr: number): ByteState {
    const page = Math.floor(addr / PAGE_SIZE);
    return (this.#page(page)?.[addr - page * PAGE_SIZE] ?? DEFINED) as ByteState;
  }

  /** The greatest state in a range: {@link DEFINED} when there is nothing to say about it. */
  worst(addr: number, bytes: number): ByteState {
    let worst: number = DEFINED;
    for (let done = 0; done < bytes;) {
      const page = Math.floor((addr + done) / PAGE_SIZE);
      const offset = addr + done - page * PAGE_SIZE;
      const count = Math.min(PAGE_SIZE - offset, bytes - done);
      const states = this.#page(page);
      if (states !== undefined)
        for (let i = offset; i < offset + count; i++) worst = Math.max(worst, states[i] ?? 0);
      done += count;
    }
    return worst as ByteState;
  }

  /** Address of the first byte of a range that is in one of the states from `least` on. */
  first(addr: number, bytes: number, least: ByteState): number | undefined {
    for (let i = 0; i < bytes; i++) if (this.stateAt(addr + i) >= least) return addr + i;
    return undefined;
  }

  /** Sets the state of a range. */
  set(addr: number, bytes: number, state: ByteState): void {
    for (let done = 0; done < bytes;) {
      const page = Math.floor((addr + done) / PAGE_SIZE);
      const offset = addr + done - page * PAGE_SIZE;
      const count = Math.min(PAGE_SIZE - offset, bytes - done);
      let states = this.#page(page);
      if (states === undefined && state !== DEFINED) {
        states = new Uint8Array(PAGE_SIZE);
        this.#pages.set(page, states);
        this.#last = states;
      }
      states?.fill(state, offset, offset + count);
      done += count;
    }
  }

  /** What was initialised is so from now on; what may not be touched stays so. */
  define(addr: number, bytes: number): void {
    for (let i = 0; i < bytes; i++) {
      const page = Math.floor((addr + i) / PAGE_SIZE);
      const states = this.#page(page);
      const offset = addr + i - page * PAGE_SIZE;
      if (states?.[offset] === UNDEFINED) states[offset] = DEFINED;
    }
  }

  /** States of a range, one byte each. */
  copyOf(addr: number, bytes: number): Uint8Array {
    return Uint8Array.from({ length: bytes }, (_, i) => this.stateAt(addr + i));
  }

  /** Gives a range the definedness of another one; what may not be touched on either side stays as it is. */
  paste(addr: number, states: Uint8Array): void {
    states.forEach((state, i) => {
      if (this.stateAt(addr + i) <= UNDEFINED)
        this.set(addr + i, 1, state === UNDEFINED ? UNDEFINED : DEFINED);
    });
  }
}
