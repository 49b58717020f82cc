/**
 * Which blocks the program holds, at every event of a recording: made once, asked in logarithmic time.
 *
 * Told from the recorded calls alone, for pictures and counters; the allocator itself decides nothing by it.
 */
import { firstBeyond } from '../base/bisect.ts';
import type { Recording } from './recording.ts';
import { blockChange } from './live-blocks.ts';
import type { BlockChange, BlockHistory, LiveBlock, LiveBlocks } from './live-blocks.ts';

/** An event that no run reaches: the block is held to the end. */
const never = 0x7fff_ffff;

/** The blocks of a recording that is complete. */
export class BlockTimeline {
  /** Events by what is counted of them, ascending. */
  readonly #calls: Int32Array;
  readonly #systemCalls: Int32Array;
  readonly #minorFaults: readonly number[];
  readonly #majorFaults: readonly number[];
  /** Bytes held right after each of the calls. */
  readonly #liveBytes: number[] = [];
  /** Blocks in the order in which they were handed out. */
  readonly #mems: number[] = [];
  readonly #requested: number[] = [];
  readonly #begins: number[] = [];
  readonly #isLibc: boolean[] = [];
  /** The event that took each block back. */
  readonly #ends: number[] = [];
  /** Blocks by address: `#slots` has the number of an address, `#order` its blocks from `#firsts` on, oldest first. */
  readonly #slots = new Map<number, number>();
  readonly #firsts: Int32Array;
  /** All addresses that blocks had, ascending. */
  readonly #addresses: Float64Array;
  /** The numbers of these addresses, made when they are first asked for in order. */
  #slotOfAddress: Int32Array | undefined;
  /** By place in {@link #addresses}: when the first block there was handed out, and when the last one was taken back. */
  #spans: { readonly begins: Int32Array; readonly ends: Int32Array } | undefined;
  readonly #order: Int32Array;

  constructor(recording: Recording) {
    this.#calls = recording.indicesOfKinds(['malloc']);
    this.#systemCalls = recording.indicesOfKinds(['syscall']);
    const faults = [...recording.indicesOfKinds(['page-fault'])];
    const isMinor = (index: number): boolean => {
      const event = recording.eventAt(index);
      return event.kind === 'page-fault' && event.severity === 'minor';
    };
    this.#minorFaults = faults.filter(isMinor);
    this.#majorFaults = faults.filter((index) => !isMinor(index));
    const slots = this.#readCalls(recording);
    this.#addresses = Float64Array.from(this.#slots.keys()).sort();
    this.#firsts = new Int32Array(this.#slots.size + 1);
    for (const slot of slots) this.#firsts[slot + 1] = (this.#firsts[slot + 1] ?? 0) + 1;
    for (let slot = 0; slot < this.#slots.size; slot++)
      this.#firsts[slot + 1] = (this.#firsts[slot + 1] ?? 0) + (this.#firsts[slot] ?? 0);
    const next = this.#firsts.slice();
    this.#order = new Int32Array(slots.length);
    slots.forEach((slot, block) => {
      const place = next[slot] ?? 0;
      this.#order[place] = block;
      next[slot] = place + 1;
    });
  }

  /** What the calls up to and including event `index` come to. */
  at(index: number): BlockHistory {
    const live: LiveBlocks = {
      get: (mem) => {
        const block = this.#latest(mem, index);
        return block === undefined || !this.#isHeld(block, index) ? undefined : this.#block(block);
      },
      atOrBelow: (addr) => this.#atOrBelow(addr, index),
      values: () => this.#held(index),
      outside: (start, end) => this.#outside(start, end, index),
      requests: () => this.#requests(index),
    };
    const freedBy = {
      get: (mem: number): number | undefined => {
        const block = this.#latest(mem, index);
        return block === undefined || this.#isHeld(block, index) ? undefined : this.#ends[block];
      },
    };
    const mallocCalls = countUpTo(this.#calls, index);
    return {
      live,
      freedBy,
      liveBytes: this.#liveBytes[mallocCalls - 1] ?? 0,
      mallocCalls,
      systemCalls: countUpTo(this.#systemCalls, index),
      minorFaults: countUpTo(this.#minorFaults, index),
      majorFaults: countUpTo(this.#majorFaults, index),
    };
  }

  /**
   * The life of the last block that was handed out at an address up to an event: the events of its first and last moment.
   *
   * @returns `end` is undefined for a block that is held to the end of the run
   */
  lifeOf(
    mem: number,
    index: number,
  ): { readonly begin: number; readonly end: number | undefined } | undefined {
    const block = this.#latest(mem, index);
    if (block === undefined) return undefined;
    const end = this.#ends[block] ?? never;
    return { begin: this.#begins[block] ?? 0, end: end === never ? undefined : end };
  }

  /**
   * Reads all calls.
   *
   * @returns the number of each block's address
   */
  #readCalls(recording: Recording): readonly number[] {
    const slots: number[] = [];
    /** The block that stands at an address, by the address's number. */
    const standing: number[] = [];
    let live = 0;
    const release = (slot: number | undefined, event: number): void => {
      const block = slot === undefined ? -1 : (standing[slot] ?? -1);
      if (slot === undefined || block < 0) return;
      standing[slot] = -1;
      this.#ends[block] = event;
      live -= this.#requested[block] ?? 0;
    };
    for (const index of this.#calls) {
      const change = changeAt(recording, index);
      if (change !== undefined) {
        const { released, held = 0, requestedBytes, isLibc } = change;
        if (released !== undefined) release(this.#slots.get(released), index);
        if (held !== 0) {
          let slot = this.#slots.get(held);
          if (slot === undefined) {
            slot = this.#slots.size;
            this.#slots.set(held, slot);
          }
          release(slot, index);
          standing[slot] = slots.length;
          slots.push(slot);
          this.#mems.push(held);
          this.#requested.push(requestedBytes);
          this.#begins.push(index);
          this.#isLibc.push(isLibc);
          this.#ends.push(never);
          live += requestedBytes;
        }
      }
      this.#liveBytes.push(live);
    }
    return slots;
  }

  #atOrBelow(addr: number, index: number): LiveBlock | undefined {
    for (let at = countUpTo(this.#addresses, addr) - 1; at >= 0; at--) {
      const block = this.#latest(this.#addresses[at] ?? 0, index);
      if (block !== undefined && this.#isHeld(block, index)) return this.#block(block);
    }
    return undefined;
  }

  #isHeld(block: number, index: number): boolean {
    return (this.#ends[block] ?? 0) > index;
  }

  /** The last block that was handed out at an address up to an event. */
  #latest(mem: number, index: number): number | undefined {
    const slot = this.#slots.get(mem);
    return slot === undefined ? undefined : this.#latestOf(slot, index);
  }

  #latestOf(slot: number, index: number): number | undefined {
    const first = this.#firsts[slot] ?? 0;
    const low = firstBeyond(
      first,
      this.#firsts[slot + 1] ?? first,
      (at) => (this.#begins[this.#order[at] ?? 0] ?? 0) <= index,
    );
    return low === first ? undefined : this.#order[low - 1];
  }

  *#held(index: number): Generator<LiveBlock> {
    for (let block = 0; block < this.#mems.length && (this.#begins[block] ?? 0) <= index; block++)
      if (this.#isHeld(block, index)) yield this.#block(block);
  }

  *#outside(start: number, end: number, index: number): Generator<LiveBlock> {
    const addresses = this.#addresses;
    const { begins, ends } = (this.#spans ??= this.#spansOf());
    const below = countUpTo(addresses, start - 1);
    const behind = Math.max(below, countUpTo(addresses, end - 1));
    for (let at = 0; at < addresses.length; at++) {
      if (at === below) at = behind;
      // Most of them are parts of the heap that it has at other moments only.
      if ((begins[at] ?? never) > index || (ends[at] ?? 0) <= index) continue;
      const block = this.#latest(addresses[at] ?? 0, index);
      if (block !== undefined && this.#isHeld(block, index)) yield this.#block(block);
    }
  }

  #spansOf(): { readonly begins: Int32Array; readonly ends: Int32Array } {
    const slots = this.#slotsOfAddresses;
    const blockAt = (place: number): number => this.#order[place] ?? 0;
    return {
      begins: slots.map((slot) => this.#begins[blockAt(this.#firsts[slot] ?? 0)] ?? never),
      ends: slots.map((slot) => this.#ends[blockAt((this.#firsts[slot + 1] ?? 0) - 1)] ?? 0),
    };
  }

  get #slotsOfAddresses(): Int32Array {
    return (this.#slotOfAddress ??= Int32Array.from(this.#addresses, (addr) => this.#slots.get(addr) ?? -1));
  }

  /** See {@link LiveBlocks.requests}. */
  #requests(index: number): (mem: number) => number | undefined {
    const addresses = this.#addresses;
    const slots = this.#slotsOfAddresses;
    let at = 0;
    return (mem) => {
      while (at < addresses.length && (addresses[at] ?? 0) < mem) at += 1;
      const block = addresses[at] === mem ? this.#latestOf(slots[at] ?? -1, index) : undefined;
      return block === undefined || !this.#isHeld(block, index) ? undefined : this.#requested[block];
    };
  }

  #block(block: number): LiveBlock {
    return {
      mem: this.#mems[block] ?? 0,
      requestedBytes: this.#requested[block] ?? 0,
      event: this.#begins[block] ?? 0,
      isLibc: this.#isLibc[block] ?? false,
    };
  }
}

/** What a call does to the blocks, and whether libc made it; undefined for other events. */
function changeAt(
  recording: Recording,
  index: number,
): (BlockChange & { readonly isLibc: boolean }) | undefined {
  const plain = recording.plainCallAt(index);
  if (plain?.name === 'free')
    return { released: plain.argument, held: undefined, requestedBytes: 0, isLibc: false };
  if (plain?.name === 'malloc')
    return { released: undefined, held: plain.result, requestedBytes: plain.argument, isLibc: false };
  const event = recording.eventAt(index);
  if (event.kind !== 'malloc') return undefined;
  return { ...blockChange(event), isLibc: event.caller !== 'program' };
}

/** How many numbers of an ascending list are at most `limit`. */
function countUpTo(values: ArrayLike<number>, limit: number): number {
  return firstBeyond(0, values.length, (index) => (values[index] ?? 0) <= limit);
}
