/**
 * Translations that need no look at the page table: virtual page -> host address of its frame.
 *
 * There are two caches of the same truth: tables in the linear memory that generated code reads (see tlb-layout.ts), and
 * typed arrays for accesses by libc and malloc. Both are direct-mapped and are invalidated together.
 *
 * Invariant: a page in a read cache is present and readable; in a write cache present, writable and dirty.
 */
import { PAGE_SIZE, TWO_TO_32 } from '../../base/address.ts';
import {
  FIRST_FRAME,
  emptyTag,
  READ_TLB,
  TLB_ENTRIES,
  TLB_ENTRY_SHIFT,
  WRITE_TLB,
} from '../target/tlb-layout.ts';

/** Slots of the caches in typed arrays; the slot of a page is `vpn & SLOT_MASK`, its tag the address where it starts. */
const SLOTS = 1024;
export const SLOT_MASK = SLOTS - 1;

/** The read and the write cache, in both forms. */
export class TranslationCache {
  readonly readTags = new Float64Array(SLOTS).fill(-1);
  readonly readHosts = new Uint32Array(SLOTS);
  readonly writeTags = new Float64Array(SLOTS).fill(-1);
  readonly writeHosts = new Uint32Array(SLOTS);
  /** Grows whenever a translation may have become invalid. */
  epoch = 0;
  /** Told before a page is written through a new translation, with its frame; see {@link forgetWritable}. */
  onWritable: ((host: number) => void) | undefined;
  /** Pages that somebody was told of and that were not forgotten since. */
  #told: number[] = [];
  #u32: Uint32Array;

  constructor(buffer: ArrayBuffer) {
    this.#u32 = new Uint32Array(buffer, 0, FIRST_FRAME / 4);
    this.invalidateAll();
  }

  /** The linear memory grew: its tables are in a new buffer. */
  rebind(buffer: ArrayBuffer): void {
    this.#u32 = new Uint32Array(buffer, 0, FIRST_FRAME / 4);
  }

  /** Lets libc and malloc read the page without asking. */
  cacheRead(vpn: number, host: number): void {
    const slot = vpn & SLOT_MASK;
    this.readTags[slot] = vpn * PAGE_SIZE;
    this.readHosts[slot] = host;
  }

  /** Lets libc and malloc write the page without asking. */
  cacheWrite(vpn: number, host: number): void {
    this.#tell(vpn, host);
    const slot = vpn & SLOT_MASK;
    this.writeTags[slot] = vpn * PAGE_SIZE;
    this.writeHosts[slot] = host;
  }

  /** Lets generated code read the page without asking. */
  fillRead(vpn: number, host: number): void {
    this.#fill(READ_TLB, vpn, host);
  }

  /** Lets generated code write the page without asking. */
  fillWrite(vpn: number, host: number): void {
    this.#tell(vpn, host);
    this.#fill(WRITE_TLB, vpn, host);
  }

  /** Forgets a page. */
  invalidatePage(vpn: number): void {
    this.epoch += 1;
    const slot = vpn & SLOT_MASK;
    const tag = vpn * PAGE_SIZE;
    if (this.readTags[slot] === tag) this.readTags[slot] = -1;
    if (this.writeTags[slot] === tag) this.writeTags[slot] = -1;
    const low = (vpn * PAGE_SIZE) >>> 0;
    const high = Math.floor(vpn / (TWO_TO_32 / PAGE_SIZE));
    const entry = vpn & (TLB_ENTRIES - 1);
    this.#drop(READ_TLB, entry, low, high);
    this.#drop(WRITE_TLB, entry, low, high);
  }

  /** Forgets every page of [startVpn, endVpn). */
  invalidateRange(startVpn: number, endVpn: number): void {
    if (endVpn - startVpn >= SLOTS) this.invalidateAll();
    else for (let vpn = startVpn; vpn < endVpn; vpn++) this.invalidatePage(vpn);
  }

  /** Forgets everything. */
  invalidateAll(): void {
    this.epoch += 1;
    this.readTags.fill(-1);
    this.writeTags.fill(-1);
    const entryWords = 1 << (TLB_ENTRY_SHIFT - 2);
    for (let entry = 0; entry < TLB_ENTRIES; entry++) {
      const word = entry * entryWords;
      this.#u32[READ_TLB / 4 + word] = emptyTag(entry);
      this.#u32[READ_TLB / 4 + word + 1] = 0;
      this.#u32[WRITE_TLB / 4 + word] = emptyTag(entry);
      this.#u32[WRITE_TLB / 4 + word + 1] = 0;
    }
  }

  /** From now on `onWritable` is told again of each page before it is written. */
  forgetWritable(): void {
    for (const vpn of this.#told) this.invalidatePage(vpn);
    this.#told = [];
  }

  #tell(vpn: number, host: number): void {
    if (this.onWritable === undefined) return;
    this.#told.push(vpn);
    this.onWritable(host);
  }

  #fill(table: number, vpn: number, host: number): void {
    const low = (vpn * PAGE_SIZE) >>> 0;
    const word = (table + ((vpn & (TLB_ENTRIES - 1)) << TLB_ENTRY_SHIFT)) >>> 2;
    this.#u32[word] = low;
    this.#u32[word + 1] = Math.floor(vpn / (TWO_TO_32 / PAGE_SIZE));
    this.#u32[word + 2] = host - low;
  }

  #drop(table: number, entry: number, low: number, high: number): void {
    const word = (table + (entry << TLB_ENTRY_SHIFT)) >>> 2;
    if (this.#u32[word] === low && this.#u32[word + 1] === high) {
      this.#u32[word] = emptyTag(entry);
      this.#u32[word + 1] = 0;
    }
  }
}
