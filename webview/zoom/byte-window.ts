/** The bytes around what the picture shows, as they are at one moment: read when they are first looked at. */
import type { Requests } from '../../src/protocol/messages.ts';
import type { HexAddress } from '../../src/protocol/view-model.ts';
import type { AddressRange } from '../layout/hex.ts';
import { parseHex, toHex } from '../layout/hex.ts';

/** Bytes that are read at once. */
const mostBytes = 4096;

export class ByteWindow {
  readonly #bytes = new Map<bigint, number>();
  #asked: AddressRange | undefined;
  /** Grows with each moment: answers about an earlier one are dropped. */
  #moment = 0;

  /** Forgets everything: memory may be another now. */
  clear(): void {
    this.#bytes.clear();
    this.#asked = undefined;
    this.#moment += 1;
  }

  /** The byte at an address; `undefined` where none is known. */
  at(address: bigint): number | undefined {
    return this.#bytes.get(address);
  }

  /**
   * Reads a range with some room around it, unless that was asked for already.
   *
   * @returns whether there are new bytes
   * @throws what `read` throws
   */
  async read(
    range: AddressRange,
    read: (start: HexAddress, length: number) => Promise<Requests['readMemory']['result']>,
  ): Promise<boolean> {
    const asked = this.#asked;
    if (asked !== undefined && asked.start <= range.start && asked.end >= range.end) return false;
    const size = range.end - range.start;
    const around = size < BigInt(mostBytes) ? (BigInt(mostBytes) - size) / 2n : 0n;
    const start = range.start > around ? range.start - around : 0n;
    const length = Math.min(Number(size) + 2 * Number(around), 2 * mostBytes);
    this.#asked = { start, end: start + BigInt(length) };
    const moment = this.#moment;
    const { pieces } = await read(toHex(start), length);
    if (moment !== this.#moment) return false;
    for (const piece of pieces) {
      const from = parseHex(piece.start);
      new Uint8Array(piece.bytes).forEach((byte, index) => this.#bytes.set(from + BigInt(index), byte));
    }
    return pieces.length > 0;
  }
}
